"""What each check asks: the arguments, the quantities in order, where the derivation is."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import torch

from .cases import Case
from .training_runs import run_loop


@dataclass(frozen=True)
class Task:
    """One check: how the function is called and what it should return."""

    name: str
    arguments: str
    give: Callable[[Case], tuple[Any, ...]]
    quantities: tuple[str, ...]
    right: Callable[[Case], tuple[torch.Tensor, ...]]
    section: str
    sums: bool = False  # whether a sum over samples can be taken for their mean
    scalar: bool = False


TASKS = {
    "normalise_rows": Task("check_normalise_rows", "X", lambda c: (c.X,), ("X",),
        lambda c: (c.X / c.X.norm(dim=1, keepdim=True),), "notebook 01, Rows of length one"),
    "sigmoid": Task("check_sigmoid", "z", lambda c: (c.z1,), ("a",),
        lambda c: (c.a1,), "notebook 02, The sigmoid is the way back"),
    "slope": Task("check_sigmoid_slope", "a", lambda c: (c.a1,), ("slope",),
        lambda c: (c.a1 * (1 - c.a1),), "notebook 02, The slope, from the activation"),
    "forward": Task("check_forward", "X, w1, w2", lambda c: (c.X, c.w1, c.w2),
        ("z1", "a1", "z2", "y_hat"), lambda c: (c.z1, c.a1, c.z2, c.y_hat),
        "notebook 03, The same as matrices"),
    "cost": Task("check_binary_cross_entropy", "y_hat, y", lambda c: (c.y_hat, c.y), ("cost",),
        lambda c: (-(c.y * c.y_hat.log() + (1 - c.y) * (1 - c.y_hat).log()).mean(),),
        "notebook 04, One formula for both labels", sums=True, scalar=True),
    "delta": Task("check_output_delta", "y_hat, y", lambda c: (c.y_hat, c.y), ("dC_dz2",),
        lambda c: (c.dC_dz2,), "notebook 05, The output delta", sums=True),
    "backward": Task("check_backward", "X, y, w2, a1, y_hat",
        lambda c: (c.X, c.y, c.w2, c.a1, c.y_hat),
        ("dC_dz2", "dC_dw2", "dC_da1", "dC_dz1", "dC_dw1"),
        lambda c: (c.dC_dz2, c.dC_dw2, c.dC_da1, c.dC_dz1, c.dC_dw1),
        "notebook 05, From one number to matrices", sums=True),
    "step": Task("check_step", "w, dC_dw, learning_rate",
        lambda c: (c.w1, c.dC_dw1 * 40, c.rate), ("w",),
        lambda c: (c.w1 - c.rate * c.dC_dw1 * 40,), "notebook 06, Gradient descent is one line"),
    # The loop of notebook 07 shows a published run with its wrong gradient: it is no model.
    "train": Task("check_train", "X, y, w1, w2, epochs, learning_rate",
        lambda c: (c.X, c.y, c.w1, c.w2, c.epochs, c.rate), ("w1", "w2", "losses"),
        run_loop, "notebook 05, All of it", sums=True),
}  # fmt: skip

SHAPES = {
    "X": "N × D", "a": "the shape of z", "slope": "the shape of a", "z1": "N × H", "a1": "N × H",
    "z2": "N × 1", "y_hat": "N × 1", "cost": "one number", "dC_dz2": "N × 1", "dC_dw2": "H × 1",
    "dC_da1": "N × H", "dC_dz1": "N × H", "dC_dw1": "D × H", "w": "the shape of w",
    "w1": "D × H", "w2": "H × 1", "losses": "one number an epoch",
}  # fmt: skip
