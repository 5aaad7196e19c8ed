"""Run a learner's function safely: on copies, with a time limit, watching what it touches."""

import ctypes
import itertools
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch

from .watching import PRINT_LIMIT, Seen, watching

TIME_LIMIT = 5.0  # seconds; the right answers need milliseconds
MOST_RESULTS = 100  # of a generator, which may never end


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
    result = Run()
    done, modules = threading.Event(), len(sys.modules)
    seen = Seen(may_print=0 if quiet else PRINT_LIMIT)

    with watching() as table:

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
        try:
            finished = done.wait(TIME_LIMIT)
            if not finished and len(sys.modules) > modules:  # the first use of a library is slow
                finished = done.wait(TIME_LIMIT)
            result.out_of_time = not finished
        finally:  # the stop button raises KeyboardInterrupt in wait
            _stop(worker, done)
    result.used_autograd = seen.used_autograd
    for position, (now, before) in enumerate(zip(given, untouched, strict=True)):
        if not _same(now, before):
            result.changed = position
            break
    return result


def _stop(worker: threading.Thread, done: threading.Event) -> None:
    """Interrupt it, more than once: `except: pass` in a loop swallows the first."""
    for _ in range(20):
        if done.is_set():  # is_alive is not to be trusted after an interrupted join
            return
        ctypes.pythonapi.PyThreadState_SetAsyncExc(
            ctypes.c_ulong(worker.ident), ctypes.py_object(OutOfTime)
        )
        done.wait(0.05)


def _copy(argument: Any, numpy: bool) -> Any:
    if not isinstance(argument, torch.Tensor):
        return argument
    return argument.numpy().copy() if numpy else argument.clone()


def _same(now: Any, before: Any) -> bool:
    if isinstance(now, torch.Tensor):
        if now.shape != before.shape or not torch.equal(now.detach(), before.detach()):
            return False
        # A write that happens to change nothing here would change other numbers.
        return now.is_inference() or now._version == before._version
    if isinstance(now, np.ndarray):
        return np.array_equal(now, before)
    return True
