"""An exercise is asked by name, on arguments of its own; what is seen of an answer is compared."""

import pytest
import torch

from fnn_helpers.feedback import against, check_exercise
from fnn_helpers.feedback.quantity import Mistake
from fnn_helpers.feedback.tasks.exercises import Exercise


def _drawn(generator, number):
    return (torch.randn(4 + number, 3, generator=generator, dtype=torch.float64),)


SUMS = Exercise(
    ("sums",), ("X",), _drawn, lambda X: X.sum(1),
    {"sums": (Mistake("columns", lambda v: v.given[0].sum(0), "Columns are added.", "Rows."),)},
)  # fmt: skip
ROOTS = Exercise(
    ("square",), ("n",), lambda generator, number: (torch.tensor(4.0 + number),), lambda n: n,
    see=lambda root, n: root**2,
)  # fmt: skip


@pytest.fixture(autouse=True)
def _known(monkeypatch):
    monkeypatch.setattr(against, "EXERCISES", {"00-sums": SUMS, "00-roots": ROOTS})


def test_a_right_function_is_accepted_and_a_stub_is_not_attempted() -> None:
    def stub(X):
        raise NotImplementedError("Add up each row.")

    assert check_exercise("00-sums", lambda X: X @ torch.ones(X.shape[1]).double())
    assert check_exercise("00-sums", stub).status == "not attempted"


def test_a_mistake_of_the_table_is_named() -> None:
    answer = check_exercise("00-sums", lambda X: torch.stack([c.sum() for c in X.T]))
    assert (answer.status, answer.mistake, answer.where) == ("wrong", "columns", "sums")


def test_numbers_of_one_call_do_not_pass_the_next() -> None:
    first = SUMS.right(*_drawn(torch.Generator().manual_seed(0), 0))
    assert check_exercise("00-sums", lambda X: first).status == "wrong"


def test_many_answers_are_right_where_one_looks_at_what_they_do() -> None:
    assert check_exercise("00-roots", lambda n: n.sqrt())
    assert check_exercise("00-roots", lambda n: -n.sqrt())
    assert check_exercise("00-roots", lambda n: n).status == "wrong"
    assert check_exercise("00-roots", lambda n: "two").status in {"wrong", "raised"}


def test_an_unknown_name_says_which_there_are() -> None:
    with pytest.raises(KeyError, match="there are 00-roots, 00-sums"):
        check_exercise("00-none", len)
