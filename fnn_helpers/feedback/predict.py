"""A learner's guess, written down before the cell runs."""

from .finding import printable


def predict(guess: object) -> None:
    """Print the guess, on one line that can be read beside a collapsed output."""
    print(printable(f"your prediction: {' '.join(str(guess).split()) or '?'}"))
