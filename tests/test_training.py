"""The published run to six digits, and the loop around it."""

import math

import pytest
import torch
from conftest import seeded

from fnn_helpers import (
    FNN,
    BinaryCrossEntropy,
    SquaredError,
    load_iris_pair,
    published_run,
    train,
)

PUBLISHED = {
    0: 0.92282295,
    20: 0.69667608,
    40: 0.67149162,
    60: 0.66861379,
    80: 0.66669047,
    100: 0.66481024,
}


@pytest.fixture(scope="module")
def run():
    return published_run()


def test_published_losses(run) -> None:
    assert len(run.loss) == 101
    for epoch, loss in PUBLISHED.items():
        assert run.loss[epoch] == pytest.approx(loss, abs=2e-6)


def test_accuracy_waits_while_the_loss_falls(run) -> None:
    assert {run.accuracy[epoch] for epoch in (0, 20, 40)} == {0.5}
    assert run.accuracy[100] == 0.99
    assert 0.4745 < run.lowest[100] < run.highest[100] < 0.5335


def test_mean_and_sum_are_one_run_at_rates_a_hundredfold_apart() -> None:
    X, y, _, _ = load_iris_pair()
    by_mean = FNN(generator=seeded(3), cost=BinaryCrossEntropy("mean"))
    by_sum = FNN(generator=seeded(3), cost=BinaryCrossEntropy("sum"))
    a = train(by_mean, X, y, 50, 0.1, report_every=0)
    b = train(by_sum, X, y, 50, 0.001, report_every=0)
    assert a.loss == pytest.approx(b.loss, abs=1e-5)  # float32, 50 steps


def test_the_right_gradient_on_standardised_flowers_reaches_all() -> None:
    X, y, _, _ = load_iris_pair("standardised")
    history = train(FNN(generator=seeded(0)), X, y, learning_rate=1.0, report_every=0)
    assert history.accuracy[-1] == 1.0


def test_history_is_recorded_before_each_update() -> None:
    X, y, _, _ = load_iris_pair()
    network = FNN(generator=seeded(4))
    untrained = network.forward(X).y_hat
    history = train(network, X, y, epochs=3, learning_rate=1.0, report_every=0)
    assert history.loss[0] == BinaryCrossEntropy().value(untrained, y).item()
    assert history.lowest[0] == untrained.min().item()
    assert history.highest[0] == untrained.max().item()
    assert all(len(column) == 3 for column in history)
    assert all(isinstance(value, float) for column in history for value in column)


def test_loss_is_cross_entropy_whatever_the_cost() -> None:
    X, y, _, _ = load_iris_pair()
    network = FNN(generator=seeded(4), cost=SquaredError("sum"))
    expected = BinaryCrossEntropy().value(network.forward(X).y_hat, y).item()
    assert train(network, X, y, epochs=1, report_every=0).loss == [expected]


def test_zero_epochs_change_nothing() -> None:
    X, y, _, _ = load_iris_pair()
    network = FNN(generator=seeded(4))
    before = network.w1.clone()
    assert train(network, X, y, epochs=0, report_every=0).loss == []
    assert torch.equal(network.w1, before)


def test_report_every_says_when_to_print(capsys) -> None:
    X, y, _, _ = load_iris_pair()
    train(FNN(generator=seeded(4)), X, y, epochs=5, report_every=2)
    printed = [line.split()[1] for line in capsys.readouterr().out.splitlines()]
    assert printed == ["0", "2", "4"]


def test_on_epoch_sees_the_weights_before_each_update() -> None:
    X, y, _, _ = load_iris_pair()
    network, seen = FNN(generator=seeded(4)), []
    start = network.w1.clone()
    train(
        network,
        X,
        y,
        epochs=3,
        report_every=0,
        on_epoch=lambda epoch, n: seen.append((epoch, n.w1.clone())),
    )
    assert [epoch for epoch, _ in seen] == [0, 1, 2]
    assert torch.equal(seen[0][1], start) and not torch.equal(seen[1][1], start)


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"epochs": -1}, ValueError, "epochs is -1, but it must be 0 or more"),
        ({"epochs": 2.5}, TypeError, "epochs is 2.5, but a whole number"),
        ({"learning_rate": 0}, ValueError, "learning_rate is 0"),
        ({"learning_rate": -0.1}, ValueError, "the update already subtracts"),
        ({"learning_rate": math.nan}, ValueError, "learning_rate is nan"),
        ({"learning_rate": "0.1"}, TypeError, "learning_rate is '0.1'"),
        ({"report_every": -5}, ValueError, "report_every is -5"),
    ],
)
def test_arguments_are_checked_before_anything_moves(options, error, message) -> None:
    X, y, _, _ = load_iris_pair()
    network = FNN(generator=seeded(4))
    before = network.w1.clone()
    with pytest.raises(error, match=message):
        train(network, X, y, **options)
    assert torch.equal(network.w1, before)


def test_the_published_run_depends_on_no_global_setting() -> None:
    state = torch.random.get_rng_state()
    torch.set_default_dtype(torch.float64)
    try:
        losses = published_run().loss
    finally:
        torch.set_default_dtype(torch.float32)
    assert losses[0] == pytest.approx(0.92282295, abs=2e-6)
    assert torch.equal(torch.random.get_rng_state(), state)


def test_what_does_not_fit_is_said_before_the_first_epoch() -> None:
    flowers = load_iris_pair()
    network = FNN(generator=seeded(0))
    before = network.w1.clone()
    for arguments, error in (
        ((network, flowers.X, flowers.y * 7), ValueError),
        ((network, None, flowers.y), TypeError),
        ((FNN, flowers.X, flowers.y), TypeError),
    ):
        with pytest.raises(error):
            train(*arguments, epochs=0)
    with pytest.raises(TypeError, match="on_epoch is 3"):
        train(network, flowers.X, flowers.y, on_epoch=3)
    assert torch.equal(network.w1, before)


def test_a_callback_that_changes_weights_changes_the_whole_epoch() -> None:
    flowers = load_iris_pair()
    network = FNN(generator=seeded(0))

    def forget(epoch, network):
        network.w2 = torch.zeros_like(network.w2)

    history = train(network, flowers.X, flowers.y, epochs=1, report_every=0, on_epoch=forget)
    assert history.loss[0] == pytest.approx(0.693147, abs=1e-5)
