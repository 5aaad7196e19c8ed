"""The checks themselves: they find a right gradient right, and a wrong one wrong."""

import math

import pytest
import torch

from fnn_helpers import (
    central_differences,
    compare,
    compare_gradients,
    gradients_by_autograd,
    gradients_by_differences,
)


def test_central_differences_of_a_polynomial() -> None:
    w = torch.tensor([[1.0, -2.0], [0.5, 3.0]], dtype=torch.float64)
    numeric = central_differences(lambda t: (t**3).sum(), w)
    torch.testing.assert_close(numeric, 3 * w**2, atol=1e-7, rtol=0)  # truncation error h² = 1e-8


def test_central_differences_leave_w_alone() -> None:
    w = torch.tensor([1.0, 2.0], dtype=torch.float64)
    central_differences(lambda t: (t**2).sum(), w)
    assert w.tolist() == [1, 2]


def test_a_wrong_gradient_is_found_and_its_worst_entry_named(fixture) -> None:
    network, X, y = fixture
    mine = network.backward(X, y, network.forward(X))
    spoiled = mine.dC_dw1.clone()
    spoiled[2, 1] *= 1.5
    reference = gradients_by_differences(network, X, y)
    names = [
        c.name for c in compare_gradients(mine._replace(dC_dw1=spoiled), reference, 1e-5) if not c
    ]
    assert names == ["dC_dw1"]
    worst = compare("dC_dw1", spoiled, reference.dC_dw1, 1e-5)
    assert not worst.agrees and worst.worst == (2, 1)
    assert "dC_dw1" in str(worst) and "[2, 1]" in str(worst)


def test_the_two_references_agree(fixture) -> None:
    network, X, y = fixture
    by_autograd = gradients_by_autograd(network, X, y)
    assert all(
        compare_gradients(gradients_by_differences(network, X, y), by_autograd, tolerance=1e-6)
    )


@pytest.mark.parametrize(
    ("mine", "reference", "message"),
    [
        (torch.zeros(2, 1), torch.zeros(1, 2), r"\(2, 1\).*\(1, 2\)"),
        (torch.zeros(0), torch.zeros(0), "empty"),
        (torch.tensor([math.nan]), torch.zeros(1), "holds nan"),
        (torch.zeros(1), torch.tensor([math.inf]), "holds inf"),
    ],
)
def test_compare_refuses_what_would_agree_with_anything(mine, reference, message) -> None:
    with pytest.raises(ValueError, match=message):
        compare("g", mine, reference)


def test_zeros_do_not_agree_with_a_gradient() -> None:
    assert not compare("g", torch.zeros(3), torch.tensor([0.0, 1e-9, 0.0]))
    assert not compare("g", torch.tensor([0.0, 1e-9, 0.0]), torch.zeros(3))
    assert compare("g", torch.zeros(3), torch.zeros(3))


def test_central_differences_refuse() -> None:
    w = torch.ones(2, dtype=torch.float64)
    with pytest.raises(ValueError, match=r"shape \(2,\), but one number.*\.sum\(\)"):
        central_differences(lambda t: t * 2, w)
    with pytest.raises(ValueError, match="h is 0"):
        central_differences(lambda t: t.sum(), w, h=0)
    with pytest.raises(TypeError, match="int64"):
        central_differences(lambda t: t.sum(), torch.tensor([1, 2]))
