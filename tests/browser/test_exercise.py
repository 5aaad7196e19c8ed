"""A learner at exercise 4 of notebook 05: a wrong backward pass, its name, a hint, the cure."""

import linecache
from collections.abc import Callable
from contextlib import closing

from playwright.sync_api import Locator, expect

from fnn_helpers.feedback import check_backward

from .lab import RUN_SECONDS, Opened

SLOPE = " * y_hat * (1 - y_hat)"
WRONG = [
    "def my_backward(X, y, w2, a1, y_hat):",
    "    dC_dz2 = (y_hat - y) / len(X)" + SLOPE,
    "    dC_dw2 = a1.T @ dC_dz2",
    "    dC_da1 = dC_dz2 @ w2.T",
    "    dC_dz1 = dC_da1 * a1 * (1 - a1)",
    "    dC_dw1 = X.T @ dC_dz1",
    "    return dC_dz2, dC_dw2, dC_da1, dC_dz1, dC_dw1",
]
RIGHT = [line.removesuffix(SLOPE) for line in WRONG]


def press(opened: Opened, *keys: str) -> None:
    for key in keys:
        opened.page.keyboard.press(key)


def lines(cell: Locator) -> list[str]:
    return cell.locator(".cm-line").all_inner_texts()


def test_mistake_is_named_and_its_correction_accepted(
    open_notebook: Callable[[str], Opened],
) -> None:
    mistake = check_backward(_defined(WRONG))
    assert mistake.mistake == "extra-slope"
    with closing(open_notebook("05_backward_pass.ipynb")) as opened:
        set_up = opened.cell("exercise-set-up")
        set_up.locator(".cm-content").click()
        press(opened, "Shift+Enter")
        expect(set_up.locator(".jp-InputPrompt")).to_have_text("[1]:", timeout=1000 * RUN_SECONDS)
        stub, check = opened.cell("my-backward-stub"), opened.cell("my-backward-check")
        stub.locator(".cm-content").click()
        press(opened, "ControlOrMeta+a", "Delete")
        for line in WRONG:  # the editor indents by itself
            opened.page.keyboard.type(line.strip())
            press(opened, "Enter")
        press(opened, "Backspace", "Backspace")  # the last, empty line
        assert lines(stub) == WRONG

        press(opened, "Shift+Enter", "Shift+Enter")  # the function, and the check below it
        panel = check.locator(".jp-OutputArea-output [role=status]")
        expect(panel).to_contain_text("✗ wrong at dC_dz2")
        expect(panel).to_contain_text(mistake.message)
        hint = panel.locator("details").first
        expect(hint).not_to_contain_text(mistake.hints[0], use_inner_text=True)
        hint.get_by_text("hint 1").click()
        expect(hint).to_contain_text(mistake.hints[0], use_inner_text=True)

        stub.locator(".cm-line").nth(1).click()
        press(opened, "End", *["Backspace"] * len(SLOPE))
        assert lines(stub) == RIGHT
        press(opened, "Shift+Enter", "Shift+Enter")
        expect(panel).to_contain_text("✓ correct")


def _defined(source: list[str]) -> Callable:
    """The function, with its source where a notebook's cell would have it: hints quote it."""
    text, names = "\n".join(source) + "\n", {}
    linecache.cache["<cell>"] = (len(text), None, text.splitlines(keepends=True), "<cell>")
    exec(compile(text, "<cell>", "exec"), names)
    return names["my_backward"]
