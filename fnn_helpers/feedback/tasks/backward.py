"""The backward pass: five gradients, in the order of the chain."""

from ..diagnose.evidence import Evidence, Hypotheses, Hypothesis
from ..diagnose.scales import near
from ..quantity import Mistake, Probe, Quantity, Results, Task
from ..steps import Values, draw, follow
from .delta import OUTPUT_DELTA, certain
from .probes import usual_probes
from .sigmoid import σ

DC_DW2 = (
    Mistake("z1-for-a1", lambda v: v.z1.T @ v.dC_dz2,
      "z1 stands where the activation a1 should.",
      "What came into w2 in the forward pass, before or after the sigmoid?"),
    Mistake("X-for-a1", lambda v: v.X.T @ v.dC_dz2,
      "X stands where a1 should: it did not come into w2.",
      "What came into w2 in the forward pass?"),
    Mistake("transposed", lambda v: v.dC_dw2.T, "It is transposed: 1 × H where w2 is H × 1.",
      "A gradient has the shape of what it is the gradient of."),
    Mistake("summed-elementwise", lambda v: (v.a1 * v.dC_dz2).sum(0),
      "The numbers are right, but flat: shape (H,) where w2 is H × 1. An update would broadcast.",
      "A matrix product keeps the second axis."),
    Mistake("collapsed", lambda v: [(v.a1 * v.dC_dz2).mean(), (v.a1 * v.dC_dz2).sum()],
      "Everything was added up into one number; each weight has its own slope.",
      "A gradient has the shape of what it is the gradient of."),
    Mistake("batch-not-summed", lambda v: v.a1 * v.dC_dz2,
      "The flowers are not added up: one row a flower is left.",
      "A weight is used by every flower; its effects add up."),
    Mistake("last-sample-only", lambda v: v.a1[-1:].T @ v.dC_dz2[-1:],
      "Only the last flower counts: a loop that overwrites where it should add.",
      "Look for a single = in the loop: what happens to the value before?"),
    Mistake("first-sample-only", lambda v: v.a1[:1].T @ v.dC_dz2[:1],
      "Only the first flower counts.", "The effects of all flowers add up."),
    Mistake("slope-at-weights", lambda v: (v.a1 * (1 - v.a1)).T @ v.dC_dz2,
      "The slope of the hidden sigmoid is used; at the weights it is the activation itself.",
      "z2 is a1 times w2: what is its derivative for w2?"),
    Mistake("weights-multiplied", lambda v: v.w2 * (v.a1.T @ v.dC_dz2),
      "The gradient is multiplied by the weight itself.",
      "z2 is linear in w2: its derivative for w2 does not contain w2."),
    Mistake("activation-forgotten", lambda v: v.dC_dz2.sum().expand(v.w2.shape),
      "The deltas are added up without the activations: every weight gets the same slope.",
      "Each weight's slope is weighted by the activation that came into it."),
    Mistake("prediction-for-delta", lambda v: v.a1.T @ (v.y_hat / v.N),
      "ŷ stands where the delta should.",
      "For perfect answers this gradient is 0."),
    Mistake("sample-missing", lambda v: [v.a1[:-1].T @ v.dC_dz2[:-1], v.a1[1:].T @ v.dC_dz2[1:]],
      "One flower is left out: a loop that ends too early or begins too late.",
      "How many numbers does your range give?"),
    Mistake("output-slope", lambda v: v.a1.T @ (v.dC_dz2 * v.y_hat * (1 - v.y_hat)),
      "The slope of the output sigmoid is multiplied in.",
      "What stands between dC_dz2 and w2?"),
)  # fmt: skip

DC_DA1 = (
    Mistake("w2-omitted", lambda v: [v.dC_dz2, v.dC_dz2.expand(v.a1.shape)],
      "w2 does not occur in it: every unit gets the same value.",
      "How much of z2 does a unit's activation make? It depends on its weight."),
    Mistake("transposed", lambda v: v.dC_da1.T, "It is transposed: H × N where a1 is N × H.",
      "A gradient has the shape of what it is the gradient of."),
    Mistake("slope-too-early", lambda v: v.dC_dz1,
      "The slope of the hidden sigmoid is already in it. That is the next step, dC_dz1.",
      "dC_da1 stops just after the sigmoid, on the way back."),
    Mistake("activation-multiplied", lambda v: [v.dC_da1 * v.a1, v.dC_dz2 * v.a1],
      "The activation is multiplied in. z2 is linear in a1: its derivative does not contain a1.",
      "What is the derivative of a1 · w2 for a1?"),
    Mistake("weights-squared", lambda v: v.dC_dz2 @ (v.w2.T**2),
      "The weights are squared.", "z2 contains w2 once."),
    Mistake("absolute-weights", lambda v: v.dC_dz2 @ v.w2.T.abs(),
      "The weights lost their signs.",
      "What does a negative weight do to z2 when its activation grows?"),
    Mistake("divided-by-weights", lambda v: v.dC_dz2 / v.w2.T,
      "It is divided by the weights where they should multiply.",
      "What is the derivative of a1 · w2 for a1?"),
    Mistake("gradient-for-weights", lambda v: v.dC_dz2 @ v.dC_dw2.T,
      "The gradient of w2 stands where w2 itself should.",
      "Which number multiplied a1 in the forward pass?"),
    Mistake("batch-summed",
      lambda v: [v.dC_da1.sum(0), v.dC_da1.sum(0, keepdim=True), v.dC_da1.mean(0)],
      "The flowers were added up. Each flower has activations of its own: N × H.",
      "Only at the weights the flowers are added."),
    Mistake("softened-weights", lambda v: v.dC_dz2 @ σ(v.w2.T),
      "A sigmoid is applied to the weights.", "Which number multiplied a1 in the forward pass?"),
    Mistake("output-slope", lambda v: (v.dC_dz2 * v.y_hat * (1 - v.y_hat)) @ v.w2.T,
      "The slope of the output sigmoid is multiplied in.", "dC_dz2 is already behind the sigmoid."),
    Mistake("delta-forgotten", lambda v: [v.w2.T.expand(v.a1.shape), v.w2.T],
      "The delta does not occur in it: every flower gets the same values.",
      "For a perfect answer everything on the way back is 0."),
    Mistake("prediction-for-delta", lambda v: v.y_hat @ v.w2.T / v.N,
      "ŷ stands where the delta should.", "For a perfect answer everything on the way back is 0."),
)  # fmt: skip

DC_DZ1 = (
    Mistake("slope-missing", lambda v: v.dC_da1,
      "The step back through the hidden sigmoid is missing: this is still dC_da1.",
      "From a1 to z1 the chain rule multiplies by a slope."),
    Mistake("slope-twice", lambda v: v.dC_da1 * (v.a1 * (1 - v.a1)) ** 2,
      "The slope of the hidden sigmoid is multiplied in twice.",
      "Divide yours by dC_da1: no entry should be below the smallest slope."),
    Mistake("slope-of-pre-activation", lambda v: v.dC_da1 * v.z1 * (1 - v.z1),
      "The slope s(1 − s) was given z1, before the sigmoid.",
      "A slope of the sigmoid is never negative."),
    Mistake("slope-of-activation", lambda v: v.dC_da1 * σ(v.a1) * (1 - σ(v.a1)),
      "The slope applies the sigmoid to a1, which is already an activation.",
      "Divide yours by dC_da1: all ratios lie between 0.196 and 0.25."),
    Mistake("tanh-slope", lambda v: v.dC_da1 * (1 - v.a1**2),
      "1 − a² is the slope of tanh.", "The hidden units are sigmoids."),
    Mistake("half-slope-a", lambda v: v.dC_da1 * v.a1,
      "Only the factor a of the slope is there.", "A slope has two factors."),
    Mistake("half-slope-one-minus-a", lambda v: v.dC_da1 * (1 - v.a1),
      "Only the factor 1 − a of the slope is there.", "A slope has two factors."),
    Mistake("output-slope", lambda v: v.dC_da1 * v.y_hat * (1 - v.y_hat),
      "This is the slope of the output unit; here it is the hidden units' slopes.",
      "Which sigmoid lies between a1 and z1?"),
    Mistake("slope-of-gradient", lambda v: σ(v.dC_da1) * (1 - σ(v.dC_da1)),
      "The slope is taken at the gradient that comes back, and nothing is multiplied.",
      "At which number is the slope of the hidden sigmoid taken?"),
    Mistake("half-reapplied",
      lambda v: [v.dC_da1 * v.a1 * (1 - σ(v.a1)), v.dC_da1 * σ(v.a1) * (1 - v.a1)],
      "In one factor of the slope the sigmoid is applied again: a1 is already σ(z1).",
      "At a = 0.5 both factors are one half."),
    Mistake("matmul-for-elementwise",
      lambda v: [v.dC_da1 @ v.slope.T, v.dC_da1.T @ v.slope, v.slope @ v.dC_da1.T],
      "This is a matrix product. The slope belongs to each entry by itself: N × H.",
      "Which sign multiplies entry by entry?"),
    Mistake("slope-only", lambda v: v.a1 * (1 - v.a1),
      "This is only the slope: what comes from dC_da1 is missing.",
      "The chain rule multiplies what came back with the slope."),
    Mistake("w2-omitted", lambda v: [v.dC_dz2 * v.a1 * (1 - v.a1), v.dC_dz2 * v.a1,
                              v.dC_dz2 * σ(v.a1) * (1 - σ(v.a1))],
      "w2 does not occur in it: the output delta was broadcast over the units.",
      "Start from dC_da1."),
    Mistake("plus-for-minus", lambda v: v.dC_da1 * v.a1 * (1 + v.a1),
      "The slope has a plus where a minus should be.",
      "Where a is almost 1 the curve is flat."),
    Mistake("divided-by-slope", lambda v: v.dC_da1 / (v.a1 * (1 - v.a1)),
      "It is divided by the slope where the chain rule multiplies.",
      "A flat sigmoid lets little through."),
    Mistake("transposed", lambda v: v.dC_dz1.T, "It is transposed: H × N where z1 is N × H.",
      "A gradient has the shape of what it is the gradient of."),
    Mistake("squared-activation", lambda v: [v.dC_da1 * v.a1**2, v.dC_da1 * (1 - v.a1) ** 2],
      "One factor of the slope is used twice: the two factors differ.",
      "The slope is the same at a and at 1 − a."),
    Mistake("missing-parentheses", lambda v: v.dC_da1 * v.a1 - v.a1,
      "Parentheses are missing: 1 − a is a difference, and the products are done before it.",
      "For a perfect answer everything on the way back is 0."),
    Mistake("added", lambda v: v.dC_da1 + v.a1 * (1 - v.a1),
      "What comes back and the slope are added.", "What does the chain rule do with its factors?"),
    Mistake("relu-slope", lambda v: v.dC_da1 * (v.z1 > 0),
      "This is the slope of max(0, z): 0 or 1.", "The hidden units are sigmoids."),
)  # fmt: skip

DC_DW1 = (
    Mistake("a1-for-X", lambda v: v.a1.T @ v.dC_dz1,
      "a1 stands where X should: the inputs came into w1.",
      "What came into w1 in the forward pass?"),
    Mistake("z1-for-X", lambda v: v.z1.T @ v.dC_dz1,
      "z1 stands where X should: the inputs came into w1.",
      "What came into w1 in the forward pass?"),
    Mistake("transposed", lambda v: v.dC_dw1.T, "It is transposed: H × D where w1 is D × H.",
      "A gradient has the shape of what it is the gradient of."),
    Mistake("before-the-slope", lambda v: v.X.T @ v.dC_da1,
      "dC_da1 stands where the hidden delta dC_dz1 should.",
      "w1 makes z1, so the delta at z1 counts."),
    Mistake("last-sample-only", lambda v: v.X[-1:].T @ v.dC_dz1[-1:],
      "Only the last flower counts: a loop that overwrites where it should add.",
      "Look for a single = in the loop: what happens to the value before?"),
    Mistake("first-sample-only", lambda v: v.X[:1].T @ v.dC_dz1[:1],
      "Only the first flower counts.", "The effects of all flowers add up."),
    Mistake("batch-not-summed", lambda v: v.X[:, :, None] * v.dC_dz1[:, None, :],
      "The flowers are not added up: one matrix a flower is left.",
      "A weight is used by every flower; its effects add up."),
    Mistake("collapsed",
      lambda v: [v.dC_dw1.sum(), v.dC_dw1.mean(), v.dC_dw1.sum(0), v.dC_dw1.mean(0),
                              v.dC_dw1.sum(1), v.dC_dw1.mean(1)],
      "Slopes of different weights were added up; each weight has its own.",
      "A gradient has the shape of what it is the gradient of."),
    Mistake("output-delta-for-hidden", lambda v: (v.X.T @ v.dC_dz2).expand(-1, v.a1.shape[1]),
      "The output delta stands where the hidden delta should.",
      "w1 makes z1, so the delta at z1 counts."),
    Mistake("output-delta-flat", lambda v: v.X.T @ v.dC_dz2,
      "The output delta stands where the hidden delta should: one column is left.",
      "w1 makes z1, so the delta at z1 counts."),
    Mistake("slope-twice", lambda v: v.X.T @ (v.dC_dz1 * v.a1 * (1 - v.a1)),
      "The hidden slope is multiplied in once more.",
      "dC_dz1 already contains the slope."),
    Mistake("inputs-forgotten", lambda v: [v.dC_dz1.sum(0, keepdim=True).expand(v.w1.shape),
                                    v.dC_dz1.sum(0), v.dC_dz1.sum(0, keepdim=True)],
      "The inputs do not occur in it: every input gets the same slopes.",
      "Each weight's slope is weighted by the input that came into it."),
    Mistake("w2-omitted", lambda v: v.X.T @ (v.dC_dz2 * v.a1 * (1 - v.a1)),
      "The hidden delta was computed anew, without w2.", "You have dC_dz1 already."),
    Mistake("slope-of-activation", lambda v: v.X.T @ (v.dC_da1 * σ(v.a1) * (1 - σ(v.a1))),
      "The hidden delta was computed anew, and its slope applies the sigmoid to a1.",
      "You have dC_dz1 already."),
    Mistake("sample-missing", lambda v: [v.X[:-1].T @ v.dC_dz1[:-1], v.X[1:].T @ v.dC_dz1[1:]],
      "One flower is left out: a loop that ends too early or begins too late.",
      "How many numbers does your range give?"),
)  # fmt: skip

_POKE = (
    "Add 0.001 to one entry of {0}, compute the cost before and after: the difference, divided "
    "by 0.001, should be that entry of yours."
)


def _w2_updated(evidence: Evidence) -> Hypotheses:
    """dC_da1 made with w2 − rate · dC_dw2, for whatever rate: w2 was updated too early."""
    if evidence.where != "dC_da1" or evidence.mine[0].shape != evidence.right[0].shape:
        return
    v, mine = evidence.cases[0], evidence.mine[0]
    used = (v.dC_dz2.T @ mine / (v.dC_dz2**2).sum()).T  # the w2 that makes it
    rate = ((v.w2 - used) * v.dC_dw2).sum() / (v.dC_dw2**2).sum()
    for other in (lambda v: rate, lambda v: rate * v.N / evidence.cases[0].N):
        yield Hypothesis(
            "w2-updated-first",
            lambda v, r=other: v.dC_dz2 @ (v.w2 - r(v) * v.dC_dw2).T,
        )


def _saturated() -> Values:
    v = certain()
    given = v.but(a1=(v.a1 > 0.5).double())
    return follow(given, {"a1": lambda _: given.a1, "y_hat": lambda _: given.y_hat})


def _adds_over_outputs(results: Results, v: Values) -> bool:
    delta, back = results["dC_dz2"], results["dC_da1"]
    return delta.shape == v.y.shape and near(back, delta @ v.w2.T, 1e-4)


ONE_OUTPUT = (
    "One thing to know: it fits one output. With more of them, what comes back from the outputs "
    "adds up: the matrix product @ does that, and * does not."
)


TASK = Task(
    check="check_backward",
    arguments={"X": "X", "y": "y", "w2": "w2", "a1": "a1", "y_hat": "y_hat"},
    quantities=(
        OUTPUT_DELTA,
        Quantity("dC_dw2", "H × 1", "dC_dw2", _POKE.format("w2"), DC_DW2),
        Quantity("dC_da1", "N × H", "dC_da1", _POKE.format("a1"), DC_DA1),
        Quantity("dC_dz1", "N × H", "dC_dz1", _POKE.format("z1"), DC_DZ1),
        Quantity("dC_dw1", "D × H", "dC_dw1", _POKE.format("w1"), DC_DW1),
    ),
    section="notebook 05, From one number to matrices",
    sums=True,
    probes=(
        Probe(
            _saturated,
            "One thing to know: for activations and answers of exactly 0 or 1 it gives no number.",
            "certain-answers",
            "It is right for activations in between, but where they are exactly 0 or 1 it gives "
            "{came:.4g} where {right:.4g} belongs.",
        ),
        *usual_probes(),
        Probe(
            lambda: draw(5, 3, 4, "1011000110", seed=8, outputs=2),
            ONE_OUTPUT,
            agrees=_adds_over_outputs,
        ),
    ),
    guesses=(_w2_updated,),
)
