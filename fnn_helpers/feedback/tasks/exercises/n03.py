"""Notebook 03: forward passes of other networks, and weights for a table."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import torch

from ...quantity import Mistake
from ...steps import Make, Values
from ..sigmoid import σ
from .exercise import Exercise

Function = Callable[[torch.Tensor], torch.Tensor]


def _layers(generator: torch.Generator, rows: int, *sizes: int) -> list[Any]:
    """A batch, and the weights and biases of layers of these sizes."""

    def normal(*shape: int) -> torch.Tensor:
        return torch.randn(*shape, generator=generator, dtype=torch.float64)

    weights = [normal(a, b) for a, b in pairwise(sizes)]
    return [normal(rows, sizes[0]), weights, [normal(1, b) for b in sizes[1:]]]


# --- any number of layers ----------------------------------------------------------------------

Layer = Callable[[torch.Tensor, torch.Tensor, torch.Tensor, bool], torch.Tensor]


def _through(layer: Layer) -> Make:
    """All layers in turn; `layer` gets what comes in, its weights and biases, and if it is last."""

    def make(v: Values) -> torch.Tensor:
        a, weights, biases = v.given
        for number, (w, b) in enumerate(zip(weights, biases, strict=True), 1):
            a = layer(a, w, b, number == len(weights))
        return a

    return make


def _deep_forward(
    X: torch.Tensor, weights: Sequence[torch.Tensor], biases: Sequence[torch.Tensor]
) -> torch.Tensor:
    return _through(lambda a, w, b, last: σ(a @ w + b))(Values(given=(X, weights, biases)))


def _inside(function: Function) -> Make:
    """Another function in all layers but the last."""
    return _through(lambda a, w, b, last: σ(a @ w + b) if last else function(a @ w + b))


def _each(make: Callable[..., torch.Tensor]) -> Callable[[Values], list[torch.Tensor]]:
    """A mistake made in all layers, in all but the last, or only there."""

    def layer(which: Callable[[bool], bool]) -> Layer:
        return lambda a, w, b, last: make(a, w, b) if which(last) else σ(a @ w + b)

    kinds = (layer(lambda last: True), layer(lambda last: not last), layer(lambda last: last))
    return lambda v: [_through(kind)(v) for kind in kinds]


DEEP = (
    Mistake("bias-missing", _each(lambda a, w, b: σ(a @ w)),
      "A bias is missing in at least one layer.",
      "Let all weights be 0: what should a unit say then?"),
    Mistake("bias-after-activation", _each(lambda a, w, b: σ(a @ w) + b),
      "A bias is added after the sigmoid. It belongs to the sum z.",
      "An activation lies between 0 and 1: do yours?"),
    Mistake("bias-subtracted", _each(lambda a, w, b: σ(a @ w - b)),
      "A bias is subtracted where it should be added.",
      "Which sign does b have in z = u p + v q + b?"),
    Mistake("inner-activation-missing", _inside(lambda z: z),
      "Only the last layer has a sigmoid. Without the inner ones all layers are one.",
      "What happens to each layer's sum before the next layer reads it?"),
    Mistake("last-activation-missing",
      _through(lambda a, w, b, last: a @ w + b if last else σ(a @ w + b)),
      "The last sigmoid is missing: this is its sum, not a probability.",
      "Can your answer be above 1?"),
    Mistake("activation-missing", _through(lambda a, w, b, last: a @ w + b),
      "There is no sigmoid at all.", "A layer is a product, a bias and a sigmoid."),
    Mistake("activation-twice", lambda v: [
        _through(lambda a, w, b, last: σ(σ(a @ w + b)) if last else σ(a @ w + b))(v),
        _through(lambda a, w, b, last: σ(σ(a @ w + b)))(v), _inside(lambda z: σ(σ(z)))(v)],
      "The sigmoid is applied twice to the same sum.",
      "Count the sigmoids: as many as there are layers."),
    Mistake("tanh", lambda v: [_inside(torch.tanh)(v),
                               _through(lambda a, w, b, last: torch.tanh(a @ w + b))(v)],
      "This uses tanh; the task asks for the sigmoid.", "Which function runs from 0 to 1?"),
    Mistake("relu", _inside(torch.relu), "This uses max(0, z) inside; the task asks for the "
      "sigmoid.", "Which function runs from 0 to 1?"),
    Mistake("first-layer-only", lambda v: σ(v.given[0] @ v.given[1][0] + v.given[2][0]),
      "Only the first layer is computed.", "Where does return stand: inside the loop or after it?"),
)  # fmt: skip


def _draw_deep(generator: torch.Generator, number: int) -> Sequence[Any]:
    return _layers(generator, *((6, 3, 4, 2), (7, 2, 5, 4, 3), (4, 5, 3, 6, 2))[number])


# --- three bugs --------------------------------------------------------------------------------


def _two_hidden(
    X: torch.Tensor, w1: torch.Tensor, b1: torch.Tensor, w2: torch.Tensor, b2: torch.Tensor,
    w3: torch.Tensor, b3: torch.Tensor,
) -> tuple[torch.Tensor, ...]:  # fmt: skip
    a1 = torch.tanh(X @ w1 + b1)
    a2 = torch.tanh(a1 @ w2 + b2)
    return a1, a2, σ(a2 @ w3 + b3)


def _draw_two_hidden(generator: torch.Generator, number: int) -> Sequence[torch.Tensor]:
    sizes = ((6, 3, 4, 5, 2), (7, 4, 2, 3, 5), (5, 2, 6, 3, 4))[number]
    X, weights, biases = _layers(generator, *sizes)
    return X, *(part for pair in zip(weights, biases, strict=True) for part in pair)


def _of_a_layer(
    number: int, reads: Make, right: Function, name: str, wrong: Function, other: str
) -> tuple[Mistake, ...]:
    """Mistakes of layer `number`, which applies `right` to the sum of what it reads."""

    def sum_(v: Values, sign: float = 1.0) -> torch.Tensor:
        w, b = v.given[2 * number - 1], v.given[2 * number]
        return reads(v) @ w + sign * b

    return (
        Mistake("bias-missing", lambda v: right(sum_(v, 0.0)),
          f"The bias b{number} is missing.", "Which arguments does your line read?"),
        Mistake("bias-after-activation",
          lambda v: right(sum_(v, 0.0)) + v.given[2 * number],
          f"The bias b{number} is added after the {name}. It belongs inside.",
          "A bias is a part of the sum z."),
        Mistake("bias-subtracted", lambda v: right(sum_(v, -1.0)),
          f"The bias b{number} is subtracted.", "A bias is added."),
        Mistake("activation-missing", sum_, f"The {name} is missing: this is the sum.",
          "Each layer ends in a function of each entry."),
        Mistake("activation-twice", lambda v: right(right(sum_(v))),
          f"The {name} is applied twice.", "One function a layer."),
        Mistake("wrong-activation", lambda v: wrong(sum_(v)),
          f"This is the {other}; this layer has the {name}.",
          "Between which numbers does this layer's function run?"),
        Mistake("two-activations", lambda v: [right(wrong(sum_(v))), wrong(right(sum_(v)))],
          f"There is a {other} as well as the {name}.", "One function a layer."),
    )  # fmt: skip


def _hidden(number: int, reads: Make) -> tuple[Mistake, ...]:
    return _of_a_layer(number, reads, torch.tanh, "tanh", torch.sigmoid, "sigmoid")


BUGS = {
    "a1": _hidden(1, lambda v: v.given[0]),
    "a2": (
        Mistake("z1-for-a1",
          lambda v: torch.tanh((v.given[0] @ v.given[1] + v.given[2]) @ v.given[3] + v.given[4]),
          "The second layer reads the first one's sum, before its tanh.",
          "What leaves a layer is its activation."),
        *_hidden(2, lambda v: v.a1),
    ),
    "y_hat": _of_a_layer(3, lambda v: v.a2, torch.sigmoid, "sigmoid", torch.tanh, "tanh"),
}  # fmt: skip


# --- weights for a table -----------------------------------------------------------------------

ROWS = torch.cartesian_prod(*[torch.tensor([0.0, 1.0], dtype=torch.float64)] * 3)
TRUE = ROWS.sum(1, keepdim=True)  # 8 × 1: how many of the three are true


def _says(answer: Any) -> torch.Tensor:
    """Yes (1) or no (−1), of the network with these weights, to each of the eight rows."""
    if not isinstance(answer, list | tuple) or len(answer) != 4:
        raise ValueError("four things are expected: return w1, b1, w2, b2")
    w1, b1, w2, b2 = (torch.as_tensor(part, dtype=torch.float64) for part in answer)
    if w1.ndim != 2 or len(w1) != 3:
        raise ValueError(f"w1 has shape {tuple(w1.shape)}, but 3 × units is expected")
    if w2.shape != (w1.shape[1], 1):
        expected = f"{w1.shape[1]} × 1: a row a hidden unit"
        raise ValueError(f"w2 has shape {tuple(w2.shape)}, but {expected} is expected")
    for name, bias, entries in (("b1", b1, w1.shape[1]), ("b2", b2, 1)):
        if bias.numel() != entries:
            expected = f"1 × {entries}: a number a unit"
            raise ValueError(f"{name} has shape {tuple(bias.shape)}, but {expected} is expected")
    y_hat = σ(σ(ROWS @ w1 + b1.reshape(1, -1)) @ w2 + b2.reshape(1, 1))
    return torch.where(y_hat.isfinite(), _yes(y_hat > 0.5), y_hat)


def _yes(rows: torch.Tensor) -> torch.Tensor:
    return 2 * rows.double() - 1


def _yes_where(*counts: int) -> Make:
    return lambda v: _yes(torch.isin(TRUE, torch.tensor(counts, dtype=TRUE.dtype)))


_SECOND = "One hidden unit can notice one thing. What does the other have to notice?"

TABLE = (
    Mistake("says-the-opposite", _yes_where(0, 2, 3), "It says no where it should say yes, and "
      "yes where it should say no.", "What do minus signs before w2 and b2 do?"),
    Mistake("at-least-one", _yes_where(1, 2, 3),
      "It says yes to at least one, and so also to two and three.", _SECOND),
    Mistake("one-or-two", _yes_where(1, 2), "It says yes to one and to two: only three is too many "
      "for it.", "Two are already too many. How large is z of your second unit there?"),
    Mistake("odd-number", _yes_where(1, 3), "It says yes to one and to three.",
      "With three true, both hidden units must still be on."),
    Mistake("at-most-one", _yes_where(0, 1), "It says yes to none as well.",
      "With none true nothing speaks for yes: only the output's bias is left."),
    Mistake("exactly-two", _yes_where(2), "It says yes to exactly two.",
      "Where is z = 0 for each hidden unit, counted in statements that are true?"),
    Mistake("at-least-two", _yes_where(2, 3), "It says yes to two or three.",
      "Where is z = 0 for each hidden unit, counted in statements that are true?"),
    Mistake("all-three", _yes_where(3), "It says yes only when all three are true.",
      "Where is z = 0 for each hidden unit, counted in statements that are true?"),
    Mistake("none", _yes_where(0), "It says yes only when none is true.",
      "Which sign should a weight have that speaks for yes?"),
    Mistake("one-input-only", lambda v: [_yes(ROWS[:, [i]]) for i in range(3)],
      "Only one of the three statements decides.", "All three should count alike."),
    Mistake("always-yes", _yes_where(0, 1, 2, 3), "It says yes to all eight rows.",
      "With none true all activations should be near 0: what is left of the output's sum?"),
    Mistake("always-no", _yes_where(), "It says no to all eight rows.",
      "Multiply all weights and biases by 10: each line stays where it is, the steps get steeper."),
    Mistake("one-of-two", lambda v: [_yes(a + b == 1) for a, b in _pairs()],
      "It looks at two of the three statements only.", "How many rows has your w1?"),
)  # fmt: skip


def _pairs() -> list[tuple[torch.Tensor, torch.Tensor]]:
    return [(ROWS[:, [i]], ROWS[:, [j]]) for i, j in ((0, 1), (0, 2), (1, 2))]


EXERCISES: dict[str, Exercise] = {
    "03-table": Exercise(
        ("says",), (), lambda generator, number: (), lambda: _yes(TRUE == 1), {"says": TABLE},
        see=_says, section="notebook 03, Two hidden units solve it",
        praise="all eight rows are answered rightly.",
    ),
    "03-deep": Exercise(
        ("y_hat",), ("X", "weights", "biases"), _draw_deep, _deep_forward, {"y_hat": DEEP},
        section="notebook 03, The same as matrices",
        praise="y_hat as it should be, for two, three and four layers.",
    ),
    "03-bugs": Exercise(
        ("a1", "a2", "y_hat"), ("X", "w1", "b1", "w2", "b2", "w3", "b3"), _draw_two_hidden,
        _two_hidden, BUGS, section="notebook 03, Two hidden units solve it",
    ),
}  # fmt: skip
