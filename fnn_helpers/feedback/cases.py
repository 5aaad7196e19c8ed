"""What the learner's functions are tried on: small, float64, nothing like the lesson's data.

Every size differs from every other, activations are mid-range, labels are mixed and unbalanced.
So a wrong transpose cannot fit, no two mistakes give the same numbers, and no constant can pass.
"""

from typing import NamedTuple

import torch


class Case(NamedTuple):
    """One small network with its forward pass."""

    X: torch.Tensor  # N × D
    y: torch.Tensor  # N × 1
    w1: torch.Tensor  # D × H
    w2: torch.Tensor  # H × 1
    z1: torch.Tensor  # N × H
    a1: torch.Tensor  # N × H
    z2: torch.Tensor  # N × 1
    y_hat: torch.Tensor  # N × 1
    rate: float
    epochs: int

    @property
    def N(self) -> int:
        return len(self.X)

    # The right gradients of the mean binary cross-entropy, in backward order.

    @property
    def dC_dz2(self) -> torch.Tensor:
        return (self.y_hat - self.y) / self.N

    @property
    def dC_dw2(self) -> torch.Tensor:
        return self.a1.T @ self.dC_dz2

    @property
    def dC_da1(self) -> torch.Tensor:
        return self.dC_dz2 @ self.w2.T

    @property
    def dC_dz1(self) -> torch.Tensor:
        return self.dC_da1 * self.a1 * (1 - self.a1)

    @property
    def dC_dw1(self) -> torch.Tensor:
        return self.X.T @ self.dC_dz1


def make_case(N: int, D: int, H: int, labels: str, seed: int, rate: float, epochs: int) -> Case:
    """Draw inputs and weights; `labels` is a word of 0 and 1, one letter a sample."""
    generator = torch.Generator().manual_seed(seed)

    def draw(*shape: int) -> torch.Tensor:
        return torch.randn(*shape, generator=generator, dtype=torch.float64)

    X, w1, w2 = draw(N, D), draw(D, H), draw(H, 1)
    y = torch.tensor([[float(letter)] for letter in labels], dtype=torch.float64)
    z1 = X @ w1
    a1 = torch.sigmoid(z1)
    z2 = a1 @ w2
    return Case(X, y, w1, w2, z1, a1, z2, torch.sigmoid(z2), rate, epochs)


CASES = (
    make_case(5, 3, 4, "10110", seed=1, rate=0.7, epochs=3),
    make_case(7, 2, 6, "0100110", seed=2, rate=0.3, epochs=4),
    make_case(3, 4, 5, "011", seed=3, rate=1.1, epochs=2),
)

# The sizes of the first, other numbers: a function that remembers by size gives itself away.
TWIN = make_case(5, 3, 4, "01100", seed=4, rate=0.4, epochs=3)
