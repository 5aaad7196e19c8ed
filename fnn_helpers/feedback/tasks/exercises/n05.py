"""Notebook 05: the backward pass of other networks."""

from .exercise import Exercise

EXERCISES: dict[str, Exercise] = {}
