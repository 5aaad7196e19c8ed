"""Questions of notebook 02: exercises first, then the three at its end."""

from .question import Choice, Number

QUESTIONS = {
    "02-predict-slope": Number(
        "The slope where a = 0.9?",
        0.9 * (1 - 0.9),
        "a(1 − a) = 0.9 · 0.1.",
        tolerance=0.001,
        slips={1 - 0.9: "That is 1 − a: only one of the two factors."},
        step="slope",
        given={"a1": 0.9},
    ),
    "02-one": Choice(
        "As many flowers are of class 1 as of class 0. Three clues that do not influence each "
        "other multiply the odds by 3, by 6 and by ½. What is the probability of class 1?",
        {
            "a": ("0.90", "3 · 6 · ½ = 9 are the odds, nine to one: σ(ln 9) = 9 / 10."),
            "b": ("0.95", "That is σ(ln 18): the third clue speaks against class 1."),
            "c": ("0.65", "That is the mean of 3/4, 6/7 and 1/3. Evidence adds up: the second clue "
                          "alone gives 0.86."),
        },
        "a",
    ),
    "02-two": Choice(
        "sigmoid_slope, as this notebook wrote it, is given z = 3 by mistake. What happens?",
        {
            "a": ("it returns 0.045", "That is the slope at z = 3; it needs a = 0.953 for it."),
            "b": ("it returns −6", "3 · (1 − 3): a slope below 0, which a rising curve never has."),
            "c": ("it stops with an error", "A formula does not notice. The helper's check does."),
            "d": ("it returns 0.25", "That is the largest slope, at a = 0.5."),
        },
        "b",
    ),
    "02-three": Choice(
        "The flowers of notebook 01 came as float32. A slope formula is compared with a central "
        "difference on such a tensor, h = 0.0000001, and they differ by 100 %. What follows?",
        {
            "a": (
                "the formula is wrong",
                "The right formula differs as much there: the two values of f share all digits.",
            ),
            "b": (
                "a smaller step is needed",
                "A smaller step makes the two values still more alike.",
            ),
            "c": (
                "nothing: repeat it in float64, with h = 0.0001",
                "In float32 nothing but rounding is left at this step.",
            ),
        },
        "c",
    ),
}  # fmt: skip
