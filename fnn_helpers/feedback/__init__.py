"""Check a learner's function and name the mistake.

`call` runs the function safely; `check` is the one way through: call, compare, diagnose, answer.
`steps` holds the right formulas, `tasks` what each check asks and how its quantities go wrong,
`diagnose` finds which mistake made a wrong value, and `finding` says it in words. `recall` asks
questions, `practice` draws calculations, `progress` counts what is solved, and `grade` runs a whole
notebook: `python -m fnn_helpers.feedback grade notebook.ipynb`.
"""

from collections.abc import Callable
from typing import Any

from . import tasks
from .against import check_against, check_exercise
from .catalogue import catalogue
from .check import check
from .finding import Feedback
from .practice import practice
from .predict import predict
from .progress import progress
from .recall import Question, recall

__all__ = [
    "Feedback",
    "Question",
    "catalogue",
    "check_against",
    "check_backward",
    "check_binary_cross_entropy",
    "check_cross_entropy",
    "check_deep_backward",
    "check_exercise",
    "check_forward",
    "check_linear_backward",
    "check_momentum_step",
    "check_normalise_rows",
    "check_output_delta",
    "check_sigmoid",
    "check_sigmoid_slope",
    "check_softmax",
    "check_softmax_delta",
    "check_step",
    "check_tanh_slope",
    "check_train",
    "practice",
    "predict",
    "progress",
    "recall",
]

Function = Callable[..., Any]


def check_normalise_rows(f: Function, *, hunt: bool = False) -> Feedback:
    """Check `f(X) -> X` with rows of length one."""
    return check(tasks.rows.TASK, f, hunt=hunt)


def check_sigmoid(f: Function, *, hunt: bool = False) -> Feedback:
    """Check `f(z) -> a`, the sigmoid; a note says so if it fails for other shapes or far from 0."""
    return check(tasks.sigmoid.TASK, f, hunt=hunt)


def check_sigmoid_slope(f: Function, *, hunt: bool = False) -> Feedback:
    """Check `f(a) -> slope`, the sigmoid's slope from the activation."""
    return check(tasks.slope.TASK, f, hunt=hunt)


def check_forward(f: Function, *, hunt: bool = False) -> Feedback:
    """Check `f(X, w1, w2) -> (z1, a1, z2, y_hat)`."""
    return check(tasks.forward.TASK, f, hunt=hunt)


def check_binary_cross_entropy(f: Function, *, hunt: bool = False) -> Feedback:
    """Check `f(y_hat, y) -> mean cost`, one number; a note says so if an exact 0 or 1 breaks it."""
    return check(tasks.cost.TASK, f, hunt=hunt)


def check_output_delta(f: Function, *, hunt: bool = False) -> Feedback:
    """Check `f(y_hat, y) -> dC_dz2` of the mean binary cross-entropy."""
    return check(tasks.delta.TASK, f, hunt=hunt)


def check_backward(f: Function, *, hunt: bool = False) -> Feedback:
    """Check `f(X, y, w2, a1, y_hat) -> (dC_dz2, dC_dw2, dC_da1, dC_dz1, dC_dw1)`."""
    return check(tasks.backward.TASK, f, hunt=hunt)


def check_step(f: Function, *, hunt: bool = False) -> Feedback:
    """Check `f(w, dC_dw, learning_rate) -> new w`."""
    return check(tasks.step.TASK, f, hunt=hunt)


def check_train(f: Function, *, hunt: bool = False) -> Feedback:
    """Check `f(X, y, w1, w2, epochs, learning_rate) -> (w1, w2, losses)`."""
    return check(tasks.train.TASK, f, hunt=hunt)


def check_cross_entropy(f: Function, *, hunt: bool = False) -> Feedback:
    """Check `f(p, y) -> mean cost` for one-hot labels; a note says so if an exact 0 breaks it."""
    return check(tasks.cross_entropy.TASK, f, hunt=hunt)


def check_deep_backward(f: Function, *, hunt: bool = False) -> Feedback:
    """Check `f(activations, y, weights) -> [dC_dw, …]`, a gradient for each weight, in their order.

    Sigmoid after every product, mean binary cross-entropy; activations go from X to y_hat.
    """
    return check(tasks.deep.TASK, f, hunt=hunt)


def check_linear_backward(f: Function, *, hunt: bool = False) -> Feedback:
    """Check `f(x, w, d_out) -> (d_x, d_w, d_b)`, what goes back through x @ w + b."""
    return check(tasks.linear.TASK, f, hunt=hunt)


def check_momentum_step(f: Function, *, hunt: bool = False) -> Feedback:
    """Check `f(w, velocity, gradient, learning_rate, momentum) -> (w, velocity)`, as torch does."""
    return check(tasks.momentum.TASK, f, hunt=hunt)


def check_softmax(f: Function, *, hunt: bool = False) -> Feedback:
    """Check `f(z) -> p`, by rows; a note says if large scores break it."""
    return check(tasks.softmax.TASK, f, hunt=hunt)


def check_softmax_delta(f: Function, *, hunt: bool = False) -> Feedback:
    """Check `f(p, y) -> dC_dz` of the mean cross-entropy behind a softmax."""
    return check(tasks.softmax_delta.TASK, f, hunt=hunt)


def check_tanh_slope(f: Function, *, hunt: bool = False) -> Feedback:
    """Check `f(a) -> slope`, the slope of tanh from the activation."""
    return check(tasks.tanh_slope.TASK, f, hunt=hunt)
