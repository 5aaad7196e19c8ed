"""The table of mistakes, in the order of the chain: one record each.

A record says what the mistake is called, the wrong value it makes of a `Case`, why it is wrong,
and one hint of its own. To add one, add a line to the quantity it spoils: the tests then ask that
it is wrong, that no other record makes the same numbers, and that its hint is not the answer.
"""

from collections.abc import Callable
from dataclasses import dataclass

import torch

from .cases import CASES, Case

Wrong = torch.Tensor | list[torch.Tensor]


@dataclass(frozen=True)
class Mistake:
    """A way to be wrong: its name, the value or values it gives, why, and a hint."""

    name: str
    make: Callable[[Case], Wrong]
    why: str
    hint: str

    def makes(self) -> list[Callable[[Case], torch.Tensor]]:
        """One function for each value it can give."""
        count = len(self.values(CASES[0]))
        return [lambda case, i=i: self.values(case)[i] for i in range(count)]

    def values(self, case: Case) -> list[torch.Tensor]:
        """All values it can give for one case."""
        value = self.make(case)
        return value if isinstance(value, list) else [value]


def σ(z: torch.Tensor) -> torch.Tensor:
    return torch.sigmoid(z)


def M(name: str, make: Callable[[Case], Wrong], why: str, hint: str) -> Mistake:
    return Mistake(name, make, why, hint)


# --- any activation, from what it is given -----------------------------------------------------


def activation_mistakes(get: Callable[[Case], torch.Tensor]) -> tuple[Mistake, ...]:
    """Wrong sigmoids of the quantity that `get` takes from a case."""
    return (
        M("activation-missing", get,
          "These are the numbers that went in: the sigmoid is not applied.",
          "Values above 1 or below 0 cannot be activations."),
        M("wrong-sign-in-exponent", lambda c: σ(-get(c)),
          "It falls where the sigmoid rises: this is 1 − σ(z), the sign in the exponent is wrong.",
          "What should σ(z) be for a very large z, and what does e to the power z do there?"),
        M("missing-parentheses", lambda c: 1 + torch.exp(-get(c)),
          "This is 1 + e⁻ᶻ: the division 1/1 is done before the sum.",
          "Division binds tighter than the plus sign: which part must be computed first?"),
        M("times-z", lambda c: get(c) * σ(get(c)),
          "This is z · σ(z): the numerator must be 1.",
          "At z = 0 a sigmoid is one half, yours is 0."),
        M("tanh", lambda c: [torch.tanh(get(c)), torch.tanh(get(c) / 2)],
          "This is the hyperbolic tangent: it runs from −1 to 1, the sigmoid from 0 to 1.",
          "Which value should stand at z = 0?"),
        M("relu", lambda c: get(c).clamp(min=0),
          "This is max(0, z), another activation.",
          "A sigmoid never reaches 0 and never exceeds 1."),
        M("step-function", lambda c: (get(c) > 0).double(),
          "These are only 0 and 1: a hard step. Its slope is 0, so nothing could be learned.",
          "A sigmoid is a soft step: in between it takes every value."),
        M("slope-instead", lambda c: σ(get(c)) * (1 - σ(get(c))),
          "This is the slope of the sigmoid, not its value.",
          "The value at z = 0 is one half, the slope there one quarter."),
        M("applied-twice", lambda c: σ(σ(get(c))),
          "The sigmoid is applied to what is already an activation.",
          "After one sigmoid the values spread from 0 to 1; after two only from 0.5 to 0.73."),
        M("minus-in-denominator", lambda c: 1 / (1 - torch.exp(-get(c))),
          "The denominator has a minus where a plus should be.",
          "A denominator that can be 0 at z = 0 cannot be right."),
        M("exponential-only", lambda c: [torch.exp(get(c)), torch.exp(-get(c))],
          "This is only the exponential: nothing keeps it below 1.",
          "What is your value at z = 5? A probability stays below 1."),
        M("base-two", lambda c: [1 / (1 + 2.0 ** -get(c)), 1 / (1 + 10.0 ** -get(c))],
          "The base of the power is not e.",
          "The natural logarithm of the odds is z: which base undoes it?"),
        M("softmax", lambda c: [torch.softmax(get(c), dim=-1), torch.softmax(get(c), dim=0)],
          "This is softmax: it makes entries share one whole. Sigmoid works on each entry alone.",
          "Would your value for one entry change if its neighbour changed?"),
        M("softplus", lambda c: torch.nn.functional.softplus(get(c)),
          "This is ln(1 + eᶻ), whose slope is the sigmoid.",
          "There is no logarithm in the sigmoid."),
        M("straight-line", lambda c: [get(c) / 4 + 0.5, (get(c) / 6 + 0.5).clamp(0, 1),
                                      (get(c) / 5 + 0.5).clamp(0, 1)],
          "This is a straight piece, a rough replacement for the sigmoid.",
          "The curve needs an exponential."),
        M("twice-as-steep", lambda c: σ(2 * get(c)),
          "This is σ(2z): it rises twice as steeply.", "At z = 1 a sigmoid is 0.731, yours 0.881."),
        M("absolute-z", lambda c: [σ(get(c).abs()), σ(get(c) ** 2)],
          "The sign of z is lost: no value lies below one half.",
          "What should σ(z) be for a z far below 0?"),
        M("logarithm", lambda c: torch.nn.functional.logsigmoid(get(c)),
          "This is the logarithm of the sigmoid: it is never positive.",
          "There is no logarithm in the sigmoid."),
    )  # fmt: skip


# --- rows of unit length -----------------------------------------------------------------------


def _rows(c: Case, f: Callable[[torch.Tensor], torch.Tensor]) -> torch.Tensor:
    return c.X / f(c.X)


NORMALISE = (
    M("unchanged", lambda c: c.X, "These are the rows as they came.",
      "Every row has a length; divide by it."),
    M("divides-columns", lambda c: c.X / c.X.norm(dim=0),
      "Each column has length one now. It is the rows that should.",
      "A flower is a row: along which axis must the squares be added?"),
    M("whole-matrix", lambda c: c.X / c.X.norm(),
      "One length was computed for the whole table. Each row has its own.",
      "The length must keep one entry a row: shape N × 1."),
    M("squared-length", lambda c: _rows(c, lambda X: (X**2).sum(1, keepdim=True)),
      "Divided by the squared length: the square root is missing.",
      "Pythagoras gives the square of the length first."),
    M("divides-by-sum", lambda c: _rows(c, lambda X: X.sum(1, keepdim=True)),
      "Divided by the sum of the row: rows add up to one now, but their length is not one.",
      "A length adds squares, not the numbers themselves."),
    M("divides-by-absolute-sum", lambda c: _rows(c, lambda X: X.abs().sum(1, keepdim=True)),
      "Divided by the sum of the sizes (the L1 norm), not by the length.",
      "A length adds squares, then takes a root."),
    M("divides-by-largest",
      lambda c: [_rows(c, lambda X: X.max(1, keepdim=True).values),
                 _rows(c, lambda X: X.abs().max(1, keepdim=True).values), c.X / c.X.max(),
                 c.X / c.X.abs().max(), c.X / c.X.max(0).values, c.X / c.X.abs().max(0).values],
      "Divided by the largest entry, not by the length.",
      "For the row (3, 4) the length is 5, not 4."),
    M("mean-of-squares", lambda c: _rows(c, lambda X: (X**2).mean(1, keepdim=True).sqrt()),
      "The squares were averaged; for a length they are added.",
      "Mean and sum differ by the number of columns."),
    M("divides-by-mean", lambda c: _rows(c, lambda X: X.mean(1, keepdim=True)),
      "Divided by the mean of the row, not by its length.",
      "A length adds squares, then takes a root."),
    M("standardised",
      lambda c: [(c.X - c.X.mean(0)) / c.X.std(0, correction=k) for k in (0, 1)]
      + [(c.X - c.X.mean(1, True)) / c.X.std(1, keepdim=True, correction=k) for k in (0, 1)],
      "This standardises: mean 0 and deviation 1. It is another way to scale.",
      "Nothing is subtracted when a row is scaled to unit length."),
    M("min-max",
      lambda c: [(c.X - c.X.min(0).values) / (c.X.max(0).values - c.X.min(0).values),
                 (c.X - c.X.min()) / (c.X.max() - c.X.min())],
      "This stretches the numbers to 0…1. It is another way to scale.",
      "Nothing is subtracted when a row is scaled to unit length."),
    M("multiplied", lambda c: c.X * c.X.norm(dim=1, keepdim=True),
      "Multiplied by the length where a division should be.",
      "A row of length 5 should come out five times shorter."),
    M("only-the-lengths", lambda c: [c.X.norm(dim=1, keepdim=True), c.X.norm(dim=1)],
      "These are the lengths of the rows. The rows themselves, divided by them, are asked for.",
      "The result has the shape of X."),
    M("only-centred", lambda c: [c.X - c.X.mean(0), c.X - c.X.mean(1, keepdim=True)],
      "The mean is subtracted and nothing is divided.",
      "Nothing is subtracted when a row is scaled to unit length."),
    M("entry-by-entry", lambda c: c.X.sign(),
      "Each entry is divided by its own size: only signs are left.",
      "One length for a row: where are its squares added?"),
    M("absolute-of-sum", lambda c: _rows(c, lambda X: X.sum(1, keepdim=True).abs()),
      "The sum was squared, not the entries: this is the size of the sum.",
      "For the row (3, −4) the length is 5, not 1."),
    M("root-of-length", lambda c: _rows(c, lambda X: X.norm(dim=1, keepdim=True).sqrt()),
      "Divided by the root of the length: a root is taken once too often.",
      "For the row (3, 4) the length is 5."),
    M("squares", lambda c: c.X**2 / (c.X**2).sum(1, keepdim=True),
      "The entries themselves are squared: rows add up to one now, but their length is not one.",
      "A row that points down should still point down."),
    M("divides-by-a-size", lambda c: [c.X / n for n in c.X.shape],
      "Divided by the number of rows or columns, not by a length.",
      "A length depends on the numbers in the row."),
    M("softmax", lambda c: torch.softmax(c.X, 1),
      "This is softmax: rows add up to one now, but their length is not one.",
      "There is no exponential in a length."),
)  # fmt: skip


# --- the sigmoid and its slope -----------------------------------------------------------------

SIGMOID = activation_mistakes(lambda c: c.z1)

SLOPE = (
    M("slope-of-activation", lambda c: σ(c.a1) * (1 - σ(c.a1)),
      "The sigmoid is applied again: a is already σ(z).",
      "Every value of yours lies between 0.196 and 0.25. A slope can come close to 0."),
    M("slope-of-pre-activation", lambda c: c.z1 * (1 - c.z1),
      "This is z(1 − z): the activation was turned back into z first.",
      "A slope of the sigmoid is never negative."),
    M("only-one-minus-a", lambda c: 1 - c.a1, "This is only the second factor of the product.",
      "At a = 0.5 the slope is a quarter."),
    M("only-a", lambda c: c.a1, "This is only the first factor of the product.",
      "At a = 0.5 the slope is a quarter."),
    M("tanh-slope", lambda c: 1 - c.a1**2, "This is the slope of tanh, from its activation.",
      "The sigmoid's slope is never above one quarter."),
    M("plus-for-minus", lambda c: c.a1 * (1 + c.a1), "There is a plus where a minus should be.",
      "Where the activation is almost 1 the curve is flat: the slope must go to 0."),
    M("squared", lambda c: [c.a1**2, (1 - c.a1) ** 2],
      "One factor is used twice: the two factors differ.",
      "The slope is the same at a and at 1 − a."),
    M("second-derivative", lambda c: c.a1 * (1 - c.a1) * (1 - 2 * c.a1),
      "This is the slope of the slope.", "One derivative is enough."),
    M("sigmoid-again", lambda c: σ(c.a1), "This is the sigmoid of the activation, not a slope.",
      "At a = 0.5 the slope is a quarter."),
    M("reciprocal", lambda c: 1 / (c.a1 * (1 - c.a1)),
      "This is one over the slope.", "The slope is never above one quarter."),
    M("slope-squared", lambda c: (c.a1 * (1 - c.a1)) ** 2, "The slope is multiplied in twice.",
      "At a = 0.5 the slope is a quarter, not a sixteenth."),
    M("numerator-of-z", lambda c: torch.exp(-c.a1) / (1 + torch.exp(-c.a1)),
      "This treats the activation as if it were z.",
      "No exponential is needed: the activation already contains it."),
    M("one-square-too-many",
      lambda c: [c.a1**2 * (1 - c.a1), c.a1 * (1 - c.a1) ** 2, c.a1 * (1 - c.a1**2)],
      "There is a square in it that should not be there.",
      "The slope is the same at a and at 1 − a."),
    M("differentiated-again", lambda c: 1 - 2 * c.a1,
      "This is the derivative of the slope for a.", "One derivative is enough."),
    M("divided", lambda c: [c.a1 / (1 - c.a1), (1 - c.a1) / c.a1],
      "There is a division in it: these are odds, not slopes.",
      "The slope is never above one quarter."),
    M("matrix-product", lambda c: c.a1.T @ (1 - c.a1),
      "This is a matrix product. The slope has the shape of a, one value for each entry.",
      "Which sign multiplies entry by entry?"),
)  # fmt: skip


# --- forward -----------------------------------------------------------------------------------

Z1 = (
    M("activation-too-early", lambda c: c.a1, "z1 is taken before the sigmoid; this is after it.",
      "Return both, z1 and a1."),
    M("bias-added", lambda c: c.z1 + 1, "One was added. This network has no biases.",
      "z1 is a product of two matrices and nothing else."),
    M("weights-squared", lambda c: c.X @ c.w1**2, "The weights are squared.",
      "z1 is a product of two matrices and nothing else."),
    M("absolute-weights", lambda c: c.X @ c.w1.abs(), "The weights lost their signs.",
      "z1 is a product of two matrices and nothing else."),
)  # fmt: skip
A1 = activation_mistakes(lambda c: c.z1)
Z2 = (
    M("z1-for-a1", lambda c: c.z1 @ c.w2,
      "The second layer got z1, before the sigmoid. It should see the activation a1.",
      "What comes out of the hidden layer is taken after its sigmoid."),
    M("activation-too-early", lambda c: c.y_hat, "z2 is before the last sigmoid; this is after it.",
      "Return both, z2 and y_hat."),
    M("bias-added", lambda c: c.z2 + 1, "One was added. This network has no biases.",
      "z2 is a product of two matrices and nothing else."),
    M("activation-twice", lambda c: σ(c.a1) @ c.w2,
      "The sigmoid was applied to a1 again before the second product.",
      "a1 is an activation already."),
    M("unweighted-sum", lambda c: c.a1.sum(1, keepdim=True),
      "The activations are added up without their weights.", "Where does w2 come in?"),
    M("not-added-up", lambda c: c.a1 * c.w2.T,
      "The products are not added up: there is one number for each hidden unit.",
      "z2 has one number for each flower."),
)  # fmt: skip
Y_HAT = (
    *activation_mistakes(lambda c: c.z2),
    M("sigmoid-of-a1", lambda c: σ(c.a1.mean(1, keepdim=True)),
      "The output is made from a1 without w2.", "y_hat is computed from z2."),
)  # fmt: skip


# --- the cost ----------------------------------------------------------------------------------


# What log(0 + ε) gives for the usual ε, in natural logarithms.
_LOG_EPSILONS = tuple(torch.tensor([1e-7, 1e-8, 1e-10, 1e-12, 1e-15]).double().log().tolist())


def _swapped(c: Case, low: float) -> torch.Tensor:
    return c.y_hat * c.y.log().clamp(min=low) + (1 - c.y_hat) * (1 - c.y).log().clamp(min=low)


def _log_p(c: Case) -> torch.Tensor:
    return c.y * c.y_hat.log() + (1 - c.y) * (1 - c.y_hat).log()


COST = (
    M("log-base", lambda c: [-_log_p(c).mean() / torch.tensor(b).double().log() for b in (10, 2)],
      "The logarithm has base 10 or 2; cross-entropy uses the natural one.",
      "Saying one half to everyone should cost 0.693."),
    M("zeros-forgotten", lambda c: -(c.y * c.y_hat.log()).mean(),
      "Only the flowers with label 1 pay: the term for label 0 is missing.",
      "What does a flower with label 0 cost in your formula?"),
    M("ones-forgotten", lambda c: -((1 - c.y) * (1 - c.y_hat).log()).mean(),
      "Only the flowers with label 0 pay: the term for label 1 is missing.",
      "What does a flower with label 1 cost in your formula?"),
    M("labels-swapped", lambda c: -(c.y * (1 - c.y_hat).log() + (1 - c.y) * c.y_hat.log()).mean(),
      "The two terms are swapped: each flower pays for the other label.",
      "y_hat is the probability of class 1."),
    M("minus-between-terms",
      lambda c: [-(c.y * c.y_hat.log() - (1 - c.y) * (1 - c.y_hat).log()).mean()],
      "The two terms are subtracted from each other; they are added.",
      "Both terms are logarithms of probabilities: both are negative."),
    M("squared-error", lambda c: ((c.y_hat - c.y) ** 2).mean(),
      "This is the squared error, another cost.", "Cross-entropy has logarithms in it."),
    M("root-of-squared-error", lambda c: ((c.y_hat - c.y) ** 2).mean().sqrt(),
      "This is the root of the squared error, another cost.",
      "Cross-entropy has logarithms in it."),
    M("absolute-error", lambda c: (c.y_hat - c.y).abs().mean(),
      "This is the absolute error, another cost.", "Cross-entropy has logarithms in it."),
    M("labels-flat",
      lambda c: [-(c.y.T * c.y_hat.log() + (1 - c.y.T) * (1 - c.y_hat).log()).mean() * factor
                 for factor in (1, c.N, c.N**2)],
      "Each prediction was compared with every label: N × 1 met a flat row of N, giving N × N.",
      "Print the shape of the product of y and the logarithm."),
    M("no-logarithm", lambda c: (c.y * c.y_hat + (1 - c.y) * (1 - c.y_hat)).mean(),
      "This averages the probabilities of the labels: the logarithm is missing.",
      "A product of probabilities becomes a sum of logarithms."),
    M("sigmoid-again", lambda c: torch.nn.functional.binary_cross_entropy_with_logits(c.y_hat, c.y),
      "A sigmoid is applied to y_hat, which is already a probability.",
      "The form that takes logits needs z2, not y_hat."),
    M("log-of-mean", lambda c: -(c.y * c.y_hat + (1 - c.y) * (1 - c.y_hat)).mean().log(),
      "The mean is taken first and the logarithm after it: the order matters.",
      "Each flower has a cost of its own; then average."),
    M("arguments-swapped", lambda c: [-_swapped(c, low).mean() for low in (-100, *_LOG_EPSILONS)],
      "y_hat and y have changed places: the logarithm is taken of the labels.",
      "Of which of the two can a logarithm be taken?"),
    M("one-minus-logarithm",
      lambda c: -(c.y * c.y_hat.log() + (1 - c.y) * (1 - c.y_hat.log())).mean(),
      "For label 0 it takes 1 minus a logarithm: that is not the logarithm of 1 minus something.",
      "What does a flower with label 0 and y_hat near 0 cost in your formula?"),
    M("ones-only", lambda c: -c.y_hat.log().mean(),
      "The labels do not occur in it: every flower is treated as label 1.",
      "What should a flower with label 0 and y_hat near 0 cost?"),
    M("last-sample-only", lambda c: [-_log_p(c)[-1].sum(), -_log_p(c)[-1].sum() / c.N],
      "Only the last flower counts: a loop that overwrites where it should add.",
      "Look for a single = in the loop: what happens to the value before?"),
    M("error-rate", lambda c: ((c.y_hat >= 0.5) != (c.y == 1)).double().mean(),
      "This is the share that is wrong.", "The cost also asks how sure an answer is."),
    M("accuracy", lambda c: ((c.y_hat >= 0.5) == (c.y == 1)).double().mean(),
      "This is the accuracy: the share that is right.",
      "The cost also asks how sure an answer is."),
    M("difference-of-means", lambda c: (c.y_hat - c.y).mean(),
      "This is the mean difference: errors up and down cancel.",
      "Each flower's cost is positive."),
    M("entropy-of-prediction",
      lambda c: -(c.y_hat * c.y_hat.log() + (1 - c.y_hat) * (1 - c.y_hat).log()).mean(),
      "The labels do not occur in it: y_hat stands where y should.",
      "The label chooses which of the two logarithms counts."),
)  # fmt: skip


# --- backward ----------------------------------------------------------------------------------


def _last(c: Case) -> torch.Tensor:
    return (torch.arange(c.N) == c.N - 1).double().reshape(-1, 1)


def _dC_dy_hat(c: Case) -> torch.Tensor:
    return c.dC_dz2 / (c.y_hat * (1 - c.y_hat))


DC_DZ2 = (
    M("extra-slope", lambda c: c.dC_dz2 * c.y_hat * (1 - c.y_hat),
      "ŷ − y is multiplied by the slope ŷ(1 − ŷ). That is the delta of half the squared error; "
      "for cross-entropy the slope has cancelled.",
      "Divide yours by ŷ − y, flower by flower: which factor is left?"),
    M("slope-missing", _dC_dy_hat,
      "This is the derivative for ŷ. The step back through the output sigmoid is missing.",
      "From ŷ to z2 the chain rule multiplies by the sigmoid's slope."),
    M("slope-of-pre-activation", lambda c: [_dC_dy_hat(c) * c.z2 * (1 - c.z2),
                                           c.dC_dz2 * c.z2 * (1 - c.z2)],
      "The slope s(1 − s) was given z2, before the sigmoid."
      " Beside ŷ − y no slope is needed: for cross-entropy it has cancelled.",
      "A slope of the sigmoid is never negative."),
    M("slope-of-activation", lambda c: [_dC_dy_hat(c) * σ(c.y_hat) * (1 - σ(c.y_hat)),
                                       c.dC_dz2 * σ(c.y_hat) * (1 - σ(c.y_hat))],
      "The slope applies the sigmoid to ŷ, which is already an activation."
      " Beside ŷ − y no slope is needed: for cross-entropy it has cancelled.",
      "The slope from the activation needs no sigmoid."),
    M("tanh-slope", lambda c: [_dC_dy_hat(c) * (1 - c.y_hat**2), c.dC_dz2 * (1 - c.y_hat**2)],
      "1 − a² is the slope of tanh."
      " Beside ŷ − y no slope is needed: for cross-entropy it has cancelled.",
      "The output unit is a sigmoid."),
    M("half-slope-a", lambda c: [_dC_dy_hat(c) * c.y_hat, c.dC_dz2 * c.y_hat],
      "Only the factor ŷ of the slope is there."
      " Beside ŷ − y no slope is needed: for cross-entropy it has cancelled.",
      "A slope has two factors."),
    M("half-slope-one-minus-a", lambda c: [_dC_dy_hat(c) * (1 - c.y_hat), c.dC_dz2 * (1 - c.y_hat)],
      "Only the factor 1 − ŷ of the slope is there."
      " Beside ŷ − y no slope is needed: for cross-entropy it has cancelled.",
      "A slope has two factors."),
    M("slope-twice", lambda c: c.dC_dz2 * (c.y_hat * (1 - c.y_hat)) ** 2,
      "The slope is multiplied in twice, and for cross-entropy it cancels altogether.",
      "Divide yours by ŷ − y, flower by flower: which factor is left?"),
    M("labels-swapped", lambda c: (c.y_hat - (1 - c.y)) / c.N,
      "This is the delta for the opposite labels.", "y_hat is the probability of class 1."),
    M("labels-plus", lambda c: (c.y_hat + c.y) / c.N,
      "The label is added where it should be subtracted.",
      "For a perfect answer the delta is 0."),
    M("zeros-forgotten", lambda c: [-c.y * (1 - c.y_hat) / c.N, -c.y / c.y_hat / c.N],
      "Flowers with label 0 get a delta of 0: their term of the cost is missing.",
      "Look at the rows where y = 0."),
    M("ones-forgotten", lambda c: [(1 - c.y) * c.y_hat / c.N, (1 - c.y) / (1 - c.y_hat) / c.N],
      "Flowers with label 1 get a delta of 0: their term of the cost is missing.",
      "Look at the rows where y = 1."),
    M("terms-not-subtracted",
      lambda c: [(-c.y / c.y_hat - (1 - c.y) / (1 - c.y_hat)) / c.N,
                 (-c.y * (1 - c.y_hat) - (1 - c.y) * c.y_hat) / c.N],
      "Both terms have the same sign: the inner derivative of 1 − ŷ, which is −1, is missing.",
      "For label 0 a larger ŷ must raise the cost."),
    M("squared", lambda c: (c.y_hat - c.y) ** 2 / c.N,
      "The difference is squared: that is a cost, not its slope.", "A slope can be negative."),
    M("absolute", lambda c: (c.y_hat - c.y).abs() / c.N,
      "The sign of the difference is lost.", "For label 1 the delta is negative."),
    M("sign-only", lambda c: torch.sign(c.y_hat - c.y) / c.N,
      "Only the sign of the difference is left.", "How wrong an answer is matters too."),
    M("thresholded", lambda c: ((c.y_hat >= 0.5).double() - c.y) / c.N,
      "ŷ was rounded to 0 or 1 first.", "Use the probability itself."),
    M("only-the-prediction", lambda c: c.y_hat / c.N, "The labels do not occur in it.",
      "For a perfect answer the delta is 0."),
    M("slope-only", lambda c: c.y_hat * (1 - c.y_hat) / c.N,
      "This is only the slope of the output sigmoid: the derivative of the cost is missing.",
      "The chain has two factors here, and one of them knows the label."),
    M("logit-for-prediction", lambda c: (c.z2 - c.y) / c.N,
      "z2 stands where ŷ should: the sigmoid is missing.",
      "Between which bounds should every entry lie, before it is divided by N?"),
    M("cost-not-slope", lambda c: -_log_p(c) / c.N,
      "This is the cost of each flower, not its derivative.", "A slope can be negative."),
    M("labels-flat", lambda c: [(c.y_hat - c.y.T) / c.N, (c.y_hat.T - c.y) / c.N],
      "Its shape is N × N: each prediction met every label, because one of the two was flat.",
      "Both need shape N × 1 before they are subtracted."),
    M("averaged-away", lambda c: [(c.y_hat - c.y).mean(), (c.y_hat - c.y).mean(0, keepdim=True)],
      "All flowers were averaged into one number. Each has its own delta: N × 1.",
      "The mean of the cost only divides by N; it does not add the deltas."),
    M("missing-parentheses", lambda c: [(c.y_hat - c.y) / c.y_hat * (1 - c.y_hat) / c.N,
                                       c.y_hat - c.y / c.N, c.y - c.y_hat / c.N],
      "Parentheses are missing: a division reaches only the next factor or term.",
      "Compute one entry by hand, in the order in which Python does."),
    M("transposed", lambda c: c.dC_dz2.T, "It is transposed: 1 × N where z2 is N × 1.",
      "A gradient has the shape of what it is the gradient of."),
    M("last-sample-only", lambda c: [c.dC_dz2 * _last(c), c.dC_dz2[-1:], c.dC_dz2[-1]],
      "Only the last flower counts: a loop that overwrites what it had.",
      "How many of the flowers have a delta?"),
)  # fmt: skip

DC_DW2 = (
    M("z1-for-a1", lambda c: c.z1.T @ c.dC_dz2,
      "z1 stands where the activation a1 should.",
      "What came into w2 in the forward pass, before or after the sigmoid?"),
    M("X-for-a1", lambda c: c.X.T @ c.dC_dz2,
      "X stands where a1 should: it did not come into w2.",
      "What came into w2 in the forward pass?"),
    M("transposed", lambda c: c.dC_dw2.T, "It is transposed: 1 × H where w2 is H × 1.",
      "A gradient has the shape of what it is the gradient of."),
    M("summed-elementwise", lambda c: (c.a1 * c.dC_dz2).sum(0),
      "The numbers are right, but flat: shape (H,) where w2 is H × 1. An update would broadcast.",
      "A matrix product keeps the second axis."),
    M("collapsed", lambda c: [(c.a1 * c.dC_dz2).mean(), (c.a1 * c.dC_dz2).sum()],
      "Everything was added up into one number; each weight has its own slope.",
      "A gradient has the shape of what it is the gradient of."),
    M("batch-not-summed", lambda c: c.a1 * c.dC_dz2,
      "The flowers are not added up: one row a flower is left.",
      "A weight is used by every flower; its effects add up."),
    M("last-sample-only", lambda c: c.a1[-1:].T @ c.dC_dz2[-1:],
      "Only the last flower counts: a loop that overwrites where it should add.",
      "Look for a single = in the loop: what happens to the value before?"),
    M("first-sample-only", lambda c: c.a1[:1].T @ c.dC_dz2[:1],
      "Only the first flower counts.", "The effects of all flowers add up."),
    M("slope-at-weights", lambda c: (c.a1 * (1 - c.a1)).T @ c.dC_dz2,
      "The slope of the hidden sigmoid is used; at the weights it is the activation itself.",
      "z2 is a1 times w2: what is its derivative for w2?"),
    M("weights-multiplied", lambda c: c.w2 * (c.a1.T @ c.dC_dz2),
      "The gradient is multiplied by the weight itself.",
      "z2 is linear in w2: its derivative for w2 does not contain w2."),
    M("activation-forgotten", lambda c: c.dC_dz2.sum().expand(c.w2.shape),
      "The deltas are added up without the activations: every weight gets the same slope.",
      "Each weight's slope is weighted by the activation that came into it."),
    M("prediction-for-delta", lambda c: c.a1.T @ (c.y_hat / c.N),
      "ŷ stands where the delta should.",
      "For perfect answers this gradient is 0."),
    M("sample-missing", lambda c: [c.a1[:-1].T @ c.dC_dz2[:-1], c.a1[1:].T @ c.dC_dz2[1:]],
      "One flower is left out: a loop that ends too early or begins too late.",
      "How many numbers does your range give?"),
    M("output-slope", lambda c: c.a1.T @ (c.dC_dz2 * c.y_hat * (1 - c.y_hat)),
      "The slope of the output sigmoid is multiplied in.",
      "What stands between dC_dz2 and w2?"),
)  # fmt: skip

DC_DA1 = (
    M("w2-omitted", lambda c: [c.dC_dz2, c.dC_dz2.expand(c.a1.shape)],
      "w2 does not occur in it: every unit gets the same value.",
      "How much of z2 does a unit's activation make? It depends on its weight."),
    M("transposed", lambda c: c.dC_da1.T, "It is transposed: H × N where a1 is N × H.",
      "A gradient has the shape of what it is the gradient of."),
    M("slope-too-early", lambda c: c.dC_dz1,
      "The slope of the hidden sigmoid is already in it. That is the next step, dC_dz1.",
      "dC_da1 stops just after the sigmoid, on the way back."),
    M("activation-multiplied", lambda c: [c.dC_da1 * c.a1, c.dC_dz2 * c.a1],
      "The activation is multiplied in. z2 is linear in a1: its derivative does not contain a1.",
      "What is the derivative of a1 · w2 for a1?"),
    M("weights-squared", lambda c: c.dC_dz2 @ (c.w2.T**2),
      "The weights are squared.", "z2 contains w2 once."),
    M("absolute-weights", lambda c: c.dC_dz2 @ c.w2.T.abs(),
      "The weights lost their signs.",
      "What does a negative weight do to z2 when its activation grows?"),
    M("divided-by-weights", lambda c: c.dC_dz2 / c.w2.T,
      "It is divided by the weights where they should multiply.",
      "What is the derivative of a1 · w2 for a1?"),
    M("gradient-for-weights", lambda c: c.dC_dz2 @ c.dC_dw2.T,
      "The gradient of w2 stands where w2 itself should.",
      "Which number multiplied a1 in the forward pass?"),
    M("batch-summed", lambda c: [c.dC_da1.sum(0), c.dC_da1.sum(0, keepdim=True), c.dC_da1.mean(0)],
      "The flowers were added up. Each flower has activations of its own: N × H.",
      "Only at the weights the flowers are added."),
    M("softened-weights", lambda c: c.dC_dz2 @ σ(c.w2.T),
      "A sigmoid is applied to the weights.", "Which number multiplied a1 in the forward pass?"),
    M("output-slope", lambda c: (c.dC_dz2 * c.y_hat * (1 - c.y_hat)) @ c.w2.T,
      "The slope of the output sigmoid is multiplied in.", "dC_dz2 is already behind the sigmoid."),
    M("delta-forgotten", lambda c: [c.w2.T.expand(c.a1.shape), c.w2.T],
      "The delta does not occur in it: every flower gets the same values.",
      "For a perfect answer everything on the way back is 0."),
    M("prediction-for-delta", lambda c: c.y_hat @ c.w2.T / c.N,
      "ŷ stands where the delta should.", "For a perfect answer everything on the way back is 0."),
)  # fmt: skip

DC_DZ1 = (
    M("slope-missing", lambda c: c.dC_da1,
      "The step back through the hidden sigmoid is missing: this is still dC_da1.",
      "From a1 to z1 the chain rule multiplies by a slope."),
    M("slope-twice", lambda c: c.dC_da1 * (c.a1 * (1 - c.a1)) ** 2,
      "The slope of the hidden sigmoid is multiplied in twice.",
      "Divide yours by dC_da1: no entry should be below the smallest slope."),
    M("slope-of-pre-activation", lambda c: c.dC_da1 * c.z1 * (1 - c.z1),
      "The slope s(1 − s) was given z1, before the sigmoid.",
      "A slope of the sigmoid is never negative."),
    M("slope-of-activation", lambda c: c.dC_da1 * σ(c.a1) * (1 - σ(c.a1)),
      "The slope applies the sigmoid to a1, which is already an activation.",
      "Divide yours by dC_da1: all ratios lie between 0.196 and 0.25."),
    M("tanh-slope", lambda c: c.dC_da1 * (1 - c.a1**2),
      "1 − a² is the slope of tanh.", "The hidden units are sigmoids."),
    M("half-slope-a", lambda c: c.dC_da1 * c.a1,
      "Only the factor a of the slope is there.", "A slope has two factors."),
    M("half-slope-one-minus-a", lambda c: c.dC_da1 * (1 - c.a1),
      "Only the factor 1 − a of the slope is there.", "A slope has two factors."),
    M("output-slope", lambda c: c.dC_da1 * c.y_hat * (1 - c.y_hat),
      "This is the slope of the output unit; here it is the hidden units' slopes.",
      "Which sigmoid lies between a1 and z1?"),
    M("slope-only", lambda c: c.a1 * (1 - c.a1),
      "This is only the slope: what comes from dC_da1 is missing.",
      "The chain rule multiplies what came back with the slope."),
    M("w2-omitted", lambda c: [c.dC_dz2 * c.a1 * (1 - c.a1), c.dC_dz2 * c.a1,
                              c.dC_dz2 * σ(c.a1) * (1 - σ(c.a1))],
      "w2 does not occur in it: the output delta was broadcast over the units.",
      "Start from dC_da1."),
    M("plus-for-minus", lambda c: c.dC_da1 * c.a1 * (1 + c.a1),
      "The slope has a plus where a minus should be.",
      "Where a is almost 1 the curve is flat."),
    M("divided-by-slope", lambda c: c.dC_da1 / (c.a1 * (1 - c.a1)),
      "It is divided by the slope where the chain rule multiplies.",
      "A flat sigmoid lets little through."),
    M("transposed", lambda c: c.dC_dz1.T, "It is transposed: H × N where z1 is N × H.",
      "A gradient has the shape of what it is the gradient of."),
    M("squared-activation", lambda c: [c.dC_da1 * c.a1**2, c.dC_da1 * (1 - c.a1) ** 2],
      "One factor of the slope is used twice: the two factors differ.",
      "The slope is the same at a and at 1 − a."),
    M("missing-parentheses", lambda c: c.dC_da1 * c.a1 - c.a1,
      "Parentheses are missing: 1 − a is a difference, and the products are done before it.",
      "For a perfect answer everything on the way back is 0."),
    M("added", lambda c: c.dC_da1 + c.a1 * (1 - c.a1),
      "What comes back and the slope are added.", "What does the chain rule do with its factors?"),
    M("relu-slope", lambda c: c.dC_da1 * (c.z1 > 0),
      "This is the slope of max(0, z): 0 or 1.", "The hidden units are sigmoids."),
)  # fmt: skip

DC_DW1 = (
    M("a1-for-X", lambda c: c.a1.T @ c.dC_dz1,
      "a1 stands where X should: the inputs came into w1.",
      "What came into w1 in the forward pass?"),
    M("z1-for-X", lambda c: c.z1.T @ c.dC_dz1,
      "z1 stands where X should: the inputs came into w1.",
      "What came into w1 in the forward pass?"),
    M("transposed", lambda c: c.dC_dw1.T, "It is transposed: H × D where w1 is D × H.",
      "A gradient has the shape of what it is the gradient of."),
    M("before-the-slope", lambda c: c.X.T @ c.dC_da1,
      "dC_da1 stands where the hidden delta dC_dz1 should.",
      "w1 makes z1, so the delta at z1 counts."),
    M("last-sample-only", lambda c: c.X[-1:].T @ c.dC_dz1[-1:],
      "Only the last flower counts: a loop that overwrites where it should add.",
      "Look for a single = in the loop: what happens to the value before?"),
    M("first-sample-only", lambda c: c.X[:1].T @ c.dC_dz1[:1],
      "Only the first flower counts.", "The effects of all flowers add up."),
    M("batch-not-summed", lambda c: c.X[:, :, None] * c.dC_dz1[:, None, :],
      "The flowers are not added up: one matrix a flower is left.",
      "A weight is used by every flower; its effects add up."),
    M("collapsed", lambda c: [c.dC_dw1.sum(), c.dC_dw1.mean(), c.dC_dw1.sum(0), c.dC_dw1.mean(0),
                              c.dC_dw1.sum(1), c.dC_dw1.mean(1)],
      "Slopes of different weights were added up; each weight has its own.",
      "A gradient has the shape of what it is the gradient of."),
    M("output-delta-for-hidden", lambda c: (c.X.T @ c.dC_dz2).expand(-1, c.a1.shape[1]),
      "The output delta stands where the hidden delta should.",
      "w1 makes z1, so the delta at z1 counts."),
    M("output-delta-flat", lambda c: c.X.T @ c.dC_dz2,
      "The output delta stands where the hidden delta should: one column is left.",
      "w1 makes z1, so the delta at z1 counts."),
    M("slope-twice", lambda c: c.X.T @ (c.dC_dz1 * c.a1 * (1 - c.a1)),
      "The hidden slope is multiplied in once more.",
      "dC_dz1 already contains the slope."),
    M("inputs-forgotten", lambda c: [c.dC_dz1.sum(0, keepdim=True).expand(c.w1.shape),
                                    c.dC_dz1.sum(0), c.dC_dz1.sum(0, keepdim=True)],
      "The inputs do not occur in it: every input gets the same slopes.",
      "Each weight's slope is weighted by the input that came into it."),
    M("w2-omitted", lambda c: c.X.T @ (c.dC_dz2 * c.a1 * (1 - c.a1)),
      "The hidden delta was computed anew, without w2.", "You have dC_dz1 already."),
    M("slope-of-activation", lambda c: c.X.T @ (c.dC_da1 * σ(c.a1) * (1 - σ(c.a1))),
      "The hidden delta was computed anew, and its slope applies the sigmoid to a1.",
      "You have dC_dz1 already."),
    M("sample-missing", lambda c: [c.X[:-1].T @ c.dC_dz1[:-1], c.X[1:].T @ c.dC_dz1[1:]],
      "One flower is left out: a loop that ends too early or begins too late.",
      "How many numbers does your range give?"),
)  # fmt: skip


# --- the update --------------------------------------------------------------------------------


def _g(c: Case) -> torch.Tensor:
    return c.dC_dw1 * 40  # large enough that a forgotten rate shows


STEP = (
    M("uphill", lambda c: c.w1 + c.rate * _g(c),
      "The gradient is added: the weights climb. The gradient points uphill.",
      "If a larger weight raises the cost, where should the weight go?"),
    M("rate-forgotten", lambda c: c.w1 - _g(c), "The learning rate does not occur in it.",
      "The whole gradient is too long a step."),
    M("uphill-without-rate", lambda c: c.w1 + _g(c),
      "The gradient is added, and the learning rate does not occur in it.",
      "If a larger weight raises the cost, where should the weight go?"),
    M("gradient-forgotten", lambda c: [c.w1 - c.rate, c.w1 + c.rate],
      "Every weight moves by the same amount: the gradient does not occur in it.",
      "A steeper slope asks for a longer step."),
    M("rate-squared", lambda c: c.w1 - c.rate**2 * _g(c),
      "The learning rate is multiplied in twice.", "Compare the step at rate 1 and at rate 0.1."),
    M("divided-by-rate", lambda c: c.w1 - _g(c) / c.rate,
      "Divided by the learning rate: a smaller rate makes a longer step.",
      "A smaller rate should make a shorter step."),
    M("only-the-change", lambda c: [-c.rate * _g(c), c.rate * _g(c)],
      "This is only the change. The new weights are asked for.",
      "Start from the old weights."),
    M("weight-decay", lambda c: [c.w1 - c.rate * c.w1, c.w1 * (1 - c.rate) - c.rate * _g(c)],
      "The weight itself is subtracted: it shrinks toward 0.",
      "Only the gradient says where to go."),
    M("negated", lambda c: c.rate * _g(c) - c.w1,
      "The difference is the wrong way round: the weights changed their sign.",
      "With a gradient of 0 the weights should stay."),
    M("rate-on-weight", lambda c: [_g(c) - c.rate * c.w1, c.rate * c.w1 - _g(c)],
      "The learning rate multiplies the weights; it belongs to the gradient.",
      "With a gradient of 0 the weights should stay."),
    M("missing-parentheses", lambda c: (c.w1 - c.rate) * _g(c),
      "The rate is subtracted from the weights before the product with the gradient.",
      "With a gradient of 0 the weights should stay."),
    M("multiplied", lambda c: [c.w1 * c.rate * _g(c), c.w1 * (1 - c.rate * _g(c))],
      "The weights are multiplied by the gradient; a step subtracts.",
      "A weight of 0 must be able to move."),
    M("unchanged", lambda c: c.w1, "The weights are as they were.",
      "Where does the gradient come in?"),
    M("sign-only", lambda c: c.w1 - c.rate * _g(c).sign(),
      "Only the sign of the gradient is used.", "A steeper slope asks for a longer step."),
    M("normalised", lambda c: c.w1 - c.rate * _g(c) / _g(c).norm(),
      "The gradient is scaled to length one first.", "A steeper slope asks for a longer step."),
    M("averaged-gradient", lambda c: [c.w1 - c.rate * _g(c).mean(), c.w1 - c.rate * _g(c).sum()],
      "All weights move by the same amount: the gradient was averaged or added up.",
      "Each weight has its own slope."),
    M("step-twice", lambda c: c.w1 - 2 * c.rate * _g(c),
      "The step is twice as long as it should be.", "One step a call."),
    M("half-a-step", lambda c: c.w1 - 0.5 * c.rate * _g(c),
      "The step is half as long as it should be.", "No other factor belongs to the step."),
    M("divided-again", lambda c: [c.w1 - c.rate * _g(c) / n for n in c.w1.shape]
      + [c.w1 - c.rate * _g(c) / c.w1.numel()],
      "The gradient is divided once more. It is already the mean's.",
      "No other factor belongs to the step."),
    M("rate-added", lambda c: c.w1 - (c.rate + _g(c)),
      "Rate and gradient are added; the step is their product.",
      "With a gradient of 0 the weights should stay."),
    M("rate-on-everything", lambda c: c.rate * (c.w1 - _g(c)),
      "The learning rate multiplies the weights too.",
      "With a gradient of 0 the weights should stay."),
    M("gradient-squared", lambda c: c.w1 - c.rate * _g(c) ** 2,
      "The gradient is squared: its sign is lost.",
      "Where the gradient is negative the weight should grow."),
    M("gradient-returned", lambda c: [_g(c), -_g(c)],
      "This is the gradient. The new weights are asked for.", "Where does w come in?"),
    M("averaged", lambda c: [c.w1 * (1 - c.rate) + c.rate * _g(c)],
      "This is a weighted mean of weights and gradient.",
      "With a gradient of 0 the weights should stay."),
)  # fmt: skip

MISTAKES: dict[tuple[str, str], tuple[Mistake, ...]] = {
    ("check_normalise_rows", "X"): NORMALISE,
    ("check_sigmoid", "a"): SIGMOID,
    ("check_sigmoid_slope", "slope"): SLOPE,
    ("check_forward", "z1"): Z1,
    ("check_forward", "a1"): A1,
    ("check_forward", "z2"): Z2,
    ("check_forward", "y_hat"): Y_HAT,
    ("check_binary_cross_entropy", "cost"): COST,
    ("check_output_delta", "dC_dz2"): DC_DZ2,
    ("check_backward", "dC_dz2"): DC_DZ2,
    ("check_backward", "dC_dw2"): DC_DW2,
    ("check_backward", "dC_da1"): DC_DA1,
    ("check_backward", "dC_dz1"): DC_DZ1,
    ("check_backward", "dC_dw1"): DC_DW1,
    ("check_step", "w"): STEP,
}
