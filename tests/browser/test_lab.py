"""Each notebook in a real JupyterLab: it runs, and all that it shows can be seen and used."""

from collections.abc import Callable
from contextlib import closing

import pytest

from . import checks
from .conftest import NAMES, none
from .lab import DARK, LIGHT, Opened

CLAIMS = {
    "every cell runs": checks.failures,
    "every formula is typeset": checks.raw_formulas,
    "every picture is seen and described": checks.bad_pictures,
    "every fold opens": checks.closed_folds,
    "nothing overflows": checks.overflows,
    "every slider has a name": checks.nameless_sliders,
    "every slider moves its picture": checks.stuck_sliders,
}
# Asked at the end, so that whatever was done with the page before counts as well.
LAST_CLAIMS = {
    "the console is quiet": checks.console_errors,
    "nothing is asked of the net": checks.asked_of_the_net,
}


@pytest.mark.parametrize("name", NAMES)
def test_notebook_in_lab(name: str, open_notebook: Callable[[str], Opened], subtests) -> None:
    with closing(open_notebook(name)) as opened:
        opened.use_theme(LIGHT)
        opened.run_all()
        for claim, check in CLAIMS.items():
            with subtests.test(claim):
                none(check(opened))
        pictures = []
        for theme in (LIGHT, DARK):
            with subtests.test("every word is legible", theme=theme):
                opened.use_theme(theme)
                pictures.append(opened.page.locator(".jp-Notebook-cell").first.screenshot())
                none(checks.faint_words(opened))
        with subtests.test("the themes differ"):
            assert pictures[0] != pictures[1]
        for claim, check in LAST_CLAIMS.items():
            with subtests.test(claim):
                none(check(opened))
