"""Notice what a running function does: ask autograd, print. Other threads do as they like."""

import contextlib
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from torch.autograd import Variable, forward_ad

PRINT_LIMIT = 10_000  # characters; a page of numbers fits


@dataclass
class Seen:
    """What was noticed in one call."""

    used_autograd: bool = False
    may_print: int = PRINT_LIMIT  # characters that still go through


@contextlib.contextmanager
def watching() -> Iterator[dict[int, Seen]]:
    """A table in which a thread enters itself, by its identifier, to be watched.

    Checks may run side by side or inside each other, so the first one in lays the sensors
    and the last one out takes them away.
    """
    mine: dict[int, Seen] = {}
    with _lock:
        if not _tables:
            _bystanders.update(thread.ident for thread in threading.enumerate())
            _lay_sensors()
        _tables.append(mine)
    try:
        yield mine
    finally:
        with _lock:
            _tables[:] = [table for table in _tables if table is not mine]
            if not _tables:
                _bystanders.clear()
                _take_sensors_away()


_lock = threading.Lock()
_tables: list[dict[int, Seen]] = []
_bystanders: set[int | None] = set()  # threads that were there before
_originals: dict[str, Any] = {}


def _here() -> Seen | None:
    thread = threading.get_ident()
    for table in _tables:
        if thread in table:
            return table[thread]
    if thread in _bystanders:
        return None
    # A thread that the function itself began, as far as one can know.
    return next((seen for table in reversed(_tables) for seen in table.values()), None)


def _note_autograd() -> None:
    if (seen := _here()) is not None:
        seen.used_autograd = True


class _Engine:
    """PyTorch's backward engine: every way back through a graph ends in its run_backward."""

    def __init__(self, engine: Any) -> None:
        self._engine = engine

    def run_backward(self, *args: Any, **kwargs: Any) -> Any:
        _note_autograd()
        return self._engine.run_backward(*args, **kwargs)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._engine, name)


def _noticed_dual(*args: Any, **kwargs: Any) -> Any:
    """Forward mode has no engine; it begins with a dual number."""
    _note_autograd()
    return _originals["make_dual"](*args, **kwargs)


class _Out:
    """Standard output: a watched thread may print a page, every other thread what it likes."""

    def __init__(self, out: Any) -> None:
        self._out = out

    def write(self, text: str) -> int:
        seen = _here()
        if seen is None:
            return self._out.write(text)
        if seen.may_print > 0:
            self._out.write(text[: seen.may_print])
            if len(text) > seen.may_print:
                self._out.write("\n… the rest of what it prints is not shown.\n")
            seen.may_print -= len(text)
        return len(text)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._out, name)


def _lay_sensors() -> None:
    _originals["engine"] = Variable._execution_engine
    _originals["make_dual"] = forward_ad.make_dual
    _originals["out"] = sys.stdout
    Variable._execution_engine = _Engine(Variable._execution_engine)
    forward_ad.make_dual = _noticed_dual
    sys.stdout = _Out(sys.stdout)


def _take_sensors_away() -> None:
    Variable._execution_engine = _originals["engine"]
    forward_ad.make_dual = _originals["make_dual"]
    sys.stdout = _originals["out"]
