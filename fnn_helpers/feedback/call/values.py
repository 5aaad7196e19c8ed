"""What a learner's function returned, as a tensor that can be compared."""

from typing import Any

import numpy as np
import torch

MOST_ENTRIES = 10**7  # beyond, a conversion could take all memory


def as_tensor(value: Any) -> torch.Tensor | None:
    """A learner's value as a plain float64 tensor, or None where it is no number or table of them.

    Never raises, whatever the value is: its own __array__, __float__ or __class__ may.
    """
    try:
        # A subclass may have operators of its own; without them, what comes is a plain tensor.
        with torch._C.DisableTorchFunctionSubclass():
            tensor = _as_tensor(value)
        return tensor if type(tensor) is torch.Tensor else None
    except KeyboardInterrupt:
        raise
    except BaseException:
        return None


def _as_tensor(value: Any) -> torch.Tensor | None:
    if isinstance(value, torch.Tensor):
        return None if _unusual(value) else value.detach().double()
    if isinstance(value, bool | str | bytes) or value is None:
        return None
    if isinstance(value, list | tuple):
        parts = [as_tensor(v) for v in value]
        value = [part.numpy() for part in parts if part is not None]
        if len(value) < len(parts):
            return None
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
    """What a value is, with its article, such as "a dict" or "a sparse tensor"; never raises."""
    try:
        with torch._C.DisableTorchFunctionSubclass():
            return _described(value)
    except KeyboardInterrupt:
        raise
    except BaseException:
        return "an object of its own kind"


def _described(value: Any) -> str:
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
    if issubclass(type(value), torch.Tensor):
        with torch._C.DisableTorchFunctionSubclass():
            return bool(value.dtype == torch.float32)
    return issubclass(type(value), np.ndarray | np.generic) and value.dtype == np.float32
