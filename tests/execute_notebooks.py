"""Execute notebooks in place, each in a fresh kernel; the same bytes come out every time."""

import base64
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient

METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


NOTEBOOKS = Path(__file__).parent.parent / "notebooks"
README_PICTURE = NOTEBOOKS / "figures" / "trained_network.png"
README_SOURCE = (NOTEBOOKS / "00_start_here.ipynb", "finished-boundary")
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
        tags = cell.metadata.get("tags", [])
        cell.metadata = {"tags": tags} if tags else {}
        if "hide-output" in tags:  # the answer to a prediction
            cell.metadata["jupyter"] = {"outputs_hidden": True}
    nbformat.validate(notebook)
    nbformat.write(notebook, path)


def picture(path: Path, cell_id: str) -> bytes:
    """The PNG stored in a cell's output."""
    cells = nbformat.read(path, as_version=4).cells
    outputs = next(cell for cell in cells if cell.id == cell_id).outputs
    encoded = next(o.data["image/png"] for o in outputs if "image/png" in o.get("data", {}))
    return base64.b64decode(encoded)


if __name__ == "__main__":
    for name in sys.argv[1:]:
        print(name, flush=True)
        execute(Path(name))
    README_PICTURE.write_bytes(picture(*README_SOURCE))
