"""check_forward(X, w1, w2) -> z1, a1, z2, y_hat."""
# ruff: noqa: B905, E731, F841

import math
from collections import namedtuple
from dataclasses import astuple, dataclass

import numpy as np
import torch
import torch.nn.functional as F
from scipy.special import expit
from torch import nn

from .bank import right, wrong


def sig(z):
    return 1 / (1 + torch.exp(-z))


def np_sig(z):
    return 1.0 / (1.0 + np.exp(-z))


# --- one mistake -----------------------------------------------------------------------------


@wrong("check_forward", "activation-missing", where="a1", cause="no sigmoid in the hidden layer")
def linear_hidden_layer(X, w1, w2):
    hidden = torch.mm(X, w1)
    out = torch.mm(hidden, w2)
    return hidden, hidden, out, sig(out)


@wrong(
    "check_forward",
    "activation-missing",
    where="y_hat",
    cause="the last sigmoid is left to the cost, as with from_logits=True",
)
def logits_are_returned(X, w1, w2):
    z1 = X @ w1
    a1 = z1.sigmoid()
    logits = a1 @ w2
    return z1, a1, logits, logits


@wrong(
    "check_forward", "activation-too-early", where="z1", cause="the layer activates what it sums"
)
def dense_with_activation_built_in(X, w1, w2):
    def dense(x, w):
        return torch.sigmoid(x @ w)

    z1 = dense(X, w1)
    a1 = z1
    z2 = a1 @ w2
    return z1, a1, z2, sig(z2)


@wrong(
    "check_forward",
    "activation-too-early",
    "activation-too-early",
    where="z1",
    cause="z is overwritten by its own activation in both layers",
)
def one_name_for_z_and_a(X, w1, w2):
    steps = []
    layer = X
    for w in [w1, w2]:
        layer = layer @ w
        layer = 1 / (1 + (-layer).exp())
        steps.append(layer)
        steps.append(layer)
    return tuple(steps)


@wrong("check_forward", "relu", where="a1", cause="ReLU in the hidden layer, from habit")
def relu_from_habit(X, w1, w2):
    z1 = X @ w1
    a1 = F.relu(z1)
    z2 = a1 @ w2
    return z1, a1, z2, torch.sigmoid(z2)


@wrong("check_forward", "tanh", where="a1", cause="tanh hidden units, as in the planar data course")
def planar_data_course(X, w1, w2):
    W1, W2 = w1.T.numpy(), w2.T.numpy()
    Z1 = np.dot(W1, X.T.numpy())
    A1 = np.tanh(Z1)
    Z2 = np.dot(W2, A1)
    A2 = 1 / (1 + np.exp(-Z2))
    cache = {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}
    return tuple(cache[name].T for name in ("Z1", "A1", "Z2", "A2"))


@wrong("check_forward", "tanh", where="y_hat", cause="tanh at the output")
def tanh_at_the_output(X, w1, w2):
    z1 = X @ w1
    a1 = sig(z1)
    z2 = a1 @ w2
    e, f = torch.exp(z2), torch.exp(-z2)
    return z1, a1, z2, (e - f) / (e + f)


@wrong("check_forward", "z1-for-a1", where="z2", cause="the second layer gets z1")
def wrong_variable_into_second_layer(X, w1, w2):
    z1 = torch.einsum("nd,dh->nh", X, w1)
    a1 = sig(z1)
    z2 = torch.einsum("nh,ho->no", z1, w2)  # a1?
    y_hat = sig(z2)
    return z1, a1, z2, y_hat


@wrong("check_forward", "activation-twice", where="z2", cause="activates again at the next layer")
def activates_on_the_way_in(X, w1, w2):
    z1 = X @ w1
    a1 = sig(z1)
    z2 = sig(a1) @ w2
    return z1, a1, z2, sig(z2)


@wrong(
    "check_forward", "applied-twice", where="y_hat", cause="the sigmoid is applied twice at the end"
)
def sigmoid_twice_at_the_end(X, w1, w2):
    z1 = X @ w1
    a1 = sig(z1)
    z2 = a1 @ w2
    probability = sig(z2)
    y_hat = nn.Sigmoid()(probability)
    return z1, a1, z2, y_hat


@wrong(
    "check_forward", "applied-twice", where="a1", cause="hidden sigmoid twice: helper and caller"
)
def helper_and_caller_both_activate(X, w1, w2):
    def activate(z):
        return np_sig(np_sig(z))

    x, u, v = X.numpy(), w1.numpy(), w2.numpy()
    a1 = activate(x @ u)
    z2 = a1 @ v
    return x @ u, a1, z2, np_sig(z2)


@wrong("check_forward", "wrong-sign-in-exponent", where="a1", cause="exp(z) for exp(-z), in both")
def minus_lost_in_exponent(X, w1, w2):
    def sigmoid(t):
        return 1 / (1 + np.e ** (t))

    z1 = X @ w1
    a1 = sigmoid(z1)
    z2 = a1 @ w2
    return z1, a1, z2, sig(z2)


@wrong(
    "check_forward",
    "wrong-sign-in-exponent",
    "wrong-sign-in-exponent",
    where="a1",
    cause="one helper with the sign wrong, used in both layers",
)
def own_helper_falls(X, w1, w2):
    falling = lambda v: 1 / (1 + torch.exp(v))
    z1 = X.matmul(w1)
    a1 = falling(z1)
    z2 = a1.matmul(w2)
    return z1, a1, z2, falling(z2)


@wrong(
    "check_forward",
    "missing-parentheses",
    "missing-parentheses",
    where="a1",
    cause="1 / 1 + exp(-z), without parentheses, in a helper used twice",
)
def helper_without_parentheses(X, w1, w2):
    def sigmoid(z):
        return 1 / 1 + torch.exp(-z)

    z1 = X @ w1
    a1 = sigmoid(z1)
    z2 = a1 @ w2
    return z1, a1, z2, sigmoid(z2)


@wrong(
    "check_forward", "missing-parentheses", where="y_hat", cause="parentheses missing at the end"
)
def parentheses_missing_at_the_end(X, w1, w2):
    z1 = X @ w1
    a1 = 1 / (1 + torch.exp(-z1))
    z2 = a1 @ w2
    y_hat = 1 / 1 + torch.exp(-z2)
    return z1, a1, z2, y_hat


@wrong("check_forward", "slope-instead", where="a1", cause="calls the derivative for the sigmoid")
def derivative_called_by_mistake(X, w1, w2):
    def sigmoid(x, deriv=True):
        s = 1 / (1 + torch.exp(-x))
        if deriv:
            return s * (1 - s)
        return s

    z1 = X @ w1
    a1 = sigmoid(z1)
    z2 = a1 @ w2
    return z1, a1, z2, sigmoid(z2, False)


@wrong(
    "check_forward",
    "slope-formula",
    where="a1",
    cause="the flag defaults to the slope x(1 - x) of an activation",
)
def two_in_one_helper(X, w1, w2):
    def nonlin(x, deriv=True):
        if deriv:
            return x * (1 - x)
        return 1 / (1 + np.exp(-x))

    z1 = X.numpy() @ w1.numpy()
    a1 = nonlin(z1)
    z2 = a1 @ w2.numpy()
    return z1, a1, z2, nonlin(z2, deriv=False)


@wrong("check_forward", "step-function", where="a1", cause="a perceptron's threshold for a sigmoid")
def perceptron(X, w1, w2):
    z1 = X @ w1
    a1 = torch.where(z1 >= 0, torch.ones_like(z1), torch.zeros_like(z1))
    z2 = a1 @ w2
    return z1, a1, z2, sig(z2)


@wrong(
    "check_forward", "step-function", where="y_hat", cause="the class stands for the probability"
)
def class_for_probability(X, w1, w2):
    z1 = X @ w1
    a1 = torch.sigmoid(z1)
    z2 = a1 @ w2
    y_hat = (torch.sigmoid(z2) > 0.5).double()
    return z1, a1, z2, y_hat


@wrong("check_forward", "softmax", where="a1", cause="softmax over the hidden units")
def softmax_hidden(X, w1, w2):
    z1 = X @ w1
    a1 = torch.softmax(z1, dim=1)
    z2 = a1 @ w2
    return z1, a1, z2, sig(z2)


@wrong(
    "check_forward",
    "softmax",
    where="y_hat",
    cause="softmax over one output: always 1",
    or_else=(("constant",),),
)
def softmax_over_one_output(X, w1, w2):
    z1 = X @ w1
    a1 = sig(z1)
    z2 = a1 @ w2
    top = torch.exp(z2 - z2.max(dim=1, keepdim=True).values)
    return z1, a1, z2, top / top.sum(dim=1, keepdim=True)


@wrong("check_forward", "softmax", where="y_hat", cause="softmax over the flowers")
def softmax_over_the_flowers(X, w1, w2):
    z1 = X @ w1
    a1 = sig(z1)
    z2 = a1 @ w2
    exps = [math.exp(v) for v in z2.flatten().tolist()]
    return z1, a1, z2, torch.tensor([[v / sum(exps)] for v in exps], dtype=torch.float64)


@wrong("check_forward", "bias-added", where="z1", cause="a bias of one in the hidden layer")
def bias_of_ones(X, w1, w2):
    b1 = torch.ones(1, w1.shape[1])
    z1 = X @ w1 + b1
    a1 = sig(z1)
    z2 = a1 @ w2
    return z1, a1, z2, sig(z2)


@wrong("check_forward", "something-added", where="z1", cause="a bias of one half everywhere")
def bias_of_one_half(X, w1, w2):
    bias = 0.5
    z1 = X @ w1 + bias
    a1 = sig(z1)
    z2 = a1 @ w2
    return z1, a1, z2, sig(z2)


@wrong("check_forward", "bias-added", where="z2", cause="a bias of one at the output only")
def bias_at_the_output(X, w1, w2):
    z1 = X @ w1
    a1 = sig(z1)
    z2 = a1 @ w2 + torch.ones(1)
    return z1, a1, z2, sig(z2)


@wrong("check_forward", "unweighted-sum", where="z2", cause="adds up the activations, w2 forgotten")
def hidden_units_just_added(X, w1, w2):
    z1 = X @ w1
    a1 = sig(z1)
    z2 = a1.sum(dim=1, keepdim=True)
    return z1, a1, z2, sig(z2)


@wrong("check_forward", "not-added-up", where="z2", cause="* for @: products not added up")
def star_in_second_layer(X, w1, w2):
    z1 = X @ w1
    a1 = sig(z1)
    z2 = a1 * w2.T
    return z1, a1, z2, sig(z2)


@wrong(
    "check_forward",
    "sigmoid-of-a1",
    where="y_hat",
    cause="the last line reads a1, not z2",
    or_else=(("wrong-quantity",),),
)
def last_line_reads_a1(X, w1, w2):
    z1 = X @ w1
    a1 = sig(z1)
    z2 = a1 @ w2
    y_hat = sig(a1)
    return z1, a1, z2, y_hat


@wrong("check_forward", "transposed", where="z1", cause="course layout: units in rows")
def course_layout_not_turned_back(X, w1, w2):
    Z1 = w1.T @ X.T
    A1 = sig(Z1)
    Z2 = w2.T @ A1
    A2 = sig(Z2)
    return Z1, A1, Z2, A2


@wrong("check_forward", "flat", where="z2", cause="z2 and y_hat are flattened")
def output_squeezed(X, w1, w2):
    z1 = X @ w1
    a1 = sig(z1)
    z2 = (a1 @ w2).squeeze()
    y_hat = sig(z2)
    return z1, a1, z2, y_hat


@wrong("check_forward", "flat", where="z2", cause="np.dot with a flattened w2")
def dot_with_flat_weights(X, w1, w2):
    x = X.numpy()
    z1 = np.dot(x, w1.numpy())
    a1 = np_sig(z1)
    z2 = np.dot(a1, w2.numpy().ravel())
    return z1, a1, z2, np_sig(z2)


@wrong("check_forward", "wrong-order", where="z1", cause="y_hat is returned first")
def backwards_order(X, w1, w2):
    z1 = X @ w1
    a1 = sig(z1)
    z2 = a1 @ w2
    return sig(z2), z2, a1, z1


@wrong("check_forward", "wrong-order", where="a1", cause="first the z, then the activations")
def all_z_first(X, w1, w2):
    zs, activations = [], [X]
    for w in (w1, w2):
        zs.append(activations[-1] @ w)
        activations.append(sig(zs[-1]))
    return (*zs, *activations[1:])


@wrong("check_forward", "wrong-number-of-results", cause="only y_hat is returned")
def only_the_prediction_is_returned(X, w1, w2):
    hidden = sig(X @ w1)
    return sig(hidden @ w2)


@wrong("check_forward", "wrong-number-of-results", cause="cache style: z1 is not returned")
def three_of_four(X, w1, w2):
    a1 = sig(X @ w1)
    z2 = a1 @ w2
    return a1, z2, sig(z2)


@wrong(
    "check_forward",
    "no-number",
    cause="return is forgotten, the values are only printed",
    or_else=((),),
)
def prints_and_returns_nothing(X, w1, w2):
    z1 = X @ w1
    a1 = sig(z1)
    z2 = a1 @ w2
    y_hat = sig(z2)
    text = f"{z1} {a1} {z2} {y_hat}"


@wrong("check_forward", "last-unit-only", where="z2", cause="z2 = instead of += over the units")
def overwritten_over_units(X, w1, w2):
    z1 = X @ w1
    a1 = sig(z1)
    z2 = torch.zeros(len(X), 1, dtype=X.dtype)
    for n in range(len(X)):
        for h in range(len(w2)):
            z2[n, 0] = a1[n, h] * w2[h, 0]
    return z1, a1, z2, sig(z2)


@wrong("check_forward", "unit-missing", where="z2", cause="range(H - 1) leaves the last unit out")
def off_by_one_over_units(X, w1, w2):
    H = w2.shape[0]
    z1 = X @ w1
    a1 = sig(z1)
    z2 = torch.zeros(len(X), 1, dtype=X.dtype)
    for h in range(H - 1):
        z2 = z2 + a1[:, [h]] * w2[h]
    return z1, a1, z2, sig(z2)


@wrong(
    "check_forward", "unit-missing", where="z1", cause="inputs counted from 1: the first is lost"
)
def inputs_counted_from_one(X, w1, w2):
    N, D = X.shape
    H = w1.shape[1]
    z1 = torch.zeros(N, H, dtype=X.dtype)
    for n in range(N):
        for h in range(H):
            for d in range(1, D):
                z1[n, h] += X[n, d] * w1[d, h]
    a1 = sig(z1)
    z2 = a1 @ w2
    return z1, a1, z2, sig(z2)


@wrong("check_forward", "sample-missing", where="z1", cause="the loop ends one flower too early")
def last_flower_not_reached(X, w1, w2):
    z1 = torch.zeros(X.shape[0], w1.shape[1], dtype=torch.float64)
    i = 0
    while i < len(X) - 1:
        z1[i] = X[i] @ w1
        i += 1
    a1 = sig(z1)
    z2 = a1 @ w2
    return z1, a1, z2, sig(z2)


@wrong(
    "check_forward",
    "first-sample-only",
    where="z1",
    cause="return stands inside the loop",
    or_else=(("first-row-only",),),
)
def return_inside_the_loop(X, w1, w2):
    z1, a1, z2, y_hat = [], [], [], []
    for x in X:
        z1.append(x @ w1)
        a1.append(sig(z1[-1]))
        z2.append(a1[-1] @ w2)
        y_hat.append(sig(z2[-1]))
        return torch.stack(z1), torch.stack(a1), torch.stack(z2), torch.stack(y_hat)


@wrong("check_forward", "reshaped", where="z1", cause="the H x N result is reshaped until it fits")
def reshaped_until_it_fits(X, w1, w2):
    z1 = (w1.T @ X.T).reshape(len(X), -1)
    a1 = sig(z1)
    z2 = a1 @ w2
    return z1, a1, z2, sig(z2)


@wrong(
    "check_forward", where="z1", cause="the weights are reshaped where they are transposed twice"
)
def weights_reshaped(X, w1, w2):
    D, H = w1.shape
    z1 = X @ w1.reshape(H, D).T
    a1 = sig(z1)
    z2 = a1 @ w2
    return z1, a1, z2, sig(z2)


@wrong("check_forward", "half-precision", where="z1", cause="half precision, as on a graphics card")
def half_precision_everywhere(X, w1, w2):
    z1 = (X.half().float() @ w1.half().float()).half().double()
    a1 = torch.sigmoid(z1)
    z2 = a1 @ w2
    return z1, a1, z2, torch.sigmoid(z2)


@wrong("check_forward", "rounded", where="z1", cause="z1 is rounded to look nice")
def rounded_to_two_places(X, w1, w2):
    z1 = torch.round(X @ w1, decimals=2)
    a1 = sig(z1)
    z2 = a1 @ w2
    return z1, a1, z2, sig(z2)


@wrong("check_forward", "rounded", where="y_hat", cause="the prediction is rounded to four places")
def prediction_rounded(X, w1, w2):
    z1 = X @ w1
    a1 = sig(z1)
    z2 = a1 @ w2
    y_hat = [[round(float(v), 4)] for v in sig(z2)]
    return z1, a1, z2, torch.tensor(y_hat, dtype=torch.float64)


@wrong(
    "check_forward",
    where="z1",
    cause="the weights are cut to whole numbers by int()",
    or_else=(("rounded",),),
)
def whole_number_weights(X, w1, w2):
    z1 = X @ w1.int().double()
    a1 = sig(z1)
    z2 = a1 @ w2
    return z1, a1, z2, sig(z2)


@wrong("check_forward", where="a1", cause="dropout is left in")
def dropout_left_in(X, w1, w2):
    torch.manual_seed(0)
    z1 = X @ w1
    a1 = sig(z1)
    keep = (torch.rand(a1.shape) > 0.5).double()
    a1 = a1 * keep / 0.5
    z2 = a1 @ w2
    return z1, a1, z2, sig(z2)


@wrong("check_forward", "not-repeatable", cause="dropout without a seed")
def dropout_without_seed(X, w1, w2):
    z1 = X @ w1
    a1 = F.dropout(sig(z1), p=0.4)
    z2 = a1 @ w2
    return z1, a1, z2, sig(z2)


@wrong("check_forward", where="a1", cause="a batch norm before the activation")
def batch_norm_left_in(X, w1, w2):
    z1 = X @ w1
    normed = (z1 - z1.mean(0)) / (z1.std(0, unbiased=False) + 1e-5)
    a1 = sig(normed)
    z2 = a1 @ w2
    return z1, a1, z2, sig(z2)


@wrong("check_forward", "shapes-do-not-fit", cause="w1 @ X: the two are in the wrong order")
def weights_before_inputs(X, w1, w2):
    z1 = w1 @ X
    a1 = sig(z1)
    z2 = w2 @ a1
    return z1, a1, z2, sig(z2)


@wrong("check_forward", "sizes-written-in", cause="the sizes of the lesson stand in the code")
def sizes_of_the_lesson(X, w1, w2):
    z1 = X.reshape(100, 2) @ w1.reshape(2, 32)
    a1 = sig(z1)
    z2 = a1 @ w2.reshape(32, 1)
    return z1, a1, z2, sig(z2)


@wrong("check_forward", "function-of-one-number", cause="math.exp gets a whole matrix")
def math_exp_on_a_matrix(X, w1, w2):
    z1 = X @ w1
    a1 = 1 / (1 + math.exp(-z1))
    z2 = a1 @ w2
    return z1, a1, z2, 1 / (1 + math.exp(-z2))


@wrong("check_forward", "missing-name", cause="a name is changed half way")
def name_changed_half_way(X, w1, w2):
    hid_in = X @ w1
    hid_out = sig(hid_ih)  # noqa: F821
    z2 = hid_out @ w2
    return hid_in, hid_out, z2, sig(z2)


@wrong("check_forward", "changes-its-input", cause="inputs are standardised in place first")
def standardises_in_place(X, w1, w2):
    X -= X.mean(0)
    z1 = X @ w1
    a1 = sig(z1)
    z2 = a1 @ w2
    return z1, a1, z2, sig(z2)


@wrong("check_forward", where="z1", cause="inputs are standardised inside the network")
def standardises_inside(X, w1, w2):
    x = (X - X.mean(0)) / X.std(0)
    z1 = x @ w1
    a1 = sig(z1)
    z2 = a1 @ w2
    return z1, a1, z2, sig(z2)


@wrong("check_forward", "activation-too-early", where="z1", cause="sigmoid_ works in place on z1")
def sigmoid_in_place(X, w1, w2):
    z1 = X @ w1
    a1 = z1.sigmoid_()
    z2 = a1 @ w2
    return z1, a1, z2, z2.sigmoid()


@wrong("check_forward", "right-for-positive-z", where="a1", cause="negative z cut off at 0 first")
def cut_off_before_sigmoid(X, w1, w2):
    def sigmoid(x):
        x = np.maximum(x, 0)  # against overflow
        return 1 / (1 + np.exp(-x))

    z1 = X.numpy() @ w1.numpy()
    a1 = sigmoid(z1)
    z2 = a1 @ w2.numpy()
    return z1, a1, z2, np_sig(z2)


@wrong("check_forward", "few-digits", where="a1", cause="e typed with three decimals")
def e_typed_by_hand(X, w1, w2):
    z1 = X @ w1
    a1 = 1 / (1 + 2.718**-z1)
    z2 = a1 @ w2
    return z1, a1, z2, sig(z2)


@wrong("check_forward", "clipped", where="y_hat", cause="y_hat is clamped to 0.45 ... 0.55")
def prediction_clamped(X, w1, w2):
    z1 = X @ w1
    a1 = sig(z1)
    z2 = a1 @ w2
    return z1, a1, z2, sig(z2).clamp(0.45, 0.55)


@wrong(
    "check_forward",
    "averaged-over-columns",
    where="z2",
    cause="mean over the units for a sum",
    or_else=(("divided-by-units",),),
)
def mean_over_units(X, w1, w2):
    z1 = X @ w1
    a1 = sig(z1)
    z2 = (a1 * w2.T).mean(dim=1, keepdim=True)
    return z1, a1, z2, sig(z2)


@wrong("check_forward", "weights-squared", where="z1", cause="w1 ** 2 from the regularisation line")
def weights_squared(X, w1, w2):
    z1 = X @ (w1**2)
    a1 = sig(z1)
    z2 = a1 @ w2
    return z1, a1, z2, sig(z2)


@wrong("check_forward", "far-from-zero", where="a1", cause="OverflowError answered with 1")
def overflow_is_one(X, w1, w2):
    def sigmoid(v):
        try:
            return 1 / (1 + math.exp(-v))
        except OverflowError:
            return 1.0

    z1 = X @ w1
    a1 = torch.tensor([[sigmoid(v) for v in row] for row in z1.tolist()], dtype=torch.float64)
    z2 = a1 @ w2
    return z1, a1, z2, sig(z2)


@wrong(
    "check_forward",
    "fresh-weights",
    where="z1",
    or_else=(("ignores-its-arguments",),),
    cause="w1 is drawn again inside the function",
)
def weights_drawn_again(X, w1, w2):
    np.random.seed(1)
    w1 = np.random.randn(*w1.shape) * 0.1
    z1 = X.numpy() @ w1
    a1 = np_sig(z1)
    z2 = a1 @ w2.numpy()
    return z1, a1, z2, np_sig(z2)


@wrong("check_forward", "function-of-one-number", cause="Python's max on a whole matrix, as a clip")
def python_max_as_a_clip(X, w1, w2):
    def sigmoid(z):
        z = max(-600, z)
        return 1 / (1 + np.exp(-z))

    z1 = X @ w1
    a1 = sigmoid(z1)
    z2 = a1 @ w2
    return z1, a1, z2, sigmoid(z2)


@wrong("check_forward", "function-of-one-number", cause="an if that is given a whole matrix")
def stable_sigmoid_of_one_number(X, w1, w2):
    def sigmoid(z):
        if z >= 0:
            return 1 / (1 + math.exp(-z))
        return math.exp(z) / (1 + math.exp(z))

    z1 = X @ w1
    a1 = sigmoid(z1)
    z2 = a1 @ w2
    return z1, a1, z2, sigmoid(z2)


@wrong("check_forward", "dot-on-matrices", cause="torch.dot, as np.dot, on matrices")
def dot_as_in_numpy(X, w1, w2):
    z1 = torch.dot(X, w1)
    a1 = sig(z1)
    z2 = torch.dot(a1, w2)
    return z1, a1, z2, sig(z2)


@wrong("check_forward", "dtypes-differ", cause="X alone is made single precision")
def only_x_made_float(X, w1, w2):
    X = X.float()
    z1 = X @ w1
    a1 = sig(z1)
    z2 = a1 @ w2
    return z1, a1, z2, sig(z2)


@wrong(
    "check_forward",
    "missing-attribute",
    cause="NumPy's method on a tensor",
    or_else=(("not-a-tensor",),),
)
def numpy_method_on_a_tensor(X, w1, w2):
    z1 = X.astype(float).dot(w1)
    a1 = sig(z1)
    z2 = a1.dot(w2)
    return z1, a1, z2, sig(z2)


@wrong("check_forward", "missing-key", cause="a key of the cache is spelt in two ways")
def key_spelt_in_two_ways(X, w1, w2):
    cache = {"Z1": X @ w1}
    cache["A1"] = sig(cache["z1"])
    cache["Z2"] = cache["A1"] @ w2
    return cache["Z1"], cache["A1"], cache["Z2"], sig(cache["Z2"])


@wrong("check_forward", "index-out-of-range", cause="one index too many in the loop over layers")
def one_layer_too_many(X, w1, w2):
    weights, a, found = [w1, w2], X, []
    for i in range(3):
        z = a @ weights[i]
        a = sig(z)
        found += [z, a]
    return tuple(found)


@wrong(
    "check_forward",
    "last-sample-only",
    where="z1",
    cause="the rows are made anew in each round of the loop",
)
def rows_made_anew(X, w1, w2):
    for i in range(len(X)):
        z1 = torch.zeros(len(X), w1.shape[1], dtype=X.dtype)
        for j in range(w1.shape[1]):
            s = 0.0
            for k in range(len(w1)):
                s += X[i][k] * w1[k][j]
            z1[i][j] = s
    a1 = sig(z1)
    z2 = a1 @ w2
    return z1, a1, z2, sig(z2)


@wrong(
    "check_forward",
    "transposed",
    where="a1",
    cause="a1 is turned back, and stays turned in the return",
)
def turned_and_left_turned(X, w1, w2):
    z1 = X @ w1
    a1 = sig(z1).T
    z2 = (w2.T @ a1).T
    return z1, a1, z2, sig(z2)


# --- two mistakes ----------------------------------------------------------------------------


@wrong(
    "check_forward",
    "relu",
    "activation-missing",
    where="a1",
    cause="ReLU inside, and no last sigmoid",
)
def relu_and_logits(X, w1, w2):
    z1 = X @ w1
    a1 = z1.clamp(min=0)
    z2 = a1 @ w2
    return z1, a1, z2, z2


@wrong(
    "check_forward",
    "tanh",
    "tanh",
    where="a1",
    cause="tanh in both layers, through one activation name",
)
def tanh_everywhere(X, w1, w2):
    class Net:
        activation = staticmethod(torch.tanh)

        def run(self, x):
            for w in (w1, w2):
                z = x @ w
                x = self.activation(z)
                yield z
                yield x

    return tuple(Net().run(X))


@wrong(
    "check_forward", "bias-added", "tanh", where="z1", cause="a bias of one, and tanh at the end"
)
def bias_and_tanh(X, w1, w2):
    with_bias = torch.cat([X, torch.ones(len(X), 1, dtype=X.dtype)], dim=1)
    weights = torch.cat([w1, torch.ones(1, w1.shape[1], dtype=X.dtype)], dim=0)
    z1 = with_bias @ weights
    a1 = sig(z1)
    z2 = a1 @ w2
    return z1, a1, z2, z2.tanh()


@wrong(
    "check_forward",
    "z1-for-a1",
    "applied-twice",
    where="z2",
    cause="z1 goes on, and the output is activated twice",
)
def z1_goes_on_and_output_twice(X, w1, w2):
    z1 = X @ w1
    a1 = sig(z1)
    z2 = z1 @ w2
    y_hat = sig(sig(z2))
    return z1, a1, z2, y_hat


@wrong(
    "check_forward",
    "slope-instead",
    "slope-instead",
    where="a1",
    cause="the slope is used for the sigmoid in both layers",
)
def slopes_in_both_layers(X, w1, w2):
    dsig = lambda z: torch.exp(-z) / (1 + torch.exp(-z)) ** 2
    z1 = X @ w1
    a1 = dsig(z1)
    z2 = a1 @ w2
    return z1, a1, z2, dsig(z2)


@wrong(
    "check_forward",
    "absolute-weights",
    "step-function",
    where="z1",
    cause="absolute weights, and the class at the end",
)
def absolute_weights_and_class(X, w1, w2):
    z1 = X @ w1.abs()
    a1 = sig(z1)
    z2 = a1 @ w2
    return z1, a1, z2, (z2 > 0) * 1.0


@wrong(
    "check_forward",
    "softmax",
    "bias-added",
    where="a1",
    cause="softmax over the units, and a bias of one at the output",
)
def softmax_and_bias(X, w1, w2):
    z1 = X @ w1
    a1 = F.softmax(z1, dim=-1)
    z2 = a1 @ w2 + 1
    return z1, a1, z2, sig(z2)


@wrong(
    "check_forward",
    "twice-as-steep",
    "flat",
    where="a1",
    cause="steepness 2 in the hidden layer, and a flat output",
)
def steep_and_flat(X, w1, w2):
    beta = 2
    z1 = X @ w1
    a1 = 1 / (1 + torch.exp(-beta * z1))
    z2 = (a1 @ w2)[:, 0]
    return z1, a1, z2, sig(z2)


@wrong(
    "check_forward",
    "activation-missing",
    "wrong-sign-in-exponent",
    where="a1",
    cause="no hidden sigmoid, and the last one falls",
)
def linear_and_falling(X, w1, w2):
    z1 = X @ w1
    a1 = z1 + 0  # identity
    z2 = a1 @ w2
    return z1, a1, z2, 1 / (1 + np.exp(z2.numpy()))


@wrong(
    "check_forward",
    "last-unit-only",
    "step-function",
    where="z2",
    cause="overwrites over the units, and returns the class",
)
def overwrites_and_class(X, w1, w2):
    z1 = X @ w1
    a1 = sig(z1)
    for a, w in zip(a1.T, w2):
        z2 = (a * w)[:, None]
    return z1, a1, z2, torch.heaviside(z2, torch.ones(1, dtype=z2.dtype))


# --- right -----------------------------------------------------------------------------------


@right("check_forward")
def four_lines(X, w1, w2):
    z1 = X @ w1
    a1 = torch.sigmoid(z1)
    z2 = a1 @ w2
    y_hat = torch.sigmoid(z2)
    return z1, a1, z2, y_hat


@right("check_forward")
def courses_columns_turned_back(X, w1, w2):
    Z1 = np.dot(w1.T.numpy(), X.T.numpy())
    A1 = np_sig(Z1)
    Z2 = np.dot(w2.T.numpy(), A1)
    A2 = np_sig(Z2)
    return Z1.T, A1.T, Z2.T, A2.T


@right("check_forward")
def one_flower_after_the_other(X, w1, w2):
    rows = []
    for x in X:
        h = x @ w1
        a = 1 / (1 + torch.exp(-h))
        o = a @ w2
        rows.append((h, a, o, 1 / (1 + torch.exp(-o))))
    z1, a1, z2, y_hat = zip(*rows)
    return torch.stack(z1), torch.stack(a1), torch.stack(z2), torch.stack(y_hat)


@right("check_forward")
def all_loops(X, w1, w2):
    N, D, H = len(X), len(w1), len(w2)
    z1 = [[sum(float(X[n, d] * w1[d, h]) for d in range(D)) for h in range(H)] for n in range(N)]
    a1 = [[1 / (1 + math.exp(-v)) if v > -700 else 0.0 for v in row] for row in z1]
    z2 = [[sum(a1[n][h] * w2[h].item() for h in range(H))] for n in range(N)]
    y_hat = [[1 / (1 + math.exp(-row[0])) if row[0] > -700 else 0.0] for row in z2]
    return z1, a1, z2, y_hat


@right("check_forward")
def einsum_all_the_way(X, w1, w2):
    z1 = torch.einsum("ij,jk", X, w1)
    a1 = torch.special.expit(z1)
    z2 = torch.einsum("ij,jk", a1, w2)
    return [z1, a1, z2, torch.special.expit(z2)]


@right("check_forward")
def sigmoid_from_tanh(X, w1, w2):
    act = lambda z: 0.5 * (1 + torch.tanh(z / 2))
    z1 = torch.matmul(X, w1)
    a1 = act(z1)
    z2 = torch.matmul(a1, w2)
    return z1, a1, z2, act(z2)


@right("check_forward")
def generator_of_steps(X, w1, w2):
    def steps(a):
        for w in (w1, w2):
            z = a @ w
            yield z
            a = z.sigmoid()
            yield a

    return tuple(steps(X))


@right("check_forward")
def class_with_layers(X, w1, w2):
    class Layer:
        def __init__(self, w):
            self.w = w

        def __call__(self, x):
            self.z = x.mm(self.w)
            self.a = self.z.sigmoid()
            return self.a

    hidden, output = Layer(w1), Layer(w2)
    output(hidden(X))
    return hidden.z, hidden.a, output.z, output.a


@right("check_forward")
def nn_linear_without_bias(X, w1, w2):
    first = nn.Linear(w1.shape[0], w1.shape[1], bias=False).double()
    second = nn.Linear(w2.shape[0], 1, bias=False).double()
    with torch.no_grad():
        first.weight.copy_(w1.T)
        second.weight.copy_(w2.T)
        z1 = first(X)
        a1 = torch.sigmoid(z1)
        z2 = second(a1)
    return z1, a1, z2, torch.sigmoid(z2)


@right("check_forward")
def float32_on_the_way(X, w1, w2):
    x, u, v = X.float(), w1.float(), w2.float()
    z1 = x @ u
    a1 = torch.sigmoid(z1)
    z2 = a1 @ v
    return z1, a1, z2, torch.sigmoid(z2)


@right("check_forward")
def named_tuple(X, w1, w2):
    Forward = namedtuple("Forward", "z1 a1 z2 y_hat")
    z1 = X @ w1
    z2 = sig(z1) @ w2
    return Forward(z1, sig(z1), z2, sig(z2))


@right("check_forward")
def dataclass_unpacked(X, w1, w2):
    @dataclass
    class Cache:
        z1: torch.Tensor = None
        a1: torch.Tensor = None
        z2: torch.Tensor = None
        y_hat: torch.Tensor = None

    c = Cache()
    c.z1 = X @ w1
    c.a1 = torch.sigmoid(c.z1)
    c.z2 = c.a1 @ w2
    c.y_hat = torch.sigmoid(c.z2)
    return astuple(c)


@right("check_forward")
def matrix_objects(X, w1, w2):
    x, u, v = np.matrix(X.numpy()), np.matrix(w1.numpy()), np.matrix(w2.numpy())
    z1 = x * u
    a1 = np_sig(z1)
    z2 = a1 * v
    return z1, a1, z2, np_sig(z2)


@right("check_forward")
def object_array(X, w1, w2):
    scalar = np.frompyfunc(lambda v: 1 / (1 + math.exp(-v)) if v > -700 else 0.0, 1, 1)
    z1 = X.numpy() @ w1.numpy()
    a1 = scalar(z1)
    z2 = a1 @ w2.numpy().astype(object)
    return z1, a1, z2, scalar(z2)


@right("check_forward")
def star_and_sum(X, w1, w2):
    z1 = (X[:, :, None] * w1[None, :, :]).sum(1)
    a1 = sig(z1)
    z2 = (a1 * w2.flatten()).sum(1).reshape(-1, 1)
    return z1, a1, z2, sig(z2)


@right("check_forward")
def overflow_gives_zero_with_a_warning(X, w1, w2):
    z1 = np.matmul(X.detach().numpy(), w1.detach().numpy())
    a1 = 1 / (1 + np.exp(-z1))
    z2 = np.matmul(a1, w2.detach().numpy())
    return z1, a1, z2, 1 / (1 + np.exp(-z2))


@right("check_forward", note="number")
def exp_over_one_plus_exp(X, w1, w2):
    act = lambda z: torch.exp(z) / (torch.exp(z) + 1)  # inf / inf for large z
    z1 = X @ w1
    a1 = act(z1)
    z2 = a1 @ w2
    return z1, a1, z2, act(z2)


@right("check_forward")
def two_cases_for_stability(X, w1, w2):
    def stable(z):
        out = torch.empty_like(z)
        up = z >= 0
        out[up] = 1 / (1 + torch.exp(-z[up]))
        e = torch.exp(z[~up])
        out[~up] = e / (1 + e)
        return out

    z1 = X @ w1
    a1 = stable(z1)
    z2 = a1 @ w2
    return z1, a1, z2, stable(z2)


@right("check_forward")
def expit_of_nested_lists(X, w1, w2):
    columns = [list(column) for column in zip(*w1.tolist())]
    z1 = [[sum(x * w for x, w in zip(row, c)) for c in columns] for row in X.tolist()]
    a1 = expit(z1)
    z2 = np.dot(a1, w2.numpy())
    return z1, a1.tolist(), z2, expit(z2)


@right("check_forward")
def functional_linear(X, w1, w2):
    z1 = F.linear(X, w1.t())
    a1 = F.sigmoid(z1)
    z2 = F.linear(a1, w2.t())
    y_hat = F.logsigmoid(z2).exp()
    return z1, a1, z2, y_hat
