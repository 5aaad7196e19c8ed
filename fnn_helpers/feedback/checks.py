"""The nine checks: try a function on several cases, name the first wrong quantity, say why."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import torch

from .answers import answer, correct, first_found
from .attempts import Attempt, attempt, from_run, is_stub, not_callable, parts
from .cases import CASES
from .matching import SINGLE_TOLERANCE, near
from .naming import by_eye, name, unnamed
from .naming_training import name_training
from .panel import Feedback
from .runner import Run, run
from .tasks import TASKS, Task
from .values import as_tensor


def check_normalise_rows(f: Callable) -> Feedback:
    """Check `f(X) -> X` with rows of length one."""
    return _judge(TASKS["normalise_rows"], f)


def check_sigmoid(f: Callable) -> Feedback:
    """Check `f(z) -> a`, the sigmoid; a note says so if it fails for other shapes or far from 0."""
    feedback = _judge(TASKS["sigmoid"], f)
    return _other_shapes(TASKS["sigmoid"], f, torch.sigmoid, _far_away) if feedback else feedback


def check_sigmoid_slope(f: Callable) -> Feedback:
    """Check `f(a) -> slope`, the sigmoid's slope from the activation."""
    feedback = _judge(TASKS["slope"], f)
    return _other_shapes(TASKS["slope"], f, lambda a: a * (1 - a)) if feedback else feedback


def check_forward(f: Callable) -> Feedback:
    """Check `f(X, w1, w2) -> (z1, a1, z2, y_hat)`."""
    return _judge(TASKS["forward"], f)


def check_binary_cross_entropy(f: Callable) -> Feedback:
    """Check `f(y_hat, y) -> mean cost`, one number; a note says so if an exact 0 or 1 breaks it."""
    feedback = _judge(TASKS["cost"], f)
    return _when_certain(TASKS["cost"], f, feedback) if feedback else feedback


def check_output_delta(f: Callable) -> Feedback:
    """Check `f(y_hat, y) -> dC_dz2` of the mean binary cross-entropy."""
    return _judge(TASKS["delta"], f)


def check_backward(f: Callable) -> Feedback:
    """Check `f(X, y, w2, a1, y_hat) -> (dC_dz2, dC_dw2, dC_da1, dC_dz1, dC_dw1)`."""
    return _judge(TASKS["backward"], f)


def check_step(f: Callable) -> Feedback:
    """Check `f(w, dC_dw, learning_rate) -> new w`."""
    return _judge(TASKS["step"], f)


def check_train(f: Callable) -> Feedback:
    """Check `f(X, y, w1, w2, epochs, learning_rate) -> (w1, w2, losses)`."""
    task = TASKS["train"]
    tried = attempt(task, f)
    if isinstance(tried, Feedback):
        return tried
    swapped = _wrong_order(task, tried, [task.right(case) for case in CASES])
    if swapped is not None:  # a wrong answer is false, so "or" would pass it over
        return swapped
    found = name_training(f, tried)
    return correct(tried.note) if found is None else found


def _judge(task: Task, function: Callable) -> Feedback:
    tried = attempt(task, function)
    if isinstance(tried, Feedback):
        return tried
    right = [task.right(case) for case in CASES]
    for index, quantity in enumerate(task.quantities):
        mine = [values[index] for values in tried.everything]
        expected = [values[index] for values in right]
        if not all(near(m, e, tried.tolerance) for m, e in zip(mine, expected, strict=True)):
            swapped = _wrong_order(task, tried, right)
            if swapped is not None:
                return swapped
            return name(task, quantity, mine, expected, tried.tolerance)
    return correct(tried.note)


def _wrong_order(task: Task, tried: Attempt, right: Sequence[tuple]) -> Feedback | None:
    """All quantities are there, but not in their places."""
    places = range(len(task.quantities))
    order: list[int] = []
    for expected in places:
        fits = [
            place
            for place in places
            if place not in order
            and all(
                near(v[place], r[expected], tried.tolerance)
                for v, r in zip(tried.everything, right, strict=True)
            )
        ]
        if not fits:
            return None
        order.append(expected if expected in fits else fits[0])
    wrong = [place for place in places if order[place] != place]
    if not wrong:
        return None
    return answer(task, "wrong", "wrong-order", task.quantities[wrong[0]],
        "All quantities are right, but returned in another order. Expected: "
        f"({', '.join(task.quantities)}).",
        "Look at the line with return: which name is in which place?")  # fmt: skip


# --- what to know about a right function -------------------------------------------------------


def _further(task: Task, f: Callable, arguments: tuple) -> tuple[Feedback | None, Run]:
    """One more call, as tensors or else as arrays; a Feedback where it does what is not allowed."""
    result = run(f, arguments)
    if result.error is not None and not is_stub(result.error):
        result = run(f, arguments, numpy=True)
    refused = None
    if result.used_autograd or result.changed is not None:
        refused = from_run(task, f, replace(result, error=None), arguments)
    return refused, result


def _other_shapes(task: Task, f: Callable, right: Callable, *more: Callable) -> Feedback:
    """An entry-by-entry function need not care for the shape; loops over rows do."""
    values = CASES[0].a1 if task.name == "check_sigmoid_slope" else CASES[0].z1
    notes = []
    for given in (values[0], values.reshape(2, 2, 5)):
        refused, result = _further(task, f, (given,))
        if refused is not None:
            return refused
        mine = as_tensor(result.value) if result.error is None else None
        if not notes and (mine is None or not near(mine, right(given), SINGLE_TOLERANCE)):
            notes.append(
                "One thing to know: it is right for a matrix, but not for shape "
                f"{tuple(given.shape)}. Operations that work entry by entry take every shape."
            )
    for note in more:
        refused, said = note(task, f)
        if refused is not None:
            return refused
        notes.append(said)
    return correct(*notes)


def _far_away(task: Task, f: Callable) -> tuple[Feedback | None, str]:
    far = torch.tensor([[-1000.0, 1000.0]], dtype=torch.float64)
    refused, result = _further(task, f, (far,))
    mine = as_tensor(result.value) if result.error is None else None
    overflows = isinstance(result.error, OverflowError) or (
        mine is not None and not mine.isfinite().all()
    )
    note = (
        "One thing to know: at z = ±1000 it gives no number, because a power of e overflows. "
        "Notebook 02 shows the form that never does."
    )
    return refused, note if overflows else ""


def _when_certain(task: Task, f: Callable, feedback: Feedback) -> Feedback:
    sure = torch.tensor([[1.0], [0.0]], dtype=torch.float64)
    refused, result = _further(task, f, (sure, sure))
    if refused is not None:
        return refused
    value = as_tensor(result.value) if result.error is None else None
    if value is not None and value.isfinite().all():
        return feedback
    return replace(feedback, message=feedback.message
        + " One thing to know: for an answer of exactly 0 or 1 it gives no finite "
        "number, because of the logarithm of 0. Notebook 04 shows two remedies.")  # fmt: skip


# --- without a table ---------------------------------------------------------------------------


def check_against(
    f: Callable, reference: Callable, arguments: Sequence[Any], names: Sequence[str]
) -> Feedback:
    """Check a function for which there is no table of mistakes against one that is right.

    Parameters
    ----------
    f, reference : callable
        Called with the same arguments; each returns one value, or one for each of `names`.
    arguments : sequence
        What both are called with, on copies.
    names : sequence of str
        What the results are called, in the order in which they are compared.
    """
    called_with = ", ".join(f"argument {i}" for i in range(1, len(arguments) + 1))
    task = Task("check_against", called_with, lambda case: tuple(arguments), tuple(names),
                lambda case: (), "this notebook")  # fmt: skip
    if not callable(f):
        return not_callable(task, f)
    result = replace(run(f, arguments, quiet=False), used_autograd=False)  # allowed here
    verdict = from_run(task, f, result, arguments)
    values = verdict if verdict is not None else parts(task, result.value)
    if isinstance(values, Feedback):
        return values
    for name_, mine, right in zip(names, values, parts(task, reference(*arguments)), strict=True):
        if not near(mine, right, SINGLE_TOLERANCE):
            return first_found((by_eye, unnamed), task, name_, [mine], [right], SINGLE_TOLERANCE)
    return Feedback("correct", None, None, f"{', '.join(names)} as it should be.")
