"""Notebook 08's exercises: code as learners write it, its mistakes named and its variants taken."""

import pytest
import torch
from torch import nn
from torch.nn.functional import binary_cross_entropy, binary_cross_entropy_with_logits, mse_loss

from fnn_helpers import central_differences
from fnn_helpers.feedback import check_exercise

# --- ask autograd ---------------------------------------------------------------------------------


def watched(*weights):
    return [w.clone().requires_grad_() for w in weights]


def by_grad(X, y, w1, w2):
    w1, w2 = watched(w1, w2)
    z2 = torch.sigmoid(X @ w1) @ w2
    return torch.autograd.grad(binary_cross_entropy_with_logits(z2, y), (w1, w2))


def by_backward(X, y, w1, w2):
    w1.requires_grad_()
    w2.requires_grad_()
    binary_cross_entropy(torch.sigmoid(torch.sigmoid(X @ w1) @ w2), y).backward()
    return w1.grad, w2.grad


def written_out(X, y, w1, w2):
    w1, w2 = nn.Parameter(w1), nn.Parameter(w2)
    p = 1 / (1 + torch.exp(-(1 / (1 + torch.exp(-X @ w1))) @ w2))
    cost = -(y * p.log() + (1 - y) * (1 - p).log()).mean()
    cost.backward()
    return w1.grad, w2.grad


def not_watched(X, y, w1, w2):
    z2 = torch.sigmoid(X @ w1) @ w2
    return torch.autograd.grad(binary_cross_entropy_with_logits(z2, y), (w1, w2))


def under_no_grad(X, y, w1, w2):
    w1, w2 = watched(w1, w2)
    with torch.no_grad():
        cost = binary_cross_entropy_with_logits(torch.sigmoid(X @ w1) @ w2, y)
    cost.backward()
    return w1.grad, w2.grad


def many_costs(X, y, w1, w2):
    w1, w2 = watched(w1, w2)
    z2 = torch.sigmoid(X @ w1) @ w2
    binary_cross_entropy_with_logits(z2, y, reduction="none").backward()
    return w1.grad, w2.grad


def of_a_copy(X, y, w1, w2):
    u1, u2 = watched(w1, w2)
    w1.requires_grad_()
    w2.requires_grad_()
    cost = binary_cross_entropy_with_logits(torch.sigmoid(X @ w1) @ w2, y)
    return torch.autograd.grad(cost, (u1, u2))


def two_calls(X, y, w1, w2):
    w1, w2 = watched(w1, w2)
    cost = binary_cross_entropy_with_logits(torch.sigmoid(X @ w1) @ w2, y)
    return torch.autograd.grad(cost, w1)[0], torch.autograd.grad(cost, w2)[0]


def probability_into_logits(X, y, w1, w2):
    w1, w2 = watched(w1, w2)
    y_hat = torch.sigmoid(torch.sigmoid(X @ w1) @ w2)
    return torch.autograd.grad(binary_cross_entropy_with_logits(y_hat, y), (w1, w2))


def squared(X, y, w1, w2):
    w1, w2 = watched(w1, w2)
    y_hat = torch.sigmoid(torch.sigmoid(X @ w1) @ w2)
    return torch.autograd.grad(mse_loss(y_hat, y), (w1, w2))


def summed(X, y, w1, w2):
    w1, w2 = watched(w1, w2)
    z2 = torch.sigmoid(X @ w1) @ w2
    cost = binary_cross_entropy_with_logits(z2, y, reduction="sum")
    return torch.autograd.grad(cost, (w1, w2))


def without_hidden_sigmoid(X, y, w1, w2):
    w1, w2 = watched(w1, w2)
    return torch.autograd.grad(binary_cross_entropy_with_logits(X @ w1 @ w2, y), (w1, w2))


def hidden_tanh(X, y, w1, w2):
    w1, w2 = watched(w1, w2)
    z2 = torch.tanh(X @ w1) @ w2
    return torch.autograd.grad(binary_cross_entropy_with_logits(z2, y), (w1, w2))


def twice(X, y, w1, w2):
    w1, w2 = watched(w1, w2)
    for _ in range(2):
        binary_cross_entropy_with_logits(torch.sigmoid(X @ w1) @ w2, y).backward()
    return w1.grad, w2.grad


def other_order(X, y, w1, w2):
    return by_grad(X, y, w1, w2)[::-1]


# --- a module -------------------------------------------------------------------------------------


class Deep(nn.Module):
    def __init__(self, inputs, hidden, outputs):
        super().__init__()
        self.out = nn.Linear(hidden, outputs)
        self.second = nn.Linear(hidden, hidden)
        self.first = nn.Linear(inputs, hidden)

    def forward(self, X):
        return self.out(torch.tanh(self.second(torch.tanh(self.first(X)))))


def in_a_row(*between, last=(), bias=True):
    def network(inputs, hidden, outputs):
        sizes = ((inputs, hidden), (hidden, hidden), (hidden, outputs))
        layers = [nn.Linear(*size, bias=bias) for size in sizes]
        return nn.Sequential(layers[0], between[0], layers[1], between[1], layers[2], *last)

    return network


class NoSuper(Deep):
    def __init__(self, inputs, hidden, outputs):
        self.first = nn.Linear(inputs, hidden)


class PlainNoSuper(Deep):
    def __init__(self, inputs, hidden, outputs):
        self.w = torch.randn(inputs, outputs)

    def forward(self, X):
        return X @ self.w


class Plain(PlainNoSuper):
    def __init__(self, inputs, hidden, outputs):
        nn.Module.__init__(self)
        self.w = torch.randn(inputs, outputs)


class OneHidden(Deep):
    def __init__(self, inputs, hidden, outputs):
        nn.Module.__init__(self)
        self.first, self.out = nn.Linear(inputs, hidden), nn.Linear(hidden, outputs)

    def forward(self, X):
        return self.out(torch.tanh(self.first(X)))


TANH, SIGMOID, NOTHING = nn.Tanh(), nn.Sigmoid(), nn.Identity()

# --- one weight, used twice -----------------------------------------------------------------------


def shared(X, y, w, v, *, slope=lambda a: 1 - a**2, turn=True, uses=(1, 1), N=None):
    a1 = torch.tanh(X @ w)
    a2 = torch.tanh(a1 @ w)
    dC_dz3 = (torch.sigmoid(a2 @ v) - y) / (N or X.shape[0])
    dC_dz2 = dC_dz3 @ v.T * slope(a2)
    dC_dz1 = dC_dz2 @ (w.T if turn else w) * slope(a1)
    return uses[0] * X.T @ dC_dz1 + uses[1] * a1.T @ dC_dz2


def row_by_row(X, y, w, v):
    return sum(shared(X[i : i + 1], y[i : i + 1], w, v, N=len(X)) for i in range(len(X)))


# --- a wrong rule ---------------------------------------------------------------------------------


def asked_and_poked(f, w):
    watched_w = w.clone().requires_grad_()
    (asked,) = torch.autograd.grad(f(watched_w), watched_w)
    return asked, central_differences(f, w)


def largest_gap(f, w):
    asked, poked = asked_and_poked(f, w)
    return (asked - poked).abs().max()


def by_loop(f, w):
    w = w.clone().requires_grad_()
    f(w).backward()
    worst, h = 0.0, 1e-5
    for i in range(w.shape[0]):
        for j in range(w.shape[1]):
            up, down = w.detach().clone(), w.detach().clone()
            up[i, j] += h
            down[i, j] -= h
            slope = (f(up).item() - f(down).item()) / (2 * h)
            worst = max(worst, abs(slope - w.grad[i, j].item()))
    return worst


def by_h(f, w):
    asked, poked = asked_and_poked(f, w)
    return (asked - 2 * poked).abs().max()


# --- a loop ---------------------------------------------------------------------------------------


def loop(*, twice=False, empty="before", weights=(0, 1), after=False, up=False):
    def losses(X, y, w1, w2, epochs, learning_rate):
        both = watched(w1, w2)
        optimizer = torch.optim.SGD([both[i] for i in weights], lr=learning_rate, maximize=up)
        found = []
        for _ in range(epochs):
            z2 = torch.sigmoid(X @ both[0]) @ both[1]
            loss = binary_cross_entropy_with_logits(torch.sigmoid(z2) if twice else z2, y)
            if empty == "before":
                optimizer.zero_grad()
            loss.backward()
            if empty == "between":
                optimizer.zero_grad()
            optimizer.step()
            if after:
                z2 = torch.sigmoid(X @ both[0]) @ both[1]
                loss = binary_cross_entropy_with_logits(z2, y)
            found.append(loss.item())
        return found

    return losses


def in_place(X, y, w1, w2, epochs, learning_rate):
    w1, w2 = watched(w1, w2)
    binary_cross_entropy_with_logits(torch.sigmoid(X @ w1) @ w2, y).backward()
    w1 -= learning_rate * w1.grad


def emptied_by_hand(X, y, w1, w2, epochs, learning_rate):
    w1, w2, losses = *watched(w1, w2), []
    for _ in range(epochs):
        loss = binary_cross_entropy_with_logits(torch.sigmoid(X @ w1) @ w2, y)
        losses.append(loss)
        loss.backward()
        with torch.no_grad():
            for w in (w1, w2):
                w -= learning_rate * w.grad
                w.grad = None
    return losses


RIGHT = [
    ("08-autograd", by_grad), ("08-autograd", by_backward), ("08-autograd", written_out),
    ("08-module", Deep), ("08-module", in_a_row(TANH, TANH)), ("08-shared", shared),
    ("08-shared", row_by_row), ("08-gap", largest_gap), ("08-gap", by_loop),
    ("08-gap", lambda f, w: largest_gap(f, w).item()),
    ("08-loop", loop()), ("08-loop", emptied_by_hand),
]  # fmt: skip
WRONG = [
    ("08-autograd", not_watched, "nothing-recorded", "requires_grad_()"),
    ("08-autograd", under_no_grad, "nothing-recorded", "outside of no_grad"),
    ("08-autograd", many_costs, "cost-not-one-number", "starts from one number"),
    ("08-autograd", of_a_copy, "not-in-the-graph", "a copy"),
    ("08-autograd", two_calls, "graph-used-up", "in one call"),
    ("08-autograd", probability_into_logits, "sigmoid-again", "a probability"),
    ("08-autograd", squared, "squared-error", "squared error"),
    ("08-autograd", summed, "sum-not-mean", "N times too large"),
    ("08-autograd", without_hidden_sigmoid, "activation-missing", "hidden sigmoid"),
    ("08-autograd", hidden_tanh, "tanh", "sigmoids are asked for"),
    ("08-autograd", twice, "gradients-accumulate", ".grad adds up"),
    ("08-autograd", other_order, "wrong-order", "another order"),
    ("08-module", NoSuper, "super-init-missing", "super().__init__()"),
    ("08-module", PlainNoSuper, "super-init-missing", "super().__init__()"),
    ("08-module", Plain, "not-parameters", "plain tensors"),
    ("08-module", OneHidden, "layer-missing", "two are asked for"),
    ("08-module", in_a_row(TANH, TANH, bias=False), "biases-missing", "biases"),
    ("08-module", in_a_row(SIGMOID, SIGMOID), "sigmoid", "tanh is asked for"),
    ("08-module", in_a_row(nn.ReLU(), nn.ReLU()), "relu", "tanh is asked for"),
    ("08-module", in_a_row(TANH, NOTHING), "activation-missing", "one product"),
    ("08-module", in_a_row(NOTHING, TANH), "activation-missing", "one product"),
    ("08-module", in_a_row(TANH, TANH, last=[SIGMOID]), "sigmoid-again", "the logit"),
    ("08-module", in_a_row(TANH, TANH, last=[TANH]), "activation-multiplied", "last layer"),
    ("08-module", lambda *sizes: torch.zeros(sizes), "raised", "an nn.Module should be returned"),
    ("08-shared", lambda *a: shared(*a, uses=(0, 1)), "one-use-only", "second use"),
    ("08-shared", lambda *a: shared(*a, uses=(1, 0)), "one-use-only", "first use"),
    ("08-shared", lambda *a: shared(*a, uses=(0.5, 0.5)), "averaged", "adds"),
    ("08-shared", lambda *a: shared(*a, turn=False), "not-transposed", "transpose"),
    ("08-shared", lambda *a: shared(*a, slope=torch.ones_like), "slope-missing", "slopes"),
    ("08-shared", lambda *a: shared(*a, slope=lambda a: a * (1 - a)), "slope-of-sigmoid", "tanh"),
    ("08-shared", lambda *a: shared(*a, N=1), "sum-not-mean", "N times"),
    ("08-gap", lambda f, w: (asked_and_poked(f, w)[0] - asked_and_poked(f, w)[1]).max(),
     "sign-kept", "with its sign"),
    ("08-gap", lambda f, w: (asked_and_poked(f, w)[1] - asked_and_poked(f, w)[0]).max(),
     "sign-kept", "with its sign"),
    ("08-gap", lambda f, w: (asked_and_poked(f, w)[0] - asked_and_poked(f, w)[1]).abs().mean(),
     "averaged", "averaged"),
    ("08-gap", lambda f, w: (asked_and_poked(f, w)[0] - asked_and_poked(f, w)[1]).abs().sum(),
     "summed", "added up"),
    ("08-gap", by_h, "divided-by-h", "2h apart"),
    ("08-gap", lambda f, w: asked_and_poked(f, w)[0].abs().max(), "never-poked", "nothing is"),
    ("08-loop", loop(empty="never"), "gradients-accumulate", "not set to zero"),
    ("08-loop", loop(empty="between"), "nothing-updated", ".grad"),
    ("08-loop", loop(twice=True), "sigmoid-again", "a probability"),
    ("08-loop", loop(weights=(1,)), "w1-not-updated", "w1 never"),
    ("08-loop", loop(weights=(0,)), "w2-not-updated", "w2 never"),
    ("08-loop", loop(after=True), "loss-after-update", "before"),
    ("08-loop", loop(up=True), "uphill", "climb"),
    ("08-loop", loop(empty="never", twice=True), "gradients-accumulate", "Also: The loss"),
    ("08-loop", loop(empty="never", weights=(1,)), "gradients-accumulate", "Also: w1"),
    ("08-loop", loop(twice=True, weights=(1,)), "sigmoid-again", "Also: w1"),
    ("08-loop", loop(empty="never", twice=True, weights=(1,)), "gradients-accumulate", "Also: w1"),
    ("08-loop", in_place, "leaf-in-place", "no_grad"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "f"), RIGHT)
def test_what_is_right_is_accepted(name, f) -> None:
    answer = check_exercise(name, f)
    assert answer, answer


@pytest.mark.parametrize(("name", "f", "mistake", "words"), WRONG)
def test_what_is_wrong_is_named(name, f, mistake, words) -> None:
    answer = check_exercise(name, f)
    assert (answer.mistake, words in answer.message) == (mistake, True), answer


@pytest.mark.parametrize("f", [not_watched, many_costs, of_a_copy, two_calls, in_place, Deep])
def test_nothing_forbids_what_is_asked_for(f) -> None:
    """These exercises are about autograd: no answer may say that it has no place here."""
    for name in ("08-autograd", "08-module", "08-loop"):
        assert "by hand" not in str(check_exercise(name, f))


def test_where_the_gradient_is_to_be_derived_autograd_is_named() -> None:
    def asks(X, y, w, v):
        w = w.clone().requires_grad_()
        cost = binary_cross_entropy_with_logits(torch.tanh(torch.tanh(X @ w) @ w) @ v, y)
        return torch.autograd.grad(cost, w)[0]

    answer = check_exercise("08-shared", asks)
    assert answer.mistake == "uses-autograd" and "by hand" in answer.message
