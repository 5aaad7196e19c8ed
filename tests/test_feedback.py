"""The checks: every mistake is wrong and named, every right way is accepted, nothing is lost."""

import functools
import inspect
import math
import random
import re
import time

import numpy as np
import pytest
import torch
from learners import BACKWARD, BY_NAME, RIGHT, TABLE, check, training_case, wrong_attempts

from fnn_helpers import feedback
from fnn_helpers.feedback import Feedback
from fnn_helpers.feedback.diagnose.loops import Loop, run_loop
from fnn_helpers.feedback.steps import CASES

# Learners mix NumPy and PyTorch; what either library says about that is not our subject.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::RuntimeWarning")

ATTEMPTS = list(wrong_attempts())
PLAIN = [a for a in ATTEMPTS if not a.scale]


@functools.cache
def answer_to(attempt) -> Feedback:
    """What its check says; several claims are about the same answer."""
    return check(attempt.check)(attempt.function)


RIGHT_WAYS = [(name, f) for name, ways in RIGHT.items() for f in ways]
ONE_EACH = [(name, ways[0]) for name, ways in RIGHT.items()]


@pytest.mark.parametrize("attempt", PLAIN, ids=lambda a: f"{a.check[6:]}-{a.where}-{a.mistake}")
def test_each_mistake_is_wrong_and_named(attempt) -> None:
    answer = answer_to(attempt)
    assert answer.status == "wrong" and not answer
    assert answer.mistake == attempt.mistake
    assert answer.where == attempt.where or attempt.check == "check_train"
    assert len(answer.hints) == 3 and all(answer.hints) and len(set(answer.hints)) == 3


def test_with_a_wrong_scale_at_least_98_percent_are_named() -> None:
    # Every thirteenth, so that all checks, scales and signs come by.
    scaled = [a for a in ATTEMPTS if a.scale][::13]
    answers = [(a, check(a.check)(a.function)) for a in scaled]
    assert {a.scale for a in scaled} == {a.scale for a in ATTEMPTS if a.scale}
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


def test_there_are_forty_right_ways_and_all_checks() -> None:
    assert len(RIGHT_WAYS) >= 40
    assert (
        set(RIGHT)
        == set(BY_NAME)
        == {n for n in feedback.__all__ if n[:6] == "check_"} - {"check_against", "check_exercise"}
    )


def test_names_within_a_quantity_are_unique() -> None:
    names = [(c, w, m.id) for c, w, m in TABLE]
    assert len(names) == len(set(names))
    assert all(re.fullmatch(r"[a-z0-9A-Z-]+", m.id) for _, _, m in TABLE)


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
    "check_tanh_slope": ["1-a**2", "1-a²"],
    "check_linear_backward": ["d_out@w.T", "x.T@d_out", "d_out.sum(0"],
    "check_softmax": ["exp(z)/"],
    "check_cross_entropy": ["y*log(p)", "-log(p"],
    "check_softmax_delta": ["(p-y)/"],
    "check_deep_backward": [".T@d", "@w.T"],
    "check_momentum_step": ["momentum*velocity+gradient", "w-learning_rate*velocity"],
}  # fmt: skip


@pytest.mark.parametrize("attempt", PLAIN, ids=lambda a: f"{a.check[6:]}-{a.mistake}")
def test_no_hint_is_the_solution(attempt) -> None:
    answer = answer_to(attempt)
    for hint in answer.hints:
        packed = hint.replace(" ", "").replace("−", "-").replace("·", "*")
        assert not any(line in packed for line in SOLUTIONS[attempt.check])


# --- what is refused, for each of the nine -----------------------------------------------------


def _like(value, make):
    if isinstance(value, tuple | list):
        return tuple(_like(v, make) for v in value)
    return make(torch.as_tensor(np.asarray(value), dtype=torch.float64))


def _first(arguments):
    return arguments[0][0] if isinstance(arguments[0], list) else arguments[0]


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
        given = BY_NAME[name].give(BY_NAME[name].cases[0])
        remembered = right(*given)
        answer = check(name)(lambda *a: remembered)
        # One number may be a coincidence; a table that is the same for other numbers is not.
        name_of_it = "one-shape-only" if BY_NAME[name].scalar else "ignores-its-arguments"
        if BY_NAME[name].count is not None:  # another case has another number of results
            name_of_it = "wrong-number-of-results"
        assert answer.status == "wrong" and answer.mistake == name_of_it

    def test_one_shape_only(self, name, right) -> None:
        def stubborn(*arguments):
            usual = BY_NAME[name].give(BY_NAME[name].cases[0])
            if _first(arguments).shape != _first(usual).shape:
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
            _first(arguments).mul_(2)
            return value

        answer = check(name)(rude)
        assert answer.mistake == "changes-its-input"
        assert answer.where == next(iter(BY_NAME[name].arguments))

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


def _tensors(case, clone=False):
    found = [t for t in vars(case).values() if isinstance(t, torch.Tensor)]
    return tuple(t.clone() for t in found) if clone else tuple(found)


def test_the_learners_data_are_safe() -> None:
    before = [_tensors(case, clone=True) for case in CASES]
    for attempt in PLAIN[::7]:
        check(attempt.check)(attempt.function)
    after = [_tensors(case) for case in CASES]
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
    from fnn_helpers.feedback.finding import LOOKS

    for mark, paper, ink in LOOKS.values():
        assert mark
        assert (_luminance(paper) + 0.05) / (_luminance(ink) + 0.05) >= 7


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


# --- crashes, hangs, leaks ---------------------------------------------------------------------


def _forward_by_yield(X, w1, w2, last=lambda: None):
    z1, a1, z2, y_hat = RIGHT["check_forward"][0](X, w1, w2)
    yield from (z1, a1, z2)
    last()
    yield y_hat


def test_a_generator_runs_inside_the_guard() -> None:
    def leave():
        raise SystemExit

    def forever(*arguments):
        while True:
            yield arguments[0]

    def rude(X, w1, w2):
        yield from RIGHT["check_forward"][0](X, w1, w2)[:3]
        w1 *= 0
        yield X

    answer = feedback.check_forward(lambda *a: _forward_by_yield(*a, last=leave))
    assert answer.mistake == "stopped-python"
    assert feedback.check_forward(forever).mistake == "wrong-number-of-results"
    assert feedback.check_forward(rude).mistake == "changes-its-input"
    assert feedback.check_forward(_forward_by_yield)


def test_a_print_is_shown_once_and_a_flood_is_cut(capsys) -> None:
    def says(z):
        print("shape", tuple(z.shape))
        return torch.sigmoid(z)

    assert feedback.check_sigmoid(says)
    assert capsys.readouterr().out == "shape (5, 4)\n"

    def floods(z):
        for _ in range(10_000):
            print("flood")
        return torch.sigmoid(z)

    assert feedback.check_sigmoid(floods)
    shown = capsys.readouterr().out
    assert 9_000 < len(shown) < 11_000 and "is not shown" in shown
    print("free again")
    assert capsys.readouterr().out == "free again\n"


def test_no_result_and_no_error_of_the_learner_is_ours() -> None:
    class Mute(Exception):
        def __str__(self):
            raise RuntimeError

    class Odd:
        def __array__(self, *a, **k):
            raise KeyError

    def fails(*arguments):
        raise Mute

    assert "Mute, without a message" in feedback.check_forward(fails).message
    makes = [
        lambda t: Odd(),
        lambda t: t.to_sparse(),
        lambda t: t.to("meta"),
        lambda t: t + 1j * t,
        lambda t: (t + 1j * t).numpy(),
        lambda t: torch.zeros(1).expand(10**13),
        lambda t: np.broadcast_to(0.0, (10**13,)),
    ]
    for make in makes:
        answer = feedback.check_forward(
            lambda *a, make=make: tuple(make(t) for t in RIGHT["check_forward"][0](*a))
        )
        assert (answer.mistake, answer.where) == ("no-number", "z1"), make


def test_a_bare_not_implemented_error_is_a_stub_and_pytorchs_own_is_not() -> None:
    def stub(z):
        raise NotImplementedError

    assert feedback.check_sigmoid(stub).message.startswith("not attempted yet. Write the body")
    answer = feedback.check_output_delta(lambda p, y: y.bool().T @ y.bool())
    assert answer.mistake == "wrong-dtype" and "Bool" in answer.message


# --- right ones, and wrong ones that looked right ----------------------------------------------


@pytest.mark.parametrize(
    "sigmoid",
    [
        lambda z: torch.from_numpy(1 / (1 + np.exp(-z.numpy()))),
        lambda z: torch.stack([1 / (1 + torch.exp(-row)) for row in z]),
        lambda z: [[1 / (1 + math.exp(-v)) for v in row] for row in z],
        lambda z: torch.vmap(torch.sigmoid)(z),
    ],
)
def test_a_sigmoid_for_matrices_is_right(sigmoid) -> None:
    assert feedback.check_sigmoid(sigmoid)


def test_what_it_does_for_other_shapes_is_watched() -> None:
    def slope(a):
        if a.ndim == 2:
            return a * (1 - a)
        return torch.func.grad(lambda v: (v**2 / 2 - v**3 / 3).sum())(a)

    assert feedback.check_sigmoid_slope(slope).mistake == "uses-autograd"


def test_a_small_epsilon_is_right_and_a_large_one_is_called_so() -> None:
    def cost(epsilon):
        return lambda p, y: -(
            y * (p + epsilon).log() + (1 - y) * (1 - p + epsilon).log()
        ).mean()  # fmt: skip

    assert feedback.check_binary_cross_entropy(cost(1e-6))
    answer = feedback.check_binary_cross_entropy(cost(1e-3))
    assert answer.mistake == "epsilon" and "0.001" in answer.message


def test_the_logarithm_of_zero_is_tried_on_arrays_too() -> None:
    def cost(p, y):
        p = np.clip(p.astype(float), 1e-12, 1 - 1e-12)
        return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))

    answer = feedback.check_binary_cross_entropy(cost)
    assert answer and "logarithm of 0" not in answer.message
    assert "works on NumPy arrays; with tensors it stops" in answer.message


def test_a_memory_of_sizes_is_seen() -> None:
    memory: dict = {}

    def forward(X, w1, w2):
        return memory.setdefault(X.shape, RIGHT["check_forward"][0](X, w1, w2))

    assert feedback.check_forward(forward).mistake == "ignores-its-arguments"


def test_a_change_that_changes_nothing_here_is_a_change() -> None:
    def cost(p, y):
        return RIGHT["check_binary_cross_entropy"][0](p.clamp_(1e-7, 1 - 1e-7), y)

    answer = feedback.check_binary_cross_entropy(cost)
    assert (answer.mistake, answer.where) == ("changes-its-input", "y_hat")


# --- errors in the lesson's words --------------------------------------------------------------


def _helper(a, b):
    return a


@pytest.mark.parametrize(
    ("name", "function", "mistake", "words"),
    [
        ("check_sigmoid", lambda z: z.sigmod(), "missing-attribute", "Is sigmoid meant?"),
        ("check_sigmoid", lambda z: torch.sigmod(z), "missing-attribute", "torch has no sigmod"),
        ("check_sigmoid", lambda z: [].append(1).mean(), "missing-attribute", "list.append"),
        ("check_sigmoid", lambda z: (z, z).mean(), "missing-attribute", "A tuple has no .mean"),
        ("check_sigmoid", lambda z: _helper(z), "wrong-arguments", "_helper() is called without"),
        ("check_sigmoid", lambda: 0, "wrong-arguments", "takes 0 arguments, but is called with 1"),
        ("check_sigmoid", lambda z, b: 0, "wrong-arguments", "asks for 1 argument more"),
        ("check_sigmoid", lambda z: z.sum(dim=2), "no-such-axis", "There is no dim=2"),
        ("check_sigmoid", lambda z: z[0, 0, 0], "too-many-indices", "more indices"),
        ("check_sigmoid", lambda z: z[z[0]], "no-index", "whole number"),
        ("check_sigmoid", lambda z: z[7], "index-out-of-range", "index 7"),
        ("check_sigmoid", lambda z: torch.exp(2.0), "not-a-tensor", "use math.exp"),
        ("check_sigmoid", lambda z: 1 / (z + 1)(z), "not-a-function", "is a * missing"),
        ("check_sigmoid", lambda z: z.norm(axis=1), "unknown-keyword", "calls it dim"),
        ("check_sigmoid", lambda z: z.view(100, 2), "sizes-written-in", "the lesson's sizes"),
        ("check_sigmoid", lambda z: z + None, "operands-do-not-fit", "None"),
        ("check_sigmoid", lambda z: torch.zeros(10**14), "out-of-memory", "memory"),
        ("check_forward", lambda X, w1, w2: np.dot(X, w2), "shapes-do-not-fit", "5 × 3 with 4 × 1"),
        ("check_forward", lambda X, w1, w2: torch.einsum("nd,hd", X, w1), "shapes-do-not-fit",
         "Each letter"),
        ("check_forward", lambda X, w1, w2: torch.dot(X[0].float(), w1[:, 0]), "dtypes-differ",
         "float32 and float64"),
        ("check_forward", lambda X, w1, w2: torch.mm(X, w1[:, 0]), "shapes-do-not-fit",
         "must be a matrix"),
        ("check_binary_cross_entropy",
         lambda p, y: torch.nn.functional.binary_cross_entropy(p, y.flatten()),
         "labels-flat", "column"),
        ("check_binary_cross_entropy",
         lambda p, y: torch.nn.functional.binary_cross_entropy(3 * p, y),
         "not-a-probability", "no probability"),
        ("check_binary_cross_entropy",
         lambda p, y: torch.nn.functional.cross_entropy(p, y.flatten().long()),
         "one-column-only", "binary"),
        ("check_binary_cross_entropy", lambda p, y: y.long().mean(), "wrong-dtype", "whole"),
        ("check_binary_cross_entropy", lambda p, y: y.bool() - p.bool(), "wrong-dtype", "True"),
        ("check_output_delta", lambda p, y: (p * 1).requires_grad_().backward(), "uses-autograd",
         "by hand"),
    ],
)  # fmt: skip
def test_more_error_messages_are_translated(name, function, mistake, words) -> None:
    answer = check(name)(function)
    assert answer.status == "raised" and answer.mistake == mistake, answer
    assert words in answer.message, answer


def test_a_square_is_blamed_on_the_labels_only_if_it_is_n_by_n() -> None:
    def squares(X, w1, w2):
        return (w1 @ w1.T) @ w2  # D × D

    assert "flat labels" not in feedback.check_forward(squares).message
    assert "flat labels" in feedback.check_backward(
        lambda X, y, w2, a1, p: (p - y.flatten()) @ w2.T
    ).message  # fmt: skip


def test_the_line_that_stops_is_shown() -> None:
    def forward(X, w1, w2):
        z1 = X @ w1
        return z1 @ X.T.T

    assert feedback.check_forward(forward).message.endswith("in this line: return z1 @ X.T.T")


# --- names, places and words -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "function", "mistake", "where", "words"),
    [
        ("check_binary_cross_entropy", lambda p, y: (p * y).median() + 1, None, "cost", "where"),
        ("check_sigmoid_slope", lambda a: a * 1 - a, "zeros", "slope", "parentheses"),
        ("check_output_delta", lambda p, y: 0.1 * (p - y), "multiple-of-the-sum", "dC_dz2",
         "0.1 times the sum"),
        ("check_output_delta", lambda p, y: (p - y).abs(), "absolute", "dC_dz2", "sign"),
        ("check_step", lambda w, g, r: w - 10 * r * g, "rate-wrong", "w", "10 times"),
        ("check_step", lambda w, g, r: (w, w - r * g), "wrong-number-of-results", None, "1 is"),
        ("check_sigmoid", lambda z: torch.sigmoid(z).T, "transposed", "a", "transposed"),
        ("check_sigmoid", lambda z: torch.sigmoid(z).sum(), "collapsed", "a", "one number"),
        ("check_normalise_rows", lambda X: (X / X.norm(dim=1, keepdim=True))[:1],
         "first-row-only", "X", "first row"),
        ("check_sigmoid", lambda z: torch.ones(2, 2).sin(), "constant", "a", "whatever goes in"),
        ("check_sigmoid", lambda z: torch.eye(100, 32), "ignores-its-arguments", "a",
         "from the notebook"),
    ],
)  # fmt: skip
def test_names_places_and_words(name, function, mistake, where, words) -> None:
    answer = check(name)(function)
    assert (answer.status, answer.mistake, answer.where) == ("wrong", mistake, where), answer
    assert words in answer.message


def test_the_first_quantity_that_is_out_of_place_is_named() -> None:
    right = RIGHT["check_forward"][0]

    def swapped(*arguments):
        z1, a1, z2, y_hat = right(*arguments)
        return z1, a1, y_hat, z2

    def random_end(*arguments):
        return (*right(*arguments)[:3], torch.rand(len(arguments[0]), 1))

    assert feedback.check_forward(swapped).where == "z2"
    assert feedback.check_forward(random_end).where == "y_hat"


def _training(loop):
    return lambda X, y, w1, w2, epochs, rate: run_loop(
        training_case(X, y, w1, w2, epochs, rate), loop
    )


@pytest.mark.parametrize(
    ("loop", "mistake", "words"),
    [
        (Loop(rate=lambda c: -c.N * c.rate), "uphill", "a sum where the mean"),
        (Loop(rate=lambda c: 2.0 * c.rate), "factor-two", "factor 2"),
        (Loop(rate=lambda c: c.rate / c.N), "divided-twice", "divided by N twice"),
        (Loop(rate=lambda c: c.rate**2), "rate-squared", "twice"),
        (Loop(rate=lambda c: 1.0), "rate-forgotten", "does not occur"),
        (Loop(rate=lambda c: 1 / c.rate), "divided-by-rate", "divided by the learning rate"),
        (Loop(rate=lambda c: 0.05), "rate-fixed", "0.05"),
        (Loop(signs=(1, -1)), "uphill", "gradient of w2"),
        (Loop(spoiled={"dC_dz2": lambda c: c.y_hat - c.y,
                       "dC_da1": lambda c: c.dC_dz2 @ (c.w2 - c.rate * c.dC_dw2).T}),
         "w2-updated-first", "w2"),
        (Loop(spoiled={"dC_dz2": lambda c: (c.y_hat - c.y) * c.y_hat * (1 - c.y_hat)}),
         "extra-slope", "N times"),
        (Loop(only_epoch=True), "one-epoch-only", "one epoch"),
        (Loop(memory=1.0), "gradients-accumulate", "not set to zero"),
    ],
)  # fmt: skip
def test_mistakes_in_a_training_loop(loop, mistake, words) -> None:
    answer = feedback.check_train(_training(loop))
    assert answer.status == "wrong" and answer.mistake == mistake, answer
    assert words in answer.message


def test_a_sum_in_gradient_and_losses_is_said_of_both() -> None:
    def train(*arguments):
        w1, w2, losses = _training(Loop(rate=lambda c: c.N * c.rate))(*arguments)
        return w1, w2, losses * len(arguments[0])

    answer = feedback.check_train(train)
    assert answer.mistake == "sum-not-mean" and "Also: the losses" in answer.message


def test_losses_of_another_form_get_a_true_sentence() -> None:
    right = RIGHT["check_train"][0]

    def tables(X, y, w1, w2, epochs, rate):
        w1, w2, losses = right(X, y, w1, w2, epochs, rate)
        return w1, w2, [torch.full((len(X), 1), loss).double() for loss in losses]

    assert feedback.check_train(tables).mistake == "not-one-number"
    answer = feedback.check_train(lambda *a: right(*a)[2])
    assert answer.mistake == "wrong-number-of-results" and "losses alone" in answer.message


def test_check_against_says_nothing_untrue() -> None:
    def ask(f):
        return feedback.check_against(f, lambda x: x - 1, (torch.arange(3.0),), ("value",))

    assert ask(None).mistake == "not-callable"
    assert ask(lambda x: x / 0).mistake == "not-a-number"
    assert "nan" not in ask(lambda x: x).message and "inf" not in ask(lambda x: x).message
    assert "0.25" not in str(
        feedback.check_against(lambda x: x, lambda x: 2 * x, (torch.ones(3, 1),), ("dC_dz2",))
    )


def test_hints_say_the_shape_that_should_be_and_no_loop_of_notebook_07() -> None:
    answer = feedback.check_backward(_backward_with(g2=lambda g: g.T))
    assert "Its shape should be H × 1" in answer.hints[0]
    answer = feedback.check_train(_training(Loop(signs=(-1, -1))))
    assert "notebook 05, All of it" in answer.hints[2]


@pytest.mark.parametrize("attempt", PLAIN, ids=lambda a: f"{a.check[6:]}-{a.mistake}")
def test_every_sentence_ends_once(attempt) -> None:
    answer = answer_to(attempt)
    for text in (answer.message, *answer.hints):
        assert ".." not in text and "  " not in text and text[-1] in ".?", text
        assert "losses is" not in text and "belongs into" not in text


def test_a_training_that_is_nearly_right_is_called_so() -> None:
    def train(X, y, w1, w2, epochs, rate):
        end1, end2, losses = run_loop(training_case(X, y, w1, w2, epochs, rate))
        return w1 + (end1 - w1) * (1 + 1e-3 * X.sum()), w2 + (end2 - w2) * 1.001, losses

    assert feedback.check_train(train).mistake == "not-precise"
