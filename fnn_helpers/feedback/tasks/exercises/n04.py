"""Notebook 04: a cost that is safe at both ends, cost against accuracy, wrong labels, a report."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import torch
from torch.nn.functional import softplus

from ...quantity import Mistake, Wrong
from ...steps import Make, Values
from ..cost import COST
from ..sigmoid import σ
from .exercise import Exercise


def _labels(N: int, ones: int) -> torch.Tensor:
    """A column of labels in which the ones do not stand together."""
    y = torch.zeros(N, 1, dtype=torch.float64)
    y[torch.arange(ones) * 2 % N] = 1
    return y


# --- from the logits ---------------------------------------------------------------------------


def _logits(generator: torch.Generator, number: int) -> Sequence[torch.Tensor]:
    """Near 0; right and very sure; wrong and very sure: each alone, small beside large hides."""
    N = 6 + number
    y, size = _labels(N, 3 + number // 2), torch.rand(N, 1, generator=generator).double()
    toward = 2 * y - 1
    z = (6 * (2 * size - 1), (16 + 14 * size) * toward, -(95 + 300 * size) * toward)[number]
    if number == 1:
        z[0], z[1] = 15.0, -15.0  # the dearest, one of each label
    if number == 2:
        z[0], z[1] = -1.0, 1.0
    return z.float(), y.float()


def _safe(z: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    return softplus((1 - 2 * y.double()) * z.double())


def _logit(formula: Callable[[torch.Tensor, torch.Tensor], torch.Tensor], *, single: bool = False,
           ) -> Make:  # fmt: skip
    """A formula of z and y, in float64 or in the float32 in which digits are lost."""

    def make(v: Values) -> torch.Tensor:
        z, y = v.given if single else (v.given[0].double(), v.given[1].double())
        return formula(z, y).double()

    return make


def _in_single(
    *formulas: Callable[[torch.Tensor, torch.Tensor], torch.Tensor],
) -> Callable[[Values], Wrong]:
    return lambda v: [_logit(f, single=True)(v) for f in formulas]


LOGITS = (
    Mistake("cancels", _in_single(
        lambda z, y: (softplus(z) - y * z).mean(),
        lambda z, y: softplus(z).mean() - (y * z).mean(),
        lambda z, y: (torch.logaddexp(torch.zeros_like(z), z) - y * z).mean(),
        torch.nn.functional.binary_cross_entropy_with_logits),
      (*3 * ("It is right for dear answers. Where the label is 1 and z is large, ln(1 + eᶻ) and z "
             "are nearly equal, and their difference loses its digits.",),
       "PyTorch's own form subtracts too: where the label is 0 and z far below 0, it loses its "
       "digits."),
      "What does a good answer at z = ±20 cost on paper, and in your form?"),
    Mistake("one-swallows", _in_single(
        lambda z, y: torch.log(1 + torch.exp(-z.abs())).add(((1 - 2 * y) * z).clamp(min=0)).mean(),
        lambda z, y: (z.clamp(min=0) - y * z + torch.log(1 + torch.exp(-z.abs()))).mean()),
      "No overflow any more. But 1 + e is rounded to a float32 near 1 before the logarithm, and a "
      "small e is lost.", "torch.log1p(e) is ln(1 + e) without that rounding; softplus has it."),
    Mistake("clamped", _in_single(
        lambda z, y: -(y * σ(z).log().clamp(min=-100)
                       + (1 - y) * (1 - σ(z)).log().clamp(min=-100)).mean(),
        lambda z, y: -torch.where(y == 1, σ(z), 1 - σ(z)).log().clamp(min=-100).mean(),
        lambda z, y: torch.nn.functional.binary_cross_entropy(σ(z), y)),
      "No cost can rise above 100: the probability was formed, and its logarithm cut off.",
      "Never form the probability: what is −ln σ(z), written with one exponential?"),
    Mistake("labels-swapped", _logit(lambda z, y: softplus((2 * y - 1) * z).mean()),
      "The two labels are exchanged: each flower pays for the other one.",
      "A large z with label 1 is a good answer: what should it cost?"),
    Mistake("ones-only", _logit(lambda z, y: softplus(-z).mean()),
      "Every flower is treated as label 1.", "What should a large z cost if the label is 0?"),
    Mistake("zeros-only", _logit(lambda z, y: softplus(z).mean()),
      "Every flower is treated as label 0.", "What should a large z cost if the label is 1?"),
    Mistake("zeros-forgotten", _logit(lambda z, y: (y * softplus(-z)).mean()),
      "Only the flowers with label 1 pay.", "What should a large z cost if the label is 0?"),
    Mistake("ones-forgotten", _logit(lambda z, y: ((1 - y) * softplus(z)).mean()),
      "Only the flowers with label 0 pay.", "What should a large z cost if the label is 1?"),
    Mistake("plus-for-minus", _logit(lambda z, y: (softplus(z) + y * z).mean()),
      "y z is added. From ln(1 + eᶻ) it is subtracted.",
      "Put in z = 0 and then a large z, with label 1."),
    Mistake("exponent-missing", _logit(lambda z, y: torch.log1p(((1 - 2 * y) * z).abs()).mean()),
      "The logarithm is taken of 1 + |z|: the exponential is missing.", "What is σ(z)?"),
    Mistake("straight-line", _logit(lambda z, y: ((1 - 2 * y) * z).clamp(min=0).mean()),
      "This is max(0, ∓z): a straight line with a corner. Only far out is it nearly the cost.",
      "What should z = 0 cost?"),
    Mistake("not-one-number", _logit(lambda z, y: softplus((1 - 2 * y) * z)),
      "Each flower's cost is right. Their mean, one number, is asked for.",
      "What makes one number of N costs?"),
    Mistake("labels-flat", _logit(lambda z, y: softplus((1 - 2 * y.T) * z).mean()),
      "Each logit was paired with every label: N × 1 met a row of N, giving N × N.",
      "Print the shape of the product of y and z."),
)  # fmt: skip

# --- cost against accuracy ---------------------------------------------------------------------

YES, NO = 2.0, 1.0


def _only_labels(generator: torch.Generator, number: int) -> Sequence[torch.Tensor]:
    return (_labels(6 + 2 * number, 3),)


def _compared(
    answers: tuple[torch.Tensor, torch.Tensor], y: torch.Tensor
) -> tuple[torch.Tensor, ...]:
    """Whether the first is right more often, and whether it costs more."""
    right, cost = [], []
    for y_hat in answers:
        y_hat = torch.as_tensor(y_hat).double()
        if y_hat.shape != y.shape:
            raise ValueError(f"an answer has shape {tuple(y_hat.shape)}, but y has "
                             f"{tuple(y.shape)}: one answer for each flower.")  # fmt: skip
        if not ((y_hat > 0) & (y_hat < 1)).all():
            raise ValueError("an answer is not between 0 and 1: give probabilities.")
        right.append(((y_hat > 0.5) == (y == 1)).double().mean())
        cost.append(-torch.where(y == 1, y_hat, 1 - y_hat).log().mean())
    said = right[0] > right[1], cost[0] > cost[1]
    return tuple(torch.tensor(YES if s else NO) for s in said)


AGAINST = {
    "accuracy": (
        Mistake("not-right-more-often", lambda v: torch.tensor(NO),
          "The first is not right more often than the second: count the flowers on the right side "
          "of one half.", "Let one of the second's answers be only just wrong."),
    ),
    "cost": (
        Mistake("not-dearer", lambda v: torch.tensor(NO),
          "The first does not cost more than the second.",
          "What does one answer cost that is certain and wrong?"),
    ),
}  # fmt: skip

# --- labels that may be wrong ------------------------------------------------------------------


def _with_share(generator: torch.Generator, number: int) -> Sequence[object]:
    N = 5 + 2 * number
    y_hat = 0.05 + 0.9 * torch.rand(N, 1, generator=generator, dtype=torch.float64)
    return y_hat, _labels(N, 2 + number), (0.1, 0.25, 0.05)[number]


def _mixed(y_hat: torch.Tensor, y: torch.Tensor, wrong: float) -> torch.Tensor:
    """The probability of the label as it was written down."""
    one = (1 - wrong) * y_hat + wrong * (1 - y_hat)
    return torch.where(y == 1, one, 1 - one)


def _noisy(formula: Callable[[torch.Tensor, torch.Tensor, float], torch.Tensor]) -> Make:
    return lambda v: formula(*v.given)


def _true(y_hat: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    return torch.where(y == 1, y_hat, 1 - y_hat)


WRITTEN_DOWN = (
    Mistake("noise-forgotten", _noisy(lambda p, y, w: -_true(p, y).log().mean()),
      "This is plain cross-entropy: that labels may be wrong does not occur in it.",
      "In how many ways can a 1 come to be written down?"),
    Mistake("second-way-forgotten", _noisy(lambda p, y, w: -((1 - w) * _true(p, y)).log().mean()),
      "Only one way is counted: the flower is of this species, and it was written down rightly.",
      "The other species, written down wrongly, gives the same label."),
    Mistake("share-swapped", _noisy(lambda p, y, w: -_mixed(p, y, 1 - w).log().mean()),
      "The share of wrong labels stands where the share of right ones should.",
      "With no wrong labels it must be plain cross-entropy."),
    Mistake("logarithms-mixed", _noisy(
        lambda p, y, w: -((1 - w) * _true(p, y).log() + w * (1 - _true(p, y)).log()).mean()),
      "Two logarithms are mixed. The two ways are alternatives: their probabilities add, and then "
      "comes the logarithm.", "Which adds: probabilities of alternatives, or their logarithms?"),
    Mistake("share-added", _noisy(lambda p, y, w: -(_true(p, y) + w).log().mean()),
      "The share of wrong labels is added by itself. It happens only with the other species.",
      "Multiply along each way, then add the two ways."),
    Mistake("ones-only", _noisy(lambda p, y, w: -_mixed(p, torch.ones_like(y), w).log().mean()),
      "Every flower is treated as label 1.", "What is the probability that a 0 is written down?"),
    Mistake("zeros-forgotten", _noisy(lambda p, y, w: -(y * _mixed(p, y, w).log()).mean()),
      "Only the flowers with label 1 pay.", "What does a flower with label 0 cost?"),
    Mistake("log-of-mean", _noisy(lambda p, y, w: -_mixed(p, y, w).mean().log()),
      "The mean is taken first and the logarithm after it: the order matters.",
      "Each flower has a cost of its own; then average."),
    Mistake("no-logarithm", _noisy(lambda p, y, w: _mixed(p, y, w).mean()),
      "This averages the probabilities: the logarithm is missing.",
      "The cost of one flower is −ln of a probability."),
    Mistake("not-one-number", _noisy(lambda p, y, w: -_mixed(p, y, w).log()),
      "Each flower's cost is right. Their mean, one number, is asked for.",
      "What makes one number of N costs?"),
)  # fmt: skip

# --- a report to mend --------------------------------------------------------------------------


def _reported(generator: torch.Generator, number: int) -> Sequence[torch.Tensor]:
    N = 9 + 2 * number
    z = 4 * torch.rand(N, 1, generator=generator, dtype=torch.float64) - 2
    z[:3, 0] = torch.tensor([0.2, 0.4, -0.3], dtype=torch.float64)  # between 0 and one half
    return z, _labels(N, 2 + number)


def _report(z: torch.Tensor, y: torch.Tensor) -> tuple[torch.Tensor, ...]:
    share = y.mean()
    return (
        softplus((1 - 2 * y) * z).mean(),
        ((z > 0) == (y == 1)).double().mean(),
        -(share * share.log() + (1 - share) * (1 - share).log()),
    )


def _of_answers(mistake: Mistake) -> Mistake:
    """A record of the cost, for a function that makes ŷ itself."""

    def make(v: Values) -> Wrong:
        z, y = v.given
        return mistake.make(Values(y_hat=σ(z), y=y, N=v.N, cost=v.cost))

    return replace(mistake, make=make)


def _share(formula: Callable[[torch.Tensor, Values], Wrong]) -> Callable[[Values], Wrong]:
    return lambda v: formula(v.given[1].mean(), v)


REPORT = {
    "cost": tuple(map(_of_answers, COST)),
    "accuracy": (
        Mistake("threshold-of-another",
          lambda v: ((v.given[0] > 0.5) == (v.given[1] == 1)).double().mean(),
          "The logit is compared with one half. That is the border for the probability.",
          "At which z does the network say one half?"),
        Mistake("error-rate", lambda v: ((v.given[0] > 0) != (v.given[1] == 1)).double().mean(),
          "This is the share that is wrong.", "Accuracy is the share that is right."),
        Mistake("ones-share", lambda v: (v.given[0] > 0).double().mean(),
          "This is the share of flowers that are called 1: the labels do not occur in it.",
          "With what must each answer be compared?"),
        Mistake("among-ones",
          lambda v: (v.given[0] > 0)[v.given[1] == 1].double().mean(),
          "Only the flowers with label 1 are looked at.", "Who else can be right?"),
    ),
    "constant_cost": (
        Mistake("zeros-forgotten", _share(lambda s, v: [-s.log(), -s * s.log()]),
          ("This is what a flower with label 1 pays: those with label 0 are missing.",
           "Only the flowers with label 1 pay: those with label 0 are missing."),
          "One answer for all: which flowers pay −ln p, and which −ln(1 − p)?"),
        Mistake("ones-forgotten", _share(lambda s, v: [-(1 - s).log(), -(1 - s) * (1 - s).log()]),
          ("This is what a flower with label 0 pays: those with label 1 are missing.",
           "Only the flowers with label 0 pay: those with label 1 are missing."),
          "One answer for all: which flowers pay −ln p, and which −ln(1 − p)?"),
        Mistake("one-half-for-all", lambda v: torch.tensor(0.5).double().log().neg(),
          "This is ln 2, the cost of answering one half. The best constant answer is the share of "
          "ones.", "Are the labels balanced?"),
        Mistake("shares-exchanged",
          _share(lambda s, v: -(s * (1 - s).log() + (1 - s) * s.log())),
          "The two logarithms are exchanged: each label pays for the other one.",
          "The flowers with label 1 are a share s, and they pay −ln s."),
        Mistake("logarithms-not-weighed", _share(lambda s, v: -(s.log() + (1 - s).log())),
          "The two costs are added as they are. Each belongs to a share of the flowers.",
          "How many flowers pay −ln s, and how many −ln(1 − s)?"),
        Mistake("mean-answer", lambda v: -_true(σ(v.given[0]).mean(), v.given[1]).log().mean(),
          "The constant is the mean of the network's answers. The best one is the share of ones.",
          "Does the best constant answer depend on the network?"),
    ),
}  # fmt: skip


EXERCISES = {
    "04-cost-from-logits": Exercise(
        ("cost",), ("z", "y"), _logits, lambda z, y: _safe(z, y).mean(), {"cost": LOGITS},
        section="notebook 04, When a probability is exactly 0",
        praise="near 0, for very good answers and for very bad ones, in float32.",
    ),
    "04-against": Exercise(
        ("accuracy", "cost"), ("y",), _only_labels,
        lambda y: (torch.tensor(YES), torch.tensor(YES)), AGAINST, see=_compared,
        section="notebook 04, The price of not knowing",
        praise="the first is right more often and costs more: accuracy counts sides, the cost "
        "asks how sure.",
    ),
    "04-wrong-labels": Exercise(
        ("cost",), ("y_hat", "y", "wrong"), _with_share,
        lambda y_hat, y, wrong: -_mixed(y_hat, y, wrong).log().mean(), {"cost": WRITTEN_DOWN},
        section="notebook 04, The probability of what really happened",
        praise="the probability of the label as it was written down, then −ln, then the mean.",
    ),
    "04-report": Exercise(
        ("cost", "accuracy", "constant_cost"), ("z", "y"), _reported, _report, REPORT,
        section="notebook 04",
        praise="cost, accuracy and the price of the best constant answer.",
    ),
}  # fmt: skip
