"""What is drawn on, and from what: axes, arrays that can be drawn, a grid over a plane."""

from collections.abc import Sequence
from typing import NamedTuple, Self

import numpy as np
import torch
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Annotation

Array = torch.Tensor | np.ndarray | Sequence[float]


def as_array(name: str, value: Array) -> np.ndarray:
    """The numbers as an array; ValueError where a figure would hide something."""
    array = np.asarray(value.detach() if isinstance(value, torch.Tensor) else value)
    if array.size == 0:
        raise ValueError(f"{name} is empty: there is nothing to draw. Check where it is made.")
    if not np.isfinite(array).all():
        raise ValueError(
            f"{name} holds NaN or infinity, and a figure would hide it. "
            f"Look for it with torch.as_tensor({name}).isfinite()."
        )
    return array


def together(**arrays: Array) -> tuple[np.ndarray, ...]:
    """Flat arrays of one length: nothing is cut short or broadcast."""
    flat = {name: as_array(name, value).ravel() for name, value in arrays.items()}
    if len({len(value) for value in flat.values()}) > 1:
        lengths = ", ".join(f"{name} has {len(value)}" for name, value in flat.items())
        raise ValueError(f"{lengths} entries, but they are drawn together. Give equal lengths.")
    return tuple(flat.values())


class Grid(NamedTuple):
    """A grid over a plane.

    Attributes
    ----------
    x1, x2 : torch.Tensor
        Where its columns and its rows stand.
    points : torch.Tensor, shape (len(x2) · len(x1)) × 2
        One row a point, to be given to a network as X.
    """

    x1: torch.Tensor
    x2: torch.Tensor
    points: torch.Tensor

    @classmethod
    def over(cls, x1: torch.Tensor, x2: torch.Tensor) -> Self:
        """The grid with these columns and rows."""
        return cls(x1, x2, torch.cartesian_prod(x2, x1).flip(1))

    def picture(self, values: Array) -> np.ndarray:
        """One value a point, laid out as the points are: a row for each of `x2`.

        Raises
        ------
        ValueError
            If there is not one value for each point.
        """
        values = as_array("values", values)
        if values.size != len(self.points):
            raise ValueError(
                f"the values have shape {values.shape}, but the grid has {len(self.points)} "
                "points, and each takes one. Give what was computed from grid.points."
            )
        return values.reshape(len(self.x2), len(self.x1))


def grid(X: Array, *, steps: int = 80, margin: float = 0.15) -> Grid:
    """A grid over the plane of the flowers, `steps` × `steps`, float32."""
    X = as_array("X", X)
    lowest, highest = X.min(axis=0), X.max(axis=0)
    pad = margin * (highest - lowest)
    return Grid.over(*(
        torch.linspace(float(lowest[i] - pad[i]), float(highest[i] + pad[i]), steps) for i in (0, 1)
    ))  # fmt: skip


def new_axes(ax: Axes | None, size: tuple[float, float]) -> Axes:
    """`ax` itself, or the axes of a new figure of `size` inches."""
    return Figure(figsize=size).add_subplot() if ax is None else ax


def several_axes(
    axes: Sequence[Axes] | None, size: tuple[float, float], rows: int, columns: int, **shared: bool
) -> np.ndarray:
    """`axes` themselves, or the axes of a new figure of `size` inches."""
    if axes is not None:
        return np.asarray(axes)
    return Figure(figsize=size).subplots(rows, columns, **shared)


def note(
    ax: Axes, words: str, at: Sequence[float], right: float, up: float, **looks: object
) -> Annotation:
    """Words beside a place, this many points right of it and above it."""
    return ax.annotate(words, at, xytext=(right, up), textcoords="offset points", **looks)


def signed(number: float, form: str) -> str:
    """A number as text, with a real minus sign."""
    return format(number, form).replace("-", "−")


def part(ax: Axes, name: str) -> Artist:
    """The artist that a drawing function named, to be updated in place.

    Raises
    ------
    ValueError
        If nothing in `ax` has this name.
    """
    found = next((artist for artist in ax.get_children() if artist.get_gid() == name), None)
    if found is None:
        names = ", ".join(sorted(a.get_gid() for a in ax.get_children() if a.get_gid())) or "none"
        raise ValueError(f"nothing in these axes is called {name!r}. There are: {names}.")
    return found
