"""The slope of the sigmoid, from the activation."""

import torch

from ..quantity import Mistake, Probe, Quantity, Task
from ..steps import CASES, Values
from .probes import usual_probes
from .sigmoid import shape_probes, σ

SLOPE = (
    Mistake("slope-of-activation", lambda v: σ(v.a1) * (1 - σ(v.a1)),
      "The sigmoid is applied again: a is already σ(z).",
      "Every value of yours lies between 0.196 and 0.25. A slope can come close to 0."),
    Mistake("half-reapplied", lambda v: [v.a1 * (1 - σ(v.a1)), σ(v.a1) * (1 - v.a1)],
      "In one of the two factors the sigmoid is applied again: a is already σ(z).",
      "At a = 0.5 both factors are one half."),
    Mistake("slope-of-pre-activation", lambda v: v.z1 * (1 - v.z1),
      "This is z(1 − z): the activation was turned back into z first.",
      "A slope of the sigmoid is never negative."),
    Mistake("only-one-minus-a",
      lambda v: 1 - v.a1, "This is only the second factor of the product.",
      "At a = 0.5 the slope is a quarter."),
    Mistake("only-a", lambda v: v.a1, "This is only the first factor of the product.",
      "At a = 0.5 the slope is a quarter."),
    Mistake("tanh-slope",
      lambda v: [1 - v.a1**2, 1 - v.a1.tanh() ** 2],
      "This is the slope of tanh, from its activation.",
      "The sigmoid's slope is never above one quarter."),
    Mistake("plus-for-minus",
      lambda v: v.a1 * (1 + v.a1), "There is a plus where a minus should be.",
      "Where the activation is almost 1 the curve is flat: the slope must go to 0."),
    Mistake("relu-slope", lambda v: (v.a1 > 0.5).double(),
      "This is the slope of max(0, z): 0 or 1.", "The slope is never above one quarter."),
    Mistake("squared", lambda v: [v.a1**2, (1 - v.a1) ** 2],
      "One factor is used twice: the two factors differ.",
      "The slope is the same at a and at 1 − a."),
    Mistake("second-derivative", lambda v: v.a1 * (1 - v.a1) * (1 - 2 * v.a1),
      "This is the slope of the slope.", "One derivative is enough."),
    Mistake("sigmoid-again",
      lambda v: σ(v.a1), "This is the sigmoid of the activation, not a slope.",
      "At a = 0.5 the slope is a quarter."),
    Mistake("reciprocal", lambda v: 1 / (v.a1 * (1 - v.a1)),
      "This is one over the slope.", "The slope is never above one quarter."),
    Mistake("slope-squared",
      lambda v: (v.a1 * (1 - v.a1)) ** 2, "The slope is multiplied in twice.",
      "At a = 0.5 the slope is a quarter, not a sixteenth."),
    Mistake("numerator-of-z",
      lambda v: [torch.exp(-v.a1) / (1 + torch.exp(-v.a1)), torch.exp(-v.a1) * v.a1**2],
      "This treats the activation as if it were z.",
      "No exponential is needed: the activation already contains it."),
    Mistake("one-square-too-many",
      lambda v: [v.a1**2 * (1 - v.a1), v.a1 * (1 - v.a1) ** 2, v.a1 * (1 - v.a1**2)],
      "There is a square in it that should not be there.",
      "The slope is the same at a and at 1 − a."),
    Mistake("differentiated-again", lambda v: 1 - 2 * v.a1,
      "This is the derivative of the slope for a.", "One derivative is enough."),
    Mistake("divided", lambda v: [v.a1 / (1 - v.a1), (1 - v.a1) / v.a1],
      "There is a division in it: these are odds, not slopes.",
      "The slope is never above one quarter."),
    Mistake("matrix-product", lambda v: [v.a1.T @ (1 - v.a1), v.a1 @ (1 - v.a1).T],
      "This is a matrix product. The slope has the shape of a, one value for each entry.",
      "Which sign multiplies entry by entry?"),
)  # fmt: skip


def _ends() -> Values:
    return CASES[0].but(a1=torch.tensor([[0.0, 0.5, 1.0]], dtype=torch.float64))


TASK = Task(
    check="check_sigmoid_slope",
    arguments={"a": "a1"},
    quantities=(
        Quantity("slope", "the shape of a", "slope",
                 "At a = 0.5 the slope should be 0.25; at a = 0.9 and at a = 0.1 it should be "
                 "0.09.", SLOPE),
    ),
    section="notebook 02, The slope, from the activation",
    probes=(
        *shape_probes(),
        Probe(_ends, "One thing to know: for an activation of exactly 0 or 1 it gives no number. "
              "The product a (1 − a) always does.", "certain-answers",
              "For an activation of exactly 0, 0.5 or 1 it gives {came:.4g} where {right:.4g} "
              "belongs.", at_least=0.25),
        *usual_probes(),
    ),
)  # fmt: skip
