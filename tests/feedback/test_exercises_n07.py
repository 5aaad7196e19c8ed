"""The exercises of notebook 07, tried with code as people write it."""

import statistics

import pytest
import torch

from fnn_helpers.feedback import check_exercise

# --- 07-fair -----------------------------------------------------------------------------------


def fair(needed, rates):
    middle = needed.median(dim=1).values
    return rates[middle.argmin()], middle.min()


def fair_in_a_loop(needed, rates):
    best = None
    for rate, row in zip(rates, needed.tolist(), strict=True):
        middle = statistics.median(row)
        if best is None or middle < best[1]:
            best = rate, middle
    return best


def fair_by_quantile(needed, rates):
    middle = needed.sort(dim=1).values[:, needed.shape[1] // 2]
    i = int(middle.argmin())
    return rates[i], float(middle[i])


def by(of_rates):
    def mine(needed, rates):
        numbers = of_rates(needed)
        return rates[int(numbers.argmin())], numbers.min()

    return mine


FAIR = {
    "mean-of-starts": by(lambda n: n.mean(dim=1)),
    "luckiest-start": by(lambda n: n.min(dim=1).values),
    "unluckiest-start": by(lambda n: n.max(dim=1).values),
    "position-not-rate": lambda n, r: (n.median(1).values.argmin(), n.median(1).values.min()),
    "slowest-rate": lambda n, r: (r[n.median(1).values.argmax()], n.median(1).values.min()),
}
FAIR_EPOCHS = {
    "median-of-all": lambda n, r: (fair(n, r)[0], n.median()),
    "luckiest-start": lambda n, r: (fair(n, r)[0], n.min()),
    "wrong-axis": lambda n, r: (fair(n, r)[0], n.median(dim=0).values.min()),
}


# --- 07-minibatches ----------------------------------------------------------------------------


def gradients(X, y, w1, w2, N):
    a1 = torch.sigmoid(X @ w1)
    delta = (torch.sigmoid(a1 @ w2) - y) / N
    return X.T @ (delta @ w2.T * a1 * (1 - a1)), a1.T @ delta


def batches_of(choose, divide=lambda rows, X: len(rows)):
    """An epoch whose batches are made by `choose`, each divided by `divide`."""

    def mine(X, y, w1, w2, batches, learning_rate):
        for rows in choose(batches, X):
            g1, g2 = gradients(X[rows], y[rows], w1, w2, divide(rows, X))
            w1, w2 = w1 - learning_rate * g1, w2 - learning_rate * g2
        return w1, w2

    return mine


minibatches = batches_of(lambda batches, X: batches)


def minibatches_flower_by_flower(X, y, w1, w2, batches, learning_rate):
    for rows in batches:
        g1, g2 = torch.zeros_like(w1), torch.zeros_like(w2)
        for row in rows.tolist():
            one = gradients(X[[row]], y[[row]], w1, w2, len(rows))
            g1, g2 = g1 + one[0], g2 + one[1]
        w1, w2 = w1 - learning_rate * g1, w2 - learning_rate * g2
    return w1, w2


def from_the_start(X, y, w1, w2, batches, learning_rate):
    for rows in batches:
        g1, g2 = gradients(X[rows], y[rows], w1, w2, len(rows))
        new_w1, new_w2 = w1 - learning_rate * g1, w2 - learning_rate * g2
    return new_w1, new_w2


def added_up(X, y, w1, w2, batches, learning_rate):
    new_w1, new_w2 = w1, w2
    for rows in batches:
        g1, g2 = gradients(X[rows], y[rows], w1, w2, len(rows))
        new_w1, new_w2 = new_w1 - learning_rate * g1, new_w2 - learning_rate * g2
    return new_w1, new_w2


def early(X, y, w1, w2, batches, learning_rate):
    for rows in batches:
        a1 = torch.sigmoid(X[rows] @ w1)
        delta = (torch.sigmoid(a1 @ w2) - y[rows]) / len(rows)
        w2 = w2 - learning_rate * a1.T @ delta
        w1 = w1 - learning_rate * X[rows].T @ (delta @ w2.T * a1 * (1 - a1))
    return w1, w2


def up(X, y, w1, w2, batches, learning_rate):
    return minibatches(X, y, w1, w2, batches, -learning_rate)


def consecutive(batches, X):
    at = 0
    for rows in batches:
        yield torch.arange(at, at + len(rows))
        at += len(rows)


MINIBATCHES = {
    "divided-by-all": batches_of(lambda b, X: b, lambda rows, X: len(X)),
    "one-update-only": batches_of(lambda b, X: [torch.cat(b)]),
    "all-rows-each-time": batches_of(lambda b, X: [torch.arange(len(X))] * len(b)),
    "last-batch-lost": batches_of(lambda b, X: b[:-1]),
    "first-batch-only": batches_of(lambda b, X: b[:1]),
    "rows-in-order": batches_of(consecutive),
    "batches-reversed": batches_of(lambda b, X: b[::-1]),
    "sum-not-mean": batches_of(lambda b, X: b, lambda rows, X: 1),
    "steps-from-the-start": from_the_start,
    "w2-updated-first": early,
    "uphill": up,
}


# --- 07-report ---------------------------------------------------------------------------------


def report(X, train_rows, test_rows, validation_losses, test_losses):
    mean, std = X[train_rows].mean(0), X[train_rows].std(0, correction=0)
    epoch = validation_losses.argmin()
    return (X[test_rows] - mean) / std, epoch, test_losses[epoch]


def report_with_lists(X, train_rows, test_rows, validation_losses, test_losses):
    losses = validation_losses.tolist()
    epoch = losses.index(min(losses))
    scaled = (X - X[train_rows].mean(0)) / X[train_rows].var(0, correction=0).sqrt()
    return scaled[test_rows], epoch, float(test_losses[epoch])


def as_found(X, train_rows, test_rows, validation_losses, test_losses):
    scaled = (X - X.mean(dim=0)) / X.std(dim=0, correction=0)
    epoch = test_losses.argmin()
    return scaled[test_rows], epoch, validation_losses[epoch]


def reporting(scaled=None, epoch=None, loss=None):
    """A report that is right but for what is given."""

    def mine(X, train_rows, test_rows, validation_losses, test_losses):
        right = report(X, train_rows, test_rows, validation_losses, test_losses)
        given = (X, train_rows, test_rows, validation_losses, test_losses)
        changed = (scaled, epoch, loss)
        return [r if c is None else c(*given) for r, c in zip(right, changed, strict=True)]

    return mine


def by_n_minus_one(X, train, test, v, t):
    return (X[test] - X[train].mean(0)) / X[train].std(0)


def by_the_test(X, train, test, v, t):
    return (X[test] - X[test].mean(0)) / X[test].std(0, correction=0)


def of_training(X, train, test, v, t):
    return (X[train] - X[train].mean(0)) / X[train].std(0, correction=0)


REPORTS = {
    ("scaled", "divided-by-n-minus-one"): reporting(scaled=by_n_minus_one),
    ("scaled", "scaled-by-the-test"): reporting(scaled=by_the_test),
    ("scaled", "training-rows"): reporting(scaled=of_training),
    ("scaled", "not-scaled"): reporting(scaled=lambda X, train, test, v, t: X[test]),
    ("epoch", "last-epoch"): reporting(epoch=lambda X, train, test, v, t: len(v) - 1),
    ("epoch", "worst-epoch"): reporting(epoch=lambda X, train, test, v, t: v.argmax()),
    ("epoch", "loss-not-epoch"): reporting(epoch=lambda X, train, test, v, t: v.min()),
    ("epoch", "counted-from-one"): reporting(epoch=lambda X, train, test, v, t: v.argmin() + 1),
    ("loss", "chosen-loss-reported"): reporting(loss=lambda X, train, test, v, t: v.min()),
    ("loss", "chosen-on-the-test"): reporting(loss=lambda X, train, test, v, t: t.min()),
    ("loss", "last-epoch"): reporting(loss=lambda X, train, test, v, t: t[-1]),
}


# --- 07-own-check ------------------------------------------------------------------------------


def measured(cost, w, h=1e-4):
    slopes = torch.zeros_like(w)
    for i in range(w.numel()):
        poke = torch.zeros_like(w)
        poke.view(-1)[i] = h
        slopes.view(-1)[i] = (cost(w + poke) - cost(w - poke)) / (2 * h)
    return slopes


def own_check(cost, w, gradient):
    return (measured(cost, w) - gradient).abs().max() <= 1e-6 * gradient.abs().max()


def own_check_entry_by_entry(cost, w, gradient):
    for row in range(w.shape[0]):
        for column in range(w.shape[1]):
            sides = []
            for h in (1e-4, -1e-4):
                poked = w.clone()
                poked[row, column] += h
                sides.append(float(cost(poked)))
            slope = (sides[0] - sides[1]) / 2e-4
            if abs(slope - gradient[row, column]) > 1e-6 * gradient.abs().max():
                return False
    return True


def one_sided(cost, w, gradient):
    slopes = torch.zeros_like(w)
    for i in range(w.numel()):
        poked = w.clone()
        poked.view(-1)[i] += 1e-4
        slopes.view(-1)[i] = (cost(poked) - cost(w)) / 1e-4
    return bool((slopes - gradient).abs().max() <= 1e-6 * gradient.abs().max())


def off(cost, w, gradient):
    return (measured(cost, w) - gradient) / gradient.abs().max()


OWN = {
    "never-refuses": lambda cost, w, g: torch.allclose(measured(cost, w), g, rtol=10, atol=10),
    "refuses-the-right": one_sided,
    "answers-exchanged": lambda cost, w, g: not own_check(cost, w, g),
    "one-entry-slips-through": lambda cost, w, g: bool(off(cost, w, g).abs().mean() < 0.01),
    "differences-cancel": lambda cost, w, g: bool(abs(off(cost, w, g).sum()) < 1e-6),
}


@pytest.mark.parametrize(
    ("name", "function"),
    [
        ("07-fair", fair),
        ("07-fair", fair_in_a_loop),
        ("07-fair", fair_by_quantile),
        ("07-minibatches", minibatches),
        ("07-minibatches", minibatches_flower_by_flower),
        ("07-report", report),
        ("07-report", report_with_lists),
        ("07-own-check", own_check),
        ("07-own-check", own_check_entry_by_entry),
    ],
)
def test_right_ways_are_accepted(name, function) -> None:
    assert check_exercise(name, function)


@pytest.mark.parametrize("mistake", FAIR)
def test_an_unfair_rate_is_named(mistake) -> None:
    answer = check_exercise("07-fair", FAIR[mistake])
    assert (answer.where, answer.mistake) == ("best_rate", mistake)


@pytest.mark.parametrize("mistake", FAIR_EPOCHS)
def test_unfair_epochs_are_named(mistake) -> None:
    answer = check_exercise("07-fair", FAIR_EPOCHS[mistake])
    assert (answer.where, answer.mistake) == ("epochs", mistake)


@pytest.mark.parametrize("mistake", MINIBATCHES)
def test_a_wrong_epoch_of_minibatches_is_named(mistake) -> None:
    answer = check_exercise("07-minibatches", MINIBATCHES[mistake])
    assert (answer.where, answer.mistake) == ("w1", mistake)


def test_steps_from_the_start_that_add_up_are_named_too() -> None:
    assert check_exercise("07-minibatches", added_up).mistake == "steps-from-the-start"


def test_all_three_bugs_of_the_report_are_found() -> None:
    answer = check_exercise("07-report", as_found, hunt=True)
    assert answer.mistakes == ("scaled-by-all", "chosen-on-the-test", "chosen-loss-reported")


@pytest.mark.parametrize("key", REPORTS)
def test_a_wrong_report_is_named(key) -> None:
    answer = check_exercise("07-report", REPORTS[key])
    assert (answer.where, answer.mistake) == key


@pytest.mark.parametrize("mistake", OWN)
def test_a_gradient_check_that_errs_is_told_how(mistake) -> None:
    assert check_exercise("07-own-check", OWN[mistake]).mistake == mistake
