"""Run a learner's function safely: on copies, with a time limit, watching what it touches."""

import contextlib
import ctypes
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch

TIME_LIMIT = 5.0  # seconds; the right answers need milliseconds


class OutOfTime(BaseException):
    """Raised inside the learner's function when its time is over."""


@dataclass
class Run:
    """What came of one call: a value or an error, and what was seen on the way."""

    value: Any = None
    error: BaseException | None = None
    out_of_time: bool = False
    used_autograd: bool = False
    changed: int | None = None  # the position of an argument that was changed


def run(function: Callable[..., Any], arguments: Sequence[Any], *, numpy: bool = False) -> Run:
    """Call `function` on copies of the arguments, as tensors or as NumPy arrays."""
    given = [_copy(argument, numpy) for argument in arguments]
    untouched = [_copy(argument, numpy) for argument in arguments]
    result = Run()

    def work() -> None:
        try:
            result.value = function(*given)
        except BaseException as error:  # SystemExit too: nothing of the learner's ends the kernel
            result.error = error

    with _watching_autograd(result):
        # A thread can be interrupted on every system and leaves Jupyter's own signals alone.
        worker = threading.Thread(target=work, daemon=True)
        worker.start()
        worker.join(TIME_LIMIT)
        if worker.is_alive():
            result.out_of_time = True
            ctypes.pythonapi.PyThreadState_SetAsyncExc(
                ctypes.c_ulong(worker.ident), ctypes.py_object(OutOfTime)
            )
            worker.join(0.5)
    for position, (now, before) in enumerate(zip(given, untouched, strict=True)):
        if not _same(now, before):
            result.changed = position
            break
    return result


def as_tensor(value: Any) -> torch.Tensor | None:
    """A learner's value as a float64 tensor, or None where it is no number or array of them."""
    if isinstance(value, torch.Tensor):
        return value.detach().double()
    if isinstance(value, bool | str | bytes) or value is None:
        return None
    try:
        array = np.asarray(
            [as_tensor(v).numpy() for v in value] if isinstance(value, list | tuple) else value
        )
        return torch.as_tensor(array.astype(np.float64))
    except (TypeError, ValueError, AttributeError, RuntimeError):
        return None


def is_single_precision(value: Any) -> bool:
    """Whether a value carries only float32's seven digits."""
    return getattr(value, "dtype", None) in (torch.float32, np.float32, np.dtype("float32"))


def _copy(argument: Any, numpy: bool) -> Any:
    if not isinstance(argument, torch.Tensor):
        return argument
    return argument.numpy().copy() if numpy else argument.clone()


def _same(now: Any, before: Any) -> bool:
    if isinstance(now, torch.Tensor):
        return now.shape == before.shape and torch.equal(now.detach(), before)
    if isinstance(now, np.ndarray):
        return np.array_equal(now, before)
    return True


@contextlib.contextmanager
def _watching_autograd(result: Run) -> Iterator[None]:
    """Every way into PyTorch's backward engine goes through this one name."""
    original = torch.autograd._engine_run_backward

    def noticed(*args: Any, **kwargs: Any) -> Any:
        result.used_autograd = True
        return original(*args, **kwargs)

    torch.autograd._engine_run_backward = noticed
    try:
        yield
    finally:
        torch.autograd._engine_run_backward = original
