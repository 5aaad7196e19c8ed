"""The exercises of notebook 05: right ones are accepted however written, slips are named."""

from collections.abc import Callable
from typing import Any

import pytest
import torch

from fnn_helpers.feedback import check_exercise
from fnn_helpers.feedback.against import _case, _quantity
from fnn_helpers.feedback.quantity import Task
from fnn_helpers.feedback.tasks.exercises import EXERCISES
from fnn_helpers.gradient_checks import central_differences

RIGHT = {
    "05-two-steps": """
def f(y_hat, y):
    dC_dy_hat = (y_hat - y) / (y_hat * (1 - y_hat)) / len(y)
    dC_dz2 = dC_dy_hat * y_hat * (1 - y_hat)
    dC_db2 = dC_dz2.sum(dim=0, keepdim=True)
    return dC_dy_hat, dC_dz2, dC_db2
""",
    "05-three-outputs": """
def f(X, y, w2, a1, y_hat):
    dC_dz2 = (y_hat - y) * y_hat * (1 - y_hat) / len(X)
    dC_dw2 = a1.T @ dC_dz2
    dC_da1 = dC_dz2 @ w2.T
    dC_dz1 = dC_da1 * a1 * (1 - a1)
    dC_dw1 = X.T @ dC_dz1
    return dC_dz2, dC_dw2, dC_da1, dC_dz1, dC_dw1
""",
    "05-tanh": """
def f(X, y, w2, a1, y_hat):
    dC_dz2 = (y_hat - y) / len(X)
    dC_dw2 = a1.T @ dC_dz2
    dC_db2 = dC_dz2.sum(dim=0, keepdim=True)
    dC_da1 = dC_dz2 @ w2.T
    dC_dz1 = dC_da1 * (1 - a1**2)
    dC_dw1 = X.T @ dC_dz1
    dC_db1 = dC_dz1.sum(dim=0, keepdim=True)
    return dC_dz2, dC_dw2, dC_db2, dC_dz1, dC_dw1, dC_db1
""",
    "05-deep": """
def f(activations, y, weights):
    delta = (activations[-1] - y) / len(y)
    gradients = []
    for k in reversed(range(len(weights))):
        a = activations[k]
        gradients.append(a.T @ delta)
        delta = delta @ weights[k].T * a * (1 - a)
    return gradients[::-1]
""",
    "05-own-check": """
def f(cost, w, claims):
    h = 1e-5
    slopes = torch.zeros_like(w)
    for i in range(w.shape[0]):
        for j in range(w.shape[1]):
            up, down = w.clone(), w.clone()
            up[i, j] += h
            down[i, j] -= h
            slopes[i, j] = (cost(up) - cost(down)) / (2 * h)
    return [bool((c - slopes).abs().max() < 1e-6 * slopes.abs().max()) for c in claims]
""",
}
# The same network with linear outputs and half the squared error has the same lines.
RIGHT["05-bugs"] = RIGHT["05-tanh"]


def written(code: str) -> Callable[..., Any]:
    space: dict[str, Any] = {"torch": torch}
    exec(code, space)
    return space["f"]


def loops(y_hat, y):
    dC_dy_hat, dC_db2 = torch.zeros_like(y), torch.zeros(1, y.shape[1], dtype=y.dtype)
    for n in range(len(y)):
        for k in range(y.shape[1]):
            p = y_hat[n, k]
            dC_dy_hat[n, k] = -1 / p if y[n, k] == 1 else 1 / (1 - p)
            dC_dy_hat[n, k] /= len(y)
            dC_db2[0, k] += (p - y[n, k]) / len(y)
    return dC_dy_hat, (y_hat - y) / y.shape[0], dC_db2


def by_einsum(X, y, w2, a1, y_hat):
    delta = torch.einsum("nk,nk,nk->nk", y_hat - y, y_hat, 1 - y_hat) / y.shape[0]
    back = torch.einsum("nk,jk->nj", delta, w2)
    hidden = back * (a1 - a1 * a1)
    return (delta, torch.einsum("nj,nk->jk", a1, delta), back, hidden,
            torch.einsum("ni,nj->ij", X, hidden))  # fmt: skip


def with_a_row_of_ones(X, y, w2, a1, y_hat):
    """A bias is the weight of an input that is always 1."""
    one = torch.ones(1, len(X), dtype=X.dtype)
    delta = (y_hat - y) / len(X)
    hidden = (delta @ w2.T) * (1 - a1) * (1 + a1)
    return delta, a1.T @ delta, one @ delta, hidden, X.T @ hidden, one @ hidden


def recursive(activations, y, weights):
    def back(k, delta):
        here = activations[k].T @ delta
        if k == 0:
            return [here]
        a = activations[k]
        return [*back(k - 1, delta @ weights[k].mT * (a - a**2)), here]

    return back(len(weights) - 1, (activations[-1] - y) / y.shape[0])


def with_the_helper(cost, w, claims):
    slopes = central_differences(cost, w)
    return [torch.allclose(c, slopes, rtol=0, atol=1e-5) for c in claims]


VARIANTS = {
    "05-two-steps": loops, "05-three-outputs": by_einsum, "05-tanh": with_a_row_of_ones,
    "05-bugs": with_a_row_of_ones, "05-deep": recursive, "05-own-check": with_the_helper,
}  # fmt: skip


@pytest.mark.parametrize("name", RIGHT)
def test_right_is_accepted_however_it_is_written(name) -> None:
    assert check_exercise(name, written(RIGHT[name]))
    assert check_exercise(name, VARIANTS[name])


# Exercise, what a right line says, what stands there instead, the record, the place.
SLIPS = [
    ("05-two-steps", "/ (y_hat * (1 - y_hat)) / len", "/ len", "difference-only", "dC_dy_hat"),
    ("05-two-steps", "(y_hat * (1 - y_hat))", "y_hat * (1 - y_hat)", "missing-parentheses",
     "dC_dy_hat"),
    ("05-two-steps", "len(y)", "y.numel()", "divided-by-all", "dC_dy_hat"),
    ("05-two-steps", "(y_hat - y) / (y_hat * (1 - y_hat))", "-y / y_hat", "one-logarithm-only",
     "dC_dy_hat"),
    ("05-two-steps", "(y_hat - y) / (y_hat * (1 - y_hat))", "(-y / y_hat - (1 - y) / (1 - y_hat))",
     "sign-of-second-term", "dC_dy_hat"),
    ("05-two-steps", "(y_hat - y) / (y_hat * (1 - y_hat))",
     "-(y * y_hat.log() + (1 - y) * (1 - y_hat).log())", "cost-returned", "dC_dy_hat"),
    ("05-two-steps", "(y_hat - y) / (y_hat", "(y_hat - y) * (y_hat", "multiplied-for-divided",
     "dC_dy_hat"),
    ("05-two-steps", "dC_dy_hat * y_hat * (1 - y_hat)", "dC_dy_hat", "slope-missing", "dC_dz2"),
    ("05-two-steps", "dC_dy_hat * y_hat * (1 - y_hat)", "dC_dy_hat * (1 - y_hat**2)",
     "tanh-slope", "dC_dz2"),
    ("05-two-steps", "dC_dy_hat * y_hat * (1 - y_hat)", "dC_dy_hat * y_hat", "half-slope-a",
     "dC_dz2"),
    ("05-two-steps", "dC_dy_hat * y_hat * (1 - y_hat)", "y_hat * (1 - y_hat)", "slope-only",
     "dC_dz2"),
    ("05-two-steps", "= dC_dy_hat * y_hat * (1 - y_hat)", "= dC_dy_hat / (y_hat * (1 - y_hat))",
     "divided-by-slope", "dC_dz2"),
    ("05-two-steps", ".sum(dim=0", ".mean(dim=0", "averaged-over-rows", "dC_db2"),
    ("05-two-steps", ".sum(dim=0", ".sum(dim=1", "summed-over-columns", "dC_db2"),
    ("05-two-steps", "dim=0, keepdim=True", "dim=0", "flat", "dC_db2"),
    ("05-two-steps", ".sum(dim=0, keepdim=True)", ".sum()", "collapsed", "dC_db2"),
    ("05-two-steps", "dC_dz2.sum(dim=0, keepdim=True)", "dC_dz2", "batch-not-summed", "dC_db2"),
    ("05-two-steps", "dC_dz2.sum(dim=0, keepdim=True)", "torch.ones(1, y.shape[1]).double()",
     "all-ones", "dC_db2"),
    ("05-three-outputs", " * y_hat * (1 - y_hat) /", " /", "slope-missing", "dC_dz2"),
    ("05-three-outputs", " * y_hat * (1 - y_hat) /", " * (1 - y_hat) /", "half-slope-one-minus-a",
     "dC_dz2"),
    ("05-three-outputs", "len(X)", "y.numel()", "divided-by-all", "dC_dz2"),
    ("05-three-outputs", "(y_hat - y) *", "(y_hat - y) ** 2 *", "squared", "dC_dz2"),
    ("05-three-outputs", "(y_hat - y) *", "", "slope-only", "dC_dz2"),
    ("05-three-outputs", "a1.T @ dC_dz2", "(a1 * (1 - a1)).T @ dC_dz2", "slope-at-weights",
     "dC_dw2"),
    ("05-three-outputs", "a1.T @ dC_dz2", "a1[:, :, None] * dC_dz2[:, None, :]",
     "batch-not-summed", "dC_dw2"),
    ("05-three-outputs", "a1.T @ dC_dz2", "(a1.T @ dC_dz2).sum(1, keepdim=True)", "collapsed",
     "dC_dw2"),
    ("05-three-outputs", "a1.T @ dC_dz2", "X.T @ dC_dz2", "X-for-a1", "dC_dw2"),
    ("05-three-outputs", "dC_dz2 @ w2.T", "dC_dz2[:, :1] @ w2[:, :1].T", "one-output-only",
     "dC_da1"),
    ("05-three-outputs", "dC_dz2 @ w2.T",
     "dC_dz2.sum(1, keepdim=True) * w2.sum(1, keepdim=True).T", "outputs-added-first", "dC_da1"),
    ("05-three-outputs", "dC_dz2 @ w2.T", "dC_dz2.sum(1, keepdim=True) * torch.ones_like(a1)",
     "deltas-added", "dC_da1"),
    ("05-three-outputs", "dC_dz2 @ w2.T", "(dC_dz2[:, None, :] * w2).mean(2)",
     "averaged-over-outputs", "dC_da1"),
    ("05-three-outputs", "dC_dz2 @ w2.T", "dC_dz2 @ w2.T * a1", "activation-multiplied",
     "dC_da1"),
    ("05-three-outputs", "dC_da1 * a1 * (1 - a1)", "dC_da1", "slope-missing", "dC_dz1"),
    ("05-three-outputs", "dC_da1 * a1 * (1 - a1)", "dC_da1 * (1 - a1**2)", "tanh-slope",
     "dC_dz1"),
    ("05-three-outputs", "X.T @ dC_dz1", "X.T @ dC_da1", "before-the-slope", "dC_dw1"),
    ("05-three-outputs", "X.T @ dC_dz1", "a1.T @ dC_dz1", "a1-for-X", "dC_dw1"),
    ("05-tanh", "(y_hat - y) / len(X)", "(y_hat - y) * y_hat * (1 - y_hat) / len(X)",
     "extra-slope", "dC_dz2"),
    ("05-tanh", "(y_hat - y) / len(X)", "(y_hat - y) * (1 - y_hat**2) / len(X)", "tanh-slope",
     "dC_dz2"),
    ("05-tanh", "len(X)", "y.numel()", "divided-by-all", "dC_dz2"),
    ("05-tanh", "(1 - a1**2)", "a1 * (1 - a1)", "sigmoid-slope", "dC_dz1"),
    ("05-tanh", " * (1 - a1**2)", "", "slope-missing", "dC_dz1"),
    ("05-tanh", "(1 - a1**2)", "(1 - torch.tanh(a1) ** 2)", "slope-of-activation", "dC_dz1"),
    ("05-tanh", "(1 - a1**2)", "1 - a1**2", "missing-parentheses", "dC_dz1"),
    ("05-tanh", "(1 - a1**2)", "(1 - a1)", "not-squared", "dC_dz1"),
    ("05-tanh", "(1 - a1**2)", "(1 - a1) ** 2", "difference-squared", "dC_dz1"),
    ("05-tanh", "(1 - a1**2)", "(1 + a1**2)", "plus-for-minus", "dC_dz1"),
    ("05-tanh", "dC_da1 * (1 - a1**2)", "1 - a1**2", "slope-only", "dC_dz1"),
    ("05-tanh", "(1 - a1**2)", "a1**2", "squared-activation", "dC_dz1"),
    ("05-tanh", "dC_dz1.sum(dim=0", "dC_da1.sum(dim=0", "before-the-slope", "dC_db1"),
    ("05-tanh", "dC_dz1.sum(dim=0", "dC_dz1.mean(dim=0", "averaged-over-rows", "dC_db1"),
    ("05-tanh", "dC_dz2.sum(dim=0, keepdim=True)", "dC_dz2[-1:]", "last-sample-only", "dC_db2"),
    ("05-tanh", "dC_dz2.sum(dim=0, keepdim=True)", "dC_dz2[:1]", "first-sample-only", "dC_db2"),
    ("05-deep", "gradients[::-1]", "gradients", "order-reversed", "dC_dw[-1]"),
    ("05-deep", "(activations[-1] - y)", "(activations[-1] - y) * activations[-1] * "
     "(1 - activations[-1])", "extra-slope", "dC_dw[-1]"),
    ("05-deep", "a.T @ delta)", "activations[k + 1].T @ delta)", "output-for-input",
     "dC_dw[-1]"),
    ("05-deep", "/ len(y)", "/ y.numel()", "divided-by-all", "dC_dw[-1]"),
    ("05-deep", "a.T @ delta)", "(a.T @ delta).T)", "transposed", "dC_dw[-1]"),
    ("05-deep", " * a * (1 - a)", "", "slope-missing", "dC_dw[-2]"),
    ("05-deep", " * a * (1 - a)", " * a", "half-slope-a", "dC_dw[-2]"),
    ("05-deep", " * a * (1 - a)", " * (1 - a)", "half-slope-one-minus-a", "dC_dw[-2]"),
    ("05-deep", " * a * (1 - a)", " * (1 - a**2)", "tanh-slope", "dC_dw[-2]"),
    ("05-deep", " * a * (1 - a)", " * torch.sigmoid(a) * (1 - torch.sigmoid(a))",
     "slope-of-activation", "dC_dw[-2]"),
    ("05-deep", " * a * (1 - a)", " * (a * (1 - a)) ** 2", "slope-twice", "dC_dw[-2]"),
    ("05-deep", "(1 - a)", "(1 - a) / len(a)", "divided-again", "dC_dw[-2]"),
    ("05-deep", "weights[k].T", "weights[k].T.abs()", "absolute-weights", "dC_dw[-2]"),
    ("05-bugs", "len(X)", "y.numel()", "divided-by-all", "dC_dz2"),
    ("05-bugs", "(y_hat - y) / len(X)", "(y_hat - y) * y_hat * (1 - y_hat) / len(X)",
     "extra-slope", "dC_dz2"),
    ("05-bugs", "(1 - a1**2)", "1 - a1**2", "missing-parentheses", "dC_dz1"),
    ("05-bugs", "dC_dz1.sum(dim=0", "dC_dz1.mean(dim=0", "averaged-over-rows", "dC_db1"),
    ("05-own-check", "(2 * h)", "h", "right-claim-refused", "right"),
    ("05-own-check", "h = 1e-5", "h = 1e-13", "right-claim-refused", "right"),
    ("05-own-check", "down[i, j] -= h", "pass", "right-claim-refused", "right"),
    ("05-own-check", "(c - slopes).abs().max() < 1e-6 * slopes.abs().max()",
     "torch.equal(c, slopes)", "right-claim-refused", "right"),
    ("05-own-check", "1e-6", "3e-10", "right-claim-refused", "right-but-for-rounding"),
    ("05-own-check", "(c - slopes).abs().max() <", "(c - slopes).max() <", "wrong-claim-accepted",
     "one-entry-low"),
    ("05-own-check", "(c - slopes).abs().max() <", "(slopes - c).max() <", "wrong-claim-accepted",
     "one-entry-high"),
    ("05-own-check", "(c - slopes).abs().max() < 1e-6", "(c.abs() - slopes.abs()).abs().max() < "
     "1e-6", "wrong-claim-accepted", "sign"),
    ("05-own-check", "(c - slopes).abs().max() < 1e-6 * slopes.abs().max()",
     "torch.cosine_similarity(c.flatten(), slopes.flatten(), dim=0) > 1 - 1e-9",
     "wrong-claim-accepted", "scale"),
    ("05-own-check", "(c - slopes).abs().max() < 1e-6 * slopes.abs().max()",
     "abs(c.sum() - slopes.sum()) < 1e-6", "wrong-claim-accepted", "transposed-claim"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "line", "instead", "mistake", "where"), SLIPS,
    ids=[f"{s[0]}-{i}-{s[3]}" for i, s in enumerate(SLIPS)],
)  # fmt: skip
def test_a_slip_is_named_at_its_place(name, line, instead, mistake, where) -> None:
    assert line in RIGHT[name]
    answer = check_exercise(name, written(RIGHT[name].replace(line, instead)))
    assert (answer.status, answer.mistake, answer.where) == ("wrong", mistake, where)


@pytest.mark.parametrize("name", RIGHT)
def test_every_record_can_be_reached(name) -> None:
    """A formula that fails on the arguments drawn names nothing; nor does one that is right."""
    exercise = EXERCISES[name]
    task = Task("", {}, tuple(_quantity(exercise, n) for n in exercise.names), "", sums=True)
    for number in range(3):
        v = _case(task, exercise, exercise.draw(torch.Generator().manual_seed(number), number))
        for where, records in exercise.mistakes.items():
            for record in records:
                made = record.make(v)
                for wrong in made if isinstance(made, list | tuple) else [made]:
                    right = getattr(v, where)
                    assert wrong.shape != right.shape or not torch.allclose(wrong, right), record.id
