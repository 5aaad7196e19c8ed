"""Run a notebook in a fresh Python and collect what its checks say."""

import contextlib
import json
import os
import queue
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TextIO

TAGS = {"check", "recall"}
START = 120.0  # seconds until Python and its libraries are there
LIMIT = 60.0  # seconds for a cell


def grade(path: str | Path, timeout: float = LIMIT) -> dict[str, Any]:
    """Run a notebook's code and collect its checks; a cell that raises does not end it.

    Parameters
    ----------
    path : str or Path
    timeout : float
        Seconds that a cell may take; after that the notebook is stopped.

    Returns
    -------
    dict
        `notebook`, its name; `cells`, for each cell tagged `check` or `recall` its id, tag, whether
        it is `solved`, the `checks` as dictionaries, and the `error` that it stopped with; `errors`
        of other cells; `solved` and `total`, how many of the tagged cells.

    Raises
    ------
    ValueError
        If the file is no notebook.
    OSError
        If it cannot be read.
    """
    path = Path(path)
    cells = _code_cells(path)
    ran = list(_run(path, cells, timeout))
    asked = [(cell, outcome) for cell, outcome in zip(cells, ran, strict=True) if cell["tag"]]
    rows = [
        {"cell": cell["id"], "tag": cell["tag"], "solved": _is_solved(outcome), **outcome}
        for cell, outcome in asked
    ]
    errors = [
        {"cell": cell["id"], "error": outcome["error"]}
        for cell, outcome in zip(cells, ran, strict=True)
        if outcome["error"] and not cell["tag"]
    ]
    return {
        "notebook": path.name,
        "cells": rows,
        "errors": errors,
        "solved": sum(row["solved"] for row in rows),
        "total": len(rows),
    }


def _is_solved(outcome: Mapping[str, Any]) -> bool:
    checks = outcome["checks"]
    return bool(checks) and all(c["status"] == "correct" for c in checks) and not outcome["error"]


def _code_cells(path: Path) -> list[dict[str, Any]]:
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        return [
            {
                "id": cell.get("id", f"cell {number}"),
                "tag": next((t for t in cell["metadata"].get("tags", ()) if t in TAGS), None),
                "source": "".join(cell["source"]),
            }
            for number, cell in enumerate(cells)
            if cell["cell_type"] == "code"
        ]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"{path} is no notebook of format 4: {error}.") from error


# --- the fresh Python, seen from outside -------------------------------------------------------


def _run(path: Path, cells: list[dict[str, Any]], timeout: float) -> Iterator[dict[str, Any]]:
    """What came of each cell, in order; what comes after the end of Python is said."""
    package = Path(__file__).parents[2]
    with tempfile.TemporaryDirectory() as home:
        environment = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join(
                filter(None, (os.environ.get("PYTHONPATH"), str(package)))
            ),
            "PYTHONIOENCODING": "utf-8",
            "IPYTHONDIR": home,
            "MPLBACKEND": "agg",
        }
        process = subprocess.Popen(
            [sys.executable, "-c", "from fnn_helpers.feedback.grade import work; work()"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=path.resolve().parent,
            env=environment,
            encoding="utf-8",
        )
        try:
            assert process.stdin is not None and process.stdout is not None
            with contextlib.suppress(BrokenPipeError):  # Python did not start
                process.stdin.write(json.dumps([cell["source"] for cell in cells]) + "\n")
                process.stdin.close()
            lines = _lines(process.stdout)
            over = "" if _next(lines, START) is not None else "Python did not start"
            for _ in cells:
                answer = None if over else _next(lines, timeout)
                if answer is None:
                    ended = "Python ended in this cell" if lines.ended else None
                    stopped = ended or f"stopped after {timeout:g} seconds"
                    yield {"checks": [], "error": over or stopped}
                    over = over or "not reached: an earlier cell ended the notebook"
                else:
                    yield answer
        finally:
            process.kill()
            process.wait()


class _Lines(queue.Queue):
    """The lines of a stream as they come; None at its end."""

    ended = False


def _lines(stream: TextIO) -> _Lines:
    lines = _Lines()

    def read() -> None:
        for line in stream:
            lines.put(line)
        lines.put(None)

    threading.Thread(target=read, daemon=True).start()
    return lines


def _next(lines: _Lines, timeout: float) -> dict[str, Any] | None:
    try:
        line = lines.get(timeout=timeout)
    except queue.Empty:
        return None
    lines.ended = line is None
    return None if line is None else json.loads(line)


# --- and from inside ---------------------------------------------------------------------------


def work() -> None:
    """Run the cells that stand on standard input; what they print goes nowhere."""
    sources = json.loads(sys.stdin.readline())
    channel = os.fdopen(os.dup(1), "w", encoding="utf-8")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(nowhere, number)

    from IPython.core.displayhook import DisplayHook
    from IPython.core.interactiveshell import InteractiveShell
    from traitlets.config import Config

    from . import Feedback, Question
    from .call import text_of

    values: list[Any] = []

    class Collect(DisplayHook):
        def __call__(self, result: Any = None) -> None:
            values.append(result)

    class Shell(InteractiveShell):
        displayhook_class = Collect

    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.ast_node_interactivity = "all"
    shell = Shell.instance(config=config)
    print(json.dumps({}), file=channel, flush=True)
    for source in sources:
        values.clear()
        ran = shell.run_cell(source, store_history=False)
        error = ran.error_before_exec or ran.error_in_exec
        answer = {
            "checks": [v.as_dict() for v in values if isinstance(v, Feedback | Question)],
            "error": f"{type(error).__name__}: {text_of(error)}" if error is not None else None,
        }
        print(json.dumps(answer), file=channel, flush=True)
