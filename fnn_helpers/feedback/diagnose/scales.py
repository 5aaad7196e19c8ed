"""By which factor values differ from others, and what such a factor means."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch

from ..steps import Values

TOLERANCE = 1e-5  # relative to the largest entry; lets log(ŷ + 1e-6) pass, no known mistake
SINGLE_TOLERANCE = 1e-4  # where a learner computed in float32


@dataclass(frozen=True)
class Scale:
    """A wrong scale: its id, the factor for a case, what it means, what to ask."""

    id: str
    factor: Callable[[Values], float]
    words: str
    hint: str = ""


SIGN = Scale("sign", lambda v: -1.0, "the sign is turned round",
             "Which sign must every value have?")  # fmt: skip
# What happens to any quantity ...
PLAIN = (
    Scale("factor-two", lambda v: 2.0, "there is a factor 2 too much, such as from a square"),
    Scale("factor-half", lambda v: 0.5, "there is a factor ½ too much"),
)
# ... and what only where samples are added up or averaged.
OF_SUMS = (
    Scale("sum-not-mean", lambda v: v.N,
          "it is N times too large: a sum where the mean is asked for",
          "The cost is a mean: where does its 1/N go?"),
    Scale("divided-twice", lambda v: 1 / v.N, "it is N times too small: divided by N twice",
          "Where is the 1/N of the mean? It should be in one place only."),
    *PLAIN,
    Scale("twice-the-sum", lambda v: 2 * v.N,
          "it is 2 N times too large: a sum, and a factor 2 too much",
          "The cost is a mean, and it has no square: where do its factors come from?"),
    Scale("half-the-sum", lambda v: v.N / 2,
          "it is N/2 times too large: a sum, and a factor ½ too much",
          "The cost is a mean: where does its 1/N go, and where does a ½ come from?"),
    Scale("twice-the-mean-again", lambda v: 2 / v.N,
          "it is divided by N twice and has a factor 2 too much"),
    Scale("half-the-mean-again", lambda v: 0.5 / v.N,
          "it is divided by N twice and has a factor ½ too much"),
    Scale("divided-by-ones", lambda v: v.N / v.y.sum().item() if v.y.any() else 0.0,
          "it is divided by the number of ones, not of samples",
          "By how many flowers is the sum divided?"),
    Scale("divided-by-units", lambda v: 1 / v.H, "it is divided by the number of hidden units"),
    Scale("divided-by-all", lambda v: 1 / (v.N * v.H),
          "it is divided by the number of samples and of hidden units once more"),
    Scale("divided-by-inputs", lambda v: 1 / v.D,
          "it is divided by the number of inputs"),
    Scale("sum-not-mean-squared", lambda v: v.N**2,
          "it is N² times too large: multiplied by N where it should be divided"),
)  # fmt: skip
# With a learning rate in a place where none belongs, or none where one does.
OF_RATES = (
    Scale("rate-forgotten", lambda v: 1 / v.rate, "the learning rate does not occur in it"),
    Scale("rate-squared", lambda v: v.rate, "the learning rate is multiplied in twice"),
    Scale("divided-by-rate", lambda v: v.rate**-2, "it is divided by the learning rate"),
)
SCALES = {scale.id: scale for scale in (SIGN, *OF_SUMS, *OF_RATES)}


def near(mine: torch.Tensor, right: torch.Tensor, tolerance: float) -> bool:
    """Equal shape, and equal entries relative to the largest one; NaN only where both have it."""
    if mine.shape != right.shape:
        return False
    if mine.numel() == 0:
        return True
    gap = (mine - right).abs().max().item()
    if math.isfinite(gap):
        return gap <= tolerance * max(right.abs().max().item(), 1e-12)
    finite = right.isfinite()  # some wrong runs end in NaN; the right answer never does
    if finite.all() or not torch.equal(mine.isfinite(), finite):
        return False
    return near(mine[finite], right[finite], tolerance)


def factor(mine: torch.Tensor, other: torch.Tensor, tolerance: float) -> float | None:
    """The number f with mine = f · other in every entry; None where there is none but 0."""
    if mine.shape != other.shape:
        return None
    a, b = mine.flatten(), other.flatten().double()
    own, square, both = (a @ a).item(), (b @ b).item(), (a @ b).item()
    if not math.isfinite(own + square):
        return 1.0 if near(mine, other, tolerance) else None
    if square == 0:
        return 1.0 if own == 0 else None
    # Nearly all are sorted out by their angle.
    if both**2 < (1 - 2 * len(a) * tolerance**2 - 1e-9) * own * square:
        return None
    found = both / square
    return found if abs(found) >= 1e-9 and near(mine, found * other, tolerance) else None


def meaning(
    factors: Sequence[float], cases: Sequence[Values], tolerance: float, scales: Sequence[Scale]
) -> tuple[str, ...] | None:
    """The ids of the scale that these factors are, one factor a case; () for 1, None if unknown."""
    signs = {f > 0 for f in factors}
    if len(signs) == 2:
        return None
    sign = () if signs == {True} else (SIGN.id,)
    for ids, of in (((), lambda v: 1.0), *(((s.id,), s.factor) for s in scales)):
        if all(same(abs(f), of(v), 3 * tolerance) for f, v in zip(factors, cases, strict=True)):
            return sign + ids
    return None


def same(one: float, other: float, tolerance: float) -> bool:
    """Equal relative to the second."""
    return abs(one - other) <= tolerance * abs(other)


def all_same(numbers: Sequence[float], tolerance: float = 1e-5) -> bool:
    """Whether they are one number."""
    return max(numbers) - min(numbers) <= tolerance * abs(numbers[0])
