"""The network: two linear layers, two sigmoids, no biases. Forward and backward side by side."""

from typing import NamedTuple

import torch

from .refusals import (
    DECIMALS,
    check_count,
    check_finite,
    check_learning_rate,
    check_matrix,
    check_probabilities,
    check_same_dtype,
    check_same_shape,
    check_tensor,
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
        If a size is not a whole number above 0, `cost` is not one of the two, `generator` is no
        generator, or `dtype` is neither float32 nor float64.
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
        if generator is not None and not isinstance(generator, torch.Generator):
            raise TypeError(
                f"generator is {generator!r}, but a torch.Generator is expected. "
                "Use generator=torch.Generator().manual_seed(0)."
            )
        if dtype not in DECIMALS:
            raise TypeError(
                f"dtype is {dtype!r}, but torch.float32 or torch.float64 is expected. "
                "Use dtype=torch.float64 to check gradients."
            )
        self.cost = BinaryCrossEntropy() if cost is None else cost
        self._check_cost()
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
            If `X` is not such a tensor, is empty, or it or a weight holds NaN or infinity; or if
            a weight has been replaced by something that does not fit.
        """
        self._check_weights()
        check_matrix("X", X, columns=self.w1.shape[0], like=("w1", self.w1))
        z1 = X @ self.w1  # N × hidden
        # 0 · ∞ and ∞ − ∞ are NaN, so nothing infinite in X or w1 can hide behind the product.
        check_finite("z1 = X @ w1", z1, made_of="X.isfinite(), w1")
        a1 = torch.sigmoid(z1)
        z2 = a1 @ self.w2  # N × outputs
        check_finite("z2 = a1 @ w2", z2, made_of="w2")
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
            What `forward(X)` returned, with this `X` and the weights as they are now.

        Returns
        -------
        Gradients
            (dC_dz2, dC_dw2, dC_da1, dC_dz1, dC_dw1) of `self.cost`; derived in notebook 05.

        Raises
        ------
        TypeError, ValueError
            If a shape or dtype does not fit, `y` holds anything but 0 and 1, or `forward` is not
            what this network makes of `X` now.
        """
        self._check_cost()
        self._check_weights()
        check_matrix("X", X, columns=self.w1.shape[0], like=("w1", self.w1))
        self._check_forward(X, forward)
        a1, y_hat = forward.a1, forward.y_hat
        dC_dz2 = self.cost.delta(y_hat, y)  # N × outputs
        dC_dw2 = a1.T @ dC_dz2  # hidden × outputs
        dC_da1 = dC_dz2 @ self.w2.T  # N × hidden
        dC_dz1 = dC_da1 * (a1 * (1 - a1))  # N × hidden
        dC_dw1 = X.T @ dC_dz1  # inputs × hidden
        return Gradients(dC_dz2, dC_dw2, dC_da1, dC_dz1, dC_dw1)

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
        self._check_weights()
        if not isinstance(gradients, Gradients):
            raise TypeError(
                f"gradients is a {type(gradients).__name__}, but Gradients are expected. "
                "Use gradients = network.backward(X, y, forward)."
            )
        pairs = (
            ("w1", self.w1, "dC_dw1", gradients.dC_dw1),
            ("w2", self.w2, "dC_dw2", gradients.dC_dw2),
        )
        for weight_name, weight, name, gradient in pairs:
            check_tensor(name, gradient)
            check_same_shape(name, gradient, weight_name, weight)
            check_same_dtype(name, gradient, weight_name, weight)
            check_finite(name, gradient)
        with torch.no_grad():
            w1 = self.w1 - float(learning_rate) * gradients.dC_dw1
            w2 = self.w2 - float(learning_rate) * gradients.dC_dw2
        for name, weight in (("w1", w1), ("w2", w2)):
            check_finite(f"{name} after a step of {learning_rate:g}", weight, made_of=name)
        self.w1, self.w2 = w1, w2

    def _check_cost(self) -> None:
        if not isinstance(self.cost, BinaryCrossEntropy | SquaredError):
            raise TypeError(
                f"cost is {self.cost!r}, but an instance of BinaryCrossEntropy or SquaredError is "
                'expected. Use cost=BinaryCrossEntropy(reduction="mean").'
            )

    def _check_weights(self) -> None:
        for name, weight in (("w1", self.w1), ("w2", self.w2)):
            check_tensor(name, weight)
        if self.w1.ndim != 2 or self.w2.ndim != 2 or self.w1.shape[1] != self.w2.shape[0]:
            raise ValueError(
                f"w1 has shape {tuple(self.w1.shape)} and w2 {tuple(self.w2.shape)}, but "
                "inputs × hidden and hidden × outputs are expected. Check the line that replaced "
                "one of them."
            )
        check_same_dtype("w2", self.w2, "w1", self.w1)

    def _check_forward(self, X: torch.Tensor, forward: Forward) -> None:
        if not isinstance(forward, Forward):
            raise TypeError(
                f"forward is a {type(forward).__name__}, but a Forward is expected. "
                "Use forward = network.forward(X)."
            )
        N, hidden, outputs = len(X), *self.w2.shape
        check_tensor("forward.a1", forward.a1)
        if len(forward.a1) != N:
            raise ValueError(
                f"forward holds {len(forward.a1)} rows, but X has {N}. "
                "Use forward = network.forward(X) with the same X."
            )
        for name, wanted in (("z1", hidden), ("a1", hidden), ("z2", outputs), ("y_hat", outputs)):
            arrived = tuple(getattr(forward, name).shape)
            if arrived != (N, wanted):
                raise ValueError(
                    f"forward.{name} has shape {arrived}, but this network makes {(N, wanted)}. "
                    "Use forward = network.forward(X)."
                )
        check_same_dtype("forward.a1", forward.a1, "w1", self.w1)
        check_probabilities("forward.a1", forward.a1)
        # Activations of other weights give gradients of nothing; rounding is allowed for.
        if not torch.allclose(X @ self.w1, forward.z1, rtol=1e-4, atol=1e-5):
            raise ValueError(
                "forward was made with another X or with earlier weights: its z1 is not X @ w1. "
                "Use forward = network.forward(X) again before backward."
            )
