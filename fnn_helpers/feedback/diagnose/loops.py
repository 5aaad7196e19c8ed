"""A training loop with a switch for each thing a learner can get wrong in it."""

import functools
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import torch

from ..steps import BACKWARD, CASES, COST, FORWARD, SLOPE, Make, Values, follow

Rows = list[int]
Result = tuple[torch.Tensor, torch.Tensor, torch.Tensor]


@dataclass(frozen=True, eq=False)
class Loop:
    """How a loop is run; the defaults are right."""

    spoiled: Mapping[str, Make] = field(default_factory=dict)  # quantity → what it is instead
    rate: Callable[[Values], float] = lambda v: v.rate
    signs: tuple[int, int] = (1, 1)  # −1 where w1 or w2 climbs
    frozen: tuple[str, ...] = ()  # weights that are never updated
    stale: tuple[str, ...] = ()  # what is computed once, before the loop
    flows: bool = False  # and what is stale goes into the rest of the forward pass
    memory: float = 0.0  # the share of the last gradient that is added to the next
    from_start: bool = False  # every epoch begins with the first weights
    of_weights: Callable[[torch.Tensor], torch.Tensor] = lambda w: w  # as every epoch begins
    batches: Callable[[int], list[Rows]] | None = None  # the rows of each update in an epoch
    over_all: bool = False  # a batch is divided by N, not by its own size
    record: str = "before"  # or "after", "batches" (their mean), "last-batch"
    only_epoch: bool = False
    extra_epochs: int = 0
    extra_losses: int = 0
    of_losses: Callable[[torch.Tensor], torch.Tensor] | None = None  # what is made of them
    returns_gradients: bool = False


def run_loop(case: Values, loop: Loop = Loop()) -> Result:
    """Train on a case; returns (w1, w2, losses)."""
    w1, w2 = case.w1, case.w2
    g1, g2 = torch.zeros(()), torch.zeros(())
    losses: list[torch.Tensor] = []
    first = None
    everything = list(range(case.N))
    for _ in range(1 if loop.only_epoch else case.epochs + loop.extra_epochs):
        if loop.from_start:
            w1, w2 = case.w1, case.w2
        w1, w2 = loop.of_weights(w1), loop.of_weights(w2)
        begin1, begin2, of_batches = w1, w2, []
        for rows in loop.batches(case.N) if loop.batches else [everything]:
            now = _pass(case, w1, w2, rows, loop, first)
            first = first or now
            of_batches.append(now.cost)
            g1, g2 = loop.memory * g1 + now.dC_dw1, loop.memory * g2 + now.dC_dw2
            if "w1" not in loop.frozen:
                w1 = w1 - loop.signs[0] * loop.rate(case) * g1
            if "w2" not in loop.frozen:
                w2 = w2 - loop.signs[1] * loop.rate(case) * g2
        losses.append(_loss(case, loop, (begin1, begin2), (w1, w2), of_batches))
    if loop.extra_losses > 0:
        losses.append(_cost(case, w1, w2, loop))
    if loop.extra_losses < 0:
        losses = losses[: loop.extra_losses]
    ends = (g1, g2) if loop.returns_gradients else (w1, w2)
    together = torch.stack(losses) if losses else torch.zeros(0, dtype=w1.dtype)
    return *ends, loop.of_losses(together) if loop.of_losses else together


def _pass(
    case: Values, w1: torch.Tensor, w2: torch.Tensor, rows: Rows, loop: Loop, first: Values | None
) -> Values:
    """Forward and backward over some rows."""
    N = case.N if loop.over_all else len(rows)
    given = case.but(X=case.X[rows], y=case.y[rows], w1=w1, w2=w2, N=N)
    spoiled = _of(loop.spoiled, FORWARD)
    if first is not None and loop.flows:
        spoiled |= {name: lambda _, n=name: getattr(first, n) for name in loop.stale}
    now = follow(given, spoiled, {**FORWARD, **SLOPE})
    if first is not None:
        now = now.but(**{name: getattr(first, name) for name in loop.stale})
    return follow(now, _of(loop.spoiled, BACKWARD), {**COST, **BACKWARD})


def _of(spoiled: Mapping[str, Make], steps: Mapping[str, Make]) -> dict[str, Make]:
    return {name: make for name, make in spoiled.items() if name in steps}


def _loss(case: Values, loop: Loop, begin: tuple, end: tuple, of_batches: list) -> torch.Tensor:
    if loop.record == "after":
        return _cost(case, *end, loop)
    if loop.record == "batches":
        return torch.stack(of_batches).mean()
    if loop.record == "last-batch" or loop.batches is None:
        return of_batches[-1]
    return _cost(case, *begin, loop)


def _cost(case: Values, w1: torch.Tensor, w2: torch.Tensor, loop: Loop) -> torch.Tensor:
    spoiled = _of(loop.spoiled, FORWARD)
    return follow(case.but(w1=w1, w2=w2), spoiled, {**FORWARD, **COST}).cost


@functools.lru_cache(maxsize=4096)
def result(loop: Loop, number: int) -> Result | None:
    """The end of a wrong loop in a case, or None where its shapes do not survive an update."""
    return _quietly(loop, CASES[number])


@functools.lru_cache(maxsize=4096)
def first_gradients(loop: Loop, number: int) -> tuple[torch.Tensor, torch.Tensor] | None:
    """What the first epoch changes in a case, divided by the rate, for w1 and w2."""
    case = CASES[number]
    end = _quietly(loop, case.but(epochs=1))
    return None if end is None else ((case.w1 - end[0]) / case.rate, (case.w2 - end[1]) / case.rate)


def _quietly(loop: Loop, case: Values) -> Result | None:
    try:
        with warnings.catch_warnings(action="ignore"):
            return run_loop(case, loop)
    except RuntimeError:
        return None
