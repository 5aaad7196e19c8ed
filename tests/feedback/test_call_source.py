"""The line that is quoted is the one that makes the quantity, or none is."""

import functools
import math

import pytest

from fnn_helpers.feedback.call import line_that_makes
from fnn_helpers.feedback.call.source import LONGEST

# What these functions compute is no matter: only their lines are read.
# ruff: noqa: RET504


def plain(X, w1, w2):
    z1 = X @ w1
    z1 = z1 * 1
    return z1, X


def in_steps(a):
    s = a
    s += 1
    t: float = s
    u = v = t
    if (r := v) > 0:
        pass
    return u * r


def in_tuples(a):
    p, q = a, 2 * a
    [r, (s, *t)] = p, (q, 1, 2)
    return p + q + r + s + t[0]


def by_entries(X, losses_before):
    a = [0] * len(X)
    losses = []
    for i in range(len(X)):
        a[i] = X[i] + 1
        losses.append(a[i])
    return a, losses


def several_returns(a):
    if a is None:
        return 0, 1
    d = 2 * a
    return d, (
        a
        + 1
    )  # fmt: skip


def of_lists(a):
    return [2 * a, 3 * a]


def one_thing(a):
    return a * (1 - a)


def nothing_fits(a):
    print(a)


def long_line(a):
    z = a + 1 + 2 + 3 + 4 + 5 + 6 + 7 + 8 + 9 + 10 + 11 + 12 + 13 + 14 + 15 + 16 + 17 + 18 + 19
    return z


def with_an_inner_function(z):
    def inner(z):
        a = z
        return a

    a = inner(z)
    return a


def decorate(function):
    @functools.wraps(function)
    def wrapper(*arguments):
        return function(*arguments)

    return wrapper


@decorate
def decorated(z):
    a = 1 / z
    return a


class Network:
    def forward(self, X):
        z1 = X + 1
        return z1


@pytest.mark.parametrize(
    ("function", "name", "place", "line"),
    [
        (plain, "z1", None, "z1 = z1 * 1"),  # the last one counts
        (plain, "dC_dz2", 0, "z1 = z1 * 1"),  # a name of the learner's own, by its place
        (plain, "dC_dz2", 1, "return z1, X"),  # that name is an argument
        (plain, "dC_dz2", 2, ""),  # there is no such place
        (in_steps, "s", None, "s += 1"),
        (in_steps, "t", None, "t: float = s"),
        (in_steps, "u", None, "u = v = t"),
        (in_steps, "v", None, "u = v = t"),
        (in_steps, "r", None, "r := v"),
        (in_tuples, "p", None, "p, q = a, 2 * a"),
        (in_tuples, "q", None, "p, q = a, 2 * a"),
        (in_tuples, "s", None, "[r, (s, *t)] = p, (q, 1, 2)"),
        (in_tuples, "t", None, "[r, (s, *t)] = p, (q, 1, 2)"),
        (by_entries, "a", None, "a[i] = X[i] + 1"),
        (by_entries, "i", None, "return a, losses"),  # an index is not made there
        (by_entries, "losses", None, "losses.append(a[i])"),
        (by_entries, "X", 1, "losses.append(a[i])"),
        (several_returns, "slope", 0, "d = 2 * a"),
        (several_returns, "slope", 1, "a + 1"),  # on one line
        (several_returns, "slope", None, "return d, ( a + 1 )"),
        (of_lists, "second", 1, "3 * a"),
        (one_thing, "slope", None, "return a * (1 - a)"),
        (one_thing, "slope", 0, ""),
        (nothing_fits, "a", None, ""),
        (with_an_inner_function, "a", None, "a = inner(z)"),
        (decorated, "a", None, "a = 1 / z"),
        (Network().forward, "z1", None, "z1 = X + 1"),
        (Network.forward, "z1", None, "z1 = X + 1"),
        (math.exp, "a", None, ""),
        (functools.partial(plain, 1), "z1", None, ""),
        (Network(), "z1", None, ""),
        (None, "z1", None, ""),
        (eval("lambda z: 1 / z"), "a", None, ""),
    ],
)
def test_the_line_that_makes_it_is_found(function, name, place, line) -> None:
    assert line_that_makes(function, name, place) == line


def test_a_lambda_is_read_where_it_stands_alone() -> None:
    a = lambda z: 1 / z  # noqa: E731
    assert line_that_makes(a, "a") == "a = lambda z: 1 / z"
    assert line_that_makes(a, "slope") == ""
    assert line_that_makes([lambda z: 1 / z, 1][0], "a") == ""


def test_a_long_line_is_cut() -> None:
    line = line_that_makes(long_line, "z")
    assert line.startswith("z = a + 1 + 2") and line.endswith(" …") and len(line) == LONGEST + 2


def test_a_source_that_has_changed_since_is_no_trouble(tmp_path) -> None:
    file = tmp_path / "changed.py"
    file.write_text("def f(a):\n    return (a,\n            1)\n")
    namespace: dict = {}
    exec(compile(file.read_text(), str(file), "exec"), namespace)
    file.write_text("def f(a):\n    return (a,\n")
    assert line_that_makes(namespace["f"], "a") == ""
    file.unlink()
    assert line_that_makes(namespace["f"], "a") == ""
