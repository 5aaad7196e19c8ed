"""Figures from data: each function takes arrays, draws on `ax` (or new axes) and returns the axes.

There is no mathematics of the lesson here and nothing global: what is drawn was computed by the
caller. Every figure is shown through `show`, which gives it a text alternative. A figure that
moves has a second function, which sets what changes; the first one calls it.

look, how all figures look · canvas, what is drawn on · then one file for each thing drawn: dots,
the flowers · lines, functions of one variable · steps of a descent · cut and planes · runs,
training · diagrams · notes, what autograd keeps · and page, from a figure to the page.
"""

from . import quiet  # noqa: F401  first: it imports matplotlib
from .canvas import Grid, grid
from .cut import Cut
from .diagrams import STEPS, computation_graph, fill_graph, flower_parts, fork, network
from .dots import (
    flowers,
    flowers_on_a_line,
    magnified,
    move_predictions,
    predictions,
    rows_to_unit_length,
    starts,
)
from .lines import (
    constant_answers,
    costs_and_deltas,
    label_cost,
    move_tangent,
    poked_weight,
    sigmoid_and_slope,
    step_size_errors,
    tangent,
)
from .notes import autograd_notes
from .page import animated, png, show, show_animation
from .planes import (
    adding_up,
    boundaries,
    decision_boundary,
    four_points,
    hidden_unit,
    landscape,
    move_path,
    plane,
    reshade,
    side_by_side,
    turn_hidden_unit,
)
from .runs import (
    curves,
    each_start,
    epoch_by_epoch,
    history,
    learning,
    move_epoch,
    move_learning,
    seen_and_unseen,
)
from .steps import along_a_step, by_rate, on_a_parabola

__all__ = [
    "Cut", "Grid", "STEPS", "adding_up", "along_a_step", "animated", "autograd_notes",
    "boundaries", "by_rate", "computation_graph", "constant_answers", "costs_and_deltas", "curves",
    "decision_boundary", "each_start", "epoch_by_epoch", "fill_graph", "flower_parts", "flowers",
    "flowers_on_a_line", "fork", "four_points", "grid", "hidden_unit", "history", "label_cost",
    "landscape", "learning", "magnified", "move_epoch", "move_learning", "move_path",
    "move_predictions", "move_tangent", "network", "on_a_parabola", "plane", "png", "poked_weight",
    "predictions", "reshade", "rows_to_unit_length", "seen_and_unseen", "show", "show_animation",
    "side_by_side", "sigmoid_and_slope", "starts", "step_size_errors", "tangent",
    "turn_hidden_unit",
]  # fmt: skip
