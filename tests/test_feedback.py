"""The checks: every mistake is wrong and named, every right way is accepted, nothing is lost."""

import inspect
import math
import random
import re
import time

import numpy as np
import pytest
import torch
from learners import BACKWARD, BY_NAME, RIGHT, TABLE, check, wrong_attempts

from fnn_helpers import feedback
from fnn_helpers.feedback import Feedback, recall
from fnn_helpers.feedback import runner as runner_module
from fnn_helpers.feedback.cases import CASES
from fnn_helpers.feedback.questions import QUESTIONS, Choice

# Learners mix NumPy and PyTorch; what either library says about that is not our subject.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::RuntimeWarning")

ATTEMPTS = list(wrong_attempts())
PLAIN = [a for a in ATTEMPTS if not a.scale]
RIGHT_WAYS = [(name, f) for name, ways in RIGHT.items() for f in ways]
ONE_EACH = [(name, ways[0]) for name, ways in RIGHT.items()]


@pytest.mark.parametrize("attempt", PLAIN, ids=lambda a: f"{a.check[6:]}-{a.where}-{a.mistake}")
def test_each_mistake_is_wrong_and_named(attempt) -> None:
    answer = check(attempt.check)(attempt.function)
    assert answer.status == "wrong" and not answer
    assert answer.mistake == attempt.mistake
    assert answer.where == attempt.where or attempt.check == "check_train"
    assert len(answer.hints) == 3 and all(answer.hints) and len(set(answer.hints)) == 3


def test_with_a_wrong_scale_at_least_98_percent_are_named() -> None:
    scaled = [a for a in ATTEMPTS if a.scale]
    answers = [(a, check(a.check)(a.function)) for a in scaled]
    assert len(scaled) > 300
    assert not any(answer for _, answer in answers)
    named = [answer.mistake is not None for _, answer in answers]
    assert sum(named) / len(named) >= 0.98
    same = [answer.mistake == a.mistake for a, answer in answers]
    assert sum(same) / len(same) >= 0.95  # a scaled mistake can be another one, exactly


@pytest.mark.parametrize(("name", "way"), RIGHT_WAYS)
def test_right_ways_are_accepted(name, way) -> None:
    answer = check(name)(way)
    assert answer, str(answer)
    assert answer.mistake is None and answer.hints == ()


def test_there_are_forty_right_ways_and_all_nine_checks() -> None:
    assert len(RIGHT_WAYS) >= 40
    assert (
        set(RIGHT)
        == set(BY_NAME)
        == {n for n in feedback.__all__ if n[:6] == "check_"} - {"check_against"}
    )


def test_names_within_a_quantity_are_unique() -> None:
    names = [(c, w, m.name) for c, w, m in TABLE]
    assert len(names) == len(set(names))
    assert all(re.fullmatch(r"[a-z0-9A-Z-]+", m.name) for _, _, m in TABLE)


SOLUTIONS = {
    "check_normalise_rows": ["X/X.norm(", "/X.norm(dim=1,keepdim=True)"],
    "check_sigmoid": ["1/(1+torch.exp(-z))", "1/(1+exp(-z))"],
    "check_sigmoid_slope": ["a*(1-a)", "a(1-a)"],
    "check_forward": ["X@w1", "a1@w2", "sigmoid(z1)", "sigmoid(z2)"],
    "check_binary_cross_entropy": ["y*log(y_hat)", "(1-y)*"],
    "check_output_delta": ["(y_hat-y)/", "(ŷ-y)/"],
    "check_backward": ["a1.T@", "@w2.T", "X.T@", "dC_da1*a1", "(y_hat-y)/", "(ŷ-y)/"],
    "check_step": ["w-learning_rate*", "w-rate*"],
    "check_train": ["a1.T@", "@w2.T", "X.T@", "(y_hat-y)/", "w1-"],
}  # fmt: skip


@pytest.mark.parametrize("attempt", PLAIN, ids=lambda a: f"{a.check[6:]}-{a.mistake}")
def test_no_hint_is_the_solution(attempt) -> None:
    answer = check(attempt.check)(attempt.function)
    for hint in answer.hints:
        packed = hint.replace(" ", "").replace("−", "-").replace("·", "*")
        assert not any(line in packed for line in SOLUTIONS[attempt.check])


# --- what is refused, for each of the nine -----------------------------------------------------


def _like(value, make):
    if isinstance(value, tuple | list):
        return tuple(_like(v, make) for v in value)
    return make(torch.as_tensor(np.asarray(value), dtype=torch.float64))


@pytest.mark.parametrize(("name", "right"), ONE_EACH)
class TestRefused:
    def test_stub(self, name, right) -> None:
        def stub(*arguments):
            raise NotImplementedError("Write the line.")

        answer = check(name)(stub)
        assert answer.status == "not attempted" and not answer
        assert "not attempted yet. Write the line." in str(answer)

    def test_empty_body(self, name, right) -> None:
        assert check(name)(lambda *a: None).status == "not attempted"
        assert check(name)(lambda *a: ...).status == "not attempted"

    def test_zeros(self, name, right) -> None:
        answer = check(name)(lambda *a: _like(right(*a), torch.zeros_like))
        assert answer.status == "wrong" and answer.mistake is not None

    def test_constant(self, name, right) -> None:
        answer = check(name)(lambda *a: _like(right(*a), lambda v: torch.full_like(v, 0.37)))
        assert answer.status == "wrong"

    def test_memorised_answer(self, name, right) -> None:
        given = BY_NAME[name].give(CASES[0])
        remembered = right(*given)
        answer = check(name)(lambda *a: remembered)
        # One number may be a coincidence; a table that is the same for other numbers is not.
        name_of_it = "one-shape-only" if BY_NAME[name].scalar else "ignores-its-arguments"
        assert answer.status == "wrong" and answer.mistake == name_of_it

    def test_one_shape_only(self, name, right) -> None:
        def stubborn(*arguments):
            if arguments[0].shape != BY_NAME[name].give(CASES[0])[0].shape:
                raise RuntimeError("shape '[5, 3]' is invalid for input of size 14")
            return right(*arguments)

        assert check(name)(stubborn).mistake == "one-shape-only"

    def test_nan(self, name, right) -> None:
        answer = check(name)(lambda *a: _like(right(*a), lambda v: v * float("nan")))
        assert answer.status == "wrong" and answer.mistake == "not-a-number"

    def test_noise(self, name, right) -> None:
        answer = check(name)(lambda *a: _like(right(*a), lambda v: v * random.random()))
        assert answer.mistake == "not-repeatable"

    def test_changed_input(self, name, right) -> None:
        def rude(*arguments):
            value = right(*arguments)
            arguments[0].mul_(2)
            return value

        answer = check(name)(rude)
        assert answer.mistake == "changes-its-input"
        assert answer.where == BY_NAME[name].arguments.split(", ")[0]

    def test_autograd(self, name, right) -> None:
        def asks(*arguments):
            w = torch.ones(1, requires_grad=True)
            (w * 2).sum().backward()
            return right(*arguments)

        assert check(name)(asks).mistake == "uses-autograd"

    def test_no_function(self, name, right) -> None:
        answer = check(name)(torch.zeros(3))
        assert answer.status == "raised" and "without parentheses" in answer.message

    def test_wrong_number_of_arguments(self, name, right) -> None:
        answer = check(name)(lambda: 0)
        assert answer.status == "raised" and answer.mistake == "wrong-arguments"

    def test_words(self, name, right) -> None:
        answer = check(name)(lambda *a: "done")
        assert answer.status == "wrong" and not answer

    def test_leaving_python(self, name, right) -> None:
        def leave(*arguments):
            raise SystemExit

        assert check(name)(leave).mistake == "stopped-python"

    def test_under_three_tenths_of_a_second(self, name, right) -> None:
        begin = time.perf_counter()
        check(name)(right)
        # Ten times the wanted time: this guards against a blow-up; the report measures.
        assert time.perf_counter() - begin < 3


def test_endless_loop_is_stopped(monkeypatch) -> None:
    monkeypatch.setattr(runner_module, "TIME_LIMIT", 0.3)

    def forever(z):
        while True:
            z = z + 1

    answer = feedback.check_sigmoid(forever)
    assert answer.status == "raised" and answer.mistake == "endless"


def test_the_learners_data_are_safe() -> None:
    before = [tuple(t.clone() for t in case if isinstance(t, torch.Tensor)) for case in CASES]
    for attempt in PLAIN[::7]:
        check(attempt.check)(attempt.function)
    after = [tuple(t for t in case if isinstance(t, torch.Tensor)) for case in CASES]
    assert all(
        torch.equal(a, b)
        for one, two in zip(before, after, strict=True)
        for a, b in zip(one, two, strict=True)
    )


# --- the order of the chain --------------------------------------------------------------------


def _backward_with(**changes):
    def f(X, y, w2, a1, y_hat):
        d2 = changes.get("d2", lambda d: d)((y_hat - y) / len(X))
        g2 = changes.get("g2", lambda g: g)(a1.T @ d2)
        da = d2 @ w2.T
        d1 = changes.get("d1", lambda d: d)(da * a1 * (1 - a1))
        return d2, g2, da, d1, X.T @ d1

    return f


def test_the_first_wrong_quantity_is_named_and_its_consequences_are_not() -> None:
    answer = feedback.check_backward(_backward_with(d2=lambda d: -d))
    assert (answer.where, answer.mistake) == ("dC_dz2", "sign")
    assert not any(later in answer.message for later in BACKWARD[1:])
    answer = feedback.check_backward(_backward_with(g2=lambda g: g.T, d1=lambda d: 3 * d))
    assert (answer.where, answer.mistake) == ("dC_dw2", "transposed")


@pytest.mark.parametrize("rate", [0.001, 0.1, 1.0])
def test_w2_updated_too_early_is_seen_at_any_rate(rate) -> None:
    def f(X, y, w2, a1, y_hat):
        d2 = (y_hat - y) / len(X)
        g2 = a1.T @ d2
        w2 = w2 - rate * g2
        da = d2 @ w2.T
        d1 = da * a1 * (1 - a1)
        return d2, g2, da, d1, X.T @ d1

    answer = feedback.check_backward(f)
    assert (answer.where, answer.mistake) == ("dC_da1", "w2-updated-first")


def test_swapped_results_are_named() -> None:
    right = RIGHT["check_backward"][0]
    answer = feedback.check_backward(lambda *a: tuple(reversed(right(*a))))
    assert answer.mistake == "wrong-order"
    answer = feedback.check_forward(lambda *a: RIGHT["check_forward"][0](*a)[-1])
    assert answer.mistake == "wrong-number-of-results" and "4 are expected" in answer.message


def test_an_unknown_mistake_still_gets_ratio_place_and_section() -> None:
    answer = feedback.check_output_delta(lambda p, y: (p - y) / len(y) * (1 + p**3))
    assert answer.status == "wrong" and answer.mistake is None
    for part in ("divided by the right one", "worst entry is at [", "See notebook 05"):
        assert part in answer.message
    answer = feedback.check_output_delta(lambda p, y: (p - y) * 7.7)
    assert "dC_dz2" in answer.message
    answer = feedback.check_backward(_backward_with(g2=lambda g: g.repeat(2, 3)))
    assert "has shape (8, 3), but (4, 1) is expected" in answer.message


@pytest.mark.parametrize(
    ("name", "function", "mistake", "words"),
    [
        ("check_forward", lambda X, w1, w2: X.T @ w1, "shapes-do-not-fit", "3 × 5 with 3 × 4"),
        ("check_forward", lambda X, w1, w2: X * w1, "shapes-do-not-fit", "written @"),
        ("check_forward", lambda X, w1, w2: torch.dot(X, w1), "dot-on-matrices", "@"),
        (
            "check_backward",
            lambda X, y, w2, a1, p: a1 @ (p - y),
            "shapes-do-not-fit",
            ".T on the first",
        ),
        (
            "check_backward",
            lambda X, y, w2, a1, p: (p - y) @ w2,
            "shapes-do-not-fit",
            ".T on the second",
        ),
        (
            "check_forward",
            lambda X, w1, w2: X @ w1.float(),
            "dtypes-differ",
            ".to(X.dtype)",
        ),
        (
            "check_step",
            lambda w, g, r: w.requires_grad_().sub_(g),
            "leaf-in-place",
            "autograd watches",
        ),
        ("check_sigmoid", lambda z: 1 / (1 + np.e ** -sigmoid(z)), "missing-name", "sigmoid"),  # noqa: F821
    ],
)
def test_error_messages_are_translated(name, function, mistake, words) -> None:
    answer = check(name)(function)
    assert answer.status == "raised" and answer.mistake == mistake
    assert words in answer.message


# --- how it looks ------------------------------------------------------------------------------


def test_panel_escapes_and_carries_its_own_colours() -> None:
    answer = Feedback("wrong", None, "a", "<script>alert(1)</script>", ("a < b", "c", "d"))
    html = answer._repr_html_()
    assert "<script>" not in html and "a &lt; b" in html
    assert "background:" in html and ";color:" in html
    assert html.count("<details") == 3
    assert "wrong at a" in str(answer) and "hint 3: d" in str(answer)


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_panel_contrast() -> None:
    from fnn_helpers.feedback.panel import LOOKS

    for mark, paper, ink in LOOKS.values():
        assert mark
        assert (_luminance(paper) + 0.05) / (_luminance(ink) + 0.05) >= 7


def test_every_question_accepts_its_answer_and_tells_why_not() -> None:
    for name, asked in QUESTIONS.items():
        assert recall(name, mine=asked.answer), name
        question = recall(name)
        assert "Show the answer" in question._repr_html_() and asked.text in repr(question)
        if isinstance(asked, Choice):
            reasons = {letter: str(recall(name, mine=letter)) for letter in asked.options}
            assert sum(text.startswith("✓") for text in reasons.values()) == 1
            assert all(why in reasons[k] and why for k, (_, why) in asked.options.items())
        else:
            assert "smaller" in recall(name, mine=asked.answer + 1).message
            assert "larger" in recall(name, mine=asked.answer - 1).message


def test_recall_refuses_what_is_no_answer() -> None:
    with pytest.raises(ValueError, match="mine is 'x', but one of a, b"):
        recall("05-one", mine="x")
    with pytest.raises(TypeError, match="a number is expected"):
        recall("05-predict-delta", mine="ln 2")
    with pytest.raises(ValueError, match="no question is called '05-nine'.*05-one"):
        recall("05-nine")


def test_every_check_says_what_it_wants() -> None:
    for name in BY_NAME:
        assert inspect.getdoc(check(name)).startswith("Check `f(")


def test_check_against_a_reference() -> None:
    def right(x):
        return x * 2, x + 1

    def ask(f):
        return feedback.check_against(f, right, (torch.arange(4.0),), ("double", "next"))

    def stub(x):
        raise NotImplementedError("Write it.")

    assert ask(right) and ask(lambda x: [2 * x, 1 + x])
    assert ask(stub).status == "not attempted"
    assert ask(lambda x: 1 / 0).mistake == "division-by-zero"
    wrong = ask(lambda x: (x * 2, x))
    assert wrong.where == "next" and "divided by the right one" in wrong.message
    assert ask(lambda x: x).mistake == "wrong-number-of-results"


@pytest.mark.parametrize(
    ("name", "function", "mistake"),
    [
        ("check_output_delta", lambda p, y: 0.1 * (p - y) / len(y), "rate-in-gradient"),
        ("check_output_delta", lambda p, y: (p - y) / (len(y) - 1), "wrong-divisor"),
        ("check_output_delta", lambda p, y: ((p - y) / len(y)).flatten(), "flat"),
        ("check_step", lambda w, g, r: w - 0.1 * g, "rate-fixed"),
        ("check_step", lambda w, g, r: w - r**3 * g, "rate-wrong"),
        (
            "check_binary_cross_entropy",
            lambda p, y: -(y * p.log() + (1 - y) * (1 - p).log()),
            "not-one-number",
        ),
        (
            "check_train",
            lambda *a: (lambda r: (r[2], r[0], r[1]))(RIGHT["check_train"][0](*a)),
            "wrong-order",
        ),
        (
            "check_train",
            lambda *a: (*RIGHT["check_train"][0](*a)[:2], [0.5]),
            "wrong-number-of-losses",
        ),
    ],
)
def test_factors_and_numbers_that_no_record_knows(name, function, mistake) -> None:
    answer = check(name)(function)
    assert answer.status == "wrong" and answer.mistake == mistake


@pytest.mark.parametrize(
    "overflowing",
    [lambda z: z.exp() / (1 + z.exp()), np.vectorize(lambda z: 1 / (1 + math.exp(-z)))],
)
def test_a_sigmoid_that_overflows_far_away_is_right_with_a_word_of_warning(overflowing) -> None:
    answer = feedback.check_sigmoid(overflowing)
    assert answer and "overflows" in answer.message


def test_results_may_come_one_by_one() -> None:
    assert feedback.check_forward(lambda *a: (t for t in RIGHT["check_forward"][0](*a)))
