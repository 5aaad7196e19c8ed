"""Training, epoch by epoch: its curves, and what the network answers at one epoch."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import LogLocator, NullLocator

from ..data import IrisPair
from ..training import History
from .canvas import Array, Grid, as_array, new_axes, note, part, several_axes
from .dots import move_predictions, predictions
from .look import BLACK, BLUE, GREEN, GREY, LINES, ORANGE, styled
from .planes import plane, reshade

DOTTED = {"color": GREY, "linewidth": 1, "linestyle": (0, (1, 2))}


@styled
def curves(
    lines: Mapping[str, Array],
    *,
    xlabel: str,
    ylabel: str,
    reference: tuple[float, str] | None = None,
    log: bool = False,
    ax: Axes | None = None,
) -> Axes:
    """Several lines over their index, each named at its right end."""
    ax = new_axes(ax, (7.2, 3.6))
    ends = []
    for i, (name, values) in enumerate(lines.items()):
        values = as_array(name, values)
        color, style = LINES[i % len(LINES)]
        ax.plot(range(len(values)), values, color=color, linestyle=style)
        ends.append((name, float(values[-1]), color))
    if log:
        ax.set_yscale("log")
        ax.yaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
        ax.yaxis.set_major_formatter("{x:g}")
        ax.yaxis.set_minor_locator(NullLocator())
    else:
        ax.set_ylim(bottom=0)
    ax.set(xlabel=xlabel, ylabel=ylabel)
    if reference is not None:
        ax.axhline(reference[0], **DOTTED, zorder=0)
        ends.append((reference[1], reference[0], GREY))
    _name_ends(ax, ends)
    return ax


@styled
def history(history: History, *, axes: Sequence[Axes] | None = None) -> np.ndarray:
    """Loss, accuracy and the range of ŷ, one above the other on one axis of epochs."""
    axes = several_axes(axes, (7.2, 5.6), 3, 1, sharex=True)
    epochs = range(len(as_array("history.loss", history.loss)))
    axes[0].plot(epochs, history.loss, color=BLUE)
    axes[0].axhline(np.log(2), **DOTTED)
    note(axes[0], "ln 2: not knowing", (epochs[-1], np.log(2)), 0, 4, ha="right", color=GREY)
    axes[0].set(ylabel="loss", title="the loss falls from the first epoch on …")
    axes[1].plot(epochs, history.accuracy, color=GREEN)
    axes[1].set(
        ylabel="accuracy", ylim=(-0.03, 1.07), title="… half are right, for more than 40 epochs …"
    )
    axes[2].fill_between(epochs, history.lowest, history.highest, color=ORANGE, alpha=0.45)
    axes[2].axhline(0.5, color=BLACK, linewidth=1, linestyle="--")
    axes[2].set(
        ylabel="ŷ, all flowers",
        ylim=(0, 1),
        xlabel="epoch",
        title="… while all answers together move down to 0.5 (dashed)",
    )
    return axes


@styled
def each_start(
    values: Mapping[str, Array],
    *,
    xlabel: str,
    reference: tuple[float, str] | None = None,
    ax: Axes | None = None,
) -> Axes:
    """One row a name: a dot for each start, and a bar at their median."""
    ax = new_axes(ax, (7.2, 0.8 + 0.42 * len(values)))
    for row, (name, numbers) in enumerate(values.items()):
        numbers = as_array(name, numbers)
        heights = row + 0.4 * ((np.arange(len(numbers)) * 0.618) % 1 - 0.5)  # keeps dots apart
        ax.plot(numbers, heights, "o", color=BLUE, markersize=3.5, alpha=0.55)
        middle = float(np.median(numbers))
        ax.plot([middle, middle], [row - 0.34, row + 0.34], color=ORANGE, linewidth=3)
        note(ax, f"{middle:.2f}", (1.01, row), 0, -4, color=ORANGE,
             xycoords=ax.get_yaxis_transform())  # fmt: skip
    note(ax, "median", (1.01, -0.75), 0, -4, color=ORANGE, xycoords=ax.get_yaxis_transform())
    if reference is not None:
        ax.axvline(reference[0], **DOTTED, zorder=0)
        note(ax, reference[1], (reference[0], -0.75), 3, -4, color=GREY, fontsize=9)
    ax.set(xlabel=xlabel, yticks=range(len(values)), yticklabels=list(values))
    ax.set_ylim(len(values) - 0.5, -1.1)
    ax.set_xlim(left=0)
    ax.tick_params(axis="y", length=0)
    return ax


@styled
def seen_and_unseen(
    lines: Mapping[str, Array], *, lowest: str, xlabel: str, ylabel: str, ax: Axes | None = None
) -> Axes:
    """Curves of one training, on flowers it learns from and on others; the lowest point of one."""
    ax = new_axes(ax, (7.2, 3.5))
    ends = []
    for (name, values), (color, style) in zip(lines.items(), LINES, strict=False):
        values = as_array(name, values)
        epochs = np.arange(1, len(values) + 1)  # a logarithmic axis has no 0
        ax.plot(epochs, values, color=color, linestyle=style)
        ends.append((name, float(values[-1]), color))
        if name == lowest:
            best = int(values.argmin())
            ax.axvline(best + 1, color=GREY, linewidth=1, zorder=0)
            ax.plot([best + 1], [values[best]], "o", color=BLACK, zorder=3)
            note(ax, f"lowest: {values[best]:.2f}", (best + 1, values[best]), 6, -16)
    ax.set(xscale="log", xlim=(1, None), ylim=(0, None), xlabel=xlabel, ylabel=ylabel)
    ax.xaxis.set_major_formatter("{x:g}")
    _name_ends(ax, ends)
    return ax


@styled
def epoch_by_epoch(
    history: History,
    y_hat: Array,
    pair: IrisPair,
    *,
    epoch: int = 0,
    axes: Sequence[Axes] | None = None,
) -> np.ndarray:
    """Loss and accuracy with a mark at one epoch, and below them every flower's answer there."""
    axes = several_axes(axes, (7.2, 5.2), 3, 1, height_ratios=(1, 1, 1.3))
    _marked_curves(axes[:2], history)
    predictions(y_hat, pair, ax=axes[2])
    move_epoch(axes, history, y_hat, pair, epoch)
    return axes


def move_epoch(
    axes: Sequence[Axes], history: History, y_hat: Array, pair: IrisPair, epoch: int
) -> None:
    """Go to another epoch of `epoch_by_epoch`: the marks, and the answers `y_hat` given there."""
    _mark(axes[:2], history, epoch)
    move_predictions(axes[2], y_hat, pair)


@styled
def learning(
    grid: Grid,
    probability: Array,
    pair: IrisPair,
    history: History,
    *,
    epoch: int = 0,
    axes: Sequence[Axes] | None = None,
) -> np.ndarray:
    """Left the decision boundary at one epoch, right loss and accuracy with a mark there."""
    if axes is None:
        shape = Figure(figsize=(7.4, 3.5)).subplot_mosaic([["b", "l"], ["b", "a"]],
                                                          width_ratios=(1.35, 1))  # fmt: skip
        axes = np.array([shape["b"], shape["l"], shape["a"]])
    plane(grid, probability, pair, ax=axes[0])
    _marked_curves(axes[1:], history)
    move_learning(axes, grid, probability, history, epoch)
    return axes


def move_learning(
    axes: Sequence[Axes], grid: Grid, probability: Array, history: History, epoch: int
) -> None:
    """Go to another epoch of `learning`: the boundary there, and the marks."""
    reshade(axes[0], grid, probability)
    _mark(axes[1:], history, epoch)


def _marked_curves(axes: Sequence[Axes], history: History) -> None:
    """Loss and accuracy over the epochs, each with a mark that `_mark` moves."""
    for ax, name, color in zip(axes, ("loss", "accuracy"), (BLUE, GREEN), strict=True):
        values = as_array(name, getattr(history, name))
        ax.plot(range(len(values)), values, color=color)
        ax.axvline(0, color=GREY, linewidth=1, gid="mark")
        ax.plot([], [], "o", color=BLACK, zorder=3, gid="point")
        note(ax, "", (0, 0), 7, 7, gid="words")
        ax.set(ylabel=name, ylim=(0, 1.3 * values.max()))
    axes[0].tick_params(labelbottom=False)
    axes[1].set_xlabel("epoch")


def _mark(axes: Sequence[Axes], history: History, epoch: int) -> None:
    """Put the marks of both curves at one epoch, with the values beside them."""
    for ax, values in zip(axes, (history.loss, history.accuracy), strict=True):
        part(ax, "mark").set_xdata([epoch, epoch])
        part(ax, "point").set_data([epoch], [values[epoch]])
        words = part(ax, "words")
        words.xy = (epoch, values[epoch])
        words.set_text(f"{values[epoch]:.2f}")
        right = epoch > 0.8 * (len(values) - 1)  # where there is no more room
        words.set_position((-7 if right else 7, 7))
        words.set_ha("right" if right else "left")


def _name_ends(ax: Axes, ends: Sequence[tuple[str, float, str]]) -> None:
    """Write each line's name right of its end, pushed apart where two would overlap."""
    places = []
    for name, value, color in ends:
        pixel = ax.transData.transform((0, value))[1]
        places.append([float(ax.transAxes.inverted().transform((0, pixel))[1]), name, color])
    places.sort()
    for lower, upper in zip(places, places[1:], strict=False):
        upper[0] = max(upper[0], lower[0] + 0.085)
    for height, name, color in places:
        ax.text(1.02, height, name, transform=ax.transAxes, color=color, va="center")
