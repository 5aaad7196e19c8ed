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
        "What is the largest slope of the sigmoid?",
        {
            "a": ("1", "At z = 0 it is 0.5 · 0.5."),
            "b": ("1/2", "That is the activation at z = 0, not the slope."),
            "c": ("1/4", "At z = 0, where a = 0.5: a(1 − a) = 0.25."),
        },
        "c",
    ),
    "02-two": Choice(
        "sigmoid_slope is given z = 3 by mistake. What does it compute?",
        {
            "a": ("the right slope", "The formula a(1 − a) needs the activation."),
            "b": ("−6", "3 · (1 − 3): a slope below 0, which a rising curve never has."),
            "c": ("nothing", "A formula does not notice; only the helper's check does."),
        },
        "b",
    ),
    "02-three": Choice(
        "Why is h = 0.00000001 a bad step for a check in float32?",
        {
            "a": (
                "the slope is measured over too long a distance",
                "That is the error of a large step.",
            ),
            "b": ("it takes too long", "Each check needs two evaluations, whatever h is."),
            "c": (
                "two nearly equal numbers are subtracted",
                "The digits they share cancel; what remains is mostly rounding.",
            ),
        },
        "c",
    ),
}
