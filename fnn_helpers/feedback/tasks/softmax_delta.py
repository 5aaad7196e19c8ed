"""The output delta of the mean cross-entropy behind a softmax."""

import torch

from ..quantity import Mistake, Probe, Quantity, Task
from ..steps import Values
from .cross_entropy import certain, drawn
from .probes import usual_probes

DELTA = (
    Mistake("averaged-over-classes", lambda v: v.p_y / v.p.shape[1],
      "It is divided by the number of classes too: the mean is that of the rows.",
      "How many numbers is the mean cost the mean of?"),
    Mistake("extra-slope", lambda v: v.p_y * v.p * (1 - v.p),
      "p − y is multiplied by p(1 − p). Behind a softmax, with this cost, that has cancelled.",
      "Divide yours by p − y, entry by entry: which factor is left?"),
    Mistake("slope-missing", lambda v: -v.y / v.p / v.N,
      "This is the derivative for p. The step back through the softmax is missing.",
      "A score moves all probabilities of its row."),
    Mistake("zeros-forgotten", lambda v: v.y * (v.p - 1) / v.N,
      "Only the right class has a delta. The others' scores move its probability too: as if the "
      "softmax took each score by itself.",
      "Each row of the delta should add up to 0."),
    Mistake("ones-forgotten", lambda v: (1 - v.y) * v.p / v.N,
      "The right class has a delta of 0.", "Each row of the delta should add up to 0."),
    Mistake("binary-derivative",
      lambda v: [(v.p - v.y) / (v.p * (1 - v.p)) / v.N, (-v.y / v.p + (1 - v.y) / (1 - v.p)) / v.N],
      "This is the derivative of the cost of two classes for p.",
      "Only the probability of the class that is right counts in this cost."),
    Mistake("only-the-prediction", lambda v: v.p / v.N, "The labels do not occur in it.",
      "For a perfect answer the delta is 0."),
    Mistake("only-the-label", lambda v: [-v.y / v.N], "The probabilities do not occur in it.",
      "For a perfect answer the delta is 0."),
    Mistake("labels-plus", lambda v: (v.p + v.y) / v.N,
      "The label is added where it should be subtracted.", "For a perfect answer the delta is 0."),
    Mistake("squared", lambda v: v.p_y**2 * v.N,
      "The difference is squared: that is a cost, not its slope.", "A slope can be negative."),
    Mistake("absolute", lambda v: v.p_y.abs(), "The sign of the difference is lost.",
      "For the right class the delta is negative."),
    Mistake("sign-only", lambda v: v.p_y.sign() / v.N,
      "Only the sign of the difference is left.", "How wrong an answer is matters too."),
    Mistake("thresholded", lambda v: [(_hard(v) - v.y) / v.N, (v.p.round() - v.y) / v.N],
      "p was rounded to 0 or 1 first.", "Use the probability itself."),
    Mistake("cost-not-slope", lambda v: -v.y * v.p.log() / v.N,
      "This is the cost of each entry, not its derivative.", "A slope can be negative."),
    Mistake("softmax-again", lambda v: (v.p.softmax(1) - v.y) / v.N,
      "A softmax is applied to p, whose rows are already probabilities.",
      "Each row of p adds up to 1."),
    Mistake("slope-only", lambda v: v.p * (1 - v.p) / v.N,
      "This is only p(1 − p): the label does not occur in it.",
      "For a perfect answer the delta is 0."),
    Mistake("squared-error-delta",
      lambda v: v.p * (v.p_y - (v.p_y * v.p).sum(1, keepdim=True)),
      "This is the delta of half the squared error behind a softmax.",
      "Begin with the derivative of −ln p of the right class."),
    Mistake("labels-swapped", lambda v: (v.p - (1 - v.y)) / v.N,
      "This is the delta for the opposite labels.", "y is 1 for the class that is right."),
    Mistake("averaged-away",
      lambda v: [v.p_y.sum(0), v.p_y.sum(0, keepdim=True), (v.p - v.y).mean(), v.p_y.sum(1),
                 v.p_y.sum(1, keepdim=True)],
      "Entries were added up. Each sample has a delta for each class: N × K.",
      "The mean of the cost only divides by N; it does not add the deltas."),
    Mistake("missing-parentheses", lambda v: [v.p - v.y / v.N, v.y - v.p / v.N],
      "Parentheses are missing: the division reaches only the last term.",
      "Compute one entry by hand, in the order in which Python does."),
    Mistake("transposed", lambda v: v.p_y.T, "It is transposed: K × N where the scores are N × K.",
      "A gradient has the shape of what it is the gradient of."),
)  # fmt: skip


def _hard(v: Values) -> torch.Tensor:
    return (v.p == v.p.amax(1, keepdim=True)).to(v.p.dtype)


TASK = Task(
    check="check_softmax_delta",
    arguments={"p": "p", "y": "y"},
    quantities=(
        Quantity("dC_dz", "N × K", "p_y",
                 "For one single sample of the second of three classes and p = (0.2, 0.5, 0.3) it "
                 "should be (0.2, −0.5, 0.3).", DELTA, lambda v: (v.p - v.y) / v.N),
    ),
    section="notebook 10",
    sums=True,
    cases=(drawn(5, 3, 4, 1), drawn(7, 2, 6, 2), drawn(8, 4, 3, 3)),
    twin=drawn(5, 3, 4, 4),
    probes=(
        Probe(lambda: certain((1.0, 0.0, 0.0), (0.0, 0.0, 1.0), right=(1, 2)),
              "One thing to know: where p is exactly 0 or 1 it gives no number.",
              "certain-answers",
              "It is right for answers between 0 and 1, but where p is exactly 0 or 1 it gives "
              "{came:.4g} where {right:.4g} belongs."),
        *usual_probes(drawn, single_row=False),
    ),
)  # fmt: skip
