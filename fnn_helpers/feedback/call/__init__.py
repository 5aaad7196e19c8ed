"""Run somebody else's code safely, and understand what comes of it; knows no mathematics."""

from .errors import Call, text_of, translate
from .place import line_of
from .runner import Run, run
from .source import line_that_makes
from .values import as_tensor, described, is_single_precision

__all__ = [
    "Call",
    "Run",
    "as_tensor",
    "described",
    "is_single_precision",
    "line_of",
    "line_that_makes",
    "run",
    "text_of",
    "translate",
]
