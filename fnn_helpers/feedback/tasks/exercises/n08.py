"""Notebook 08: a training loop with PyTorch's own gradients."""

import torch

from ...diagnose.loops import Loop, run_loop
from ...quantity import Mistake
from ...steps import Make, Values
from .exercise import Table


def _losses(loop: Loop) -> Make:
    def make(v: Values) -> torch.Tensor:
        from ....data import load_iris_pair

        pair, (w1, w2, epochs, rate) = load_iris_pair(), v.given
        N, D, H = len(pair.X), w1.shape[0], w1.shape[1]
        given = Values(X=pair.X, y=pair.y, w1=w1, w2=w2, N=N, D=D, H=H, epochs=epochs, rate=rate)
        return run_loop(given, loop)[2].double()

    return make


LOSSES = (
    Mistake("gradients-accumulate", _losses(Loop(memory=1.0)),
      "The gradients of earlier epochs are added to the new one: they are not set to zero.",
      "A new epoch begins with a new gradient."),
    Mistake("nothing-updated", _losses(Loop(frozen=("w1", "w2"))), "Neither weight changes.",
      "Which line changes the weights?"),
    Mistake("loss-after-update", _losses(Loop(record="after")),
      "Each loss is recorded after its update. It should be recorded before.",
      "The first loss should be that of the untrained weights."),
)  # fmt: skip


TABLES: dict[tuple[tuple[str, ...], int], Table] = {(("losses",), 4): {"losses": LOSSES}}
