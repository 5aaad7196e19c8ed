"""Rows of unit length."""

from collections.abc import Callable

import torch

from ..diagnose.evidence import Evidence, Hypotheses
from ..diagnose.patterns import fitted
from ..quantity import Mistake, Quantity, Task
from ..steps import Values
from .probes import usual_probes


def _rows(v: Values, f: Callable[[torch.Tensor], torch.Tensor]) -> torch.Tensor:
    return v.X / f(v.X)


NORMALISE = (
    Mistake("unchanged", lambda v: v.X, "These are the rows as they came.",
      "Every row has a length; divide by it."),
    Mistake("divides-columns", lambda v: v.X / v.X.norm(dim=0),
      "Each column has length one now. It is the rows that should.",
      "A flower is a row: along which axis must the squares be added?"),
    Mistake("whole-matrix", lambda v: v.X / v.X.norm(),
      "One length was computed for the whole table. Each row has its own.",
      "The length must keep one entry a row: shape N × 1."),
    Mistake("power-before-slash", lambda v: [v.X / (v.X**2).sum(1, keepdim=True) / 2,
                                             2 * v.X / (v.X**2).sum(1, keepdim=True)],
      "** 1/2 is no square root: the power comes before the slash, so it is (… ** 1) / 2.",
      "Write ** 0.5 or ** (1/2)."),
    Mistake("squared-length", lambda v: _rows(v, lambda X: (X**2).sum(1, keepdim=True)),
      "Divided by the squared length: the square root is missing.",
      "Pythagoras gives the square of the length first."),
    Mistake("divides-by-sum", lambda v: _rows(v, lambda X: X.sum(1, keepdim=True)),
      "Divided by the sum of the row: rows add up to one now, but their length is not one.",
      "A length adds squares, not the numbers themselves."),
    Mistake("divides-by-absolute-sum", lambda v: _rows(v, lambda X: X.abs().sum(1, keepdim=True)),
      "Divided by the sum of the sizes (the L1 norm), not by the length.",
      "A length adds squares, then takes a root."),
    Mistake("divides-by-largest",
      lambda v: [_rows(v, lambda X: X.max(1, keepdim=True).values),
                 _rows(v, lambda X: X.abs().max(1, keepdim=True).values), v.X / v.X.max(),
                 v.X / v.X.abs().max(), v.X / v.X.max(0).values, v.X / v.X.abs().max(0).values],
      "Divided by the largest entry, not by the length.",
      "For the row (3, 4) the length is 5, not 4."),
    Mistake("mean-of-squares", lambda v: _rows(v, lambda X: (X**2).mean(1, keepdim=True).sqrt()),
      "The squares were averaged; for a length they are added.",
      "Mean and sum differ by the number of columns."),
    Mistake("divides-by-mean", lambda v: _rows(v, lambda X: X.mean(1, keepdim=True)),
      "Divided by the mean of the row, not by its length.",
      "A length adds squares, then takes a root."),
    Mistake("standardised",
      lambda v: [(v.X - v.X.mean(0)) / v.X.std(0, correction=k) for k in (0, 1)]
      + [(v.X - v.X.mean(1, True)) / v.X.std(1, keepdim=True, correction=k) for k in (0, 1)],
      "This standardises: mean 0 and deviation 1. It is another way to scale.",
      "Nothing is subtracted when a row is scaled to unit length."),
    Mistake("min-max",
      lambda v: [(v.X - v.X.min(0).values) / (v.X.max(0).values - v.X.min(0).values),
                 (v.X - v.X.min()) / (v.X.max() - v.X.min()),
                       (v.X - v.X.min(1, True).values)
                       / (v.X.max(1, True).values - v.X.min(1, True).values)],
      "This stretches the numbers to 0…1. It is another way to scale.",
      "Nothing is subtracted when a row is scaled to unit length."),
    Mistake("multiplied", lambda v: [v.X * v.X.norm(dim=1, keepdim=True),
                                       v.X * (v.X**2).sum(1, keepdim=True)],
      "Multiplied by the length where a division should be.",
      "A row of length 5 should come out five times shorter."),
    Mistake("only-the-lengths", lambda v: [v.X.norm(dim=1, keepdim=True), v.X.norm(dim=1)],
      "These are the lengths of the rows. The rows themselves, divided by them, are asked for.",
      "The result has the shape of X."),
    Mistake("only-centred", lambda v: [v.X - v.X.mean(0), v.X - v.X.mean(1, keepdim=True)],
      "The mean is subtracted and nothing is divided.",
      "Nothing is subtracted when a row is scaled to unit length."),
    Mistake("entry-by-entry", lambda v: v.X.sign(),
      "Each entry is divided by its own size: only signs are left.",
      "One length for a row: where are its squares added?"),
    Mistake("absolute-of-sum", lambda v: _rows(v, lambda X: X.sum(1, keepdim=True).abs()),
      "The sum was squared, not the entries: this is the size of the sum.",
      "For the row (3, −4) the length is 5, not 1."),
    Mistake("root-of-length", lambda v: _rows(v, lambda X: X.norm(dim=1, keepdim=True).sqrt()),
      "Divided by the root of the length: a root is taken once too often.",
      "For the row (3, 4) the length is 5."),
    Mistake("squares", lambda v: v.X**2 / (v.X**2).sum(1, keepdim=True),
      "The entries themselves are squared: rows add up to one now, but their length is not one.",
      "A row that points down should still point down."),
    Mistake("divides-by-a-size", lambda v: [v.X / n for n in v.X.shape],
      "Divided by the number of rows or columns, not by a length.",
      "A length depends on the numbers in the row."),
    Mistake("softmax", lambda v: torch.softmax(v.X, 1),
      "This is softmax: rows add up to one now, but their length is not one.",
      "There is no exponential in a length."),
)  # fmt: skip


def _epsilon(evidence: Evidence) -> Hypotheses:
    """A length that is a little too long, against a division by 0."""
    for form in (
        lambda v, e: v.X / (v.X.norm(dim=1, keepdim=True) + e),
        lambda v, e: v.X / ((v.X**2).sum(1, keepdim=True) + e).sqrt(),
    ):
        yield from fitted(evidence, "epsilon", form, 1e-9, 1.0)


TASK = Task(
    check="check_normalise_rows",
    arguments={"X": "X"},
    quantities=(
        Quantity("X", "N × D", "unit_rows",
                 "The row (3, 4) has length 5: what should become of it?", NORMALISE),
    ),
    section="notebook 01, Rows of length one",
    probes=usual_probes(single_row=False),
    guesses=(_epsilon,),
)  # fmt: skip
