"""Every mistake that the checks know by name."""

import re
from collections.abc import Iterator

from . import tasks
from .call import errors
from .diagnose.scales import SCALES
from .quantity import Mistake, Task
from .recall.numbers import ASKED_IN, ON_PAPER
from .tasks.train import LoopMistake
from .words import PATTERN_WORDS

Row = tuple[str, str, str, str]
ANY = "any"  # a check, or a place, of which there are many


def catalogue() -> list[dict[str, str]]:
    """Every id with its check, its place and what is said of it, in a fixed order.

    The check "any" stands for all of them, "practice" for questions whose answer is a number; the
    place "any" is wherever the numbers show it, "exception" an error that the function raises.
    """
    found: dict[tuple[str, str, str], dict[str, str]] = {}
    for check, where, id_, text in _rows():
        row = {"check": check, "where": where, "id": id_, "text": text}
        found.setdefault((check, where, id_), row)
    return list(found.values())


def _rows() -> Iterator[Row]:
    for name in tasks.__all__:
        task = getattr(tasks, name).TASK
        yield from _of_task(task)
    yield from _of_losses()
    yield from _of_exercises()
    for step, mistakes in ON_PAPER.items():
        for m in mistakes:
            yield "practice", ASKED_IN[step][1].name, m.id, _why(m)
    for scale in SCALES.values():
        yield ANY, ANY, scale.id, f"{scale.words[0].upper()}{scale.words[1:]}."
    for key, (words, _) in PATTERN_WORDS.items():
        id_, _, where = key.partition("@")
        yield ANY, where or ANY, id_, _plain(words)
    for id_, kinds in _exceptions().items():
        yield ANY, "exception", id_, f"It stops with {' or '.join(kinds)}, said in words."


def _of_task(task: Task) -> Iterator[Row]:
    for quantity in task.quantities:
        for mistake in quantity.mistakes:
            yield task.check, quantity.name, mistake.id, _why(mistake)
    for loop in tasks.train.LOOPS if task is tasks.train.TASK else ():
        yield task.check, loop.where, loop.id, _why(loop)
    where = task.quantities[0].name if len(task.quantities) == 1 else ANY
    for probe in task.probes:
        if probe.id:
            yield task.check, where, probe.id, _plain(probe.refusal)


def _of_exercises() -> Iterator[Row]:
    tables = [("check_against", table) for table in tasks.exercises.TABLES.values()]
    tables += [("check_exercise", e.mistakes) for e in tasks.exercises.EXERCISES.values()]
    for check, table in tables:
        for name, mistakes in table.items():
            for m in mistakes:
                yield check, name, m.id, _why(m)


def _of_losses() -> Iterator[Row]:
    """In a training loop the weights may be right and the losses those of a wrong cost."""
    check = tasks.train.TASK.check
    for mistake in tasks.cost.COST:
        yield check, "losses", f"loss-{mistake.id}", _why(mistake)
    for scale in SCALES.values():
        id_ = "loss-summed" if scale.id == "sum-not-mean" else f"loss-{scale.id}"
        yield check, "losses", id_, f"The losses have a wrong scale: {scale.words}."


def _why(record: Mistake | LoopMistake) -> str:
    """What is said of a record, of all its values."""
    return record.why if isinstance(record.why, str) else " Or: ".join(dict.fromkeys(record.why))


def _exceptions() -> dict[str, list[str]]:
    """Id → the kinds of exception that it translates."""
    found: dict[str, list[str]] = {}
    for kinds, _, id_, *_ in errors.ROWS:
        for kind in kinds if isinstance(kinds, tuple) else (kinds,):
            names = found.setdefault(id_, [])
            if kind.__name__ not in names:
                names.append(kind.__name__)
    return {**found, "raised": ["any other exception"]}


_KNOWN = {"it": "it", "is": "is", "has": "has", "holds": "holds"}


def _plain(template: str) -> str:
    """A sentence without the numbers of one case."""
    text = re.sub(r"\{(\w+)[^}]*\}", lambda found: _KNOWN.get(found[1], "…"), template)
    return text[:1].upper() + text[1:]
