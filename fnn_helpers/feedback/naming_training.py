"""Say which mistake is in a training loop: in its structure, its first gradient or its losses.

What one epoch changes, divided by the learning rate, is the gradient the function used.
"""

import functools
from collections.abc import Callable, Sequence
from dataclasses import replace

import torch

from .answers import answer, first_found
from .attempts import Attempt, parts
from .cases import CASES
from .matching import SCALE_WORDS, find_mistake, find_scale, near, scale_hint
from .mistakes import COST
from .naming import by_eye, by_shape, constant, counts, not_precise, unnamed
from .panel import Feedback
from .runner import run
from .tasks import TASKS
from .training_runs import (
    GRADIENTS,
    STRUCTURE,
    Loop,
    LoopMistake,
    first_gradients,
    result,
    run_loop,
)

TASK = TASKS["train"]
# The change is a small difference of large numbers.
LOST_DIGITS = 20

Gradients = list[tuple[torch.Tensor, torch.Tensor]]


def name_training(function: Callable, attempt: Attempt) -> Feedback | None:
    """Name what is wrong; None if nothing is."""
    right = [run_loop(case) for case in CASES]
    tolerance = attempt.tolerance
    mine = [(w1, w2, losses.flatten()) for w1, w2, losses in attempt.everything]
    wrong = [
        index
        for index in range(3)
        if not all(near(m[index], r[index], tolerance) for m, r in zip(mine, right, strict=True))
    ]
    if not wrong:
        return None
    if wrong == [2]:
        return _losses(mine, right, tolerance)
    where = TASK.quantities[wrong[0]]
    values = [m[wrong[0]] for m in mine]
    expected = [r[wrong[0]] for r in right]
    losses, should_be = [m[2] for m in mine], [r[2] for r in right]
    found = _structure(mine, tolerance)
    if found is None and 2 in wrong:
        found = first_found((_tables, counts), TASK, "losses", losses, should_be, tolerance)
    if found is None:
        found = _nearly(mine, right, tolerance)
    if found is None:
        found = _by_gradients(function, attempt)
        if found is not None and 2 in wrong and found.where not in ("a1", "y_hat"):
            also = _cost_words(losses, should_be, tolerance)
            found = replace(found, message=found.message + (f" Also, {also[1]}" if also else ""))
    if found is not None:
        return found
    moved = [m - case[2 + wrong[0]] if m.shape == e.shape else m
             for m, e, case in zip(values, expected, CASES, strict=True)]  # fmt: skip
    should = [e - case[2 + wrong[0]] for e, case in zip(expected, CASES, strict=True)]
    found = by_shape(TASK, where, moved, should, tolerance)
    if found is not None:
        return found
    return first_found((by_eye, constant, unnamed), TASK, where, values, expected, tolerance)


def _nearly(mine, right, tolerance) -> Feedback | None:
    """Both weights moved as they should, but for the last digits."""
    answers = []
    for index, where in enumerate(("w1", "w2")):
        starts = [getattr(case, where) for case in CASES]
        if any(m[index].shape != s.shape for m, s in zip(mine, starts, strict=True)):
            return None
        moved = [m[index] - s for m, s in zip(mine, starts, strict=True)]
        should = [r[index] - s for r, s in zip(right, starts, strict=True)]
        answers.append(not_precise(TASK, where, moved, should, tolerance))
    return answers[0] if None not in answers else None


def _structure(mine: Sequence[tuple], tolerance: float) -> Feedback | None:
    """A loop of the table that ends with these weights, and best with these losses too."""
    found = None
    for mistake in STRUCTURE:
        for loop in mistake.loops:
            if _ends_like(loop, mine, tolerance, ignore_losses=True):
                if _ends_like(loop, mine, tolerance):
                    return _say(mistake)
                found = found or mistake
    return None if found is None else _say(found)


def _ends_like(
    loop: Loop, mine: Sequence[tuple], tolerance: float, *, ignore_losses: bool = False
) -> bool:
    """Whether the loop ends so in every case; the shortest sorts out nearly all."""
    last = 2 if ignore_losses else 3
    for case, values in sorted(zip(CASES, mine, strict=True), key=lambda pair: pair[0].epochs):
        end = result(loop, case)
        if end is None or not _fits(values[:last], end[:last], tolerance):
            return False
    return True


def _fits(mine: Sequence, other: Sequence, tolerance: float) -> bool:
    return all(near(m, o, tolerance) for m, o in zip(mine, other, strict=True))


def _say(mistake: LoopMistake, also: str = "") -> Feedback:
    return answer(TASK, "wrong", mistake.name, mistake.where, mistake.why + also, mistake.hint)


# --- the first gradient ------------------------------------------------------------------------


def _first(function: Callable, attempt: Attempt) -> Gradients | None:
    gradients = []
    for case in CASES:
        once = run(function, TASK.give(case._replace(epochs=1)), numpy=attempt.numpy)
        values = None if once.error or once.out_of_time else parts(TASK, once.value)
        if not isinstance(values, tuple):
            return None
        if values[0].ndim != 2 or values[1].ndim != 2:
            return None
        try:
            gradients.append(((case.w1 - values[0]) / case.rate, (case.w2 - values[1]) / case.rate))
        except RuntimeError:
            return None
    return gradients


def _by_gradients(function: Callable, attempt: Attempt) -> Feedback | None:
    gradients = _first(function, attempt)
    if gradients is None or not all(torch.cat([g.flatten() for g in pair]).isfinite().all()
                                    for pair in gradients):  # fmt: skip
        return None
    return _gradients(gradients, attempt, LOST_DIGITS * attempt.tolerance)


def _gradients(mine: Gradients, attempt: Attempt, tolerance: float) -> Feedback | None:
    right = [(case.dC_dw1, case.dC_dw2) for case in CASES]
    if _same_shapes(mine, right):
        both = _by_scale(_joined(mine), _joined(right), tolerance)
        if both == []:
            return answer(TASK, "wrong", "later-epochs", "w1",
                "The first update is right, the later ones are not.",
                "What does the second epoch use that should have been computed anew, and what has "
                "changed that should not?")  # fmt: skip
        if both is not None:
            return _scaled(both, "the gradient")
        apart = _one_weight(mine, right, tolerance)
        if apart is not None:
            return apart
    return _by_table(mine, attempt, tolerance)


def _same_shapes(mine: Gradients, other: Sequence) -> bool:
    return all(
        o is not None and m[0].shape == o[0].shape and m[1].shape == o[1].shape
        for m, o in zip(mine, other, strict=True)
    )


def _joined(gradients: Sequence) -> list[torch.Tensor]:
    return [torch.cat((g1.flatten(), g2.flatten())) for g1, g2 in gradients]


RATES = {
    "rate-forgotten": (-1, "the learning rate does not occur in it"),
    "rate-squared": (1, "the learning rate is multiplied in twice"),
    "divided-by-rate": (-2, "it is divided by the learning rate"),
}


def _by_scale(mine, right, tolerance) -> list[str] | None:
    """The scale of the table, perhaps with a power of the rate; [] if equal, None if unknown."""
    scale = find_scale(mine, right, tolerance, sums=True)
    if scale is not None:
        return scale
    for rate, (power, _) in RATES.items():
        scaled = [r * case.rate**power for r, case in zip(right, CASES, strict=True)]
        scale = find_scale(mine, scaled, tolerance, sums=True)
        if scale is not None:
            return [rate, *scale]
    factors = [((m * r).sum() / (r * r).sum()).item() for m, r in zip(mine, right, strict=True)]
    if any(abs(f) < 1e-6 or not near(m, f * r, tolerance)
           for f, m, r in zip(factors, mine, right, strict=True)):  # fmt: skip
        return None
    for kind, by in (("rate-fixed", lambda c: 1 / c.rate), ("factor", lambda c: 1.0),
                     ("multiple-of-the-sum", lambda c: c.N)):  # fmt: skip
        times = [f / by(case) for f, case in zip(factors, CASES, strict=True)]
        if max(times) - min(times) < 1e-3 * abs(times[0]):
            return [f"{kind} {times[0]:.4g}"]
    return ["wrong-divisor"]


def _scaled(scale: list[str], what: str, where: str = "w1") -> Feedback:
    name, _, number = scale[0].partition(" ")
    said = {
        "rate-fixed": f"is multiplied by {number} in the step, whatever the learning rate is",
        "factor": f"is {number} times what it should be, for all sizes",
        "multiple-of-the-sum": f"is {number} times the sum over the flowers; their mean is wanted",
        "wrong-divisor": "is divided by a wrong number",
    }
    if name in said:
        return answer(TASK, "wrong", name, where, f"{what.capitalize()} {said[name]}.",
                      "Which numbers in it are neither arguments nor sizes?")  # fmt: skip
    words = SCALE_WORDS | {rate: text for rate, (_, text) in RATES.items()}
    message = f"{what[0].upper()}{what[1:]} is right except for its scale: "
    message += " and ".join(words[s] for s in scale) + "."
    if name == "sign":
        name = "uphill"
        message = f"The weights climb: {what} (or ŷ − y) has the wrong sign."
        message += "".join(f" Also, {words[s]}." for s in scale[1:])
        return answer(TASK, "wrong", name, where, message, "The loss rises from the first step.")
    hint = scale_hint(scale, "dC_dw1") or "Compare the change of the weights at rate 1 and at 0.1."
    return answer(TASK, "wrong", name, where, message, hint)


def _one_weight(mine: Gradients, right: Sequence, tolerance: float) -> Feedback | None:
    """One gradient is right, the other differs by a scale."""
    scales = []
    for index in range(2):
        scales.append(_by_scale([m[index] for m in mine], [r[index] for r in right], tolerance))
    if scales[1] == [] and scales[0]:
        return _scaled(scales[0], "the gradient of w1", "w1")
    if scales[0] == [] and scales[1]:
        return _scaled(scales[1], "the gradient of w2", "w2")
    return None


def _by_table(mine: Gradients, attempt: Attempt, tolerance: float) -> Feedback | None:
    matches = []
    for mistake in GRADIENTS:
        for loop in mistake.loops:
            if not _looks_like(mine[0], _in_the_first_case(loop)):
                continue
            made = [first_gradients(loop, case) for case in CASES]
            if not _same_shapes(mine, made):
                continue
            scale = find_scale(_joined(mine), _joined(made), tolerance, sums=True)
            if scale is not None:
                matches.append((mistake, loop, scale))
    if not matches:
        return None
    fewest = min(len(scale) for _, _, scale in matches)
    best = [match for match in matches if len(match[2]) == fewest]
    # Two records can begin alike; the whole run tells them apart.
    if len(best) > 1:
        best.sort(key=lambda m: not _ends_like(m[1], attempt.everything, attempt.tolerance))
    mistake, _, scale = best[0]
    return _say(mistake, "".join(f" Also, {SCALE_WORDS[s]}." for s in scale))


@functools.cache
def _in_the_first_case(loop: Loop) -> tuple[torch.Tensor, torch.Tensor] | None:
    return first_gradients(loop, CASES[0])


def _looks_like(mine: tuple, made: tuple | None) -> bool:
    """Parallel in the first case: a quick test that sorts out nearly all."""
    if made is None or not _same_shapes([mine], [made]):
        return False
    (a,), (b,) = _joined([mine]), _joined([made])
    if not b.isfinite().all():
        return False
    return bool((a @ b) ** 2 >= (1 - 1e-4) * (a @ a) * (b @ b))


# --- the losses --------------------------------------------------------------------------------


def _losses(mine: Sequence[tuple], right: Sequence[tuple], tolerance: float) -> Feedback:
    losses, expected = [m[2] for m in mine], [r[2] for r in right]
    asks = (_structure_of_losses, _tables, by_eye, _first_loss, not_precise, constant, unnamed)
    return first_found(asks, TASK, "losses", losses, expected, tolerance)


def _structure_of_losses(task, where, losses, expected, tolerance) -> Feedback | None:
    for mistake in STRUCTURE:
        for loop in mistake.loops:
            if mistake.where == "losses" and all(
                near(mine, result(loop, case)[2], tolerance)
                for mine, case in zip(losses, CASES, strict=True)
            ):
                return _say(mistake)
    return None


def _tables(task, where, losses, expected, tolerance) -> Feedback | None:
    """A table was appended in every epoch."""
    for power, what in ((1, "N × 1, one entry a flower"), (2, "N × N, from flat labels")):
        if all(v.numel() == c.epochs * c.N**power for v, c in zip(losses, CASES, strict=True)):
            return answer(TASK, "wrong", "not-one-number", "losses",
                f"Each of the losses is a table {what}. One number an epoch is asked for.",
                "Each flower has a cost; what makes one of them?")  # fmt: skip
    return None


def _first_loss(task, where, losses, expected, tolerance) -> Feedback | None:
    said = _cost_words(losses, expected, tolerance)
    if said is None:
        return None
    name, words, hint = said
    return answer(task, "wrong", f"loss-{name}", where, f"The weights are right, {words}", hint)


def _cost_words(losses, expected, tolerance) -> tuple[str, str, str | None] | None:
    """The first loss is the cost of the first weights, so the table of costs knows it."""
    first, right = [v[:1].sum() for v in losses], [v[:1].sum() for v in expected]
    scale = find_scale(first, right, tolerance, sums=True)
    if scale:
        words = " and ".join(SCALE_WORDS[s] for s in scale)
        name = "summed" if scale[0] == "sum-not-mean" else scale[0]
        return name, f"the losses have a wrong scale: {words}.", scale_hint(scale, "losses")
    found = find_mistake(first, COST, tolerance, sums=True) if scale is None else None
    if found is None:
        return None
    mistake, scale = found
    also = "".join(f" Also, {SCALE_WORDS[s]}." for s in scale)
    return mistake.name, f"the losses are wrong: {mistake.why}{also}", mistake.hint
