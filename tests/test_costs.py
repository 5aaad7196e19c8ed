"""Two costs against PyTorch's own, their deltas against autograd, and what they refuse."""

import math

import pytest
import torch
from conftest import seeded
from hypothesis import given
from hypothesis import strategies as st
from torch.nn import functional as F

from fnn_helpers import (
    FNN,
    BinaryCrossEntropy,
    SquaredError,
    compare_gradients,
    gradients_by_autograd,
    gradients_by_differences,
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
    shared = rows if reduction == "mean" else 1  # by rows, where PyTorch divides by all entries
    expected = F.binary_cross_entropy(y_hat, y, reduction="sum") / shared
    torch.testing.assert_close(BinaryCrossEntropy(reduction).value(y_hat, y), expected)
    expected = 0.5 * F.mse_loss(y_hat, y, reduction="sum") / shared
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


@pytest.mark.parametrize("cost_class", COSTS)
def test_a_row_costs_the_sum_over_its_outputs(cost_class) -> None:
    z, y = sample(3, 2, seed=5)
    y_hat = torch.sigmoid(z)
    by_row = [cost_class("sum").value(y_hat[row : row + 1], y[row : row + 1]) for row in range(3)]
    torch.testing.assert_close(cost_class("mean").value(y_hat, y), sum(by_row) / 3)


@pytest.mark.parametrize("cost_class", COSTS)
def test_activation_makes_probabilities(cost_class) -> None:
    z, _ = sample(3, 2, seed=5)
    torch.testing.assert_close(cost_class().activation(z), 1 / (1 + torch.exp(-z)))
    with pytest.raises(ValueError, match="z holds NaN"):
        cost_class().activation(z * math.nan)


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


# --- a cost of one's own ---------------------------------------------------------------------


class Hinge:
    """Labels −1 and 1, and ŷ = tanh z: nothing that the two costs above know."""

    def value(self, y_hat: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
        return ((1 - y * y_hat) ** 2).sum() / len(y)

    def delta(self, y_hat: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
        return -2 * y * (1 - y * y_hat) * (1 - y_hat**2) / len(y)

    def activation(self, z: torch.Tensor) -> torch.Tensor:
        return torch.tanh(z)


def test_a_cost_of_ones_own_is_descended_and_checked(fixture) -> None:
    network, X, y = fixture
    network.cost, y = Hinge(), 2 * y - 1
    forward = network.forward(X)
    torch.testing.assert_close(forward.y_hat, torch.tanh(forward.z2))
    mine = network.backward(X, y, forward)
    assert all(compare_gradients(mine, gradients_by_autograd(network, X, y), 1e-10))
    assert all(compare_gradients(mine, gradients_by_differences(network, X, y), 1e-5))


@pytest.mark.parametrize("method", ["value", "delta", "activation"])
def test_a_cost_that_lacks_a_method_is_told_which(method) -> None:
    methods = {name: f for name, f in vars(Hinge).items() if name != method}
    lacking = type("Lacking", (), methods)
    with pytest.raises(TypeError, match=rf"has no {method}\(.*Write {method} into its class"):
        FNN(cost=lacking())


@pytest.mark.parametrize(
    ("method", "returned", "error", "message"),
    [
        ("activation", lambda z: z.flatten(), ValueError, r"activation\(z2\) has shape \(5,\)"),
        ("activation", lambda z: z.float(), TypeError, r"activation\(z2\) is float32, but z2 is"),
        ("activation", lambda z: z.numpy(), TypeError, r"activation\(z2\) is a ndarray"),
        ("activation", lambda z: z / 0, ValueError, r"activation\(z2\) holds -?inf"),
        (
            "delta",
            lambda y_hat, y: y_hat - y.T,
            ValueError,
            r"delta\(y_hat, y\) has shape \(5, 5\)",
        ),
        ("delta", lambda y_hat, y: None, TypeError, r"delta\(y_hat, y\) is a NoneType"),
        ("delta", lambda y_hat, y: y_hat * math.nan, ValueError, r"delta\(y_hat, y\) holds nan"),
    ],
)
def test_what_a_cost_of_ones_own_returns_is_checked(
    fixture, method, returned, error, message
) -> None:
    network, X, y = fixture
    network.cost = Hinge()
    setattr(network.cost, method, returned)
    with pytest.raises(error, match=message):
        network.backward(X, y, network.forward(X))


@pytest.mark.parametrize(
    ("returned", "error", "message"),
    [
        (lambda y_hat, y: (y_hat - y) ** 2, ValueError, r"shape \(5, 1\), but one number"),
        (lambda y_hat, y: y_hat.sum() * math.nan, ValueError, "returned nan, but a finite"),
        (lambda y_hat, y: "much", TypeError, "returned 'much', but a decimal"),
    ],
)
def test_a_value_of_ones_own_is_one_finite_number(fixture, returned, error, message) -> None:
    network, X, y = fixture
    network.cost = Hinge()
    network.cost.value = returned
    for reference in (gradients_by_autograd, gradients_by_differences):
        with pytest.raises(error, match=message):
            reference(network, X, y)


def test_autograd_says_when_it_cannot_follow_a_cost(fixture) -> None:
    network, X, y = fixture
    network.cost = Hinge()
    network.cost.value = lambda y_hat, y: (y_hat - y).square().sum().item()
    gradients_by_differences(network, X, y)  # poking needs no more than a number
    with pytest.raises(TypeError, match=r"cannot follow back.*Leave out \.item\(\)"):
        gradients_by_autograd(network, X, y)
