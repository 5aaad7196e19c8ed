"""Progress is read from what notebooks store; a prediction is one line."""

import json
import re
import shutil
from pathlib import Path

import pytest
import torch

from fnn_helpers.feedback import predict, progress

LESSONS = Path(__file__).parents[2] / "notebooks"


def markdown(source: str) -> dict:
    return {"cell_type": "markdown", "metadata": {}, "source": [source]}


def cell(id_: str, tag: str | None, *texts: str | list, kind: str = "execute_result") -> dict:
    def output(text):
        if kind == "stream":
            return {"output_type": "stream", "name": "stdout", "text": text}
        return {"output_type": kind, "data": {"text/plain": text}, "metadata": {}}

    return {"cell_type": "code", "id": id_, "metadata": {"tags": [tag] if tag else []},
            "source": f'recall("{id_}")', "outputs": [output(t) for t in texts]}  # fmt: skip


def write(folder: Path, name: str, *cells: dict) -> None:
    (folder / name).write_text(json.dumps({"cells": cells, "nbformat": 4}), encoding="utf-8")


def test_the_lessons_are_unsolved_and_the_solutions_solved() -> None:
    lessons, solutions = progress(LESSONS), progress(str(LESSONS / "solutions"))
    tagged = sum(
        bool({"check", "recall"} & set(c["metadata"].get("tags", [])))
        for path in LESSONS.glob("0*.ipynb")
        for c in json.loads(path.read_text(encoding="utf-8"))["cells"]
    )
    assert (lessons.solved, lessons.total) == (0, tagged)
    assert solutions.solved == solutions.total > 20 and solutions.next is None
    assert "All is solved." in repr(solutions)


def test_only_a_right_answer_counts(tmp_path) -> None:
    write(
        tmp_path,
        "04_loss.ipynb",
        markdown("# 04 The loss\n\nwords"),
        markdown("**1. Predict.** What does it cost?"),
        cell("one", "recall", "✓ correct: yes."),
        markdown("**2. Write it**, without looking up."),
        cell("wrong", "check", "✗ wrong at cost: no.\n  hint 1: look"),
        cell("raised", "check", ["! raised: a name", " is missing"]),
        cell("stub", "check", "… not attempted yet."),
        cell("open", "recall", "Which one?\n  a) this\n  b) that"),
        cell("not-run", "check"),
        cell("in-a-list", "check", ["✓ corr", "ect: right."]),
        cell("printed", "check", "✓ correct: right.\n", kind="stream"),
        cell("both", "check", "✓ correct: right.", "✗ wrong: no."),
        cell("practice", None, "✓ correct\nWhat is it?"),
        cell("stub-itself", "exercise", "✓ correct: a learner's own print"),
    )
    found = progress(tmp_path)
    (notebook,) = found.notebooks
    assert [t.cell for t in notebook.tasks if t.solved] == ["one", "in-a-list", "printed"]
    assert (found.solved, found.total) == (3, 9)
    assert notebook.title == "04 The loss" and notebook.next.cell == "wrong"
    assert "Next: 04 The loss, 2. Write it\n" in repr(found)
    assert re.search(r"^04 The loss +3 of 9$", repr(found), flags=re.M)
    assert re.search(r"^all +3 of 9$", repr(found), flags=re.M)


def test_it_says_that_only_what_was_saved_counts() -> None:
    last = repr(progress(LESSONS)).splitlines()[-1]
    assert "saved" in last and last.count(".") == 1 and last in progress(LESSONS)._repr_html_()


def test_broken_files_are_said_and_do_not_stop_it(tmp_path) -> None:
    (tmp_path / "00_broken.ipynb").write_text('{"cells": [', encoding="utf-8")
    (tmp_path / "01_bytes.ipynb").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "02_other.ipynb").write_text("[1, 2]", encoding="utf-8")
    (tmp_path / "03_empty.ipynb").write_text("", encoding="utf-8")
    (tmp_path / "04_cells.ipynb").write_text('{"cells": [3, {"a": 1}]}', encoding="utf-8")
    (tmp_path / "05_folder.ipynb").mkdir()
    write(tmp_path, "06_right.ipynb", cell("one", "check", "✓ correct: right."))
    found = progress(tmp_path)
    assert repr(found).count("cannot be read") == 6 and (found.solved, found.total) == (1, 1)
    assert "All that can be read is solved." in repr(found)
    assert found.notebooks[-1].title == "06_right"


def test_solutions_beside_the_lessons_do_not_count(tmp_path) -> None:
    write(tmp_path, "01_a.ipynb", cell("one", "check"))
    (tmp_path / "solutions").mkdir()
    write(tmp_path / "solutions", "01_a.ipynb", cell("one", "check", "✓ correct: right."))
    assert (progress(tmp_path).solved, progress(tmp_path).total) == (0, 1)


def test_the_list_of_contents_gives_order_and_titles(tmp_path) -> None:
    write(tmp_path, "01_a.ipynb", markdown("# One"), cell("one", "check"))
    write(tmp_path, "02_b.ipynb", markdown("# Two"), cell("two", "check"))
    write(tmp_path, "03_c.ipynb", cell("three", "check"))
    assert [n.title for n in progress(tmp_path).notebooks] == ["One", "Two", "03_c"]
    listed = '[[notebook]]\nfile = "02_b.ipynb"\ntitle = "B"\n[[notebook]]\nfile = "01_a.ipynb"\n'
    (tmp_path / "contents.toml").write_text(listed, encoding="utf-8")
    assert [n.title for n in progress(tmp_path).notebooks] == ["B", "One"]
    (tmp_path / "contents.toml").write_text("[[", encoding="utf-8")
    assert len(progress(tmp_path).notebooks) == 3


def test_the_page_is_a_table_with_row_headers(tmp_path) -> None:
    write(tmp_path, "01_a.ipynb", markdown("# A < B"), cell("one", "recall"))
    page = progress(tmp_path)._repr_html_()
    assert '<th scope="row"' in page and "A &lt; B" in page and "0 of 1" in page
    assert "question one" in page


def test_a_folder_without_notebooks_is_refused(tmp_path, monkeypatch) -> None:
    with pytest.raises(FileNotFoundError, match="there is no folder 'nowhere'"):
        progress("nowhere")
    with pytest.raises(FileNotFoundError, match=r'no notebooks such as .*progress\("notebooks"\)'):
        progress(tmp_path)
    shutil.copy(LESSONS / "00_start_here.ipynb", tmp_path)
    monkeypatch.chdir(tmp_path)
    assert progress().total == 3


@pytest.mark.parametrize(
    ("guess", "line"),
    [
        ("?", "?"), ("", "?"), (0.25, "0.25"), ("it\nfalls,  then\trises", "it falls, then rises"),
        (None, "None"), (torch.tensor([[1.0], [2.0]]), "tensor([[1.], [2.]])"),
        ("x" * 300, "x" * 300),
    ],
)  # fmt: skip
def test_a_prediction_is_one_line(guess, line, capsys) -> None:
    assert predict(guess) is None
    assert capsys.readouterr().out == f"your prediction: {line}\n"
