"""Two costs against PyTorch's own, their deltas against autograd, and what they refuse."""

import math

import pytest
import torch
from conftest import seeded
from hypothesis import given
from hypothesis import strategies as st
from torch.nn import functional as F

from fnn_helpers import BinaryCrossEntropy, SquaredError

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


@pytest.mark.parametrize("cost_class", COSTS)
def test_unknown_reduction_is_refused_at_once(cost_class) -> None:
    with pytest.raises(ValueError, match='reduction is \'average\', but "mean" or "sum"'):
        cost_class(reduction="average")
