"""The network: two linear layers, two sigmoids, no biases. Forward and backward side by side."""

from typing import NamedTuple

import torch

from ._checks import (
    check_count,
    check_finite,
    check_matrix,
    check_positive,
    check_same_dtype,
    check_same_shape,
)
from .costs import BinaryCrossEntropy, SquaredError


class Forward(NamedTuple):
    """Every quantity of a forward pass, in the order it is computed."""

    z1: torch.Tensor  # N × hidden
    a1: torch.Tensor  # N × hidden
    z2: torch.Tensor  # N × outputs
    y_hat: torch.Tensor  # N × outputs


class Gradients(NamedTuple):
    """Every quantity of a backward pass, in the order it is computed.

    Each has the shape of what it is the gradient of.
    """

    dC_dz2: torch.Tensor  # N × outputs
    dC_dw2: torch.Tensor  # hidden × outputs
    dC_da1: torch.Tensor  # N × hidden
    dC_dz1: torch.Tensor  # N × hidden
    dC_dw1: torch.Tensor  # inputs × hidden


class FNN:
    """A feed-forward network with one hidden layer of sigmoid units.

    Parameters
    ----------
    input_dim, hidden_dim, output_dim : int
        Columns of `X`, hidden units, outputs.
    cost : BinaryCrossEntropy or SquaredError, default BinaryCrossEntropy("mean")
        The cost whose gradients `backward` returns.
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
        If a size is not a whole number above 0, or `cost` is not one of the two.
    """

    def __init__(
        self,
        input_dim: int = 2,
        hidden_dim: int = 32,
        output_dim: int = 1,
        *,
        cost: BinaryCrossEntropy | SquaredError | None = None,
        generator: torch.Generator | None = None,
        dtype: torch.dtype = torch.float32,
    ) -> None:
        for name, size in (
            ("input_dim", input_dim),
            ("hidden_dim", hidden_dim),
            ("output_dim", output_dim),
        ):
            check_count(name, size, lowest=1)
        if cost is not None and not isinstance(cost, BinaryCrossEntropy | SquaredError):
            raise TypeError(
                f"cost is {cost!r}, but an instance of BinaryCrossEntropy or SquaredError is "
                'expected. Use cost=BinaryCrossEntropy(reduction="mean").'
            )
        self.cost = BinaryCrossEntropy() if cost is None else cost
        self.w1 = torch.randn(input_dim, hidden_dim, generator=generator, dtype=dtype)
        self.w2 = torch.randn(hidden_dim, output_dim, generator=generator, dtype=dtype)

    def forward(self, X: torch.Tensor) -> Forward:
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
            If `X` is not such a tensor, is empty, or it or a weight holds NaN or infinity.
        """
        check_matrix("X", X, columns=self.w1.shape[0], like=("w1", self.w1))
        z1 = X @ self.w1  # N × hidden
        # 0 · ∞ and ∞ − ∞ are NaN, so nothing infinite in X or w1 can hide behind the product.
        check_finite("z1 = X @ w1", z1)
        a1 = torch.sigmoid(z1)
        z2 = a1 @ self.w2  # N × outputs
        check_finite("z2 = a1 @ w2", z2)
        y_hat = torch.sigmoid(z2)
        return Forward(z1, a1, z2, y_hat)

    def backward(self, X: torch.Tensor, y: torch.Tensor, forward: Forward) -> Gradients:
        """From the output back to the weights, by the chain rule. Changes nothing.

        Parameters
        ----------
        X : torch.Tensor, shape N × input_dim
        y : torch.Tensor, shape N × output_dim
            Labels, 0 or 1.
        forward : Forward
            What `forward(X)` returned, with the weights as they are now.

        Returns
        -------
        Gradients
            (dC_dz2, dC_dw2, dC_da1, dC_dz1, dC_dw1) of `self.cost`; derived in notebook 05.

        Raises
        ------
        TypeError, ValueError
            If a shape or dtype does not fit, or `y` holds anything but 0 and 1.
        """
        _, a1, _, y_hat = forward
        check_matrix("X", X, columns=self.w1.shape[0], like=("w1", self.w1))
        if len(a1) != len(X):
            raise ValueError(
                f"forward holds {len(a1)} rows, but X has {len(X)}. "
                "Use forward = network.forward(X) with the same X."
            )
        dC_dz2 = self.cost.delta(y_hat, y)  # N × outputs
        dC_dw2 = a1.T @ dC_dz2  # hidden × outputs
        dC_da1 = dC_dz2 @ self.w2.T  # N × hidden
        dC_dz1 = dC_da1 * (a1 * (1 - a1))  # N × hidden
        dC_dw1 = X.T @ dC_dz1  # inputs × hidden
        return Gradients(dC_dz2, dC_dw2, dC_da1, dC_dz1, dC_dw1)

    def step(self, gradients: Gradients, learning_rate: float) -> None:
        """Gradient descent: w ← w − learning_rate · ∂C/∂w, for both weights, in place.

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
            weight or holds NaN. The weights are then as they were.
        """
        check_positive("learning_rate", learning_rate)
        pairs = (
            ("w1", self.w1, "dC_dw1", gradients.dC_dw1),
            ("w2", self.w2, "dC_dw2", gradients.dC_dw2),
        )
        for weight_name, weight, name, gradient in pairs:
            check_same_shape(name, gradient, weight_name, weight)
            check_same_dtype(name, gradient, weight_name, weight)
            check_finite(name, gradient)
        for _, weight, _, gradient in pairs:
            weight.sub_(gradient, alpha=learning_rate)
