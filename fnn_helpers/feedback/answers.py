"""Put an answer together: what was found, and three hints, each saying more, none the answer."""

from collections.abc import Callable, Iterable
from typing import Any

from .cases import CASES
from .panel import Feedback
from .tasks import SHAPES, Task

_POKE = (
    "Add 0.001 to one entry of {0}, compute the cost before and after: the difference, divided "
    "by 0.001, should be that entry of yours."
)

# A check a learner can do by hand; it says what must come out, not how to compute it.
TRIALS = {
    "X": "The row (3, 4) has length 5: what should become of it?",
    "a": "At z = 0 the value should be one half, at z = 10 almost 1, at z = −10 almost 0.",
    "slope": "At a = 0.5 the slope should be 0.25; at a = 0.9 and at a = 0.1 it should be 0.09.",
    "z1": "Compute one entry with pencil and paper: one flower, one hidden unit.",
    "a1": "All entries should lie between 0 and 1, and be 0.5 where z1 is 0.",
    "z2": "Compute one entry with pencil and paper, from one flower's activations.",
    "y_hat": "All entries should lie between 0 and 1, and be above 0.5 just where z2 is positive.",
    "cost": "With y_hat = 0.5 everywhere the cost should be 0.693, whatever the labels are.",
    "dC_dz2": "For one single flower with label 1 and y_hat = 0.75 it should be −0.25.",
    "dC_dw2": _POKE.format("w2"),
    "dC_da1": _POKE.format("a1"),
    "dC_dz1": _POKE.format("z1"),
    "dC_dw1": _POKE.format("w1"),
    "w": "With a gradient of 0, or a learning rate of 0, the weights should stay.",
    "w1": "With epochs = 1, compare the change of w1 with what your backward function gives.",
    "w2": "With epochs = 1, compare the change of w2 with what your backward function gives.",
    "losses": "The first loss should be the cost of the weights that the function is called with.",
}


def answer(
    task: Task,
    status: str,
    mistake: str | None,
    where: str | None,
    message: str,
    hint: str | None = None,
) -> Feedback:
    """A `Feedback` with three hints: where to look, the mistake's own, a trial and a section."""
    own_words = task.name != "check_against"  # there, names mean what the caller wants
    if status == "raised":
        first = "Run the lines of the body one by one in a cell of their own, with small tensors."
        own = hint or "Print the names in the line that stops, and their shapes, just before it."
    elif where in SHAPES:
        shape = SHAPES[where] if own_words else ""
        first = f"Look at the line that makes {where}."
        first += f" Its shape should be {shape}." if "×" in shape else ""
        own = hint or f"Print {where} and its shape just after the line that makes it."
    else:
        first = "Compare what the function is given with what it returns."
        own = hint or "Print what it returns just before the return."
    trial = TRIALS.get(where or "", "") if own_words else ""
    return Feedback(
        status,
        mistake,
        where,
        message,
        (first, own, f"{trial} The derivation is in {task.section}.".strip()),
    )


def correct(*notes: str) -> Feedback:
    """The answer to a right function, with notes where there is something to know."""
    praise = f"right for {len(CASES)} sets of sizes, numbers and labels."
    return Feedback("correct", None, None, " ".join((praise, *filter(None, notes))))


def first_found(asks: Iterable[Callable[..., Feedback | None]], *about: Any) -> Feedback | None:
    """The first answer there is. A wrong answer is false, so `or` would pass it over."""
    for ask in asks:
        found = ask(*about)
        if found is not None:
            return found
    return None
