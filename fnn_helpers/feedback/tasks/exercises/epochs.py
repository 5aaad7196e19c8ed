"""Exercises that ask for one epoch: what the loop of the training check leaves of the weights."""

from collections.abc import Callable, Sequence

import torch

from ...diagnose.loops import Loop, run_loop
from ...quantity import Mistake
from ...steps import Values
from ..train import LoopMistake

RIGHT = Loop()
SUMMED = Loop(spoiled={"dC_dz2": lambda v: v.y_hat - v.y})
IMPOSSIBLE = torch.tensor(torch.nan)  # equal to nothing: such a loop's shapes do not fit


def case(
    X: torch.Tensor, y: torch.Tensor, w1: torch.Tensor, w2: torch.Tensor, rate: float
) -> Values:
    """One epoch's arguments, as a loop reads them."""
    N, D, H = len(X), w1.shape[0], w1.shape[1]
    return Values(X=X, y=y, w1=w1, w2=w2, N=N, D=D, H=H, rate=rate, epochs=1)


def weight(place: int, arguments: Values, loop: Loop = RIGHT) -> torch.Tensor:
    """w1 (0) or w2 (1) after the epoch."""
    try:
        return run_loop(arguments, loop)[place]
    except RuntimeError:
        return IMPOSSIBLE


def mistakes(
    found: Sequence[LoopMistake], after: Callable[[Values, Loop], torch.Tensor]
) -> tuple[Mistake, ...]:
    """Records of loops as records of one weight, which `after` takes from a loop."""

    def made(m: LoopMistake) -> Callable[[Values], list[torch.Tensor]]:
        return lambda v: [after(v, loop) for loop in m.loops]

    return tuple(Mistake(m.id, made(m), m.why, m.hint) for m in found)


UPHILL = LoopMistake(
    "uphill", "w1", (Loop(signs=(-1, -1)), Loop(signs=(-1, 1)), Loop(signs=(1, -1))),
    "The gradient is added: the weights climb.",
    "If a larger weight raises the cost, where should the weight go?",
)  # fmt: skip
