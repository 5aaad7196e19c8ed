"""Exceptions in the lesson's words: each row of the table is reached by code that really raises."""

import math

import numpy as np
import pytest
import torch
from torch.nn import functional as F

from fnn_helpers import feedback
from fnn_helpers.feedback.call import Call, line_of, text_of, translate
from fnn_helpers.feedback.call.errors import OF_AUTOGRAD, ROWS, row_of

CALL = Call("X, w1, y", "f", 5)


def late():
    value = valeu  # noqa: F821, F841
    valeu = 1  # noqa: F841


def importing():
    from torch import sigmod  # noqa: F401


def unpacking(*values):
    first, second = values


def unpack_one(pair):
    first, second = pair


def writing(a, b):
    a[0] = b


def asserting(claim):
    assert claim, "shapes differ"


def filling(places):
    places[0] = 1


def exit_now():
    raise SystemExit


def again(x):
    return again(x)


class Nothing:
    pass


class Bare(torch.nn.Module):
    def __init__(self):
        pass


NAMES = {
    "torch": torch, "np": np, "math": math, "F": F, "late": late, "importing": importing,
    "unpack_one": unpack_one, "writing": writing,
    "unpacking": unpacking, "asserting": asserting, "filling": filling, "exit_now": exit_now,
    "again": again, "Nothing": Nothing, "Bare": Bare,
}  # fmt: skip


def raised_by(code: str) -> BaseException:
    generator = torch.Generator().manual_seed(0)
    X = torch.randn(5, 3, generator=generator, dtype=torch.float64)
    w1 = torch.randn(3, 4, generator=generator, dtype=torch.float64)
    y = torch.tensor([[1.0], [0.0], [1.0], [1.0], [0.0]], dtype=torch.float64)
    try:
        eval(code, {**NAMES, "X": X, "w1": w1, "y": y})
    except BaseException as error:
        return error
    raise AssertionError(f"{code} raises nothing")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.example)
def test_each_row_is_reached_by_its_example(row) -> None:
    error = raised_by(row.example)
    reached = row_of(error)
    assert reached is not None, repr(error)
    assert reached[0] is row, f"{error!r} reaches {reached[0].example}"
    name, said = translate(error, CALL._replace(autograd_allowed=True))
    assert name == row.id
    assert said.endswith((".", "?")) and "{" not in said and ".." not in said, said


def test_examples_are_of_their_own() -> None:
    assert len({row.example for row in ROWS}) == len(ROWS)


def test_what_no_row_knows_keeps_its_own_words() -> None:
    assert translate(LookupError("no such thing"), CALL) == (
        "raised", "It stopped with LookupError: no such thing."
    )  # fmt: skip


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (lambda z: 1 if z > 0 else 0, "An if was given"),
        (lambda z: max(-600, z), "max and min"),
        (lambda z: min(600, z), "max and min"),
        (lambda z: z > -5 and z < 5, "and, or"),
        (lambda z: -5 < z < 5, "and, or"),
        (lambda z: bool(z), "was asked whether it is true"),
    ],
)
def test_what_asked_for_a_truth_is_named_only_if_it_stands_there(body, words) -> None:
    answer = feedback.check_sigmoid(body)
    assert answer.mistake == "function-of-one-number"
    assert words in answer.message
    assert words == "An if was given" or "An if" not in answer.message


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (lambda p, y: np.sum(p.numpy(), y.numpy()), "with +"),
        (lambda p, y: torch.sum(p, y), "with +"),
        (lambda p, y: np.mean(p.numpy(), y.numpy()), "with +"),
        (lambda p, y: np.max(-500, y.numpy()), "np.maximum"),
        (lambda p, y: torch.max(-500, y), "np.maximum"),
    ],
)
def test_a_second_array_is_taken_for_an_axis(body, words) -> None:
    answer = feedback.check_binary_cross_entropy(body)
    assert answer.mistake == "array-for-axis"
    assert words in answer.message


def test_an_axis_is_blamed_only_where_it_was_given() -> None:
    for body in (lambda z: range(z), lambda z: [1, 2][z.numpy()], lambda z: torch.sum(z, 0.5)):
        assert feedback.check_sigmoid(body).mistake != "array-for-axis"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (lambda z: torch.ln(z), "Is log meant?"),
        (lambda z: z.lenght, "Look for its name"),  # nothing is near
        (lambda z: 1 / (1 + exp(-z)), "It is torch.exp here."),  # noqa: F821
        (lambda z: z.softmx(1), "Is softmax meant?"),
    ],
)
def test_only_a_near_name_is_proposed(body, words) -> None:
    assert words in feedback.check_sigmoid(body).message


def test_a_long_message_that_no_row_knows_is_cut() -> None:
    _, said = translate(LookupError("one line\n" + "x" * 999), CALL)
    assert said == "It stopped with LookupError: one line …"
    _, said = translate(LookupError("x" * 999), CALL)
    assert len(said) < 250


def test_a_name_that_is_nearly_right_is_proposed() -> None:
    def forward(X, w1, w2):
        hidden_in = X @ w1  # noqa: F841
        return hiden_in @ w2  # noqa: F821

    assert "Is hidden_in meant?" in feedback.check_forward(forward).message


def test_autograd_is_the_mistake_only_where_it_is_not_asked_for() -> None:
    for row in ROWS:
        error = raised_by(row.example)
        asked, said = translate(error, CALL._replace(autograd_allowed=True))
        assert asked == row.id != "uses-autograd" and "by hand" not in said
        derived, _ = translate(error, CALL)
        assert derived == ("uses-autograd" if row.id in OF_AUTOGRAD else row.id)


def test_a_function_without_parentheses_is_no_number() -> None:
    answer = feedback.check_sigmoid(lambda z: 1 / (1 + math.exp**-z))
    assert answer.mistake == "operands-do-not-fit" and "parentheses" in answer.message


def test_the_line_that_is_shown_is_the_learners() -> None:
    def forward(X, w1, w2):
        return np.dot(X, X)

    with pytest.raises(ValueError, match="not aligned") as raised:
        forward(np.ones((5, 3)), None, None)
    assert line_of(raised.value) == "return np.dot(X, X)"


def test_an_exception_that_cannot_speak_is_quoted_as_nothing() -> None:
    class Mute(Exception):
        def __str__(self):
            raise SystemExit

    assert text_of(Mute()) == ""
