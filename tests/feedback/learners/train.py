"""check_train(X, y, w1, w2, epochs, learning_rate) -> w1, w2, losses."""
# ruff: noqa: B007, B905, F841

import itertools
import math
import random
from dataclasses import dataclass, field

import matplotlib.pyplot as plt
import numpy as np
import torch
import torch.nn.functional as F

from .bank import right, wrong

cache = {}


def sig(z):
    return 1 / (1 + torch.exp(-z))


def predict(X, w1, w2):
    a1 = torch.sigmoid(X @ w1)
    return a1, torch.sigmoid(a1 @ w2)


def bce(y_hat, y):
    return -(torch.xlogy(y, y_hat) + torch.xlogy(1 - y, 1 - y_hat)).mean().item()


def gradients(X, y, w2, a1, y_hat):
    d2 = (y_hat - y) / len(y)
    d1 = d2 @ w2.T * a1 * (1 - a1)
    return X.T @ d1, a1.T @ d2


# --- one mistake: the loop -------------------------------------------------------------------


@wrong("check_train", "one-epoch-too-many", where="w1", cause="range(epochs + 1)")
def counts_from_zero_to_epochs(X, y, w1, w2, epochs, learning_rate):
    losses = []
    for epoch in range(epochs + 1):
        a1, y_hat = predict(X, w1, w2)
        losses.append(bce(y_hat, y))
        g1, g2 = gradients(X, y, w2, a1, y_hat)
        w1 = w1 - learning_rate * g1
        w2 = w2 - learning_rate * g2
    return w1, w2, losses


@wrong("check_train", "one-epoch-too-few", where="w1", cause="range(1, epochs)")
def counts_from_one(X, y, w1, w2, epochs, learning_rate):
    losses = []
    for epoch in range(1, epochs):
        a1, y_hat = predict(X, w1, w2)
        losses.append(bce(y_hat, y))
        g1, g2 = gradients(X, y, w2, a1, y_hat)
        w1 = w1 - learning_rate * g1
        w2 = w2 - learning_rate * g2
    return w1, w2, losses


@wrong(
    "check_train",
    "one-epoch-only",
    where="w1",
    cause="return stands inside the loop",
    or_else=(("first-row-only",),),
)
def return_inside_the_loop(X, y, w1, w2, epochs, learning_rate):
    losses = []
    for epoch in range(epochs):
        a1, y_hat = predict(X, w1, w2)
        losses.append(bce(y_hat, y))
        g1, g2 = gradients(X, y, w2, a1, y_hat)
        w1, w2 = w1 - learning_rate * g1, w2 - learning_rate * g2
        return w1, w2, losses


@wrong("check_train", "one-epoch-only", where="w1", cause="no loop at all")
def no_loop(X, y, w1, w2, epochs, learning_rate):
    a1, y_hat = predict(X, w1, w2)
    loss = bce(y_hat, y)
    g1, g2 = gradients(X, y, w2, a1, y_hat)
    return w1 - learning_rate * g1, w2 - learning_rate * g2, [loss]


@wrong("check_train", "last-update-missing", where="w1", cause="breaks before the last update")
def breaks_before_last_update(X, y, w1, w2, epochs, learning_rate):
    losses = []
    epoch = 0
    while True:
        a1, y_hat = predict(X, w1, w2)
        losses.append(bce(y_hat, y))
        epoch += 1
        if epoch >= epochs:
            break
        g1, g2 = gradients(X, y, w2, a1, y_hat)
        w1 = w1 - learning_rate * g1
        w2 = w2 - learning_rate * g2
    return w1, w2, losses


@wrong("check_train", "w2-updated-first", where="w1", cause="w2 is updated too early")
def updates_w2_too_early(X, y, w1, w2, epochs, learning_rate):
    losses = []
    n = len(X)
    for _ in range(epochs):
        a1, y_hat = predict(X, w1, w2)
        losses.append(bce(y_hat, y))
        d2 = (y_hat - y) / n
        w2 = w2 - learning_rate * a1.T @ d2
        d1 = d2 @ w2.T * a1 * (1 - a1)
        w1 = w1 - learning_rate * X.T @ d1
    return w1, w2, losses


@wrong(
    "check_train",
    "w2-updated-first",
    where="w1",
    cause="NumPy layers that update themselves on the way back",
)
def layers_update_themselves(X, y, w1, w2, epochs, learning_rate):
    class Dense:
        def __init__(self, w):
            self.w = w.numpy().copy()

        def forward(self, x):
            self.x = x
            self.a = 1 / (1 + np.exp(-(x @ self.w)))
            return self.a

        def backward(self, delta):
            self.w = self.w - learning_rate * self.x.T @ delta
            return delta @ self.w.T

    first, second = Dense(w1), Dense(w2)
    t, losses = y.numpy(), []
    for _ in range(epochs):
        p = second.forward(first.forward(X.numpy()))
        losses.append(float(-np.mean(t * np.log(p) + (1 - t) * np.log(1 - p))))
        back = second.backward((p - t) / len(t))
        first.backward(back * first.a * (1 - first.a))
    return first.w, second.w, losses


@wrong(
    "check_train",
    "nothing-updated",
    where="w1",
    cause="updates get other names than the loop reads, and are not returned",
)
def updates_get_other_names(X, y, w1, w2, epochs, learning_rate):
    losses = []
    for _ in range(epochs):
        a1, y_hat = predict(X, w1, w2)
        losses.append(bce(y_hat, y))
        g1, g2 = gradients(X, y, w2, a1, y_hat)
        new_w1 = w1 - learning_rate * g1
        new_w2 = w2 - learning_rate * g2
    return w1, w2, losses


@wrong("check_train", "nothing-updated", where="w1", cause="the step function's result is not kept")
def step_result_not_kept(X, y, w1, w2, epochs, learning_rate):
    def step(w, g):
        w = w - learning_rate * g
        return w

    losses = []
    for _ in range(epochs):
        a1, y_hat = predict(X, w1, w2)
        losses.append(bce(y_hat, y))
        for w, g in zip((w1, w2), gradients(X, y, w2, a1, y_hat)):
            step(w, g)
    return w1, w2, losses


@wrong(
    "check_train",
    "starts-again",
    where="w1",
    cause="the new weights are returned, but the loop reads the old",
)
def loop_reads_the_old_ones(X, y, w1, w2, epochs, learning_rate):
    losses = []
    for _ in range(epochs):
        a1, y_hat = predict(X, w1, w2)
        losses.append(bce(y_hat, y))
        g1, g2 = gradients(X, y, w2, a1, y_hat)
        W1 = w1 - learning_rate * g1
        W2 = w2 - learning_rate * g2
    return W1, W2, losses


@wrong(
    "check_train",
    "starts-again",
    where="w1",
    cause="weights are copied again at the start of each epoch",
)
def copies_at_each_epoch(X, y, w1, w2, epochs, learning_rate):
    losses = []
    for epoch in range(epochs):
        u, v = w1.clone(), w2.clone()
        a1, y_hat = predict(X, u, v)
        losses.append(bce(y_hat, y))
        g1, g2 = gradients(X, y, v, a1, y_hat)
        u -= learning_rate * g1
        v -= learning_rate * g2
    return u, v, losses


@wrong("check_train", "w1-not-updated", where="w1", cause="only the output layer is trained")
def only_output_layer_is_trained(X, y, w1, w2, epochs, learning_rate):
    losses = []
    for _ in range(epochs):
        a1, y_hat = predict(X, w1, w2)
        losses.append(bce(y_hat, y))
        w2 = w2 - learning_rate * (a1.T @ (y_hat - y) / len(X))
    return w1, w2, losses


@wrong("check_train", "w2-not-updated", where="w2", cause="the last line assigns w1 a second time")
def w1_is_assigned_for_w2(X, y, w1, w2, epochs, learning_rate):
    losses = []
    for _ in range(epochs):
        a1, y_hat = predict(X, w1, w2)
        losses.append(bce(y_hat, y))
        g1, g2 = gradients(X, y, w2, a1, y_hat)
        w1 = w1 - learning_rate * g1
        w_2 = w2 - learning_rate * g2
    return w1, w2, losses


@wrong("check_train", "stale-forward", where="losses", cause="forward stands before the loop")
def forward_before_the_loop(X, y, w1, w2, epochs, learning_rate):
    losses = []
    a1, y_hat = predict(X, w1, w2)
    for _ in range(epochs):
        losses += [bce(y_hat, y)]
        g1, g2 = gradients(X, y, w2, a1, y_hat)
        w1 = w1 - learning_rate * g1
        w2 = w2 - learning_rate * g2
    return w1, w2, losses


@wrong(
    "check_train",
    "stale-forward",
    where="losses",
    cause="a cache keyed by the shape keeps the first pass",
)
def cached_forward(X, y, w1, w2, epochs, learning_rate):
    memo = {}

    def forward(u, v):
        key = (u.shape, v.shape)
        if key not in memo:
            memo[key] = predict(X, u, v)
        return memo[key]

    losses = []
    for _ in range(epochs):
        a1, y_hat = forward(w1, w2)
        losses.append(bce(y_hat, y))
        g1, g2 = gradients(X, y, w2, a1, y_hat)
        w1, w2 = w1 - learning_rate * g1, w2 - learning_rate * g2
    return w1, w2, losses


@wrong("check_train", "stale-a1", where="w1", cause="a1 is made before the loop")
def hidden_layer_before_the_loop(X, y, w1, w2, epochs, learning_rate):
    losses = []
    a1 = sig(X @ w1)
    for _ in range(epochs):
        y_hat = sig(a1 @ w2)
        losses.append(bce(y_hat, y))
        g1, g2 = gradients(X, y, w2, a1, y_hat)
        w1 = w1 - learning_rate * g1
        w2 = w2 - learning_rate * g2
    return w1, w2, losses


@wrong(
    "check_train",
    "gradients-accumulate",
    where="w1",
    cause="gradients are added to those of earlier epochs",
)
def gradients_are_never_cleared(X, y, w1, w2, epochs, learning_rate):
    losses = []
    g1, g2 = torch.zeros_like(w1), torch.zeros_like(w2)
    for _ in range(epochs):
        a1, y_hat = predict(X, w1, w2)
        losses.append(bce(y_hat, y))
        d1, d2 = gradients(X, y, w2, a1, y_hat)
        g1 += d1
        g2 += d2
        w1 = w1 - learning_rate * g1
        w2 = w2 - learning_rate * g2
    return w1, w2, losses


@wrong("check_train", "momentum", where="w1", cause="classical momentum, from habit")
def classical_momentum(X, y, w1, w2, epochs, learning_rate):
    v1, v2, beta, losses = 0, 0, 0.9, []
    for _ in range(epochs):
        a1, y_hat = predict(X, w1, w2)
        losses.append(bce(y_hat, y))
        g1, g2 = gradients(X, y, w2, a1, y_hat)
        v1, v2 = beta * v1 + g1, beta * v2 + g2
        w1, w2 = w1 - learning_rate * v1, w2 - learning_rate * v2
    return w1, w2, losses


@wrong(
    "check_train",
    "momentum",
    "rate-wrong",
    where="w1",
    or_else=(("momentum",),),
    cause="the moving average of a course: (1 - beta) at the gradient",
)
def moving_average_momentum(X, y, w1, w2, epochs, learning_rate):
    v = [torch.zeros_like(w1), torch.zeros_like(w2)]
    losses = []
    for _ in range(epochs):
        a1, y_hat = predict(X, w1, w2)
        losses.append(bce(y_hat, y))
        g = gradients(X, y, w2, a1, y_hat)
        v = [0.9 * old + 0.1 * new for old, new in zip(v, g)]
        w1, w2 = w1 - learning_rate * v[0], w2 - learning_rate * v[1]
    return w1, w2, losses


@wrong("check_train", where="w1", cause="Adam, from habit", or_else=(("sign-only",),))
def adam_from_habit(X, y, w1, w2, epochs, learning_rate):
    ws, m, v, losses = [w1, w2], [0, 0], [0, 0], []
    for t in range(1, epochs + 1):
        a1, y_hat = predict(X, *ws)
        losses.append(bce(y_hat, y))
        for i, g in enumerate(gradients(X, y, ws[1], a1, y_hat)):
            m[i] = 0.9 * m[i] + 0.1 * g
            v[i] = 0.999 * v[i] + 0.001 * g * g
            up = (m[i] / (1 - 0.9**t)) / ((v[i] / (1 - 0.999**t)).sqrt() + 1e-8)
            ws[i] = ws[i] - learning_rate * up
    return ws[0], ws[1], losses


@wrong("check_train", "one-flower-at-a-time", where="w1", cause="an update after every flower")
def stochastic(X, y, w1, w2, epochs, learning_rate):
    losses = []
    for _ in range(epochs):
        losses.append(bce(predict(X, w1, w2)[1], y))
        for i in range(len(X)):
            x, t = X[i : i + 1], y[i : i + 1]
            a1, o = predict(x, w1, w2)
            g1, g2 = gradients(x, t, w2, a1, o)
            w1 = w1 - learning_rate * g1
            w2 = w2 - learning_rate * g2
    return w1, w2, losses


@wrong(
    "check_train",
    "one-flower-at-a-time",
    where="w1",
    cause="an update after every flower, each with its 1/N",
)
def stochastic_with_one_over_n(X, y, w1, w2, epochs, learning_rate):
    N, losses = len(X), []
    for _ in range(epochs):
        losses.append(bce(predict(X, w1, w2)[1], y))
        for x, t in zip(X, y):
            a1, o = predict(x[None], w1, w2)
            delta = (o - t) / N
            back = delta @ w2.T * a1 * (1 - a1)
            w2 = w2 - learning_rate * a1.T @ delta
            w1 = w1 - learning_rate * x[:, None] @ back
    return w1, w2, losses


@wrong(
    "check_train",
    "sum-not-mean",
    where="dC_dz2",
    cause="each flower makes a whole step, all with gradients from before",
)
def every_flower_steps_from_old_gradients(X, y, w1, w2, epochs, learning_rate):
    losses = []
    for _ in range(epochs):
        a1, y_hat = predict(X, w1, w2)
        losses.append(bce(y_hat, y))
        old_w2 = w2
        for i in range(len(X)):
            d2 = y_hat[i : i + 1] - y[i : i + 1]
            d1 = d2 @ old_w2.T * a1[i : i + 1] * (1 - a1[i : i + 1])
            w2 = w2 - learning_rate * a1[i : i + 1].T @ d2
            w1 = w1 - learning_rate * X[i : i + 1].T @ d1
    return w1, w2, losses


@wrong(
    "check_train",
    "one-flower-at-a-time",
    "w2-updated-first",
    where="w1",
    cause="a loop over flowers that updates w2 first",
    or_else=(("one-flower-at-a-time",),),
)
def stochastic_and_w2_first(X, y, w1, w2, epochs, learning_rate):
    losses = []
    for _ in range(epochs):
        losses.append(bce(predict(X, w1, w2)[1], y))
        for x, t in zip(X, y):
            a = sig(x @ w1)
            o = sig(a @ w2)
            e = o - t
            w2 = w2 - learning_rate * torch.outer(a, e)
            w1 = w1 - learning_rate * torch.outer(x, (w2 @ e) * a * (1 - a))
    return w1, w2, losses


@wrong(
    "check_train",
    "one-flower-at-a-time",
    where="losses",
    cause="losses of single flowers, averaged while the weights move",
    or_else=(("one-flower-at-a-time", "loss-after-update"),),
)
def stochastic_with_online_losses(X, y, w1, w2, epochs, learning_rate):
    losses = []
    for _ in range(epochs):
        total = 0
        for i in range(len(X)):
            a1, o = predict(X[i : i + 1], w1, w2)
            total += bce(o, y[i : i + 1])
            g1, g2 = gradients(X[i : i + 1], y[i : i + 1], w2, a1, o)
            w1, w2 = w1 - learning_rate * g1, w2 - learning_rate * g2
        losses.append(total / len(X))
    return w1, w2, losses


@wrong(
    "check_train",
    where="w1",
    cause="one flower an epoch, drawn at random",
    or_else=(("not-repeatable",),),
)
def one_random_flower_an_epoch(X, y, w1, w2, epochs, learning_rate):
    rng = random.Random(0)
    losses = []
    for _ in range(epochs):
        losses.append(bce(predict(X, w1, w2)[1], y))
        i = rng.randrange(len(X))
        a1, o = predict(X[[i]], w1, w2)
        g1, g2 = gradients(X[[i]], y[[i]], w2, a1, o)
        w1, w2 = w1 - learning_rate * g1, w2 - learning_rate * g2
    return w1, w2, losses


@wrong("check_train", "minibatches", where="w1", cause="batches of two, each with its own mean")
def batches_of_two(X, y, w1, w2, epochs, learning_rate):
    losses = []
    for _ in range(epochs):
        losses.append(bce(predict(X, w1, w2)[1], y))
        for start in range(0, len(X), 2):
            xb, yb = X[start : start + 2], y[start : start + 2]
            a1, o = predict(xb, w1, w2)
            g1, g2 = gradients(xb, yb, w2, a1, o)
            w1, w2 = w1 - learning_rate * g1, w2 - learning_rate * g2
    return w1, w2, losses


@wrong("check_train", "minibatches", where="w1", cause="torch.split in batches of three")
def batches_by_split(X, y, w1, w2, epochs, learning_rate):
    losses = []
    for _ in range(epochs):
        losses.append(F.binary_cross_entropy(predict(X, w1, w2)[1], y).item())
        for xb, yb in zip(torch.split(X, 3), torch.split(y, 3)):
            a1, o = predict(xb, w1, w2)
            g1, g2 = gradients(xb, yb, w2, a1, o)
            w1, w2 = w1 - learning_rate * g1, w2 - learning_rate * g2
    return w1, w2, losses


@wrong(
    "check_train",
    "last-batch-lost",
    where="w1",
    cause="N // 2 batches: an odd flower is lost",
    or_else=(("minibatches", "last-batch-lost"), ("minibatches",)),
)
def odd_flower_is_lost(X, y, w1, w2, epochs, learning_rate):
    B, losses = 2, []
    for _ in range(epochs):
        losses.append(bce(predict(X, w1, w2)[1], y))
        for b in range(len(X) // B):
            xb, yb = X[b * B : (b + 1) * B], y[b * B : (b + 1) * B]
            a1, o = predict(xb, w1, w2)
            g1, g2 = gradients(xb, yb, w2, a1, o)
            w1, w2 = w1 - learning_rate * g1, w2 - learning_rate * g2
    return w1, w2, losses


@wrong(
    "check_train",
    "minibatches",
    where="w1",
    cause="batches of 32: right for the small cases",
    or_else=(("many-rows",),),
)
def batches_of_thirty_two(X, y, w1, w2, epochs, learning_rate):
    losses = []
    for _ in range(epochs):
        losses.append(bce(predict(X, w1, w2)[1], y))
        for xb, yb in zip(X.split(32), y.split(32)):
            a1, o = predict(xb, w1, w2)
            g1, g2 = gradients(xb, yb, w2, a1, o)
            w1, w2 = w1 - learning_rate * g1, w2 - learning_rate * g2
    return w1, w2, losses


@wrong(
    "check_train",
    "fresh-weights",
    where="losses",
    or_else=(("ignores-its-arguments",),),
    cause="weights are drawn again, with a seed of its own",
)
def draws_its_own_weights(X, y, w1, w2, epochs, learning_rate):
    gen = np.random.RandomState(1)
    w1 = torch.tensor(gen.randn(*w1.shape) * 0.01)
    w2 = torch.tensor(gen.randn(*w2.shape) * 0.01)
    losses = []
    for _ in range(epochs):
        a1, y_hat = predict(X, w1, w2)
        losses.append(bce(y_hat, y))
        g1, g2 = gradients(X, y, w2, a1, y_hat)
        w1, w2 = w1 - learning_rate * g1, w2 - learning_rate * g2
    return w1, w2, losses


@wrong(
    "check_train",
    "not-repeatable",
    cause="weights are drawn again, without a seed",
    or_else=(("fresh-weights",),),
)
def draws_weights_without_seed(X, y, w1, w2, epochs, learning_rate):
    w1 = 2 * torch.rand(w1.shape, dtype=X.dtype) - 1
    w2 = 2 * torch.rand(w2.shape, dtype=X.dtype) - 1
    losses = []
    for _ in range(epochs):
        a1, y_hat = predict(X, w1, w2)
        losses.append(bce(y_hat, y))
        g1, g2 = gradients(X, y, w2, a1, y_hat)
        w1, w2 = w1 - learning_rate * g1, w2 - learning_rate * g2
    return w1, w2, losses


@wrong(
    "check_train",
    "last-update-missing",
    where="w1",
    or_else=(("best-weights",),),
    cause="returns the weights of the lowest loss: those before the last update",
)
def keeps_the_best(X, y, w1, w2, epochs, learning_rate):
    losses, best, kept = [], math.inf, (w1, w2)
    for _ in range(epochs):
        a1, y_hat = predict(X, w1, w2)
        loss = bce(y_hat, y)
        losses.append(loss)
        if loss < best:
            best, kept = loss, (w1, w2)
        g1, g2 = gradients(X, y, w2, a1, y_hat)
        w1, w2 = w1 - learning_rate * g1, w2 - learning_rate * g2
    return kept[0], kept[1], losses


@wrong(
    "check_train",
    "early-stopping",
    where="w1",
    or_else=(("later-epochs",),),
    cause="stops early where the loss hardly falls",
)
def stops_early(X, y, w1, w2, epochs, learning_rate):
    losses = []
    for _ in range(epochs):
        a1, y_hat = predict(X, w1, w2)
        losses.append(bce(y_hat, y))
        if len(losses) > 1 and losses[-2] - losses[-1] < 1e-2:
            break
        g1, g2 = gradients(X, y, w2, a1, y_hat)
        w1, w2 = w1 - learning_rate * g1, w2 - learning_rate * g2
    return w1, w2, losses


@wrong(
    "check_train",
    "later-epochs",
    where="w1",
    or_else=(("rate-wrong",),),
    cause="the rate is halved every two epochs",
)
def rate_halves(X, y, w1, w2, epochs, learning_rate):
    losses, lr = [], learning_rate
    for epoch in range(epochs):
        if epoch > 0 and epoch % 2 == 0:
            lr /= 2
        a1, y_hat = predict(X, w1, w2)
        losses.append(bce(y_hat, y))
        g1, g2 = gradients(X, y, w2, a1, y_hat)
        w1, w2 = w1 - lr * g1, w2 - lr * g2
    return w1, w2, losses


@wrong("check_train", "endless", cause="trains until the loss is small, which it never is")
def until_the_loss_is_small(X, y, w1, w2, epochs, learning_rate):
    losses = [1.0]
    while losses[-1] > -1:
        a1, y_hat = predict(X, w1, w2)
        losses.append(bce(y_hat, y))
        g1, g2 = gradients(X, y, w2, a1, y_hat)
        w1, w2 = w1 - learning_rate * g1, w2 - learning_rate * g2
    return w1, w2, losses


# --- one mistake: the losses -----------------------------------------------------------------


@wrong(
    "check_train",
    "loss-after-update",
    where="losses",
    cause="the loss is recorded after the update",
)
def loss_after_the_update(X, y, w1, w2, epochs, learning_rate):
    losses = []
    for _ in range(epochs):
        a1, y_hat = predict(X, w1, w2)
        g1, g2 = gradients(X, y, w2, a1, y_hat)
        w1 = w1 - learning_rate * g1
        w2 = w2 - learning_rate * g2
        losses.append(bce(predict(X, w1, w2)[1], y))
    return w1, w2, losses


@wrong(
    "check_train",
    "one-loss-too-many",
    where="losses",
    cause="the last loss is recorded after the loop, too",
)
def last_loss_after_the_loop(X, y, w1, w2, epochs, learning_rate):
    losses = []
    for _ in range(epochs):
        a1, y_hat = predict(X, w1, w2)
        losses.append(bce(y_hat, y))
        g1, g2 = gradients(X, y, w2, a1, y_hat)
        w1, w2 = w1 - learning_rate * g1, w2 - learning_rate * g2
    losses.append(bce(predict(X, w1, w2)[1], y))
    return w1, w2, losses


@wrong("check_train", "losses-reversed", where="losses", cause="each loss is put in front")
def losses_put_in_front(X, y, w1, w2, epochs, learning_rate):
    losses = []
    for _ in range(epochs):
        a1, y_hat = predict(X, w1, w2)
        losses.insert(0, bce(y_hat, y))
        g1, g2 = gradients(X, y, w2, a1, y_hat)
        w1, w2 = w1 - learning_rate * g1, w2 - learning_rate * g2
    return w1, w2, losses


@wrong(
    "check_train",
    "losses-missing",
    where="losses",
    cause="a loss every 100 epochs",
    or_else=(("wrong-number-of-losses",),),
)
def loss_every_hundred_epochs(X, y, w1, w2, epochs, learning_rate):
    losses = []
    for epoch in range(epochs):
        a1, y_hat = predict(X, w1, w2)
        if epoch % 100 == 0:
            losses.append(bce(y_hat, y))
        g1, g2 = gradients(X, y, w2, a1, y_hat)
        w1, w2 = w1 - learning_rate * g1, w2 - learning_rate * g2
    return w1, w2, losses


@wrong(
    "check_train",
    "losses-missing",
    where="losses",
    cause="the list is made anew in every epoch",
    or_else=(("wrong-number-of-losses",),),
)
def list_made_anew(X, y, w1, w2, epochs, learning_rate):
    for _ in range(epochs):
        losses = []
        a1, y_hat = predict(X, w1, w2)
        losses.append(bce(y_hat, y))
        g1, g2 = gradients(X, y, w2, a1, y_hat)
        w1, w2 = w1 - learning_rate * g1, w2 - learning_rate * g2
    return w1, w2, losses


@wrong(
    "check_train",
    "losses-missing",
    where="losses",
    or_else=(
        ("wrong-number-of-losses",),
        ("no-number",),
    ),
    cause="the last loss alone, as a number",
)
def last_loss_as_a_number(X, y, w1, w2, epochs, learning_rate):
    for _ in range(epochs):
        a1, y_hat = predict(X, w1, w2)
        loss = bce(y_hat, y)
        g1, g2 = gradients(X, y, w2, a1, y_hat)
        w1, w2 = w1 - learning_rate * g1, w2 - learning_rate * g2
    return w1, w2, loss


@wrong("check_train", "loss-summed", where="losses", cause="losses are sums, gradients means")
def losses_are_sums(X, y, w1, w2, epochs, learning_rate):
    losses = []
    for _ in range(epochs):
        a1, y_hat = predict(X, w1, w2)
        loss = -(y * y_hat.log() + (1 - y) * (1 - y_hat).log()).sum()
        losses.append(loss.item())
        g1, g2 = gradients(X, y, w2, a1, y_hat)
        w1, w2 = w1 - learning_rate * g1, w2 - learning_rate * g2
    return w1, w2, losses


@wrong("check_train", "loss-squared-error", where="losses", cause="mean squared error is recorded")
def records_squared_error(X, y, w1, w2, epochs, learning_rate):
    losses = []
    for _ in range(epochs):
        a1, y_hat = predict(X, w1, w2)
        losses.append(((y_hat - y) ** 2).mean().item())
        g1, g2 = gradients(X, y, w2, a1, y_hat)
        w1, w2 = w1 - learning_rate * g1, w2 - learning_rate * g2
    return w1, w2, losses


@wrong(
    "check_train",
    "loss-absolute-error",
    where="losses",
    cause="the mean absolute error, printed in a well-known script",
)
def records_absolute_error(X, y, w1, w2, epochs, learning_rate):
    losses = []
    for _ in range(epochs):
        l1, l2 = predict(X, w1, w2)
        l2_error = y - l2
        losses.append(np.mean(np.abs(l2_error.numpy())))
        g1, g2 = gradients(X, y, w2, l1, l2)
        w1, w2 = w1 - learning_rate * g1, w2 - learning_rate * g2
    return w1, w2, losses


@wrong("check_train", "loss-log-base", where="losses", cause="log10 for the natural logarithm")
def records_log_ten(X, y, w1, w2, epochs, learning_rate):
    losses = []
    for _ in range(epochs):
        a1, y_hat = predict(X, w1, w2)
        losses.append(-torch.where(y == 1, y_hat, 1 - y_hat).log10().mean().item())
        g1, g2 = gradients(X, y, w2, a1, y_hat)
        w1, w2 = w1 - learning_rate * g1, w2 - learning_rate * g2
    return w1, w2, losses


@wrong("check_train", "loss-zeros-forgotten", where="losses", cause="only the term for label 1")
def records_one_term(X, y, w1, w2, epochs, learning_rate):
    losses = []
    for _ in range(epochs):
        a1, y_hat = predict(X, w1, w2)
        losses.append(float(-torch.mean(y * torch.log(y_hat))))
        g1, g2 = gradients(X, y, w2, a1, y_hat)
        w1, w2 = w1 - learning_rate * g1, w2 - learning_rate * g2
    return w1, w2, losses


@wrong(
    "check_train",
    "loss-labels-flat",
    where="losses",
    cause="flat labels in the loss: N x N",
    or_else=(("labels-flat",),),
)
def records_with_flat_labels(X, y, w1, w2, epochs, learning_rate):
    losses, t = [], y.flatten()
    for _ in range(epochs):
        a1, y_hat = predict(X, w1, w2)
        losses.append(-(t * y_hat.log() + (1 - t) * (1 - y_hat).log()).mean().item())
        g1, g2 = gradients(X, y, w2, a1, y_hat)
        w1, w2 = w1 - learning_rate * g1, w2 - learning_rate * g2
    return w1, w2, losses


@wrong(
    "check_train",
    "sign",
    where="losses",
    cause="the minus of the loss is forgotten",
    or_else=(("loss-sign",),),
)
def records_log_likelihood(X, y, w1, w2, epochs, learning_rate):
    losses = []
    for _ in range(epochs):
        a1, y_hat = predict(X, w1, w2)
        losses.append((y * y_hat.log() + (1 - y) * (1 - y_hat).log()).mean().item())
        g1, g2 = gradients(X, y, w2, a1, y_hat)
        w1, w2 = w1 - learning_rate * g1, w2 - learning_rate * g2
    return w1, w2, losses


@wrong(
    "check_train",
    "losses-averaged",
    where="losses",
    cause="the running mean of the losses",
)
def running_mean_of_losses(X, y, w1, w2, epochs, learning_rate):
    losses, total = [], 0.0
    for epoch in range(epochs):
        a1, y_hat = predict(X, w1, w2)
        total += bce(y_hat, y)
        losses.append(total / (epoch + 1))
        g1, g2 = gradients(X, y, w2, a1, y_hat)
        w1, w2 = w1 - learning_rate * g1, w2 - learning_rate * g2
    return w1, w2, losses


@wrong(
    "check_train",
    "losses-accumulate",
    where="losses",
    cause="the total is not set back to 0 between epochs",
)
def total_not_set_back(X, y, w1, w2, epochs, learning_rate):
    losses, running = [], 0.0
    for _ in range(epochs):
        a1, y_hat = predict(X, w1, w2)
        running += bce(y_hat, y)
        losses.append(running)
        g1, g2 = gradients(X, y, w2, a1, y_hat)
        w1, w2 = w1 - learning_rate * g1, w2 - learning_rate * g2
    return w1, w2, losses


@wrong("check_train", "rounded", where="losses", cause="losses rounded to three places")
def losses_rounded(X, y, w1, w2, epochs, learning_rate):
    losses = []
    for _ in range(epochs):
        a1, y_hat = predict(X, w1, w2)
        losses.append(round(bce(y_hat, y), 3))
        g1, g2 = gradients(X, y, w2, a1, y_hat)
        w1, w2 = w1 - learning_rate * g1, w2 - learning_rate * g2
    return w1, w2, losses


@wrong("check_train", "loss-accuracy", where="losses", cause="records the accuracy")
def records_accuracy(X, y, w1, w2, epochs, learning_rate):
    history = []
    for _ in range(epochs):
        a1, y_hat = predict(X, w1, w2)
        history.append(((y_hat > 0.5) == (y == 1)).double().mean().item())
        g1, g2 = gradients(X, y, w2, a1, y_hat)
        w1, w2 = w1 - learning_rate * g1, w2 - learning_rate * g2
    return w1, w2, history


@wrong(
    "check_train",
    "something-added",
    where="losses",
    or_else=(("loss-something-added",),),
    cause="a weight penalty in the loss, not in the gradients",
)
def penalty_in_the_loss(X, y, w1, w2, epochs, learning_rate):
    losses = []
    for _ in range(epochs):
        a1, y_hat = predict(X, w1, w2)
        losses.append(bce(y_hat, y) + 0.01 * (w1**2).sum().item() + 0.01 * (w2**2).sum().item())
        g1, g2 = gradients(X, y, w2, a1, y_hat)
        w1, w2 = w1 - learning_rate * g1, w2 - learning_rate * g2
    return w1, w2, losses


@wrong(
    "check_train",
    "epsilon",
    where="losses",
    or_else=(("loss-epsilon",),),
    cause="1e-3 in the logarithms of the loss",
)
def large_epsilon_in_the_loss(X, y, w1, w2, epochs, learning_rate):
    losses = []
    for _ in range(epochs):
        a1, y_hat = predict(X, w1, w2)
        losses.append(
            -(y * (y_hat + 1e-3).log() + (1 - y) * (1 - y_hat + 1e-3).log()).mean().item()
        )
        g1, g2 = gradients(X, y, w2, a1, y_hat)
        w1, w2 = w1 - learning_rate * g1, w2 - learning_rate * g2
    return w1, w2, losses


# --- one mistake: inside the gradients -------------------------------------------------------


@wrong("check_train", "extra-slope", where="dC_dz2", cause="squared error's delta")
def squared_error_delta(X, y, w1, w2, epochs, learning_rate):
    losses = []
    for _ in range(epochs):
        a1, y_hat = predict(X, w1, w2)
        losses.append(bce(y_hat, y))
        d2 = (y_hat - y) * y_hat * (1 - y_hat) / len(X)
        d1 = d2 @ w2.T * a1 * (1 - a1)
        w2 = w2 - learning_rate * a1.T @ d2
        w1 = w1 - learning_rate * X.T @ d1
    return w1, w2, losses


@wrong("check_train", "sum-not-mean", where="dC_dz2", cause="gradients of the sum")
def gradients_of_the_sum(X, y, w1, w2, epochs, learning_rate):
    losses = []
    for _ in range(epochs):
        a1, y_hat = predict(X, w1, w2)
        losses.append(bce(y_hat, y))
        d2 = y_hat - y
        d1 = d2 @ w2.T * a1 * (1 - a1)
        w2 = w2 - learning_rate * a1.T @ d2
        w1 = w1 - learning_rate * X.T @ d1
    return w1, w2, losses


@wrong(
    "check_train",
    "sign",
    where="dC_dz2",
    cause="y - y_hat, and updates that subtract",
    or_else=(("uphill",),),
)
def climbs(X, y, w1, w2, epochs, learning_rate):
    losses = []
    for _ in range(epochs):
        a1, y_hat = predict(X, w1, w2)
        losses.append(bce(y_hat, y))
        error = (y - y_hat) / len(y)
        hidden = error @ w2.T * a1 * (1 - a1)
        w2 = w2 - learning_rate * a1.T @ error
        w1 = w1 - learning_rate * X.T @ hidden
    return w1, w2, losses


@wrong("check_train", "slope-missing", where="dC_dz1", cause="no slope of the hidden sigmoid")
def hidden_slope_missing(X, y, w1, w2, epochs, learning_rate):
    losses = []
    for _ in range(epochs):
        a1, y_hat = predict(X, w1, w2)
        losses.append(bce(y_hat, y))
        d2 = (y_hat - y) / len(y)
        d1 = d2 @ w2.T
        w1, w2 = w1 - learning_rate * X.T @ d1, w2 - learning_rate * a1.T @ d2
    return w1, w2, losses


@wrong(
    "check_train",
    "last-sample-only",
    where="dC_dw2",
    cause="gradients and updates stand behind the loop over flowers",
)
def update_outside_the_inner_loop(X, y, w1, w2, epochs, learning_rate):
    losses = []
    for _ in range(epochs):
        total = 0
        for x, t in zip(X, y):
            a = sig(x @ w1)
            o = sig(a @ w2)
            total += bce(o, t)
        losses.append(total / len(X))
        e = (o - t) / len(X)
        h = (w2 @ e) * a * (1 - a)
        w2 = w2 - learning_rate * torch.outer(a, e)
        w1 = w1 - learning_rate * torch.outer(x, h)
    return w1, w2, losses


@wrong("check_train", "relu", where="a1", cause="ReLU forward, with the slope of a sigmoid")
def relu_in_training(X, y, w1, w2, epochs, learning_rate):
    losses = []
    for _ in range(epochs):
        a1 = torch.relu(X @ w1)
        y_hat = sig(a1 @ w2)
        losses.append(bce(y_hat, y))
        g1, g2 = gradients(X, y, w2, a1, y_hat)
        w1, w2 = w1 - learning_rate * g1, w2 - learning_rate * g2
    return w1, w2, losses


@wrong(
    "check_train",
    "tanh",
    where="a1",
    or_else=(("tanh", "tanh-slope"),),
    cause="tanh forward, and its own slope backward",
)
def tanh_in_training(X, y, w1, w2, epochs, learning_rate):
    losses = []
    for _ in range(epochs):
        a1 = torch.tanh(X @ w1)
        y_hat = sig(a1 @ w2)
        losses.append(bce(y_hat, y))
        d2 = (y_hat - y) / len(y)
        d1 = d2 @ w2.T * (1 - a1**2)
        w1, w2 = w1 - learning_rate * X.T @ d1, w2 - learning_rate * a1.T @ d2
    return w1, w2, losses


@wrong(
    "check_train",
    "rate-fixed",
    where="w1",
    cause="its own schedule 1 / (epoch + 10)",
)
def own_schedule(X, y, w1, w2, epochs, learning_rate):
    losses = []
    for epoch in range(epochs):
        a1, y_hat = predict(X, w1, w2)
        losses.append(bce(y_hat, y))
        g1, g2 = gradients(X, y, w2, a1, y_hat)
        w1 = w1 - 1 / (epoch + 10) * g1
        w2 = w2 - 1 / (epoch + 10) * g2
    return w1, w2, losses


@wrong("check_train", "rate-fixed", where="w1", cause="the rate of the lesson is written in")
def rate_written_in(X, y, w1, w2, epochs, learning_rate):
    losses = []
    for _ in range(epochs):
        a1, y_hat = predict(X, w1, w2)
        losses.append(bce(y_hat, y))
        g1, g2 = gradients(X, y, w2, a1, y_hat)
        w1, w2 = w1 - 0.1 * g1, w2 - 0.1 * g2
    return w1, w2, losses


@wrong(
    "check_train",
    "rate-forgotten",
    where="w1",
    cause="the rate is forgotten",
    or_else=(("rate-fixed",),),
)
def rate_forgotten_in_training(X, y, w1, w2, epochs, learning_rate):
    losses = []
    for _ in range(epochs):
        a1, y_hat = predict(X, w1, w2)
        losses.append(bce(y_hat, y))
        g1, g2 = gradients(X, y, w2, a1, y_hat)
        w1, w2 = w1 - g1, w2 - g2
    return w1, w2, losses


@wrong(
    "check_train",
    "something-added",
    where="w1",
    cause="weight decay in both updates",
    or_else=(("weight-decay",), ("something-added", "something-added")),
)
def weight_decay_in_training(X, y, w1, w2, epochs, learning_rate):
    losses, lam = [], 0.05
    for _ in range(epochs):
        a1, y_hat = predict(X, w1, w2)
        losses.append(bce(y_hat, y))
        g1, g2 = gradients(X, y, w2, a1, y_hat)
        w1 = w1 - learning_rate * (g1 + lam * w1)
        w2 = w2 - learning_rate * (g2 + lam * w2)
    return w1, w2, losses


@wrong(
    "check_train",
    "normalised",
    where="w1",
    cause="gradients are scaled to length one",
)
def normalised_gradients(X, y, w1, w2, epochs, learning_rate):
    losses = []
    for _ in range(epochs):
        a1, y_hat = predict(X, w1, w2)
        losses.append(bce(y_hat, y))
        g1, g2 = gradients(X, y, w2, a1, y_hat)
        w1 = w1 - learning_rate * g1 / g1.norm()
        w2 = w2 - learning_rate * g2 / g2.norm()
    return w1, w2, losses


@wrong(
    "check_train",
    "clipped",
    where="w1",
    cause="gradients are clipped entry by entry",
)
def clipped_gradients(X, y, w1, w2, epochs, learning_rate):
    losses = []
    for _ in range(epochs):
        a1, y_hat = predict(X, w1, w2)
        losses.append(bce(y_hat, y))
        g1, g2 = gradients(X, y, w2, a1, y_hat)
        w1 = w1 - learning_rate * np.clip(g1, -0.05, 0.05)
        w2 = w2 - learning_rate * np.clip(g2, -0.05, 0.05)
    return w1, w2, losses


@wrong("check_train", where="w1", cause="rows are shuffled, labels are not")
def shuffles_rows_only(X, y, w1, w2, epochs, learning_rate):
    order = list(range(len(X)))
    random.Random(3).shuffle(order)
    X = X[order]
    losses = []
    for _ in range(epochs):
        a1, y_hat = predict(X, w1, w2)
        losses.append(bce(y_hat, y))
        g1, g2 = gradients(X, y, w2, a1, y_hat)
        w1, w2 = w1 - learning_rate * g1, w2 - learning_rate * g2
    return w1, w2, losses


@wrong(
    "check_train",
    where="losses",
    cause="the last fifth of the flowers is held back for validation",
    or_else=(("sample-missing",),),
)
def holds_flowers_back(X, y, w1, w2, epochs, learning_rate):
    cut = int(0.8 * len(X))
    X_train, y_train = X[:cut], y[:cut]
    losses = []
    for _ in range(epochs):
        a1, y_hat = predict(X_train, w1, w2)
        losses.append(bce(y_hat, y_train))
        g1, g2 = gradients(X_train, y_train, w2, a1, y_hat)
        w1, w2 = w1 - learning_rate * g1, w2 - learning_rate * g2
    return w1, w2, losses


@wrong(
    "check_train",
    where="w1",
    cause="a bias is learned beside the weights",
    or_else=(
        ("later-epochs",),
        ("something-added",),
    ),
)
def learns_a_bias_too(X, y, w1, w2, epochs, learning_rate):
    b, losses = torch.zeros(1, dtype=X.dtype), []
    for _ in range(epochs):
        a1 = sig(X @ w1)
        y_hat = sig(a1 @ w2 + b)
        losses.append(bce(y_hat, y))
        g1, g2 = gradients(X, y, w2, a1, y_hat)
        b = b - learning_rate * (y_hat - y).mean()
        w1, w2 = w1 - learning_rate * g1, w2 - learning_rate * g2
    return w1, w2, losses


# --- one mistake: around the numbers ---------------------------------------------------------


@wrong("check_train", "changes-its-input", cause="-= on the arguments")
def in_place_on_arguments(X, y, w1, w2, epochs, learning_rate):
    losses = []
    for _ in range(epochs):
        a1, y_hat = predict(X, w1, w2)
        losses.append(bce(y_hat, y))
        g1, g2 = gradients(X, y, w2, a1, y_hat)
        w1 -= learning_rate * g1
        w2 -= learning_rate * g2
    return w1, w2, losses


@wrong("check_train", "gradients-returned", where="w1", cause="returns the last gradients")
def returns_gradients(X, y, w1, w2, epochs, learning_rate):
    losses = []
    for _ in range(epochs):
        a1, y_hat = predict(X, w1, w2)
        losses.append(bce(y_hat, y))
        dw1, dw2 = gradients(X, y, w2, a1, y_hat)
        w1, w2 = w1 - learning_rate * dw1, w2 - learning_rate * dw2
    return dw1, dw2, losses


@wrong("check_train", "wrong-order", where="w1", cause="losses are returned first")
def losses_first(X, y, w1, w2, epochs, learning_rate):
    losses = []
    for _ in range(epochs):
        a1, y_hat = predict(X, w1, w2)
        losses.append(bce(y_hat, y))
        g1, g2 = gradients(X, y, w2, a1, y_hat)
        w1, w2 = w1 - learning_rate * g1, w2 - learning_rate * g2
    return losses, w1, w2


@wrong("check_train", "wrong-number-of-results", cause="only the losses are returned")
def only_losses(X, y, w1, w2, epochs, learning_rate):
    history = []
    for _ in range(epochs):
        a1, y_hat = predict(X, w1, w2)
        history.append(bce(y_hat, y))
        g1, g2 = gradients(X, y, w2, a1, y_hat)
        w1, w2 = w1 - learning_rate * g1, w2 - learning_rate * g2
    return history


@wrong("check_train", "uses-autograd", cause="autograd finds the gradients")
def autograd_trains(X, y, w1, w2, epochs, learning_rate):
    w1, w2 = w1.clone().requires_grad_(), w2.clone().requires_grad_()
    losses = []
    for _ in range(epochs):
        loss = F.binary_cross_entropy(predict(X, w1, w2)[1], y)
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            for w in (w1, w2):
                w -= learning_rate * w.grad
                w.grad = None
    return w1.detach(), w2.detach(), losses


@wrong("check_train", "not-repeatable", cause="weights live on in a global from call to call")
def weights_live_on(X, y, w1, w2, epochs, learning_rate):
    key = (w1.shape, len(X), epochs)
    w1, w2 = cache.get(key, (w1, w2))
    losses = []
    for _ in range(epochs):
        a1, y_hat = predict(X, w1, w2)
        losses.append(bce(y_hat, y))
        g1, g2 = gradients(X, y, w2, a1, y_hat)
        w1, w2 = w1 - learning_rate * g1, w2 - learning_rate * g2
    cache[key] = (w1, w2)
    return w1, w2, losses


@wrong("check_train", "not-a-range", cause="for epoch in epochs")
def loops_over_a_number(X, y, w1, w2, epochs, learning_rate):
    losses = []
    for epoch in epochs:
        a1, y_hat = predict(X, w1, w2)
        losses.append(bce(y_hat, y))
    return w1, w2, losses


@wrong("check_train", "unpacking", cause="forward gives three values, two are taken")
def forward_gives_three(X, y, w1, w2, epochs, learning_rate):
    def forward(u, v):
        z1 = X @ u
        a1 = sig(z1)
        return z1, a1, sig(a1 @ v)

    losses = []
    for _ in range(epochs):
        a1, y_hat = forward(w1, w2)
        losses.append(bce(y_hat, y))
    return w1, w2, losses


@wrong("check_train", "missing-name", cause="losses is never made")
def losses_never_made(X, y, w1, w2, epochs, learning_rate):
    for _ in range(epochs):
        a1, y_hat = predict(X, w1, w2)
        losses.append(bce(y_hat, y))  # noqa: F821
        g1, g2 = gradients(X, y, w2, a1, y_hat)
        w1, w2 = w1 - learning_rate * g1, w2 - learning_rate * g2
    return w1, w2, losses  # noqa: F821


@wrong("check_train", "index-out-of-range", cause="writes into an empty list")
def writes_into_an_empty_list(X, y, w1, w2, epochs, learning_rate):
    losses = []
    for i in range(epochs):
        a1, y_hat = predict(X, w1, w2)
        losses[i] = bce(y_hat, y)
        g1, g2 = gradients(X, y, w2, a1, y_hat)
        w1, w2 = w1 - learning_rate * g1, w2 - learning_rate * g2
    return w1, w2, losses


@wrong(
    "check_train",
    "leaf-in-place",
    cause="weights ask for a gradient and are changed in place",
    or_else=(("uses-autograd",),),
)
def leaf_changed_in_place(X, y, w1, w2, epochs, learning_rate):
    w1, w2 = w1.clone().requires_grad_(True), w2.clone().requires_grad_(True)
    losses = []
    for _ in range(epochs):
        loss = F.binary_cross_entropy(predict(X, w1, w2)[1], y)
        losses.append(loss.item())
        loss.backward()
        w1 -= learning_rate * w1.grad
        w2 -= learning_rate * w2.grad
    return w1, w2, losses


@wrong(
    "check_train",
    "not-a-table",
    cause="square brackets on the function, where its result was meant",
)
def wrong_kind_of_bracket(X, y, w1, w2, epochs, learning_rate):
    losses = []
    for _ in range(epochs):
        a1, y_hat = predict(X, w1, w2)
        losses.append(bce(y_hat, y))
        g = gradients(X, y, w2, a1, y_hat)
        w1 = w1 - learning_rate * gradients[0]
        w2 = w2 - learning_rate * gradients[1]
    return w1, w2, losses


@wrong("check_train", "wrong-order", where="w1", cause="w1 and w2 change places in the return")
def weights_change_places(X, y, w1, w2, epochs, learning_rate):
    losses = []
    for _ in range(epochs):
        a1, y_hat = predict(X, w1, w2)
        losses.append(bce(y_hat, y))
        g1, g2 = gradients(X, y, w2, a1, y_hat)
        w1, w2 = w1 - learning_rate * g1, w2 - learning_rate * g2
    return w2, w1, losses


@wrong(
    "check_train", "stale-y-hat", where="losses", cause="only the hidden layer is computed again"
)
def output_layer_before_the_loop(X, y, w1, w2, epochs, learning_rate):
    losses = []
    y_hat = sig(sig(X @ w1) @ w2)
    for _ in range(epochs):
        a1 = sig(X @ w1)
        losses.append(bce(y_hat, y))
        g1, g2 = gradients(X, y, w2, a1, y_hat)
        w1, w2 = w1 - learning_rate * g1, w2 - learning_rate * g2
    return w1, w2, losses


@wrong(
    "check_train",
    where="dC_dz2",
    cause="flat labels in the delta, and the columns averaged until it fits",
)
def flat_labels_averaged_until_it_fits(X, y, w1, w2, epochs, learning_rate):
    t, losses = y.flatten(), []
    for _ in range(epochs):
        a1, y_hat = predict(X, w1, w2)
        losses.append(bce(y_hat, y))
        d2 = (y_hat - t).mean(dim=1, keepdim=True) / len(t)
        d1 = d2 @ w2.T * a1 * (1 - a1)
        w1, w2 = w1 - learning_rate * X.T @ d1, w2 - learning_rate * a1.T @ d2
    return w1, w2, losses


@wrong(
    "check_train",
    "w2-omitted",
    where="dC_da1",
    cause="the output delta goes straight to the hidden units",
)
def delta_straight_to_hidden(X, y, w1, w2, epochs, learning_rate):
    losses = []
    for _ in range(epochs):
        a1, y_hat = predict(X, w1, w2)
        losses.append(bce(y_hat, y))
        d2 = (y_hat - y) / len(y)
        d1 = d2 * a1 * (1 - a1)
        w1, w2 = w1 - learning_rate * X.T @ d1, w2 - learning_rate * a1.T @ d2
    return w1, w2, losses


@wrong("check_train", "half-precision", where="w1", cause="weights are kept in half precision")
def weights_in_half_precision(X, y, w1, w2, epochs, learning_rate):
    losses = []
    for _ in range(epochs):
        w1, w2 = w1.half().double(), w2.half().double()
        a1, y_hat = predict(X, w1, w2)
        losses.append(bce(y_hat, y))
        g1, g2 = gradients(X, y, w2, a1, y_hat)
        w1, w2 = w1 - learning_rate * g1, w2 - learning_rate * g2
    return w1, w2, losses


# --- two mistakes ----------------------------------------------------------------------------


@wrong(
    "check_train",
    "extra-slope",
    "loss-squared-error",
    where="dC_dz2",
    cause="squared error in the delta and in the list",
    or_else=(("loss-squared-error", "extra-slope"),),
)
def squared_error_all_over(X, y, w1, w2, epochs, learning_rate):
    losses = []
    for _ in range(epochs):
        a1, y_hat = predict(X, w1, w2)
        losses.append(torch.mean((y - y_hat) ** 2).item())
        d2 = (y_hat - y) * y_hat * (1 - y_hat) / len(y)
        d1 = d2 @ w2.T * a1 * (1 - a1)
        w1, w2 = w1 - learning_rate * X.T @ d1, w2 - learning_rate * a1.T @ d2
    return w1, w2, losses


@wrong(
    "check_train",
    "sum-not-mean",
    "loss-summed",
    where="dC_dz2",
    cause="sums in the loss and in the gradients",
    or_else=(("loss-summed", "sum-not-mean"),),
)
def sums_all_over(X, y, w1, w2, epochs, learning_rate):
    losses = []
    for _ in range(epochs):
        a1, y_hat = predict(X, w1, w2)
        losses.append(F.binary_cross_entropy(y_hat, y, reduction="sum").item())
        d2 = y_hat - y
        d1 = d2 @ w2.T * a1 * (1 - a1)
        w1, w2 = w1 - learning_rate * X.T @ d1, w2 - learning_rate * a1.T @ d2
    return w1, w2, losses


@wrong(
    "check_train",
    "extra-slope",
    "sum-not-mean",
    where="dC_dz2",
    cause="squared error's delta, summed, as in a script of eleven lines",
)
def eleven_lines(X, y, w1, w2, epochs, learning_rate):
    syn0, syn1, losses = w1.numpy().copy(), w2.numpy().copy(), []
    l0, t = X.numpy(), y.numpy()
    for j in range(epochs):
        l1 = 1 / (1 + np.exp(-(np.dot(l0, syn0))))
        l2 = 1 / (1 + np.exp(-(np.dot(l1, syn1))))
        losses.append(-np.mean(t * np.log(l2) + (1 - t) * np.log(1 - l2)))
        l2_delta = (t - l2) * (l2 * (1 - l2))
        l1_delta = l2_delta.dot(syn1.T) * (l1 * (1 - l1))
        syn1 += learning_rate * l1.T.dot(l2_delta)
        syn0 += learning_rate * l0.T.dot(l1_delta)
    return syn0, syn1, losses


@wrong(
    "check_train",
    "w2-updated-first",
    "loss-after-update",
    where="w1",
    cause="w2 too early, and the loss after the update",
)
def early_update_and_late_loss(X, y, w1, w2, epochs, learning_rate):
    losses = []
    for _ in range(epochs):
        a1, y_hat = predict(X, w1, w2)
        d2 = (y_hat - y) / len(y)
        w2 = w2 - learning_rate * a1.T @ d2
        w1 = w1 - learning_rate * X.T @ (d2 @ w2.T * a1 * (1 - a1))
        losses.append(bce(predict(X, w1, w2)[1], y))
    return w1, w2, losses


@wrong(
    "check_train",
    "extra-slope",
    "losses-missing",
    where="dC_dz2",
    cause="squared error's delta, and a loss every 100 epochs",
    or_else=(
        (
            "extra-slope",
            "wrong-number-of-losses",
        ),
    ),
)
def squared_error_and_few_losses(X, y, w1, w2, epochs, learning_rate):
    losses = []
    for epoch in range(epochs):
        a1, y_hat = predict(X, w1, w2)
        if not epoch % 100:
            losses.append(bce(y_hat, y))
        d2 = (y_hat - y) * y_hat * (1 - y_hat) / len(y)
        d1 = d2 @ w2.T * a1 * (1 - a1)
        w1, w2 = w1 - learning_rate * X.T @ d1, w2 - learning_rate * a1.T @ d2
    return w1, w2, losses


@wrong(
    "check_train",
    "one-epoch-too-few",
    "loss-summed",
    where="w1",
    cause="range(epochs - 1), and summed losses",
)
def one_less_and_summed(X, y, w1, w2, epochs, learning_rate):
    losses = []
    for _ in range(epochs - 1):
        a1, y_hat = predict(X, w1, w2)
        losses.append(bce(y_hat, y) * len(y))
        g1, g2 = gradients(X, y, w2, a1, y_hat)
        w1, w2 = w1 - learning_rate * g1, w2 - learning_rate * g2
    return w1, w2, losses


@wrong(
    "check_train",
    "momentum",
    "loss-after-update",
    where="w1",
    cause="momentum, and the loss after the update",
)
def momentum_and_late_loss(X, y, w1, w2, epochs, learning_rate):
    v1, v2, losses = torch.zeros_like(w1), torch.zeros_like(w2), []
    for _ in range(epochs):
        a1, y_hat = predict(X, w1, w2)
        g1, g2 = gradients(X, y, w2, a1, y_hat)
        v1 = 0.5 * v1 + g1
        v2 = 0.5 * v2 + g2
        w1, w2 = w1 - learning_rate * v1, w2 - learning_rate * v2
        losses.append(bce(predict(X, w1, w2)[1], y))
    return w1, w2, losses


@wrong(
    "check_train",
    "slope-missing",
    "w2-updated-first",
    where="dC_dz1",
    cause="no hidden slope, and w2 updated first",
    or_else=(("w2-updated-first", "slope-missing"),),
)
def no_slope_and_w2_first(X, y, w1, w2, epochs, learning_rate):
    losses = []
    for _ in range(epochs):
        a1, y_hat = predict(X, w1, w2)
        losses.append(bce(y_hat, y))
        d2 = (y_hat - y) / len(y)
        w2 = w2 - learning_rate * a1.T @ d2
        w1 = w1 - learning_rate * X.T @ (d2 @ w2.T)
    return w1, w2, losses


@wrong(
    "check_train",
    "w1-not-updated",
    "loss-squared-error",
    where="w1",
    cause="one layer is trained, squared error recorded",
)
def one_layer_and_squared_error(X, y, w1, w2, epochs, learning_rate):
    losses = []
    for _ in range(epochs):
        a1, y_hat = predict(X, w1, w2)
        losses.append(((y_hat - y) ** 2).mean().item())
        w2 = w2 - learning_rate * a1.T @ (y_hat - y) / len(y)
    return w1, w2, losses


# --- right -----------------------------------------------------------------------------------


@right("check_train")
def full_batch(X, y, w1, w2, epochs, learning_rate):
    losses = []
    for _ in range(epochs):
        a1 = torch.sigmoid(X @ w1)
        y_hat = torch.sigmoid(a1 @ w2)
        losses.append(bce(y_hat, y))
        dC_dz2 = (y_hat - y) / len(X)
        dC_dz1 = dC_dz2 @ w2.T * a1 * (1 - a1)
        w2 = w2 - learning_rate * a1.T @ dC_dz2
        w1 = w1 - learning_rate * X.T @ dC_dz1
    return w1, w2, losses


@right("check_train")
def parameters_in_a_dictionary(X, y, w1, w2, epochs, learning_rate):
    p = {"W1": w1.T.numpy().copy(), "W2": w2.T.numpy().copy()}
    X_, Y, costs = X.T.numpy(), y.T.numpy(), []
    m = X_.shape[1]
    for i in range(epochs):
        c = {"A1": 1 / (1 + np.exp(-p["W1"] @ X_))}
        c["A2"] = 1 / (1 + np.exp(-p["W2"] @ c["A1"]))
        logs = np.multiply(np.log(c["A2"]), Y) + np.multiply(1 - Y, np.log(1 - c["A2"]))
        costs.append(-np.sum(logs) / m)
        dZ2 = c["A2"] - Y
        g = {"W2": dZ2 @ c["A1"].T / m}
        g["W1"] = (p["W2"].T @ dZ2 * c["A1"] * (1 - c["A1"])) @ X_.T / m
        p = {k: p[k] - learning_rate * g[k] for k in p}
    return p["W1"].T, p["W2"].T, costs


@right("check_train")
def flowers_added_up_in_a_loop(X, y, w1, w2, epochs, learning_rate):
    N = len(X)
    losses = []
    for _ in range(epochs):
        g1, g2, loss = torch.zeros_like(w1), torch.zeros_like(w2), 0
        for x, t in zip(X, y):
            a = sig(x @ w1)
            o = sig(a @ w2)
            loss += bce(o, t)
            e = o - t
            g2 += torch.outer(a, e)
            g1 += torch.outer(x, (w2 @ e) * a * (1 - a))
        losses.append(loss / N)
        w1 = w1 - learning_rate * g1 / N
        w2 = w2 - learning_rate * g2 / N
    return w1, w2, losses


@right("check_train")
def w1_updated_first(X, y, w1, w2, epochs, learning_rate):
    losses = []
    for _ in range(epochs):
        a1, y_hat = predict(X, w1, w2)
        losses.append(bce(y_hat, y))
        d2 = (y_hat - y) / len(y)
        w1 = w1 - learning_rate * X.T @ (d2 @ w2.T * a1 * (1 - a1))
        w2 = w2 - learning_rate * a1.T @ d2
    return w1, w2, losses


@right("check_train")
def shuffled_together(X, y, w1, w2, epochs, learning_rate):
    gen = torch.Generator().manual_seed(0)
    losses = []
    for _ in range(epochs):
        order = torch.randperm(len(X), generator=gen)
        xs, ys = X[order], y[order]
        a1, y_hat = predict(xs, w1, w2)
        losses.append(bce(y_hat, ys))
        g1, g2 = gradients(xs, ys, w2, a1, y_hat)
        w1, w2 = w1 - learning_rate * g1, w2 - learning_rate * g2
    return w1, w2, losses


@right("check_train")
def network_class(X, y, w1, w2, epochs, learning_rate):
    @dataclass
    class Network:
        w1: torch.Tensor
        w2: torch.Tensor
        losses: list = field(default_factory=list)

        def epoch(self):
            a1, y_hat = predict(X, self.w1, self.w2)
            self.losses.append(bce(y_hat, y))
            g1, g2 = gradients(X, y, self.w2, a1, y_hat)
            self.w1 = self.w1 - learning_rate * g1
            self.w2 = self.w2 - learning_rate * g2

    net = Network(w1, w2)
    for _ in range(epochs):
        net.epoch()
    return net.w1, net.w2, net.losses


@right("check_train")
def generator_of_states(X, y, w1, w2, epochs, learning_rate):
    def states(u, v):
        while True:
            a1, y_hat = predict(X, u, v)
            g1, g2 = gradients(X, y, v, a1, y_hat)
            yield u, v, bce(y_hat, y)
            u, v = u - learning_rate * g1, v - learning_rate * g2

    seen = list(itertools.islice(states(w1, w2), epochs + 1))
    return seen[-1][0], seen[-1][1], [loss for _, _, loss in seen[:-1]]


@right("check_train")
def recursion(X, y, w1, w2, epochs, learning_rate):
    if epochs == 0:
        return w1, w2, []
    a1, y_hat = predict(X, w1, w2)
    g1, g2 = gradients(X, y, w2, a1, y_hat)
    u, v, later = recursion(
        X, y, w1 - learning_rate * g1, w2 - learning_rate * g2, epochs - 1, learning_rate
    )
    return u, v, [bce(y_hat, y), *later]


@right("check_train")
def losses_in_an_array(X, y, w1, w2, epochs, learning_rate):
    losses = np.zeros(epochs)
    for i in range(epochs):
        a1, y_hat = predict(X, w1, w2)
        losses[i] = F.binary_cross_entropy(y_hat, y)
        g1, g2 = gradients(X, y, w2, a1, y_hat)
        w1, w2 = w1 - learning_rate * g1, w2 - learning_rate * g2
    return w1, w2, losses


@right("check_train")
def losses_stay_tensors(X, y, w1, w2, epochs, learning_rate):
    losses = []
    for _ in range(epochs):
        a1, y_hat = predict(X, w1, w2)
        losses.append(-(y * torch.log(y_hat) + (1 - y) * torch.log(1 - y_hat)).mean())
        g1, g2 = gradients(X, y, w2, a1, y_hat)
        w1, w2 = w1 - learning_rate * g1, w2 - learning_rate * g2
    return w1, w2, losses


@right("check_train")
def momentum_of_zero(X, y, w1, w2, epochs, learning_rate, beta=0.0):
    v1, v2 = torch.zeros_like(w1), torch.zeros_like(w2)
    losses = []
    for _ in range(epochs):
        a1, y_hat = predict(X, w1, w2)
        losses.append(bce(y_hat, y))
        g1, g2 = gradients(X, y, w2, a1, y_hat)
        v1, v2 = beta * v1 - learning_rate * g1, beta * v2 - learning_rate * g2
        w1, w2 = w1 + v1, w2 + v2
    return w1, w2, losses


@right("check_train")
def gradients_kept_in_a_buffer(X, y, w1, w2, epochs, learning_rate):
    u, v = w1.detach().clone(), w2.detach().clone()
    g1, g2, losses = torch.zeros_like(u), torch.zeros_like(v), []
    for _ in range(epochs):
        g1.zero_()
        g2.zero_()
        a1, y_hat = predict(X, u, v)
        losses.append(bce(y_hat, y))
        d1, d2 = gradients(X, y, v, a1, y_hat)
        g1 += d1
        g2 += d2
        u -= learning_rate * g1
        v -= learning_rate * g2
    return u, v, losses


@right("check_train")
def one_batch_of_all(X, y, w1, w2, epochs, learning_rate, batch_size=None):
    losses = []
    for _ in range(epochs):
        for xb, yb in zip(X.split(batch_size or len(X)), y.split(batch_size or len(y))):
            a1, y_hat = predict(xb, w1, w2)
            losses.append(bce(y_hat, yb))
            g1, g2 = gradients(xb, yb, w2, a1, y_hat)
            w1, w2 = w1 - learning_rate * g1, w2 - learning_rate * g2
    return w1, w2, losses


@right("check_train")
def prints_now_and_then(X, y, w1, w2, epochs, learning_rate):
    losses = []
    for epoch in range(1, epochs + 1):
        a1, y_hat = predict(X, w1, w2)
        losses.append(bce(y_hat, y))
        if epoch == 1 or epoch % 10 == 0:
            print(f"epoch {epoch}: {losses[-1]:.3f}")
        g1, g2 = gradients(X, y, w2, a1, y_hat)
        w1, w2 = w1 - learning_rate * g1, w2 - learning_rate * g2
    return w1, w2, losses


@right("check_train")
def ends_in_a_picture(X, y, w1, w2, epochs, learning_rate):
    losses = []
    for _ in range(epochs):
        a1, y_hat = predict(X, w1, w2)
        losses.append(bce(y_hat, y))
        g1, g2 = gradients(X, y, w2, a1, y_hat)
        w1, w2 = w1 - learning_rate * g1, w2 - learning_rate * g2
    plt.plot(losses)
    plt.xlabel("epoch")
    plt.show()
    return w1, w2, losses


@right("check_train")
def single_precision_training(X, y, w1, w2, epochs, learning_rate):
    X, y, w1, w2 = X.float(), y.float(), w1.float(), w2.float()
    losses = []
    for _ in range(epochs):
        a1, y_hat = predict(X, w1, w2)
        losses.append(bce(y_hat, y))
        g1, g2 = gradients(X, y, w2, a1, y_hat)
        w1, w2 = w1 - learning_rate * g1, w2 - learning_rate * g2
    return w1, w2, losses
