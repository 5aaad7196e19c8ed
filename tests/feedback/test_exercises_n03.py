"""The exercises of notebook 03, tried with functions as people write them."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch

from fnn_helpers.feedback import check_exercise
from fnn_helpers.feedback.tasks.exercises.n03 import BUGS, DEEP, TABLE

# --- 03-table ----------------------------------------------------------------------------------


def weights(w1: Any, b1: Any, w2: Any, b2: Any) -> Callable[[], tuple[torch.Tensor, ...]]:
    return lambda: tuple(torch.tensor(part) for part in (w1, b1, w2, b2))


ALIKE = [[10.0, 10.0]] * 3
STEPS = [[-5.0, -15.0]]  # at least one, at least two
MINUS = [[10.0], [-10.0]]

RIGHT_TABLES = {
    "first without second": weights(ALIKE, STEPS, MINUS, [[-5.0]]),
    "whole numbers": weights([[4, 4]] * 3, [[-2, -6]], [[9], [-9]], [[-4]]),
    "flat biases": weights(ALIKE, [-5.0, -15.0], MINUS, -5.0),
    "the other way round": weights(
        [[-10.0, 10.0]] * 3, [[5.0, -15.0]], [[-10.0], [-10.0]], [[5.0]]
    ),
    "one unit a statement": weights(  # each notices itself alone
        [[20.0, -20, -20], [-20, 20, -20], [-20, -20, 20]], [[-10.0] * 3], [[20.0]] * 3, [[-10.0]]
    ),
    "plain lists": lambda: (ALIKE, STEPS, MINUS, [[-5.0]]),
    "arrays": lambda: [np.array(part) for part in (ALIKE, STEPS, MINUS, [[-5.0]])],
}
WRONG_TABLES = {
    "at-least-one": weights([[10.0]] * 3, [[-5.0]], [[10.0]], [[-5.0]]),
    "one-or-two": weights(ALIKE, [[-5.0, -25.0]], MINUS, [[-5.0]]),  # the second wakes up late
    "odd-number": weights(  # a third unit brings yes back
        [[10.0, 10.0, 10.0]] * 3, [[-5.0, -15.0, -25.0]], [[10.0], [-10.0], [10.0]], [[-5.0]]
    ),
    "at-most-one": weights([[-10.0]] * 3, [[15.0]], [[10.0]], [[-5.0]]),
    "exactly-two": weights(ALIKE, [[-15.0, -25.0]], MINUS, [[-5.0]]),
    "at-least-two": weights([[10.0]] * 3, [[-15.0]], [[10.0]], [[-5.0]]),
    "all-three": weights([[10.0]] * 3, [[-25.0]], [[10.0]], [[-5.0]]),
    "none": weights([[-10.0]] * 3, [[5.0]], [[10.0]], [[-5.0]]),
    "one-input-only": weights([[10.0], [0.0], [0.0]], [[-5.0]], [[10.0]], [[-5.0]]),
    "says-the-opposite": weights(ALIKE, STEPS, [[-10.0], [10.0]], [[5.0]]),
    "always-yes": weights(ALIKE, STEPS, MINUS, [[5.0]]),  # the sign of b2
    "always-no": weights([[1.0, 1.0]] * 3, [[-0.5, -1.5]], [[1.0], [-1.0]], [[-0.5]]),  # too soft
    "one-of-two": weights([[10.0, 10.0], [10.0, 10.0], [0.0, 0.0]], STEPS, MINUS, [[-5.0]]),
}


@pytest.mark.parametrize("name", RIGHT_TABLES)
def test_many_tables_of_weights_are_right(name) -> None:
    assert check_exercise("03-table", RIGHT_TABLES[name])


@pytest.mark.parametrize("mistake", WRONG_TABLES)
def test_what_a_table_says_is_named(mistake) -> None:
    answer = check_exercise("03-table", WRONG_TABLES[mistake])
    assert (answer.status, answer.mistake, answer.where) == ("wrong", mistake, "says")


def test_every_mistake_of_the_table_is_tried() -> None:
    assert set(WRONG_TABLES) == {record.id for record in TABLE}


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (weights([[10.0] * 3] * 2, STEPS, MINUS, [[-5.0]]), "w1 has shape (2, 3), but 3 × units"),
        (weights(ALIKE, STEPS, [[10.0, -10.0]], [[-5.0]]), "w2 has shape (1, 2), but 2 × 1"),
        (weights(ALIKE, [[-5.0]], MINUS, [[-5.0]]), "b1 has shape (1, 1), but 1 × 2"),
        (weights(ALIKE, STEPS, MINUS, [[-5.0, 1.0]]), "b2 has shape (1, 2), but 1 × 1"),
        (lambda: (ALIKE, STEPS, MINUS), "return w1, b1, w2, b2"),
    ],
)
def test_what_is_no_network_says_why(made, words) -> None:
    answer = check_exercise("03-table", made)
    assert answer.status == "raised" and words in answer.message


# --- 03-deep -----------------------------------------------------------------------------------

σ = torch.sigmoid


def in_a_loop(X, weights, biases):
    a = X
    for w, b in zip(weights, biases, strict=True):
        a = σ(a @ w + b)
    return a


def by_number(X, weights, biases):
    for layer in range(len(weights)):
        X = 1 / (1 + torch.exp(-(X @ weights[layer] + biases[layer])))
    return X


def last_apart(X, weights, biases):
    for w, b in zip(weights[:-1], biases[:-1], strict=True):
        X = σ(X @ w + b)
    return σ(X @ weights[-1] + biases[-1])


def by_itself(X, weights, biases):
    return by_itself(σ(X @ weights[0] + biases[0]), weights[1:], biases[1:]) if weights else X


def without_biases(X, weights, biases):
    for w in weights:
        X = σ(X @ w)
    return X


def no_bias_at_the_end(X, weights, biases):
    for w, b in zip(weights[:-1], biases[:-1], strict=True):
        X = σ(X @ w + b)
    return σ(X @ weights[-1])


def bias_outside(X, weights, biases):
    for w, b in zip(weights, biases, strict=True):
        X = σ(X @ w) + b
    return X


def bias_taken_away(X, weights, biases):
    for w, b in zip(weights, biases, strict=True):
        X = σ(X @ w - b)
    return X


def sigmoid_after_the_loop(X, weights, biases):
    for w, b in zip(weights, biases, strict=True):
        X = X @ w + b
    return σ(X)


def sum_returned(X, weights, biases):
    for w, b in zip(weights, biases, strict=True):
        z = X @ w + b
        X = σ(z)
    return z


def sums_only(X, weights, biases):
    for w, b in zip(weights, biases, strict=True):
        X = X @ w + b
    return X


def once_more_at_the_end(X, weights, biases):
    return σ(in_a_loop(X, weights, biases))


def with_tanh(X, weights, biases):
    for w, b in zip(weights, biases, strict=True):
        X = torch.tanh(X @ w + b)
    return X


def tanh_inside(X, weights, biases):
    for w, b in zip(weights[:-1], biases[:-1], strict=True):
        X = torch.tanh(X @ w + b)
    return σ(X @ weights[-1] + biases[-1])


def relu_inside(X, weights, biases):
    for w, b in zip(weights[:-1], biases[:-1], strict=True):
        X = (X @ w + b).clamp(min=0)
    return σ(X @ weights[-1] + biases[-1])


def returned_too_early(X, weights, biases):
    for w, b in zip(weights, biases, strict=True):
        X = σ(X @ w + b)
        return X  # noqa: RET504
    return X


RIGHT_DEEP = (in_a_loop, by_number, last_apart, by_itself)
WRONG_DEEP = {
    without_biases: "bias-missing",
    no_bias_at_the_end: "bias-missing",
    bias_outside: "bias-after-activation",
    bias_taken_away: "bias-subtracted",
    sigmoid_after_the_loop: "inner-activation-missing",
    sum_returned: "last-activation-missing",
    sums_only: "activation-missing",
    once_more_at_the_end: "activation-twice",
    with_tanh: "tanh",
    tanh_inside: "tanh",
    relu_inside: "relu",
    returned_too_early: "first-layer-only",
}


@pytest.mark.parametrize("f", RIGHT_DEEP)
def test_any_number_of_layers_may_be_written_in_many_ways(f) -> None:
    assert check_exercise("03-deep", f)


@pytest.mark.parametrize(("f", "mistake"), WRONG_DEEP.items())
def test_a_wrong_deep_network_is_named(f, mistake) -> None:
    answer = check_exercise("03-deep", f)
    assert (answer.status, answer.mistake, answer.where) == ("wrong", mistake, "y_hat")


def test_every_mistake_of_the_deep_network_is_tried() -> None:
    assert set(WRONG_DEEP.values()) == {record.id for record in DEEP}


def test_two_layers_are_not_enough() -> None:
    def two(X, weights, biases):
        return σ(σ(X @ weights[0] + biases[0]) @ weights[1] + biases[1])

    assert check_exercise("03-deep", two).mistake == "one-shape-only"


# --- 03-bugs -----------------------------------------------------------------------------------

RIGHT_LINES = {
    "a1": "torch.tanh(X @ w1 + b1)",
    "a2": "torch.tanh(a1 @ w2 + b2)",
    "y_hat": "torch.sigmoid(a2 @ w3 + b3)",
}
WRONG_LINES = {
    ("a1", "torch.tanh(X @ w1)"): "bias-missing",
    ("a1", "torch.tanh(X @ w1) + b1"): "bias-after-activation",
    ("a1", "torch.tanh(X @ w1 - b1)"): "bias-subtracted",
    ("a1", "X @ w1 + b1"): "activation-missing",
    ("a1", "torch.tanh(torch.tanh(X @ w1 + b1))"): "activation-twice",
    ("a1", "torch.sigmoid(X @ w1 + b1)"): "wrong-activation",
    ("a1", "torch.tanh(torch.sigmoid(X @ w1 + b1))"): "two-activations",
    ("a2", "torch.tanh(a1 @ w2)"): "bias-missing",
    ("a2", "torch.tanh(a1 @ w2) + b2"): "bias-after-activation",
    ("a2", "torch.tanh(a1 @ w2 - b2)"): "bias-subtracted",
    ("a2", "a1 @ w2 + b2"): "activation-missing",
    ("a2", "torch.tanh(torch.tanh(a1 @ w2 + b2))"): "activation-twice",
    ("a2", "torch.sigmoid(a1 @ w2 + b2)"): "wrong-activation",
    ("a2", "torch.sigmoid(torch.tanh(a1 @ w2 + b2))"): "two-activations",
    ("a2", "torch.tanh((X @ w1 + b1) @ w2 + b2)"): "z1-for-a1",
    ("y_hat", "torch.sigmoid(a2 @ w3)"): "bias-missing",
    ("y_hat", "torch.sigmoid(a2 @ w3) + b3"): "bias-after-activation",
    ("y_hat", "torch.sigmoid(a2 @ w3 - b3)"): "bias-subtracted",
    ("y_hat", "a2 @ w3 + b3"): "activation-missing",
    ("y_hat", "torch.sigmoid(torch.sigmoid(a2 @ w3 + b3))"): "activation-twice",
    ("y_hat", "torch.tanh(a2 @ w3 + b3)"): "wrong-activation",
    ("y_hat", "torch.sigmoid(torch.tanh(a2 @ w3 + b3))"): "two-activations",
}


def network(**lines: str) -> Callable[..., Any]:
    """The network of the bug hunt, with some lines written otherwise."""
    body = "\n".join(f"    {name} = {line}" for name, line in (RIGHT_LINES | lines).items())
    made: dict[str, Any] = {"torch": torch}
    exec(f"def f(X, w1, b1, w2, b2, w3, b3):\n{body}\n    return a1, a2, y_hat", made)
    return made["f"]


def test_the_mended_network_is_right() -> None:
    assert check_exercise("03-bugs", network(), hunt=True)


@pytest.mark.parametrize(("line", "mistake"), WRONG_LINES.items())
def test_a_bug_is_found_at_its_place(line, mistake) -> None:
    where, wrong = line
    answer = check_exercise("03-bugs", network(**{where: wrong}), hunt=True)
    assert (answer.status, answer.mistake, answer.where) == ("wrong", mistake, where)


def test_every_mistake_of_the_bug_hunt_is_tried() -> None:
    recorded = {(where, record.id) for where, records in BUGS.items() for record in records}
    assert {(where, id_) for (where, _), id_ in WRONG_LINES.items()} == recorded


def test_the_hunt_leads_from_one_bug_to_the_next() -> None:
    lines = {
        "a1": "torch.tanh(X @ w1) + b1",
        "a2": "torch.sigmoid(a1 @ w2 + b2)",
        "y_hat": "torch.sigmoid(a2 @ w3)",
    }
    for where in list(lines):
        assert check_exercise("03-bugs", network(**lines), hunt=True).where == where
        del lines[where]
