"""check_binary_cross_entropy(y_hat, y) -> the mean cost, one number."""
# ruff: noqa: B006, B905, E731, SIM105

import math
from itertools import accumulate
from statistics import fmean, geometric_mean

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from .bank import right, wrong

CHECK = "check_binary_cross_entropy"
TOTAL = [0.0]


def pairs(y_hat, y):
    return list(zip(y_hat.flatten().tolist(), y.flatten().tolist()))


def terms(p, t):
    return t * torch.log(p) + (1 - t) * torch.log(1 - p)


# --- one mistake -----------------------------------------------------------------------------


@wrong(CHECK, "sign", where="cost", cause="the minus is missing")
def minus_missing(y_hat, y):
    return torch.mean(y * torch.log(y_hat) + (1 - y) * torch.log(1 - y_hat))


@wrong(CHECK, "sign", where="cost", cause="minus twice")
def minus_twice(y_hat, y):
    n = len(y)
    loss = -sum(t * math.log(p) + (1 - t) * math.log(1 - p) for p, t in pairs(y_hat, y))
    return -loss / n


@wrong(CHECK, "sum-not-mean", where="cost", cause="np.sum without / N")
def sum_without_n(y_hat, y):
    p, t = y_hat.numpy(), y.numpy()
    return -np.sum(t * np.log(p) + (1 - t) * np.log(1 - p))


@wrong(CHECK, "sum-not-mean", where="cost", cause='reduction="sum"')
def reduction_sum(y_hat, y):
    return F.binary_cross_entropy(y_hat, y, reduction="sum")


@wrong(CHECK, "sum-not-mean", where="cost", cause="divides by shape[1], which is 1")
def divides_by_one(y_hat, y):
    m = y.shape[1]
    return -1 / m * terms(y_hat, y).sum()


@wrong(CHECK, "divided-twice", where="cost", cause="mean, and / N once more")
def mean_and_n(y_hat, y):
    return -terms(y_hat, y).mean() / len(y)


@wrong(CHECK, "factor-half", where="cost", cause="1 / (2 N), as for the squared error")
def half_as_for_squares(y_hat, y):
    return -terms(y_hat, y).sum() / (2 * y.numel())


@wrong(CHECK, "factor-half", where="cost", cause="mean over the 2 N terms stacked together")
def mean_over_both_terms(y_hat, y):
    both = torch.cat([y * y_hat.log(), (1 - y) * (1 - y_hat).log()], dim=1)
    return -both.mean()


@wrong(CHECK, "wrong-divisor", where="cost", cause="divides by N - 1")
def divides_by_n_minus_one(y_hat, y):
    return -terms(y_hat, y).sum() / (len(y) - 1)


@wrong(
    CHECK,
    "wrong-divisor",
    where="cost",
    cause="divides by the number of ones",
    or_else=(("divided-by-ones",),),
)
def divides_by_number_of_ones(y_hat, y):
    return -terms(y_hat, y).sum() / y.sum()


@wrong(CHECK, "log-base", where="cost", cause="log10")
def base_ten(y_hat, y):
    return -(y * y_hat.log10() + (1 - y) * (1 - y_hat).log10()).mean()


@wrong(CHECK, "log-base", where="cost", cause="log2, in bits")
def in_bits(y_hat, y):
    return fmean(-math.log2(p if t == 1 else 1 - p) for p, t in pairs(y_hat, y))


@wrong(CHECK, "log-base", where="cost", cause="math.log with a second argument")
def log_with_base(y_hat, y):
    total = 0
    for p, t in pairs(y_hat, y):
        total -= t * math.log(p, 10) + (1 - t) * math.log(1 - p, 10)
    return total / len(y)


@wrong(CHECK, "zeros-forgotten", where="cost", cause="only the first term")
def first_term_only(y_hat, y):
    return -(y * torch.log(y_hat)).mean()


@wrong(CHECK, "zeros-forgotten", where="cost", cause="the formula for one-hot labels, one column")
def categorical_on_one_column(y_hat, y):
    p = np.clip(y_hat.numpy(), 1e-12, 1 - 1e-12)
    return -np.sum(y.numpy() * np.log(p)) / p.shape[0]


@wrong(CHECK, "zeros-forgotten", where="cost", cause="KL divergence for cross-entropy")
def kl_divergence(y_hat, y):
    return F.kl_div(y_hat.log(), y, reduction="batchmean")


@wrong(CHECK, "zeros-forgotten", where="cost", cause="the second term stands on a line of its own")
def second_term_on_its_own_line(y_hat, y):
    cost = -(y * y_hat.log())
    -((1 - y) * (1 - y_hat).log())
    return cost.mean()


@wrong(CHECK, "ones-forgotten", where="cost", cause="only the second term")
def second_term_only(y_hat, y):
    return -torch.mean((1 - y) * torch.log(1 - y_hat))


@wrong(CHECK, "ones-forgotten", where="cost", cause="= for += overwrites the first term")
def first_term_overwritten(y_hat, y):
    cost = -y * torch.log(y_hat)
    cost = -(1 - y) * torch.log(1 - y_hat)
    return cost.mean()


@wrong(CHECK, "labels-swapped", where="cost", cause="the two logarithms are swapped")
def logarithms_swapped(y_hat, y):
    return -(y * torch.log(1 - y_hat) + (1 - y) * torch.log(y_hat)).mean()


@wrong(CHECK, "labels-swapped", where="cost", cause="if t == 0 where 1 is meant")
def if_the_wrong_way(y_hat, y):
    costs = []
    for p, t in pairs(y_hat, y):
        if t == 0:
            costs.append(-math.log(p))
        else:
            costs.append(-math.log(1 - p))
    return sum(costs) / len(costs)


@wrong(CHECK, "labels-swapped", where="cost", cause="torch.where with its two answers exchanged")
def where_exchanged(y_hat, y):
    return -torch.log(torch.where(y == 1, 1 - y_hat, y_hat)).mean()


@wrong(CHECK, "labels-swapped", where="cost", cause="boolean masks of the wrong class")
def masks_of_the_wrong_class(y_hat, y):
    right_ones = torch.empty_like(y_hat)
    right_ones[y == 0] = y_hat[y == 0]
    right_ones[y == 1] = 1 - y_hat[y == 1]
    return -right_ones.log().mean()


@wrong(CHECK, "minus-between-terms", where="cost", cause="a minus between the terms")
def minus_between(y_hat, y):
    return -(y * torch.log(y_hat) - (1 - y) * torch.log(1 - y_hat)).mean()


@wrong(CHECK, "minus-between-terms", where="cost", cause="the minus reaches only the first term")
def minus_for_the_first_term(y_hat, y):
    return torch.mean(-y * torch.log(y_hat) + (1 - y) * torch.log(1 - y_hat))


@wrong(CHECK, "squared-error", where="cost", cause="mean squared error")
def mean_squared_error(y_hat, y):
    return nn.MSELoss()(y_hat, y)


@wrong(CHECK, "root-of-squared-error", where="cost", cause="its root")
def rms_error(y_hat, y):
    return math.sqrt(sum((p - t) ** 2 for p, t in pairs(y_hat, y)) / len(y))


@wrong(CHECK, "absolute-error", where="cost", cause="mean absolute error")
def mean_absolute_error(y_hat, y):
    return np.abs(y_hat.numpy() - y.numpy()).mean()


@wrong(
    CHECK,
    "labels-flat",
    where="cost",
    cause="y.flatten() meets N x 1",
    or_else=(("outer-product",),),
)
def flat_labels(y_hat, y):
    t = y.flatten()
    return -(t * torch.log(y_hat) + (1 - t) * torch.log(1 - y_hat)).mean()


@wrong(
    CHECK,
    "labels-flat",
    where="cost",
    cause="squeezes the prediction and not the labels",
    or_else=(("outer-product",),),
)
def flat_predictions(y_hat, y):
    p = y_hat.squeeze()
    return torch.mean(-y * p.log() - (1 - y) * (1 - p).log())


@wrong(
    CHECK,
    "outer-product",
    where="cost",
    cause="the course's formula for rows of samples: N x N",
    or_else=(("labels-flat",),),
)
def course_layout(y_hat, y):
    return -(y @ torch.log(y_hat).T + (1 - y) @ torch.log(1 - y_hat).T).mean()


@wrong(
    CHECK,
    "outer-product",
    "sum-not-mean",
    where="cost",
    cause="N x N by np.dot, and divided by N once",
    or_else=(
        ("labels-flat",),
        ("labels-flat", "sum-not-mean"),
    ),
)
def course_layout_divided_by_m(y_hat, y):
    A, Y = y_hat.numpy(), y.numpy()
    m = Y.shape[0]
    return -1 / m * np.sum(np.dot(Y, np.log(A).T) + np.dot(1 - Y, np.log(1 - A).T))


@wrong(CHECK, "labels-flat", cause="F.binary_cross_entropy with flat labels")
def functional_with_flat_labels(y_hat, y):
    return F.binary_cross_entropy(y_hat, y.flatten())


@wrong(
    CHECK,
    "no-logarithm",
    where="cost",
    cause="the formula without its logarithms",
    or_else=(("no-logarithm", "sign"),),
)
def logarithm_missing(y_hat, y):
    return -(y * y_hat + (1 - y) * (1 - y_hat)).mean()


@wrong(CHECK, "sigmoid-again", where="cost", cause="BCEWithLogitsLoss on a probability")
def with_logits(y_hat, y):
    return nn.BCEWithLogitsLoss()(y_hat, y)


@wrong(CHECK, "sigmoid-again", where="cost", cause="a sigmoid inside the cost")
def sigmoid_inside(y_hat, y):
    p = 1 / (1 + torch.exp(-y_hat))
    return -terms(p, y).mean()


@wrong(CHECK, "sigmoid-again", where="cost", cause="max(z, 0) - z y + ..., given a probability")
def stable_formula_given_a_probability(y_hat, y):
    z = y_hat.numpy()
    return np.mean(np.maximum(z, 0) - z * y.numpy() + np.log1p(np.exp(-np.abs(z))))


@wrong(CHECK, "log-of-mean", where="cost", cause="the logarithm of the mean")
def log_after_mean(y_hat, y):
    return -torch.log((y * y_hat + (1 - y) * (1 - y_hat)).mean())


@wrong(CHECK, "arguments-swapped", where="cost", cause="labels first, as in Keras")
def labels_first(y_hat, y):
    def keras_style(y_true, y_pred):
        y_pred = torch.clamp(y_pred, 1e-7, 1 - 1e-7)
        return -(y_true * y_pred.log() + (1 - y_true) * (1 - y_pred).log()).mean()

    return keras_style(y_hat, y)


@wrong(CHECK, "arguments-swapped", where="cost", cause="the logarithm of the labels")
def logarithm_of_labels(y_hat, y):
    return -(y_hat * y.log() + (1 - y_hat) * (1 - y).log()).mean()


@wrong(CHECK, "arguments-swapped", where="cost", cause="the library's argument order turned round")
def library_order_turned(y_hat, y):
    return nn.BCELoss()(y, y_hat)


@wrong(CHECK, where="cost", cause="the logarithm of the label, in one of the two terms")
def label_and_prediction_mixed(y_hat, y):
    eps = 1e-9
    return -(y * torch.log(y_hat) + (1 - y_hat) * torch.log(1 - y + eps)).mean()


@wrong(CHECK, "one-minus-logarithm", where="cost", cause="1 - log(y_hat) for log(1 - y_hat)")
def one_minus_log(y_hat, y):
    lg = torch.log(y_hat)
    return -(y * lg + (1 - y) * (1 - lg)).mean()


@wrong(CHECK, "ones-only", where="cost", cause="-log(y_hat), whatever the label")
def labels_ignored(y_hat, y):
    return -torch.log(y_hat).mean()


@wrong(CHECK, "ones-only", where="cost", cause="the label is read as text, and all text is true")
def always_the_first_branch(y_hat, y):
    costs = [-math.log(p) if str(t) else -math.log(1 - p) for p, t in pairs(y_hat, y)]
    return sum(costs) / len(costs)


@wrong(CHECK, "entropy-of-prediction", where="cost", cause="y_hat stands where y should")
def entropy_of_the_prediction(y_hat, y):
    y = y_hat
    return -terms(y_hat, y).mean()


@wrong(CHECK, "last-sample-only", where="cost", cause="= for += in the loop")
def overwritten(y_hat, y):
    for p, t in pairs(y_hat, y):
        cost = -(t * math.log(p) + (1 - t) * math.log(1 - p))
    return cost


@wrong(CHECK, "first-sample-only", where="cost", cause="return stands inside the loop")
def returns_inside_the_loop(y_hat, y):
    total = 0.0
    for p, t in pairs(y_hat, y):
        total -= t * math.log(p) + (1 - t) * math.log(1 - p)
        return total


@wrong(CHECK, "sample-missing", where="cost", cause="range(N - 1)")
def one_flower_too_few(y_hat, y):
    total = torch.zeros(())
    for i in range(len(y) - 1):
        total = total - terms(y_hat[i, 0], y[i, 0])
    return total / len(y)


@wrong(CHECK, "error-rate", where="cost", cause="the share of wrong answers")
def share_of_wrong_answers(y_hat, y):
    return ((y_hat > 0.5).double() != y).double().mean()


@wrong(CHECK, "accuracy", where="cost", cause="the share of right answers")
def share_of_right_answers(y_hat, y):
    return (y_hat.round() == y).sum().item() / len(y)


@wrong(CHECK, "difference-of-means", where="cost", cause="errors up and down cancel")
def errors_cancel(y_hat, y):
    return (y_hat - y).mean()


@wrong(CHECK, "class-means", where="cost", cause="the mean of the two classes' means")
def mean_of_class_means(y_hat, y):
    ones, zeros = y_hat[y == 1], y_hat[y == 0]
    return (-ones.log().mean() - (1 - zeros).log().mean()) / 2


@wrong(CHECK, "class-means", "factor-two", where="cost", cause="the two classes' means are added")
def class_means_added(y_hat, y):
    p, t = y_hat.numpy(), y.numpy()
    return np.mean(-np.log(p[t == 1])) + np.mean(-np.log(1 - p[t == 0]))


@wrong(
    CHECK,
    where="cost",
    cause="/= N stands inside the loop",
    or_else=(("divided-inside-the-loop",),),
)
def division_in_the_loop(y_hat, y):
    err, n = 0.0, len(y)
    for p, t in pairs(y_hat, y):
        err += -(t * math.log(p) + (1 - t) * math.log(1 - p))
        err /= n
    return err


@wrong(CHECK, where="cost", cause="a running average that halves what was there")
def running_average(y_hat, y):
    average = 0.0
    for p, t in pairs(y_hat, y):
        average = (average - math.log(p if t else 1 - p)) / 2
    return average


@wrong(CHECK, where="cost", cause="log1p(y_hat) for log(y_hat)")
def log1p_slip(y_hat, y):
    return -(y * torch.log1p(y_hat) + (1 - y) * torch.log1p(-y_hat)).mean()


@wrong(CHECK, where="cost", cause="1 + y_hat in the second logarithm")
def plus_in_the_second_logarithm(y_hat, y):
    return -(y * torch.log(y_hat) + (1 - y) * torch.log(1 + y_hat)).mean()


@wrong(CHECK, "zeros", where="cost", cause="the terms are multiplied: one of them is always 0")
def terms_multiplied(y_hat, y):
    return (y * y_hat.log() * (1 - y) * (1 - y_hat).log()).mean()


@wrong(CHECK, where="cost", cause="hinge loss with labels of 0 and 1")
def hinge(y_hat, y):
    return torch.clamp(1 - y * y_hat, min=0).mean()


@wrong(CHECK, where="cost", cause="the median for the mean", or_else=(("median",),))
def median(y_hat, y):
    return -terms(y_hat, y).median()


@wrong(CHECK, where="cost", cause="only the dearest flower", or_else=(("largest",),))
def dearest_flower(y_hat, y):
    return (-terms(y_hat, y)).max()


@wrong(CHECK, "zeros", where="cost", cause="nn.CrossEntropyLoss on one column: softmax is 1")
def cross_entropy_of_one_column(y_hat, y):
    return nn.CrossEntropyLoss()(y_hat, y)


@wrong(CHECK, "one-column-only", cause="nn.CrossEntropyLoss with class numbers on one column")
def cross_entropy_with_class_numbers(y_hat, y):
    return F.cross_entropy(y_hat, y.flatten().long())


@wrong(CHECK, "not-one-number", where="cost", cause='reduction="none"')
def reduction_none(y_hat, y):
    return F.binary_cross_entropy(y_hat, y, reduction="none")


@wrong(CHECK, "not-one-number", where="cost", cause="the mean is forgotten")
def no_mean(y_hat, y):
    return -terms(y_hat, y)


@wrong(CHECK, "not-one-number", where="cost", cause="the running sums, not the last of them")
def running_sums(y_hat, y):
    return list(accumulate(-math.log(p if t else 1 - p) for p, t in pairs(y_hat, y)))


@wrong(CHECK, "epsilon", where="cost", cause="adds 0.001 in each logarithm")
def thousandth_in_the_logarithm(y_hat, y):
    eps = 1e-3
    return -(y * torch.log(y_hat + eps) + (1 - y) * torch.log(1 - y_hat + eps)).mean()


@wrong(
    CHECK,
    "epsilon",
    where="cost",
    cause="keeps y_hat in 0.2...0.8",
    or_else=(("clipped",), ("certain-answers",)),
)
def kept_from_the_ends(y_hat, y):
    return -terms(y_hat.clamp(0.2, 0.8), y).mean()


@wrong(CHECK, "rounded", where="cost", cause="rounded to three places")
def three_places(y_hat, y):
    return round(F.binary_cross_entropy(y_hat, y).item(), 3)


@wrong(CHECK, "rounded", where="cost", cause="y_hat is rounded to one place")
def rounded_before(y_hat, y):
    p = torch.round(y_hat, decimals=1).clamp(0.01, 0.99)
    return -terms(p, y).mean()


@wrong(CHECK, "rounded", where="cost", cause="each flower's cost is cut to a whole number")
def costs_cut_to_whole_numbers(y_hat, y):
    return sum(int(-math.log(p if t else 1 - p)) for p, t in pairs(y_hat, y)) / len(y)


@wrong(CHECK, "half-precision", where="cost", cause="half precision")
def half(y_hat, y):
    p, t = y_hat.half(), y.half()
    return -(t * p.log() + (1 - t) * (1 - p).log()).mean().double()


@wrong(CHECK, "certain-answers", where="cost", cause="infinities count as 0")
def infinities_count_nothing(y_hat, y):
    losses = -(y * y_hat.log() + (1 - y) * (1 - y_hat).log())
    return torch.nan_to_num(losses, nan=0.0, posinf=0.0, neginf=0.0).mean()


@wrong(CHECK, "certain-answers", where="cost", cause="certain answers are left out")
def certain_ones_left_out(y_hat, y):
    total = 0.0
    for p, t in pairs(y_hat, y):
        if p == 0 or p == 1:
            continue
        total -= t * math.log(p) + (1 - t) * math.log(1 - p)
    return total / len(y)


@wrong(CHECK, "certain-answers", where="cost", cause="a math error costs nothing")
def error_costs_nothing(y_hat, y):
    total = 0.0
    for p, t in pairs(y_hat, y):
        try:
            total += -t * math.log(p) - (1 - t) * math.log(1 - p)
        except ValueError:
            pass
    return total / len(y)


@wrong(CHECK, "certain-answers", where="cost", cause="adds 1 where y_hat is 0: log 1 is 0")
def one_added_at_zero(y_hat, y):
    p, q = y_hat + (y_hat == 0), 1 - y_hat + (y_hat == 1)
    return -(y * p.log() + (1 - y) * q.log()).mean()


@wrong(CHECK, "not-repeatable", cause="a total that lives outside is never set back")
def total_outside(y_hat, y):
    for p, t in pairs(y_hat, y):
        TOTAL[0] -= math.log(p if t else 1 - p)
    return TOTAL[0] / len(y)


@wrong(CHECK, "changes-its-input", cause="clamps the given tensor in place")
def clamps_in_place(y_hat, y):
    y_hat.clamp_(0.2, 0.8)
    return F.binary_cross_entropy(y_hat, y)


@wrong(CHECK, "changes-its-input", cause="turns the given labels into -1 and 1")
def labels_turned(y_hat, y):
    y.mul_(2).sub_(1)
    return -torch.log(0.5 + y * (y_hat - 0.5)).mean()


@wrong(CHECK, "no-number", cause="prints the cost", or_else=((),))
def prints_the_cost(y_hat, y):
    print(-terms(y_hat, y).mean())


@wrong(CHECK, "no-number", cause="returns text")
def returns_text(y_hat, y):
    return f"cost: {-terms(y_hat, y).mean():.4f}"


@wrong(CHECK, "no-number", cause="returns the loss object, not its value")
def returns_the_loss_object(y_hat, y):
    return nn.BCELoss


@wrong(CHECK, "missing-attribute", cause="torch.ln")
def torch_ln(y_hat, y):
    return -(y * torch.ln(y_hat) + (1 - y) * torch.ln(1 - y_hat)).mean()


@wrong(CHECK, "function-of-one-number", cause="math.log of a tensor")
def math_log(y_hat, y):
    return -(y * math.log(y_hat) + (1 - y) * math.log(1 - y_hat)) / len(y)


@wrong(CHECK, "function-of-one-number", cause="if y == 1 on the whole column")
def if_on_a_column(y_hat, y):
    if y == 1:
        return -torch.log(y_hat).mean()
    return -torch.log(1 - y_hat).mean()


@wrong(CHECK, "not-a-probability", cause="percent for probability")
def in_percent(y_hat, y):
    return F.binary_cross_entropy(y_hat * 100, y)


@wrong(CHECK, "shapes-do-not-fit", cause="y @ log(y_hat), both N x 1")
def at_of_two_columns(y_hat, y):
    return -(y @ torch.log(y_hat) + (1 - y) @ torch.log(1 - y_hat)) / len(y)


@wrong(CHECK, "array-for-axis", cause="np.sum of two arrays: the second is taken for an axis")
def sum_of_two_arguments(y_hat, y):
    p, t = y_hat.numpy(), y.numpy()
    return -np.sum(t * np.log(p), (1 - t) * np.log(1 - p)) / len(t)


@wrong(CHECK, "dtypes-differ", cause="the library's loss in two precisions")
def two_precisions(y_hat, y):
    return F.binary_cross_entropy(y_hat.float(), y)


@wrong(CHECK, "operands-do-not-fit", cause="the function's name is multiplied, not its value")
def name_is_multiplied(y_hat, y):
    lg = lambda p: p.log()
    return -(y * lg(y_hat) + (1 - y) * lg).mean()


@wrong(CHECK, "array-for-axis", cause="torch.sum of two tensors: the second is taken for an axis")
def torch_sum_of_two_arguments(y_hat, y):
    return -torch.sum(y * y_hat.log(), (1 - y) * (1 - y_hat).log()) / len(y)


@wrong(CHECK, "array-for-axis", cause="np.mean of two arrays")
def numpy_mean_of_two_arguments(y_hat, y):
    p, t = y_hat.numpy(), y.numpy()
    return -np.mean(t * np.log(p), (1 - t) * np.log(1 - p))


@wrong(CHECK, "arguments-swapped", where="cost", cause="the label's logarithm, kept finite")
def logarithm_of_labels_kept_finite(y_hat, y):
    eps = 1e-7
    t = y.clamp(eps, 1 - eps)
    return -(y_hat * t.log() + (1 - y_hat) * (1 - t).log()).mean()


@wrong(
    CHECK, "not-a-number", where="cost", cause="the label's logarithm in one term: 0 times infinity"
)
def one_logarithm_of_labels(y_hat, y):
    return -(y * y.log() + (1 - y) * (1 - y_hat).log()).mean()


@wrong(CHECK, "not-a-number", where="cost", cause="log(y_hat - 1): a logarithm of less than 0")
def logarithm_of_less_than_zero(y_hat, y):
    return -(y * torch.log(y_hat) + (1 - y) * torch.log(y_hat - 1)).mean()


@wrong(CHECK, "not-repeatable", cause="a list as a default value keeps the earlier flowers")
def list_as_default_value(y_hat, y, costs=[]):
    for p, t in pairs(y_hat, y):
        costs.append(-math.log(p if t else 1 - p))
    return sum(costs) / len(y)


@wrong(CHECK, "many-rows", where="cost", cause="the product of all is too small for float32")
def product_that_vanishes(y_hat, y):
    p, t = y_hat.float().numpy(), y.numpy()
    return -np.log(np.prod(np.where(t == 1, p, 1 - p), dtype="float32")) / len(t)


@wrong(CHECK, "many-rows", where="cost", cause="only the first hundred flowers, as in the lesson")
def first_hundred(y_hat, y):
    return F.binary_cross_entropy(y_hat[:100], y[:100])


@wrong(
    CHECK,
    "wrong-divisor",
    where="cost",
    cause="/ 100, the lesson's number of flowers",
    or_else=(("multiple-of-the-sum",),),
)
def hundred_written_in(y_hat, y):
    return -terms(y_hat, y).sum() / 100


# --- two mistakes ----------------------------------------------------------------------------


@wrong(CHECK, "squared-error", "factor-half", where="cost", cause="half the mean squared error")
def half_squared_error(y_hat, y):
    return 0.5 * ((y_hat - y) ** 2).mean()


@wrong(CHECK, "squared-error", "sum-not-mean", where="cost", cause="the sum of squares")
def sum_of_squares(y_hat, y):
    return np.sum(np.square(y_hat.numpy() - y.numpy()))


@wrong(CHECK, "squared-error", "half-the-sum", where="cost", cause="half the sum of squares")
def half_sum_of_squares(y_hat, y):
    return ((y - y_hat) ** 2 / 2).sum()


@wrong(CHECK, "absolute-error", "sum-not-mean", where="cost", cause="the sum of the errors' sizes")
def sum_of_sizes(y_hat, y):
    return sum(abs(p - t) for p, t in pairs(y_hat, y))


@wrong(CHECK, "labels-swapped", "sum-not-mean", where="cost", cause="swapped, and not divided")
def swapped_and_summed(y_hat, y):
    return -torch.sum((1 - y) * y_hat.log() + y * (1 - y_hat).log())


@wrong(CHECK, "labels-swapped", "sign", where="cost", cause="swapped, and the minus missing")
def swapped_and_turned(y_hat, y):
    return terms(1 - y_hat, y).mean()


@wrong(CHECK, "zeros-forgotten", "sum-not-mean", where="cost", cause="one term, and not divided")
def one_term_summed(y_hat, y):
    return sum(-t * math.log(p) for p, t in pairs(y_hat, y))


@wrong(CHECK, "zeros-forgotten", "log-base", where="cost", cause="one term, in bits")
def one_term_in_bits(y_hat, y):
    return -(y * torch.log2(y_hat)).mean()


@wrong(CHECK, "log-base", "sum-not-mean", where="cost", cause="base ten, and not divided")
def base_ten_summed(y_hat, y):
    p, t = y_hat.numpy(), y.numpy()
    return -(t * np.log10(p) + (1 - t) * np.log10(1 - p)).sum()


@wrong(CHECK, "log-base", "sign", where="cost", cause="in bits, and the minus missing")
def in_bits_turned(y_hat, y):
    return (y * y_hat.log2() + (1 - y) * (1 - y_hat).log2()).mean()


@wrong(CHECK, "sigmoid-again", "sum-not-mean", where="cost", cause='with logits, reduction="sum"')
def with_logits_summed(y_hat, y):
    return F.binary_cross_entropy_with_logits(y_hat, y, reduction="sum")


@wrong(CHECK, "sum-not-mean", "sign", where="cost", cause="the log-likelihood: no minus, no mean")
def log_likelihood(y_hat, y):
    return torch.log(y * y_hat + (1 - y) * (1 - y_hat)).sum()


@wrong(
    CHECK,
    "no-logarithm",
    "sign",
    where="cost",
    cause="no logarithm and no minus",
    or_else=(("no-logarithm",),),
)
def mean_probability(y_hat, y):
    return np.mean([p if t else 1 - p for p, t in pairs(y_hat, y)])


@wrong(CHECK, "minus-between-terms", "sign", where="cost", cause="minus between, none before")
def minus_moved_inside(y_hat, y):
    return (y * y_hat.log() - (1 - y) * (1 - y_hat).log()).mean()


@wrong(
    CHECK,
    "minus-between-terms",
    "sum-not-mean",
    where="cost",
    cause="brackets missing after the minus, and not divided",
)
def brackets_missing_and_summed(y_hat, y):
    return torch.sum(-y * y_hat.log() + (1 - y) * torch.log(1 - y_hat))


@wrong(CHECK, "class-means", "labels-swapped", where="cost", cause="means of the other class")
def class_means_swapped(y_hat, y):
    return -(y_hat[y == 0].log().mean() + (1 - y_hat[y == 1]).log().mean()) / 2


@wrong(
    CHECK,
    "sum-not-mean",
    "not-one-number",
    where="cost",
    cause="summed along axis 1, no mean",
    or_else=(("not-one-number",),),
)
def summed_along_axis_one(y_hat, y):
    return -terms(y_hat, y).sum(dim=1)


@wrong(CHECK, "ones-only", "sum-not-mean", where="cost", cause="no label, and not divided")
def ones_only_summed(y_hat, y):
    return -y_hat.log().sum()


# --- right -----------------------------------------------------------------------------------


@right(CHECK, note="number")
def formula(y_hat, y):
    return -(y * torch.log(y_hat) + (1 - y) * torch.log(1 - y_hat)).mean()


@right(CHECK)
def functional(y_hat, y):
    return F.binary_cross_entropy(y_hat, y)


@right(CHECK)
def module_object(y_hat, y):
    criterion = nn.BCELoss(reduction="mean")
    return criterion(y_hat, y).item()


@right(CHECK)
def clipped(y_hat, y):
    p, t = np.clip(y_hat.numpy(), 1e-12, 1 - 1e-12), y.numpy()
    return -np.mean(t * np.log(p) + (1 - t) * np.log(1 - p))


@right(CHECK)
def clipped_and_epsilon_again(y_hat, y):
    eps = 1e-15
    p = y_hat.clamp(eps, 1 - eps)
    return -(y * (p + eps).log() + (1 - y) * (1 - p + eps).log()).mean()


@right(CHECK)
def keras_epsilon(y_hat, y):
    p = torch.clip(y_hat, 1e-7, 1 - 1e-7)
    return -torch.where(y == 1, p, 1 - p).log().mean()


@right(CHECK)
def through_logits(y_hat, y):
    z = np.log(y_hat.numpy()) - np.log(1 - y_hat.numpy())
    return np.mean(np.maximum(z, 0) - z * y.numpy() + np.log1p(np.exp(-np.abs(z))))


@right(CHECK)
def xlogy(y_hat, y):
    return -(torch.xlogy(y, y_hat) + torch.xlogy(1 - y, 1 - y_hat)).mean()


@right(CHECK)
def probability_of_the_label(y_hat, y):
    return -torch.log(torch.where(y == 1, y_hat, 1 - y_hat)).mean()


@right(CHECK)
def absolute_for_minus(y_hat, y):
    return torch.log(1 - (y - y_hat).abs()).abs().mean()


@right(CHECK, note="number")
def loop_with_math(y_hat, y):
    total = 0.0
    for p, t in pairs(y_hat, y):
        total += -math.log(p) if t == 1 else -math.log(1 - p)
    return total / len(y)


@right(CHECK)
def ten_for_certain_mistakes(y_hat, y):
    def cost(p):
        return 10.0 if p == 0 else -math.log(p)

    return fmean(cost(p if t else 1 - p) for p, t in pairs(y_hat, y))


@right(CHECK)
def division_inside_the_loop(y_hat, y):
    cost, n = 0.0, y.shape[0]
    for i in range(n):
        cost -= terms(y_hat[i, 0], y[i, 0]) / n
    return cost


@right(CHECK)
def true_running_mean(y_hat, y):
    mean = 0.0
    for k, (p, t) in enumerate(pairs(y_hat, y), start=1):
        mean += (-math.log(p if t else 1 - p) - mean) / k
    return mean


@right(CHECK)
def columns_turned_first(y_hat, y):
    A, Y = y_hat.T, y.T
    m = Y.shape[1]
    cost = -1 / m * (Y @ torch.log(A).T + (1 - Y) @ torch.log(1 - A).T)
    return cost.squeeze()


@right(CHECK)
def one_by_one_result(y_hat, y):
    return -(y.T @ y_hat.log() + (1 - y).T @ (1 - y_hat).log()) / y.numel()


@right(CHECK)
def matrix_objects(y_hat, y):
    p, t = np.matrix(y_hat.numpy()), np.matrix(y.numpy())
    return float((-(t.T * np.log(p) + (1 - t).T * np.log(1 - p)) / len(t))[0, 0])


@right(CHECK)
def both_flat(y_hat, y):
    p, t = y_hat.flatten(), y.flatten()
    return -(torch.dot(t, p.log()) + torch.dot(1 - t, (1 - p).log())) / len(t)


@right(CHECK)
def masks(y_hat, y):
    ones, zeros = y_hat[y == 1], y_hat[y == 0]
    return -(ones.log().sum() + torch.log1p(-zeros).sum()) / (len(ones) + len(zeros))


@right(CHECK)
def log_of_the_geometric_mean(y_hat, y):
    return -math.log(geometric_mean(p if t else 1 - p for p, t in pairs(y_hat, y)))


@right(CHECK)
def two_columns_and_nll(y_hat, y):
    both = torch.cat([1 - y_hat, y_hat], dim=1)
    return F.nll_loss(both.log(), y.long().flatten())


@right(CHECK)
def logits_in_the_library(y_hat, y):
    return F.binary_cross_entropy_with_logits(torch.logit(y_hat, eps=1e-12), y)


@right(CHECK)
def hundred_at_most(y_hat, y):
    return -(y * y_hat.log().clamp(min=-100) + (1 - y) * (1 - y_hat).log().clamp(min=-100)).mean()


@right(CHECK)
def numpy_average_of_a_list(y_hat, y):
    return np.average([-np.log(np.abs(1 - t - p)) for p, t in pairs(y_hat, y)])
