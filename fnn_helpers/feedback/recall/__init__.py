"""Recall questions: choose or type an answer, and get told why. Plain Python, plain HTML."""

import math
from dataclasses import dataclass
from html import escape
from typing import Any

from ..finding import Feedback, box, fold, printable
from . import n00, n01, n02, n03, n04, n05, n06, n07, n08
from .numbers import Calculation, not_it, wrong_number
from .question import Choice, Number

__all__ = ["QUESTIONS", "Choice", "Number", "Question", "number_of", "recall"]

# A name is the number of the notebook and a word.
QUESTIONS: dict[str, Choice | Number] = {
    name: asked
    for notebook in (n00, n01, n02, n03, n04, n05, n06, n07, n08)
    for name, asked in notebook.QUESTIONS.items()
}


@dataclass(frozen=True)
class Question:
    """A question that is waiting; on a static page its answer can still be opened."""

    asked: Choice | Number
    name: str = ""

    def __repr__(self) -> str:
        options = self.asked.options if isinstance(self.asked, Choice) else {}
        lines = [self.asked.text, *(f"  {k}) {v}" for k, (v, _) in options.items())]
        return printable("\n".join(lines))

    def as_dict(self) -> dict[str, Any]:
        """As an answer that was not attempted, ready for JSON."""
        check = f"recall {self.name}"
        return Feedback("not attempted", None, None, self.asked.text, check=check).as_dict()

    def _repr_html_(self) -> str:
        asked = self.asked
        options = asked.options if isinstance(asked, Choice) else {}
        listed = "".join(
            f"<br/><strong>{escape(k)}</strong>) {escape(v)}" for k, (v, _) in options.items()
        )
        answer = asked.answer if isinstance(asked, Choice) else f"{asked.answer:.3g}"
        why = f"<strong>{escape(answer)}</strong>: {escape(_why(asked))}"
        return box("not attempted", f"{escape(asked.text)}{listed}{fold('Show the answer', why)}")


def recall(name: str, mine: str | float | None = None) -> Question | Feedback:
    """Ask a question; with `mine`, say whether it is right, and why or why not.

    Parameters
    ----------
    name : str
        The question's name, such as "05-one".
    mine : str or float, optional
        The learner's letter or number. None leaves the question open.

    Raises
    ------
    ValueError
        If there is no such question, or `mine` is not one of its letters.
    TypeError
        If the question asks for a number and `mine` is none.
    """
    if name not in QUESTIONS:
        same = ", ".join(n for n in QUESTIONS if n[:3] == str(name)[:3]) or ", ".join(QUESTIONS)
        raise ValueError(f"no question is called {name!r}. Use one of: {same}.")
    asked = QUESTIONS[name]
    if mine is None:
        return Question(asked, name)
    if isinstance(asked, Number):
        return _number(name, asked, number_of(mine))
    letter = mine.strip(" ().\n\t").lower() if isinstance(mine, str) else None
    if letter not in asked.options:
        letters = ", ".join(asked.options)
        raise ValueError(f'mine is {mine!r}, but one of {letters} is expected. Use mine="a".')
    status = "correct" if letter == asked.answer else "wrong"
    return Feedback(status, None, None, asked.options[letter][1], check=f"recall {name}")


def _number(name: str, asked: Number, mine: float) -> Feedback:
    check = f"recall {name}"
    if abs(mine - asked.answer) <= asked.tolerance:
        return Feedback("correct", None, None, asked.why, check=check)
    slip = next((why for n, why in asked.slips.items() if abs(mine - n) <= asked.tolerance), "")
    if asked.step:
        calculation = Calculation(asked.step, asked.given, asked.entry)
        return wrong_number(calculation, mine, check, asked.tolerance, slip)
    return Feedback("wrong", None, None, not_it(mine, asked.answer, slip), check=check)


def number_of(mine: Any) -> float:
    """The learner's number; raises where it is none."""
    try:
        number = math.nan if isinstance(mine, str | bool) else float(mine)
    except (TypeError, ValueError, RuntimeError):
        number = math.nan
    if not math.isfinite(number):
        raise TypeError(f"mine is {mine!r}, but a number is expected. Use mine=1.5.")
    return number


def _why(asked: Choice | Number) -> str:
    return asked.why if isinstance(asked, Number) else asked.options[asked.answer][1]
