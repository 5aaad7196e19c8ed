"""What an answer holds: all mistakes, what follows from them, hints in their order, any stream."""

import io
import json
import subprocess
import sys

import pytest
import torch
from conftest import ROOT

from fnn_helpers import feedback


def backward(delta=lambda d: d, hidden=lambda d: d, last=lambda X, d: X.T @ d):
    def f(X, y, w2, a1, y_hat):
        dC_dz2 = delta((y_hat - y) / len(X))
        dC_dw2 = a1.T @ dC_dz2
        dC_da1 = dC_dz2 @ w2.T
        dC_dz1 = hidden(dC_da1 * a1 * (1 - a1))
        return dC_dz2, dC_dw2, dC_da1, dC_dz1, last(X, dC_dz1)

    return f


def loop(delta=lambda p, y: (p - y) / len(y), loss=torch.mean, small=0.0):
    def train(X, y, w1, w2, epochs, learning_rate):
        losses = []
        for _ in range(epochs):
            a1 = torch.sigmoid(X @ w1)
            p = torch.sigmoid(a1 @ w2)
            losses.append(loss(-(y * (p + small).log() + (1 - y) * (1 - p + small).log())))
            d2 = delta(p, y)
            d1 = d2 @ w2.T * a1 * (1 - a1)
            w1, w2 = w1 - learning_rate * X.T @ d1, w2 - learning_rate * a1.T @ d2
        return w1, w2, losses

    return train


def test_what_follows_from_an_earlier_mistake_is_no_mistake() -> None:
    answer = feedback.check_backward(backward(delta=lambda d: -d))
    assert answer.mistakes == ("sign",)
    assert answer.quantities == {
        "dC_dz2": "wrong", "dC_dw2": "follows", "dC_da1": "follows", "dC_dz1": "follows",
        "dC_dw1": "follows",
    }  # fmt: skip


def test_a_mistake_behind_another_is_named_too() -> None:
    answer = feedback.check_backward(backward(delta=lambda d: -d, last=lambda X, d: (X.T @ d).T))
    assert answer.mistakes == ("sign", "transposed")
    assert answer.quantities["dC_dz1"] == "follows"
    assert answer.quantities["dC_dw1"] == "wrong"
    assert "Also, at dC_dw1: It is transposed" in answer.message


def test_what_is_right_beside_a_mistake_stays_right() -> None:
    answer = feedback.check_backward(backward(hidden=lambda d: 2 * d))
    assert list(answer.quantities.values()) == ["right", "right", "right", "wrong", "follows"]
    assert feedback.check_backward(backward()).quantities["dC_dw1"] == "right"


def test_nothing_is_reached_where_it_stops() -> None:
    answer = feedback.check_forward(lambda X, w1, w2: X @ w2)
    assert set(answer.quantities.values()) == {"not reached"}


@pytest.mark.parametrize(
    ("check", "function", "mistake"),
    [
        (feedback.check_backward, backward(hidden=lambda d: d.flip(0)), "reversed"),
        (feedback.check_train, loop(delta=lambda p, y: p - y), "sum-not-mean"),
        (feedback.check_train, loop(loss=torch.sum), "loss-summed"),
    ],
)
def test_in_a_hunt_the_symptom_comes_first_and_the_name_last(check, function, mistake) -> None:
    plain, hunted = check(function), check(function, hunt=True)
    assert hunted.mistake == plain.mistake == mistake
    assert hunted.hints == (*plain.hints, plain.message)
    assert "right one" in hunted.message and hunted.message not in plain.message
    assert str(hunted).splitlines()[-1] == f"  what it is: {plain.message}"


def test_a_hunt_hides_nothing_that_no_numbers_show() -> None:
    assert "written @" in feedback.check_forward(lambda X, w1, w2: X * w1, hunt=True).message
    assert feedback.check_sigmoid(torch.sigmoid, hunt=True)


@pytest.mark.parametrize(
    ("function", "start"),
    [
        (loop(small=1e-3), "The weights are right, the losses are wrong: The first loss is right"),
        (loop(loss=torch.sum), "The weights are right, the losses have a wrong scale"),
        (loop(loss=lambda c: c.mean() / 2.302585093), "The weights are right, the losses are wr"),
    ],
)
def test_wrong_losses_beside_right_weights(function, start) -> None:
    answer = feedback.check_train(function)
    assert answer.message.startswith(start), answer.message
    assert ".." not in answer.message
    assert answer.quantities == {"w1": "right", "w2": "right", "losses": "wrong"}


def test_a_hint_quotes_the_line_of_the_learner() -> None:
    answer = feedback.check_backward(backward(delta=lambda d: -d))
    assert "dC_dz2: dC_dz2 = delta((y_hat - y) / len(X))." in answer.hints[0]


def test_an_answer_becomes_plain_words_for_json() -> None:
    answer = feedback.check_backward(backward(delta=lambda d: -d))
    assert json.loads(json.dumps(answer.as_dict())) == {
        "check": "check_backward", "status": "wrong", "mistake": "sign", "mistakes": ["sign"],
        "where": "dC_dz2", "quantities": dict(answer.quantities), "message": answer.message,
        "hints": list(answer.hints),
    }  # fmt: skip


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "cp437", "cp949"])
def test_a_verdict_prints_on_any_stream(encoding, monkeypatch) -> None:
    page = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(page, encoding=encoding))
    print(feedback.check_output_delta(lambda p, y: (p - y) / len(y) * p * (1 - p)))
    sys.stdout.flush()
    said = page.getvalue().decode(encoding)
    assert "wrong at dC_dz2" in said and "?" not in said.splitlines()[0]


def test_a_verdict_prints_where_python_speaks_ascii() -> None:
    code = "from fnn_helpers.feedback import check_sigmoid; print(check_sigmoid(abs))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, cwd=ROOT, check=False,
        env={"PYTHONIOENCODING": "ascii", "PYTHONPATH": str(ROOT), "PYTHONUTF8": "0"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert b"wrong at a" in done.stdout


def test_the_symptom_is_of_the_place_that_is_named() -> None:
    def stale(X, y, w1, w2, epochs, learning_rate):
        a1 = torch.sigmoid(X @ w1)
        p = torch.sigmoid(a1 @ w2)
        losses = []
        for _ in range(epochs):
            losses.append(-(y * p.log() + (1 - y) * (1 - p).log()).mean())
            d2 = (p - y) / len(y)
            d1 = d2 @ w2.T * a1 * (1 - a1)
            w1, w2 = w1 - learning_rate * X.T @ d1, w2 - learning_rate * a1.T @ d2
        return w1, w2, losses

    answer = feedback.check_train(stale, hunt=True)
    assert (answer.mistake, answer.where) == ("stale-forward", "losses")
    assert answer.message.startswith("losses are not right")


def test_where_there_is_no_number_the_symptom_says_so() -> None:
    answer = feedback.check_sigmoid(
        lambda z: torch.sigmoid(z) / (z != z[0, 0]) * (z != z[0, 0]), hunt=True
    )
    assert answer.mistake == "not-a-number"
    assert answer.message.startswith("a is no number at [0, 0]: nan where 0.")
