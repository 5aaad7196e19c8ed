"""How far a step goes: on a parabola, along a gradient, and for many learning rates."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes

from .canvas import Array, as_array, new_axes, note, several_axes, together
from .look import BLACK, BLUE, GREEN, GREY, GUIDE, ORANGE, styled


@styled
def on_a_parabola(
    c: float, paths: Mapping[str, Array], *, axes: Sequence[Axes] | None = None
) -> np.ndarray:
    """The cost ½ c w², and on it the weight after each step: one panel a name."""
    axes = several_axes(axes, (7.4, 2.5), 1, len(paths), sharex=True, sharey=True)
    edge = max(abs(as_array(name, path)).max() for name, path in paths.items())
    w = np.linspace(-1.1 * edge, 1.1 * edge, 121)
    for ax, (name, path) in zip(np.ravel(axes), paths.items(), strict=True):
        places = as_array(name, path)
        heights = 0.5 * c * places**2
        ax.plot(w, 0.5 * c * w**2, color=BLUE)
        for i in range(len(places) - 1):
            ax.annotate("", xy=(places[i + 1], heights[i + 1]), xytext=(places[i], heights[i]),
                        arrowprops={"arrowstyle": "->", "color": ORANGE, "lw": 1.4})  # fmt: skip
        ax.plot(places, heights, "o", color=ORANGE, markersize=4, zorder=3)
        note(ax, "start", (places[0], heights[0]), 5, -4, fontsize=9)
        ax.set(title=name, xlabel="weight w")
    np.ravel(axes)[0].set_ylabel("cost")
    return axes


@styled
def along_a_step(
    rates: Array, cost: Array, parabola: Array, c: float, *, ax: Axes | None = None
) -> Axes:
    """The cost after one step, against its rate, beside the parabola that has its curvature."""
    ax = new_axes(ax, (6.8, 3.5))
    rates, cost, parabola = together(rates=rates, cost=cost, parabola=parabola)
    ax.plot(rates, cost, color=BLUE)
    ax.plot(rates, parabola, color=ORANGE, linestyle="--")
    note(ax, "the cost", (rates[-1], cost[-1]), -8, -4, color=BLUE, ha="right")
    at = int(0.6 * len(rates))
    note(ax, "the parabola", (rates[at], parabola[at]), 2, -18, color=ORANGE, ha="center")
    ax.axhline(cost[0], color=GUIDE, linewidth=1, zorder=0)
    note(ax, "before the step", (0, cost[0]), 4, 4, color=GREY, fontsize=9)
    for rate, words in ((1 / c, "1/c"), (2 / c, "2/c")):
        height = float(np.interp(rate, rates, parabola))
        ax.plot([rate], [height], "o", color=BLACK, zorder=3)
        note(ax, words, (rate, height), 0, -15, ha="center")
    ax.set(xlabel="learning rate of the step", ylabel="cost after it", ylim=(0, None))
    return ax


@styled
def by_rate(
    rates: Array, first: Array, last: Array, *, start: float, steps: int, ax: Axes | None = None
) -> Axes:
    """The cost after one step and after many, against the learning rate: a column a start."""
    ax = new_axes(ax, (7.2, 3.7))
    x = as_array("rates", rates)
    for name, values, color, marker, up in (
        ("after 1 step", first, ORANGE, "^", 1), (f"after {steps} steps", last, BLUE, "o", -1),
    ):  # fmt: skip
        values = as_array(name, values)
        middle = np.median(values, axis=1)
        ax.fill_between(x, values.min(axis=1), values.max(axis=1), color=color, alpha=0.2, lw=0)
        ax.plot(x, middle, color=color, marker=marker, markersize=4)
        at = len(x) * 2 // 3 if up > 0 else len(x) // 3
        note(ax, name, (x[at], middle[at]), -6 * up, 9 * up - 4, color=color, ha="right")
    ax.axhline(start, color=GREEN, linewidth=1, linestyle=":")
    note(ax, "before the first step", (x[0], start), 0, 4, color=GREEN, fontsize=9)
    ax.set(xscale="log", yscale="log", xlabel="learning rate", ylabel="mean cross-entropy")
    ax.xaxis.set_major_formatter("{x:g}")
    ax.yaxis.set_major_formatter("{x:g}")
    return ax
