"""Tables of mistakes for exercises outside the nine checks.

They are found by the names of what is returned and the number of arguments.

Their formulas read the arguments as `v.given[0]`, …, and each right result by its name.
"""

from collections.abc import Mapping

import torch

from ..diagnose.loops import Loop, run_loop
from ..quantity import Mistake
from ..steps import Make, Values
from .sigmoid import activation_mistakes, σ

Table = Mapping[str, tuple[Mistake, ...]]


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


def _losses(loop: Loop) -> Make:
    def make(v: Values) -> torch.Tensor:
        from ...data import load_iris_pair

        pair, (w1, w2, epochs, rate) = load_iris_pair(), v.given
        N, D, H = len(pair.X), w1.shape[0], w1.shape[1]
        given = Values(X=pair.X, y=pair.y, w1=w1, w2=w2, N=N, D=D, H=H, epochs=epochs, rate=rate)
        return run_loop(given, loop)[2].double()

    return make


LOSSES = (
    Mistake("gradients-accumulate", _losses(Loop(memory=1.0)),
      "The gradients of earlier epochs are added to the new one: they are not set to zero.",
      "A new epoch begins with a new gradient."),
    Mistake("nothing-updated", _losses(Loop(frozen=("w1", "w2"))), "Neither weight changes.",
      "Which line changes the weights?"),
    Mistake("loss-after-update", _losses(Loop(record="after")),
      "Each loss is recorded after its update. It should be recorded before.",
      "The first loss should be that of the untrained weights."),
)  # fmt: skip

# Names and number of arguments → the table of each name.
TABLES: Mapping[tuple[tuple[str, ...], int], Table] = {
    (("a",), 1): {"a": activation_mistakes(lambda v: v.given[0])},
    (("dC_db2", "dC_db1"), 2): {"dC_db2": _bias(0), "dC_db1": _bias(1)},
    (("dC_dz2",), 2): {"dC_dz2": SQUARED_ERROR_DELTA},
    (("losses",), 4): {"losses": LOSSES},
}
