"""What the helpers ask of their input, and the sentences they answer with when it is wrong."""

import math
from collections.abc import Sequence
from numbers import Integral, Real
from typing import Any, NoReturn, TypeVar

import numpy as np
import torch

Kind = TypeVar("Kind")

DECIMALS = (torch.float32, torch.float64)
# Between which numbers an activation lies.
RANGES = {"sigmoid": (0, 1), "softmax": (0, 1), "torch.tanh": (-1, 1), "torch.relu": (0, math.inf)}


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


def check_range(name: str, value: torch.Tensor, activation: str) -> None:
    """Raise ValueError unless every entry can have come out of `activation`."""
    if value.numel() == 0:
        return
    lowest, highest = value.aminmax()
    least, most = RANGES[activation]
    if not (lowest.item() >= least and highest.item() <= most):
        check_finite(name, value)
        bounds = f"lie between {least} and {most}" if most < math.inf else f"be {least} or more"
        raise ValueError(
            f"{name} runs from {lowest.item():.4g} to {highest.item():.4g}, but it must {bounds}: "
            f"it is taken after the {activation.removeprefix('torch.')}, not before. "
            f"Use {activation} on it first."
        )


def check_probabilities(name: str, value: torch.Tensor) -> None:
    """Raise ValueError unless every entry lies between 0 and 1."""
    check_range(name, value, "sigmoid")


def check_logits(name: str, value: object) -> None:
    """Raise unless `value` is a finite matrix: one row a sample, one column a class."""
    value = check_tensor(name, value)
    # A flat one is one sample: as a column it would be classes of one, each with probability 1.
    check_matrix(name, value, columns=len(value) if value.ndim == 1 else None)
    check_finite(name, value)


def check_shares(name: str, value: object) -> torch.Tensor:
    """`value`, if each row holds probabilities of two classes or more that add up to 1."""
    value = check_matrix(name, value)
    if value.shape[1] == 1:
        raise ValueError(
            f"{name} has one column, but two classes or more are expected: alone, a class has "
            "probability 1 whatever z is. Use two outputs, or BinaryCrossEntropy."
        )
    check_range(name, value, "softmax")
    row = int((value.sum(1) - 1).abs().argmax())
    if abs(total := value[row].sum().item() - 1) > 1e-4:
        raise ValueError(
            f"row {row} of {name} adds up to {total + 1:.4g}, but probabilities of classes that "
            "exclude each other add up to 1. Use softmax on z, not sigmoid."
        )
    return value


def check_not_numbered(y: object, y_hat: torch.Tensor) -> None:
    """Raise ValueError if `y` holds one number a row, where y_hat has a column a class."""
    if isinstance(y, torch.Tensor) and y.numel() == len(y_hat):
        raise ValueError(
            f"y has shape {tuple(y.shape)}, one number a row, but {tuple(y_hat.shape)} is "
            "expected: a 1 in the column of the row's class. "
            f"Use torch.eye({y_hat.shape[1]})[y.flatten().long()]."
        )


def check_one_hot(y: object, like: tuple[str, torch.Tensor]) -> None:
    """Raise unless `y` is shaped and typed like the tensor `like`, with a single 1 in each row."""
    check_answers(y, like[1], cost_is_ours=True)
    assert isinstance(y, torch.Tensor)
    wrong = ((y != 0) & (y != 1)).any(1) | (y.sum(1) != 1)
    if wrong.any():
        row = int(wrong.nonzero()[0])
        raise ValueError(
            f"row {row} of y is [{', '.join(f'{v:g}' for v in y[row].tolist())}], but one 1 and "
            "otherwise 0 are expected. "
            f"Use torch.eye({y.shape[1]})[species], where species holds whole numbers from 0 on."
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


# --- layers -----------------------------------------------------------------------------------


def check_linear_arguments(
    inputs: object, outputs: object, bias: object, scale: object, generator: object,
    dtype: object, device: object,
) -> None:  # fmt: skip
    """Raise unless a Linear can be made of these."""
    check_count("inputs", inputs, lowest=1)
    check_count("outputs", outputs, lowest=1)
    if not isinstance(bias, bool):
        raise TypeError(f"bias is {bias!r}, but True or False is expected. Use bias=True.")
    if isinstance(scale, bool) or not isinstance(scale, Real) or not 0 <= float(scale) < math.inf:
        raise ValueError(
            f"scale is {scale!r}, but a finite number of 0 or more is expected. Use scale=1.0."
        )
    check_generator(generator)
    check_dtype(dtype)
    try:
        usable = torch.zeros(1, device=device).item() == 0  # type: ignore[call-overload]
    except (RuntimeError, AssertionError, TypeError, NotImplementedError):
        usable = False
    if not usable:
        raise ValueError(
            f"device is {str(device)!r}, but torch finds no such device with numbers on it here. "
            'Use device="cpu".'
        )


def check_linear(prefix: str, w: object, b: object) -> torch.Tensor:
    """The weights, if they are a matrix and the bias, where there is one, is one row beside it."""
    w = check_tensor(f"{prefix}w", w)
    if w.ndim != 2:
        raise ValueError(
            f"{prefix}w has shape {tuple(w.shape)}, but inputs × outputs is expected. "
            "Check the line that replaced it."
        )
    if b is not None:
        b = check_tensor(f"{prefix}b", b)
        check_same_shape(f"{prefix}b", b, f"a row of {prefix}w", w[:1])
        check_same_dtype(f"{prefix}b", b, f"{prefix}w", w)
    return w


def check_layers(layers: tuple[object, ...], base: type, linear: type) -> None:
    """Raise unless these are layers, and the last one is no activation."""
    if not layers:
        raise TypeError(
            "a Network of no layers is asked for, but at least a Linear is expected. "
            "Use Network(Linear(2, 1))."
        )
    for place, layer in enumerate(layers):
        name = f"layers[{place}]"
        if isinstance(layer, type):
            raise TypeError(
                f"{name} is the class {layer.__name__}, but a layer made from it is expected. "
                f"Use {layer.__name__}()."
            )
        if isinstance(layer, list | tuple):
            raise TypeError(
                f"{name} is a {type(layer).__name__}, but layers are given one by one. "
                "Use Network(*layers)."
            )
        for method in ("forward", "backward"):
            if not callable(getattr(layer, method, None)):
                raise TypeError(
                    f"{name} is a {type(layer).__name__} without {method}, but a layer has "
                    "forward(x), which gives out, and backward(x, out, d_out), which gives d_x and "
                    f"a dictionary of gradients. Write def {method}(self, …) in it."
                )
    last = layers[-1]
    if isinstance(last, base) and not isinstance(last, linear):
        raise ValueError(
            f"the last layer is a {type(last).__name__}, but a Linear is expected: the cost makes "
            f"ŷ of the last z itself. Leave {type(last).__name__}() out at the end."
        )


def check_chain(
    weights: Sequence[tuple[object, ...] | None],
) -> tuple[int | None, tuple[str, torch.Tensor] | None]:
    """The columns that X must have, and a weight it must be like; raise unless layers fit.

    For each layer (w, b) of a Linear, () if it keeps its columns, None if it may change them.
    """
    first, like, columns, maker = None, None, None, 0
    for place, pair in enumerate(weights):
        if pair is None:
            columns = None
        elif pair:
            w = check_linear(f"layers[{place}].", *pair)
            if columns not in (None, w.shape[0]):
                raise ValueError(
                    f"layers[{place}] takes {w.shape[0]} columns, but layers[{maker}] gives "
                    f"{columns}. Use Linear({columns}, {w.shape[1]}) there."
                )
            if like is None:
                like = (f"layers[{place}].w", w)
                first = None if None in weights[:place] else w.shape[0]
            check_same_dtype(f"layers[{place}].w", w, *like)
            columns, maker = w.shape[1], place
    return first, like


def check_made(
    name: str, value: object, again: torch.Tensor, fix: str = "forward = network.forward(X)"
) -> None:
    """Raise unless `value` is what the same layer makes `again`; rounding is allowed for."""
    value = check_tensor(name, value)
    check_same_shape(name, value, "what is made now", again)
    check_same_dtype(name, value, "what is made now", again)
    if not torch.allclose(value, again, rtol=1e-4, atol=1e-5):
        raise ValueError(
            f"{name} was made of something else or with earlier weights: now it would be another. "
            f"Use {fix} again before backward."
        )


def check_outs(outs: object, layers: int) -> None:
    """Raise unless there is one tensor for each layer."""
    if not isinstance(outs, tuple) or len(outs) != layers:
        raise ValueError(
            f"forward.outs holds {len(outs) if isinstance(outs, tuple) else outs!r}, but this "
            f"network has {layers} layers. Use forward = network.forward(X)."
        )
    for place, out in enumerate(outs):
        check_tensor(f"forward.outs[{place}]", out)


def check_own_out(place: int, out: object, x: torch.Tensor) -> torch.Tensor:
    """What a layer of one's own gave, if it is a matrix with the rows and dtype of `x`."""
    name = f"layers[{place}].forward(x)"
    out = check_matrix(name, out, like=("x", x))
    if len(out) != len(x):
        raise ValueError(
            f"{name} has {len(out)} rows, but x has {len(x)}, and each gives one. "
            "Check the line that returns it."
        )
    return out


def check_own_backward(
    place: int, layer: object, x: torch.Tensor, given: object
) -> tuple[torch.Tensor, dict[str, torch.Tensor]]:
    """What the backward of a layer of one's own gave, if it fits x and the layer's attributes."""
    name = f"layers[{place}].backward(x, out, d_out)"
    if not isinstance(given, tuple) or len(given) != 2 or not isinstance(given[1], dict):
        raise TypeError(
            f"{name} returned a {type(given).__name__}, but (d_x, gradients) is expected, where "
            'gradients is a dictionary: {"w": …}, or {} if there is nothing to train.'
        )
    d_x, named = given
    d_x = check_tensor(f"d_x of {name}", d_x)
    check_same_shape(f"d_x of {name}", d_x, "x", x)
    check_same_dtype(f"d_x of {name}", d_x, "x", x)
    check_named(f"layers[{place}]", layer, named)
    return d_x, named


def check_named(name: str, layer: object, named: dict[str, object]) -> None:
    """Raise unless each gradient fits the layer's attribute of its name."""
    for key, gradient in named.items():
        weight = getattr(layer, str(key), None)
        if not isinstance(weight, torch.Tensor):
            raise ValueError(
                f"a gradient is named {key!r}, but {name} has no tensor {key}. "
                "Use the name of the attribute that it belongs to."
            )
        label = f"the gradient of {name}.{key}"
        gradient = check_tensor(label, gradient)
        check_same_shape(label, gradient, f"{name}.{key}", weight)
        check_same_dtype(label, gradient, f"{name}.{key}", weight)


def check_gradients(gradients: object, layers: tuple[object, ...], ours: type) -> None:
    """Raise unless there is a dictionary for each layer, and in it what fits each weight."""
    fix = "Use gradients = network.backward(X, y, forward)."
    if not isinstance(gradients, list | tuple) or not all(isinstance(g, dict) for g in gradients):
        raise TypeError(
            f"gradients is a {type(gradients).__name__}, but a list of dictionaries is expected, "
            f"one a layer. {fix}"
        )
    if len(gradients) != len(layers):
        raise ValueError(
            f"gradients holds {len(gradients)} dictionaries, but the network has {len(layers)} "
            f"layers. {fix}"
        )
    for place, (layer, named) in enumerate(zip(layers, gradients, strict=True)):
        weights = {k for k, v in vars(layer).items() if isinstance(v, torch.Tensor)}
        missing = sorted(weights - set(named)) if isinstance(layer, ours) else []
        if missing:
            raise ValueError(f"gradients[{place}] lacks {' and '.join(missing)}. {fix}")
        check_named(f"layers[{place}]", layer, named)
        for key, gradient in named.items():
            check_finite(f"the gradient of layers[{place}].{key}", gradient)


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


def check_answers(y: object, y_hat: torch.Tensor, cost_is_ours: bool) -> None:
    """What is quickly seen: whether labels have the shape and dtype of the predictions."""
    if not cost_is_ours:
        check_rows("y", y, len(y_hat))
        return
    if y_hat.shape[1] > 1:
        check_not_numbered(y, y_hat)
    y = check_tensor("y", y)
    check_same_shape("y", y, "y_hat", y_hat)
    check_same_dtype("y", y, "y_hat", y_hat)


def stop_training(epoch: int, name: str, number: float) -> NoReturn:
    """Raise ValueError: this epoch led to a number that is not finite."""
    raise ValueError(
        f"epoch {epoch} led to {name} of {number}, but finite numbers are expected. The network "
        "keeps the weights from before this epoch. Use a smaller learning_rate."
    )


# --- nodes ------------------------------------------------------------------------------------


def check_node(value: object, operation: str, parents: tuple[object, ...]) -> None:
    """Raise unless `value` is a tensor of finite decimals, and each parent of the same kind."""
    name = f"the result of {operation}" if operation else "value"
    value = check_tensor(name, value)
    if not value.isfinite().all():
        bad = value[~value.isfinite()][0].item()
        fix = f"what goes into {operation}" if operation else "the line that makes it"
        raise ValueError(f"{name} holds {bad}, but finite numbers are expected. Check {fix}.")
    for parent in parents:
        if not hasattr(parent, "send_back"):
            raise TypeError(
                f"a parent is a {type(parent).__name__}, but a Node is expected. Use Node(…)."
            )


def check_operand(value: object) -> torch.Tensor:
    """`value`, if it is a tensor, which a node can be combined with."""
    if not isinstance(value, torch.Tensor):
        raise TypeError(
            f"a node meets a {type(value).__name__}, but a Node, a tensor or a number is expected. "
            "Use Node(torch.as_tensor(…, dtype=torch.float32))."
        )
    return value


def check_exponent(value: object) -> float:
    """`value` as a number, if it is one."""
    if isinstance(value, bool) or not isinstance(value, Real):
        raise TypeError(f"the exponent is {value!r}, but a number or a Node is expected. Use ** 2.")
    return float(value)


def check_pair(operation: str, a: torch.Tensor, b: torch.Tensor) -> None:
    """Raise unless the two sides of `operation` fit each other."""
    left, right = tuple(a.shape), tuple(b.shape)
    if (a.dtype, a.device) != (b.dtype, b.device):
        raise TypeError(
            f"{_short(a.dtype)} on {a.device} {operation} {_short(b.dtype)} on {b.device} is asked "
            "for, but nodes of one kind are expected. Use .to(…) on the tensor of one of them."
        )
    if operation == "@":
        if len(left) != 2 or len(right) != 2 or left[1] != right[0]:
            raise ValueError(
                f"{left} @ {right} is asked for, but rows × n and n × columns are expected. "
                "Turn one of them with .T, or check the line that makes it."
            )
        return
    try:
        torch.broadcast_shapes(left, right)
    except RuntimeError:
        raise ValueError(
            f"{left} {operation} {right} is asked for, but no broadcasting makes these shapes "
            "alike. Check the lines that make them."
        ) from None


def check_single(value: torch.Tensor) -> None:
    """Raise ValueError unless `value` is one number."""
    if value.numel() != 1:
        raise ValueError(
            f"backward starts from one number, but this node has shape {tuple(value.shape)}. "
            "Use node.sum().backward()."
        )


def check_sent(node: Any, sent: object) -> tuple[torch.Tensor, ...]:
    """What `node` sends back, if it is a finite gradient for each parent."""
    name = f"what {node.operation} sends back"
    if not isinstance(sent, tuple) or len(sent) != len(node.parents):
        arrived = len(sent) if isinstance(sent, tuple) else f"a {type(sent).__name__}"
        raise ValueError(
            f"{name} is {arrived}, but a tuple of {len(node.parents)} is expected, one gradient "
            "for each parent. A tuple of one is (d,)."
        )
    for d, parent in zip(sent, node.parents, strict=True):
        d = check_tensor(name, d)
        # A sum over what was broadcast makes the second of these the first.
        if d.shape not in (parent.value.shape, node.value.shape):
            raise ValueError(
                f"{name} has shape {tuple(d.shape)}, but the shape of its input, "
                f"{tuple(parent.value.shape)}, is expected, or of its output, "
                f"{tuple(node.value.shape)}. Check its rule."
            )
        if not d.isfinite().all():
            raise ValueError(
                f"{name} holds {d[~d.isfinite()][0].item()}, but finite numbers are expected: its "
                "slope has no finite value there. Check what goes into it."
            )
    return sent


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
