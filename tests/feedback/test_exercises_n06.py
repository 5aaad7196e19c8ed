"""The exercises of notebook 06, tried with code as people write it."""

import pytest
import torch

from fnn_helpers.feedback import check_exercise

# --- 06-limit ----------------------------------------------------------------------------------


def limit(cost, w, gradient):
    h = 1e-3
    d = gradient / gradient.norm()
    c = (cost(w + h * d) - 2 * cost(w) + cost(w - h * d)) / h**2
    return c, 2 / c


def limit_in_float_numbers(cost, w, gradient):
    length = float((gradient**2).sum() ** 0.5)
    up, here, down = (float(cost(w + s * 0.01 * gradient / length)) for s in (1, 0, -1))
    c = ((up - here) - (here - down)) / 0.01**2
    return c, 2 / c


def limit_by_slopes(cost, w, gradient):
    h, d = 1e-3, gradient / gradient.norm()

    def slope(at):
        return (cost(at + h * d) - cost(at - h * d)) / (2 * h)

    c = (slope(w + h * d) - slope(w - h * d)) / (2 * h)
    return [c, 2 / c]


def limit_length_left_in(cost, w, gradient):
    h = 1e-3
    c = (cost(w + h * gradient) - 2 * cost(w) + cost(w - h * gradient)) / h**2
    return c, 2 / c


def limit_length_once(cost, w, gradient):
    c, _ = limit_length_left_in(cost, w, gradient)
    return c / gradient.norm(), 2 / (c / gradient.norm())


def limit_slope(cost, w, gradient):
    h, d = 1e-3, gradient / gradient.norm()
    c = (cost(w + h * d) - cost(w - h * d)) / (2 * h)
    return c, 2 / c


def limit_half(cost, w, gradient):
    c, _ = limit(cost, w, gradient)
    return c / 2, 2 / (c / 2)


def limit_exchanged(cost, w, gradient):
    h, d = 1e-3, gradient / gradient.norm()
    c = (2 * cost(w) - cost(w + h * d) - cost(w - h * d)) / h**2
    return c, 2 / c


def limit_of_all_directions(cost, w, gradient):
    c = torch.linalg.eigvalsh(torch.autograd.functional.hessian(cost, w))[-1]
    return c, 2 / c


def limit_one_over(cost, w, gradient):
    c, _ = limit(cost, w, gradient)
    return c, 1 / c


def limit_upside_down(cost, w, gradient):
    c, _ = limit(cost, w, gradient)
    return c, c / 2


def limit_is_c(cost, w, gradient):
    c, _ = limit(cost, w, gradient)
    return c, c


def limit_as_distance(cost, w, gradient):
    c, _ = limit(cost, w, gradient)
    return c, 2 * gradient.norm() / c


# --- 06-decay ----------------------------------------------------------------------------------


def decay(w, dC_dw, learning_rate, decay):
    return w - learning_rate * (dC_dw + decay * w)


def decay_as_shrinking(w, dC_dw, learning_rate, decay):
    return (1 - learning_rate * decay) * w - learning_rate * dC_dw


def decay_in_a_loop(w, dC_dw, learning_rate, decay):
    new = w.clone()
    for i in range(w.shape[0]):
        for j in range(w.shape[1]):
            new[i, j] = w[i, j] - learning_rate * dC_dw[i, j] - learning_rate * decay * w[i, j]
    return new


DECAY = {
    "decay-forgotten": lambda w, g, r, d: w - r * g,
    "decay-without-rate": lambda w, g, r, d: w - r * g - d * w,
    "decay-upwards": lambda w, g, r, d: w - r * g + r * d * w,
    "uphill": lambda w, g, r, d: w + r * (g + d * w),
    "decay-twice": lambda w, g, r, d: w - r * (g + 2 * d * w),
    "decay-halved": lambda w, g, r, d: w - r * (g + d * w / 2),
    "cost-for-slope": lambda w, g, r, d: w - r * (g + 0.5 * d * (w**2).sum()),
    "decay-after-the-step": lambda w, g, r, d: (lambda new: new - r * d * new)(w - r * g),
    "decay-constant": lambda w, g, r, d: w - r * (g + d),
    "decay-for-rate": lambda w, g, r, d: w - d * (g + r * w),
    "decay-on-everything": lambda w, g, r, d: w - r * d * (g + w),
}


# --- 06-epoch ----------------------------------------------------------------------------------


def gradients(X, y, w1, w2, N):
    a1 = torch.sigmoid(X @ w1)
    delta = (torch.sigmoid(a1 @ w2) - y) / N
    return X.T @ (delta @ w2.T * a1 * (1 - a1)), a1.T @ delta


def epoch(X, y, w1, w2, learning_rate):
    g1, g2 = gradients(X, y, w1, w2, len(X))
    return w1 - learning_rate * g1, w2 - learning_rate * g2


def epoch_in_place(X, y, w1, w2, learning_rate):
    g1, g2 = gradients(X, y, w1, w2, len(X))
    w1 -= learning_rate * g1
    w2 -= learning_rate * g2
    return w1, w2


def epoch_summed(X, y, w1, w2, learning_rate):
    g1, g2 = gradients(X, y, w1, w2, 1)
    return w1 - learning_rate * g1, w2 - learning_rate * g2


def epoch_up(X, y, w1, w2, learning_rate):
    g1, g2 = gradients(X, y, w1, w2, len(X))
    return w1 + learning_rate * g1, w2 + learning_rate * g2


def epoch_early(X, y, w1, w2, learning_rate):
    _, g2 = gradients(X, y, w1, w2, len(X))
    new_w2 = w2 - learning_rate * g2
    a1 = torch.sigmoid(X @ w1)
    delta = (torch.sigmoid(a1 @ w2) - y) / len(X)
    return w1 - learning_rate * X.T @ (delta @ new_w2.T * a1 * (1 - a1)), new_w2


def epoch_as_found(X, y, w1, w2, learning_rate):
    """The notebook's suspect, with only its change in place mended."""
    a1 = torch.sigmoid(X @ w1)
    y_hat = torch.sigmoid(a1 @ w2)
    dC_dz2 = y_hat - y
    w2 = w2 - learning_rate * (a1.T @ dC_dz2)
    dC_dz1 = (dC_dz2 @ w2.T) * a1 * (1 - a1)
    w1 = w1 - learning_rate * (X.T @ dC_dz1) / len(X)
    return w1, w2


def epoch_without_slope(X, y, w1, w2, learning_rate):
    a1 = torch.sigmoid(X @ w1)
    delta = (torch.sigmoid(a1 @ w2) - y) / len(X)
    return w1 - learning_rate * X.T @ (delta @ w2.T), w2 - learning_rate * a1.T @ delta


@pytest.mark.parametrize(
    ("name", "function"),
    [
        ("06-limit", limit),
        ("06-limit", limit_in_float_numbers),
        ("06-limit", limit_by_slopes),
        ("06-decay", decay),
        ("06-decay", decay_as_shrinking),
        ("06-decay", decay_in_a_loop),
        ("06-epoch", epoch),
    ],
)
def test_right_ways_are_accepted(name, function) -> None:
    assert check_exercise(name, function)


@pytest.mark.parametrize(
    ("function", "where", "mistake"),
    [
        (limit_length_left_in, "c", "length-left-in"),
        (limit_length_once, "c", "divided-by-length-once"),
        (limit_slope, "c", "slope-not-curvature"),
        (limit_half, "c", "half-curvature"),
        (limit_exchanged, "c", "sign"),
        (limit_one_over, "limit", "one-over-c"),
        (limit_upside_down, "limit", "half-c"),
        (limit_is_c, "limit", "curvature-itself"),
        (limit_as_distance, "limit", "step-not-rate"),
    ],
)
def test_a_wrong_limit_is_named(function, where, mistake) -> None:
    answer = check_exercise("06-limit", function)
    assert (answer.where, answer.mistake) == (where, mistake)


def test_the_largest_curvature_is_not_the_one_along_the_gradient() -> None:
    def by_pokes(cost, w, gradient):
        eye = torch.eye(len(w), dtype=w.dtype)
        rows = [[(cost(w + i + j) - cost(w + i) - cost(w + j) + cost(w)) for j in eye] for i in eye]
        c = torch.linalg.eigvalsh(torch.tensor(rows))[-1]
        return c, 2 / c

    assert check_exercise("06-limit", by_pokes).mistake == "largest-curvature"


@pytest.mark.parametrize("mistake", DECAY)
def test_a_wrong_decay_is_named(mistake) -> None:
    def mine(w, dC_dw, learning_rate, decay):
        return DECAY[mistake](w, dC_dw, learning_rate, decay)

    assert check_exercise("06-decay", mine).mistake == mistake


@pytest.mark.parametrize(
    ("function", "where", "mistakes"),
    [
        (epoch_in_place, "w1", {"changes-its-input"}),
        (epoch_summed, "w1", {"sum-not-mean"}),
        (epoch_up, "w1", {"uphill"}),
        (epoch_early, "w1", {"w2-updated-first"}),
        (epoch_as_found, "w1", {"w2-updated-first", "sum-not-mean"}),
        (epoch_without_slope, "w1", {"slope-missing"}),
    ],
)
def test_a_wrong_epoch_is_named(function, where, mistakes) -> None:
    answer = check_exercise("06-epoch", function, hunt=True)
    assert answer.where == where and set(answer.mistakes) == mistakes
