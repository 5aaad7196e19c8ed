"""What an exception of the learner's function means, in the lesson's words."""

import difflib
import linecache
import math
import re
import sys
import sysconfig
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch


class Call(NamedTuple):
    """How the function was called: what a sentence about its error may have to name."""

    arguments: str  # such as "X, w1, w2"
    function: str = ""
    samples: int | None = None


def text_of(error: BaseException) -> str:
    """The message of an exception, without a full stop; empty if it cannot say."""
    try:
        return str(error).strip().rstrip(".")
    except Exception:  # an exception's own __str__ may raise
        return ""


def translate(error: BaseException, call: Call) -> tuple[str, str]:
    """The identifier of the mistake and a message, for an error raised by the learner's code."""
    text = text_of(error)
    for kinds, pattern, name, explain in _TABLE:
        found = re.search(pattern, text) if isinstance(error, kinds) else None
        if found:
            return name, explain(found, call)
    kind = type(error).__name__
    return "raised", f"It stopped with {kind}{f': {text}.' if text else ', without a message.'}"


def line_of(error: BaseException) -> str:
    """The last line of the learner's own code that the error went through; empty if unknown."""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if not Path(frame.filename).is_relative_to(_PACKAGE) and not any(
            Path(frame.filename).is_relative_to(folder) for folder in _LIBRARIES
        ):
            return linecache.getline(frame.filename, frame.lineno or 0).strip()[:100]
    return ""


_PACKAGE = Path(__file__).parent.parent.parent
_LIBRARIES = {sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")}


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


def _torch_product(found: re.Match, call: Call) -> str:
    a, b, c, d = (int(n) for n in found.groups())
    return "PyTorch says: " + _product((a, b), (c, d), call)


def _numpy_product(found: re.Match, _: Call) -> str:
    return (
        f"NumPy says: the inner sizes of a matrix product, {found[2]} and {found[1]}, differ. "
        "One of the two needs .T."
    )


def _numpy_dot(found: re.Match, call: Call) -> str:
    left, right = (tuple(int(n) for n in g.strip(",").split(",")) for g in found.groups())
    if len(left) == len(right) == 2:
        return "NumPy says: " + _product(left, right, call)
    return f"NumPy says: a product of shapes {left} and {right} does not fit."


def _elementwise(found: re.Match, _: Call) -> str:
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


def _dtypes(found: re.Match, _: Call) -> str:
    words = re.findall(r"\b(Float|Double|Half|BFloat16|Long|Int|Bool|float|double|long|bool)\b",
                       found.string)  # fmt: skip
    kinds = list(dict.fromkeys(_KINDS[word] for word in words))
    named = f" ({' and '.join(kinds)})" if len(kinds) > 1 else ""
    return (
        f"Two tensors hold different kinds of numbers{named}. Make new tensors with "
        "dtype=X.dtype, or convert with .to(X.dtype)."
    )


def _attribute(found: re.Match, _: Call) -> str:
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


def _module_attribute(found: re.Match, _: Call) -> str:
    return f"{found[1]} has no {found[2]}." + _similar(found[2], dir(sys.modules.get(found[1])))


def _similar(name: str, names: list[str]) -> str:
    close = difflib.get_close_matches(name, [n for n in names if n[0] != "_"], n=1)
    return f" Is {close[0]} meant?" if close else " Look for its name in the documentation."


def _count(number: str, noun: str) -> str:
    return f"{number} {noun}{'s' * (number != '1')}"


def _too_many(found: re.Match, call: Call) -> str:
    name, takes, given = found[1].split("<locals>.")[-1], found[2], found[3]
    if _is_own(name, call):
        return (
            f"It takes {_count(takes, 'argument')}, but is called with {given}: ({call.arguments})."
        )
    said = f"{name}() takes {_count(takes, 'argument')}, but is called with {given}."
    return said + (" The first argument of a method is self." if "." in name else "")


def _missing(found: re.Match, call: Call) -> str:
    name, number, names = found[1].split("<locals>.")[-1], found[2], found[3]
    if _is_own(name, call):
        return (
            f"It asks for {_count(number, 'argument')} more than it is called with: "
            f"({call.arguments})."
        )
    return f"{name}() is called without {names.replace(chr(34), '').strip() or 'an argument'}."


def _is_own(name: str, call: Call) -> bool:
    return not call.function or name.split(".")[-1] == call.function


def _not_a_tensor(found: re.Match, _: Call) -> str:
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


def _not_callable(found: re.Match, _: Call) -> str:
    kind = found[1].split(".")[-1]
    if kind == "Size":
        return ".shape is a tuple: write .shape[0], or .size(0)."
    if kind in ("Tensor", "float", "int", "ndarray"):
        return "A number is followed by parentheses, as if it were a function: is a * missing?"
    return f"A {kind} is called like a function. Does a name of yours hide a function?"


def _keyword(found: re.Match, _: Call) -> str:
    remedy = {
        "keepdims": " PyTorch calls it keepdim.",
        "axis": " PyTorch calls it dim.",
        "dim": " NumPy calls it axis.",
        "keepdim": " NumPy calls it keepdims.",
    }
    function = found[1].split(".")[-1]
    return f"{function}() knows no {found[2]}.{remedy.get(found[2], '')}"


def _operands(found: re.Match, _: Call) -> str:
    operator, kinds = found[1], {found[2].split(".")[-1], found[3].split(".")[-1]}
    if "NoneType" in kinds:
        return f"One side of {operator} is None. A helper without return gives None."
    if kinds & {"list", "tuple"}:
        return f"One side of {operator} is a {(kinds & {'list', 'tuple'}).pop()}, not a tensor."
    if kinds == {"Tensor", "ndarray"}:
        return f"{operator} is given a tensor and a NumPy array: stay with one of the two."
    return f"{operator} is given {' and '.join(sorted(kinds))}, which it does not know."


def _unpacking(found: re.Match, _: Call) -> str:
    more = "fewer" if found[0].startswith("not enough") else "more"
    return (
        f"{found[1]} names stand on the left of an =, but there are {more} values on the right. "
        "Print what stands on the right."
    )


def _axis(found: re.Match, _: Call) -> str:
    axes = int(found[1]) + 1
    return f"There is no dim={found[2]}: the tensor has {_count(str(axes), 'axis')}".replace(
        "axiss", "axes"
    ) + (", dim=0." if axes == 1 else f", dim=0 to dim={axes - 1}.")


def _say(sentence: str) -> Callable[[re.Match, Call], str]:
    return lambda found, call: sentence.format(
        *found.groups(), text=found.string, arguments=call.arguments
    )


_ANY = (TypeError, RuntimeError, ValueError)
_SHAPES = "Print the .shape of both just before this line."

_TABLE = (
    # what kind of numbers
    (RuntimeError, r"Subtraction, the `-` operator", "wrong-dtype",
     _say("True and False cannot be subtracted. Convert with .to(X.dtype) first.")),
    (RuntimeError, r"not implemented for '(\w+)'", "wrong-dtype",
     _say("PyTorch cannot do this with numbers of kind {0}. Convert with .to(X.dtype) first.")),
    (RuntimeError, r"could not infer output dtype|Expected a floating point or complex",
     "wrong-dtype",
     _say("These are whole numbers, and PyTorch does this only with decimals. Convert with "
          ".to(X.dtype) first.")),
    (RuntimeError, r"same dtype|scalar type|Found dtype", "dtypes-differ", _dtypes),
    # autograd
    (RuntimeError, r"a leaf Variable that requires grad|a view of a leaf", "leaf-in-place",
     _say("A tensor that autograd watches is changed in place. Here the update is made by hand: "
          "return new weights, and leave requires_grad out.")),
    (RuntimeError, r"does not require grad|grad can be implicitly|can require gradients",
     "uses-autograd",
     _say("It asks autograd for a gradient. Here the gradient is to be derived by hand; autograd "
          "is the referee afterwards.")),
    (RuntimeError, r"Can't call numpy\(\) on Tensor that requires grad", "numpy-of-watched-tensor",
     _say("A tensor that autograd watches is turned into NumPy. Leave requires_grad out here, or "
          "use .detach() first.")),
    # memory
    (MemoryError, r"", "out-of-memory",
     _say("It asks for more memory than there is: some size is far too large.")),
    (RuntimeError, r"can't allocate", "out-of-memory",
     _say("It asks for more memory than there is: some size is far too large.")),
    # shapes
    (RuntimeError, r"mat1 and mat2 shapes cannot be multiplied \((\d+)x(\d+) and (\d+)x(\d+)\)",
     "shapes-do-not-fit", _torch_product),
    (ValueError, r"matmul.*size (\d+) is different from (\d+)", "shapes-do-not-fit",
     _numpy_product),
    (ValueError, r"shapes \(([\d,]+)\) and \(([\d,]+)\) not aligned", "shapes-do-not-fit",
     _numpy_dot),
    (RuntimeError, r"size of tensor a \((\d+)\) must match the size of tensor b \((\d+)\)",
     "shapes-do-not-fit", _elementwise),
    (ValueError, r"could not be broadcast together with shapes \(([\d, ]*)\) \(([\d, ]*)\)",
     "shapes-do-not-fit",
     _say("Arrays of shapes ({0}) and ({1}) cannot meet entry by entry. A matrix product is "
          "written @; flat labels become a column with .reshape(-1, 1).")),
    (ValueError, r"non-broadcastable output operand with shape (\(.*?\)) .* shape (\(.*\))",
     "shapes-do-not-fit",
     _say("A result of shape {1} does not fit into the array of shape {0} that is changed.")),
    (RuntimeError, r"output with shape (\[.*?\]) doesn't match the broadcast shape (\[.*\])",
     "shapes-do-not-fit",
     _say("A result of shape {1} does not fit into the tensor of shape {0} that is changed.")),
    (ValueError, r"target size \(torch.Size\((.*?)\)\) .* input size \(torch.Size\((.*?)\)\)",
     "labels-flat",
     _say("The labels have shape {0}, the predictions {1}. Make the labels a column with "
          ".reshape(-1, 1).")),
    (RuntimeError, r"shape '(\[.*\])' is invalid for input of size (\d+)", "sizes-written-in",
     _say("A tensor of {1} entries cannot take the shape {0}. Are the lesson's sizes written in? "
          "Take sizes from .shape.")),
    (ValueError, r"cannot reshape array of size (\d+) into shape (\(.*\))", "sizes-written-in",
     _say("An array of {0} entries cannot take the shape {1}. Are the lesson's sizes written in? "
          "Take sizes from .shape.")),
    (RuntimeError, r"expanded size of the tensor \((\d+)\) must match the existing size \((\d+)\)",
     "sizes-written-in",
     _say("{1} entries are put where there is room for {0}. Are the lesson's sizes written in? "
          "Take sizes from .shape.")),
    (RuntimeError, r"expand\(torch\.\w+\{(\[.*?\])\}, size=(\[.*?\])\)", "shapes-do-not-fit",
     _say("A tensor of shape {0} is put where there is room for shape {1}.")),
    (RuntimeError, r"einsum\(\): (.*)", "shapes-do-not-fit",
     _say("einsum says: {0}. Each letter stands for one size; the same letter twice must have "
          "the same size.")),
    (RuntimeError, r"at least 1D", "shapes-do-not-fit",
     _say("One side of a matrix product is a single number: something was averaged or added up "
          "before it.")),
    (RuntimeError, r"1D tensors expected, but got (\d)D and (\d)D", "dot-on-matrices",
     _say("torch.dot is for two flat lists of numbers. For matrices write @.")),
    (RuntimeError, r"must be a (?:matrix|3D tensor|vector)|vector \+ ", "shapes-do-not-fit",
     _say("PyTorch says: {text}. One side of the product has another number of axes than this "
          "product wants; @ takes matrices.")),
    (RuntimeError, r"view size is not compatible", "not-in-one-piece",
     _say("After .T the numbers lie in another order in memory, and .view cannot be used. "
          ".reshape can.")),
    (RuntimeError, r"equal size|tensors must match|inconsistent tensor size|size mismatch"
     r"|shapes? .*(?:\[.*\]).*(?:\[.*\])", "shapes-do-not-fit", _say("PyTorch says: {text}. "
                                                                   + _SHAPES)),
    # one number or many
    (OverflowError, r"", "overflow",
     _say("A power of e grew too large for a Python number. The safe form never raises e to a "
          "positive power; torch.exp and torch.sigmoid take whole tensors.")),
    (_ANY,
     r"only one element tensors|only (?:length-1|0-dimensional) arrays|a Tensor with \d+ elements",
     "function-of-one-number",
     _say("A function for one number was given a whole tensor. Functions of the math module take "
          "one number; their namesakes in torch take all entries at once.")),
    ((RuntimeError, ValueError), r"[Bb]oolean value of .*ambiguous|truth value of an array",
     "function-of-one-number",
     _say("An if was given a whole tensor. torch.where chooses entry by entry.")),
    (ValueError, r"math domain error", "function-of-one-number",
     _say("A function of the math module was given a number it is not defined for.")),
    (TypeError, r"unsupported format string passed to Tensor", "function-of-one-number",
     _say("A whole tensor is printed with a format for one number. Take one entry of it.")),
    (RuntimeError, r"all elements of (?:input|target) should be between 0 and 1",
     "not-a-probability",
     _say("binary_cross_entropy was given a number that is no probability. Was the sigmoid "
          "applied?")),
    # names
    (UnboundLocalError, r"'([^']+)'", "missing-name",
     _say("{0} is used before it has a value. Compute it in an earlier line.")),
    (NameError, r"name '([^']+)' is not defined", "missing-name",
     _say("The name {0} means nothing here. Run the cell that defines it, import it, or look for "
          "a typing error: the function is given ({arguments}).")),
    (AttributeError, r"'([\w.]+)' object has no attribute '([^']+)'", "missing-attribute",
     _attribute),
    (AttributeError, r"module '([\w.]+)' has no attribute '([^']+)'", "missing-attribute",
     _module_attribute),
    (ImportError, r"No module named '([^']+)'", "missing-module",
     _say("There is no module called {0}: is its name spelled right?")),
    (ImportError, r"cannot import name '([^']+)' from '([^']+)'", "missing-module",
     _say("{1} has no {0}: is its name spelled right?")),
    (KeyError, r"(.+)", "missing-key", _say("The dictionary has no entry {0}.")),
    # arguments
    (TypeError,
     r"([\w.<>]+)\(\) takes (?:from )?(\d+)(?: to \d+)? positional arguments? but (\d+) w",
     "wrong-arguments", _too_many),
    (TypeError, r"([\w.<>]+)\(\) missing (\d+) required positional arguments?:?(.*)",
     "wrong-arguments", _missing),
    (TypeError, r"([\w.]+)\(\) got an unexpected keyword argument '(\w+)'", "unknown-keyword",
     _keyword),
    (TypeError, r"([\w.]+)\(\): argument '\w+' \(position \d+\) must be Tensor, not ([\w.]+)",
     "not-a-tensor", _not_a_tensor),
    (TypeError, r"'([\w.]+)' object is not callable", "not-a-function", _not_callable),
    (TypeError, r"'(?:builtin_function_or_method|method|function)' object is not subscriptable",
     "not-a-table", _say("A method is used without its parentheses. Sizes are in .shape[0].")),
    (TypeError, r"'(\w+)' object is not subscriptable", "not-a-table",
     _say("A {0} has no entries: square brackets do not fit behind it.")),
    (TypeError, r"'int' object is not iterable", "not-a-range",
     _say("A for loop was given one number: for i in range(n) goes through the numbers below n.")),
    (TypeError, r"'float' object cannot be interpreted as an integer", "not-a-range",
     _say("A number of rounds or of rows must be whole; this one is a decimal.")),
    (TypeError, r"unsupported operand type\(s\) for (\S+): '([\w.]+)' and '([\w.]+)'",
     "operands-do-not-fit", _operands),
    (TypeError, r"can only concatenate str", "operands-do-not-fit",
     _say("A text and a number are joined by +. In a print, separate them by a comma.")),
    (ValueError, r"(?:not enough|too many) values to unpack \(expected (\d+)", "unpacking",
     _unpacking),
    (TypeError, r"([\w.<>]+)\(\) takes no arguments", "wrong-arguments",
     _say("{0}() takes no arguments, but is called with some.")),
    (AssertionError, r"(.*)", "assert-failed", _say("An assert in it is not true. {0}")),
    # indices
    (IndexError, r"Dimension out of range .*, (-?\d+)\], but got (-?\d+)", "no-such-axis", _axis),
    (IndexError, r"too many indices", "too-many-indices",
     _say("There are more indices in the brackets than the tensor has axes.")),
    (IndexError, r"tensors used as indices must|only integers, slices|index must be", "no-index",
     _say("An index must be a whole number. A loop over a table gives its rows, not their "
          "numbers: those are in range(len(X)).")),
    (IndexError, r"Target \d+ is out of bounds", "one-column-only",
     _say("cross_entropy expects one column for each class. With one column of probabilities it "
          "is the binary cross-entropy that is asked for.")),
    (IndexError, r"list assignment index", "index-out-of-range",
     _say("The list has no such place yet: .append adds one.")),
    (IndexError, r"(.*)", "index-out-of-range",
     _say("An index points outside: {0}. Take sizes from .shape, not from memory.")),
    # Python itself
    (SystemExit, r"", "stopped-python", _say("It tried to end Python. Return a value instead.")),
    (RecursionError, r"", "calls-itself",
     _say("It calls itself without end. Is a name used twice, for your function and the helper?")),
    (ZeroDivisionError, r"", "division-by-zero", _say("It divides by zero.")),
)  # fmt: skip
