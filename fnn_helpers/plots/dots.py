"""A dot for each flower: over the plane of the measurements, or along one number."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes

from ..data import IrisPair
from .canvas import Array, as_array, new_axes, note, part, several_axes, together
from .look import BLACK, CLASSES, GREY, RAY, WHITE, styled


@styled
def flowers(
    pair: IrisPair,
    *,
    line: tuple[float, float, str] | None = None,
    highlight: Sequence[int] | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Each flower at its two measurements, and a line: (slope, height where x is 0, name).

    Flowers in `highlight` are ringed and numbered.
    """
    ax = new_axes(ax, (6.2, 4.2))
    scatter(ax, pair)
    if line is not None:
        slope, height, name = line
        ends = as_array("X", pair.X)[:, 0].min(), as_array("X", pair.X)[:, 0].max()
        ax.plot(ends, [slope * x + height for x in ends], color=BLACK, linestyle="--",
                linewidth=1.2, zorder=0)  # fmt: skip
        note(ax, name, (ends[1], slope * ends[1] + height), -14, 0, ha="right", va="center")
    ring(ax, pair.X, highlight)
    ax.set(xlabel=pair.feature_names[0], ylabel=pair.feature_names[1])
    return ax


@styled
def rows_to_unit_length(
    cm: IrisPair,
    unit: Array,
    *,
    highlight: Sequence[int] | None = None,
    axes: Sequence[Axes] | None = None,
) -> np.ndarray:
    """Left the flowers in centimetres with rays from the origin, right on the unit circle."""
    axes = several_axes(axes, (7.4, 3.9), 1, 2)
    titles = "in centimetres", "each row divided by its length"
    for ax, X, title in zip(axes, (cm.X, unit), titles, strict=True):
        for row in as_array("X", X)[::5]:
            ax.plot([0, row[0]], [0, row[1]], color=RAY, linewidth=0.7, zorder=0)
        scatter(ax, cm._replace(X=X), size=16, labels=ax is axes[0])
        ring(ax, X, highlight, label=ax is axes[1])
        ax.set(aspect="equal", title=title)
    axes[0].set_title(titles[0], pad=22)  # above the legend
    angle = np.linspace(0, np.pi / 2, 100)
    axes[1].plot(np.cos(angle), np.sin(angle), color=GREY, linewidth=0.8, zorder=0)
    axes[0].set(xlabel="sepal length (cm)", ylabel="sepal width (cm)", xlim=(0, 7.4), ylim=(0, 5.4))
    axes[1].set(xlabel="x₁ (no unit)", ylabel="x₂ (no unit)", xlim=(0, 1.06), ylim=(0, 1.06))
    return axes


@styled
def flowers_on_a_line(
    values: Array,
    pair: IrisPair,
    *,
    xlabel: str,
    threshold: tuple[float, str] | None = None,
    highlight: Sequence[int] | None = None,
    ax: Axes | None = None,
) -> Axes:
    """One number a flower, one row a class, and a threshold, (where, name), between them.

    Dots stand higher and lower only to keep them apart; flowers in `highlight` are ringed.
    """
    ax = new_axes(ax, (7.2, 2.5))
    values, y = together(values=values, y=pair.y)
    places = np.empty((len(values), 2))
    for label, (color, marker) in enumerate(CLASSES):
        these = y == label
        # A fixed pattern of heights, so that equal values stay apart and runs stay alike.
        heights = 1 - label + 0.5 * ((np.arange(these.sum()) * 0.618) % 1 - 0.5)
        places[these] = np.column_stack([values[these], heights])
        ax.scatter(*places[these].T, s=22, c=color, marker=marker, edgecolors=WHITE,
                   linewidths=0.4, gid=f"class {label}")  # fmt: skip
    ring(ax, places, highlight)
    ax.set(xlabel=xlabel, ylim=(-0.5, 1.9), yticks=[1, 0], yticklabels=pair.class_names)
    ax.tick_params(axis="y", length=0)
    if threshold is not None:
        ax.axvline(threshold[0], color=BLACK, linewidth=1.2, linestyle="--")
        note(ax, threshold[1], (threshold[0], 1.62), 4, 0, fontsize=9.5)
    return ax


@styled
def predictions(y_hat: Array, pair: IrisPair, *, ax: Axes | None = None) -> Axes:
    """Each flower's predicted probability, one row a class, with the line of 0.5."""
    xlabel = f"predicted probability ŷ of {pair.class_names[1]}"
    ax = flowers_on_a_line(y_hat, pair, xlabel=xlabel, threshold=(0.5, "0.5"), ax=ax)
    ax.set_xlim(-0.02, 1.02)
    return ax


@styled
def magnified(
    y_hat: Array,
    pair: IrisPair,
    threshold: float,
    *,
    highlight: Sequence[int] | None = None,
    ax: Axes | None = None,
) -> Axes:
    """The flowers of `predictions` on an axis no longer than they need, with a threshold."""
    xlabel = f"predicted probability ŷ of {pair.class_names[1]}, magnified"
    words = threshold, f"{threshold:g}"
    return flowers_on_a_line(
        y_hat, pair, xlabel=xlabel, threshold=words, highlight=highlight, ax=ax
    )


def move_predictions(ax: Axes, y_hat: Array, pair: IrisPair) -> None:
    """Give the flowers of `predictions` other answers; each keeps its height."""
    y_hat, y = together(y_hat=y_hat, y=pair.y)
    for label in range(len(CLASSES)):
        dots = part(ax, f"class {label}")
        dots.set_offsets(np.column_stack([y_hat[y == label], dots.get_offsets()[:, 1]]))


@styled
def starts(level: Array, order: Array, *, ax: Axes | None = None) -> Axes:
    """A dot for each untrained network: its mean answer, and how many pairs it puts in order."""
    ax = new_axes(ax, (7.0, 3.0))
    level, order = together(level=level, order=order)
    ax.scatter(level, order, s=26, c=GREY, alpha=0.6, linewidths=0)
    for height, words, up in ((1, "the right way round", -24), (0, "backwards", 14)):
        count = int((abs(order - height) < 0.02).sum())
        note(ax, f"{count} starts: {words}", (0.5, height), 0, up, ha="center")
    ax.set(xlabel="level: mean answer ŷ of the untrained network", xlim=(-0.03, 1.03),
           ylabel="pairs in the right order", ylim=(-0.08, 1.08), yticks=(0, 0.5, 1))  # fmt: skip
    return ax


def scatter(ax: Axes, pair: IrisPair, *, size: float = 26, labels: bool = True) -> None:
    """The flowers by class in colour and marker; with `labels`, the classes' names above."""
    X, y = as_array("X", pair.X), as_array("y", pair.y).ravel()
    if len(X) != len(y):
        raise ValueError(f"X has {len(X)} rows, but y has {len(y)}. Give one label a flower.")
    for label, (color, marker) in enumerate(CLASSES):
        ax.scatter(*X[y == label].T, s=size, c=color, marker=marker, linewidths=0.5,
                   edgecolors=WHITE, label=str(pair.class_names[label]))  # fmt: skip
    if labels:
        ax.legend(loc="lower left", bbox_to_anchor=(-0.02, 0.99), ncols=2, handletextpad=0.1,
                  labelcolor="linecolor", markerscale=1.4, borderaxespad=0)  # fmt: skip


def ring(
    ax: Axes, X: Array, rows: Sequence[int] | None, *, label: bool = True, size: float = 150
) -> None:
    """A ring around some flowers, with their numbers."""
    for row in rows or ():
        place = as_array("X", X)[row]
        ax.scatter(*place, s=size, facecolors="none", edgecolors=BLACK, linewidths=1.4, zorder=4)
        if label:
            note(ax, f"flower {row}", place, 10, -13)
