"""Where the learners' functions are kept: what each did wrong, and what a check should say."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

Function = TypeVar("Function", bound=Callable[..., object])


@dataclass(frozen=True)
class Learner:
    """One learner's function for one check.

    A wrong one names its mistakes in the order of the chain; none, where its
    numbers prove a place at most. A right one may name a word that the note
    beside "accepted" must contain.
    """

    check: str
    function: Callable[..., object]
    mistakes: tuple[str, ...] = ()
    where: str | None = None
    cause: str = ""
    note: str | None = None
    # Other mistakes that give the very same numbers, and are as good an answer.
    or_else: tuple[tuple[str, ...], ...] = ()

    @property
    def name(self) -> str:
        return f"{self.check}-{self.function.__name__}"


WRONG: list[Learner] = []
RIGHT: list[Learner] = []


def wrong(
    check: str,
    *mistakes: str,
    where: str | None = None,
    cause: str,
    or_else: tuple[tuple[str, ...], ...] = (),
) -> Callable[[Function], Function]:
    """Keep a function that is wrong."""

    def keep(function: Function) -> Function:
        WRONG.append(Learner(check, function, mistakes, where, cause, or_else=or_else))
        return function

    return keep


def right(check: str, note: str | None = None) -> Callable[[Function], Function]:
    """Keep a function that is right, however it is written."""

    def keep(function: Function) -> Function:
        RIGHT.append(Learner(check, function, note=note))
        return function

    return keep
