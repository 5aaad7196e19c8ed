"""Each public thing of the lesson shows how it is used, and what it shows is true."""

import ast
import doctest
from importlib import import_module
from pathlib import Path

import pytest

PART_ONE = ("data", "activations", "costs", "network", "training", "gradient_checks")
LESSON = (*PART_ONE, "layers", "autograd")
FOLDER = Path(__file__).parent.parent / "fnn_helpers"


@pytest.mark.parametrize("name", LESSON)
def test_examples_come_true(name: str) -> None:
    result = doctest.testmod(import_module(f"fnn_helpers.{name}"))
    assert result.attempted >= 2 and result.failed == 0


@pytest.mark.parametrize("name", LESSON)
def test_a_module_imports_only_earlier_ones(name: str) -> None:
    allowed = {*LESSON[: LESSON.index(name)], "refusals"}
    for node in ast.walk(ast.parse((FOLDER / f"{name}.py").read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level:
            imported = {node.module} if node.module else {alias.name for alias in node.names}
            assert imported <= allowed


def test_every_exported_name_has_an_example() -> None:
    helpers = import_module("fnn_helpers")
    without = [n for n in helpers.__all__ if ">>>" not in (getattr(helpers, n).__doc__ or "")]
    assert without == []
