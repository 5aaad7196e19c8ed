"""Mistakes that few make: one function each, so that no record stands without one."""

import numpy as np
import torch

from .bank import wrong


@wrong(
    "check_backward",
    "weights-multiplied",
    where="dC_dw2",
    cause="the product rule is remembered, and w2 multiplied in",
)
def product_rule_for_the_output_weights(X, y, w2, a1, y_hat):
    n = X.shape[0]
    d2 = (y_hat - y) / n
    grad_w2 = w2 * a1.T.mm(d2)
    back = d2.mm(w2.T)
    d1 = back * a1 * (1 - a1)
    return d2, grad_w2, back, d1, X.T.mm(d1)


@wrong("check_backward", "weights-squared", where="dC_da1", cause="w2 is squared on the way back")
def squares_the_weights(X, y, w2, a1, y_hat):
    delta2 = (y_hat - y) / len(X)
    back = torch.matmul(delta2, torch.square(w2).T)
    delta1 = back * (a1 - a1 * a1)
    return delta2, torch.matmul(a1.T, delta2), back, delta1, torch.matmul(X.T, delta1)


@wrong("check_backward", "absolute-weights", where="dC_da1", cause="blame as a share: sizes only")
def blames_by_the_size_of_a_weight(X, y, w2, a1, y_hat):
    delta2 = (y_hat - y) / len(X)
    share = torch.abs(w2)
    back = delta2 @ share.T
    delta1 = back * a1 * (1 - a1)
    return delta2, a1.T @ delta2, back, delta1, X.T @ delta1


@wrong("check_backward", "softened-weights", where="dC_da1", cause="a sigmoid wherever there is w2")
def a_sigmoid_of_the_weights(X, y, w2, a1, y_hat):
    s = torch.sigmoid
    delta2 = (y_hat - y) / len(X)
    back = delta2 @ s(w2).T
    delta1 = back * a1 * (1 - a1)
    return delta2, a1.T @ delta2, back, delta1, X.T @ delta1


@wrong(
    "check_backward",
    "delta-forgotten",
    where="dC_da1",
    cause="the local derivative alone, and not the chain",
)
def only_the_local_derivative(X, y, w2, a1, y_hat):
    delta2 = (y_hat - y) / len(X)
    dz2_da1 = w2.T.repeat(len(X), 1)
    delta1 = dz2_da1 * a1 * (1 - a1)
    return delta2, a1.T @ delta2, dz2_da1, delta1, X.T @ delta1


@wrong("check_backward", "half-reapplied", where="dC_dz1", cause="one a1 taken for z1")
def half_of_the_slope_from_a(X, y, w2, a1, y_hat):
    delta2 = (y_hat - y) / len(X)
    back = delta2 @ w2.T
    delta1 = back * torch.sigmoid(a1) * (1 - a1)
    return delta2, a1.T @ delta2, back, delta1, X.T @ delta1


@wrong("check_backward", "z1-for-X", where="dC_dw1", cause="z1 is recomputed and used for X")
def the_logit_in_place_of_the_inputs(X, y, w2, a1, y_hat):
    z1 = torch.log(a1 / (1 - a1))
    delta2 = (y_hat - y) / len(X)
    back = delta2 @ w2.T
    delta1 = back * a1 * (1 - a1)
    return delta2, a1.T @ delta2, back, delta1, z1.T @ delta1


@wrong(
    "check_backward",
    "output-delta-for-hidden",
    where="dC_dw1",
    cause="delta 2 for delta 1, repeated until its shape fits",
)
def the_other_delta_in_every_column(X, y, w2, a1, y_hat):
    delta2 = (y_hat - y) / len(X)
    back = delta2 @ w2.T
    delta1 = back * a1 * (1 - a1)
    grad_w1 = (X.T @ delta2).repeat(1, a1.shape[1])
    return delta2, a1.T @ delta2, back, delta1, grad_w1


@wrong(
    "check_backward",
    "matmul-for-elementwise",
    where="dC_dz1",
    cause="@ for *, with a .T until it runs",
)
def a_matrix_product_with_the_slope(X, y, w2, a1, y_hat):
    delta2 = (y_hat - y) / len(X)
    back = delta2 @ w2.T
    slope = a1 * (1 - a1)
    delta1 = back @ slope.T
    return delta2, a1.T @ delta2, back, delta1, X.T @ delta1


@wrong("check_binary_cross_entropy", "squared-logarithm", where="cost", cause="squares, from MSE")
def squares_the_logarithms(y_hat, y):
    p = np.where(np.asarray(y) == 1, np.asarray(y_hat), 1 - np.asarray(y_hat))
    return np.mean(np.log(p) ** 2)


@wrong("check_output_delta", "slope-of-gradient", where="dC_dz2", cause="sigma' of the gradient")
def the_slope_at_the_gradient(y_hat, y):
    dC_dy_hat = (y_hat - y) / (y_hat * (1 - y_hat)) / len(y)
    s = 1 / (1 + torch.exp(-dC_dy_hat))
    return s * (1 - s)


@wrong("check_output_delta", "slope-of-pre-activation", where="dC_dz2", cause="z(1 - z) for a")
def the_slope_from_z2(y_hat, y):
    z2 = torch.log(y_hat) - torch.log(1 - y_hat)
    return (y_hat - y) / len(y) * z2 * (1 - z2)
