"""What a question is: one with options, or one for a number."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Choice:
    """A question with options: letter → (text, why it is right or wrong)."""

    text: str
    options: Mapping[str, tuple[str, str]]
    answer: str


@dataclass(frozen=True)
class Number:
    """A question whose answer is a number, right to within the tolerance.

    `step` and `given` say which entry of which step of a small network is asked for, and from
    what: a wrong number is then named by the records of that step. `slips` are likely wrong
    numbers of this question's own, each with what it is; they come first.
    """

    text: str
    answer: float
    why: str
    tolerance: float = 0.01
    slips: Mapping[float, str] = field(default_factory=dict)
    step: str = ""
    given: Mapping[str, Any] = field(default_factory=dict)
    entry: tuple[int, int] = (0, 0)
