"""The public train(), with all its checks and its History, against others: ratios of one run.

Forward, cost, backward and update, float32, one thread: python tests/bench_training.py
Times depend on the machine; ratios less so. Each is the median of five runs taken in turns.
"""

import statistics
import subprocess
import sys
import time
import warnings
from collections.abc import Callable

import numpy as np
import torch
from sklearn.neural_network import MLPClassifier
from torch import nn

from fnn_helpers import FNN, load_iris_pair, train

RATE = 0.1
ROWS, HIDDEN = (100, 1_000, 10_000, 100_000, 1_000_000), (32, 128, 512, 1024)
AUTOGRAD_BYTES, AUTOGRAD_SECONDS, BUDGET = 2e9, 10.0, 240.0
Epochs = Callable[[int], object]  # trains for so many epochs; gives the last loss or the weights


def data(rows: int) -> tuple[torch.Tensor, torch.Tensor]:
    if rows == 100:
        return load_iris_pair()[:2]
    X = torch.randn(rows, 2, generator=torch.Generator().manual_seed(1))
    return X, (X[:, :1] > X[:, 1:]).float()


def start(hidden: int) -> FNN:
    return FNN(2, hidden, generator=torch.Generator().manual_seed(0))


def by_helper(X: torch.Tensor, y: torch.Tensor, hidden: int) -> Epochs:
    network = start(hidden)
    return lambda epochs: train(network, X, y, epochs, RATE, report_every=0).loss[-1]


def by_autograd(X: torch.Tensor, y: torch.Tensor, hidden: int) -> Epochs:
    linear = nn.Linear(2, hidden, bias=False), nn.Linear(hidden, 1, bias=False)
    network = nn.Sequential(linear[0], nn.Sigmoid(), linear[1], nn.Sigmoid())
    with torch.no_grad():
        linear[0].weight.copy_(start(hidden).w1.T)
        linear[1].weight.copy_(start(hidden).w2.T)
    optimizer, loss_function = torch.optim.SGD(network.parameters(), lr=RATE), nn.BCELoss()

    def run(epochs: int) -> float:
        for _ in range(epochs):
            optimizer.zero_grad()
            loss = loss_function(network(X), y)
            last = loss.item()
            loss.backward()
            optimizer.step()
        return last

    return run


def by_numpy(X: torch.Tensor, y: torch.Tensor, hidden: int) -> Epochs:
    x, labels = X.numpy(), y.numpy()
    weights = [start(hidden).w1.numpy().copy(), start(hidden).w2.numpy().copy()]
    rate = np.float32(RATE / len(x))

    def run(epochs: int) -> float:
        for _ in range(epochs):
            w1, w2 = weights
            a1 = 1 / (1 + np.exp(-(x @ w1)))
            y_hat = 1 / (1 + np.exp(-(a1 @ w2)))
            last = -(labels * np.log(y_hat) + (1 - labels) * np.log(1 - y_hat)).mean()
            delta = y_hat - labels
            weights[1] = w2 - rate * (a1.T @ delta)
            weights[0] = w1 - rate * (x.T @ (delta @ w2.T * a1 * (1 - a1)))
        return float(last)

    return run


def by_sklearn(X: torch.Tensor, y: torch.Tensor, hidden: int) -> Epochs:
    network = MLPClassifier(
        (hidden,), activation="logistic", solver="sgd", batch_size=len(X), momentum=0, alpha=0,
        learning_rate_init=RATE, nesterovs_momentum=False, random_state=0,
    )  # fmt: skip
    x, labels = X.numpy(), y.flatten().int().numpy()
    return lambda epochs: [network.partial_fit(x, labels, classes=[0, 1]) for _ in range(epochs)]


def medians(runs: dict[str, Epochs], epochs: dict[str, int], times: int = 5) -> dict[str, float]:
    """Seconds an epoch: the runs take turns, so that a busy moment meets them all."""
    seconds: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(times):
        for name, run in runs.items():
            began = time.perf_counter()
            run(epochs[name])
            seconds[name].append((time.perf_counter() - began) / epochs[name])
    return {name: statistics.median(values) for name, values in seconds.items()}


def same_steps() -> None:
    """They are compared only if they do the same."""
    X, y = data(100)
    ends = [make(X, y, 32)(20) for make in (by_helper, by_autograd, by_numpy)]
    assert max(ends) - min(ends) < 1e-5, ends


def small() -> None:
    X, y = data(100)
    makers = {"train": by_helper, "autograd + SGD": by_autograd, "NumPy": by_numpy,
              "scikit-learn": by_sklearn}  # fmt: skip
    runs = {name: make(X, y, 32) for name, make in makers.items()}
    epochs = dict.fromkeys(runs, 1000) | {"scikit-learn": 100}
    medians(runs, dict.fromkeys(runs, 50), times=1)
    took = medians(runs, epochs)
    print("100 rows, 32 hidden units, one epoch")
    for name, seconds in took.items():
        print(f"  {name:16s}{seconds * 1e6:9.1f} µs")
    print(
        f"  autograd / train     {took['autograd + SGD'] / took['train']:6.2f}   wanted: 4 or more"
    )
    print(
        f"  scikit-learn / train {took['scikit-learn'] / took['train']:6.2f}   wanted: 20 or more"
    )
    print(f"  train / NumPy        {took['train'] / took['NumPy']:6.2f}   wanted: 1.5 or less")


def cell(rows: int, hidden: int, deadline: float) -> str:
    needed = 4 * rows * hidden * 4  # z1 and a1 with their gradients, float32
    if needed > AUTOGRAD_BYTES:
        return f"not run: autograd needs {needed / 1e9:.0f} GB"
    X, y = data(rows)
    runs = {"train": by_helper(X, y, hidden), "autograd": by_autograd(X, y, hidden)}
    began = time.perf_counter()
    runs["autograd"](1)
    once = time.perf_counter() - began
    if once > AUTOGRAD_SECONDS:
        return f"not run: autograd takes {once:.0f} s"
    epochs = max(3, min(300, int(0.3 / once)))
    if time.perf_counter() + 2 * 5 * epochs * once > deadline:
        return "not run: out of time"
    took = medians(runs, dict.fromkeys(runs, epochs))
    return f"{took['autograd'] / took['train']:.2f}"


def table() -> None:
    deadline = time.perf_counter() + BUDGET
    print("\nautograd / train; wanted at 32: 0.95 or more, from a million rows on 2.5 or more")
    print("     rows" + "".join(f"{hidden:>16d}" for hidden in HIDDEN))
    notes = []
    for rows in ROWS:
        line = f"{rows:9d}"
        for hidden in HIDDEN:
            text = cell(rows, hidden, deadline)
            if text.startswith("not run"):
                notes.append(f"  {rows} × {hidden} {text}")
                text = "not run"
            line += f"{text:>16s}"
        print(line, flush=True)
    print("\n".join(notes))


def peak() -> None:
    """In a process of its own: how much more memory than the data a million rows take."""
    import resource  # not on Windows

    unit = 1 if sys.platform == "darwin" else 1024
    X, y = data(100)
    train(start(32), X, y, 3, RATE, report_every=0)
    X, y = data(1_000_000)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    train(start(32), X, y, 3, RATE, report_every=0)
    above = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * unit / 1e6
    print(f"peak memory above the data at 1000000 rows: {above:.0f} MB   wanted: under 100\n")


if __name__ == "__main__":
    warnings.filterwarnings("ignore")
    torch.set_num_threads(1)
    if "peak" in sys.argv:
        peak()
        sys.exit()
    if sys.platform != "win32":  # first: a new process starts from its parent's highest memory
        subprocess.run([sys.executable, __file__, "peak"], check=True)
    same_steps()
    small()
    table()
