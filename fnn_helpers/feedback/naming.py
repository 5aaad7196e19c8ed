"""Say which mistake made a wrong quantity; where none matches, say what its numbers show."""

from collections.abc import Sequence

import numpy as np
import torch

from .answers import answer, first_found
from .cases import CASES
from .matching import SCALE_WORDS, find_mistake, find_scale, near, scale_hint
from .mistakes import MISTAKES, Mistake
from .panel import Feedback
from .tasks import SHAPES, Task

ROUGHLY = 1e-2  # so near that the formula is right and the numbers are not

Tensors = Sequence[torch.Tensor]


def name(task: Task, where: str, mine: Tensors, expected: Tensors, tolerance: float) -> Feedback:
    """Name the mistake in one quantity, given in every case beside the right one."""
    asks = (by_eye, _by_scale, _by_table, not_precise, by_shape, _by_sizes, _by_factor, constant,
            unnamed)  # fmt: skip
    return first_found(asks, task, where, mine, expected, tolerance)


def unnamed(task: Task, where: str, mine: Tensors, expected: Tensors, tolerance: float) -> Feedback:
    """The last resort: place and size of what is wrong."""
    message = f"{what_shows(where, mine[0], expected[0])} See {task.section}."
    return answer(task, "wrong", None, where, message)


# --- by what can be seen without comparing with mistakes ---------------------------------------


def by_eye(
    task: Task, where: str, mine: Tensors, expected: Tensors, tolerance: float
) -> Feedback | None:
    """NaN, zeros, a wrong number of numbers, a flattened column."""
    return first_found((not_finite, _zeros, counts, _flat), task, where, mine, expected, tolerance)


def not_finite(task, where, mine, expected, tolerance) -> Feedback | None:
    """NaN or infinity."""
    if all(m.isfinite().all() for m in mine):
        return None
    return answer(task, "wrong", "not-a-number", where,
        f"{_in(where)} NaN or infinity: look for a logarithm of 0, a division by 0 or an "
        "overflow on the way.",
        f"Print {where}, and go back from it: which quantity is the first to hold NaN or "
        "infinity?")  # fmt: skip


def _zeros(task, where, mine, expected, tolerance) -> Feedback | None:
    if not all(m.numel() and (m == 0).all() for m in mine):
        return None
    return answer(task, "wrong", "zeros", where,
        f"{_is(where)} zero everywhere. A stub that returns zeros is no answer yet; and if "
        "it is computed, a factor in it is 0, or it is a difference of equal things: are "
        "parentheses missing?", "Print each of the factors in it.")  # fmt: skip


def counts(task, where, mine, expected, tolerance) -> Feedback | None:
    """Another number of numbers than is asked for."""
    if task.scalar and all(m.numel() > 1 for m in mine):
        if all(m.ndim == 2 and m.shape[0] == m.shape[1] == c.N
               for m, c in zip(mine, CASES, strict=True)):  # fmt: skip
            return answer(task, "wrong", "labels-flat", where,
                "It returns a table N × N: each prediction met every label, because one of the "
                "two was flat.", "Both need shape N × 1 before they meet.")  # fmt: skip
        return answer(task, "wrong", "not-one-number", where,
            f"It returns a table of shape {tuple(mine[0].shape)}; the mean over the flowers, one "
            "number, is asked for.", "Each flower has a cost; what makes one of them?")  # fmt: skip
    if where == "losses" and any(len(m) != len(e) for m, e in zip(mine, expected, strict=True)):
        count = f"{len(mine[0])} loss{'es' * (len(mine[0]) != 1)}"
        return answer(task, "wrong", "wrong-number-of-losses", where,
            f"It returns {count} for {len(expected[0])} epochs.",
            "One loss an epoch, recorded before its update.")  # fmt: skip
    return None


def _flat(task, where, mine, expected, tolerance) -> Feedback | None:
    reshaped = [
        m.numel() == e.numel()
        and m.shape != e.shape
        and min(e.shape, default=1) == 1
        and m.ndim < 2
        and near(m.reshape(e.shape), e, tolerance)
        for m, e in zip(mine, expected, strict=True)
    ]
    if not all(reshaped):
        return None
    return answer(task, "wrong", "summed-elementwise" if where == "dC_dw2" else "flat", where,
        f"The numbers of {where} are right, but its shape is {tuple(mine[0].shape)} where "
        f"{tuple(expected[0].shape)} is expected: it was flattened. Later lines would "
        "broadcast it. A column keeps its second axis.",
        "Print .shape after each step: which one loses the axis?")  # fmt: skip


# --- by comparing with scales and records ------------------------------------------------------


def _by_scale(task, where, mine, expected, tolerance) -> Feedback | None:
    if task.name == "check_step":
        return None
    scale = find_scale(mine, expected, tolerance, task.sums)
    if not scale:
        return None
    words = " and ".join(SCALE_WORDS[s] for s in scale)
    return answer(task, "wrong", scale[0], where, f"{where} is right except for its scale: "
                  f"{words}.", scale_hint(scale, where))  # fmt: skip


def _by_table(task, where, mine, expected, tolerance) -> Feedback | None:
    found = find_mistake(mine, MISTAKES.get((task.name, where), ()), tolerance, task.sums)
    if found is None and where == "dC_da1":
        found = _weights_moved(mine)
    if found is None:
        return None
    mistake, scale = found
    also = "".join(f" Also, {SCALE_WORDS[s]}." for s in scale)
    return answer(task, "wrong", mistake.name, where, mistake.why + also, mistake.hint)


def _weights_moved(mine: Tensors) -> tuple[Mistake, list[str]] | None:
    """dC_da1 made with w2 − rate · dC_dw2, for whatever rate: w2 was updated too early."""
    for case, given in zip(CASES, mine, strict=True):
        if given.shape != case.dC_da1.shape:
            return None
        used = (case.dC_dz2.T @ given / (case.dC_dz2**2).sum()).T  # the w2 that makes it
        moved = case.w2 - used
        rate = (moved * case.dC_dw2).sum() / (case.dC_dw2**2).sum()
        if not near(case.dC_dz2 @ used.T, given, 1e-6) or rate.abs() < 1e-9:
            return None
        if not near(moved, rate * case.dC_dw2, 1e-4):
            return None
    return (
        Mistake("w2-updated-first", lambda c: c.dC_da1,
            "It was made with a w2 that had already been updated.",
            "First all gradients, then all updates."),
        [],
    )  # fmt: skip


def not_precise(task, where, mine, expected, tolerance) -> Feedback | None:
    """The right formula, with too few digits."""
    if not all(near(m, e, ROUGHLY) for m, e in zip(mine, expected, strict=True)):
        return None
    error = max(
        ((m - e).abs().max() / e.abs().max()).item() for m, e in zip(mine, expected, strict=True)
    )
    digits = max(int(-np.log10(max(error, 1e-12))), 1)
    return answer(task, "wrong", "not-precise", where,
        f"{_is(where)} right to about {digits} digit{'s' * (digits != 1)} only. That comes from "
        "an epsilon or a clamp that is too large, from rounding, or from half precision.",
        "Look for small numbers that are written into the code.")  # fmt: skip


def by_shape(task, where, mine, expected, tolerance) -> Feedback | None:
    """The right numbers in another shape, or some of them."""
    shapes = f"its shape is {tuple(mine[0].shape)} where {tuple(expected[0].shape)} is expected"
    pairs = list(zip(mine, expected, strict=True))
    if all(m.ndim == 2 and near(m.T, e, tolerance) for m, e in pairs):
        return answer(task, "wrong", "transposed", where, f"It is transposed: {shapes}.",
                      "Look for a .T, or for a product in the other order.")  # fmt: skip
    if all(m.numel() == 1 < e.numel() for m, e in pairs):
        return answer(task, "wrong", "collapsed", where,
            f"Everything was added up or averaged into one number: {shapes}.",
            "Print .shape after each step: which one loses the axes?")  # fmt: skip
    if any(m.shape == e.shape for m, e in pairs):
        return None
    if all(m.numel() == e.numel() and near(m.reshape(e.shape), e, tolerance) for m, e in pairs):
        return answer(task, "wrong", "flat", where,
            f"The numbers of {where} are right, but {shapes}.",
            "Print .shape after each step: which one changes it?")  # fmt: skip
    for row, which in ((slice(None, 1), "first"), (slice(-1, None), "last")):
        if all(e.ndim == 2 and near(m.reshape(1, -1), e[row], tolerance) for m, e in pairs):
            return answer(task, "wrong", f"{which}-row-only", where,
                f"This is the {which} row only: {shapes}.",
                "Where do the other rows go, and where does return stand?")  # fmt: skip
    return None


def _by_sizes(task, where, mine, expected, tolerance) -> Feedback | None:
    if not any(near(m, e, tolerance) for m, e in zip(mine, expected, strict=True)):
        return None
    return answer(task, "wrong", "one-shape-only", where,
        f"{_is(where)} right for one set of sizes and wrong for another: a size or a "
        "number is written into the code. Take sizes from .shape.",
        "Which numbers in it are neither arguments nor sizes?")  # fmt: skip


def _by_factor(task, where, mine, expected, tolerance) -> Feedback | None:
    """Right but for one unknown number: a rate that does not belong there, or a wrong divisor."""
    rates = [case.rate for case in CASES]
    if where == "w":  # new = w − k · gradient, with another k than the rate
        given = [task.give(case) for case in CASES]
        mine = [w - m for (w, _, _), m in zip(given, mine, strict=True)]
        expected = [g for _, g, _ in given]
    factors = _factors(mine, expected)
    if factors is None:
        return None
    first = factors[0]
    if where == "w":
        if _same(factors):
            return answer(task, "wrong", "rate-fixed", where,
                f"The step is {first:.4g} times the gradient, whatever the learning rate is.",
                "Which argument have you not used?")  # fmt: skip
        times = [factor / rate for factor, rate in zip(factors, rates, strict=True)]
        if _same(times):
            return answer(task, "wrong", "rate-wrong", where,
                f"The step is {times[0]:.4g} times as long as it should be.",
                "The step has two factors: the learning rate and the gradient.")  # fmt: skip
        return answer(task, "wrong", "rate-wrong", where,
            "The gradient is multiplied by another number than the learning rate.",
            "Compare the step at rate 1 and at rate 0.1.")  # fmt: skip
    if _same(factors):
        if task.scalar:
            return answer(task, "wrong", "factor", where,
                f"{where} is {first:.4g} times what it should be, for all sizes.",
                "Which number in it is written by hand?")  # fmt: skip
        return answer(task, "wrong", "rate-in-gradient", where,
            f"{where} is {first:.4g} times what it should be, for all sizes. Is it a learning "
            "rate? That belongs to the step, not to the gradient.",
            "A gradient is a slope: it does not know how far you will go.")  # fmt: skip
    sums = [factor / case.N for factor, case in zip(factors, CASES, strict=True)]
    if _same(sums):
        return answer(task, "wrong", "multiple-of-the-sum", where,
            f"{where} is {sums[0]:.4g} times the sum over the flowers, whatever their number is; "
            "their mean is asked for. Is it a learning rate, or a size written in?",
            "The mean divides by the number of samples, once.")  # fmt: skip
    less_one = [factor * (case.N - 1) / case.N for factor, case in zip(factors, CASES, strict=True)]
    if task.scalar and not _same(less_one):  # two numbers always differ by a factor
        return None
    return answer(task, "wrong", "wrong-divisor", where,
        f"{where} is {first:.4g} times what it should be here, and another multiple for other "
        "sizes: it is divided by the wrong number.",
        "The mean divides by the number of samples, once.")  # fmt: skip


def _factors(mine: Tensors, expected: Tensors) -> list[float] | None:
    factors = []
    for m, e in zip(mine, expected, strict=True):
        if m.shape != e.shape:
            return None
        factors.append(((m * e).sum() / (e * e).sum()).item())
        if abs(factors[-1]) < 1e-9 or not near(m, factors[-1] * e, 1e-6):
            return None
    return factors


def _same(numbers: Sequence[float]) -> bool:
    return max(numbers) - min(numbers) < 1e-5 * abs(numbers[0])


def constant(task, where, mine, expected, tolerance) -> Feedback | None:
    """One and the same number in every entry of every case."""
    numbers = {v for m in mine for v in m.flatten().tolist()}
    if len(numbers) != 1 or {v for e in expected for v in e.flatten().tolist()} == numbers:
        return None
    return answer(task, "wrong", "constant", where,
        f"{_is(where)} {numbers.pop():.4g} whatever goes in.",
        "Which argument have you not used?")  # fmt: skip


# --- by the numbers alone ----------------------------------------------------------------------


def what_shows(where: str, mine: torch.Tensor, expected: torch.Tensor) -> str:
    """What the shape, or the ratio to the right one, shows."""
    if mine.shape != expected.shape:
        return (
            f"{where} has shape {tuple(mine.shape)}, but {tuple(expected.shape)} is expected"
            f"{f' ({SHAPES[where]})' if where in SHAPES else ''}."
        )
    worst = int((mine - expected).nan_to_num(np.inf).abs().flatten().argmax())
    place = f"{mine.flatten()[worst].item():.4g} where {expected.flatten()[worst].item():.4g}"
    if mine.numel() == 1:
        return f"{_is(where)} {place} is right."
    usable = (expected != 0) & expected.isfinite() & mine.isfinite()
    index = [int(i) for i in np.unravel_index(worst, tuple(mine.shape))]
    if not usable.any():
        return f"{_is(where)} not right. The worst entry is at {index}: {place} belongs."
    ratio = mine[usable] / expected[usable]
    low, high = ratio.min().item(), ratio.max().item()
    if high - low <= 1e-6 * abs(high) and usable.all():
        return f"{_is(where)} {high:.4g} times what it should be, everywhere: a constant factor."
    return (
        f"{_is(where)} not right: yours divided by the right one runs from {low:.3g} to "
        f"{high:.3g}. The worst entry is at {index}: {place} belongs."
    )


def _is(where: str) -> str:
    return f"{where} are" if where == "losses" else f"{where} is"


def _in(where: str) -> str:
    return f"{where} hold" if where == "losses" else f"{where} holds"
