"""How every figure looks: all colours, and the style that each is drawn under."""

import functools
from collections.abc import Callable
from importlib.resources import files
from typing import ParamSpec, TypeVar

import matplotlib
import numpy as np
from cycler import cycler
from matplotlib.colors import BoundaryNorm, LinearSegmentedColormap

P = ParamSpec("P")
R = TypeVar("R")

# Okabe and Ito's colours, some of them darkened until text in them is easy to read on white.
# Of the two that stand for the classes: the colour, as a ground below dots, as a box.
BLUE, BLUE_GROUND, BLUE_BOX = "#0072B2", "#9CC7E5", "#E8F2F9"
ORANGE, ORANGE_GROUND, ORANGE_BOX = "#D55E00", "#F5B98F", "#FCEBDF"
GREEN, PURPLE, BLACK, WHITE = "#007A5A", "#9A4F7C", "#000000", "#FFFFFF"
TEXT, GREY = "#222222", "#555555"  # words; what is beside the point
GREY_GROUND = "#9E9E9E"  # the largest activation, as a ground below dots
WIRE, RAY, GUIDE = "#BBBBBB", "#CCCCCC", "#DDDDDD"  # what lies behind all else
GREYS = "Greys"  # a colour map: more is darker

CLASSES = ((BLUE, "o"), (ORANGE, "^"))  # colour and marker of label 0 and of label 1
LINES = tuple(  # colour and style of the first line, the second, …
    zip((BLUE, ORANGE, GREEN, PURPLE, BLACK), ("-", "--", "-.", ":", (0, (1, 1))), strict=True)
)
SHADES = LinearSegmentedColormap.from_list("shades", [BLUE_GROUND, WHITE, ORANGE_GROUND])
ACTIVATIONS = LinearSegmentedColormap.from_list("activations", [WHITE, GREY_GROUND])
TWENTIETHS = BoundaryNorm(np.linspace(0, 1, 21), 256)
TWENTY_SHADES = {"cmap": SHADES, "norm": TWENTIETHS}
TWENTY_GREYS = {"cmap": ACTIVATIONS, "norm": TWENTIETHS}

STYLE = matplotlib.rc_params_from_file(
    str(files("fnn_helpers.plots") / "house.mplstyle"), use_default_template=False
)
STYLE |= {
    "figure.facecolor": WHITE,
    "savefig.facecolor": WHITE,
    "axes.facecolor": WHITE,
    "axes.edgecolor": GREY,
    "axes.labelcolor": TEXT,
    "axes.prop_cycle": cycler(color=[color for color, _ in LINES]),
    "xtick.color": GREY,
    "ytick.color": GREY,
    "xtick.labelcolor": TEXT,
    "ytick.labelcolor": TEXT,
    "text.color": TEXT,
}


def styled(draw: Callable[P, R]) -> Callable[P, R]:
    """Run a drawing function under the house style, and leave matplotlib as it was."""

    @functools.wraps(draw)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> R:
        with matplotlib.rc_context(STYLE):
            return draw(*args, **kwargs)

    return wrapper
