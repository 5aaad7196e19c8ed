"""Two diagrams of the network: its weights as lines, and its computation as a graph of numbers."""

from collections.abc import Sequence

import matplotlib
import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import FancyArrowPatch

from ..network import Forward, Gradients
from .canvas import Array, as_array, new_axes, note, part, signed
from .look import (
    BLACK,
    BLUE,
    BLUE_BOX,
    BLUE_NAME,
    GREYS,
    ORANGE,
    ORANGE_BOX,
    ORANGE_NAME,
    WHITE,
    styled,
)

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
