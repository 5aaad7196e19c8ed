"""Autograd of one's own: a node keeps its value, and how to send a gradient back to its parents."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from numbers import Real

import torch

from . import refusals
from .activations import sigma, sigma_slope, slope_of_tanh

SendBack = Callable[[torch.Tensor], Sequence[torch.Tensor]]  # a gradient for each parent


class Node:
    """A tensor that remembers what it was made of.

    Parameters
    ----------
    value : torch.Tensor
    operation : str
        What made it, for a drawing and in sentences.
    parents : tuple of Node
        What it was made of.
    send_back : callable
        From this node's gradient to one for each parent: rules 1 and 2. Broadcasting is undone
        later.

    Attributes
    ----------
    value : torch.Tensor
    gradient : torch.Tensor or None
        None before `backward`; afterwards in the shape of `value`.

    Raises
    ------
    TypeError, ValueError
        If `value` is not a tensor of finite decimals.

    Examples
    --------
    >>> w, x = Node(torch.tensor(3.0)), Node(torch.tensor(2.0))
    >>> (w * x + w).backward()
    >>> w.gradient, x.gradient
    (tensor(3.), tensor(3.))
    """

    def __init__(
        self,
        value: torch.Tensor,
        operation: str = "",
        parents: tuple[Node, ...] = (),
        send_back: SendBack = lambda d: (),
    ) -> None:
        refusals.check_node(value, operation, parents)
        self.value = value.detach()
        self.operation, self.parents, self.send_back = operation, parents, send_back
        self.gradient: torch.Tensor | None = None

    def backward(self) -> None:
        """From this one number back to all it was made of. It starts from nothing every time.

        Raises
        ------
        ValueError
            If the value is not one number, or a gradient on the way is not finite.

        Examples
        --------
        >>> x = Node(torch.tensor([1.0, 2.0]))
        >>> (x * x).sum().backward()
        >>> x.gradient
        tensor([2., 4.])
        """
        refusals.check_single(self.value)
        order = self.order()
        gradients = {node: torch.zeros_like(node.value) for node in order}
        gradients[self] = torch.ones_like(self.value)
        for node in reversed(order):  # all that uses a node comes first: its gradient is whole
            node.gradient = gradients[node]
            sent = refusals.check_sent(node, node.send_back(node.gradient))
            for parent, d in zip(node.parents, sent, strict=True):
                gradients[parent] = gradients[parent] + _sum_to(d, parent.value.shape)  # rule 3

    def order(self) -> list[Node]:
        """All nodes that this one was made of, each after its parents, and itself.

        Examples
        --------
        >>> x = Node(torch.tensor(2.0))
        >>> [node.operation for node in (x * x).exp().order()]
        ['', '*', 'exp']
        """
        order, seen, open_ = [], set(), [(self, False)]
        while open_:
            node, parents_done = open_.pop()
            if parents_done:
                order.append(node)
            elif node not in seen:
                seen.add(node)
                open_ += [(node, True), *((parent, False) for parent in node.parents)]
        return order

    # Two nodes, or a node and a number: a number or tensor becomes a node without a past.

    def __add__(self, other: Operand) -> Node:
        a, b = self._pair("+", other)
        return Node(a.value + b.value, "+", (a, b), lambda d: (d, d))

    def __sub__(self, other: Operand) -> Node:
        a, b = self._pair("-", other)
        return Node(a.value - b.value, "-", (a, b), lambda d: (d, -d))

    def __mul__(self, other: Operand) -> Node:
        a, b = self._pair("*", other)
        return Node(a.value * b.value, "*", (a, b), lambda d: (d * b.value, d * a.value))

    def __truediv__(self, other: Operand) -> Node:
        a, b = self._pair("/", other)
        out = a.value / b.value
        return Node(out, "/", (a, b), lambda d: (d / b.value, -d * out / b.value))

    def __matmul__(self, other: Operand) -> Node:
        a, b = self._pair("@", other)
        return Node(a.value @ b.value, "@", (a, b), lambda d: (d @ b.value.T, a.value.T @ d))

    def __pow__(self, other: Operand) -> Node:
        if isinstance(other, Node | torch.Tensor):
            return (self._node(other) * self.log()).exp()
        n = refusals.check_exponent(other)
        x = self.value
        return Node(x**n, "**", (self,), lambda d: (d * n * x ** (n - 1) if n else 0 * d,))

    def __neg__(self) -> Node:
        return self * -1

    def __radd__(self, other: Operand) -> Node:
        return self._node(other) + self

    def __rsub__(self, other: Operand) -> Node:
        return self._node(other) - self

    def __rmul__(self, other: Operand) -> Node:
        return self._node(other) * self

    def __rtruediv__(self, other: Operand) -> Node:
        return self._node(other) / self

    def __rmatmul__(self, other: Operand) -> Node:
        return self._node(other) @ self

    def __rpow__(self, other: Operand) -> Node:
        return self._node(other) ** self

    # One node.

    def sigmoid(self) -> Node:
        """σ, entry by entry."""
        a = sigma(self.value)
        return Node(a, "sigmoid", (self,), lambda d: (d * sigma_slope(a),))

    def tanh(self) -> Node:
        """Tanh, entry by entry."""
        a = self.value.tanh()
        return Node(a, "tanh", (self,), lambda d: (d * slope_of_tanh(a),))

    def relu(self) -> Node:
        """max(x, 0), entry by entry; at 0 the slope is 0."""
        a = self.value.clamp(min=0)
        return Node(a, "relu", (self,), lambda d: (d * (a > 0),))

    def exp(self) -> Node:
        """e^x, entry by entry."""
        a = self.value.exp()
        return Node(a, "exp", (self,), lambda d: (d * a,))

    def log(self) -> Node:
        """ln x, entry by entry."""
        return Node(self.value.log(), "log", (self,), lambda d: (d / self.value,))

    def sum(self) -> Node:
        """The sum of all entries: each gets the gradient."""
        return Node(self.value.sum(), "sum", (self,), lambda d: (d.expand(self.value.shape),))

    def mean(self) -> Node:
        """The mean of all entries."""
        return self.sum() / self.value.numel()

    @property
    def T(self) -> Node:
        """Rows as columns."""
        refusals.check_matrix("node.value", self.value)
        return Node(self.value.T, "T", (self,), lambda d: (d.T,))

    def __repr__(self) -> str:
        return f"Node({self.value!r}, gradient={self.gradient!r})"

    def _node(self, other: Operand) -> Node:
        if isinstance(other, Node):
            return other
        if isinstance(other, Real) and not isinstance(other, bool):
            other = self.value.new_full((), float(other))
        return Node(refusals.check_operand(other))

    def _pair(self, operation: str, other: Operand) -> tuple[Node, Node]:
        node = self._node(other)
        refusals.check_pair(operation, self.value, node.value)
        return self, node


Operand = Node | torch.Tensor | float


def _sum_to(d: torch.Tensor, shape: torch.Size) -> torch.Tensor:
    """Undo broadcasting: an entry that was used in several places gets the sum of them."""
    while d.ndim > len(shape):
        d = d.sum(dim=0)
    for axis, size in enumerate(shape):
        if size == 1:
            d = d.sum(dim=axis, keepdim=True)
    return d
