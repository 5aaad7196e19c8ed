"""Diagrams: a flower, units and wires, and the computation as a graph of numbers."""

from collections.abc import Mapping, Sequence
from itertools import product

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
    CLASSES,
    GREY,
    ORANGE,
    ORANGE_BOX,
    ORANGE_GROUND,
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
    X: Array, w1: Array, w2: Array, forward: Sequence[Array], *, ax: Axes | None = None
) -> Axes:
    """A small network and one sample: weights beside their wires, values in the units.

    `forward` holds z1, a1, z2 and ŷ of the sample.

    Above a unit stands its sum z, in it what goes on: an input, an activation, the answer.
    """
    weights = as_array("w1", w1), as_array("w2", w2)
    z1, a1, z2, y_hat = (np.ravel(as_array("forward", value)) for value in forward)
    values, sums = (np.ravel(as_array("X", X)), a1, y_hat), (None, z1, z2)
    places = [[(2.0 * i, -(j - (len(v) - 1) / 2)) for j in range(len(v))]
              for i, v in enumerate(values)]  # fmt: skip
    ax = new_axes(ax, (7.2, 3.4))
    for table, left, right in zip(weights, places, places[1:], strict=False):
        for (i, start), (j, end) in product(enumerate(left), enumerate(right)):
            ax.plot(*zip(start, end, strict=True), color=WIRE, linewidth=1.5, zorder=1)
            at = [0.7 * a + 0.3 * b for a, b in zip(start, end, strict=True)]
            ax.text(*at, signed(table[i, j], "g"), ha="center", va="center",
                    bbox={"fc": WHITE, "ec": "none", "pad": 2})  # fmt: skip
    for layer, inside, before in zip(places, values, sums, strict=True):
        for j, place in enumerate(layer):
            ax.scatter(*place, s=2300, c=WHITE, edgecolors=BLACK, linewidths=1.3, zorder=2)
            ax.text(*place, signed(inside[j], ".4g"), ha="center", va="center")
            if before is not None:
                note(ax, f"z = {signed(before[j], '.4g')}", place, 0, 28, ha="center")
    top = max(y for layer in places for _, y in layer)
    names = "inputs x", "hidden units: a = σ(z)", "output: ŷ = σ(z)"
    for i, name in enumerate(names):
        ax.text(2.0 * i, top + 0.85, name, ha="center", fontweight="bold")
    ax.set(xlim=(-0.8, 4.8), ylim=(-top - 0.45, top + 1.05))
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
