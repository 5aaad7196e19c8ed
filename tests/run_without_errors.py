"""Run notebooks as they are and say which cells show an error: python tests/run_without_errors.py

A run that ends well proves too little: what a front end asks an object for after its cell has run
(its picture, its widget) can fail without stopping anything, and only the output tells. Nothing is
written. Names may be given; without any, all notebooks are run.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import nbformat
from nbclient import NotebookClient

NOTEBOOKS = Path(__file__).parent.parent / "notebooks"


def errors(path: Path) -> Iterator[str]:
    """A line for each output of type `error`, of the cell it stands in."""
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(
        notebook,
        timeout=300,
        kernel_name="python3",
        allow_errors=True,
        resources={"metadata": {"path": str(path.parent)}},
    ).execute()
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                yield f"{path.name}, {cell.id}: {output.ename}: {output.evalue}"


def main(names: list[str]) -> int:
    """How many outputs of type `error` there are."""
    found = 0
    for path in map(Path, names) if names else sorted(NOTEBOOKS.rglob("[0-9]*.ipynb")):
        print(path.name, flush=True)
        for line in errors(path):
            found += 1
            print(f"  {line}", flush=True)
    print(f"{found} errors shown")
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]) > 0)
