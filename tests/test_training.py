"""The published run to six digits, and the loop around it."""

import math

import pytest
import torch
from conftest import seeded

from fnn_helpers import (
    FNN,
    BinaryCrossEntropy,
    SquaredError,
    compare_gradients,
    gradients_by_autograd,
    gradients_by_differences,
    load_iris_pair,
    published_run,
    train,
    training,
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


# --- fast, and still right --------------------------------------------------------------------


class HalfSquare:
    """A cost of one's own: identity, half the squared distance, summed."""

    def value(self, y_hat, y):
        return 0.5 * ((y_hat - y) ** 2).sum()

    def delta(self, y_hat, y):
        return y_hat - y

    def activation(self, z):
        return z


def many(rows: int, outputs: int = 1) -> tuple[torch.Tensor, torch.Tensor]:
    X = torch.randn(rows, 2, generator=seeded(1))
    return X, (torch.rand(rows, outputs, generator=seeded(2)) < 0.4).float()


def step_by_step(network, X, y, epochs, rate) -> list[float]:
    losses = []
    for _ in range(epochs):
        forward = network.forward(X)
        losses.append(BinaryCrossEntropy().value(forward.y_hat, y).item())
        network.step(network.backward(X, y, forward), rate)
    return losses


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
@pytest.mark.parametrize("cost", [BinaryCrossEntropy(), SquaredError(), SquaredError("sum")])
def test_blocks_of_rows_change_nothing(monkeypatch, dtype, cost) -> None:
    monkeypatch.setattr(training, "IN_CACHE", 32 * 7)  # 7 rows a block, the last one smaller
    X, y = (t.to(dtype) for t in many(100))
    fast, slow = (FNN(cost=cost, generator=seeded(0), dtype=dtype) for _ in range(2))
    rate = 0.5 / (100 if cost.reduction == "sum" else 1)
    history = train(fast, X, y, 5, rate, report_every=0)
    assert history.loss == pytest.approx(step_by_step(slow, X, y, 5, rate), abs=1e-6)
    torch.testing.assert_close(fast.w1, slow.w1, atol=1e-6, rtol=1e-6)
    torch.testing.assert_close(fast.w2, slow.w2, atol=1e-6, rtol=1e-6)


def test_weights_taken_earlier_keep_their_numbers() -> None:
    network = FNN(generator=seeded(0))
    taken, copy = network.w1, network.w1.clone()
    train(network, *many(20), epochs=3, learning_rate=1.0, report_every=0)
    assert torch.equal(taken, copy) and not torch.equal(network.w1, copy)


def test_training_leaves_no_trace_in_autograd() -> None:
    X, y = many(20)
    network = FNN(generator=seeded(0))
    network.w1.requires_grad_()
    train(network, X.requires_grad_(), y, epochs=3, report_every=0)
    assert not network.w1.requires_grad and network.w1.grad_fn is None


@pytest.mark.parametrize("watch", [None, lambda epoch, network: None])
def test_no_number_stops_at_its_epoch_with_the_last_finite_weights(watch) -> None:
    X, y = many(20)
    network, same = (FNN(cost=HalfSquare(), generator=seeded(0)) for _ in range(2))
    with pytest.raises(ValueError, match=r"epoch \d+ led to .* of (inf|-inf|nan)") as raised:
        train(network, X, y, 500, 10.0, report_every=0, on_epoch=watch)
    epoch = int(str(raised.value).split()[1])
    train(same, X, y, epoch, 10.0, report_every=0)
    assert network.w1.isfinite().all() and torch.equal(network.w1, same.w1)


def test_an_interrupt_leaves_weights_of_one_epoch() -> None:
    X, y = many(20)
    network, same = FNN(generator=seeded(0)), FNN(generator=seeded(0))

    def interrupt(epoch, network):
        if epoch == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        train(network, X, y, 9, 1.0, report_every=0, on_epoch=interrupt)
    train(same, X, y, 3, 1.0, report_every=0)
    assert torch.equal(network.w1, same.w1) and torch.equal(network.w2, same.w2)


def test_a_callback_that_breaks_the_network_is_told_so() -> None:
    def breaks(epoch, network):
        network.w2 = network.w2 * math.nan

    with pytest.raises(ValueError, match="w2 holds nan"):
        train(FNN(), *many(20), report_every=0, on_epoch=breaks)


def test_a_cost_of_ones_own_trains_and_is_its_own_loss() -> None:
    X, y = many(20)
    network = FNN(cost=HalfSquare(), generator=seeded(0), dtype=torch.float64)
    X, y = X.double(), y.double()
    first = network.cost.value(network.forward(X).y_hat, y).item()
    mine = network.backward(X, y, network.forward(X))
    assert all(compare_gradients(mine, gradients_by_autograd(network, X, y), 1e-9))
    assert all(compare_gradients(mine, gradients_by_differences(network, X, y), 1e-5))
    history = train(network, X, y, 30, 0.001, report_every=0)
    assert history.loss[0] == pytest.approx(first) and history.loss[-1] < first
    assert all(math.isnan(a) for a in history.accuracy)


def test_a_cost_without_a_delta_is_told_what_it_needs() -> None:
    class Half:
        value = activation = HalfSquare.value

    with pytest.raises(TypeError, match="Half without delta.*def delta"):
        FNN(cost=Half())


def test_a_delta_of_another_shape_is_refused() -> None:
    class Flat(HalfSquare):
        def delta(self, y_hat, y):
            return (y_hat - y).flatten()

    with pytest.raises(ValueError, match=r"cost.delta\(y_hat, y\) has shape \(20,\)"):
        train(FNN(cost=Flat()), *many(20), report_every=0)


def test_one_hot_labels_are_judged_by_the_largest() -> None:
    X, _ = many(30)
    y = torch.eye(3).repeat(10, 1)
    network = FNN(2, 4, 3, generator=seeded(0))
    right = (network.forward(X).y_hat.argmax(1) == y.argmax(1)).double().mean().item()
    assert train(network, X, y, 1, report_every=0).accuracy == [pytest.approx(right)]


def test_minibatches_take_every_row_once_in_the_generators_order() -> None:
    X, y = many(10)
    network, same = FNN(generator=seeded(0)), FNN(generator=seeded(0))
    history = train(network, X, y, 2, 0.5, 0, batch_size=4, generator=seeded(5))
    order, losses = seeded(5), []
    for _ in range(2):
        losses.append(BinaryCrossEntropy().value(same.forward(X).y_hat, y).item())
        for rows in torch.randperm(10, generator=order).split(4):
            step_by_step(same, X[rows], y[rows], 1, 0.5)
    assert history.loss == pytest.approx(losses, abs=1e-6)
    torch.testing.assert_close(network.w1, same.w1)


def test_weights_that_leave_the_numbers_are_found_among_waiting_epochs() -> None:
    X, y = many(20)
    network, same = (FNN(cost=BinaryCrossEntropy("sum"), generator=seeded(0)) for _ in range(2))
    with pytest.raises(ValueError, match=r"epoch \d+ led to ") as raised:
        train(network, X, y, 100, 1e38, report_every=0)
    epoch = int(str(raised.value).split()[1])
    train(same, X, y, epoch, 1e38, report_every=0)
    assert network.w1.isfinite().all() and torch.equal(network.w1, same.w1)
    with pytest.raises(ValueError, match=f"epoch {epoch} led to "):
        train(FNN(cost=BinaryCrossEntropy("sum"), generator=seeded(0)), X, y, epoch + 1, 1e38, 0)
