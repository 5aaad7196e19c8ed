"""Questions of notebook 06: exercises first, then the three at its end."""

from .question import Choice, Number

QUESTIONS = {
    "06-predict-rate": Number(
        "The rate for the mean of 250, if the sum had 0.002?",
        0.002 * 250,
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
}
