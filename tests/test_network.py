"""Forward, backward and step: against autograd and central differences, over random shapes."""

import math

import pytest
import torch
from conftest import seeded
from hypothesis import given
from hypothesis import strategies as st

from fnn_helpers import (
    FNN,
    BinaryCrossEntropy,
    Forward,
    Gradients,
    SquaredError,
    compare_gradients,
    gradients_by_autograd,
    gradients_by_differences,
    load_iris_pair,
    sigmoid,
)

networks = st.fixed_dictionaries(
    {
        "rows": st.integers(1, 7),
        "inputs": st.integers(1, 4),
        "hidden": st.integers(1, 6),
        "outputs": st.integers(1, 3),
        "seed": st.integers(0, 999),
        "cost": st.sampled_from(
            [c(r) for c in (BinaryCrossEntropy, SquaredError) for r in ("mean", "sum")]
        ),
    }
)


def make(rows, inputs, hidden, outputs, seed, cost) -> tuple[FNN, torch.Tensor, torch.Tensor]:
    generator = seeded(seed)
    network = FNN(inputs, hidden, outputs, cost=cost, generator=generator, dtype=torch.float64)
    X = torch.randn(rows, inputs, generator=generator, dtype=torch.float64)
    y = (torch.rand(rows, outputs, generator=generator) < 0.5).double()
    return network, X, y


@given(networks)
def test_gradients_match_autograd(case: dict) -> None:
    network, X, y = make(**case)
    mine = network.backward(X, y, network.forward(X))
    for comparison in compare_gradients(mine, gradients_by_autograd(network, X, y), 1e-10):
        assert comparison, str(comparison)


@given(networks)
def test_gradients_match_central_differences(case: dict) -> None:
    network, X, y = make(**case)
    mine = network.backward(X, y, network.forward(X))
    # Poking by 1e-4 is good to about 1e-8 of the cost's curvature; a wrong formula is off by 1e-1.
    for comparison in compare_gradients(mine, gradients_by_differences(network, X, y), 1e-5):
        assert comparison, str(comparison)


@given(networks)
def test_each_gradient_has_its_quantitys_shape(case: dict) -> None:
    network, X, y = make(**case)
    forward = network.forward(X)
    gradients = network.backward(X, y, forward)
    quantities = (forward.z2, network.w2, forward.a1, forward.z1, network.w1)
    assert [g.shape for g in gradients] == [q.shape for q in quantities]


def test_forward_by_hand(fixture) -> None:
    network, X, _ = fixture
    z1, a1, z2, y_hat = network.forward(X)
    row = [sum(X[2, i] * network.w1[i, j] for i in range(3)) for j in range(4)]
    torch.testing.assert_close(z1[2], torch.stack(row))
    torch.testing.assert_close(a1, sigmoid(z1))
    out = sum(a1[2, j] * network.w2[j, 0] for j in range(4))
    torch.testing.assert_close(z2[2, 0], out)
    torch.testing.assert_close(y_hat, sigmoid(z2))


def test_names_and_order() -> None:
    assert Forward._fields == ("z1", "a1", "z2", "y_hat")
    assert Gradients._fields == ("dC_dz2", "dC_dw2", "dC_da1", "dC_dz1", "dC_dw1")


def test_weights_are_drawn_first_w1_then_w2() -> None:
    generator = seeded(7)
    w1, w2 = torch.randn(2, 32, generator=generator), torch.randn(32, 1, generator=generator)
    network = FNN(generator=seeded(7))
    assert torch.equal(network.w1, w1) and torch.equal(network.w2, w2)


def test_backward_changes_nothing(fixture) -> None:
    network, X, y = fixture
    forward = network.forward(X)
    before = [t.clone() for t in (network.w1, network.w2, X, y, *forward)]
    network.backward(X, y, forward)
    after = (network.w1, network.w2, X, y, *forward)
    assert all(torch.equal(b, a) for b, a in zip(before, after, strict=True))


def test_step_subtracts_rate_times_gradient(fixture) -> None:
    network, X, y = fixture
    w1, w2 = network.w1.clone(), network.w2.clone()
    gradients = network.backward(X, y, network.forward(X))
    network.step(gradients, 0.5)
    torch.testing.assert_close(network.w1, w1 - 0.5 * gradients.dC_dw1)
    torch.testing.assert_close(network.w2, w2 - 0.5 * gradients.dC_dw2)


def test_a_refused_step_leaves_the_weights(fixture) -> None:
    network, X, y = fixture
    good = network.backward(X, y, network.forward(X))
    before = network.w1.clone(), network.w2.clone()
    for gradients, message in (
        (good._replace(dC_dw2=good.dC_dw2 * math.nan), "dC_dw2 holds nan"),
        (good._replace(dC_dw2=good.dC_dw2.T), r"\(1, 4\).*w2 has shape \(4, 1\).*give \(4, 4\)"),
        (good._replace(dC_dw1=good.dC_dw1.flatten()), r"dC_dw1 has shape \(12,\)"),
    ):
        with pytest.raises(ValueError, match=message):
            network.step(gradients, 0.1)
        assert torch.equal(network.w1, before[0]) and torch.equal(network.w2, before[1])


@pytest.mark.parametrize("rate", [0, -0.1, math.nan, math.inf])
def test_step_refuses_a_rate_that_is_not_above_zero(fixture, rate) -> None:
    network, X, y = fixture
    with pytest.raises(ValueError, match="learning_rate is .* above 0.*Use learning_rate=0.001"):
        network.step(network.backward(X, y, network.forward(X)), rate)


def test_forward_refuses(fixture) -> None:
    network, X, _ = fixture
    for bad, error, message in (
        (X[:, :2], ValueError, r"\(5, 2\), but N × 3 is expected"),
        (X.T, ValueError, r"\(3, 5\), but N × 3"),
        (X[0], ValueError, r"\(3,\).*X\.reshape\(1, -1\)"),
        (X[:0], ValueError, "X is empty"),
        (X.float(), TypeError, r"X is float32, but w1 is float64. Use X\.to\(torch\.float64\)"),
        (X.numpy(), TypeError, "X is a ndarray, but a torch.Tensor"),
        (X * math.nan, ValueError, "holds nan"),
        (X * math.inf, ValueError, "holds (nan|inf|-inf)"),
    ):
        with pytest.raises(error, match=message):
            network.forward(bad)


def test_backward_refuses(fixture) -> None:
    network, X, y = fixture
    forward = network.forward(X)
    for bad_X, bad_y, error, message in (
        (X, y.flatten(), ValueError, r"y has shape \(5,\).*\(5, 1\).*give \(5, 5\)"),
        (X[:3], y, ValueError, "forward holds 5 rows, but X has 3"),
        (X, y + 1, ValueError, "labels are 0 or 1"),
        (X, y.float(), TypeError, "y is float32"),
    ):
        with pytest.raises(error, match=message):
            network.backward(bad_X, bad_y, forward)
    with pytest.raises(ValueError, match="nan"):
        network.backward(X, y, forward._replace(y_hat=forward.y_hat * math.nan))


@pytest.mark.parametrize("size", [0, -1])
def test_sizes_below_one_are_refused(size) -> None:
    with pytest.raises(ValueError, match=f"hidden_dim is {size}, but it must be 1 or more"):
        FNN(2, size, 1)


def test_other_sizes_and_costs_are_refused() -> None:
    with pytest.raises(TypeError, match="hidden_dim is 2.5"):
        FNN(2, 2.5, 1)
    with pytest.raises(TypeError, match="Use cost=BinaryCrossEntropy"):
        FNN(cost=BinaryCrossEntropy)


# --- what has been replaced or mixed up ------------------------------------------------------


def test_backward_refuses_a_forward_of_something_else(fixture) -> None:
    network, X, y = fixture
    forward = network.forward(X)
    stale = "another X or with earlier weights"
    for wrong, error, message in (
        (network.forward(X + 0.1), ValueError, stale),
        (FNN(3, 4, 1, generator=seeded(9), dtype=torch.float64).forward(X), ValueError, stale),
        (FNN(3, 1, 1, dtype=torch.float64).forward(X), ValueError, r"\(5, 1\).*makes \(5, 4\)"),
        (forward._replace(a1=forward.a1[:, :1]), ValueError, r"a1 has shape \(5, 1\)"),
        (forward._replace(a1=forward.z1), ValueError, "must lie between 0 and 1"),
        (forward._replace(a1=forward.a1 * math.nan), ValueError, "holds nan"),
        (tuple(forward), TypeError, "forward is a tuple, but a Forward"),
        (None, TypeError, "but a Forward is expected"),
    ):
        with pytest.raises(error, match=message):
            network.backward(X, y, wrong)


def test_backward_refuses_a_forward_from_before_the_step(fixture) -> None:
    network, X, y = fixture
    forward = network.forward(X)
    network.step(network.backward(X, y, forward), 0.1)
    with pytest.raises(ValueError, match="earlier weights"):
        network.backward(X, y, forward)


@pytest.mark.parametrize(
    ("name", "make", "error", "message"),
    [
        ("w1", lambda w: w.T, ValueError, "w1 has shape .* but inputs × hidden"),
        ("w1", lambda w: w.long(), TypeError, "w1 holds int64"),
        ("w1", lambda w: w.half(), TypeError, "w1 holds float16"),
        ("w1", lambda w: w.numpy(), TypeError, "w1 is a ndarray"),
        ("w1", lambda w: w.to("meta"), TypeError, "no numbers"),
        ("w1", lambda w: w.to_sparse(), TypeError, "to_dense"),
        ("w2", lambda w: w.flatten(), ValueError, "w2"),
        ("w2", lambda w: w[:1], ValueError, "w2"),
        ("w2", lambda w: w.float(), TypeError, "w2 is float32, but w1 is float64"),
        ("w2", lambda w: w * math.nan, ValueError, "holds nan"),
    ],
)
def test_replaced_weights_are_named(fixture, name, make, error, message) -> None:
    network, X, _ = fixture
    setattr(network, name, make(getattr(network, name)))
    with pytest.raises(error, match=message):
        network.forward(X)


def test_a_transposed_gradient_is_turned_and_not_reshaped(fixture) -> None:
    network, X, y = fixture
    good = network.backward(X, y, network.forward(X))
    with pytest.raises(ValueError, match=r"Use dC_dw1\.T\."):
        network.step(good._replace(dC_dw1=good.dC_dw1.T), 0.1)


def test_step_takes_gradients_and_nothing_else(fixture) -> None:
    network, X, y = fixture
    good = network.backward(X, y, network.forward(X))
    for wrong in (tuple(good), None):
        with pytest.raises(TypeError, match="but Gradients are expected"):
            network.step(wrong, 0.1)
    with pytest.raises(TypeError, match="dC_dw2 is a ndarray"):
        network.step(good._replace(dC_dw2=good.dC_dw2.numpy()), 0.1)


def test_a_step_to_infinity_is_refused_and_leaves_the_weights(fixture) -> None:
    network, X, y = fixture
    before = network.w1, network.w2
    good = network.backward(X, y, network.forward(X))
    with pytest.raises(ValueError, match=r"after a step of 1e\+300 holds"):
        network.step(good._replace(dC_dw2=good.dC_dw2 * 1e300), 1e300)
    assert network.w1 is before[0] and network.w2 is before[1]


def test_a_huge_whole_rate_still_goes_downhill(fixture) -> None:
    network, X, y = fixture
    good = network.backward(X, y, network.forward(X))
    before = network.w1
    network.step(good, 10**19)
    assert torch.equal((network.w1 - before).sign(), -good.dC_dw1.sign())


def test_step_leaves_no_trace_in_autograd(fixture) -> None:
    network, X, y = fixture
    watched = X.clone().requires_grad_()
    network.step(network.backward(watched, y, network.forward(watched)), 0.1)
    assert network.w1.is_leaf and not network.w1.requires_grad


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"generator": 3}, "Use generator=torch.Generator"),
        ({"dtype": int}, "torch.float32 or torch.float64"),
        ({"dtype": torch.complex64}, "torch.float32 or torch.float64"),
    ],
)
def test_other_generators_and_dtypes_are_refused(options, message) -> None:
    with pytest.raises(TypeError, match=message):
        FNN(**options)


def test_a_cost_set_later_is_checked_too(fixture) -> None:
    network, X, y = fixture
    network.cost = BinaryCrossEntropy
    with pytest.raises(TypeError, match="Use cost=BinaryCrossEntropy"):
        network.backward(X, y, network.forward(X))


def test_all_the_flowers_are_not_their_inputs() -> None:
    with pytest.raises(TypeError, match=r"X is a IrisPair.*Use X = X\.X\."):
        FNN().forward(load_iris_pair())
