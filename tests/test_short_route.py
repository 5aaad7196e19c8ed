"""The short route on the start page: its sections exist, and take about two hours."""

import re

import nbformat
import pytest
from conftest import ROOT
from minutes import TO_WRITE, minutes

FOLDER = ROOT / "notebooks"
ROUTE = re.compile(r"^\| \[\d\d\]\((\w+\.ipynb)\) \| (.*) \|$", flags=re.MULTILINE)


def route() -> dict[str, list[str]]:
    """Notebook → the headings of the sections to read, as the start page lists them."""
    start = nbformat.read(FOLDER / "00_start_here.ipynb", as_version=4)
    (table,) = (cell.source for cell in start.cells if cell.id == "short-route")
    return {file: re.findall(r"\*([^*]+)\*", sections) for file, sections in ROUTE.findall(table)}


def sections(notebook: nbformat.NotebookNode) -> dict[str, list[nbformat.NotebookNode]]:
    """Heading → the cells from there to the next one."""
    found: dict[str, list[nbformat.NotebookNode]] = {}
    name = "before the first"
    for cell in notebook.cells:
        heading = re.search(r"^## (.+)$", cell.source, flags=re.MULTILINE)
        if cell.cell_type == "markdown" and heading:
            name = heading[1]
        found.setdefault(name, []).append(cell)
    return found


@pytest.mark.parametrize("file", route())
def test_every_section_of_the_route_exists(file) -> None:
    headings = sections(nbformat.read(FOLDER / file, as_version=4))
    assert [name for name in route()[file] if name not in headings] == []


def test_the_route_goes_forward_from_the_data() -> None:
    assert list(route()) == sorted(route()) and min(route()).startswith("01")
    assert all(route().values())


def test_it_takes_about_two_hours() -> None:
    total = TO_WRITE * len(route())  # the first function of each, too
    for file, names in route().items():
        parts = sections(nbformat.read(FOLDER / file, as_version=4))
        cells = [cell for name in names for cell in parts.get(name, [])]
        total += minutes(nbformat.v4.new_notebook(cells=cells))
    assert 100 <= total <= 140, f"{total:.0f} minutes"
