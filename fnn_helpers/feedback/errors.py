"""What an exception of the learner's function means, in the lesson's words."""

import re


def translate(error: BaseException, arguments: str) -> tuple[str, str]:
    """The identifier of the mistake and a message, for an error raised by the learner's code.

    Parameters
    ----------
    error : BaseException
    arguments : str
        What the function is called with, such as "X, w1, w2".
    """
    text = str(error)
    for kinds, pattern, name, explain in _TABLE:
        found = re.search(pattern, text) if isinstance(error, kinds) else None
        if found:
            return name, explain(found, arguments)
    kind = type(error).__name__
    return "raised", f"It stopped with {kind}: {text or 'no message'}."


def _product(left: tuple[int, int], right: tuple[int, int]) -> str:
    said = f"a product of {left[0]} × {left[1]} with {right[0]} × {right[1]} does not fit: the "
    said += f"inner sizes, {left[1]} and {right[0]}, must be equal. "
    if left[0] == left[1]:
        said += "A square N × N often comes from flat labels: make y a column, .reshape(-1, 1). "
    if left[0] == right[0]:
        return said + "They fit with .T on the first of the two."
    if left[1] == right[1]:
        return said + "They fit with .T on the second of the two."
    if left[0] == right[1]:
        return said + "They fit the other way round: the second times the first."
    return said + "Write the shape of each beside its name, and look which product has your shape."


def _torch_product(found: re.Match, _: str) -> str:
    a, b, c, d = (int(n) for n in found.groups())
    return "PyTorch says: " + _product((a, b), (c, d))


def _numpy_product(found: re.Match, _: str) -> str:
    return (
        f"NumPy says: the inner sizes of a matrix product, {found[2]} and {found[1]}, differ. "
        "One of the two needs .T."
    )


def _elementwise(found: re.Match, _: str) -> str:
    a, b = found[1], found[2]
    return (
        f"Two tensors meet entry by entry, but one has {a} entries along an axis and the other "
        f"{b}. A matrix product is written @, not *; flat labels become a column "
        "with .reshape(-1, 1); a sum over rows keeps its axis with keepdim=True."
    )


def _say(sentence: str):
    return lambda found, arguments: sentence.format(
        *found.groups(), text=found.string, arguments=arguments
    )


_TABLE = (
    (RuntimeError, r"mat1 and mat2 shapes cannot be multiplied \((\d+)x(\d+) and (\d+)x(\d+)\)",
     "shapes-do-not-fit", _torch_product),
    (ValueError, r"matmul.*size (\d+) is different from (\d+)", "shapes-do-not-fit",
     _numpy_product),
    (RuntimeError, r"size of tensor a \((\d+)\) must match the size of tensor b \((\d+)\)",
     "shapes-do-not-fit", _elementwise),
    (ValueError, r"could not be broadcast together with shapes \(([\d, ]*)\) \(([\d, ]*)\)",
     "shapes-do-not-fit",
     _say("Arrays of shapes ({0}) and ({1}) cannot meet entry by entry. A matrix product is "
          "written @; flat labels become a column with .reshape(-1, 1).")),
    (RuntimeError, r"shapes? .*(\[.*\]).*(\[.*\])", "shapes-do-not-fit",
     _say("PyTorch says: {text}. Print the .shape of both just before this line.")),
    (RuntimeError, r"at least 1D", "shapes-do-not-fit",
     _say("One side of a matrix product is a single number: something was averaged or added up "
          "before it.")),
    (RuntimeError, r"1D tensors expected, but got (\d)D and (\d)D", "dot-on-matrices",
     _say("torch.dot is for two flat lists of numbers. For matrices write @.")),
    (RuntimeError, r"inconsistent tensor size|size mismatch|vector", "shapes-do-not-fit",
     _say("PyTorch says: {text}. Print the .shape of both just before this line.")),
    (RuntimeError, r"same dtype, but got|expected scalar type", "dtypes-differ",
     _say("Two tensors hold different kinds of decimals (float32 and float64). Make new tensors "
          "with dtype=X.dtype, or convert with .to(X.dtype).")),
    (RuntimeError, r"a leaf Variable that requires grad", "leaf-in-place",
     _say("A tensor that autograd watches is changed in place. Here the update is made by hand: "
          "return new weights, and leave requires_grad out.")),
    (RuntimeError, r"does not require grad", "uses-autograd",
     _say("It asks autograd for a gradient. Here the gradient is to be derived by hand; autograd "
          "is the referee afterwards.")),
    (RuntimeError, r"Can't call numpy\(\) on Tensor that requires grad", "numpy-of-watched-tensor",
     _say("A tensor that autograd watches is turned into NumPy. Leave requires_grad out here, or "
          "use .detach() first.")),
    (OverflowError, r"", "overflow",
     _say("A power of e grew too large for a Python number. The safe form never raises e to a "
          "positive power; torch.exp and torch.sigmoid take whole tensors.")),
    ((TypeError, RuntimeError, ValueError),
     r"only one element tensors|only (?:length-1|0-dimensional) arrays|a Tensor with \d+ elements",
     "function-of-one-number",
     _say("A function for one number was given a whole tensor. Functions of the math module take "
          "one number; their namesakes in torch take all entries at once.")),
    ((RuntimeError, ValueError), r"[Bb]oolean value of .*ambiguous", "function-of-one-number",
     _say("An if was given a whole tensor. torch.where chooses entry by entry.")),
    (ValueError, r"math domain error", "function-of-one-number",
     _say("A function of the math module was given a number it is not defined for.")),
    (NameError, r"name '([^']+)' is not defined", "missing-name",
     _say("The name {0} means nothing here. Run the cell that defines it, import it, or look for "
          "a slip of the pen: the function is given ({arguments}).")),
    (UnboundLocalError, r"'([^']+)'", "missing-name",
     _say("{0} is used before it has a value. Compute it in an earlier line.")),
    (TypeError, r"takes (?:from )?(\d+)(?: to \d+)? positional arguments? but (\d+) (?:was|were)",
     "wrong-arguments", _say("It takes {0} arguments, but is called with {1}: ({arguments}).")),
    (TypeError, r"missing (\d+) required positional argument", "wrong-arguments",
     _say("It wants {0} argument more than it is called with: ({arguments}).")),
    (TypeError, r"takes 0 positional arguments", "wrong-arguments",
     _say("It takes no arguments, but is called with ({arguments}).")),
    (AttributeError, r"object has no attribute '([^']+)'", "missing-attribute",
     _say("{text}. Tensors have no .{0}; look for its name in PyTorch.")),
    (IndexError, r"(.*)", "index-out-of-range",
     _say("An index points outside the tensor: {0}. Take sizes from .shape, not from memory.")),
    (SystemExit, r"", "stopped-python", _say("It tried to end Python. Return a value instead.")),
    (RecursionError, r"", "calls-itself",
     _say("It calls itself without end. Is a name used twice, for your function and the helper?")),
    (ZeroDivisionError, r"", "division-by-zero", _say("It divides by zero.")),
)  # fmt: skip
