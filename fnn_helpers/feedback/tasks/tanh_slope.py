"""The slope of tanh, from the activation."""

import torch

from ..quantity import Mistake, Probe, Quantity, Task
from ..steps import Values, table
from .probes import usual_probes
from .sigmoid import σ

SLOPE = (
    Mistake("sigmoid-slope", lambda v: [v.a * (1 - v.a), σ(v.a) * (1 - σ(v.a))],
      "This is the slope of the sigmoid; that of tanh is another one.",
      "At a = 0 the curve of tanh is steepest: its slope is 1 there."),
    Mistake("slope-of-activation", lambda v: 1 - v.a.tanh() ** 2,
      "tanh is applied again: a is already tanh(z).",
      "Where a is almost 1 or −1 the curve is flat: the slope must go to 0."),
    Mistake("slope-of-pre-activation", lambda v: 1 - v.a.atanh() ** 2,
      "The activation was turned back into z first: this is 1 − z².",
      "A slope of tanh is never negative."),
    Mistake("square-missing", lambda v: [1 - v.a, 1 - v.a.abs()],
      "The square is missing.", "The slope is the same at a and at −a, and 0.75 at a = 0.5."),
    Mistake("half-slope", lambda v: 1 + v.a,
      "This is one factor of (1 − a)(1 + a).", "The slope is the same at a and at −a."),
    Mistake("plus-for-minus", lambda v: 1 + v.a**2,
      "There is a plus where a minus should be.",
      "Where a is almost 1 or −1 the curve is flat: the slope must go to 0."),
    Mistake("one-missing", lambda v: v.a**2,
      "This is the square alone.", "At a = 0 the curve is steepest."),
    Mistake("difference-squared", lambda v: [(1 - v.a) ** 2, (1 + v.a) ** 2],
      "The difference was squared; the square belongs to a alone.",
      "The slope is the same at a and at −a."),
    Mistake("slope-squared", lambda v: (1 - v.a**2) ** 2,
      "The slope is multiplied in twice.", "At a = 0.5 the slope is 0.75."),
    Mistake("root", lambda v: (1 - v.a**2).clamp(min=0).sqrt(),
      "There is a root in it that should not be there.", "At a = 0.5 the slope is 0.75."),
    Mistake("second-derivative", lambda v: [-2 * v.a, -2 * v.a * (1 - v.a**2)],
      "This is a derivative of the slope.", "One derivative is enough."),
    Mistake("activation", lambda v: [v.a, v.a.tanh()],
      "This is an activation, not a slope.", "A slope of tanh is never negative."),
    Mistake("reciprocal", lambda v: [1 / (1 - v.a**2), v.a.cosh() ** 2],
      "This is one over the slope.", "The slope is never above 1."),
    Mistake("wrong-power", lambda v: [1 - v.a**3, 1 - v.a**4],
      "It is another power of a.", "At a = 0.5 the slope is 0.75."),
    Mistake("relu-slope", lambda v: (v.a > 0).double(),
      "This is the slope of max(0, z): 0 or 1.", "Where a is almost 1 the curve is flat."),
    Mistake("ones", lambda v: torch.ones_like(v.a), "The slope is 1 only where a is 0.",
      "Where a is almost 1 the curve is flat."),
    Mistake("matrix-product", lambda v: [1 - v.a.T @ v.a, 1 - v.a @ v.a.T],
      "This is a matrix product. The slope has the shape of a, one value for each entry.",
      "Which sign multiplies entry by entry?"),
)  # fmt: skip


def drawn(N: int, D: int, H: int, seed: int, dtype: torch.dtype = torch.float64) -> Values:
    """Activations between −1 and 1, N × H."""
    a = table(torch.Generator().manual_seed(seed), N, H).tanh().to(dtype)
    return Values(a=a, N=N, D=D, H=H, rate=0.7, y=torch.zeros(1), slope=1 - a**2)


def _ends() -> Values:
    a = torch.tensor([[-1.0, 0.0, 1.0]], dtype=torch.float64)
    return drawn(1, 1, 3, 0).but(a=a, slope=1 - a**2)


TASK = Task(
    check="check_tanh_slope",
    arguments={"a": "a"},
    quantities=(
        Quantity("slope", "the shape of a", "slope",
                 "At a = 0 the slope should be 1; at a = 0.5 and at a = −0.5 it should be 0.75.",
                 SLOPE, make=lambda v: 1 - v.a**2),
    ),
    section="notebook 05, Change one thing",
    cases=(drawn(5, 3, 4, 1), drawn(7, 2, 6, 2), drawn(3, 4, 5, 3)),
    twin=drawn(5, 3, 4, 4),
    probes=(
        Probe(_ends, "One thing to know: for an activation of exactly −1, 0 or 1 it gives no "
              "number. 1 − a² always does.", "certain-answers",
              "For an activation of exactly −1, 0 or 1 it gives {came:.4g} where {right:.4g} "
              "belongs.", at_least=0.25),
        *usual_probes(drawn),
    ),
)  # fmt: skip
