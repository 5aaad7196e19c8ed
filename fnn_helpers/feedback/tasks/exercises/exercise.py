"""What an exercise outside the nine checks asks, in one record."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import torch

from ...quantity import Mistake
from ...steps import Steps

Table = Mapping[str, tuple[Mistake, ...]]


@dataclass(frozen=True)
class Exercise:
    """A function to write, with a right one to compare it with, on arguments drawn anew.

    `draw` makes the arguments from a generator and a number from 0 to 2: draw other sizes each
    time, none of them 1 or equal. `right` is called with them and gives what the function should
    give, in the order of `names`. Where many answers are right (weights that solve a task), `see`
    makes of an answer and the arguments what is compared, and `right` gives what should be seen.

    Where results are made of each other, give `steps` instead of `right`: name by name how each is
    made of the arguments and of what comes before it. A result that is right for a wrong earlier
    one is then not held against anybody. A step that is not in `names` is for the mistakes to read.

    The formulas in `mistakes` read the arguments as `v.given[0]`, …, and each right result by its
    name; where there are steps, they and the mistakes read the arguments by name too.
    """

    names: tuple[str, ...]
    arguments: tuple[str, ...]
    draw: Callable[[torch.Generator, int], Sequence[Any]]
    right: Callable[..., Any] | None = None
    mistakes: Table = field(default_factory=dict)
    see: Callable[..., Any] | None = None
    autograd_allowed: bool = False
    section: str = "this notebook"
    praise: str = ""
    steps: Steps = field(default_factory=dict)
