"""Write notebooks/contents.toml into what shows it: python tests/contents.py

That is three places of each notebook (where you are, how long it takes, what comes next), the
start page's map and the README's table. A file that says so already keeps its bytes.
"""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

import nbformat

ROOT = Path(__file__).parent.parent
NOTEBOOKS = ROOT / "notebooks"


@dataclass(frozen=True)
class Entry:
    """A notebook, as contents.toml describes it."""

    file: str
    short: str
    title: str
    question: str
    minutes: int

    @property
    def number(self) -> str:
        return self.file[:2]


def entries(folder: Path = NOTEBOOKS) -> list[Entry]:
    """The notebooks of a folder, in reading order."""
    listed = tomllib.loads((folder / "contents.toml").read_text(encoding="utf-8"))
    return [Entry(**notebook) for notebook in listed["notebook"]]


def here(current: Entry, listed: list[Entry]) -> str:
    """The line that leads from a notebook to all others."""
    names = [
        f"**▸ {e.number} {e.short}**" if e == current else f"*[{e.number} {e.short}]({e.file})*"
        for e in listed
    ]
    return f"*You are here:* {' · '.join(names)}"


def time(current: Entry) -> str:
    """How long a notebook takes, as it says itself."""
    return f"**Time:** {current.minutes} minutes"


def what_comes_next(current: Entry, listed: list[Entry]) -> str:
    """A notebook's last line."""
    if current == listed[-1]:
        return (
            f"**You have arrived.** Back to the *[start page]({listed[0].file})*, "
            "where the finished network should hold no secret now."
        )
    after = listed[listed.index(current) + 1]
    return f"**Next:** *[{after.number} {after.title}]({after.file})*. {after.question}"


TABLE = r"^\| \| notebook .*\n(\|.*\n)+"


def table(listed: list[Entry], folder: str = "") -> str:
    """The notebooks as a table, a line for each; `folder` leads to them."""
    lines = ["| | notebook | its question | minutes |", "|---|---|---|---|"]
    lines += [
        f"| {e.number} | [{e.title}]({folder}{e.file}) | {e.question} | {e.minutes} |"
        for e in listed
    ]
    return "\n".join(lines) + "\n"


def write(folder: Path = NOTEBOOKS, readme: Path = ROOT / "README.md") -> list[str]:
    """Bring the notebooks and the README up to date; the names of those that were not."""
    listed, written = entries(folder), []
    for entry in listed:
        notebook = nbformat.read(folder / entry.file, as_version=4)
        cells = {cell.id: cell for cell in notebook.cells}
        title = _replace(r"^\*You are here:\*.*$", here(entry, listed), cells["title"].source)
        lines = {
            "title": _replace(r"\*\*Time:\*\* \d+ minutes", time(entry), title),
            "next": what_comes_next(entry, listed),
        }
        if entry == listed[0]:
            lines["map"] = _replace(TABLE, table(listed[1:]), cells["map"].source)
        if any(cells[name].source != text for name, text in lines.items()):
            for name, text in lines.items():
                cells[name].source = text
            nbformat.write(notebook, folder / entry.file)
            written.append(entry.file)
    text = readme.read_text(encoding="utf-8")
    if text != (new := _replace(TABLE, table(listed, "notebooks/"), text)):
        readme.write_text(new, encoding="utf-8", newline="\n")
        written.append(readme.name)
    return written


def _replace(pattern: str, new: str, text: str) -> str:
    text, found = re.subn(pattern, lambda _: new, text, flags=re.MULTILINE)
    if found != 1:
        raise ValueError(f"{found} places match {pattern!r}, not 1, in: {text[:40]}…")
    return text


if __name__ == "__main__":
    for name in write():
        print(f"{name}: contents brought up to date")
