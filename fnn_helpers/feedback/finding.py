"""A finding is an id and numbers; here, and only here, it becomes words, HTML or a dictionary."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

from .diagnose.scales import SCALES
from .quantity import Task
from .steps import CASES
from .words import FALLBACK_HINTS, PATTERN_WORDS, PLAIN_SIGNS

# Own background and own ink, so that light and dark themes show the same; contrast above 7 : 1.
LOOKS = {
    "correct": ("✓", "#E6F4EA", "#0B5A2A"),
    "wrong": ("✗", "#FDF1E3", "#7A3600"),
    "raised": ("!", "#FBE9EC", "#8A1128"),
    "not attempted": ("…", "#EDEFF2", "#3A4350"),
}


@dataclass(frozen=True)
class Finding:
    """What is known about something wrong: ids, a place, and the numbers that its words need.

    `ids` are the mistakes, the most telling first; none where only place, shape or size is known.
    """

    ids: tuple[str, ...]
    where: str | None = None
    about: Mapping[str, Any] = field(default_factory=dict)
    status: str = "wrong"


class Found(Exception):
    """The one early exit: something that ends a check before the comparison."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding)
        self.finding = finding


@dataclass(frozen=True)
class Feedback:
    """What a check found out about a learner's function. True only when it is correct.

    Attributes
    ----------
    status : {"correct", "wrong", "raised", "not attempted"}
    mistake : str or None
        A stable identifier of the first mistake, such as "extra-slope"; None where only place,
        shape or size is known: an id claims a cause.
    where : str or None
        The first wrong quantity, such as "dC_dz1".
    message : str
        What is wrong and why.
    hints : tuple of str
        Three, each saying more, none the answer; empty where there is nothing to hint at. With
        `hunt=True` a fourth, the last, tells what `message` tells otherwise.
    mistakes : tuple of str
        All that was found, in the order of the chain.
    quantities : dict of str to str
        For each quantity "right", "follows" (right, given an earlier mistake of one's own),
        "wrong" or "not reached".
    check : str
        The check that says it.
    """

    status: str
    mistake: str | None
    where: str | None
    message: str
    hints: tuple[str, ...] = ()
    mistakes: tuple[str, ...] = ()
    quantities: Mapping[str, str] = field(default_factory=dict)
    check: str = ""

    def __bool__(self) -> bool:
        return self.status == "correct"

    def as_dict(self) -> dict[str, Any]:
        """Everything as plain lists and words, ready for JSON."""
        return {
            "check": self.check,
            "status": self.status,
            "mistake": self.mistake,
            "mistakes": list(self.mistakes),
            "where": self.where,
            "quantities": dict(self.quantities),
            "message": self.message,
            "hints": list(self.hints),
        }

    def __repr__(self) -> str:
        """Plain text, for terminals and for readers of the stored notebook."""
        mark = LOOKS[self.status][0]
        place = f" at {self.where}" if self.where and self.status == "wrong" else ""
        start = "" if self.status == "not attempted" else f"{self.status}{place}: "
        lines = [f"{mark} {start}{self.message}"]
        lines += [f"  {title}: {hint}" for title, hint in self._folds()]
        return printable("\n".join(lines))

    __str__ = __repr__

    def _folds(self) -> list[tuple[str, str]]:
        titles = ["hint 1", "hint 2", "hint 3", "what it is"]
        return list(zip(titles, self.hints, strict=False))

    def _repr_html_(self) -> str:
        mark, _, _ = LOOKS[self.status]
        place = f" at <code>{escape(self.where)}</code>" if self.where and not self else ""
        title = f"<strong>{mark} {escape(self.status)}{place}</strong><br/>"
        if self.status == "not attempted":  # the message says so
            title = f"<strong>{mark}</strong> "
        folds = "".join(fold(title, escape(hint)) for title, hint in self._folds())
        return box(self.status, f"{title}{escape(self.message)}{folds}", role="status")


def box(look: str, inside: str, role: str = "") -> str:
    """HTML in a coloured frame that keeps its colours in every theme."""
    _, paper, ink = LOOKS[look]
    role = f' role="{role}"' if role else ""
    return (
        f'<div{role} style="background:{paper};color:{ink};border-left:4px solid {ink};'
        f'padding:.6em 1em;max-width:46em;line-height:1.45">{inside}</div>'
    )


def fold(title: str, inside: str) -> str:
    """HTML that opens on a click."""
    return f'<details style="margin-top:.3em"><summary>{escape(title)}</summary>{inside}</details>'


def printable(text: str) -> str:
    """The text in signs that standard output can show: plain ones where it knows no others."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    try:
        text.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        for sign, plain in PLAIN_SIGNS.items():
            text = text.replace(sign, plain)
        return text.encode("ascii", "replace").decode("ascii")
    return text


# --- from findings to words --------------------------------------------------------------------


def in_words(
    task: Task,
    findings: Sequence[Finding],
    quantities: Mapping[str, str],
    *,
    hunt: bool = False,
    line: str = "",
) -> Feedback:
    """The answer to what was found; the first finding leads, `line` is the learner's line."""
    first = findings[0]
    says = [_sentences(task, finding) for finding in findings]
    message, question = says[0]
    for finding, (sentence, _) in zip(findings[1:], says[1:], strict=True):
        place = "" if finding.where == "losses" else f", at {finding.where}"
        message += f" Also{place}: {sentence}"
    if first.where == "losses" and message.startswith("the losses"):
        message = f"The weights are right, {message}"
    hints = _hints(task, first, question, line)
    if hunt and "symptom" in first.about:  # what was found by comparing numbers
        hints, message = (*hints, message), first.about["symptom"]
    ids = tuple(id_ for finding in findings for id_ in finding.ids)
    return Feedback(
        first.status,
        first.ids[0] if first.ids else None,
        first.where,
        message,
        hints,
        ids,
        dict(quantities),
        task.check,
    )


def correct(task: Task, notes: Sequence[str] = (), praise: str = "") -> Feedback:
    """The answer to a right function, with notes where there is something to know."""
    praise = praise or f"right for {len(CASES)} sets of sizes, numbers and labels."
    return Feedback(
        "correct", None, None, " ".join((praise, *filter(None, notes))),
        quantities={q.name: "right" for q in task.quantities}, check=task.check,
    )  # fmt: skip


def not_attempted(task: Task, message: str) -> Feedback:
    """The answer to a stub."""
    return Feedback("not attempted", None, None, message, check=task.check,
                    quantities={q.name: "not reached" for q in task.quantities})  # fmt: skip


def _sentences(task: Task, finding: Finding) -> tuple[str, str]:
    """What is said of a finding, and the question of its second hint."""
    about = {"where": finding.where, "it": finding.where, **finding.about}
    one = about["it"] != "losses"
    about |= {"is": "is" if one else "are", "has": "has" if one else "have",
              "holds": "holds" if one else "hold"}  # fmt: skip
    if "text" in about:  # an exception, translated where it was met
        return about["text"], about.get("hint", "")
    quantity = task.quantity(finding.where)
    said: list[str] = []
    hint = ""
    for id_ in finding.ids:
        words, question = _words(task, quantity, finding, id_, about, also=bool(said))
        said.append(words)
        hint = hint or question
    if not finding.ids:
        shows = about.get("symptom") or f"{finding.where} {about['is']} not right."
        said.append(f"{shows} See {task.section}.")
    return " ".join(filter(None, said)), hint


def _words(
    task: Task, quantity: Any, finding: Finding, id_: str, about: Mapping[str, Any], also: bool
) -> tuple[str, str]:
    """The words of one id: of the task's own records, of a scale, or of a pattern."""
    for mistake in about.get("records") or (quantity.mistakes if quantity else ()):
        if mistake.id == id_:
            why = mistake.said_of(about.get("variant", 0))
            return (f"Also: {why}" if also else why), mistake.hint
    if id_.startswith("loss-"):
        return _words_of_losses(id_, about)
    if id_ in SCALES:
        scale = SCALES[id_]
        hint = scale.hint
        if id_ == "sign" and (finding.where or "").startswith("dC_"):
            hint = (
                "The cost rises when ŷ moves away from the label: which difference has that sign?"
            )
        if also:
            return f"Also, {scale.words}.", hint
        return f"{about['it']} {about['is']} right except for its scale: {scale.words}.", hint
    at_this_place = f"{id_}@{finding.where}"
    words, hint = PATTERN_WORDS[at_this_place if at_this_place in PATTERN_WORDS else id_]
    sentence = words.format_map(_Numbers(about))
    return (f"Also: {sentence}" if also else sentence), hint


def _words_of_losses(id_: str, about: Mapping[str, Any]) -> tuple[str, str]:
    """The weights are right, or spoken of already; the losses are those of a wrong cost."""
    of_cost = "sum-not-mean" if id_ == "loss-summed" else id_.removeprefix("loss-")
    for mistake in about["records"]:
        if mistake.id == of_cost:
            why = mistake.said_of(about.get("variant", 0))
            return f"the losses are wrong: {why}", mistake.hint
    if of_cost in SCALES:
        scale = SCALES[of_cost]
        return f"the losses have a wrong scale: {scale.words}.", scale.hint
    words, hint = PATTERN_WORDS[of_cost]
    return f"the losses are wrong: {words.format_map(_Numbers(about))}", hint


class _Numbers(dict):
    """What a template asks for; a number it is not told is left out of the sentence."""

    def __missing__(self, key: str) -> str:
        return "…"


def _hints(task: Task, finding: Finding, question: str, line: str) -> tuple[str, ...]:
    """Where to look in this function, what to ask, and where it is derived."""
    quantity = task.quantity(finding.where)
    trial = ""
    if finding.status == "raised":
        first = "Run the lines of the body one by one in a cell of their own, with small tensors."
        own = question or FALLBACK_HINTS["raised"]
    elif quantity is not None:
        first = f"Look at the line that makes {finding.where}" + (f": {line}" if line else "") + "."
        if "×" in quantity.shape:
            first += f" Its shape should be {quantity.shape}."
        own = question or FALLBACK_HINTS["place"].format(where=finding.where)
        trial = quantity.trial
    else:
        first = "Compare what the function is given with what it returns."
        own = question or FALLBACK_HINTS["whole"]
    return first, own, f"{trial} The derivation is in {task.section}.".strip()
