"""Wherever a notebook is opened: it says what is missing, and shows nothing in red."""

import os
import subprocess
import sys

import nbformat
import pytest
import run_without_errors
from conftest import NOTEBOOKS, ROOT

BEGINNINGS = {"environment-check", "set-up", "exercise-set-up"}
MATPLOTLIBS_OWN = ("MPLCONFIGDIR", "XDG_CONFIG_HOME", "XDG_CACHE_HOME")


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: str(p.relative_to(p.parents[1])))
def test_a_python_without_the_helpers_is_told_what_to_run(path) -> None:
    """Its own Python, so that the right one of several gets them: -I and -S leave it bare."""
    beginnings = [c for c in nbformat.read(path, as_version=4).cells if c.id in BEGINNINGS]
    assert beginnings
    for cell in beginnings:
        code = cell.source + "\nimport sys; print(sys.executable)"
        run = subprocess.run(
            [sys.executable, "-I", "-S", "-X", "utf8", "-c", code],
            capture_output=True,
            text=True,
            encoding="utf-8",
        )
        wanted = f"{sys.executable} -m pip install -r requirements.txt -e ."
        assert wanted in run.stdout + run.stderr, cell.id
        assert "No module named" not in run.stderr


def test_a_home_that_cannot_be_written_to_is_no_news(tmp_path) -> None:
    (tmp_path / "file").touch()
    home = str(tmp_path / "file" / "home")  # nobody can make a folder inside a file, not even root
    env = {name: value for name, value in os.environ.items() if name not in MATPLOTLIBS_OWN}
    run = subprocess.run(
        [sys.executable, "-c", "from fnn_helpers import explore, feedback, plots"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=env | {"HOME": home, "USERPROFILE": home},
    )
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")


def test_what_cannot_be_shown_is_found_though_no_cell_fails(tmp_path, capsys) -> None:
    cells = [
        "class Shy:\n    def _ipython_display_(self):\n        raise AttributeError('no picture')",
        "Shy()",
        "'this is reached'",
    ]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(c) for c in cells])
    notebook.cells[1].id = "shown"
    nbformat.write(notebook, tmp_path / "shy.ipynb")
    assert run_without_errors.main([str(tmp_path / "shy.ipynb")]) == 1
    assert "shy.ipynb, shown: AttributeError: no picture" in capsys.readouterr().out
