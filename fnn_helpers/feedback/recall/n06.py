"""Questions of notebook 06: exercises first, then the three at its end."""

from .question import Choice, Number

QUESTIONS = {
    "06-predict-rate": Number(
        "The rate for the mean of 250, if the sum had 0.002?",
        0.002 * 250,
        "The mean is 250 times smaller, so its rate is 250 times larger.",
        tolerance=0.001,
        slips={
            0.002 / 250: "The mean is smaller than the sum: to go as far, its rate must be larger.",
            0.002: "With the same rate, the mean's step would be 250 times shorter.",
            0.2: "That is for 100 flowers; here there are 250.",
        },
    ),
    "06-parabola": Number(
        "The cost is 4w² + 1. Above which learning rate does every step climb?",
        2 / 8,
        "The slope is 8w, so c = 8. A step leads to (1 − 8η) w, and its size grows above η = 2/8.",
        tolerance=0.001,
        slips={
            1 / 8: "At 1/c the step reaches the lowest point. It climbs only from further on.",
            2 / 4: "c is how fast the slope grows. The slope of 4w² is 8w, so c = 8.",
            8.0: "That is c. When is the factor 1 − ηc below −1?",
            4.0: "That is c/2. When is the factor 1 − ηc below −1?",
            1.0: "The + 1 lifts the whole parabola: it changes no slope.",
        },
    ),
    "06-one": Choice(
        "You halve a small learning rate. The gain of one step is",
        {
            "a": (
                "about the same",
                "The gain is the rate times the sum of squared slopes: the rate is in it.",
            ),
            "b": ("about half", "The gain is the rate times the sum of squared slopes."),
            "c": ("about a quarter", "The slopes are squared, the rate is not."),
        },
        "b",
    ),
    "06-two": Choice(
        "Training stands still, and the gradient of w1 is almost 0. What do you know?",
        {
            "a": (
                "the best weights are found",
                "Saturated units and w2 = 0 make it small too: look at the predictions.",
            ),
            "b": (
                "the learning rate is too small",
                "The rate multiplies the gradient; it does not make it small.",
            ),
            "c": (
                "only that small steps of w1 change little here",
                "Arrived, saturated, or w2 near 0: the gradient alone does not say which.",
            ),
        },
        "c",
    ),
    "06-three": Choice(
        "From notebook 05: a weight is poked by +0.001, and the cost rises by 0.0004. Where does "
        "one step at rate 0.1 bring this weight?",
        {
            "a": (
                "0.04 higher",
                "The slope is 0.4, and a step goes against it.",
            ),
            "b": (
                "0.04 lower",
                "The slope is 0.0004 / 0.001 = 0.4, and the weight moves by −0.1 · 0.4.",
            ),
            "c": (
                "0.00004 lower",
                "0.0004 is the change; the slope is the change divided by the poke.",
            ),
            "d": ("0.4 lower", "0.4 is the slope; the rate is still missing."),
        },
        "b",
    ),
}
