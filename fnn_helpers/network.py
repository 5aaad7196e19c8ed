"""The network: two linear layers, two sigmoids, no biases. Forward and backward side by side."""

from typing import NamedTuple

import torch
from torch import Tensor

from .activations import slope_of
from .costs import BinaryCrossEntropy, Cost
from .refusals import (
    check_cost,
    check_count,
    check_dtype,
    check_finite,
    check_forward,
    check_generator,
    check_kind,
    check_learning_rate,
    check_like,
    check_matrix,
    check_weights,
)


class Forward(NamedTuple):
    """Every quantity of a forward pass, in the order it is computed."""

    z1: Tensor  # N × hidden
    a1: Tensor  # N × hidden
    z2: Tensor  # N × outputs
    y_hat: Tensor  # N × outputs


class Gradients(NamedTuple):
    """Every quantity of a backward pass, in the order it is computed.

    Each has the shape of what it is the gradient of.
    """

    dC_dz2: Tensor  # N × outputs
    dC_dw2: Tensor  # hidden × outputs
    dC_da1: Tensor  # N × hidden
    dC_dz1: Tensor  # N × hidden
    dC_dw1: Tensor  # inputs × hidden


def run_forward(X: Tensor, w1: Tensor, w2: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """From inputs to z₂; the cost makes ŷ of it. Checks nothing."""
    z1 = X @ w1  # N × hidden
    a1 = torch.sigmoid(z1)  # N × hidden
    z2 = a1 @ w2  # N × outputs
    return z1, a1, z2


def run_backward(X: Tensor, a1: Tensor, w2: Tensor, dC_dz2: Tensor) -> Gradients:
    """From ∂C/∂z₂, which the cost makes, back to the weights. Checks nothing."""
    dC_dw2 = a1.T @ dC_dz2  # hidden × outputs
    dC_da1 = dC_dz2 @ w2.T  # N × hidden
    dC_dz1 = dC_da1 * slope_of(a1)  # N × hidden
    dC_dw1 = X.T @ dC_dz1  # inputs × hidden
    return Gradients(dC_dz2, dC_dw2, dC_da1, dC_dz1, dC_dw1)


class FNN:
    """A feed-forward network with one hidden layer of sigmoid units.

    Parameters
    ----------
    input_dim, hidden_dim, output_dim : int
        Columns of `X`, hidden units, outputs.
    cost : Cost, default BinaryCrossEntropy("mean")
        The cost whose gradients `backward` returns; it makes ŷ too. `SquaredError()`, or one of
        your own with `value`, `delta` and `activation`.
    generator : torch.Generator, optional
        Where the starting weights come from: standard normal, first `w1`, then `w2`.
        Without one, PyTorch's global generator is used.
    dtype : torch.dtype, default torch.float32
        Use torch.float64 to check gradients.

    Attributes
    ----------
    w1 : torch.Tensor, shape input_dim × hidden_dim
    w2 : torch.Tensor, shape hidden_dim × output_dim

    Raises
    ------
    TypeError, ValueError
        If a size is not a whole number above 0, `cost` lacks a method, `generator` is no
        generator, or `dtype` is neither float32 nor float64.
    """

    def __init__(
        self,
        input_dim: int = 2,
        hidden_dim: int = 32,
        output_dim: int = 1,
        *,
        cost: Cost | None = None,
        generator: torch.Generator | None = None,
        dtype: torch.dtype = torch.float32,
    ) -> None:
        check_count("input_dim", input_dim, lowest=1)
        check_count("hidden_dim", hidden_dim, lowest=1)
        check_count("output_dim", output_dim, lowest=1)
        check_generator(generator)
        check_dtype(dtype)
        self.cost: Cost = BinaryCrossEntropy() if cost is None else cost
        check_cost(self.cost)
        self.w1 = torch.randn(input_dim, hidden_dim, generator=generator, dtype=dtype)
        self.w2 = torch.randn(hidden_dim, output_dim, generator=generator, dtype=dtype)

    def forward(self, X: Tensor) -> Forward:
        """From inputs to predicted probabilities.

        Parameters
        ----------
        X : torch.Tensor, shape N × input_dim, the weights' dtype

        Returns
        -------
        Forward
            (z1, a1, z2, y_hat).

        Raises
        ------
        TypeError, ValueError
            If `X` is not such a tensor, is empty, or it or a weight holds NaN or infinity; or if
            a weight or the cost has been replaced by something that does not fit.
        """
        check_cost(self.cost)
        check_weights(self.w1, self.w2)
        check_matrix("X", X, columns=self.w1.shape[0], like=("w1", self.w1))
        z1, a1, z2 = run_forward(X, self.w1, self.w2)
        # 0 · ∞ and ∞ − ∞ are NaN, so nothing infinite in X or w1 can hide behind the product.
        check_finite("z1 = X @ w1", z1, made_of="X.isfinite(), w1")
        check_finite("z2 = a1 @ w2", z2, made_of="w2")
        y_hat = self.cost.activation(z2)
        check_like("cost.activation(z2)", y_hat, "z2", z2)
        return Forward(z1, a1, z2, y_hat)

    def backward(self, X: Tensor, y: Tensor, forward: Forward) -> Gradients:
        """From the output back to the weights, by the chain rule. Changes nothing.

        Parameters
        ----------
        X : torch.Tensor, shape N × input_dim
        y : torch.Tensor, shape N × output_dim
            Labels, 0 or 1; with a cost of your own, what it takes.
        forward : Forward
            What `forward(X)` returned, with this `X` and the weights as they are now.

        Returns
        -------
        Gradients
            (dC_dz2, dC_dw2, dC_da1, dC_dz1, dC_dw1) of `self.cost`; derived in notebook 05.

        Raises
        ------
        TypeError, ValueError
            If a shape or dtype does not fit, the cost refuses `y`, or `forward` is not what this
            network makes of `X` now.
        """
        check_cost(self.cost)
        check_weights(self.w1, self.w2)
        check_matrix("X", X, columns=self.w1.shape[0], like=("w1", self.w1))
        check_kind("forward", forward, Forward, "a Forward is", "network.forward(X)")
        check_forward(forward, X, self.w1, self.w2)
        dC_dz2 = self.cost.delta(forward.y_hat, y)  # N × outputs
        check_like("cost.delta(y_hat, y)", dC_dz2, "y_hat", forward.y_hat)
        return run_backward(X, forward.a1, self.w2, dC_dz2)

    def step(self, gradients: Gradients, learning_rate: float) -> None:
        """Gradient descent: w ← w − learning_rate · ∂C/∂w, for both weights.

        Parameters
        ----------
        gradients : Gradients
            What `backward` returned.
        learning_rate : float
            Above 0. For a cost summed over N samples, N times smaller than for their mean.

        Raises
        ------
        TypeError, ValueError
            If the learning rate is not a finite number above 0, or a gradient does not fit its
            weight or holds NaN, or the step leads to infinity. The weights are then as they were.
        """
        check_learning_rate(learning_rate)
        check_weights(self.w1, self.w2)
        fix = "network.backward(X, y, forward)"
        check_kind("gradients", gradients, Gradients, "Gradients are", fix)
        check_like("dC_dw1", gradients.dC_dw1, "w1", self.w1)
        check_like("dC_dw2", gradients.dC_dw2, "w2", self.w2)
        with torch.no_grad():
            w1 = self.w1 - float(learning_rate) * gradients.dC_dw1
            w2 = self.w2 - float(learning_rate) * gradients.dC_dw2
        check_finite(f"w1 after a step of {learning_rate:g}", w1, made_of="w1")
        check_finite(f"w2 after a step of {learning_rate:g}", w2, made_of="w2")
        self.w1, self.w2 = w1, w2
