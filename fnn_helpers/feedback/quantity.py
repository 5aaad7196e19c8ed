"""What a check asks: the quantities, what each should be, and how each goes wrong."""

import contextlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

import torch

from .steps import CASES, STEPS, TWIN, Make, Steps, Values

if TYPE_CHECKING:
    from .diagnose.evidence import Evidence, Hypotheses
    from .finding import Finding

Wrong = torch.Tensor | list[torch.Tensor]
Made = TypeVar("Made")


def made_once(make: Callable[[Values], Made]) -> Callable[[Values], Made]:
    """The same function, which remembers what it made of the last case."""
    last: tuple[Values, Made] | None = None

    def again(v: Values) -> Made:
        nonlocal last
        now = last if last is not None and last[0] is v else (v, make(v))
        last = now
        return now[1]

    return again


@dataclass(frozen=True)
class Mistake:
    """A record: a way to be wrong. Its id, the value or values it gives, why, and a hint.

    Where `make` gives several values, `why` may be several sentences, one for each.
    """

    id: str
    make: Callable[[Values], Wrong]
    why: str | tuple[str, ...]
    hint: str

    def said_of(self, variant: int) -> str:
        """Why it is wrong, for one of its values."""
        return self.why if isinstance(self.why, str) else self.why[variant]

    def values(self, v: Values) -> list[torch.Tensor]:
        """All values it can give for one case."""
        value = self.make(v)
        return value if isinstance(value, list) else [value]

    def reads(self, example: Values) -> frozenset[str]:
        """The names that its formula reads, tried on the first example it is asked about."""
        if "_reads" in self.__dict__:
            return self.__dict__["_reads"]
        seen: set[str] = set()

        class Reader:
            def __getattr__(self, name: str) -> Any:
                seen.add(name)
                return getattr(example, name)

        with contextlib.suppress(AttributeError):  # made for other arguments than a case has
            self.make(Reader())  # type: ignore[arg-type]
        return self.__dict__.setdefault("_reads", frozenset(seen))

    def makes(self, example: Values = CASES[0]) -> list[Make]:
        """One function for each value it can give, as many as it gives for the example."""
        if "_count" not in self.__dict__:
            self.__dict__["_count"] = len(self.values(example))
        values = made_once(self.values)
        return [lambda v, i=i: values(v)[i] for i in range(self.__dict__["_count"])]


@dataclass(frozen=True)
class Quantity:
    """One thing that a function returns.

    `step` says where in the table of steps it is made. `trial` is a check that a learner can do
    by hand: it says what must come out, not how to compute it. `make` is the right formula of a
    quantity that is not in the table.
    """

    name: str
    shape: str
    step: str
    trial: str
    mistakes: tuple[Mistake, ...] = ()
    make: Make | None = None

    def right(self, v: Values) -> torch.Tensor:
        """What it should be, given everything before it."""
        make = self.make or STEPS.get(self.step)
        return make(v) if make else getattr(v, self.step)


Results = Mapping[str, torch.Tensor]
# What explains all quantities together: findings, and how each quantity is; None where nothing does
Judged = tuple[list["Finding"], dict[str, str]] | None


@dataclass(frozen=True)
class Probe:
    """One more call of a function that is right for the cases, where numbers get difficult.

    No number there (NaN, infinity, an exception) is accepted with `note`; a finite wrong number
    is refused with `id` and `refusal`, or, where there is no id, gets the note too. `agrees`
    judges the results where the right formula alone cannot.
    """

    make: Callable[[], Values]
    note: str
    id: str = ""
    refusal: str = ""
    tolerance: float = 1e-5
    at_least: float = 0.0  # the size that the tolerance is relative to, where values are small
    agrees: Callable[[Results, Values], bool] | None = None
    strict: bool = False  # NaN and infinity are refused too: nothing here is at an end


@dataclass(frozen=True)
class Task:
    """One check: how the function is called, what it returns, where the derivation is.

    `arguments` maps the name in the function's signature to a quantity of the case. `quantities`
    stand in the order of the chain, which is that of the results unless `returns` says another.
    `judge` sees all results before each is looked at by itself.
    Functions are tried on every one of `cases`; `twin` has the sizes of the first, other numbers.
    """

    check: str
    arguments: Mapping[str, str]
    quantities: tuple[Quantity, ...]
    section: str
    run: Callable[[Values], tuple[torch.Tensor, ...]] | None = None  # a loop, not a formula
    sums: bool = False  # whether a sum over samples can be taken for their mean
    scales: bool = True  # whether a multiple of it means anything
    scalar: bool = False  # whether one number is asked for
    probes: tuple[Probe, ...] = ()
    guesses: tuple[Callable[["Evidence"], "Hypotheses"], ...] = ()  # mistakes of its own, fitted
    autograd_allowed: bool = False
    returns: tuple[str, ...] = ()
    count: Callable[[Values], int] | None = None  # how many of its results a case has, the last
    judge: Callable[["Task", list[Results], float], Judged] | None = None
    cases: tuple[Values, ...] = CASES
    twin: Values = field(default_factory=lambda: TWIN)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its results, in the order in which they are returned."""
        return self.returns or tuple(quantity.name for quantity in self.quantities)

    def names_of(self, v: Values) -> tuple[str, ...]:
        """The names of the results of one case."""
        return self.names if self.count is None else self.names[-self.count(v) :]

    @property
    def steps(self) -> Steps:
        """The formulas by which a case follows from what is given."""
        own = {q.step: q.make for q in self.quantities if q.make is not None}
        return own or STEPS

    def give(self, v: Values) -> tuple[Any, ...]:
        """The arguments, in order."""
        return tuple(getattr(v, name) for name in self.arguments.values())

    def right(self, v: Values) -> tuple[torch.Tensor, ...]:
        """What its quantities should be."""
        if self.run is not None:
            return self.run(v)
        return tuple(quantity.right(v) for quantity in self.of(v))

    def of(self, v: Values) -> list[Quantity]:
        """The quantities of one case, in the order of the chain."""
        return [quantity for quantity in self.quantities if quantity.name in self.names_of(v)]

    def quantity(self, name: str | None) -> Quantity | None:
        """The quantity of this name, if it has one."""
        return next((q for q in self.quantities if q.name == name), None)
