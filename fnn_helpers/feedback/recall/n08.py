"""Questions of notebook 08: exercises first, then the three at its end."""

from .question import Choice, Number

QUESTIONS = {
    "08-count": Number(
        "Parameters of a 2–32–1 network with biases?",
        (2 * 32 + 32 * 1) + (32 + 1),
        "64 + 32 weights, and 32 + 1 biases.",
        slips={2 * 32 + 32 * 1: "Those are the weights; the biases are missing."},
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
