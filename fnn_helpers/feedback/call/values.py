"""What a learner's function returned, as a tensor that can be compared."""

from typing import Any

import numpy as np
import torch

MOST_ENTRIES = 10**7  # beyond, a conversion could take all memory


def as_tensor(value: Any) -> torch.Tensor | None:
    """A learner's value as a float64 tensor, or None where it is no number or array of them."""
    try:
        return _as_tensor(value)
    except BaseException as error:  # an object's own __array__ or __float__ may raise anything
        if isinstance(error, KeyboardInterrupt):
            raise
        return None


def _as_tensor(value: Any) -> torch.Tensor | None:
    if isinstance(value, torch.Tensor):
        # A subclass with operators of its own would compare in ways of its own.
        return None if _unusual(value) else value.detach().as_subclass(torch.Tensor).double()
    if isinstance(value, bool | str | bytes) or value is None:
        return None
    if isinstance(value, list | tuple):
        value = [as_tensor(v).numpy() for v in value]
    elif np.size(value) > MOST_ENTRIES:
        return None
    if np.ma.is_masked(value):
        return None
    array = np.asarray(value)
    if array.dtype.kind not in "biufO":  # no complex numbers, dates or texts
        return None
    if array.dtype.kind == "O" and any(isinstance(v, str | bytes) for v in array.flat):
        return None
    return torch.as_tensor(array.astype(np.float64))


def _unusual(value: torch.Tensor) -> str:
    """What keeps a tensor from being compared, as an adjective; empty if nothing does."""
    if value.is_nested:
        return "nested"
    if value.layout != torch.strided:
        return "sparse"
    if value.is_quantized:
        return "quantized"
    if value.is_complex():
        return "complex"
    if value.device.type != "cpu":
        return value.device.type
    return "huge" if value.numel() > MOST_ENTRIES else ""


def described(value: Any) -> str:
    """What a value is, with its article, such as "a list" or "an ellipsis (...)"."""
    if value is None:
        return "None"
    if value is Ellipsis:
        return "still ..."
    if isinstance(value, torch.Tensor):
        return f"a {_unusual(value)} tensor".replace("  ", " ")  # with no adjective, one space
    if isinstance(value, np.ndarray):
        return f"an array of {value.dtype}"
    if callable(value):
        return "a function (are its parentheses missing?)"
    if isinstance(value, list | tuple):
        return f"a {type(value).__name__} that is no table of numbers"
    name = type(value).__name__ or "object"
    return f"{'an' if name[0].lower() in 'aeiou' else 'a'} {name}"


def is_single_precision(value: Any) -> bool:
    """Whether a value carries only float32's seven digits."""
    single = (torch.float32, np.dtype("float32"))
    return isinstance(value, torch.Tensor | np.ndarray | np.generic) and value.dtype in single
