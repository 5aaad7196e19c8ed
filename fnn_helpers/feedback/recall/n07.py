"""Questions of notebook 07: exercises first, then the three at its end."""

import math

from .question import Choice, Number

QUESTIONS = {
    "07-level": Number(
        "Fifty setosa (0) and fifty versicolor (1) are all told ŷ = 0.8. The mean loss?",
        -(math.log(0.8) + math.log(0.2)) / 2,
        "Half of them cost −ln 0.8, half −ln(1 − 0.8). More than ln 2: a sure answer for all is "
        "worse than 0.5 for all.",
        tolerance=0.005,
        slips={
            -math.log(0.8): "That is what a versicolor costs. Half of the flowers are setosa.",
            -math.log(0.2): "That is what a setosa costs. Half of the flowers are versicolor.",
            -math.log(0.8) - math.log(0.2): "That is the sum for one of each, not the mean.",
            math.log(2): "That is the price of 0.5 for everyone; here everyone is told 0.8.",
            0.2: "That is how far off a versicolor is; the loss is a logarithm.",
            (0.2**2 + 0.8**2) / 2: "That is the squared error.",
        },
    ),
    "07-one": Choice(
        "A mean loss of 0.30 on balanced flowers means",
        {
            "a": ("70 % are right", "Loss is no share: it asks how sure the answers are."),
            "b": ("all are right", "A few wrong flowers and many sure ones can average to 0.30."),
            "c": (
                "more than half are right",
                "A wrong flower costs at least ln 2, so at most 0.30 / 0.693 = 43 % can be wrong.",
            ),
            "d": (
                "nothing about how many are right",
                "A wrong flower has a lowest price, ln 2. How many can a mean of 0.30 pay for?",
            ),
        },
        "c",
    ),
    "07-two": Choice(
        "From notebook 05: a training loss falls in every one of 100 epochs. What does that say "
        "about the gradient it used?",
        {
            "a": (
                "it is right",
                "The tutorial's loss fell too, with the gradient of another cost.",
            ),
            "b": (
                "it is right, but for a constant factor",
                "The tutorial's is off by ŷ(1 − ŷ), which differs from flower to flower.",
            ),
            "c": (
                "its steps went downhill, no more",
                "Many wrong directions lead downhill. Only a check of each entry tells.",
            ),
        },
        "c",
    ),
    "07-three": Choice(
        "Someone standardises all 100 flowers, splits them 70/30, learns from the 70 and tests on "
        "the 30. What is wrong?",
        {
            "a": (
                "nothing: no label of the 30 was used",
                "Their measurements were: they are in the mean and the deviation.",
            ),
            "b": (
                "the 30 had a say in the scaling before the test",
                "They are in the mean and the deviation of all. Take both from the 70.",
            ),
            "c": (
                "the 30 should be standardised by their own mean and deviation",
                "Then a network that learned in one unit would be asked in another.",
            ),
        },
        "b",
    ),
}
