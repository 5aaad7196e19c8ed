"""Questions of notebook 08: exercises first, then the three at its end."""

from .question import Choice, Number

QUESTIONS = {
    "08-count": Number(
        "Weights and biases of a 2–8–8–1 network?",
        (2 + 1) * 8 + (8 + 1) * 8 + (8 + 1) * 1,
        "Weights 16 + 64 + 8, and a bias for each unit and for the output: 8 + 8 + 1.",
        slips={
            2 * 8 + 8 * 8 + 8 * 1: "Those are the weights; the biases are missing.",
            (2 + 1) * 8 + (8 + 1) * 8: "The layer that leads to the output is missing.",
            (2 + 1) * 8 + (8 + 1) * 1: "There are two hidden layers, and a product between them.",
        },
    ),
    "08-one": Choice(
        "BCEWithLogitsLoss is given the logit of one of N flowers. What comes back to that logit?",
        {
            "a": ("(ŷ − y) · ŷ (1 − ŷ) / N",
                  "That is for squared error (notebook 05). With cross-entropy the slope cancels."),
            "b": ("(ŷ − y) / N", "The output delta of notebook 05: sigmoid and cost in one step."),
            "c": ("(ŷ − y) / (ŷ (1 − ŷ) N)",
                  "That is ∂C/∂ŷ, one step earlier. The sigmoid, inside this loss, still follows."),
            "d": ("(z2 − y) / N", "The logit is not the prediction: the sigmoid lies between."),
        },
        "b",
    ),
    "08-two": Choice(
        "What does loss.backward() change?",
        {
            "a": ("the weights", "They change in optimizer.step()."),
            "b": (".grad of the parameters: the new gradient replaces the old",
                  "Then zero_grad would not be needed. It adds to what is there."),
            "c": (".grad of the parameters: the new gradient is added to the old",
                  "So a weight that is used in several places gets the sum, as rule 3 says; and "
                  "zero_grad is needed between the steps."),
            "d": ("nothing, it returns the gradients", "It returns nothing, and fills .grad."),
        },
        "c",
    ),
    "08-three": Choice(
        "On a small network autograd takes longer than your own lines. Where does the time go?",
        {
            "a": ("into the notes that are taken on the way there",
                  "Measured alike, the way there took the same time with and without notes."),
            "b": ("into the way back: starting it, and calling each note",
                  "A fixed price. In a large network it is lost in the arithmetic."),
            "c": ("into the arithmetic: its formulas are longer than yours",
                  "They are the same products; in a large network both take the same time."),
        },
        "b",
    ),
}  # fmt: skip
