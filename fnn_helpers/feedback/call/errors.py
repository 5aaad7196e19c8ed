"""What an exception of the learner's function means, in the lesson's words."""

import difflib
import math
import re
import sys
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import torch

from .place import asks_for_truth, library_function, names_at


class Call(NamedTuple):
    """How the function was called: what a sentence about its error may have to name."""

    arguments: str  # such as "X, w1, w2"
    function: str = ""
    samples: int | None = None
    autograd_allowed: bool = False
    error: BaseException | None = None


# What goes wrong on autograd's way. Where a gradient is to be derived, the cure is another one.
OF_AUTOGRAD = {"nothing-recorded", "cost-not-one-number", "not-in-the-graph", "graph-used-up"}
BY_HAND = (
    "It asks autograd for a gradient. Here the gradient is to be derived by hand; autograd is the "
    "referee afterwards."
)
LONGEST_TEXT = 200  # characters of a message that no row knows

Explain = Callable[[re.Match[str], Call], str]


class Row(NamedTuple):
    """One kind of exception: which message, its id, what it means, and code that really raises it.

    `words` is a template for the groups of the pattern, or a function where numbers decide. The
    first row that fits counts, so a row below a wider one would never be reached: the example of
    each shows that it is.
    """

    kinds: type[BaseException] | tuple[type[BaseException], ...]
    pattern: str
    id: str
    words: str | Explain
    example: str


def text_of(error: BaseException | None) -> str:
    """The message of an exception, without a full stop; empty if it cannot say."""
    try:
        return str(error).strip().rstrip(".")
    except (Exception, SystemExit):  # an exception's own __str__ may raise
        return ""


def row_of(error: BaseException) -> tuple[Row, re.Match[str]] | None:
    """The row that an exception reaches, and how its message fits.

    Below the message stands the library's function that it comes from, if that is written in
    Python, as "in sum".
    """
    text = f"{text_of(error)}\nin {library_function(error).lstrip('_')}"
    for row in ROWS:
        match = re.search(row.pattern, text) if isinstance(error, row.kinds) else None
        if match:
            return row, match
    return None


def translate(error: BaseException, call: Call) -> tuple[str, str]:
    """The identifier of the mistake and a message, for an error raised by the learner's code."""
    text = text_of(error)
    found = row_of(error)
    if found is not None:
        row, match = found
        if row.id in OF_AUTOGRAD and not call.autograd_allowed:
            return "uses-autograd", BY_HAND
        if callable(row.words):
            return row.id, row.words(match, call._replace(error=error))
        said = row.words.format(*match.groups(), text=text, arguments=call.arguments)
        return row.id, said
    kind = type(error).__name__
    first = text.partition("\n")[0][:LONGEST_TEXT]
    first += " …" if first != text else "."
    return "raised", f"It stopped with {kind}{f': {first}' if text else ', without a message.'}"


# --- sentences that depend on the numbers -------------------------------------------------------


def _product(left: tuple[int, int], right: tuple[int, int], call: Call) -> str:
    said = f"a product of {left[0]} × {left[1]} with {right[0]} × {right[1]} does not fit: the "
    said += f"inner sizes, {left[1]} and {right[0]}, must be equal. "
    if left[0] == left[1] == call.samples:
        said += "A square N × N often comes from flat labels: make y a column, .reshape(-1, 1). "
    if left[0] == right[0]:
        return said + "They fit with .T on the first of the two."
    if left[1] == right[1]:
        return said + "They fit with .T on the second of the two."
    if left[0] == right[1]:
        return said + "They fit the other way round: the second times the first."
    return said + "Write the shape of each beside its name, and look which product has your shape."


def _torch_product(found: re.Match[str], call: Call) -> str:
    a, b, c, d = (int(n) for n in found.groups())
    return "PyTorch says: " + _product((a, b), (c, d), call)


def _numpy_product(found: re.Match[str], _: Call) -> str:
    return (
        f"NumPy says: the inner sizes of a matrix product, {found[2]} and {found[1]}, differ. "
        "One of the two needs .T."
    )


def _numpy_dot(found: re.Match[str], call: Call) -> str:
    left, right = (tuple(int(n) for n in g.strip(",").split(",")) for g in found.groups())
    if len(left) == len(right) == 2:
        return "NumPy says: " + _product(left, right, call)
    return f"NumPy says: a product of shapes {left} and {right} does not fit."


def _elementwise(found: re.Match[str], _: Call) -> str:
    a, b = found[1], found[2]
    return (
        f"Two tensors meet entry by entry, but one has {a} entries along an axis and the other "
        f"{b}. A matrix product is written @, not *; flat labels become a column "
        "with .reshape(-1, 1); a sum over rows keeps its axis with keepdim=True."
    )


_KINDS = {
    "Float": "float32", "float": "float32", "Double": "float64", "double": "float64",
    "Half": "float16", "BFloat16": "bfloat16", "Long": "whole numbers", "Int": "whole numbers",
    "long": "whole numbers", "long int": "whole numbers", "Bool": "True and False",
    "bool": "True and False",
}  # fmt: skip


def _dtypes(found: re.Match[str], _: Call) -> str:
    words = re.findall(r"\b(Float|Double|Half|BFloat16|Long|Int|Bool|float|double|long|bool)\b",
                       found.string)  # fmt: skip
    kinds = list(dict.fromkeys(_KINDS[word] for word in words))
    named = f" ({' and '.join(kinds)})" if len(kinds) > 1 else ""
    return (
        f"Two tensors hold different kinds of numbers{named}. Make new tensors with "
        "dtype=X.dtype, or convert with .to(X.dtype)."
    )


def _attribute(found: re.Match[str], _: Call) -> str:
    kind, name = found[1].split(".")[-1], found[2]
    if kind == "NoneType":
        return (
            f"None has no .{name}. A helper without return gives None, and so does a method that "
            "changes its object, such as list.append."
        )
    if name == "append":
        return f"A {kind.lower()} cannot grow: collect numbers in a list, which has .append."
    if kind == "tuple":
        return (
            f"A tuple has no .{name}: several values are in one name. Give each its own name: "
            "first, second = …"
        )
    if kind == "list":
        return f"A list has no .{name}. torch.tensor makes a tensor of a list of numbers."
    if kind in ("float", "int"):
        return f"A plain number has no .{name}. Was it a tensor before .item()?"
    if name == "astype":
        return f"A {kind.lower()} has no .astype; PyTorch calls it .to, as in .to(X.dtype)."
    owner = {"Tensor": torch.Tensor, "ndarray": np.ndarray}.get(kind)
    said = {"Tensor": "A tensor", "ndarray": "A NumPy array"}.get(kind, f"A {kind}")
    return f"{said} has no .{name}." + _similar(name, dir(owner) if owner else [])


def _module_attribute(found: re.Match[str], _: Call) -> str:
    return f"{found[1]} has no {found[2]}." + _similar(found[2], dir(sys.modules.get(found[1])))


def _similar(name: str, names: list[str]) -> str:
    close = difflib.get_close_matches(name, [n for n in names if n[0] != "_"], n=1, cutoff=0.7)
    close = ["log"] if name == "ln" else close
    return f" Is {close[0]} meant?" if close else " Look for its name in the documentation."


def _count(number: str, noun: str) -> str:
    return f"{number} {noun}{'s' * (number != '1')}"


def _too_many(found: re.Match[str], call: Call) -> str:
    name, takes, given = found[1].split("<locals>.")[-1], found[2], found[3]
    if _is_own(name, call):
        return (
            f"It takes {_count(takes, 'argument')}, but is called with {given}: ({call.arguments})."
        )
    said = f"{name}() takes {_count(takes, 'argument')}, but is called with {given}."
    return said + (" The first argument of a method is self." if "." in name else "")


def _missing(found: re.Match[str], call: Call) -> str:
    name, number, names = found[1].split("<locals>.")[-1], found[2], found[3]
    if _is_own(name, call):
        return (
            f"It asks for {_count(number, 'argument')} more than it is called with: "
            f"({call.arguments})."
        )
    return f"{name}() is called without {names.replace(chr(34), '').strip() or 'an argument'}."


def _is_own(name: str, call: Call) -> bool:
    return not call.function or name.split(".")[-1] == call.function


def _not_a_tensor(found: re.Match[str], _: Call) -> str:
    function, kind = found[1].split(".")[-1], found[2].split(".")[-1]
    plain = f"use math.{function}, or " if hasattr(math, function) else ""
    remedy = {
        "float": f"For a plain number {plain}make a tensor first.",
        "int": f"For a plain number {plain}make a tensor first.",
        "ndarray": "Use torch.from_numpy first, or stay with NumPy all the way.",
        "list": "torch.tensor makes a tensor of a list of numbers.",
        "tuple": "Several values are in one name: give each its own.",
        "NoneType": "A helper without return gives None.",
    }.get(kind, "")
    named = {"ndarray": "a NumPy array", "NoneType": "None", "int": "a whole number"}
    what = named.get(kind, f"a {kind}")
    return f"torch.{function} takes tensors, but was given {what}. {remedy}".rstrip()


def _not_callable(found: re.Match[str], _: Call) -> str:
    kind = found[1].split(".")[-1]
    if kind == "Size":
        return ".shape is a tuple: write .shape[0], or .size(0)."
    if kind in ("Tensor", "float", "int", "ndarray"):
        return "A number is followed by parentheses, as if it were a function: is a * missing?"
    return f"A {kind} is called like a function. Does a name of yours hide a function?"


def _keyword(found: re.Match[str], _: Call) -> str:
    remedy = {
        "keepdims": " PyTorch calls it keepdim.",
        "axis": " PyTorch calls it dim.",
        "dim": " NumPy calls it axis.",
        "keepdim": " NumPy calls it keepdims.",
    }
    function = found[1].split(".")[-1]
    return f"{function}() knows no {found[2]}.{remedy.get(found[2], '')}"


def _operands(found: re.Match[str], _: Call) -> str:
    operator = found[1].split(" or ")[0].rstrip(":")
    kinds = {found[2].split(".")[-1], found[3].split(".")[-1]}
    if kinds & {"function", "builtin_function_or_method", "method", "ufunc"}:
        return f"One side of {operator} is a function itself: are its parentheses missing?"
    if "NoneType" in kinds:
        return f"One side of {operator} is None. A helper without return gives None."
    if kinds & {"list", "tuple"}:
        return f"One side of {operator} is a {(kinds & {'list', 'tuple'}).pop()}, not a tensor."
    if kinds == {"Tensor", "ndarray"}:
        return f"{operator} is given a tensor and a NumPy array: stay with one of the two."
    return f"{operator} is given {' and '.join(sorted(kinds))}, which it does not know."


def _leaf(_: re.Match[str], call: Call) -> str:
    said = "A tensor that autograd watches is changed in place. "
    if call.autograd_allowed:
        return said + "Change it inside with torch.no_grad(), or make a new one."
    return said + (
        "Here the update is made by hand: return new weights, and leave requires_grad out."
    )


_TRUTH = {
    "if": "An if was given a whole tensor. torch.where chooses entry by entry.",
    "max": "Python's max and min compare whole tensors. torch.clamp(z, min=…) and torch.maximum "
    "compare entry by entry; in NumPy, np.clip and np.maximum.",
    "and": "and, or and a < b < c ask for one truth of a whole tensor. Entry by entry it is & and "
    "|, with each comparison in parentheses.",
    "": "A whole tensor was asked whether it is true. .all() and .any() give one answer, "
    "torch.where one for each entry.",
}


def _truth(_: re.Match[str], call: Call) -> str:
    return _TRUTH[asks_for_truth(call.error) if call.error else ""]


def _second(found: re.Match[str], _: Call) -> str:
    name = found[1]
    if name in ("max", "min", "amax", "amin"):
        other = "maximum" if "max" in name else "minimum"
        return (
            f"The second argument of {name} is taken for the axis. np.{other}(a, b) and "
            "torch.clamp compare entry by entry."
        )
    return (
        f"The second argument of {name} is taken for the axis. Add the two "
        "with + first, then take the sum or the mean."
    )


def _name(found: re.Match[str], call: Call) -> str:
    close = _near_name(found[1], call)
    if close:
        return f"The name {found[1]} means nothing here. Is {close} meant?"
    if hasattr(math, found[1]) and hasattr(torch, found[1]):
        return f"The name {found[1]} means nothing by itself. It is torch.{found[1]} here."
    return (
        f"The name {found[1]} means nothing here. Run the cell that defines it, import it, or look "
        f"for a typing error: the function is given ({call.arguments})."
    )


def _assert(found: re.Match[str], _: Call) -> str:
    return f"An assert in it is not true{f': {found[1]}' if found[1] else ''}."


def _too_early(found: re.Match[str], call: Call) -> str:
    close = _near_name(found[1], call)
    meant = f" Or is {close} meant?" if close else ""
    return f"{found[1]} is used before it has a value. Compute it in an earlier line.{meant}"


def _near_name(name: str, call: Call) -> str:
    own = (name, call.function)
    names = [n for n in names_at(call.error) if n not in own] if call.error else []
    return next(iter(difflib.get_close_matches(name, names, n=1, cutoff=0.7)), "")


def _operand(found: re.Match[str], _: Call) -> str:
    operator, kind = found[1].removeprefix("unary "), found[2].split(".")[-1]
    if kind == "NoneType":
        return f"{operator} is given None. A helper without return gives None."
    return f"{operator} is given a {kind}, not a tensor."


def _loop(found: re.Match[str], _: Call) -> str:
    if found[1] == "NoneType":
        return "A loop or an = was given None. A helper without return gives None."
    return "A for loop was given one number: for i in range(n) goes through the numbers below n."


def _unpacking(found: re.Match[str], _: Call) -> str:
    more = "fewer" if found[0].startswith("not enough") else "more"
    return (
        f"{found[1]} names stand on the left of an =, but there are {more} values on the right. "
        "Print what stands on the right."
    )


def _axis(found: re.Match[str], _: Call) -> str:
    axes = int(found[1]) + 1
    return f"There is no dim={found[2]}: " + (
        "the tensor has 1 axis, dim=0." if axes == 1
        else f"the tensor has {axes} axes, dim=0 to dim={axes - 1}."
    )  # fmt: skip


def _numpy_axis(found: re.Match[str], _: Call) -> str:
    axes = int(found[2])
    return f"There is no axis={found[1]}: " + (
        "the array has 1 axis, axis=0." if axes == 1
        else f"the array has {axes} axes, axis=0 to axis={axes - 1}."
    )  # fmt: skip


def _each(
    kinds: type[BaseException] | tuple[type[BaseException], ...],
    id_: str,
    words: str | Explain,
    *messages: tuple[str, str],
) -> list[Row]:
    """Several messages, each with its example, that mean the same."""
    return [Row(kinds, pattern, id_, words, example) for pattern, example in messages]


_ANY = (TypeError, RuntimeError, ValueError)
_SHAPES = "Print the .shape of both just before this line."
_INDEX = (
    "An index must be a whole number. A loop over a table gives its rows, not their numbers: those "
    "are in range(len(X))."
)
_WHOLE = (
    "A function for one number was given a whole tensor. Functions of the math module take one "
    "number; their namesakes in torch take all entries at once."
)
_ONE_NUMBER = "This tensor is one number, without axes: it has no rows, and no length."
_REDUCING = r"(sum|mean|prod|max|min|amax|amin|std|var|any|all|argmax|argmin|cumsum)"

ROWS = (
    # what kind of numbers
    Row(
        RuntimeError,
        r"Subtraction, the `-` operator",
        "wrong-dtype",
        ("True and False cannot be subtracted. Convert with .to(X.dtype) first."),
        "X.bool() - X.bool()",
    ),
    Row(
        RuntimeError,
        r"not implemented for '(\w+)'",
        "wrong-dtype",
        ("PyTorch cannot do this with numbers of kind {0}. Convert with .to(X.dtype) first."),
        "y.bool().T @ y.bool()",
    ),
    *_each(
        RuntimeError,
        "wrong-dtype",
        "These are whole numbers, and PyTorch does this only with decimals. Convert with "
        ".to(X.dtype) first.",
        (r"could not infer output dtype", "y.long().mean()"),
        (r"Expected a floating point or complex", "torch.eye(2).long().inverse()"),
        (r"can't be cast to the desired output type", "y.long().exp_()"),
    ),
    *_each(
        RuntimeError,
        "dtypes-differ",
        _dtypes,
        (r"same dtype", "X @ w1.float()"),
        (r"Found dtype", "F.binary_cross_entropy(y.float(), y)"),
    ),
    # autograd
    Row(
        RuntimeError,
        r"a leaf Variable that requires grad",
        "leaf-in-place",
        _leaf,
        "w1.requires_grad_().sub_(w1)",
    ),
    *_each(
        RuntimeError,
        "nothing-recorded",
        "Autograd has no way back from here: nothing was recorded. The weights need "
        "requires_grad_() before the forward pass, and the forward pass must stand outside of "
        "no_grad.",
        (r"does not require grad and", "(y * 1).sum().backward()"),
        (r"does not require grad", "torch.autograd.grad(w1.requires_grad_().sum(), y)"),
    ),
    Row(
        RuntimeError,
        r"grad can be implicitly",
        "cost-not-one-number",
        "Autograd starts from one number, and the cost here has several. The mean or the sum makes "
        "one of them.",
        "(w1.requires_grad_() * 1).backward()",
    ),
    Row(
        RuntimeError,
        r"not have been used in the graph",
        "not-in-the-graph",
        "Autograd is asked about a tensor that the cost was not made from. Is the gradient asked "
        "of a copy, and the forward pass run with the original, or the other way round?",
        "torch.autograd.grad(w1.requires_grad_().sum(), y.requires_grad_())",
    ),
    Row(
        RuntimeError,
        r"through the graph a second time",
        "graph-used-up",
        "The way back was gone twice; its notes are thrown away after the first time. Ask for all "
        "gradients in one call, and run the forward pass again in each round.",
        "[torch.autograd.grad(c, w1) for c in [(w1.requires_grad_() ** 2).sum()] * 2]",
    ),
    Row(
        RuntimeError,
        r"can require gradients",
        "wrong-dtype",
        "These are whole numbers; only decimals have a gradient. Convert with .to(X.dtype) first.",
        "y.long().requires_grad_()",
    ),
    Row(
        RuntimeError,
        r"Can't call numpy\(\) on Tensor that requires grad",
        "numpy-of-watched-tensor",
        "A tensor that autograd watches is turned into NumPy. Use .detach() first.",
        "(w1.requires_grad_() * 2).numpy()",
    ),
    # memory
    Row(
        MemoryError,
        r"",
        "out-of-memory",
        ("It asks for more memory than there is: some size is far too large."),
        "np.zeros(10**15)",
    ),
    Row(
        RuntimeError,
        r"can't allocate",
        "out-of-memory",
        ("It asks for more memory than there is: some size is far too large."),
        "torch.zeros(10**14)",
    ),
    # shapes
    Row(
        RuntimeError,
        r"mat1 and mat2 shapes cannot be multiplied \((\d+)x(\d+) and (\d+)x(\d+)\)",
        "shapes-do-not-fit",
        _torch_product,
        "X @ X",
    ),
    Row(
        ValueError,
        r"matmul.*size (\d+) is different from (\d+)",
        "shapes-do-not-fit",
        _numpy_product,
        "np.matmul(X.numpy(), X.numpy())",
    ),
    Row(
        ValueError,
        r"shapes \(([\d,]+)\) and \(([\d,]+)\) not aligned",
        "shapes-do-not-fit",
        _numpy_dot,
        "np.dot(X.numpy(), X.numpy())",
    ),
    Row(
        RuntimeError,
        r"size of tensor a \((\d+)\) must match the size of tensor b \((\d+)\)",
        "shapes-do-not-fit",
        _elementwise,
        "X * w1",
    ),
    Row(
        ValueError,
        r"could not be broadcast together with shapes \(([\d, ]*)\) \(([\d, ]*)\)",
        "shapes-do-not-fit",
        (
            "Arrays of shapes ({0}) and ({1}) cannot meet entry by entry. A matrix product is "
            "written @; flat labels become a column with .reshape(-1, 1)."
        ),
        "X.numpy() * w1.numpy()",
    ),
    Row(
        ValueError,
        r"non-broadcastable output operand with shape (\(.*?\)) .* shape (\(.*\))",
        "shapes-do-not-fit",
        ("A result of shape {1} does not fit into the array of shape {0} that is changed."),
        "np.zeros((5, 1)).__iadd__(X.numpy())",
    ),
    Row(
        RuntimeError,
        r"output with shape (\[.*?\]) doesn't match the broadcast shape (\[.*\])",
        "shapes-do-not-fit",
        ("A result of shape {1} does not fit into the tensor of shape {0} that is changed."),
        "y.clone().add_(X)",
    ),
    Row(
        ValueError,
        r"target size \(torch.Size\((.*?)\)\) .* input size \(torch.Size\((.*?)\)\)",
        "labels-flat",
        (
            "The labels have shape {0}, the predictions {1}. Make the labels a column with "
            ".reshape(-1, 1)."
        ),
        "F.binary_cross_entropy(y, y.flatten())",
    ),
    Row(
        RuntimeError,
        r"shape '(\[.*\])' is invalid for input of size (\d+)",
        "sizes-written-in",
        (
            "A tensor of {1} entries cannot take the shape {0}. Are the lesson's sizes written in? "
            "Take sizes from .shape."
        ),
        "X.view(100, 2)",
    ),
    Row(
        ValueError,
        r"cannot reshape array of size (\d+) into shape (\(.*\))",
        "sizes-written-in",
        (
            "An array of {0} entries cannot take the shape {1}. Are the lesson's sizes written in? "
            "Take sizes from .shape."
        ),
        "X.numpy().reshape(100, 2)",
    ),
    Row(
        RuntimeError,
        r"expanded size of the tensor \((\d+)\) must match the existing size \((\d+)\)",
        "sizes-written-in",
        (
            "{1} entries are put where there is room for {0}. Are the lesson's sizes written in? "
            "Take sizes from .shape."
        ),
        "X.expand(100, 3)",
    ),
    Row(
        RuntimeError,
        r"expand\(torch\.\w+\{(\[.*?\])\}, size=(\[.*?\])\)",
        "shapes-do-not-fit",
        ("A tensor of shape {0} is put where there is room for shape {1}."),
        "X.expand(5)",
    ),
    Row(
        RuntimeError,
        r"einsum\(\): (.*)",
        "shapes-do-not-fit",
        (
            "einsum says: {0}. Each letter stands for one size; the same letter twice must have "
            "the same size."
        ),
        "torch.einsum('nd,hd', X, w1)",
    ),
    Row(
        RuntimeError,
        r"at least 1D",
        "shapes-do-not-fit",
        (
            "One side of a matrix product is a single number: something was averaged or added up "
            "before it."
        ),
        "X @ torch.tensor(1.0).double()",
    ),
    Row(
        RuntimeError,
        r"1D tensors expected, but got (\d)D and (\d)D",
        "dot-on-matrices",
        ("torch.dot is for two flat lists of numbers. For matrices write @."),
        "torch.dot(X, w1)",
    ),
    *_each(
        RuntimeError,
        "shapes-do-not-fit",
        "PyTorch says: {text}. One side of the product has another number of axes than this "
        "product wants; @ takes matrices.",
        (r"must be a matrix", "torch.mm(X, w1[:, 0])"),
        (r"must be a 3D tensor", "torch.bmm(X, w1)"),
        (r"vector \+ ", "torch.mv(X, w1)"),
    ),
    Row(
        RuntimeError,
        r"view size is not compatible",
        "not-in-one-piece",
        (
            "After .T the numbers lie in another order in memory, and .view cannot be used. "
            ".reshape can."
        ),
        "X.T.view(-1)",
    ),
    *_each(
        RuntimeError,
        "shapes-do-not-fit",
        "PyTorch says: {text}. " + _SHAPES,
        (r"equal size", "torch.stack((X, w1))"),
        (r"tensors must match", "torch.cat((X, w1))"),
        (r"size mismatch", "X @ w1[0]"),
        (r"Expected size for first two dimensions", "torch.bmm(X[None], w1.T[None])"),
    ),
    *_each(
        ValueError,
        "shapes-do-not-fit",
        "NumPy says: {text}. " + _SHAPES,
        (r"all the input array dimensions", "np.concatenate((X.numpy(), w1.numpy()))"),
        (r"all input arrays must have", "np.stack((X.numpy(), w1.numpy()))"),
        (r"could not broadcast input array", "writing(X.numpy(), w1.numpy())"),
    ),
    *_each(
        ValueError,
        "rows-of-different-length",
        "A table is made of rows that have different lengths.",
        (r"expected sequence of length", "torch.tensor([[1, 2], [3]])"),
        (r"inhomogeneous shape", "np.array([[1, 2], [3]])"),
    ),
    # one number or many
    Row(
        OverflowError,
        r"",
        "overflow",
        (
            "A power of e grew too large for a Python number. The safe form never raises e to a "
            "positive power; torch.exp and torch.sigmoid take whole tensors."
        ),
        "math.exp(1000)",
    ),
    *_each(
        _ANY,
        "function-of-one-number",
        _WHOLE,
        (r"only one element tensors", "math.exp(X)"),
        (r"only (?:length-1|0-dimensional) arrays", "math.exp(X.numpy())"),
        (r"a Tensor with \d+ elements", "X.item()"),
        (r"can only convert an array of size 1", "X.numpy().item()"),
    ),
    *_each(
        (RuntimeError, ValueError),
        "function-of-one-number",
        _truth,
        (r"[Bb]oolean value of .*ambiguous", "1 if X > 0 else 0"),
        (r"truth value of an array", "1 if X.numpy() > 0 else 0"),
    ),
    Row(
        ValueError,
        r"math domain error",
        "function-of-one-number",
        ("A function of the math module was given a number it is not defined for."),
        "math.log(-1.0)",
    ),
    *_each(
        TypeError,
        "function-of-one-number",
        "A whole tensor is printed with a format for one number. Take one entry of it.",
        (r"unsupported format string passed to Tensor", "f'{X:.3f}'"),
        (r"unsupported format string passed to numpy.ndarray", "f'{X.numpy():.3f}'"),
    ),
    Row(
        RuntimeError,
        r"all elements of input should be between 0 and 1",
        "not-a-probability",
        "binary_cross_entropy was given a number that is no probability. Was the sigmoid applied?",
        "F.binary_cross_entropy(3 + y, y)",
    ),
    Row(
        RuntimeError,
        r"all elements of target should be between 0 and 1",
        "not-a-probability",
        "binary_cross_entropy was given labels that are not 0 or 1. The prediction comes first.",
        "F.binary_cross_entropy(y, 3 + y)",
    ),
    # names
    Row(UnboundLocalError, r"'([^']+)'", "missing-name", _too_early, "late()"),
    Row(NameError, r"name '([^']+)' is not defined", "missing-name", _name, "sigmoid(X)"),
    *_each(
        AttributeError,
        "super-init-missing",
        "The class derives from nn.Module, but nn.Module is not set up: the first line of __init__ "
        "must be super().__init__().",
        (r"before Module.__init__\(\) call", "setattr(Bare(), 'w', torch.nn.Linear(2, 1))"),
        (
            r"has no attribute '_(modules|parameters|buffers|\w+_hooks)'",
            "list(Bare().parameters())",
        ),
    ),
    Row(
        AttributeError,
        r"'([\w.]+)' object has no attribute '([^']+)'",
        "missing-attribute",
        _attribute,
        "X.sigmod()",
    ),
    Row(
        AttributeError,
        r"module '([\w.]+)' has no attribute '([^']+)'",
        "missing-attribute",
        _module_attribute,
        "torch.sigmod(X)",
    ),
    Row(
        ImportError,
        r"No module named '([^']+)'",
        "missing-module",
        ("There is no module called {0}: is its name spelled right?"),
        "__import__('nmupy')",
    ),
    Row(
        ImportError,
        r"cannot import name '([^']+)' from '([^']+)'",
        "missing-module",
        ("{1} has no {0}: is its name spelled right?"),
        "importing()",
    ),
    Row(KeyError, r"(.+)", "missing-key", ("The dictionary has no entry {0}."), "{'w1': w1}['w2']"),
    # arguments
    Row(
        TypeError,
        r"([\w.<>]+)\(\) takes (?:from )?(\d+)(?: to \d+)? positional arguments? but (\d+) w",
        "wrong-arguments",
        _too_many,
        "(lambda: 0)(X)",
    ),
    Row(
        TypeError,
        r"([\w.<>]+)\(\) missing (\d+) required positional arguments?:?(.*)",
        "wrong-arguments",
        _missing,
        "(lambda a, b: 0)(X)",
    ),
    Row(
        TypeError,
        r"([\w.]+)\(\) got an unexpected keyword argument '(\w+)'",
        "unknown-keyword",
        _keyword,
        "np.sum(X.numpy(), dims=1)",
    ),
    Row(
        TypeError,
        r"([\w.]+)\(\): argument '\w+' \(position \d+\) must be Tensor, not ([\w.]+)",
        "not-a-tensor",
        _not_a_tensor,
        "torch.exp(2.0)",
    ),
    *_each(
        TypeError,
        "array-for-axis",
        _second,
        (
            rf"only integer (?:scalar arrays|tensors)[^\n]*\nin {_REDUCING}$",
            "np.sum(X.numpy(), X.numpy())",
        ),
        (
            rf"^{_REDUCING}\(\): argument 'dim' .*must be .*, not (?:Tensor|numpy.ndarray)",
            "np.sum(X, X)",
        ),
        (
            rf"^{_REDUCING}\(\) received an invalid combination of arguments - got "
            r"\((?:\w+, )?(?:Tensor|numpy.ndarray)\)",
            "torch.sum(X, X)",
        ),
    ),
    *_each(
        TypeError,
        "no-index",
        _INDEX,
        (r"list indices must be integers", "X.tolist()[0.5]"),
    ),
    *_each(
        TypeError,
        "no-index",
        "One whole number is asked for, such as an index or a number of rounds, but a whole tensor "
        "is given.",
        (r"only integer scalar arrays", "[1, 2][X.numpy()]"),
        (r"only integer tensors", "range(X)"),
    ),
    Row(
        TypeError,
        r"'([\w.]+)' object is not callable",
        "not-a-function",
        _not_callable,
        "1 / (X + 1)(X)",
    ),
    *_each(
        TypeError,
        "not-a-table",
        "Square brackets stand behind a function or method: its parentheses are missing. Sizes are "
        "in .shape[0].",
        (r"'builtin_function_or_method' object is not subscriptable", "X.size[0]"),
        (r"'method' object is not subscriptable", "X.norm[0]"),
        (r"'function' object is not subscriptable", "late[0]"),
    ),
    Row(
        TypeError,
        r"'(\w+)' object is not subscriptable",
        "not-a-table",
        ("A {0} has no entries: square brackets do not fit behind it."),
        "len(X)[0]",
    ),
    *_each(
        TypeError,
        "not-a-range",
        _loop,
        (r"'(int)' object is not iterable", "[i for i in 5]"),
        (r"'(float)' object is not iterable", "[i for i in 5.0]"),
        (r"'(NoneType)' object is not iterable", "[i for i in [].append(1)]"),
        (r"iteration over a (0-d) tensor", "[i for i in X.sum()]"),
    ),
    *_each(
        (TypeError, IndexError),
        "not-a-table",
        _ONE_NUMBER,
        (r"len\(\) of a 0-d tensor", "len(X.sum())"),
        (r"invalid index of a 0-dim tensor", "X.sum()[0]"),
    ),
    Row(
        TypeError,
        r"'float' object cannot be interpreted as an integer",
        "not-a-range",
        ("A number of rounds or of rows must be whole; this one is a decimal."),
        "[i for i in range(5 / 1)]",
    ),
    *_each(
        TypeError,
        "operands-do-not-fit",
        _operands,
        (r"unsupported operand type\(s\) for (.+?): '([\w.]+)' and '([\w.]+)'", "X + None"),
        (r"'(\S+)' not supported between instances of '([\w.]+)' and '([\w.]+)'", "X > None"),
    ),
    Row(
        TypeError,
        r"bad operand type for (.+?): '([\w.]+)'",
        "operands-do-not-fit",
        _operand,
        "-[].append(1)",
    ),
    Row(
        TypeError,
        r"can only concatenate (list|tuple)",
        "operands-do-not-fit",
        "One side of + is a {0}, not a tensor. torch.tensor makes a tensor of a list of numbers.",
        "[1] + X",
    ),
    Row(
        TypeError,
        r"can't multiply sequence by non-int",
        "operands-do-not-fit",
        "One side of * is a list, not a tensor. torch.tensor makes a tensor of a list of numbers.",
        "[1] * 2.0",
    ),
    Row(
        TypeError,
        r"can only concatenate str",
        "operands-do-not-fit",
        ("A text and a number are joined by +. In a print, separate them by a comma."),
        "'loss ' + 1",
    ),
    *_each(
        ValueError,
        "unpacking",
        _unpacking,
        (r"too many values to unpack \(expected (\d+)", "unpacking(1, 2, 3)"),
        (r"not enough values to unpack \(expected (\d+)", "unpacking(1)"),
    ),
    Row(
        TypeError,
        r"cannot unpack non-iterable (\w+) object",
        "unpacking",
        "Several names stand on the left of an =, but only one thing, of type {0}, on the right.",
        "unpack_one(3)",
    ),
    Row(
        TypeError,
        r"([\w.<>]+)\(\) got multiple values for argument '(\w+)'",
        "wrong-arguments",
        "{0}() is given its argument {1} twice: by its place and by its name.",
        "unpack_one(X, pair=X)",
    ),
    Row(
        TypeError,
        r"expected np.ndarray \(got (\w+)\)",
        "not-an-array",
        "torch.from_numpy takes a NumPy array, but was given a {0}.",
        "torch.from_numpy(X)",
    ),
    Row(
        TypeError,
        r"([\w.<>]+)\(\) takes no arguments",
        "wrong-arguments",
        ("{0}() takes no arguments, but is called with some."),
        "Nothing(X)",
    ),
    Row(
        AssertionError,
        r"(.*)",
        "assert-failed",
        (_assert),
        "asserting(X.shape == w1.shape)",
    ),
    # indices
    Row(
        IndexError,
        r"Dimension out of range .*, (-?\d+)\], but got (-?\d+)",
        "no-such-axis",
        _axis,
        "X.sum(dim=2)",
    ),
    Row(
        IndexError,
        r"too many indices",
        "too-many-indices",
        ("There are more indices in the brackets than the tensor has axes."),
        "X[0, 0, 0]",
    ),
    *_each(
        IndexError,
        "no-index",
        _INDEX,
        (r"tensors used as indices must", "X[X[0]]"),
        (r"arrays used as indices must", "X.numpy()[X[0].numpy()]"),
        (r"only integers, slices", "X[0.5]"),
    ),
    Row(
        IndexError,
        r"axis (-?\d+) is out of bounds for array of dimension (\d+)",
        "no-such-axis",
        _numpy_axis,
        "X.numpy().sum(axis=2)",
    ),
    Row(
        IndexError,
        r"Target \d+ is out of bounds",
        "one-column-only",
        (
            "cross_entropy expects one column for each class. With one column of probabilities it "
            "is the binary cross-entropy that is asked for."
        ),
        "F.cross_entropy(y, y.flatten().long())",
    ),
    Row(
        IndexError,
        r"list assignment index",
        "index-out-of-range",
        ("The list has no such place yet: .append adds one."),
        "filling([])",
    ),
    Row(
        IndexError,
        r"(.*)",
        "index-out-of-range",
        ("An index points outside: {0}. Take sizes from .shape, not from memory."),
        "X[7]",
    ),
    # Python itself
    Row(
        SystemExit,
        r"",
        "stopped-python",
        ("It tried to end Python. Return a value instead."),
        "exit_now()",
    ),
    Row(
        RecursionError,
        r"",
        "calls-itself",
        ("It calls itself without end. Is a name used twice, for your function and the helper?"),
        "again(X)",
    ),
    Row(ZeroDivisionError, r"", "division-by-zero", ("It divides by zero."), "1 / 0"),
)
