"""The checks: one file each, with what is asked, its quantities and their mistakes."""

from . import (
    backward,
    cost,
    cross_entropy,
    deep,
    delta,
    forward,
    linear,
    momentum,
    rows,
    sigmoid,
    slope,
    softmax,
    softmax_delta,
    step,
    tanh_slope,
    train,
)

PART_ONE = ("backward", "cost", "delta", "forward", "rows", "sigmoid", "slope", "step", "train")
PART_TWO = (
    "cross_entropy", "deep", "linear", "momentum", "softmax", "softmax_delta", "tanh_slope",
)  # fmt: skip

__all__ = [
    "backward",
    "cost",
    "cross_entropy",
    "deep",
    "delta",
    "forward",
    "linear",
    "momentum",
    "rows",
    "sigmoid",
    "slope",
    "softmax",
    "softmax_delta",
    "step",
    "tanh_slope",
    "train",
]
