"""What is known about one wrong quantity, and whether a guess explains it.

A guess, a `Hypothesis`, is a way to make the quantity wrongly. It explains the evidence if it makes
the same numbers in every case, perhaps flat or transposed, perhaps with a wrong scale.
"""

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import torch

from ..quantity import Quantity, Task
from ..steps import Make, Values
from .scales import OF_SUMS, PLAIN, SCALES, all_same, factor, meaning, near, same

Tensors = Sequence[torch.Tensor]

FEW_DIGITS = 1e-2  # a factor so near to 1 comes from a constant typed by hand


@dataclass(frozen=True)
class Evidence:
    """One quantity in every case: what came, what should have come.

    `cases` hold the learner's own values of earlier quantities, so that a second mistake is seen
    for itself. `again` calls the function once more, with other arguments.
    """

    task: Task
    quantity: Quantity
    mine: Tensors
    right: Tensors
    cases: Sequence[Values]
    tolerance: float
    again: Callable[[Values], Mapping[str, torch.Tensor] | None] = lambda v: None
    pairs: bool = True  # whether two mistakes at once are looked for, which takes longest

    @functools.cached_property
    def smallest_first(self) -> list[int]:
        """The cases by their number of entries."""
        return sorted(range(len(self.cases)), key=lambda i: self.mine[i].numel())

    @functools.cached_property
    def reads(self) -> list[str]:
        """What the right formula reads, in order."""
        return reads(self.quantity.right, self.cases[0])

    @functools.cached_property
    def sizes(self) -> list[dict[str, float]]:
        """In every case, the factor of each scale that a multiple of it can have."""
        scales = () if not self.task.scales else OF_SUMS if self.task.sums else PLAIN
        return [{scale.id: scale.factor(v) for scale in scales} for v in self.cases]

    @property
    def where(self) -> str:
        """The name of the quantity."""
        return self.quantity.name


class Hypothesis(NamedTuple):
    """A way to make a quantity wrongly; with no id, it is made rightly."""

    id: str | None
    make: Make
    about: Mapping[str, Any] = {}


Hypotheses = Iterable[Hypothesis]


@dataclass(frozen=True)
class Match:
    """A hypothesis that explains the evidence, with what is wrong besides: shape and scale."""

    hypothesis: Hypothesis
    shape: tuple[str, ...] = ()
    scale: tuple[str, ...] = ()
    about: Mapping[str, Any] = field(default_factory=dict)

    @property
    def besides(self) -> int:
        """How much has to be assumed besides the hypothesis; an unknown factor is a lot."""
        return len(self.shape) + len(self.scale) + 3 * bool(self.about)

    @property
    def ids(self) -> tuple[str, ...]:
        """What is wrong, the most telling first."""
        own = () if self.hypothesis.id is None else (self.hypothesis.id,)
        return own + tuple(self.hypothesis.about.get("also", ())) + self.shape + self.scale


def best(evidence: Evidence, hypotheses: Hypotheses, allowed: int = 9) -> Match | None:
    """The first hypothesis that explains everything, or the one that needs least besides."""
    found = None
    for hypothesis in hypotheses:
        match = explains(evidence, hypothesis)
        if match is None or match.besides > allowed:
            continue
        if match.besides == 0:
            return match
        if found is None or match.besides < found.besides:
            found = match
    return found


def explains(evidence: Evidence, hypothesis: Hypothesis) -> Match | None:
    """Compare in every case, the smallest first: it sorts out nearly all."""
    cases = evidence.cases
    shapes: set[str] | None = None
    factors = [0.0] * len(cases)
    possible = list(evidence.sizes[0])
    any_factor = evidence.task.scales and _any_factor(evidence, hypothesis)
    for i in evidence.smallest_first:
        made = attempt(hypothesis.make, cases[i])
        if made is None:
            return None
        fits = dict(_fits(evidence.mine[i], made, evidence.tolerance))
        shapes = set(fits) if shapes is None else shapes & set(fits)
        if not shapes:
            return None
        factors[i] = next(iter(fits.values()))
        size, sizes = abs(factors[i]), evidence.sizes[i]
        possible = [id_ for id_ in possible if same(size, sizes[id_], 3 * evidence.tolerance)]
        if not possible and not any_factor and not same(size, 1, 1e-3):
            return None
    scale = meaning(factors, cases, evidence.tolerance, [SCALES[id_] for id_ in possible])
    about: dict[str, Any] = {}
    if scale is None and any_factor:
        scale, about = _unknown(evidence, factors)
    if scale is None or shapes is None or (scale and not evidence.task.scales):
        return None
    shape = next(s for s in ("", "transposed", "flat") if s in shapes)
    return Match(hypothesis, (shape,) if shape else (), scale, about)


def _any_factor(evidence: Evidence, hypothesis: Hypothesis) -> bool:
    """Whether a factor that no scale knows may be claimed: of a number or two, anything is one."""
    return min(m.numel() for m in evidence.mine) > 2 or hypothesis.id is None


def _unknown(
    evidence: Evidence, factors: Sequence[float]
) -> tuple[tuple[str, ...] | None, dict[str, Any]]:
    """A factor that no scale knows: the same for all sizes, or for all sums over the samples."""
    if all_same(factors):
        close = abs(factors[0] - 1) < FEW_DIGITS
        id_ = "rate-in-gradient" if evidence.where.startswith("dC_") else "factor"
        return ("few-digits" if close else id_,), {"factor": factors[0]}
    of_sums = [f / v.N for f, v in zip(factors, evidence.cases, strict=True)]
    if all_same(of_sums) and evidence.task.sums:
        return ("multiple-of-the-sum",), {"factor": of_sums[0]}
    return None, {}


def attempt(make: Make, v: Values) -> torch.Tensor | None:
    """What a wrong formula makes; None where its shapes do not fit."""
    try:
        return make(v)
    except (RuntimeError, IndexError, AttributeError, ValueError):
        return None


def _fits(mine: torch.Tensor, made: torch.Tensor, tolerance: float) -> Iterator[tuple[str, float]]:
    """The shapes in which they are parallel, each with the factor between them."""
    if mine.numel() != made.numel():
        return
    if mine.shape == made.shape:
        f = factor(mine, made, tolerance)
        if f is not None:
            yield "", f
        return
    if mine.ndim == 2 and mine.T.shape == made.shape:
        f = factor(mine.T, made, tolerance)
        if f is not None:
            yield "transposed", f
    if mine.ndim < made.ndim:
        f = factor(mine.reshape(made.shape), made, tolerance)
        if f is not None:
            yield "flat", f


def records(evidence: Evidence) -> Hypotheses:
    """Every record of the quantity, every value it can give."""
    for mistake in evidence.quantity.mistakes:
        for variant, make in enumerate(mistake.makes(evidence.cases[0])):
            yield Hypothesis(mistake.id, make, {"variant": variant})


def reads(make: Callable[[Values], Any], v: Values) -> list[str]:
    """The quantities that a formula reads, in order."""
    seen: list[str] = []

    class Reader:
        def __getattr__(self, name: str) -> Any:
            seen.append(name)
            return getattr(v, name)

    attempt(make, Reader())  # type: ignore[arg-type]
    return [n for n in dict.fromkeys(seen) if isinstance(getattr(v, n, None), torch.Tensor)]


def is_right(mine: Tensors, right: Tensors, tolerance: float) -> bool:
    """Equal in every case."""
    return all(near(m, r, tolerance) for m, r in zip(mine, right, strict=True))
