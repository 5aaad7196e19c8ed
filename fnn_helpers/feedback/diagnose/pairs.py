"""Two mistakes in one quantity: one about what goes in, and a record about what comes out."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

import torch

from ..quantity import Mistake
from ..steps import Make, Values
from .evidence import Evidence, Hypothesis, Match, attempt, best, explains, records
from .patterns import ROW_WISE, known


class Change(NamedTuple):
    """A first mistake: which quantities it makes others of, and which. No id: a record names it."""

    of: Callable[[Values], Mapping[str, torch.Tensor]]
    names: tuple[str, ...]
    id: str | None = None
    after: Callable[[torch.Tensor, Values], torch.Tensor] = lambda made, v: made


def two(evidence: Evidence) -> tuple[Match, tuple[str, ...]] | None:
    """A pair that explains the evidence, with the ids of both; the cheapest in other terms."""
    found: tuple[Match, tuple[str, ...]] | None = None
    for change in _changes(evidence):
        match = best(evidence, _after(evidence, change), allowed=2)
        if match is None or (found is not None and match.besides >= found[0].besides):
            continue
        first = change.id or _named(evidence, change)
        if first is not None and first != match.ids[0]:
            found = match, (first, *match.ids)
            if match.besides == 0:
                break
    return found


def _changes(evidence: Evidence) -> Iterator[Change]:
    own = evidence.quantity.step
    places = evidence.reads
    for record in records(evidence):  # then a second record, of what the first one made
        yield Change(lambda v, make=record.make: {own: make(v)}, (own,), record.id)
    for place in places:
        for form in (
            lambda v, p=place: -getattr(v, p),
            lambda v, p=place: 1 - getattr(v, p),
            lambda v, p=place: 2 * getattr(v, p),
            lambda v, p=place: getattr(v, p) / v.rate,
            lambda v, p=place: torch.sigmoid(getattr(v, p)),
            lambda v, p=place: torch.logit(getattr(v, p)),
            *(lambda v, o=other: getattr(v, o) for other in known(evidence) if other != place),
        ):
            yield Change(lambda v, p=place, f=form: {p: f(v)}, (place,))
        yield Change(lambda v, p=place: {p: getattr(v, p).T}, (place,),
                     after=lambda made, v: made.T)  # fmt: skip
        yield Change(lambda v, p=place: {p: getattr(v, p).reshape(1, -1)}, (place,),
                     after=lambda made, v, p=place: made.reshape(getattr(v, p).shape))  # fmt: skip
    if evidence.where not in ROW_WISE:
        for rows, id_ in (
            (slice(None, -1), "sample-missing"), (slice(1, None), "sample-missing"),
            (slice(-1, None), "last-sample-only"), (slice(None, 1), "first-sample-only"),
        ):  # fmt: skip
            yield Change(
                lambda v, rows=rows: {n: getattr(v, n)[rows] for n in ROW_WISE}, ROW_WISE, id_
            )


def _after(evidence: Evidence, change: Change) -> Iterator[Hypothesis]:
    """Every record that reads what was changed, made of the changed case."""
    touched = {*change.names, evidence.quantity.step}
    seconds = [m for m in evidence.quantity.mistakes if m.reads(evidence.cases[0]) & touched]
    changed: dict[int, Values | None] = {}

    def made(v: Values, make: Make) -> torch.Tensor:
        if id(v) not in changed:
            changed[id(v)] = _changed(evidence, change, v)
        new = changed[id(v)]
        if new is None:
            raise RuntimeError
        return change.after(make(new), v)

    for mistake in seconds:
        for make in mistake.makes(evidence.cases[0]):
            yield Hypothesis(mistake.id, lambda v, make=make: made(v, make))


def _changed(evidence: Evidence, change: Change, v: Values) -> Values | None:
    try:
        new = v.but(**change.of(v))
    except (RuntimeError, IndexError):
        return None
    if evidence.quantity.step in change.names:
        return new
    right = attempt(evidence.quantity.right, new)
    return None if right is None else new.but(**{evidence.quantity.step: right})


def _named(evidence: Evidence, change: Change) -> str | None:
    """The record that is this change alone."""
    made = []
    for v in evidence.cases:
        new = _changed(evidence, change, v)
        if new is None:
            return None
        made.append(change.after(getattr(new, evidence.quantity.step), v))
    alone = replace(evidence, mine=made)
    for mistake in evidence.quantity.mistakes:
        if _is(alone, mistake):
            return mistake.id
    return None


def _is(evidence: Evidence, mistake: Mistake) -> bool:
    for make in mistake.makes(evidence.cases[0]):
        match = explains(evidence, Hypothesis(mistake.id, make))
        if match is not None and match.besides == 0:
            return True
    return False
