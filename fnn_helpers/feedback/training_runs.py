"""A training loop with a switch for each thing a learner can get wrong in it."""

from collections.abc import Callable
from dataclasses import dataclass, field

import torch

from .cases import Case
from .mistakes import A1, DC_DA1, DC_DW1, DC_DW2, DC_DZ1, DC_DZ2, Y_HAT, Mistake

Result = tuple[torch.Tensor, torch.Tensor, torch.Tensor]


@dataclass(frozen=True, eq=False)
class Loop:
    """How a loop is run; the defaults are right."""

    spoiled: dict[str, Mistake] = field(default_factory=dict)  # quantity → what it is instead
    scale: Callable[[Case], float] = lambda c: 1.0
    uphill: bool = False
    rate_forgotten: bool = False
    frozen: tuple[str, ...] = ()  # weights that are never updated
    w2_first: bool = False  # updated before dC_da1 is computed
    stale: bool = False  # the forward pass stands before the loop
    loss_after: bool = False
    loss_factor: Callable[[Case], float] = lambda c: 1.0
    loss: str = "cross-entropy"
    extra_epochs: int = 0
    losses_extra: int = 0


def run_loop(case: Case, loop: Loop = Loop()) -> Result:
    """Train on a case; returns (w1, w2, losses)."""
    w1, w2 = case.w1, case.w2
    rate = 1.0 if loop.rate_forgotten else case.rate
    rate *= -1 if loop.uphill else 1
    losses = []
    first = None
    for _ in range(case.epochs + loop.extra_epochs):
        now = _forward(case, w1, w2, loop)
        first = first or now
        used = first._replace(w1=w1, w2=w2) if loop.stale else now
        losses.append(_loss(now if not loop.stale else first, loop))
        dC_dz2 = _made(used, "dC_dz2", loop) * loop.scale(case)
        used = _Pinned(used, {"dC_dz2": dC_dz2})
        dC_dw2 = _made(used, "dC_dw2", loop)
        new_w2 = w2 if "w2" in loop.frozen else w2 - rate * dC_dw2
        if loop.w2_first:
            used = _Pinned(used, {"w2": new_w2})
        for name in ("dC_da1", "dC_dz1"):
            used = _Pinned(used, {name: _made(used, name, loop)})
        dC_dw1 = _made(used, "dC_dw1", loop)
        w1 = w1 if "w1" in loop.frozen else w1 - rate * dC_dw1
        w2 = new_w2
        if loop.loss_after:
            losses[-1] = _loss(_forward(case, w1, w2, loop), loop)
    if loop.losses_extra > 0:
        losses.append(_loss(_forward(case, w1, w2, loop), loop))
    return w1, w2, torch.stack(losses) * loop.loss_factor(case)


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


def _made(case, name: str, loop: Loop) -> torch.Tensor:
    if name in loop.spoiled:
        value = loop.spoiled[name].make(case)
        return value[0] if isinstance(value, list) else value
    if name == "a1":
        return torch.sigmoid(case.z1)
    if name == "y_hat":
        return torch.sigmoid(case.z2)
    return getattr(case, name)


def _loss(case: Case, loop: Loop) -> torch.Tensor:
    y, p = case.y, case.y_hat
    if loop.loss == "squared error":
        return ((p - y) ** 2).mean()
    if loop.loss == "log-base":
        return -(y * p.log10() + (1 - y) * (1 - p).log10()).mean()
    if loop.loss == "zeros-forgotten":
        return -(y * p.log()).mean()
    return -(y * p.log() + (1 - y) * (1 - p).log()).mean()


@dataclass(frozen=True, eq=False)
class LoopMistake:
    """A wrong loop: its name, where it first shows, why, and a hint."""

    name: str
    where: str
    loop: Loop
    why: str
    hint: str
    scalable: bool = False  # whether a wrong scale of the gradient can come on top


# In a loop only the weights are seen: these end where an earlier record of the table ends.
SAME_WEIGHTS = {
    ("dC_da1", "slope-too-early"),
    ("dC_dw1", "before-the-slope"),
    ("dC_dw1", "slope-twice"),
    ("dC_dw1", "output-delta-flat"),
}


def _loops() -> tuple[LoopMistake, ...]:
    own = [
        LoopMistake("uphill", "w1", Loop(uphill=True),
            "The weights climb: the gradient (or ŷ − y) has the wrong sign.",
            "The loss rises from the first step."),
        LoopMistake("loss-after-update", "losses", Loop(loss_after=True),
            "Each loss is recorded after its update; it belongs before it.",
            "The first loss should be that of the untrained weights."),
        LoopMistake("w2-updated-first", "w1", Loop(w2_first=True),
            "w2 is updated before dC_da1 is computed from it.",
            "First all gradients, then all updates."),
        LoopMistake("w1-not-updated", "w1", Loop(frozen=("w1",)),
            "w1 never changes.", "Both layers learn."),
        LoopMistake("w2-not-updated", "w2", Loop(frozen=("w2",)),
            "w2 never changes.", "Both layers learn."),
        LoopMistake("nothing-updated", "w1", Loop(frozen=("w1", "w2")),
            "Neither weight changes.", "The new weights must be the ones the next epoch uses."),
        LoopMistake("stale-forward", "losses", Loop(stale=True),
            "The forward pass is not run again: every epoch uses the first one's activations.",
            "Which lines must stand inside the loop?"),
        LoopMistake("sum-not-mean", "w1", Loop(scale=lambda c: c.N),
            "The gradient is N times too large: a sum where the mean is asked for.",
            "The cost is a mean: where does its 1/N go?"),
        LoopMistake("divided-twice", "w1", Loop(scale=lambda c: 1 / c.N),
            "The gradient is N times too small: divided by N twice.",
            "The 1/N of the mean belongs into the chain once."),
        LoopMistake("factor-two", "w1", Loop(scale=lambda c: 2.0),
            "The gradient has a factor 2 too much.", "Where could a 2 come from?"),
        LoopMistake("factor-half", "w1", Loop(scale=lambda c: 0.5),
            "The gradient has a factor ½ too much.", "Where could a ½ come from?"),
        LoopMistake("rate-forgotten", "w1", Loop(rate_forgotten=True),
            "The learning rate does not occur in it.", "The whole gradient is too long a step."),
        LoopMistake("one-epoch-too-many", "w1", Loop(extra_epochs=1),
            "It runs one epoch too many.", "How many times does your loop go round?"),
        LoopMistake("one-epoch-too-few", "w1", Loop(extra_epochs=-1),
            "It runs one epoch too few.", "How many times does your loop go round?"),
        LoopMistake("one-loss-too-many", "losses", Loop(losses_extra=1),
            "There is one loss more than there are epochs: one was recorded after the loop.",
            "One loss an epoch, before its update."),
        LoopMistake("loss-summed", "losses", Loop(loss_factor=lambda c: c.N),
            "The losses are sums over the flowers; their mean is asked for.",
            "The weights are right: look at the line that records the loss."),
        LoopMistake("loss-sign", "losses", Loop(loss_factor=lambda c: -1),
            "The losses have the wrong sign.", "A cost is never negative."),
        LoopMistake("loss-squared-error", "losses", Loop(loss="squared error"),
            "The losses are squared errors; cross-entropy is asked for.",
            "The weights are right: look at the line that records the loss."),
        LoopMistake("loss-log-base", "losses", Loop(loss="log-base"),
            "The losses use a logarithm of base 10.", "Cross-entropy uses the natural one."),
        LoopMistake("loss-zeros-forgotten", "losses", Loop(loss="zeros-forgotten"),
            "Flowers with label 0 do not pay in the recorded loss.",
            "The weights are right: look at the line that records the loss."),
    ]  # fmt: skip
    tables = {"dC_dz2": DC_DZ2, "dC_dw2": DC_DW2, "dC_da1": DC_DA1, "dC_dz1": DC_DZ1,
              "dC_dw1": DC_DW1, "a1": A1, "y_hat": Y_HAT}  # fmt: skip
    for quantity, table in tables.items():
        own += [
            LoopMistake(
                m.name,
                quantity,
                Loop(spoiled={quantity: m}),
                m.why,
                m.hint,
                scalable=quantity.startswith("d"),
            )
            for m in table
            if (quantity, m.name) not in SAME_WEIGHTS
        ]
    return tuple(own)


LOOPS = _loops()
