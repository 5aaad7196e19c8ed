"""A training loop with a switch for each thing a learner can get wrong in it."""

import warnings
from collections.abc import Callable
from dataclasses import dataclass, field

import torch

from .cases import Case
from .mistakes import A1, DC_DA1, DC_DW1, DC_DW2, DC_DZ1, DC_DZ2, Y_HAT

Result = tuple[torch.Tensor, torch.Tensor, torch.Tensor]
Make = Callable[[Case], torch.Tensor]


@dataclass(frozen=True, eq=False)
class Loop:
    """How a loop is run; the defaults are right."""

    spoiled: dict[str, Make] = field(default_factory=dict)  # quantity → what it is instead
    scale: Callable[[Case], float] = lambda c: 1.0
    rate: Callable[[Case], float] = lambda c: c.rate
    signs: tuple[int, int] = (1, 1)  # −1 where w1 or w2 climbs
    frozen: tuple[str, ...] = ()  # weights that are never updated
    w2_first: bool = False  # updated before dC_da1 is computed
    stale: tuple[str, ...] = ()  # what is computed once, before the loop
    memory: float = 0.0  # the share of the last gradient that is added to the next
    from_start: bool = False  # every epoch begins with the first weights
    per_sample: bool = False  # an update after each flower
    loss_after: bool = False
    only_epoch: bool = False
    extra_epochs: int = 0
    extra_losses: int = 0
    reversed_losses: bool = False
    returns_gradients: bool = False


def run_loop(case: Case, loop: Loop = Loop()) -> Result:
    """Train on a case; returns (w1, w2, losses)."""
    w1, w2 = case.w1, case.w2
    g1, g2 = torch.zeros(()), torch.zeros(())
    losses, first = [], None
    for _ in range(1 if loop.only_epoch else case.epochs + loop.extra_epochs):
        if loop.from_start:
            w1, w2 = case.w1, case.w2
        now = _forward(case, w1, w2, loop)
        first = first or now
        used = now._replace(**{name: getattr(first, name) for name in loop.stale})
        losses.append(_loss(used))
        if loop.per_sample:
            w1, w2 = _sample_by_sample(case, w1, w2)
            continue
        new_g1, new_g2 = _gradients(used, loop)
        g1, g2 = loop.memory * g1 + new_g1, loop.memory * g2 + new_g2
        if "w1" not in loop.frozen:
            w1 = w1 - loop.signs[0] * loop.rate(case) * g1
        if "w2" not in loop.frozen:
            w2 = w2 - loop.signs[1] * loop.rate(case) * g2
        if loop.loss_after:
            losses[-1] = _loss(_forward(case, w1, w2, loop))
    if loop.extra_losses > 0:
        losses.append(_loss(_forward(case, w1, w2, loop)))
    if loop.extra_losses < 0:
        losses = losses[: loop.extra_losses]
    if loop.reversed_losses:
        losses = losses[::-1]
    ends = (g1, g2) if loop.returns_gradients else (w1, w2)
    return *ends, torch.stack(losses) if losses else torch.zeros(0, dtype=w1.dtype)


class _Pinned:
    """A case in which some quantities have been replaced; the rest follow from it."""

    def __init__(self, case, values: dict[str, torch.Tensor]) -> None:
        self._case, self._values = case, values

    def __getattr__(self, name: str):
        if name in self._values:
            return self._values[name]
        if name in ("dC_dw2", "dC_da1", "dC_dz1", "dC_dw1"):
            return getattr(Case, name).fget(self)
        return getattr(self._case, name)


def _forward(case: Case, w1: torch.Tensor, w2: torch.Tensor, loop: Loop) -> Case:
    now = case._replace(w1=w1, w2=w2, z1=case.X @ w1)
    now = now._replace(a1=_made(now, "a1", loop))
    now = now._replace(z2=now.a1 @ w2)
    return now._replace(y_hat=_made(now, "y_hat", loop))


def _gradients(case: Case, loop: Loop) -> tuple[torch.Tensor, torch.Tensor]:
    used = _Pinned(case, {"dC_dz2": _made(case, "dC_dz2", loop) * loop.scale(case)})
    dC_dw2 = _made(used, "dC_dw2", loop)
    if loop.w2_first:
        used = _Pinned(used, {"w2": case.w2 - loop.rate(case) * dC_dw2})
    for name in ("dC_da1", "dC_dz1"):
        used = _Pinned(used, {name: _made(used, name, loop)})
    return _made(used, "dC_dw1", loop), dC_dw2


def _made(case, name: str, loop: Loop) -> torch.Tensor:
    if name in loop.spoiled:
        return loop.spoiled[name](case)
    if name == "a1":
        return torch.sigmoid(case.z1)
    if name == "y_hat":
        return torch.sigmoid(case.z2)
    return getattr(case, name)


def _sample_by_sample(case: Case, w1: torch.Tensor, w2: torch.Tensor):
    for i in range(case.N):
        one = case._replace(X=case.X[i : i + 1], y=case.y[i : i + 1])
        g1, g2 = _gradients(_forward(one, w1, w2, Loop()), Loop())
        w1, w2 = w1 - case.rate * g1, w2 - case.rate * g2
    return w1, w2


def _loss(case: Case) -> torch.Tensor:
    y, p = case.y, case.y_hat
    return -(y * p.log() + (1 - y) * (1 - p).log()).mean()


def result(loop: Loop, case: Case) -> Result | None:
    """The end of a wrong loop, or None where its shapes do not survive an update."""
    try:
        with warnings.catch_warnings(action="ignore"):
            return run_loop(case, loop)
    except RuntimeError:
        return None


def first_gradients(loop: Loop, case: Case) -> tuple[torch.Tensor, torch.Tensor] | None:
    """What one epoch changes, divided by the rate, for w1 and w2."""
    end = result(loop, case._replace(epochs=1))
    return None if end is None else ((case.w1 - end[0]) / case.rate, (case.w2 - end[1]) / case.rate)


@dataclass(frozen=True, eq=False)
class LoopMistake:
    """A wrong loop, or several: its name, where it first shows, why, and a hint."""

    name: str
    where: str
    loops: tuple[Loop, ...]
    why: str
    hint: str


def _L(name: str, where: str, loop: Loop | tuple[Loop, ...], why: str, hint: str) -> LoopMistake:
    return LoopMistake(name, where, loop if isinstance(loop, tuple) else (loop,), why, hint)


# What goes wrong between the epochs; a wrong gradient is found from its first one.
STRUCTURE = (
    _L("one-epoch-too-many", "w1", (Loop(extra_epochs=1), Loop(extra_epochs=1, extra_losses=-1)),
       "It runs one epoch too many.", "How many times does your loop go round?"),
    _L("one-epoch-too-few", "w1", Loop(extra_epochs=-1),
       "It runs one epoch too few.", "How many times does your loop go round?"),
    _L("one-epoch-only", "w1", Loop(only_epoch=True),
       "It runs one epoch only. Does return stand inside the loop, or is there no loop?",
       "How many times does your loop go round?"),
    _L("last-update-missing", "w1", Loop(extra_epochs=-1, extra_losses=1),
       "The last update is missing: as many losses as epochs, but one update less.",
       "With epochs = 1 the weights should move."),
    _L("w2-updated-first", "w1", (Loop(w2_first=True), Loop(w2_first=True, scale=lambda c: c.N),
                                  Loop(w2_first=True, scale=lambda c: -1.0)),
       "w2 is updated before dC_da1 is computed from it.",
       "First all gradients, then all updates."),
    _L("nothing-updated", "w1", Loop(frozen=("w1", "w2")),
       "Neither weight changes.", "The new weights must be the ones the next epoch uses."),
    _L("w1-not-updated", "w1", Loop(frozen=("w1",)), "w1 never changes.", "Both layers learn."),
    _L("w2-not-updated", "w2", Loop(frozen=("w2",)), "w2 never changes.", "Both layers learn."),
    _L("starts-again", "w1", Loop(from_start=True),
       "Every epoch begins with the first weights again: the new ones are returned, but the next "
       "epoch does not use them.", "Which names does the forward pass read?"),
    _L("stale-forward", "losses", Loop(stale=("a1", "y_hat")),
       "The forward pass is not run again: every epoch uses the first one's activations.",
       "Which lines must stand inside the loop?"),
    _L("stale-a1", "w1", Loop(stale=("a1",)),
       "a1 is not computed again: every epoch uses the first one's.",
       "Which lines must stand inside the loop?"),
    _L("stale-y-hat", "losses", Loop(stale=("y_hat",)),
       "y_hat is not computed again: every epoch uses the first one's.",
       "Which lines must stand inside the loop?"),
    _L("gradients-accumulate", "w1", Loop(memory=1.0),
       "The gradients of earlier epochs are added to the new one: they are not set to zero.",
       "A new epoch begins with a new gradient."),
    _L("momentum", "w1", (Loop(memory=0.9), Loop(memory=0.5)),
       "A share of the last gradient is added to the new one. That is momentum, another method.",
       "A new epoch begins with a new gradient."),
    _L("one-flower-at-a-time", "w1", Loop(per_sample=True),
       "The weights are updated after every flower. One update an epoch is asked for, with the "
       "gradient of the mean.", "How many updates does your loop make in one epoch?"),
    _L("gradients-returned", "w1", Loop(returns_gradients=True),
       "It returns the last gradients where the weights are asked for.",
       "Which names stand behind return?"),
    _L("loss-after-update", "losses", Loop(loss_after=True),
       "Each loss is recorded after its update. It should be recorded before.",
       "The first loss should be that of the untrained weights."),
    _L("one-loss-too-many", "losses", Loop(extra_losses=1),
       "There is one loss more than there are epochs: one was recorded after the loop.",
       "One loss an epoch, before its update."),
    _L("losses-reversed", "losses", Loop(reversed_losses=True),
       "The losses are in the wrong order: the last one stands first.",
       "In which place does append put a number?"),
)  # fmt: skip

# In a loop only the weights are seen: these end where an earlier record of the table ends.
SAME_WEIGHTS = {
    ("dC_da1", "slope-too-early"),
    ("dC_dw1", "before-the-slope"),
    ("dC_dw1", "slope-twice"),
    ("dC_dw1", "output-delta-flat"),
    ("dC_dw1", "w2-omitted"),
    ("dC_dw1", "slope-of-activation"),
}


def _gradient_mistakes() -> tuple[LoopMistake, ...]:
    tables = {"dC_dz2": DC_DZ2, "dC_dw2": DC_DW2, "dC_da1": DC_DA1, "dC_dz1": DC_DZ1,
              "dC_dw1": DC_DW1, "a1": A1, "y_hat": Y_HAT}  # fmt: skip
    last = {"dC_dw1": lambda c: c.X[-1:].T @ c.dC_dz1[-1:],
            "dC_dw2": lambda c: c.a1[-1:].T @ c.dC_dz2[-1:]}  # fmt: skip
    return (
        _L("last-sample-only", "dC_dw2", Loop(spoiled=last),
           "Only the last flower counts: a loop that overwrites where it should add.",
           "Look for a single = in the loop: what happens to the value before?"),
    ) + tuple(
        _L(m.name, quantity, tuple(Loop(spoiled={quantity: make}) for make in m.makes()),
           m.why, m.hint)
        for quantity, table in tables.items()
        for m in table
        if (quantity, m.name) not in SAME_WEIGHTS
    )  # fmt: skip


GRADIENTS = _gradient_mistakes()
LOOPS = STRUCTURE + GRADIENTS
