"""What is wrong with one quantity: the guesses in order, from exact to general."""

import warnings
from typing import Any

import numpy as np
import torch

from ..finding import Finding
from .evidence import Evidence, Hypothesis, Match, best, is_right, records
from .pairs import two
from .patterns import PATTERNS, right_in_part, same_numbers
from .scales import all_same, factor, near

ROUGHLY = 1e-2  # so near that the formula is right and the numbers are not


def diagnose(evidence: Evidence) -> Finding:
    """The finding that explains the evidence best; at the least, where it is and what it shows."""
    with warnings.catch_warnings(action="ignore"):  # of guesses whose shapes do not fit
        ids, about = _seen(evidence) or _explained(evidence) or _last_resort(evidence)
    return Finding(ids, evidence.where, {"symptom": symptom(evidence), **shapes(evidence), **about})


Said = tuple[tuple[str, ...], dict[str, Any]]


def _seen(evidence: Evidence) -> Said | None:
    """What needs no comparison with guesses."""
    mine = evidence.mine
    if not all(m.isfinite().all() for m in mine):
        return _without_zero_or_one(evidence) or (("not-a-number",), {})
    if all(m.numel() and (m == 0).all() for m in mine):
        return ("zeros",), {}
    return None


def _constant(evidence: Evidence) -> Said | None:
    """One and the same number in every entry of every case."""
    numbers = {v for m in evidence.mine for v in m.flatten().tolist()}
    many = sum(m.numel() for m in evidence.mine) > len(evidence.mine)
    return (("constant",), {"value": numbers.pop()}) if len(numbers) == 1 and many else None


def _without_zero_or_one(evidence: Evidence) -> Said | None:
    """Labels between 0 and 1 show of what a logarithm of 0 was taken."""
    if "y" not in evidence.task.arguments:
        return None
    soft = [v.but(y=0.15 + 0.6 * v.y) for v in evidence.cases]
    answers = [evidence.again(v) for v in soft]
    if any(a is None or not a[evidence.where].isfinite().all() for a in answers):
        return None
    cases = [v.but(**{evidence.quantity.step: evidence.quantity.right(v)}) for v in soft]
    again = Evidence(
        evidence.task, evidence.quantity, [a[evidence.where] for a in answers if a is not None],
        [evidence.quantity.right(v) for v in soft], cases, evidence.tolerance,
    )  # fmt: skip
    match = best(again, records(again))
    return None if match is None else (match.ids, dict(match.hypothesis.about))


def _explained(evidence: Evidence) -> Said | None:
    """By a hypothesis: the one that needs least besides, where a record needs less than a guess."""
    right = [Hypothesis(None, evidence.quantity.right)]
    guesses = (h for guess in (*evidence.task.guesses, *PATTERNS) for h in guess(evidence))
    found: list[tuple[float, Match]] = []
    for hypotheses, own, besides in (
        (records(evidence), 0.6, 1.0), (right, 0.3, 0.4), (guesses, 1.7, 1.0)
    ):  # fmt: skip
        match = best(evidence, hypotheses)
        if match is not None:
            vague = match.hypothesis.id in VAGUE
            found.append((own + besides * match.besides + vague, match))
            if match.besides == 0 and not vague:
                break
        elif _constant(evidence):
            return _constant(evidence)
    least, match = min(found, key=lambda pair: pair[0], default=(9.0, None))
    if match is None or least >= SURE:
        pair = two(evidence) if evidence.pairs and not near_enough(evidence) else None
        if pair is not None and PAIR + pair[0].besides < least:
            return pair[1], dict(pair[0].hypothesis.about)
    return None if match is None else _of(match)


SURE = 2.5  # beyond, two mistakes may be likelier than what was found
PAIR = 1.9  # two records need more than one with a sign and a scale
VAGUE = ("something-multiplied", "something-divided", "something-added", "wrong-quantity")


def _of(match: Match) -> Said:
    return match.ids, {**match.hypothesis.about, **match.about}


def near_enough(evidence: Evidence) -> bool:
    """Whether all is right but for the last digits."""
    return is_right(evidence.mine, evidence.right, ROUGHLY)


def _last_resort(evidence: Evidence) -> Said:
    mine, right = evidence.mine, evidence.right
    if near_enough(evidence):
        coarse = _coarse(evidence)
        if coarse is not None:
            return coarse
        off = max(_off(m, e) for m, e in zip(mine, right, strict=True))
        return ("not-precise",), {"off": off}
    divisor = _wrong_divisor(evidence)
    if divisor is not None:
        return ("wrong-divisor",), {"factor": divisor}
    part = right_in_part(evidence)
    if part is not None:
        return (part,), {}
    if same_numbers(evidence):
        return ("another-order",), {}
    if any(near(m, e, evidence.tolerance) for m, e in zip(mine, right, strict=True)):
        return ("one-shape-only",), {}
    numbers = {m.item() for m in mine if m.numel() == 1}
    if len(numbers) == 1 and len(mine) > 1 and evidence.task.scalar:
        return ("constant",), {"value": numbers.pop()}
    if evidence.task.scalar and all(m.numel() > 1 for m in mine):
        return ("not-one-number",), {}
    return _ignored(evidence) or ((), {})


def _coarse(evidence: Evidence) -> Said | None:
    """Nearly right, and each number is one that half precision or few decimals can hold."""
    for kind in (torch.half, torch.bfloat16):
        if all(torch.equal(m, m.to(kind).double()) for m in evidence.mine):
            return ("half-precision",), {}
    for decimals in range(5):
        if all(near(m, m.round(decimals=decimals), 1e-9) for m in evidence.mine):
            return ("rounded",), {"decimals": decimals}
    return None


def _off(mine: torch.Tensor, right: torch.Tensor) -> float:
    return ((mine - right).abs().max() / right.abs().max()).item()


def _wrong_divisor(evidence: Evidence) -> float | None:
    """Right but for a number that differs from case to case."""
    factors = []
    for m, e in zip(evidence.mine, evidence.right, strict=True):
        f = factor(m, e, evidence.tolerance)
        if f is None or evidence.where == "w":
            return None
        factors.append(f)
    if evidence.task.scalar:  # two numbers always differ by a factor
        less_one = [f * (v.N - 1) / v.N for f, v in zip(factors, evidence.cases, strict=True)]
        return factors[0] if all_same(less_one) else None
    return factors[0]


def _ignored(evidence: Evidence) -> Said | None:
    """Another value for one argument changes nothing."""
    v = evidence.cases[0]
    usual = evidence.again(v)
    if usual is None:
        return None
    for shown, name in evidence.task.arguments.items():
        others = [
            evidence.again(v.but(**{name: other})) for other in _others(getattr(v, name), shown)
        ]
        if all(o is not None and all(torch.equal(o[k], usual[k]) for k in usual) for o in others):
            weights = name in ("w1", "w2")
            return ("fresh-weights" if weights else "ignores-an-argument",), {"argument": shown}
    return None


def _others(value: Any, shown: str) -> list[Any]:
    """Other values that an argument might have."""
    if isinstance(value, list):
        return [[part * 0.5 for part in value]]
    if isinstance(value, int):
        return [value + 1, value + 2]
    if not isinstance(value, torch.Tensor):
        return [value * 0.5, value * 3.3]
    if shown == "y":
        return [1 - value, torch.ones_like(value), torch.zeros_like(value)]
    return [value.flip(0) * 0.9, value**3, 0.01 * value, 0.5 + 0.49 * value.clamp(-1, 1)]


# --- what the numbers show, whatever the cause -------------------------------------------------


def shapes(evidence: Evidence) -> dict[str, Any]:
    """The shape that came and the one that is expected, in the first case."""
    return {
        "came": tuple(evidence.mine[0].shape),
        "expected": tuple(evidence.right[0].shape),
    }


def symptom(evidence: Evidence) -> str:
    """What the shape, or the ratio to the right one, shows; said of no cause."""
    where, mine, right = evidence.where, evidence.mine[0], evidence.right[0]
    is_ = f"{where} {'are' if where == 'losses' else 'is'}"
    if mine.shape != right.shape:
        names = f" ({evidence.quantity.shape})" if evidence.quantity.shape else ""
        return (
            f"{where} has shape {tuple(mine.shape)}, but {tuple(right.shape)} is expected{names}."
        )
    gap = (mine - right).nan_to_num(np.inf).abs().flatten()
    worst = int(gap.argmax())
    place = f"{mine.flatten()[worst].item():.4g} where {right.flatten()[worst].item():.4g}"
    if mine.numel() == 1:
        return f"{is_} {place} is right."
    index = [int(i) for i in np.unravel_index(worst, tuple(mine.shape))]
    if not mine[right.isfinite()].isfinite().all():
        return f"{is_} no number at {index}: {place} belongs."
    usable = (right != 0) & right.isfinite() & mine.isfinite()
    if not usable.any():
        return f"{is_} not right. The worst entry is at {index}: {place} belongs."
    ratio = mine[usable] / right[usable]
    low, high = ratio.min().item(), ratio.max().item()
    if high - low <= 1e-6 * abs(high) and usable.all():
        return f"{is_} {high:.4g} times the right one, everywhere: a constant factor."
    return (
        f"{is_} not right: yours divided by the right one runs from {low:.3g} to {high:.3g}. The "
        f"worst entry is at {index}: {place} belongs."
    )
