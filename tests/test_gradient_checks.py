"""The checks themselves: they find a right gradient right, and a wrong one wrong."""

import math

import numpy as np
import pytest
import torch
from conftest import seeded

from fnn_helpers import (
    FNN,
    central_differences,
    compare,
    compare_gradients,
    gradients_by_autograd,
    gradients_by_differences,
    load_iris_pair,
    sigmoid,
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


@pytest.mark.parametrize(
    ("f", "w", "h", "error", "message"),
    [
        (lambda t: t.sum(), torch.tensor([1e8]), None, ValueError, "Use a larger h"),
        (lambda t: t.sum(), torch.tensor([1.0]), 1e-20, ValueError, "Use a larger h"),
        (lambda t: t.log().sum(), torch.tensor([-1.0]), None, ValueError, "f returned nan"),
        (lambda t: int(t.sum()), torch.tensor([1.0]), None, TypeError, "has no slope"),
        (lambda t: (t > 0).sum(), torch.tensor([1.0]), None, TypeError, "has no slope"),
        (lambda t: "1.5", torch.tensor([1.0]), None, TypeError, "f returned '1.5'"),
        (lambda t: t.sum(), torch.tensor([1.0]).half(), None, TypeError, "float16"),
    ],
)
def test_central_differences_never_invent_a_number(f, w, h, error, message) -> None:
    with pytest.raises(error, match=message):
        central_differences(f, w, h)


def test_central_differences_take_any_layout() -> None:
    w = torch.arange(6, dtype=torch.float64).reshape(2, 3).T
    torch.testing.assert_close(central_differences(lambda t: (t**2).sum(), w), 2 * w)


def test_the_references_refuse_where_the_cost_is_flat(fixture) -> None:
    """At saturation autograd gives NaN and a poke 0, while the formula is right."""
    network, X, _ = fixture
    network.w1, network.w2 = torch.full_like(network.w1, 50.0), torch.full_like(network.w2, 50.0)
    X = X.abs()
    y = torch.zeros(5, 1, dtype=torch.float64)
    forward = network.forward(X)
    assert (forward.y_hat == 1).all()
    assert network.backward(X, y, forward).dC_dz2.isfinite().all()
    for reference in (gradients_by_autograd, gradients_by_differences):
        with pytest.raises(ValueError, match="gives its label a probability of 0"):
            reference(network, X, y)


def test_autograd_works_where_it_is_switched_off(fixture) -> None:
    network, X, y = fixture
    with torch.no_grad():
        gradients = gradients_by_autograd(network, X, y)
    assert all(compare_gradients(network.backward(X, y, network.forward(X)), gradients))


def test_a_comparison_is_true_or_false_for_any_tolerance() -> None:
    assert bool(compare("g", torch.ones(1), torch.ones(1), np.float64(1e-3))) is True


def test_five_gradients_are_compared(fixture) -> None:
    network, X, y = fixture
    gradients = network.backward(X, y, network.forward(X))
    with pytest.raises(ValueError, match="mine holds 3 gradients, but five"):
        compare_gradients(gradients[:3], gradients)


@pytest.mark.parametrize("seed", range(4))
def test_in_a_whole_network_the_worst_entry_favours_the_larger_step(seed: int) -> None:
    X, y, _, _ = load_iris_pair()
    network = FNN(generator=seeded(seed), dtype=torch.float64)
    X, y = X.double(), y.double()
    exact = gradients_by_autograd(network, X, y).dC_dw1

    def cost(w1: torch.Tensor) -> torch.Tensor:
        return network.cost.value(sigmoid(sigmoid(X @ w1) @ network.w2), y)

    def worst(h: float) -> float:
        numeric = central_differences(cost, network.w1, h)
        return ((numeric - exact) / exact).abs().max().item()

    assert worst(1e-4) < worst(1e-5)
