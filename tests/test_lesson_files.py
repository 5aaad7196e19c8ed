"""The six files of the lesson: one evening's reading, each built on the ones before it."""

import ast

import pytest
from conftest import ROOT

LESSON = ["data", "activations", "costs", "network", "training", "gradient_checks"]


def source(module: str) -> str:
    return (ROOT / "fnn_helpers" / f"{module}.py").read_text(encoding="utf-8")


@pytest.mark.parametrize("module", LESSON)
def test_a_lesson_file_imports_only_earlier_ones(module) -> None:
    imported = {
        node.module
        for node in ast.walk(ast.parse(source(module)))
        if isinstance(node, ast.ImportFrom) and node.level
    }
    assert imported <= {"refusals", *LESSON[: LESSON.index(module)]}


def test_refusals_import_no_lesson() -> None:
    tree = ast.parse(source("refusals"))
    assert not [n for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) and n.level]


@pytest.mark.parametrize("module", LESSON)
def test_a_lesson_file_words_no_refusal(module) -> None:
    assert not [n for n in ast.walk(ast.parse(source(module))) if isinstance(n, ast.Raise)]
