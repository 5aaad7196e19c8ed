"""Over a plane: what a unit or a network says to each point, and a cut through the landscape."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from contourpy import contour_generator
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.image import AxesImage

from ..data import IrisPair
from .canvas import Array, Grid, as_array, new_axes, note, part, several_axes
from .dots import ring, scatter
from .look import (
    BLACK,
    BLUE,
    CLASSES,
    GREYS,
    ORANGE,
    TWENTY_GREYS,
    TWENTY_SHADES,
    WHITE,
    styled,
)

FIFTHS = (0, 0.2, 0.4, 0.6, 0.8, 1)


@styled
def hidden_unit(
    grid: Grid, activation: Array, w: Array, pair: IrisPair | None = None, *, ax: Axes | None = None
) -> Axes:
    """What one hidden unit says to each point of the plane, with its weights as an arrow.

    Darker is a larger activation: a unit's answer is no class, so it has no class's colour.
    """
    ax = new_axes(ax, (5.6, 4.6))
    image = _shade(ax, grid, activation, TWENTY_GREYS)
    ax.figure.colorbar(image, ax=ax, label="activation a", ticks=FIFTHS)
    ax.annotate("", xy=(0, 0), xytext=(0, 0), gid="arrow",
                arrowprops={"arrowstyle": "-|>", "lw": 2, "color": BLACK})  # fmt: skip
    note(ax, "weights", (0, 0), 0, 0, ha="center", va="center", gid="words")
    turn_hidden_unit(ax, grid, activation, w)
    names = ("p", "q")
    if pair is not None:
        scatter(ax, pair, size=14)
        names = ("length (standardised)", "width (standardised)")
    ax.set(xlabel=names[0], ylabel=names[1], aspect="equal")
    return ax


def turn_hidden_unit(ax: Axes, grid: Grid, activation: Array, w: Array) -> None:
    """Give the unit of `hidden_unit` other weights; a long arrow is cut at the edge."""
    reshade(ax, grid, activation)
    w = as_array("w", w)
    edge = 0.75 * float(abs(grid.x1).max())
    tip = w * min(1, edge / max(float(abs(w).max()), 1e-9))
    for name in ("arrow", "words"):
        part(ax, name).xy = tuple(tip)
    across, up = w / max(float(np.hypot(*w)), 1e-9)
    part(ax, "words").set_position((32 * across, 12 * up))  # beyond the tip


@styled
def adding_up(
    grid: Grid, answers: Mapping[str, Array], *, axes: Sequence[Axes] | None = None
) -> np.ndarray:
    """What networks of more and more units say over the plane: one panel a name."""
    axes = several_axes(axes, (7.4, 2.3), 1, len(answers), sharex=True, sharey=True)
    for ax, (name, values) in zip(np.ravel(axes), answers.items(), strict=True):
        _shade(ax, grid, values)
        ax.set(title=name, aspect="equal", xlabel="p")
    np.ravel(axes)[0].set_ylabel("q")
    return axes


@styled
def four_points(
    grid: Grid,
    answers: Mapping[str, Array],
    X: Array,
    y: Array,
    *,
    axes: Sequence[Axes] | None = None,
) -> np.ndarray:
    """Answers over the plane to a table of four points: one panel a name.

    Each point bears its label, and is ringed where the answer is on the wrong side of one half.
    """
    X, y = as_array("X", X), as_array("y", y).ravel()
    nearest = abs(as_array("points", grid.points)[None] - X[:, None]).sum(axis=2).argmin(axis=1)
    axes = several_axes(axes, (7.4, 3.6), 1, len(answers), sharex=True, sharey=True)
    for ax, (name, values) in zip(np.ravel(axes), answers.items(), strict=True):
        _shade(ax, grid, values)
        says = grid.picture(values).ravel()[nearest] > 0.5
        for place, label, said in zip(X, y, says, strict=True):
            color, marker = CLASSES[int(label)]
            ax.scatter(*place, s=330, c=color, marker=marker, edgecolors=WHITE)
            ax.text(*place, f"{label:.0f}", color=WHITE, ha="center", va="center")
            if said != label:
                ring(ax, place[None], [0], label=False, size=700)
                note(ax, "wrong", place, 0, 17, ha="center")
        ax.set(title=name, aspect="equal", xlabel="p", xticks=(0, 1), yticks=(0, 1))
    np.ravel(axes)[0].set_ylabel("q")
    return axes


@styled
def side_by_side(size: tuple[float, float] = (7.4, 3.5)) -> np.ndarray:
    """Two empty axes in one figure, for figures that belong together."""
    axes = several_axes(None, size, 1, 2)
    axes[0].figure.get_layout_engine().set(wspace=0.1)
    return axes


@styled
def plane(grid: Grid, probability: Array, pair: IrisPair, *, ax: Axes) -> Axes:
    """The predicted probability over the plane and the flowers, small: a part of a figure."""
    _shade(ax, grid, probability)
    scatter(ax, pair, size=14)
    ax.set(xlabel=pair.feature_names[0], ylabel=pair.feature_names[1])
    return ax


@styled
def decision_boundary(
    grid: Grid,
    probability: Array,
    pair: IrisPair,
    *,
    highlight: Sequence[int] | None = None,
    ax: Axes | None = None,
) -> Axes:
    """The predicted probability over the plane, its line of 0.5, and the flowers."""
    ax = new_axes(ax, (6.6, 4.4))
    image = _shade(ax, grid, probability)
    ax.figure.colorbar(image, ax=ax, label=f"probability of {pair.class_names[1]}", ticks=FIFTHS)
    scatter(ax, pair)
    ring(ax, pair.X, highlight)
    ax.set(xlabel=pair.feature_names[0], ylabel=pair.feature_names[1])
    return ax


@styled
def boundaries(
    grid: Grid,
    probabilities: Mapping[str, Array],
    pair: IrisPair,
    *,
    highlight: Sequence[int] | None = None,
    axes: Sequence[Axes] | None = None,
) -> np.ndarray:
    """Decision boundaries side by side: one panel a name."""
    rows = -(-len(probabilities) // 2)
    axes = several_axes(axes, (7.4, 2.9 * rows), rows, 2, sharex=True, sharey=True)
    panels = list(np.ravel(axes))
    for ax, (name, probability) in zip(panels, probabilities.items(), strict=False):
        image = _shade(ax, grid, probability)
        scatter(ax, pair, size=12, labels=False)
        ring(ax, pair.X, highlight, label=False)
        ax.set_title(name)
    panels[0].figure.colorbar(
        image, ax=panels, label=f"probability of {pair.class_names[1]}", ticks=FIFTHS
    )
    for ax in panels[-2:]:
        ax.set_xlabel(pair.feature_names[0])
    for ax in panels[::2]:
        ax.set_ylabel(pair.feature_names[1])
    return axes


def _shade(
    ax: Axes, grid: Grid, values: Array, shades: Mapping[str, Any] = TWENTY_SHADES
) -> AxesImage:
    """The plane in twenty shades of `values`, with a line where they are one half."""
    x1, x2 = as_array("x1", grid.x1), as_array("x2", grid.x2)
    halves = (x1[1] - x1[0]) / 2, (x2[1] - x2[0]) / 2  # a value belongs to the middle of a pixel
    image = ax.imshow(
        np.zeros((len(x2), len(x1))), gid="shade", origin="lower", aspect="auto",
        interpolation="bilinear", **shades,
        extent=(x1[0] - halves[0], x1[-1] + halves[0], x2[0] - halves[1], x2[-1] + halves[1]),
    )  # fmt: skip
    ax.add_collection(LineCollection([], gid="one half", colors=BLACK, linewidths=1.3))
    ax.set(xlim=(x1[0], x1[-1]), ylim=(x2[0], x2[-1]))
    reshade(ax, grid, values)
    return image


def reshade(ax: Axes, grid: Grid, values: Array) -> None:
    """Give a shaded plane other values, and draw its line of one half where it is now."""
    picture = grid.picture(values)
    part(ax, "shade").set_data(picture)
    lines = contour_generator(as_array("x1", grid.x1), as_array("x2", grid.x2), picture).lines(0.5)
    part(ax, "one half").set_segments(lines)


@styled
def landscape(
    grid: Grid,
    cost: Array,
    *,
    path: Array,
    also: Mapping[str, Array] | None = None,
    xlabel: str,
    ylabel: str,
    ax: Axes | None = None,
) -> Axes:
    """Contours of the cost over a plane of weights, with the path of a descent.

    `also` adds other paths, each with its name at its end.
    """
    ax = new_axes(ax, (6.8, 4.2))
    a, b = as_array("x1", grid.x1), as_array("x2", grid.x2)
    filled = ax.contourf(a, b, grid.picture(cost), levels=14, cmap=GREYS, alpha=0.75)
    ax.figure.colorbar(filled, ax=ax, label="cost C")
    ax.plot([], [], marker="o", markersize=2.5, linewidth=0.8, color=ORANGE, gid="path")
    box = {"boxstyle": "round,pad=0.15", "fc": WHITE, "ec": "none", "alpha": 0.85}
    looks = {"fontweight": "bold", "bbox": box}
    note(ax, "start", (0, 0), -6, -13, ha="right", gid="start", **looks)
    note(ax, "end", (0, 0), 8, 8, gid="end", **looks)
    for name, points in (also or {}).items():
        points = as_array(name, points)
        ax.plot(points[:, 0], points[:, 1], color=BLUE, linewidth=2, linestyle="--")
        note(ax, name, points[-1], 4, -16, color=BLUE, **looks)
    ax.set(xlabel=xlabel, ylabel=ylabel, xlim=(min(a), max(a)), ylim=(min(b), max(b)))
    move_path(ax, path)
    return ax


def move_path(ax: Axes, path: Array) -> None:
    """Draw another path into `landscape`: one row a step."""
    path = as_array("path", path)
    part(ax, "path").set_data(path[:, 0], path[:, 1])
    part(ax, "start").xy, part(ax, "end").xy = path[0], path[-1]
    part(ax, "end").set_visible(len(path) > 1)
