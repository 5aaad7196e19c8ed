"""The glossary: every link leads to a cell that speaks of it, and no symbol is missing."""

import re
from functools import cache

import nbformat
import pytest
from conftest import LESSONS, ROOT

from fnn_helpers import Forward, Gradients

FOLDER = ROOT / "notebooks"
GLOSSARY = {c.id: c.source for c in nbformat.read(FOLDER / "glossary.ipynb", as_version=4).cells}
LINK = re.compile(r"\[([^]]+)\]\(([\w.]+)#cell-id=([\w-]+)\)")
Row = tuple[str, ...]


def rows(table: str) -> list[Row]:
    """The cells of each row of a Markdown table below its heading."""
    lines = [line.strip("|").split("|") for line in table.splitlines() if line.startswith("|")]
    return [tuple(cell.strip() for cell in line) for line in lines[2:]]


TERMS = rows(GLOSSARY["terms"])
SYMBOLS = rows(GLOSSARY["symbols"])


@cache
def sources(file: str) -> dict[str, str]:
    return {c.id: c.source for c in nbformat.read(FOLDER / file, as_version=4).cells}


def stale(name: str, link: str, pattern: str) -> str:
    """What is wrong with a link to the cell that explains something; empty if nothing is."""
    found = LINK.fullmatch(link)
    if found is None:
        return f"{name}: {link} is no link to a cell"
    _, file, cell = found.groups()
    if not (FOLDER / file).exists():
        return f"{name}: there is no {file}"
    if cell not in sources(file):
        return f"{name}: {file} has no cell {cell}"
    if not re.search(pattern, re.sub(r"\]\([^)]*\)", "]", sources(file)[cell])):
        return f"{name}: {cell} of {file} does not speak of it"
    return ""


def of_term(term: str) -> str:
    return rf"(?i)\b{re.escape(term)}"


def of_symbol(symbol: str, code: str) -> str:
    """As a word of code, or in a formula; of a gradient, whatever its formula is."""
    said = [re.escape(symbol)] + [rf"(?<!\w){code}(?!\w)"] * code.isidentifier()
    if gradient := re.fullmatch(r"dC_d(\w)([12])", code):
        letter, number = gradient.groups()
        said += [rf"(?i:(\\partial ?|∂){letter}_?[{number}{'₁₂'[int(number) - 1]}])"]
    return "|".join(said)


def none(found: list[str]) -> None:
    found = [*filter(None, found)]
    assert not found, "\n".join(["", *found])


def test_every_term_is_spoken_of_where_its_link_leads() -> None:
    none([stale(LINK.match(link)[1], link, of_term(LINK.match(link)[1])) for link, _ in TERMS])


def test_every_symbol_is_spoken_of_where_its_link_leads() -> None:
    plain = [(symbol.strip("$"), code.strip("`"), link) for symbol, code, _, link in SYMBOLS]
    none([stale(code, link, of_symbol(symbol, code)) for symbol, code, link in plain])


def test_terms_stand_in_alphabetical_order_and_once() -> None:
    terms = [LINK.match(link)[1].lower() for link, _ in TERMS]
    assert terms == sorted(set(terms))


def test_no_symbol_of_the_network_or_of_the_start_page_is_missing() -> None:
    here = {code.strip("`") for _, code, _, _ in SYMBOLS}
    table = rows(sources(LESSONS[0].name)["notation"])
    shown = {name for row in table for name in re.findall(r"`(\w+)`", row[1])}
    biases = {"b1", "b2", "dC_db1", "dC_db2"}
    wanted = {"X", "y", "w1", "w2", "cost", *biases, *Forward._fields, *Gradients._fields, *shown}
    assert wanted - here == set()


@pytest.mark.parametrize(
    ("name", "link", "says"),
    [
        ("unit", "[unit](01_loading_data.ipynb)", "no link to a cell"),
        ("unit", "[unit](10_loading_data.ipynb#cell-id=unit)", "no 10_loading_data"),
        ("unit", "[unit](01_loading_data.ipynb#cell-id=nowhere)", "no cell nowhere"),
        ("gerbil", "[gerbil](01_loading_data.ipynb#cell-id=title)", "does not speak"),
    ],
)
def test_a_stale_link_is_noticed(name, link, says) -> None:
    assert says in stale(name, link, of_term(name))
