"""What is solved, read from the notebooks' own stored outputs; no file is kept."""

import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from .finding import LOOKS, box, printable

TAGS = {"check", "recall"}
SAVED = "An open notebook counts as it was last saved: save it first (Ctrl S, or ⌘ S)."


@dataclass(frozen=True)
class Task:
    """One check or question of a notebook: its words, and whether its stored output is right."""

    cell: str
    words: str
    solved: bool


@dataclass(frozen=True)
class Notebook:
    """One notebook's tasks, in order; None where the file cannot be read."""

    file: str
    title: str
    tasks: tuple[Task, ...] | None

    @property
    def solved(self) -> int:
        """How many are solved."""
        return sum(task.solved for task in self.tasks or ())

    @property
    def next(self) -> Task | None:
        """The first that is not solved."""
        return next((task for task in self.tasks or () if not task.solved), None)

    @property
    def _count(self) -> str:
        return "cannot be read" if self.tasks is None else f"{self.solved} of {len(self.tasks)}"


@dataclass(frozen=True)
class Progress:
    """Solved of all, for each notebook, and what is next to do."""

    notebooks: tuple[Notebook, ...]

    @property
    def solved(self) -> int:
        """How many checks and questions are solved."""
        return sum(notebook.solved for notebook in self.notebooks)

    @property
    def total(self) -> int:
        """How many there are."""
        return sum(len(notebook.tasks or ()) for notebook in self.notebooks)

    @property
    def next(self) -> tuple[Notebook, Task] | None:
        """The notebook and the task to go on with."""
        return next(((n, n.next) for n in self.notebooks if n.next is not None), None)

    @property
    def _next(self) -> str:
        if self.next is not None:
            return f"Next: {self.next[0].title}, {self.next[1].words}"
        if any(n.tasks is None for n in self.notebooks):
            return "All that can be read is solved."
        return "All is solved."

    def __repr__(self) -> str:
        wide = max(len(n.title) for n in self.notebooks)
        lines = [f"{n.title:<{wide}}  {n._count}" for n in self.notebooks]
        lines.append(f"{'all':<{wide}}  {self.solved} of {self.total}")
        return printable("\n".join([*lines, self._next, SAVED]))

    def _repr_html_(self) -> str:
        rows = [(n.title, n._count) for n in self.notebooks]
        rows.append(("all", f"{self.solved} of {self.total}"))
        table = "".join(
            '<tr style="background:transparent">'
            f'<th scope="row" style="text-align:left;color:inherit">{escape(title)}</th>'
            f'<td style="color:inherit">{count}</td></tr>'
            for title, count in rows
        )
        return box(
            "not attempted",
            '<table style="background:transparent;color:inherit">'
            '<caption style="text-align:left;color:inherit">'
            f"solved</caption>{table}</table>{escape(self._next)}<br/>{escape(SAVED)}",
        )


def progress(folder: str | Path = ".") -> Progress:
    """Count the solved checks and questions of the notebooks in a folder.

    Parameters
    ----------
    folder : str or Path
        Where the notebooks lie; solutions in a folder beside them do not count.

    Raises
    ------
    FileNotFoundError
        If there is no such folder, or no notebook in it.
    """
    place = Path(folder)
    if not place.is_dir():
        raise FileNotFoundError(
            f"there is no folder {str(folder)!r} in {Path.cwd()}. In a notebook of the collection "
            "progress() finds its own folder."
        )
    listed = list(_contents(place))
    if not listed:
        raise FileNotFoundError(
            f"there are no notebooks such as 00_start_here.ipynb in {str(place.resolve())!r}. Name "
            'their folder, as in progress("notebooks").'
        )
    return Progress(tuple(_read(path, title) for path, title in listed))


def _contents(folder: Path) -> Iterator[tuple[Path, str]]:
    """The notebooks in the order of contents.toml with their titles; without it, by name."""
    try:
        listed = tomllib.loads((folder / "contents.toml").read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        for path in sorted(folder.glob("[0-9][0-9]_*.ipynb")):
            yield path, ""
        return
    for entry in listed.get("notebook", []):
        yield folder / entry["file"], entry.get("title", "")


def _read(path: Path, title: str) -> Notebook:
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        tasks, said = [], ""
        for number, cell in enumerate(cells):
            source = _joined(cell.get("source", ""))
            if cell["cell_type"] == "markdown":
                said = source
                title = title or _heading(source)
            elif TAGS & set(cell.get("metadata", {}).get("tags", ())):
                name = str(cell.get("id", f"cell {number}"))
                tasks.append(Task(name, _words(said, source, name), _is_solved(cell)))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Notebook(path.name, title or path.stem, None)
    return Notebook(path.name, title or path.stem, tuple(tasks))


def _joined(text: Any) -> str:
    return text if isinstance(text, str) else "".join(text)


def _heading(source: str) -> str:
    found = re.match(r"# +(.+)", source)
    return found[1].strip() if found else ""


def _words(said: str, source: str, name: str) -> str:
    """What a task is called on the page: its bold words, or the name of the question."""
    bold = re.match(r"\s*\*\*(.+?)\*\*", said)
    if bold:
        return bold[1].rstrip(".")
    asked = re.search(r'recall\(\s*"([^"]+)"', source)
    return f"question {asked[1]}" if asked else name


def _is_solved(cell: dict[str, Any]) -> bool:
    """Whether its last stored answer is a right one."""
    answers = []
    for output in cell.get("outputs", ()):
        text = _joined(output.get("data", {}).get("text/plain", "") or output.get("text", ""))
        answers += [line[0] for line in text.splitlines() if line[:1] in _MARKS]
    return bool(answers) and set(answers) == {LOOKS["correct"][0]}


_MARKS = {mark for mark, _, _ in LOOKS.values()}
