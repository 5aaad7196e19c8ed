"""The mean cross-entropy of several classes."""

import torch

from ..quantity import Mistake, Probe, Quantity, Results, Task
from ..steps import Values, one_hot, table
from .probes import usual_probes


def _mean(v: Values, of: torch.Tensor) -> torch.Tensor:
    """Added up over all entries, divided by the number of rows."""
    return of.sum() / v.N


def _hit(v: Values) -> torch.Tensor:
    return (v.p * v.y).sum(1)


def _miss(v: Values) -> torch.Tensor:
    return (v.p.argmax(1) != v.y.argmax(1)).double()


_LOG_EPSILONS = tuple(
    torch.tensor([1e-7, 1e-8, 1e-9, 1e-10, 1e-12, 1e-15, 1e-16]).double().log().tolist()
)

COST = (
    Mistake("averaged-over-classes",
      lambda v: [-(v.y * v.p.log()).mean(), -(v.y * v.p.log()).sum(0).mean(),
                 -(v.y * v.p.log()).mean(1).sum()],
      "It is divided by the number of classes too, or by it instead. A row's cost is a sum; the "
      "mean is that of the rows.",
      "Saying one third to each of three classes should cost ln 3 = 1.0986."),
    Mistake("binary-form", lambda v: [-_mean(v, v.y * v.p.log() + (1 - v.y) * (1 - v.p).log()),
                                      -(v.y * v.p.log() + (1 - v.y) * (1 - v.p).log()).mean()],
      "This asks each class by itself, as for two classes: the others pay too.",
      "Only the probability of the class that is right counts."),
    Mistake("ones-forgotten", lambda v: -_mean(v, (1 - v.y) * (1 - v.p).log()),
      "Only the classes that are not right pay.",
      "What does the class with label 1 cost in your formula?"),
    Mistake("log-base", lambda v: [v.cost / torch.tensor(b).double().log() for b in (10, 2)],
      "The logarithm has base 10 or 2; cross-entropy uses the natural one.",
      "Saying one third to each of three classes should cost ln 3 = 1.0986."),
    Mistake("no-logarithm", lambda v: [_hit(v).mean(), -_hit(v).mean(), 1 - _hit(v).mean()],
      "This averages the probabilities of the right classes: the logarithm is missing.",
      "A product of probabilities becomes a sum of logarithms."),
    Mistake("log-of-mean", lambda v: -_hit(v).mean().log(),
      "The mean is taken first and the logarithm after it: the order matters.",
      "Each sample has a cost of its own; then average."),
    Mistake("squared-error", lambda v: [_mean(v, (v.p - v.y) ** 2), ((v.p - v.y) ** 2).mean(),
                                        _mean(v, (v.p - v.y) ** 2) / 2],
      "This is the squared error, another cost.", "Cross-entropy has logarithms in it."),
    Mistake("absolute-error", lambda v: [_mean(v, (v.p - v.y).abs()), (v.p - v.y).abs().mean()],
      "This is the absolute error, another cost.", "Cross-entropy has logarithms in it."),
    Mistake("labels-forgotten", lambda v: [-_mean(v, v.p.log()), -v.p.log().mean()],
      "The labels do not occur in it: every class pays.",
      "Only the probability of the class that is right counts."),
    Mistake("entropy-of-prediction", lambda v: -_mean(v, v.p * v.p.log()),
      "The labels do not occur in it: p stands where y should.",
      "The label chooses which logarithm counts."),
    Mistake("softmax-again", lambda v: [-_mean(v, v.y * v.p.log_softmax(1))],
      "A softmax is applied to p, whose rows are already probabilities.",
      "The form that takes scores needs z, not p."),
    Mistake("sigmoid-again", lambda v: -_mean(v, v.y * torch.nn.functional.logsigmoid(v.p)),
      "A sigmoid is applied to p, which is already a probability.", "Take the logarithm of p."),
    Mistake("log-of-other-side", lambda v: -_mean(v, v.y * (1 - v.p).log()),
      "The right class pays for 1 − p: a sure and right answer costs most.",
      "What should a right answer of 0.99 cost?"),
    Mistake("arguments-swapped",
      lambda v: [-_mean(v, v.p * v.y.log().clamp(min=low)) for low in (-100, *_LOG_EPSILONS)],
      "p and y have changed places: the logarithm is taken of the labels.",
      "Of which of the two can a logarithm be taken?"),
    Mistake("error-rate", lambda v: [_miss(v).mean(), 1 - _miss(v).mean()],
      "This is a share of right or wrong answers.", "The cost also asks how sure an answer is."),
    Mistake("largest-for-label", lambda v: -v.p.amax(1).log().mean(),
      "It takes the largest probability, whichever class it belongs to.",
      "The label chooses which logarithm counts."),
    Mistake("first-class-only", lambda v: [-_mean(v, (v.y * v.p.log())[:, :1]),
                                           -v.p[:, 0].log().mean()],
      "Only the first class counts.", "The label chooses which logarithm counts."),
    Mistake("last-sample-only", lambda v: [-_hit(v)[-1].log(), -_hit(v)[-1].log() / v.N],
      "Only the last sample counts: a loop that overwrites where it should add.",
      "Look for a single = in the loop: what happens to the value before?"),
    Mistake("first-sample-only", lambda v: [-_hit(v)[0].log(), -_hit(v)[0].log() / v.N],
      "Only the first sample counts: does return stand inside the loop?",
      "The mean is over all samples."),
    Mistake("largest", lambda v: -_hit(v).log().min(),
      "This is the largest of the costs, not their mean.", "What makes one number of N costs?"),
    Mistake("squared-logarithm", lambda v: (_hit(v).log() ** 2).mean(),
      "The logarithms are squared; a minus makes them positive.",
      "Saying one third to each of three classes should cost ln 3 = 1.0986."),
    Mistake("wrong-axis", lambda v: [-((v.y * v.p).sum(0)).log().mean(),
                                     -((v.y * v.p).sum(0)).log().sum() / v.N],
      "The samples were added up before the logarithm: one number a class is left.",
      "Each sample has a cost of its own; then average."),
)  # fmt: skip


def drawn(N: int, D: int, H: int, seed: int, dtype: torch.dtype = torch.float64) -> Values:
    """Probabilities of N samples for H classes, and one-hot labels; some samples are wrong."""
    p = table(torch.Generator().manual_seed(60 + seed), N, H, dtype=dtype).softmax(1)
    y = one_hot(N, H, seed, dtype)
    return Values(p=p, y=y, cost=_cost(p, y, len(p)), p_y=(p - y) / N, N=N, D=D, H=H, rate=0.7)


def _cost(p: torch.Tensor, y: torch.Tensor, N: int) -> torch.Tensor:
    return -torch.where(y == 0, 0.0, y * p.log()).sum() / N


def certain(*rows: tuple[float, ...], right: tuple[int, ...]) -> Values:
    """Answers of exactly 0 and 1."""
    p = torch.tensor(rows, dtype=torch.float64)
    y = torch.nn.functional.one_hot(torch.tensor(right), p.shape[1]).double()
    return drawn(len(p), 1, p.shape[1], 0).but(
        p=p, y=y, cost=_cost(p, y, len(p)), p_y=(p - y) / len(p)
    )


def _costs_nothing(results: Results, v: Values) -> bool:
    return bool(results["cost"].abs() < 1e-3)


def _costs_a_lot(results: Results, v: Values) -> bool:
    return bool(results["cost"] > 2.0)


_LOG_0 = (
    "One thing to know: where a probability is exactly 0 it gives no finite number, because of "
    "the logarithm of 0. Notebook 04 shows remedies."
)
_REFUSAL = "It is right for answers between 0 and 1, but where p is exactly 0 or 1 and {0} it "
_REFUSAL += "gives {{came:.4g}}."

TASK = Task(
    check="check_cross_entropy",
    arguments={"p": "p", "y": "y"},
    quantities=(
        Quantity("cost", "one number", "cost",
                 "With a third for each of three classes the cost should be ln 3 = 1.0986, "
                 "whatever the labels are.", COST, lambda v: _cost(v.p, v.y, v.N)),
    ),
    section="notebook 10",
    sums=True,
    scalar=True,
    cases=(drawn(5, 3, 4, 1), drawn(7, 2, 6, 2), drawn(8, 4, 3, 3)),
    twin=drawn(5, 3, 4, 7),
    probes=(
        Probe(lambda: certain((1.0, 0.0, 0.0), (0.0, 0.0, 1.0), right=(0, 2)), _LOG_0,
              "certain-answers", _REFUSAL.format("right"), agrees=_costs_nothing),
        Probe(lambda: certain((1.0, 0.0, 0.0), (0.0, 0.0, 1.0), right=(1, 2)), _LOG_0,
              "certain-answers", _REFUSAL.format("wrong"), agrees=_costs_a_lot),
        *usual_probes(drawn, single_row=False),
    ),
)  # fmt: skip
