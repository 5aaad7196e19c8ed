"""Two mistakes in one quantity: a guess about what goes in, and a record about what comes out."""

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

import torch

from ..steps import Make, Values
from .evidence import Evidence, Hypothesis, Match, Tensors, attempt, best, explains, records
from .patterns import ROW_WISE, known, reads


class Change(NamedTuple):
    """A first mistake: what it makes of a case."""

    of: Callable[[Values], Mapping[str, torch.Tensor]]
    id: str | None = None  # None: the record that has the same effect names it


def two(evidence: Evidence) -> tuple[Match, tuple[str, ...]] | None:
    """A pair that explains the evidence, with the ids of both; the cheapest in other terms."""
    found: tuple[Match, tuple[str, ...]] | None = None
    for change in _changes(evidence):
        match = best(evidence, _after(evidence, change), allowed=1)
        if match is None or (found is not None and match.besides >= found[0].besides):
            continue
        first = change.id or _named(evidence, change)
        if first is not None and first != match.ids[0]:
            found = match, (first, *match.ids)
            if match.besides == 0:
                break
    return found


def _changes(evidence: Evidence) -> Iterator[Change]:
    right, name = evidence.quantity.right, evidence.quantity.step
    places = reads(right, evidence.cases[0])
    for hypothesis in records(evidence):  # then a second record, of what the first one made
        yield Change(lambda v, make=hypothesis.make: {name: make(v)}, hypothesis.id)
    if "y" in places:
        yield Change(lambda v: {"y": 1 - v.y}, "labels-swapped")
    for place in places:
        for other in known(evidence):
            if other != place:
                yield Change(lambda v, p=place, o=other: {p: getattr(v, o)})
    for rows in (slice(None, -1), slice(1, None), slice(-1, None), slice(None, 1)):
        id_ = {(None, -1): "sample-missing", (1, None): "sample-missing",
               (-1, None): "last-sample-only", (None, 1): "first-sample-only"}  # fmt: skip
        yield Change(
            lambda v, rows=rows: {n: getattr(v, n)[rows] for n in ROW_WISE},
            id_[rows.start, rows.stop],
        )


def _after(evidence: Evidence, change: Change) -> Iterator[Hypothesis]:
    """Every record, made of the changed case."""
    name = evidence.quantity.step
    changed: dict[int, Values | None] = {}

    def case(v: Values) -> Values | None:
        if id(v) not in changed:
            changed[id(v)] = _changed(evidence, change, name, v)
        return changed[id(v)]

    if case(evidence.cases[0]) is None:
        return
    for second in records(evidence):

        def made(v: Values, make: Make = second.make) -> torch.Tensor:
            new = case(v)
            if new is None:
                raise RuntimeError
            return make(new)

        yield Hypothesis(second.id, made)


def _changed(evidence: Evidence, change: Change, name: str, v: Values) -> Values | None:
    values = attempt(lambda v: change.of(v), v)  # type: ignore[arg-type, return-value]
    if values is None:
        return None
    new = v.but(**values)
    if name in values:
        return new
    right = attempt(evidence.quantity.right, new)
    return None if right is None else new.but(**{name: right})


def _named(evidence: Evidence, change: Change) -> str | None:
    """The record that is this change alone."""
    made: Tensors = [
        value
        for v in evidence.cases
        if (value := attempt(lambda v: evidence.quantity.right(v.but(**change.of(v))), v))
        is not None
    ]
    if len(made) < len(evidence.cases):
        return None
    alone = Evidence(evidence.task, evidence.quantity, made, evidence.right, evidence.cases,
                     evidence.tolerance)  # fmt: skip
    for record in records(evidence):
        match = explains(alone, record)
        if match is not None and match.besides == 0:
            return record.id
    return None
