"""Activations, and their slopes from the activation."""

import math

import pytest
import torch
from conftest import seeded
from hypothesis import given
from hypothesis import strategies as st

from fnn_helpers import central_differences, sigmoid, sigmoid_slope, softmax, tanh_slope

REAL = st.floats(-30, 30)


@given(REAL)
def test_sigmoid_undoes_the_log_odds(z: float) -> None:
    a = sigmoid(torch.tensor(z, dtype=torch.float64))
    # 1 − a loses digits near 1: the relative error of the odds grows like e^z · 1e-16.
    assert (a / (1 - a)).log().item() == pytest.approx(z, abs=1e-9 + 1e-15 * math.exp(abs(z)))


@given(REAL)
def test_slope_is_the_derivative(z: float) -> None:
    at = torch.tensor([z], dtype=torch.float64)
    numeric = central_differences(lambda t: sigmoid(t).sum(), at)
    torch.testing.assert_close(sigmoid_slope(sigmoid(at)), numeric, atol=1e-8, rtol=0)


@given(REAL)
def test_tanh_slope_is_the_derivative(z: float) -> None:
    at = torch.tensor([z], dtype=torch.float64)
    numeric = central_differences(lambda t: t.tanh().sum(), at)
    torch.testing.assert_close(tanh_slope(at.tanh()), numeric, atol=1e-7, rtol=0)


def test_far_values_are_finite() -> None:
    far = torch.tensor([-math.inf, -1000.0, 1000.0, math.inf])
    assert sigmoid(far).tolist() == [0, 0, 1, 1]
    assert sigmoid_slope(sigmoid(far)).tolist() == [0, 0, 0, 0]


def test_a_pre_activation_is_refused() -> None:
    with pytest.raises(ValueError, match="from -2 to 0.5.*after the sigmoid.*Use sigmoid"):
        sigmoid_slope(torch.tensor([-2.0, 0.5]))


def test_a_pre_activation_of_tanh_is_refused() -> None:
    with pytest.raises(ValueError, match="from -2 to 0.5.*between -1 and 1.*after the tanh.*Use"):
        tanh_slope(torch.tensor([-2.0, 0.5]))
    assert tanh_slope(torch.tensor([-1.0, 0.0, 1.0])).tolist() == [0, 1, 0]
    assert tanh_slope(torch.empty(0, 3)).shape == (0, 3)


@pytest.mark.parametrize("function", [sigmoid, sigmoid_slope, tanh_slope])
def test_nan_and_other_types_are_refused(function) -> None:
    with pytest.raises(ValueError, match="NaN|nan"):
        function(torch.tensor([0.1, math.nan]))
    with pytest.raises(TypeError, match="is a float, but a torch.Tensor is expected"):
        function(0.5)
    with pytest.raises(
        TypeError,
        match=r"int64 numbers, but decimals .float32 or float64. are expected.*\.float\(\)",
    ):
        function(torch.tensor([0, 1]))


# --- softmax --------------------------------------------------------------------------------------

SHAPES = (st.integers(1, 6), st.integers(1, 5), st.integers(0, 999))


def matrix(rows: int, classes: int, seed: int) -> torch.Tensor:
    return 3 * torch.randn(rows, classes, generator=seeded(seed), dtype=torch.float64)


@given(*SHAPES)
def test_softmax_gives_each_row_shares_in_the_proportion_of_its_powers_of_e(r, c, seed) -> None:
    z = matrix(r, c, seed)
    p = softmax(z)
    torch.testing.assert_close(p.sum(dim=1), torch.ones(r, dtype=torch.float64))
    torch.testing.assert_close(p / p[:, :1], (z - z[:, :1]).exp())


@given(*SHAPES, st.floats(-1e3, 1e3))
def test_a_number_added_to_a_row_changes_nothing(rows, classes, seed, number) -> None:
    z = matrix(rows, classes, seed)
    shifted = z + number * torch.arange(rows, dtype=torch.float64).reshape(-1, 1)
    torch.testing.assert_close(softmax(shifted), softmax(z), atol=1e-9, rtol=1e-7)


@given(REAL)
def test_softmax_of_two_is_the_sigmoid_of_their_difference(z: float) -> None:
    p = softmax(torch.tensor([[0.0, z]], dtype=torch.float64))
    torch.testing.assert_close(p[0, 1], sigmoid(torch.tensor(z, dtype=torch.float64)))


def test_softmax_of_far_values_is_certain_and_changes_no_argument() -> None:
    z = torch.tensor([[1e30, -1e30, 0.0], [-1e30, -1e30, -1e30]])
    before = z.clone()
    torch.testing.assert_close(softmax(z), torch.tensor([[1.0, 0, 0], [1 / 3, 1 / 3, 1 / 3]]))
    assert torch.equal(z, before)


@pytest.mark.parametrize(
    ("z", "error", "words"),
    [
        (torch.zeros(3), ValueError, r"z has shape \(3,\), but N × 3.*use z\.reshape\(1, -1\)"),
        (torch.tensor(1.0), ValueError, r"z has shape \(\), but N × features"),
        (torch.zeros(2, 3, 4), ValueError, r"z has shape \(2, 3, 4\)"),
        (torch.zeros(0, 3), ValueError, "z is empty: it has no rows"),
        (torch.tensor([[0.0, math.inf]]), ValueError, r"z holds inf at \[0, 1\]"),
        (torch.tensor([[0.0, math.nan]]), ValueError, r"z holds nan at \[0, 1\]"),
        (torch.zeros(2, 3).long(), TypeError, r"z holds int64 numbers.*z\.float\(\)"),
        ([[1.0, 2.0]], TypeError, "z is a list"),
    ],
)
def test_what_softmax_refuses(z, error, words) -> None:
    with pytest.raises(error, match=words):
        softmax(z)
