"""Node against torch.autograd: random expressions, shared nodes, broadcasting; what it refuses."""

import math
import operator

import pytest
import torch
from conftest import seeded
from hypothesis import given
from hypothesis import strategies as st

from fnn_helpers import FNN, BinaryCrossEntropy, central_differences
from fnn_helpers.autograd import Node

# One name stands for both: a method of Node, and the same of a tensor.
ONE = {
    "sigmoid": lambda v: v.sigmoid(),
    "tanh": lambda v: v.tanh(),
    "relu": lambda v: v.relu(),
    "exp": lambda v: v.tanh().exp(),  # of a small number, so that towers of them stay finite
    "log": lambda v: (v * v + 1).log(),
    "sum": lambda v: v.sum(),
    "mean": lambda v: v.mean(),
    "square": lambda v: v**2,
    "cube": lambda v: v**3 / 10,
    "root": lambda v: (v * v + 0.5) ** 0.5,
    "inverse": lambda v: 2 / (v * v + 1),
    "power of two": lambda v: 2 ** v.tanh(),
    "shifted": lambda v: 3 - v / 2 + 1,
    "negative": lambda v: -v,
    "turned": lambda v: v.T if len(shape(v)) == 2 else v,
}
TWO = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": lambda a, b: a / (b * b + 1),
    "@": lambda a, b: a @ b,
    "**": lambda a, b: (a * a + 0.5) ** b.tanh(),
}
SHAPES = [(), (1,), (3,), (1, 3), (2, 1), (2, 3), (3, 2), (3, 3), (2, 1, 3)]


def shape(value) -> torch.Size:
    return value.value.shape if isinstance(value, Node) else value.shape


def fits(name: str, a: torch.Size, b: torch.Size) -> bool:
    if name == "@":
        return len(a) == len(b) == 2 and a[1] == b[0]
    try:
        torch.broadcast_shapes(a, b)
    except RuntimeError:
        return False
    return True


@st.composite
def expressions(draw):
    """Leaves by their shapes, and steps: each uses any values made so far, so many are shared."""
    leaves = draw(st.lists(st.sampled_from(SHAPES), min_size=1, max_size=4))
    steps = draw(st.lists(st.tuples(st.sampled_from([*ONE, *TWO]), st.integers(0, 99),
                                    st.integers(0, 99)), min_size=1, max_size=9))  # fmt: skip
    dtype = draw(st.sampled_from([torch.float32, torch.float64]))
    return leaves, steps, draw(st.integers(0, 999)), dtype


def follow(leaves: list, steps: list):
    values = list(leaves)
    for name, i, j in steps:
        a, b = values[-1 - i % len(values)], values[j % len(values)]
        if name in ONE:
            values.append(ONE[name](a))
        elif fits(name, shape(a), shape(b)):
            values.append(TWO[name](a, b).tanh())  # small again
    total = values[0].sum()
    for value in values[1:]:  # every value is used: none is without a gradient
        total = total + value.mean()
    return total


@given(expressions())
def test_any_expression_has_torchs_value_and_gradients(case) -> None:
    shapes, steps, seed, dtype = case
    tensors = [torch.randn(s, generator=seeded(seed + i), dtype=dtype)
               for i, s in enumerate(shapes)]  # fmt: skip
    copies = [t.clone() for t in tensors]
    nodes, followed = [Node(t) for t in tensors], [t.clone().requires_grad_() for t in tensors]
    mine, reference = follow(nodes, steps), follow(followed, steps)
    mine.backward()
    gradients = torch.autograd.grad(reference, followed)
    tolerance = {"atol": 1e-4, "rtol": 1e-4} if dtype is torch.float32 else {}
    torch.testing.assert_close(mine.value, reference.detach(), **tolerance)
    for node, gradient, tensor, copy in zip(nodes, gradients, tensors, copies, strict=True):
        torch.testing.assert_close(node.gradient, gradient, **tolerance)
        assert torch.equal(tensor, copy)


@given(expressions())
def test_a_second_backward_gives_the_same(case) -> None:
    shapes, steps, seed, dtype = case
    nodes = [Node(torch.randn(s, generator=seeded(seed), dtype=dtype)) for s in shapes]
    total = follow(nodes, steps)
    total.backward()
    first = [node.gradient.clone() for node in nodes]
    total.backward()
    assert all(torch.equal(f, node.gradient) for f, node in zip(first, nodes, strict=True))


def test_gradients_of_two_expressions_do_not_add_up() -> None:
    x = Node(torch.tensor([1.0, 2.0]))
    (x * x).sum().backward()
    (3 * x).sum().backward()
    assert x.gradient.tolist() == [3, 3]


@pytest.mark.parametrize("name", ONE)
def test_each_operation_agrees_with_central_differences(name) -> None:
    at = torch.randn(2, 3, generator=seeded(5), dtype=torch.float64)
    weights = torch.randn(3, 2, generator=seeded(6), dtype=torch.float64)

    def cost(t):
        out = ONE[name](t)
        return (out * (weights if shape(out) == (3, 2) else weights.T)).sum()

    x = Node(at)
    cost(x).backward()
    torch.testing.assert_close(x.gradient, central_differences(cost, at), atol=1e-6, rtol=1e-6)


def test_the_network_of_part_one_gives_the_hand_derived_numbers_node_by_node() -> None:
    network = FNN(3, 4, 2, generator=seeded(1), dtype=torch.float64)
    X = torch.randn(5, 3, generator=seeded(2), dtype=torch.float64)
    y = (torch.rand(5, 2, generator=seeded(3)) < 0.5).double()
    w1, w2 = Node(network.w1), Node(network.w2)
    z1 = X @ w1
    a1 = z1.sigmoid()
    z2 = a1 @ w2
    y_hat = z2.sigmoid()
    cost = -(y * y_hat.log() + (1 - y) * (1 - y_hat).log()).sum() / len(X)
    cost.backward()
    forward = network.forward(X)
    torch.testing.assert_close(cost.value, BinaryCrossEntropy().value(forward.y_hat, y))
    by_hand = network.backward(X, y, forward)
    for node, gradient in zip((z2, w2, a1, z1, w1), by_hand, strict=True):
        torch.testing.assert_close(node.gradient, gradient)


def test_before_backward_there_is_no_gradient_and_what_is_not_reached_keeps_none() -> None:
    x, unused = Node(torch.ones(2)), Node(torch.ones(2))
    total = x.sum()
    assert x.gradient is None and total.gradient is None
    total.backward()
    assert unused.gradient is None and total.gradient.item() == 1


def test_a_chain_far_deeper_than_pythons_stack_is_followed() -> None:
    x = node = Node(torch.tensor(1.0))
    for _ in range(2000):
        node = node + 0.0025
    (node * node).backward()
    assert x.gradient.item() == pytest.approx(12.0, abs=1e-2)


def test_two_paths_at_each_of_many_forks_take_no_time() -> None:
    x = node = Node(torch.tensor(1.0, dtype=torch.float64))
    for _ in range(60):  # 2 to the 60 paths
        node = (node + node) / 2
    node.backward()
    assert x.gradient.item() == 1 and len(node.order()) == 1 + 3 * 60


def test_numbers_and_tensors_may_stand_on_either_side() -> None:
    t, x = torch.tensor([2.0, 4.0]), Node(torch.tensor([1.0, 2.0]))
    for mine, value in (
        (t + x, [3, 6]), (t - x, [1, 2]), (t * x, [2, 8]), (t / x, [2, 2]), (t**x, [2, 16]),
        (x + t, [3, 6]), (x - t, [-1, -2]), (x * t, [2, 8]), (x / t, [0.5, 0.5]), (x**t, [1, 16]),
        (1 + x, [2, 3]), (1 - x, [0, -1]), (3 * x, [3, 6]), (4 / x, [4, 2]), (2**x, [2, 4]),
        (x**0, [1, 1]), (x**-1, [1, 0.5]),
    ):  # fmt: skip
        assert isinstance(mine, Node)
        torch.testing.assert_close(mine.value, torch.tensor(value, dtype=torch.float32))


def test_powers_at_zero_have_the_slopes_of_torch() -> None:
    for n in (0, 1, 2, 3):
        x, t = Node(torch.zeros(2)), torch.zeros(2, requires_grad=True)
        (x**n).sum().backward()
        (gradient,) = torch.autograd.grad((t**n).sum(), t)
        assert torch.equal(x.gradient, gradient)


def test_autograd_of_torch_does_not_follow_a_node() -> None:
    t = torch.ones(2, requires_grad=True)
    assert not (Node(t) * t).value.requires_grad


def test_an_operation_of_ones_own_takes_part() -> None:
    def sine(x: Node) -> Node:
        return Node(x.value.sin(), "sin", (x,), lambda d: (d * x.value.cos(),))

    at = torch.tensor([0.3, 2.0], dtype=torch.float64)
    x = Node(at)
    (sine(x) * sine(x)).sum().backward()
    torch.testing.assert_close(x.gradient, 2 * at.sin() * at.cos())


X = Node(torch.ones(2, 3))


def sends(*back) -> Node:
    return Node(torch.tensor(1.0), "mine", (Node(torch.ones(2, 3)),), lambda d: back)


REFUSED = [
    (lambda: Node([1.0]), TypeError, "value is a list, but a torch.Tensor is expected"),
    (lambda: Node(1.0), TypeError, "value is a float, but a torch.Tensor"),
    (lambda: Node(torch.tensor([1, 2])), TypeError, "value holds int64 numbers"),
    (lambda: Node(torch.tensor([1.0, math.nan])), ValueError, "value holds nan, but finite.*"
     "Check the line that makes it"),
    (lambda: X.backward(), ValueError, r"starts from one number.*\(2, 3\).*node\.sum\(\)"),
    (lambda: X @ X, ValueError, r"\(2, 3\) @ \(2, 3\) is asked for.*\.T"),
    (lambda: X @ torch.ones(3), ValueError, r"\(2, 3\) @ \(3,\)"),
    (lambda: X @ 2, ValueError, r"\(2, 3\) @ \(\)"),
    (lambda: X + torch.ones(2), ValueError, r"\(2, 3\) \+ \(2,\).*no broadcasting"),
    (lambda: X * torch.ones(2, 3).double(), TypeError, r"float32 on cpu \* float64 on cpu"),
    (lambda: X * torch.tensor(2), TypeError, "value holds int64"),
    (lambda: X + "1", TypeError, "a node meets a str, but"),
    (lambda: X + True, TypeError, "a node meets a bool, but"),
    (lambda: [1] + X, TypeError, "a node meets a list, but"),
    (lambda: X**"2", TypeError, "the exponent is '2'"),
    (lambda: (X - 1).log(), ValueError, "the result of log holds -inf.*Check what goes into log"),
    (lambda: (X - 2).log(), ValueError, "the result of log holds nan"),
    (lambda: (X - 2) ** 0.5, ValueError, r"the result of \*\* holds nan"),
    (lambda: X / 0, ValueError, "the result of / holds inf"),
    (lambda: (X * 100).exp(), ValueError, "the result of exp holds inf"),
    (lambda: ((X - 1) ** 0.5).sum().backward(), ValueError, r"what \*\* sends back holds inf"),
    (lambda: (X + 0).sum().sum().T, ValueError, r"node.value has shape \(\)"),
    (lambda: sends(torch.ones(3)).backward(), ValueError, r"what mine sends back has shape \(3,\)"),
    (lambda: sends(1.0).backward(), TypeError, "what mine sends back is a float"),
    (lambda: sends().backward(), ValueError, "what mine sends back is 0, but a tuple of 1"),
    (lambda: Node(torch.tensor(1.0), "mine", (X,), lambda d: d).backward(), ValueError,
     r"is a Tensor, but a tuple of 1.*\(d,\)"),
    (lambda: Node(torch.ones(1), "mine", (torch.ones(1),)), TypeError, "a parent is a Tensor"),
]  # fmt: skip


@pytest.mark.parametrize(("ask", "error", "words"), REFUSED)
def test_what_a_node_refuses(ask, error, words) -> None:
    with pytest.raises(error, match=words):
        ask()
