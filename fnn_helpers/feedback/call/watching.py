"""Notice what a running function does: ask autograd, print, warn, show. Others do as they like.

Nothing is imported for it: what the function has not imported, it cannot use.
"""

import contextlib
import functools
import sys
import threading
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from torch.autograd import Variable, forward_ad

PRINT_LIMIT = 10_000  # characters; a page of numbers fits


@dataclass
class Seen:
    """What was noticed in one call."""

    used_autograd: bool = False
    may_print: int = PRINT_LIMIT  # characters that still go through
    warnings: list[str] = field(default_factory=list)


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


class _Err(_Out):
    """Standard error: of a watched thread, nothing gets through."""

    def write(self, text: str) -> int:
        return self._out.write(text) if _here() is None else len(text)


def _note_warning(message: Any, *args: Any, **kwargs: Any) -> None:
    if (seen := _here()) is None:
        _originals["showwarning"](message, *args, **kwargs)
    else:
        seen.warnings.append(str(message))


def _unless_watched(original: Callable[..., Any]) -> Callable[..., Any]:
    """The same function, which does nothing where it is called from a watched thread."""

    @functools.wraps(original)
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        return original(*args, **kwargs) if _here() is None else None

    return wrapped


def _shows() -> list[tuple[Any, str]]:
    """What puts something on the page, as far as it is loaded: plt.show, and Jupyter's display."""
    found: list[tuple[Any, str]] = []
    if pyplot := sys.modules.get("matplotlib.pyplot"):
        found.append((pyplot, "show"))
    if ipython := sys.modules.get("IPython"):
        shell = ipython.get_ipython()
        if shell is not None:
            found.append((shell.display_pub, "publish"))
    return found


@contextlib.contextmanager
def no_new_figures() -> Iterator[None]:
    """Close the figures that are made inside, and only those: Jupyter would show what is open."""
    before = _figures()
    try:
        yield
    finally:
        for number in _figures() - before:
            sys.modules["matplotlib.pyplot"].close(number)


def _figures() -> set[int]:
    pyplot = sys.modules.get("matplotlib.pyplot")
    # Half imported, by a function that has been stopped, it has no figures yet.
    return set(pyplot.get_fignums()) if hasattr(pyplot, "get_fignums") else set()


def _lay_sensors() -> None:
    _originals["engine"] = Variable._execution_engine
    _originals["make_dual"] = forward_ad.make_dual
    _originals["out"], _originals["err"] = sys.stdout, sys.stderr
    _originals["showwarning"] = warnings.showwarning
    _originals["shows"] = [(owner, name, getattr(owner, name)) for owner, name in _shows()]
    Variable._execution_engine = _Engine(Variable._execution_engine)
    forward_ad.make_dual = _noticed_dual
    sys.stdout, sys.stderr = _Out(sys.stdout), _Err(sys.stderr)
    warnings.showwarning = _note_warning
    for owner, name, original in _originals["shows"]:
        setattr(owner, name, _unless_watched(original))


def _take_sensors_away() -> None:
    Variable._execution_engine = _originals["engine"]
    forward_ad.make_dual = _originals["make_dual"]
    sys.stdout, sys.stderr = _originals["out"], _originals["err"]
    warnings.showwarning = _originals["showwarning"]
    for owner, name, original in _originals["shows"]:
        setattr(owner, name, original)
