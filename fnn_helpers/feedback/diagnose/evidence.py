"""What is known about one wrong quantity, and whether a guess explains it.

A guess, a `Hypothesis`, is a way to make the quantity wrongly. It explains the evidence if it makes
the same numbers in every case, perhaps flat or transposed, perhaps with a wrong scale.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import torch

from ..quantity import Quantity, Task
from ..steps import Make, Values
from .scales import OF_SUMS, PLAIN, all_same, factor, meaning, near

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
        return own + self.shape + self.scale


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
    order = sorted(range(len(evidence.cases)), key=lambda i: evidence.mine[i].numel())
    shapes: set[str] | None = None
    factors: dict[int, float] = {}
    for i in order:
        made = attempt(hypothesis.make, evidence.cases[i])
        if made is None:
            return None
        fits = dict(_fits(evidence.mine[i], made, evidence.tolerance))
        shapes = set(fits) if shapes is None else shapes & set(fits)
        if not shapes:
            return None
        factors[i] = next(iter(fits.values()))
    if shapes is None:
        return None
    in_order = [factors[i] for i in range(len(evidence.cases))]
    known = OF_SUMS if evidence.task.sums else PLAIN
    scale = meaning(in_order, evidence.cases, evidence.tolerance, known)
    about: dict[str, Any] = {}
    if scale is None:
        scale, about = _unknown(evidence, hypothesis, in_order)
        if not scale:
            return None
    shape = next(s for s in ("", "transposed", "flat") if s in shapes)
    return Match(hypothesis, (shape,) if shape else (), scale, about)


def _unknown(
    evidence: Evidence, hypothesis: Hypothesis, factors: Sequence[float]
) -> tuple[tuple[str, ...], dict[str, Any]]:
    """A factor that no scale knows: the same for all sizes, or for all sums over the samples.

    Of one or two numbers nearly everything is a multiple: there, only the right ones count.
    """
    if min(m.numel() for m in evidence.mine) > 2 or hypothesis.id is None:
        if all_same(factors):
            close = abs(factors[0] - 1) < FEW_DIGITS
            id_ = "factor" if evidence.task.scalar else "rate-in-gradient"
            about = {"factor": factors[0], "base": ""}
            return ("few-digits" if close else id_,), about
        of_sums = [f / v.N for f, v in zip(factors, evidence.cases, strict=True)]
        if all_same(of_sums) and evidence.task.sums:
            return ("multiple-of-the-sum",), {"factor": of_sums[0]}
    return (), {}


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
        for make in mistake.makes():
            yield Hypothesis(mistake.id, make)


def is_right(mine: Tensors, right: Tensors, tolerance: float) -> bool:
    """Equal in every case."""
    return all(near(m, r, tolerance) for m, r in zip(mine, right, strict=True))
