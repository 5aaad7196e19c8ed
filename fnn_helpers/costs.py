"""Costs. Each knows its value, its delta ∂C/∂z, and the activation that makes ŷ of the last z.

The first two take ŷ = σ(z) and differ in one line each; the third takes ŷ = softmax(z). The delta
already holds the slope of that activation.
"""

from dataclasses import dataclass
from typing import Protocol

import torch

from .activations import shares, sigma, sigma_slope
from .refusals import (
    check_choice,
    check_labels,
    check_matrix,
    check_one_hot,
    check_probabilities,
    check_shares,
)

LOWEST_LOG = -100.0  # ln 0 is −∞; PyTorch's own BCELoss stops at the same place


class Cost(Protocol):
    """What a cost of your own needs. It checks its own labels.

    Examples
    --------
    >>> [name for name in vars(Cost) if name in ("value", "delta", "activation")]
    ['value', 'delta', 'activation']
    """

    def value(self, y_hat: torch.Tensor, y: torch.Tensor) -> torch.Tensor | float:
        """The cost C of all rows: one number."""

    def delta(self, y_hat: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
        """∂C/∂z₂, in the shape of `y_hat`."""

    def activation(self, z: torch.Tensor) -> torch.Tensor:
        """ŷ, made of the network's last z."""


@dataclass(frozen=True)
class RowsCost:
    """What the costs share: they check, and make one number out of many.

    Parameters
    ----------
    reduction : {"mean", "sum"}
        How the rows' costs become one number; a row's cost is the sum over its outputs.
        `"mean"` divides by N, the number of rows. The delta follows the same choice.
    """

    reduction: str = "mean"

    def __post_init__(self) -> None:
        check_choice("reduction", self.reduction, ("mean", "sum"))

    def value(self, y_hat: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
        """The cost C: a 0-d tensor.

        Parameters
        ----------
        y_hat : torch.Tensor, shape N × outputs
            Predicted probabilities.
        y : torch.Tensor, the shape of `y_hat`
            Labels, 0 or 1.

        Raises
        ------
        TypeError, ValueError
            If a shape or dtype does not fit, `y` holds anything but 0 and 1, `y_hat` leaves
            [0, 1] or holds NaN, or there are no rows; for softmax also if a row of `y` is not
            one-hot, or one of `y_hat` does not add up to 1.

        Examples
        --------
        >>> BinaryCrossEntropy().value(torch.tensor([[0.5], [0.5]]), torch.tensor([[0.0], [1.0]]))
        tensor(0.6931)
        """
        self._check(y_hat, y)
        return self.entry_cost(y_hat, y).sum() / self.divisor(len(y))

    def delta(self, y_hat: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
        """The output delta ∂C/∂z, in the shape of `y_hat`. Takes and raises what `value` does.

        Examples
        --------
        >>> BinaryCrossEntropy().delta(torch.tensor([[0.9]]), torch.tensor([[1.0]]))
        tensor([[-0.1000]])
        """
        self._check(y_hat, y)
        return self.entry_delta(y_hat, y) / self.divisor(len(y))

    def divisor(self, rows: int) -> int:
        """What the sum over all rows is divided by: N for a mean, 1 for a sum.

        Examples
        --------
        >>> BinaryCrossEntropy("mean").divisor(100), BinaryCrossEntropy("sum").divisor(100)
        (100, 1)
        """
        return rows if self.reduction == "mean" else 1

    @staticmethod
    def activation(z: torch.Tensor) -> torch.Tensor:
        """ŷ of the last z, unchecked."""
        raise NotImplementedError

    @staticmethod
    def entry_cost(y_hat: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
        """Each entry's cost, or each row's, unchecked: their sum is the cost of all."""
        raise NotImplementedError

    @staticmethod
    def entry_delta(y_hat: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
        """Each entry's ∂cost/∂z, unchecked."""
        raise NotImplementedError

    @staticmethod
    def _check(y_hat: torch.Tensor, y: torch.Tensor) -> None:
        raise NotImplementedError


class SigmoidCost(RowsCost):
    """A cost of ŷ = σ(z): any number of yes/no answers a row."""

    @staticmethod
    def activation(z: torch.Tensor) -> torch.Tensor:
        """ŷ = σ(z), entry by entry.

        Examples
        --------
        >>> SquaredError().activation(torch.zeros(1, 1))
        tensor([[0.5000]])
        """
        return sigma(z)

    @staticmethod
    def _check(y_hat: torch.Tensor, y: torch.Tensor) -> None:
        check_matrix("y_hat", y_hat)
        check_labels(y, like=("y_hat", y_hat))
        check_probabilities("y_hat", y_hat)


class BinaryCrossEntropy(SigmoidCost):
    """C = −ln(probability given to the true label). With ŷ = σ(z₂) the slope cancels: ŷ − y.

    No entry costs more than 100: that is what a probability of exactly 0 is charged.

    Source: the negative log-likelihood of independent yes/no labels; derived in notebook 04,
    its delta in notebook 05.

    Examples
    --------
    >>> BinaryCrossEntropy("sum").value(torch.full((2, 1), 0.5), torch.ones(2, 1))
    tensor(1.3863)
    """

    @staticmethod
    def p_label(y_hat: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
        return (1 - y - y_hat).abs()  # ŷ where y = 1, 1 − ŷ where y = 0

    @staticmethod
    def entry_cost(y_hat: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
        return -BinaryCrossEntropy.p_label(y_hat, y).log().clamp(min=LOWEST_LOG)

    @staticmethod
    def entry_delta(y_hat: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
        return y_hat - y


class SquaredError(SigmoidCost):
    """C = ½ (ŷ − y)². Its delta keeps the slope: (ŷ − y) · ŷ (1 − ŷ).

    Source: least squares; this delta is the one the published recipe uses.

    Examples
    --------
    >>> SquaredError("sum").value(torch.full((2, 1), 0.5), torch.ones(2, 1))
    tensor(0.2500)
    """

    @staticmethod
    def entry_cost(y_hat: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
        return 0.5 * (y_hat - y) ** 2

    @staticmethod
    def entry_delta(y_hat: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
        return (y_hat - y) * sigma_slope(y_hat)


class CategoricalCrossEntropy(RowsCost):
    """C = −ln(probability given to the row's class), ŷ = softmax(z). Its delta: ŷ − y once more.

    Labels are one-hot: a 1 in the column of the row's class, 0 in the others. No row costs more
    than 100.

    Source: the negative log-likelihood of classes that exclude each other; it and its delta are
    derived in notebook 10.

    Examples
    --------
    >>> CategoricalCrossEntropy("sum").value(torch.full((2, 4), 0.25), torch.eye(4)[:2])
    tensor(2.7726)
    """

    @staticmethod
    def activation(z: torch.Tensor) -> torch.Tensor:
        return shares(z)

    @staticmethod
    def p_label(y_hat: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
        return (y * y_hat).sum(-1, keepdim=True)  # N × 1: the 1 of the row picks one ŷ

    @staticmethod
    def entry_cost(y_hat: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
        return -CategoricalCrossEntropy.p_label(y_hat, y).log().clamp(min=LOWEST_LOG)

    @staticmethod
    def entry_delta(y_hat: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
        return y_hat - y

    @staticmethod
    def _check(y_hat: torch.Tensor, y: torch.Tensor) -> None:
        check_one_hot(y, like=("y_hat", check_shares("y_hat", y_hat)))
