"""Functions for exercises as people write them: what each does wrong, and what it is called."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from fnn_helpers.feedback.tasks.exercises import Exercise

Function = Callable[..., Any]


class AsWritten:
    """The right and the wrong functions of one notebook's exercises."""

    def __init__(self) -> None:
        self.right_ones: list[Any] = []
        self.wrong_ones: list[Any] = []

    def right(self, exercise: str) -> Callable[[Function], Function]:
        """Keep a function that is right, however it is written."""

        def keep(f: Function) -> Function:
            self.right_ones.append(pytest.param(exercise, f, id=f"{exercise}-{f.__name__}"))
            return f

        return keep

    def wrong(
        self, exercise: str, mistake: str | None, where: str | None
    ) -> Callable[[Function], Function]:
        """Keep a function that is wrong; no mistake where numbers prove a place at most."""

        def keep(f: Function) -> Function:
            case = pytest.param(exercise, mistake, where, f, id=f"{exercise}-{f.__name__}")
            self.wrong_ones.append(case)
            return f

        return keep

    def not_shown(
        self,
        exercises: Mapping[str, Exercise],
        reused: Mapping[tuple[str, str], set[str]],
    ) -> list[tuple[str, str, str]]:
        """Records without a function here, but for those that other tests show at this place."""
        shown = {case.values[:2] for case in self.wrong_ones}
        return [
            (name, where, record.id)
            for name, exercise in exercises.items()
            for where, records in exercise.mistakes.items()
            for record in records
            if (name, record.id) not in shown and record.id not in reused.get((name, where), set())
        ]
