"""Each check goes red on what it is for: one notebook with every defect, opened and exported."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import nbformat
from playwright.sync_api import Browser

from . import checks, export
from .lab import Opened
from .test_lab import CLAIMS, LAST_CLAIMS

ELSEWHERE = "192.0.2.1"  # an address that belongs to no machine
TEXTS = [
    r"The half is \frac{1}{2}, says [a page](00_start_here.ipynb) of this folder.",
    r"The formula $\frac{1}$ lacks an argument.",
    "What looks like a formula, <code>$z$</code>, is none.",
]
CELLS = [
    "import io, socket\n"
    "import ipywidgets as widgets\n"
    "from IPython.display import HTML, Image, Javascript\n"
    "from PIL import Image as Pillow\n"
    "file = io.BytesIO()\n"
    "Pillow.linear_gradient('L').save(file, format='png')\n"
    "png = file.getvalue()",
    "HTML('<div style=\"width: 3000px\">too wide</div>')",
    "HTML('<div style=\"height: 20px; overflow: auto\">too high<br/>by<br/>far</div>')",
    "HTML('<p style=\"color: #ddd; background: white\">too faint</p>')",
    "HTML('<details><summary>a fold</summary></details>')",
    f"HTML('<img src=\"http://{ELSEWHERE}/x.png\"/>')",
    "Image(png)",
    "Javascript('console.error(\"a word in the console\")')",
    "still = widgets.VBox([widgets.IntSlider(), widgets.HTML('words'), widgets.Image(value=png)])\n"
    "still.add_class('fnn-explorable')  # explore.this",
    "widgets.Image(tooltip='which the view of an image cannot show')  # explore.that",
    f"socket.create_connection(('{ELSEWHERE}', 80), timeout=5)",
    "'not reached'",
]
FINDS = {
    checks.failures: ["the network is cut off", "show javascript error", "a cell has not run"],
    checks.raw_formulas: [r"raw TeX: The half is \frac", "refused", "0 of 1 formulas"],
    checks.bad_pictures: ["the file holds 0", "not decoded", "no alternative", "no caption"],
    checks.closed_folds: ["a fold: nothing inside"],
    checks.overflows: ["wide in", "high in", "leaves its cell"],
    checks.stuck_sliders: ["1 explorables, but 2", "words did not change", "picture did not"],
    checks.nameless_sliders: ["aria-input-field-name"],
    checks.faint_words: ["color-contrast", "too faint", "link-in-text-block"],
    checks.console_errors: ["a word in the console", "Could not create a view"],
    checks.asked_of_the_net: [ELSEWHERE],
}


def test_each_check_finds_what_it_is_for(
    folder: Path, open_notebook: Callable[[str], Opened], subtests
) -> None:
    markdown, code = nbformat.v4.new_markdown_cell, nbformat.v4.new_code_cell
    cells = [*map(markdown, TEXTS), *map(code, CELLS)]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=kernel), folder / "defects.ipynb")
    with closing(open_notebook("defects.ipynb")) as opened:
        opened.run_all()
        opened.patience = 1
        for check, expected in FINDS.items():
            with subtests.test(check.__name__):
                found = "\n".join(check(opened))
                assert [words for words in expected if words not in found] == []


def test_every_claim_is_shown_to_fail() -> None:
    assert {*CLAIMS.values(), *LAST_CLAIMS.values(), checks.faint_words} == set(FINDS)


def test_export_is_judged(browser: Browser, tmp_path: Path) -> None:
    page = browser.new_page()
    faint, nameless = '<p style="color: #ddd">faint</p>', '<img src="x.png"/>'
    cell = nbformat.v4.new_markdown_cell(f"A [link](x.ipynb) in a text.\n\n{faint}{nameless}")
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), tmp_path / "page.ipynb")
    export.export(tmp_path / "page.ipynb", "light", tmp_path / "page.html")
    page.goto((tmp_path / "page.html").as_uri())
    found = "\n".join(export.serious_findings(page))
    assert "color-contrast" in found and "link-in-text-block" in found
    assert export.undescribed_pictures(page) == [f"alt='{export.FILLER} for this image'"]
    page.close()
