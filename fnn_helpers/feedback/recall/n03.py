"""Questions of notebook 03: exercises first, then the three at its end."""

from .question import Choice, Number

QUESTIONS = {
    "03-line": Number(
        "Which bias puts the line of a unit with weights (2, −1) through the point (3, 1)?",
        -(2 * 3 - 1 * 1),
        "z = 2 · 3 − 1 · 1 + b must be 0 there, so b = −5.",
        slips={
            2 * 3 - 1 * 1: "This is z without a bias. The bias has to bring it to 0.",
            -(2 * 3 + 1 * 1): "The second weight lost its sign: it is −1.",
            -(2 * 1 - 1 * 3): "The coordinates are exchanged: the first weight meets the first.",
            0: "With the bias 0 the line passes through the origin: z at (3, 1) is 5, not 0.",
        },
    ),
    "03-starts": Number(
        "Of 200 untrained networks, how many have the flowers A in order?",
        63,
        "63 for A and 177 for B, where the unit rows have 194. So it is the one number: along a "
        "line there are only two ways to go. With two numbers a network rises in a direction of "
        "its own, and lying close together does not help.",
        tolerance=0.5,
        slips={
            194: "That is the number for the unit rows. Is flowers_a given?",
            177: "That is the number for B.",
            32: "These are forwards only. Add those that have them in order backwards.",
            31: "These are backwards only. Add those that have them in order forwards.",
        },
    ),
    "03-one": Choice(
        "A network has 3 inputs, 8 hidden units and 2 outputs. What is the shape of w2?",
        {
            "a": ("3 × 2", "That would go from the inputs to the outputs, past the hidden layer."),
            "b": ("8 × 2", "It takes a row of 8 activations to 2 sums."),
            "c": ("2 × 8", "Turned round: in a1 @ w2 the inner numbers, 8 and 2, do not agree."),
            "d": ("8 × 3", "That is w1 turned round."),
        },
        "b",
    ),
    "03-two": Choice(
        "32 hidden units, but their sigmoid was forgotten. Where can the answer be 0.5?",
        {
            "a": ("on one straight line", "Two matrices behind each other are one: one unit."),
            "b": ("on up to 32 lines", "Each unit has its line, but sums of sums are one sum."),
            "c": ("on any closed curve", "Edges come from the sigmoids between the layers."),
            "d": ("nowhere", "The last sigmoid is still there, and it says 0.5 where z2 is 0."),
        },
        "a",
    ),
    "03-three": Choice(
        "A flower gets ŷ = 0.81. All weights in w2 change their sign. What does it get now? "
        "(Think of 02.)",
        {
            "a": ("0.81", "z2 changes its sign, and with it the side of 0.5."),
            "b": ("−0.81", "z2 becomes −z2, but a sigmoid follows: no probability is negative."),
            "c": ("0.19", "z2 becomes −z2, and σ(−z) = 1 − σ(z)."),
            "d": ("0.5", "That would need z2 = 0. It becomes −z2."),
        },
        "c",
    ),
}  # fmt: skip
