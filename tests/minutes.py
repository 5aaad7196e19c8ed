"""How long a notebook takes: python tests/minutes.py

Prose is read at 200 words a minute, a displayed formula takes half a minute, code is read at ten
lines a minute, and what it prints at 200 words a minute; a picture takes half a minute. A
prediction takes half a minute. An exercise tried cold takes six minutes where a function is to
be written, two where a question is to be answered.
"""

import re
from pathlib import Path

import contents
import nbformat

WORDS, LINES = 200, 10  # a minute
FORMULA = PICTURE = PREDICTION = 0.5
TO_WRITE, TO_ANSWER = 6, 2


def minutes(notebook: nbformat.NotebookNode) -> float:
    """The time for reading, running and solving all of it."""
    total = 0.0
    for cell in notebook.cells:
        tags = set(cell.metadata.get("tags", []))
        if cell.cell_type == "markdown":
            formulas = re.findall(r"\$\$.*?\$\$", cell.source, flags=re.DOTALL)
            prose = re.sub(r"\$\$.*?\$\$|\]\([^)]*\)", " ", cell.source, flags=re.DOTALL)
            total += len(prose.split()) / WORDS + FORMULA * len(formulas)
        elif "exercise" in tags:
            total += TO_WRITE
        elif "recall" in tags:
            total += TO_ANSWER
        elif "check" not in tags and cell.id != "set-up":
            lines = [line for line in cell.source.splitlines() if line.strip()]
            total += len(lines) / LINES
            total += PREDICTION * cell.source.startswith('predict("?")')
            for output in cell.outputs:
                data = output.get("data", {})
                picture = "image/png" in data
                text = "" if picture else output.get("text", "") or data.get("text/plain", "")
                total += PICTURE * picture + len(str(text).split()) / WORDS
    return total


def rounded(notebook: nbformat.NotebookNode) -> int:
    """To five minutes."""
    return 5 * round(minutes(notebook) / 5)


if __name__ == "__main__":
    total = 0
    for entry in contents.entries():
        path = Path(contents.NOTEBOOKS) / entry.file
        measured = minutes(nbformat.read(path, as_version=4))
        total += measured
        print(f"{entry.number}  {measured:5.1f} measured, {entry.minutes} said")
    print(f"all {total:.0f} minutes")
