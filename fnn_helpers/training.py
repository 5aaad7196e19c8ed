"""The training loop, what it remembers, and the published run."""

import math
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, TypeGuard

import torch

from . import refusals
from .costs import (
    BinaryCrossEntropy,
    CategoricalCrossEntropy,
    Cost,
    RowsCost,
    SigmoidCost,
    SquaredError,
)
from .data import load_iris_pair
from .network import FNN, Trainable

Rows = tuple[torch.Tensor, torch.Tensor]  # some rows of X, and their labels
Gradients = list[dict[str, torch.Tensor]]  # for each part of a network, by name
Weights = dict[str, dict[str, Any]]  # what each part of a network holds, as it was
IN_CACHE = 2**18  # entries of a block of rows × the widest layer: a megabyte in float32
ON_DEVICE = 2**24  # the same where there is no such cache, and a block costs a launch
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

    weights: Weights
    y_hat: torch.Tensor


def train(
    network: Trainable,
    X: torch.Tensor,
    y: torch.Tensor,
    epochs: int = 101,
    learning_rate: float = 0.001,
    report_every: int = 20,
    *,
    on_epoch: Callable[[int, Any], None] | None = None,
    batch_size: int | None = None,
    generator: torch.Generator | None = None,
) -> History:
    """Gradient descent: forward, record, backward, step, once an epoch or once a minibatch.

    All is checked before epoch 0; the epochs are bare lines. Each makes new weights: a `w1` that
    was taken from the network earlier keeps its numbers. An interrupt leaves those of one epoch.

    Parameters
    ----------
    network : FNN or layers.Network
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
        If an argument does not fit, in the words of `forward` and `backward`; or if an
        epoch leads to numbers that are not finite. The network then has its last finite weights.

    Examples
    --------
    >>> flowers = load_iris_pair("standardised")
    >>> train(FNN(), flowers.X, flowers.y, 50, learning_rate=1.0, report_every=0).accuracy[-1] > 0.9
    True
    """
    refusals.check_count("epochs", epochs, lowest=0)
    refusals.check_count("report_every", report_every, lowest=0)
    refusals.check_kind(
        "network", network, Trainable, "an FNN or a layers.Network is", "network = FNN()"
    )
    refusals.check_callback("on_epoch", on_epoch)
    refusals.check_generator(generator)
    if batch_size is not None:
        refusals.check_count("batch_size", batch_size, lowest=1)
    _check_fit(network, X, y)
    refusals.check_learning_rate(learning_rate, X.dtype)
    learning_rate = float(learning_rate)
    X, y = X.detach(), y.detach()  # nothing below is to be followed by autograd
    _check_numbers(network, X, y)

    history = History([], [], [], [])
    waiting: list[Epoch] = []
    for epoch in range(epochs):
        if on_epoch is not None:
            on_epoch(epoch, network)
            _check_fit(network, X, y)
        if epoch == 0 or on_epoch is not None:
            _detach(network)
            weights, blocks = _weights(network), _blocks(X, y, network)
            patience = _patience(network, y, on_epoch)
            rate = _rate(network.cost, learning_rate, len(X))
        try:
            if batch_size is None:
                y_hat = _descend(network, blocks, rate)
            else:
                y_hat = torch.cat([network.ahead(x).y_hat for x, _ in blocks])
                for rows in torch.randperm(len(X), generator=generator).split(batch_size):
                    batch = _blocks(X[rows], y[rows], network)
                    _descend(network, batch, _rate(network.cost, learning_rate, len(rows)))
        except BaseException:
            _put_back(network, weights)
            raise
        waiting.append(Epoch(weights, y_hat))
        reports = report_every and epoch % report_every == 0
        if reports or len(waiting) == patience or epoch == epochs - 1:
            _record(history, waiting, network, y)
            waiting.clear()
        weights = _weights(network)
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


def _descend(network: Trainable, blocks: Sequence[Rows], rate: float) -> torch.Tensor:
    """One update from the summed entries of all blocks; gives the ŷ before it."""
    cost, y_hats, total = network.cost, [], None
    for X, y in blocks:
        forward = network.ahead(X)
        y_hat = forward.y_hat
        if _is_ours(cost):
            dC_dz = cost.entry_delta(y_hat, y)
        else:  # there is one block: only the cost itself knows how rows combine
            dC_dz = refusals.check_tensor("cost.delta(y_hat, y)", cost.delta(y_hat, y)).detach()
            refusals.check_same_shape("cost.delta(y_hat, y)", dC_dz, "y_hat", y_hat)
            refusals.check_same_dtype("cost.delta(y_hat, y)", dC_dz, "y_hat", y_hat)
        gradients = network.back(X, forward, dC_dz)
        y_hats.append(y_hat)
        total = gradients if total is None else _sum(total, gradients)
    assert total is not None  # there is a block
    for part, named in zip(network.parts().values(), total, strict=True):
        for name, gradient in named.items():  # w − rate · ∂C/∂w
            setattr(part, name, getattr(part, name).sub(gradient, alpha=rate))
    return y_hats[0] if len(y_hats) == 1 else torch.cat(y_hats)


def _sum(total: Gradients, gradients: Gradients) -> Gradients:
    """Rows share the weights: their gradients add."""
    return [
        {name: before[name] + gradient for name, gradient in named.items()}
        for before, named in zip(total, gradients, strict=True)
    ]


def _rate(cost: Cost, learning_rate: float, rows: int) -> float:
    """The learning rate for summed entries: a mean's 1/N goes into it, once for all of them."""
    return learning_rate / cost.divisor(rows) if _is_ours(cost) else learning_rate


def _weights(network: Trainable) -> Weights:
    """All that is trained, as it is now: no tensor is copied, for none is changed in place."""
    return {prefix: vars(part).copy() for prefix, part in network.parts().items()}


def _put_back(network: Trainable, weights: Weights) -> None:
    for prefix, part in network.parts().items():
        vars(part).update(weights[prefix])


def _named(weights: Weights) -> dict[str, torch.Tensor]:
    """The tensors among them, by what a sentence calls them."""
    return {
        prefix + name: value
        for prefix, held in weights.items()
        for name, value in held.items()
        if isinstance(value, torch.Tensor)
    }


def _detach(network: Trainable) -> None:
    """Autograd no longer follows the weights."""
    for part in network.parts().values():
        for name, value in vars(part).items():
            if isinstance(value, torch.Tensor) and value.requires_grad:
                setattr(part, name, value.detach())


def _blocks(X: torch.Tensor, y: torch.Tensor, network: Trainable) -> list[Rows]:
    """The rows in blocks whose activations stay in the processor's cache."""
    widest = max(w.shape[-1] for w in _named(_weights(network)).values())
    rows = max(1, (IN_CACHE if X.device.type == "cpu" else ON_DEVICE) // widest)
    if len(X) <= rows or not _is_ours(network.cost):
        return [(X, y)]
    return list(zip(X.split(rows), y.split(rows), strict=True))


def _patience(network: Trainable, y: torch.Tensor, on_epoch: object) -> int:
    """How many epochs may wait for their lines in the History."""
    # What a callback or a cost of your own sees must be right in every epoch: no waiting there.
    if on_epoch is not None or not _is_ours(network.cost):
        return 1
    kept = y.numel() + sum(w.numel() for w in _named(_weights(network)).values())
    return max(1, min(WAITING, IN_CACHE // kept))


def _is_ours(cost: Cost) -> TypeGuard[RowsCost]:
    """Whether the bare lines may be used; a subclass may have replaced the checked ones."""
    return type(cost) in (BinaryCrossEntropy, SquaredError, CategoricalCrossEntropy)


def _check_fit(network: Trainable, X: torch.Tensor, y: torch.Tensor) -> None:
    """What is quickly seen: kinds, shapes and dtypes, and whether the weights are finite."""
    network.check(X)
    for name, value in _named(_weights(network)).items():
        refusals.check_finite(name, value)
    with torch.no_grad():
        row = network.ahead(X[:1]).y_hat
    y_hat = row.expand(len(X), *row.shape[1:])  # a shape, not N numbers
    refusals.check_answers(y, y_hat, isinstance(network.cost, RowsCost))


def _check_numbers(network: Trainable, X: torch.Tensor, y: torch.Tensor) -> None:
    """What takes a forward pass: finite numbers, and labels that the cost takes."""
    refusals.check_finite("X", X)
    with torch.no_grad():
        y_hat = torch.cat([network.forward(rows).y_hat for rows, _ in _blocks(X, y, network)])
        refusals.one_number("cost.value(y_hat, y)", network.cost.value(y_hat, y))


def _record(
    history: History, waiting: Sequence[Epoch], network: Trainable, y: torch.Tensor
) -> None:
    """Turn the waiting epochs into lines of the History; stop at one that led to no number."""
    cost, y_hats = network.cost, torch.stack([epoch.y_hat for epoch in waiting])
    first = len(history.loss)
    _stop_at_no_number(first, waiting, network)
    lowest, highest = y_hats.flatten(1).aminmax(dim=1)
    reported = BinaryCrossEntropy() if _of_sigmoid(cost) else cost
    if _is_ours(reported):
        entries = reported.entry_cost(y_hats, y).flatten(1)
        losses = (entries.sum(1) / reported.divisor(len(y))).tolist()
        accuracies = _accuracies(y_hats, y)
    else:
        losses = [float(cost.value(y_hat, y)) for y_hat in y_hats]
        accuracies = [math.nan] * len(waiting)
        for number, (epoch, loss) in enumerate(zip(waiting, losses, strict=True), first):
            if not math.isfinite(loss):
                _put_back(network, epoch.weights)
                refusals.stop_training(number, "a loss", loss)
    history.loss.extend(losses)
    history.accuracy.extend(accuracies)
    history.lowest.extend(lowest.tolist())
    history.highest.extend(highest.tolist())


def _of_sigmoid(cost: Cost) -> bool:
    return isinstance(cost, SigmoidCost) and type(cost).activation is SigmoidCost.activation


def _accuracies(y_hats: torch.Tensor, y: torch.Tensor) -> list[float]:
    """The share of right answers in each epoch: y_hats is epochs × N × outputs."""
    one_hot = y.shape[1] > 1 and bool((y.sum(1) == 1).all())
    right = y_hats.argmax(2) == y.argmax(1) if one_hot else (y_hats >= 0.5) == (y == 1)
    right = right.flatten(1)
    return [count / right.shape[1] for count in right.sum(1).tolist()]


def _stop_at_no_number(first: int, waiting: Sequence[Epoch], network: Trainable) -> None:
    """Raise ValueError if an epoch led to no finite number; the network gets the weights before."""
    # Infinity and NaN stay in a weight once they are there, so the last weights tell of all.
    last = _weights(network)
    if (waiting[-1].y_hat.sum() + sum(w.sum() for w in _named(last).values())).isfinite():
        return
    afters = [epoch.weights for epoch in waiting[1:]] + [last]
    for number, (before, after) in enumerate(zip(waiting, afters, strict=True), first):
        for name, value in (("y_hat", before.y_hat), *_named(after).items()):
            bad = value[~value.isfinite()]
            if len(bad):
                _put_back(network, before.weights)
                refusals.stop_training(number, name, bad[0].item())
