"""Call a learner's function on every case: its values, or the answer where it gave none."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch

from .answers import answer, first_found
from .cases import CASES, TWIN
from .errors import Call, line_of, text_of, translate
from .matching import SINGLE_TOLERANCE, TOLERANCE
from .panel import Feedback
from .runner import TIME_LIMIT, Run, run
from .tasks import SHAPES, Task
from .values import as_tensor, described, is_single_precision

Values = tuple[torch.Tensor, ...]


@dataclass(frozen=True)
class Attempt:
    """What a function gave for each case, how exact that can be, and a note if it is right."""

    everything: list[Values]
    tolerance: float
    numpy: bool = False
    note: str = ""


def attempt(task: Task, function: Callable) -> Feedback | Attempt:
    """Run the function on every case; a Feedback if that already says enough."""
    if not callable(function):
        return not_callable(task, function)
    everything, tolerance = [], TOLERANCE
    numpy, note = False, ""
    for number, case in enumerate(CASES):
        arguments = task.give(case)
        result = run(function, arguments, numpy=numpy, quiet=number > 0)
        if isinstance(result.error, Exception) and not is_stub(result.error):
            other = run(function, arguments, numpy=True)
            if other.error is None and other.value is not None:
                _, why = translate(result.error, _call(task, function, arguments))
                note = f"It works on NumPy arrays; with tensors it stops: {why}"
                numpy, result = True, other
            elif _speaks_of_numpy(result.error):
                result = other
        verdict = from_run(task, function, result, arguments, number)
        if verdict is not None:
            return verdict
        values = parts(task, result.value)
        if isinstance(values, Feedback):
            return values
        listed = result.value if isinstance(result.value, list | tuple) else [result.value]
        if any(map(is_single_precision, listed)):
            tolerance = SINGLE_TOLERANCE
        everything.append(values)
    found = first_found((_repeats, _listens), task, function, everything, numpy)
    return Attempt(everything, tolerance, numpy, note) if found is None else found


def not_callable(task: Task, function: Any) -> Feedback:
    """The answer to something that is no function."""
    return answer(task, "raised", "not-callable", None,
        f"{task.name} was given an object of type {type(function).__name__}, but a function is "
        "expected: its name without parentheses.",
        "With parentheses behind its name it is what the function returns.")  # fmt: skip


def is_stub(error: BaseException | None) -> bool:
    """Whether this is the lesson's `raise NotImplementedError`, and not PyTorch's own."""
    words = ("not implemented for '", "Could not run")
    return isinstance(error, NotImplementedError) and not any(w in text_of(error) for w in words)


def from_run(
    task: Task, function: Callable, result: Run, arguments: Sequence[Any], number: int = 0
) -> Feedback | None:
    """What one call already says; None where it gave a value to look at."""
    if result.out_of_time:
        return answer(task, "raised", "endless", None,
            f"It was stopped after {TIME_LIMIT:g} seconds; a right answer takes far less. "
            "Does a loop in it never end?",
            "Print the loop's counter: does it come nearer to its end?")  # fmt: skip
    if is_stub(result.error):
        message = text_of(result.error) or "Write the body of the function"
        end = "" if message.endswith(("?", "!")) else "."
        return Feedback("not attempted", None, None, f"not attempted yet. {message}{end}")
    if isinstance(result.error, KeyboardInterrupt):
        raise result.error
    if result.used_autograd:
        return answer(task, "wrong", "uses-autograd", task.quantities[0],
            "Autograd computed this. It is right to trust it as a referee; here the point is to "
            "derive the gradient by hand. Write it with the chain rule, then compare.")  # fmt: skip
    if result.error is not None:
        mistake, message = translate(result.error, _call(task, function, arguments))
        line = line_of(result.error)
        message += f" It stops in this line: {line}" if line else ""
        if number:
            return answer(task, "wrong", "one-shape-only", task.quantities[0],
                "It works for one set of sizes and stops for another. Take sizes from .shape, not "
                f"from memory. {message}")  # fmt: skip
        return answer(task, "raised", mistake, None, message)
    if result.changed is not None:
        name = task.arguments.split(", ")[result.changed]
        return answer(task, "wrong", "changes-its-input", name,
            f"It changes {name} itself, which the caller still needs. Compute a new tensor, or "
            "begin with a copy of it, .clone().",
            "x -= y and methods that end in an underscore change their tensor; x = x - y makes a "
            "new one.")  # fmt: skip
    if result.value is None or result.value is Ellipsis:
        return Feedback("not attempted", None, None,
            "not attempted yet, or it returns nothing. If the body is written, its last line needs "
            "a return.")  # fmt: skip
    return None


def parts(task: Task, value: Any) -> Values | Feedback:
    """The returned quantities as tensors, one for each that the task asks for."""
    wanted = len(task.quantities)
    if wanted == 1:
        several = isinstance(value, tuple) and any(np.ndim(as_tensor(v)) > 1 for v in value)
        found = list(value) if several or isinstance(value, tuple) and len(value) == 1 else [value]
    elif isinstance(value, dict) and set(value) & set(task.quantities):
        found = [value.get(name) for name in task.quantities]
    else:
        found = list(value) if isinstance(value, list | tuple) else [value]
    if len(found) != wanted:
        return _wrong_number(task, found)
    if all(part is None or part is Ellipsis for part in found):
        return Feedback("not attempted", None, None, "not attempted yet: it returns only None.")
    tensors = []
    for name, part in zip(task.quantities, found, strict=True):
        tensor = as_tensor(part)
        if tensor is None:
            shape = f" ({SHAPES[name]})" if name in SHAPES else ""
            return answer(task, "wrong", "no-number", name,
                f"{name} is {described(part)}, but a plain tensor is expected{shape}.")  # fmt: skip
        tensors.append(tensor.reshape(()) if task.scalar and tensor.numel() == 1 else tensor)
    return tuple(tensors)


def _wrong_number(task: Task, found: list) -> Feedback:
    count = f"{len(found)} thing{'s' * (len(found) != 1)}"
    wanted = len(task.quantities)
    order = ", in this order" if wanted > 1 else ""
    numbers = [as_tensor(part) for part in found]
    alone = ""
    if task.name == "check_train" and all(n is not None and n.numel() == 1 for n in numbers):
        alone = " Are these the losses alone?"
    return answer(task, "wrong", "wrong-number-of-results", None,
        f"It returns {count}, but {wanted} {'are' if wanted > 1 else 'is'} expected: "
        f"({', '.join(task.quantities)}){order}.{alone}",
        "Which names stand behind return?")  # fmt: skip


def _call(task: Task, function: Callable, arguments: Sequence[Any]) -> Call:
    first = arguments[0] if len(arguments) else None
    samples = len(first) if isinstance(first, torch.Tensor) and first.ndim else None
    return Call(task.arguments, getattr(function, "__name__", ""), samples)


def _speaks_of_numpy(error: BaseException) -> bool:
    """Whether the function is written for NumPy: the tensor lacks what an array has."""
    text = text_of(error)
    name = text.rpartition("attribute '")[2].rstrip("'")
    return (
        isinstance(error, AttributeError)
        and text.startswith("'Tensor' object")
        and hasattr(np.ndarray, name)
    )


def _repeats(task: Task, function: Callable, everything: list[Values], numpy: bool):
    """The same arguments once more must give the same answer."""
    again = run(function, task.give(CASES[0]), numpy=numpy)
    repeated = None if again.error else parts(task, again.value)
    pairs = (
        zip(task.quantities, everything[0], repeated, strict=True)
        if isinstance(repeated, tuple)
        else [(task.quantities[0], torch.zeros(0), torch.zeros(1))]
    )
    for name, first, second in pairs:
        if first.shape != second.shape or not torch.equal(
            first.nan_to_num(0.5), second.nan_to_num(0.5)
        ):
            return answer(task, "wrong", "not-repeatable", name,
                "Called twice with the same arguments, it gives two answers. Something in it is "
                "random, or is remembered from call to call, such as a list that was made outside "
                "the function.",
                "Which names in it are neither arguments nor made inside?")  # fmt: skip
    return None


def _listens(task: Task, function: Callable, everything: list[Values], numpy: bool):
    """Other numbers of the same sizes must give another answer."""
    twin = run(function, task.give(TWIN), numpy=numpy)
    values = None if twin.error or twin.out_of_time else parts(task, twin.value)
    same = isinstance(values, tuple) and all(map(torch.equal, everything[0], values))
    if not same or not any(v.numel() for v in values):
        return None
    if all(len({n for v in kept for n in v.flatten().tolist()}) == 1
           for kept in zip(*everything, strict=True)):  # fmt: skip
        return None  # constants, which are named elsewhere
    return answer(task, "wrong", "ignores-its-arguments", task.quantities[0],
        "For other numbers of the same sizes it gives the same answer. Does it use "
        f"{task.arguments.split(', ')[0]} from the notebook instead of its argument, or remember "
        "an earlier answer?",
        "Which names in it are neither arguments nor made inside?")  # fmt: skip
