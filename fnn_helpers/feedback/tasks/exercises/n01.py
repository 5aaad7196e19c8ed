"""Notebook 01: what the inputs are."""

from .exercise import Exercise

EXERCISES: dict[str, Exercise] = {}
