"""Check a function for which the nine have no question, against one that is right."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import torch

from .call import run
from .check import Results, Stub, collect, raised, refuse
from .diagnose.evidence import Evidence, is_right
from .diagnose.naming import diagnose
from .diagnose.scales import SINGLE_TOLERANCE
from .finding import Feedback, Finding, Found, correct, in_words, not_attempted
from .quantity import Quantity, Task
from .steps import Values, follow
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
        tuple(_quantity(exercise, name) for name in exercise.names),
        exercise.section,
        sums=True,
        autograd_allowed=exercise.autograd_allowed,
    )
    quantities = {name: "not reached" for name in exercise.names}
    try:
        if not callable(f):
            raise raised("not-callable", check=task.check, kind=type(f).__name__)
        mine = [_seen(task, f, exercise, a, number) for number, a in enumerate(drawn)]
        cases = [_case(task, exercise, arguments) for arguments in drawn]
    except Stub as stub:
        return not_attempted(task, str(stub))
    except Found as found:
        return in_words(task, [found.finding], quantities, hunt=hunt)
    findings: list[Finding] = []
    own: list[dict[str, torch.Tensor]] = [{} for _ in drawn]  # what was made wrongly, so far
    for quantity in task.quantities:
        name = quantity.name
        came, right = [m[name] for m in mine], [getattr(v, name) for v in cases]
        if is_right(came, right, SINGLE_TOLERANCE):
            quantities[name] = "right"
            continue
        given = [_with(v, exercise, wrong) for v, wrong in zip(cases, own, strict=True)]
        due = [getattr(v, name) for v in given]
        follows = is_right(came, due, SINGLE_TOLERANCE)
        quantities[name] = "follows" if follows else "wrong"
        if not follows:
            found_ = _found(task, quantity, came, due, given)
            findings.append(found_ if found_.ids else _found(task, quantity, came, right, cases))
        for wrong, value in zip(own, came, strict=True):
            wrong[name] = value
    if findings:
        return in_words(task, findings, quantities, hunt=hunt)
    praise = exercise.praise or f"{', '.join(exercise.names)} as it should be."
    return correct(task, praise=praise)


def _quantity(exercise: Exercise, name: str) -> Quantity:
    make = exercise.steps.get(name, lambda v: getattr(v, name))
    return Quantity(name, "", name, "", exercise.mistakes.get(name, ()), make)


def _found(
    task: Task,
    quantity: Quantity,
    came: list[torch.Tensor],
    right: list[torch.Tensor],
    cases: list[Values],
) -> Finding:
    return diagnose(Evidence(task, quantity, came, right, cases, SINGLE_TOLERANCE))


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


def _case(task: Task, exercise: Exercise, arguments: Sequence[Any]) -> Values:
    """The arguments, by place and by name, and all that is rightly made of them."""
    usual = {"N": _rows(arguments), "H": 1, "D": 1, "rate": 1.0, "y": torch.zeros(1)}
    named = dict(zip(exercise.arguments, arguments, strict=True)) if exercise.steps else {}
    v = follow(Values(**{**usual, **named}, given=tuple(arguments)), steps=exercise.steps)
    return v if exercise.right is None else v.but(**collect(task, exercise.right(*arguments)))


def _with(v: Values, exercise: Exercise, wrong: Mapping[str, torch.Tensor]) -> Values:
    """A case in which what was made wrongly goes on into what follows, where its shape fits."""
    try:
        return follow(v, {name: lambda _, t=t: t for name, t in wrong.items()}, exercise.steps)
    except RuntimeError:
        return v


def _rows(arguments: Sequence[Any]) -> int:
    """The number of samples, as far as one can see."""
    tables = [a for a in arguments if isinstance(a, torch.Tensor) and a.ndim == 2]
    return len(tables[0]) if tables else 1
