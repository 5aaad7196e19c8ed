"""Every notebook keeps the rules; and each rule is shown to find what it is for."""

import base64
import copy
import io
import subprocess

import nbformat
import notebook_rules as rules
import pytest
from conftest import NOTEBOOKS, ROOT
from execute_notebooks import README_PICTURE, README_SOURCE, picture
from PIL import Image

NAMES = [str(path.relative_to(ROOT / "notebooks")) for path in NOTEBOOKS]


@pytest.fixture(params=NOTEBOOKS, ids=NAMES)
def path(request):
    return request.param


@pytest.mark.parametrize("rule", rules.RULES, ids=lambda rule: rule.__name__)
def test_rule(path, rule) -> None:
    assert rule(nbformat.read(path, as_version=4)) == []


def test_links(path) -> None:
    assert rules.dead_links(nbformat.read(path, as_version=4), path.parent) == []


def test_size(path) -> None:
    assert path.stat().st_size <= rules.LARGEST_KB * 1000


def test_anatomy(path) -> None:
    if path.parent.name != "solutions":
        assert rules.anatomy(nbformat.read(path, as_version=4)) == []


def test_checkout_is_light() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split("\0")
    sizes = [(ROOT / name).stat().st_size for name in listed if name and (ROOT / name).exists()]
    assert sizes and sum(sizes) < 6_000_000


# --- the rules themselves: each goes red on what it is for -----------------------------------


@pytest.fixture
def good() -> nbformat.NotebookNode:
    image = io.BytesIO()
    Image.linear_gradient("L").save(image, format="png")
    alt = "A grey ramp from black to white."
    notebook = nbformat.v4.new_notebook(
        cells=[
            nbformat.v4.new_markdown_cell("# Title", id="title"),
            nbformat.v4.new_code_cell("show(ax)", id="ramp-picture", execution_count=1),
            nbformat.v4.new_code_cell("print(1)", id="one-printed", execution_count=2),
        ],
        metadata={
            "kernelspec": {"name": "python3", "display_name": "Python 3"},
            "language_info": {"name": "python"},
        },
    )
    notebook.cells[1].outputs = [
        nbformat.v4.new_output(
            "display_data",
            {
                "image/png": base64.b64encode(image.getvalue()).decode(),
                "text/plain": f"Figure: {alt}",
            },
            metadata={"image/png": {"alt": alt}},
        )
    ]
    notebook.cells[2].outputs = [nbformat.v4.new_output("stream", name="stdout", text="1\n")]
    return notebook


def blank() -> str:
    image = io.BytesIO()
    Image.new("L", (50, 50), 255).save(image, format="png")
    return base64.b64encode(image.getvalue()).decode()


def film(frames: int, alt: str, fold: bool = True) -> dict[str, str]:
    image, pictures = io.BytesIO(), [Image.new("L", (9, 9), 20 * i) for i in range(frames)]
    pictures[0].save(image, format="png", save_all=True, append_images=pictures[1:])
    encoded = base64.b64encode(image.getvalue()).decode()
    html = f'<img alt="{alt}" src="data:image/png;base64,{encoded}"/>'
    return {"text/html": f"<details>{html}</details>" if fold else html}


def data(notebook):
    return notebook.cells[1].outputs[0]["data"]


def guess(
    notebook, code='predict("?")', asked="**Predict** it.", first="your prediction: ?\n", tags=None
) -> None:
    """Add a prediction to a notebook."""
    tags = ["hide-output"] if tags is None else tags
    folded = {"jupyter": {"outputs_hidden": True}} if tags else {}
    answer = nbformat.v4.new_output("stream", name="stdout", text=first)
    notebook.cells += [
        nbformat.v4.new_markdown_cell(asked, id="asked"),
        nbformat.v4.new_code_cell(
            code, id="answer", execution_count=3, outputs=[answer],
            metadata={"tags": tags, **folded},
        ),
    ]  # fmt: skip


BREAKS = {
    "cleared": (rules.executed_in_order, lambda n: n.cells[1].update(execution_count=None)),
    "out of order": (rules.executed_in_order, lambda n: n.cells[1].update(execution_count=5)),
    "stderr": (rules.quiet, lambda n: n.cells[2].outputs[0].update(name="stderr")),
    "error": (
        rules.quiet,
        lambda n: n.cells[2].outputs.append(
            nbformat.v4.new_output("error", ename="E", evalue="", traceback=[])
        ),
    ),
    "address": (
        rules.nothing_of_this_machine,
        lambda n: n.cells[2].outputs[0].update(text="<object at 0x7f12ab34cd>"),
    ),
    "path": (
        rules.nothing_of_this_machine,
        lambda n: n.cells[2].outputs[0].update(text="/home/me/x.py"),
    ),
    "warning": (
        rules.nothing_of_this_machine,
        lambda n: n.cells[2].outputs[0].update(text="UserWarning: no"),
    ),
    "tag": (rules.known_tags, lambda n: n.cells[2].metadata.update(tags=["nbval-skip"])),
    "ignored": (
        rules.ignored_outputs_say_why,
        lambda n: n.cells[2].metadata.update(tags=["nbval-ignore-output"]),
    ),
    "broken picture": (rules.pictures, lambda n: data(n).update({"image/png": "AAAA"})),
    "blank picture": (rules.pictures, lambda n: data(n).update({"image/png": blank()})),
    "no alternative": (rules.pictures, lambda n: n.cells[1].outputs[0].update(metadata={})),
    "other words": (rules.pictures, lambda n: data(n).update({"text/plain": "Figure: x"})),
    "svg": (rules.pictures, lambda n: data(n).update({"image/svg+xml": "<svg/>"})),
    "film without words": (rules.films, lambda n: data(n).update(film(2, ""))),
    "film that stands": (
        rules.films,
        lambda n: data(n).update(film(1, "It shows a ramp of grey.")),
    ),
    "film that is not folded": (
        rules.films,
        lambda n: data(n).update(film(2, "It shows a ramp of grey.", fold=False)),
    ),
    "broken film": (
        rules.films,
        lambda n: data(n).update({"text/html": '<details><img alt="It shows a ramp of grey."/>'}),
    ),
    "widget view": (
        rules.no_widget_views,
        lambda n: data(n).update({"application/vnd.jupyter.widget-view+json": {"model_id": "x"}}),
    ),
    "kernel": (rules.clean_metadata, lambda n: n.metadata.kernelspec.update(name="conda")),
    "version": (rules.clean_metadata, lambda n: n.metadata.language_info.update(version="3")),
    "timing": (rules.clean_metadata, lambda n: n.cells[1].metadata.update(execution={"a": 1})),
    "id": (rules.named_cells, lambda n: n.cells[1].update(id="3f2a9b1c")),
    "id twice": (rules.named_cells, lambda n: n.cells[1].update(id="title")),
    "long cell": (rules.short_cells, lambda n: n.cells[1].update(source="x\n" * 26)),
    "answer in view": (rules.predictions, lambda n: guess(n, tags=[])),
    "answer before the guess": (rules.predictions, lambda n: guess(n, first="1\n")),
    "guess without a question": (rules.predictions, lambda n: guess(n, asked="Run it.")),
    "guess not first": (rules.predictions, lambda n: guess(n, code='print(1)\npredict("?")')),
    "two guesses": (rules.predictions, lambda n: guess(n, code='predict("?")\npredict(2)')),
    "remote": (
        rules.nothing_remote,
        lambda n: n.cells[0].update(source="![x](https://example.org/x.png)"),
    ),
}


def test_a_good_notebook_passes(good) -> None:
    assert [finding for rule in rules.RULES for finding in rule(good)] == []


def test_a_good_prediction_passes(good) -> None:
    guess(good)
    assert rules.predictions(good) == rules.clean_metadata(good) == []


@pytest.mark.parametrize("name", BREAKS)
def test_rule_finds_what_it_is_for(good, name) -> None:
    rule, spoil = BREAKS[name]
    broken = copy.deepcopy(good)
    spoil(broken)
    assert rule(broken), f"{rule.__name__} does not see it"


def test_a_good_film_passes(good) -> None:
    data(good).update(film(2, "It shows a ramp of grey."))
    assert rules.films(good) == []


def test_the_readmes_picture_is_the_start_pages_own() -> None:
    assert README_PICTURE.read_bytes() == picture(*README_SOURCE)


def test_the_training_is_shown_as_a_film() -> None:
    notebook = nbformat.read(ROOT / "notebooks" / "07_training.ipynb", as_version=4)
    assert any(
        "<details>" in o.get("data", {}).get("text/html", "") for _, o in rules.outputs(notebook)
    )


def test_every_explorable_has_its_place() -> None:
    """Five notebooks have a Play section, and each holds a still picture."""
    played = []
    for path in NOTEBOOKS:
        for cell in rules.code_cells(nbformat.read(path, as_version=4)):
            if cell.id.startswith("play-"):
                assert any("image/png" in o.get("data", {}) for o in cell.outputs), cell.id
                played.append(path.name[:2])
    assert played == ["02", "03", "05", "06", "07"]


def test_every_rule_is_shown_to_find_something() -> None:
    assert {rule for rule, _ in BREAKS.values()} == set(rules.RULES)


def test_dead_links_are_found(good, tmp_path) -> None:
    good.cells[0].source = "[next](09_nowhere.ipynb)"
    assert rules.dead_links(good, tmp_path)


def test_anatomy_is_missed(good) -> None:
    assert rules.anatomy(good)
