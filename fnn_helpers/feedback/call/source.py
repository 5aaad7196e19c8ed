"""Find a line in the learner's own function."""

import ast
import inspect
import textwrap
from collections.abc import Callable
from typing import Any

LONGEST = 90  # characters of a line that is quoted


def line_that_makes(function: Callable[..., Any], name: str, place: int | None = None) -> str:
    """The line of the function that makes a quantity: by its name, or by its place in return.

    Empty where the source is not there or nothing fits.
    """
    try:
        source = textwrap.dedent(inspect.getsource(function))
        tree = ast.parse(source)
    except (OSError, TypeError, SyntaxError, IndentationError, ValueError):
        return ""
    made = _last_assignment(tree, name)
    if made is None:
        made = _returned(tree, place)
    if made is None:
        return ""
    line = " ".join((ast.get_source_segment(source, made) or "").split())
    return line if len(line) <= LONGEST else line[:LONGEST] + " …"


def _last_assignment(tree: ast.AST, name: str) -> ast.stmt | None:
    found = None
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            targets = node.targets
        elif isinstance(node, ast.AugAssign | ast.AnnAssign):
            targets = [node.target]
        else:
            continue
        if any(isinstance(t, ast.Name) and t.id == name for t in targets) and (
            found is None or node.lineno > found.lineno
        ):
            found = node
    return found


def _returned(tree: ast.AST, place: int | None) -> ast.AST | None:
    """What stands in this place behind the last return; a name there is looked up once."""
    returns = [node for node in ast.walk(tree) if isinstance(node, ast.Return)]
    if not returns:
        return None
    last = max(returns, key=lambda node: node.lineno)
    if place is None:
        return last
    value = last.value
    if not isinstance(value, ast.Tuple | ast.List) or place >= len(value.elts):
        return None
    part = value.elts[place]
    if isinstance(part, ast.Name):
        return _last_assignment(tree, part.id) or last
    return part
