"""What nbval lets through and a reader would notice: rules that a notebook must keep.

nbval passes a cleared notebook and never looks at pictures. Each rule here is a function from a
notebook to the sentences that say what is wrong with it; no sentence means no finding.
"""

import base64
import io
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from nbformat import NotebookNode
from PIL import Image

TAGS = {"nbval-ignore-output", "exercise", "solution", "check", "recall", "hide-output"}
COLLAPSED = {"outputs_hidden": True}
LONGEST_CELL = 25
SHORTEST_ALT = 20
LARGEST_KB = 600
LEAKS = {
    "a memory address": r"\b0x[0-9a-f]{6,}",
    "a path of some machine": r"(/home/|/Users/|/tmp/|/work/|/root/|[A-Z]:\\Users|site-packages)",
    "a date": r"\b20\d\d-\d\d-\d\d\b",
    "a warning": r"\w+Warning:",
}
EMBEDDED = r"data:image/png;base64,([A-Za-z0-9+/=]+)"
LARGEST_FILM_KB = 400
REMOTE = r"""(<(img|script|iframe|link)\b[^>]*https?://|!\[[^\]]*\]\(https?://)"""


def code_cells(notebook: NotebookNode) -> list[NotebookNode]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def outputs(notebook: NotebookNode) -> Iterator[tuple[str, NotebookNode]]:
    for cell in code_cells(notebook):
        for output in cell.outputs:
            yield cell.id, output


def executed_in_order(notebook: NotebookNode) -> list[str]:
    counts = [cell.execution_count for cell in code_cells(notebook)]
    if counts != list(range(1, len(counts) + 1)):
        return [f"execution counts are {counts}, not 1 to {len(counts)}: run all cells once"]
    return []


def quiet(notebook: NotebookNode) -> list[str]:
    return [
        f"{cell}: {'an error' if output.output_type == 'error' else 'stderr'} is stored"
        for cell, output in outputs(notebook)
        if output.output_type == "error" or output.get("name") == "stderr"
    ]


def nothing_of_this_machine(notebook: NotebookNode) -> list[str]:
    found = []
    for cell, output in outputs(notebook):
        texts = [output.get("text", "")]
        texts += [v for k, v in output.get("data", {}).items() if not k.startswith("image/")]
        texts = [re.sub(EMBEDDED, "", str(text)) for text in texts]
        for what, pattern in LEAKS.items():
            if any(re.search(pattern, str(text)) for text in texts):
                found.append(f"{cell}: the output holds {what}")
    return found


def known_tags(notebook: NotebookNode) -> list[str]:
    return [
        f"{cell.id}: unknown tag {tag}"
        for cell in notebook.cells
        for tag in cell.metadata.get("tags", [])
        if tag not in TAGS
    ]


def ignored_outputs_say_why(notebook: NotebookNode) -> list[str]:
    return [
        f"{cell.id}: its output is not compared; begin with a comment that says why"
        for cell in code_cells(notebook)
        if "nbval-ignore-output" in cell.metadata.get("tags", [])
        and cell.source.removeprefix('predict("?")\n')[:1] != "#"
    ]


def pictures(notebook: NotebookNode) -> list[str]:
    found = []
    for cell, output in outputs(notebook):
        data = output.get("data", {})
        if any(kind.startswith("image/") and kind != "image/png" for kind in data):
            found.append(f"{cell}: a picture that is no PNG")
        if "image/png" not in data:
            continue
        try:
            image = Image.open(io.BytesIO(base64.b64decode(data["image/png"])))
            pixels = np.asarray(image.convert("L"))
        except Exception:
            found.append(f"{cell}: the picture does not decode")
            continue
        if pixels.std() < 2:
            found.append(f"{cell}: the picture is blank")
        alt = output.metadata.get("image/png", {}).get("alt", "")
        if len(alt) < SHORTEST_ALT:
            found.append(f"{cell}: the picture has no text alternative")
        elif data.get("text/plain") != f"Figure: {alt}":
            found.append(f"{cell}: text/plain and the alternative differ")
    return found


def films(notebook: NotebookNode) -> list[str]:
    """A picture inside HTML is an animation: folded, described, light, and it does move."""
    found = []
    for cell, output in outputs(notebook):
        html = output.get("data", {}).get("text/html", "")
        for tag in re.findall(r"<img\b[^>]*>", html):
            if not re.search(rf'alt="[^"]{{{SHORTEST_ALT},}}"', tag):
                found.append(f"{cell}: a picture in HTML has no text alternative")
            embedded = re.search(EMBEDDED, tag)
            try:
                frames = Image.open(io.BytesIO(base64.b64decode(embedded[1]))).n_frames
            except Exception:
                found.append(f"{cell}: a picture in HTML does not decode")
                continue
            if frames < 2:
                found.append(f"{cell}: a picture in HTML stands still; use show")
            if len(embedded[1]) > 1000 * LARGEST_FILM_KB:
                found.append(f"{cell}: an animation of {len(embedded[1]) // 1000} kB")
            if "<details>" not in html:
                found.append(f"{cell}: an animation that cannot be stopped; fold it")
    return found


def no_widget_views(notebook: NotebookNode) -> list[str]:
    return [
        f"{cell}: a widget's view is stored, which is an error message until the cell is run"
        for cell, output in outputs(notebook)
        if "application/vnd.jupyter.widget-view+json" in output.get("data", {})
    ]


def clean_metadata(notebook: NotebookNode) -> list[str]:
    found = []
    if notebook.metadata.get("kernelspec", {}).get("name") != "python3":
        found.append("the kernel is not python3")
    if set(notebook.metadata) - {"kernelspec", "language_info"}:
        found.append(f"metadata: {sorted(notebook.metadata)}")
    if set(notebook.metadata.get("language_info", {})) - {"name"}:
        found.append("language_info holds a version")
    for cell in notebook.cells:
        wanted = {"jupyter": COLLAPSED} if "hide-output" in cell.metadata.get("tags", []) else {}
        if {k: v for k, v in cell.metadata.items() if k != "tags"} != wanted:
            found.append(f"{cell.id}: metadata {dict(cell.metadata)}")
    return found


def predictions(notebook: NotebookNode) -> list[str]:
    """A question, then a cell that takes the guess first and keeps its answer folded.

    JupyterLab shows the first line of a folded output: it must be that of `predict`.
    """
    if not any('predict("?")' in cell.source for cell in code_cells(notebook)):
        return []
    found = []
    before = [None, *notebook.cells[:-1]]
    for last, cell in zip(before, notebook.cells, strict=True):
        asked = last is not None and last.cell_type == "markdown" and "**Predict" in last.source
        guessed = cell.cell_type == "code" and cell.source.startswith('predict("?")')
        folded = "hide-output" in cell.metadata.get("tags", [])
        if not asked == guessed == folded:
            found.append(f"{cell.id}: asked {asked}, guess first {guessed}, folded {folded}")
        elif guessed:
            first = cell.outputs[0].get("text", "") if cell.outputs else ""
            if not first.startswith("your prediction: ?\n"):
                found.append(f"{cell.id}: its output does not begin with the guess")
        if 'predict("?")' in cell.source and cell.source.count("predict(") != 1:
            found.append(f"{cell.id}: more than one guess in a cell")
    return found


def named_cells(notebook: NotebookNode) -> list[str]:
    ids = [cell.id for cell in notebook.cells]
    found = [f"{i}: not a human name" for i in ids if not re.fullmatch(r"[a-z][a-z0-9-]{2,}", i)
             or re.fullmatch(r"[0-9a-f]{8}", i)]  # fmt: skip
    return found + [f"{i}: twice" for i in set(ids) if ids.count(i) > 1]


def short_cells(notebook: NotebookNode) -> list[str]:
    lengths = {cell.id: len(cell.source.splitlines()) for cell in code_cells(notebook)}
    return [f"{cell}: {n} lines" for cell, n in lengths.items() if n > LONGEST_CELL]


def nothing_remote(notebook: NotebookNode) -> list[str]:
    return [f"{cell.id}: loads something from the net" for cell in notebook.cells
            if re.search(REMOTE, cell.source)]  # fmt: skip


def anatomy(notebook: NotebookNode) -> list[str]:
    text = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    wanted = ("**Time:**", "You are here", "## What to remember", "## Three questions")
    found = [f"no {part!r}" for part in wanted if part not in text]
    if not text.startswith("# "):
        found.append("no title")
    return found


RULES = (
    executed_in_order,
    quiet,
    nothing_of_this_machine,
    known_tags,
    ignored_outputs_say_why,
    pictures,
    films,
    no_widget_views,
    clean_metadata,
    named_cells,
    short_cells,
    nothing_remote,
    predictions,
)


def dead_links(notebook: NotebookNode, folder: Path) -> list[str]:
    targets = [
        target
        for cell in notebook.cells
        if cell.cell_type == "markdown"
        for target in re.findall(r"\]\(([^)#\s]+)", cell.source)
    ]
    return [f"link to {t}, which is not there" for t in targets
            if not t.startswith("http") and not (folder / t).exists()]  # fmt: skip
