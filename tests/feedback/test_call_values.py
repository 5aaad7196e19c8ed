"""Whatever a function returns is turned into numbers or called what it is, and never raises."""

import collections
import decimal
import fractions
import math
import unittest.mock
import warnings

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from fnn_helpers.feedback.call import as_tensor, described, is_single_precision
from fnn_helpers.feedback.call.values import MOST_ENTRIES

T = torch.tensor([[1.0, 2.0], [3.0, 4.0]], dtype=torch.float64)
Pair = collections.namedtuple("Pair", "w1 w2")


class Own(torch.Tensor):
    """A tensor with a name of its own."""


class Stubborn(torch.Tensor):
    @classmethod
    def __torch_function__(cls, *args, **kwargs):
        raise RuntimeError("no")


def _leaked():
    """A tensor that belongs to a torch.func transformation that is over."""
    kept = []
    torch.func.grad(lambda x: kept.append(x * 1) or x.sum())(T)
    return kept[0]


NUMBERS = {
    "an int": (3, 3.0),
    "a float": (0.5, 0.5),
    "infinity": (math.inf, math.inf),
    "a NumPy number": (np.float32(0.5), 0.5),
    "a fraction": (fractions.Fraction(1, 2), 0.5),
    "a decimal": (decimal.Decimal("0.5"), 0.5),
    "a list of numbers": ([1, 2.5], [1.0, 2.5]),
    "a table": ([[1, 2], (3, 4)], T.tolist()),
    "a list of tensors": ([T[0], T[1]], T.tolist()),
    "a range": (range(3), [0.0, 1.0, 2.0]),
    "an empty list": ([], []),
    "a named tuple": (Pair(1, 2), [1.0, 2.0]),
    "an array of truths": (np.array([True, False]), [1.0, 0.0]),
    "a tensor of truths": (T > 2, [[0.0, 0.0], [1.0, 1.0]]),
    "an array read backwards": (np.arange(3.0)[::-1], [2.0, 1.0, 0.0]),
    "a read-only array": (np.broadcast_to(1.0, (2,)), [1.0, 1.0]),
    "a masked array with nothing masked": (np.ma.array([1.0, 2.0]), [1.0, 2.0]),
    "half precision": (T.half(), T.tolist()),
    "bfloat16": (T.bfloat16(), T.tolist()),
    "a watched tensor": (T.clone().requires_grad_() * 1, T.tolist()),
    "a Parameter": (torch.nn.Parameter(T.clone()), T.tolist()),
    "a subclass": (T.as_subclass(Own), T.tolist()),
    "a subclass that refuses": (T.as_subclass(Stubborn), T.tolist()),
    "a transposed tensor": (T.T, T.T.tolist()),
}


@pytest.mark.parametrize(("value", "numbers"), NUMBERS.values(), ids=NUMBERS)
def test_numbers_become_a_plain_tensor(value, numbers) -> None:
    tensor = as_tensor(value)
    assert type(tensor) is torch.Tensor and tensor.dtype == torch.float64
    assert not tensor.requires_grad and tensor.tolist() == numbers


class Raises:
    def __init__(self, error: BaseException) -> None:
        self._error = error

    def _fail(self, *args, **kwargs):
        raise self._error

    __array__ = __float__ = __len__ = __iter__ = __index__ = __bool__ = __repr__ = __str__ = _fail
    __eq__ = __getitem__ = _fail
    __hash__ = None
    __class__ = property(_fail)

    def __getattr__(self, name):
        raise self._error


class Lies:
    dtype = torch.float32
    size = shape = ndim = "many"

    def __len__(self):
        return 10**18

    def __array__(self, *args, **kwargs):
        return "no array"

    def __float__(self):
        return "no float"


class Poses:
    """It says that it is a tensor."""

    __class__ = torch.Tensor
    is_nested = is_quantized = False
    layout, device = torch.strided, torch.device("cpu")

    def is_complex(self):
        return False

    def numel(self):
        return 1

    def detach(self):
        return self

    double = detach


class Nameless(type):
    __name__ = property(lambda self: 3)


class OfNoName(metaclass=Nameless):
    pass


def _generator():
    yield 1


_holds_itself: list = []
_holds_itself.append(_holds_itself)

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # some kinds of tensors are called new, others old
    ODD = {
        "None": (None, "None"),
        "an ellipsis": (..., "still ..."),
        "a truth": (True, "a bool"),
        "a text": ("0.5", "a str"),
        "bytes": (b"0.5", "a bytes"),
        "a complex number": (1j, "a complex"),
        "a dictionary": ({"w1": T}, "a dict"),
        "a set": ({1, 2}, "a set"),
        "a function": (math.exp, "a function (are its parentheses missing?)"),
        "a class": (dict, "a function (are its parentheses missing?)"),
        "a generator": (_generator(), "a generator"),
        "an exception": (ValueError("no"), "a ValueError"),
        "a module": (math, "a module"),
        "a list of texts": (["0.5"], "a list that is no table of numbers"),
        "a ragged list": ([[1, 2], [3]], "a list that is no table of numbers"),
        "a ragged tuple": ((T, T[0]), "a tuple that is no table of numbers"),
        "a list with None": ([1, None], "a list that is no table of numbers"),
        "a list that holds itself": (_holds_itself, "a list that is no table of numbers"),
        "a named tuple of names": (Pair("a", "b"), "a Pair that is no table of numbers"),
        "a whole number beyond all floats": (10**400, "an int"),
        "an array of texts": (np.array(["0.5"]), "an array of <U3"),
        "an array of objects": (np.array(["0.5", None], dtype=object), "an array of object"),
        "an array of complex numbers": (np.array([1j]), "an array of complex128"),
        "an array of days": (np.zeros(1, "M8[D]"), "an array of datetime64[D]"),
        "a record": (np.zeros(2, dtype=[("a", float)]), "an array of [('a', '<f8')]"),
        "a masked array": (np.ma.array([1.0, 2.0], mask=[0, 1]), "an array of float64"),
        "a huge array": (np.broadcast_to(0.0, (MOST_ENTRIES + 1,)), "an array of float64"),
        "a huge tensor": (torch.zeros(1).expand(MOST_ENTRIES + 1), "a huge tensor"),
        "a complex tensor": (T + 1j * T, "a complex tensor"),
        "a sparse tensor": (T.to_sparse(), "a sparse tensor"),
        "a compressed tensor": (T.to_sparse_csr(), "a sparse tensor"),
        "a meta tensor": (T.to("meta"), "a meta tensor"),
        "a quantized tensor": (
            torch.quantize_per_tensor(T.float(), 0.1, 0, torch.quint8), "a quantized tensor"
        ),
        "a nested tensor": (torch.nested.nested_tensor([T, T[:1]]), "a nested tensor"),
        "a layer": (torch.nn.Linear(2, 2), "a function (are its parentheses missing?)"),
        "a stand-in": (unittest.mock.Mock(spec=torch.Tensor), None),
        "one that raises": (Raises(ValueError()), None),
        "one that ends Python": (Raises(SystemExit()), None),
        "one that runs out of memory": (Raises(MemoryError()), None),
        "one that lies": (Lies(), "a Lies"),
        "one that poses": (Poses(), "a tensor"),
        "one of no name": (OfNoName(), None),
        "a list of such": ([Raises(ValueError())], "a list that is no table of numbers"),
    }  # fmt: skip


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(("value", "name"), ODD.values(), ids=ODD)
def test_what_is_no_number_is_called_what_it_is(value, name) -> None:
    assert as_tensor(value) is None
    said = described(value)
    assert said == name if name else isinstance(said, str) and said
    assert is_single_precision(value) in (True, False)


@pytest.mark.filterwarnings("ignore")
def test_a_tensor_out_of_a_transformation_that_is_over_is_no_surprise() -> None:
    value = _leaked()
    tensor = as_tensor(value)
    assert tensor is None or torch.equal(tensor, T)
    assert described(value)


def test_the_stop_button_is_not_swallowed() -> None:
    with pytest.raises(KeyboardInterrupt):
        as_tensor([Raises(KeyboardInterrupt())])


@pytest.mark.parametrize(
    "value", [T.float(), T.float().numpy(), np.float32(1), T.float().numpy()[0, 0]]
)
def test_seven_digits_are_seen(value) -> None:
    assert is_single_precision(value)


@pytest.mark.parametrize(
    "value", [T, T.numpy(), 1.0, T.half(), np.float64(1), T.to("meta"), Lies()]
)
def test_other_digits_are_not_taken_for_seven(value) -> None:
    assert not is_single_precision(value)


_kept = [value for value, _ in [*NUMBERS.values(), *ODD.values()]]
leaves = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.complex_numbers() | st.text()
    | st.binary() | st.just(...) | st.integers(0, len(_kept) - 1).map(lambda i: _kept[i])
)  # fmt: skip
values = st.recursive(
    leaves,
    lambda inside: (
        st.lists(inside, max_size=4)
        | st.tuples(inside, inside)
        | st.dictionaries(st.text(max_size=2), inside, max_size=2)
        | st.builds(Pair, inside, inside)
    ),
    max_leaves=12,
)


@pytest.mark.filterwarnings("ignore")
@given(values)
def test_nothing_that_comes_back_raises(value) -> None:
    tensor = as_tensor(value)
    assert tensor is None or (type(tensor) is torch.Tensor and tensor.dtype == torch.float64)
    assert isinstance(described(value), str)
    assert isinstance(is_single_precision(value), bool)
