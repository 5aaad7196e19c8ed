"""The checks: one file each, with what is asked, its quantities and their mistakes."""

from . import backward, cost, delta, forward, rows, sigmoid, slope, step, train

__all__ = ["backward", "cost", "delta", "forward", "rows", "sigmoid", "slope", "step", "train"]
