"""Functions of one variable: the sigmoid, costs, one weight poked, errors against a step size."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes

from .canvas import Array, as_array, new_axes, note, part, several_axes, signed, together
from .look import BLACK, BLUE, CLASSES, GREY, GUIDE, LINES, ORANGE, styled


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
    note(ax, "a = σ(z)", (z[at], a[at]), -6, 6, color=BLUE, ha="right")
    note(ax, "slope a(1 − a)", (z[at], slope[at]), 6, 5, color=ORANGE)
    if z_data is not None:
        ticks = as_array("z_data", z_data).ravel()
        ax.plot(ticks, np.full_like(ticks, -0.05), "|", color=GREY, markersize=9, alpha=0.6)
        note(ax, "the flowers' z", (ticks.mean(), -0.05), 0, -16, ha="center", color=GREY,
             fontsize=9)  # fmt: skip
        ax.set_ylim(-0.16, 1.05)
    for height in (0.25, 0.5, 1):
        ax.axhline(height, color=GUIDE, linewidth=0.8, zorder=0)
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
    ax.plot([], [], "o", color=BLACK, zorder=3, gid="point")
    note(ax, "", (0, 0), 10, -16, color=ORANGE, gid="words")
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
    words.set_text(f"slope {signed(slope0, '.3f')} at z = {signed(z0, 'g')}")
    below = z0 > 3  # where there is no more room on the right
    words.set_position((0, -40) if below else (10, -16))
    words.set_ha("center" if below else "left")


@styled
def step_size_errors(
    h: Array, errors: Mapping[str, Array], *, mark: float | None = None, ax: Axes | None = None
) -> Axes:
    """Relative error of central differences against their step size, both axes logarithmic."""
    ax = new_axes(ax, (6.6, 3.8))
    looks = zip(errors.items(), CLASSES, LINES, strict=False)
    for (name, error), (color, marker), (_, style) in looks:
        x, e = together(h=h, error=error)
        e = np.maximum(e, np.finfo(float).tiny)
        ax.plot(x, e, color=color, marker=marker, markersize=4, linestyle=style)
        at = len(x) // 2
        above = marker == "o"
        note(ax, name, (x[at], e[at]), 4, 7 if above else -16, color=color, ha="left" if above
             else "right")  # fmt: skip
    if mark is not None:
        ax.axvline(mark, color=GREY, linewidth=1, linestyle=(0, (1, 2)), zorder=0)
        note(ax, f"h = {mark:g}", (mark, 0.02), 5, 0, color=GREY,
             xycoords=ax.get_xaxis_transform())  # fmt: skip
    for place, side, words in ((0.02, "left", "too small: rounding"),
                               (0.98, "right", "too large: a curved piece")):  # fmt: skip
        ax.annotate(words, (place, 1.02), xycoords="axes fraction", ha=side, color=GREY)
    ax.set(xscale="log", yscale="log", xlabel="step size h", ylabel="relative error")
    ax.margins(y=0.15)
    return ax


@styled
def label_cost(p: Array, cost: Array, *, ax: Axes | None = None) -> Axes:
    """The cost against the probability given to the true label, with 0.5 marked."""
    ax = new_axes(ax, (6.2, 3.4))
    p, cost = together(p=p, cost=cost)
    ax.plot(p, cost, color=BLUE)
    for at, words in ((0.5, "undecided"), (0.05, "confident and wrong"), (0.95, "right")):
        height = float(np.interp(at, p, cost))
        ax.plot([at], [height], "o", color=ORANGE)
        side = "left" if at < 0.9 else "right"
        note(ax, f"{words}: {height:.3f}", (at, height), 8, 9, ha=side)
    ax.set(xlabel="probability p given to the true label", ylabel="cost −ln p", xlim=(0, 1.02))
    ax.set_ylim(bottom=0)
    return ax


@styled
def constant_answers(p: Array, costs: Mapping[str, Array], *, ax: Axes | None = None) -> Axes:
    """What one answer for all costs, with the lowest point of each line marked."""
    ax = new_axes(ax, (6.6, 3.6))
    for (name, values), (color, style) in zip(costs.items(), LINES, strict=False):
        x, v = together(p=p, values=values)
        lowest = int(v.argmin())
        ax.plot(x, v, color=color, linestyle=style)
        ax.plot([x[lowest]], [v[lowest]], "o", color=color, zorder=3)
        words = f"{name}: {v[lowest]:.3f} at p = {x[lowest]:.2g}"
        note(ax, words, (x[lowest], v[lowest]), 2, -18, color=color, ha="right")
    ax.set(xlabel="one answer p for every flower", ylabel="mean cost", xlim=(0, 1), ylim=(0, 2.4))
    return ax


@styled
def costs_and_deltas(
    z: Array,
    costs: Mapping[str, Array],
    deltas: Mapping[str, Array],
    *,
    far: tuple[float, str] | None = None,
    axes: Sequence[Axes] | None = None,
) -> np.ndarray:
    """Two costs against the logit, and beside them their slopes; left of `far` the ground is grey.

    `far` is a logit and the words for what lies left of it.
    """
    axes = several_axes(axes, (7.4, 3.4), 1, 2)
    panels = ("cost", costs), ("its slope ∂C/∂z₂", deltas)
    for ax, (title, group) in zip(axes, panels, strict=True):
        for (name, values), (color, style) in zip(group.items(), LINES, strict=False):
            x, v = together(z=z, values=values)
            ax.plot(x, v, color=color, linestyle=style)
            right = 26 if v[0] > 1 else 2  # beside a steep line, above a flat one, below a rising
            above = -4 if right == 26 else (7 if v[0] > -0.5 else -14)
            note(ax, name, (x[0], v[0]), right, above, color=color, fontsize=9.5)
        ax.margins(y=0.12)
        ax.axhline(0, color=GUIDE, linewidth=0.8, zorder=0)
        ax.set(xlabel="logit z₂", title=title)
        if far is not None:
            border, words = far
            ax.axvspan(ax.get_xlim()[0], border, color=GUIDE, alpha=0.5, linewidth=0, zorder=-1)
            ax.set_xlim(ax.get_xlim()[0], float(x.max()))
            middle = 0.5 * (ax.get_xlim()[0] + border)
            ax.annotate(words, (middle, 0.28), xycoords=ax.get_xaxis_transform(), ha="center",
                        color=GREY, fontsize=9)  # fmt: skip
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
    ax.plot([w0], [cost0], "o", color=BLACK, zorder=3)
    note(ax, f"slope {signed(slope, '.3f')}", (w0, cost0), 10, 12, color=ORANGE)
    ax.set(xlabel=f"{name}, all other weights fixed", ylabel="cost C")
    return ax
