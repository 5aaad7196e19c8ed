"""The mean binary cross-entropy."""

import torch

from ..diagnose.evidence import Evidence, Hypotheses
from ..diagnose.patterns import fitted
from ..quantity import Mistake, Probe, Quantity, Results, Task
from ..steps import CASES, Values
from .probes import usual_probes

# What log(0 + ε) gives for the usual ε, in natural logarithms.
_LOG_EPSILONS = tuple(torch.tensor([1e-7, 1e-8, 1e-10, 1e-12, 1e-15]).double().log().tolist())


def _swapped(v: Values, low: float) -> torch.Tensor:
    return v.y_hat * v.y.log().clamp(min=low) + (1 - v.y_hat) * (1 - v.y).log().clamp(min=low)


def _log_p(v: Values) -> torch.Tensor:
    return v.y * v.y_hat.log() + (1 - v.y) * (1 - v.y_hat).log()


def _divided_inside(v: Values) -> list[torch.Tensor]:
    signed = []
    for sign in (-1, 1):
        total = torch.zeros((), dtype=v.y.dtype)
        for one in sign * _log_p(v).sum(1):
            total = (total + one) / v.N
        signed.append(total)
    return signed


def _outer(v: Values) -> torch.Tensor:
    return v.y @ v.y_hat.log().T + (1 - v.y) @ (1 - v.y_hat).log().T


def _of_class(v: Values, label: int) -> torch.Tensor:
    return _log_p(v)[v.y == label].mean()


COST = (
    Mistake("log-base", lambda v: [v.cost / torch.tensor(b).double().log() for b in (10, 2)],
      "The logarithm has base 10 or 2; cross-entropy uses the natural one.",
      "Saying one half to everyone should cost 0.693."),
    Mistake("zeros-forgotten", lambda v: -(v.y * v.y_hat.log()).mean(),
      "Only the flowers with label 1 pay: the term for label 0 is missing.",
      "What does a flower with label 0 cost in your formula?"),
    Mistake("ones-forgotten", lambda v: -((1 - v.y) * (1 - v.y_hat).log()).mean(),
      "Only the flowers with label 0 pay: the term for label 1 is missing.",
      "What does a flower with label 1 cost in your formula?"),
    Mistake("labels-swapped",
      lambda v: -(v.y * (1 - v.y_hat).log() + (1 - v.y) * v.y_hat.log()).mean(),
      "The two terms are swapped: each flower pays for the other label.",
      "y_hat is the probability of class 1."),
    Mistake("minus-between-terms",
      lambda v: [-(v.y * v.y_hat.log() - (1 - v.y) * (1 - v.y_hat).log()).mean()],
      "The two terms are subtracted from each other; they are added.",
      "Both terms are logarithms of probabilities: both are negative."),
    Mistake("squared-error", lambda v: ((v.y_hat - v.y) ** 2).mean(),
      "This is the squared error, another cost.", "Cross-entropy has logarithms in it."),
    Mistake("root-of-squared-error", lambda v: ((v.y_hat - v.y) ** 2).mean().sqrt(),
      "This is the root of the squared error, another cost.",
      "Cross-entropy has logarithms in it."),
    Mistake("absolute-error", lambda v: (v.y_hat - v.y).abs().mean(),
      "This is the absolute error, another cost.", "Cross-entropy has logarithms in it."),
    Mistake("labels-flat",
      lambda v: [-(v.y.T * v.y_hat.log() + (1 - v.y.T) * (1 - v.y_hat).log()).mean() * factor
                 for factor in (1, v.N, v.N**2)],
      "Each prediction was compared with every label: N × 1 met a flat row of N, giving N × N.",
      "Print the shape of the product of y and the logarithm."),
    Mistake("no-logarithm", lambda v: (v.y * v.y_hat + (1 - v.y) * (1 - v.y_hat)).mean(),
      "This averages the probabilities of the labels: the logarithm is missing.",
      "A product of probabilities becomes a sum of logarithms."),
    Mistake("sigmoid-again",
      lambda v: torch.nn.functional.binary_cross_entropy_with_logits(v.y_hat, v.y),
      "A sigmoid is applied to y_hat, which is already a probability.",
      "The form that takes logits needs z2, not y_hat."),
    Mistake("log-of-mean", lambda v: -(v.y * v.y_hat + (1 - v.y) * (1 - v.y_hat)).mean().log(),
      "The mean is taken first and the logarithm after it: the order matters.",
      "Each flower has a cost of its own; then average."),
    Mistake("arguments-swapped",
      lambda v: [-_swapped(v, low).mean() for low in (-100, *_LOG_EPSILONS)],
      "y_hat and y have changed places: the logarithm is taken of the labels.",
      "Of which of the two can a logarithm be taken?"),
    Mistake("one-minus-logarithm",
      lambda v: -(v.y * v.y_hat.log() + (1 - v.y) * (1 - v.y_hat.log())).mean(),
      "For label 0 it takes 1 minus a logarithm: that is not the logarithm of 1 minus something.",
      "What does a flower with label 0 and y_hat near 0 cost in your formula?"),
    Mistake("ones-only", lambda v: -v.y_hat.log().mean(),
      "The labels do not occur in it: every flower is treated as label 1.",
      "What should a flower with label 0 and y_hat near 0 cost?"),
    Mistake("last-sample-only", lambda v: [-_log_p(v)[-1].sum(), -_log_p(v)[-1].sum() / v.N],
      "Only the last flower counts: a loop that overwrites where it should add.",
      "Look for a single = in the loop: what happens to the value before?"),
    Mistake("error-rate", lambda v: ((v.y_hat >= 0.5) != (v.y == 1)).double().mean(),
      "This is the share that is wrong.", "The cost also asks how sure an answer is."),
    Mistake("accuracy", lambda v: ((v.y_hat >= 0.5) == (v.y == 1)).double().mean(),
      "This is the accuracy: the share that is right.",
      "The cost also asks how sure an answer is."),
    Mistake("difference-of-means", lambda v: (v.y_hat - v.y).mean(),
      "This is the mean difference: errors up and down cancel.",
      "Each flower's cost is positive."),
    Mistake("divided-inside-the-loop", _divided_inside,
      "The running total is divided by N in every round: is the division indented into the loop?",
      "Which lines belong to the loop, and which come after it?"),
    Mistake("outer-product",
      lambda v: -_outer(v),
      "A product of two columns, N × 1 with 1 × N, pairs every label with every prediction: N × N.",
      "Each label belongs to one prediction: which sign multiplies entry by entry?"),
    Mistake("class-means",
      lambda v: -(_of_class(v, 1) + _of_class(v, 0)) / 2,
      "Each class is averaged by itself, so that a flower of the smaller class counts more.",
      "By how many flowers is each of the two sums divided?"),
    Mistake("largest", lambda v: -_log_p(v).min(),
      "This is the largest of the costs, not their mean.", "What makes one number of N costs?"),
    Mistake("median", lambda v: -_log_p(v).median(),
      "This is the median of the costs, not their mean.", "What makes one number of N costs?"),
    Mistake("squared-logarithm", lambda v: (_log_p(v) ** 2).mean(),
      "The logarithms are squared; a minus makes them positive.",
      "Saying one half to everyone should cost 0.693."),
    Mistake("entropy-of-prediction",
      lambda v: -(v.y_hat * v.y_hat.log() + (1 - v.y_hat) * (1 - v.y_hat).log()).mean(),
      "The labels do not occur in it: y_hat stands where y should.",
      "The label chooses which of the two logarithms counts."),
)  # fmt: skip


def _epsilon(evidence: Evidence) -> Hypotheses:
    """A small number against the logarithm of 0, so large that it shows."""

    def of(p: torch.Tensor, q: torch.Tensor, v: Values) -> torch.Tensor:
        return -(v.y * p.log() + (1 - v.y) * q.log()).sum() / v.N

    for form in (
        lambda v, e: of(v.y_hat + e, 1 - v.y_hat + e, v),
        lambda v, e: of(v.y_hat.clamp(e, 1 - e), (1 - v.y_hat).clamp(e, 1 - e), v),
        lambda v, e: of(v.y_hat + e, 1 - v.y_hat, v),
        lambda v, e: of(v.y_hat, 1 - v.y_hat + e, v),
        lambda v, e: of(v.y_hat + e, 1 - v.y_hat - e, v),
        lambda v, e: of(v.y_hat - e, 1 - v.y_hat + e, v),
    ):
        yield from fitted(evidence, "epsilon", form, 1e-7, 0.4)


def _certain(*pairs: tuple[float, float]) -> Values:
    y_hat, y = torch.tensor(pairs, dtype=torch.float64).T.reshape(2, -1, 1)
    return CASES[0].but(y_hat=y_hat, y=y, N=len(pairs))


def _costs_little(results: Results, v: Values) -> bool:
    return bool(results["cost"].abs() < 1e-3)  # a clamp of 1e-4 and below is a matter of taste


def _costs_a_lot(results: Results, v: Values) -> bool:
    return bool(results["cost"] > DEAR)


DEAR = 4.0  # an answer of 0.02 costs as much; a certain one that is wrong must cost more
_LOG_0 = (
    "One thing to know: for an answer of exactly 0 or 1 it gives no finite number, because of the "
    "logarithm of 0. Notebook 04 shows two remedies."
)
_REFUSAL = "It is right for answers between 0 and 1, but where y_hat is exactly 0 or 1 and "


TASK = Task(
    check="check_binary_cross_entropy",
    arguments={"y_hat": "y_hat", "y": "y"},
    quantities=(
        Quantity("cost", "one number", "cost",
                 "With y_hat = 0.5 everywhere the cost should be 0.693, whatever the labels are.",
                 COST),
    ),
    section="notebook 04, One formula for both labels",
    sums=True,
    scalar=True,
    probes=(
        Probe(lambda: _certain((1, 1), (0, 0)), _LOG_0, "certain-answers",
              _REFUSAL + "right, the cost is {came:.4g}; it should be 0.", agrees=_costs_little),
        Probe(lambda: _certain((1, 0), (0, 1), (1, 0)), _LOG_0, "certain-answers",
              _REFUSAL + "wrong, the cost is {came:.4g}: next to nothing for the worst answer.",
              agrees=_costs_a_lot),
        *usual_probes(),
    ),
    guesses=(_epsilon,),
)  # fmt: skip
