"""Check a function for which the nine have no question, against one that is right."""

from collections.abc import Callable, Sequence
from typing import Any

import torch

from .call import run
from .check import Stub, collect, raised, refuse
from .diagnose.evidence import Evidence
from .diagnose.naming import diagnose
from .diagnose.scales import SINGLE_TOLERANCE, near
from .finding import Feedback, Found, correct, in_words, not_attempted
from .quantity import Quantity, Task
from .steps import Values
from .tasks.exercises import TABLES


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
    table = TABLES.get((tuple(names), len(arguments)), {})
    task = Task(
        "check_against",
        {f"argument {i}": f"argument {i}" for i in range(1, len(arguments) + 1)},
        tuple(Quantity(name, "", name, "", table.get(name, ())) for name in names),
        "this notebook",
        sums=True,
        autograd_allowed=True,
    )
    quantities = {name: "not reached" for name in names}
    try:
        if not callable(f):
            raise raised("not-callable", check=task.check, kind=type(f).__name__)
        once = run(f, arguments, quiet=False)
        refuse(task, f, once, arguments)
        mine, right = collect(task, once.value), collect(task, reference(*arguments))
    except Stub as stub:
        return not_attempted(task, str(stub))
    except Found as found:
        return in_words(task, [found.finding], quantities, hunt=hunt)
    findings = []
    v = Values(given=tuple(arguments), N=_rows(arguments), H=1, D=1, rate=1.0,
               y=torch.zeros(1), **right)  # fmt: skip
    for quantity in task.quantities:
        name = quantity.name
        good = near(mine[name], right[name], SINGLE_TOLERANCE)
        quantities[name] = "right" if good else "wrong"
        if not good:
            evidence = Evidence(task, quantity, [mine[name]], [right[name]], [v], SINGLE_TOLERANCE)
            findings.append(diagnose(evidence))
    if findings:
        return in_words(task, findings, quantities, hunt=hunt)
    return correct(task, praise=f"{', '.join(names)} as it should be.")


def _rows(arguments: Sequence[Any]) -> int:
    """The number of samples, as far as one can see."""
    tables = [a for a in arguments if isinstance(a, torch.Tensor) and a.ndim == 2]
    return len(tables[0]) if tables else 1
