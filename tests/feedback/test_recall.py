"""Every question's answer is computed here, from nothing that the questions themselves hold."""

import contextlib
import io
import itertools
import math
from collections.abc import Callable, Mapping

import numpy as np
import pytest
import torch
import torch.nn.functional as F

from fnn_helpers.data import load_iris_pair
from fnn_helpers.feedback import recall
from fnn_helpers.feedback.recall import QUESTIONS, Choice, Number
from fnn_helpers.feedback.recall.numbers import Calculation
from fnn_helpers.training import published_run

LN_2 = math.log(2)


def the_true_one(claims: Mapping[str, object]) -> str:
    """The text of the only option whose claim holds."""
    true = [text for text, claim in claims.items() if claim]
    assert len(true) == 1, claims
    return true[0]


# --- what the options claim --------------------------------------------------------------------


def what_the_output_means() -> str:
    found = []
    published_run(on_epoch=lambda epoch, network: found.append(network))
    iris = load_iris_pair("unit_rows")
    y_hat = found[-1].forward(iris.X).y_hat
    means = [y_hat[iris.y == label].mean() for label in (0, 1)]
    return the_true_one({
        "the species: 0 or 1": set(y_hat.flatten().tolist()) <= {0.0, 1.0},
        "the probability of versicolor":
            iris.class_names[1] == "versicolor" and means[1] > means[0] and 0 < y_hat.min() < 1,
        "how long the training took": y_hat.numel() == 1,
    })  # fmt: skip


def a_silent_assert() -> str:
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec("assert 1 + 1 == 2")
        silent = out.getvalue() == ""
    with pytest.raises(AssertionError):
        exec("assert 1 + 1 == 3")
    return the_true_one({"good": silent, "bad": not silent})


def shape_of_a_gradient() -> str:
    w2 = torch.ones(32, 1, requires_grad=True)
    (torch.rand(5, 32) @ w2).sum().backward()
    return the_true_one({"32 × 1": w2.grad.shape == (32, 1), "1 × 32": w2.grad.shape == (1, 32),
                         "one number": w2.grad.numel() == 1})  # fmt: skip


def two_on_a_ray() -> str:
    one, two = F.normalize(torch.tensor([[1.0, 3.0], [2.5, 7.5]]))
    same = torch.allclose(one, two)
    on_the_arc = math.isclose(one.norm(), 1, rel_tol=1e-6)
    return the_true_one({"the same point": same, "two points on the arc": on_the_arc and not same,
                         "two points on the ray": not on_the_arc})  # fmt: skip


def flat_labels() -> str:
    shape = (torch.rand(100, 1) - torch.rand(100)).shape
    return the_true_one({"(100, 1)": shape == (100, 1), "(100, 100)": shape == (100, 100),
                         "an error": False})  # fmt: skip


def one_threshold() -> str:
    iris = load_iris_pair("unit_rows")
    angle = torch.atan2(iris.X[:, 1], iris.X[:, 0])
    best = max(((angle < t).float() == iris.y.flatten()).float().mean() for t in angle)
    easy = best >= 0.99
    return the_true_one({"very hard": not easy, "as hard as one threshold": easy})


def largest_slope() -> str:
    z = torch.linspace(-8, 8, 1601, dtype=torch.float64, requires_grad=True)
    torch.sigmoid(z).sum().backward()
    largest = z.grad.max().item()
    return the_true_one({text: math.isclose(largest, n, rel_tol=1e-6)
                         for text, n in (("1", 1), ("1/2", 1 / 2), ("1/4", 1 / 4))})  # fmt: skip


def slope_of_z() -> str:
    z = torch.tensor(3.0, requires_grad=True)
    torch.sigmoid(z).backward()
    given = 3 * (1 - 3)
    return the_true_one({"the right slope": math.isclose(given, z.grad), "−6": given == -6,
                         "nothing": given is None})  # fmt: skip


def tiny_step() -> str:
    def error(h: float, kind: type) -> float:
        s = [1 / (1 + np.exp(-kind(1) - sign * kind(h))) for sign in (1, -1)]
        return abs(float((s[0] - s[1]) / kind(2 * h)) - 0.19661193324148185)

    # The curve is no obstacle: in float64 the same step is good.
    rounding = error(1e-8, np.float32) > 0.01 and error(1e-8, np.float64) < 1e-7
    return the_true_one({
        "the slope is measured over too long a distance": error(1e-8, np.float64) > 0.01,
        "it takes too long": False,
        "two nearly equal numbers are subtracted": rounding,
    })  # fmt: skip


def with_w2_zero() -> str:
    y_hat = torch.sigmoid(torch.rand(7, 4) @ torch.zeros(4, 1))
    return the_true_one({"0": (y_hat == 0).all(), "0.5": (y_hat == 0.5).all(),
                         "a different number for each flower": len(set(y_hat)) == 1})  # fmt: skip


def shape_of_a1() -> str:
    shape = tuple((torch.rand(50, 2) @ torch.rand(2, 8)).shape)
    return f"{shape[0]} × {shape[1]}"


def where_a_unit_is_undecided() -> str:
    w = torch.tensor([2.0, -3.0])
    along, aside = torch.tensor([3.0, 2.0]), torch.tensor([1.0, 0.0])
    half = [torch.sigmoid(w @ (t * along)) == 0.5 for t in (-2, -1, 0, 1, 5)]
    straight_on = all(half) and torch.sigmoid(w @ aside) != 0.5
    return the_true_one({
        "on a line through the origin": straight_on,
        "on any line": torch.sigmoid(w @ torch.zeros(2)) != 0.5,
        "on a circle": not straight_on,
    })  # fmt: skip


def accuracy_of_one_answer() -> str:
    y = load_iris_pair().y
    accuracy = ((torch.full_like(y, 0.81) >= 0.5) == (y == 1)).float().mean().item()
    return the_true_one({text: math.isclose(accuracy, float(text))
                         for text in ("0.81", "0.50", "0")})  # fmt: skip


def better_than_saying_a_half() -> str:
    half = F.binary_cross_entropy(torch.tensor([0.5, 0.5]), torch.tensor([0.0, 1.0])).item()
    return the_true_one({"yes, a little": half > 0.70, "no, it is worse": half < 0.70,
                         "yes: 70 % are right": False})  # fmt: skip


def cost_of_a_zero() -> str:
    cost = F.binary_cross_entropy(torch.tensor([0.25]), torch.tensor([0.0])).item()
    return the_true_one({text: math.isclose(cost, float(text.split()[-1]), abs_tol=0.005)
                         for text in ("−ln 0.25 = 1.39", "−ln 0.75 = 0.29", "0.25")})  # fmt: skip


def squared_error_far_off() -> str:
    z = torch.tensor(-6.0, dtype=torch.float64, requires_grad=True)
    error = (torch.sigmoid(z) - 1) ** 2
    error.backward()
    slope = torch.sigmoid(z).item() * (1 - torch.sigmoid(z).item())
    return the_true_one({
        "its slope contains the sigmoid's slope, almost 0 there":
            math.isclose(z.grad, 2 * (torch.sigmoid(z).item() - 1) * slope) and slope < 0.01,
        "the error is small there": error < 0.5,
    })  # fmt: skip


def sum_over_flowers() -> str:
    w2 = torch.rand(4, 1, requires_grad=True)
    a1 = torch.rand(6, 4, requires_grad=True)
    y = torch.tensor([0.0, 1, 1, 0, 1, 0]).reshape(-1, 1)

    def gradients(rows: slice) -> tuple[torch.Tensor, ...]:
        cost = F.binary_cross_entropy_with_logits(a1[rows] @ w2, y[rows], reduction="sum")
        return torch.autograd.grad(cost, (w2, a1))

    of_all, each = gradients(slice(0, 6)), [gradients(slice(i, i + 1)) for i in range(6)]
    adds = torch.allclose(of_all[0], sum(g for g, _ in each))
    own = all(torch.allclose(of_all[1][i], g[i]) for i, (_, g) in enumerate(each))
    fits_without = (a1[2:3].T @ y[2:3]).shape == w2.shape  # one flower alone has the shape too
    return the_true_one({"every flower uses the same weights": adds and own,
                         "to make the shapes fit": not fits_without})  # fmt: skip


def extra_slope() -> str:
    y_hat, y = torch.tensor([0.2, 0.6, 0.9]), torch.tensor([1.0, 0.0, 1.0])
    ratio = ((y_hat - y) * y_hat * (1 - y_hat)) / (y_hat - y)
    alike = ratio.max() - ratio.min() < 1e-6
    return the_true_one({"by N": alike and math.isclose(ratio[0], 3),
                         "by ŷ(1 − ŷ), different for each flower": not alike,
                         "by 2": alike and math.isclose(ratio[0], 2)})  # fmt: skip


def a_flat_gradient() -> str:
    w2 = torch.rand(32, 1, requires_grad=True)
    (torch.rand(5, 32) @ w2).sum().backward()
    return the_true_one({"it is transposed": w2.grad.T.shape == (1, 32),
                         "nothing, that is right": w2.grad.shape == (1, 32)})  # fmt: skip


def half_the_rate() -> str:
    w = torch.tensor([1.0, -2.0, 0.5], dtype=torch.float64, requires_grad=True)

    def cost(w: torch.Tensor) -> torch.Tensor:
        return (w**4).sum()

    (slope,) = torch.autograd.grad(cost(w), w)
    gain = [(cost(w) - cost(w - rate * slope)).item() for rate in (1e-6, 0.5e-6)]
    return the_true_one({text: math.isclose(gain[1] / gain[0], n, rel_tol=1e-3) for text, n in
                         (("about the same", 1), ("about half", 0.5),
                          ("about a quarter", 0.25))})  # fmt: skip


def no_gradient_at_w1() -> str:
    iris = load_iris_pair()
    w1 = torch.rand(2, 4, requires_grad=True)
    cost = F.binary_cross_entropy(torch.sigmoid(torch.sigmoid(iris.X @ w1) @ torch.zeros(4, 1)),
                                  iris.y)  # fmt: skip
    (slope,) = torch.autograd.grad(cost, w1)
    arrived = cost < 0.5
    return the_true_one({
        "the best weights are found": arrived,
        "the learning rate is too small": slope.any(),  # there is no rate here at all
        "only that small steps of w1 change little here": not slope.any() and not arrived,
    })  # fmt: skip


def a_step_from_a_poke() -> str:
    slope = 0.0004 / 0.001
    move = -0.1 * slope
    return the_true_one({text: math.isclose(move, n, rel_tol=1e-9) for text, n in
                         (("0.04 higher", 0.04), ("0.04 lower", -0.04),
                          ("0.00004 lower", -0.00004), ("0.4 lower", -0.4))})  # fmt: skip


def mean_loss_of_03() -> str:
    wrong_share_at_most = 0.30 / LN_2
    one_is_wrong = [-math.log(0.4)] + [-math.log(0.9)] * 4  # answers to five flowers of label 1
    all_right = [0.30] * 5
    assert sum(one_is_wrong) / 5 < 0.30 and math.exp(-0.30) > 0.5
    return the_true_one({
        "70 % are right": not all_right,
        "all are right": not one_is_wrong,
        "more than half are right": wrong_share_at_most < 0.5,
        "nothing about how many are right": wrong_share_at_most >= 1,
    })  # fmt: skip


def what_a_falling_loss_says() -> str:
    iris, run = load_iris_pair(), published_run()
    falls = all(b < a for a, b in itertools.pairwise(run.loss))
    z = torch.tensor([[0.5], [-1.0], [2.0]]).requires_grad_()
    y = iris.y[49:52]
    (right,) = torch.autograd.grad(F.binary_cross_entropy(torch.sigmoid(z), y), z)
    (used,) = torch.autograd.grad(0.5 * ((torch.sigmoid(z) - y) ** 2).sum(), z)
    ratio = used / right
    return the_true_one({
        "it is right": falls and torch.allclose(used, right),
        "it is right, but for a constant factor": falls and ratio.max() - ratio.min() < 1e-6,
        "its steps went downhill, no more": falls and ratio.max() - ratio.min() > 0.1,
    })  # fmt: skip


def scaled_before_the_split() -> str:
    X = load_iris_pair("none").X
    other = X.clone()
    other[70:] += 1.0  # other test flowers

    def training_rows(X: torch.Tensor) -> torch.Tensor:
        return ((X - X.mean(0)) / X.std(0))[:70]

    influenced = not torch.allclose(training_rows(X), training_rows(other))
    mine = (other[70:] - other[70:].mean(0)) / other[70:].std(0)
    as_learned = (other[70:] - X[:70].mean(0)) / X[:70].std(0)
    return the_true_one({
        "nothing: no label of the 30 was used": not influenced,
        "the 30 had a say in the scaling before the test": influenced,
        "the 30 should be standardised by their own mean and deviation":
            torch.allclose(mine, as_learned),
    })  # fmt: skip


def sigmoid_in_the_cost() -> str:
    z, y = torch.tensor([[1.5], [-0.5]]), torch.tensor([[1.0], [0.0]])
    inside = torch.allclose(torch.nn.BCEWithLogitsLoss()(z, y),
                            torch.nn.BCELoss()(torch.sigmoid(z), y))  # fmt: skip
    return the_true_one({"forgotten": not inside, "in the cost": inside})


def what_backward_changes() -> str:
    w = torch.tensor([2.0], requires_grad=True)
    before, answers, slopes = w.item(), [], []
    for _ in range(2):
        answers.append((3 * w).sum().backward())
        slopes.append(w.grad.item())
    return the_true_one({
        "the weights": w.item() != before,
        ".grad of the parameters, by adding to it": slopes == [3, 6],
        "nothing, it returns gradients": answers != [None, None],
    })  # fmt: skip


def why_autograd_is_slower() -> str:
    w = torch.rand(2, 1, requires_grad=True)
    X = torch.rand(4, 2)
    total = (X @ w).sum()
    (slope,) = torch.autograd.grad(total, w)
    same = torch.allclose(slope, X.sum(0).reshape(-1, 1))
    recorded = total.grad_fn is not None
    return the_true_one({"its mathematics is worse": not same,
                         "it keeps a record of every operation": recorded})  # fmt: skip


def unit_row() -> float:
    return F.normalize(torch.tensor([[3.0, 4.0]], dtype=torch.float64))[0, 0].item()


def slope_at(a: float) -> float:
    z = torch.logit(torch.tensor(a, dtype=torch.float64)).requires_grad_()
    torch.sigmoid(z).backward()
    return z.grad.item()


def parameters(*sizes: int, bias: bool) -> int:
    layers = [torch.nn.Linear(n, m, bias=bias) for n, m in zip(sizes, sizes[1:], strict=False)]
    return sum(p.numel() for layer in layers for p in layer.parameters())


def cost_of_a_one(y_hat: float) -> float:
    return F.binary_cross_entropy(torch.tensor([y_hat]).double(), torch.ones(1).double()).item()


def delta_of_a_zero(cost: Callable[..., torch.Tensor]) -> float:
    z = torch.logit(torch.tensor([0.9], dtype=torch.float64)).requires_grad_()
    cost(torch.sigmoid(z), torch.zeros(1).double()).backward()
    return z.grad.item()


def rate_of_the_mean() -> float:
    slopes = torch.rand(250, dtype=torch.float64)
    return (0.002 * slopes.sum() / slopes.mean()).item()


def loss_of_one_answer(y_hat: float) -> float:
    y = load_iris_pair().y.double()
    return F.binary_cross_entropy(torch.full_like(y, y_hat), y).item()


def largest_rate_on_a_parabola() -> float:
    w = torch.tensor(1.0, dtype=torch.float64, requires_grad=True)

    def cost(w: torch.Tensor) -> torch.Tensor:
        return 4 * w**2 + 1

    (slope,) = torch.autograd.grad(cost(w), w)
    rates = torch.arange(1, 1000, dtype=torch.float64) / 1000
    return rates[cost(w - rates * slope) <= cost(w) * (1 + 1e-12)].max().item()


OPTIONS: dict[str, Callable[[], str]] = {
    "00-one": what_the_output_means, "00-two": a_silent_assert, "00-three": shape_of_a_gradient,
    "01-one": two_on_a_ray, "01-two": flat_labels, "01-three": one_threshold,
    "02-one": largest_slope, "02-two": slope_of_z, "02-three": tiny_step,
    "03-predict-zero": with_w2_zero, "03-one": shape_of_a1, "03-two": where_a_unit_is_undecided,
    "03-three": accuracy_of_one_answer, "04-one": better_than_saying_a_half,
    "04-two": cost_of_a_zero, "04-three": squared_error_far_off, "05-one": sum_over_flowers,
    "05-two": extra_slope, "05-three": a_flat_gradient, "06-one": half_the_rate,
    "06-two": no_gradient_at_w1, "06-three": a_step_from_a_poke,
    "07-one": mean_loss_of_03, "07-two": what_a_falling_loss_says,
    "07-three": scaled_before_the_split, "08-one": sigmoid_in_the_cost,
    "08-two": what_backward_changes, "08-three": why_autograd_is_slower,
}  # fmt: skip

# The right number, then the slips that the question knows, in its order.
NUMBERS: dict[str, tuple[Callable[[], float], tuple[float, ...]]] = {
    "01-length": (unit_row, (0.8, 5)),
    "02-predict-slope": (lambda: slope_at(0.9), (1 - 0.9,)),
    "03-count": (lambda: parameters(4, 10, 1, bias=False),
                 (parameters(4, 10, bias=False), parameters(4, 10, 1, bias=True))),
    "04-predict-cost": (lambda: cost_of_a_one(0.8),
                        (cost_of_a_one(1 - 0.8), math.log(0.8), -math.log10(0.8))),
    "05-predict-delta": (lambda: delta_of_a_zero(F.binary_cross_entropy),
                         (delta_of_a_zero(lambda p, y: 0.5 * ((p - y) ** 2).sum()), -0.9)),
    "06-predict-rate": (rate_of_the_mean, (0.002 / 250, 0.002, 0.002 * 100)),
    "06-parabola": (largest_rate_on_a_parabola, (1 / 8, 2 / 4, 8, 4, 1)),
    "07-level": (lambda: loss_of_one_answer(0.8),
                 (cost_of_a_one(0.8), cost_of_a_one(0.2), 2 * loss_of_one_answer(0.8),
                  LN_2, 1 - 0.8, (0.2**2 + 0.8**2) / 2)),
    "08-count": (lambda: parameters(2, 32, 1, bias=True), (parameters(2, 32, 1, bias=False),)),
}  # fmt: skip

CHOICES = {name: q for name, q in QUESTIONS.items() if isinstance(q, Choice)}
WITH_NUMBER = {name: q for name, q in QUESTIONS.items() if isinstance(q, Number)}


def test_every_question_has_an_oracle() -> None:
    assert set(OPTIONS) == set(CHOICES) and set(NUMBERS) == set(WITH_NUMBER)


@pytest.mark.parametrize("name", CHOICES)
def test_the_right_option_is_the_one_that_is_true(name) -> None:
    true = OPTIONS[name]()
    for letter, (text, why) in CHOICES[name].options.items():
        answer = recall(name, mine=letter)
        assert answer.status == ("correct" if text == true else "wrong"), text
        assert why and answer.message == why and answer.check == f"recall {name}"
    assert true in [text for text, _ in CHOICES[name].options.values()]


@pytest.mark.parametrize("name", WITH_NUMBER)
def test_the_right_number_is_the_computed_one(name) -> None:
    right, slips = NUMBERS[name]
    asked = WITH_NUMBER[name]
    assert asked.answer == pytest.approx(right(), rel=1e-6)
    assert recall(name, mine=right()).status == "correct"
    assert "smaller" in recall(name, mine=right() + 1000.7).message
    assert "larger" in recall(name, mine=right() - 1000.7).message
    assert list(asked.slips) == pytest.approx(slips, rel=1e-6)
    for slip, why in zip(slips, asked.slips.values(), strict=True):
        answer = recall(name, mine=slip)
        assert answer.status == "wrong" and answer.message.endswith(f"is not it. {why}")


def test_a_number_that_the_checks_know_is_computed_as_they_do() -> None:
    known = {n: q for n, q in WITH_NUMBER.items() if q.step}
    assert len(known) == 4
    for name, asked in known.items():
        right = Calculation(asked.step, asked.given, asked.entry).right
        assert right == pytest.approx(NUMBERS[name][0](), rel=1e-6)


@pytest.mark.parametrize(
    ("name", "mine", "mistake"),
    [
        ("02-predict-slope", 0.2055, "slope-of-activation"),
        ("02-predict-slope", 0.206, "slope-of-activation"),
        ("02-predict-slope", 0.205, "slope-of-activation"),  # cut off, not rounded
        ("02-predict-slope", 0.20550030734226, "slope-of-activation"),
        ("02-predict-slope", 0.19, "tanh-slope"),
        ("02-predict-slope", -0.09, "sign"),
        ("02-predict-slope", -2.63, "slope-of-pre-activation"),
        ("02-predict-slope", 0.1, "only-one-minus-a"),  # beside the question's own words
        ("01-length", 0.12, "squared-length"),
        ("04-predict-cost", 0.32, "log-base"),
        ("04-predict-cost", 0.04, "squared-error"),
        ("04-predict-cost", -0.2231, "sign"),
        ("05-predict-delta", 0.081, "extra-slope"),
        ("05-predict-delta", 0.711, "sigmoid-again"),
    ],
)
def test_a_wrong_number_is_named(name, mine, mistake) -> None:
    answer = recall(name, mine=mine)
    assert (answer.status, answer.mistake, answer.mistakes[0]) == ("wrong", mistake, mistake)
    assert answer.message.startswith(f"{mine:.12g} is not it. ")


@pytest.mark.parametrize("mine", [0.2, 0.5, 0.123, 0.207, 7.0])
def test_no_name_without_a_proof(mine) -> None:
    answer = recall("02-predict-slope", mine=mine)
    assert answer.status == "wrong" and answer.mistake is None and answer.mistakes == ()
    assert "the answer is" in answer.message


def test_a_wide_tolerance_is_for_right_answers_only() -> None:
    assert recall("04-predict-cost", mine=0.23)  # right to within 0.01
    assert recall("04-predict-cost", mine=0.0402).mistake == "squared-error"
    assert recall("04-predict-cost", mine=0.045).mistake is None


def test_two_causes_of_one_number_become_a_question() -> None:
    answer = recall("04-predict-cost", mine=0.2)
    assert answer.mistake is None and "which is yours?" in answer.message
    assert "absolute error" in answer.message and "root of the squared error" in answer.message


def test_an_open_question_shows_its_text_and_can_be_opened_on_a_page() -> None:
    for name, asked in QUESTIONS.items():
        question = recall(name)
        assert asked.text in repr(question) and question.as_dict()["status"] == "not attempted"
        page = question._repr_html_()
        assert "Show the answer" in page and page.count("<details") == 1
        if isinstance(asked, Choice):
            assert f"<strong>{asked.answer}</strong>: " in page


@pytest.mark.parametrize("mine", ["a", "A", " a ", "a)", "(a)", "a.", "A)\n"])
def test_a_letter_may_be_written_in_any_way(mine) -> None:
    assert recall("05-one", mine=mine)


@pytest.mark.parametrize("mine", [0.9, np.float32(0.9), torch.tensor(0.9), torch.ones(1) * 0.9])
def test_a_number_may_be_of_any_kind(mine) -> None:
    assert recall("05-predict-delta", mine=mine)


@pytest.mark.parametrize("mine", ["x", "", "ab", 1, ["a"]])
def test_recall_refuses_what_is_no_letter(mine) -> None:
    with pytest.raises(ValueError, match='but one of a, b is expected. Use mine="a".'):
        recall("05-one", mine=mine)


@pytest.mark.parametrize("mine", ["ln 2", True, math.nan, math.inf, [1.0, 2.0], torch.ones(2)])
def test_recall_refuses_what_is_no_number(mine) -> None:
    with pytest.raises(TypeError, match="but a number is expected. Use mine=1.5."):
        recall("05-predict-delta", mine=mine)


def test_recall_knows_the_questions_of_a_notebook() -> None:
    with pytest.raises(ValueError, match="no question is called '05-nine'.*05-one"):
        recall("05-nine")
    with pytest.raises(ValueError, match="no question is called 5.*00-one.*08-three"):
        recall(5)
