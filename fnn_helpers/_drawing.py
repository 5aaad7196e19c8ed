"""What the drawing files share: colours, arrays that can be drawn, and axes to draw on."""

from collections.abc import Sequence

import numpy as np
import torch
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure

Array = torch.Tensor | np.ndarray | Sequence[float]

# Okabe and Ito's colours, two of them darkened until text in them is easy to read on white.
BLUE, ORANGE, GREEN, PURPLE, GREY = "#0072B2", "#D55E00", "#007A5A", "#9A4F7C", "#555555"
LINE_STYLES = ("-", "--", "-.", ":", (0, (1, 1)))


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
