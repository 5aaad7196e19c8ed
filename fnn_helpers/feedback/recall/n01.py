"""Questions of notebook 01: exercises first, then the three at its end."""

from .question import Choice, Number

QUESTIONS = {
    "01-length": Number(
        "The row (3, 4), scaled to length 1: its first number?",
        3 / 5,
        "The length is 5, and 3 / 5 = 0.6.",
        slips={
            4 / 5: "That is the second number, 4 / 5.",
            5: "That is the length of the row.",
            3 / 7: "That is 3 / (3 + 4): the numbers were added. A length adds squares, then "
            "takes the root.",
            3 / 4: "That is 3 / 4, divided by the other number. Divide by the length of the row.",
        },
        step="unit_rows",
        given={"X": [[3.0, 4.0]]},
    ),
    "01-one": Choice(
        "Two flowers lie on the same ray from the origin. What does row scaling make of them?",
        {
            "a": ("the same point", "Only the angle is left, and theirs is the same."),
            "b": ("two points on the arc", "Their angles are equal, and only the angle is left."),
            "c": ("two points on the ray", "All rows get length one."),
        },
        "a",
    ),
    "01-two": Choice(
        "y is a flat list of 50 zeros and 50 ones, and y_hat a column with the same 100 numbers. "
        "What is the mean of (y_hat - y)**2?",
        {
            "a": ("0", "It would be 0 if each number met its own. Each number meets all 100."),
            "b": ("0.5", "In the 100 × 100 table half of the pairs are unlike."),
            "c": ("an error", "A minus sign broadcasts, and nothing warns you."),
        },
        "b",
    ),
    "01-three": Choice(
        "The single unit of notebook 00 got all 100 flowers right, the best threshold on the angle "
        "99. What makes the difference?",
        {
            "a": ("the unit was trained", "Its two weights were found by trying, as a threshold."),
            "b": ("the sigmoid bends the border", "A unit's border is straight: where z is 0."),
            "c": ("the unit got both numbers", "The angle is one number of the two: size is gone."),
        },
        "c",
    ),
}
