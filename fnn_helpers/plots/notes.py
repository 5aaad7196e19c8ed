"""What autograd noted, below what was computed: the graph that hangs on a cost's grad_fn."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import torch
from matplotlib.axes import Axes
from matplotlib.text import Text

from .canvas import new_axes
from .look import BLUE, BLUE_BOX, ORANGE, ORANGE_BOX, WIRE, styled

Place = tuple[float, float]
Note = Any  # a node of the graph: PyTorch names no public type for it
VALUE, NOTE = 1.0, 0.0  # heights of what was computed and of the first row of notes
DEEPER = 0.8  # from a row of notes to the next


@styled
def autograd_notes(
    cost: torch.Tensor, values: Mapping[str, torch.Tensor], *, ax: Axes | None = None
) -> Axes:
    """Every note that autograd took for `cost`, read from its graph; arrows go the way back.

    `values` are tensors by what they are called, the cost among them. Each stands above the note
    that its making left; a weight stands at the note that fills its gradient.
    """
    ax = new_axes(ax, (7.6, 3.2))
    places: dict[Note, Place] = {}
    _lay(cost.grad_fn, 0.0, 0, places)
    boxes = {
        note: _box(ax, *place, _words(note), ORANGE_BOX, ORANGE, "--")
        for note, place in places.items()
    }
    for note in places:
        for earlier in _earlier(note):
            _arrow(ax, f"{_name(note)} → {_name(earlier)}", boxes[note], boxes[earlier])
    before: Text | None = None
    for name, value in sorted(values.items(), key=lambda item: places[_note_of(item[1])][0]):
        x, height = places[_note_of(value)]
        beside = VALUE if height == NOTE else height - DEEPER  # below, at the end of a branch
        ax.plot([x, x], [height, beside], color=WIRE, zorder=0)
        box = _box(ax, x, beside, name, BLUE_BOX, BLUE, "-")
        if before is not None and beside == VALUE:
            _arrow(ax, f"forward to {name}", before, box, BLUE, "-")
        before = box if beside == VALUE else before
    left, low = min(x for x, _ in places.values()), min(height for _, height in places.values())
    ax.text(left - 0.45, VALUE + 0.36, "forward: values", color=BLUE, fontweight="bold")
    ax.text(left - 0.45, low - 0.05, "backward: notes", color=ORANGE, fontweight="bold", va="top")
    ax.set(xlim=(left - 0.55, 0.55), ylim=(low - 1.1, VALUE + 0.6))
    ax.axis("off")
    return ax


def _lay(note: Note, x: float, row: int, places: dict[Note, Place]) -> int:
    """Place a note and all before it, the longest way in its own row; returns the last row."""
    places[note] = (x, NOTE - DEEPER * row)
    last = row
    for i, earlier in enumerate(sorted(_earlier(note), key=_length, reverse=True)):
        last = _lay(earlier, x - 1, row if i == 0 else last + 1, places)
    return last


def _earlier(note: Note) -> Iterator[Note]:
    return (earlier for earlier, _ in note.next_functions if earlier is not None)


def _length(note: Note) -> int:
    return 1 + max(map(_length, _earlier(note)), default=0)


def _note_of(value: torch.Tensor) -> Note:
    """The note of its making; of a weight, which was not made, the one that fills its .grad."""
    return value.grad_fn or torch.autograd.graph.get_gradient_edge(value).node


def _name(note: Note) -> str:
    return type(note).__name__.removesuffix("0").removesuffix("Backward")


def _words(note: Note) -> str:
    """A name that is made of words: two on a line, where there are more than two."""
    words = re.findall(r"[A-Z][a-z0-9]*", _name(note))
    on_a_line = 2 if len(words) > 2 else 1
    return "\n".join(" ".join(words[i : i + on_a_line]) for i in range(0, len(words), on_a_line))


def _box(ax: Axes, x: float, y: float, words: str, ground: str, edge: str, style: str) -> Text:
    box = {"boxstyle": "round,pad=0.3", "fc": ground, "ec": edge, "ls": style}
    return ax.text(x, y, words, ha="center", va="center", fontsize=9, linespacing=1.3, bbox=box)


def _arrow(
    ax: Axes, name: str, start: Text, end: Text, color: str = ORANGE, style: str = "--"
) -> None:
    """From the edge of one box to the edge of the other."""
    bent = start.get_position()[1] != end.get_position()[1]
    ax.annotate("", end.get_position(), start.get_position(), gid=name, zorder=4, arrowprops={
        "arrowstyle": "-|>", "color": color, "linestyle": style, "shrinkA": 0, "shrinkB": 0,
        "patchA": start.get_bbox_patch(), "patchB": end.get_bbox_patch(),
        "connectionstyle": "angle,angleA=-90,angleB=180,rad=0" if bent else "arc3",
    })  # fmt: skip
