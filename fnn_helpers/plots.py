"""Figures from data: each function takes arrays, draws on `ax` (or new axes) and returns the axes.

There is no mathematics of the lesson here and nothing global: what is drawn was computed by the
caller. Every figure is shown through `show`, which gives it a text alternative.
"""

import base64
import functools
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib.resources import files
from typing import ParamSpec, TypeVar

import matplotlib
import numpy as np
import torch
from IPython.display import display
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.contour import ContourSet
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch
from PIL import Image

from .network import Forward, Gradients
from .training import History

Array = torch.Tensor | np.ndarray | Sequence[float]
P = ParamSpec("P")
R = TypeVar("R")

BLUE, ORANGE, GREEN, PURPLE, GREY = "#0072B2", "#D55E00", "#007A5A", "#9A4F7C", "#555555"
CLASS_LOOKS = ((BLUE, "o"), (ORANGE, "^"))  # colour and marker of label 0 and of label 1
LINE_STYLES = ("-", "--", "-.", ":", (0, (1, 1)))
SHADES = LinearSegmentedColormap.from_list("shades", ["#9CC7E5", "#FFFFFF", "#F5B98F"])
STYLE = matplotlib.rc_params_from_file(
    str(files("fnn_helpers") / "house.mplstyle"), use_default_template=False
)
SHORTEST_ALT = 20
FIFTHS = (0, 0.2, 0.4, 0.6, 0.8, 1)


def styled(draw: Callable[P, R]) -> Callable[P, R]:
    """Run a drawing function under the house style, and leave matplotlib as it was."""

    @functools.wraps(draw)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> R:
        with matplotlib.rc_context(STYLE):
            return draw(*args, **kwargs)

    return wrapper


# --- showing ---------------------------------------------------------------------------------


def show(drawn: Figure | Axes | Iterable[Axes], alt: str) -> None:
    """Show a figure with its text alternative, kept in the file and as a visible caption.

    Parameters
    ----------
    drawn : Figure, Axes or a collection of Axes
        What a function of this module returned.
    alt : str
        What a reader who cannot see the figure should know; at least 20 characters.

    Raises
    ------
    TypeError, ValueError
        If `drawn` belongs to no figure, or `alt` is missing or too short to say anything.
    """
    if not isinstance(alt, str) or len(alt.strip()) < SHORTEST_ALT:
        raise ValueError(
            f"alt is {alt!r}, but a sentence of at least {SHORTEST_ALT} characters is expected. "
            "Say what the figure shows to someone who cannot see it."
        )
    encoded = base64.b64encode(png(drawn)).decode("ascii")
    display(
        {"image/png": encoded, "text/plain": f"Figure: {alt}"},
        metadata={"image/png": {"alt": alt}},
        raw=True,
    )
    # JupyterLab drops image metadata, so the words also stand below the figure, for everyone.
    escaped = "".join("\\" + c if c in "\\`*_[]$<>#~" else c for c in alt)
    display({"text/markdown": f"*Figure:* {escaped}", "text/plain": alt}, raw=True)


def png(drawn: Figure | Axes | Iterable[Axes]) -> bytes:
    """The figure as PNG bytes, the same bytes for the same data."""
    figure = drawn
    if not isinstance(figure, Figure):
        figure = figure if isinstance(figure, Axes) else next(iter(np.ravel(drawn)), None)
        figure = getattr(figure, "figure", None)
    if not isinstance(figure, Figure):
        raise TypeError(
            f"show was given a {type(drawn).__name__}, but a figure or its axes are expected. "
            "Use ax = plots.flowers(...), then show(ax, alt)."
        )
    drawn, small = io.BytesIO(), io.BytesIO()
    with matplotlib.rc_context(STYLE):
        figure.savefig(drawn, format="png")
    # A palette of 256 colours makes a figure a third of the size, and is the same every time.
    picture = Image.open(drawn).convert("RGB").quantize(256, dither=Image.Dither.NONE)
    picture.save(small, format="png", optimize=True)
    return small.getvalue()


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
    X = _array("X", X)
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
    ax = _axes(ax, (6.2, 4.2))
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
    axes: Sequence[Axes] | None = None,
) -> np.ndarray:
    """Left the flowers in centimetres with rays from the origin, right on the unit circle."""
    axes = _several(axes, (7.4, 3.9), 1, 2)
    cm, unit = _array("X_cm", X_cm), _array("X_unit", X_unit)
    for ax, points, title in (
        (axes[0], cm, "in centimetres"),
        (axes[1], unit, "each row divided by its length"),
    ):
        for row in points[::5]:
            ax.plot([0, row[0]], [0, row[1]], color="#cccccc", linewidth=0.7, zorder=0)
        _scatter(ax, points, y, class_names, size=16, labels=ax is axes[0])
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
    ax: Axes | None = None,
) -> Axes:
    """One number a flower, one row a class, and a threshold between them."""
    ax = _axes(ax, (7.2, 2.5))
    _rows_by_class(ax, values, y, class_names)
    ax.set_xlabel(xlabel)
    if threshold is not None:
        ax.axvline(threshold, color="black", linewidth=1.2, linestyle="--")
        ax.annotate(
            f"threshold {threshold:.1f}",
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
    ax = _axes(ax, (7.2, 2.5))
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
    ax = _axes(ax, (6.6, 3.6))
    z, a, slope = _together(z=z, a=a, slope=slope)
    ax.plot(z, a, color=BLUE)
    ax.plot(z, slope, color=ORANGE, linestyle="--")
    at = int(0.66 * len(z))
    ax.annotate("a = σ(z)", (z[at], a[at]), xytext=(-6, 6), textcoords="offset points",
                color=BLUE, ha="right")  # fmt: skip
    ax.annotate("slope a(1 − a)", (z[at], slope[at]), xytext=(6, 5), textcoords="offset points",
                color=ORANGE)  # fmt: skip
    if z_data is not None:
        ticks = _array("z_data", z_data).ravel()
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
    ax = _axes(ax, (6.6, 3.2))
    z, a = _together(z=z, a=a)
    near = np.array([z0 - 2.2, z0 + 2.2])
    ax.plot(z, a, color=BLUE)
    ax.plot(near, a0 + slope0 * (near - z0), color=ORANGE, linestyle="--")
    ax.plot([z0], [a0], "o", color="black", zorder=3)
    ax.annotate(f"slope {slope0:.3f} at z = {z0:g}", (z0, a0), xytext=(10, -16),
                textcoords="offset points", color=ORANGE)  # fmt: skip
    ax.set(xlabel="z", ylabel="a", ylim=(-0.05, 1.12))
    return ax


@styled
def step_size_errors(h: Array, errors: Mapping[str, Array], *, ax: Axes | None = None) -> Axes:
    """Relative error of central differences against their step size, both axes logarithmic."""
    ax = _axes(ax, (6.6, 3.6))
    for (name, error), (color, marker), style in zip(
        errors.items(), CLASS_LOOKS, LINE_STYLES, strict=False
    ):
        x, e = _together(h=h, error=error)
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
    ax = _axes(ax, (6.2, 3.4))
    p, cost = _together(p=p, cost=cost)
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
    axes = _several(axes, (7.4, 3.4), 1, 2)
    for ax, group, title in (
        (axes[0], costs, "cost"),
        (axes[1], deltas, "its slope ∂C/∂z₂"),
    ):
        for i, (name, values) in enumerate(group.items()):
            x, v = _together(z=z, values=values)
            color = CLASS_LOOKS[i % 2][0]
            ax.plot(x, v, color=color, linestyle=LINE_STYLES[i])
            right = 26 if v[0] > 1 else 2  # beside a steep line, above a flat one
            ax.annotate(name, (x[0], v[0]), xytext=(right, 7 if right == 2 else -4),
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
    ax = _axes(ax, (6.4, 3.4))
    w, cost = _together(w=w, cost=cost)
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
    ax = _axes(ax, (7.2, 3.6))
    ends = []
    for i, (name, values) in enumerate(lines.items()):
        values = _array(name, values)
        color = f"C{i}"
        ax.plot(range(len(values)), values, color=color, linestyle=LINE_STYLES[i % 5])
        ends.append((name, float(values[-1]), color))
    if log:
        ax.set_yscale("log")
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
    axes = _several(axes, (7.2, 5.6), 3, 1, sharex=True)
    epochs = range(len(_array("history.loss", history.loss)))
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
def gradient_sizes(
    epochs: Sequence[int], sizes: Mapping[str, Array], *, ax: Axes | None = None
) -> Axes:
    """The length of each layer's gradient over the epochs, on a logarithmic axis."""
    ax = _axes(ax, (7.2, 3.2))
    ends = []
    for i, (name, values) in enumerate(sizes.items()):
        x, v = _together(epochs=list(epochs), values=values)
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
    ax = _axes(ax, (5.6, 4.6))
    image = _shade(ax, x1, x2, activation)
    ax.figure.colorbar(image, ax=ax, label="activation a", ticks=FIFTHS)
    w = _array("w", w)
    ax.annotate("", xy=(w[0], w[1]), xytext=(0, 0),
                arrowprops={"arrowstyle": "-|>", "lw": 2, "color": "black"})  # fmt: skip
    ax.annotate("weights", (w[0], w[1]), xytext=(4, 4), textcoords="offset points")
    _scatter(ax, X, y, ("", ""), size=14, labels=False)
    ax.set(xlabel=feature_names[0], ylabel=feature_names[1], aspect="equal")
    return ax


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
    weights = _array("w2", w2).ravel()
    rows = -(-len(weights) // 4)
    axes = _several(axes, (7.4, 2.05 * rows), rows, 4, sharex=True, sharey=True)
    for unit, (ax, activation, weight) in enumerate(
        zip(np.ravel(axes), activations, weights, strict=True)
    ):
        _shade(ax, x1, x2, activation)
        _scatter(ax, X, y, ("", ""), size=4, labels=False)
        ax.set_title(f"unit {unit}: × {weight:+.2f}".replace("-", "−"))
        ax.set(aspect="equal")
    return axes


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
    ax = _axes(ax, (6.6, 4.4))
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
    axes = _several(axes, (7.4, 2.9 * rows), rows, 2, sharex=True, sharey=True)
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
    path: Array | None = None,
    paths: Mapping[str, Array] | None = None,
    xlabel: str,
    ylabel: str,
    ax: Axes | None = None,
) -> Axes:
    """Contours of the cost over a plane of weights, with the path of one or more descents."""
    ax = _axes(ax, (6.8, 4.2))
    cost = _array("cost", cost)
    filled = ax.contourf(_array("a", a), _array("b", b), cost, levels=14, cmap="Greys", alpha=0.75)
    ax.figure.colorbar(filled, ax=ax, label="cost C")
    named = dict(paths or {})
    if path is not None:
        named[""] = path
    for i, (name, points) in enumerate(named.items()):
        points = _array("path", points)
        color = CLASS_LOOKS[(i + 1) % 2][0]
        ax.plot(points[:, 0], points[:, 1], marker="o", markersize=3, linewidth=1.2, color=color)
        for end, word in ((points[0], "start"), (points[-1], f"end {name}".strip())):
            ax.annotate(word, end, xytext=(8, 8), textcoords="offset points", fontweight="bold",
                        bbox={"boxstyle": "round,pad=0.15", "fc": "white", "ec": "none",
                              "alpha": 0.85})  # fmt: skip
    ax.set(xlabel=xlabel, ylabel=ylabel)
    return ax


# --- the network -----------------------------------------------------------------------------


@styled
def network(
    w1: Array,
    w2: Array,
    *,
    x: Array | None = None,
    a1: Array | None = None,
    y_hat: Array | None = None,
    feature_names: Sequence[str],
    ax: Axes | None = None,
) -> Axes:
    """The network as a diagram: line width is a weight's size, dashes mean negative.

    With the values of one flower (`x`, `a1`, `y_hat`), units are shaded by their activation.
    """
    w1, w2 = _array("w1", w1), _array("w2", w2)
    hidden = w1.shape[1]
    ax = _axes(ax, (7.2, 5.0))
    places = (
        [(0.0, height) for height in np.linspace(0.72, 0.28, w1.shape[0])],
        [(1.0, height) for height in np.linspace(0.98, 0.02, hidden)],
        [(2.0, height) for height in np.linspace(0.6, 0.4, w2.shape[1])]
        if w2.shape[1] > 1
        else [(2.0, 0.5)],
    )
    widest = max(abs(w1).max(), abs(w2).max())
    for weights, left, right in ((w1, *places[:2]), (w2, *places[1:])):
        for i, start in enumerate(left):
            for j, end in enumerate(right):
                weight = weights[i, j]
                ax.plot(
                    [start[0], end[0]],
                    [start[1], end[1]],
                    linewidth=0.2 + 2.8 * abs(weight) / widest,
                    color=ORANGE if weight > 0 else BLUE,
                    linestyle="-" if weight > 0 else (0, (4, 2)),
                    alpha=0.6,
                    zorder=1,
                )
    values = (None, a1, y_hat)
    sizes = (420, max(60, 2000 / hidden) if hidden > 8 else 300, 420)
    for layer, value, size in zip(places, values, sizes, strict=True):
        if value is None:
            shade = ["white"] * len(layer)
        else:
            shade = matplotlib.colormaps["Greys"](np.ravel(_array("activation", value)))
        ax.scatter(*zip(*layer, strict=True), s=size, c=shade, edgecolors="black", zorder=2)
    for i, (place, name) in enumerate(zip(places[0], feature_names, strict=True)):
        number = "" if x is None else f"\n{np.ravel(_array('x', x))[i]:.2f}"
        ax.annotate(f"{name}{number}", place, xytext=(-16, 0), textcoords="offset points",
                    ha="right", va="center")  # fmt: skip
    number = "" if y_hat is None else f" = {np.ravel(_array('y_hat', y_hat))[0]:.2f}"
    ax.annotate(f"ŷ{number}", places[2][0], xytext=(18, 0), textcoords="offset points", va="center")
    for x_place, words in ((0, "inputs"), (1, f"{hidden} hidden units"), (2, "output")):
        ax.text(x_place, 1.06, words, ha="center", fontweight="bold")
    ax.text(1, -0.1, "solid orange: positive    dashed blue: negative    darker unit: "
            "larger activation", ha="center", fontsize=9)  # fmt: skip
    ax.set(xlim=(-0.75, 2.45), ylim=(-0.14, 1.12))
    ax.axis("off")
    return ax


@styled
def computation_graph(
    forward: Forward,
    gradients: Gradients,
    *,
    X: Array,
    y: Array,
    w1: Array,
    w2: Array,
    cost: float,
    sample: int = 0,
    ax: Axes | None = None,
) -> Axes:
    """Every quantity with its value (above) and its gradient (below), for one sample.

    Values are computed from left to right, gradients from right to left. The weights' gradients
    are of the whole cost, to which all samples contribute.
    """
    ax = _axes(ax, (7.6, 4.3))
    row = {"X": X, "y": y, **forward._asdict(), **gradients._asdict()}
    row = {name: _array(name, value)[sample] for name, value in row.items() if "w" not in name}
    boxes = {  # name: centre x, row, title, value, gradient
        "X": (0.0, 1, "X", row["X"], None),
        "z1": (1.22, 1, "Z₁ = X W₁", row["z1"], row["dC_dz1"]),
        "a1": (2.52, 1, "A₁ = σ(Z₁)", row["a1"], row["dC_da1"]),
        "z2": (3.78, 1, "Z₂ = A₁ W₂", row["z2"], row["dC_dz2"]),
        "y_hat": (4.9, 1, "Ŷ = σ(Z₂)", row["y_hat"], None),
        "C": (5.9, 1, "C", np.array([cost]), None),
        "w1": (0.55, 0, "W₁", _array("w1", w1), _array("dC_dw1", gradients.dC_dw1)),
        "w2": (3.12, 0, "W₂", _array("w2", w2).T, _array("dC_dw2", gradients.dC_dw2).T),
        "y": (5.9, 0, "Y", row["y"], None),
    }
    looks = {"ha": "center", "va": "center", "fontsize": 9, "linespacing": 1.35, "zorder": 3}
    value_box = {"boxstyle": "round,pad=0.3", "fc": "#E8F2F9", "ec": BLUE}
    gradient_box = {"boxstyle": "round,pad=0.3", "fc": "#FCEBDF", "ec": ORANGE, "ls": "--"}
    value_height, gradient_height = (0.45, 2.6), (-0.45, 1.66)  # of the lower and the upper row
    for x, level, title, value, gradient in boxes.values():
        ax.text(x, value_height[level], f"{title}\n{_numbers(value)}", bbox=value_box, **looks)
        if gradient is not None:
            words = f"∂C/∂{title.split()[0]}\n{_numbers(gradient)}"
            ax.text(x, gradient_height[level], words, bbox=gradient_box, **looks)
    chain = ("X", "z1", "a1", "z2", "y_hat", "C")
    for left, right in zip(chain, chain[1:], strict=False):
        start, end = boxes[left][0], boxes[right][0]
        ax.add_patch(_arrow((start, 3.2), (end, 3.2), BLUE, "-"))
        if left != "X":
            ax.add_patch(_arrow((end, 1.1), (start, 1.1), ORANGE, "--"))
    for source, target in (("w1", "z1"), ("w2", "z2"), ("y", "C")):
        ax.plot([boxes[source][0], boxes[target][0]], [0.45, 2.55], color="#BBBBBB", zorder=0)
    ax.text(-0.3, 3.45, "forward: values", color=BLUE, fontweight="bold")
    ax.text(3.9, 0.9, "backward: gradients", color=ORANGE, fontweight="bold", va="top")
    ax.set(xlim=(-0.45, 6.25), ylim=(-0.95, 3.7))
    ax.axis("off")
    return ax


# --- shared ----------------------------------------------------------------------------------


def _array(name: str, value: Array) -> np.ndarray:
    array = np.asarray(value.detach() if isinstance(value, torch.Tensor) else value)
    if array.size == 0:
        raise ValueError(f"{name} is empty: there is nothing to draw. Check where it is made.")
    if not np.isfinite(array).all():
        raise ValueError(
            f"{name} holds NaN or infinity, and a figure would hide it. "
            f"Look for it with torch.as_tensor({name}).isfinite()."
        )
    return array


def _together(**arrays: Array) -> tuple[np.ndarray, ...]:
    """Flat arrays of one length: nothing is cut short or broadcast."""
    flat = {name: _array(name, value).ravel() for name, value in arrays.items()}
    if len({len(value) for value in flat.values()}) > 1:
        lengths = ", ".join(f"{name} has {len(value)}" for name, value in flat.items())
        raise ValueError(f"{lengths} entries, but they are drawn together. Give equal lengths.")
    return tuple(flat.values())


def _axes(ax: Axes | None, size: tuple[float, float]) -> Axes:
    return Figure(figsize=size).add_subplot() if ax is None else ax


def _several(
    axes: Sequence[Axes] | None, size: tuple[float, float], rows: int, columns: int, **shared: bool
) -> np.ndarray:
    if axes is not None:
        return np.asarray(axes)
    return Figure(figsize=size).subplots(rows, columns, **shared)


def _scatter(
    ax: Axes,
    X: Array,
    y: Array,
    class_names: Sequence[str],
    *,
    size: float = 26,
    labels: bool = True,
) -> None:
    X, y = _array("X", X), _array("y", y).ravel()
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
        place = _array("X", X)[row]
        ax.scatter(*place, s=150, facecolors="none", edgecolors="black", linewidths=1.4, zorder=4)
        if label:
            ax.annotate(f"flower {row}", place, xytext=(11, -4), textcoords="offset points")


def _rows_by_class(ax: Axes, values: Array, y: Array, class_names: Sequence[str]) -> None:
    values, y = _together(values=values, y=y)
    for label, (color, marker) in enumerate(CLASS_LOOKS):
        these = values[y == label]
        # A fixed pattern of heights, so that equal values stay apart and runs stay alike.
        heights = 1 - label + 0.5 * ((np.arange(len(these)) * 0.618) % 1 - 0.5)
        ax.scatter(these, heights, s=22, c=color, marker=marker, edgecolors="white", linewidths=0.4)
    ax.set(ylim=(-0.5, 1.9), yticks=[1, 0], yticklabels=[str(name) for name in class_names])
    ax.tick_params(axis="y", length=0)


def _shade(ax: Axes, x1: Array, x2: Array, values: Array) -> ContourSet:
    x1, x2, values = _array("x1", x1), _array("x2", x2), _array("values", values)
    if values.shape != (len(x2), len(x1)):
        raise ValueError(
            f"the picture has shape {values.shape}, but the grid is {(len(x2), len(x1))}. "
            "Use .reshape(len(x2), len(x1))."
        )
    image = ax.contourf(x1, x2, values, levels=np.linspace(0, 1, 21), cmap=SHADES)
    if values.min() < 0.5 < values.max():
        ax.contour(x1, x2, values, levels=[0.5], colors="black", linewidths=1.3)
    return image


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


def _numbers(values: np.ndarray) -> str:
    """A few numbers as text, a row a line."""
    return "\n".join(
        "  ".join(f"{v:z.2f}".replace("-", "−") for v in row) for row in _in_rows(values)
    )


def _in_rows(values: np.ndarray) -> np.ndarray:
    values = np.atleast_2d(values)
    return values.reshape(-1, 2) if values.shape[0] == 1 and values.size == 4 else values


def _arrow(
    start: tuple[float, float], end: tuple[float, float], color: str, style: str
) -> FancyArrowPatch:
    return FancyArrowPatch(start, end, arrowstyle="-|>", mutation_scale=11, color=color,
                           linestyle=style, shrinkA=8, shrinkB=8)  # fmt: skip
