"""The exercises of notebook 04: wrong functions the way people write them, and right ones."""

import contextlib
import io
import math

import numpy as np
import pytest
import torch
import torch.nn.functional as F

from fnn_helpers.feedback import check_exercise
from fnn_helpers.feedback.tasks.cost import COST
from fnn_helpers.feedback.tasks.exercises import n04

from .as_written import AsWritten

WRITTEN = AsWritten()
right, wrong = WRITTEN.right, WRITTEN.wrong

# --- from the logits ---------------------------------------------------------------------------

LOGITS = "04-cost-from-logits"


@right(LOGITS)
def softplus_of_the_turned_logit(z, y):
    return F.softplus((1 - 2 * y) * z).mean()


@right(LOGITS)
def two_cases(z, y):
    return torch.where(y == 1, F.softplus(-z), F.softplus(z)).mean()


@right(LOGITS)
def two_terms(z, y):
    return (y * F.softplus(-z) + (1 - y) * F.softplus(z)).mean()


@right(LOGITS)
def by_hand(z, y):
    against = (1 - 2 * y) * z
    return (against.clamp(min=0) + torch.log1p(torch.exp(-against.abs()))).mean()


@right(LOGITS)
def logarithm_of_the_sigmoid(z, y):
    return -(y * F.logsigmoid(z) + (1 - y) * F.logsigmoid(-z)).mean()


@right(LOGITS)
def in_a_loop(z, y):
    total = 0.0
    for z_n, y_n in zip(z.flatten().tolist(), y.flatten().tolist(), strict=True):
        total += float(np.logaddexp(0, -z_n if y_n == 1 else z_n))
    return total / len(z)


@wrong(LOGITS, "not-a-number", "cost")
def through_the_probability(z, y):
    y_hat = torch.sigmoid(z)
    return -(y * y_hat.log() + (1 - y) * (1 - y_hat).log()).mean()


@wrong(LOGITS, "not-a-number", "cost")
def exponential_overflows(z, y):
    return (torch.log(1 + torch.exp(z)) - y * z).mean()


@wrong(LOGITS, "cancels", "cost")
def the_one_line(z, y):
    return (F.softplus(z) - y * z).mean()


@wrong(LOGITS, "cancels", "cost")
def the_one_line_in_two_cases(z, y):
    return torch.where(y == 1, F.softplus(z) - z, F.softplus(z)).mean()


@wrong(LOGITS, "cancels", "cost")
def pytorchs_own(z, y):
    return F.binary_cross_entropy_with_logits(z, y)


@wrong(LOGITS, "one-swallows", "cost")
def no_log1p(z, y):
    against = (1 - 2 * y) * z
    return (against.clamp(min=0) + torch.log(1 + torch.exp(-against.abs()))).mean()


@wrong(LOGITS, "one-swallows", "cost")
def the_known_recipe_without_log1p(z, y):
    return (torch.relu(z) - z * y + torch.log(1 + torch.exp(-torch.abs(z)))).mean()


@wrong(LOGITS, "clamped", "cost")
def clamped(z, y):
    y_hat = torch.sigmoid(z)
    ones, zeros = y_hat.log().clamp(min=-100), (1 - y_hat).log().clamp(min=-100)
    return -(y * ones + (1 - y) * zeros).mean()


@wrong(LOGITS, "clamped", "cost")
def pytorchs_clamp(z, y):
    return F.binary_cross_entropy(torch.sigmoid(z), y)


@wrong(LOGITS, "clamped", "cost")
def chosen_then_clamped(z, y):
    y_hat = torch.sigmoid(z)
    return -torch.where(y == 1, y_hat, 1 - y_hat).log().clamp(min=-100).mean()


@wrong(LOGITS, "labels-swapped", "cost")
def signs_exchanged(z, y):
    return torch.where(y == 1, F.softplus(z), F.softplus(-z)).mean()


@wrong(LOGITS, "ones-only", "cost")
def label_forgotten(z, y):
    return F.softplus(-z).mean()


@wrong(LOGITS, "zeros-only", "cost")
def only_softplus(z, y):
    return F.softplus(z).mean()


@wrong(LOGITS, "zeros-forgotten", "cost")
def half_of_it(z, y):
    return (y * F.softplus(-z)).mean()


@wrong(LOGITS, "ones-forgotten", "cost")
def other_half(z, y):
    return ((1 - y) * F.softplus(z)).mean()


@wrong(LOGITS, "plus-for-minus", "cost")
def added(z, y):
    return (F.softplus(z) + y * z).mean()


@wrong(LOGITS, "straight-line", "cost")
def hinge(z, y):
    return torch.relu((1 - 2 * y) * z).mean()


@wrong(LOGITS, "exponent-missing", "cost")
def no_exponential(z, y):
    return torch.log(1 + torch.abs(z)).mean()


@wrong(LOGITS, "not-one-number", "cost")
def a_column(z, y):
    return F.softplus((1 - 2 * y) * z)


@wrong(LOGITS, "labels-flat", "cost")
def flat_labels(z, y):
    return F.softplus((1 - 2 * y.flatten()) * z).mean()


@wrong(LOGITS, "sum-not-mean", "cost")
def summed(z, y):
    return F.softplus((1 - 2 * y) * z).sum()


# --- cost against accuracy ---------------------------------------------------------------------

AGAINST = "04-against"


@right(AGAINST)
def one_terrible_answer(y):
    often = torch.where(y == 1, 0.6, 0.4)
    often[0] = 1e-9 if y[0] == 1 else 1 - 1e-9
    careful = torch.where(y == 1, 0.9, 0.1)
    careful[:2] = torch.where(y[:2] == 1, 0.49, 0.51)
    return often, careful


@right(AGAINST)
def never_quite_right(y):
    sure = y.numpy() * 0.9998 + 0.0001
    sure[-1] = 1 - sure[-1]
    return sure, np.full_like(sure, 0.5)


@wrong(AGAINST, "not-dearer", "cost")
def simply_better(y):
    return torch.where(y == 1, 0.9, 0.1), torch.full_like(y, 0.5)


@wrong(AGAINST, "not-right-more-often", "accuracy")
def simply_worse(y):
    return torch.where(y == 1, 0.1, 0.9), torch.where(y == 1, 0.8, 0.2)


@wrong(AGAINST, "not-right-more-often", "accuracy")
def all_alike(y):
    return torch.full_like(y, 0.5), torch.full_like(y, 0.5)


# --- labels that may be wrong ------------------------------------------------------------------

NOISY = "04-wrong-labels"


@right(NOISY)
def two_ways(y_hat, y, wrong):
    p = y * (y_hat * (1 - wrong) + (1 - y_hat) * wrong)
    p = p + (1 - y) * ((1 - y_hat) * (1 - wrong) + y_hat * wrong)
    return -p.log().mean()


@right(NOISY)
def from_the_true_label(y_hat, y, wrong):
    p = torch.where(y == 1, y_hat, 1 - y_hat)
    return -torch.log((1 - wrong) * p + wrong * (1 - p)).mean()


@right(NOISY)
def as_another_answer(y_hat, y, wrong):
    said = wrong + (1 - 2 * wrong) * y_hat
    return F.binary_cross_entropy(said, y)


@wrong(NOISY, "noise-forgotten", "cost")
def plain(y_hat, y, wrong):
    return -(y * y_hat.log() + (1 - y) * (1 - y_hat).log()).mean()


@wrong(NOISY, "second-way-forgotten", "cost")
def one_way(y_hat, y, wrong):
    p = torch.where(y == 1, (1 - wrong) * y_hat, (1 - wrong) * (1 - y_hat))
    return -p.log().mean()


@wrong(NOISY, "share-swapped", "cost")
def shares_exchanged(y_hat, y, wrong):
    p = torch.where(y == 1, y_hat, 1 - y_hat)
    return -(wrong * p + (1 - wrong) * (1 - p)).log().mean()


@wrong(NOISY, "logarithms-mixed", "cost")
def smoothed_labels(y_hat, y, wrong):
    q = (1 - wrong) * y + wrong * (1 - y)
    return -(q * y_hat.log() + (1 - q) * (1 - y_hat).log()).mean()


@wrong(NOISY, "share-added", "cost")
def epsilon(y_hat, y, wrong):
    p = torch.where(y == 1, y_hat, 1 - y_hat)
    return -(p + wrong).log().mean()


@wrong(NOISY, "ones-only", "cost")
def labels_forgotten(y_hat, y, wrong):
    return -((1 - wrong) * y_hat + wrong * (1 - y_hat)).log().mean()


@wrong(NOISY, "zeros-forgotten", "cost")
def zeros_pay_nothing(y_hat, y, wrong):
    return -(y * ((1 - wrong) * y_hat + wrong * (1 - y_hat)).log()).mean()


@wrong(NOISY, "log-of-mean", "cost")
def mean_first(y_hat, y, wrong):
    p = torch.where(y == 1, y_hat, 1 - y_hat)
    return -torch.log(((1 - wrong) * p + wrong * (1 - p)).mean())


@wrong(NOISY, "no-logarithm", "cost")
def logarithm_forgotten(y_hat, y, wrong):
    p = torch.where(y == 1, y_hat, 1 - y_hat)
    return ((1 - wrong) * p + wrong * (1 - p)).mean()


@wrong(NOISY, "not-one-number", "cost")
def each_flowers(y_hat, y, wrong):
    p = torch.where(y == 1, y_hat, 1 - y_hat)
    return -((1 - wrong) * p + wrong * (1 - p)).log()


@wrong(NOISY, "sign", "cost")
def minus_forgotten(y_hat, y, wrong):
    p = torch.where(y == 1, y_hat, 1 - y_hat)
    return ((1 - wrong) * p + wrong * (1 - p)).log().mean()


@wrong(NOISY, "sum-not-mean", "cost")
def all_together(y_hat, y, wrong):
    p = torch.where(y == 1, y_hat, 1 - y_hat)
    return -((1 - wrong) * p + wrong * (1 - p)).log().sum()


# --- a report to mend --------------------------------------------------------------------------

REPORT = "04-report"


def _cost(z, y):
    y_hat = torch.sigmoid(z)
    return -(y * y_hat.log() + (1 - y) * (1 - y_hat).log()).mean()


def _accuracy(z, y):
    return ((z > 0) == (y == 1)).float().mean()


def _constant(y):
    share = y.mean()
    return -(share * share.log() + (1 - share) * (1 - share).log())


@right(REPORT)
def mended(z, y):
    return _cost(z, y), _accuracy(z, y), _constant(y)


@right(REPORT)
def with_the_formula_of_the_cost(z, y):
    y_hat = torch.sigmoid(z)
    constant = torch.full_like(y, y.mean().item())
    return (F.binary_cross_entropy(y_hat, y), ((y_hat > 0.5) == (y > 0.5)).sum() / len(y),
            F.binary_cross_entropy(constant, y))  # fmt: skip


@right(REPORT)
def with_plain_numbers(z, y):
    s = y.mean().item()
    return _cost(z, y).item(), _accuracy(z, y).item(), -s * math.log(s) - (1 - s) * math.log(1 - s)


@wrong(REPORT, "one-minus-logarithm", "cost")
def as_it_was(z, y):
    y_hat = torch.sigmoid(z)
    cost = -(y * y_hat.log() + (1 - y) * (1 - y_hat.log())).mean()
    accuracy = ((z > 0.5) == (y == 1)).double().mean()
    return cost, accuracy, -y.mean().log()


@wrong(REPORT, "threshold-of-another", "accuracy")
def one_mended(z, y):
    return _cost(z, y), ((z > 0.5) == (y == 1)).double().mean(), -y.mean().log()


@wrong(REPORT, "zeros-forgotten", "constant_cost")
def two_mended(z, y):
    return _cost(z, y), _accuracy(z, y), -y.mean().log()


@wrong(REPORT, "zeros-forgotten", "constant_cost")
def weighed_but_half(z, y):
    s = y.mean()
    return _cost(z, y), _accuracy(z, y), -s * s.log()


@wrong(REPORT, "ones-forgotten", "constant_cost")
def the_other_half(z, y):
    s = y.mean()
    return _cost(z, y), _accuracy(z, y), -(1 - s) * (1 - s).log()


@wrong(REPORT, "one-half-for-all", "constant_cost")
def ln_2(z, y):
    return _cost(z, y), _accuracy(z, y), math.log(2)


@wrong(REPORT, "shares-exchanged", "constant_cost")
def exchanged(z, y):
    s = y.mean()
    return _cost(z, y), _accuracy(z, y), -(s * (1 - s).log() + (1 - s) * s.log())


@wrong(REPORT, "logarithms-not-weighed", "constant_cost")
def not_weighed(z, y):
    s = y.mean()
    return _cost(z, y), _accuracy(z, y), -(s.log() + (1 - s).log())


@wrong(REPORT, "mean-answer", "constant_cost")
def of_the_network(z, y):
    p = torch.sigmoid(z).mean()
    return _cost(z, y), _accuracy(z, y), -(y * p.log() + (1 - y) * (1 - p).log()).mean()


@wrong(REPORT, "error-rate", "accuracy")
def share_that_is_wrong(z, y):
    return _cost(z, y), ((z > 0) != (y == 1)).double().mean(), _constant(y)


@wrong(REPORT, "ones-share", "accuracy")
def how_many_ones(z, y):
    return _cost(z, y), (torch.sigmoid(z) > 0.5).double().mean(), _constant(y)


@wrong(REPORT, "among-ones", "accuracy")
def only_the_ones(z, y):
    return _cost(z, y), (z > 0)[y == 1].double().mean(), _constant(y)


@wrong(REPORT, "zeros-forgotten", "cost")
def ones_pay_alone(z, y):
    return -(y * torch.sigmoid(z).log()).mean(), _accuracy(z, y), _constant(y)


@wrong(REPORT, "sigmoid-again", "cost")
def sigmoid_twice(z, y):
    y_hat = torch.sigmoid(z)
    return F.binary_cross_entropy_with_logits(y_hat, y), _accuracy(z, y), _constant(y)


# --- the claims --------------------------------------------------------------------------------


@pytest.mark.parametrize(("exercise", "f"), WRITTEN.right_ones)
def test_a_right_function_is_accepted(exercise, f) -> None:
    said = check_exercise(exercise, f)
    assert said, said.message


@pytest.mark.parametrize(("exercise", "mistake", "where", "f"), WRITTEN.wrong_ones)
def test_a_wrong_function_is_refused_and_named(exercise, mistake, where, f) -> None:
    with contextlib.redirect_stdout(io.StringIO()):
        said = check_exercise(exercise, f)
    assert not said and (said.mistake, said.where) == (mistake, where), said.message


# Shown by the real functions of check_binary_cross_entropy.
REUSED = {(REPORT, "cost"): {m.id for m in COST}}


def test_every_record_has_a_real_function() -> None:
    assert WRITTEN.not_shown(n04.EXERCISES, REUSED) == []


def test_all_three_bugs_of_the_suspect_are_found_at_once() -> None:
    said = check_exercise(REPORT, as_it_was, hunt=True)
    assert said.mistakes == ("one-minus-logarithm", "threshold-of-another", "zeros-forgotten")
    assert said.message.startswith("cost is ")  # place and symptom first


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        (lambda y: (y[:-1], y), "one answer for each flower"),
        (lambda y: (y, 1 - y), "give probabilities"),
    ],
)
def test_answers_that_are_no_probabilities_are_refused_in_words(answers, words) -> None:
    assert words in check_exercise(AGAINST, answers).message
