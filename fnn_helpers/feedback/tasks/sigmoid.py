"""The sigmoid, and every activation that is one."""

from collections.abc import Callable

import torch

from ..diagnose.evidence import Evidence, Hypotheses
from ..diagnose.patterns import inner
from ..quantity import Mistake, Probe, Quantity, Task
from ..steps import CASES, Values
from .probes import usual_probes


def σ(z: torch.Tensor) -> torch.Tensor:
    return torch.sigmoid(z)


def activation_mistakes(get: Callable[[Values], torch.Tensor]) -> tuple[Mistake, ...]:
    """Wrong sigmoids of the quantity that `get` takes from a case."""
    return (
        Mistake("activation-missing", get,
          "These are the numbers that went in: the sigmoid is not applied.",
          "Values above 1 or below 0 cannot be activations."),
        Mistake("wrong-sign-in-exponent", lambda v: σ(-get(v)),
          "It falls where the sigmoid rises: this is 1 − σ(z), the sign in the exponent is wrong.",
          "What should σ(z) be for a very large z, and what does e to the power z do there?"),
        Mistake("missing-parentheses", lambda v: 1 + torch.exp(-get(v)),
          "This is 1 + e⁻ᶻ: the division 1/1 is done before the sum.",
          "Division binds tighter than the plus sign: which part must be computed first?"),
        Mistake("times-z", lambda v: get(v) * σ(get(v)),
          "This is z · σ(z): the numerator must be 1.",
          "At z = 0 a sigmoid is one half, yours is 0."),
        Mistake("tanh", lambda v: [torch.tanh(get(v)), torch.tanh(get(v) / 2)],
          "This is the hyperbolic tangent: it runs from −1 to 1, the sigmoid from 0 to 1.",
          "Which value should stand at z = 0?"),
        Mistake("relu", lambda v: get(v).clamp(min=0),
          "This is max(0, z), another activation.",
          "A sigmoid never reaches 0 and never exceeds 1."),
        Mistake("step-function", lambda v: (get(v) > 0).double(),
          "These are only 0 and 1: a hard step. Its slope is 0, so nothing could be learned.",
          "A sigmoid is a soft step: in between it takes every value."),
        Mistake("slope-instead", lambda v: σ(get(v)) * (1 - σ(get(v))),
          "This is the slope of the sigmoid, not its value.",
          "The value at z = 0 is one half, the slope there one quarter."),
        Mistake("applied-twice", lambda v: σ(σ(get(v))),
          "The sigmoid is applied to what is already an activation.",
          "After one sigmoid the values spread from 0 to 1; after two only from 0.5 to 0.73."),
        Mistake("minus-in-denominator", lambda v: 1 / (1 - torch.exp(-get(v))),
          "The denominator has a minus where a plus should be.",
          "A denominator that can be 0 at z = 0 cannot be right."),
        Mistake("exponential-only", lambda v: [torch.exp(get(v)), torch.exp(-get(v))],
          "This is only the exponential: nothing keeps it below 1.",
          "What is your value at z = 5? A probability stays below 1."),
        Mistake("base-two", lambda v: [1 / (1 + 2.0 ** -get(v)), 1 / (1 + 10.0 ** -get(v))],
          "The base of the power is not e.",
          "The natural logarithm of the odds is z: which base undoes it?"),
        Mistake("softmax", lambda v: [torch.softmax(get(v), dim=-1), torch.softmax(get(v), dim=0),
                             torch.softmax(get(v).flatten(), dim=0).reshape(get(v).shape)],
          "This is softmax: it makes entries share one whole. Sigmoid works on each entry alone.",
          "Would your value for one entry change if its neighbour changed?"),
        Mistake("softplus", lambda v: torch.nn.functional.softplus(get(v)),
          "This is ln(1 + eᶻ), whose slope is the sigmoid.",
          "There is no logarithm in the sigmoid."),
        Mistake("straight-line", lambda v: [get(v) / 4 + 0.5, (get(v) / 6 + 0.5).clamp(0, 1),
                                      (get(v) / 5 + 0.5).clamp(0, 1),
                                            (get(v) / 4 + 0.5).clamp(0, 1), get(v).clamp(0, 1)],
          "This is a straight piece, a rough replacement for the sigmoid.",
          "The curve needs an exponential."),
        Mistake("twice-as-steep", lambda v: σ(2 * get(v)),
          "This is σ(2z): it rises twice as steeply.", "At z = 1 a sigmoid is 0.731, yours 0.881."),
        Mistake("absolute-z", lambda v: [σ(get(v).abs()), σ(get(v) ** 2)],
          "The sign of z is lost: no value lies below one half.",
          "What should σ(z) be for a z far below 0?"),
        Mistake("slope-formula", lambda v: get(v) * (1 - get(v)),
          "This is z(1 − z): the formula of the slope, given z. The value itself is asked for.",
          "Which values can a probability have?"),
        Mistake("other-s-curve",
          lambda v: [get(v).atan() / torch.pi + 0.5, get(v) / (1 + get(v).abs()),
                     0.5 * (1 + get(v) / (1 + get(v).abs())), 0.5 * (1 + get(v).erf()),
                     0.5 * (1 + (get(v) / 2**0.5).erf()), get(v).atan(), get(v).erf(),
                     get(v) / (1 + get(v) ** 2).sqrt(), 0.5 + 0.5 * get(v) / (1 + get(v)**2).sqrt(),
                     get(v).sin(), 0.5 + 0.5 * get(v).sin()],
          "This is another curve of the same kind, not the one that undoes the log-odds.",
          "Compare the values at z = 1 and z = 3 with 0.731 and 0.953."),
        Mistake("logarithm", lambda v: torch.nn.functional.logsigmoid(get(v)),
          "This is the logarithm of the sigmoid: it is never positive.",
          "There is no logarithm in the sigmoid."),
    )  # fmt: skip


def _exponent(evidence: Evidence) -> Hypotheses:
    """The right curve, but of another multiple of z, or of z and something."""
    return inner(evidence, lambda v: v.z1)


def _far(*z: float) -> Values:
    z1 = torch.tensor([z], dtype=torch.float64)
    return CASES[0].but(z1=z1, a1=torch.sigmoid(z1))


def _shaped(*shape: int) -> Values:
    z1 = CASES[0].z1.flatten()[: torch.Size(shape).numel()].reshape(shape)
    return CASES[0].but(z1=z1, a1=torch.sigmoid(z1))


_OVERFLOWS = (
    "One thing to know: at z = ±{z} it gives no number, because a power of e overflows. "
    "Notebook 02 shows the form that never does."
)
_FAR = (
    "It is right near 0, but far from it, at z = ±{z}, it gives {{came:.4g}} where {{right:.4g}} "
)
_FAR += "belongs. What limits the numbers on the way?"
FAR_PROBES = tuple(
    Probe(lambda z=z: _far(-z, 0.0, z), _OVERFLOWS.format(z=f"{z:g}"), "far-from-zero",
          _FAR.format(z=f"{z:g}"), at_least=1.0)
    for z in (30.0, 1000.0)
)  # fmt: skip


def shape_probes() -> tuple[Probe, ...]:
    """An entry-by-entry function need not care for the shape; loops over rows do."""
    return tuple(
        Probe(
            lambda shape=shape: _shaped(*shape),
            "One thing to know: it is right for a matrix, but not for shape "
            f"{shape}. Operations that work entry by entry take every shape.",
        )
        for shape in ((4,), (2, 2, 5))
    )


TASK = Task(
    check="check_sigmoid",
    arguments={"z": "z1"},
    quantities=(
        Quantity("a", "the shape of z", "a1",
                 "At z = 0 the value should be one half, at z = 10 almost 1, at z = −10 almost 0.",
                 activation_mistakes(lambda v: v.z1)),
    ),
    section="notebook 02, The sigmoid is the way back",
    probes=(*shape_probes(), *FAR_PROBES, *usual_probes()),
    guesses=(_exponent,),
)  # fmt: skip
