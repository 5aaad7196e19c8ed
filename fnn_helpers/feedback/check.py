"""The one way through a check: call, compare, diagnose, answer."""

import functools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import permutations
from typing import Any

import numpy as np
import torch

from .call import (
    Call,
    Run,
    as_tensor,
    described,
    is_single_precision,
    line_of,
    line_that_makes,
    run,
    text_of,
    translate,
)
from .diagnose.evidence import Evidence, is_right, reads
from .diagnose.evidence import attempt as compute
from .diagnose.naming import diagnose
from .diagnose.scales import SINGLE_TOLERANCE, TOLERANCE, near
from .diagnose.training import diagnose_training
from .finding import Feedback, Finding, Found, correct, in_words, not_attempted
from .quantity import Probe, Quantity, Task
from .steps import Values, follow

Results = dict[str, torch.Tensor]


class Stub(Exception):
    """The function is still to be written."""


@dataclass
class Attempt:
    """What a function gave for each case, how exact that can be, and how it wants its arguments."""

    task: Task
    function: Callable[..., Any]
    results: list[Results] = field(default_factory=list)
    tolerance: float = TOLERANCE
    numpy: bool = False
    notes: list[str] = field(default_factory=list)

    def again(self, v: Values) -> Results | None:
        """Its results for other arguments; None where it gives none."""
        once = run(self.function, self.task.give(v), numpy=self.numpy)
        if once.error is not None or once.out_of_time or once.value is None:
            return None
        try:
            return collect(self.task, once.value, v)
        except (Found, Stub):
            return None


def check(task: Task, function: Callable[..., Any], *, hunt: bool = False) -> Feedback:
    """Try a function on every case and say what is wrong with it, or that it is right."""
    quantities = {q.name: "not reached" for q in task.quantities}
    try:
        attempt = _call(task, function)
        findings, quantities = _compare(attempt)
        notes = [] if findings else [*attempt.notes, *_probe(attempt)]
    except Stub as stub:
        return not_attempted(task, str(stub))
    except Found as found:
        findings, notes = [found.finding], []
    if not findings:
        return correct(task, notes)
    line = line_that_makes(function, findings[0].where or "", _place(task, findings[0].where))
    return in_words(task, findings, quantities, hunt=hunt, line=line)


def _place(task: Task, where: str | None) -> int | None:
    return task.names.index(where) if where in task.names and len(task.names) > 1 else None


# --- call --------------------------------------------------------------------------------------


def _call(task: Task, function: Callable[..., Any]) -> Attempt:
    if not callable(function):
        kind = type(function).__name__
        raise raised("not-callable", check=task.check, kind=kind)
    attempt = Attempt(task, function)
    for number, v in enumerate(task.cases):
        arguments = task.give(v)
        once = run(function, arguments, numpy=attempt.numpy, quiet=number > 0)
        if isinstance(once.error, Exception) and not is_stub(once.error):
            once = _as_arrays(attempt, once, arguments)
        refuse(task, function, once, arguments, number)
        attempt.results.append(collect(task, once.value, v))
        if any(map(is_single_precision, _listed(once.value))):
            attempt.tolerance = SINGLE_TOLERANCE
    _repeats(attempt)
    _listens(attempt)
    return attempt


def _as_arrays(attempt: Attempt, once: Run, arguments: Sequence[Any]) -> Run:
    """Some functions are written for NumPy."""
    other = run(attempt.function, arguments, numpy=True)
    if other.error is None and other.value is not None:
        call = _call_of(attempt.task, attempt.function, arguments)
        _, why = translate(once.error, call)
        attempt.notes = [f"It works on NumPy arrays; with tensors it stops: {why}"]
        attempt.numpy = True
        return other
    return other if _speaks_of_numpy(once.error) else once


def refuse(
    task: Task, function: Callable[..., Any], once: Run, arguments: Sequence[Any], number: int = 0
) -> None:
    """Raise what one call already says; nothing where it gave a value to look at."""
    first = task.quantities[0].name
    if once.out_of_time:
        raise raised("endless", limit=once.limit)
    if is_stub(once.error):
        message = text_of(once.error) or "Write the body of the function"
        raise Stub(f"not attempted yet. {message}{'' if message.endswith(('?', '!')) else '.'}")
    if isinstance(once.error, KeyboardInterrupt):
        raise once.error
    if once.used_autograd and not task.autograd_allowed:
        raise Found(Finding(("uses-autograd",), first))
    if once.error is not None:
        mistake, text = translate(once.error, _call_of(task, function, arguments))
        line = line_of(once.error)
        text += f" It stops in this line: {line}" if line else ""
        if number:
            text = (
                "It works for one set of sizes and stops for another. Take sizes from .shape, not "
                f"from memory. {text}"
            )
            raise Found(Finding(("one-shape-only",), first, {"text": text}))
        raise Found(Finding((mistake,), None, {"text": text}, "raised"))
    if once.changed is not None:
        name = list(task.arguments)[once.changed]
        raise Found(Finding(("changes-its-input",), name, {"argument": name}))
    if once.value is None or once.value is Ellipsis:
        raise Stub(
            "not attempted yet, or it returns nothing. If the body is written, its last line needs "
            "a return."
        )


def raised(id_: str, **about: Any) -> Found:
    """What stops a function, or keeps it from being called at all."""
    return Found(Finding((id_,), None, about, "raised"))


def _call_of(task: Task, function: Callable[..., Any], arguments: Sequence[Any]) -> Call:
    first = arguments[0] if len(arguments) else None
    samples = len(first) if isinstance(first, torch.Tensor) and first.ndim else None
    return Call(
        ", ".join(task.arguments), getattr(function, "__name__", ""), samples,
        task.autograd_allowed,
    )  # fmt: skip


def _listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [value]


def collect(task: Task, value: Any, v: Values | None = None) -> Results:
    """The returned quantities as tensors, by name; raises Found where they cannot be compared."""
    names = list(task.names if v is None else task.names_of(v))
    if len(names) == 1:
        several = isinstance(value, tuple) and any(np.ndim(as_tensor(v)) > 1 for v in value)
        found = list(value) if several or isinstance(value, tuple) and len(value) == 1 else [value]
    elif isinstance(value, Mapping) and set(value) & set(names):
        found = [value.get(name) for name in names]
    else:
        found = _listed(value)
    if len(found) != len(names):
        raise Found(_wrong_number(task, names, found))
    if all(part is None or part is Ellipsis for part in found):
        raise Stub("not attempted yet: it returns only None.")
    results = {}
    for name, part in zip(names, found, strict=True):
        tensor = as_tensor(part)
        if tensor is None:
            quantity = task.quantity(name)
            shape = f" ({quantity.shape})" if quantity and quantity.shape else ""
            about = {"came": described(part), "shape": shape}
            raise Found(Finding(("no-number",), name, about))
        one = task.scalar and tensor.numel() == 1
        results[name] = tensor.reshape(()) if one else tensor
    return results


def _wrong_number(task: Task, names: list[str], found: list[Any]) -> Finding:
    count = f"{len(found)} thing{'s' * (len(found) != 1)}"
    wanted = len(names)
    expected = f"{wanted} {'are' if wanted > 1 else 'is'} expected: ({', '.join(names)})"
    expected += ", in this order" if wanted > 1 else ""
    numbers = [as_tensor(part) for part in found]
    alone = task.quantity("losses") and all(n is not None and n.numel() == 1 for n in numbers)
    about = {"came": count, "expected": expected,
             "alone": " Are these the losses alone?" if alone else ""}  # fmt: skip
    return Finding(("wrong-number-of-results",), None, about)


def _repeats(attempt: Attempt) -> None:
    """The same arguments once more must give the same answer."""
    task, first = attempt.task, attempt.results[0]
    second = attempt.again(task.cases[0])
    for name in first:
        if second is None or first[name].shape != second[name].shape or not torch.equal(
            first[name].nan_to_num(0.5), second[name].nan_to_num(0.5)
        ):  # fmt: skip
            where = name if second is not None else task.quantities[0].name
            raise Found(Finding(("not-repeatable",), where))


def _listens(attempt: Attempt) -> None:
    """Other numbers of the same sizes must give another answer."""
    first, twin = attempt.results[0], attempt.again(attempt.task.twin)
    if twin is None or not all(torch.equal(first[k], twin[k]) for k in first):
        return
    if not any(value.numel() for value in twin.values()) or all(
        len({n for result in attempt.results for n in result[k].flatten().tolist()}) == 1
        for k in first
    ):
        return  # constants, which are named elsewhere
    argument = next(iter(attempt.task.arguments))
    where = attempt.task.quantities[0].name
    raise Found(Finding(("ignores-its-arguments",), where, {"argument": argument}))


def is_stub(error: BaseException | None) -> bool:
    """Whether this is the lesson's `raise NotImplementedError`, and not PyTorch's own."""
    words = ("not implemented for '", "Could not run")
    return isinstance(error, NotImplementedError) and not any(w in text_of(error) for w in words)


def _speaks_of_numpy(error: BaseException) -> bool:
    """Whether the function is written for NumPy: the tensor lacks what an array has."""
    text = text_of(error)
    name = text.rpartition("attribute '")[2].rstrip("'")
    return (
        isinstance(error, AttributeError)
        and text.startswith("'Tensor' object")
        and hasattr(np.ndarray, name)
    )


# --- compare and diagnose ----------------------------------------------------------------------


def _compare(attempt: Attempt) -> tuple[list[Finding], dict[str, str]]:
    """Every quantity, in the order of the chain: right, wrong, or wrong for an earlier reason."""
    task = attempt.task
    rights = [
        dict(zip([q.name for q in task.of(v)], task.right(v), strict=True)) for v in task.cases
    ]
    _in_order(attempt, rights)
    if task.run is not None:
        return _compare_loops(attempt, rights)
    judged = task.judge and task.judge(task, attempt.results, attempt.tolerance)
    if judged:
        return judged
    findings: list[Finding] = []
    quantities: dict[str, str] = {}
    spoiled: list[dict[str, torch.Tensor]] = [{} for _ in task.cases]  # by step: the learner's own
    bent_at: set[str] = set()  # steps whose shape is wrong, which goes on into what reads them
    for quantity in task.quantities:
        at = [i for i, result in enumerate(attempt.results) if quantity.name in result]
        given = [task.cases[i] for i in at]
        mine = [attempt.results[i][quantity.name] for i in at]
        right = [rights[i][quantity.name] for i in at]
        if is_right(mine, right, attempt.tolerance):
            quantities[quantity.name] = "right"
            continue
        cases = [_with(task, task.cases[i], spoiled[i]) for i in at]
        expected = [compute(quantity.right, v) for v in cases]
        if any(e is None for e in expected):
            cases, expected = given, right
        bent = bent_at & set(reads(quantity.right, given[0]))
        if any(spoiled) and _follows(mine, expected, attempt.tolerance, lenient=bool(bent)):
            quantities[quantity.name] = "follows"
        else:
            quantities[quantity.name] = "wrong"
            sides = [(cases, expected)] + [(given, right)] * any(spoiled)
            pairs = all(finding.ids for finding in findings)
            findings.append(_diagnosed(attempt, quantity, mine, sides, pairs))
        if mine[0].shape != right[0].shape:
            bent_at.add(quantity.step)
        for i, m, r in zip(at, mine, right, strict=True):
            spoiled[i][quantity.step] = _in_shape(m, r)
    return findings, quantities


def _compare_loops(attempt: Attempt, rights: list[Results]) -> tuple[list[Finding], dict[str, str]]:
    """The ends of a loop say little by themselves: they are explained together."""
    mine = [(r["w1"], r["w2"], r["losses"].flatten()) for r in attempt.results]
    right = [(r["w1"], r["w2"], r["losses"]) for r in rights]
    return diagnose_training(mine, right, attempt.tolerance, attempt.again)


def _with(task: Task, v: Values, values: Mapping[str, torch.Tensor]) -> Values:
    """A case with the learner's own values, and all that follows from them."""
    if not values:
        return v
    try:
        own = {name: lambda _, t=tensor: t for name, tensor in values.items()}
        return follow(v, own, task.steps)
    except (RuntimeError, AttributeError, IndexError):
        return v.but(**values)


def _in_shape(mine: torch.Tensor, right: torch.Tensor) -> torch.Tensor:
    """Laid down as it should have been: a wrong shape is one mistake, not one a line."""
    if mine.ndim == 2 and mine.shape != right.shape == mine.T.shape:
        return mine.T
    return mine.reshape(right.shape) if mine.numel() == right.numel() else mine


def _follows(
    mine: list[torch.Tensor], expected: list[torch.Tensor], tolerance: float, *, lenient: bool
) -> bool:
    return all(
        near(_in_shape(m, e) if lenient else m, e, tolerance)
        for m, e in zip(mine, expected, strict=True)
    )


def _diagnosed(
    attempt: Attempt,
    quantity: Quantity,
    mine: list[torch.Tensor],
    sides: list[tuple[Sequence[Values], list[torch.Tensor]]],
    pairs: bool,
) -> Finding:
    """Named beside the learner's own earlier values, or else beside the right ones."""
    found = []
    for cases, right in sides:
        evidence = Evidence(
            attempt.task, quantity, mine, right, cases, attempt.tolerance, attempt.again, pairs
        )
        found.append(diagnose(evidence))
        if found[-1].ids:
            return found[-1]
    return found[0]


def _in_order(attempt: Attempt, rights: list[Results]) -> None:
    """Raise if all quantities are there, but not in their places."""
    task = attempt.task

    @functools.cache
    def fits(case: int, place: str, name: str) -> bool:
        return near(attempt.results[case][place], rights[case][name], attempt.tolerance)

    def all_fit(order: Callable[[tuple[str, ...]], tuple[str, ...]]) -> bool:
        named = [task.names_of(v) for v in task.cases]
        return all(
            fits(i, p, n) for i, names in enumerate(named)
            for p, n in zip(order(names), names, strict=True)
        )  # fmt: skip

    orders = [lambda names: names[::-1]]
    if task.count is None:
        of_all = permutations(range(len(task.names)))
        orders = [lambda names, o=order: tuple(names[i] for i in o) for order in of_all]
    if all_fit(lambda names: names):
        return
    for order in orders:
        if all_fit(order):
            moved = {n for p, n in zip(order(task.names), task.names, strict=True) if p != n}
            wrong = next(q.name for q in task.quantities if q.name in moved)
            about = {"order": f"({', '.join(task.names_of(task.cases[0]))})"}
            raise Found(Finding(("wrong-order",), wrong, about))


# --- what is accepted is right where it will be used -------------------------------------------


def _probe(attempt: Attempt) -> list[str]:
    """Notes on a right function; raises Found where it gives a finite wrong number."""
    notes = []
    for probe in attempt.task.probes:
        note = _one_probe(attempt, probe)
        if note and note not in notes:
            notes.append(note)
    return notes


def _one_probe(attempt: Attempt, probe: Probe) -> str:
    task, v = attempt.task, probe.make()
    arguments = task.give(v)
    once = run(attempt.function, arguments, numpy=attempt.numpy)
    if once.error is not None and not attempt.numpy and not is_stub(once.error):
        other = run(attempt.function, arguments, numpy=True)
        once = once if other.error is not None else other
    if (once.used_autograd and not task.autograd_allowed) or once.changed is not None:
        once.error = None
        refuse(task, attempt.function, once, arguments)
    if once.error is not None or once.out_of_time:
        return probe.note
    try:
        results = collect(task, once.value, v)
    except (Found, Stub):
        return probe.note
    if probe.agrees is not None:
        return _judged(probe, task, results, v)
    note = ""
    for quantity, right in zip(task.of(v), task.right(v), strict=True):
        mine, right = results[quantity.name], right.double()
        if mine.shape != right.shape:
            return probe.note
        finite = mine.isfinite() & right.isfinite()
        if probe.strict and not mine.isfinite().all():
            gap = torch.where(mine.isfinite(), 0.0, 1.0)
            raise Found(Finding((probe.id,), quantity.name, _at_worst(probe, mine, right, gap)))
        note = note if finite.all() else probe.note
        gap = (mine - right).abs().where(finite, 0.0)
        size = max(right[finite].abs().max().item() if finite.any() else 0.0, probe.at_least)
        if gap.max().item() > max(probe.tolerance, attempt.tolerance) * max(size, 1e-12):
            if not probe.id:
                return probe.note
            raise Found(Finding((probe.id,), quantity.name, _at_worst(probe, mine, right, gap)))
    return note


def _judged(probe: Probe, task: Task, results: Results, v: Values) -> str:
    """By the probe itself, where the right formula gives no number."""
    assert probe.agrees is not None
    first = task.quantities[0].name
    if not results[first].isfinite().all():
        return probe.note
    if probe.agrees(results, v):
        return ""
    if not probe.id:
        return probe.note
    number = results[first].flatten()[0].item()
    raise Found(Finding((probe.id,), first, {"text": probe.refusal.format(came=number)}))


def _at_worst(
    probe: Probe, mine: torch.Tensor, right: torch.Tensor, gap: torch.Tensor
) -> dict[str, Any]:
    worst = int(gap.flatten().argmax())
    numbers = {"came": mine.flatten()[worst].item(), "right": right.flatten()[worst].item()}
    if f"{numbers['came']:.4g}" == f"{numbers['right']:.4g}":
        return {"text": probe.refusal.replace(":.4g}", ":.10g}").format(**numbers)}
    return {"text": probe.refusal.format(**numbers)}
