"""The output delta of the mean binary cross-entropy."""

import torch

from ..diagnose.evidence import Evidence, Hypotheses
from ..diagnose.patterns import fitted
from ..quantity import Mistake, Probe, Quantity, Task
from ..steps import CASES, Values
from .cost import _log_p
from .probes import usual_probes
from .sigmoid import σ


def _last(v: Values) -> torch.Tensor:
    return (torch.arange(v.N) == v.N - 1).double().reshape(-1, 1)


def _dC_dy_hat(v: Values) -> torch.Tensor:
    return v.dC_dz2 / (v.y_hat * (1 - v.y_hat))


def _divided_inside(v: Values) -> torch.Tensor:
    rounds = torch.arange(v.N, 0, -1, dtype=v.y.dtype).reshape(-1, 1)
    return (v.y_hat - v.y) / v.N**rounds


def _twice(why: str) -> tuple[str, str]:
    """Said of two steps, dC_dy_hat and a slope; and of ŷ − y with a slope."""
    fused = "Beside ŷ − y no slope is needed: for cross-entropy it has cancelled."
    return why, f"{why} {fused}"


DC_DZ2 = (
    Mistake("extra-slope", lambda v: v.dC_dz2 * v.y_hat * (1 - v.y_hat),
      "ŷ − y is multiplied by the slope ŷ(1 − ŷ). That is the delta of half the squared error; "
      "for cross-entropy the slope has cancelled.",
      "Divide yours by ŷ − y, flower by flower: which factor is left?"),
    Mistake("slope-missing", _dC_dy_hat,
      "This is the derivative for ŷ. The step back through the output sigmoid is missing.",
      "From ŷ to z2 the chain rule multiplies by the sigmoid's slope."),
    Mistake("slope-of-pre-activation", lambda v: [_dC_dy_hat(v) * v.z2 * (1 - v.z2),
                                           v.dC_dz2 * v.z2 * (1 - v.z2)],
      _twice("The slope s(1 − s) was given z2, before the sigmoid."),
      "A slope of the sigmoid is never negative."),
    Mistake("slope-of-activation", lambda v: [_dC_dy_hat(v) * σ(v.y_hat) * (1 - σ(v.y_hat)),
                                       v.dC_dz2 * σ(v.y_hat) * (1 - σ(v.y_hat))],
      _twice("The slope applies the sigmoid to ŷ, which is already an activation."),
      "The slope from the activation needs no sigmoid."),
    Mistake("tanh-slope", lambda v: [_dC_dy_hat(v) * (1 - v.y_hat**2), v.dC_dz2 * (1 - v.y_hat**2)],
      _twice("1 − a² is the slope of tanh."),
      "The output unit is a sigmoid."),
    Mistake("half-slope-a", lambda v: [_dC_dy_hat(v) * v.y_hat, v.dC_dz2 * v.y_hat],
      _twice("Only the factor ŷ of the slope is there."),
      "A slope has two factors."),
    Mistake("half-slope-one-minus-a",
      lambda v: [_dC_dy_hat(v) * (1 - v.y_hat), v.dC_dz2 * (1 - v.y_hat)],
      _twice("Only the factor 1 − ŷ of the slope is there."),
      "A slope has two factors."),
    Mistake("slope-twice", lambda v: v.dC_dz2 * (v.y_hat * (1 - v.y_hat)) ** 2,
      "The slope is multiplied in twice, and for cross-entropy it cancels altogether.",
      "Divide yours by ŷ − y, flower by flower: which factor is left?"),
    Mistake("slope-of-gradient",
      lambda v: [σ(g) * (1 - σ(g)) for g in (_dC_dy_hat(v), v.N * _dC_dy_hat(v))],
      "The slope is taken at the gradient that comes back, and nothing is multiplied.",
      "At which number is the slope of the output sigmoid taken?"),
    Mistake("divided-inside-the-loop", _divided_inside,
      "The division by N stands inside the loop over the flowers: it is done N times.",
      "Which lines belong to the loop, and which come after it?"),
    Mistake("outer-product",
      lambda v: _dC_dy_hat(v) @ (v.y_hat * (1 - v.y_hat)).T,
      "A product of two columns, N × 1 with 1 × N, pairs every flower with every other: N × N.",
      "Each slope belongs to one flower: which sign multiplies entry by entry?"),
    Mistake("labels-swapped", lambda v: (v.y_hat - (1 - v.y)) / v.N,
      "This is the delta for the opposite labels.", "y_hat is the probability of class 1."),
    Mistake("labels-plus", lambda v: (v.y_hat + v.y) / v.N,
      "The label is added where it should be subtracted.",
      "For a perfect answer the delta is 0."),
    Mistake("zeros-forgotten", lambda v: [-v.y * (1 - v.y_hat) / v.N, -v.y / v.y_hat / v.N],
      "Flowers with label 0 get a delta of 0: their term of the cost is missing.",
      "Look at the rows where y = 0."),
    Mistake("ones-forgotten",
      lambda v: [(1 - v.y) * v.y_hat / v.N, (1 - v.y) / (1 - v.y_hat) / v.N],
      "Flowers with label 1 get a delta of 0: their term of the cost is missing.",
      "Look at the rows where y = 1."),
    Mistake("terms-not-subtracted",
      lambda v: [(-v.y / v.y_hat - (1 - v.y) / (1 - v.y_hat)) / v.N,
                 (-v.y * (1 - v.y_hat) - (1 - v.y) * v.y_hat) / v.N],
      "Both terms have the same sign: the inner derivative of 1 − ŷ, which is −1, is missing.",
      "For label 0 a larger ŷ must raise the cost."),
    Mistake("squared", lambda v: (v.y_hat - v.y) ** 2 / v.N,
      "The difference is squared: that is a cost, not its slope.", "A slope can be negative."),
    Mistake("absolute", lambda v: (v.y_hat - v.y).abs() / v.N,
      "The sign of the difference is lost.", "For label 1 the delta is negative."),
    Mistake("sign-only", lambda v: torch.sign(v.y_hat - v.y) / v.N,
      "Only the sign of the difference is left.", "How wrong an answer is matters too."),
    Mistake("thresholded", lambda v: ((v.y_hat >= 0.5).double() - v.y) / v.N,
      "ŷ was rounded to 0 or 1 first.", "Use the probability itself."),
    Mistake("only-the-prediction", lambda v: v.y_hat / v.N, "The labels do not occur in it.",
      "For a perfect answer the delta is 0."),
    Mistake("slope-only", lambda v: v.y_hat * (1 - v.y_hat) / v.N,
      "This is only the slope of the output sigmoid: the derivative of the cost is missing.",
      "The chain has two factors here, and one of them knows the label."),
    Mistake("logit-for-prediction", lambda v: (v.z2 - v.y) / v.N,
      "z2 stands where ŷ should: the sigmoid is missing.",
      "Between which bounds should every entry lie, before it is divided by N?"),
    Mistake("cost-not-slope", lambda v: -_log_p(v) / v.N,
      "This is the cost of each flower, not its derivative.", "A slope can be negative."),
    Mistake("labels-flat", lambda v: [(v.y_hat - v.y.T) / v.N, (v.y_hat.T - v.y) / v.N],
      "Its shape is N × N: each prediction met every label, because one of the two was flat.",
      "Both need shape N × 1 before they are subtracted."),
    Mistake("averaged-away",
      lambda v: [(v.y_hat - v.y).mean(), (v.y_hat - v.y).mean(0, keepdim=True)],
      "All flowers were averaged into one number. Each has its own delta: N × 1.",
      "The mean of the cost only divides by N; it does not add the deltas."),
    Mistake("missing-parentheses", lambda v: [(v.y_hat - v.y) / v.y_hat * (1 - v.y_hat) / v.N,
                                       v.y_hat - v.y / v.N, v.y - v.y_hat / v.N],
      "Parentheses are missing: a division reaches only the next factor or term.",
      "Compute one entry by hand, in the order in which Python does."),
    Mistake("transposed", lambda v: v.dC_dz2.T, "It is transposed: 1 × N where z2 is N × 1.",
      "A gradient has the shape of what it is the gradient of."),
    Mistake("last-sample-only", lambda v: [v.dC_dz2 * _last(v), v.dC_dz2[-1:], v.dC_dz2[-1]],
      "Only the last flower counts: a loop that overwrites what it had.",
      "How many of the flowers have a delta?"),
)  # fmt: skip

OUTPUT_DELTA = Quantity(
    "dC_dz2", "N × 1", "dC_dz2",
    "For one single flower with label 1 and y_hat = 0.75 it should be −0.25.", DC_DZ2,
)  # fmt: skip


def certain() -> Values:
    """Answers of exactly 0 and 1, right and wrong ones."""
    y_hat = torch.tensor([[0.0], [1.0], [0.0], [1.0], [0.5]], dtype=torch.float64)
    return CASES[0].but(y_hat=y_hat, y=torch.tensor([[0.0], [1.0], [1.0], [0.0], [1.0]]).double())


def _epsilon(evidence: Evidence) -> Hypotheses:
    """A small number against a division by 0, so large that it shows."""
    for form in (
        lambda v, e: (
            (-v.y / (v.y_hat + e) + (1 - v.y) / (1 - v.y_hat + e)) * v.y_hat * (1 - v.y_hat) / v.N
        ),
        lambda v, e: (
            (v.y_hat - v.y) / (v.y_hat * (1 - v.y_hat) + e) * v.y_hat * (1 - v.y_hat) / v.N
        ),
    ):
        yield from fitted(evidence, "epsilon", form, 1e-7, 0.4)


TASK = Task(
    check="check_output_delta",
    arguments={"y_hat": "y_hat", "y": "y"},
    quantities=(OUTPUT_DELTA,),
    section="notebook 05, The output delta",
    sums=True,
    probes=(
        Probe(certain, "One thing to know: for an answer of exactly 0 or 1 it gives no number: "
              "0 divided by 0, or 0 times infinity.", "certain-answers",
              "It is right for answers between 0 and 1, but where y_hat is exactly 0 or 1 it gives "
              "{came:.4g} where {right:.4g} belongs."),
        *usual_probes(),
    ),
    guesses=(_epsilon,),
)  # fmt: skip
