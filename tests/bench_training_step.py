"""One training step, four ways, as ratios within one run: python tests/bench_training_step.py

Forward, cost, backward and update on 100 × 2 inputs with 32 hidden units, float32, one thread.
Two rows are written by hand: the bare lines of notebook 07 with as few calls as possible, and the
helper, which also checks everything it is given. Times depend on the machine; ratios less so.
"""

import sys
import warnings

import numpy as np
import pytest
import torch
from sklearn.neural_network import MLPClassifier
from torch import nn
from torch.nn import functional as F

from fnn_helpers import FNN, BinaryCrossEntropy, load_iris_pair

RATE = 0.1
X, y, _, _ = load_iris_pair()


def start() -> FNN:
    return FNN(generator=torch.Generator().manual_seed(0))


def by_hand():
    w1, w2 = start().w1, start().w2
    rate = RATE / len(X)  # the mean's 1/N, taken into the rate

    def step():
        a1 = torch.sigmoid(X.mm(w1))
        y_hat = torch.sigmoid(a1.mm(w2))
        dC_dz2 = y_hat - y
        cost = dC_dz2.abs().neg_().log1p_().mean().neg_()  # −ln(1 − |ŷ − y|)
        dC_dz1 = F.linear(dC_dz2, w2) * (a1 - a1 * a1)  # dC_dz2 @ w2.T, times the slope
        w2.addmm_(a1.T, dC_dz2, alpha=-rate)  # w2 −= rate · a1.T @ dC_dz2
        w1.addmm_(X.T, dC_dz1, alpha=-rate)
        return cost

    return step, lambda: (w1, w2)


def by_helper():
    network = start()

    def step():
        forward = network.forward(X)
        cost = network.cost.value(forward.y_hat, y)
        network.step(network.backward(X, y, forward), RATE)
        return cost

    return step, lambda: (network.w1, network.w2)


def by_autograd():
    network = nn.Sequential(
        nn.Linear(2, 32, bias=False), nn.Sigmoid(), nn.Linear(32, 1, bias=False), nn.Sigmoid()
    )
    with torch.no_grad():
        network[0].weight.copy_(start().w1.T)
        network[2].weight.copy_(start().w2.T)
    optimizer = torch.optim.SGD(network.parameters(), lr=RATE)
    loss_function = nn.BCELoss()

    def step():
        optimizer.zero_grad()
        loss = loss_function(network(X), y)
        loss.backward()
        optimizer.step()
        return loss.detach()

    return step, lambda: (network[0].weight.T, network[2].weight.T)


def by_numpy():
    x, labels = X.numpy(), y.numpy()
    weights = [start().w1.numpy().copy(), start().w2.numpy().copy()]
    rate = np.float32(RATE / len(x))

    def step():
        w1, w2 = weights
        a1 = 1 / (1 + np.exp(-(x @ w1)))
        y_hat = 1 / (1 + np.exp(-(a1 @ w2)))
        cost = -(labels * np.log(y_hat) + (1 - labels) * np.log(1 - y_hat)).mean()
        delta = y_hat - labels
        weights[1] = w2 - rate * (a1.T @ delta)
        weights[0] = w1 - rate * (x.T @ (delta @ w2.T * a1 * (1 - a1)))
        return cost

    return step, lambda: tuple(torch.as_tensor(w) for w in weights)


def by_sklearn():
    network = MLPClassifier(
        (32,), activation="logistic", solver="sgd", batch_size=100, learning_rate_init=RATE,
        momentum=0, nesterovs_momentum=False, alpha=0, random_state=0,
    )  # fmt: skip
    x, labels = X.numpy(), y.flatten().int().numpy()
    network.partial_fit(x, labels, classes=[0, 1])
    return lambda: network.partial_fit(x, labels), None


WAYS = {
    "bare lines by hand": by_hand,
    "helper, all checks": by_helper,
    "autograd and SGD": by_autograd,
    "plain NumPy": by_numpy,
    "scikit-learn": by_sklearn,
}


def test_all_but_sklearn_take_the_same_steps() -> None:
    """They are compared only if they do the same."""
    ends = []
    for make in (by_hand, by_helper, by_autograd, by_numpy):
        step, weights = make()
        for _ in range(20):
            cost = float(step())
        ends.append((cost, *weights()))
    for end in ends[1:]:
        assert end[0] == pytest.approx(ends[0][0], abs=1e-6)
        torch.testing.assert_close(end[1], ends[0][1], atol=1e-5, rtol=1e-5)
        torch.testing.assert_close(end[2], ends[0][2], atol=1e-5, rtol=1e-5)
    assert BinaryCrossEntropy().value(start().forward(X).y_hat, y) > ends[0][0]


@pytest.mark.parametrize("name", WAYS)
def test_step(benchmark, name) -> None:
    warnings.filterwarnings("ignore")
    torch.set_num_threads(1)
    step, _ = WAYS[name]()
    for _ in range(50):
        step()
    # Many short rounds: their smallest time is the least disturbed by the rest of the machine.
    benchmark.pedantic(step, rounds=60, iterations=20 if name == "scikit-learn" else 100)


class Report:
    def pytest_benchmark_update_json(self, output_json) -> None:
        us = {b["params"]["name"]: b["stats"]["min"] * 1e6 for b in output_json["benchmarks"]}
        print("\n\nsmallest time of a step")
        for name, time in us.items():
            print(f"  {name:20s}{time:8.1f} µs")
        print("\n  ratio                    bare lines   helper   wanted")
        for other, wanted, turned in (
            ("autograd and SGD", "at least 5", False),
            ("scikit-learn", "at least 25", False),
            ("plain NumPy", "at most 2", True),
        ):
            row = [us[mine] / us[other] if turned else us[other] / us[mine]
                   for mine in ("bare lines by hand", "helper, all checks")]  # fmt: skip
            label = f"by hand / {other}" if turned else f"{other} / by hand"
            print(f"  {label:27s}{row[0]:8.2f} {row[1]:8.2f}   {wanted}")


if __name__ == "__main__":
    options = ["-q", "--benchmark-enable", "--benchmark-only", "--benchmark-json=/dev/null"]
    code = pytest.main([__file__, "-q", "--benchmark-disable", "-k", "same_steps"])
    sys.exit(code or pytest.main([__file__, *options, "--benchmark-quiet"], plugins=[Report()]))
