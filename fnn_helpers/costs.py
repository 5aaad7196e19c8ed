"""Two costs. Each knows its value and its delta, ∂C/∂z₂: they differ in one line.

Both take ŷ = σ(z₂), so the delta already holds the slope of the output sigmoid.
"""

from dataclasses import dataclass
from typing import Protocol

import torch

from .activations import sigma, sigma_slope
from .refusals import check_choice, check_labels, check_matrix, check_probabilities

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
class SigmoidCost:
    """What the two costs share: ŷ = σ(z₂), the checks, and one number out of many.

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
            Predicted probabilities of class 1.
        y : torch.Tensor, the shape of `y_hat`
            Labels, 0 or 1.

        Raises
        ------
        TypeError, ValueError
            If a shape or dtype does not fit, `y` holds anything but 0 and 1, `y_hat` leaves
            [0, 1] or holds NaN, or there are no rows.

        Examples
        --------
        >>> BinaryCrossEntropy().value(torch.tensor([[0.5], [0.5]]), torch.tensor([[0.0], [1.0]]))
        tensor(0.6931)
        """
        self._check(y_hat, y)
        return self.entry_cost(y_hat, y).sum() / self.divisor(len(y))

    def delta(self, y_hat: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
        """The output delta ∂C/∂z₂, in the shape of `y_hat`. Takes and raises what `value` does.

        Examples
        --------
        >>> BinaryCrossEntropy().delta(torch.tensor([[0.9]]), torch.tensor([[1.0]]))
        tensor([[-0.1000]])
        """
        self._check(y_hat, y)
        return self.entry_delta(y_hat, y) / self.divisor(len(y))

    def activation(self, z: torch.Tensor) -> torch.Tensor:
        """ŷ = σ(z), entry by entry.

        Examples
        --------
        >>> SquaredError().activation(torch.zeros(1, 1))
        tensor([[0.5000]])
        """
        return sigma(z)

    def divisor(self, rows: int) -> int:
        """What the sum over all rows is divided by: N for a mean, 1 for a sum.

        Examples
        --------
        >>> BinaryCrossEntropy("mean").divisor(100), BinaryCrossEntropy("sum").divisor(100)
        (100, 1)
        """
        return rows if self.reduction == "mean" else 1

    @staticmethod
    def entry_cost(y_hat: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
        """Each entry's cost, unchecked."""
        raise NotImplementedError

    @staticmethod
    def entry_delta(y_hat: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
        """Each entry's ∂cost/∂z₂, unchecked."""
        raise NotImplementedError

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
    def entry_cost(y_hat: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
        p_label = (1 - y - y_hat).abs()  # ŷ where y = 1, 1 − ŷ where y = 0
        return -p_label.log().clamp(min=LOWEST_LOG)

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
