"""Figures from data: each function takes arrays, draws on `ax` (or new axes) and returns the axes.

There is no mathematics of the lesson here and nothing global: what is drawn was computed by the
caller. Every figure is shown through `show`, which gives it a text alternative. A figure that
moves has a second function, which sets what changes; the first one calls it.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import torch
from contourpy import contour_generator
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.colors import BoundaryNorm, LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.image import AxesImage
from matplotlib.ticker import LogLocator, NullLocator

from ._drawing import (
    BLUE,
    GREEN,
    GREY,
    LINE_STYLES,
    ORANGE,
    Array,
    as_array,
    new_axes,
    part,
    several_axes,
    together,
)
from .diagrams import computation_graph, fill_graph, network
from .showing import animated, png, show, show_animation, styled
from .training import History

__all__ = [
    "adding_up", "animated", "boundaries", "computation_graph", "costs_and_deltas", "curves",
    "decision_boundary", "epoch_by_epoch", "fill_graph", "flowers", "flowers_on_a_line",
    "gradient_sizes", "grid", "hidden_unit", "hidden_units", "history", "label_cost", "landscape",
    "learning", "move_epoch", "move_learning", "move_path", "move_tangent", "network", "plane",
    "png", "poked_weight", "predictions", "reshade", "rows_to_unit_length", "show",
    "show_animation", "side_by_side", "sigmoid_and_slope", "step_size_errors", "tangent",
    "turn_hidden_unit",
]  # fmt: skip

CLASS_LOOKS = ((BLUE, "o"), (ORANGE, "^"))  # colour and marker of label 0 and of label 1
SHADES = LinearSegmentedColormap.from_list("shades", ["#9CC7E5", "#FFFFFF", "#F5B98F"])
FIFTHS = (0, 0.2, 0.4, 0.6, 0.8, 1)
TWENTIETHS = np.linspace(0, 1, 21)


def grid(
    X: Array, *, steps: int = 80, margin: float = 0.15
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """A grid over the plane of the flowers.

    Returns
    -------
    x1, x2 : torch.Tensor, `steps` values each
    points : torch.Tensor, shape steps² × 2, float32
        One row a point; `.reshape(len(x2), len(x1))` turns its results into a picture.
    """
    X = as_array("X", X)
    lowest, highest = X.min(axis=0), X.max(axis=0)
    pad = margin * (highest - lowest)
    x1, x2 = (
        torch.linspace(float(lowest[i] - pad[i]), float(highest[i] + pad[i]), steps) for i in (0, 1)
    )
    points = torch.cartesian_prod(x2, x1).flip(1)
    return x1, x2, points


# --- data ------------------------------------------------------------------------------------


@styled
def flowers(
    X: Array,
    y: Array,
    *,
    feature_names: Sequence[str],
    class_names: Sequence[str],
    highlight: Sequence[int] | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Each flower at its two measurements; flowers in `highlight` are ringed and numbered."""
    ax = new_axes(ax, (6.2, 4.2))
    _scatter(ax, X, y, class_names)
    _ring(ax, X, highlight)
    ax.set(xlabel=feature_names[0], ylabel=feature_names[1])
    return ax


@styled
def rows_to_unit_length(
    X_cm: Array,
    X_unit: Array,
    y: Array,
    *,
    class_names: Sequence[str],
    highlight: Sequence[int] | None = None,
    axes: Sequence[Axes] | None = None,
) -> np.ndarray:
    """Left the flowers in centimetres with rays from the origin, right on the unit circle."""
    axes = several_axes(axes, (7.4, 3.9), 1, 2)
    cm, unit = as_array("X_cm", X_cm), as_array("X_unit", X_unit)
    for ax, points, title in (
        (axes[0], cm, "in centimetres"),
        (axes[1], unit, "each row divided by its length"),
    ):
        for row in points[::5]:
            ax.plot([0, row[0]], [0, row[1]], color="#cccccc", linewidth=0.7, zorder=0)
        _scatter(ax, points, y, class_names, size=16, labels=ax is axes[0])
        _ring(ax, points, highlight, label=ax is axes[1])
        ax.set(aspect="equal", title=title)
    angle = np.linspace(0, np.pi / 2, 100)
    axes[1].plot(np.cos(angle), np.sin(angle), color=GREY, linewidth=0.8, zorder=0)
    axes[0].set(xlabel="sepal length (cm)", ylabel="sepal width (cm)", xlim=(0, 7.4), ylim=(0, 5.4))
    axes[1].set(xlabel="x₁ (no unit)", ylabel="x₂ (no unit)", xlim=(0, 1.06), ylim=(0, 1.06))
    if axes[0].get_legend():
        axes[0].set_title("in centimetres", pad=22)
    return axes


@styled
def flowers_on_a_line(
    values: Array,
    y: Array,
    *,
    xlabel: str,
    class_names: Sequence[str],
    threshold: float | None = None,
    highlight: Sequence[int] | None = None,
    ax: Axes | None = None,
) -> Axes:
    """One number a flower, one row a class, and a threshold between them.

    Dots stand higher and lower only to keep them apart; flowers in `highlight` are ringed.
    """
    ax = new_axes(ax, (7.2, 2.5))
    _ring(ax, _rows_by_class(ax, values, y, class_names), highlight)
    ax.set_xlabel(xlabel)
    if threshold is not None:
        ax.axvline(threshold, color="black", linewidth=1.2, linestyle="--")
        ax.annotate(
            f"threshold {threshold:.2f}",
            (threshold, 1.62),
            xytext=(4, 0),
            textcoords="offset points",
            fontsize=9.5,
        )
    return ax


@styled
def predictions(
    y_hat: Array, y: Array, *, class_names: Sequence[str], ax: Axes | None = None
) -> Axes:
    """Each flower's predicted probability, one row a class, with the line of 0.5."""
    ax = new_axes(ax, (7.2, 2.5))
    _rows_by_class(ax, y_hat, y, class_names)
    ax.axvline(0.5, color="black", linewidth=1.2, linestyle="--")
    ax.annotate("0.5", (0.5, 1.62), xytext=(4, 0), textcoords="offset points", fontsize=9.5)
    ax.set(xlim=(-0.02, 1.02), xlabel="predicted probability ŷ of versicolor")
    return ax


# --- functions of one variable ---------------------------------------------------------------


@styled
def sigmoid_and_slope(
    z: Array, a: Array, slope: Array, *, z_data: Array | None = None, ax: Axes | None = None
) -> Axes:
    """The sigmoid and its slope; the data's own z as ticks along the bottom."""
    ax = new_axes(ax, (6.6, 3.6))
    z, a, slope = together(z=z, a=a, slope=slope)
    ax.plot(z, a, color=BLUE)
    ax.plot(z, slope, color=ORANGE, linestyle="--")
    at = int(0.66 * len(z))
    ax.annotate("a = σ(z)", (z[at], a[at]), xytext=(-6, 6), textcoords="offset points",
                color=BLUE, ha="right")  # fmt: skip
    ax.annotate("slope a(1 − a)", (z[at], slope[at]), xytext=(6, 5), textcoords="offset points",
                color=ORANGE)  # fmt: skip
    if z_data is not None:
        ticks = as_array("z_data", z_data).ravel()
        ax.plot(ticks, np.full_like(ticks, -0.05), "|", color=GREY, markersize=9, alpha=0.6)
        ax.annotate("the flowers' z", (ticks.mean(), -0.05), xytext=(0, -16),
                    textcoords="offset points", ha="center", color=GREY, fontsize=9)  # fmt: skip
        ax.set_ylim(-0.16, 1.05)
    for height in (0.25, 0.5, 1):
        ax.axhline(height, color="#dddddd", linewidth=0.8, zorder=0)
    ax.set(xlabel="z", ylabel="value", yticks=[0, 0.25, 0.5, 1])
    return ax


@styled
def tangent(
    z: Array, a: Array, z0: float, a0: float, slope0: float, *, ax: Axes | None = None
) -> Axes:
    """The sigmoid with its tangent at (z0, a0)."""
    ax = new_axes(ax, (6.6, 3.2))
    z, a = together(z=z, a=a)
    ax.plot(z, a, color=BLUE)
    ax.plot([], [], color=ORANGE, linestyle="--", gid="tangent")
    ax.plot([], [], "o", color="black", zorder=3, gid="point")
    ax.annotate("", (0, 0), xytext=(10, -16), textcoords="offset points", color=ORANGE,
                gid="words")  # fmt: skip
    move_tangent(ax, z0, a0, slope0)
    ax.set_xlim(float(z.min()) - 0.5, float(z.max()) + 0.5)
    ax.set(xlabel="z", ylabel="a", ylim=(-0.05, 1.12))
    return ax


def move_tangent(ax: Axes, z0: float, a0: float, slope0: float) -> None:
    """Lay the tangent of `tangent` at another point."""
    near = np.array([z0 - 2.2, z0 + 2.2])
    part(ax, "tangent").set_data(near, a0 + slope0 * (near - z0))
    part(ax, "point").set_data([z0], [a0])
    words = part(ax, "words")
    words.xy = (z0, a0)
    words.set_text(f"slope {slope0:.3f} at z = {z0:g}".replace("-", "−"))
    below = z0 > 3  # where there is no more room on the right
    words.set_position((0, -40) if below else (10, -16))
    words.set_ha("center" if below else "left")


@styled
def step_size_errors(h: Array, errors: Mapping[str, Array], *, ax: Axes | None = None) -> Axes:
    """Relative error of central differences against their step size, both axes logarithmic."""
    ax = new_axes(ax, (6.6, 3.6))
    for (name, error), (color, marker), style in zip(
        errors.items(), CLASS_LOOKS, LINE_STYLES, strict=False
    ):
        x, e = together(h=h, error=error)
        e = np.maximum(e, np.finfo(float).tiny)
        ax.plot(x, e, color=color, marker=marker, markersize=4, linestyle=style)
        at = len(x) // 2
        above = marker == "o"
        ax.annotate(name, (x[at], e[at]), xytext=(0, 9 if above else -16),
                    textcoords="offset points", color=color, ha="center")  # fmt: skip
    ax.set(xscale="log", yscale="log", xlabel="step size h", ylabel="relative error")
    ax.margins(y=0.15)
    return ax


@styled
def label_cost(p: Array, cost: Array, *, ax: Axes | None = None) -> Axes:
    """The cost against the probability given to the true label, with 0.5 marked."""
    ax = new_axes(ax, (6.2, 3.4))
    p, cost = together(p=p, cost=cost)
    ax.plot(p, cost, color=BLUE)
    for at, words in ((0.5, "not knowing"), (0.05, "confident and wrong"), (0.95, "right")):
        height = float(np.interp(at, p, cost))
        ax.plot([at], [height], "o", color=ORANGE)
        ax.annotate(f"{words}: {height:.3f}", (at, height), xytext=(8, 9),
                    textcoords="offset points", ha="left" if at < 0.9 else "right")  # fmt: skip
    ax.set(xlabel="probability p given to the true label", ylabel="cost −ln p", xlim=(0, 1.02))
    ax.set_ylim(bottom=0)
    return ax


@styled
def costs_and_deltas(
    z: Array,
    costs: Mapping[str, Array],
    deltas: Mapping[str, Array],
    *,
    axes: Sequence[Axes] | None = None,
) -> np.ndarray:
    """Two costs against the logit, and beside them their slopes."""
    axes = several_axes(axes, (7.4, 3.4), 1, 2)
    for ax, group, title in (
        (axes[0], costs, "cost"),
        (axes[1], deltas, "its slope ∂C/∂z₂"),
    ):
        for i, (name, values) in enumerate(group.items()):
            x, v = together(z=z, values=values)
            color = CLASS_LOOKS[i % 2][0]
            ax.plot(x, v, color=color, linestyle=LINE_STYLES[i])
            right = 26 if v[0] > 1 else 2  # beside a steep line, above a flat one, below a rising
            above = -4 if right == 26 else (7 if v[0] > -0.5 else -14)
            ax.annotate(name, (x[0], v[0]), xytext=(right, above),
                        textcoords="offset points", color=color, fontsize=9.5)  # fmt: skip
        ax.margins(y=0.12)
        ax.axhline(0, color="#dddddd", linewidth=0.8, zorder=0)
        ax.set(xlabel="logit z₂", title=title)
    return axes


@styled
def poked_weight(
    w: Array,
    cost: Array,
    w0: float,
    cost0: float,
    slope: float,
    *,
    name: str = "w2[3]",
    ax: Axes | None = None,
) -> Axes:
    """The cost as a function of one weight, with the tangent at its present value."""
    ax = new_axes(ax, (6.4, 3.4))
    w, cost = together(w=w, cost=cost)
    reach = 0.3 * (w.max() - w.min())
    near = np.array([w0 - reach, w0 + reach])
    ax.plot(w, cost, color=BLUE)
    ax.plot(near, cost0 + slope * (near - w0), color=ORANGE, linestyle="--")
    ax.plot([w0], [cost0], "o", color="black", zorder=3)
    ax.annotate(f"slope {slope:.3f}".replace("-", "−"), (w0, cost0), xytext=(10, 12),
                textcoords="offset points", color=ORANGE)  # fmt: skip
    ax.set(xlabel=f"{name}, all other weights fixed", ylabel="cost C")
    return ax


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
        color = f"C{i}"
        ax.plot(range(len(values)), values, color=color, linestyle=LINE_STYLES[i % 5])
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
        ax.axhline(reference[0], color=GREY, linewidth=1, linestyle=(0, (1, 2)), zorder=0)
        ends.append((reference[1], reference[0], GREY))
    _name_ends(ax, ends)
    return ax


@styled
def history(history: History, *, axes: Sequence[Axes] | None = None) -> np.ndarray:
    """Loss, accuracy and the range of ŷ, one above the other on one axis of epochs."""
    axes = several_axes(axes, (7.2, 5.6), 3, 1, sharex=True)
    epochs = range(len(as_array("history.loss", history.loss)))
    axes[0].plot(epochs, history.loss, color=BLUE)
    axes[0].axhline(np.log(2), color=GREY, linewidth=1, linestyle=(0, (1, 2)))
    axes[0].annotate("ln 2: not knowing", (epochs[-1], np.log(2)), xytext=(0, 4),
                     textcoords="offset points", ha="right", color=GREY)  # fmt: skip
    axes[0].set(ylabel="loss", title="the loss falls …")
    axes[1].plot(epochs, history.accuracy, color=GREEN)
    axes[1].set(ylabel="accuracy", ylim=(-0.03, 1.07), title="… while nothing is classified …")
    axes[2].fill_between(epochs, history.lowest, history.highest, color=ORANGE, alpha=0.45)
    axes[2].axhline(0.5, color="black", linewidth=1, linestyle="--")
    axes[2].set(
        ylabel="ŷ, all flowers",
        ylim=(0, 1),
        xlabel="epoch",
        title="… because all answers only move toward 0.5 (dashed)",
    )
    return axes


@styled
def epoch_by_epoch(
    history: History,
    y_hat: Array,
    y: Array,
    *,
    class_names: Sequence[str],
    epoch: int = 0,
    axes: Sequence[Axes] | None = None,
) -> np.ndarray:
    """Loss and accuracy with a mark at one epoch, and below them every flower's answer there."""
    axes = several_axes(axes, (7.2, 5.2), 3, 1, height_ratios=(1, 1, 1.3))
    for ax, name, color in ((axes[0], "loss", BLUE), (axes[1], "accuracy", GREEN)):
        _marked_curve(ax, name, getattr(history, name), color)
    axes[0].tick_params(labelbottom=False)
    axes[1].set_xlabel("epoch")
    predictions(y_hat, y, class_names=class_names, ax=axes[2])
    move_epoch(axes, history, y_hat, y, epoch)
    return axes


def move_epoch(axes: Sequence[Axes], history: History, y_hat: Array, y: Array, epoch: int) -> None:
    """Go to another epoch of `epoch_by_epoch`: the marks, and the answers `y_hat` given there."""
    for ax, values in ((axes[0], history.loss), (axes[1], history.accuracy)):
        _mark(ax, epoch, values[epoch])
    answers, labels = together(y_hat=y_hat, y=y)
    for label in (0, 1):
        dots = part(axes[2], f"class {label}")
        heights = dots.get_offsets()[:, 1]
        dots.set_offsets(np.column_stack([answers[labels == label], heights]))


@styled
def learning(
    x1: Array,
    x2: Array,
    probability: Array,
    X: Array,
    y: Array,
    history: History,
    *,
    feature_names: Sequence[str],
    class_names: Sequence[str],
    epoch: int = 0,
    axes: Sequence[Axes] | None = None,
) -> np.ndarray:
    """Left the decision boundary at one epoch, right loss and accuracy with a mark there."""
    if axes is None:
        shape = Figure(figsize=(7.4, 3.5)).subplot_mosaic([["b", "l"], ["b", "a"]],
                                                          width_ratios=(1.35, 1))  # fmt: skip
        axes = np.array([shape["b"], shape["l"], shape["a"]])
    names = {"feature_names": feature_names, "class_names": class_names}
    plane(x1, x2, probability, X, y, **names, ax=axes[0])
    for ax, name, color in ((axes[1], "loss", BLUE), (axes[2], "accuracy", GREEN)):
        _marked_curve(ax, name, getattr(history, name), color)
    axes[1].tick_params(labelbottom=False)
    axes[2].set_xlabel("epoch")
    move_learning(axes, x1, x2, probability, history, epoch)
    return axes


def move_learning(
    axes: Sequence[Axes], x1: Array, x2: Array, probability: Array, history: History, epoch: int
) -> None:
    """Go to another epoch of `learning`: the boundary there, and the marks."""
    reshade(axes[0], x1, x2, probability)
    for ax, values in ((axes[1], history.loss), (axes[2], history.accuracy)):
        _mark(ax, epoch, values[epoch])


@styled
def gradient_sizes(
    epochs: Sequence[int], sizes: Mapping[str, Array], *, ax: Axes | None = None
) -> Axes:
    """The length of each layer's gradient over the epochs, on a logarithmic axis."""
    ax = new_axes(ax, (7.2, 3.2))
    ends = []
    for i, (name, values) in enumerate(sizes.items()):
        x, v = together(epochs=list(epochs), values=values)
        ax.plot(x, v, color=f"C{i}", linestyle=LINE_STYLES[i % 5])
        ends.append((name, float(v[-1]), f"C{i}"))
    ax.set(yscale="log", xlabel="epoch", ylabel="length of the gradient")
    _name_ends(ax, ends)
    return ax


# --- the plane of the inputs -----------------------------------------------------------------


@styled
def hidden_unit(
    x1: Array,
    x2: Array,
    activation: Array,
    w: Array,
    X: Array,
    y: Array,
    *,
    feature_names: Sequence[str],
    ax: Axes | None = None,
) -> Axes:
    """What one hidden unit says to each point of the plane, with its weights as an arrow."""
    ax = new_axes(ax, (5.6, 4.6))
    image = _shade(ax, x1, x2, activation)
    ax.figure.colorbar(image, ax=ax, label="activation a", ticks=FIFTHS)
    ax.annotate("", xy=(0, 0), xytext=(0, 0), gid="arrow",
                arrowprops={"arrowstyle": "-|>", "lw": 2, "color": "black"})  # fmt: skip
    ax.annotate("weights", (0, 0), xytext=(4, 4), textcoords="offset points", gid="words")
    turn_hidden_unit(ax, x1, x2, activation, w)
    _scatter(ax, X, y, ("", ""), size=14, labels=False)
    ax.set(xlabel=feature_names[0], ylabel=feature_names[1], aspect="equal")
    return ax


def turn_hidden_unit(ax: Axes, x1: Array, x2: Array, activation: Array, w: Array) -> None:
    """Give the unit of `hidden_unit` other weights; a long arrow is cut at the edge."""
    reshade(ax, x1, x2, activation)
    w = as_array("w", w)
    edge = 0.75 * float(abs(as_array("x1", x1)).max())
    tip = w * min(1, edge / max(float(abs(w).max()), 1e-9))
    for name in ("arrow", "words"):
        part(ax, name).xy = tuple(tip)


@styled
def hidden_units(
    x1: Array,
    x2: Array,
    activations: Sequence[Array],
    w2: Array,
    X: Array,
    y: Array,
    *,
    axes: Sequence[Axes] | None = None,
) -> np.ndarray:
    """Hidden units as small multiples, each titled with its output weight."""
    weights = as_array("w2", w2).ravel()
    rows = -(-len(weights) // 4)
    axes = several_axes(axes, (7.4, 2.05 * rows), rows, 4, sharex=True, sharey=True)
    for unit, (ax, activation, weight) in enumerate(
        zip(np.ravel(axes), activations, weights, strict=True)
    ):
        _shade(ax, x1, x2, activation)
        _scatter(ax, X, y, ("", ""), size=4, labels=False)
        ax.set_title(f"unit {unit}: × {weight:+.2f}".replace("-", "−"))
        ax.set(aspect="equal")
    return axes


@styled
def adding_up(
    x1: Array,
    x2: Array,
    sums: Mapping[str, Array],
    X: Array,
    y: Array,
    *,
    axes: Sequence[Axes] | None = None,
) -> np.ndarray:
    """The output after the first units, after more, after all: one panel a name, left to right."""
    axes = several_axes(axes, (7.4, 2.35), 1, len(sums), sharex=True, sharey=True)
    for ax, (name, values) in zip(np.ravel(axes), sums.items(), strict=True):
        _shade(ax, x1, x2, values)
        _scatter(ax, X, y, ("", ""), size=4, labels=False)
        ax.set(title=name, aspect="equal")
    return axes


@styled
def side_by_side(size: tuple[float, float] = (7.4, 3.5)) -> np.ndarray:
    """Two empty axes in one figure, for figures that belong together."""
    axes = several_axes(None, size, 1, 2)
    axes[0].figure.get_layout_engine().set(wspace=0.1)
    return axes


@styled
def plane(
    x1: Array,
    x2: Array,
    probability: Array,
    X: Array,
    y: Array,
    *,
    feature_names: Sequence[str],
    class_names: Sequence[str],
    ax: Axes,
) -> Axes:
    """The predicted probability over the plane and the flowers, small: a part of a figure."""
    _shade(ax, x1, x2, probability)
    _scatter(ax, X, y, class_names, size=14)
    ax.set(xlabel=feature_names[0], ylabel=feature_names[1])
    return ax


@styled
def decision_boundary(
    x1: Array,
    x2: Array,
    probability: Array,
    X: Array,
    y: Array,
    *,
    feature_names: Sequence[str],
    class_names: Sequence[str],
    highlight: Sequence[int] | None = None,
    title: str | None = None,
    ax: Axes | None = None,
) -> Axes:
    """The predicted probability over the plane, its line of 0.5, and the flowers."""
    ax = new_axes(ax, (6.6, 4.4))
    image = _shade(ax, x1, x2, probability)
    ax.figure.colorbar(image, ax=ax, label=f"probability of {class_names[1]}", ticks=FIFTHS)
    _scatter(ax, X, y, class_names)
    _ring(ax, X, highlight)
    ax.set(xlabel=feature_names[0], ylabel=feature_names[1])
    if title:
        ax.set_title(title)
    return ax


@styled
def boundaries(
    x1: Array,
    x2: Array,
    probabilities: Mapping[str, Array],
    X: Array,
    y: Array,
    *,
    feature_names: Sequence[str],
    class_names: Sequence[str],
    highlight: Sequence[int] | None = None,
    axes: Sequence[Axes] | None = None,
) -> np.ndarray:
    """Decision boundaries side by side: one panel a name."""
    rows = -(-len(probabilities) // 2)
    axes = several_axes(axes, (7.4, 2.9 * rows), rows, 2, sharex=True, sharey=True)
    image = None
    panels = list(np.ravel(axes))
    for ax, (name, probability) in zip(panels, probabilities.items(), strict=False):
        image = _shade(ax, x1, x2, probability)
        _scatter(ax, X, y, class_names, size=12, labels=False)
        _ring(ax, X, highlight, label=False)
        ax.set_title(name)
    panels[0].figure.colorbar(
        image, ax=panels, label=f"probability of {class_names[1]}", ticks=FIFTHS
    )
    for ax in panels[-2:]:
        ax.set_xlabel(feature_names[0])
    for ax in panels[::2]:
        ax.set_ylabel(feature_names[1])
    return axes


# --- weight space ----------------------------------------------------------------------------


@styled
def landscape(
    a: Array,
    b: Array,
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
    a, b, cost = as_array("a", a), as_array("b", b), as_array("cost", cost)
    filled = ax.contourf(a, b, cost, levels=14, cmap="Greys", alpha=0.75)
    ax.figure.colorbar(filled, ax=ax, label="cost C")
    ax.plot([], [], marker="o", markersize=2.5, linewidth=0.8, color=ORANGE, gid="path")
    box = {"boxstyle": "round,pad=0.15", "fc": "white", "ec": "none", "alpha": 0.85}
    looks = {"textcoords": "offset points", "fontweight": "bold", "bbox": box}
    ax.annotate("start", (0, 0), xytext=(-6, -13), ha="right", gid="start", **looks)
    ax.annotate("end", (0, 0), xytext=(8, 8), gid="end", **looks)
    for name, points in (also or {}).items():
        points = as_array(name, points)
        ax.plot(points[:, 0], points[:, 1], color=BLUE, linewidth=2, linestyle="--")
        ax.annotate(name, points[-1], xytext=(4, -16), color=BLUE, **looks)
    ax.set(xlabel=xlabel, ylabel=ylabel, xlim=(min(a), max(a)), ylim=(min(b), max(b)))
    move_path(ax, path)
    return ax


def move_path(ax: Axes, path: Array) -> None:
    """Draw another path into `landscape`: one row a step."""
    path = as_array("path", path)
    part(ax, "path").set_data(path[:, 0], path[:, 1])
    part(ax, "start").xy, part(ax, "end").xy = path[0], path[-1]
    part(ax, "end").set_visible(len(path) > 1)


# --- shared ----------------------------------------------------------------------------------


def _scatter(
    ax: Axes,
    X: Array,
    y: Array,
    class_names: Sequence[str],
    *,
    size: float = 26,
    labels: bool = True,
) -> None:
    X, y = as_array("X", X), as_array("y", y).ravel()
    if len(X) != len(y):
        raise ValueError(f"X has {len(X)} rows, but y has {len(y)}. Give one label a flower.")
    for label, (color, marker) in enumerate(CLASS_LOOKS):
        these = X[y == label]
        ax.scatter(these[:, 0], these[:, 1], s=size, c=color, marker=marker, linewidths=0.5,
                   edgecolors="white", label=str(class_names[label]))  # fmt: skip
    if labels:
        ax.legend(loc="lower left", bbox_to_anchor=(-0.02, 0.99), ncols=2, handletextpad=0.1,
                  labelcolor="linecolor", markerscale=1.4, borderaxespad=0)  # fmt: skip


def _ring(ax: Axes, X: Array, rows: Sequence[int] | None, *, label: bool = True) -> None:
    for row in rows or ():
        place = as_array("X", X)[row]
        ax.scatter(*place, s=150, facecolors="none", edgecolors="black", linewidths=1.4, zorder=4)
        if label:
            ax.annotate(f"flower {row}", place, xytext=(11, -4), textcoords="offset points")


def _rows_by_class(ax: Axes, values: Array, y: Array, class_names: Sequence[str]) -> np.ndarray:
    """A row of dots for each class; returns where each flower stands."""
    values, y = together(values=values, y=y)
    places = np.empty((len(values), 2))
    for label, (color, marker) in enumerate(CLASS_LOOKS):
        these = y == label
        # A fixed pattern of heights, so that equal values stay apart and runs stay alike.
        heights = 1 - label + 0.5 * ((np.arange(these.sum()) * 0.618) % 1 - 0.5)
        places[these] = np.column_stack([values[these], heights])
        ax.scatter(*places[these].T, s=22, c=color, marker=marker, edgecolors="white",
                   linewidths=0.4, gid=f"class {label}")  # fmt: skip
    ax.set(ylim=(-0.5, 1.9), yticks=[1, 0], yticklabels=[str(name) for name in class_names])
    ax.tick_params(axis="y", length=0)
    return places


def _shade(ax: Axes, x1: Array, x2: Array, values: Array) -> AxesImage:
    """The plane in twenty shades of `values`, with a line where they are one half."""
    x1, x2 = as_array("x1", x1), as_array("x2", x2)
    halves = (x1[1] - x1[0]) / 2, (x2[1] - x2[0]) / 2  # a value belongs to the middle of a pixel
    image = ax.imshow(
        np.zeros((len(x2), len(x1))), gid="shade", origin="lower", aspect="auto", cmap=SHADES,
        norm=BoundaryNorm(TWENTIETHS, 256), interpolation="bilinear",
        extent=(x1[0] - halves[0], x1[-1] + halves[0], x2[0] - halves[1], x2[-1] + halves[1]),
    )  # fmt: skip
    ax.add_collection(LineCollection([], gid="one half", colors="black", linewidths=1.3))
    ax.set(xlim=(x1[0], x1[-1]), ylim=(x2[0], x2[-1]))
    reshade(ax, x1, x2, values)
    return image


def reshade(ax: Axes, x1: Array, x2: Array, values: Array) -> None:
    """Give a shaded plane other values, and draw its line of one half where it is now."""
    x1, x2, values = as_array("x1", x1), as_array("x2", x2), as_array("values", values)
    if values.shape != (len(x2), len(x1)):
        raise ValueError(
            f"the picture has shape {values.shape}, but the grid is {(len(x2), len(x1))}. "
            "Use .reshape(len(x2), len(x1))."
        )
    part(ax, "shade").set_data(values)
    part(ax, "one half").set_segments(contour_generator(x1, x2, values).lines(0.5))


def _marked_curve(ax: Axes, name: str, values: Array, color: str) -> None:
    """A curve over the epochs with a mark that `_mark` moves."""
    values = as_array(name, values)
    ax.plot(range(len(values)), values, color=color)
    ax.axvline(0, color=GREY, linewidth=1, gid="mark")
    ax.plot([], [], "o", color="black", zorder=3, gid="point")
    ax.annotate("", (0, 0), xytext=(7, 7), textcoords="offset points", gid="words")
    ax.set(ylabel=name, ylim=(0, 1.3 * values.max()))


def _mark(ax: Axes, epoch: int, value: float) -> None:
    """Put the mark of a curve at one epoch, with the value beside it."""
    part(ax, "mark").set_xdata([epoch, epoch])
    part(ax, "point").set_data([epoch], [value])
    words = part(ax, "words")
    words.xy = (epoch, value)
    words.set_text(f"{value:.2f}")
    right = epoch > 0.8 * ax.lines[0].get_xdata()[-1]  # where there is no more room
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
