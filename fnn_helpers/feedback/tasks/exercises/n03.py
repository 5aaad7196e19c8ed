"""Notebook 03: the forward pass."""

from .exercise import Exercise

EXERCISES: dict[str, Exercise] = {}
