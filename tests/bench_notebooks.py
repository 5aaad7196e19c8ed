"""Time and memory of each notebook's kernel: python tests/bench_notebooks.py notebooks/*.ipynb"""

import sys
import time
from pathlib import Path

import nbformat
from nbclient import NotebookClient

SECONDS, MEGABYTES = 15, 450
PEAK = """
import resource, sys
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(peak / (1 << 20 if sys.platform == "darwin" else 1 << 10))
"""


def measure(path: Path) -> tuple[float, float]:
    """Seconds from kernel start to last cell, and the kernel's peak memory in MB."""
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.append(nbformat.v4.new_code_cell(PEAK))
    begin = time.perf_counter()
    NotebookClient(
        notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": path.parent}}
    ).execute()
    seconds = time.perf_counter() - begin
    return seconds, float(notebook.cells[-1].outputs[0].text)


if __name__ == "__main__":
    print(f"{'notebook':36s}{'s':>7s}{'MB':>7s}   wanted: under {SECONDS} s and {MEGABYTES} MB")
    for name in sys.argv[1:]:
        seconds, megabytes = measure(Path(name))
        kept = seconds < SECONDS and megabytes < MEGABYTES
        print(f"{Path(name).stem:36s}{seconds:7.1f}{megabytes:7.0f}   {'' if kept else 'MISSED'}")
