"""The one list of notebooks: what shows it agrees with it; a new notebook needs only an entry."""

import re
import shutil

import contents
import minutes
import nbformat
import pytest
from conftest import LESSONS, NOTEBOOKS, ROOT

LISTED = contents.entries()
START = LISTED[0].file


@pytest.fixture
def collection(tmp_path):
    """A collection of the first two notebooks, with a README."""
    folder = tmp_path / "notebooks"
    folder.mkdir()
    text = (ROOT / "notebooks" / "contents.toml").read_text(encoding="utf-8")
    two = text.split("[[notebook]]")[:3]
    (folder / "contents.toml").write_text("[[notebook]]".join(two), encoding="utf-8")
    for entry in LISTED[:2]:
        shutil.copy(ROOT / "notebooks" / entry.file, folder)
    shutil.copy(ROOT / "README.md", tmp_path)
    contents.write(folder, tmp_path / "README.md")
    return folder


def test_what_shows_the_list_says_what_it_says(tmp_path) -> None:
    """Nothing is left for `make notebooks` to bring up to date."""
    folder, readme = tmp_path / "notebooks", tmp_path / "README.md"
    shutil.copytree(ROOT / "notebooks", folder)
    shutil.copy(ROOT / "README.md", readme)
    assert contents.write(folder, readme) == []
    assert all(p.read_bytes() == (folder / p.name).read_bytes() for p in LESSONS)


def test_the_list_and_the_folder_hold_the_same_notebooks_in_one_order() -> None:
    assert [e.file for e in LISTED] == sorted(
        p.name for p in (ROOT / "notebooks").glob("[0-9]*.ipynb")
    )
    assert all(re.fullmatch(r"\d\d_\w+\.ipynb", e.file) for e in LISTED)


def test_every_lesson_but_the_start_page_has_solutions() -> None:
    solutions = {path.name for path in NOTEBOOKS if path.parent.name == "solutions"}
    assert solutions == {e.file for e in LISTED[1:]}


@pytest.mark.parametrize("entry", LISTED, ids=lambda e: e.number)
def test_a_notebook_says_of_itself_what_the_list_says(entry) -> None:
    title = nbformat.read(ROOT / "notebooks" / entry.file, as_version=4).cells[0].source
    assert f"**Time:** {entry.minutes} minutes" in title
    if entry.file == START:
        assert title.startswith(f"# {entry.title}:")
        return
    assert title.startswith(f"# {entry.number} {entry.title}\n")
    assert f"**Question:** {entry.question[0].lower()}{entry.question[1:]}\n" in title


@pytest.mark.parametrize("entry", LISTED, ids=lambda e: e.number)
def test_the_minutes_are_those_measured(entry) -> None:
    notebook = nbformat.read(ROOT / "notebooks" / entry.file, as_version=4)
    assert abs(entry.minutes - minutes.minutes(notebook)) <= 5
    if entry.minutes > 60:
        assert any("**A good place to stop" in cell.source for cell in notebook.cells)


@pytest.mark.parametrize("name", ["Makefile", "README.md", "binder/postBuild"])
def test_what_opens_the_start_page_opens_the_first_of_the_list(name) -> None:
    opened = re.findall(r"notebooks/(\w+\.ipynb)", (ROOT / name).read_text(encoding="utf-8"))
    assert opened[0] == START


def test_a_new_notebook_needs_an_entry_and_no_other_edit(collection) -> None:
    readme = collection.parent / "README.md"
    new = nbformat.read(collection / LISTED[1].file, as_version=4)
    new.cells[0].source = "# 09 More\n\n*You are here:*\n\n**Time:** 15 minutes."
    nbformat.write(new, collection / "09_more.ipynb")
    with (collection / "contents.toml").open("a", encoding="utf-8") as listed:
        listed.write(
            '\n[[notebook]]\nfile = "09_more.ipynb"\nshort = "More"\ntitle = "More of it"\n'
            'question = "What else?"\nminutes = 15\n'
        )

    first, second = (entry.file for entry in LISTED[:2])
    assert contents.write(collection, readme) == [first, second, "09_more.ipynb", "README.md"]

    def cell(name: str, at: int) -> str:
        return nbformat.read(collection / name, as_version=4).cells[at].source

    assert "*[09 More](09_more.ipynb)*" in cell(first, 0)
    assert cell(second, -1) == "**Next:** *[09 More of it](09_more.ipynb)*. What else?"
    assert f"*[00 Start here]({first})* · " in cell("09_more.ipynb", 0)
    assert "**▸ 09 More**" in cell("09_more.ipynb", 0)
    assert cell("09_more.ipynb", -1).startswith("**You have arrived.**")
    row = "| 09 | [More of it]({}09_more.ipynb) | What else? | 15 |"
    assert row.format("notebooks/") in readme.read_text(encoding="utf-8").splitlines()
    start = nbformat.read(collection / first, as_version=4).cells
    assert any(c.id == "map" and row.format("") in c.source.splitlines() for c in start)
    assert contents.write(collection, readme) == []


def test_a_notebook_without_the_line_is_named_by_its_beginning(collection) -> None:
    broken = nbformat.read(collection / START, as_version=4)
    broken.cells[0].source = "# Start again"
    nbformat.write(broken, collection / START)
    with pytest.raises(ValueError, match="0 places match.*Start again"):
        contents.write(collection, collection.parent / "README.md")
