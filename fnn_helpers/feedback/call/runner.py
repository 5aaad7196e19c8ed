"""Run a learner's function safely: on copies, with a time limit, watching what it touches."""

import ctypes
import itertools
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch

from .watching import PRINT_LIMIT, Seen, no_new_figures, watching

TIME_LIMIT = 5.0  # seconds; the right answers need milliseconds
IMPORT_LIMIT = 60.0  # a first import may take long, and must not be cut in the middle
MOST_RESULTS = 100  # of a generator, which may never end


class OutOfTime(BaseException):
    """Raised inside the learner's function when its time is over."""


@dataclass
class Run:
    """What came of one call: a value or an error, and what was seen on the way."""

    value: Any = None
    error: BaseException | None = None
    out_of_time: bool = False
    limit: float = TIME_LIMIT  # the seconds it had
    warnings: tuple[str, ...] = ()  # what it was warned of
    used_autograd: bool = False
    changed: int | None = None  # the position of an argument that was changed


def run(
    function: Callable[..., Any],
    arguments: Sequence[Any],
    *,
    numpy: bool = False,
    quiet: bool = True,
) -> Run:
    """Call `function` on copies of the arguments, as tensors or as NumPy arrays.

    Parameters
    ----------
    quiet : bool
        Swallow what it prints. A check calls many times; one of the calls is enough to read.
    """
    given = [_copy(argument, numpy) for argument in arguments]
    untouched = [_copy(argument, numpy) for argument in arguments]
    result = Run(limit=TIME_LIMIT)
    done = threading.Event()
    seen = Seen(may_print=0 if quiet else PRINT_LIMIT)

    with watching() as table, no_new_figures():

        def work() -> None:
            table[threading.get_ident()] = seen
            try:
                value = function(*given)
                if isinstance(value, Iterator):  # its body runs only now
                    value = tuple(itertools.islice(value, MOST_RESULTS))
                result.value = value
            except BaseException as error:  # SystemExit too: nothing of it ends the kernel
                result.error = error
            finally:
                done.set()

        # A thread can be interrupted on every system and leaves Jupyter's own signals alone.
        worker = threading.Thread(target=work, daemon=True)
        worker.start()
        end = time.monotonic() + IMPORT_LIMIT
        try:
            result.out_of_time = not _finishes(worker, done, result.limit, end)
        finally:  # the stop button raises KeyboardInterrupt in wait
            _stop(worker, done, end)
    result.used_autograd, result.warnings = seen.used_autograd, tuple(seen.warnings)
    for position, (now, before) in enumerate(zip(given, untouched, strict=True)):
        if not _same(now, before):
            result.changed = position
            break
    return result


def _finishes(worker: threading.Thread, done: threading.Event, limit: float, end: float) -> bool:
    """Wait for it; the time in which it imports a module does not count, until the far end."""
    while not done.wait(limit):
        if not _imports(worker) or time.monotonic() > end:
            return False
        _let_it_import(worker, done, end)
    return True


def _let_it_import(worker: threading.Thread, done: threading.Event, end: float) -> None:
    while _imports(worker) and time.monotonic() < end and not done.is_set():
        done.wait(0.02)


def _imports(worker: threading.Thread) -> bool:
    """Whether it is importing a module: cut off there, the module would stay half made."""
    frame = sys._current_frames().get(worker.ident or 0)
    while frame is not None:
        if frame.f_code.co_filename.startswith("<frozen importlib"):
            return True
        frame = frame.f_back
    return False


def _stop(worker: threading.Thread, done: threading.Event, end: float) -> None:
    """Interrupt it, more than once: `except: pass` in a loop swallows the first."""
    for _ in range(20):
        _let_it_import(worker, done, end)  # the stop button may be pressed in the middle of one
        if done.is_set():  # is_alive is not to be trusted after an interrupted join
            return
        ctypes.pythonapi.PyThreadState_SetAsyncExc(
            ctypes.c_ulong(worker.ident or 0), ctypes.py_object(OutOfTime)
        )
        done.wait(0.05)


def _copy(argument: Any, numpy: bool) -> Any:
    if isinstance(argument, list):
        return [_copy(part, numpy) for part in argument]
    if not isinstance(argument, torch.Tensor):
        return argument
    return argument.numpy().copy() if numpy else argument.clone()


def _same(now: Any, before: Any) -> bool:
    if isinstance(now, list):
        return len(now) == len(before) and all(map(_same, now, before))
    if isinstance(now, torch.Tensor):
        if now.shape != before.shape or not torch.equal(now.detach(), before.detach()):
            return False
        # A write that happens to change nothing here would change other numbers.
        return now.is_inference() or now._version == before._version
    if isinstance(now, list):
        return len(now) == len(before) and all(map(_same, now, before))
    if isinstance(now, np.ndarray):
        return np.array_equal(now, before)
    return True
