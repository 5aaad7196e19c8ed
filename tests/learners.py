"""Learners' functions, made to order: every wrong one in the table, and right ones, many ways."""

import math
import warnings
from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np
import torch

from fnn_helpers import feedback
from fnn_helpers.feedback import tasks
from fnn_helpers.feedback.diagnose.loops import run_loop
from fnn_helpers.feedback.diagnose.scales import SCALES
from fnn_helpers.feedback.quantity import Task
from fnn_helpers.feedback.steps import CASES, Values, follow
from fnn_helpers.feedback.tasks.train import LOOPS

BY_NAME = {task.check: task for task in (getattr(tasks, name).TASK for name in tasks.__all__)}
BACKWARD = ("dC_dz2", "dC_dw2", "dC_da1", "dC_dz1", "dC_dw1")
FORWARD = ("z1", "a1", "z2", "y_hat")
COMMON_SCALES = ("", "sum-not-mean", "factor-two", "factor-half")
TABLE = [
    (task.check, quantity, mistake)
    for task in BY_NAME.values()
    for quantity in task.quantities
    for mistake in quantity.mistakes
]
COST = tasks.cost.COST


class Attempt(NamedTuple):
    """A wrong function, and what the check should call it."""

    check: str
    where: str
    mistake: str
    scale: str
    function: Callable


def check(name: str) -> Callable:
    return getattr(feedback, name)


def _case_of(task: Task, arguments) -> Values | None:
    for case in (*task.cases, task.twin):
        given = task.give(case)
        if all(map(_alike, arguments, given)):
            return case
    return None


def _alike(a, b) -> bool:
    if isinstance(a, list):
        return len(a) == len(b) and all(map(_alike, a, b))
    return np.shape(a) == np.shape(b) and np.allclose(a, b)


def _wrong(check_name: str, quantity, make: Callable, factor: Callable) -> Callable:
    """A function that makes this mistake and goes on from it as a learner's code would."""
    task = BY_NAME[check_name]

    def function(*arguments):
        case = _case_of(task, arguments)
        if case is None:
            raise RuntimeError("no case")
        spoiled = {quantity.step: lambda v: factor(v) * make(v)}
        made = case.but(**{quantity.step: spoiled[quantity.step](case)})
        out = {}
        for q in task.quantities:
            if q.name != quantity.name:
                try:
                    with warnings.catch_warnings(action="ignore"):
                        made = made.but(**{q.step: q.right(made)})
                except RuntimeError:
                    made = made.but(**{q.step: getattr(case, q.step)})
            out[q.name] = getattr(made, q.step)
        results = tuple(out[name] for name in task.names)
        return results[0] if len(results) == 1 else results

    return function


def wrong_attempts() -> Iterator[Attempt]:
    """Every record of the table, every variant of it, alone and with a common wrong scale."""
    for check_name, quantity, mistake in TABLE:
        task = BY_NAME[check_name]
        if task.count is not None:
            continue  # its records are of a loop, in test_deep
        scales = COMMON_SCALES if task.sums else ("",)
        for make in mistake.makes(task.cases[0]):
            for scale in scales:
                for sign in (1, -1) if task.sums else (1,):
                    size = SCALES[scale].factor if scale else lambda v: 1.0
                    yield Attempt(
                        check_name,
                        quantity.name,
                        mistake.id,
                        ("-" if sign < 0 else "") + scale,
                        _wrong(check_name, quantity, make, lambda v, s=size, g=sign: g * s(v)),
                    )
    yield from _wrong_training()


def _wrong_training() -> Iterator[Attempt]:
    """Every wrong loop that survives its updates, and right weights with every wrong cost."""
    for mistake in LOOPS:
        for loop in mistake.loops:
            try:
                with warnings.catch_warnings(action="ignore"):
                    for case in CASES:
                        run_loop(case, loop)
            except RuntimeError:
                continue  # a learner sees PyTorch's error

            def function(*arguments, loop=loop):
                return run_loop(training_case(*arguments), loop)

            yield Attempt("check_train", mistake.where, mistake.id, "", function)
    for mistake in COST:
        for make in mistake.makes():
            if make(CASES[0]).numel() > 1:
                continue  # a table is no loss

            def function(*arguments, make=make):
                case = training_case(*arguments)
                w1, w2, losses = case.w1, case.w2, []
                for _ in range(case.epochs):
                    now = training_case(case.X, case.y, w1, w2, 1, case.rate)
                    losses.append(make(now))
                    w1, w2, _ = run_loop(now)
                return w1, w2, losses

            yield Attempt("check_train", "losses", f"loss-{mistake.id}", "", function)


def training_case(X, y, w1, w2, epochs, learning_rate) -> Values:
    given = Values(X=X, y=y, w1=w1, w2=w2, N=len(X), D=X.shape[1], H=w1.shape[1],
                   rate=learning_rate, epochs=epochs)  # fmt: skip
    return follow(given)


# --- right answers, written differently --------------------------------------------------------


def _loop_sigmoid(z):
    out = torch.empty_like(z)
    for i in range(z.numel()):
        out.view(-1)[i] = 1 / (1 + math.exp(-z.reshape(-1)[i])) if z.reshape(-1)[i] > 0 else (
            math.exp(z.reshape(-1)[i]) / (1 + math.exp(z.reshape(-1)[i])))  # fmt: skip
    return out


def _where_sigmoid(z):
    e = torch.exp(-z.abs())
    return torch.where(z >= 0, 1 / (1 + e), e / (1 + e))


def _numpy_rows(X):
    X = np.array(X)
    return X / np.linalg.norm(X, axis=1, keepdims=True)


def _loop_rows(X):
    X = X.clone()
    for row in range(len(X)):
        X[row] /= math.sqrt(sum(float(v) ** 2 for v in X[row]))
    return X


def _forward(X, w1, w2):
    z1 = X @ w1
    a1 = torch.sigmoid(z1)
    z2 = a1 @ w2
    return z1, a1, z2, torch.sigmoid(z2)


def _forward_einsum(X, w1, w2):
    z1 = torch.einsum("nd,dh->nh", X, w1)
    a1 = 1 / (1 + torch.exp(-z1))
    z2 = torch.einsum("nh,ho->no", a1, w2)
    return [z1, a1, z2, 1 / (1 + torch.exp(-z2))]


def _forward_loops(X, w1, w2):
    n, h = X.shape[0], w1.shape[1]
    z1 = [[sum(X[i, k] * w1[k, j] for k in range(X.shape[1])) for j in range(h)] for i in range(n)]
    a1 = [[1 / (1 + math.exp(-v)) for v in row] for row in z1]
    z2 = [[sum(a1[i][j] * w2[j, 0] for j in range(h))] for i in range(n)]
    return z1, a1, z2, [[1 / (1 + math.exp(-row[0]))] for row in z2]


def _forward_numpy(X, w1, w2):
    z1 = np.dot(X, w1)
    a1 = 1 / (1 + np.exp(-z1))
    z2 = a1.dot(np.asarray(w2))
    return z1, a1, z2, 1 / (1 + np.exp(-z2))


def _forward_float32(X, w1, w2):
    return _forward(X.float(), w1.float(), w2.float())


def _bce_loop(y_hat, y):
    total = 0.0
    for p, label in zip(y_hat.flatten().tolist(), y.flatten().tolist(), strict=True):
        total -= math.log(p) if label == 1 else math.log(1 - p)
    return total / len(y)


def _bce_numpy(y_hat, y):
    y_hat, y = np.asarray(y_hat), np.asarray(y)
    return -np.mean(y * np.log(y_hat) + (1 - y) * np.log(1 - y_hat))


def _bce_clamped(y_hat, y):
    p = y_hat.clamp(1e-12, 1 - 1e-12)
    return -(y * p.log() + (1 - y) * (1 - p).log()).mean()


def _bce_masked(y_hat, y):
    return -(y_hat[y == 1].log().sum() + (1 - y_hat[y == 0]).log().sum()) / y.numel()


def _bce_logits(y_hat, y):
    z = torch.logit(y_hat)
    return (torch.nn.functional.softplus(z) - y * z).mean()


def _delta_two_steps(y_hat, y):
    dC_dy_hat = -(y / y_hat - (1 - y) / (1 - y_hat)) / y.shape[0]
    return dC_dy_hat * (y_hat * (1 - y_hat))


def _delta_in_place(y_hat, y):
    d = y_hat.clone()
    d -= y
    d /= len(y)
    return d


def _backward(X, y, w2, a1, y_hat):
    dC_dz2 = (y_hat - y) / len(X)
    dC_da1 = dC_dz2 @ w2.T
    dC_dz1 = dC_da1 * a1 * (1 - a1)
    return dC_dz2, a1.T @ dC_dz2, dC_da1, dC_dz1, X.T @ dC_dz1


def _backward_einsum(X, y, w2, a1, y_hat):
    d2 = (y_hat - y) / X.shape[0]
    da = torch.einsum("no,ho->nh", d2, w2)
    d1 = torch.einsum("nh,nh,nh->nh", da, a1, 1 - a1)
    return [d2, torch.einsum("nh,no->ho", a1, d2), da, d1, torch.einsum("nd,nh->dh", X, d1)]


def _backward_loops(X, y, w2, a1, y_hat):
    N, D = X.shape
    H = w2.shape[0]
    d2, da, d1 = torch.zeros_like(y), torch.zeros_like(a1), torch.zeros_like(a1)
    g2, g1 = torch.zeros_like(w2), torch.zeros(D, H, dtype=X.dtype)
    for n in range(N):
        d2[n] = (y_hat[n] - y[n]) / N
        for h in range(H):
            g2[h] += a1[n, h] * d2[n]
            da[n, h] = d2[n, 0] * w2[h, 0]
            d1[n, h] = da[n, h] * a1[n, h] * (1 - a1[n, h])
            for d in range(D):
                g1[d, h] += X[n, d] * d1[n, h]
    return d2, g2, da, d1, g1


def _backward_numpy(X, y, w2, a1, y_hat):
    X, y, w2, a1, y_hat = (np.asarray(v) for v in (X, y, w2, a1, y_hat))
    d2 = np.divide(y_hat - y, X.shape[0])
    da = np.outer(d2, w2)
    d1 = da * (a1 - a1**2)
    return d2, a1.T.dot(d2), da, d1, X.T.dot(d1)


def _backward_broadcast(X, y, w2, a1, y_hat):
    d2 = (y_hat - y) / y.numel()
    da = d2 * w2.reshape(1, -1)
    d1 = da.mul(a1).mul(1 - a1)
    return (
        d2,
        (a1 * d2).sum(dim=0).unsqueeze(1),
        da,
        d1,
        (X.unsqueeze(2) * d1.unsqueeze(1)).sum(0),
    )


def _backward_named(X, y, w2, a1, y_hat):
    return dict(zip(BACKWARD, _backward(X, y, w2, a1, y_hat), strict=True))


def _step_loop(w, dC_dw, learning_rate):
    new = w.clone()
    for i in range(w.shape[0]):
        for j in range(w.shape[1]):
            new[i, j] -= learning_rate * dC_dw[i, j]
    return new


def _train(X, y, w1, w2, epochs, learning_rate):
    losses = []
    for _ in range(epochs):
        _, a1, _, y_hat = _forward(X, w1, w2)
        losses.append(_bce_clamped(y_hat, y).item())
        _, dC_dw2, _, _, dC_dw1 = _backward(X, y, w2, a1, y_hat)
        w1, w2 = w1 - learning_rate * dC_dw1, w2 - learning_rate * dC_dw2
    return w1, w2, losses


def _train_in_place(X, y, w1, w2, epochs, learning_rate):
    w1, w2 = w1.clone(), w2.clone()
    losses = torch.zeros(epochs, dtype=X.dtype)
    for epoch in range(epochs):
        _, a1, _, y_hat = _forward(X, w1, w2)
        losses[epoch] = _bce_masked(y_hat, y)
        _, g2, _, _, g1 = _backward_einsum(X, y, w2, a1, y_hat)
        w1 -= learning_rate * g1
        w2.sub_(g2, alpha=learning_rate)
    return [w1, w2, losses]


def _train_numpy(X, y, w1, w2, epochs, learning_rate):
    X, y, w1, w2 = (np.array(v) for v in (X, y, w1, w2))
    losses = []
    while len(losses) < epochs:
        _, a1, _, p = _forward_numpy(X, w1, w2)
        losses.append(_bce_numpy(p, y))
        _, g2, _, _, g1 = _backward_numpy(X, y, w2, a1, p)
        w1, w2 = w1 - learning_rate * g1, w2 - learning_rate * g2
    return w1, w2, np.array(losses)


def _train_tensor_losses(X, y, w1, w2, epochs, learning_rate):
    losses = []
    for _ in range(epochs):
        _, a1, _, p = _forward_einsum(X, w1, w2)
        losses.append(_bce_logits(p, y))
        summed = (p - y) * 1.0
        d1 = summed @ w2.T * a1 * (1 - a1)
        w2, w1 = (
            w2 - learning_rate / len(X) * (a1.T @ summed),
            w1 - learning_rate / len(X) * (X.T @ d1),
        )
    return w1, w2, losses


def _linear_loops(x, w, d_out):
    d_x, d_w = torch.zeros_like(x), torch.zeros_like(w)
    d_b = torch.zeros(1, w.shape[1], dtype=w.dtype)
    for n in range(x.shape[0]):
        for h in range(w.shape[1]):
            d_b[0, h] += d_out[n, h]
            for d in range(w.shape[0]):
                d_x[n, d] += d_out[n, h] * w[d, h]
                d_w[d, h] += d_out[n, h] * x[n, d]
    return d_x, d_w, d_b


def _softmax_delta_jacobian(p, y):
    rows = []
    for probabilities, labels in zip(p, y, strict=True):
        jacobian = torch.diag(probabilities) - torch.outer(probabilities, probabilities)
        rows.append(jacobian @ (-labels / probabilities) / len(p))
    return torch.stack(rows)


def _softmax_delta_in_place(p, y):
    d = p.clone()
    d[range(len(y)), y.argmax(1)] -= 1
    return d / len(y)


def _deep(activations, y, weights):
    d = (activations[-1] - y) / len(y)
    gradients = []
    for a, w in zip(reversed(activations[:-1]), reversed(weights), strict=True):
        gradients.append(a.T @ d)
        d = d @ w.T * a * (1 - a)
    return gradients[::-1]


def _deep_recursive(activations, y, weights):
    def back(k, d):
        if k < 0:
            return []
        a = activations[k]
        return [*back(k - 1, (d @ weights[k].T) * (a - a**2)), torch.einsum("ni,no->io", a, d)]

    return tuple(back(len(weights) - 1, (activations[-1] - y) / y.shape[0]))


def _deep_numpy(activations, y, weights):
    a = [np.asarray(v) for v in activations]
    d = (a[-1] - np.asarray(y)) / len(y)
    gradients = [None] * len(weights)
    for k in range(len(weights) - 1, -1, -1):
        gradients[k] = a[k].T.dot(d)
        d = d.dot(np.asarray(weights[k]).T) * a[k] * (1 - a[k])
    return gradients


def _momentum_in_place(w, velocity, gradient, learning_rate, momentum):
    velocity = velocity.clone().mul_(momentum).add_(gradient)
    return w.clone().sub_(learning_rate * velocity), velocity


RIGHT: dict[str, list[Callable]] = {
    "check_normalise_rows": [
        lambda X: X / X.norm(dim=1, keepdim=True),
        lambda X: X / (X * X).sum(1).sqrt().reshape(-1, 1),
        lambda X: torch.nn.functional.normalize(X),
        lambda X: torch.stack([row / row.norm() for row in X]),
        lambda X: (X.T / X.norm(dim=1)).T,
        lambda X: X / (X**2).sum(axis=1, keepdims=True) ** 0.5,
        lambda X: torch.einsum("nd,n->nd", X, 1 / torch.linalg.norm(X, dim=1)),
        lambda X: (X / X.norm(dim=1, keepdim=True)).float(),
        lambda X: (X / X.norm(dim=1, keepdim=True)).tolist(),
        _numpy_rows,
        _loop_rows,
    ],
    "check_sigmoid": [
        torch.sigmoid,
        lambda z: 1 / (1 + torch.exp(-z)),
        lambda z: (1 + (-z).exp()) ** -1,
        lambda z: 0.5 * (torch.tanh(z / 2) + 1),
        lambda z: torch.special.expit(z),
        lambda z: torch.exp(torch.nn.functional.logsigmoid(z)),
        lambda z: 1 / (1 + np.exp(-np.clip(np.asarray(z), -500, 500))),
        lambda z: z.sigmoid().numpy(),
        _where_sigmoid,
        _loop_sigmoid,
    ],
    "check_sigmoid_slope": [
        lambda a: a * (1 - a),
        lambda a: a - a**2,
        lambda a: (1 - a) * a,
        lambda a: 0.25 - (a - 0.5) ** 2,
        lambda a: np.multiply(a, 1 - a),
        lambda a: -a * (a - 1),
    ],
    "check_forward": [
        _forward,
        _forward_einsum,
        _forward_loops,
        _forward_numpy,
        _forward_float32,
    ],
    "check_binary_cross_entropy": [
        lambda p, y: -(y * p.log() + (1 - y) * (1 - p).log()).mean(),
        lambda p, y: -(y * torch.log(p) + (1 - y) * torch.log(1 - p)).sum() / len(y),
        lambda p, y: torch.nn.functional.binary_cross_entropy(p, y),
        lambda p, y: -torch.where(y == 1, p, 1 - p).log().mean(),
        lambda p, y: -torch.log((1 - y - p).abs()).mean(),
        lambda p, y: -(y * p.log() + (1 - y) * torch.log1p(-p)).mean().reshape(1, 1),
        lambda p, y: float(-(y.T @ p.log() + (1 - y).T @ (1 - p).log()) / y.shape[0]),
        _bce_loop,
        _bce_numpy,
        _bce_clamped,
        _bce_masked,
        _bce_logits,
    ],
    "check_output_delta": [
        lambda p, y: (p - y) / len(y),
        lambda p, y: -(y - p) / y.numel(),
        lambda p, y: (y * (p - 1) + (1 - y) * p) / y.shape[0],
        lambda p, y: (p - y) * (1 / p.size(0)),
        lambda p, y: np.subtract(p, y) / len(y),
        _delta_two_steps,
        _delta_in_place,
    ],
    "check_backward": [
        _backward,
        _backward_einsum,
        _backward_loops,
        _backward_numpy,
        _backward_broadcast,
        _backward_named,
        lambda *a: [g.numpy() for g in _backward(*a)],
    ],
    "check_step": [
        lambda w, g, r: w - r * g,
        lambda w, g, r: w + (-r) * g,
        lambda w, g, r: torch.sub(w, g, alpha=r),
        lambda w, g, r: torch.add(w, g, alpha=-r),
        lambda w, g, r: w.clone().sub_(r * g),
        lambda w, g, r: np.asarray(w) - r * np.asarray(g),
        _step_loop,
    ],
    "check_train": [_train, _train_in_place, _train_numpy, _train_tensor_losses],
    "check_tanh_slope": [
        lambda a: 1 - a**2,
        lambda a: (1 - a) * (1 + a),
        lambda a: 1 - np.square(a),
        lambda a: torch.cosh(torch.atanh(a)) ** -2,
    ],
    "check_linear_backward": [
        lambda x, w, d: (d @ w.T, x.T @ d, d.sum(0, keepdim=True)),
        lambda x, w, d: [
            torch.einsum("nh,dh->nd", d, w),
            torch.einsum("nd,nh->dh", x, d),
            torch.ones(1, len(d), dtype=d.dtype) @ d,
        ],
        lambda x, w, d: (
            np.dot(d, np.transpose(w)),
            np.dot(np.transpose(x), d),
            np.sum(np.asarray(d), axis=0, keepdims=True),
        ),
        _linear_loops,
    ],
    "check_softmax": [
        lambda z: z.softmax(1),
        lambda z: torch.exp(z - torch.logsumexp(z, dim=1, keepdim=True)),
        lambda z: np.exp(z) / np.sum(np.exp(z), axis=1, keepdims=True),
        lambda z: (z - z.max()).exp() / (z - z.max()).exp().sum(1).unsqueeze(1),
        lambda z: torch.stack([row.exp() / row.exp().sum() for row in z]),
        lambda z: [[math.exp(v) / sum(math.exp(u) for u in row) for v in row] for row in z],
    ],
    "check_cross_entropy": [
        lambda p, y: -(y * p.log()).sum() / len(y),
        lambda p, y: -p[y == 1].log().mean(),
        lambda p, y: -(y * p).sum(1).log().mean(),
        lambda p, y: torch.nn.functional.nll_loss(p.log(), y.argmax(1)),
        lambda p, y: -p.gather(1, y.argmax(1, keepdim=True)).log().mean(),
        lambda p, y: -float(np.log(np.asarray(p)[np.asarray(y) == 1]).mean()),
    ],
    "check_softmax_delta": [
        lambda p, y: (p - y) / len(y),
        lambda p, y: p.sub(y).div(p.size(0)),
        lambda p, y: np.subtract(p, y) / len(y),
        _softmax_delta_jacobian,
        _softmax_delta_in_place,
    ],
    "check_deep_backward": [_deep, _deep_recursive, _deep_numpy],
    "check_momentum_step": [
        lambda w, v, g, r, m: (w - r * (m * v + g), m * v + g),
        lambda w, v, g, r, m: (w - r * m * v - r * g, v * m + g),
        lambda w, v, g, r, m: {"velocity": m * v + g, "w": w - r * (m * v + g)},
        _momentum_in_place,
    ],
}
