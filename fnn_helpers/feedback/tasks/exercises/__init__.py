"""Exercises outside the nine checks, a file a notebook.

`EXERCISES` are asked by name, on arguments drawn anew. `TABLES` are mistakes of functions that
`check_against` compares, found by the names of what is returned and the number of arguments.
"""

from collections.abc import Mapping
from importlib import import_module

from .exercise import Exercise, Table

__all__ = ["EXERCISES", "TABLES", "Exercise", "Table"]

_FILES = [import_module(f".n{number:02}", __name__) for number in range(1, 9)]
EXERCISES: Mapping[str, Exercise] = {
    name: exercise for file in _FILES for name, exercise in getattr(file, "EXERCISES", {}).items()
}
TABLES: Mapping[tuple[tuple[str, ...], int], Table] = {
    names: table for file in _FILES for names, table in getattr(file, "TABLES", {}).items()
}
