"""A flat cut through the space of all weights: which plane, and what lies where in it."""

from typing import NamedTuple, Self

import torch


class Cut(NamedTuple):
    """A plane through three points of a space with one axis for each weight.

    Attributes
    ----------
    origin, along, aside : torch.Tensor, one entry a weight
        A point of the plane, and two directions in it of length one, at right angles.
    """

    origin: torch.Tensor
    along: torch.Tensor
    aside: torch.Tensor

    @classmethod
    def through(cls, start: torch.Tensor, between: torch.Tensor, end: torch.Tensor) -> Self:
        """The plane that holds all three: `along` leads from start to end."""
        along = (end - start) / (end - start).norm()
        aside = (between - start) - ((between - start) @ along) * along
        return cls(start, along, aside / aside.norm())

    def place(self, weights: torch.Tensor) -> torch.Tensor:
        """Where the weights lie, or their shadow: one row (along, aside) for each."""
        return (weights - self.origin) @ torch.stack([self.along, self.aside], dim=1)

    def weights(self, places: torch.Tensor) -> torch.Tensor:
        """All weights at each place (along, aside) of the plane: one row for each."""
        return self.origin + places @ torch.stack([self.along, self.aside])

    def outside(self, weights: torch.Tensor) -> torch.Tensor:
        """How far the weights are from the plane: one number for each row."""
        return (weights - self.weights(self.place(weights))).norm(dim=-1)
