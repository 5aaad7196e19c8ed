"""Questions of notebook 01: exercises first, then the three at its end."""

from .question import Choice, Number

QUESTIONS = {
    "01-length": Number(
        "The row (3, 4), scaled to length 1: its first number?",
        3 / 5,
        "The length is 5, and 3 / 5 = 0.6.",
        slips={4 / 5: "That is the second number, 4 / 5.", 5: "That is the length of the row."},
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
        "y_hat is 100 × 1 and y has shape (100,). What is the shape of y_hat - y?",
        {
            "a": ("(100, 1)", "y is laid along the columns, not along the rows."),
            "b": ("(100, 100)", "Every prediction meets every label, without an error message."),
            "c": ("an error", "Nothing warns you: that is what makes it dangerous."),
        },
        "b",
    ),
    "01-three": Choice(
        "A network on the row-scaled flowers reaches 0.99. How hard was that?",
        {
            "a": ("very hard", "One threshold on the angle does the same."),
            "b": (
                "as hard as one threshold",
                "Only the angle is left, and one threshold on it gives 0.99.",
            ),
        },
        "b",
    ),
}
