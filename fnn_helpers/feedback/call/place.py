"""Where in the learner's own code an error came up, and what stands there."""

import ast
import linecache
import sysconfig
import traceback
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

LONGEST = 100  # characters of a line that is shown

_PACKAGE = Path(__file__).parents[2]
_LIBRARIES = {sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")}


def line_of(error: BaseException) -> str:
    """The last line of the learner's own code that the error went through; empty if unknown."""
    for summary, _ in _own_places(error):
        line = linecache.getline(summary.filename, summary.lineno or 0).strip()
        if line:
            return line[:LONGEST]
    return ""


def names_at(error: BaseException) -> list[str]:
    """The names that have a meaning where the error came up: of the function, then around it."""
    for _, frame in _own_places(error):
        names = [*frame.f_code.co_varnames, *frame.f_locals, *frame.f_globals]
        return [name for name in dict.fromkeys(names) if not name.startswith("_")]
    return []


def library_function(error: BaseException) -> str:
    """The library's function, written in Python, that the learner's line called and that failed."""
    name = ""
    for summary, frame in _places(error):
        if _is_own(frame):
            break
        name = summary.name
    return name


def asks_for_truth(error: BaseException) -> str:
    """What asked a value whether it is true: "if", "and" or "max"; empty where it is not seen."""
    chain = _nodes_at(error)
    if chain and isinstance(chain[-1], ast.If | ast.While | ast.IfExp):  # if X: is all one place
        chain.append(chain[-1].test)
    for outer, node in zip(reversed(chain[:-1]), reversed(chain[1:]), strict=True):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("max", "min"):
            return "max"
        if isinstance(node, ast.BoolOp) or isinstance(node, ast.Compare) and len(node.ops) > 1:
            return "and"
        if isinstance(outer, ast.If | ast.While | ast.IfExp) and outer.test is node:
            return "if"
    return ""


def _places(error: BaseException) -> Iterator[tuple[traceback.FrameSummary, FrameType]]:
    """Every place that the error went through, the last one first."""
    summaries = traceback.extract_tb(error.__traceback__)
    frames = [frame for frame, _ in traceback.walk_tb(error.__traceback__)]
    yield from zip(reversed(summaries), reversed(frames), strict=True)


def _own_places(error: BaseException) -> Iterator[tuple[traceback.FrameSummary, FrameType]]:
    return ((summary, frame) for summary, frame in _places(error) if _is_own(frame))


def _is_own(frame: FrameType) -> bool:
    name = frame.f_code.co_filename
    if name.startswith(("<frozen ", "<__array_function__")):
        return False
    path = Path(name)
    return not any(path.is_relative_to(folder) for folder in (_PACKAGE, *_LIBRARIES))


def _nodes_at(error: BaseException) -> list[ast.AST]:
    """The parts of the learner's source around the place of the error, the largest first."""
    for place, frame in _own_places(error):
        if None in (place.lineno, place.colno, place.end_lineno, place.end_colno):
            return []
        begin, end = (place.lineno, place.colno), (place.end_lineno, place.end_colno)
        try:
            lines = linecache.getlines(place.filename, frame.f_globals)
            chain: list[ast.AST] = [ast.parse("".join(lines))]
        except (SyntaxError, ValueError):  # such as a cell with a magic command
            return []
        while True:
            inner = next(
                (n for n in ast.iter_child_nodes(chain[-1]) if _spans(n, begin, end)), None
            )
            if inner is None:
                return chain
            chain.append(inner)
    return []


def _spans(node: ast.AST, begin: tuple, end: tuple) -> bool:
    if not isinstance(node, ast.expr | ast.stmt | ast.keyword):
        return False
    return (node.lineno, node.col_offset) <= begin and end <= (node.end_lineno, node.end_col_offset)
