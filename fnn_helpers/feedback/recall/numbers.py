"""Which mistake made a wrong number: the records of the checks, for one number of a calculation.

A check sees a function at work three times; here one number is all there is. So a cause is claimed
only where no other gives the same digits; where two or three do, the answer asks which it was.
"""

import math
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import product
from operator import attrgetter
from typing import Any, NamedTuple

import torch

from .. import tasks
from ..diagnose.evidence import attempt
from ..diagnose.scales import OF_SUMS, PLAIN, SIGN
from ..finding import Feedback, Finding, in_words
from ..quantity import Mistake, Quantity, Task
from ..steps import STEPS, Values
from ..tasks.sigmoid import σ


def _asked_in() -> dict[str, tuple[Task, Quantity]]:
    """Step → the check that asks for it, and its quantity there."""
    found: dict[str, tuple[Task, Quantity]] = {}
    for part in (tasks.rows, tasks.slope, tasks.forward, tasks.cost, tasks.delta, tasks.backward,
                 tasks.step):  # fmt: skip
        for quantity in part.TASK.quantities:
            found.setdefault(quantity.step, (part.TASK, quantity))
    return found


ASKED_IN = _asked_in()

# What goes wrong on paper and not in code, beside the records of the checks.
ON_PAPER: dict[str, tuple[Mistake, ...]] = {
    "z1": (
        Mistake("weights-exchanged",
          lambda v: [v.X @ w for w in (v.w1.flip(0), v.w1.T) if w.shape == v.w1.shape],
          "The weights are exchanged: each input has its own weight to each unit.",
          "Write each input beside the weight of its arrow."),
        Mistake("one-product-only", lambda v: [v.X[:, :1] @ v.w1[:1], v.X[:, 1:] @ v.w1[1:]],
          "Only one of the two products is in it; they are added.",
          "How many arrows end at this unit?"),
    ),
    "a1": (
        Mistake("sigmoid-of-each-product",
          lambda v: σ(v.X[:, :, None] * v.w1).sum(1),
          "The sigmoid is taken of each product; it belongs to their sum.",
          "How many activations does one unit have?"),
    ),
    "z2": (
        Mistake("weights-exchanged", lambda v: v.a1 @ v.w2.flip(0),
          "The weights are exchanged: each unit has its own.",
          "Write each activation beside the weight of its arrow."),
        Mistake("one-product-only", lambda v: [v.a1[:, :1] @ v.w2[:1], v.a1[:, 1:] @ v.w2[1:]],
          "Only one of the two products is in it; they are added.",
          "How many arrows end at the output?"),
    ),
    "dC_dz2": (
        Mistake("sigmoid-again", lambda v: (σ(v.y_hat) - v.y) / v.N,
          "The sigmoid is applied to ŷ, which is an activation already.",
          "For a perfect answer the delta is 0."),
    ),
    "dC_dw2": (
        Mistake("flowers-mixed-up", lambda v: [v.a1.roll(k, 0).T @ v.dC_dz2 for k in (1, -1)],
          "The activation of one flower meets the delta of another.",
          "Write one line for each flower."),
        Mistake("sums-multiplied", lambda v: v.a1.sum(0).reshape(-1, 1) * v.dC_dz2.sum(),
          "Activations and deltas are added up first, and the sums multiplied.",
          "First a product for each flower, then the sum."),
    ),
}  # fmt: skip

# Where the words of a record speak of a loop in code.
_WORDS_ON_PAPER = {
    "last-sample-only": "Only the last flower is in it.",
    "first-sample-only": "Only the first flower is in it.",
    "sample-missing": "One flower is left out.",
}
# Mistakes of shapes, loops and library functions, which nobody makes on paper.
_ONLY_IN_CODE = {
    "transposed", "summed-elementwise", "output-delta-flat", "labels-flat", "collapsed",
    "outer-product", "divided-inside-the-loop", "averaged-away", "error-rate", "accuracy", "relu",
    "relu-slope", "softmax", "straight-line",
}  # fmt: skip


@dataclass(frozen=True)
class Calculation:
    """One entry of one step of a small network, computed from what is given.

    `given` holds numbers and tables in the notation of the notebooks; NaN stands for what the
    learner is not told. An activation without its sum, `a1` or `y_hat`, gets the sum that makes it.
    """

    step: str
    given: Mapping[str, Any]
    entry: tuple[int, int] = (0, 0)

    @cached_property
    def values(self) -> Values:
        """What is given, as tensors, and each step that can be computed from it."""
        v = Values(**{k: x if k in _SIZES else _table(x) for k, x in self.given.items()})
        for a, z in (("a1", "z1"), ("y_hat", "z2")):
            if a in self.given and z not in self.given:
                setattr(v, z, torch.logit(getattr(v, a)))
        for size, axis, names in (("N", 0, ("X", "a1", "y_hat")), ("H", 1, ("w1", "a1"))):
            tables = [getattr(v, name) for name in names if name in self.given]
            if tables and size not in self.given:
                setattr(v, size, tables[0].shape[axis])
        if "w2" not in self.given and "a1" in self.given:
            v.w2 = torch.full((v.H, 1), math.nan, dtype=torch.float64)
        if "w1" not in self.given and "X" in self.given and hasattr(v, "H"):
            v.w1 = torch.full((v.X.shape[1], v.H), math.nan, dtype=torch.float64)
        return _computed(v, STEPS)

    @property
    def right(self) -> float:
        """The right number."""
        number = _number(STEPS[self.step](self.values), self.entry)
        if number is None:
            raise ValueError(f"{self.step} cannot be computed from {', '.join(self.given)}.")
        return number


_SIZES = ("N", "D", "H", "rate")


def _table(x: Any) -> torch.Tensor:
    table = torch.tensor(x, dtype=torch.float64)
    return table.reshape(1, 1) if table.ndim == 0 else table


def _computed(v: Values, names: Sequence[str] | Mapping[str, Any]) -> Values:
    """With these steps, in order, as far as they can be computed and are not there."""
    for name in names:
        if not hasattr(v, name) and (made := attempt(STEPS[name], v)) is not None:
            setattr(v, name, made)
    return v


def _number(made: torch.Tensor, entry: tuple[int, ...]) -> float | None:
    """One entry, or the only one; None where that is no number."""
    if made.numel() == 1:
        number = made.item()
    elif len(entry) == made.ndim and all(i < n for i, n in zip(entry, made.shape, strict=True)):
        number = made[entry].item()
    else:
        return None
    return number if math.isfinite(number) else None


# --- wrong numbers -----------------------------------------------------------------------------


class Cause(NamedTuple):
    """A way to come to a number; `rank` says how much has to be assumed, 0 the least."""

    rank: int
    number: float
    finding: Finding

    @property
    def key(self) -> tuple[tuple[str, ...], str | None]:
        """What it is, and where."""
        return self.finding.ids, self.finding.where


def causes(asked: Calculation) -> list[Cause]:
    """Every wrong number that has a name, the simplest first."""
    if "_causes" not in asked.__dict__:  # a learner tries more than once
        shape = STEPS[asked.step](asked.values).shape
        asked.__dict__["_causes"] = [
            Cause(rank, number, finding)
            for rank, finding, made, place in _ways(asked)
            if (number := _number(made, place)) is not None
            and (made.numel() == 1 or made.shape == shape)
        ]
    return asked.__dict__["_causes"]


Way = tuple[int, Finding, torch.Tensor, tuple[int, ...]]


def _ways(asked: Calculation) -> Iterator[Way]:
    """Rank and finding, with the table that a mistake makes and the place of the number in it."""
    v, entry = asked.values, asked.entry
    task, quantity = ASKED_IN[asked.step]
    right = STEPS[asked.step](v)
    plain = list(_wrong(asked.step, v))
    for finding, made in plain:
        yield 0, finding, made, entry
    for factor, scale in _scales(task, v).items():
        yield 0, Finding((scale,), quantity.name), factor * right, entry
    about = {"text": "That is the number of another unit, input or flower."}
    for place in product(*map(range, right.shape)):
        if right.ndim == 2 and place != entry:
            yield 1, Finding(("another-entry",), quantity.name, about), right, place
    for step in _between(asked):
        for finding, made in _wrong(step, v):
            later = v.but(**{step: made})
            for name in _after(asked, step):
                delattr(later, name)
            _computed(later, _after(asked, step))
            if hasattr(later, asked.step):
                yield 1, finding, getattr(later, asked.step), entry
    for finding, made in plain:
        number = _number(made, entry)
        if number is None or not told_apart(number, asked.right):
            continue
        for factor, scale in _scales(task, v).items():
            if scale in ("sign", "sum-not-mean"):
                both = Finding((*finding.ids, scale), finding.where, finding.about)
                yield 2, both, factor * made, entry


def _wrong(step: str, v: Values) -> Iterator[tuple[Finding, torch.Tensor]]:
    """What the records of one step make, each with its finding."""
    if step not in ASKED_IN:
        return
    quantity = ASKED_IN[step][1]
    for mistake in (*quantity.mistakes, *ON_PAPER.get(step, ())):
        if mistake.id in _ONLY_IN_CODE:
            continue
        text = _WORDS_ON_PAPER.get(mistake.id)
        for variant, made in enumerate(_values(mistake, v)):
            about = {"text": text} if text else {"records": (mistake,), "variant": variant}
            yield Finding((mistake.id,), quantity.name, about), made


def _values(mistake: Mistake, v: Values) -> list[torch.Tensor]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # such as of the deviation of a single number
            return mistake.values(v)
    except (RuntimeError, IndexError, AttributeError, ValueError):
        return []  # it needs what is not given


def _scales(task: Task, v: Values) -> dict[float, str]:
    """Factor → id, of the scales that hands make; for two flowers a factor 2 is N."""
    known = (s for s in OF_SUMS if s.id in ("sum-not-mean", "divided-twice")) if task.sums else ()
    found = {-1.0: SIGN.id}
    for scale in (*known, *PLAIN):
        found.setdefault(scale.factor(v), scale.id)
    return {} if task is tasks.step.TASK else found  # new weights have no scale


def _between(asked: Calculation) -> list[str]:
    """The steps that are computed on the way to the one that is asked for."""
    names = list(STEPS)
    return [n for n in names[: names.index(asked.step)] if _is_computed(asked, n)]


def _after(asked: Calculation, step: str) -> list[str]:
    names = list(STEPS)
    later = names[names.index(step) + 1 : names.index(asked.step) + 1]
    return [n for n in later if _is_computed(asked, n)]


def _is_computed(asked: Calculation, name: str) -> bool:
    derived = {"z1": "a1", "z2": "y_hat"}.get(name)
    return name not in asked.given and derived not in asked.given and hasattr(asked.values, name)


# --- from a wrong number to an answer ----------------------------------------------------------

SAME = 1e-6  # relative: so near, a number is meant and no rounding of it
LEAST_ROUNDED = 2  # digits from which a rounded number says something
LEAST_FOR_TWO = 3  # digits from which a number proves two mistakes
MOST = 3  # causes in one question
CLOSE = 0.02  # relative: no tolerance of a question is wider than this for a wrong number


def name_number(asked: Calculation, mine: float, tolerance: float = 0.0) -> list[Finding]:
    """What makes this wrong number: one finding if it is certain, two or three if it is not.

    Parameters
    ----------
    asked : Calculation
    mine : float
        As the learner typed it: its digits say how far it may be rounded.
    tolerance : float
        How far an answer may be off at least.
    """
    known = sorted(causes(asked), key=attrgetter("rank"))
    unseen = {c.key for c in known if not told_apart(c.number, asked.right, tolerance)}
    fits: dict[tuple[bool, bool], list[Cause]] = {}
    for cause in known:
        if cause.key in unseen:  # a mistake that can also give the right number is another one
            continue
        exact = _same(mine, cause.number)
        if cause.rank > 1 and precision(mine)[0] < LEAST_FOR_TWO:
            continue
        if exact or _rounds_to(cause.number, mine, tolerance):
            like = fits.setdefault((cause.rank > 1, not exact), [])
            # What a simpler mistake explains needs no other one.
            if not any(_same(c.number, cause.number) and c.rank < cause.rank for c in like):
                like.append(cause)
    first = fits[min(fits)] if fits else []
    findings = list({cause.finding.ids: cause.finding for cause in reversed(first)}.values())[::-1]
    return findings if len(findings) <= MOST else []


def _same(one: float, other: float) -> bool:
    return abs(one - other) <= SAME * max(abs(other), 1e-3)


def told_apart(wrong: float, right: float, tolerance: float = 0.0) -> bool:
    """Whether a number is another one, for a question with this tolerance."""
    return abs(wrong - right) > max(tolerance, SAME * abs(right))


def _rounds_to(number: float, mine: float, tolerance: float) -> bool:
    """Whether `mine` is this number, rounded or cut off at the digits that were typed."""
    digits, half = precision(mine)
    off = abs(number - mine)
    cut_off = digits > LEAST_ROUNDED and off < 2 * half and abs(mine) < abs(number)
    rounded = digits >= LEAST_ROUNDED and (off <= half * (1 + SAME) or cut_off)
    return rounded or off <= min(tolerance, CLOSE * abs(number))


def precision(typed: float) -> tuple[int, float]:
    """How many digits a number was typed with, and half a unit of the last one."""
    _, digits, exponent = Decimal(repr(float(typed)).removesuffix(".0")).as_tuple()
    return len(digits), 0.5 * 10.0 ** int(exponent)


def wrong_number(
    asked: Calculation, mine: float, check: str, tolerance: float = 0.0, slip: str = ""
) -> Feedback:
    """The answer to a wrong number: what made it, or in which direction to go."""
    findings = name_number(asked, mine, tolerance)
    where = ASKED_IN[asked.step][1].name
    texts = []
    for finding in findings:
        message = in_words(_task_of(finding), [finding], {}).message
        texts.append(message if finding.where == where else f"At {finding.where}: {message}")
    if len(texts) > 1:
        texts = ["More than one mistake gives it; which is yours? " + " Or: ".join(texts)]
    said = not_it(mine, asked.right, slip or "".join(texts))
    ids = findings[0].ids if len(findings) == 1 else ()
    records = findings[0].about.get("records", ()) if ids and not slip else ()
    hints = tuple(record.hint for record in records)
    return Feedback("wrong", ids[0] if ids else None, findings[0].where if ids else None, said,
                    hints, ids, check=check)  # fmt: skip


def not_it(mine: float, right: float, why: str = "") -> str:
    """That a number is wrong, and why; at the least, in which direction to go."""
    direction = "smaller" if mine > right else "larger"
    return f"{mine:.12g} is not it" + (f". {why}" if why else f": the answer is {direction}.")


def _task_of(finding: Finding) -> Task:
    return next(task for task, quantity in ASKED_IN.values() if quantity.name == finding.where)
