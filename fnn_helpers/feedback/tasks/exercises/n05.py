"""Notebook 05: the backward pass of other networks, and a gradient check of one's own."""

from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Any

import torch

from ...quantity import Mistake
from ...steps import Steps, Values
from ..backward import DC_DA1, DC_DW1, DC_DW2, DC_DZ1
from ..linear import bias_mistakes
from ..sigmoid import σ
from .exercise import Exercise

Table = tuple[Mistake, ...]


def _normal(generator: torch.Generator, *shape: int) -> torch.Tensor:
    return torch.randn(*shape, generator=generator, dtype=torch.float64)


def _labels(generator: torch.Generator, rows: int, outputs: int) -> torch.Tensor:
    """0 and 1 mixed, with at least one of each."""
    y = (_normal(generator, rows, outputs) > 0).double()
    y[0, 0], y[1, 0] = 1.0, 0.0
    return y


def _without(table: Table, *ids: str) -> Table:
    """The records whose formula and words fit other networks too."""
    return tuple(m for m in table if m.id not in ids)


# --- tables that several exercises share -------------------------------------------------------


OUTPUT_BIAS = bias_mistakes(attrgetter("dC_dz2"))
HIDDEN_BIAS = bias_mistakes(attrgetter("dC_dz1"))


def _output_slope(v: Values) -> torch.Tensor:
    return v.y_hat * (1 - v.y_hat)


def _through_outputs(v: Values) -> list[torch.Tensor]:
    """One output where what comes back from all should be added."""
    return [v.dC_dz2[:, :1] @ v.w2[:, :1].T, v.dC_dz2[:, -1:] @ v.w2[:, -1:].T]


SEVERAL_OUTPUTS = (
    Mistake("one-output-only", _through_outputs,
      "Only one output sends something back. A unit feeds them all.",
      "Rule 3: what comes back from several places adds."),
    Mistake("outputs-added-first",
      lambda v: [v.dC_dz2.sum(1, keepdim=True) @ v.w2.sum(1, keepdim=True).T,
                 v.dC_dz2.sum(1, keepdim=True) * v.w2.sum(1)],
      "Deltas and weights were added up before they were multiplied.",
      "Each output's delta goes back times its own weight; then the products add."),
    Mistake("deltas-added", lambda v: v.dC_dz2.sum(1, keepdim=True).expand(v.a1.shape),
      "The deltas were added up without their weights.",
      "Rule 1: through a product, times the other factor."),
    Mistake("averaged-over-outputs", lambda v: v.dC_dz2 @ v.w2.T / v.w2.shape[1],
      "What comes back from the outputs was averaged. It adds up.",
      "Rule 3: what comes back from several places adds."),
)  # fmt: skip

OF_WEIGHTS = _without(
    DC_DW2, "z1-for-a1", "transposed", "summed-elementwise", "activation-forgotten",
    "output-slope", "batch-not-summed", "collapsed",
) + (
    Mistake("batch-not-summed", lambda v: v.a1[:, :, None] * v.dC_dz2[:, None, :],
      "The flowers are not added up: one matrix a flower is left.",
      "A weight is used by every flower; its effects add up."),
    Mistake("collapsed", lambda v: [v.dC_dw2.sum(), v.dC_dw2.mean(), v.dC_dw2.sum(0),
                                    v.dC_dw2.sum(1), v.dC_dw2.sum(1, keepdim=True)],
      "Slopes of different weights were added up; each weight has its own.",
      "A gradient has the shape of what it is the gradient of."),
)  # fmt: skip
OF_INPUTS = _without(DC_DW1, "transposed", "z1-for-X", "output-delta-for-hidden", "w2-omitted",
                     "output-delta-flat", "slope-twice", "slope-of-activation")  # fmt: skip
OF_ACTIVATIONS = _without(
    DC_DA1, "w2-omitted", "transposed", "output-slope", "slope-too-early", "activation-multiplied",
    "delta-forgotten", "divided-by-weights",
) + (
    Mistake("activation-multiplied", lambda v: v.dC_da1 * v.a1,
      "The activation is multiplied in. z2 is linear in a1: its derivative does not contain a1.",
      "What is the derivative of a1 · w2 for a1?"),
)  # fmt: skip
OF_SIGMOIDS = _without(DC_DZ1, "slope-of-pre-activation", "output-slope", "transposed",
                       "matmul-for-elementwise", "w2-omitted", "relu-slope")  # fmt: skip

# --- cross-entropy in two steps, for several outputs, with a bias ------------------------------


def _of_three_outputs(generator: torch.Generator, number: int) -> Sequence[Any]:
    rows, outputs = ((5, 3), (7, 4), (4, 2))[number]
    return torch.sigmoid(_normal(generator, rows, outputs)), _labels(generator, rows, outputs)


TWO_STEPS: Steps = {
    "dC_dy_hat": lambda v: (v.y_hat - v.y) / _output_slope(v) / v.N,
    "dC_dz2": lambda v: v.dC_dy_hat * _output_slope(v),
    "dC_db2": lambda v: v.dC_dz2.sum(0, keepdim=True),
}

DC_DY_HAT = (
    Mistake("difference-only", lambda v: (v.y_hat - v.y) / v.N,
      "ŷ − y is the delta at z2, where the slope has cancelled already. At ŷ it has not: this is "
      "the derivative of the two logarithms.",
      "What is the derivative of −ln ŷ, and of −ln(1 − ŷ)?"),
    Mistake("missing-parentheses",
      lambda v: [(v.y_hat - v.y) / v.y_hat * (1 - v.y_hat) / v.N,
                 (v.y_hat - v.y) / (_output_slope(v) / v.N),
                 (v.y_hat - v.y / _output_slope(v)) / v.N],
      "Parentheses are missing: / a * b divides by a and then multiplies by b.",
      "Write the denominator in parentheses of its own."),
    Mistake("divided-by-all", lambda v: (v.y_hat - v.y) / _output_slope(v) / v.y.numel(),
      "It is divided by the number of entries. The cost adds up over the outputs; only over the "
      "flowers it is a mean.",
      "How many rows are there?"),
    Mistake("one-logarithm-only", lambda v: [-v.y / v.y_hat / v.N, (1 - v.y) / (1 - v.y_hat) / v.N],
      "Only one of the two logarithms is there.",
      "Which entries are 0 in yours, and should not be?"),
    Mistake("sign-of-second-term",
      lambda v: [(-v.y / v.y_hat - (1 - v.y) / (1 - v.y_hat)) / v.N,
                 (v.y / v.y_hat + (1 - v.y) / (1 - v.y_hat)) / v.N],
      "The two terms have one sign. The inner derivative of ln(1 − ŷ) turns the second round.",
      "With label 0, does a larger ŷ cost more or less?"),
    Mistake("cost-returned",
      lambda v: [-(v.y * v.y_hat.log() + (1 - v.y) * (1 - v.y_hat).log()),
                 -(v.y * v.y_hat.log() + (1 - v.y) * (1 - v.y_hat).log()) / v.N],
      "This is the cost itself, not its derivative.",
      "A cost is never negative; its slope can be."),
    Mistake("multiplied-for-divided", lambda v: (v.y_hat - v.y) * _output_slope(v) / v.N,
      "It is multiplied by ŷ(1 − ŷ) where the logarithm's derivative divides.",
      "What is the derivative of ln ŷ?"),
    Mistake("labels-swapped", lambda v: (v.y_hat - (1 - v.y)) / _output_slope(v) / v.N,
      "This is for the opposite labels.", "y_hat is the probability of label 1."),
)  # fmt: skip

STEP_BACK = (
    Mistake("slope-missing", lambda v: v.dC_dy_hat,
      "The step back through the output sigmoid is missing: this is still dC_dy_hat.",
      "Rule 2: through a function of each entry, times its slope."),
    Mistake("slope-of-activation", lambda v: v.dC_dy_hat * σ(v.y_hat) * (1 - σ(v.y_hat)),
      "The slope applies the sigmoid to ŷ, which is already an activation.",
      "The slope from the activation needs no sigmoid."),
    Mistake("tanh-slope", lambda v: v.dC_dy_hat * (1 - v.y_hat**2), "1 − a² is the slope of tanh.",
      "The outputs are sigmoids."),
    Mistake("half-slope-a", lambda v: v.dC_dy_hat * v.y_hat,
      "Only the factor ŷ of the slope is there.", "A slope has two factors."),
    Mistake("half-slope-one-minus-a", lambda v: v.dC_dy_hat * (1 - v.y_hat),
      "Only the factor 1 − ŷ of the slope is there.", "A slope has two factors."),
    Mistake("slope-twice", lambda v: v.dC_dy_hat * _output_slope(v) ** 2,
      "The slope is multiplied in twice.", "How many sigmoids lie between ŷ and z2?"),
    Mistake("slope-only", _output_slope, "This is only the slope: what comes back is missing.",
      "Rule 2: what comes back, times the slope."),
    Mistake("divided-by-slope", lambda v: v.dC_dy_hat / _output_slope(v),
      "It is divided by the slope where the chain rule multiplies.",
      "A flat sigmoid lets little through."),
)  # fmt: skip

# --- half squared error, for several outputs ---------------------------------------------------


def _network(generator: torch.Generator, number: int, outputs: Sequence[int]) -> dict[str, Any]:
    rows, inputs, units = ((5, 2, 4), (7, 3, 6), (4, 5, 3))[number]
    return {
        "X": _normal(generator, rows, inputs),
        "y": _labels(generator, rows, outputs[number]),
        "w2": _normal(generator, units, outputs[number]),
        "z1": _normal(generator, rows, units),
    }


def _sigmoids(generator: torch.Generator, number: int) -> Sequence[Any]:
    n = _network(generator, number, (3, 2, 6))
    a1 = torch.sigmoid(n["z1"])
    return n["X"], n["y"], n["w2"], a1, torch.sigmoid(a1 @ n["w2"])


THREE_OUTPUTS: Steps = {
    "w1": lambda v: v.X.T @ v.a1,  # its shape alone is read
    "dC_dz2": lambda v: (v.y_hat - v.y) * _output_slope(v) / v.N,
    "dC_dw2": lambda v: v.a1.T @ v.dC_dz2,
    "dC_da1": lambda v: v.dC_dz2 @ v.w2.T,
    "dC_dz1": lambda v: v.dC_da1 * v.a1 * (1 - v.a1),
    "dC_dw1": lambda v: v.X.T @ v.dC_dz1,
}

SQUARED_DELTA = (
    Mistake("slope-missing", lambda v: (v.y_hat - v.y) / v.N,
      "This is ŷ − y, the delta of cross-entropy. For squared error nothing cancels.",
      "From ŷ to z2 the chain rule multiplies by the sigmoid's slope."),
    Mistake("slope-twice", lambda v: (v.y_hat - v.y) * _output_slope(v) ** 2 / v.N,
      "The slope is multiplied in twice.", "Divide yours by ŷ − y: which factor is left?"),
    Mistake("slope-of-activation", lambda v: (v.y_hat - v.y) * σ(v.y_hat) * (1 - σ(v.y_hat)) / v.N,
      "The slope applies the sigmoid to ŷ, which is already an activation.",
      "The slope from the activation needs no sigmoid."),
    Mistake("half-slope-a", lambda v: (v.y_hat - v.y) * v.y_hat / v.N,
      "Only the factor ŷ of the slope is there.", "A slope has two factors."),
    Mistake("half-slope-one-minus-a", lambda v: (v.y_hat - v.y) * (1 - v.y_hat) / v.N,
      "Only the factor 1 − ŷ of the slope is there.", "A slope has two factors."),
    Mistake("divided-by-all", lambda v: (v.y_hat - v.y) * _output_slope(v) / v.y.numel(),
      "It is divided by the number of entries. The cost adds up over the outputs; only over the "
      "flowers it is a mean.",
      "How many rows are there?"),
    Mistake("squared", lambda v: [(v.y_hat - v.y) ** 2 * _output_slope(v) / v.N,
                                  (v.y_hat - v.y) ** 2 / v.N, 0.5 * (v.y_hat - v.y) ** 2 / v.N],
      "The difference is squared: that is a cost, not its slope.", "A slope can be negative."),
    Mistake("slope-only", lambda v: _output_slope(v) / v.N,
      "This is only the slope of the output sigmoid: the derivative of the cost is missing.",
      "The chain has two factors here, and one of them knows the label."),
)  # fmt: skip

# --- a hidden layer of tanh, with biases -------------------------------------------------------


def _tanhs(generator: torch.Generator, number: int) -> Sequence[Any]:
    n = _network(generator, number, (3, 2, 6))
    a1 = torch.tanh(n["z1"])
    return n["X"], n["y"], n["w2"], a1, torch.sigmoid(a1 @ n["w2"])


TANH: Steps = {
    "w1": lambda v: v.X.T @ v.a1,
    "dC_dz2": lambda v: (v.y_hat - v.y) / v.N,
    "dC_dw2": lambda v: v.a1.T @ v.dC_dz2,
    "dC_db2": lambda v: v.dC_dz2.sum(0, keepdim=True),
    "dC_da1": lambda v: v.dC_dz2 @ v.w2.T,
    "dC_dz1": lambda v: v.dC_da1 * (1 - v.a1**2),
    "dC_dw1": lambda v: v.X.T @ v.dC_dz1,
    "dC_db1": lambda v: v.dC_dz1.sum(0, keepdim=True),
}

CROSS_ENTROPY_DELTA = (
    Mistake("extra-slope", lambda v: (v.y_hat - v.y) * _output_slope(v) / v.N,
      "ŷ − y is multiplied by the slope ŷ(1 − ŷ). For cross-entropy it has cancelled.",
      "Divide yours by ŷ − y: which factor is left?"),
    Mistake("tanh-slope", lambda v: (v.y_hat - v.y) * (1 - v.y_hat**2) / v.N,
      "ŷ − y is multiplied by a slope of tanh. The outputs are sigmoids, and their slope has "
      "cancelled.", "Which layer is the one with tanh?"),
    Mistake("divided-by-all", lambda v: (v.y_hat - v.y) / v.y.numel(),
      "It is divided by the number of entries. The cost adds up over the outputs; only over the "
      "flowers it is a mean.",
      "How many rows are there?"),
)  # fmt: skip

TANH_DELTA = (
    Mistake("sigmoid-slope", lambda v: v.dC_da1 * v.a1 * (1 - v.a1),
      "a(1 − a) is the slope of the sigmoid. The hidden units are tanh.",
      "For tanh, a lies between −1 and 1. Where is the curve steepest, and how steep?"),
    Mistake("slope-missing", lambda v: v.dC_da1,
      "The step back through tanh is missing: this is still dC_da1.",
      "Rule 2: through a function of each entry, times its slope."),
    Mistake("slope-of-activation", lambda v: v.dC_da1 * (1 - torch.tanh(v.a1) ** 2),
      "The slope applies tanh to a1, which is already tanh(z1).",
      "The slope from the activation needs no tanh."),
    Mistake("missing-parentheses", lambda v: [v.dC_da1 * 1 - v.a1**2, (v.dC_da1 - v.a1) ** 2],
      "Parentheses are missing: 1 − a² is a difference, and the product is done before it.",
      "For a perfect answer everything on the way back is 0."),
    Mistake("not-squared", lambda v: v.dC_da1 * (1 - v.a1),
      "This is 1 − a. The slope of tanh is 1 − a².", "The slope is the same at a and at −a."),
    Mistake("difference-squared", lambda v: v.dC_da1 * (1 - v.a1) ** 2,
      "This is (1 − a)². The slope of tanh is 1 − a².", "The slope is the same at a and at −a."),
    Mistake("plus-for-minus", lambda v: v.dC_da1 * (1 + v.a1**2),
      "The slope has a plus where a minus should be.",
      "Where a is almost 1 the curve is flat."),
    Mistake("slope-only", lambda v: 1 - v.a1**2,
      "This is only the slope: what comes back is missing.",
      "Rule 2: what comes back, times the slope."),
    Mistake("slope-twice", lambda v: v.dC_da1 * (1 - v.a1**2) ** 2,
      "The slope of tanh is multiplied in twice.", "How many tanh lie between a1 and z1?"),
    Mistake("squared-activation", lambda v: v.dC_da1 * v.a1**2,
      "This is a² alone. The slope of tanh is 1 − a².", "At z = 0 the curve is steepest."),
)  # fmt: skip

BEFORE_SLOPE = (
    Mistake("before-the-slope", lambda v: v.dC_da1.sum(0, keepdim=True),
      "dC_da1 was added up where the hidden delta dC_dz1 should be.",
      "b1 is added where z1 is made, so the delta at z1 counts."),
)  # fmt: skip

# --- any number of weights ---------------------------------------------------------------------

DEPTHS = ((3, 4, 2, 5), (2, 5, 3, 6, 4), (4, 3, 5, 2))  # sizes from the inputs to the outputs


def _deep(generator: torch.Generator, number: int) -> Sequence[Any]:
    rows, sizes = (6, 7, 8)[number], DEPTHS[number]
    weights = [_normal(generator, n, m) for n, m in zip(sizes, sizes[1:], strict=False)]
    activations = [_normal(generator, rows, sizes[0])]
    for w in weights:
        activations.append(torch.sigmoid(activations[-1] @ w))
    return activations, _labels(generator, rows, sizes[-1]), weights


def _delta(v: Values, back: int, step: Callable[..., torch.Tensor] | None = None) -> torch.Tensor:
    """The delta at the product of weights[-back]; `step` goes back through one layer."""
    delta = (v.activations[-1] - v.y) / v.N
    for k in range(2, back + 1):
        a, w = v.activations[-k], v.weights[1 - k]
        delta = step(delta, a, w) if step else (delta @ w.T) * a * (1 - a)
    return delta


def _gradient(
    v: Values, back: int, step: Callable[..., torch.Tensor] | None = None
) -> torch.Tensor:
    return v.activations[-back - 1].T @ _delta(v, back, step)


def _whole(v: Values) -> int:
    return len(v.weights)


DEEP: Steps = {
    "count": lambda v: torch.tensor(float(_whole(v))).double(),
    "dC_dw[-1]": lambda v: _gradient(v, 1),
    "dC_dw[-2]": lambda v: _gradient(v, 2),
    "dC_dw[0]": lambda v: _gradient(v, _whole(v)),
}
LAST, MIDDLE, FIRST = "dC_dw[-1]", "dC_dw[-2]", "dC_dw[0]"


def _seen(answer: Any, activations: Any, y: Any, weights: Any) -> Any:
    """How many gradients there are, and three of them."""
    if not isinstance(answer, list | tuple):
        return answer
    gradients = [*answer] or [torch.zeros(0)]
    second = gradients[-2] if len(gradients) > 1 else torch.zeros(0)
    return float(len(answer)), gradients[-1], second, gradients[0]


def _in_reverse(place: int) -> Mistake:
    return Mistake("order-reversed",
      lambda v: _gradient(v, _whole(v) + 1 + place if place < 0 else 1),
      "The list is the wrong way round: it begins with the last layer's gradient.",
      "The loop runs backward, and the list should begin with the first weights.")  # fmt: skip


LAST_OF_DEEP = (
    _in_reverse(-1),
    Mistake("extra-slope",
      lambda v: v.activations[-2].T @ (_delta(v, 1) * v.activations[-1] * (1 - v.activations[-1])),
      "ŷ − y is multiplied by the slope of the outputs. For cross-entropy it has cancelled.",
      "Does the loop go back through a sigmoid before the first product?"),
    Mistake("output-for-input", lambda v: v.activations[-1].T @ _delta(v, 1),
      "The outputs stand where the activation should that came into the last weights.",
      "There is one activation more than there are weights."),
    Mistake("divided-by-all", lambda v: _gradient(v, 1) / v.y.shape[1],
      "It is divided by the number of entries. The cost adds up over the outputs; only over the "
      "flowers it is a mean.", "How many rows are there?"),
    Mistake("transposed", lambda v: _gradient(v, 1).T, "It is transposed.",
      "A gradient has the shape of what it is the gradient of."),
)  # fmt: skip


def _of_deep(back: Callable[[Values], int]) -> Table:
    def made(step: Callable[..., torch.Tensor]) -> Callable[[Values], torch.Tensor]:
        return lambda v: _gradient(v, back(v), step)

    def later(v: Values) -> torch.Tensor:
        b = back(v)
        a = v.activations[-b - 1]  # what came in, where what went out belongs
        return a.T @ (_delta(v, b - 1) @ v.weights[1 - b].T * v.activations[-b])

    return (
        Mistake("slope-missing", made(lambda d, a, w: d @ w.T),
          "The way back through the sigmoids is missing: a slope a(1 − a) after each product.",
          "Rule 2: through a function of each entry, times its slope."),
        Mistake("slope-once-missing",
          lambda v: v.activations[-back(v) - 1].T
          @ (_delta(v, back(v) - 1) @ v.weights[1 - back(v)].T),
          "The last step back through a sigmoid is missing.",
          "The slope belongs before the gradient of the next weights is made."),
        Mistake("half-slope-a", made(lambda d, a, w: d @ w.T * a),
          "Only the factor a of the slope is there.", "A slope has two factors."),
        Mistake("half-slope-once", later, "Only the factor a of the last slope is there.",
          "A slope has two factors."),
        Mistake("half-slope-one-minus-a", made(lambda d, a, w: d @ w.T * (1 - a)),
          "Only the factor 1 − a of the slope is there.", "A slope has two factors."),
        Mistake("tanh-slope", made(lambda d, a, w: d @ w.T * (1 - a**2)),
          "1 − a² is the slope of tanh.", "The units are sigmoids."),
        Mistake("slope-of-activation", made(lambda d, a, w: d @ w.T * σ(a) * (1 - σ(a))),
          "The slope applies the sigmoid to an activation.",
          "The slope from the activation needs no sigmoid."),
        Mistake("slope-twice", made(lambda d, a, w: d @ w.T * (a * (1 - a)) ** 2),
          "The slope is multiplied in twice in each step.", "How many sigmoids lie on the step?"),
        Mistake("divided-again", made(lambda d, a, w: d @ w.T * a * (1 - a) / len(a)),
          "It is divided by N in every layer. The 1/N of the mean belongs to the output delta.",
          "Which line divides, and how often does it run?"),
        Mistake("absolute-weights", made(lambda d, a, w: d @ w.T.abs() * a * (1 - a)),
          "The weights lost their signs.", "What does a negative weight do to z?"),
    )  # fmt: skip


# --- find the bugs: tanh units, linear outputs, half squared error, biases ---------------------


def _linear_outputs(generator: torch.Generator, number: int) -> Sequence[Any]:
    n = _network(generator, number, (3, 2, 6))
    a1 = torch.tanh(n["z1"])
    y = _normal(generator, len(a1), n["w2"].shape[1])
    return n["X"], y, n["w2"], a1, a1 @ n["w2"]


LINEAR: Steps = {**TANH}
LINEAR_DELTA = (
    Mistake("divided-by-all", lambda v: (v.y_hat - v.y) / v.y.numel(),
      "It is divided by the number of entries. The cost adds up over the outputs; only over the "
      "rows it is a mean.",
      "How many rows are there?"),
    Mistake("extra-slope", lambda v: [(v.y_hat - v.y) * _output_slope(v) / v.N,
                                      (v.y_hat - v.y) * (1 - v.y_hat**2) / v.N],
      "A slope is multiplied in. These outputs are linear: ŷ is z2 itself.",
      "What lies between z2 and ŷ in this network?"),
)  # fmt: skip

# --- a gradient check of one's own -------------------------------------------------------------


def _claims(generator: torch.Generator, number: int) -> Sequence[Any]:
    """A cost of a square weight, and gradients that people say it has."""
    n, rows = (3, 2, 4)[number], (5, 6, 7)[number]
    X, w = _normal(generator, rows, n), _normal(generator, n, n)
    y = _labels(generator, rows, n)

    def cost(w: torch.Tensor) -> torch.Tensor:
        z = X @ w
        return (torch.nn.functional.softplus(z) - y * z).sum() / rows

    right = X.T @ (torch.sigmoid(X @ w) - y) / rows
    size, at = right.abs().max(), right.abs().argmin()
    small, large = right.clone(), right.clone()
    small.view(-1)[at] -= 0.02 * size
    large.view(-1)[at] += 0.02 * size
    claims = [right, right * (1 + 1e-9), small, large, -right, 2 * right, right.T.clone()]
    turn = n % len(claims)  # so that no fixed list of answers fits
    return cost, w, claims[turn:] + claims[:turn]


CLAIMS = (
    "right", "right-but-for-rounding", "one-entry-low", "one-entry-high", "sign", "scale",
    "transposed-claim",
)  # fmt: skip


def _verdicts(answer: Any, cost: Any, w: torch.Tensor, claims: Any) -> Any:
    """One number a claim, in the order of `CLAIMS`: 1 for accepted, 2 for refused."""
    if not isinstance(answer, list | tuple) or len(answer) != len(claims):
        return answer
    turn = len(claims) - len(w) % len(claims)
    said = [1.0 if bool(a) else 2.0 for a in answer]
    return tuple(said[turn:] + said[:turn])


ACCEPTED, REFUSED = (lambda v: torch.tensor(1.0).double()), (lambda v: torch.tensor(2.0).double())
REFUSES = Mistake("right-claim-refused", REFUSED,
  "A right gradient is refused. Either the differences are not near the slope (2h below the line, "
  "a step too long or too short, a poke that is not undone), or too little is allowed.",
  "Print the largest difference for it: is it near 0, or near the gradient itself?")  # fmt: skip


def _accepts(what: str, hint: str) -> Mistake:
    return Mistake("wrong-claim-accepted", ACCEPTED, what, hint)


OWN_CHECK = {
    "right": (REFUSES,),
    "right-but-for-rounding": (
        Mistake("right-claim-refused", REFUSED,
          "A gradient that is right but for its last digits is refused: no two ways of computing "
          "agree in all of them.",
          "Ask for a small difference, not for none."),
    ),
    "one-entry-low": (
        _accepts("A claim passes in which one small entry is too low.",
          "Compare every entry; sums, means and directions hide one."),
    ),
    "one-entry-high": (
        _accepts("A claim passes in which one small entry is too high.",
          "Compare every entry, and the size of the difference: without its sign?"),
    ),
    "sign": (
        _accepts("The gradient with its sign turned round passes.",
          "The size of a difference is not the difference of sizes."),
    ),
    "scale": (
        _accepts("A gradient twice as large as it should be passes.",
          "The same direction is not the same gradient."),
    ),
    "transposed-claim": (
        _accepts("The transposed gradient passes.", "Compare entry with entry, each at its place."),
    ),
}  # fmt: skip

BACKWARD = ("X", "y", "w2", "a1", "y_hat")
SECTION = "this notebook, From numbers to matrices"
CHANGES = "this notebook, Change one thing"

EXERCISES = {
    "05-two-steps": Exercise(
        ("dC_dy_hat", "dC_dz2", "dC_db2"), ("y_hat", "y"), _of_three_outputs,
        mistakes={"dC_dy_hat": DC_DY_HAT, "dC_dz2": STEP_BACK, "dC_db2": OUTPUT_BIAS},
        section="this notebook, The two factors that cancel", steps=TWO_STEPS,
    ),
    "05-three-outputs": Exercise(
        ("dC_dz2", "dC_dw2", "dC_da1", "dC_dz1", "dC_dw1"), BACKWARD, _sigmoids,
        mistakes={
            "dC_dz2": SQUARED_DELTA, "dC_dw2": OF_WEIGHTS,
            "dC_da1": SEVERAL_OUTPUTS + OF_ACTIVATIONS, "dC_dz1": OF_SIGMOIDS,
            "dC_dw1": OF_INPUTS,
        },
        section=CHANGES, steps=THREE_OUTPUTS,
    ),
    "05-tanh": Exercise(
        ("dC_dz2", "dC_dw2", "dC_db2", "dC_dz1", "dC_dw1", "dC_db1"), BACKWARD, _tanhs,
        mistakes={
            "dC_dz2": CROSS_ENTROPY_DELTA, "dC_dw2": OF_WEIGHTS,
            "dC_db2": OUTPUT_BIAS, "dC_dz1": TANH_DELTA, "dC_dw1": OF_INPUTS,
            "dC_db1": BEFORE_SLOPE + HIDDEN_BIAS,
        },
        section=CHANGES, steps=TANH,
    ),
    "05-deep": Exercise(
        ("count", LAST, MIDDLE, FIRST), ("activations", "y", "weights"), _deep,
        mistakes={
            LAST: LAST_OF_DEEP, MIDDLE: _of_deep(lambda v: 2),
            FIRST: (_in_reverse(0), *_of_deep(_whole)),
        },
        see=_seen, section=CHANGES, steps=DEEP,
        praise="right for three and for four weights.",
    ),
    "05-bugs": Exercise(
        ("dC_dz2", "dC_dw2", "dC_db2", "dC_dz1", "dC_dw1", "dC_db1"), BACKWARD, _linear_outputs,
        mistakes={
            "dC_dz2": LINEAR_DELTA, "dC_dw2": OF_WEIGHTS, "dC_db2": OUTPUT_BIAS,
            "dC_dz1": TANH_DELTA, "dC_dw1": OF_INPUTS,
            "dC_db1": BEFORE_SLOPE + HIDDEN_BIAS,
        },
        section=SECTION, steps=LINEAR,
    ),
    "05-own-check": Exercise(
        CLAIMS, ("cost", "w", "claims"), _claims,
        lambda cost, w, claims: (1.0, 1.0, *[2.0] * 5),
        OWN_CHECK, _verdicts, section="this notebook, How far to trust the referee",
        praise="it lets both right gradients pass, and none of the five wrong ones.",
    ),
}  # fmt: skip
