"""Costs against PyTorch's own, their deltas against autograd, and what they refuse."""

import math

import pytest
import torch
from conftest import seeded
from hypothesis import given
from hypothesis import strategies as st
from torch.nn import functional as F

from fnn_helpers import (
    BinaryCrossEntropy,
    CategoricalCrossEntropy,
    SquaredError,
    central_differences,
    softmax,
)

COSTS = [BinaryCrossEntropy, SquaredError]
REDUCTIONS = ["mean", "sum"]


def sample(rows: int, outputs: int, seed: int) -> tuple[torch.Tensor, torch.Tensor]:
    z = 3 * torch.randn(rows, outputs, generator=seeded(seed), dtype=torch.float64)
    y = (torch.rand(rows, outputs, generator=seeded(seed + 1)) < 0.4).double()
    return z, y


@given(st.integers(1, 9), st.integers(1, 3), st.integers(0, 999), st.sampled_from(REDUCTIONS))
def test_values_are_pytorchs(rows: int, outputs: int, seed: int, reduction: str) -> None:
    z, y = sample(rows, outputs, seed)
    y_hat = torch.sigmoid(z)
    divisor = rows if reduction == "mean" else 1  # a row's cost is the sum over its outputs
    expected = F.binary_cross_entropy(y_hat, y, reduction="sum") / divisor
    torch.testing.assert_close(BinaryCrossEntropy(reduction).value(y_hat, y), expected)
    expected = 0.5 * F.mse_loss(y_hat, y, reduction="sum") / divisor
    torch.testing.assert_close(SquaredError(reduction).value(y_hat, y), expected)


@given(
    st.integers(1, 9),
    st.integers(1, 3),
    st.integers(0, 999),
    st.sampled_from(REDUCTIONS),
    st.sampled_from(COSTS),
)
def test_delta_is_the_gradient_for_the_logit(
    rows: int, outputs: int, seed: int, reduction: str, cost_class: type
) -> None:
    z, y = sample(rows, outputs, seed)
    cost = cost_class(reduction)
    z.requires_grad_()
    (expected,) = torch.autograd.grad(cost.value(torch.sigmoid(z), y), z)
    torch.testing.assert_close(cost.delta(torch.sigmoid(z).detach(), y), expected)


def test_certain_answers_cost_zero_or_a_hundred() -> None:
    sure = torch.tensor([[1.0], [0.0]])
    right, wrong = torch.tensor([[1.0], [0.0]]), torch.tensor([[0.0], [1.0]])
    assert BinaryCrossEntropy().value(sure, right).item() == 0
    assert BinaryCrossEntropy().value(sure, wrong).item() == 100


def test_not_knowing_costs_ln_2() -> None:
    half, y = torch.full((4, 1), 0.5), torch.tensor([[0.0], [1.0], [1.0], [1.0]])
    assert BinaryCrossEntropy().value(half, y).item() == pytest.approx(math.log(2))


@pytest.mark.parametrize("cost", [c(r) for c in COSTS for r in REDUCTIONS])
@pytest.mark.parametrize("method", ["value", "delta"])
class TestRefusals:
    y_hat = torch.tensor([[0.2], [0.7]])
    y = torch.tensor([[0.0], [1.0]])

    def test_flat_labels(self, cost, method) -> None:
        with pytest.raises(ValueError, match=r"\(2,\).*\(2, 1\).*give \(2, 2\).*reshape\(2, 1\)"):
            getattr(cost, method)(self.y_hat, self.y.flatten())

    def test_other_labels(self, cost, method) -> None:
        with pytest.raises(ValueError, match="y holds 2, but labels are 0 or 1"):
            getattr(cost, method)(self.y_hat, self.y * 2)

    @pytest.mark.parametrize("bad", [math.nan, math.inf])
    def test_labels_that_are_not_numbers(self, cost, method, bad) -> None:
        with pytest.raises(ValueError, match="y holds (nan|inf)"):
            getattr(cost, method)(self.y_hat, torch.tensor([[bad], [1.0]]))

    def test_logits(self, cost, method) -> None:
        with pytest.raises(ValueError, match="from -3 to 0.5.*Use sigmoid"):
            getattr(cost, method)(torch.tensor([[-3.0], [0.5]]), self.y)

    def test_nan(self, cost, method) -> None:
        with pytest.raises(ValueError, match=r"y_hat holds nan at \[1, 0\]"):
            getattr(cost, method)(torch.tensor([[0.5], [math.nan]]), self.y)

    def test_another_dtype(self, cost, method) -> None:
        with pytest.raises(TypeError, match=r"y is float64.*float32.*y\.to\(torch\.float32\)"):
            getattr(cost, method)(self.y_hat, self.y.double())
        with pytest.raises(TypeError, match=r"y holds int64.*y\.float\(\)"):
            getattr(cost, method)(self.y_hat, self.y.long())

    def test_nothing(self, cost, method) -> None:
        with pytest.raises(ValueError, match="y_hat is empty"):
            getattr(cost, method)(self.y_hat[:0], self.y[:0])


@pytest.mark.parametrize("cost_class", [*COSTS, CategoricalCrossEntropy])
def test_unknown_reduction_is_refused_at_once(cost_class) -> None:
    with pytest.raises(ValueError, match='reduction is \'average\', but "mean" or "sum"'):
        cost_class(reduction="average")


# --- classes that exclude each other --------------------------------------------------------------

CLASSES = (st.integers(1, 7), st.integers(2, 5), st.integers(0, 999), st.sampled_from(REDUCTIONS))


def species(rows: int, classes: int, seed: int) -> tuple[torch.Tensor, torch.Tensor]:
    z, _ = sample(rows, classes, seed)
    chosen = torch.randint(classes, (rows,), generator=seeded(seed + 2))
    return z, torch.eye(classes, dtype=torch.float64)[chosen]


@given(*CLASSES)
def test_categorical_cross_entropy_is_pytorchs(rows, classes, seed, reduction) -> None:
    z, y = species(rows, classes, seed)
    expected = F.cross_entropy(z, y.argmax(1), reduction=reduction)
    torch.testing.assert_close(CategoricalCrossEntropy(reduction).value(softmax(z), y), expected)


@given(*CLASSES)
def test_its_delta_is_the_gradient_for_z_twice_over(rows, classes, seed, reduction) -> None:
    z, y = species(rows, classes, seed)
    cost = CategoricalCrossEntropy(reduction)
    delta = cost.delta(softmax(z), y)
    poked = central_differences(lambda z: cost.value(softmax(z), y), z)
    torch.testing.assert_close(delta, poked, atol=1e-6, rtol=0)
    z.requires_grad_()
    (followed,) = torch.autograd.grad(cost.value(cost.activation(z), y), z)
    torch.testing.assert_close(delta, followed)


def test_two_classes_cost_what_the_sigmoid_costs() -> None:
    z, y = sample(6, 1, 0)
    both, labels = torch.cat([0 * z, z], 1), torch.cat([1 - y, y], 1)
    one = BinaryCrossEntropy().value(torch.sigmoid(z), y)
    torch.testing.assert_close(CategoricalCrossEntropy().value(softmax(both), labels), one)


def test_a_certain_class_costs_zero_or_a_hundred_and_not_knowing_ln_of_their_number() -> None:
    sure = torch.tensor([[0.0, 1.0, 0.0]])
    cost = CategoricalCrossEntropy()
    assert cost.value(sure, sure).item() == 0
    assert cost.value(sure, torch.tensor([[1.0, 0.0, 0.0]])).item() == 100
    third = torch.full((4, 3), 1 / 3)
    assert cost.value(third, torch.eye(3)[[0, 1, 2, 2]]).item() == pytest.approx(math.log(3))


SHARES = torch.tensor([[0.2, 0.5, 0.3], [0.1, 0.1, 0.8]])
ONE_HOT = torch.tensor([[0.0, 1.0, 0.0], [0.0, 0.0, 1.0]])


@pytest.mark.parametrize("method", ["value", "delta"])
@pytest.mark.parametrize(
    ("y_hat", "y", "error", "words"),
    [
        (SHARES, torch.tensor([1, 2]), ValueError, r"y has shape \(2,\), one number a row, but "
         r"\(2, 3\) is expected.*Use torch\.eye\(3\)\[y\.flatten\(\)\.long\(\)\]"),
        (SHARES, torch.tensor([[1.0], [2.0]]), ValueError, r"y has shape \(2, 1\), one number"),
        (SHARES, ONE_HOT.T, ValueError, r"y has shape \(3, 2\), but y_hat has shape \(2, 3\)"),
        (SHARES, ONE_HOT.long(), TypeError, "y holds int64"),
        (SHARES, ONE_HOT.double(), TypeError, "y is float64, but y_hat is float32"),
        (SHARES, ONE_HOT.tolist(), TypeError, "y is a list"),
        (SHARES, ONE_HOT * 2, ValueError, r"row 0 of y is \[0, 2, 0\], but one 1"),
        (SHARES, torch.tensor([[0.0, 1, 0], [1, 0, 1]]), ValueError, r"row 1 of y is \[1, 0, 1\]"),
        (SHARES, torch.tensor([[0.0, 1, 0], [0, 0, 0]]), ValueError, r"row 1 of y is \[0, 0, 0\]"),
        (SHARES, torch.tensor([[0.5, 0.5, 0], [0, 0, 1]]), ValueError, r"row 0 of y is \[0\.5"),
        (SHARES, torch.tensor([[0.0, 2, -1], [0, 0, 1]]), ValueError, r"row 0 of y is \[0, 2, -1"),
        (SHARES, ONE_HOT * math.nan, ValueError, r"row 0 of y is \[nan"),
        (3 * SHARES, ONE_HOT, ValueError, "y_hat runs from 0.3 to 2.4.*after the softmax.*Use s"),
        (SHARES - 1, ONE_HOT, ValueError, "must lie between 0 and 1"),
        (SHARES * torch.tensor([[1.0], [0.5]]), ONE_HOT, ValueError,
         r"row 1 of y_hat adds up to 0\.5, but.*Use softmax on z, not sigmoid"),
        (SHARES * math.nan, ONE_HOT, ValueError, r"y_hat holds nan at \[0, 0\]"),
        (SHARES[:, 0], ONE_HOT, ValueError, r"y_hat has shape \(2,\)"),
        (SHARES[:0], ONE_HOT[:0], ValueError, "y_hat is empty"),
        (torch.ones(2, 1), torch.ones(2, 1), ValueError, "y_hat has one column, but two classes"),
    ],
)  # fmt: skip
def test_what_categorical_cross_entropy_refuses(method, y_hat, y, error, words) -> None:
    with pytest.raises(error, match=words):
        getattr(CategoricalCrossEntropy(), method)(y_hat, y)


def test_rounding_of_a_softmax_in_float32_is_not_refused() -> None:
    z = 5 * torch.randn(200, 50, generator=seeded(0))
    y = torch.eye(50)[torch.arange(200) % 50]
    assert CategoricalCrossEntropy().value(softmax(z), y).isfinite()
