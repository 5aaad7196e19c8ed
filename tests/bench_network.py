"""Any network: the public train() with layers.Network against others, ratios of one run.

tanh layers, softmax, float32: python tests/bench_network.py [device]
Times depend on the machine; ratios less so. Each is the median of five runs taken in turns.
"""

import subprocess
import sys
import time
import warnings

import numpy as np
import torch
from bench_training import AUTOGRAD_BYTES, AUTOGRAD_SECONDS, Epochs, medians
from sklearn.neural_network import MLPClassifier
from torch import nn

from fnn_helpers import CategoricalCrossEntropy, train
from fnn_helpers.layers import Linear, Network, Tanh

RATE, INPUTS, CLASSES, BUDGET = 0.1, 4, 3, 200.0
FEWEST = 5  # epochs a run: train looks at all rows once more before the first
DEPTHS, WIDTHS, ROWS = (1, 2, 4, 8), (32, 128, 512, 1024), (100, 1_000, 10_000, 100_000, 1_000_000)


def data(rows: int, device: str) -> tuple[torch.Tensor, torch.Tensor]:
    X = torch.randn(rows, INPUTS, generator=torch.Generator().manual_seed(1))
    return X.to(device), torch.eye(CLASSES)[X[:, :CLASSES].argmax(1)].to(device)


def start(depth: int, width: int, device: str = "cpu") -> Network:
    """`depth` hidden layers; small weights, so that none of the competitors overflows."""
    generator, layers, inputs = torch.Generator().manual_seed(0), [], INPUTS
    for _ in range(depth):
        scale = inputs**-0.5
        layers += [Linear(inputs, width, scale=scale, generator=generator, device=device), Tanh()]
        inputs = width
    layers.append(Linear(inputs, CLASSES, scale=0.1, generator=generator, device=device))
    return Network(*layers, cost=CategoricalCrossEntropy())


def by_helper(X: torch.Tensor, y: torch.Tensor, depth: int, width: int) -> Epochs:
    network = start(depth, width, str(X.device))
    return lambda epochs: train(network, X, y, epochs, RATE, report_every=0).loss[-1]


def by_autograd(X: torch.Tensor, y: torch.Tensor, depth: int, width: int) -> Epochs:
    modules: list[nn.Module] = []
    for layer in start(depth, width).layers:
        if isinstance(layer, Linear):
            modules.append(nn.Linear(*layer.w.shape))
            with torch.no_grad():
                modules[-1].weight.copy_(layer.w.T)
                modules[-1].bias.zero_()
        else:
            modules.append(nn.Tanh())
    network, species = nn.Sequential(*modules).to(X.device), y.argmax(1)
    optimizer, loss_function = torch.optim.SGD(network.parameters(), RATE), nn.CrossEntropyLoss()

    def run(epochs: int) -> float:
        for _ in range(epochs):
            optimizer.zero_grad()
            loss = loss_function(network(X), species)
            last = loss.item()
            loss.backward()
            optimizer.step()
        return last

    return run


def by_numpy(X: torch.Tensor, y: torch.Tensor, depth: int, width: int) -> Epochs:
    x, labels, rate = X.numpy(), y.numpy(), np.float32(RATE / len(X))
    linear = [layer for layer in start(depth, width).layers if isinstance(layer, Linear)]
    w, b = (
        [layer.w.numpy().copy() for layer in linear],
        [layer.b.numpy().copy() for layer in linear],
    )

    def run(epochs: int) -> float:
        for _ in range(epochs):
            a = [x]
            for place in range(depth):
                a.append(np.tanh(a[-1] @ w[place] + b[place]))
            z = a[-1] @ w[-1] + b[-1]
            p = np.exp(z - z.max(1, keepdims=True))
            p /= p.sum(1, keepdims=True)
            last = -np.log((p * labels).sum(1)).mean()
            d = p - labels
            for place in range(depth, -1, -1):
                d_w, d_b = a[place].T @ d, d.sum(0, keepdims=True)
                if place:
                    d = d @ w[place].T * (1 - a[place] ** 2)
                w[place], b[place] = w[place] - rate * d_w, b[place] - rate * d_b
        return float(last)

    return run


def by_sklearn(X: torch.Tensor, y: torch.Tensor, depth: int, width: int) -> Epochs:
    network = MLPClassifier(
        (width,) * depth, activation="tanh", solver="sgd", batch_size=len(X), momentum=0, alpha=0,
        learning_rate_init=RATE, nesterovs_momentum=False, random_state=0,
    )  # fmt: skip
    x, species = X.numpy(), y.argmax(1).numpy()
    classes = list(range(CLASSES))
    return lambda epochs: [network.partial_fit(x, species, classes=classes) for _ in range(epochs)]


def same_steps() -> None:
    """They are compared only if they do the same."""
    X, y = data(100, "cpu")
    ends = [make(X, y, 2, 32)(20) for make in (by_helper, by_autograd, by_numpy)]
    assert max(ends) - min(ends) < 1e-5, ends


def others() -> None:
    makers = {"train": by_helper, "autograd + SGD": by_autograd, "NumPy": by_numpy,
              "scikit-learn": by_sklearn}  # fmt: skip
    print("milliseconds an epoch, 2 hidden layers of 64, on the processor")
    print("     rows" + "".join(f"{name:>16s}" for name in makers))
    for rows, epochs in ((100, 200), (1_000, 40), (10_000, 4)):
        X, y = data(rows, "cpu")
        runs = {name: make(X, y, 2, 64) for name, make in makers.items()}
        medians(runs, dict.fromkeys(runs, 2), times=1)
        took = medians(runs, dict.fromkeys(runs, epochs))
        print(f"{rows:9d}" + "".join(f"{1e3 * seconds:16.2f}" for seconds in took.values()))


def cell(rows: int, depth: int, width: int, device: str, speed: float, deadline: float) -> str:
    """autograd's time divided by ours; or why it was not measured."""
    if 4 * rows * width * 2 * (depth + 1) > AUTOGRAD_BYTES:  # each z and a, float32
        return f"autograd needs more than {AUTOGRAD_BYTES / 1e9:.0f} GB"
    if (guess := work(rows, depth, width) / speed) > AUTOGRAD_SECONDS:
        return f"autograd takes more than {AUTOGRAD_SECONDS:.0f} s"
    if time.perf_counter() + 12 * FEWEST * guess > deadline:
        return "out of time"
    X, y = data(rows, device)
    runs = {make: make(X, y, depth, width) for make in (by_helper, by_autograd)}
    once = medians(runs, dict.fromkeys(runs, 1), times=1)[by_autograd]
    epochs = max(FEWEST, min(100, int(0.05 / once)))
    took = medians(runs, dict.fromkeys(runs, epochs))
    return f"{took[by_autograd] / took[by_helper]:.2f}"


def work(rows: int, depth: int, width: int) -> float:
    """Multiplications and additions of an epoch, about."""
    return 6.0 * rows * width * (INPUTS + CLASSES + (depth - 1) * width + 20)


def table(device: str) -> None:
    X, y = data(2000, device)
    run = by_autograd(X, y, 2, 256)
    run(2)
    began = time.perf_counter()
    run(3)
    speed = 3 * work(2000, 2, 256) / (time.perf_counter() - began)
    deadline = time.perf_counter() + BUDGET
    print(f"\nautograd / train on {device}; wanted from 1000 rows on: 0.95 or more")
    print("depth × width" + "".join(f"{rows:>10d} rows" for rows in ROWS))
    notes: dict[str, list[str]] = {}
    cells = [(rows, depth, width) for rows in ROWS for depth in DEPTHS for width in WIDTHS]
    ratios = {}
    for place in sorted(cells, key=lambda place: work(*place)):  # what is cheap comes first
        text = cell(*place, device, speed, deadline)
        if not text[0].isdigit():
            notes.setdefault(text, []).append("{} × {} × {}".format(*place))
            text = "not run"
        ratios[place] = text
    for depth in DEPTHS:
        for width in WIDTHS:
            row = "".join(f"{ratios[rows, depth, width]:>15s}" for rows in ROWS)
            print(f"{depth:5d} × {width:<5d}{row}")
    for reason, places in notes.items():
        print(f"  not run, rows × depth × width: {reason}: {', '.join(places)}")


def peak(rows: int) -> None:
    """In a process of its own: how much more memory than the data training takes."""
    import resource  # not on Windows

    unit = 1 if sys.platform == "darwin" else 1024
    X, y = data(100, "cpu")
    train(start(4, 128), X, y, 2, RATE, report_every=0)
    X, y = data(rows, "cpu")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    train(start(4, 128), X, y, 2, RATE, report_every=0)
    above = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * unit / 1e6
    print(f"peak memory above the data at {rows} rows, 4 × 128: {above:.0f} MB", flush=True)


if __name__ == "__main__":
    warnings.filterwarnings("ignore")
    torch.set_num_threads(1)
    if "peak" in sys.argv:
        peak(int(sys.argv[2]))
        sys.exit()
    if sys.platform != "win32":  # first: a new process starts from its parent's highest memory
        for rows in (10_000, 100_000, 300_000):
            subprocess.run([sys.executable, __file__, "peak", str(rows)], check=True)
    same_steps()
    others()
    table("cpu")
    if torch.cuda.is_available():
        table(sys.argv[1] if len(sys.argv) > 1 else "cuda")
    else:
        print("\nno graphics card that torch can use is here: its table was not made")
