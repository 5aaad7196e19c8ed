"""Questions of notebook 04: exercises first, then the three at its end."""

from math import log, log10

from .question import Choice, Number

QUESTIONS = {
    "04-predict-cost": Number(
        "The cost of label 1 at y_hat = 0.8?",
        -log(0.8),
        "−ln 0.8 = 0.223: the true label got probability 0.8.",
        slips={
            -log(1 - 0.8): "That is −ln 0.2, the cost if the label were 0.",
            log(0.8): "The sign is turned round: a cost is never negative.",
            -log10(0.8): "That logarithm has base 10; cross-entropy uses the natural one.",
        },
        step="cost",
        given={"y_hat": 0.8, "y": 1.0},
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
}
