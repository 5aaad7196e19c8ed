"""Questions of notebook 00: exercises first, then the three at its end."""

from .question import Choice

QUESTIONS = {
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
}
