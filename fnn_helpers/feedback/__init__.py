"""Check a learner's function and name the mistake.

`cases` are what functions are tried on and `tasks` what is asked of them; `runner` runs them safely
while `watching` notices what they do; `attempts` collects their `values`, `errors` puts exceptions
into words. `mistakes` and `training_runs` are the tables of what goes wrong, `matching` finds a
value in them, `naming` and `naming_training` say what it is, `answers` adds the hints. `checks` are
the nine questions, `panel` is the answer's look.
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
