"""Check a function for which the nine have no question, against one that is right."""

from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Any

import torch

from .call import run
from .check import Results, Stub, collect, raised, refuse
from .diagnose.evidence import Evidence, is_right
from .diagnose.naming import diagnose
from .diagnose.scales import SINGLE_TOLERANCE
from .finding import Feedback, Found, correct, in_words, not_attempted
from .quantity import Quantity, Task
from .steps import Values
from .tasks.exercises import EXERCISES, TABLES, Exercise

SETS = 3  # of arguments that an exercise draws


def check_exercise(name: str, f: Callable[..., Any], *, hunt: bool = False) -> Feedback:
    """Check the function written for an exercise, on arguments drawn for it.

    Parameters
    ----------
    name : str
        The exercise's, as in `check_exercise("05-tanh", my_backward)`.
    f : callable
        Called with what the exercise says; returns what it asks for.
    hunt : bool
        For a function with a bug to find: place and symptom first, the name last.

    Raises
    ------
    KeyError
        If there is no exercise of this name; the names that exist are listed.
    """
    if name not in EXERCISES:
        raise KeyError(f"no exercise is called {name!r}; there are {', '.join(sorted(EXERCISES))}")
    exercise = EXERCISES[name]
    drawn = [exercise.draw(torch.Generator().manual_seed(s), s) for s in range(SETS)]
    return _compare("check_exercise", f, exercise, drawn, hunt)


def check_against(
    f: Callable[..., Any],
    reference: Callable[..., Any],
    arguments: Sequence[Any],
    names: Sequence[str],
    *,
    hunt: bool = False,
) -> Feedback:
    """Check a function against one that is right, called with the same arguments.

    Parameters
    ----------
    f, reference : callable
        Called with the same arguments; each returns one value, or one for each of `names`.
    arguments : sequence
        What both are called with, on copies.
    names : sequence of str
        What the results are called, in the order in which they are compared.
        Some have a table of mistakes in `tasks.exercises`.
    hunt : bool
        For a function with a bug to find: place and symptom first, the name last.
    """
    exercise = Exercise(
        tuple(names),
        tuple(f"argument {i}" for i in range(1, len(arguments) + 1)),
        lambda generator, number: arguments,
        reference,
        TABLES.get((tuple(names), len(arguments)), {}),
        autograd_allowed=True,
    )
    return _compare("check_against", f, exercise, [arguments], hunt)


def _compare(
    check: str,
    f: Callable[..., Any],
    exercise: Exercise,
    drawn: Sequence[Sequence[Any]],
    hunt: bool,
) -> Feedback:
    """Call it with every set of arguments, compare, and name what is wrong."""
    task = Task(
        check,
        {name: name for name in exercise.arguments},
        tuple(
            Quantity(n, "", n, "", exercise.mistakes.get(n, ()), attrgetter(n))
            for n in exercise.names
        ),
        exercise.section,
        sums=True,
        autograd_allowed=exercise.autograd_allowed,
    )
    quantities = {name: "not reached" for name in exercise.names}
    try:
        if not callable(f):
            raise raised("not-callable", check=task.check, kind=type(f).__name__)
        mine, right = [], []
        for number, arguments in enumerate(drawn):
            mine.append(_seen(task, f, exercise, arguments, number))
            right.append(collect(task, exercise.right(*arguments)))
    except Stub as stub:
        return not_attempted(task, str(stub))
    except Found as found:
        return in_words(task, [found.finding], quantities, hunt=hunt)
    cases = [_case(a, r) for a, r in zip(drawn, right, strict=True)]
    findings = []
    for quantity in task.quantities:
        name = quantity.name
        mine_, right_ = [m[name] for m in mine], [r[name] for r in right]
        good = is_right(mine_, right_, SINGLE_TOLERANCE)
        quantities[name] = "right" if good else "wrong"
        if not good:
            evidence = Evidence(task, quantity, mine_, right_, cases, SINGLE_TOLERANCE)
            findings.append(diagnose(evidence))
    if findings:
        return in_words(task, findings, quantities, hunt=hunt)
    praise = exercise.praise or f"{', '.join(exercise.names)} as it should be."
    return correct(task, praise=praise)


def _seen(
    task: Task, f: Callable[..., Any], exercise: Exercise, arguments: Sequence[Any], number: int
) -> Results:
    """What the function gives, or what can be seen of it where many answers are right."""
    once = run(f, arguments, quiet=number > 0)
    refuse(task, f, once, arguments, number)
    if exercise.see is None:
        return collect(task, once.value)

    def look() -> Any:
        return exercise.see(once.value, *arguments)

    looked = run(look, ())
    refuse(task, f, looked, arguments)
    return collect(task, looked.value)


def _case(arguments: Sequence[Any], right: Results) -> Values:
    case = Values(given=tuple(arguments), N=_rows(arguments), H=1, D=1, rate=1.0, y=torch.zeros(1))
    return case.but(**right)


def _rows(arguments: Sequence[Any]) -> int:
    """The number of samples, as far as one can see."""
    tables = [a for a in arguments if isinstance(a, torch.Tensor) and a.ndim == 2]
    return len(tables[0]) if tables else 1
