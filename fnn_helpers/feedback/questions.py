"""The questions of the notebooks, with their answers and the reasons, out of the page's sight.

A name is the number of the notebook and a word: exercises first, then the three at its end.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Choice:
    """A question with options: letter → (text, why it is right or wrong)."""

    text: str
    options: Mapping[str, tuple[str, str]]
    answer: str


@dataclass(frozen=True)
class Number:
    """A question whose answer is a number, right to within the tolerance."""

    text: str
    answer: float
    why: str
    tolerance: float = 0.01
    slips: Mapping[float, str] = field(default_factory=dict)  # a likely wrong number: what it is


QUESTIONS: dict[str, Choice | Number] = {
    "00-one": Choice(
        "What does the number that comes out of the network mean?",
        {
            "a": ("the species: 0 or 1", "It is a number in between; 0.5 means: I cannot tell."),
            "b": (
                "the probability of versicolor",
                "As the network sees it; 0.5 means: I cannot tell.",
            ),
            "c": ("how long the training took", "It is about one flower."),
        },
        "b",
    ),
    "00-two": Choice(
        "You ran a cell that holds only an assert, and nothing was printed. Is that good or bad?",
        {
            "a": ("good", "Its claim was true. A false claim stops with an AssertionError."),
            "b": ("bad", "A false claim would have stopped with an AssertionError."),
        },
        "a",
    ),
    "00-three": Choice(
        "W2 has shape 32 × 1. Which shape does its gradient have?",
        {
            "a": ("32 × 1", "One slope for each weight."),
            "b": ("1 × 32", "That is transposed: a gradient has the shape of its quantity."),
            "c": ("one number", "Each weight has a slope of its own."),
        },
        "a",
    ),
    "01-length": Number(
        "The row (3, 4), scaled to length 1: its first number?",
        0.6,
        "The length is 5, and 3 / 5 = 0.6.",
        slips={0.8: "That is the second number, 4 / 5.", 5: "That is the length of the row."},
    ),
    "01-one": Choice(
        "Two flowers lie on the same ray from the origin. What does row scaling make of them?",
        {
            "a": ("the same point", "Only the angle is left, and theirs is the same."),
            "b": ("two points on the arc", "Their angles are equal, and only the angle is left."),
            "c": ("two points on the ray", "All rows get length one."),
        },
        "a",
    ),
    "01-two": Choice(
        "y_hat is 100 × 1 and y has shape (100,). What is the shape of y_hat - y?",
        {
            "a": ("(100, 1)", "y is laid along the columns, not along the rows."),
            "b": ("(100, 100)", "Every prediction meets every label, without an error message."),
            "c": ("an error", "Nothing warns you: that is what makes it dangerous."),
        },
        "b",
    ),
    "01-three": Choice(
        "A network on the row-scaled flowers reaches 0.99. How hard was that?",
        {
            "a": ("very hard", "One threshold on the angle does the same."),
            "b": (
                "as hard as one threshold",
                "Only the angle is left, and one threshold on it gives 0.99.",
            ),
        },
        "b",
    ),
    "02-predict-slope": Number(
        "The slope where a = 0.9?",
        0.09,
        "a(1 − a) = 0.9 · 0.1.",
        tolerance=0.001,
        slips={0.1: "That is 1 − a: only one of the two factors."},
    ),
    "02-one": Choice(
        "What is the largest slope of the sigmoid?",
        {
            "a": ("1", "At z = 0 it is 0.5 · 0.5."),
            "b": ("1/2", "That is the activation at z = 0, not the slope."),
            "c": ("1/4", "At z = 0, where a = 0.5: a(1 − a) = 0.25."),
        },
        "c",
    ),
    "02-two": Choice(
        "sigmoid_slope is given z = 3 by mistake. What does it compute?",
        {
            "a": ("the right slope", "The formula a(1 − a) needs the activation."),
            "b": ("−6", "3 · (1 − 3): a slope below 0, which a rising curve never has."),
            "c": ("nothing", "A formula does not notice; only the helper's check does."),
        },
        "b",
    ),
    "02-three": Choice(
        "Why is h = 0.00000001 a bad step for a check in float32?",
        {
            "a": (
                "the slope is measured over too long a distance",
                "That is the error of a large step.",
            ),
            "b": ("it takes too long", "Each check needs two evaluations, whatever h is."),
            "c": (
                "two nearly equal numbers are subtracted",
                "The digits they share cancel; what remains is mostly rounding.",
            ),
        },
        "c",
    ),
    "03-count": Number(
        "Weights of a 4–10–1 network without biases?",
        50,
        "4 · 10 in the first layer and 10 · 1 in the second.",
        slips={40: "That is the first layer alone.", 61: "That is with biases: 10 and 1 more."},
    ),
    "03-predict-zero": Choice(
        "y_hat if w2 is all zeros?",
        {
            "a": ("0", "z2 is 0, but a sigmoid follows, and σ(0) is not 0."),
            "b": ("0.5", "z2 = 0 for every flower, and σ(0) = 0.5: it cannot tell."),
            "c": ("a different number for each flower", "With w2 = 0 nothing of X reaches z2."),
        },
        "b",
    ),
    "03-one": Choice(
        "What is the shape of a1 for 50 flowers, 2 inputs, 8 hidden units?",
        {
            "a": ("50 × 8", "One row a flower, one column a hidden unit."),
            "b": ("2 × 8", "That is w1."),
            "c": ("8 × 50", "Rows are flowers."),
        },
        "a",
    ),
    "03-two": Choice(
        "Where does a hidden unit without a bias say 0.5?",
        {
            "a": (
                "on a line through the origin",
                "Where z = 0, and z is 0 at the origin for any weights.",
            ),
            "b": ("on any line", "Without a bias it cannot leave the origin."),
            "c": ("on a circle", "z = 0 is a straight line."),
        },
        "a",
    ),
    "03-three": Choice(
        "The untrained network says about 0.81 to all. What is its accuracy?",
        {
            "a": ("0.81", "Accuracy asks which side of 0.5 an answer lies on."),
            "b": ("0.50", "It calls every flower versicolor, and half of them are."),
            "c": ("0", "Half of the flowers are versicolor, and it calls them so."),
        },
        "b",
    ),
    "04-predict-cost": Number(
        "The cost of label 1 at y_hat = 0.8?",
        0.223,
        "−ln 0.8 = 0.223: the true label got probability 0.8.",
        slips={
            1.609: "That is −ln 0.2, the cost if the label were 0.",
            -0.223: "The sign is turned round: a cost is never negative.",
            0.097: "That logarithm has base 10; cross-entropy uses the natural one.",
        },
    ),
    "04-one": Choice(
        "The loss is 0.70 on two balanced classes. Is that better than saying 0.5 to everyone?",
        {
            "a": ("yes, a little", "Answering 0.5 to everyone costs 0.693, which is less."),
            "b": ("no, it is worse", "Answering 0.5 to everyone costs ln 2 = 0.693."),
            "c": ("yes: 70 % are right", "A loss is no share: it asks how sure the answers are."),
        },
        "b",
    ),
    "04-two": Choice(
        "y_hat = 0.25 and y = 0. What does this flower cost?",
        {
            "a": ("−ln 0.25 = 1.39", "The true label is 0, and it got probability 0.75."),
            "b": ("−ln 0.75 = 0.29", "The true label got probability 0.75."),
            "c": ("0.25", "The cost is a logarithm."),
        },
        "b",
    ),
    "04-three": Choice(
        "Why does squared error hardly correct a flower at z = −6 with label 1?",
        {
            "a": (
                "its slope contains the sigmoid's slope, almost 0 there",
                "Cross-entropy's does not.",
            ),
            "b": ("the error is small there", "The answer could hardly be worse."),
        },
        "a",
    ),
    "05-predict-delta": Number(
        "The output delta for y = 0, y_hat = 0.9, N = 1?",
        0.9,
        "ŷ − y = 0.9. No slope: it has cancelled.",
        tolerance=0.001,
        slips={
            0.081: "That has the slope ŷ(1 − ŷ) in it: the delta of half the squared error.",
            -0.9: "The sign is turned round: a larger ŷ makes this flower's cost larger.",
        },
    ),
    "05-one": Choice(
        "Why is there a sum over flowers in the gradient of W2, but not in that of A1?",
        {
            "a": (
                "every flower uses the same weights",
                "So their effects add up; an activation belongs to one flower.",
            ),
            "b": (
                "to make the shapes fit",
                "The shapes follow from the sum, not the other way round.",
            ),
        },
        "a",
    ),
    "05-two": Choice(
        "Someone means cross-entropy and multiplies ŷ − y by the slope. By what is it wrong?",
        {
            "a": ("by N", "That would be sum for mean."),
            "b": (
                "by ŷ(1 − ŷ), different for each flower",
                "It is then the gradient of half the squared error.",
            ),
            "c": ("by 2", "The factor differs from flower to flower."),
        },
        "b",
    ),
    "05-three": Choice(
        "Your dC_dw2 has shape 1 × 32. What happened?",
        {
            "a": (
                "it is transposed",
                "dC_dz2.T @ a1 has this shape; w2, and so its gradient, is 32 × 1.",
            ),
            "b": ("nothing, that is right", "A gradient has the shape of its quantity: 32 × 1."),
        },
        "a",
    ),
    "06-predict-rate": Number(
        "The rate for the mean of 250, if the sum had 0.002?",
        0.5,
        "The mean is 250 times smaller, so its rate is 250 times larger.",
        tolerance=0.001,
    ),
    "06-predict-gain": Choice(
        "Half the (small) rate: the gain of one step is",
        {
            "a": ("about the same", "The gain is the rate times the sum of squared slopes."),
            "b": ("about half", "The gain is the rate times the sum of squared slopes."),
            "c": ("about a quarter", "The slopes are squared, the rate is not."),
        },
        "b",
    ),
    "06-one": Choice(
        "You double the number of flowers and keep the summed gradient and the rate. The step …",
        {
            "a": ("stays the same", "That would be the mean."),
            "b": ("about doubles", "Twice as many slopes are added."),
            "c": ("halves", "More slopes are added, not fewer."),
        },
        "b",
    ),
    "06-two": Choice(
        "The gradient of w1 is almost zero. What do you know?",
        {
            "a": ("the best weights are found", "The hidden units may be saturated, or w2 zero."),
            "b": ("not much", "Arrived, saturated, or w2 zero: look at the predictions too."),
        },
        "b",
    ),
    "06-three": Choice(
        "Why is it dangerous that updating w2 too early has only a small effect?",
        {
            "a": (
                "the network still trains, so nobody notices",
                "Only a comparison of gradients shows it.",
            ),
            "b": ("it makes training slow", "Training hardly changes; that is the danger."),
        },
        "a",
    ),
    "07-predict-loss": Choice(
        "A mean loss of 0.30 means",
        {
            "a": ("70 % are right", "Loss is no share: it asks how sure the answers are."),
            "b": ("all are right", "A few wrong flowers and many sure ones can average to 0.30."),
            "c": (
                "more than half are right",
                "A wrong flower costs at least ln 2, so at most 0.30 / 0.693 = 43 % can be wrong.",
            ),
        },
        "c",
    ),
    "07-one": Choice(
        "The loss falls from 0.92 to 0.70, accuracy stays at 0.50. What is the network doing?",
        {
            "a": (
                "learning to tell the species apart",
                "Saying 0.5 to everyone would cost 0.693: nothing above that needs a difference.",
            ),
            "b": (
                "becoming less sure",
                "All answers move toward 0.5. Only below ln 2 = 0.693 must the species differ.",
            ),
        },
        "b",
    ),
    "07-two": Choice(
        "Why does one unused random draw change the whole run?",
        {
            "a": (
                "the generator hands out one fixed sequence",
                "Every draw takes its share; all later ones shift.",
            ),
            "b": ("it changes the seed", "The seed only says where the sequence starts."),
        },
        "a",
    ),
    "07-three": Choice(
        "Someone standardises all 100 flowers and then splits them 70/30. What is wrong?",
        {
            "a": ("nothing", "The test flowers have influenced the mean and the deviation."),
            "b": (
                "the test is no longer about unseen flowers",
                "They have influenced the mean and the deviation.",
            ),
        },
        "b",
    ),
    "08-count": Number(
        "Parameters of a 2–32–1 network with biases?",
        129,
        "64 + 32 weights, and 32 + 1 biases.",
        slips={96: "Those are the weights; the biases are missing."},
    ),
    "08-one": Choice(
        "Where is the sigmoid at the output of the class Network?",
        {
            "a": ("forgotten", "BCEWithLogitsLoss contains it, in its safe form."),
            "b": (
                "in the cost",
                "BCEWithLogitsLoss takes the logit; for a probability apply torch.sigmoid.",
            ),
        },
        "b",
    ),
    "08-two": Choice(
        "What does loss.backward() change?",
        {
            "a": ("the weights", "They change in optimizer.step()."),
            "b": (".grad of the parameters, by adding to it", "That is why zero_grad is needed."),
            "c": ("nothing, it returns gradients", "It returns nothing, and fills .grad."),
        },
        "b",
    ),
    "08-three": Choice(
        "Why is autograd slower than your five lines on this network?",
        {
            "a": ("its mathematics is worse", "It is the same chain rule."),
            "b": (
                "it keeps a record of every operation",
                "With 96 weights that takes longer than the arithmetic.",
            ),
        },
        "b",
    ),
}
