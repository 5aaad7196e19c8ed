"""Notebook 06: the step."""

from .exercise import Exercise

EXERCISES: dict[str, Exercise] = {}
