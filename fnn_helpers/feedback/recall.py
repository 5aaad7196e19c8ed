"""Recall questions: choose or type an answer, and get told why. Plain Python, plain HTML."""

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

from .panel import Feedback


@dataclass(frozen=True)
class Question:
    """A question that is waiting for an answer; readable on a static page, answer included."""

    text: str
    options: Mapping[str, str]
    answer: str
    why: str

    def __repr__(self) -> str:
        return "\n".join([self.text, *(f"  {k}) {v}" for k, v in self.options.items())])

    def _repr_html_(self) -> str:
        options = "".join(
            f"<li><strong>{escape(k)}</strong>) {escape(v)}</li>" for k, v in self.options.items()
        )
        return (
            '<div style="background:#EDEFF2;color:#3A4350;border-left:4px solid #3A4350;'
            'padding:.6em 1em;max-width:46em;line-height:1.45">'
            f"{escape(self.text)}<ul style='list-style:none;padding-left:0'>{options}</ul>"
            f"<details><summary>Show the answer</summary><strong>{escape(self.answer)}</strong>: "
            f"{escape(self.why)}</details></div>"
        )


def recall(
    question: str,
    options: Mapping[str, tuple[str, str]],
    *,
    answer: str,
    mine: str | None = None,
) -> Question | Feedback:
    """Ask a question with options; with `mine`, say whether it is right, and why or why not.

    Parameters
    ----------
    question : str
    options : mapping of letter to (text, why it is right or wrong)
    answer : str
        The letter of the right option.
    mine : str, optional
        The learner's choice. None leaves the question open.

    Raises
    ------
    ValueError
        If `mine` or `answer` is not one of the letters.
    """
    letters = ", ".join(options)
    for role, letter in (("answer", answer), ("mine", mine)):
        if letter is not None and letter not in options:
            raise ValueError(
                f"{role} is {letter!r}, but one of {letters} is expected. "
                f'Use {role}="{next(iter(options))}".'
            )
    if mine is None:
        texts = {letter: text for letter, (text, _) in options.items()}
        return Question(question, texts, answer, options[answer][1])
    status = "correct" if mine == answer else "wrong"
    return Feedback(status, None, None, options[mine][1])


def recall_number(
    question: str,
    *,
    answer: float,
    why: str,
    mine: float | None = None,
    tolerance: float = 1e-2,
) -> Question | Feedback:
    """Ask for a number; with `mine`, say whether it is right to within `tolerance`, and why."""
    if mine is None:
        return Question(question, {}, f"{answer:g}", why)
    if isinstance(mine, bool) or not isinstance(mine, int | float):
        raise TypeError(f"mine is {mine!r}, but a number is expected. Use mine={answer + 1:g}.")
    if abs(mine - answer) <= tolerance:
        return Feedback("correct", None, None, why)
    direction = "smaller" if mine > answer else "larger"
    return Feedback("wrong", None, None, f"{mine:g} is not it: the answer is {direction}.")
