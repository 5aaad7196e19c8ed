"""Questions of notebook 05: exercises first, then the three at its end."""

from .question import Choice, Number

QUESTIONS = {
    "05-predict-delta": Number(
        "The output delta for y = 0, y_hat = 0.9, N = 1?",
        0.9 - 0,
        "ŷ − y = 0.9. No slope: it has cancelled.",
        tolerance=0.001,
        slips={
            (0.9 - 0)
            * 0.9
            * (1 - 0.9): "That has the slope ŷ(1 − ŷ) in it: the delta of half the squared error.",
            0 - 0.9: "The sign is turned round: a larger ŷ makes this flower's cost larger.",
        },
        step="dC_dz2",
        given={"y_hat": 0.9, "y": 0.0},
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
            "c": (
                "the cost is a mean over the flowers",
                "That gives the 1/N, and both gradients have it.",
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
        "All hidden activations are 0.9999 (notebook 02). What comes back through them, to z1?",
        {
            "a": (
                "almost all of it: times 0.9999",
                "That is a alone. The slope of the sigmoid is a(1 − a).",
            ),
            "b": (
                "all of it: the slope cancels",
                "It cancels at the output, where a logarithm follows. Here none does.",
            ),
            "c": (
                "a ten-thousandth of it",
                "a(1 − a) ≈ 0.0001: these units are saturated, and w1 hardly moves.",
            ),
        },
        "c",
    ),
}
