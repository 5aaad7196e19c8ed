"""A prediction's answer is folded, its preview holds only the guess, and running the cell opens it.

JupyterLab shows the first line of a folded output beside the dots.
"""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import Locator

from fnn_helpers.feedback import predict

from .conftest import NAMES, ROOT, none
from .lab import Opened

GUESS = "your prediction: ?"


def folded(notebook: nbformat.NotebookNode) -> list[str]:
    """The cells whose output is stored folded, by their tag."""
    return [c.id for c in notebook.cells if "hide-output" in c.metadata.get("tags", [])]


WITH_PREDICTIONS = [
    name for name in NAMES if folded(nbformat.read(ROOT / "notebooks" / name, as_version=4))
]


def given_away(opened: Opened) -> list[str]:
    """Predictions of which one sees more than the guess before the cell is run."""
    found = []
    for name in folded(opened.notebook):
        cell = opened.cell(name)
        cell.scroll_into_view_if_needed()
        seen = outputs(cell).all_inner_texts()
        if seen != [GUESS]:
            found.append(f"{name}: {seen}")
    return found


def not_opened(opened: Opened) -> list[str]:
    """Predictions of which the answer is not seen after the cell has run."""
    found = []
    for name in folded(opened.notebook):
        seen = "\n".join(outputs(opened.cell(name)).all_inner_texts())
        guess, _, answer = seen.partition("\n")
        if guess != GUESS or not answer.strip():
            found.append(f"{name}: {seen!r}")
    return found


def outputs(cell: Locator) -> Locator:
    """What one sees below a cell's code: its outputs, or what stands for them where folded."""
    return cell.locator(".jp-OutputArea-output:visible, .jp-OutputPlaceholder:visible")


@pytest.mark.parametrize("name", WITH_PREDICTIONS)
def test_answers_wait_until_the_cell_is_run(
    name: str, open_notebook: Callable[[str], Opened], subtests
) -> None:
    with closing(open_notebook(name)) as opened:
        with subtests.test("nothing but the guess is seen before"):
            none(given_away(opened))
        opened.run_all()
        with subtests.test("the answer is seen after"):
            none(not_opened(opened))


def test_what_gives_an_answer_away_is_found(
    folder: Path, open_notebook: Callable[[str], Opened], capsys
) -> None:
    predict("?")
    guess = capsys.readouterr().out
    stored = {"good": guess + "42", "leaks": "42\n" + guess, "open": guess + "42", "same": guess}
    cells = []
    for name, text in stored.items():
        source = f"print({text.strip()!r})"
        output = nbformat.v4.new_output("stream", text=text)
        cell = nbformat.v4.new_code_cell(source, id=name, outputs=[output])
        cell.metadata["tags"] = ["hide-output"]
        cell.metadata["jupyter"] = {"outputs_hidden": name != "open"}
        cells.append(cell)
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=kernel), folder / "guess.ipynb")
    with closing(open_notebook("guess.ipynb")) as opened:
        assert [line.partition(":")[0] for line in given_away(opened)] == ["leaks", "open"]
        opened.run_all()
        assert [line.partition(":")[0] for line in not_opened(opened)] == ["leaks", "same"]
