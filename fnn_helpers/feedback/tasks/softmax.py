"""The softmax, by rows."""

import torch

from ..diagnose.evidence import Evidence, Hypotheses, Hypothesis
from ..diagnose.scales import factor
from ..quantity import Mistake, Probe, Quantity, Task
from ..steps import Values, table
from .probes import usual_probes
from .sigmoid import σ


def _over(z: torch.Tensor, axis: int) -> torch.Tensor:
    return torch.softmax(z, axis)


SOFTMAX = (
    Mistake("not-normalised", lambda v: [v.z.exp(), (v.z - v.z.amax(1, keepdim=True)).exp()],
      ("These are the powers of e: they are not divided by their sum.",
       "The largest of each row is 1: the powers of e are not divided by their sum."),
      "Each row should add up to 1."),
    Mistake("normalised-over-all", lambda v: _over(v.z.flatten(), 0).reshape(v.z.shape),
      "The powers were divided by the sum of the whole table.", "Each row should add up to 1."),
    Mistake("normalised-over-columns", lambda v: _over(v.z, 0),
      "The columns add up to 1. Each row, one sample, should.",
      "Over which axis does your sum run?"),
    Mistake("sigmoid", lambda v: [σ(v.z), σ(v.z) / σ(v.z).sum(1, keepdim=True)],
      "This is the sigmoid of each entry: an answer for each class alone.",
      "Each row should add up to 1, and only differences within a row count."),
    Mistake("exponential-missing",
      lambda v: [v.z / v.z.sum(1, keepdim=True), v.z.abs() / v.z.abs().sum(1, keepdim=True),
                 v.z / v.z.norm(dim=1, keepdim=True),
                 (v.z - v.z.amin(1, keepdim=True))
                 / (v.z - v.z.amin(1, keepdim=True)).sum(1, keepdim=True)],
      "The scores themselves are divided by their sum: the powers of e are missing.",
      "A score may be negative; a probability may not."),
    Mistake("divided-by-scores", lambda v: [v.z.exp() / v.z.sum(1, keepdim=True),
                                            v.z.exp() / v.z.sum(1, keepdim=True).exp()],
      "The powers of e are divided by something made of the sum of the scores.",
      "Sum what you have made, so that each row adds up to 1."),
    Mistake("logarithm", lambda v: v.z.log_softmax(1),
      "This is the logarithm of the softmax: it is never positive.",
      "Each row should add up to 1."),
    Mistake("sign", lambda v: _over(-v.z, 1),
      "The sign of the scores is turned round: the largest score gets the smallest share.",
      "Which class should get most?"),
    Mistake("hard", lambda v: (v.z == v.z.amax(1, keepdim=True)).double(),
      "Only the largest counts: 1 for it and 0 for the others.",
      "Soft means that the others keep a share."),
    Mistake("softmax-twice", lambda v: _over(_over(v.z, 1), 1),
      "The softmax is applied twice.", "The second one has probabilities for scores."),
    Mistake("averaged", lambda v: v.z.exp() / v.z.exp().mean(1, keepdim=True),
      "It is divided by the mean of the powers; their sum belongs there.",
      "Each row should add up to 1."),
    Mistake("norm-for-sum", lambda v: v.z.exp() / v.z.exp().norm(dim=1, keepdim=True),
      "It is divided by the root of the sum of squares; the plain sum belongs there.",
      "Each row should add up to 1."),
    Mistake("squared", lambda v: [v.z**2 / (v.z**2).sum(1, keepdim=True),
                                  (v.z**2).softmax(1)],
      "The scores are squared: their signs are lost.", "Which class should get most?"),
    Mistake("absolute", lambda v: v.z.abs().softmax(1),
      "The scores lost their signs.", "Which class should get most?"),
    Mistake("max-subtracted-from-some",
      lambda v: [(v.z - v.z.amax(1, keepdim=True)).exp() / v.z.exp().sum(1, keepdim=True),
                 v.z.exp() / (v.z - v.z.amax(1, keepdim=True)).exp().sum(1, keepdim=True)],
      "The largest score was subtracted above the line or below it, not in both places.",
      "Use the same powers in both places."),
    Mistake("max-subtracted-too-late",
      lambda v: [v.z.exp() - v.z.amax(1, keepdim=True),
                 (v.z.exp() - v.z.exp().amax(1, keepdim=True)) / v.z.exp().sum(1, keepdim=True),
                 v.z.exp() / v.z.exp().sum(1, keepdim=True) - v.z.amax(1, keepdim=True)],
      "The largest was subtracted from the powers; it belongs to the scores, before e.",
      "Subtracting from all scores changes no share; subtracting from powers does."),
    Mistake("one-left-out", lambda v: v.z.exp() / (1 + v.z.exp().sum(1, keepdim=True)),
      "There is 1 too much in the sum, as if another class had a score of 0.",
      "Each row should add up to 1."),
)  # fmt: skip


def _base(evidence: Evidence) -> Hypotheses:
    """A power of another number than e: all logarithms are the same multiple of the scores."""
    mine, v = evidence.mine[0], evidence.cases[0]
    if mine.shape != v.z.shape or not (mine > 0).all():
        return

    def centred(t: torch.Tensor) -> torch.Tensor:
        return t - t.mean(1, keepdim=True)

    k = factor(centred(mine.log()), centred(v.z), 1e-6)
    if k is not None and k > 0:
        about = {"size": k, "base": float(torch.tensor(k).exp())}
        yield Hypothesis("base-two", lambda v: (k * v.z).softmax(1), about)


def drawn(N: int, D: int, H: int, seed: int, dtype: torch.dtype = torch.float64) -> Values:
    """Scores of N samples for H classes."""
    z = 1.5 * table(torch.Generator().manual_seed(40 + seed), N, H, dtype=dtype)
    return Values(z=z, p=z.softmax(1), N=N, D=D, H=H, rate=0.7, y=torch.zeros(1))


def _large(least: float) -> Values:
    z = torch.tensor([[0.0, 1.0, 2.0], [-1.0, 0.5, 0.0]], dtype=torch.float64) + least
    return drawn(2, 1, 3, 0).but(z=z, p=z.softmax(1))


_OVERFLOWS = (
    "One thing to know: for scores near {size:g} it gives no number: e to that power is too "
    "{how}. Subtracting the largest score of each row changes nothing else."
)

TASK = Task(
    check="check_softmax",
    arguments={"z": "z"},
    quantities=(
        Quantity("p", "N × K", "p",
                 "Three equal scores should give one third each, and each row should add up to 1.",
                 SOFTMAX, lambda v: v.z.softmax(1)),
    ),
    section="notebook 10",
    scales=False,
    cases=(drawn(5, 3, 4, 1), drawn(7, 2, 6, 2), drawn(4, 4, 3, 3)),
    twin=drawn(5, 3, 4, 4),
    probes=(
        *(Probe(lambda least=size: _large(least), _OVERFLOWS.format(size=size, how=how),
                "far-from-zero",
                "It is right for small scores, but for scores near " f"{size:g}"
                " it gives {came:.4g} where {right:.4g} belongs. What limits the numbers?")
          for size, how in ((1000.0, "large"), (-1000.0, "small"))),
        *usual_probes(drawn),
    ),
    guesses=(_base,),
)  # fmt: skip
