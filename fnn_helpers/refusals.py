"""What the helpers ask of their input, and the sentences they answer with when it is wrong."""

import math
from numbers import Integral, Real

import torch

DECIMALS = (torch.float32, torch.float64)


def check_tensor(name: str, value: object) -> None:
    """Raise TypeError unless `value` is a tensor of decimals (float32 or float64)."""
    if not isinstance(value, torch.Tensor):
        field = f"{name}.{name}" if hasattr(value, name) else ""  # all the flowers, say, for X
        fix = f"{name} = {field}" if field else f"torch.as_tensor({name}, dtype=torch.float32)"
        raise TypeError(
            f"{name} is a {type(value).__name__}, but a torch.Tensor is expected. Use {fix}."
        )
    if value.dtype not in DECIMALS:
        real = ".real" if value.is_complex() else ""
        raise TypeError(
            f"{name} holds {_short(value.dtype)} numbers, but decimals (float32 or float64) are "
            f"expected. Use {name}{real}.float()."
        )
    if value.layout is not torch.strided:
        raise TypeError(f"{name} is sparse, but a full tensor is expected. Use {name}.to_dense().")
    if value.is_meta:
        raise TypeError(
            f'{name} lies on the device "meta", where a tensor has a shape and no numbers. '
            'Make it with device="cpu".'
        )


def check_matrix(
    name: str,
    value: object,
    columns: int | None = None,
    like: tuple[str, torch.Tensor] | None = None,
) -> None:
    """Raise unless `value` is a non-empty matrix with `columns` columns and the dtype of `like`."""
    check_tensor(name, value)
    shape = value.shape
    if len(shape) != 2 or (columns is not None and shape[1] != columns):
        expected = f"N × {'features' if columns is None else columns}"
        raise ValueError(
            f"{name} has shape {tuple(shape)}, but {expected} is expected: one row a sample. "
            f"{_shape_fix(name, tuple(shape), columns)}"
        )
    if value.numel() == 0:
        lacks = "rows" if shape[0] == 0 else "columns"
        raise ValueError(f"{name} is empty: it has no {lacks}. Check the line that selects them.")
    if like is not None:
        check_same_dtype(name, value, *like)


def check_same_dtype(name: str, value: torch.Tensor, other: str, reference: torch.Tensor) -> None:
    """Raise TypeError unless both tensors hold the same kind of number, in the same place."""
    if value.device != reference.device:
        raise TypeError(
            f"{name} lies on {value.device}, but {other} on {reference.device}. "
            f'Use {name}.to("{reference.device}").'
        )
    if value.dtype is not reference.dtype:
        raise TypeError(
            f"{name} is {_short(value.dtype)}, but {other} is {_short(reference.dtype)}. "
            f"Use {name}.to({reference.dtype})."
        )


def check_same_shape(name: str, value: torch.Tensor, other: str, reference: torch.Tensor) -> None:
    """Raise ValueError unless both tensors have the same shape: nothing is broadcast."""
    if value.shape == reference.shape:
        return
    arrived, expected = tuple(value.shape), tuple(reference.shape)
    sentence = f"{name} has shape {arrived}, but {other} has shape {expected}"
    try:
        combined = tuple(torch.broadcast_shapes(arrived, expected))
        sentence += f"; combining them would give {combined}"
    except RuntimeError:
        pass
    if len(arrived) == 2 and arrived == expected[::-1]:
        sentence += f". Use {name}.T."
    elif _without_ones(arrived) == _without_ones(expected):  # no number changes its neighbours
        sentence += f". Use {name}.reshape{expected}."
    else:
        sentence += f". Check the line that makes {name}, and print {name}.shape there."
    raise ValueError(sentence)


def check_labels(y: object, like: tuple[str, torch.Tensor]) -> None:
    """Raise unless `y` is shaped and typed like the tensor `like` and holds only 0 and 1."""
    check_tensor("y", y)
    check_same_shape("y", y, *like)
    check_same_dtype("y", y, *like)
    if not torch.equal(y.bool().to(y.dtype), y):
        others = sorted({v for v in y.flatten().tolist() if v not in (0.0, 1.0)}, key=str)[:3]
        raise ValueError(
            f"y holds {', '.join(f'{v:g}' for v in others)}, but labels are 0 or 1. "
            "Keep two classes and recode them, for example y = (species == 1).float()."
        )


def check_finite(name: str, value: torch.Tensor, made_of: str | None = None) -> None:
    """Raise ValueError if `value` holds NaN or infinity; `made_of` says where to look for it."""
    # A finite sum means that every entry is finite; only another one needs the slower look.
    if not math.isfinite(value.sum().item()):
        bad = (~value.isfinite()).nonzero()
        if len(bad):
            index = bad[0].tolist()
            raise ValueError(
                f"{name} holds {value[tuple(index)].item()} at {index} "
                f"({len(bad)} such entries), but finite numbers are expected. "
                f"Look for them with {made_of or name}.isfinite()."
            )


def check_probabilities(name: str, value: torch.Tensor) -> None:
    """Raise ValueError unless every entry lies between 0 and 1."""
    lowest, highest = value.aminmax()
    if not (lowest.item() >= 0 and highest.item() <= 1):
        check_finite(name, value)
        raise ValueError(
            f"{name} runs from {lowest.item():.4g} to {highest.item():.4g}, but it must lie "
            "between 0 and 1: it is taken after the sigmoid, not before. Use sigmoid on it first."
        )


def check_count(name: str, value: object, lowest: int) -> None:
    """Raise unless `value` is a whole number of at least `lowest`."""
    if isinstance(value, bool) or not isinstance(value, Integral):
        raise TypeError(
            f"{name} is {value!r}, but a whole number is expected. Use {name}=int({name})."
        )
    if value < lowest:
        raise ValueError(f"{name} is {value}, but it must be {lowest} or more. Use {name}=100.")


def check_positive(name: str, value: object, example: float, why: str = "") -> None:
    """Raise unless `value` is a finite number above zero."""
    if isinstance(value, bool) or not isinstance(value, Real):
        raise TypeError(
            f"{name} is {value!r}, but a number is expected. Use {name}=float({name}), "
            f"or {name}={example:g}."
        )
    if not 0 < value < math.inf:
        raise ValueError(
            f"{name} is {value}, but it must be a finite number above 0. "
            f"Use {name}={example:g}{why}."
        )


def check_learning_rate(value: object) -> None:
    """Raise unless `value` is a finite number above zero."""
    why = "; the update already subtracts, so the sign is taken care of"
    check_positive("learning_rate", value, 0.001, why)


def check_choice(name: str, value: object, choices: tuple[str, ...]) -> None:
    """Raise ValueError unless `value` is one of `choices`."""
    if not isinstance(value, str) or value not in choices:
        options = " or ".join(f'"{c}"' for c in choices)
        raise ValueError(
            f'{name} is {value!r}, but {options} is expected. Use {name}="{choices[0]}".'
        )


def _without_ones(shape: tuple[int, ...]) -> list[int]:
    return [size for size in shape if size != 1]


def _short(dtype: torch.dtype) -> str:
    return str(dtype).removeprefix("torch.")


def _shape_fix(name: str, shape: tuple[int, ...], columns: int | None) -> str:
    if len(shape) == 1 and (columns in (None, 1)):
        return f"Use {name}.reshape(-1, 1)."
    if len(shape) == 1 and shape[0] == columns:
        return f"For a single sample use {name}.reshape(1, -1)."
    if len(shape) == 2 and shape[0] == columns:
        return f"Use {name}.T."
    return f"Check the line that makes {name}, and print {name}.shape there."
