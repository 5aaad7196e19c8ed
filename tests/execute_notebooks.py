"""Execute notebooks in place, each in a fresh kernel; the same bytes come out every time."""

import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient

METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


WIDGET = "application/vnd.jupyter.widget-view+json"


def drop_widgets(notebook: nbformat.NotebookNode) -> None:
    """Keep the still of an explorable and not its view: a view without its kernel is an error.

    What holds a view and no still was a progress bar, and goes altogether.
    """
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = [o for o in cell.outputs if not _is_bar(o.get("data", {}))]
            for output in cell.outputs:
                output.get("data", {}).pop(WIDGET, None)


def _is_bar(data: dict) -> bool:
    return WIDGET in data and "image/png" not in data


def execute(path: Path) -> None:
    """Run all cells and write the notebook back, without timings and machine-specific metadata.

    Raises
    ------
    nbclient.exceptions.CellExecutionError
        If a cell fails; the file is then as it was.
    """
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(
        notebook,
        timeout=120,
        kernel_name="python3",
        coalesce_streams=True,
        record_timing=False,
        resources={"metadata": {"path": str(path.parent)}},
    ).execute()
    drop_widgets(notebook)
    notebook.metadata = METADATA
    for cell in notebook.cells:
        cell.metadata = {"tags": cell.metadata.tags} if cell.metadata.get("tags") else {}
    nbformat.validate(notebook)
    nbformat.write(notebook, path)


if __name__ == "__main__":
    for name in sys.argv[1:]:
        print(name, flush=True)
        execute(Path(name))
