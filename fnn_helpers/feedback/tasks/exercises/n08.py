"""Notebook 08: autograd, a module, a weight used twice, a wrong rule, a training loop."""

from collections.abc import Callable, Mapping
from itertools import combinations
from typing import Any

import torch
from torch import nn

from ...diagnose.loops import Loop, run_loop
from ...quantity import Mistake
from ...steps import BACKWARD, COST, FORWARD, Make, Values, follow
from ..sigmoid import σ
from .exercise import Exercise

Drawn = tuple[Any, ...]
OfTensor = Callable[[torch.Tensor], torch.Tensor]
SIZES = ((6, 3, 4), (5, 2, 7), (8, 4, 3))  # samples, inputs, hidden units: no two alike
NETWORK = {**FORWARD, **COST, **BACKWARD}


def _samples(generator: torch.Generator, number: int) -> tuple[torch.Tensor, torch.Tensor]:
    N, D, _ = SIZES[number]
    X = torch.randn(N, D, generator=generator, dtype=torch.float64)
    return X, (torch.arange(N) % 3 == number).double().reshape(N, 1)


def _network(generator: torch.Generator, number: int) -> Drawn:
    X, y = _samples(generator, number)
    _, D, H = SIZES[number]
    w1 = torch.randn(D, H, generator=generator, dtype=torch.float64)
    return X, y, w1, torch.randn(H, 1, generator=generator, dtype=torch.float64)


def _case(X: Any, y: Any, w1: Any, w2: Any, **more: Any) -> Values:
    return Values(X=X, y=y, w1=w1, w2=w2, N=len(X), D=w1.shape[0], H=w1.shape[1], **more)


def _spoiled(**spoiled: Make) -> Callable[[Values], Values]:
    """All quantities of the exercise's network, some made wrongly."""
    return lambda v: follow(_case(*v.given[:4]), spoiled, NETWORK)


# --- ask autograd ---------------------------------------------------------------------------------


def _gradients(X: Any, y: Any, w1: Any, w2: Any) -> Drawn:
    right = follow(_case(X, y, w1, w2), {}, NETWORK)
    return right.dC_dw1, right.dC_dw2


# What BCEWithLogitsLoss makes of a probability: one sigmoid more, and its slope on the way back.
SIGMOID_TWICE: Mapping[str, Make] = {
    "y_hat": lambda v: σ(σ(v.z2)),
    "dC_dz2": lambda v: (v.y_hat - v.y) / v.N * σ(v.z2) * (1 - σ(v.z2)),
}
SAID_TWICE = (
    "The loss with logits in its name has the sigmoid inside; it was given a probability, so the "
    "sigmoid is there twice."
)
GRADIENTS = (
    ("sigmoid-again", SIGMOID_TWICE, SAID_TWICE, "What does this loss take: z2 or ŷ?"),
    ("squared-error", {"dC_dz2": lambda v: 2 * (v.y_hat - v.y) / v.N * v.y_hat * (1 - v.y_hat)},
      "These are the gradients of the squared error; cross-entropy is asked for.",
      "Which cost is it that you differentiate?"),
    ("activation-missing", {"a1": lambda v: v.z1, "dC_dz1": lambda v: v.dC_da1},
      "The hidden sigmoid is missing: the two products are one.",
      "What stands between the two products?"),
    ("tanh", {"a1": lambda v: v.z1.tanh(), "dC_dz1": lambda v: v.dC_da1 * (1 - v.a1**2)},
      "The hidden units are tanh; sigmoids are asked for.", "Which value should stand at z = 0?"),
)  # fmt: skip


def _of_gradient(name: str, other: str) -> tuple[Mistake, ...]:
    return (
        Mistake("gradients-accumulate", lambda v: 2 * getattr(v, name),
          "It is there twice: backward() ran twice, and .grad adds up.",
          "How often is a gradient asked for, and what empties .grad?"),
        Mistake("wrong-order", lambda v: getattr(v, other),
          f"{other} stands where {name} should: the two are returned in another order.",
          "Look at the line with return: which name is in which place?"),
        *(Mistake(id_, lambda v, s=spoiled: getattr(_spoiled(**s)(v), name), why, hint)
          for id_, spoiled, why, hint in GRADIENTS),
    )  # fmt: skip


# --- a module -------------------------------------------------------------------------------------


NONE = -1.0  # instead of 0, which any table of zeros would give


def _sizes_drawn(generator: torch.Generator, number: int) -> Drawn:
    return ((3, 5, 2), (2, 7, 4), (4, 6, 3))[number]


def _numbers(*shape: int) -> torch.Tensor:
    """The same numbers for the same shape, whatever the layers are called."""
    seed = sum(1000**i * n for i, n in enumerate(shape))
    return torch.randn(*shape, generator=torch.Generator().manual_seed(seed))


def _seen(network: Any, inputs: int, hidden: int, outputs: int) -> Drawn:
    """How many numbers it learns, and what it makes of inputs once they are set."""
    if not isinstance(network, nn.Module):
        raise TypeError(f"an nn.Module should be returned, not a {type(network).__name__}")
    weights = list(network.parameters())
    with torch.no_grad():
        for w in weights:
            w.copy_(_numbers(*w.shape))
        z3 = network(_numbers(9, inputs))
    return torch.tensor([float(sum(w.numel() for w in weights) or NONE)]), z3


def _count(inputs: int, hidden: int, outputs: int, bias: int = 1) -> torch.Tensor:
    sizes = (inputs, hidden, hidden, outputs)
    pairs = zip(sizes, sizes[1:], strict=False)
    return torch.tensor([float(sum((n + bias) * m for n, m in pairs))])


def _deep(
    sizes: Drawn, first: OfTensor = torch.tanh, second: OfTensor = torch.tanh
) -> torch.Tensor:
    inputs, hidden, outputs = sizes
    b = _numbers(hidden)
    a1 = first(_numbers(9, inputs) @ _numbers(hidden, inputs).T + b)
    a2 = second(a1 @ _numbers(hidden, hidden).T + b)
    return a2 @ _numbers(outputs, hidden).T + _numbers(outputs)


def _same(z: Any) -> Any:
    return z


PARAMETERS = (
    Mistake("biases-missing", lambda v: _count(*v.given, bias=0), "The biases are missing.",
      "nn.Linear has them unless it is told otherwise."),
    Mistake("not-parameters", lambda v: torch.tensor([NONE]),
      "It has no parameters: its weights are plain tensors, and an optimizer would find nothing.",
      "Which of PyTorch's layers holds a weight and a bias?"),
    Mistake("layer-missing", lambda v: torch.tensor([
        float((v.given[0] + 1) * v.given[1] + (v.given[1] + 1) * v.given[2])]),
      "There is only one hidden layer; two are asked for.", "Count the products: there are three."),
)  # fmt: skip
OUTPUTS = (
    Mistake("sigmoid-again", lambda v: σ(_deep(v.given)),
      "It returns probabilities; the logit is asked for, because the cost takes that.",
      "Which step belongs to the cost?"),
    Mistake("sigmoid", lambda v: _deep(v.given, torch.sigmoid, torch.sigmoid),
      "The hidden units are sigmoids; tanh is asked for.", "Which value should stand at z = 0?"),
    Mistake("activation-missing", lambda v: [
        _deep(v.given, _same), _deep(v.given, torch.tanh, _same), _deep(v.given, _same, _same)],
      "A tanh is missing: two products with nothing between them are one product.",
      "After which of the layers does a tanh belong?"),
    Mistake("relu", lambda v: _deep(v.given, torch.relu, torch.relu),
      "The hidden units are relu; tanh is asked for.", "Which values should be possible?"),
    Mistake("activation-multiplied", lambda v: _deep(v.given).tanh(),
      "A tanh stands behind the last layer too. The logit may be any number.",
      "How many activations are there between three layers?"),
)  # fmt: skip


# --- one weight, used twice -----------------------------------------------------------------------


def _shared_drawn(generator: torch.Generator, number: int) -> Drawn:
    X, y = _samples(generator, number)
    D = X.shape[1]
    w = torch.randn(D, D, generator=generator, dtype=torch.float64)
    return X, y, w, torch.randn(D, 1, generator=generator, dtype=torch.float64)


def _shared(
    X: Any, y: Any, w: Any, v: Any, slope: OfTensor = lambda a: 1 - a**2,
    back: OfTensor = lambda w: w.T,
) -> Values:  # fmt: skip
    a1 = torch.tanh(X @ w)
    a2 = torch.tanh(a1 @ w)
    dC_dz3 = (σ(a2 @ v) - y) / len(X)
    dC_dz2 = dC_dz3 @ v.T * slope(a2)
    dC_dz1 = dC_dz2 @ back(w) * slope(a1)
    return Values(first=X.T @ dC_dz1, second=a1.T @ dC_dz2)


def _both(X: Any, y: Any, w: Any, v: Any, **changed: OfTensor) -> torch.Tensor:
    uses = _shared(X, y, w, v, **changed)
    return uses.first + uses.second


SHARED = (
    Mistake("one-use-only", lambda v: [_shared(*v.given).second, _shared(*v.given).first],
      ("Only the second use of w counts: the one next to the output.",
       "Only the first use of w counts: the one next to the input."),
      "w stands in two places. Which rule says what to do with what comes back from each?"),
    Mistake("averaged", lambda v: _both(*v.given) / 2,
      "The two uses were averaged; what comes back from them adds.",
      "If both uses rise by h, the cost feels both."),
    Mistake("not-transposed", lambda v: _both(*v.given, back=_same),
      "The way back from the second product multiplies by w, not by its transpose: both "
      "fit, because w is square.",
      "Write one entry of a1 @ w out as a sum: which entries of w stand in it?"),
    Mistake("slope-missing", lambda v: _both(*v.given, slope=torch.ones_like),
      "The slopes of the two tanh are missing.", "Rule 2 is needed twice."),
    Mistake("slope-of-sigmoid", lambda v: _both(*v.given, slope=lambda a: a * (1 - a)),
      "a · (1 − a) is the sigmoid's slope. These units are tanh.",
      "What is the slope of tanh, said with its value a?"),
)  # fmt: skip


# --- a wrong rule ---------------------------------------------------------------------------------


class WrongCube(torch.autograd.Function):
    """w³ with a rule that has forgotten the 3."""

    @staticmethod
    def forward(ctx: Any, w: torch.Tensor) -> torch.Tensor:  # noqa: D102
        ctx.save_for_backward(w)
        return w**3

    @staticmethod
    def backward(ctx: Any, *gradients: torch.Tensor) -> torch.Tensor:  # noqa: D102
        (w,) = ctx.saved_tensors
        return gradients[0] * w**2


FUNCTIONS: tuple[OfTensor, ...] = (
    lambda w: WrongCube.apply(w).sum(),
    lambda w: (w.sigmoid() ** 2).sum(),
    lambda w: -WrongCube.apply(w).mean(),
)
SLOPES: tuple[OfTensor, ...] = (
    lambda w: 3 * w**2,
    lambda w: 2 * w.sigmoid() ** 2 * (1 - w.sigmoid()),
    lambda w: -3 * w**2 / w.numel(),
)
CLOSE = 1e-6  # two good ways to a slope differ by less


def _poked_drawn(generator: torch.Generator, number: int) -> Drawn:
    rows, columns = ((3, 2), (2, 4), (4, 3))[number]
    w = torch.randn(rows, columns, generator=generator, dtype=torch.float64)
    return FUNCTIONS[number], w


def _apart(v: Values, share: float = 1.0) -> torch.Tensor:
    """Autograd's answer less a share of the true slope."""
    f, w = v.given
    w = w.clone().requires_grad_()
    (asked,) = torch.autograd.grad(f(w), w)
    return asked - share * SLOPES[FUNCTIONS.index(f)](w.detach())


def _gap_seen(gap: Any, f: Any, w: Any) -> torch.Tensor:
    gap = torch.as_tensor(gap, dtype=torch.float64)
    return torch.where(gap.abs() < CLOSE, 0.0, gap)


def _largest(f: Any, w: Any) -> torch.Tensor:
    return _gap_seen(_apart(Values(given=(f, w))).abs().max(), f, w)


GAP = (
    Mistake("sign-kept", lambda v: [_gap_seen(_apart(v).max(), *v.given),
                                    _gap_seen((-_apart(v)).max(), *v.given)],
      "The largest of the differences is taken with its sign: one far below 0 is overlooked.",
      "How large is a difference of −2?"),
    Mistake("averaged", lambda v: _gap_seen(_apart(v).abs().mean(), *v.given),
      "The differences are averaged: one wrong entry among thousands would hardly show.",
      "One entry that is wrong is enough. What finds it?"),
    Mistake("summed", lambda v: _gap_seen(_apart(v).abs().sum(), *v.given),
      "The differences are added up; the largest of them is asked for.",
      "Many tiny differences should not look like one large one."),
    Mistake("divided-by-h", lambda v: _apart(v, 2.0).abs().max(),
      "The poked slopes are twice as large as they should be: the two pokes are 2h apart.",
      "How far are w + h and w − h from each other?"),
    Mistake("never-poked", lambda v: _apart(v, 0.0).abs().max(),
      "This is autograd's largest gradient: nothing is taken from it.",
      "With what is it to be compared?"),
)  # fmt: skip


# --- a loop with bugs -----------------------------------------------------------------------------


def _losses(loop: Loop) -> Make:
    def make(v: Values) -> torch.Tensor:
        X, y, w1, w2, epochs, rate = v.given
        return run_loop(_case(X, y, w1, w2, epochs=epochs, rate=rate), loop)[2].double()

    return make


def _loop_drawn(generator: torch.Generator, number: int) -> Drawn:
    return *_network(generator, number), (6, 8, 7)[number], (0.9, 0.5, 0.7)[number]


PLANTED: Mapping[str, tuple[dict[str, Any], str, str]] = {
    "gradients-accumulate": ({"memory": 1.0},
      "The gradients of earlier epochs are added to the new one: they are not set to zero.",
      "What does backward() do with what is in .grad already?"),
    "sigmoid-again": ({"spoiled": SIGMOID_TWICE}, SAID_TWICE, "What does this loss take: z2 or ŷ?"),
    "w1-not-updated": ({"frozen": ("w1",)}, "w1 never changes.",
      "Which tensors does the optimizer know?"),
}  # fmt: skip
OTHERS = (
    Mistake("nothing-updated", _losses(Loop(frozen=("w1", "w2"))),
      "Neither weight changes. Is step() called, and does .grad still hold anything then?",
      "Say in order what happens to .grad in one round."),
    Mistake("w2-not-updated", _losses(Loop(frozen=("w2",))), "w2 never changes.",
      "Which tensors does the optimizer know?"),
    Mistake("loss-after-update", _losses(Loop(record="after")),
      "Each loss is recorded after its update. It should be recorded before.",
      "The first loss should be that of the weights that the function is called with."),
    Mistake("uphill", _losses(Loop(signs=(-1, -1))), "The weights climb.",
      "The loss rises from the first step."),
)  # fmt: skip


def _planted() -> tuple[Mistake, ...]:
    """The bugs of the exercise, each alone and with others that are still in."""
    sets = [ids for count in (1, 2, 3) for ids in combinations(PLANTED, count)]

    def record(first: str) -> Mistake:
        found = [ids for ids in sets if ids[0] == first]
        loops = [Loop(**{k: x for id_ in ids for k, x in PLANTED[id_][0].items()}) for ids in found]
        why = tuple(" Also: ".join(PLANTED[id_][1] for id_ in ids) for ids in found)
        make = [_losses(loop) for loop in loops]
        return Mistake(first, lambda v: [one(v) for one in make], why, PLANTED[first][2])

    return tuple(map(record, PLANTED))


EXERCISES: dict[str, Exercise] = {
    "08-autograd": Exercise(
        ("dC_dw1", "dC_dw2"), ("X", "y", "w1", "w2"), _network, _gradients,
        {"dC_dw1": _of_gradient("dC_dw1", "dC_dw2"), "dC_dw2": _of_gradient("dC_dw2", "dC_dw1")},
        autograd_allowed=True, section="notebook 08, What autograd recorded",
        praise="the same as by hand, for three sets of sizes.",
    ),
    "08-module": Exercise(
        ("parameters", "z3"), ("inputs", "hidden", "outputs"), _sizes_drawn,
        lambda *sizes: (_count(*sizes), _deep(sizes)),
        {"parameters": PARAMETERS, "z3": OUTPUTS}, see=_seen,
        autograd_allowed=True, section="notebook 08, A network is an nn.Module",
        praise="an optimizer finds every weight and bias, and the logits are right.",
    ),
    "08-shared": Exercise(
        ("dC_dw",), ("X", "y", "w", "v"), _shared_drawn, _both, {"dC_dw": SHARED},
        section="notebook 05, Three rules",
        praise="what comes back from both uses of w adds.",
    ),
    "08-gap": Exercise(
        ("gap",), ("f", "w"), _poked_drawn, _largest, {"gap": GAP}, see=_gap_seen,
        autograd_allowed=True, section="notebook 05, Poke it",
        praise="it finds the wrong rule, and accepts the right one.",
    ),
    "08-loop": Exercise(
        ("losses",), ("X", "y", "w1", "w2", "epochs", "learning_rate"), _loop_drawn,
        lambda *given: _losses(Loop())(Values(given=given)),
        {"losses": (*_planted(), *OTHERS)},
        autograd_allowed=True, section="notebook 08, The same training",
        praise="the losses of the loop by hand, at every epoch.",
    ),
}  # fmt: skip
