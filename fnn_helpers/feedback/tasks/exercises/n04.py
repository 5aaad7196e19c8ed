"""Notebook 04: the cost."""

from .exercise import Exercise

EXERCISES: dict[str, Exercise] = {}
