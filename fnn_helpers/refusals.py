"""What the helpers ask of their input, and the sentences they answer with when it is wrong."""

import math
from numbers import Integral, Real
from typing import NoReturn, TypeVar

import numpy as np
import torch

Kind = TypeVar("Kind")

DECIMALS = (torch.float32, torch.float64)


def check_tensor(name: str, value: object) -> torch.Tensor:
    """`value`, if it is a full tensor of decimals (float32 or float64); else a TypeError."""
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
    return value


def check_matrix(
    name: str,
    value: object,
    columns: int | None = None,
    like: tuple[str, torch.Tensor] | None = None,
) -> torch.Tensor:
    """`value`, if it is a non-empty matrix with `columns` columns and the dtype of `like`."""
    value = check_tensor(name, value)
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
    return value


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
    try:  # not torch's, which imports half of torch for it, and SymPy
        combined = np.broadcast_shapes(arrived, expected)
        sentence += f"; combining them would give {combined}"
    except ValueError:
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
    y = check_tensor("y", y)
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


def check_not_nan(name: str, value: torch.Tensor) -> None:
    """Raise ValueError if `value` holds NaN; infinity may pass."""
    if value.isnan().any():
        raise ValueError(
            f"{name} holds NaN (not a number), and a sigmoid of it means nothing. "
            f"Find the first one with {name}.isnan().nonzero()[0]."
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
    if not 0 < value < math.inf:  # type: ignore[operator]  # float() of it may overflow
        raise ValueError(
            f"{name} is {value}, but it must be a finite number above 0. "
            f"Use {name}={example:g}{why}."
        )


def check_learning_rate(value: object, dtype: torch.dtype | None = None) -> None:
    """Raise unless `value` is a finite number above zero, in `dtype` too if there is one."""
    why = "; the update already subtracts, so the sign is taken care of"
    check_positive("learning_rate", value, 0.001, why)
    largest = torch.finfo(dtype or torch.float64).max
    if value > largest:  # type: ignore[operator]  # a number, by the line above
        raise ValueError(
            f"learning_rate is {value}, but the largest {_short(dtype or torch.float64)} is "
            f"{largest:.2g}. Use learning_rate=0.001."
        )


def check_choice(name: str, value: object, choices: tuple[str, ...]) -> None:
    """Raise ValueError unless `value` is one of `choices`."""
    if not isinstance(value, str) or value not in choices:
        options = " or ".join(f'"{c}"' for c in choices)
        raise ValueError(
            f'{name} is {value!r}, but {options} is expected. Use {name}="{choices[0]}".'
        )


def check_kind(name: str, value: object, kind: type[Kind], wanted: str, fix: str) -> Kind:
    """`value`, if it is a `kind`; else a TypeError that says how to get one."""
    if not isinstance(value, kind):
        arrived = value.__name__ if isinstance(value, type) else f"a {type(value).__name__}"
        raise TypeError(f"{name} is {arrived}, but {wanted} expected. Use {fix}.")
    return value


def check_callback(name: str, value: object) -> None:
    """Raise TypeError unless `value` can be called, or is None."""
    if value is not None and not callable(value):
        raise TypeError(
            f"{name} is {value!r}, but a function of (epoch, network) is expected, or None."
        )


def check_generator(value: object) -> None:
    """Raise TypeError unless `value` is a torch.Generator, or None."""
    if value is not None and not isinstance(value, torch.Generator):
        raise TypeError(
            f"generator is {value!r}, but a torch.Generator is expected. "
            "Use generator=torch.Generator().manual_seed(0)."
        )


def check_dtype(value: object) -> None:
    """Raise TypeError unless `value` is torch.float32 or torch.float64."""
    if value not in DECIMALS:
        raise TypeError(
            f"dtype is {value!r}, but torch.float32 or torch.float64 is expected. "
            "Use dtype=torch.float64 to check gradients."
        )


# --- a network, and what it is given back -----------------------------------------------------


def check_weights(w1: object, w2: object) -> None:
    """Raise unless the weights are two matrices that can follow each other."""
    w1, w2 = check_tensor("w1", w1), check_tensor("w2", w2)
    if w1.ndim != 2 or w2.ndim != 2 or w1.shape[1] != w2.shape[0]:
        raise ValueError(
            f"w1 has shape {tuple(w1.shape)} and w2 {tuple(w2.shape)}, but inputs × hidden and "
            "hidden × outputs are expected. Check the line that replaced one of them."
        )
    check_same_dtype("w2", w2, "w1", w1)


def check_forward(
    forward: tuple[torch.Tensor, ...], X: torch.Tensor, w1: torch.Tensor, w2: torch.Tensor
) -> None:
    """Raise unless `forward` (z1, a1, z2, y_hat) is what these weights make of `X`."""
    z1, a1 = forward[:2]
    N, hidden, outputs = len(X), *w2.shape
    check_tensor("forward.a1", a1)
    if len(a1) != N:
        raise ValueError(
            f"forward holds {len(a1)} rows, but X has {N}. "
            "Use forward = network.forward(X) with the same X."
        )
    for name, value, columns in zip(
        ("z1", "a1", "z2", "y_hat"), forward, (hidden, hidden, outputs, outputs), strict=True
    ):
        if tuple(value.shape) != (N, columns):
            raise ValueError(
                f"forward.{name} has shape {tuple(value.shape)}, but this network makes "
                f"{(N, columns)}. Use forward = network.forward(X)."
            )
    check_same_dtype("forward.a1", a1, "w1", w1)
    check_probabilities("forward.a1", a1)
    # Activations of other weights give gradients of nothing; rounding is allowed for.
    if not torch.allclose(X @ w1, z1, rtol=1e-4, atol=1e-5):
        raise ValueError(
            "forward was made with another X or with earlier weights: its z1 is not X @ w1. "
            "Use forward = network.forward(X) again before backward."
        )


# --- a cost -----------------------------------------------------------------------------------


def check_cost(cost: object) -> None:
    """Raise TypeError unless `cost` has what a cost needs: value, delta and activation."""
    missing = [n for n in ("value", "delta", "activation") if not callable(getattr(cost, n, None))]
    if isinstance(cost, type) or len(missing) == 3:
        raise TypeError(
            f"cost is {cost!r}, but an instance of BinaryCrossEntropy or SquaredError is "
            'expected, or a cost of your own. Use cost=BinaryCrossEntropy(reduction="mean").'
        )
    if missing:
        raise TypeError(
            f"cost is a {type(cost).__name__} without {' and '.join(missing)}. A cost of your own "
            "needs value(y_hat, y), one number; delta(y_hat, y), its gradient for z; and "
            f"activation(z), which makes y_hat of z. Write def {missing[0]}(self, …) in it."
        )


def check_like(name: str, value: object, other: str, reference: torch.Tensor) -> torch.Tensor:
    """`value`, if it is finite, and shaped and typed like `reference`; else an error."""
    value = check_tensor(name, value)
    check_same_shape(name, value, other, reference)
    check_same_dtype(name, value, other, reference)
    check_finite(name, value)
    return value


def check_rows(name: str, value: object, N: int) -> None:
    """Raise unless `value` is a tensor with one row for each of the N of X."""
    if not isinstance(value, torch.Tensor):
        check_tensor(name, value)
    elif value.ndim == 0 or len(value) != N:
        raise ValueError(
            f"{name} has shape {tuple(value.shape)}, but X has {N} rows, and each needs its label. "
            f"Check the line that makes {name}."
        )


def check_not_flat(p_label: torch.Tensor, smallest: float) -> None:
    """Raise ValueError where cross-entropy is flat to the computer, though its gradient is not."""
    if p_label.min() <= smallest:
        row = int(p_label.argmin()) // p_label.shape[1]
        raise ValueError(
            f"row {row} gives its label a probability of {p_label.min().item():.1g}: there the "
            "cost is rounded, and a reference made from it would be wrong. Check the gradient at "
            "smaller weights."
        )


def check_followed(cost: object) -> torch.Tensor:
    """`cost`, if autograd has followed its computation; else a TypeError."""
    if not (isinstance(cost, torch.Tensor) and cost.requires_grad):
        raise TypeError(
            "cost.value(y_hat, y) returned a number that autograd did not follow. Compute it from "
            "y_hat with torch functions, without .item(), float() or NumPy."
        )
    return cost


def one_number(name: str, value: object) -> float:
    """`value` as a float, if it is one finite decimal; else an error."""
    if isinstance(value, torch.Tensor) and value.numel() != 1:
        raise ValueError(
            f"{name} returned a tensor of shape {tuple(value.shape)}, but one number is expected. "
            "Use .sum() or .mean() at its end."
        )
    is_decimal = (
        value.is_floating_point()
        if isinstance(value, torch.Tensor)
        else isinstance(value, float | np.floating)
    )
    if not is_decimal:
        raise TypeError(
            f"{name} returned {value!r}, but a decimal number is expected: a rounded or truth "
            "value has no slope. Leave out int(), .long() or a comparison."
        )
    number = float(value)  # type: ignore[arg-type]
    if not math.isfinite(number):
        raise ValueError(
            f"{name} returned {number}, but a finite number is expected. Look for a logarithm of "
            "0, a division by 0 or an overflow in it."
        )
    return number


def check_fit(
    cost: object, w1: torch.Tensor, w2: torch.Tensor, X: object, y: object, labels_checked: bool
) -> None:
    """What is quickly seen: kinds, shapes and dtypes, and whether the weights are finite."""
    check_cost(cost)
    check_weights(w1, w2)
    X = check_matrix("X", X, columns=w1.shape[0], like=("w1", w1))
    check_finite("w1", w1)
    check_finite("w2", w2)
    if labels_checked:
        y = check_tensor("y", y)
        y_hat = X.new_empty(1, 1).expand(len(X), w2.shape[1])  # a shape, not N numbers
        check_same_shape("y", y, "y_hat", y_hat)
        check_same_dtype("y", y, "y_hat", y_hat)
    else:
        check_rows("y", y, len(X))


def stop_training(epoch: int, name: str, number: float) -> NoReturn:
    """Raise ValueError: this epoch led to a number that is not finite."""
    raise ValueError(
        f"epoch {epoch} led to {name} of {number}, but finite numbers are expected. The network "
        "keeps the weights from before this epoch. Use a smaller learning_rate."
    )


# --- a gradient check ---------------------------------------------------------------------------


def check_step_size(h: float, distance: float, entry: float, dtype: torch.dtype) -> None:
    """Raise ValueError if a poke of `h` beside `entry` became another one in rounding."""
    if not 0.99 * h < distance / 2 < 1.01 * h:
        raise ValueError(
            f"h is {h:g}, but beside an entry of {entry:g} the step becomes {distance / 2:g} in "
            f"{_short(dtype)}. Use a larger h, or float64."
        )


def check_comparable(name: str, mine: object, reference: object) -> None:
    """Raise unless both are finite tensors of one shape, with something in them."""
    values = []
    for role, value in ((name, mine), (f"the reference for {name}", reference)):
        values.append(check_tensor(role, value))
        check_finite(role, values[-1])
    if values[0].shape != values[1].shape:
        raise ValueError(
            f"{name} has shape {tuple(values[0].shape)}, but the reference has "
            f"{tuple(values[1].shape)}: a gradient has the shape of what it is the gradient of."
        )
    if values[0].numel() == 0:
        raise ValueError(f"{name} is empty: an empty comparison would agree with anything.")


def check_five(role: str, given: tuple[object, ...], names: tuple[str, ...]) -> None:
    """Raise ValueError unless one gradient is given for each name."""
    if len(given) != len(names):
        raise ValueError(
            f"{role} holds {len(given)} gradients, but five are expected: ({', '.join(names)})."
        )


# --- parts of sentences ---------------------------------------------------------------------------


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
