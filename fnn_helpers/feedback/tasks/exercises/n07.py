"""Notebook 07: biases, and the delta of squared error."""

import torch

from ...quantity import Mistake
from ...steps import Values
from ..sigmoid import σ
from .exercise import Table


def _bias(number: int) -> tuple[Mistake, ...]:
    """A bias is added to every row: its gradient is the sum of the rows."""
    return (
        Mistake("averaged-over-rows", lambda v: v.given[number].mean(0, keepdim=True),
          "The rows were averaged; what comes back to a bias from the flowers adds up.",
          "The deltas already hold the 1/N of the mean."),
        Mistake("summed-over-columns", lambda v: v.given[number].sum(1, keepdim=True),
          "The columns were added up: that is one number a flower. A bias has one a unit.",
          "A gradient has the shape of what it is the gradient of."),
        Mistake("batch-not-summed", lambda v: v.given[number],
          "These are the deltas: the flowers are not added up.",
          "One bias is used by every flower: what comes back from them?"),
        Mistake("last-sample-only", lambda v: v.given[number][-1:], "Only the last flower counts.",
          "Look for a single = in the loop: what happens to the value before?"),
        Mistake("first-sample-only", lambda v: v.given[number][:1], "Only the first flower counts.",
          "Where does return stand: inside the loop or after it?"),
    )  # fmt: skip


def _error(v: Values) -> torch.Tensor:
    return (v.given[0] - v.given[1]) / v.N


def _slope(v: Values) -> torch.Tensor:
    return v.given[0] * (1 - v.given[0])


SQUARED_ERROR_DELTA = (
    Mistake("slope-missing", _error,
      "This is ŷ − y, the delta of cross-entropy. For squared error nothing cancels.",
      "From ŷ to z2 the chain rule multiplies by the sigmoid's slope."),
    Mistake("slope-twice",
      lambda v: _error(v) * _slope(v) ** 2, "The slope is multiplied in twice.",
      "Divide yours by ŷ − y, flower by flower: which factor is left?"),
    Mistake("slope-of-activation", lambda v: _error(v) * σ(v.given[0]) * (1 - σ(v.given[0])),
      "The slope applies the sigmoid to ŷ, which is already an activation.",
      "The slope from the activation needs no sigmoid."),
    Mistake("half-slope-a", lambda v: _error(v) * v.given[0],
      "Only the factor ŷ of the slope is there.", "A slope has two factors."),
    Mistake("half-slope-one-minus-a", lambda v: _error(v) * (1 - v.given[0]),
      "Only the factor 1 − ŷ of the slope is there.", "A slope has two factors."),
    Mistake("squared", lambda v: v.N * _error(v) ** 2,
      "The difference is squared: that is a cost, not its slope.", "A slope can be negative."),
    Mistake("slope-only", lambda v: _slope(v) / v.N,
      "This is only the slope of the output sigmoid: the derivative of the cost is missing.",
      "The chain has two factors here, and one of them knows the label."),
)  # fmt: skip


TABLES: dict[tuple[tuple[str, ...], int], Table] = {
    (("dC_db2", "dC_db1"), 2): {"dC_db2": _bias(0), "dC_db1": _bias(1)},
    (("dC_dz2",), 2): {"dC_dz2": SQUARED_ERROR_DELTA},
}
