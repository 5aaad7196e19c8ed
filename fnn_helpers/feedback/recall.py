"""Recall questions: choose or type an answer, and get told why. Plain Python, plain HTML."""

from dataclasses import dataclass
from html import escape

from .finding import Feedback
from .questions import QUESTIONS, Choice, Number


@dataclass(frozen=True)
class Question:
    """A question that is waiting; on a static page its answer can still be opened."""

    asked: Choice | Number

    def __repr__(self) -> str:
        options = self.asked.options if isinstance(self.asked, Choice) else {}
        return "\n".join([self.asked.text, *(f"  {k}) {v}" for k, (v, _) in options.items())])

    def _repr_html_(self) -> str:
        options = self.asked.options if isinstance(self.asked, Choice) else {}
        listed = "".join(
            f"<br/><strong>{escape(k)}</strong>) {escape(v)}" for k, (v, _) in options.items()
        )
        return (
            '<div style="background:#EDEFF2;color:#3A4350;border-left:4px solid #3A4350;'
            'padding:.6em 1em;max-width:46em;line-height:1.45">'
            f"{escape(self.asked.text)}{listed}"
            '<details style="margin-top:.3em"><summary>Show the answer</summary>'
            f"<strong>{escape(str(self.asked.answer))}</strong>: {escape(_why(self.asked))}"
            "</details></div>"
        )


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
        return Question(asked)
    if isinstance(asked, Number):
        return _number(asked, mine)
    if mine not in asked.options:
        letters = ", ".join(asked.options)
        raise ValueError(f'mine is {mine!r}, but one of {letters} is expected. Use mine="a".')
    status = "correct" if mine == asked.answer else "wrong"
    return Feedback(status, None, None, asked.options[mine][1])


def _number(asked: Number, mine: str | float) -> Feedback:
    if isinstance(mine, bool) or not isinstance(mine, int | float):
        raise TypeError(f"mine is {mine!r}, but a number is expected. Use mine=1.5.")
    if abs(mine - asked.answer) <= asked.tolerance:
        return Feedback("correct", None, None, asked.why)
    slip = next((why for n, why in asked.slips.items() if abs(mine - n) <= asked.tolerance), None)
    if slip is not None:
        return Feedback("wrong", None, None, f"{mine:g} is not it. {slip}")
    direction = "smaller" if mine > asked.answer else "larger"
    return Feedback("wrong", None, None, f"{mine:g} is not it: the answer is {direction}.")


def _why(asked: Choice | Number) -> str:
    return asked.why if isinstance(asked, Number) else asked.options[asked.answer][1]
