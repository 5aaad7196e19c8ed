"""check_backward(X, y, w2, a1, y_hat) -> dC_dz2, dC_dw2, dC_da1, dC_dz1, dC_dw1."""
# ruff: noqa: B905, E731

from collections import OrderedDict, namedtuple
from functools import reduce

import numpy as np
import torch
import torch.nn.functional as F

from .bank import right, wrong

calls = []


def d_sig(a):
    return a * (1 - a)


def sig(z):
    return 1 / (1 + torch.exp(-z))


def logit(a):
    return torch.log(a / (1 - a))


def numpy_of(*tensors):
    return [t.detach().numpy() for t in tensors]


# --- one mistake: the output delta -----------------------------------------------------------


@wrong(
    "check_backward",
    "extra-slope",
    where="dC_dz2",
    cause="the delta of squared error; the rest follows",
)
def nielsen_quadratic(X, y, w2, a1, y_hat):
    delta = (y_hat - y) * d_sig(y_hat) / len(y)
    nabla_w2 = a1.T @ delta
    back = delta @ w2.T
    delta_1 = back * d_sig(a1)
    nabla_w1 = X.T @ delta_1
    return delta, nabla_w2, back, delta_1, nabla_w1


@wrong("check_backward", "sum-not-mean", where="dC_dz2", cause="no 1/N anywhere")
def sums_everywhere(X, y, w2, a1, y_hat):
    dz2 = y_hat - y
    dw2 = a1.T @ dz2
    da1 = dz2 @ w2.T
    dz1 = da1 * a1 * (1 - a1)
    dw1 = X.T @ dz1
    return dz2, dw2, da1, dz1, dw1


@wrong(
    "check_backward",
    "sum-not-mean",
    where="dC_dz2",
    cause="a course's habit: 1/m stands at the weights and not in the delta",
    or_else=(("sum-not-mean", "divided-twice"), ("sum-not-mean", "divided-twice", "divided-twice")),
)
def course_puts_the_mean_at_the_weights(X, y, w2, a1, y_hat):
    W2, A1, A2, Y, X_ = w2.T, a1.T, y_hat.T, y.T, X.T
    m = X_.shape[1]
    dZ2 = A2 - Y
    dW2 = (1 / m) * (dZ2 @ A1.T)
    dA1 = W2.T @ dZ2
    dZ1 = dA1 * A1 * (1 - A1)
    dW1 = (1 / m) * (dZ1 @ X_.T)
    return dZ2.T, dW2.T, dA1.T, dZ1.T, dW1.T


@wrong(
    "check_backward", "sign", where="dC_dz2", cause="target minus output, for an update that adds"
)
def target_minus_output(X, y, w2, a1, y_hat):
    output_error = (y - y_hat) / len(y)
    w2_delta = a1.t().mm(output_error)
    hidden_error = output_error.mm(w2.t())
    hidden_delta = hidden_error * d_sig(a1)
    w1_delta = X.t().mm(hidden_delta)
    return output_error, w2_delta, hidden_error, hidden_delta, w1_delta


@wrong(
    "check_backward",
    "slope-missing",
    where="dC_dz2",
    cause="the derivative for y_hat passes for dC_dz2",
)
def cost_derivative_is_taken_for_delta(X, y, w2, a1, y_hat):
    N = X.shape[0]
    grads = {}
    grads["y_hat"] = (-y / y_hat + (1 - y) / (1 - y_hat)) / N
    grads["z2"] = grads["y_hat"]
    grads["w2"] = a1.T @ grads["z2"]
    grads["a1"] = grads["z2"] @ w2.T
    grads["z1"] = grads["a1"] * a1 * (1 - a1)
    grads["w1"] = X.T @ grads["z1"]
    return tuple(grads[k] for k in ("z2", "w2", "a1", "z1", "w1"))


@wrong(
    "check_backward",
    "divided-twice",
    where="dC_dz2",
    cause="mean in the derivative and once more in the delta",
)
def mean_taken_twice(X, y, w2, a1, y_hat):
    m = len(X)
    dA2 = (y_hat - y) / (y_hat * (1 - y_hat)) / m
    dZ2 = dA2 * d_sig(y_hat) / m
    dA1 = dZ2 @ w2.T
    dZ1 = dA1 * d_sig(a1)
    return dZ2, a1.T @ dZ2, dA1, dZ1, X.T @ dZ1


@wrong("check_backward", "labels-flat", where="dC_dz2", cause="y squeezed before the subtraction")
def labels_squeezed(X, y, w2, a1, y_hat):
    t = y.squeeze()
    delta2 = (y_hat - t) / len(t)
    delta1 = delta2 @ torch.ones(len(t), 1).double() @ w2.T
    return delta2, a1.T @ delta2, delta1, delta1 * d_sig(a1), X.T @ (delta1 * d_sig(a1))


@wrong(
    "check_backward",
    "slope-of-gradient",
    where="dC_dz2",
    cause="the slope is taken of what comes back, and nothing is multiplied",
)
def slope_of_the_gradient(X, y, w2, a1, y_hat):
    def back(g):
        s = sig(g)
        return s * (1 - s)

    dz2 = back((-y / y_hat + (1 - y) / (1 - y_hat)) / len(y))
    da1 = dz2 @ w2.T
    dz1 = da1 * d_sig(a1)
    return dz2, a1.T @ dz2, da1, dz1, X.T @ dz1


@wrong("check_backward", "thresholded", where="dC_dz2", cause="compares classes with labels")
def classes_for_probabilities(X, y, w2, a1, y_hat):
    wrong_ones = ((y_hat > 0.5).double() - y) / len(y)
    hidden = wrong_ones @ w2.T
    return wrong_ones, a1.T @ wrong_ones, hidden, hidden * d_sig(a1), X.T @ (hidden * d_sig(a1))


@wrong(
    "check_backward",
    "wrong-divisor",
    where="dC_dz2",
    cause="divides by the number of inputs, X.shape[1]",
)
def divides_by_number_of_inputs(X, y, w2, a1, y_hat):
    n = X.shape[1]
    d2 = (y_hat - y) / n
    dw2 = a1.T @ d2
    da1 = d2 @ w2.T
    d1 = da1 * (a1 - a1**2)
    return d2, dw2, da1, d1, X.T @ d1


@wrong(
    "check_backward",
    "logit-for-prediction",
    where="dC_dz2",
    cause="subtracts the label from z2 found by logit",
)
def logit_minus_label(X, y, w2, a1, y_hat):
    z2 = np.log(y_hat / (1 - y_hat))
    d2 = (z2 - y) / len(y)
    da1 = d2 @ w2.T
    return d2, a1.T @ d2, da1, da1 * d_sig(a1), X.T @ (da1 * d_sig(a1))


# --- one mistake: the output weights ---------------------------------------------------------


@wrong(
    "check_backward", "wrong-quantity", where="dC_dw2", cause="a layer's own output for its input"
)
def own_output_for_input(X, y, w2, a1, y_hat):
    d2 = (y_hat - y) / len(y)
    dw2 = y_hat.T @ d2
    da1 = d2 @ w2.T
    d1 = da1 * d_sig(a1)
    return d2, dw2, da1, d1, X.T @ d1


@wrong("check_backward", "z1-for-a1", where="dC_dw2", cause="recovers z1 and uses it at w2")
def z1_at_the_output_weights(X, y, w2, a1, y_hat):
    z1 = logit(a1)
    d2 = (y_hat - y) / len(y)
    dw2 = z1.T @ d2
    da1 = d2 @ w2.T
    d1 = da1 * d_sig(a1)
    return d2, dw2, da1, d1, X.T @ d1


@wrong(
    "check_backward", "transposed", where="dC_dw2", cause="delta.T @ a1, the layout of nn.Linear"
)
def layout_of_nn_linear(X, y, w2, a1, y_hat):
    d2 = (y_hat - y) / len(y)
    dw2 = d2.T @ a1
    da1 = d2 @ w2.T
    d1 = da1 * d_sig(a1)
    return d2, dw2, da1, d1, X.T @ d1


@wrong(
    "check_backward",
    "transposed",
    "transposed",
    where="dC_dw2",
    cause="np.outer in nn.Linear's layout, both weights",
)
def both_weights_transposed(X, y, w2, a1, y_hat):
    d2 = (y_hat - y) / len(y)
    da1 = d2 @ w2.T
    d1 = da1 * d_sig(a1)
    dw2 = sum(torch.outer(d2[n], a1[n]) for n in range(len(y)))
    dw1 = sum(torch.outer(d1[n], X[n]) for n in range(len(y)))
    return d2, dw2, da1, d1, dw1


@wrong("check_backward", "summed-elementwise", where="dC_dw2", cause="(delta * a1).sum(0) is flat")
def star_and_sum_without_keepdim(X, y, w2, a1, y_hat):
    dz2 = (y_hat - y) / len(y)
    dw2 = (dz2 * a1).sum(axis=0)
    da1 = dz2 * w2.T
    dz1 = da1 * d_sig(a1)
    dw1 = X.T @ dz1
    return dz2, dw2, da1, dz1, dw1


@wrong("check_backward", "collapsed", where="dC_dw2", cause="torch.sum without an axis")
def sum_without_axis(X, y, w2, a1, y_hat):
    dz2 = (y_hat - y) / len(y)
    dw2 = torch.sum(dz2 * a1)
    da1 = dz2 @ w2.T
    dz1 = da1 * d_sig(a1)
    return dz2, dw2, da1, dz1, X.T @ dz1


@wrong("check_backward", "batch-not-summed", where="dC_dw2", cause="* for @ at the output weights")
def star_at_the_output_weights(X, y, w2, a1, y_hat):
    dz2 = (y_hat - y) / len(y)
    dw2 = dz2 * a1
    da1 = dz2 @ w2.T
    dz1 = da1 * d_sig(a1)
    return dz2, dw2, da1, dz1, X.T @ dz1


@wrong(
    "check_backward", "last-sample-only", where="dC_dw2", cause="= for += in the loop over flowers"
)
def overwritten_in_the_loop(X, y, w2, a1, y_hat):
    N = len(y)
    dz2 = (y_hat - y) / N
    dw2 = torch.zeros_like(w2)
    for n in range(N):
        dw2 = a1[n].reshape(-1, 1) * dz2[n]
    da1 = dz2 @ w2.T
    dz1 = da1 * d_sig(a1)
    return dz2, dw2, da1, dz1, X.T @ dz1


@wrong(
    "check_backward",
    "last-sample-only",
    "last-sample-only",
    where="dC_dw2",
    cause="zeroed inside the loop, both weights",
    or_else=(("last-sample-only",),),
)
def zeroed_inside_the_loop(X, y, w2, a1, y_hat):
    N, D = X.shape
    d2, da1, d1 = torch.zeros_like(y), torch.zeros_like(a1), torch.zeros_like(a1)
    for n in range(N):
        grad_w1 = torch.zeros(D, len(w2), dtype=X.dtype)
        grad_w2 = torch.zeros_like(w2)
        d2[n] = (y_hat[n] - y[n]) / N
        grad_w2 += a1[n, :, None] * d2[n]
        da1[n] = d2[n] * w2[:, 0]
        d1[n] = da1[n] * d_sig(a1[n])
        grad_w1 += torch.outer(X[n], d1[n])
    return d2, grad_w2, da1, d1, grad_w1


@wrong(
    "check_backward",
    "slope-at-weights",
    where="dC_dw2",
    cause="the slope of the hidden layer at its outgoing weights",
)
def slope_at_the_weights(X, y, w2, a1, y_hat):
    e = (y_hat - y) / y.shape[0]
    dw2 = d_sig(a1).T @ e
    da1 = e @ w2.T
    dz1 = da1 * d_sig(a1)
    return e, dw2, da1, dz1, X.T @ dz1


@wrong(
    "check_backward",
    "output-slope",
    where="dC_dw2",
    cause="the slope of the output comes in at w2 only",
)
def output_slope_at_w2(X, y, w2, a1, y_hat):
    d2 = (y_hat - y) / len(y)
    dw2 = a1.T @ (d2 * d_sig(y_hat))
    da1 = d2 @ w2.T
    dz1 = da1 * d_sig(a1)
    return d2, dw2, da1, dz1, X.T @ dz1


@wrong(
    "check_backward",
    "activation-forgotten",
    where="dC_dw2",
    cause="takes the bias's gradient for the weights'",
)
def gradient_of_a_bias(X, y, w2, a1, y_hat):
    d2 = (y_hat - y) / len(y)
    dw2 = d2.sum() * torch.ones_like(w2)
    da1 = d2 @ w2.T
    dz1 = da1 * d_sig(a1)
    return d2, dw2, da1, dz1, X.T @ dz1


@wrong(
    "check_backward", "sample-missing", where="dC_dw2", cause="range(N - 1) at the output weights"
)
def loop_ends_one_early(X, y, w2, a1, y_hat):
    N, H = a1.shape
    d2 = (y_hat - y) / N
    dw2 = [[0.0] for _ in range(H)]
    for h in range(H):
        for n in range(N - 1):
            dw2[h][0] += (a1[n, h] * d2[n, 0]).item()
    da1 = d2 @ w2.T
    dz1 = da1 * d_sig(a1)
    return d2, torch.tensor(dw2).double(), da1, dz1, X.T @ dz1


@wrong(
    "check_backward", "unit-missing", where="dC_dw2", cause="range(1, H) leaves the first unit at 0"
)
def units_counted_from_one(X, y, w2, a1, y_hat):
    d2 = (y_hat - y) / len(y)
    dw2 = torch.zeros_like(w2)
    for h in range(1, len(w2)):
        dw2[h] = (a1[:, h] * d2[:, 0]).sum()
    da1 = d2 @ w2.T
    dz1 = da1 * d_sig(a1)
    return d2, dw2, da1, dz1, X.T @ dz1


@wrong("check_backward", "something-added", where="dC_dw2", cause="weight decay in the gradient")
def weight_decay_in_gradient(X, y, w2, a1, y_hat):
    lambd = 0.1
    d2 = (y_hat - y) / len(y)
    dw2 = a1.T @ d2 + lambd * w2
    da1 = d2 @ w2.T
    dz1 = da1 * d_sig(a1)
    return d2, dw2, da1, dz1, X.T @ dz1


@wrong(
    "check_backward",
    "divided-twice",
    where="dC_dw2",
    cause="the mean is taken again at both weights",
    or_else=(("divided-twice", "divided-twice"),),
)
def mean_again_at_the_weights(X, y, w2, a1, y_hat):
    n = len(X)
    d2 = (y_hat - y) / n
    dw2 = a1.T.matmul(d2) / n
    da1 = d2.matmul(w2.T)
    d1 = da1 * d_sig(a1)
    dw1 = X.T.matmul(d1) / n
    return d2, dw2, da1, d1, dw1


@wrong("check_backward", "prediction-for-delta", where="dC_dw2", cause="y_hat where delta belongs")
def prediction_for_delta(X, y, w2, a1, y_hat):
    d2 = (y_hat - y) / len(y)
    dw2 = a1.T @ y_hat / len(y)
    da1 = d2 @ w2.T
    d1 = da1 * d_sig(a1)
    return d2, dw2, da1, d1, X.T @ d1


@wrong("check_backward", where="dC_dz1", cause="@ for * at the slope, turned until it fits")
def matrix_product_at_the_slope(X, y, w2, a1, y_hat):
    d2 = (y_hat - y) / len(y)
    da1 = d2 @ w2.T
    d1 = da1 @ (a1.T @ (1 - a1))
    return d2, a1.T @ d2, da1, d1, X.T @ d1


# --- one mistake: back through the weights ---------------------------------------------------


@wrong(
    "check_backward",
    "w2-omitted",
    where="dC_da1",
    cause="the delta is repeated over the units, w2 forgotten",
)
def delta_repeated_over_units(X, y, w2, a1, y_hat):
    d2 = (y_hat - y) / len(y)
    da1 = d2.repeat(1, a1.shape[1])
    d1 = da1 * d_sig(a1)
    return d2, a1.T @ d2, da1, d1, X.T @ d1


@wrong("check_backward", "w2-omitted", where="dC_da1", cause="dC_da1 = dC_dz2, one column")
def delta_goes_straight_back(X, y, w2, a1, y_hat):
    dC_dz2 = (y_hat - y) / X.shape[0]
    dC_dw2 = torch.einsum("nh,no->ho", a1, dC_dz2)
    dC_da1 = dC_dz2
    dC_dz1 = dC_da1 * a1 * (1 - a1)
    dC_dw1 = torch.einsum("nd,nh->dh", X, dC_dz1)
    return dC_dz2, dC_dw2, dC_da1, dC_dz1, dC_dw1


@wrong("check_backward", "transposed", where="dC_da1", cause="w2 @ delta.T, turned back too late")
def turned_back_too_late(X, y, w2, a1, y_hat):
    d2 = (y_hat - y) / len(y)
    da1 = w2 @ d2.T
    d1 = da1.T * d_sig(a1)
    return d2, a1.T @ d2, da1, d1, X.T @ d1


@wrong("check_backward", "reshaped", where="dC_da1", cause="H x N reshaped to N x H")
def reshaped_back(X, y, w2, a1, y_hat):
    d2 = (y_hat - y) / len(y)
    da1 = (w2 @ d2.T).reshape(a1.shape)
    d1 = da1 * d_sig(a1)
    return d2, a1.T @ d2, da1, d1, X.T @ d1


@wrong(
    "check_backward",
    "slope-too-early",
    where="dC_da1",
    cause="the slope already multiplied in, and not again after",
)
def slope_already_in(X, y, w2, a1, y_hat):
    d2 = (y_hat - y) / len(y)
    da1 = (d2 @ w2.T) * d_sig(a1)
    d1 = da1
    return d2, a1.T @ d2, da1, d1, X.T @ d1


@wrong(
    "check_backward",
    "activation-multiplied",
    where="dC_da1",
    cause="a1 multiplied in on the way back",
)
def activation_multiplied_in(X, y, w2, a1, y_hat):
    d2 = (y_hat - y) / len(y)
    da1 = (d2 @ w2.T) * a1
    d1 = da1 * d_sig(a1)
    return d2, a1.T @ d2, da1, d1, X.T @ d1


@wrong(
    "check_backward",
    "gradient-for-weights",
    where="dC_da1",
    cause="goes back through dC_dw2 for w2",
)
def back_through_the_gradient(X, y, w2, a1, y_hat):
    d2 = (y_hat - y) / len(y)
    dw2 = a1.T @ d2
    da1 = d2 @ dw2.T
    d1 = da1 * d_sig(a1)
    return d2, dw2, da1, d1, X.T @ d1


@wrong(
    "check_backward",
    "output-slope",
    where="dC_da1",
    cause="the output's slope on the way back, from squared error",
)
def output_slope_on_the_way_back(X, y, w2, a1, y_hat):
    d2 = (y_hat - y) / len(y)
    da1 = (d2 * d_sig(y_hat)) @ w2.T
    d1 = da1 * d_sig(a1)
    return d2, a1.T @ d2, da1, d1, X.T @ d1


@wrong(
    "check_backward", "divided-by-weights", where="dC_da1", cause="'going back' read as dividing"
)
def going_back_by_division(X, y, w2, a1, y_hat):
    d2 = (y_hat - y) / len(y)
    da1 = d2 / w2.T
    d1 = da1 * d_sig(a1)
    return d2, a1.T @ d2, da1, d1, X.T @ d1


@wrong("check_backward", "batch-summed", where="dC_da1", cause="the batch added up with keepdim")
def batch_added_up_at_a1(X, y, w2, a1, y_hat):
    d2 = (y_hat - y) / len(y)
    da1 = (d2 @ w2.T).sum(dim=0, keepdim=True)
    d1 = da1 * d_sig(a1)
    return d2, a1.T @ d2, da1, d1, X.T @ d1


@wrong("check_backward", "divided-by-units", where="dC_da1", cause="mean over the units for a sum")
def shared_between_units(X, y, w2, a1, y_hat):
    H = a1.shape[1]
    d2 = (y_hat - y) / len(y)
    da1 = d2 @ w2.T / H
    d1 = da1 * d_sig(a1)
    return d2, a1.T @ d2, da1, d1, X.T @ d1


@wrong("check_backward", "sign", where="dC_da1", cause="a minus sign on the way back")
def minus_on_the_way_back(X, y, w2, a1, y_hat):
    d2 = (y_hat - y) / len(y)
    da1 = -d2 @ w2.T
    d1 = da1 * d_sig(a1)
    return d2, a1.T @ d2, da1, d1, X.T @ d1


@wrong(
    "check_backward",
    "w2-updated-first",
    where="dC_da1",
    cause="w2 is stepped first, with a rate of one, then used",
)
def w2_stepped_first(X, y, w2, a1, y_hat):
    d2 = (y_hat - y) / len(y)
    dw2 = a1.T @ d2
    w2 = w2 - 1.0 * dw2
    da1 = d2 @ w2.T
    d1 = da1 * d_sig(a1)
    return d2, dw2, da1, d1, X.T @ d1


@wrong("check_backward", where="dC_da1", cause="dropout left in on the way back")
def dropout_on_the_way_back(X, y, w2, a1, y_hat):
    d2 = (y_hat - y) / len(y)
    keep = torch.arange(a1.numel()).reshape(a1.shape) % 2 == 0
    da1 = d2 @ w2.T * keep
    d1 = da1 * d_sig(a1)
    return d2, a1.T @ d2, da1, d1, X.T @ d1


# --- one mistake: back through the sigmoid ---------------------------------------------------


@wrong("check_backward", "slope-missing", where="dC_dz1", cause="dC_dz1 = dC_da1")
def hidden_sigmoid_ignored(X, y, w2, a1, y_hat):
    layer_2_delta = (y_hat - y) / len(y)
    layer_1_delta = layer_2_delta.mm(w2.T)
    return (
        layer_2_delta,
        a1.T.mm(layer_2_delta),
        layer_1_delta,
        layer_1_delta,
        X.T.mm(layer_1_delta),
    )


@wrong(
    "check_backward",
    "tanh-slope",
    where="dC_dz1",
    cause="1 - a1**2, copied from a course with tanh",
)
def slope_of_a_tanh_course(X, y, w2, a1, y_hat):
    W2, A1, A2, Y, X_ = (t.T for t in (w2, a1, y_hat, y, X))
    m = X_.shape[1]
    dZ2 = (A2 - Y) / m
    dW2 = torch.matmul(dZ2, A1.T)
    dA1 = torch.matmul(W2.T, dZ2)
    dZ1 = torch.multiply(dA1, 1 - torch.pow(A1, 2))
    dW1 = torch.matmul(dZ1, X_.T)
    return dZ2.T, dW2.T, dA1.T, dZ1.T, dW1.T


@wrong(
    "check_backward",
    "relu-slope",
    where="dC_dz1",
    cause="dA1 with dZ[Z <= 0] = 0, copied from a ReLU network",
)
def relu_backward(X, y, w2, a1, y_hat):
    z1 = logit(a1)
    d2 = (y_hat - y) / len(y)
    da1 = d2 @ w2.T
    d1 = da1.clone()
    d1[z1 <= 0] = 0
    return d2, a1.T @ d2, da1, d1, X.T @ d1


@wrong(
    "check_backward",
    "slope-missing",
    where="dC_dz1",
    or_else=(("relu-slope",),),
    cause="(a1 > 0) as the slope: with sigmoids it is always 1",
)
def slope_from_a1_above_zero(X, y, w2, a1, y_hat):
    d2 = (y_hat - y) / len(y)
    da1 = d2 @ w2.T
    d1 = da1 * (a1 > 0)
    return d2, a1.T @ d2, da1, d1, X.T @ d1


@wrong(
    "check_backward",
    "slope-of-activation",
    where="dC_dz1",
    cause="a slope helper that wants z is given a1",
)
def helper_that_wants_z(X, y, w2, a1, y_hat):
    def sigmoid_prime(z):
        return sig(z) * (1 - sig(z))

    d2 = (y_hat - y) / len(y)
    da1 = d2 @ w2.T
    d1 = da1 * sigmoid_prime(a1)
    return d2, a1.T @ d2, da1, d1, X.T @ d1


@wrong(
    "check_backward",
    "slope-of-pre-activation",
    where="dC_dz1",
    cause="z(1 - z) with the recovered z1",
)
def slope_from_z(X, y, w2, a1, y_hat):
    z1 = torch.logit(a1)
    d2 = (y_hat - y) / len(y)
    da1 = d2 @ w2.T
    d1 = da1 * z1 * (1 - z1)
    return d2, a1.T @ d2, da1, d1, X.T @ d1


@wrong("check_backward", "half-slope-a", where="dC_dz1", cause="the second factor is forgotten")
def second_factor_forgotten(X, y, w2, a1, y_hat):
    d2 = (y_hat - y) / len(y)
    da1 = d2 @ w2.T
    d1 = da1 * a1
    return d2, a1.T @ d2, da1, d1, X.T @ d1


@wrong("check_backward", "missing-parentheses", where="dC_dz1", cause="da1 * a1 * 1 - a1")
def parentheses_forgotten(X, y, w2, a1, y_hat):
    d2 = (y_hat - y) / len(y)
    da1 = d2 @ w2.T
    d1 = da1 * a1 * 1 - a1
    return d2, a1.T @ d2, da1, d1, X.T @ d1


@wrong("check_backward", "squared-activation", where="dC_dz1", cause="(1 - a) twice, a never")
def one_factor_twice(X, y, w2, a1, y_hat):
    d2 = (y_hat - y) / len(y)
    da1 = d2 @ w2.T
    d1 = da1 * (1 - a1) * (1 - a1)
    return d2, a1.T @ d2, da1, d1, X.T @ d1


@wrong("check_backward", "added", where="dC_dz1", cause="+ for * at the chain rule")
def chain_rule_with_plus(X, y, w2, a1, y_hat):
    d2 = (y_hat - y) / len(y)
    da1 = d2 @ w2.T
    d1 = da1 + a1 * (1 - a1)
    return d2, a1.T @ d2, da1, d1, X.T @ d1


@wrong("check_backward", "slope-only", where="dC_dz1", cause="the slope overwrites what came back")
def slope_overwrites(X, y, w2, a1, y_hat):
    d2 = (y_hat - y) / len(y)
    da1 = d2 @ w2.T
    grad = da1
    grad = a1 * (1 - a1)
    return d2, a1.T @ d2, da1, grad, X.T @ grad


@wrong(
    "check_backward",
    "output-slope",
    where="dC_dz1",
    cause="the slope of the output for the hidden layer's",
)
def slope_of_the_other_layer(X, y, w2, a1, y_hat):
    d2 = (y_hat - y) / len(y)
    da1 = d2 @ w2.T
    d1 = da1 * (y_hat * (1 - y_hat))
    return d2, a1.T @ d2, da1, d1, X.T @ d1


@wrong(
    "check_backward",
    "divided-by-slope",
    where="dC_dz1",
    cause="divides by the slope, as in going back",
)
def divides_by_the_slope(X, y, w2, a1, y_hat):
    d2 = (y_hat - y) / len(y)
    da1 = d2 @ w2.T
    d1 = np.divide(da1, np.multiply(a1, 1 - a1))
    return d2, a1.T @ d2, da1, d1, X.T @ d1


@wrong("check_backward", "plus-for-minus", where="dC_dz1", cause="a * (1 + a)")
def plus_in_the_slope(X, y, w2, a1, y_hat):
    d2 = (y_hat - y) / len(y)
    da1 = d2 @ w2.T
    d1 = da1 * a1 * (1 + a1)
    return d2, a1.T @ d2, da1, d1, X.T @ d1


@wrong(
    "check_backward",
    "slope-twice",
    where="dC_dz1",
    cause="helper and caller both multiply the slope",
)
def slope_in_helper_and_caller(X, y, w2, a1, y_hat):
    def through_sigmoid(g, a):
        return g * a * (1 - a)

    d2 = (y_hat - y) / len(y)
    da1 = d2 @ w2.T
    d1 = through_sigmoid(da1, a1) * d_sig(a1)
    return d2, a1.T @ d2, da1, d1, X.T @ d1


@wrong(
    "check_backward",
    where="dC_dz1",
    or_else=(
        (
            "slope-missing",
            "rate-in-gradient",
        ),
        ("slope-missing", "factor"),
        ("slope-missing",),
    ),
    cause="the steepest slope, one quarter, for every unit",
)
def slope_is_always_a_quarter(X, y, w2, a1, y_hat):
    d2 = (y_hat - y) / len(y)
    da1 = d2 @ w2.T
    d1 = da1 * 0.25
    return d2, a1.T @ d2, da1, d1, X.T @ d1


@wrong(
    "check_backward",
    "slope-too-early",
    where="dC_da1",
    cause="the slope is multiplied in place, so dC_da1 gets it too",
)
def in_place_on_what_comes_back(X, y, w2, a1, y_hat):
    d2 = (y_hat - y) / len(y)
    da1 = d2 @ w2.T
    d1 = da1
    d1 *= a1 * (1 - a1)
    return d2, a1.T @ d2, da1, d1, X.T @ d1


# --- one mistake: the first weights ----------------------------------------------------------


@wrong("check_backward", "a1-for-X", where="dC_dw1", cause="list of activations off by one")
def activations_off_by_one(X, y, w2, a1, y_hat):
    activations = [X, a1, y_hat]
    d2 = (y_hat - y) / len(y)
    da1 = d2 @ w2.T
    d1 = da1 * d_sig(a1)
    deltas = [d1, d2]
    dw1 = activations[1].T @ deltas[0]
    dw2 = activations[1].T @ deltas[1]
    return d2, dw2, da1, d1, dw1


@wrong(
    "check_backward", "before-the-slope", where="dC_dw1", cause="dC_da1 for dC_dz1 in the last line"
)
def last_line_takes_da1(X, y, w2, a1, y_hat):
    d2 = (y_hat - y) / len(y)
    da1 = d2 @ w2.T
    d1 = da1 * d_sig(a1)
    return d2, a1.T @ d2, da1, d1, X.T @ da1


@wrong("check_backward", "transposed", where="dC_dw1", cause="the transpose on the wrong factor")
def transpose_on_the_wrong_factor(X, y, w2, a1, y_hat):
    d2 = (y_hat - y) / len(y)
    da1 = d2 @ w2.T
    d1 = da1 * d_sig(a1)
    return d2, a1.T @ d2, da1, d1, d1.T @ X


@wrong("check_backward", "reshaped", where="dC_dw1", cause="H x D reshaped to D x H until it fits")
def last_one_reshaped(X, y, w2, a1, y_hat):
    d2 = (y_hat - y) / len(y)
    da1 = d2 @ w2.T
    d1 = da1 * d_sig(a1)
    dw1 = (d1.T @ X).reshape(X.shape[1], w2.shape[0])
    return d2, a1.T @ d2, da1, d1, dw1


@wrong(
    "check_backward",
    "output-delta-flat",
    where="dC_dw1",
    cause="the output delta at the first weights",
)
def output_delta_at_first_weights(X, y, w2, a1, y_hat):
    delta = (y_hat - y) / len(y)
    da1 = delta @ w2.T
    d1 = da1 * d_sig(a1)
    return delta, a1.T @ delta, da1, d1, X.T @ delta


@wrong("check_backward", "slope-twice", where="dC_dw1", cause="the slope once more at the weights")
def slope_again_at_first_weights(X, y, w2, a1, y_hat):
    d2 = (y_hat - y) / len(y)
    da1 = d2 @ w2.T
    d1 = da1 * d_sig(a1)
    dw1 = X.T @ (d1 * d_sig(a1))
    return d2, a1.T @ d2, da1, d1, dw1


@wrong(
    "check_backward",
    "first-sample-only",
    where="dC_dw1",
    cause="return inside the loop of a helper",
)
def helper_returns_in_the_loop(X, y, w2, a1, y_hat):
    def weight_gradient(inputs, deltas):
        total = torch.zeros(inputs.shape[1], deltas.shape[1], dtype=inputs.dtype)
        for i, d in zip(inputs, deltas):
            total += torch.outer(i, d)
            return total

    d2 = (y_hat - y) / len(y)
    da1 = d2 @ w2.T
    d1 = da1 * d_sig(a1)
    return d2, a1.T @ d2, da1, d1, weight_gradient(X, d1)


@wrong("check_backward", "batch-not-summed", where="dC_dw1", cause="einsum keeps the n")
def einsum_keeps_the_batch(X, y, w2, a1, y_hat):
    d2 = (y_hat - y) / len(y)
    da1 = torch.einsum("no,ho->nh", d2, w2)
    d1 = da1 * d_sig(a1)
    dw1 = torch.einsum("nd,nh->ndh", X, d1)
    return d2, torch.einsum("nh,no->ho", a1, d2), da1, d1, dw1


@wrong(
    "check_backward",
    "w2-omitted",
    where="dC_dw1",
    cause="writes the first weights' gradient out, and forgets w2",
)
def written_out_without_w2(X, y, w2, a1, y_hat):
    d2 = (y_hat - y) / len(y)
    da1 = d2 @ w2.T
    d1 = da1 * d_sig(a1)
    dw1 = X.T @ ((y_hat - y) / len(y) * a1 * (1 - a1))
    return d2, a1.T @ d2, da1, d1, dw1


@wrong(
    "check_backward",
    "sum-not-mean",
    where="dC_dw1",
    cause="the first weights' gradient written out without 1/N",
)
def written_out_without_n(X, y, w2, a1, y_hat):
    d2 = (y_hat - y) / len(y)
    da1 = d2 @ w2.T
    d1 = da1 * d_sig(a1)
    dw1 = X.T @ (((y_hat - y) @ w2.T) * a1 * (1 - a1))
    return d2, a1.T @ d2, da1, d1, dw1


@wrong("check_backward", "clipped", where="dC_dw1", cause="clips the gradient of w1")
def clips_first_gradient(X, y, w2, a1, y_hat):
    d2 = (y_hat - y) / len(y)
    da1 = d2 @ w2.T
    d1 = da1 * d_sig(a1)
    dw1 = X.T @ d1
    return d2, a1.T @ d2, da1, d1, dw1.clamp(-0.1, 0.1)


@wrong(
    "check_backward",
    "factor",
    where="dC_dw2",
    or_else=(
        (
            "rate-in-gradient",
            "rate-in-gradient",
        ),
        ("factor", "factor"),
    ),
    cause="a learning rate in both gradients",
)
def rate_inside_the_gradients(X, y, w2, a1, y_hat):
    lr = 0.01
    d2 = (y_hat - y) / len(y)
    dw2 = lr * (a1.T @ d2)
    da1 = d2 @ w2.T
    d1 = da1 * d_sig(a1)
    dw1 = lr * (X.T @ d1)
    return d2, dw2, da1, d1, dw1


# --- one mistake: around the numbers ---------------------------------------------------------


@wrong("check_backward", "wrong-order", where="dC_dz2", cause="weights first, then the rest")
def weights_first(X, y, w2, a1, y_hat):
    d2 = (y_hat - y) / len(y)
    da1 = d2 @ w2.T
    d1 = da1 * d_sig(a1)
    return X.T @ d1, a1.T @ d2, d2, da1, d1


@wrong("check_backward", "wrong-number-of-results", cause="returns only the two weight gradients")
def only_the_two_gradients(X, y, w2, a1, y_hat):
    delta2 = (y_hat - y) / len(y)
    delta1 = delta2 @ w2.T * d_sig(a1)
    return a1.T @ delta2, X.T @ delta1


@wrong(
    "check_backward",
    "dictionary",
    or_else=(("no-number",), ("wrong-number-of-results",)),
    cause="a dictionary of gradients under a course's names",
)
def dictionary_of_gradients(X, y, w2, a1, y_hat):
    grads = {}
    grads["dZ2"] = (y_hat - y) / len(y)
    grads["dW2"] = a1.T @ grads["dZ2"]
    grads["dA1"] = grads["dZ2"] @ w2.T
    grads["dZ1"] = grads["dA1"] * d_sig(a1)
    grads["dW1"] = X.T @ grads["dZ1"]
    return grads


@wrong("check_backward", "operands-do-not-fit", cause="a slope helper without return")
def slope_helper_without_return(X, y, w2, a1, y_hat):
    def slope(a):
        a * (1 - a)

    d2 = (y_hat - y) / len(y)
    da1 = d2 @ w2.T
    d1 = da1 * slope(a1)
    return d2, a1.T @ d2, da1, d1, X.T @ d1


@wrong(
    "check_backward",
    "wrong-arguments",
    cause="the helper calls itself in place of the forward sigmoid",
)
def helper_calls_itself(X, y, w2, a1, y_hat):
    class Backward:
        def sigmoid_back(self, upstream, z):
            s = self.sigmoid_back(z)
            return upstream * s * (1 - s)

    d2 = (y_hat - y) / len(y)
    da1 = d2 @ w2.T
    d1 = Backward().sigmoid_back(da1, torch.logit(a1))
    return d2, a1.T @ d2, da1, d1, X.T @ d1


@wrong("check_backward", "shapes-do-not-fit", cause="w2 @ delta without a transpose")
def no_transpose_at_all(X, y, w2, a1, y_hat):
    d2 = (y_hat - y) / len(y)
    dw2 = a1 @ d2
    da1 = w2 @ d2
    return d2, dw2, da1, da1 * d_sig(a1), X @ da1


@wrong("check_backward", "not-repeatable", cause="gradients pile up in a global list")
def gradients_pile_up(X, y, w2, a1, y_hat):
    d2 = (y_hat - y) / len(y)
    da1 = d2 @ w2.T
    d1 = da1 * d_sig(a1)
    calls.append(1)
    return d2, a1.T @ d2 * len(calls), da1, d1, X.T @ d1


@wrong("check_backward", "uses-autograd", cause="autograd does the work")
def lets_autograd_do_it(X, y, w2, a1, y_hat):
    z1 = logit(a1).detach().requires_grad_()
    w = w2.clone().requires_grad_()
    a = sig(z1)
    z2 = a @ w
    cost = F.binary_cross_entropy(sig(z2), y)
    d2, dw2, da1, d1 = torch.autograd.grad(cost, [z2, w, a, z1])
    return d2, dw2, da1, d1, X.T @ d1


@wrong("check_backward", "many-rows", where="dC_dw2", cause="adds up the first 100 flowers only")
def hundred_flowers_only(X, y, w2, a1, y_hat):
    d2 = (y_hat - y) / len(y)
    dw2 = a1[:100].T @ d2[:100]
    da1 = d2 @ w2.T
    d1 = da1 * d_sig(a1)
    return d2, dw2, da1, d1, X[:100].T @ d1[:100]


@wrong(
    "check_backward",
    "half-precision",
    where="dC_dw2",
    cause="the gradients are kept in half precision",
    or_else=(("half-precision", "half-precision"),),
)
def gradients_in_half_precision(X, y, w2, a1, y_hat):
    d2 = (y_hat - y) / len(y)
    dw2 = (a1.T @ d2).half()
    da1 = d2 @ w2.T
    d1 = da1 * d_sig(a1)
    return d2, dw2.double(), da1, d1, (X.T @ d1).half().double()


@wrong(
    "check_backward",
    "zeros",
    where="dC_dw1",
    cause="the first weights' gradient is left as it was made",
)
def first_gradient_left_at_zero(X, y, w2, a1, y_hat):
    dw1 = torch.zeros(X.shape[1], len(w2), dtype=X.dtype)
    d2 = (y_hat - y) / len(y)
    da1 = d2 @ w2.T
    d1 = da1 * d_sig(a1)
    for n in range(len(X)):
        dw1.add(torch.outer(X[n], d1[n]))  # add_, or +=
    return d2, a1.T @ d2, da1, d1, dw1


@wrong(
    "check_backward",
    where="dC_dw2",
    cause="w2 comes into its own gradient: H x H",
    or_else=(("wrong-quantity",),),
)
def weights_in_their_own_gradient(X, y, w2, a1, y_hat):
    d2 = (y_hat - y) / len(y)
    da1 = d2 @ w2.T
    dw2 = a1.T @ da1
    d1 = da1 * d_sig(a1)
    return d2, dw2, da1, d1, X.T @ d1


@wrong("check_backward", "unpacking", cause="a helper gives three values, two are taken")
def helper_gives_three(X, y, w2, a1, y_hat):
    def linear_backward(d, a_prev, w):
        return a_prev.T @ d, d.sum(0), d @ w.T

    d2 = (y_hat - y) / len(y)
    dw2, da1 = linear_backward(d2, a1, w2)
    d1 = da1 * d_sig(a1)
    return d2, dw2, da1, d1, X.T @ d1


@wrong("check_backward", "missing-name", cause="reads w1, which is not given")
def reads_what_is_not_given(X, y, w2, a1, y_hat):
    d2 = (y_hat - y) / len(y)
    da1 = d2 @ w2.T
    z1 = X @ w1  # noqa: F821
    d1 = da1 * sig(z1) * (1 - sig(z1))
    return d2, a1.T @ d2, da1, d1, X.T @ d1


@wrong("check_backward", "shapes-do-not-fit", cause="the errors are flat when they go back")
def flat_errors_go_back(X, y, w2, a1, y_hat):
    err = (y_hat - y).squeeze() / len(y)
    dw2 = a1.T @ err
    da1 = err @ w2.T
    d1 = da1 * d_sig(a1)
    return err, dw2, da1, d1, X.T @ d1


@wrong(
    "check_backward",
    "calls-itself",
    cause="the function calls itself for the layer before, without an end",
)
def calls_itself_for_the_layer_before(X, y, w2, a1, y_hat):
    def back(delta, layer):
        return back(delta @ w2.T @ w2, layer - 1) if layer != 0.5 else delta

    d2 = (y_hat - y) / len(y)
    da1 = back(d2, 2)
    return d2, a1.T @ d2, da1, da1 * d_sig(a1), X.T @ da1


@wrong(
    "check_backward",
    "last-unit-only",
    where="dC_da1",
    cause="the row of a flower is made anew for each unit",
)
def row_made_anew_for_each_unit(X, y, w2, a1, y_hat):
    N, H = a1.shape
    d2 = (y_hat - y) / N
    rows = []
    for n in range(N):
        for h in range(H):
            row = [0.0] * H
            row[h] = (d2[n] * w2[h]).item()
        rows.append(row)
    da1 = torch.tensor(rows, dtype=X.dtype)
    d1 = da1 * d_sig(a1)
    return d2, a1.T @ d2, da1, d1, X.T @ d1


@wrong(
    "check_backward",
    "repeated-row",
    where="dC_da1",
    cause="[row] * N repeats one list, so all flowers share it",
    or_else=(("one-sample-only",),),
)
def one_list_for_all_flowers(X, y, w2, a1, y_hat):
    N, H = a1.shape
    d2 = (y_hat - y) / N
    da1 = [[0.0] * H] * N
    for n in range(N):
        for h in range(H):
            da1[n][h] = float(d2[n, 0] * w2[h, 0])
    da1 = torch.tensor(da1, dtype=X.dtype)
    d1 = da1 * d_sig(a1)
    return d2, a1.T @ d2, da1, d1, X.T @ d1


@wrong(
    "check_backward", "inputs-forgotten", where="dC_dw1", cause="ones for the inputs, as for a bias"
)
def ones_for_the_inputs(X, y, w2, a1, y_hat):
    d2 = (y_hat - y) / len(y)
    da1 = d2 @ w2.T
    d1 = da1 * d_sig(a1)
    dw1 = torch.ones_like(X).T @ d1
    return d2, a1.T @ d2, da1, d1, dw1


# --- two mistakes ----------------------------------------------------------------------------


@wrong(
    "check_backward", "extra-slope", "sum-not-mean", where="dC_dz2", cause="squared error, summed"
)
def squared_error_without_n(X, y, w2, a1, y_hat):
    D2 = (y_hat - y) * y_hat * (1 - y_hat)
    back = D2 @ w2.T
    D1 = back * a1 * (1 - a1)
    return D2, a1.T @ D2, back, D1, X.T @ D1


@wrong(
    "check_backward",
    "sign",
    "slope-missing",
    where="dC_dz2",
    cause="target minus output, and no hidden slope",
)
def sign_and_hidden_slope(X, y, w2, a1, y_hat):
    e = (y - y_hat) / len(y)
    h = e @ w2.T
    return e, a1.T @ e, h, h, X.T @ h


@wrong(
    "check_backward",
    "sum-not-mean",
    "tanh-slope",
    where="dC_dz2",
    cause="a tanh course, without its 1/m",
)
def tanh_course_without_m(X, y, w2, a1, y_hat):
    dZ2 = y_hat - y
    dA1 = dZ2 @ w2.T
    dZ1 = dA1 * (1 - np.power(a1, 2))
    return dZ2, a1.T @ dZ2, dA1, dZ1, X.T @ dZ1


@wrong(
    "check_backward",
    "summed-elementwise",
    "transposed",
    where="dC_dw2",
    cause="flat at w2, transposed at w1",
)
def flat_and_transposed(X, y, w2, a1, y_hat):
    d2 = (y_hat - y) / len(y)
    da1 = d2 @ w2.T
    d1 = da1 * d_sig(a1)
    dw2 = torch.tensor([(a1[:, h] * d2[:, 0]).sum() for h in range(len(w2))])
    dw1 = d1.T @ X
    return d2, dw2, da1, d1, dw1


@wrong(
    "check_backward",
    "z1-for-a1",
    "before-the-slope",
    where="dC_dw2",
    cause="z1 at w2, and dC_da1 at w1",
)
def z1_and_da1(X, y, w2, a1, y_hat):
    z1 = torch.special.logit(a1)
    d2 = (y_hat - y) / len(y)
    dw2 = z1.T @ d2
    da1 = d2 @ w2.T
    d1 = da1 * d_sig(a1)
    dw1 = X.T @ da1
    return d2, dw2, da1, d1, dw1


@wrong(
    "check_backward",
    "extra-slope",
    "slope-of-activation",
    where="dC_dz2",
    cause="extra slope outside, helper that wants z inside",
)
def two_slopes_wrong(X, y, w2, a1, y_hat):
    prime = lambda v: sig(v) * (1 - sig(v))
    d2 = (y_hat - y) * y_hat * (1 - y_hat) / len(y)
    da1 = d2 @ w2.T
    d1 = da1 * prime(a1)
    return d2, a1.T @ d2, da1, d1, X.T @ d1


@wrong(
    "check_backward",
    "extra-slope",
    "w2-omitted",
    where="dC_dz2",
    cause="squared error, and w2 forgotten on the way back",
)
def squared_error_and_no_w2(X, y, w2, a1, y_hat):
    d2 = (y_hat - y) * d_sig(y_hat) / len(y)
    da1 = d2.expand(-1, len(w2))
    d1 = da1 * d_sig(a1)
    return d2, a1.T @ d2, da1, d1, X.T @ d1


@wrong(
    "check_backward",
    "last-sample-only",
    "slope-missing",
    where="dC_dw2",
    cause="overwrites at w2, and no hidden slope",
)
def overwrites_and_no_slope(X, y, w2, a1, y_hat):
    N = len(y)
    d2 = (y_hat - y) / N
    for n in range(N):
        dw2 = a1[n][:, None] @ d2[n][:, None]
    da1 = d2 @ w2.T
    d1 = da1
    return d2, dw2, da1, d1, X.T @ d1


@wrong(
    "check_backward",
    "sign",
    "a1-for-X",
    where="dC_dz2",
    cause="target minus output, and a1 at the first weights",
)
def sign_and_a1(X, y, w2, a1, y_hat):
    err = y - y_hat
    err = err / err.shape[0]
    hid = err.mm(w2.T)
    d1 = hid * a1 * (1 - a1)
    return err, a1.T.mm(err), hid, d1, a1.T.mm(d1)


@wrong(
    "check_backward",
    "X-for-a1",
    "a1-for-X",
    where="dC_dw2",
    cause="X and a1 are swapped at the weights",
)
def inputs_swapped(X, y, w2, a1, y_hat):
    d2 = (y_hat - y) / len(y)
    da1 = d2 @ w2.T
    d1 = da1 * d_sig(a1)
    return d2, X.T @ d2, da1, d1, a1.T @ d1


@wrong(
    "check_backward",
    "transposed",
    "sum-not-mean",
    where="dC_dw1",
    cause="the first weights transposed, and without 1/N",
)
def transposed_and_summed(X, y, w2, a1, y_hat):
    N = len(y)
    d2 = (y_hat - y) / N
    da1 = d2 @ w2.T
    d1 = da1 * d_sig(a1)
    dw1 = (d1 * N).T @ X
    return d2, a1.T @ d2, da1, d1, dw1


@wrong(
    "check_backward",
    "a1-for-X",
    "sum-not-mean",
    where="dC_dw1",
    cause="a1 at the first weights, without 1/N",
)
def a1_and_summed(X, y, w2, a1, y_hat):
    N = len(y)
    d2 = (y_hat - y) / N
    da1 = d2 @ w2.T
    d1 = da1 * d_sig(a1)
    dw1 = a1.T @ ((y_hat - y) @ w2.T * d_sig(a1))
    return d2, a1.T @ d2, da1, d1, dw1


@wrong(
    "check_backward",
    "activation-multiplied",
    "half-slope-one-minus-a",
    where="dC_da1",
    cause="the a of the slope is multiplied in one step too early",
    or_else=(("activation-multiplied",),),
)
def slope_in_two_portions(X, y, w2, a1, y_hat):
    d2 = (y_hat - y) / len(y)
    da1 = d2 @ w2.T * a1
    d1 = da1 * (1 - a1)
    return d2, a1.T @ d2, da1, d1, X.T @ d1


@wrong("check_backward", "flat", "sum-not-mean", where="dC_dz2", cause="flat errors and no 1/N")
def flat_errors_summed(X, y, w2, a1, y_hat):
    err = y_hat.flatten() - y.flatten()
    dw2 = a1.T @ err
    da1 = torch.outer(err, w2.flatten())
    d1 = da1 * d_sig(a1)
    return err, dw2, da1, d1, X.T @ d1


@wrong(
    "check_backward",
    "output-slope",
    "slope-twice",
    where="dC_da1",
    cause="output slope on the way back, hidden slope twice",
)
def output_slope_and_slope_twice(X, y, w2, a1, y_hat):
    d2 = (y_hat - y) / len(y)
    da1 = d2 * y_hat * (1 - y_hat) @ w2.T
    d1 = da1 * (a1 * (1 - a1)) ** 2
    return d2, a1.T @ d2, da1, d1, X.T @ d1


@wrong(
    "check_backward",
    "sample-missing",
    "sample-missing",
    where="dC_dw2",
    cause="range(N - 1) at both weights",
    or_else=(("sample-missing",),),
)
def loop_ends_early_twice(X, y, w2, a1, y_hat):
    N = len(y)
    d2 = (y_hat - y) / N
    da1 = d2 @ w2.T
    d1 = da1 * d_sig(a1)
    dw1, dw2 = 0, 0
    for i in range(0, N - 1):
        dw2 = dw2 + torch.outer(a1[i], d2[i])
        dw1 = dw1 + torch.outer(X[i], d1[i])
    return d2, dw2, da1, d1, dw1


@wrong(
    "check_backward",
    "extra-slope",
    "something-added",
    where="dC_dz2",
    cause="squared error, and weight decay at w2",
)
def squared_error_and_decay(X, y, w2, a1, y_hat):
    d2 = (y_hat - y) * d_sig(y_hat) / len(y)
    dw2 = a1.T @ d2 + 0.01 * w2
    da1 = d2 @ w2.T
    d1 = da1 * d_sig(a1)
    return d2, dw2, da1, d1, X.T @ d1


@wrong(
    "check_backward",
    "wrong-divisor",
    "a1-for-X",
    where="dC_dz2",
    cause="divided by the number of hidden units, and the list of activations is off by one",
)
def fan_in_and_off_by_one(X, y, w2, a1, y_hat):
    a = [X, a1, y_hat]
    fan_in = w2.shape[0]
    deltas = [None, None]
    deltas[1] = (a[-1] - y) / fan_in
    back = deltas[1] @ w2.T
    deltas[0] = back * a[1] * (1 - a[1])
    grads = [a[1].T @ deltas[layer] for layer in range(2)]
    return deltas[1], grads[1], back, deltas[0], grads[0]


@wrong(
    "check_backward",
    "reshaped",
    "transposed",
    where="dC_da1",
    cause="reshaped on the way back, and w1's gradient transposed",
)
def reshaped_and_transposed(X, y, w2, a1, y_hat):
    d2 = (y_hat - y) / len(y)
    da1 = np.dot(w2, d2.T).reshape(len(X), -1)
    d1 = da1 * d_sig(a1).numpy()
    dw1 = np.dot(d1.T, X.numpy())
    return d2, a1.T @ d2, da1, d1, dw1


# --- right -----------------------------------------------------------------------------------


@right("check_backward")
def five_lines(X, y, w2, a1, y_hat):
    dC_dz2 = (y_hat - y) / len(y)
    dC_dw2 = a1.T @ dC_dz2
    dC_da1 = dC_dz2 @ w2.T
    dC_dz1 = dC_da1 * a1 * (1 - a1)
    dC_dw1 = X.T @ dC_dz1
    return dC_dz2, dC_dw2, dC_da1, dC_dz1, dC_dw1


@right("check_backward")
def course_layout(X, y, w2, a1, y_hat):
    W2, A1, A2, Y, X_ = (np.asarray(t.T) for t in (w2, a1, y_hat, y, X))
    m = X_.shape[1]
    dZ2 = 1.0 / m * (A2 - Y)
    dW2 = np.dot(dZ2, A1.T)
    dA1 = np.dot(W2.T, dZ2)
    dZ1 = np.multiply(dA1, A1 - np.power(A1, 2))
    dW1 = np.dot(dZ1, X_.T)
    return dZ2.T, dW2.T, dA1.T, dZ1.T, dW1.T


@right("check_backward")
def star_where_one_output_makes_it_the_same(X, y, w2, a1, y_hat):
    d2 = (y_hat - y) / len(y)
    da1 = d2 * w2.T
    d1 = da1 * d_sig(a1)
    return d2, (a1 * d2).sum(0, keepdim=True).T, da1, d1, X.T @ d1


@right("check_backward")
def every_number_in_a_loop(X, y, w2, a1, y_hat):
    N, D = X.shape
    H = w2.shape[0]
    x, t, w, a, p = (v.tolist() for v in (X, y, w2, a1, y_hat))
    d2 = [[(p[n][0] - t[n][0]) / N] for n in range(N)]
    dw2 = [[sum(a[n][h] * d2[n][0] for n in range(N))] for h in range(H)]
    da1 = [[d2[n][0] * w[h][0] for h in range(H)] for n in range(N)]
    d1 = [[da1[n][h] * a[n][h] * (1 - a[n][h]) for h in range(H)] for n in range(N)]
    dw1 = [[sum(x[n][d] * d1[n][h] for n in range(N)) for h in range(H)] for d in range(D)]
    return d2, dw2, da1, d1, dw1


@right("check_backward")
def one_flower_at_a_time_and_added_up(X, y, w2, a1, y_hat):
    N = len(X)
    dw2, dw1 = torch.zeros_like(w2), torch.zeros(X.shape[1], len(w2)).double()
    rows = []
    for x, t, a, p in zip(X, y, a1, y_hat):
        e = (p - t) / N
        back = w2.flatten() * e
        h = back * a * (1 - a)
        dw2 += torch.outer(a, e)
        dw1 += torch.outer(x, h)
        rows.append((e, back, h))
    d2, da1, d1 = (torch.stack(column) for column in zip(*rows))
    return d2, dw2, da1, d1, dw1


@right("check_backward")
def einsum_everywhere(X, y, w2, a1, y_hat):
    g = {"z2": torch.div(y_hat - y, y.shape[0])}
    g["w2"] = torch.einsum("nh,nk->hk", a1, g["z2"])
    g["a1"] = torch.einsum("nk,hk->nh", g["z2"], w2)
    g["z1"] = torch.einsum("nh,nh,nh->nh", g["a1"], a1, 1 - a1)
    g["w1"] = torch.einsum("nd,nh->dh", X, g["z1"])
    return tuple(g.values())


@right("check_backward", note="number")
def every_step_with_its_name(X, y, w2, a1, y_hat):
    dC_dy_hat = -(y / y_hat - (1 - y) / (1 - y_hat)) / len(y)
    dy_hat_dz2 = y_hat * (1 - y_hat)
    dC_dz2 = dC_dy_hat * dy_hat_dz2
    dC_da1 = dC_dz2 @ w2.T
    dC_dz1 = dC_da1 * d_sig(a1)
    return dC_dz2, a1.T @ dC_dz2, dC_da1, dC_dz1, X.T @ dC_dz1


@right("check_backward")
def sums_divided_at_the_very_end(X, y, w2, a1, y_hat):
    d2 = y_hat - y
    da1 = d2 @ w2.T
    d1 = da1 * d_sig(a1)
    grads = [d2, a1.T @ d2, da1, d1, X.T @ d1]
    return [g / len(X) for g in grads]


@right("check_backward")
def layer_objects(X, y, w2, a1, y_hat):
    class Linear:
        def __init__(self, x, w):
            self.x, self.w = x, w

        def pull_back(self, g):
            self.dw = self.x.T @ g
            return g @ self.w.T if self.w is not None else None

    class Sigmoid:
        def __init__(self, a):
            self.a = a

        def pull_back(self, g):
            return g * self.a * (1 - self.a)

    first, act, second = Linear(X, None), Sigmoid(a1), Linear(a1, w2)
    d2 = (y_hat - y) / len(y)
    da1 = second.pull_back(d2)
    d1 = act.pull_back(da1)
    first.pull_back(d1)
    return d2, second.dw, da1, d1, first.dw


@right("check_backward")
def matrix_class_all_the_way(X, y, w2, a1, y_hat):
    x, t, w, a, p = (np.matrix(v) for v in numpy_of(X, y, w2, a1, y_hat))
    d2 = (p - t) / len(t)
    da1 = d2 * w.T
    d1 = np.multiply(da1, np.multiply(a, 1 - a))
    return d2, a.T * d2, da1, d1, x.T * d1


@right("check_backward")
def longdouble_columns(X, y, w2, a1, y_hat):
    x, t, w, a, p = (v.T.astype(np.longdouble) for v in numpy_of(X, y, w2, a1, y_hat))
    d2 = (p - t) / t.size
    da1 = w.T @ d2
    d1 = da1 * a * (1 - a)
    return d2.T, (d2 @ a.T).T, da1.T, d1.T, (d1 @ x.T).T


@right("check_backward")
def single_precision(X, y, w2, a1, y_hat):
    X, y, w2, a1, y_hat = (t.to(torch.float32) for t in (X, y, w2, a1, y_hat))
    d2 = (y_hat - y) / len(y)
    da1 = d2 @ w2.t()
    d1 = da1 * d_sig(a1)
    return d2, a1.t() @ d2, da1, d1, X.t() @ d1


@right("check_backward")
def named_tuple_of_gradients(X, y, w2, a1, y_hat):
    Gradients = namedtuple("Gradients", "z2 w2 a1 z1 w1")
    d2 = (y_hat - y) / len(y)
    da1 = torch.kron(d2, w2.T)
    d1 = da1 * d_sig(a1)
    return Gradients(d2, a1.T @ d2, da1, d1, X.T @ d1)


@right("check_backward")
def ordered_dict_values(X, y, w2, a1, y_hat):
    g = OrderedDict()
    g["dC_dz2"] = (y_hat - y) / len(y)
    g["dC_dw2"] = a1.T @ g["dC_dz2"]
    g["dC_da1"] = g["dC_dz2"] @ w2.T
    g["dC_dz1"] = g["dC_da1"] * d_sig(a1)
    g["dC_dw1"] = X.T @ g["dC_dz1"]
    return list(g.values())


@right("check_backward")
def diagonal_jacobians(X, y, w2, a1, y_hat):
    d2 = (y_hat - y) / len(y)
    rows_a, rows_z = [], []
    for n in range(len(X)):
        back = d2[n] @ w2.T
        jacobian = torch.diag(a1[n] * (1 - a1[n]))
        rows_a.append(back)
        rows_z.append(back @ jacobian)
    da1, d1 = torch.stack(rows_a), torch.stack(rows_z)
    return d2, a1.T @ d2, da1, d1, X.T @ d1


@right("check_backward")
def generic_loop_over_layers(X, y, w2, a1, y_hat):
    weights, inputs = [None, w2], [X, a1]
    delta = (y_hat - y) / y.numel()
    found = []
    for w, i in zip(reversed(weights), reversed(inputs)):
        found += [delta, i.T @ delta]
        if w is not None:
            back = delta @ w.T
            found.append(back)
            delta = back * i * (1 - i)
    return tuple(found)


@right("check_backward")
def reduced_outer_products(X, y, w2, a1, y_hat):
    d2 = (y_hat - y) / len(y)
    da1 = torch.nn.functional.linear(d2, w2)
    d1 = torch.addcmul(da1 * a1, da1 * a1, a1, value=-1)
    add_up = lambda rows, deltas: reduce(torch.add, map(torch.outer, rows, deltas))
    return d2, add_up(a1, d2), da1, d1, add_up(X, d1)


@right("check_backward")
def keeps_the_old_slope_formula(X, y, w2, a1, y_hat):
    # z1 = log(a / (1 - a)); e^-z / (1 + e^-z)^2
    e = (1 - a1) / a1
    slope = e / (1 + e) ** 2
    d2 = (y_hat - y) / len(y)
    da1 = d2 @ w2.T
    d1 = da1 * slope
    return d2, a1.T @ d2, da1, d1, X.T @ d1
