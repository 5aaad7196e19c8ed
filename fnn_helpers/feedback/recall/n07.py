"""Questions of notebook 07: exercises first, then the three at its end."""

from .question import Choice

QUESTIONS = {
    "07-predict-loss": Choice(
        "A mean loss of 0.30 means",
        {
            "a": ("70 % are right", "Loss is no share: it asks how sure the answers are."),
            "b": ("all are right", "A few wrong flowers and many sure ones can average to 0.30."),
            "c": (
                "more than half are right",
                "A wrong flower costs at least ln 2, so at most 0.30 / 0.693 = 43 % can be wrong.",
            ),
        },
        "c",
    ),
    "07-one": Choice(
        "The loss falls from 0.92 to 0.70, accuracy stays at 0.50. What is the network doing?",
        {
            "a": (
                "learning to tell the species apart",
                "Saying 0.5 to everyone would cost 0.693: nothing above that needs a difference.",
            ),
            "b": (
                "becoming less sure",
                "All answers move toward 0.5. Only below ln 2 = 0.693 must the species differ.",
            ),
        },
        "b",
    ),
    "07-two": Choice(
        "Why does one unused random draw change the whole run?",
        {
            "a": (
                "the generator hands out one fixed sequence",
                "Every draw takes its share; all later ones shift.",
            ),
            "b": ("it changes the seed", "The seed only says where the sequence starts."),
        },
        "a",
    ),
    "07-three": Choice(
        "Someone standardises all 100 flowers and then splits them 70/30. What is wrong?",
        {
            "a": ("nothing", "The test flowers have influenced the mean and the deviation."),
            "b": (
                "the test is no longer about unseen flowers",
                "They have influenced the mean and the deviation.",
            ),
        },
        "b",
    ),
}
