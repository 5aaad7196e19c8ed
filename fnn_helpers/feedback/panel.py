"""The answer a check gives: what it found, where, why, and three hints."""

from dataclasses import dataclass
from html import escape

# Own background and own ink, so that light and dark themes show the same; contrast above 7 : 1.
LOOKS = {
    "correct": ("✓", "#E6F4EA", "#0B5A2A"),
    "wrong": ("✗", "#FDF1E3", "#7A3600"),
    "raised": ("!", "#FBE9EC", "#8A1128"),
    "not attempted": ("…", "#EDEFF2", "#3A4350"),
}


@dataclass(frozen=True)
class Feedback:
    """What a check found out about a learner's function. True only when it is correct.

    Attributes
    ----------
    status : {"correct", "wrong", "raised", "not attempted"}
    mistake : str or None
        A stable identifier of the mistake, such as "extra-slope"; None where nothing matched.
    where : str or None
        The first wrong quantity, such as "dC_dz1".
    message : str
        What is wrong and why.
    hints : tuple of str
        Three, each saying more, none the answer; empty where there is nothing to hint at.
    """

    status: str
    mistake: str | None
    where: str | None
    message: str
    hints: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self.status == "correct"

    def __repr__(self) -> str:
        """Plain text, for terminals and for readers of the stored notebook."""
        mark = LOOKS[self.status][0]
        place = f" at {self.where}" if self.where and self.status == "wrong" else ""
        start = "" if self.status == "not attempted" else f"{self.status}{place}: "
        lines = [f"{mark} {start}{self.message}"]
        lines += [f"  hint {i}: {hint}" for i, hint in enumerate(self.hints, start=1)]
        return "\n".join(lines)

    __str__ = __repr__

    def _repr_html_(self) -> str:
        mark, paper, ink = LOOKS[self.status]
        place = f" at <code>{escape(self.where)}</code>" if self.where and not self else ""
        hints = "".join(
            f'<details style="margin-top:.3em"><summary>hint {i}</summary>{escape(hint)}</details>'
            for i, hint in enumerate(self.hints, start=1)
        )
        title = f"<strong>{mark} {escape(self.status)}{place}</strong><br/>"
        if self.status == "not attempted":  # the message says so
            title = f"<strong>{mark}</strong> "
        return (
            f'<div role="status" style="background:{paper};color:{ink};border-left:4px solid {ink};'
            f'padding:.6em 1em;max-width:46em;line-height:1.45">'
            f"{title}{escape(self.message)}{hints}</div>"
        )
