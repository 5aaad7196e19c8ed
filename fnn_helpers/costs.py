"""Two costs. Each knows its value and its delta, ∂C/∂z₂; `entry_delta` is where they differ most.

Both take ŷ = σ(z₂), so a delta holds the slope of the output sigmoid already.
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Protocol

import torch

from .activations import sigmoid, slope_of
from .refusals import check_choice, check_labels, check_matrix, check_probabilities

LOWEST_LOG = -100.0  # ln 0 is −∞; PyTorch's own BCELoss stops at the same place


class Cost(Protocol):
    """What a network asks of its cost; anything with these three will do.

    A cost of one's own checks its own labels and range.
    """

    def value(self, y_hat: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
        """The cost C: one number."""

    def delta(self, y_hat: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
        """∂C/∂z₂, in the shape of `y_hat`."""

    def activation(self, z: torch.Tensor) -> torch.Tensor:
        """ŷ, made of the output layer's z, in its shape."""


@dataclass(frozen=True)
class SigmoidCost(ABC):
    """What the two share: the sigmoid, the checks, and one number out of many.

    Parameters
    ----------
    reduction : {"mean", "sum"}
        How the rows' costs become one number; a row's cost is the sum over its outputs.
        The delta follows the same choice.
    """

    reduction: str = "mean"

    def __post_init__(self) -> None:
        check_choice("reduction", self.reduction, ("mean", "sum"))

    def value(self, y_hat: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
        """The cost C: a 0-d tensor.

        Parameters
        ----------
        y_hat : torch.Tensor, shape N × outputs
            Predicted probabilities of class 1.
        y : torch.Tensor, the shape of `y_hat`
            Labels, 0 or 1.

        Raises
        ------
        TypeError, ValueError
            If a shape or dtype does not fit, `y` holds anything but 0 and 1, `y_hat` leaves
            [0, 1] or holds NaN, or there are no rows.
        """
        self._check(y_hat, y)
        return self.entry_cost(y_hat, y).sum() / self.rows(y)

    def delta(self, y_hat: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
        """The output delta ∂C/∂z₂, in the shape of `y_hat`. Takes and raises what `value` does."""
        self._check(y_hat, y)
        return self.entry_delta(y_hat, y) / self.rows(y)

    def activation(self, z: torch.Tensor) -> torch.Tensor:
        """ŷ = σ(z). Takes and raises what `sigmoid` does."""
        return sigmoid(z)

    def rows(self, y: torch.Tensor) -> int:
        """What a sum over all rows is divided by: N for their mean, 1 for their sum."""
        return len(y) if self.reduction == "mean" else 1

    @staticmethod
    @abstractmethod
    def entry_cost(y_hat: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
        """Each entry's cost. Checks nothing."""

    @staticmethod
    @abstractmethod
    def entry_delta(y_hat: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
        """Each entry's ∂cost/∂z₂. Checks nothing."""

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
    """

    @staticmethod
    def entry_cost(y_hat: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
        p_label = (1 - y - y_hat).abs()  # ŷ where y = 1, 1 − ŷ where y = 0
        return -p_label.log().clamp(min=LOWEST_LOG)

    @staticmethod
    def entry_delta(y_hat: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
        return y_hat - y


class SquaredError(SigmoidCost):
    """C = ½ (ŷ − y)². Its delta keeps the slope: (ŷ − y) · ŷ (1 − ŷ).

    Source: least squares; this delta is the one the published recipe uses.
    """

    @staticmethod
    def entry_cost(y_hat: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
        return 0.5 * (y_hat - y) ** 2

    @staticmethod
    def entry_delta(y_hat: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
        return (y_hat - y) * slope_of(y_hat)
