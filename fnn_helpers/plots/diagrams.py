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

VALUES, WEIGHTS, GRADIENTS, OF_WEIGHTS = 2.75, 4.05, 1.4, 0.0  # heights of the four rows
NODES = {  # name: centre x, height, title
    "X": (0.0, VALUES, "X"),
    "w1": (0.8, WEIGHTS, "W₁"),
    "z1": (1.55, VALUES, "Z₁ = X W₁"),
    "a1": (3.9, VALUES, "A₁ = σ(Z₁)"),
    "w2": (4.95, WEIGHTS, "W₂"),
    "z2": (5.8, VALUES, "Z₂ = A₁ W₂"),
    "y_hat": (7.4, VALUES, "Ŷ = σ(Z₂)"),
    "y": (8.6, WEIGHTS, "Y"),
    "C": (8.6, VALUES, "C"),
    "dC_dy_hat": (7.4, GRADIENTS, "∂C/∂Ŷ"),
    "dC_dz2": (5.8, GRADIENTS, "∂C/∂Z₂"),
    "dC_dw2": (5.8, OF_WEIGHTS, "∂C/∂W₂"),
    "dC_da1": (3.9, GRADIENTS, "∂C/∂A₁"),
    "dC_dz1": (1.55, GRADIENTS, "∂C/∂Z₁"),
    "dC_dw1": (1.55, OF_WEIGHTS, "∂C/∂W₁"),
}
GIVEN = ("X", "w1", "w2", "y")
STEPS = tuple(name for name in NODES if name not in GIVEN)
ARROWS = {  # from, to: the factor on a way back, and where it stands
    ("X", "z1"): None, ("w1", "z1"): None, ("z1", "a1"): None, ("a1", "z2"): None,
    ("w2", "z2"): None, ("z2", "y_hat"): None, ("y_hat", "C"): None, ("y", "C"): None,
    ("C", "dC_dy_hat"): ("slope of C", 8.1, 2.05),
    ("dC_dy_hat", "dC_dz2"): ("⊙ Ŷ(1 − Ŷ)", 6.6, 1.75),
    ("dC_dz2", "dC_dw2"): ("A₁ᵀ ·", 5.87, 0.7),
    ("dC_dz2", "dC_da1"): ("· W₂ᵀ", 5.06, 1.5),
    ("dC_da1", "dC_dz1"): ("⊙ A₁(1 − A₁)", 2.72, 1.75),
    ("dC_dz1", "dC_dw1"): ("Xᵀ ·", 1.62, 0.7),
}  # fmt: skip
DIGITS = 3  # of the numbers that are computed


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
    """Every quantity with its value and, below it, its gradient, for one sample and one output.

    Values are computed from left to right, gradients from right to left; on each way back stands
    the factor. Give a batch of one, X[[7]], and every number can be multiplied out. There is room
    for the numbers of three hidden units. ∂C/∂Ŷ is the delta, divided by the slope of the output.
    """
    ax = new_axes(ax, (9.2, 4.8))
    looks = {"ha": "center", "va": "center", "fontsize": 9, "linespacing": 1.35, "zorder": 3}
    value_box = {"boxstyle": "round,pad=0.3", "fc": BLUE_BOX, "ec": BLUE}
    gradient_box = {"boxstyle": "round,pad=0.3", "fc": ORANGE_BOX, "ec": ORANGE, "ls": "--"}
    for name, (x, height, _) in NODES.items():
        box = gradient_box if name.startswith("dC") else value_box
        ax.text(x, height, "", gid=name, bbox=box, **looks)
    for (start, end), factor in ARROWS.items():
        back = end.startswith("dC")
        ends = [NODES[start][:2], NODES[end][:2]]
        ax.add_patch(FancyArrowPatch(
            *ends, patchA=part(ax, start).get_bbox_patch(), patchB=part(ax, end).get_bbox_patch(),
            shrinkA=0, shrinkB=0, gid=f"arrow {start} {end}", arrowstyle="-|>", mutation_scale=11,
            color=ORANGE if back else BLUE, linestyle="--" if back else "-", zorder=4,
        ))  # fmt: skip
        if factor:
            words, x, y_ = factor
            ax.text(x, y_, words, gid=f"factor {end}", color=ORANGE, fontsize=9, va="center",
                    ha="left" if ends[0][1] != ends[1][1] else "center")  # fmt: skip
    ax.text(-0.45, 4.6, "forward: values", color=BLUE, fontweight="bold")
    ax.text(9.05, 0.0, "backward: gradients", color=ORANGE, fontweight="bold", ha="right")
    ax.set(xlim=(-0.5, 9.1), ylim=(-0.55, 4.8))
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
    y_hat = as_array("y_hat", forward.y_hat)[:1]
    numbers = {"X": X, "y": y, **forward._asdict(), **gradients._asdict()}
    numbers = {name: as_array(name, value)[:1] for name, value in numbers.items()}
    numbers["dC_dy_hat"] = numbers["dC_dz2"] / (y_hat * (1 - y_hat))
    whole = {"w1": w1, "w2": w2, "dC_dw1": gradients.dC_dw1, "dC_dw2": gradients.dC_dw2}
    numbers |= {name: as_array(name, value) for name, value in whole.items()}
    numbers["C"] = np.array([[cost]])
    for name, (_, _, title) in NODES.items():
        part(ax, name).set_text(f"{title}\n{_numbers(numbers[name], exact=name in GIVEN)}")
    for index, step in enumerate(STEPS):
        box = part(ax, step)
        box.set_visible(index < shown)
        box.get_bbox_patch().set_linewidth(2.6 if index == shown - 1 < len(STEPS) - 1 else 1)
    for (start, end), factor in ARROWS.items():
        visible = STEPS.index(end) < shown
        part(ax, f"arrow {start} {end}").set_visible(visible)
        if factor:
            part(ax, f"factor {end}").set_visible(visible)


def _numbers(values: np.ndarray, *, exact: bool) -> str:
    """A few numbers as text, a row a line; what was given, with no more digits than it has."""

    def text(number: float) -> str:
        words = signed(number, f"z.{DIGITS}f")
        return words.rstrip("0").rstrip(".") if exact else words

    return "\n".join("  ".join(text(v) for v in row) for row in values)


# --- a fork ----------------------------------------------------------------------------------


@styled
def fork(
    start: tuple[str, str],
    ends: Sequence[tuple[str, str]],
    wires: Sequence[tuple[str, str]],
    *,
    ax: Axes | None = None,
) -> Axes:
    """One thing used in two places, and what comes back from both.

    `start` and each of `ends` is what stands in a box and the gradient below it; each of `wires`
    is the factor on the way forward and what goes back.
    """
    ax = new_axes(ax, (7.6, 3.0))
    looks = {"ha": "center", "va": "center"}
    for x, height, (value, gradient) in zip(
        (0.0, 4.2, 4.2), (0.5, 1.1, -0.1), (start, *ends), strict=True
    ):
        ax.text(x, height, value, color=BLUE, **looks,
                bbox={"boxstyle": "round,pad=0.4", "fc": BLUE_BOX, "ec": BLUE})  # fmt: skip
        ax.text(x, height - 0.22, gradient, color=ORANGE, va="top", ha="center")
    for up, (factor, back) in zip((1, -1), wires, strict=True):
        near, far = 0.5 + 0.1 * up, 0.5 + 0.6 * up
        for shift, color, style, way in ((0.05, BLUE, "-", 1), (-0.05, ORANGE, "--", -1)):
            ends_ = [(0.42, near + shift), (3.7, far + shift)][::way]
            ax.add_patch(FancyArrowPatch(
                *ends_, shrinkA=0, shrinkB=0, color=color, linestyle=style, arrowstyle="-|>",
                mutation_scale=11,
            ))  # fmt: skip
        middle = (near + far) / 2
        ax.text(2.1, middle + 0.16, factor, color=BLUE, ha="center", va="bottom")
        ax.text(2.1, middle - 0.2, back, color=ORANGE, ha="center", va="top")
    ax.set(xlim=(-0.9, 5.0), ylim=(-0.6, 1.4))
    ax.axis("off")
    return ax
