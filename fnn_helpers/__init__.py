"""What the notebooks derive, kept: one file an idea, in the order the notebooks introduce them.

data → activations → costs → network → training → gradient_checks, then layers and autograd. What
they refuse, and in which words, is in refusals. Beside them: plots, the figures;
explore, their sliders; feedback, which checks what a learner writes. These three are loaded when
they are first used.
"""

from importlib import import_module
from types import ModuleType

from . import autograd as autograd
from . import layers as layers
from .activations import sigmoid, sigmoid_slope, softmax, tanh_slope
from .costs import BinaryCrossEntropy, CategoricalCrossEntropy, Cost, SquaredError
from .data import IrisPair, IrisTrio, load_iris_pair, load_iris_trio
from .gradient_checks import (
    Comparison,
    central_differences,
    compare,
    compare_gradients,
    gradients_by_autograd,
    gradients_by_differences,
)
from .network import FNN, Forward, Gradients
from .training import History, published_run, train

__all__ = [
    "FNN",
    "BinaryCrossEntropy",
    "CategoricalCrossEntropy",
    "Comparison",
    "Cost",
    "Forward",
    "Gradients",
    "History",
    "IrisPair",
    "IrisTrio",
    "SquaredError",
    "central_differences",
    "compare",
    "compare_gradients",
    "gradients_by_autograd",
    "gradients_by_differences",
    "load_iris_pair",
    "load_iris_trio",
    "published_run",
    "sigmoid",
    "sigmoid_slope",
    "softmax",
    "tanh_slope",
    "train",
]


def __getattr__(name: str) -> ModuleType:
    if name in ("explore", "feedback", "plots"):
        return import_module(f".{name}", __name__)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
