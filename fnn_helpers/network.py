"""The network: two linear layers, two sigmoids, no biases. Forward and backward side by side."""

from collections.abc import Callable
from typing import Any, NamedTuple

import torch

from . import refusals
from .activations import sigma, sigma_slope
from .costs import BinaryCrossEntropy, Cost, RowsCost


class Forward(NamedTuple):
    """Every quantity of a forward pass, in the order it is computed.

    Examples
    --------
    >>> Forward._fields
    ('z1', 'a1', 'z2', 'y_hat')
    """

    z1: torch.Tensor  # N × hidden
    a1: torch.Tensor  # N × hidden
    z2: torch.Tensor  # N × outputs
    y_hat: torch.Tensor  # N × outputs


class Gradients(NamedTuple):
    """Every quantity of a backward pass, in order; each has the shape of what it belongs to.

    Examples
    --------
    >>> Gradients._fields
    ('dC_dz2', 'dC_dw2', 'dC_da1', 'dC_dz1', 'dC_dw1')
    """

    dC_dz2: torch.Tensor  # N × outputs
    dC_dw2: torch.Tensor  # hidden × outputs
    dC_da1: torch.Tensor  # N × hidden
    dC_dz1: torch.Tensor  # N × hidden
    dC_dw1: torch.Tensor  # inputs × hidden


Activation = Callable[[torch.Tensor], torch.Tensor]


def forward_pass(
    X: torch.Tensor, w1: torch.Tensor, w2: torch.Tensor, activation: Activation = sigma
) -> Forward:
    """From inputs to predictions: the bare lines."""
    z1 = X @ w1  # N × hidden
    a1 = sigma(z1)  # N × hidden
    z2 = a1 @ w2  # N × outputs
    y_hat = activation(z2)  # N × outputs
    return Forward(z1, a1, z2, y_hat)


def backward_pass(
    X: torch.Tensor, w2: torch.Tensor, a1: torch.Tensor, dC_dz2: torch.Tensor
) -> Gradients:
    """From the output delta back to the weights, by the chain rule: the bare lines."""
    dC_dw2 = a1.T @ dC_dz2  # hidden × outputs
    dC_da1 = dC_dz2 @ w2.T  # N × hidden
    dC_dz1 = dC_da1 * sigma_slope(a1)  # N × hidden
    dC_dw1 = X.T @ dC_dz1  # inputs × hidden
    return Gradients(dC_dz2, dC_dw2, dC_da1, dC_dz1, dC_dw1)


class Trainable:
    """What `train` asks of a network: bare lines, unchecked, and one check before them.

    Examples
    --------
    >>> issubclass(FNN, Trainable)
    True
    """

    cost: Cost

    def check(self, X: torch.Tensor) -> None:
        """Raise unless the weights fit each other, and `X` the first of them."""
        raise NotImplementedError

    def forward(self, X: torch.Tensor) -> Any:
        """A checked forward pass: a result with `.y_hat`."""
        raise NotImplementedError

    def parts(self) -> dict[str, object]:
        """The objects that hold the weights, by what stands before a weight's name in words."""
        raise NotImplementedError

    def ahead(self, X: torch.Tensor) -> Any:
        """The same, unchecked, for `back` to use."""
        raise NotImplementedError

    def back(
        self, X: torch.Tensor, forward: Any, dC_dz: torch.Tensor
    ) -> list[dict[str, torch.Tensor]]:
        """For each part, the gradients of its weights by their names."""
        raise NotImplementedError


class FNN(Trainable):
    """A feed-forward network with one hidden layer of sigmoid units.

    Parameters
    ----------
    input_dim, hidden_dim, output_dim : int
        Columns of `X`, hidden units, outputs.
    cost : Cost, default BinaryCrossEntropy("mean")
        The cost whose gradients `backward` returns: one of the two, or one of your own.
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
        If a size is not a whole number above 0, `cost` lacks value, delta or activation,
        `generator` is no generator, or `dtype` is neither float32 nor float64.

    Examples
    --------
    >>> FNN(2, 4, 1).w1.shape
    torch.Size([2, 4])
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
        refusals.check_count("input_dim", input_dim, lowest=1)
        refusals.check_count("hidden_dim", hidden_dim, lowest=1)
        refusals.check_count("output_dim", output_dim, lowest=1)
        refusals.check_generator(generator)
        refusals.check_dtype(dtype)
        self.cost: Cost = BinaryCrossEntropy() if cost is None else cost
        refusals.check_cost(self.cost)
        self.w1 = torch.randn(input_dim, hidden_dim, generator=generator, dtype=dtype)
        self.w2 = torch.randn(hidden_dim, output_dim, generator=generator, dtype=dtype)

    def forward(self, X: torch.Tensor) -> Forward:
        """From inputs to predictions: (z1, a1, z2, y_hat).

        Parameters
        ----------
        X : torch.Tensor, shape N × input_dim, the weights' dtype

        Raises
        ------
        TypeError, ValueError
            If `X` is not such a tensor, is empty, or it or a weight holds NaN or infinity; or if
            a weight has been replaced by something that does not fit.

        Examples
        --------
        >>> FNN().forward(torch.zeros(5, 2)).y_hat.shape
        torch.Size([5, 1])
        """
        self.check(X)
        forward = forward_pass(X, self.w1, self.w2, self.cost.activation)
        # 0 · ∞ and ∞ − ∞ are NaN, so nothing infinite in X or w1 can hide behind the product.
        refusals.check_finite("z1 = X @ w1", forward.z1, made_of="X.isfinite(), w1")
        refusals.check_finite("z2 = a1 @ w2", forward.z2, made_of="w2")
        if not isinstance(self.cost, RowsCost):
            refusals.check_like("cost.activation(z2)", forward.y_hat, "z2", forward.z2)
        return forward

    def backward(self, X: torch.Tensor, y: torch.Tensor, forward: Forward) -> Gradients:
        """From the output back to the weights, by the chain rule. Changes nothing.

        Parameters
        ----------
        X : torch.Tensor, shape N × input_dim
        y : torch.Tensor, shape N × output_dim
            Labels, 0 or 1; for a cost of your own, what it takes.
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

        Examples
        --------
        >>> X, y, network = torch.zeros(5, 2), torch.ones(5, 1), FNN()
        >>> network.backward(X, y, network.forward(X)).dC_dw2.shape
        torch.Size([32, 1])
        """
        self.check(X)
        refusals.check_kind(
            "forward", forward, Forward, "a Forward is", "forward = network.forward(X)"
        )
        refusals.check_forward(forward, X, self.w1, self.w2)
        dC_dz2 = self.cost.delta(forward.y_hat, y)
        refusals.check_like("cost.delta(y_hat, y)", dC_dz2, "y_hat", forward.y_hat)
        return backward_pass(X, self.w2, forward.a1, dC_dz2)

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

        Examples
        --------
        >>> X, y, network = torch.zeros(5, 2), torch.ones(5, 1), FNN()
        >>> network.step(network.backward(X, y, network.forward(X)), learning_rate=0.1)
        """
        refusals.check_learning_rate(learning_rate)
        refusals.check_weights(self.w1, self.w2)
        refusals.check_kind(
            "gradients", gradients, Gradients, "Gradients are",
            "gradients = network.backward(X, y, forward)",
        )  # fmt: skip
        refusals.check_like("dC_dw1", gradients.dC_dw1, "w1", self.w1)
        refusals.check_like("dC_dw2", gradients.dC_dw2, "w2", self.w2)
        with torch.no_grad():
            w1 = self.w1 - float(learning_rate) * gradients.dC_dw1
            w2 = self.w2 - float(learning_rate) * gradients.dC_dw2
        for name, weight in (("w1", w1), ("w2", w2)):
            refusals.check_finite(f"{name} after a step of {learning_rate:g}", weight, name)
        self.w1, self.w2 = w1, w2

    def check(self, X: torch.Tensor) -> None:
        """Raise unless the weights fit each other, and `X` the first of them."""
        refusals.check_cost(self.cost)
        refusals.check_weights(self.w1, self.w2)
        refusals.check_matrix("X", X, columns=self.w1.shape[0], like=("w1", self.w1))

    def parts(self) -> dict[str, object]:
        """The network holds its weights itself."""
        return {"": self}

    def ahead(self, X: torch.Tensor) -> Forward:
        """The bare lines of `forward`."""
        return forward_pass(X, self.w1, self.w2, self.cost.activation)

    def back(
        self, X: torch.Tensor, forward: Forward, dC_dz: torch.Tensor
    ) -> list[dict[str, torch.Tensor]]:
        """The bare lines of `backward`, by the names of the weights."""
        gradients = backward_pass(X, self.w2, forward.a1, dC_dz)
        return [{"w1": gradients.dC_dw1, "w2": gradients.dC_dw2}]
