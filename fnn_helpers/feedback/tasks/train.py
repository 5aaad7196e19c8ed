"""Training: a whole loop, with the cost recorded before each update."""

from collections.abc import Callable
from dataclasses import dataclass

import torch

from ..diagnose.loops import Loop, Rows, run_loop
from ..quantity import Probe, Quantity, Task
from ..steps import CASES, Values, follow
from .backward import DC_DA1, DC_DW1, DC_DW2, DC_DZ1
from .delta import DC_DZ2
from .forward import A1, Y_HAT
from .probes import usual_probes


@dataclass(frozen=True, eq=False)
class LoopMistake:
    """A record of a wrong loop, or of several: its id, where it first shows, why, and a hint."""

    id: str
    where: str
    loops: tuple[Loop, ...]
    why: str
    hint: str

    def said_of(self, _: int) -> str:
        """Why it is wrong: the same for all of its loops."""
        return self.why


def _chunks(size: int, last: bool = True) -> Callable[[int], list[Rows]]:
    """Batches of this size, in order; without the last one where it is smaller."""

    def batches(N: int) -> list[Rows]:
        found = [list(range(i, min(i + size, N))) for i in range(0, N, size)]
        return found if last else [rows for rows in found if len(rows) == size]

    return batches


def _running_mean(losses: torch.Tensor) -> torch.Tensor:
    return losses.cumsum(0) / torch.arange(1, len(losses) + 1)


def _backwards(N: int) -> list[Rows]:
    return [[i] for i in reversed(range(N))]


_ONE = _chunks(1)
_EARLY = {"dC_da1": lambda v: v.dC_dz2 @ (v.w2 - v.rate * v.dC_dw2).T}
_EARLY_SUM = {**_EARLY, "dC_dz2": lambda v: v.y_hat - v.y}
_EARLY_UP = {"dC_da1": lambda v: v.dC_dz2 @ (v.w2 + v.rate * v.dC_dw2).T}
_HOW_MANY_ROUNDS = "How many times does your loop go round?"
_INSIDE = "Which lines must stand inside the loop?"
_NEW_GRADIENT = "A new epoch begins with a new gradient."
_ONE_UPDATE = "How many updates does your loop make in one epoch?"

# What goes wrong between the epochs; a wrong gradient is found from its first one.
STRUCTURE = (
    LoopMistake("one-epoch-too-many", "w1", (
        Loop(extra_epochs=1), Loop(extra_epochs=1, extra_losses=-1)),
        "It runs one epoch too many.", _HOW_MANY_ROUNDS),
    LoopMistake("one-epoch-too-few", "w1", (Loop(extra_epochs=-1),),
        "It runs one epoch too few.", _HOW_MANY_ROUNDS),
    LoopMistake("one-epoch-only", "w1", (Loop(only_epoch=True),),
        "It runs one epoch only. Does return stand inside the loop, or is there no loop?",
        _HOW_MANY_ROUNDS),
    LoopMistake("last-update-missing", "w1", (Loop(extra_epochs=-1, extra_losses=1),),
        "The last update is missing: as many losses as epochs, but one update less.",
        "With epochs = 1 the weights should move."),
    LoopMistake("w2-updated-first", "w1", (
        Loop(spoiled=_EARLY), Loop(spoiled=_EARLY_SUM),
        Loop(spoiled=_EARLY_UP, signs=(-1, -1))),
        "w2 is updated before dC_da1 is computed from it.",
        "First all gradients, then all updates."),
    LoopMistake("nothing-updated", "w1", (Loop(frozen=("w1", "w2")),),
        "Neither weight changes.", "The new weights must be the ones the next epoch uses."),
    LoopMistake("w1-not-updated", "w1", (Loop(frozen=("w1",)),), "w1 never changes.",
        "Both layers learn."),
    LoopMistake("w2-not-updated", "w2", (Loop(frozen=("w2",)),), "w2 never changes.",
        "Both layers learn."),
    LoopMistake("starts-again", "w1", (Loop(from_start=True),),
        "Every epoch begins with the first weights again: the new ones are returned, but the next "
        "epoch does not use them.", "Which names does the forward pass read?"),
    LoopMistake("stale-forward", "losses", (Loop(stale=("a1", "y_hat")),
                                            Loop(stale=("a1", "y_hat", "z1", "z2"))),
        "The forward pass is not run again: every epoch uses the first one's activations.",
        _INSIDE),
    LoopMistake("stale-a1", "w1", (Loop(stale=("a1",)), Loop(stale=("z1", "a1"), flows=True)),
        "a1 is not computed again: every epoch uses the first one's.", _INSIDE),
    LoopMistake("stale-y-hat", "losses", (Loop(stale=("y_hat",)),),
        "y_hat is not computed again: every epoch uses the first one's.", _INSIDE),
    LoopMistake("gradients-accumulate", "w1", (Loop(memory=1.0),),
        "The gradients of earlier epochs are added to the new one: they are not set to zero.",
        _NEW_GRADIENT),
    LoopMistake("momentum", "w1", (
        Loop(memory=0.9), Loop(memory=0.5), Loop(memory=0.9, rate=lambda v: 0.1 * v.rate),
        Loop(memory=0.5, rate=lambda v: 0.5 * v.rate)),
        "A share of the last gradient is added to the new one. That is momentum, another method.",
        _NEW_GRADIENT),
    LoopMistake("one-flower-at-a-time", "w1", (
        Loop(batches=_ONE), Loop(batches=_ONE, over_all=True),
        Loop(batches=_ONE, record="batches"), Loop(batches=_ONE, record="last-batch"),
        Loop(batches=_ONE, over_all=True, record="batches"),
        Loop(batches=_ONE, spoiled=_EARLY), Loop(batches=_backwards)),
        "The weights are updated after every flower. One update an epoch is asked for, with the "
        "gradient of the mean.", _ONE_UPDATE),
    LoopMistake("minibatches", "w1", tuple(
        Loop(batches=_chunks(size), over_all=over_all, record=record)
        for size in (2, 4, 3) for over_all in (False, True)
        for record in ("before", "batches")),
        "The flowers are taken in small batches, with an update after each. One update an epoch "
        "is asked for, with the gradient of the mean over all.", _ONE_UPDATE),
    LoopMistake("last-batch-lost", "w1", tuple(
        Loop(batches=_chunks(size, last=False), record=record)
        for size in (2, 3) for record in ("before", "batches")),
        "The flowers are taken in small batches, and those that fill no batch are never used.",
        "How many flowers does one epoch of yours see?"),
    LoopMistake("gradients-returned", "w1", (Loop(returns_gradients=True),),
        "It returns the last gradients where the weights are asked for.",
        "Which names stand behind return?"),
    LoopMistake("loss-after-update", "losses", (Loop(record="after"),),
        "Each loss is recorded after its update. It should be recorded before.",
        "The first loss should be that of the untrained weights."),
    LoopMistake("one-loss-too-many", "losses", (Loop(extra_losses=1),),
        "There is one loss more than there are epochs: one was recorded after the loop.",
        "One loss an epoch, before its update."),
    LoopMistake("losses-reversed", "losses", (Loop(of_losses=lambda losses: losses.flip(0)),),
        "The losses are in the wrong order: the last one stands first.",
        "In which place does append put a number?"),
    LoopMistake("losses-averaged", "losses", (Loop(of_losses=_running_mean),),
        "Each loss is the mean of all losses so far.",
        "What does one epoch's loss know of the others?"),
    LoopMistake("losses-accumulate", "losses", (Loop(of_losses=lambda losses: losses.cumsum(0)),),
        "Each loss is the sum of all losses so far: the total is not set back to 0.", _INSIDE),
)  # fmt: skip

# In a loop only the weights are seen: these end where an earlier record of the table ends.
_SAME_WEIGHTS = {
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
    last = {"dC_dw1": lambda v: v.X[-1:].T @ v.dC_dz1[-1:],
            "dC_dw2": lambda v: v.a1[-1:].T @ v.dC_dz2[-1:]}  # fmt: skip
    return (
        LoopMistake("last-sample-only", "dC_dw2", (Loop(spoiled=last),),
            "Only the last flower counts: a loop that overwrites where it should add.",
            "Look for a single = in the loop: what happens to the value before?"),
        LoopMistake("tanh", "a1", (Loop(spoiled={
            "a1": lambda v: v.z1.tanh(), "dC_dz1": lambda v: v.dC_da1 * (1 - v.a1**2)}),),
            "The hidden units are tanh, with its own slope; sigmoids are asked for.",
            "Which value should stand at z = 0?"),
    ) + tuple(
        LoopMistake(m.id, step, tuple(Loop(spoiled={step: make}) for make in m.makes()),
                    m.said_of(0), m.hint)
        for step, table in tables.items()
        for m in table
        if (step, m.id) not in _SAME_WEIGHTS
    )  # fmt: skip


GRADIENTS = _gradient_mistakes()
LOOPS = STRUCTURE + GRADIENTS


def _saturated() -> Values:
    return follow(CASES[0].but(w1=CASES[0].w1 * 50, w2=CASES[0].w2 * 200, epochs=1))


TASK = Task(
    check="check_train",
    arguments={"X": "X", "y": "y", "w1": "w1", "w2": "w2", "epochs": "epochs",
               "learning_rate": "rate"},
    quantities=(
        Quantity("w1", "D × H", "end_w1",
                 "With epochs = 1, compare the change of w1 with what your backward function "
                 "gives."),
        Quantity("w2", "H × 1", "end_w2",
                 "With epochs = 1, compare the change of w2 with what your backward function "
                 "gives."),
        Quantity("losses", "one number an epoch", "losses",
                 "The first loss should be the cost of the weights that the function is called "
                 "with."),
    ),
    # The loop of notebook 07 shows a published run with its wrong gradient: it is no model.
    section="notebook 05, All of it",
    run=run_loop,
    probes=(
        Probe(_saturated, "One thing to know: for weights so large that an answer is exactly 0 or "
              "1 the loss is no number. Notebook 04 shows two remedies."),
        *usual_probes(),
        Probe(lambda: follow(CASES[0].but(rate=0.01, epochs=60)),
              "One thing to know: for 60 epochs it gives no number.", "early-stopping",
              "It is right for a few epochs, but after 60 it gives {came:.4g} where {right:.4g} "
              "belongs. Does it stop before its time?"),
    ),
    sums=True,
)  # fmt: skip
