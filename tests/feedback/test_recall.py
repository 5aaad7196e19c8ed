"""Every question's answer is computed here, from nothing that the questions themselves hold."""

import contextlib
import io
import itertools
import math
import time
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


def out_of_one_unit() -> str:
    a = torch.sigmoid(torch.tensor([3.0, 4.0]) @ torch.tensor([2.0, -3.0])).item()
    return the_true_one({"nearly 1": a > 0.99, "nearly 0": 0 < a < 0.01, "−6": a == -6})


def a_silent_assert() -> str:
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        ran: list[int] = []
        exec("assert ran.append(1) is None", {"ran": ran})
        silent, checked = out.getvalue() == "", bool(ran)
    with pytest.raises(AssertionError):
        exec("assert 1 + 1 == 3")
    return the_true_one({"its claim is false": not silent, "its claim is true": silent and checked,
                         "nothing: it was only read": not checked})  # fmt: skip


def right_with_one_unit(w: torch.Tensor, scaling: str) -> int:
    iris = load_iris_pair(scaling)
    return int(((iris.X @ w > 0) == (iris.y == 1)).sum())


def one_unit_trained() -> torch.Tensor:
    iris = load_iris_pair("standardised")
    w = torch.zeros(2, 1)
    for _ in range(100):
        w = w - iris.X.T @ (torch.sigmoid(iris.X @ w) - iris.y) / len(iris.X)
    return w


def what_hidden_units_are_for() -> str:
    trained = right_with_one_unit(one_unit_trained(), "standardised")
    # Of the four corners, with unlike ones alike, no straight border gets all.
    corners = torch.tensor([[0.0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]])
    weights = torch.randn(100_000, 3, generator=torch.Generator().manual_seed(0))
    right = ((corners @ weights.T > 0) == torch.tensor([[False], [True], [True], [False]])).sum(0)
    return the_true_one({
        "for these flowers: more of them are right":
            right_with_one_unit(torch.tensor([[1.6], [-1.0]]), "standardised") < 100,
        "for training: one unit cannot be trained": trained < 99,
        "for other tasks: where no straight border will do": right.max() < 4,
    })  # fmt: skip


def two_on_a_ray() -> str:
    one, two = F.normalize(torch.tensor([[1.0, 3.0], [2.5, 7.5]]))
    same = torch.allclose(one, two)
    on_the_arc = math.isclose(one.norm(), 1, rel_tol=1e-6)
    return the_true_one({"the same point": same, "two points on the arc": on_the_arc and not same,
                         "two points on the ray": not on_the_arc})  # fmt: skip


def flat_labels() -> str:
    y = load_iris_pair().y.flatten()
    mean = ((y.reshape(-1, 1) - y) ** 2).mean().item()
    return the_true_one({"0": mean == 0, "0.5": math.isclose(mean, 0.5), "an error": False})


def unit_against_threshold() -> str:
    directions = torch.linspace(0, 2 * math.pi, 3601)
    w = torch.stack([directions.cos(), directions.sin()])  # all that one unit can do on unit rows
    iris = load_iris_pair("unit_rows")
    on_the_angle = int(((iris.X @ w > 0) == (iris.y == 1)).sum(0).max())
    by_trying = right_with_one_unit(torch.tensor([[1.6], [-1.0]]), "standardised")
    assert (on_the_angle, by_trying) == (99, 100)
    return the_true_one({
        "the unit was trained": by_trying < 100,
        # On unit rows the same unit does no better, so it is not the sigmoid.
        "the sigmoid bends the border": on_the_angle == 100,
        "the unit got both numbers": by_trying > on_the_angle,
    })  # fmt: skip


def three_clues() -> str:
    ones, zeros = 3 * 6 * 1, 1 * 1 * 2  # flowers of each class that show all three, out of so many
    p = ones / (ones + zeros)
    alone = [3 / (3 + 1), 6 / (6 + 1), 1 / (1 + 2)]
    wrong = 18 / 19, sum(alone) / 3
    found = {text: math.isclose(p, float(text), abs_tol=0.005) for text in ("0.90", "0.95", "0.65")}
    assert all(math.isclose(w, float(t), abs_tol=0.005) for w, t in
               zip(wrong, ("0.95", "0.65"), strict=True))  # fmt: skip
    return the_true_one(found)


def slope_of_z() -> str:
    z = torch.tensor(3.0, requires_grad=True)
    torch.sigmoid(z).backward()
    given = 3 * (1 - 3)
    return the_true_one({
        "it returns 0.045": given == round(z.grad.item(), 3) == 0.045, "it returns −6": given == -6,
        "it stops with an error": given is None, "it returns 0.25": given == 0.25,
    })  # fmt: skip


def tiny_step() -> str:
    def error(h: float, kind: type) -> float:
        s = [1 / (1 + np.exp(-kind(1) - sign * kind(h))) for sign in (1, -1)]
        return abs(float((s[0] - s[1]) / kind(2 * h)) / 0.19661193324148185 - 1)

    assert load_iris_pair().X.dtype == torch.float32
    in_single = max(error(1e-7, np.float32), error(1e-8, np.float32))
    return the_true_one({
        "the formula is wrong": error(1e-4, np.float64) > 1e-6,
        "a smaller step is needed": error(1e-8, np.float32) < 0.1,
        "nothing: repeat it in float64, with h = 0.0001":
            in_single > 0.1 and error(1e-4, np.float64) < 1e-8,
    })  # fmt: skip


def shape_of_w2() -> str:
    a1 = torch.rand(50, 8)
    fits = {"3 × 2": (3, 2), "8 × 2": (8, 2), "2 × 8": (2, 8), "8 × 3": (8, 3)}
    return the_true_one({text: shape[0] == a1.shape[1] and (a1 @ torch.rand(shape)).shape == (50, 2)
                         for text, shape in fits.items()})  # fmt: skip


def without_the_inner_sigmoid() -> str:
    generator = torch.Generator().manual_seed(4)
    w1, w2 = (torch.randn(*s, generator=generator).double() for s in ((2, 32), (32, 1)))
    w = (w1 @ w2).flatten()
    circle = torch.linspace(0, 2 * torch.pi, 2001, dtype=torch.float64)[:-1]
    points = torch.stack([circle.cos(), circle.sin()], dim=1)
    above = (torch.sigmoid(points @ w1 @ w2) > 0.5).flatten()
    changes = int((above != above.roll(1)).sum())  # a line through the middle is crossed twice
    undecided = torch.sigmoid(torch.tensor([[-w[1], w[0]]]) @ w1 @ w2).item()
    return the_true_one({
        "on one straight line": changes == 2 and math.isclose(undecided, 0.5),
        "on up to 32 lines": changes > 2,
        "on any closed curve": changes > 2,
        "nowhere": changes == 0,
    })  # fmt: skip


def with_w2_turned() -> str:
    w2 = torch.linspace(-1, 3, 8).reshape(-1, 1)
    a1 = torch.rand(1, 8, generator=torch.Generator().manual_seed(0))
    a1 = a1 * torch.logit(torch.tensor(0.81)) / (a1 @ w2)
    assert math.isclose(torch.sigmoid(a1 @ w2).item(), 0.81, rel_tol=1e-5)
    turned = torch.sigmoid(a1 @ -w2).item()
    return the_true_one({text: math.isclose(turned, float(text.replace("−", "-")), rel_tol=1e-4)
                         for text in ("0.81", "−0.81", "0.19", "0.5")})  # fmt: skip


def starts_in_order(kind: str, least: float = 0.98, most: float = 0.02) -> int:
    """Of 200 untrained networks, those that rank nearly all pairs alike; by ranks, not by pairs."""
    rows = load_iris_pair("unit_rows").X.double()
    spread = load_iris_pair("standardised").X.double()
    centre, size = rows.mean(0), rows.std(0, correction=0)
    X = {"unit rows": rows, "A": spread * size + centre, "B": (rows - centre) / size}[kind]
    generator = torch.Generator().manual_seed(0)
    w1, w2 = (torch.randn(200, *shape, generator=generator, dtype=torch.float64)
              for shape in ((2, 32), (32, 1)))  # fmt: skip
    z2 = (torch.sigmoid(X @ w1) @ w2)[..., 0]
    ranks = z2.argsort(dim=1).argsort(dim=1)[:, 50:].sum(1) - 50 * 49 // 2  # Mann and Whitney's U
    auc = ranks.double() / 2500
    return int(((auc > least) | (auc < most)).sum())


def line_through(point: tuple[float, float], weights: tuple[float, float]) -> float:
    sums = np.linspace(-20, 20, 4001)
    z = np.dot(point, weights) + sums
    return float(sums[np.abs(z).argmin()])


def better_than_saying_the_share() -> str:
    y = torch.tensor([1.0] * 90 + [0.0] * 10)
    share = F.binary_cross_entropy(torch.full((100,), 0.9), y).item()
    return the_true_one({"yes: 0.40 is below ln 2": share > 0.40, "nothing shows it": share < 0.40,
                         "yes: about 60 % are right": False})  # fmt: skip


def pull_of_a_wrong_label() -> str:
    z = torch.logit(torch.tensor([0.002], dtype=torch.float64)).requires_grad_()
    pulls = [
        torch.autograd.grad(cost, z)[0].abs().item()
        for cost in (-torch.sigmoid(z).log(), 0.5 * (torch.sigmoid(z) - 1) ** 2)
    ]
    return the_true_one({"cross-entropy": pulls[0] > 2 * pulls[1],
                         "squared error": pulls[1] > 2 * pulls[0],
                         "both alike": max(pulls) < 2 * min(pulls)})  # fmt: skip


def true_in_single_precision() -> str:
    z, y, truth = torch.tensor(20.0), torch.tensor(1.0), math.log1p(math.exp(-20))
    y_hat = torch.sigmoid(z)
    forms = {
        "−(y ln ŷ + (1 − y) ln(1 − ŷ))": -(y * y_hat.log() + (1 - y) * (1 - y_hat).log()),
        "ln(1 + eᶻ) − y z": F.softplus(z) - y * z,
        "softplus(−z)": F.softplus(-z),
        "½ (ŷ − y)²": 0.5 * (y_hat - y) ** 2,
    }
    return the_true_one({text: math.isclose(cost.item(), truth, rel_tol=1e-5)
                         for text, cost in forms.items()})  # fmt: skip


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
    of_mean = torch.autograd.grad(
        F.binary_cross_entropy_with_logits(a1 @ w2, y, reduction="sum") / 6, (w2, a1)
    )
    in_both = all(torch.allclose(m, g / 6) for m, g in zip(of_mean, of_all, strict=True))
    return the_true_one({"every flower uses the same weights": adds and own,
                         "to make the shapes fit": not fits_without,
                         "the cost is a mean over the flowers": not in_both})  # fmt: skip


def extra_slope() -> str:
    y_hat, y = torch.tensor([0.2, 0.6, 0.9]), torch.tensor([1.0, 0.0, 1.0])
    ratio = ((y_hat - y) * y_hat * (1 - y_hat)) / (y_hat - y)
    alike = ratio.max() - ratio.min() < 1e-6
    return the_true_one({"by N": alike and math.isclose(ratio[0], 3),
                         "by ŷ(1 − ŷ), different for each flower": not alike,
                         "by 2": alike and math.isclose(ratio[0], 2)})  # fmt: skip


def back_through_saturated_units() -> str:
    z1 = torch.full((5, 4), math.log(0.9999 / 0.0001), dtype=torch.float64, requires_grad=True)
    a1 = torch.sigmoid(z1)
    assert torch.allclose(a1, torch.tensor(0.9999, dtype=torch.float64), rtol=1e-9)
    cost = F.binary_cross_entropy_with_logits(
        a1 @ torch.ones(4, 1).double(), torch.ones(5, 1).double()
    )
    to_a1, to_z1 = torch.autograd.grad(cost, (a1, z1))
    share = (to_z1 / to_a1).mean().item()
    return the_true_one({
        "almost all of it: times 0.9999": math.isclose(share, 0.9999),
        "all of it: the slope cancels": math.isclose(share, 1),
        "a ten-thousandth of it": math.isclose(share, 1e-4, rel_tol=1e-3),
    })  # fmt: skip


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


def what_comes_back_to_the_logit() -> str:
    z2, y = torch.tensor([[1.5], [-0.5], [0.3]]).requires_grad_(), torch.tensor([[1.0], [0], [0]])
    torch.nn.BCEWithLogitsLoss()(z2, y).backward()
    z, p, came = z2.detach(), torch.sigmoid(z2.detach()), 3 * z2.grad
    return the_true_one({
        "(ŷ − y) · ŷ (1 − ŷ) / N": torch.allclose(came, (p - y) * p * (1 - p)),
        "(ŷ − y) / N": torch.allclose(came, p - y),
        "(ŷ − y) / (ŷ (1 − ŷ) N)": torch.allclose(came, (p - y) / (p * (1 - p))),
        "(z2 − y) / N": torch.allclose(came, z - y),
    })  # fmt: skip


def what_backward_changes() -> str:
    w = torch.tensor([2.0], requires_grad=True)
    before, answers, slopes = w.item(), [], []
    for _ in range(2):
        answers.append((3 * w).sum().backward())
        slopes.append(w.grad.item())
    return the_true_one({
        "the weights": w.item() != before,
        ".grad of the parameters: the new gradient replaces the old": slopes == [3, 3],
        ".grad of the parameters: the new gradient is added to the old": slopes == [3, 6],
        "nothing, it returns the gradients": answers != [None, None],
    })  # fmt: skip


def where_the_time_goes() -> str:
    """Measured by turns, as in the notebook."""
    X, y = torch.rand(100, 2), torch.ones(100, 1)
    plain = [torch.rand(2, 32), torch.rand(32, 1)]
    noted = [w.clone().requires_grad_() for w in plain]

    def there(w1, w2):
        a1 = torch.sigmoid(X @ w1)
        return a1, a1 @ w2, F.binary_cross_entropy_with_logits(a1 @ w2, y)

    def back(a1, z2):
        dC_dz2 = (torch.sigmoid(z2) - y) / 100
        return X.T @ (dC_dz2 @ plain[1].T * (a1 * (1 - a1))), a1.T @ dC_dz2

    def timed(f, *arguments):
        begin = time.perf_counter()
        result = f(*arguments)
        return time.perf_counter() - begin, result

    times = []
    for _ in range(200):
        without, (a1, z2, _) = timed(there, *plain)
        by_hand, mine = timed(back, a1, z2)
        with_notes, (_, _, cost) = timed(there, *noted)
        by_notes, theirs = timed(torch.autograd.grad, cost, noted)
        times.append((with_notes - without, by_notes - by_hand))
    on_the_way_there, on_the_way_back = torch.tensor(times).median(dim=0).values.tolist()
    same = all(torch.allclose(a, b, atol=1e-6) for a, b in zip(mine, theirs, strict=True))
    return the_true_one({
        "into the notes that are taken on the way there": on_the_way_there > on_the_way_back,
        "into the way back: starting it, and calling each note": on_the_way_back > on_the_way_there,
        "into the arithmetic: its formulas are longer than yours": not same,
    })  # fmt: skip


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


def half_square_of_a_constant() -> tuple[float, float]:
    """The best of many constants for two ones of eight, and what it costs."""
    p, y = torch.linspace(0, 1, 1001, dtype=torch.float64), (torch.arange(8) < 2).double()
    costs = (0.5 * (p.reshape(-1, 1) - y) ** 2).mean(1)
    return p[costs.argmin()].item(), costs.min().item()


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
    "00-one": out_of_one_unit, "00-two": a_silent_assert, "00-three": what_hidden_units_are_for,
    "01-one": two_on_a_ray, "01-two": flat_labels, "01-three": unit_against_threshold,
    "02-one": three_clues, "02-two": slope_of_z, "02-three": tiny_step,
    "03-one": shape_of_w2, "03-two": without_the_inner_sigmoid, "03-three": with_w2_turned,
    "04-one": better_than_saying_the_share, "04-two": pull_of_a_wrong_label,
    "04-three": true_in_single_precision, "05-one": sum_over_flowers,
    "05-two": extra_slope, "05-three": back_through_saturated_units, "06-one": half_the_rate,
    "06-two": no_gradient_at_w1, "06-three": a_step_from_a_poke,
    "07-one": mean_loss_of_03, "07-two": what_a_falling_loss_says,
    "07-three": scaled_before_the_split, "08-one": what_comes_back_to_the_logit,
    "08-two": what_backward_changes, "08-three": where_the_time_goes,
}  # fmt: skip

# The right number, then the slips that the question knows, in its order.
NUMBERS: dict[str, tuple[Callable[[], float], tuple[float, ...]]] = {
    "01-length": (unit_row, (0.8, 5, 3 / 7, 3 / 4)),
    "02-predict-slope": (lambda: slope_at(0.9), (1 - 0.9,)),
    "03-line": (lambda: line_through((3, 1), (2, -1)),
                (2 * 3 - 1, -line_through((3, 1), (-2, -1)), line_through((1, 3), (2, -1)), 0)),
    "03-starts": (lambda: starts_in_order("A"),
                  (starts_in_order("unit rows"), starts_in_order("B"),
                   starts_in_order("A", most=-1), starts_in_order("A", least=2))),
    "04-predict-cost": (lambda: cost_of_a_one(0.8),
                        (cost_of_a_one(1 - 0.8), math.log(0.8), -math.log10(0.8))),
    "04-best-constant": (lambda: half_square_of_a_constant()[1],
                         (half_square_of_a_constant()[0], 0.125, 0.1875, 0.75, 0.28125, 0.03125,
                          F.binary_cross_entropy(torch.full((8,), 0.25).double(),
                                                 (torch.arange(8) < 2).double()).item())),
    "05-predict-delta": (lambda: delta_of_a_zero(F.binary_cross_entropy),
                         (delta_of_a_zero(lambda p, y: 0.5 * ((p - y) ** 2).sum()), -0.9)),
    "06-predict-rate": (rate_of_the_mean, (0.002 / 250, 0.002, 0.002 * 100)),
    "06-parabola": (largest_rate_on_a_parabola, (1 / 8, 2 / 4, 8, 4, 1)),
    "07-level": (lambda: loss_of_one_answer(0.8),
                 (cost_of_a_one(0.8), cost_of_a_one(0.2), 2 * loss_of_one_answer(0.8),
                  LN_2, 1 - 0.8, (0.2**2 + 0.8**2) / 2)),
    "08-count": (lambda: parameters(2, 8, 8, 1, bias=True),
                 (parameters(2, 8, 8, 1, bias=False), parameters(2, 8, 8, bias=True),
                  parameters(2, 8, 1, bias=True))),
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
    with pytest.raises(ValueError, match='but one of a, b, c is expected. Use mine="a".'):
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
