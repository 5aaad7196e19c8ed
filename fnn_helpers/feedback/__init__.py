"""Check a learner's function and name the mistake.

`cases` are what functions are tried on, `runner` runs them safely, `mistakes` is the table of what
goes wrong, `matching` finds a value in it, `checks` are the nine questions, `panel` the answer.
"""

from .checks import (
    check_against,
    check_backward,
    check_binary_cross_entropy,
    check_forward,
    check_normalise_rows,
    check_output_delta,
    check_sigmoid,
    check_sigmoid_slope,
    check_step,
    check_train,
)
from .panel import Feedback
from .recall import Question, recall

__all__ = [
    "Feedback",
    "Question",
    "check_against",
    "check_backward",
    "check_binary_cross_entropy",
    "check_forward",
    "check_normalise_rows",
    "check_output_delta",
    "check_sigmoid",
    "check_sigmoid_slope",
    "check_step",
    "check_train",
    "recall",
]
