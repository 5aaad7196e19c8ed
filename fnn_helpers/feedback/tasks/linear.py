"""A linear layer's way back: to its input, its weights and its bias."""

import torch

from ..quantity import Mistake, Quantity, Task
from ..steps import Make, Values, table
from .probes import usual_probes


def bias_mistakes(delta: Make) -> tuple[Mistake, ...]:
    """How the gradient of a bias goes wrong, given the deltas that come back to it."""
    return (
        Mistake("averaged-over-rows", lambda v: [delta(v).mean(0, keepdim=True), delta(v).mean(0)],
          "The rows were averaged; what comes back to a bias from the samples adds up.",
          "The deltas already hold the 1/N of the mean."),
        Mistake("summed-over-columns",
          lambda v: [delta(v).sum(1, keepdim=True), delta(v).sum(1), delta(v).sum(1)[None]],
          "The columns were added up: that is one number a sample. A bias has one a unit.",
          "A gradient has the shape of what it is the gradient of."),
        Mistake("batch-not-summed", lambda v: delta(v),
          "These are the deltas: the samples are not added up.",
          "One bias is used by every sample: what comes back from them?"),
        Mistake("collapsed", lambda v: [delta(v).sum(), delta(v).mean()],
          "Everything was added up into one number; each unit has a bias of its own.",
          "A gradient has the shape of what it is the gradient of."),
        Mistake("last-sample-only", lambda v: [delta(v)[-1:], delta(v)[-1]],
          "Only the last sample counts.",
          "Look for a single = in the loop: what happens to the value before?"),
        Mistake("first-sample-only", lambda v: [delta(v)[:1], delta(v)[0]],
          "Only the first sample counts.", "One bias is used by every sample."),
        Mistake("all-ones", lambda v: torch.ones_like(delta(v)[:1]),
          "This is the derivative of the output for the bias. What comes back is missing.",
          "The chain rule multiplies it by d_out, and the samples add."),
        Mistake("transposed", lambda v: delta(v).sum(0).reshape(-1, 1),
          "It is transposed: a column where the bias is a row.",
          "A gradient has the shape of what it is the gradient of."),
    )  # fmt: skip


D_X = (
    Mistake("transposed", lambda v: v.d_x.T, "It is transposed: D × N where x is N × D.",
      "A gradient has the shape of what it is the gradient of."),
    Mistake("input-multiplied", lambda v: v.d_x * v.x,
      "The input is multiplied in. x w is linear in x: its derivative does not contain x.",
      "What is the derivative of x · w for x?"),
    Mistake("slope-too-early", lambda v: [v.d_x * v.x * (1 - v.x), v.d_x * (1 - v.x**2)],
      "A slope is multiplied in. That belongs to the activation before this layer.",
      "A linear layer has no curve: which factor does it have?"),
    Mistake("weights-squared", lambda v: v.d_out @ (v.w.T**2),
      "The weights are squared.", "The output contains each weight once."),
    Mistake("absolute-weights", lambda v: v.d_out @ v.w.T.abs(),
      "The weights lost their signs.",
      "What does a negative weight do to the output when its input grows?"),
    Mistake("gradient-for-weights", lambda v: v.d_out @ v.d_w.T,
      "The gradient of w stands where w itself should.",
      "Which number multiplied x in the forward pass?"),
    Mistake("delta-forgotten",
      lambda v: [v.w.sum(1).expand(v.x.shape), v.w.sum(1), v.w.sum(1, keepdim=True).T],
      "d_out does not occur in it: every sample gets the same values.",
      "Where nothing comes back, nothing goes on."),
    Mistake("weights-forgotten",
      lambda v: [v.d_out.sum(1, keepdim=True).expand(v.x.shape), v.d_out.sum(1, keepdim=True)],
      "The weights do not occur in it: every input gets the same value.",
      "How much of the output does an input make? It depends on its weights."),
    Mistake("batch-summed", lambda v: [v.d_x.sum(0), v.d_x.sum(0, keepdim=True), v.d_x.mean(0)],
      "The samples were added up. Each has an input of its own: N × D.",
      "Only at weights and biases the samples are added."),
    Mistake("passed-on", lambda v: v.d_out,
      "This is d_out itself: the step back through the weights is missing.",
      "A gradient has the shape of what it is the gradient of."),
    Mistake("forward-again", lambda v: [v.x @ v.w, v.x @ v.w @ v.w.T],
      "This computes forward: d_out does not occur in it.",
      "Where nothing comes back, nothing goes on."),
)  # fmt: skip

D_W = (
    Mistake("transposed", lambda v: v.d_w.T, "It is transposed: H × D where w is D × H.",
      "A gradient has the shape of what it is the gradient of."),
    Mistake("batch-not-summed", lambda v: v.x[:, :, None] * v.d_out[:, None, :],
      "The samples are not added up: one matrix a sample is left.",
      "A weight is used by every sample; its effects add up."),
    Mistake("last-sample-only", lambda v: v.x[-1:].T @ v.d_out[-1:],
      "Only the last sample counts: a loop that overwrites where it should add.",
      "Look for a single = in the loop: what happens to the value before?"),
    Mistake("first-sample-only", lambda v: v.x[:1].T @ v.d_out[:1],
      "Only the first sample counts.", "The effects of all samples add up."),
    Mistake("sample-missing", lambda v: [v.x[:-1].T @ v.d_out[:-1], v.x[1:].T @ v.d_out[1:]],
      "One sample is left out: a loop that ends too early or begins too late.",
      "How many numbers does your range give?"),
    Mistake("collapsed", lambda v: [v.d_w.sum(), v.d_w.mean(), v.d_w.sum(0), v.d_w.sum(1),
                                    v.d_w.mean(0), v.d_w.mean(1)],
      "Slopes of different weights were added up; each weight has its own.",
      "A gradient has the shape of what it is the gradient of."),
    Mistake("inputs-forgotten",
      lambda v: [v.d_out.sum(0, keepdim=True).expand(v.w.shape), v.d_out.sum(0),
                 v.d_out.sum(0, keepdim=True)],
      "The inputs do not occur in it: every input gets the same slopes.",
      "Each weight's slope is weighted by the input that came into it."),
    Mistake("delta-forgotten", lambda v: v.x.sum(0).reshape(-1, 1).expand(v.w.shape),
      "d_out does not occur in it: every unit gets the same slopes.",
      "Where nothing comes back, nothing has to move."),
    Mistake("weights-multiplied", lambda v: v.w * v.d_w,
      "The gradient is multiplied by the weight itself.",
      "x w is linear in w: its derivative for w does not contain w."),
    Mistake("output-for-input", lambda v: (v.x @ v.w).T @ v.d_out,
      "The layer's output stands where its input should.",
      "What came into w in the forward pass?"),
    Mistake("squared-inputs", lambda v: (v.x**2).T @ v.d_out,
      "The inputs are squared.", "The output contains each input once."),
    Mistake("absolute-inputs", lambda v: v.x.abs().T @ v.d_out,
      "The inputs lost their signs.", "What does a larger weight do to a negative input's output?"),
    Mistake("slope-too-early",
      lambda v: [(v.x * (1 - v.x)).T @ v.d_out, (1 - v.x**2).T @ v.d_out],
      "A slope is used; at the weights it is the input itself.",
      "A linear layer has no curve: which factor does it have?"),
)  # fmt: skip


def drawn(N: int, D: int, H: int, seed: int, dtype: torch.dtype = torch.float64) -> Values:
    """A layer with D inputs and H outputs, and what comes back to it."""
    generator = torch.Generator().manual_seed(20 + seed)
    x, w, d_out = (table(generator, *s, dtype=dtype) for s in ((N, D), (D, H), (N, H)))
    return Values(
        x=x, w=w, d_out=d_out, d_x=d_out @ w.T, d_w=x.T @ d_out, d_b=d_out.sum(0, keepdim=True),
        N=N, D=D, H=H, rate=0.7, y=torch.zeros(1),
    )  # fmt: skip


_POKE = (
    "Add 0.001 to one entry of {0}, compute (d_out * (x @ w + b)).sum() before and after: the "
    "difference, divided by 0.001, should be that entry of yours."
)

TASK = Task(
    check="check_linear_backward",
    arguments={"x": "x", "w": "w", "d_out": "d_out"},
    quantities=(
        Quantity("d_x", "N × D", "d_x", _POKE.format("x"), D_X, lambda v: v.d_out @ v.w.T),
        Quantity("d_w", "D × H", "d_w", _POKE.format("w"), D_W, lambda v: v.x.T @ v.d_out),
        Quantity("d_b", "1 × H", "d_b", _POKE.format("b"), bias_mistakes(lambda v: v.d_out),
                 lambda v: v.d_out.sum(0, keepdim=True)),
    ),
    section="notebook 09",
    sums=True,
    cases=(drawn(5, 3, 4, 1), drawn(7, 2, 6, 2), drawn(3, 4, 5, 3)),
    twin=drawn(5, 3, 4, 4),
    probes=usual_probes(drawn),
)  # fmt: skip
