"""One step of gradient descent."""

from collections.abc import Callable
from dataclasses import replace

import torch

from ..diagnose.evidence import Evidence, Hypotheses, Hypothesis
from ..diagnose.patterns import axes, exactness, order, samples, units
from ..diagnose.scales import all_same, factor
from ..quantity import Mistake, Quantity, Task
from ..steps import Values
from .probes import usual_probes

STEP = (
    Mistake("uphill", lambda v: v.w + v.rate * v.dC_dw,
      "The gradient is added: the weights climb. The gradient points uphill.",
      "If a larger weight raises the cost, where should the weight go?"),
    Mistake("rate-forgotten", lambda v: v.w - v.dC_dw, "The learning rate does not occur in it.",
      "The whole gradient is too long a step."),
    Mistake("uphill-without-rate", lambda v: v.w + v.dC_dw,
      "The gradient is added, and the learning rate does not occur in it.",
      "If a larger weight raises the cost, where should the weight go?"),
    Mistake("gradient-forgotten", lambda v: [v.w - v.rate, v.w + v.rate],
      "Every weight moves by the same amount: the gradient does not occur in it.",
      "A steeper slope asks for a longer step."),
    Mistake("rate-squared", lambda v: v.w - v.rate**2 * v.dC_dw,
      "The learning rate is multiplied in twice.", "Compare the step at rate 1 and at rate 0.1."),
    Mistake("divided-by-rate", lambda v: v.w - v.dC_dw / v.rate,
      "Divided by the learning rate: a smaller rate makes a longer step.",
      "A smaller rate should make a shorter step."),
    Mistake("only-the-change", lambda v: [-v.rate * v.dC_dw, v.rate * v.dC_dw],
      "This is only the change. The new weights are asked for.",
      "Start from the old weights."),
    Mistake("weight-decay", lambda v: [v.w - v.rate * v.w, v.w * (1 - v.rate) - v.rate * v.dC_dw],
      "The weight itself is subtracted: it shrinks toward 0.",
      "Only the gradient says where to go."),
    Mistake("negated", lambda v: v.rate * v.dC_dw - v.w,
      "The difference is the wrong way round: the weights changed their sign.",
      "With a gradient of 0 the weights should stay."),
    Mistake("rate-on-weight", lambda v: [v.dC_dw - v.rate * v.w, v.rate * v.w - v.dC_dw],
      "The learning rate multiplies the weights; it belongs to the gradient.",
      "With a gradient of 0 the weights should stay."),
    Mistake("missing-parentheses", lambda v: (v.w - v.rate) * v.dC_dw,
      "The rate is subtracted from the weights before the product with the gradient.",
      "With a gradient of 0 the weights should stay."),
    Mistake("multiplied", lambda v: [v.w * v.rate * v.dC_dw, v.w * (1 - v.rate * v.dC_dw)],
      "The weights are multiplied by the gradient; a step subtracts.",
      "A weight of 0 must be able to move."),
    Mistake("unchanged", lambda v: v.w, "The weights are as they were.",
      "Where does the gradient come in?"),
    Mistake("sign-only", lambda v: v.w - v.rate * v.dC_dw.sign(),
      "Only the sign of the gradient is used.", "A steeper slope asks for a longer step."),
    Mistake("normalised", lambda v: v.w - v.rate * v.dC_dw / v.dC_dw.norm(),
      "The gradient is scaled to length one first.", "A steeper slope asks for a longer step."),
    Mistake("averaged-gradient",
      lambda v: [v.w - v.rate * v.dC_dw.mean(), v.w - v.rate * v.dC_dw.sum()],
      "All weights move by the same amount: the gradient was averaged or added up.",
      "Each weight has its own slope."),
    Mistake("step-twice", lambda v: v.w - 2 * v.rate * v.dC_dw,
      "The step is twice as long as it should be.", "One step a call."),
    Mistake("half-a-step", lambda v: v.w - 0.5 * v.rate * v.dC_dw,
      "The step is half as long as it should be.", "No other factor belongs to the step."),
    Mistake("divided-again", lambda v: [v.w - v.rate * v.dC_dw / n for n in v.w.shape]
      + [v.w - v.rate * v.dC_dw / v.w.numel()],
      "The gradient is divided once more. It is already the mean's.",
      "No other factor belongs to the step."),
    Mistake("rate-added", lambda v: v.w - (v.rate + v.dC_dw),
      "Rate and gradient are added; the step is their product.",
      "With a gradient of 0 the weights should stay."),
    Mistake("rate-on-everything", lambda v: v.rate * (v.w - v.dC_dw),
      "The learning rate multiplies the weights too.",
      "With a gradient of 0 the weights should stay."),
    Mistake("gradient-squared", lambda v: v.w - v.rate * v.dC_dw ** 2,
      "The gradient is squared: its sign is lost.",
      "Where the gradient is negative the weight should grow."),
    Mistake("gradient-returned", lambda v: [v.dC_dw, -v.dC_dw],
      "This is the gradient. The new weights are asked for.", "Where does w come in?"),
    Mistake("averaged", lambda v: [v.w * (1 - v.rate) + v.rate * v.dC_dw],
      "This is a weighted mean of weights and gradient.",
      "With a gradient of 0 the weights should stay."),
)  # fmt: skip


def _of_gradient(evidence: Evidence) -> Hypotheses:
    """The gradient that was used, averaged, clipped, cut or in another order first."""
    if any(m.shape != v.w.shape for m, v in zip(evidence.mine, evidence.cases, strict=True)):
        return
    used = [(v.w - m) / v.rate for m, v in zip(evidence.mine, evidence.cases, strict=True)]
    gradient = Quantity("dC_dw", "the shape of w", "dC_dw_as_given", "")
    cases = [v.but(dC_dw_as_given=v.dC_dw) for v in evidence.cases]
    inner = replace(evidence, quantity=gradient, mine=used, cases=cases,
                    right=[v.dC_dw for v in cases])  # fmt: skip
    for pattern in (samples, units, axes, order, exactness):
        for id_, make, about in pattern(inner):
            yield Hypothesis(
                id_,
                lambda v, make=make: v.w - v.rate * make(v.but(dC_dw_as_given=v.dC_dw)),
                about,
            )


def _rate(evidence: Evidence) -> Hypotheses:
    """w − k · gradient, with another k than the learning rate."""
    sizes = []
    for v, mine in zip(evidence.cases, evidence.mine, strict=True):
        size = factor(v.w - mine, v.dC_dw, 1e-6) if mine.shape == v.w.shape else None
        if size is None:
            return
        sizes.append(size)
    signs = {size > 0 for size in sizes}
    uphill = signs == {False}
    for id_, by in (
        ("rate-wrong", lambda v: v.rate), ("rate-fixed", lambda v: 1.0),
    ):  # fmt: skip
        times = [abs(size) / by(v) for size, v in zip(sizes, evidence.cases, strict=True)]
        for also, count in _COUNTS:
            ones = [t / count(v) for t, v in zip(times, evidence.cases, strict=True)]
            if not all_same(ones) or len(signs) == 2:
                continue
            ids = _ids(id_, uphill, also, ones[0])
            how = f"The step is {times[0]:.4g} times as long as it should be."
            about = {"also": ids[1:], "factor": sizes[0], "how": how}
            yield Hypothesis(ids[0], _stepped(evidence, sizes), about)
    about = {"how": "The gradient is multiplied by another number than the learning rate."}
    yield Hypothesis("rate-wrong", _stepped(evidence, sizes), about)


_COUNTS = (
    ("", lambda v: 1.0),
    ("divided-again", lambda v: 1 / v.w.shape[0]),
    ("divided-again", lambda v: 1 / v.w.shape[1]),
)


def _ids(id_: str, uphill: bool, also: str, size: float) -> tuple[str, ...]:
    """What a step of this size is made of: a sign, a rate, a factor that has a name."""
    found = ["uphill"] if uphill else []
    usual = abs(size - 1) < 1e-5
    named = {2.0: "step-twice", 0.5: "half-a-step"}.get(round(size, 6))
    if id_ == "rate-fixed" and usual:
        found.append("rate-forgotten")
    elif id_ == "rate-wrong" and named:
        found.append(named)
    elif not usual:
        found.append(id_)
    return tuple(found + [also] * bool(also))


def _stepped(evidence: Evidence, sizes: list[float]) -> Callable[[Values], torch.Tensor]:
    size_of = {id(v): size for v, size in zip(evidence.cases, sizes, strict=True)}
    return lambda v: v.w - size_of[id(v)] * v.dC_dw


TASK = Task(
    check="check_step",
    arguments={"w": "w", "dC_dw": "dC_dw", "learning_rate": "rate"},
    quantities=(
        Quantity("w", "the shape of w", "stepped",
                 "With a gradient of 0, or a learning rate of 0, the weights should stay.", STEP),
    ),
    section="notebook 06, Gradient descent is one line",
    scales=False,
    probes=usual_probes(),
    guesses=(_rate, _of_gradient),
)  # fmt: skip
