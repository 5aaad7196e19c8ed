"""Wrong answers to questions for one number, and how a learner comes to them.

The network is 2-2-1 with round inputs. An answer is kept as the sum that gives it,
to be evaluated with the names in `KNOWN`.
"""

import math
from typing import NamedTuple


def sigmoid(z: float) -> float:
    return 1 / (1 + math.exp(-z))


def slope(a: float) -> float:
    return a * (1 - a)


KNOWN = {"sigmoid": sigmoid, "slope": slope, "tanh": math.tanh, "exp": math.exp, "log": math.log}


class WrongNumber(NamedTuple):
    topic: str
    question: str
    right: str
    wrong: str
    cause: str

    @property
    def numbers(self) -> tuple[float, float]:
        """The right number and the wrong one."""
        return eval(self.right, dict(KNOWN)), eval(self.wrong, dict(KNOWN))


# Topic, question, right answer; then the wrong answers and their causes.
QUESTIONS = [
    (
        "slope",
        "the slope of the sigmoid of a unit with a = 0.9",
        "0.9 * (1 - 0.9)",
        [
            ("sigmoid(0.9) * (1 - sigmoid(0.9))", "the sigmoid is applied to the activation again"),
            ("1 - 0.9", "only the second factor"),
            ("0.9", "only the first factor"),
            ("1 - 0.9**2", "the slope of tanh"),
            ("0.9 * (1 + 0.9)", "a plus for the minus"),
            ("0.9 * (0.9 - 1)", "the sign is turned round"),
            ("0.9 * (1 - sigmoid(0.9))", "the sigmoid is applied again in the second factor"),
            ("sigmoid(0.9)", "the sigmoid of the activation, no slope"),
            ("0.25", "the slope at z = 0, the steepest there is"),
            ("log(0.9 / (1 - 0.9)) * (1 - log(0.9 / (1 - 0.9)))", "turned back into z first"),
        ],
    ),
    (
        "slope",
        "the slope of the sigmoid of a unit with a = 0.2",
        "0.2 * (1 - 0.2)",
        [
            ("slope(0.2) ** 2", "the slope twice"),
            ("0.2 - 0.2 * 2", "a doubled where it is squared"),
            ("0.2 / (1 - 0.2)", "divided where it is multiplied"),
        ],
    ),
    (
        "forward",
        "z of a hidden unit: x = (1, 2), weights (0.5, -1)",
        "1 * 0.5 + 2 * -1",
        [
            ("1 * 0.5 + 2 * 1", "the sign of a weight is lost"),
            ("1 * -1 + 2 * 0.5", "the weights are exchanged"),
            ("(1 * 0.5 + 2 * -1) / 2", "the mean of the products"),
            ("1 * 0.5 + 2 * -1 + 1", "a bias of one"),
            ("sigmoid(1 * 0.5 + 2 * -1)", "the sigmoid is applied already"),
        ],
    ),
    (
        "forward",
        "a of a hidden unit: x = (1, 2), weights (0.5, 0.25)",
        "sigmoid(1 * 0.5 + 2 * 0.25)",
        [
            ("1 * 0.5 + 2 * 0.25", "the sigmoid is forgotten"),
            ("sigmoid(-1)", "the sign in the exponent"),
            ("1 / 1 + exp(-1)", "the parentheses are missing"),
            ("tanh(1)", "tanh for the sigmoid"),
            ("sigmoid(0.5) + sigmoid(0.5)", "the sigmoid of each product, then the sum"),
        ],
    ),
    (
        "forward",
        "y_hat: a1 = (0.5, 0.8), w2 = (2, -1)",
        "sigmoid(0.5 * 2 + 0.8 * -1)",
        [
            ("sigmoid(sigmoid(0.5) * 2 - sigmoid(0.8))", "the sigmoid is applied to a1 again"),
            ("0.5 * 2 + 0.8 * -1", "the last sigmoid is forgotten"),
            ("sigmoid(0.5 + 0.8)", "the weights are forgotten"),
        ],
    ),
    (
        "cost",
        "the cost of a flower with y = 1 and y_hat = 0.8",
        "-log(0.8)",
        [
            ("log(0.8)", "the minus is forgotten"),
            ("-log(1 - 0.8)", "the term of the other label"),
            ("-log(0.8) / log(10)", "base ten"),
            ("-log(0.8) / log(2)", "base two"),
            ("1 - 0.8", "the error, without a logarithm"),
            ("(1 - 0.8) ** 2", "the squared error"),
        ],
    ),
    (
        "cost",
        "the cost of a flower with y = 0 and y_hat = 0.75",
        "-log(1 - 0.75)",
        [
            ("-log(0.75)", "the term of the other label"),
            ("1 - log(0.75)", "1 minus a logarithm"),
            ("0", "a flower with label 0 is thought to pay nothing"),
        ],
    ),
    (
        "cost",
        "the mean cost of two flowers: y_hat = (0.8, 0.4), y = (1, 0)",
        "-(log(0.8) + log(1 - 0.4)) / 2",
        [
            ("-(log(0.8) + log(1 - 0.4))", "the sum for the mean"),
            ("-log(0.8) / 2", "the flower with label 0 is left out"),
            ("-log((0.8 + 0.6) / 2)", "the mean first, the logarithm after it"),
            ("-(log(0.8) - log(1 - 0.4)) / 2", "the terms are subtracted"),
            ("-(log(0.8) + log(0.4)) / 2", "label 0 pays for the other label"),
        ],
    ),
    (
        "delta",
        "dC/dz2 of one flower among four: y_hat = 0.6, y = 1, mean cross-entropy",
        "(0.6 - 1) / 4",
        [
            ("(1 - 0.6) / 4", "label minus prediction"),
            ("0.6 - 1", "the sum for the mean"),
            ("(0.6 - 1) * slope(0.6) / 4", "the slope, which has cancelled"),
            ("-1 / 0.6 / 4", "the derivative for y_hat, not yet for z2"),
            ("(0.6 - 1) / 4 / 4", "divided by N twice"),
            ("(sigmoid(0.6) - 1) / 4", "the sigmoid is applied to y_hat again"),
        ],
    ),
    (
        "delta",
        "dC/dz2 of one flower: y_hat = 0.8, y = 1, half the squared error",
        "(0.8 - 1) * slope(0.8)",
        [
            ("0.8 - 1", "the slope is forgotten"),
            ("2 * (0.8 - 1) * slope(0.8)", "a factor 2, though the error is halved"),
            ("(0.8 - 1) * slope(0.8) ** 2", "the slope twice"),
        ],
    ),
    (
        "backward",
        "dC/dw2 of a hidden unit: two flowers, a1 = (0.5, 0.1), dC/dz2 = (-0.4, 0.3)",
        "0.5 * -0.4 + 0.1 * 0.3",
        [
            ("(0.5 * -0.4 + 0.1 * 0.3) / 2", "divided by N, which is in the deltas already"),
            ("0.1 * 0.3", "only the last flower"),
            ("-0.4 + 0.3", "the activations are forgotten"),
            ("0.5 * 0.3 + 0.1 * -0.4", "the flowers are mixed up"),
            ("(0.5 + 0.1) * (-0.4 + 0.3)", "sums are multiplied"),
        ],
    ),
    (
        "backward",
        "dC/dz1 of a hidden unit: dC/dz2 = -0.2, its w2 = 3, its a1 = 0.9, z1 = 2.2",
        "-0.2 * 3 * 0.9 * (1 - 0.9)",
        [
            ("-0.2 * 3", "the slope of the hidden sigmoid is forgotten"),
            ("-0.2 * 0.9 * (1 - 0.9)", "w2 is forgotten"),
            ("-0.2 * 3 * slope(0.9) ** 2", "the slope twice"),
            ("-0.2 * 3 * (1 - 0.9)", "only the factor 1 - a of the slope"),
            ("-0.2 * 3 * 2.2 * (1 - 2.2)", "the slope is given z1"),
            ("-0.2 * 3 * slope(sigmoid(0.9))", "the slope applies the sigmoid to a1"),
            ("0.2 * 3 * 0.9 * (1 - 0.9)", "the sign is lost"),
        ],
    ),
    (
        "backward",
        "dC/dw1 from the input x = 2 to a unit with dC/dz2 = 0.5, w2 = -2, a1 = 0.8",
        "2 * 0.5 * -2 * 0.8 * (1 - 0.8)",
        [
            ("0.8 * 0.5 * -2 * 0.8 * (1 - 0.8)", "a1 for x"),
            ("0.5 * -2 * 0.8 * (1 - 0.8)", "the input is forgotten"),
            ("2 * 0.5 * -2", "the slope is forgotten"),
            ("2 * 0.5", "the output's delta for the hidden delta"),
        ],
    ),
    (
        "step",
        "a weight of 0.5 after a step: slope 0.2, learning rate 0.1",
        "0.5 - 0.1 * 0.2",
        [
            ("0.5 + 0.1 * 0.2", "uphill: a plus for the minus"),
            ("0.5 - 0.2", "the learning rate is forgotten"),
            ("0.5 - 0.1", "the slope is forgotten"),
            ("0.1 * 0.2", "the step itself, not the weight after it"),
            ("-0.1 * 0.2", "the change, not the weight after it"),
            ("0.1 * 0.2 - 0.5", "subtracted the other way round"),
            ("(0.5 - 0.1) * 0.2", "brackets where there are none"),
            ("0.5 - 0.2 / 0.1", "divided by the rate"),
        ],
    ),
    (
        "step",
        "a weight of -1 after a step: slope -0.4, learning rate 0.5",
        "-1 - 0.5 * -0.4",
        [
            ("-1 - 0.5 * 0.4", "the sign of the slope is lost"),
        ],
    ),
]

WRONG_NUMBERS = [
    WrongNumber(topic, question, right, wrong, cause)
    for topic, question, right, answers in QUESTIONS
    for wrong, cause in answers
]
