"""The training loop, what it remembers, and the published run."""

import math
from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeGuard

import torch

from . import refusals
from .costs import BinaryCrossEntropy, Cost, SigmoidCost, SquaredError
from .data import load_iris_pair
from .network import FNN, backward_pass, forward_pass

Rows = tuple[torch.Tensor, torch.Tensor]  # some rows of X, and their labels
IN_CACHE = 2**18  # entries of a block of rows × hidden: a megabyte in float32
WAITING = 64  # epochs whose predictions are turned into a History together


class History(NamedTuple):
    """What was true at each epoch, **before** its first update, over all rows.

    Attributes
    ----------
    loss : list of float
        Mean binary cross-entropy where ŷ = σ(z), whichever of the two costs the network descends;
        else the network's own cost.
    accuracy : list of float
        Share of rows that are right. One output: on the right side of ŷ = 0.5. One-hot labels:
        the largest ŷ is that of the label. Several labels a row: the share of entries on the
        right side. NaN for a cost of your own.
    lowest, highest : list of float
        The smallest and the largest ŷ.

    Examples
    --------
    >>> History._fields
    ('loss', 'accuracy', 'lowest', 'highest')
    """

    loss: list[float]
    accuracy: list[float]
    lowest: list[float]
    highest: list[float]


class Epoch(NamedTuple):
    """An epoch that waits for its line in the History."""

    w1: torch.Tensor
    w2: torch.Tensor
    y_hat: torch.Tensor


def train(
    network: FNN,
    X: torch.Tensor,
    y: torch.Tensor,
    epochs: int = 101,
    learning_rate: float = 0.001,
    report_every: int = 20,
    *,
    on_epoch: Callable[[int, FNN], None] | None = None,
    batch_size: int | None = None,
    generator: torch.Generator | None = None,
) -> History:
    """Gradient descent: forward, record, backward, step, once an epoch or once a minibatch.

    All is checked before epoch 0; the epochs are bare lines. Each makes new weights: a `w1` that
    was taken from the network earlier keeps its numbers.

    Parameters
    ----------
    network : FNN
        Trained in place.
    X : torch.Tensor, shape N × inputs
    y : torch.Tensor, shape N × outputs
        Labels, 0 or 1; for a cost of your own, what it takes, one row a sample.
    epochs : int
        How many times all rows are used; 0 changes nothing.
    learning_rate : float
        Above 0.
    report_every : int
        Print the loss every so many epochs; 0 prints nothing.
    on_epoch : callable, optional
        Called with (epoch, network) before each epoch. What it changes in the network is checked.
    batch_size : int, optional
        Rows an update; by default all. The last batch of an epoch may be smaller.
    generator : torch.Generator, optional
        Draws the order of the rows, anew each epoch, where there are batches.

    Returns
    -------
    History

    Raises
    ------
    TypeError, ValueError
        If an argument does not fit, in the words of `FNN.forward` and `FNN.backward`; or if an
        epoch leads to numbers that are not finite. The network then has its last finite weights.

    Examples
    --------
    >>> flowers = load_iris_pair("standardised")
    >>> train(FNN(), flowers.X, flowers.y, 50, learning_rate=1.0, report_every=0).accuracy[-1] > 0.9
    True
    """
    refusals.check_count("epochs", epochs, lowest=0)
    refusals.check_count("report_every", report_every, lowest=0)
    refusals.check_kind("network", network, FNN, "an FNN is", "network = FNN()")
    refusals.check_callback("on_epoch", on_epoch)
    refusals.check_generator(generator)
    if batch_size is not None:
        refusals.check_count("batch_size", batch_size, lowest=1)
    _check_fit(network, X, y)
    refusals.check_learning_rate(learning_rate, X.dtype)
    learning_rate, N = float(learning_rate), len(X)
    X, y = X.detach(), y.detach()  # nothing below is to be followed by autograd
    _check_numbers(network, X, y)

    history = History([], [], [], [])
    waiting: list[Epoch] = []
    # What a callback or a cost of your own sees must be right in every epoch: no waiting there.
    alone = on_epoch is not None or not _is_ours(network.cost)
    patience = 1 if alone else max(1, min(WAITING, IN_CACHE // y.numel()))
    blocks = _blocks(X, y, network)
    for epoch in range(epochs):
        if on_epoch is not None:
            on_epoch(epoch, network)
            _check_fit(network, X, y)
            blocks = _blocks(X, y, network)
        if epoch == 0 or on_epoch is not None:
            cost, w1, w2 = network.cost, network.w1.detach(), network.w2.detach()
            rate = _rate(cost, learning_rate, N)
        if batch_size is None:
            y_hat, new_w1, new_w2 = _descend(blocks, w1, w2, cost, rate)
        else:
            y_hat = torch.cat([forward_pass(x, w1, w2, cost.activation).y_hat for x, _ in blocks])
            new_w1, new_w2 = w1, w2
            for rows in torch.randperm(N, generator=generator).split(batch_size):
                batch, batch_rate = (X[rows], y[rows]), _rate(cost, learning_rate, len(rows))
                _, new_w1, new_w2 = _descend([batch], new_w1, new_w2, cost, batch_rate)
        network.w1, network.w2 = new_w1, new_w2
        waiting.append(Epoch(w1, w2, y_hat))
        reports = report_every and epoch % report_every == 0
        if reports or len(waiting) == patience or epoch == epochs - 1:
            _record(history, waiting, network, y)
            waiting.clear()
        w1, w2 = new_w1, new_w2
        if reports:
            print(f"epoch {epoch:4d}   loss {history.loss[-1]:.4f}")
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

    Examples
    --------
    >>> round(published_run().loss[100], 4)
    0.6648
    """
    iris = load_iris_pair("unit_rows")
    generator = torch.Generator().manual_seed(2)
    torch.randn(2, 32, generator=generator, dtype=torch.float32)
    network = FNN(cost=SquaredError(reduction="sum"), generator=generator)
    return train(network, iris.X, iris.y, report_every=report_every, on_epoch=on_epoch)


def _descend(
    blocks: Sequence[Rows], w1: torch.Tensor, w2: torch.Tensor, cost: Cost, rate: float
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """One update from the summed entries of all blocks: (y_hat before it, new w1, new w2)."""
    y_hats, dC_dw1, dC_dw2 = [], None, None
    for X, y in blocks:
        _, a1, _, y_hat = forward_pass(X, w1, w2, cost.activation)
        if _is_ours(cost):
            dC_dz2 = cost.entry_delta(y_hat, y)
        else:  # there is one block: only the cost itself knows how rows combine
            dC_dz2 = refusals.check_tensor("cost.delta(y_hat, y)", cost.delta(y_hat, y)).detach()
            refusals.check_same_shape("cost.delta(y_hat, y)", dC_dz2, "y_hat", y_hat)
            refusals.check_same_dtype("cost.delta(y_hat, y)", dC_dz2, "y_hat", y_hat)
        gradients = backward_pass(X, w2, a1, dC_dz2)
        y_hats.append(y_hat)
        # Rows share the weights: their gradients add.
        dC_dw1 = gradients.dC_dw1 if dC_dw1 is None else dC_dw1 + gradients.dC_dw1
        dC_dw2 = gradients.dC_dw2 if dC_dw2 is None else dC_dw2 + gradients.dC_dw2
    assert dC_dw1 is not None and dC_dw2 is not None  # there is a block
    y_hat = y_hats[0] if len(y_hats) == 1 else torch.cat(y_hats)
    return y_hat, w1.sub(dC_dw1, alpha=rate), w2.sub(dC_dw2, alpha=rate)  # w − rate · ∂C/∂w


def _rate(cost: Cost, learning_rate: float, rows: int) -> float:
    """The learning rate for summed entries: a mean's 1/N goes into it, once for all of them."""
    return learning_rate / cost.divisor(rows) if _is_ours(cost) else learning_rate


def _blocks(X: torch.Tensor, y: torch.Tensor, network: FNN) -> list[Rows]:
    """The rows in blocks whose activations stay in the processor's cache."""
    if not _is_ours(network.cost):
        return [(X, y)]
    rows = max(1, IN_CACHE // network.w1.shape[1])
    return list(zip(X.split(rows), y.split(rows), strict=True))


def _is_ours(cost: Cost) -> TypeGuard[SigmoidCost]:
    """Whether the bare lines may be used; a subclass may have replaced the checked ones."""
    return type(cost) in (BinaryCrossEntropy, SquaredError)


def _check_fit(network: FNN, X: torch.Tensor, y: torch.Tensor) -> None:
    ours = isinstance(network.cost, SigmoidCost)
    refusals.check_fit(network.cost, network.w1, network.w2, X, y, labels_checked=ours)


def _check_numbers(network: FNN, X: torch.Tensor, y: torch.Tensor) -> None:
    """What takes a forward pass: finite numbers, and labels that the cost takes."""
    refusals.check_finite("X", X)
    with torch.no_grad():
        y_hat = torch.cat([network.forward(rows).y_hat for rows, _ in _blocks(X, y, network)])
        refusals.one_number("cost.value(y_hat, y)", network.cost.value(y_hat, y))


def _record(history: History, waiting: Sequence[Epoch], network: FNN, y: torch.Tensor) -> None:
    """Turn the waiting epochs into lines of the History; stop at one that led to no number."""
    cost, y_hats = network.cost, torch.stack([epoch.y_hat for epoch in waiting])
    N, first = len(y), len(history.loss)
    _stop_at_no_number(first, waiting, network)
    lowest, highest = y_hats.flatten(1).aminmax(dim=1)
    if _of_sigmoid(cost):
        losses = (BinaryCrossEntropy.entry_cost(y_hats, y).flatten(1).sum(1) / N).tolist()
        accuracies = _accuracies(y_hats, y)
    else:
        losses = [float(cost.value(y_hat, y)) for y_hat in y_hats]
        accuracies = [math.nan] * len(waiting)
        for number, (epoch, loss) in enumerate(zip(waiting, losses, strict=True), first):
            if not math.isfinite(loss):
                network.w1, network.w2 = epoch.w1, epoch.w2
                refusals.stop_training(number, "a loss", loss)
    history.loss.extend(losses)
    history.accuracy.extend(accuracies)
    history.lowest.extend(lowest.tolist())
    history.highest.extend(highest.tolist())


def _of_sigmoid(cost: Cost) -> TypeGuard[SigmoidCost]:
    return isinstance(cost, SigmoidCost) and type(cost).activation is SigmoidCost.activation


def _accuracies(y_hats: torch.Tensor, y: torch.Tensor) -> list[float]:
    """The share of right answers in each epoch: y_hats is epochs × N × outputs."""
    one_hot = y.shape[1] > 1 and bool((y.sum(1) == 1).all())
    right = y_hats.argmax(2) == y.argmax(1) if one_hot else (y_hats >= 0.5) == (y == 1)
    right = right.flatten(1)
    return [count / right.shape[1] for count in right.sum(1).tolist()]


def _stop_at_no_number(first: int, waiting: Sequence[Epoch], network: FNN) -> None:
    """Raise ValueError if an epoch led to no finite number; the network gets the weights before."""
    # Infinity and NaN stay in a weight once they are there, so the last weights tell of all.
    if (network.w1.sum() + network.w2.sum() + waiting[-1].y_hat.sum()).isfinite():
        return
    afters = [(epoch.w1, epoch.w2) for epoch in waiting[1:]] + [(network.w1, network.w2)]
    for number, (before, (w1, w2)) in enumerate(zip(waiting, afters, strict=True), first):
        for name, value in (("y_hat", before.y_hat), ("w1", w1), ("w2", w2)):
            bad = value[~value.isfinite()]
            if len(bad):
                network.w1, network.w2 = before.w1, before.w2
                refusals.stop_training(number, name, bad[0].item())
