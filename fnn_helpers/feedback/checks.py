"""The nine checks: try a function on several cases, name the first wrong quantity, say why."""

import functools
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import torch

from .cases import CASES, Case
from .errors import translate
from .matching import (
    SCALE_HINTS,
    SCALE_WORDS,
    SINGLE_TOLERANCE,
    TOLERANCE,
    find_mistake,
    find_scale,
    near,
)
from .mistakes import MISTAKES, Mistake
from .panel import Feedback
from .runner import TIME_LIMIT, Run, as_tensor, is_single_precision, run
from .training_runs import LOOPS, LoopMistake, run_loop


@dataclass(frozen=True)
class Task:
    """What a check asks: the arguments, the quantities in the order they are compared."""

    name: str
    arguments: str
    give: Callable[[Case], tuple[Any, ...]]
    quantities: tuple[str, ...]
    right: Callable[[Case], tuple[torch.Tensor, ...]]
    section: str
    sums: bool = False  # whether a sum over samples can be taken for their mean
    scalar: bool = False


TASKS = {
    "normalise_rows": Task("check_normalise_rows", "X", lambda c: (c.X,), ("X",),
        lambda c: (c.X / c.X.norm(dim=1, keepdim=True),), "notebook 01, Rows of length one"),
    "sigmoid": Task("check_sigmoid", "z", lambda c: (c.z1,), ("a",),
        lambda c: (c.a1,), "notebook 02, The sigmoid"),
    "slope": Task("check_sigmoid_slope", "a", lambda c: (c.a1,), ("slope",),
        lambda c: (c.a1 * (1 - c.a1),), "notebook 02, The slope"),
    "forward": Task("check_forward", "X, w1, w2", lambda c: (c.X, c.w1, c.w2),
        ("z1", "a1", "z2", "y_hat"), lambda c: (c.z1, c.a1, c.z2, c.y_hat),
        "notebook 03, The forward pass"),
    "cost": Task("check_binary_cross_entropy", "y_hat, y", lambda c: (c.y_hat, c.y), ("cost",),
        lambda c: (-(c.y * c.y_hat.log() + (1 - c.y) * (1 - c.y_hat).log()).mean(),),
        "notebook 04, One formula for both labels", sums=True, scalar=True),
    "delta": Task("check_output_delta", "y_hat, y", lambda c: (c.y_hat, c.y), ("dC_dz2",),
        lambda c: (c.dC_dz2,), "notebook 05, The output delta", sums=True),
    "backward": Task("check_backward", "X, y, w2, a1, y_hat",
        lambda c: (c.X, c.y, c.w2, c.a1, c.y_hat),
        ("dC_dz2", "dC_dw2", "dC_da1", "dC_dz1", "dC_dw1"),
        lambda c: (c.dC_dz2, c.dC_dw2, c.dC_da1, c.dC_dz1, c.dC_dw1),
        "notebook 05, From one number to matrices", sums=True),
    "step": Task("check_step", "w, dC_dw, learning_rate",
        lambda c: (c.w1, c.dC_dw1 * 40, c.rate), ("w",),
        lambda c: (c.w1 - c.rate * c.dC_dw1 * 40,), "notebook 06, Gradient descent is one line"),
    "train": Task("check_train", "X, y, w1, w2, epochs, learning_rate",
        lambda c: (c.X, c.y, c.w1, c.w2, c.epochs, c.rate), ("w1", "w2", "losses"),
        run_loop, "notebook 07, The loop"),
}  # fmt: skip

SHAPES = {
    "X": "N × D", "a": "the shape of z", "slope": "the shape of a", "z1": "N × H", "a1": "N × H",
    "z2": "N × 1", "y_hat": "N × 1", "cost": "one number", "dC_dz2": "N × 1", "dC_dw2": "H × 1",
    "dC_da1": "N × H", "dC_dz1": "N × H", "dC_dw1": "D × H", "w": "the shape of w",
    "w1": "D × H", "w2": "H × 1", "losses": "one number an epoch",
}  # fmt: skip


# --- what every check does ---------------------------------------------------------------------


def _attempt(task: Task, function: Callable) -> Feedback | tuple[list[tuple], float]:
    """Run the function on every case; a Feedback if that already says enough."""
    if not callable(function):
        return _answer(task, "raised", "not-callable", None,
            f"{task.name} was given {type(function).__name__}, but a function is expected: "
            "its name without parentheses.")  # fmt: skip
    everything, tolerance = [], TOLERANCE
    numpy = False
    for number, case in enumerate(CASES):
        arguments = task.give(case)
        result = run(function, arguments, numpy=numpy)
        if isinstance(result.error, Exception) and not isinstance(
            result.error, NotImplementedError
        ):
            other = run(function, arguments, numpy=True)
            if other.error is None and other.value is not None:
                numpy, result = True, other
            elif isinstance(result.error, AttributeError) and other.error is not None:
                result = other
        verdict = _from_run(task, result, number)
        if verdict is not None:
            return verdict
        values = _parts(task, result.value)
        if isinstance(values, Feedback):
            return values
        if any(map(is_single_precision, _listed(result.value))):
            tolerance = SINGLE_TOLERANCE
        everything.append(values)
    again = run(function, task.give(CASES[0]), numpy=numpy)
    repeated = None if again.error else _parts(task, again.value)
    if not isinstance(repeated, tuple) or not all(
        a.shape == b.shape and torch.equal(a.nan_to_num(0.5), b.nan_to_num(0.5))
        for a, b in zip(everything[0], repeated, strict=True)
    ):
        return _answer(task, "wrong", "not-repeatable", task.quantities[0],
            "Called twice with the same arguments, it gives two answers. Something in it is "
            "random, or is remembered from call to call.")  # fmt: skip
    return everything, tolerance


def _from_run(task: Task, result: Run, number: int) -> Feedback | None:
    if result.out_of_time:
        return _answer(task, "raised", "endless", None,
            f"It was stopped after {TIME_LIMIT:g} seconds; a right answer takes far less. "
            "Does a loop in it never end?")  # fmt: skip
    if isinstance(result.error, NotImplementedError):
        message = f"not attempted yet. {result.error or 'Write the body of the function.'}"
        return Feedback("not attempted", None, None, message)
    if isinstance(result.error, KeyboardInterrupt):
        raise result.error
    if result.used_autograd:
        return _answer(task, "wrong", "uses-autograd", task.quantities[0],
            "Autograd computed this. It is right to trust it as a referee; here the point is to "
            "derive the gradient by hand. Write it with the chain rule, then compare.")  # fmt: skip
    if result.error is not None:
        if number:
            return _answer(task, "wrong", "one-shape-only", task.quantities[0],
                "It works for one set of sizes and stops for another "
                f"({translate(result.error, task.arguments)[1]}) "
                "Take sizes from .shape, not from memory.")  # fmt: skip
        mistake, message = translate(result.error, task.arguments)
        return _answer(task, "raised", mistake, None, message)
    if result.changed is not None:
        name = task.arguments.split(", ")[result.changed]
        return _answer(task, "wrong", "changes-its-input", name,
            f"It changes {name} itself, which the caller still needs. Compute a new tensor, or "
            f"start from {name}.clone().")  # fmt: skip
    if result.value is None or result.value is Ellipsis:
        return Feedback("not attempted", None, None,
            "not attempted yet, or it returns nothing. If the body is written, its last line needs "
            "a return.")  # fmt: skip
    return None


def _listed(value: Any) -> list:
    return list(value) if isinstance(value, list | tuple) else [value]


def _parts(task: Task, value: Any) -> tuple[torch.Tensor, ...] | Feedback:
    wanted = len(task.quantities)
    if wanted == 1:
        single = value[0] if isinstance(value, tuple) and len(value) == 1 else value
        parts = [single]
    elif isinstance(value, Iterator):
        parts = list(value)
    elif isinstance(value, dict):
        parts = [value.get(name) for name in task.quantities]
    elif isinstance(value, list | tuple):
        parts = list(value)
    else:
        parts = [value]
    if len(parts) != wanted:
        names = ", ".join(task.quantities)
        return _answer(task, "wrong", "wrong-number-of-results", task.quantities[0],
            f"It returns {len(parts)} thing{'s' * (len(parts) != 1)}, but {wanted} are expected: "
            f"({names}), in this order.")  # fmt: skip
    if all(part is None or part is Ellipsis for part in parts):
        return Feedback("not attempted", None, None, "not attempted yet: it returns only None.")
    tensors = []
    for name, part in zip(task.quantities, parts, strict=True):
        tensor = as_tensor(part)
        if tensor is None:
            return _answer(task, "wrong", "no-number", name,
                f"{name} is {'None' if part is None else 'a ' + type(part).__name__}, but a "
                f"tensor is expected{f' ({SHAPES[name]})' if name in SHAPES else ''}.")  # fmt: skip
        tensors.append(tensor.reshape(()) if task.scalar and tensor.numel() == 1 else tensor)
    return tuple(tensors)


def _answer(
    task: Task,
    status: str,
    mistake: str | None,
    where: str | None,
    message: str,
    hint: str | None = None,
) -> Feedback:
    shape = SHAPES.get(where or "", "")
    first = f"Look at {where} first" if where in SHAPES else "Read the message from its end"
    first += f": it has shape {shape}." if shape and "×" in shape else "."
    return Feedback(
        status,
        mistake,
        where,
        message,
        (
            first,
            hint or "Print the quantity and its shape just before the line that makes it.",
            f"The derivation is in {task.section}; compare it with yours, factor by factor.",
        ),
    )


# --- naming what is wrong ----------------------------------------------------------------------


def _judge(task: Task, function: Callable) -> Feedback:
    attempt = _attempt(task, function)
    if isinstance(attempt, Feedback):
        return attempt
    everything, tolerance = attempt
    right = [task.right(case) for case in CASES]
    for index, name in enumerate(task.quantities):
        mine = [values[index] for values in everything]
        expected = [values[index] for values in right]
        fits = [near(m, e, tolerance) for m, e in zip(mine, expected, strict=True)]
        if all(fits):
            continue
        swapped = _wrong_order(task, everything, right, tolerance)
        if swapped is not None:  # a wrong answer is false, so "or" would pass it over
            return swapped
        return _name(task, name, mine, expected, fits, tolerance)
    return Feedback("correct", None, None, _praise(task))


def _praise(task: Task) -> str:
    return f"right for {len(CASES)} sets of sizes, numbers and labels."


def _wrong_order(task, everything, right, tolerance) -> Feedback | None:
    if len(task.quantities) < 2:
        return None
    order = []
    for expected in range(len(task.quantities)):
        place = next(
            (
                i
                for i in range(len(task.quantities))
                if i not in order
                and all(
                    near(v[i], r[expected], tolerance)
                    for v, r in zip(everything, right, strict=True)
                )
            ),
            None,
        )
        if place is None:
            return None
        order.append(place)
    return _answer(task, "wrong", "wrong-order", task.quantities[0],
        "All quantities are right, but returned in another order. Expected: "
        f"({', '.join(task.quantities)}).")  # fmt: skip


def _name(
    task: Task,
    where: str,
    mine: list[torch.Tensor],
    expected: list[torch.Tensor],
    fits: list[bool],
    tolerance: float,
) -> Feedback:
    """Say which mistake it is; where none matches, say what the numbers show."""
    special = _without_a_table(task, where, mine, expected, fits, tolerance)
    if special is not None:
        return special
    scale = find_scale(mine, expected, tolerance, task.sums)
    if scale and task.name != "check_step":
        words = " and ".join(SCALE_WORDS[s] for s in scale)
        return _answer(task, "wrong", scale[0], where, f"{where} is right except for its scale: "
                       f"{words}.", SCALE_HINTS.get(scale[0]))  # fmt: skip
    found = find_mistake(mine, _table(task, where), tolerance, task.sums)
    if found is None and where == "dC_da1":
        found = _weights_moved(mine)
    if found is not None:
        mistake, scale = found
        also = "".join(f" Also, {SCALE_WORDS[s]}." for s in scale)
        return _answer(task, "wrong", mistake.name, where, mistake.why + also, mistake.hint)
    factor = _constant_factor(task, where, mine, expected)
    if factor is not None:
        return factor
    constant = _constant(task, where, mine, expected)
    if constant is not None:
        return constant
    return _answer(task, "wrong", None, where, _what_shows(where, mine[0], expected[0])
                   + f" See {task.section}.")  # fmt: skip


def _table(task: Task, where: str) -> tuple[Mistake, ...]:
    return MISTAKES.get((task.name, where), ())


def _without_a_table(task, where, mine, expected, fits, tolerance) -> Feedback | None:
    if fits[0] and not all(fits):
        return _answer(task, "wrong", "one-shape-only", where,
            f"{where} is right for the first set of sizes and wrong for another: a size or a "
            "number is written into the code. Take sizes from .shape.")  # fmt: skip
    if any(not m.isfinite().all() for m in mine):
        return _answer(task, "wrong", "not-a-number", where,
            f"{where} holds NaN or infinity: look for a logarithm of 0, a division by 0 or an "
            "overflow on the way.")  # fmt: skip
    if all(m.numel() and (m == 0).all() for m in mine):
        return _answer(task, "wrong", "zeros", where,
            f"{where} is zero everywhere. A stub that returns zeros is no answer yet; and if it "
            "is computed, a factor in it is 0.")  # fmt: skip
    if task.scalar and all(m.numel() > 1 for m in mine):
        return _answer(task, "wrong", "not-one-number", where,
            f"It returns a table of shape {tuple(mine[0].shape)}; the mean over the flowers, one "
            "number, is asked for.", "Each flower has a cost; what makes one of them?")  # fmt: skip
    if where == "losses" and any(len(m) != len(e) for m, e in zip(mine, expected, strict=True)):
        return _answer(task, "wrong", "wrong-number-of-losses", where,
            f"It returns {len(mine[0])} losses for {len(expected[0])} epochs.",
            "One loss an epoch, recorded before its update.")  # fmt: skip
    reshaped = [
        m.numel() == e.numel()
        and m.shape != e.shape
        and min(e.shape, default=1) == 1
        and m.ndim < 2
        and near(m.reshape(e.shape), e, tolerance)
        for m, e in zip(mine, expected, strict=True)
    ]
    if all(reshaped):
        name = "summed-elementwise" if where == "dC_dw2" else "flat"
        return _answer(task, "wrong", name, where,
            f"The numbers of {where} are right, but its shape is {tuple(mine[0].shape)} where "
            f"{tuple(expected[0].shape)} is expected: it was flattened. Later lines would "
            "broadcast it. A column keeps its second axis.")  # fmt: skip
    return None


def _constant(task, where, mine, expected) -> Feedback | None:
    numbers = {v for m in mine for v in m.flatten().tolist()}
    if len(numbers) != 1 or {v for e in expected for v in e.flatten().tolist()} == numbers:
        return None
    return _answer(task, "wrong", "constant", where,
        f"{where} is {numbers.pop():.4g} whatever goes in.")  # fmt: skip


def _constant_factor(task, where, mine, expected) -> Feedback | None:
    """Right but for one unknown number: a rate that does not belong there, or a wrong divisor."""
    if where == "w":  # new = w − k · gradient, with another k than the rate
        given = [task.give(case) for case in CASES]
        mine = [w - m for (w, _, _), m in zip(given, mine, strict=True)]
        expected = [g for _, g, _ in given]
    if any(m.shape != e.shape or m.numel() < 2 for m, e in zip(mine, expected, strict=True)):
        return None
    factors = []
    for m, e in zip(mine, expected, strict=True):
        factors.append(((m * e).sum() / (e * e).sum()).item())
        if abs(factors[-1]) < 1e-9 or not near(m, factors[-1] * e, TOLERANCE):
            return None
    same = max(factors) - min(factors) < 1e-6 * abs(factors[0])
    if where == "w":
        return _answer(task, "wrong", "rate-fixed" if same else "rate-wrong", where,
            f"The step is {factors[0]:.4g} times the gradient, whatever the learning rate is."
            if same else "The gradient is multiplied by another number than the learning rate.",
            "Which argument have you not used?")  # fmt: skip
    if same:
        return _answer(task, "wrong", "rate-in-gradient", where,
            f"{where} is {factors[0]:.4g} times what it should be, for all sizes. Is it a learning "
            "rate? That belongs to the step, not to the gradient.",
            "A gradient is a slope: it does not know how far you will go.")  # fmt: skip
    return _answer(task, "wrong", "wrong-divisor", where,
        f"{where} is {factors[0]:.4g} times what it should be here, and another multiple for other "
        "sizes: it is divided by the wrong number.",
        "The mean divides by the number of samples, once.")  # fmt: skip


def _weights_moved(mine: list[torch.Tensor]) -> tuple[Mistake, list[str]] | None:
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


def _what_shows(where: str, mine: torch.Tensor, expected: torch.Tensor) -> str:
    """No record matches: the shape, or the ratio the numbers show."""
    if mine.shape != expected.shape:
        return (
            f"{where} has shape {tuple(mine.shape)}, but {tuple(expected.shape)} is expected"
            f"{f' ({SHAPES[where]})' if where in SHAPES else ''}."
        )
    ratio = (mine / expected).flatten()
    low, high = ratio.min().item(), ratio.max().item()
    if abs(high - low) <= 1e-6 * abs(high):
        return f"{where} is {high:.4g} times what it should be, everywhere: a constant factor."
    worst = int((mine - expected).abs().flatten().argmax())
    index = [int(i) for i in torch.unravel_index(torch.tensor(worst), mine.shape)]
    return (
        f"{where} is wrong: yours divided by the right one runs from {low:.3g} to {high:.3g}. "
        f"The worst entry is at {index}: {mine.flatten()[worst].item():.4g} where "
        f"{expected.flatten()[worst].item():.4g} belongs."
    )


# --- the nine ----------------------------------------------------------------------------------


def check_normalise_rows(f: Callable) -> Feedback:
    """Check `f(X) -> X` with rows of length one."""
    return _judge(TASKS["normalise_rows"], f)


def check_sigmoid(f: Callable) -> Feedback:
    """Check `f(z) -> a`, the sigmoid: for any shape, and far from zero."""
    task = TASKS["sigmoid"]
    feedback = _judge(task, f)
    for further in (lambda: _other_shapes(task, f, torch.sigmoid), lambda: _far_away(task, f)):
        feedback = further() if feedback else feedback
    return feedback


def check_sigmoid_slope(f: Callable) -> Feedback:
    """Check `f(a) -> slope`, the sigmoid's slope from the activation, for any shape."""
    task = TASKS["slope"]
    feedback = _judge(task, f)
    return _other_shapes(task, f, lambda a: a * (1 - a)) if feedback else feedback


def check_forward(f: Callable) -> Feedback:
    """Check `f(X, w1, w2) -> (z1, a1, z2, y_hat)`."""
    return _judge(TASKS["forward"], f)


def check_binary_cross_entropy(f: Callable) -> Feedback:
    """Check `f(y_hat, y) -> mean cost`, one number."""
    task = TASKS["cost"]
    feedback = _judge(task, f)
    if not feedback:
        return feedback
    sure = torch.tensor([[1.0], [0.0]], dtype=torch.float64)
    result = run(f, (sure, sure))
    value = as_tensor(result.value) if result.error is None else None
    if value is None or not value.isfinite().all():
        return Feedback(
            "correct",
            None,
            None,
            _praise(task)
            + " One thing to know: for an answer of exactly 0 or 1 it gives no finite "
            "number, because of the logarithm of 0. Notebook 04 shows two remedies.",
        )
    return feedback


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
    attempt = _attempt(task, f)
    if isinstance(attempt, Feedback):
        return attempt
    everything, tolerance = attempt
    swapped = _wrong_order(task, everything, [run_loop(case) for case in CASES], tolerance)
    everything = [(w1, w2, losses.flatten()) for w1, w2, losses in everything]

    def fits(runs: Sequence[tuple | None]) -> bool:
        return all(_all_near(v, r, tolerance) for v, r in zip(everything, runs, strict=True))

    right = [run_loop(case) for case in CASES]
    if fits(right):
        return Feedback("correct", None, None, _praise(task))
    if swapped is not None:
        return swapped
    for loop in LOOPS:
        for scale in _LOOP_SCALES if loop.scalable else ("",):
            # The shortest case sorts out nearly all; only a match there is worth the others.
            shortest = _loop_result(loop, scale, SHORTEST)
            if not _all_near(everything[SHORTEST], shortest, tolerance):
                continue
            if fits([_loop_result(loop, scale, i) for i in range(len(CASES))]):
                also = f" Also, {_LOOP_SCALES[scale]}." if scale else ""
                return _answer(task, "wrong", loop.name, loop.where, loop.why + also, loop.hint)
    for index, where in ((2, "losses"), (0, "w1"), (1, "w2")):
        mine, expected = [v[index] for v in everything], [r[index] for r in right]
        good = [near(m, e, tolerance) for m, e in zip(mine, expected, strict=True)]
        if not all(good):
            special = _without_a_table(task, where, mine, expected, good, tolerance)
            if special is None:
                special = _constant(task, where, mine, expected)
            if special is not None:
                return special
            message = _what_shows(where, mine[0], expected[0]) + f" See {task.section}."
            return _answer(task, "wrong", None, where, message)
    raise AssertionError("unreachable: some quantity differs")


SHORTEST = min(range(len(CASES)), key=lambda i: CASES[i].epochs)
_LOOP_SCALES = {
    "": "",
    "N": "the gradient is a sum where the mean is asked for",
    "-1": "the sign is turned round",
    "2": "there is a factor 2 too much",
    "0.5": "there is a factor ½ too much",
}


@functools.cache
def _loop_result(mistake: LoopMistake, scale: str, case: int) -> tuple[torch.Tensor, ...] | None:
    """The end of a wrong loop, or None where its shapes do not survive an update."""
    loop = mistake.loop
    if scale:
        loop = replace(loop, scale=lambda c: float(c.N) if scale == "N" else float(scale))
    try:
        with warnings.catch_warnings(action="ignore"):
            return run_loop(CASES[case], loop)
    except RuntimeError:
        return None


def _all_near(mine: Sequence, other: Sequence | None, tolerance: float) -> bool:
    return other is not None and all(
        near(m, o, tolerance) for m, o in zip(mine, other, strict=True)
    )


def _other_shapes(task: Task, f: Callable, right: Callable) -> Feedback:
    """An entry-by-entry function must not care for the shape."""
    values = CASES[0].a1 if task.name == "check_sigmoid_slope" else CASES[0].z1
    for given in (values[0], values.reshape(2, 2, 5), values[0, 0]):
        result = run(f, (given,))
        if result.error is not None:
            result = run(f, (given,), numpy=True)
        mine = as_tensor(result.value) if result.error is None else None
        if mine is None or not near(mine, right(given), SINGLE_TOLERANCE):
            return _answer(task, "wrong", "one-shape-only", task.quantities[0],
                f"It is right for a matrix, but not for shape {tuple(given.shape)}. Work entry by "
                "entry, without loops over rows and columns.")  # fmt: skip
    return Feedback("correct", None, None, _praise(task))


def _far_away(task: Task, f: Callable) -> Feedback:
    far = torch.tensor([[-1000.0, 1000.0]], dtype=torch.float64)
    result = run(f, (far,))
    if result.error is not None:
        result = run(f, (far,), numpy=True)
    mine = as_tensor(result.value) if result.error is None else None
    note = ""
    if mine is None or not mine.isfinite().all():
        note = (
            " One thing to know: at z = ±1000 it gives no number, because a power of e overflows. "
            "Notebook 02 shows the form that never does."
        )
    return Feedback("correct", None, None, _praise(task) + note)


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
    called_with = ", ".join(f"argument {i}" for i in range(len(arguments)))
    task = Task(
        "check_against",
        called_with,
        lambda case: tuple(arguments),
        tuple(names),
        lambda case: (),
        "this notebook",
    )
    result = run(f, arguments)
    if result.used_autograd:  # allowed here
        result = replace(result, used_autograd=False)
    verdict = _from_run(task, result, 0)
    values = verdict if verdict is not None else _parts(task, result.value)
    if isinstance(values, Feedback):
        return values
    for name, mine, right in zip(names, values, _parts(task, reference(*arguments)), strict=True):
        if not near(mine, right, SINGLE_TOLERANCE):
            return _answer(task, "wrong", None, name, _what_shows(name, mine, right))
    return Feedback("correct", None, None, f"{', '.join(names)} as it should be.")
