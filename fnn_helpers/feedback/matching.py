"""Find which mistake a wrong value is: the same numbers in every case, up to a common scale."""

from collections.abc import Callable, Sequence

import torch

from .cases import CASES, Case
from .mistakes import Mistake

TOLERANCE = 1e-5  # relative to the largest entry; lets log(ŷ + 1e-6) pass, no known mistake
SINGLE_TOLERANCE = 1e-4  # where a learner computed in float32

Scale = Callable[[Case], float]
SIZES: dict[str, Scale] = {
    "": lambda c: 1.0,
    "sum-not-mean": lambda c: c.N,
    "divided-twice": lambda c: 1 / c.N,
    "factor-two": lambda c: 2.0,
    "factor-half": lambda c: 0.5,
    "twice-the-sum": lambda c: 2 * c.N,
    "half-the-sum": lambda c: c.N / 2,
    "twice-the-mean-again": lambda c: 2 / c.N,
    "half-the-mean-again": lambda c: 0.5 / c.N,
    "divided-by-units": lambda c: 1 / c.a1.shape[1],
    "divided-by-all": lambda c: 1 / (c.N * c.a1.shape[1]),
}
# Without a sum over samples, only these can happen.
PLAIN_SIZES = ("", "factor-two", "factor-half")

SCALE_WORDS = {
    "sign": "the sign is turned round",
    "sum-not-mean": "it is N times too large: a sum where the mean is asked for",
    "divided-twice": "it is N times too small: divided by N twice",
    "factor-two": "there is a factor 2 too much, such as from a square",
    "factor-half": "there is a factor ½ too much",
    "twice-the-sum": "it is 2 N times too large: a sum, and a factor 2 too much",
    "half-the-sum": "it is N/2 times too large: a sum, and a factor ½ too much",
    "twice-the-mean-again": "it is divided by N twice and has a factor 2 too much",
    "half-the-mean-again": "it is divided by N twice and has a factor ½ too much",
    "divided-by-units": "it is divided by the number of hidden units",
    "divided-by-all": "it is divided by the number of samples and of hidden units once more",
}
SCALE_HINTS = {
    "sign": "Which sign must every value have?",
    "sum-not-mean": "The cost is a mean: where does its 1/N go?",
    "divided-twice": "Where is the 1/N of the mean? It should be in one place only.",
    "twice-the-sum": "The cost is a mean, and it has no square: where do its factors come from?",
    "half-the-sum": "The cost is a mean: where does its 1/N go, and where does a ½ come from?",
}


def scale_hint(scale: Sequence[str], where: str) -> str | None:
    """What to ask about a wrong scale of this quantity."""
    if scale[0] == "sign" and where.startswith("dC_"):
        return "The cost rises when ŷ moves away from the label: which difference has that sign?"
    return SCALE_HINTS.get(scale[0])


def near(mine: torch.Tensor, right: torch.Tensor, tolerance: float) -> bool:
    """Equal shape, and equal entries relative to the largest one; NaN only where both have it."""
    if mine.shape != right.shape:
        return False
    finite = right.isfinite()
    if not finite.all():  # some wrong runs end in NaN; the right answer never does
        if not torch.equal(mine.isfinite(), finite):
            return False
        mine, right = mine[finite], right[finite]
    if mine.numel() == 0:
        return True
    largest = right.abs().max().item()
    return (mine - right).abs().max().item() <= tolerance * max(largest, 1e-12)


def find_scale(
    values: Sequence[torch.Tensor], right: Sequence[torch.Tensor], tolerance: float, sums: bool
) -> list[str] | None:
    """The names of the scale by which all values differ from `right`; [] if they are equal."""
    sizes = SIZES if sums else {name: SIZES[name] for name in PLAIN_SIZES}
    for size, factor in sizes.items():
        for sign in (1, -1):
            if all(
                near(v, sign * factor(c) * r, tolerance)
                for c, v, r in zip(CASES, values, right, strict=False)
            ):
                return (["sign"] if sign < 0 else []) + ([size] if size else [])
    return None


def find_mistake(
    values: Sequence[torch.Tensor],
    mistakes: Sequence[Mistake],
    tolerance: float,
    sums: bool,
) -> tuple[Mistake, list[str]] | None:
    """The record that makes these values in every case, with as few wrong scales as possible."""
    best = None
    for mistake in mistakes:
        for variant in zip(*map(mistake.values, CASES), strict=False):
            scale = find_scale(values, variant, tolerance, sums)
            if scale == []:
                return mistake, []
            if scale is not None and (best is None or len(scale) < len(best[1])):
                best = mistake, scale
    return best
