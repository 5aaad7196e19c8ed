"""The training loop, what it remembers, and the published run."""

from collections.abc import Callable
from typing import NamedTuple

import torch

from .costs import BinaryCrossEntropy, SquaredError
from .data import load_iris_pair
from .network import FNN
from .refusals import check_callback, check_count, check_kind, check_learning_rate


class History(NamedTuple):
    """What was true at each epoch, **before** its update: one number an epoch in each list.

    Attributes
    ----------
    loss : list of float
        Mean binary cross-entropy, whatever cost the network descends.
    accuracy : list of float
        Share of flowers on the right side of ŷ = 0.5.
    lowest, highest : list of float
        The smallest and the largest ŷ.
    """

    loss: list[float]
    accuracy: list[float]
    lowest: list[float]
    highest: list[float]


def train(
    network: FNN,
    X: torch.Tensor,
    y: torch.Tensor,
    epochs: int = 101,
    learning_rate: float = 0.001,
    report_every: int = 20,
    *,
    on_epoch: Callable[[int, FNN], None] | None = None,
) -> History:
    """Full-batch gradient descent: forward, record, backward, step, once an epoch.

    Parameters
    ----------
    network : FNN
        Trained in place.
    X : torch.Tensor, shape N × inputs
    y : torch.Tensor, shape N × outputs
        Labels, 0 or 1.
    epochs : int
        How many updates; 0 changes nothing.
    learning_rate : float
        Above 0.
    report_every : int
        Print the loss every so many epochs; 0 prints nothing.
    on_epoch : callable, optional
        Called with (epoch, network) before each epoch, to look and not to touch.

    Returns
    -------
    History

    Raises
    ------
    TypeError, ValueError
        If an argument does not fit, in the words of `FNN.forward` and `FNN.backward`.
    """
    check_count("epochs", epochs, lowest=0)
    check_count("report_every", report_every, lowest=0)
    check_learning_rate(learning_rate)
    check_kind("network", network, FNN, "an FNN is", "FNN()")
    check_callback(on_epoch)
    network.cost.value(network.forward(X).y_hat, y)  # what does not fit is said before epoch 0
    history = History([], [], [], [])
    for epoch in range(epochs):
        if on_epoch is not None:
            on_epoch(epoch, network)
        forward = network.forward(X)
        _record(history, forward.y_hat, y)
        if report_every and epoch % report_every == 0:
            print(f"epoch {epoch:4d}   loss {history.loss[-1]:.4f}")
        gradients = network.backward(X, y, forward)
        network.step(gradients, learning_rate)
    return history


def published_run(
    report_every: int = 0, *, on_epoch: Callable[[int, FNN], None] | None = None
) -> History:
    """The source tutorial's run, exactly: 101 epochs, learning rate 0.001, seed 2.

    Its backward pass descends the summed squared error while it reports cross-entropy, and one
    `randn(2, 32)` is drawn and thrown away before the weights: a leftover of a cell that printed
    one. Both are needed to meet the published losses; notebook 07 shows why.

    Parameters
    ----------
    report_every : int
        Print the loss every so many epochs; 0 prints nothing.
    on_epoch : callable, optional
        As in `train`.

    Returns
    -------
    History
        `loss` is 0.92282295 at epoch 0 and 0.66481024 at epoch 100.
    """
    iris = load_iris_pair("unit_rows")
    generator = torch.Generator().manual_seed(2)
    torch.randn(2, 32, generator=generator, dtype=torch.float32)
    network = FNN(cost=SquaredError(reduction="sum"), generator=generator)
    return train(network, iris.X, iris.y, report_every=report_every, on_epoch=on_epoch)


def _record(history: History, y_hat: torch.Tensor, y: torch.Tensor) -> None:
    history.loss.append(BinaryCrossEntropy().value(y_hat, y).item())
    history.accuracy.append(((y_hat >= 0.5) == (y == 1)).double().mean().item())
    history.lowest.append(y_hat.min().item())
    history.highest.append(y_hat.max().item())
