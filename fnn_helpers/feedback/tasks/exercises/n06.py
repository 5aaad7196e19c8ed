"""Notebook 06: the limit of a rate, a step with weight decay, a step of both weights."""

from collections.abc import Callable, Sequence
from typing import Any

import torch

from ...diagnose.loops import Loop
from ...quantity import Mistake
from ...steps import Values
from ..train import GRADIENTS, STRUCTURE, LoopMistake
from . import epochs
from .exercise import Exercise

# --- the limit, 2/c ----------------------------------------------------------------------------


def _bowl(generator: torch.Generator, number: int) -> Sequence[Any]:
    """A cost whose second derivatives are the same everywhere, a place, and its gradient there."""
    size = 3 + number
    half = torch.randn(size, size + 2, generator=generator, dtype=torch.float64)
    second = half @ half.T
    lowest, w = torch.randn(2, size, generator=generator, dtype=torch.float64)

    def cost(w: torch.Tensor) -> torch.Tensor:
        return 0.5 * (w - lowest) @ second @ (w - lowest) + 0.7

    return cost, w, second @ (w - lowest)


def _unscaled(cost: Callable[..., torch.Tensor], w: torch.Tensor, g: torch.Tensor) -> torch.Tensor:
    """The second difference along the gradient as it is, its length left in: gᵀ H g."""
    h = 1e-3
    return (cost(w + h * g) - 2 * cost(w) + cost(w - h * g)) / h**2


def _c(v: Values) -> torch.Tensor:
    _, _, g = v.given
    return _unscaled(*v.given) / (g**2).sum()


def _limit(*given: Any) -> tuple[torch.Tensor, torch.Tensor]:
    c = _c(Values(given=given))
    return c, 2 / c


def _largest(v: Values) -> torch.Tensor:
    """The largest of all curvatures: a bowl's second derivatives are differences of it."""
    cost, w, _ = v.given
    unit = torch.eye(len(w), dtype=w.dtype)
    rows = [
        [cost(w + i + j) - cost(w + i - j) - cost(w - i + j) + cost(w - i - j) for j in unit]
        for i in unit
    ]
    return torch.linalg.eigvalsh(torch.stack([torch.stack(row) for row in rows]) / 4)[-1]


C = (
    Mistake("length-left-in", lambda v: _unscaled(*v.given),
      "The direction is not of length one: its squared length is still a factor of this c.",
      "Walk h along the direction, not h times the gradient's length."),
    Mistake("divided-by-length-once", lambda v: _unscaled(*v.given) / v.given[2].norm(),
      "This is divided by the gradient's length once. The second difference holds it twice.",
      "Make the direction of length one before you walk along it."),
    Mistake("slope-not-curvature", lambda v: v.given[2].norm(),
      "This is the slope along the gradient, not how the slope changes.",
      "One difference gives a slope; a curvature is a difference of slopes."),
    Mistake("half-curvature", lambda v: 0.5 * _c(v),
      "This is half of c: the parabola is ½ c w², so its second derivative is c.",
      "Try yours on the cost w²: its slope is 2w, and c is 2."),
    Mistake("sign", lambda v: -_c(v), "The sign is wrong: this cost curves up, so c is above 0.",
      "Both sides lie higher than the middle: which minus which?"),
    Mistake("largest-curvature", _largest,
      "This is the largest curvature of all directions; the one along the gradient is asked for.",
      "Walk along the gradient only."),
)  # fmt: skip
LIMIT = (
    Mistake("one-over-c", lambda v: 1 / v.c,
      "1/c is the rate that reaches the lowest point of the parabola; it does not climb yet.",
      "How far may a step go past the lowest point before it lands as high as it was?"),
    Mistake("half-c", lambda v: v.c / 2, "This is c/2; a more curved cost bears a shorter step.",
      "When is the factor 1 − ηc below −1?"),
    Mistake("curvature-itself", lambda v: v.c, "This is c, not a rate.",
      "When is the factor 1 − ηc below −1?"),
    Mistake("step-not-rate", lambda v: 2 / v.c * v.given[2].norm(),
      "This is how far the weights may move. The rate is what multiplies the gradient.",
      "Divide by the gradient's length."),
)  # fmt: skip


# --- a step down C + ½ λ Σ w² ------------------------------------------------------------------


def _weights(generator: torch.Generator, number: int) -> Sequence[Any]:
    shape = ((3, 4), (5, 2), (2, 6))[number]
    w, g = torch.randn(2, *shape, generator=generator, dtype=torch.float64)
    return w, g, (0.3, 0.7, 0.2)[number], (0.4, 0.15, 0.9)[number]


def _decayed(w: torch.Tensor, g: torch.Tensor, rate: float, decay: float) -> torch.Tensor:
    return w - rate * (g + decay * w)


DECAY = (
    Mistake("decay-forgotten", lambda v: v.given[0] - v.given[2] * v.given[1],
      "This is the step down C alone: the second part of the cost does not occur in it.",
      "What is the slope of ½ λ w²?"),
    Mistake("decay-without-rate",
      lambda v: v.given[0] * (1 - v.given[3]) - v.given[2] * v.given[1],
      "The decay is not multiplied by the learning rate: it is a part of the gradient.",
      "Write the whole gradient first, then the step."),
    Mistake("decay-upwards",
      lambda v: v.given[0] - v.given[2] * (v.given[1] - v.given[3] * v.given[0]),
      "The weights are pushed away from 0. The second part of the cost wants them small.",
      "With dC_dw = 0 a weight of 1 should come out below 1."),
    Mistake("uphill", lambda v: v.given[0] + v.given[2] * (v.given[1] + v.given[3] * v.given[0]),
      "The gradient is added: the weights climb. The gradient points uphill.",
      "If a larger weight raises the cost, where should the weight go?"),
    Mistake("decay-twice",
      lambda v: v.given[0] - v.given[2] * (v.given[1] + 2 * v.given[3] * v.given[0]),
      "The decay is twice as strong as it should be: the ½ cancels the 2 of the square's slope.",
      "What is the slope of ½ λ w²?"),
    Mistake("decay-halved",
      lambda v: v.given[0] - v.given[2] * (v.given[1] + 0.5 * v.given[3] * v.given[0]),
      "The decay is half as strong as it should be: the square's slope has a factor 2.",
      "What is the slope of ½ λ w²?"),
    Mistake("cost-for-slope",
      lambda v: [
        v.given[0] - v.given[2] * (v.given[1] + 0.5 * v.given[3] * v.given[0] ** 2),
        v.given[0] - v.given[2] * (v.given[1] + v.given[3] * v.given[0] ** 2),
        v.given[0] - v.given[2] * (v.given[1] + 0.5 * v.given[3] * (v.given[0] ** 2).sum()),
      ], "The second part of the cost itself is in the step; its slope belongs there.",
      "A step is made of slopes: derive ½ λ w²."),
    Mistake("decay-after-the-step",
      lambda v: (v.given[0] - v.given[2] * v.given[1]) * (1 - v.given[2] * v.given[3]),
      "First the step is made, then the new weights shrink. Both slopes belong to the old weights.",
      "First all gradients, then the update."),
    Mistake("decay-constant", lambda v: [
        v.given[0] - v.given[2] * (v.given[1] + v.given[3]),
        v.given[0] - v.given[2] * (v.given[1] + v.given[3] * v.given[0].sign())],
      "Every weight is pulled equally hard. With a square, a larger weight is pulled harder.",
      "What is the slope of ½ λ w²?"),
    Mistake("decay-for-rate", lambda v: v.given[0] - v.given[3] * (v.given[1]
                                                                 + v.given[2] * v.given[0]),
      "The learning rate and the decay have changed places.", "Which of them multiplies dC_dw?"),
    Mistake("decay-on-everything",
      lambda v: v.given[0] - v.given[2] * v.given[3] * (v.given[1] + v.given[0]),
      "The decay multiplies dC_dw too.", "With decay = 0 the plain step should be left."),
)  # fmt: skip


# --- one step of both weights ------------------------------------------------------------------


def _network(generator: torch.Generator, number: int) -> Sequence[Any]:
    N, D, H = ((5, 2, 4), (7, 3, 6), (6, 4, 3))[number]
    X = torch.randn(N, D, generator=generator, dtype=torch.float64)
    w1 = torch.randn(D, H, generator=generator, dtype=torch.float64)
    w2 = torch.randn(H, 1, generator=generator, dtype=torch.float64)
    y = (torch.arange(N).reshape(-1, 1) % 3 == 1).double()
    return X, y, w1, w2, (0.5, 0.9, 0.4)[number]


def _one_epoch(*given: Any) -> tuple[torch.Tensor, torch.Tensor]:
    arguments = epochs.case(*given)
    return epochs.weight(0, arguments), epochs.weight(1, arguments)


# w2 is changed too early, by the sum's gradient, and only w1's is divided by N.
_EARLY_BY_THE_SUM = Loop(spoiled={
    "dC_dz2": lambda v: v.y_hat - v.y,
    "dC_da1": lambda v: v.dC_dz2 @ (v.w2 - v.rate * v.dC_dw2).T,
    "dC_dw1": lambda v: v.X.T @ v.dC_dz1 / v.N,
})  # fmt: skip
_ASKED = ("w2-updated-first", "nothing-updated", "w1-not-updated", "w2-not-updated",
          "one-flower-at-a-time", "gradients-returned")  # fmt: skip
_IN_ONE_EPOCH = (
    epochs.UPHILL,
    LoopMistake("sum-not-mean", "w1", (epochs.SUMMED,),
        "The gradients of the flowers are summed; the mean is asked for.",
        "The deltas hold the 1/N of the mean: once, for both weights."),
    LoopMistake("w2-updated-first", "w1", (_EARLY_BY_THE_SUM,),
        "w2 is updated before dC_da1 is computed from it.",
        "First all gradients, then all updates."),
    *(m for m in STRUCTURE if m.id in _ASKED),
    *GRADIENTS,
)  # fmt: skip


def _seen_in(place: int) -> tuple[Mistake, ...]:
    """What goes wrong in one epoch, as it shows in w1 (0) or in w2 (1)."""
    return epochs.mistakes(
        _IN_ONE_EPOCH, lambda v, loop: epochs.weight(place, epochs.case(*v.given), loop)
    )


EXERCISES: dict[str, Exercise] = {
    "06-limit": Exercise(
        ("c", "limit"), ("cost", "w", "gradient"), _bowl, _limit, {"c": C, "limit": LIMIT},
        section="notebook 06, Why a step can go too far",
        praise="c is the curvature along the gradient, and 2/c the rate above which it climbs.",
    ),
    "06-decay": Exercise(
        ("w",), ("w", "dC_dw", "learning_rate", "decay"), _weights, _decayed, {"w": DECAY},
        section="notebook 06, What others do with the same gradient",
        praise="Each weight goes down C and a little toward 0.",
    ),
    "06-epoch": Exercise(
        ("w1", "w2"), ("X", "y", "w1", "w2", "learning_rate"), _network, _one_epoch,
        {"w1": _seen_in(0), "w2": _seen_in(1)},
        section="notebook 06, Backward and update are two things",
        praise="Both weights go down the mean's gradient, and the old ones are untouched.",
    ),
}  # fmt: skip
