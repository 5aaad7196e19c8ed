"""Questions of notebook 03: exercises first, then the three at its end."""

from .question import Choice, Number

QUESTIONS = {
    "03-count": Number(
        "Weights of a 4–10–1 network without biases?",
        4 * 10 + 10 * 1,
        "4 · 10 in the first layer and 10 · 1 in the second.",
        slips={
            4 * 10: "That is the first layer alone.",
            (4 + 1) * 10 + (10 + 1) * 1: "That is with biases: 10 and 1 more.",
        },
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
}
