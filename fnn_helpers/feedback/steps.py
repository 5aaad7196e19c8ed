"""A small network as named steps, in order: what every check is about.

The right formulas stand here, once. `follow` computes all quantities, or all that follows when one
of them is made wrongly; the cases that functions are tried on are drawn from it.
"""

import itertools
from collections.abc import Callable, Mapping
from types import SimpleNamespace
from typing import Any

import torch


class Values(SimpleNamespace):
    """Named quantities of one small network, in the notation of the notebooks.

    N, D and H are its numbers of samples, inputs and hidden units.
    """

    def but(self, **changes: Any) -> "Values":
        """A copy in which some quantities are others."""
        return Values(**{**self.__dict__, **changes})


Make = Callable[[Values], torch.Tensor]
Steps = Mapping[str, Make]

ROWS: Steps = {
    "unit_rows": lambda v: v.X / v.X.norm(dim=1, keepdim=True),  # N × D
}
FORWARD: Steps = {
    "z1": lambda v: v.X @ v.w1,  # N × H
    "a1": lambda v: torch.sigmoid(v.z1),  # N × H
    "z2": lambda v: v.a1 @ v.w2,  # N × 1
    "y_hat": lambda v: torch.sigmoid(v.z2),  # N × 1
}
SLOPE: Steps = {
    "slope": lambda v: v.a1 * (1 - v.a1),  # N × H
}
COST: Steps = {  # the mean binary cross-entropy
    "cost": lambda v: -(v.y * v.y_hat.log() + (1 - v.y) * (1 - v.y_hat).log()).sum() / v.N,
}
BACKWARD: Steps = {
    "dC_dz2": lambda v: (v.y_hat - v.y) / v.N,  # N × 1
    "dC_dw2": lambda v: v.a1.T @ v.dC_dz2,  # H × 1
    "dC_da1": lambda v: v.dC_dz2 @ v.w2.T,  # N × H
    "dC_dz1": lambda v: v.dC_da1 * (v.a1 * (1 - v.a1)),  # N × H
    "dC_dw1": lambda v: v.X.T @ v.dC_dz1,  # D × H
}
UPDATE: Steps = {
    "w": lambda v: v.w1,  # D × H
    "dC_dw": lambda v: 40 * v.dC_dw1,  # so large that a forgotten rate shows
    "stepped": lambda v: v.w - v.rate * v.dC_dw,
}
STEPS: Steps = {**ROWS, **FORWARD, **SLOPE, **COST, **BACKWARD, **UPDATE}


def follow(given: Values, spoiled: Steps | None = None, steps: Steps = STEPS) -> Values:
    """All quantities; a spoiled one is made from right ones, and what comes later follows from it.

    Raises
    ------
    RuntimeError
        If a spoiled quantity's shape does not fit what follows.
    """
    v = given.but()
    for name, make in steps.items():
        setattr(v, name, make(v))
    if spoiled:
        # What comes before the first spoiled one stays as it is.
        changed = itertools.dropwhile(lambda s: s[0] not in spoiled, {**steps, **spoiled}.items())
        for name, make in changed:
            setattr(v, name, make(v))
    return v


def draw(
    N: int, D: int, H: int, labels: str, seed: int, rate: float = 0.7, epochs: int = 3,
    *, outputs: int = 1, dtype: torch.dtype = torch.float64,
) -> Values:  # fmt: skip
    """A case: inputs and weights drawn, everything else by the steps.

    `labels` is a word of 0 and 1, repeated until there are N × outputs letters.
    """
    generator = torch.Generator().manual_seed(seed)

    def normal(*shape: int) -> torch.Tensor:
        return torch.randn(*shape, generator=generator, dtype=torch.float64).to(dtype)

    X, w1, w2 = normal(N, D), normal(D, H), normal(H, outputs)
    word = (labels * (N * outputs))[: N * outputs]
    y = torch.tensor([float(letter) for letter in word], dtype=dtype).reshape(N, outputs)
    return follow(Values(X=X, y=y, w1=w1, w2=w2, N=N, D=D, H=H, rate=rate, epochs=epochs))


# Small, float64, nothing like the lesson's data. Every size differs from every other, activations
# are mid-range, labels are mixed and unbalanced, some flowers are predicted wrongly. So a wrong
# transpose cannot fit, no two mistakes give the same numbers, and no constant can pass.
CASES = (
    draw(5, 3, 4, "10110", seed=1, rate=0.7, epochs=3),
    draw(7, 2, 6, "0100110", seed=2, rate=0.3, epochs=4),
    draw(3, 4, 5, "011", seed=3, rate=1.1, epochs=2),
)

# The sizes of the first, other numbers: a function that remembers by size gives itself away.
TWIN = draw(5, 3, 4, "01100", seed=4, rate=0.4, epochs=3)


def table(generator: torch.Generator, *shape: int, dtype: torch.dtype = torch.float64,
          ) -> torch.Tensor:  # fmt: skip
    """Normal numbers of this shape; the same ones in every dtype."""
    return torch.randn(*shape, generator=generator, dtype=torch.float64).to(dtype)


def one_hot(N: int, K: int, seed: int, dtype: torch.dtype = torch.float64) -> torch.Tensor:
    """N × K labels in turn, so that every class occurs if N is at least K."""
    classes = (torch.arange(N) + seed) % K
    return torch.nn.functional.one_hot(classes, K).to(dtype)
