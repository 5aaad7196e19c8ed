"""Questions of notebook 00: exercises first, then the three at its end."""

from .question import Choice

QUESTIONS = {
    "00-one": Choice(
        "A unit has the weights 2 and −3. A flower's numbers are 3 and 4. What comes out of it?",
        {
            "a": ("nearly 1", "z = 2 · 3 + 3 · 4 = 18 leaves out the minus of the second weight."),
            "b": ("nearly 0", "z = 2 · 3 − 3 · 4 = −6, far below 0, and then it is squashed."),
            "c": ("−6", "That is z. It is squashed to a number between 0 and 1."),
        },
        "b",
    ),
    "00-two": Choice(
        "You ran a cell that holds only an assert, and nothing was printed. What do you know?",
        {
            "a": ("its claim is false", "A false claim stops with an AssertionError."),
            "b": ("its claim is true", "A false claim would have stopped with an AssertionError."),
            "c": ("nothing: it was only read", "Running it checks the claim, whatever is printed."),
        },
        "b",
    ),
    "00-three": Choice(
        "What are the hidden units of this network good for?",
        {
            "a": ("for these flowers: more of them are right", "All 100 are right with one unit."),
            "b": (
                "for training: one unit cannot be trained",
                "It can: the same steps find two good weights for one unit.",
            ),
            "c": (
                "for other tasks: where no straight border will do",
                "A single unit draws a straight border, whatever its weights are.",
            ),
        },
        "c",
    ),
}
