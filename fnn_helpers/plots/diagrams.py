"""Diagrams: a flower, the network's weights as lines, and its computation as a graph of numbers."""

from collections.abc import Mapping, Sequence

import matplotlib
import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Ellipse, FancyArrowPatch

from ..network import Forward, Gradients
from .canvas import Array, as_array, new_axes, note, part, several_axes, signed
from .look import (
    BLACK,
    BLUE,
    BLUE_BOX,
    BLUE_GROUND,
    BLUE_NAME,
    CLASSES,
    GREY,
    GREYS,
    ORANGE,
    ORANGE_BOX,
    ORANGE_GROUND,
    ORANGE_NAME,
    WHITE,
    WIRE,
    styled,
)

# --- a flower --------------------------------------------------------------------------------

SEPALS, PETALS = (90, 210, 330), (30, 150, 270)  # where they point, in degrees


@styled
def flower_parts(sizes: Mapping[str, Array], *, axes: Sequence[Axes] | None = None) -> np.ndarray:
    """Two irises seen from above, to one scale: three sepals and three petals between them.

    `sizes` maps a name to sepal length, sepal width, petal length and petal width in centimetres.
    """
    axes = several_axes(axes, (7.2, 3.8), 1, 2, sharex=True, sharey=True)
    grounds = (BLUE_GROUND, ORANGE_GROUND)
    for ax, (name, size), (color, _), ground in zip(
        axes, sizes.items(), CLASSES, grounds, strict=True
    ):
        length, width, *petal = as_array("sizes", size)
        for turned in SEPALS:
            ax.add_patch(_leaf(turned, length, width, facecolor=ground, edgecolor=color))
        for turned in PETALS:
            ax.add_patch(_leaf(turned, *petal, facecolor=WHITE, edgecolor=color))
        middle = length / 2
        for start, end in (((0, 0), (0, length)), ((-width / 2, middle), (width / 2, middle))):
            ax.add_patch(FancyArrowPatch(
                start, end, arrowstyle="<|-|>", mutation_scale=9, color=BLACK, shrinkA=0, shrinkB=0,
                zorder=4,
            ))  # fmt: skip
        note(ax, f"length {length:.1f} cm", (0, length), 0, 4, ha="center")
        note(ax, f"width {width:.1f} cm", (width / 2, middle), 5, 0, va="center")
        ax.set_title(name, color=color, fontweight="bold", loc="center")
        ax.set(xlim=(-6.6, 6.6), ylim=(-5.5, 7), aspect="equal")
        ax.axis("off")
        note(ax, "sepal", _tip(SEPALS[1], length), -4, -6, ha="right", va="top")
        ax.plot([0, 0], [-petal[0], -4.7], color=GREY, linewidth=0.8)
        note(ax, "petal", (0, -4.7), 0, -3, ha="center", va="top")
    return axes


def _tip(turned: float, length: float) -> np.ndarray:
    """Where a leaf of this length ends that points in this direction."""
    return length * np.array([np.cos(np.deg2rad(turned)), np.sin(np.deg2rad(turned))])


def _leaf(turned: float, length: float, width: float, **looks: str) -> Ellipse:
    return Ellipse(_tip(turned, length / 2), length, width, angle=turned, **looks)


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
    w1, w2 = as_array("w1", w1), as_array("w2", w2)
    hidden = w1.shape[1]
    ax = new_axes(ax, (7.2, 5.0))
    places = (
        [(0.0, height) for height in np.linspace(0.72, 0.28, w1.shape[0])],
        [(1.0, height) for height in np.linspace(0.98, 0.02, hidden)],
        [(2.0, height) for height in np.linspace(0.6, 0.4, w2.shape[1])]
        if w2.shape[1] > 1
        else [(2.0, 0.5)],
    )
    widest = max(abs(w1).max(), abs(w2).max()) or 1
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
            shade = [WHITE] * len(layer)
        else:
            shade = matplotlib.colormaps[GREYS](np.ravel(as_array("activation", value)))
        ax.scatter(*zip(*layer, strict=True), s=size, c=shade, edgecolors=BLACK, zorder=2)
    for i, (place, name) in enumerate(zip(places[0], feature_names, strict=True)):
        number = "" if x is None else f"\n{np.ravel(as_array('x', x))[i]:.2f}"
        note(ax, f"{name}{number}", place, -16, 0, ha="right", va="center")
    number = "" if y_hat is None else f" = {np.ravel(as_array('y_hat', y_hat))[0]:.2f}"
    note(ax, f"ŷ{number}", places[2][0], 18, 0, va="center")
    for x_place, words in ((0, "inputs"), (1, f"{hidden} hidden units"), (2, "output")):
        ax.text(x_place, 1.06, words, ha="center", fontweight="bold")
    ax.text(1, -0.1, f"solid {ORANGE_NAME}: positive    dashed {BLUE_NAME}: negative    "
            "darker unit: larger activation", ha="center", fontsize=9)  # fmt: skip
    ax.set(xlim=(-0.75, 2.45), ylim=(-0.14, 1.12))
    ax.axis("off")
    return ax


# --- the computation -------------------------------------------------------------------------

NODES = {  # name: centre x, row (1 above), title, name of its gradient
    "X": (0.0, 1, "X", None),
    "z1": (1.22, 1, "Z₁ = X W₁", "dC_dz1"),
    "a1": (2.52, 1, "A₁ = σ(Z₁)", "dC_da1"),
    "z2": (3.78, 1, "Z₂ = A₁ W₂", "dC_dz2"),
    "y_hat": (4.9, 1, "Ŷ = σ(Z₂)", None),
    "C": (5.9, 1, "C", None),
    "w1": (0.55, 0, "W₁", "dC_dw1"),
    "w2": (3.12, 0, "W₂", "dC_dw2"),
    "y": (5.9, 0, "Y", None),
}
STEPS = ("z1", "a1", "z2", "y_hat", "C", "dC_dz2", "dC_dw2", "dC_da1", "dC_dz1", "dC_dw1")
VALUE_HEIGHT, GRADIENT_HEIGHT = (0.45, 2.6), (-0.5, 1.66)  # of the lower and the upper row
FORWARD, BACKWARD = 3.2, 1.0  # heights of the two rows of arrows
ARROWS = {  # the step an arrow belongs to: its start and its end
    "z1": ((0.0, FORWARD), (1.22, FORWARD)),
    "a1": ((1.22, FORWARD), (2.52, FORWARD)),
    "z2": ((2.52, FORWARD), (3.78, FORWARD)),
    "y_hat": ((3.78, FORWARD), (4.9, FORWARD)),
    "C": ((4.9, FORWARD), (5.9, FORWARD)),
    "dC_dz2": ((5.9, BACKWARD), (3.78, BACKWARD)),
    "dC_dw2": ((3.9, BACKWARD), (3.5, GRADIENT_HEIGHT[0])),
    "dC_da1": ((3.78, BACKWARD), (2.52, BACKWARD)),
    "dC_dz1": ((2.52, BACKWARD), (1.22, BACKWARD)),
    "dC_dw1": ((1.48, BACKWARD), (1.22, GRADIENT_HEIGHT[0])),
}
INPUTS = {"w1": (0.6, FORWARD), "w2": (3.12, FORWARD), "y": (5.9, 2.35)}  # where each comes in


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
    ax: Axes | None = None,
) -> Axes:
    """Every quantity with its value (above) and its gradient (below), for one sample.

    Values are computed from left to right, gradients from right to left. Give a batch of one,
    X[[7]], and every number can be multiplied out: of more, the cost and the weights' gradients
    are of all, and the rest is the first one's.
    """
    ax = new_axes(ax, (7.6, 4.3))
    looks = {"ha": "center", "va": "center", "fontsize": 9, "linespacing": 1.35, "zorder": 3}
    value_box = {"boxstyle": "round,pad=0.3", "fc": BLUE_BOX, "ec": BLUE}
    gradient_box = {"boxstyle": "round,pad=0.3", "fc": ORANGE_BOX, "ec": ORANGE, "ls": "--"}
    for name, (x, row, _, gradient) in NODES.items():
        ax.text(x, VALUE_HEIGHT[row], "", gid=name, bbox=value_box, **looks)
        if gradient:
            ax.text(x, GRADIENT_HEIGHT[row], "", gid=gradient, bbox=gradient_box, **looks)
    for step, (start, end) in ARROWS.items():
        color, style = (BLUE, "-") if step in NODES else (ORANGE, "--")
        turning = start[0] != end[0] and start[1] != end[1]
        ax.add_patch(FancyArrowPatch(
            start, end, gid=f"arrow {step}", arrowstyle="-|>", mutation_scale=11, color=color,
            linestyle=style, shrinkA=0 if turning else 8, shrinkB=2 if turning else 8,
            connectionstyle="angle,angleA=-90,angleB=180,rad=0" if turning else "arc3",
        ))  # fmt: skip
    for x, height in INPUTS.values():
        ax.plot([x, x], [0.45, height], color=WIRE, zorder=0)
    ax.text(-0.3, 3.45, "forward: values", color=BLUE, fontweight="bold")
    ax.text(4.05, 0.85, "backward: gradients", color=ORANGE, fontweight="bold", va="top")
    ax.set(xlim=(-0.45, 6.25), ylim=(-1.0, 3.7))
    ax.axis("off")
    fill_graph(ax, forward, gradients, X=X, y=y, w1=w1, w2=w2, cost=cost)
    return ax


def fill_graph(
    ax: Axes,
    forward: Forward,
    gradients: Gradients,
    *,
    X: Array,
    y: Array,
    w1: Array,
    w2: Array,
    cost: float,
    shown: int = len(STEPS),
) -> None:
    """Write the numbers into the graph; only the first `shown` of `STEPS`.

    The step reached last is framed by a thicker line, unless all are shown.
    """
    one = {"X": X, "y": y, **forward._asdict(), **gradients._asdict()}
    one = {name: as_array(name, value)[0] for name, value in one.items() if "w" not in name}
    whole = {"w1": w1, "w2": w2, "dC_dw1": gradients.dC_dw1, "dC_dw2": gradients.dC_dw2}
    whole = {name: as_array(name, value) for name, value in whole.items()}
    numbers = {**one, **whole, "C": np.array([cost])}
    for name, (_, _, title, gradient) in NODES.items():
        part(ax, name).set_text(f"{title}\n{_numbers(numbers[name])}")
        if gradient:
            words = f"∂C/∂{title.split()[0]}\n{_numbers(numbers[gradient])}"
            part(ax, gradient).set_text(words)
    for index, step in enumerate(STEPS):
        box = part(ax, step)
        box.set_visible(index < shown)
        box.get_bbox_patch().set_linewidth(2.6 if index == shown - 1 < len(STEPS) - 1 else 1)
        part(ax, f"arrow {step}").set_visible(index < shown)


def _numbers(values: np.ndarray) -> str:
    """A few numbers as text, a row a line."""
    rows = np.atleast_2d(values)
    if rows.shape[1] == 1:
        rows = rows.T  # a column of weights, written along
    if rows.shape == (1, 4):
        rows = rows.reshape(2, 2)
    return "\n".join("  ".join(signed(v, "z.2f") for v in row) for row in rows)
