"""The grader runs a notebook in a fresh Python; its JSON is whole whatever the notebook does."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from fnn_helpers.feedback import __main__ as command
from fnn_helpers.feedback.grade import grade

ROOT = Path(__file__).parents[2]
START = "from fnn_helpers.feedback import check_sigmoid_slope, check_step, recall"
CELLS = [
    ("imports", None, START),
    ("chatter", None, 'print(\'{"cells": 1}\'); import os; os.write(1, b"noise"); print("ŷ")'),
    ("right", "exercise", "def slope(a):\n    print(a)\n    return a * (1 - a)"),
    ("right-check", "check", "check_sigmoid_slope(slope)"),
    ("wrong", "exercise", "def step(w, dC_dw, rate):\n    return w + rate * dC_dw"),
    ("wrong-check", "check", "check_step(step)"),
    ("syntax", "exercise", "def broken(:\n    pass"),
    ("raising-check", "check", "check_step(broken)"),
    ("stub", "exercise", 'def todo(a):\n    raise NotImplementedError("Write it.")'),
    ("stub-check", "check", "check_sigmoid_slope(todo)"),
    ("quiet-check", "check", "check_sigmoid_slope(slope);"),
    ("two-checks", "check", "check_sigmoid_slope(slope)\ncheck_step(step)"),
    ("right-then-raising", "check", "check_sigmoid_slope(slope)\nmissing"),
    ("open", "recall", 'recall("05-one", mine=None)'),
    ("answered", "recall", 'recall("05-one", mine="A")'),
    ("leaves", None, "import sys\nsys.exit(3)"),
    ("last", "recall", 'recall("02-predict-slope", mine=0.2055)'),
]  # fmt: skip


def write(path: Path, cells) -> Path:
    listed = [{"cell_type": "markdown", "id": "words", "metadata": {}, "source": "# A\n"}]
    listed += [
        {"cell_type": "code", "id": id_, "metadata": {"tags": [tag] if tag else []},
         "source": source.splitlines(keepends=True), "outputs": [], "execution_count": None}
        for id_, tag, source in cells
    ]  # fmt: skip
    path.write_text(json.dumps({"cells": listed, "metadata": {}, "nbformat": 4}), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def report(tmp_path_factory) -> dict:
    path = write(tmp_path_factory.mktemp("graded") / "mine.ipynb", CELLS)
    ran = subprocess.run(
        [sys.executable, "-m", "fnn_helpers.feedback", "grade", path],
        cwd=ROOT, capture_output=True, encoding="utf-8", check=False,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
    )  # fmt: skip
    assert (ran.returncode, ran.stderr) == (0, "")
    return json.loads(ran.stdout)


def test_every_check_and_question_is_reported_in_order(report) -> None:
    assert report["notebook"] == "mine.ipynb"
    assert [row["cell"] for row in report["cells"]] == [id_ for id_, tag, _ in CELLS
                                                        if tag in ("check", "recall")]  # fmt: skip
    assert {row["tag"] for row in report["cells"]} == {"check", "recall"}


def test_right_wrong_open_and_raising(report) -> None:
    found = {row["cell"]: row for row in report["cells"]}
    statuses = {cell: [c["status"] for c in row["checks"]] for cell, row in found.items()}
    assert statuses == {
        "right-check": ["correct"], "wrong-check": ["wrong"], "raising-check": [],
        "stub-check": ["not attempted"], "quiet-check": ["correct"],
        "two-checks": ["correct", "wrong"], "right-then-raising": ["correct"],
        "open": ["not attempted"], "answered": ["correct"], "last": ["wrong"],
    }  # fmt: skip
    assert found["wrong-check"]["checks"][0]["mistake"] == "uphill"
    assert found["wrong-check"]["checks"][0]["check"] == "check_step"
    assert found["last"]["checks"][0]["mistake"] == "slope-of-activation"
    assert found["raising-check"]["error"].startswith("NameError: ")
    assert [c for c, row in found.items() if row["solved"]] == [
        "right-check", "quiet-check", "answered",
    ]  # fmt: skip
    assert (report["solved"], report["total"]) == (3, 10)


def test_other_cells_that_raise_are_reported(report) -> None:
    assert [e["cell"] for e in report["errors"]] == ["syntax", "leaves"]
    assert report["errors"][0]["error"].startswith("SyntaxError: ")


def test_a_cell_without_end_is_stopped_and_the_rest_not_reached(tmp_path) -> None:
    path = write(tmp_path / "endless.ipynb", [
        CELLS[0], CELLS[2], CELLS[3],
        ("loop", None, "import time\nwhile True: time.sleep(0.1)"),
        ("after", "check", "check_sigmoid_slope(slope)"),
    ])  # fmt: skip
    found = grade(path, timeout=20 if "CI" in os.environ else 5)
    assert [row["solved"] for row in found["cells"]] == [True, False]
    assert found["errors"][0]["error"].startswith("stopped after")
    assert found["cells"][1]["error"].startswith("not reached")


def test_a_python_that_ends_is_told_from_one_that_is_slow(tmp_path) -> None:
    path = write(tmp_path / "ended.ipynb", [
        ("end", None, "import os\nos._exit(0)"), ("after", "check", "1"),
    ])  # fmt: skip
    found = grade(path)
    assert found["errors"] == [{"cell": "end", "error": "Python ended in this cell"}]
    assert found["cells"][0]["error"].startswith("not reached")


def test_the_report_can_go_to_a_file(tmp_path, capsys) -> None:
    path = write(tmp_path / "one.ipynb", [
        ("one", "recall", 'from fnn_helpers.feedback import recall\nrecall("05-one", mine="b")'),
    ])  # fmt: skip
    out = tmp_path / "report.json"
    assert command.main(["grade", str(path), "--json", str(out), "--timeout", "60"]) == 0
    assert capsys.readouterr().out == "0 of 1 solved\n"
    assert json.loads(out.read_text(encoding="utf-8"))["cells"][0]["checks"][0]["status"] == "wrong"


@pytest.mark.parametrize("text", ["", "{", "[]", '{"cells": [{"cell_type": "code"}]}', None])
def test_what_is_no_notebook_is_refused(text, tmp_path, capsys) -> None:
    path = tmp_path / "broken.ipynb"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    assert command.main(["grade", str(path)]) == 1
    assert "broken.ipynb" in capsys.readouterr().err
