"""What a callback sees and changes, and what is printed when."""

import math

import pytest
import torch
from conftest import seeded

from fnn_helpers import (
    FNN,
    BinaryCrossEntropy,
    SquaredError,
    gradients_by_autograd,
    published_run,
    train,
)

X = torch.randn(100, 2, generator=seeded(3))
y = (X[:, :1] > 0).float()


class MeanOfOwn:
    """Binary cross-entropy, written as a cost of one's own."""

    def value(self, y_hat, y):
        return BinaryCrossEntropy().value(y_hat, y)

    def delta(self, y_hat, y):
        return (y_hat - y) / len(y)

    def activation(self, z):
        return z.sigmoid()


class SumOfOwn(MeanOfOwn):
    """The same, added up."""

    def delta(self, y_hat, y):
        return y_hat - y


def network(hidden: int = 4, cost=None) -> FNN:
    return FNN(2, hidden, 1, cost=cost, generator=seeded(1))


def test_weights_that_a_callback_sets_are_trained_from() -> None:
    start = network().w1 / 2

    def halve(epoch, net):
        if epoch == 1:
            net.w1 = start

    net, after = network(), network()
    train(net, X, y, 2, 0.5, report_every=0, on_epoch=halve)
    train(after, X, y, 1, 0.5, report_every=0)
    after.w1 = start
    train(after, X, y, 1, 0.5, report_every=0)
    assert torch.allclose(net.w1, after.w1) and torch.allclose(net.w2, after.w2)


@pytest.mark.parametrize("cost", [MeanOfOwn(), SquaredError()])
def test_a_cost_that_a_callback_sets_is_descended_whatever_the_blocks(cost) -> None:
    def change(epoch, net):
        if epoch == 1:
            net.cost = cost

    net, after = network(4096), network(4096)  # too wide for one block of rows
    train(net, X, y, 2, 0.5, report_every=0, on_epoch=change)
    train(after, X, y, 1, 0.5, report_every=0)
    after.cost = cost
    train(after, X, y, 1, 0.5, report_every=0)
    assert torch.allclose(net.w1, after.w1, atol=1e-6)


def test_what_does_not_fit_after_a_callback_is_refused() -> None:
    def spoil(epoch, net):
        net.w1 = net.w1.double()

    with pytest.raises(TypeError, match="w2 is float32, but w1 is float64"):
        train(network(), X, y, 1, 0.5, report_every=0, on_epoch=spoil)


@pytest.mark.parametrize("cost", [None, SumOfOwn()])
def test_no_callback_sees_an_epoch_after_one_without_a_number(cost) -> None:
    seen = []
    net = network(cost=cost or BinaryCrossEntropy("sum"))
    with pytest.raises(ValueError, match="epoch 0 led to w[12] of (-?inf|nan)") as stopped:
        train(net, X, y, 5, 3e38, report_every=0, on_epoch=lambda e, n: seen.append(e))
    assert seen == [0] and "Use a smaller learning_rate" in str(stopped.value)
    assert torch.equal(net.w1, network().w1) and torch.equal(net.w2, network().w2)


@pytest.mark.parametrize("epochs", [1, 3, 200])
def test_the_epoch_that_led_to_no_number_is_named_however_many_wait(epochs) -> None:
    net = network(cost=BinaryCrossEntropy("sum"))
    with pytest.raises(ValueError, match="^epoch 0 led to w[12] of"):
        train(net, X, y, epochs, 3e38, report_every=0)
    assert torch.equal(net.w1, network().w1) and torch.equal(net.w2, network().w2)


def test_every_twentieth_epoch_is_printed_unless_told_otherwise(capsys) -> None:
    history = train(network(), X, y, 42, 0.5)
    lines = capsys.readouterr().out.splitlines()
    assert lines == [f"epoch {e:4d}   loss {history.loss[e]:.4f}" for e in (0, 20, 40)]
    train(network(), X, y, 4, 0.5, report_every=3)
    assert [line[:10] for line in capsys.readouterr().out.splitlines()] == [
        "epoch    0", "epoch    3",
    ]  # fmt: skip


@pytest.mark.parametrize("epochs", [0, 1, 63, 64, 65, 130])
def test_a_history_has_a_line_an_epoch(epochs) -> None:
    history = train(network(), X, y, epochs, 0.5, report_every=0)
    one_by_one = train(network(), X, y, epochs, 0.5, report_every=0, on_epoch=lambda e, n: None)
    assert {len(column) for column in history} == {epochs}
    for mine, reference in zip(history, one_by_one, strict=True):
        assert mine == pytest.approx(reference, abs=1e-6)
    assert all(0 <= low <= high <= 1 for low, high in zip(history.lowest, history.highest,
                                                          strict=True))  # fmt: skip


def test_accuracy_counts_one_half_as_yes_and_the_largest_of_several() -> None:
    net = network()
    net.w2 = torch.zeros(4, 1)  # every answer is one half
    assert train(net, X, y, 1, 0.5, report_every=0).accuracy == [pytest.approx(y.mean().item())]
    three = FNN(2, 4, 3, generator=seeded(1))
    one_hot = torch.eye(3)[torch.arange(100) % 3]
    share = (three.forward(X).y_hat.argmax(1) == torch.arange(100) % 3).float().mean().item()
    assert train(three, X, one_hot, 1, 0.5, report_every=0).accuracy == [pytest.approx(share)]
    several = FNN(2, 4, 3, generator=seeded(1))
    many = torch.ones(100, 3)
    share = (several.forward(X).y_hat >= 0.5).float().mean().item()
    assert train(several, X, many, 1, 0.5, report_every=0).accuracy == [pytest.approx(share)]


def test_a_cost_with_another_activation_has_no_accuracy() -> None:
    class Straight(MeanOfOwn):
        def value(self, y_hat, y):
            return ((y_hat - y) ** 2).mean()

        def activation(self, z):
            return z

    history = train(network(cost=Straight()), X, y, 2, 0.01, report_every=0)
    assert all(math.isnan(share) for share in history.accuracy) and len(history.accuracy) == 2


def test_batches_take_every_row_once_an_epoch_in_the_generators_order() -> None:
    net, by_hand = network(), network()
    train(net, X, y, 2, 0.5, report_every=0, batch_size=30, generator=seeded(7))
    order = seeded(7)
    for _ in range(2):
        for rows in torch.randperm(100, generator=order).split(30):
            forward = by_hand.forward(X[rows])
            by_hand.step(by_hand.backward(X[rows], y[rows], forward), 0.5)
    assert torch.allclose(net.w1, by_hand.w1, atol=1e-6)


def test_a_wide_network_gives_a_cost_of_ones_own_all_rows_at_once() -> None:
    rows = []

    class Watched(MeanOfOwn):
        def delta(self, y_hat, y):
            rows.append(len(y))
            return super().delta(y_hat, y)

    train(network(4096, Watched()), X, y, 1, 0.5, report_every=0)
    assert set(rows) == {100}


@pytest.mark.parametrize(
    ("delta", "words"),
    [
        (lambda y_hat, y: (y_hat - y).flatten(), r"cost.delta\(y_hat, y\) has shape \(100,\), but "
         r"y_hat has shape \(100, 1\)"),
        (lambda y_hat, y: (y_hat - y).double(), r"cost.delta\(y_hat, y\) is float64, but y_hat is "
         "float32"),
        (lambda y_hat, y: None, r"cost.delta\(y_hat, y\) is a NoneType, but a torch.Tensor"),
    ],
)  # fmt: skip
def test_a_delta_that_does_not_fit_is_refused_in_training(delta, words) -> None:
    cost = MeanOfOwn()
    cost.delta = delta
    with pytest.raises((TypeError, ValueError), match=words):
        train(network(cost=cost), X, y, 1, 0.5, report_every=0)


def test_the_number_that_stopped_a_training_is_said() -> None:
    class NoNumber(MeanOfOwn):
        def delta(self, y_hat, y):
            return (y_hat - y) * math.nan

    with pytest.raises(ValueError, match="^epoch 0 led to w1 of nan, "):
        train(network(cost=NoNumber()), X, y, 3, 0.5, report_every=0)


def test_a_cost_that_stops_being_a_number_stops_the_training_with_the_weights_before() -> None:
    values = iter([0.5, 0.4, math.inf])

    class Later(MeanOfOwn):
        def value(self, y_hat, y):
            return next(values)

        def activation(self, z):
            return z.sigmoid()

    net, before = network(cost=Later()), network(cost=MeanOfOwn())
    with pytest.raises(ValueError, match="^epoch 1 led to a loss of inf, "):
        train(net, X, y, 3, 0.5, report_every=0)
    train(before, X, y, 1, 0.5, report_every=0)
    assert torch.equal(net.w1, before.w1)


def test_a_probability_of_nearly_nothing_for_the_label_is_refused_either_way() -> None:
    for label, weight in ((0.0, 60.0), (1.0, -60.0)):
        net = network()
        net.w2 = torch.full((4, 1), weight)
        with pytest.raises(ValueError, match="gives its label a probability of"):
            gradients_by_autograd(net, X, torch.full((100, 1), label))
        gradients_by_autograd(net, X[:2] * 0, torch.full((2, 1), 1 - label))


def test_the_published_run_is_silent_unless_told_otherwise(capsys) -> None:
    published_run()
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("rate", [1e39, 10**400], ids=["decimal", "whole"])
def test_a_rate_beyond_the_weights_numbers_is_refused_before_anything_moves(rate) -> None:
    trained = network(cost=SquaredError("sum"))
    before = trained.w1
    with pytest.raises(ValueError, match="the largest float32 is 3.4e.38. Use learning_rate="):
        train(trained, X, y, 3, rate, report_every=0)
    assert trained.w1 is before


def test_a_whole_rate_beyond_all_decimals_is_refused_by_a_step_too() -> None:
    stepped = network()
    gradients = stepped.backward(X, y, stepped.forward(X))
    with pytest.raises(ValueError, match="the largest float64 is 1.8e.308"):
        stepped.step(gradients, 10**400)
