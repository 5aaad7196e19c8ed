"""check_output_delta(y_hat, y) -> dC_dz2 of the mean binary cross-entropy."""
# ruff: noqa: B905, F841

from decimal import Decimal
from fractions import Fraction

import numpy as np
import torch
import torch.nn.functional as F

from .bank import right, wrong

EPSILON = 1e-3


def logit(p):
    return torch.log(p / (1 - p))


# --- one mistake -----------------------------------------------------------------------------


@wrong("check_output_delta", "sum-not-mean", where="dC_dz2", cause="the division by N is forgotten")
def no_division(y_hat, y):
    return y_hat - y


@wrong("check_output_delta", "sum-not-mean", where="dC_dz2", cause="two honest steps, without 1/N")
def two_steps_without_n(y_hat, y):
    dC_dy_hat = -(y / y_hat) + (1 - y) / (1 - y_hat)
    slope = y_hat * (1 - y_hat)
    return dC_dy_hat * slope


@wrong(
    "check_output_delta", "sum-not-mean", where="dC_dz2", cause="divides by shape[1], which is 1"
)
def divides_by_the_wrong_axis(y_hat, y):
    m = y.shape[1]  # number of examples
    return (1 / m) * (y_hat - y)


@wrong("check_output_delta", "divided-twice", where="dC_dz2", cause="divides in both steps")
def divides_in_both_steps(y_hat, y):
    N = len(y)
    dC_dy_hat = (y_hat - y) / (y_hat * (1 - y_hat)) / N
    dy_hat_dz2 = y_hat * (1 - y_hat) / N
    return dC_dy_hat * dy_hat_dz2


@wrong(
    "check_output_delta",
    "divided-twice",
    where="dC_dz2",
    cause="/= N stands inside the loop over two terms",
)
def division_repeated_in_a_loop(y_hat, y):
    delta = torch.zeros_like(y_hat)
    for term in (y_hat, -y):
        delta += term
    for _ in range(2):
        delta /= y.shape[0]
    return delta


@wrong("check_output_delta", "sign", where="dC_dz2", cause="label minus prediction")
def label_minus_prediction(y_hat, y):
    error = y - y_hat
    return error / len(error)


@wrong("check_output_delta", "sign", where="dC_dz2", cause="the minus before the cost is lost")
def minus_of_the_cost_lost(y_hat, y):
    n = y.numel()
    d = y / y_hat - (1 - y) / (1 - y_hat)
    d = d / n
    return d * (y_hat * (1 - y_hat))


@wrong(
    "check_output_delta",
    "extra-slope",
    where="dC_dz2",
    cause="the delta of squared error, from Nielsen's first chapter",
)
def squared_error_delta(y_hat, y):
    sigmoid_prime = y_hat * (1 - y_hat)
    return (y_hat - y) * sigmoid_prime / len(y)


@wrong(
    "check_output_delta", "extra-slope", where="dC_dz2", cause="as squared error, flower by flower"
)
def squared_error_delta_in_a_loop(y_hat, y):
    out = []
    for o, t in zip(y_hat.flatten().tolist(), y.flatten().tolist()):
        out.append([(o - t) * o * (1 - o) / len(y)])
    return torch.tensor(out, dtype=torch.float64)


@wrong(
    "check_output_delta", "slope-missing", where="dC_dz2", cause="stops at the derivative for y_hat"
)
def stops_at_y_hat(y_hat, y):
    return (-y / y_hat + (1 - y) / (1 - y_hat)) / len(y)


@wrong(
    "check_output_delta",
    "slope-missing",
    where="dC_dz2",
    cause="makes the second factor and returns the first",
)
def returns_the_first_factor(y_hat, y):
    dC_dy_hat = (y_hat - y) / (y_hat * (1 - y_hat) * len(y))
    dC_dz2 = dC_dy_hat * y_hat * (1 - y_hat)
    return dC_dy_hat


@wrong(
    "check_output_delta",
    "slope-of-activation",
    where="dC_dz2",
    cause="calls the slope with an activation where it wants z",
)
def slope_helper_wants_z(y_hat, y):
    def sigmoid_prime(z):
        s = 1 / (1 + np.exp(-z))
        return s * (1 - s)

    p, t = y_hat.numpy(), y.numpy()
    return (p - t) * sigmoid_prime(p) / t.shape[0]


@wrong(
    "check_output_delta",
    where="dC_dz2",
    cause="chain of two steps, the slope taken of an activation",
    or_else=(("slope-of-activation",),),
)
def chain_with_slope_of_activation(y_hat, y):
    s = torch.sigmoid(y_hat)
    dC_dy_hat = -y / y_hat + (1 - y) / (1 - y_hat)
    return dC_dy_hat * s * (1 - s) / len(y)


@wrong(
    "check_output_delta", "tanh-slope", where="dC_dz2", cause="1 - a**2 for the slope of the output"
)
def slope_of_tanh(y_hat, y):
    return (y_hat - y) * (1 - y_hat**2) / y.size(0)


@wrong(
    "check_output_delta",
    "half-slope-one-minus-a",
    where="dC_dz2",
    cause="only 1 - y_hat of the slope",
)
def half_of_the_slope(y_hat, y):
    delta = np.multiply(y_hat - y, 1 - y_hat)
    return delta / len(delta)


@wrong("check_output_delta", "half-slope-a", where="dC_dz2", cause="only y_hat of the slope")
def other_half_of_the_slope(y_hat, y):
    return torch.mul(y_hat, y_hat - y).div(len(y))


@wrong(
    "check_output_delta",
    "slope-twice",
    where="dC_dz2",
    cause="the slope in the helper and after it",
)
def slope_in_helper_and_after(y_hat, y):
    def cost_derivative(a, t):
        return (a - t) * a * (1 - a)

    nabla = cost_derivative(y_hat, y) * y_hat * (1 - y_hat)
    return nabla / len(y)


@wrong(
    "check_output_delta",
    "labels-swapped",
    where="dC_dz2",
    cause="labels and their opposites swapped",
)
def opposite_labels(y_hat, y):
    return (y_hat - (1 - y)) / len(y)


@wrong("check_output_delta", "labels-plus", where="dC_dz2", cause="plus for minus")
def plus_label(y_hat, y):
    N = y.shape[0]
    return 1 / N * (y_hat + y)


@wrong(
    "check_output_delta",
    "zeros-forgotten",
    where="dC_dz2",
    cause="only the first term of the cost is derived",
)
def only_the_first_term(y_hat, y):
    dC_dy_hat = -y / y_hat  # d/da of -y log a
    return dC_dy_hat * y_hat * (1 - y_hat) / len(y)


@wrong(
    "check_output_delta",
    "ones-forgotten",
    where="dC_dz2",
    cause="the loop skips flowers with label 1",
)
def skips_label_one(y_hat, y):
    delta = torch.zeros_like(y)
    for i in range(len(y)):
        if y[i] == 1:
            continue
        delta[i] = y_hat[i] / len(y)
    return delta


@wrong(
    "check_output_delta",
    "terms-not-subtracted",
    where="dC_dz2",
    cause="inner derivative of 1 - y_hat forgotten",
)
def inner_derivative_forgotten(y_hat, y):
    d = -(y / y_hat) - (1 - y) / (1 - y_hat)
    return d * y_hat * (1 - y_hat) / len(y)


@wrong("check_output_delta", "squared", where="dC_dz2", cause="the squared difference is returned")
def squared_difference(y_hat, y):
    return (y_hat - y) ** 2 / len(y)


@wrong(
    "check_output_delta",
    "absolute",
    where="dC_dz2",
    cause="absolute value, as an 'error' is positive",
)
def absolute_error(y_hat, y):
    error = np.abs(y_hat.numpy() - y.numpy())
    return error / len(y)


@wrong("check_output_delta", "sign-only", where="dC_dz2", cause="derivative of the absolute error")
def sign_of_the_error(y_hat, y):
    return torch.sign(y_hat - y) / len(y)


@wrong(
    "check_output_delta",
    "thresholded",
    where="dC_dz2",
    cause="the perceptron's rule: classes, not probabilities",
)
def perceptron_rule(y_hat, y):
    predicted = (y_hat >= 0.5).to(y.dtype)
    return (predicted - y) / len(y)


@wrong(
    "check_output_delta",
    "thresholded",
    where="dC_dz2",
    cause="predictions cut to whole numbers by round()",
)
def rounded_predictions(y_hat, y):
    return (y_hat.round() - y) / y.shape[0]


@wrong(
    "check_output_delta",
    "only-the-prediction",
    where="dC_dz2",
    cause="y never enters: zeros are subtracted",
)
def label_column_of_zeros(y_hat, y):
    target = torch.zeros_like(y)
    return (y_hat - target) / len(target)


@wrong(
    "check_output_delta",
    where="dC_dz2",
    cause=".int() cuts every prediction to 0",
    or_else=(("rounded",),),
)
def predictions_cut_by_int(y_hat, y):
    return (y_hat.int() - y) / len(y)


@wrong("check_output_delta", "slope-only", where="dC_dz2", cause="only the slope of the output")
def only_the_slope(y_hat, y):
    return y_hat * (1 - y_hat) / len(y)


@wrong(
    "check_output_delta",
    "logit-for-prediction",
    where="dC_dz2",
    cause="goes back to z2 and subtracts the label there",
)
def in_the_space_of_z(y_hat, y):
    z2 = torch.logit(y_hat)
    return (z2 - y) / len(y)


@wrong(
    "check_output_delta",
    "cost-not-slope",
    where="dC_dz2",
    cause="the cost of each flower, not its derivative",
)
def cost_of_each_flower(y_hat, y):
    return -(y * torch.log(y_hat) + (1 - y) * torch.log(1 - y_hat)) / len(y)


@wrong(
    "check_output_delta",
    "labels-flat",
    where="dC_dz2",
    cause="y is flattened: N x N by broadcasting",
)
def labels_flattened(y_hat, y):
    t = y.flatten()
    return (y_hat - t) / len(t)


@wrong("check_output_delta", "flat", where="dC_dz2", cause="both are flattened")
def both_flattened(y_hat, y):
    p, t = y_hat.view(-1), y.view(-1)
    return (p - t) / t.shape[0]


@wrong("check_output_delta", "flat", where="dC_dz2", cause="a list comprehension gives a flat list")
def flat_list(y_hat, y):
    return [(p.item() - t.item()) / len(y) for p, t in zip(y_hat, y)]


@wrong("check_output_delta", "transposed", where="dC_dz2", cause="course layout, a row of N")
def row_of_deltas(y_hat, y):
    A2, Y = y_hat.T, y.T
    m = Y.shape[1]
    dZ2 = (A2 - Y) / m
    return dZ2


@wrong(
    "check_output_delta",
    "averaged-away",
    where="dC_dz2",
    cause=".mean() for / N: one number is left",
)
def mean_of_the_differences(y_hat, y):
    return (y_hat - y).mean()


@wrong("check_output_delta", "averaged-away", where="dC_dz2", cause="np.mean with keepdims")
def mean_with_keepdims(y_hat, y):
    return np.mean((y_hat - y).numpy(), axis=0, keepdims=True)


@wrong("check_output_delta", "missing-parentheses", where="dC_dz2", cause="only y is divided by N")
def only_label_divided(y_hat, y):
    return y_hat - y / len(y)


@wrong(
    "check_output_delta",
    "missing-parentheses",
    where="dC_dz2",
    cause="/ a * (1 - a): the division reaches only a",
    or_else=(
        (
            "missing-parentheses",
            "extra-slope",
        ),
    ),
)
def division_reaches_one_factor(y_hat, y):
    a = y_hat
    dC_da = (a - y) / a * (1 - a) / len(y)
    return dC_da * a * (1 - a)


@wrong(
    "check_output_delta",
    "last-sample-only",
    where="dC_dz2",
    cause="delta is made anew for each flower",
)
def made_anew_for_each_flower(y_hat, y):
    for i in range(len(y)):
        delta = torch.zeros_like(y)
        delta[i] = (y_hat[i] - y[i]) / len(y)
    return delta


@wrong(
    "check_output_delta",
    "first-sample-only",
    where="dC_dz2",
    cause="return is indented into the loop",
)
def return_indented_too_far(y_hat, y):
    delta = torch.zeros_like(y)
    for i in range(len(y)):
        delta[i, 0] = (y_hat[i, 0] - y[i, 0]) / len(y)
        return delta


@wrong(
    "check_output_delta",
    "sample-missing",
    where="dC_dz2",
    cause="range(1, N) leaves out the first flower",
)
def flowers_counted_from_one(y_hat, y):
    N = len(y)
    delta = np.zeros((N, 1))
    for i in range(1, N):
        delta[i] = (y_hat[i] - y[i]) / N
    return delta


@wrong(
    "check_output_delta",
    where="dC_dz2",
    cause="the division by N is indented into the loop over flowers",
    or_else=(("divided-inside-the-loop",),),
)
def division_inside_the_loop(y_hat, y):
    delta = torch.zeros_like(y)
    for i in range(len(y)):
        delta[i] = y_hat[i] - y[i]
        delta /= len(y)
    return delta


@wrong(
    "check_output_delta", "factor-two", where="dC_dz2", cause="the 2 of a square is carried along"
)
def two_from_the_square(y_hat, y):
    return 2 * (y_hat - y) / len(y)


@wrong(
    "check_output_delta",
    "factor-half",
    where="dC_dz2",
    cause="1 / (2m), from a course on squared error",
)
def one_over_two_m(y_hat, y):
    m = y.shape[0]
    return 1 / (2 * m) * (y_hat - y)


@wrong(
    "check_output_delta",
    "wrong-divisor",
    where="dC_dz2",
    cause="divides by N - 1, as a sample variance does",
)
def divides_by_one_less(y_hat, y):
    return (y_hat - y) / (len(y) - 1)


@wrong(
    "check_output_delta",
    "multiple-of-the-sum",
    where="dC_dz2",
    cause="100 flowers, as in the lesson",
)
def hundred_flowers(y_hat, y):
    return (y_hat - y) / 100


@wrong(
    "check_output_delta",
    "wrong-divisor",
    where="dC_dz2",
    cause="delta is scaled to length one",
)
def scaled_to_length_one(y_hat, y):
    delta = y_hat - y
    return delta / delta.norm()


@wrong(
    "check_output_delta",
    "zeros",
    where="dC_dz2",
    cause="// for /: whole-number division",
)
def whole_number_division(y_hat, y):
    return torch.trunc((y_hat - y) / 1) // len(y)


@wrong("check_output_delta", "clipped", where="dC_dz2", cause="gradient clipping to 0.05")
def clipped_delta(y_hat, y):
    return torch.clamp((y_hat - y) / len(y), -0.05, 0.05)


@wrong("check_output_delta", "epsilon", where="dC_dz2", cause="a large epsilon in the denominators")
def large_epsilon(y_hat, y):
    d = -y / (y_hat + EPSILON) + (1 - y) / (1 - y_hat + EPSILON)
    return d * y_hat * (1 - y_hat) / len(y)


@wrong("check_output_delta", "half-precision", where="dC_dz2", cause="computed in half precision")
def half_precision_delta(y_hat, y):
    return ((y_hat.half() - y.half()) / len(y)).double()


@wrong("check_output_delta", "rounded", where="dC_dz2", cause="three decimals")
def three_decimals(y_hat, y):
    return np.round((y_hat - y).numpy() / len(y), 3)


@wrong("check_output_delta", "uses-autograd", cause="autograd does the work")
def asks_autograd(y_hat, y):
    z2 = logit(y_hat).detach().requires_grad_(True)
    F.binary_cross_entropy(torch.sigmoid(z2), y).backward()
    return z2.grad


@wrong("check_output_delta", "changes-its-input", cause="-= works in place on y_hat")
def in_place_difference(y_hat, y):
    y_hat -= y
    y_hat /= len(y)
    return y_hat


@wrong(
    "check_output_delta",
    "certain-answers",
    where="dC_dz2",
    cause="guards the division, and gives 0 for a certain answer",
)
def certain_answers_get_zero(y_hat, y):
    safe = (y_hat > 0) & (y_hat < 1)
    inner = torch.where(safe, y_hat, torch.full_like(y_hat, 0.5))
    d = (-y / inner + (1 - y) / (1 - inner)) * y_hat * (1 - y_hat) / len(y)
    return torch.where(safe, d, torch.zeros_like(d))


@wrong(
    "check_output_delta",
    "certain-answers",
    where="dC_dz2",
    cause="clamps the denominators: delta is 0 where it should be 1/N",
)
def clamped_denominators(y_hat, y):
    p = y_hat.clamp(1e-12, 1 - 1e-12)
    d = -y / p + (1 - y) / (1 - p)
    return d * (y_hat * (1 - y_hat)) / len(y)


@wrong(
    "check_output_delta", "many-rows", where="dC_dz2", cause="only the first 64 flowers, one batch"
)
def one_batch_only(y_hat, y):
    batch = slice(0, 64)
    delta = torch.zeros_like(y)
    delta[batch] = (y_hat[batch] - y[batch]) / len(y)
    return delta


@wrong(
    "check_output_delta",
    "missing-parentheses",
    where="dC_dz2",
    cause="the label alone is divided, in NumPy",
)
def numpy_label_alone_divided(y_hat, y):
    a, t, n = y_hat.numpy(), y.numpy(), y.numpy().shape[0]
    return a - np.divide(t, n)


@wrong(
    "check_output_delta", "array-for-axis", cause="np.sum(a, b): the second argument is the axis"
)
def sum_of_two_arguments(y_hat, y):
    delta = np.sum(y_hat.numpy(), -y.numpy())
    return delta / len(y)


@wrong(
    "check_output_delta",
    "numpy-of-watched-tensor",
    cause="NumPy on a tensor that asks for a gradient",
)
def numpy_of_a_watched_tensor(y_hat, y):
    p = y_hat.clone().requires_grad_()
    return (p.numpy() - y.numpy()) / len(y)


@wrong(
    "check_output_delta",
    "missing-attribute",
    cause="len for shape: a tensor has no length attribute",
)
def attribute_of_another_language(y_hat, y):
    return (y_hat - y) / y.length


@wrong(
    "check_output_delta", "not-a-function", cause="a missing * before the bracket calls a tensor"
)
def star_left_out(y_hat, y):
    dC_dy_hat = (y_hat - y) / (y_hat * (1 - y_hat)) / len(y)
    return dC_dy_hat * y_hat(1 - y_hat)


@wrong(
    "check_output_delta", "assert-failed", cause="an assert from a course that wants another layout"
)
def assert_from_a_course(y_hat, y):
    m = y.shape[0]
    delta = (y_hat - y) / m
    assert delta.shape == (1, m)
    return delta


@wrong(
    "check_output_delta", "outer-product", where="dC_dz2", cause="y_hat @ y.T in the chain: N x N"
)
def product_of_two_columns(y_hat, y):
    slope = y_hat * (1 - y_hat)
    dC_dy_hat = (y_hat - y) / slope / len(y)
    return dC_dy_hat @ slope.T


@wrong(
    "check_output_delta",
    "reversed",
    where="dC_dz2",
    cause="walks backward through the flowers and appends",
)
def appended_from_the_back(y_hat, y):
    N, rows = len(y), []
    for i in range(N - 1, -1, -1):
        rows.append([(float(y_hat[i]) - float(y[i])) / N])
    return torch.tensor(rows, dtype=torch.float64)


# --- two mistakes ----------------------------------------------------------------------------


@wrong(
    "check_output_delta",
    "extra-slope",
    "sum-not-mean",
    where="dC_dz2",
    cause="squared error's delta, summed",
)
def squared_error_summed(y_hat, y):
    return (y_hat - y) * y_hat * (1 - y_hat)


@wrong(
    "check_output_delta",
    "extra-slope",
    "factor-two",
    where="dC_dz2",
    cause="derivative of (y_hat - y)**2, with its 2",
)
def full_squared_error(y_hat, y):
    dC_dy_hat = 2 * (y_hat - y) / len(y)
    return dC_dy_hat * y_hat * (1 - y_hat)


@wrong(
    "check_output_delta",
    "extra-slope",
    "sign",
    where="dC_dz2",
    cause="(target - output) * slope, for updates that add",
)
def trask_style(y_hat, y):
    error = y - y_hat
    return error * (y_hat * (1 - y_hat)) / len(y)


@wrong(
    "check_output_delta",
    "slope-missing",
    "sum-not-mean",
    where="dC_dz2",
    cause="dA2 of a course, neither slope nor N",
)
def course_da2(y_hat, y):
    dAL = -(np.divide(y, y_hat) - np.divide(1 - y, 1 - y_hat))
    return dAL


@wrong(
    "check_output_delta",
    "labels-swapped",
    "divided-twice",
    where="dC_dz2",
    cause="opposite labels, divided twice",
)
def opposite_labels_divided_twice(y_hat, y):
    n = len(y)
    opposite = 1 - y
    mean_part = (y_hat - opposite) / n
    return mean_part / n


@wrong(
    "check_output_delta", "absolute", "sum-not-mean", where="dC_dz2", cause="absolute error, summed"
)
def absolute_error_summed(y_hat, y):
    return (y - y_hat).abs()


@wrong("check_output_delta", "flat", "sum-not-mean", where="dC_dz2", cause="flat, and no 1/N")
def flat_and_summed(y_hat, y):
    return y_hat.flatten() - y.flatten()


@wrong(
    "check_output_delta",
    "transposed",
    "sign",
    where="dC_dz2",
    cause="a row, and label minus prediction",
)
def row_the_wrong_way_round(y_hat, y):
    return (y.T - y_hat.T) / y.shape[0]


@wrong(
    "check_output_delta",
    "labels-flat",
    "sum-not-mean",
    where="dC_dz2",
    cause="y squeezed, and no 1/N",
)
def squeezed_and_summed(y_hat, y):
    return y_hat - y.squeeze()


@wrong(
    "check_output_delta",
    "tanh-slope",
    "factor-half",
    where="dC_dz2",
    cause="tanh's slope, and one half too much",
)
def tanh_slope_and_half(y_hat, y):
    return 0.5 * (y_hat - y) * (1 - y_hat * y_hat) / len(y)


# --- right -----------------------------------------------------------------------------------


@right("check_output_delta")
def short_line(y_hat, y):
    return (y_hat - y) / len(y)


@right("check_output_delta")
def divided_by_numel(y_hat, y):
    return torch.sub(y_hat, y).div(y.numel())


@right("check_output_delta", note="number")
def two_steps(y_hat, y):
    dC_dy_hat = (-y / y_hat + (1 - y) / (1 - y_hat)) / len(y)  # 0 / 0 for certain answers
    slope = y_hat * (1 - y_hat)
    return dC_dy_hat * slope


@right("check_output_delta", note="number")
def two_steps_on_one_fraction(y_hat, y):
    N = y.shape[0]
    dC_dy_hat = (y_hat - y) / (N * y_hat * (1 - y_hat))
    return dC_dy_hat * (y_hat - y_hat**2)


@right("check_output_delta")
def masks_for_the_labels(y_hat, y):
    delta = y_hat.clone()
    delta[y == 1] -= 1
    return delta / delta.shape[0]


@right("check_output_delta")
def numpy_columns(y_hat, y):
    A, Y = y_hat.numpy().T, y.numpy().T
    m = Y.shape[1]
    dZ = 1.0 / m * (A - Y)
    return dZ.T


@right("check_output_delta")
def nested_lists(y_hat, y):
    n = len(y)
    return [[(p - t) / n] for [p], [t] in zip(y_hat.tolist(), y.tolist())]


@right("check_output_delta")
def generator_and_stack(y_hat, y):
    def deltas():
        for p, t in zip(y_hat, y):
            yield (p - t) / len(y_hat)

    return torch.stack(list(deltas()))


@right("check_output_delta")
def exact_fractions(y_hat, y):
    n = len(y)
    return np.array(
        [
            [(Fraction(p) - Fraction(t)) / n]
            for p, t in zip(y_hat.flatten().tolist(), y.flatten().tolist())
        ],
        dtype=object,
    )


@right("check_output_delta")
def decimals(y_hat, y):
    pairs = zip(y_hat.flatten().tolist(), y.flatten().tolist())
    return [[float((Decimal(p) - Decimal(t)) / len(y))] for p, t in pairs]


@right("check_output_delta")
def single_precision(y_hat, y):
    return (y_hat.float() - y.float()) / y.size(0)


@right("check_output_delta")
def by_label(y_hat, y):
    return torch.where(y == 1, y_hat - 1, y_hat) / len(y)


@right("check_output_delta")
def matrix_class(y_hat, y):
    return (np.matrix(y_hat.numpy()) - np.matrix(y.numpy())) / len(y)


@right("check_output_delta")
def cost_class_with_delta(y_hat, y):
    class CrossEntropyCost:
        @staticmethod
        def delta(z, a, y):
            return a - y  # z is not needed

    return CrossEntropyCost.delta(None, y_hat, y) / len(y)


@right("check_output_delta")
def weights_of_the_mean(y_hat, y):
    weights = torch.full_like(y, 1 / len(y))
    return weights * y_hat - weights * y


@right("check_output_delta")
def weights_as_a_diagonal(y_hat, y):
    N = len(y)
    return torch.eye(N, dtype=y.dtype) / N @ (y_hat - y)


@right("check_output_delta")
def whole_number_labels(y_hat, y):
    labels = y.long()
    return (y_hat - labels) * (1 / labels.shape[0])
