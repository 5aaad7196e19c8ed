"""Sliders for the figures: each tick moves parts of a figure that is drawn once.

What is expensive is computed before the first tick. Where widgets do not run (static pages, a
notebook opened and not yet run), the same cell shows a still picture.
"""

import functools
import itertools

import ipywidgets as widgets
import torch

from . import plots
from .data import load_iris_pair
from .explorable import Explorable, slider
from .network import FNN
from .training import History, published_run, train

RATES = (0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0)
STILL, SLOW = 3.0, 0.1  # the rate first shown, and the one that stands beside it
STEP_WORDS = (
    "Z₁ = X W₁: each unit weighs the inputs",
    "A₁ = σ(Z₁): the sigmoid, entry by entry",
    "Z₂ = A₁ W₂: the output adds up the activations",
    "Ŷ = σ(Z₂): the probability",
    "C: the cost of this flower",
    "∂C/∂Ŷ = (Ŷ − Y) / Ŷ(1 − Ŷ): the slope of the cost",
    "∂C/∂Z₂ = Ŷ − Y: the output delta; the slope has cancelled",
    "∂C/∂W₂ = A₁ᵀ ∂C/∂Z₂: what came in, times the delta",
    "∂C/∂A₁ = ∂C/∂Z₂ W₂ᵀ: back through the product, times the weights",
    "∂C/∂Z₁ = ∂C/∂A₁ ⊙ A₁(1 − A₁): back through the sigmoid",
    "∂C/∂W₁ = Xᵀ ∂C/∂Z₁: what came in, times the delta",
)


def sigmoid_and_tangent(z: float = 1.5) -> Explorable:
    """Notebook 02: the sigmoid with its tangent at any z."""
    line = torch.linspace(-6, 6, 241)

    def at(z: float) -> tuple[float, float, float]:
        a = torch.sigmoid(torch.tensor(z)).item()
        return z, a, a * (1 - a)

    ax = plots.tangent(line, torch.sigmoid(line), *at(z))

    def tick(z: float) -> str:
        plots.move_tangent(ax, *at(z))
        _, a, slope = at(z)
        return f"z = {z:.1f}: a = {a:.4f}, slope a(1 − a) = {slope:.4f}"

    chosen = slider(
        widgets.FloatSlider, "z", value=z, min=-6, max=6, step=0.1, readout_format=".1f"
    )
    alt = f"The sigmoid with its tangent at z = {z:g}. In a running notebook a slider moves z."
    return Explorable(ax, {"z": chosen}, tick, alt)


def hidden_unit(weights: tuple[float, float] = (-1.0, -2.0), bias: float = 0.0) -> Explorable:
    """Notebook 03: one unit over the plane, turned, stretched and shifted, with what it gets right.

    It begins far from solved.
    """
    flowers = load_iris_pair("standardised")
    line = torch.linspace(-3.2, 3.2, 61)
    grid = plots.Grid.over(line, line)
    versicolor = flowers.y[:, 0] == 1

    def says(points: torch.Tensor, w: torch.Tensor, b: float) -> torch.Tensor:
        return torch.sigmoid(points @ w + b)

    start = torch.tensor(weights)
    ax = plots.hidden_unit(grid, says(grid.points, start, bias), start, flowers)

    def tick(u: float, v: float, b: float) -> str:
        w = torch.tensor([u, v])
        plots.turn_hidden_unit(ax, grid, says(grid.points, w, b), w)
        a = says(flowers.X, w, b)
        right = ((a > 0.5) == versicolor).sum().item()
        low, high = (a[versicolor == label].mean().item() for label in (False, True))
        return (
            f"{right} of 100 flowers right; on average the unit says {low:.3f} to setosa and "
            f"{high:.3f} to versicolor"
        )

    sliders = {
        name: slider(widgets.FloatSlider, of, value=value, min=-5, max=5, step=0.1,
                      readout_format=".1f")
        for name, of, value in zip(
            "uvb", ("weight of length", "weight of width", "bias"), (*weights, bias), strict=True
        )
    }  # fmt: skip
    alt = (
        "What one unit says over the plane of the two measurements: one half on a straight line "
        "across its weight vector, more in the arrow's direction. Many flowers are still on the "
        "wrong side. In a running notebook sliders turn and shift the line."
    )
    return Explorable(ax, sliders, tick, alt)


def backward_pass(network: FNN, X: torch.Tensor, y: torch.Tensor) -> Explorable:
    """Notebook 05: forward and backward, one quantity at a time, for any flower.

    Takes and raises what `network.forward` and `network.backward` do. With more than three
    hidden units the numbers do not fit into the picture.
    """
    hidden = network.w1.shape[1]
    if hidden > 3:
        raise ValueError(
            f"the network has {hidden} hidden units, but the picture has room for the numbers "
            "of 3. Use FNN(2, 3, 1)."
        )

    def alone(flower: int) -> dict:  # a batch of one: every number can be multiplied out
        one, label = X[[flower]], y[[flower]]
        forward = network.forward(one)
        return {
            "forward": forward,
            "gradients": network.backward(one, label, forward),
            "X": one,
            "y": label,
            "w1": network.w1,
            "w2": network.w2,
            "cost": network.cost.value(forward.y_hat, label).item(),
        }

    network.backward(X, y, network.forward(X))  # for its checks
    ax = plots.computation_graph(**alone(0))

    def tick(flower: int, step: int) -> str:
        plots.fill_graph(ax, **alone(flower), shown=step)
        return f"flower {flower} alone, step {step} of {len(plots.STEPS)}: {STEP_WORDS[step - 1]}"

    sliders = {
        "flower": slider(widgets.IntSlider, "flower", value=0, min=0, max=len(X) - 1),
        "step": slider(widgets.IntSlider, "step", value=7, min=1, max=len(plots.STEPS)),
    }
    alt = (
        "The computation graph of flower 0 after step 7: all values of the forward pass, and of "
        "the gradients only the first two, up to the output delta. In a running notebook sliders "
        "choose the flower and how many steps are shown."
    )
    return Explorable(ax, sliders, tick, alt)


def learning_rate(epochs: int = 200) -> Explorable:
    """Notebook 06: a descent with any of eight rates, over the landscape and over the flowers."""
    flowers, cm = load_iris_pair("standardised"), load_iris_pair("none")
    runs: dict[float, tuple[torch.Tensor, History]] = {}

    def descend(rate: float) -> None:
        weights = []
        network = FNN(generator=torch.Generator().manual_seed(0))
        history = train(
            network, flowers.X, flowers.y, epochs + 1, rate, 0,
            on_epoch=lambda _, n: weights.append(torch.cat([n.w1.flatten(), n.w2.flatten()])),
        )  # fmt: skip
        runs[rate] = torch.stack(weights), history

    for rate in (1.0, SLOW, STILL):
        descend(rate)
    way = runs[1.0][0]
    cut = plots.Cut.through(way[0], way[1], way[-1])
    plane = plots.Grid.over(torch.linspace(-2, 9, 41), torch.linspace(-3, 5, 41))
    weights = cut.weights(plane.points)
    y = flowers.y.expand(len(weights), *flowers.y.shape)
    cost = torch.nn.functional.binary_cross_entropy(
        _answers(weights, flowers.X), y, reduction="none"
    ).mean(dim=(1, 2))
    grid = plots.grid(cm.X, steps=60)
    points = (grid.points - cm.X.mean(dim=0)) / cm.X.std(dim=0, correction=0)

    def path(rate: float, epoch: int) -> torch.Tensor:
        return cut.place(runs[rate][0][: epoch + 1])

    def probability(rate: float, epoch: int) -> torch.Tensor:
        return _answers(runs[rate][0][epoch][None], points)

    left, right = plots.side_by_side()
    slow = {f"rate {SLOW:g}": path(SLOW, epochs)}
    plots.landscape(
        plane, cost, path=path(STILL, 20), also=slow, xlabel="along", ylabel="aside", ax=left
    )
    plots.plane(grid, probability(STILL, 20), cm, ax=right)

    def tick(rate: float, epoch: int) -> str:
        plots.move_path(left, path(rate, epoch))
        plots.reshade(right, grid, probability(rate, epoch))
        history = runs[rate][1]
        rose = sum(b > a for a, b in itertools.pairwise(history.loss[: epoch + 1]))
        return (
            f"rate {rate:g}, after {epoch} epochs: cost {history.loss[epoch]:.3f}, which rose in "
            f"{rose} of them; {100 * history.accuracy[epoch]:.0f} of 100 flowers right"
        )

    sliders = {
        "rate": slider(widgets.SelectionSlider, "learning rate", value=STILL,
                        options=[(f"{rate:g}", rate) for rate in RATES]),
        "epoch": slider(widgets.IntSlider, "epochs", value=20, min=0, max=epochs),
    }  # fmt: skip
    alt = (
        "Left: over a cut through the cost landscape, the path of 20 steps at learning rate 3, "
        "which crosses the valley in its first step, beside that of rate 0.1, which walks. "
        "Right: the decision boundary at rate 3. In a running notebook sliders choose the "
        "rate and the number of epochs."
    )
    work = [functools.partial(descend, rate) for rate in RATES if rate not in runs]
    return Explorable((left, right), sliders, tick, alt, work)


def published_epochs(epoch: int = 0) -> Explorable:
    """Notebook 07: the published run, epoch by epoch."""
    flowers = load_iris_pair("unit_rows")
    answers: list[torch.Tensor] = []
    history = published_run(on_epoch=lambda _, n: answers.append(n.forward(flowers.X).y_hat))
    axes = plots.epoch_by_epoch(history, answers[epoch], flowers, epoch=epoch)

    def tick(epoch: int) -> str:
        plots.move_epoch(axes, history, answers[epoch], flowers, epoch)
        return (
            f"epoch {epoch}: loss {history.loss[epoch]:.4f}, accuracy "
            f"{history.accuracy[epoch]:.2f}, answers from {history.lowest[epoch]:.3f} to "
            f"{history.highest[epoch]:.3f}"
        )

    last = len(history.loss) - 1
    chosen = slider(widgets.IntSlider, "epoch", value=epoch, min=0, max=last)
    alt = (
        f"Loss and accuracy of the published run with a mark at epoch {epoch}, and below them "
        "every flower's answer there. In a running notebook a slider moves the epoch."
    )
    return Explorable(axes, {"epoch": chosen}, tick, alt)


def _answers(weights: torch.Tensor, X: torch.Tensor) -> torch.Tensor:
    """ŷ of many 2–32–1 networks at once: one row of 96 weights each."""
    w1, w2 = weights[:, :64].reshape(-1, 2, 32), weights[:, 64:].reshape(-1, 32, 1)
    return torch.sigmoid(torch.sigmoid(X @ w1) @ w2)
