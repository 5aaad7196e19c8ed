"""The forward pass."""

from ..diagnose.evidence import Evidence, Hypotheses
from ..diagnose.patterns import inner
from ..quantity import Mistake, Probe, Quantity, Task
from ..steps import CASES, Values, follow
from .probes import usual_probes
from .sigmoid import activation_mistakes, σ

Z1 = (
    Mistake("activation-too-early",
      lambda v: v.a1, "z1 is taken before the sigmoid; this is after it.",
      "Return both, z1 and a1."),
    Mistake("bias-added", lambda v: v.z1 + 1, "One was added. This network has no biases.",
      "z1 is a product of two matrices and nothing else."),
    Mistake("weights-squared", lambda v: v.X @ v.w1**2, "The weights are squared.",
      "z1 is a product of two matrices and nothing else."),
    Mistake("absolute-weights", lambda v: v.X @ v.w1.abs(), "The weights lost their signs.",
      "z1 is a product of two matrices and nothing else."),
)  # fmt: skip

A1 = activation_mistakes(lambda v: v.z1)

Z2 = (
    Mistake("z1-for-a1", lambda v: v.z1 @ v.w2,
      "The second layer got z1, before the sigmoid. It should see the activation a1.",
      "What comes out of the hidden layer is taken after its sigmoid."),
    Mistake("activation-too-early",
      lambda v: v.y_hat, "z2 is before the last sigmoid; this is after it.",
      "Return both, z2 and y_hat."),
    Mistake("bias-added", lambda v: v.z2 + 1, "One was added. This network has no biases.",
      "z2 is a product of two matrices and nothing else."),
    Mistake("activation-twice", lambda v: σ(v.a1) @ v.w2,
      "The sigmoid was applied to a1 again before the second product.",
      "a1 is an activation already."),
    Mistake("divided-by-units", lambda v: v.z2 / v.H,
      "The products are averaged over the hidden units; they are added up.",
      "A matrix product adds: what divides in yours?"),
    Mistake("unweighted-sum", lambda v: v.a1.sum(1, keepdim=True),
      "The activations are added up without their weights.", "Where does w2 come in?"),
    Mistake("not-added-up", lambda v: v.a1 * v.w2.T,
      "The products are not added up: there is one number for each hidden unit.",
      "z2 has one number for each flower."),
)  # fmt: skip

Y_HAT = (
    *activation_mistakes(lambda v: v.z2),
    Mistake("sigmoid-of-a1", lambda v: σ(v.a1.mean(1, keepdim=True)),
      "The output is made from a1 without w2.", "y_hat is computed from z2."),
)  # fmt: skip


def _exponent(evidence: Evidence) -> Hypotheses:
    """The right curve, but of another multiple of z, or of z and something."""
    before = {"a1": lambda v: v.z1, "y_hat": lambda v: v.z2}
    if evidence.where in before:
        yield from inner(evidence, before[evidence.where])


def _large() -> Values:
    return follow(CASES[0].but(w1=CASES[0].w1 * 1000))


TASK = Task(
    check="check_forward",
    arguments={"X": "X", "w1": "w1", "w2": "w2"},
    quantities=(
        Quantity("z1", "N × H", "z1",
                 "Compute one entry with pencil and paper: one flower, one hidden unit.", Z1),
        Quantity("a1", "N × H", "a1",
                 "All entries should lie between 0 and 1, and be 0.5 where z1 is 0.", A1),
        Quantity("z2", "N × 1", "z2",
                 "Compute one entry with pencil and paper, from one flower's activations.", Z2),
        Quantity("y_hat", "N × 1", "y_hat",
                 "All entries should lie between 0 and 1, and be above 0.5 just where z2 is "
                 "positive.", Y_HAT),
    ),
    section="notebook 03, The same as matrices",
    probes=(
        Probe(_large, "One thing to know: for weights so large that z is about ±1000 it gives no "
              "number, because a power of e overflows. Notebook 02 shows the form that never "
              "does.", "far-from-zero",
              "It is right for small weights, but for large ones it gives {came:.4g} where "
              "{right:.4g} belongs. What limits the numbers on the way?", at_least=1.0),
        *usual_probes(),
    ),
    guesses=(_exponent,),
)  # fmt: skip
