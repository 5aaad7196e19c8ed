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
    except Exception:  # no source, one that has changed since, an object with ways of its own
        return ""
    made = _last_assignment(tree, name) or _returned(tree, place)
    if made is None:
        return ""
    line = " ".join((ast.get_source_segment(source, made) or "").split())
    return line if len(line) <= LONGEST else line[:LONGEST] + " …"


def _last_assignment(tree: ast.AST, name: str) -> ast.stmt | ast.NamedExpr | None:
    """The last line that gives the name a value, an entry or one more element."""
    found: ast.stmt | ast.NamedExpr | None = None
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            made = [part for target in node.targets for part in _names(target)]
        elif isinstance(node, ast.AugAssign | ast.AnnAssign | ast.NamedExpr):
            made = _names(node.target)
        elif isinstance(node, ast.Expr):
            made = _appended(node.value)
        else:
            continue
        if name in made and (found is None or node.lineno > found.lineno):
            found = node
    return found


def _names(target: ast.expr) -> list[str]:
    """The names in a target: of a tuple all, of `a[i]` the table's."""
    if isinstance(target, ast.Name):
        return [target.id]
    if isinstance(target, ast.Tuple | ast.List):
        return [name for part in target.elts for name in _names(part)]
    if isinstance(target, ast.Starred | ast.Subscript):
        return _names(target.value)
    return []


def _appended(value: ast.expr) -> list[str]:
    """The list that `losses.append(loss)` makes longer."""
    match value:
        case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr="append")):
            return [name]
    return []


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
