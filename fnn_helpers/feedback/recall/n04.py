"""Questions of notebook 04: exercises first, then the three at its end."""

from math import log, log10

from .question import Choice, Number

QUESTIONS = {
    "04-predict-cost": Number(
        "The cost of label 1 at y_hat = 0.8?",
        -log(0.8),
        "−ln 0.8 = 0.223: the true label got probability 0.8.",
        slips={
            -log(1 - 0.8): "That is −ln 0.2, the cost if the label were 0.",
            log(0.8): "The sign is turned round: a cost is never negative.",
            -log10(0.8): "That logarithm has base 10; cross-entropy uses the natural one.",
        },
        step="cost",
        given={"y_hat": 0.8, "y": 1.0},
    ),
    "04-best-constant": Number(
        "The least mean of ½ (p − y)², one answer p for all 8 flowers, of which 2 have label 1?",
        0.5 * 0.25 * 0.75,
        "0.25 (p − 1) + 0.75 p = 0 at p = 0.25, the share of ones, for this cost too. It costs "
        "½ (0.25 · 0.75² + 0.75 · 0.25²) = 0.094.",
        tolerance=0.0005,
        slips={
            0.25: "That is the best answer. What does it cost?",
            0.5 * 0.25: "That is the cost of one half. Where is the derivative 0?",
            0.25 * 0.75: "The ½ in front of the square is missing.",
            8 * 0.5 * 0.25 * 0.75: "That is the sum over the 8 flowers.",
            0.5 * 0.75**2: "That is what a flower with label 1 pays. Only 2 of 8 are ones.",
            0.5 * 0.25**2: "That is what a flower with label 0 pays. Only 6 of 8 are zeros.",
            -(0.25 * log(0.25) + 0.75 * log(0.75)): "That is cross-entropy. Squared error is asked "
            "for.",
        },
    ),
    "04-one": Choice(
        "90 of 100 flowers have label 1. A network's mean cost is 0.40. Does it know more than "
        "how frequent the labels are?",
        {
            "a": ("yes: 0.40 is below ln 2", "0.693 is the yardstick for balanced labels only."),
            "b": ("nothing shows it", "Answering 0.9 to everyone costs 0.325, which is less."),
            "c": ("yes: about 60 % are right", "A cost is no share: it asks how sure answers are."),
        },
        "b",
    ),
    "04-two": Choice(
        "One label of a hundred was mistyped: it says 1, and the network says, rightly, 0.002. "
        "Which cost pulls this answer harder toward the wrong label?",
        {
            "a": ("cross-entropy", "Its slope along the logit is nearly −1, that of squared error "
                                   "about −0.002."),
            "b": ("squared error", "Its slope has the sigmoid's slope as a factor: 0.002 here."),
            "c": ("both alike", "Both are large here; their slopes are −0.998 and about −0.002."),
        },
        "a",
    ),
    "04-three": Choice(
        "In float32 σ(20) is exactly 1, as notebook 02 showed. The label is 1. Which form gives "
        "the true cost, 2 · 10⁻⁹?",
        {
            "a": ("−(y ln ŷ + (1 − y) ln(1 − ŷ))", "Its second term is 0 · ln 0, which is NaN."),
            "b": ("ln(1 + eᶻ) − y z", "20 − 20 = 0: two nearly equal numbers are subtracted."),
            "c": ("softplus(−z)", "ln(1 + e⁻²⁰): nothing is subtracted, and nothing overflows."),
            "d": ("½ (ŷ − y)²", "Another cost, and it is exactly 0 here."),
        },
        "c",
    ),
}  # fmt: skip
