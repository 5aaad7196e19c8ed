"""The sigmoid, and its slope from the activation."""

import math

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from fnn_helpers import central_differences, sigmoid, sigmoid_slope

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


def test_far_values_are_finite() -> None:
    far = torch.tensor([-math.inf, -1000.0, 1000.0, math.inf])
    assert sigmoid(far).tolist() == [0, 0, 1, 1]
    assert sigmoid_slope(sigmoid(far)).tolist() == [0, 0, 0, 0]


def test_a_pre_activation_is_refused() -> None:
    with pytest.raises(ValueError, match="from -2 to 0.5.*after the sigmoid.*Use sigmoid"):
        sigmoid_slope(torch.tensor([-2.0, 0.5]))


@pytest.mark.parametrize("function", [sigmoid, sigmoid_slope])
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
