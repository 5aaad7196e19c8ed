"""What a learner would notice on a page that has run: each check returns what is wrong, in words.

Each looks again until nothing is wrong or the page's patience ends, because a page settles late:
formulas are typeset and pictures decoded after the last cell has run.
"""

import re
import time
from collections.abc import Sequence

from axe_playwright_python.sync_playwright import Axe
from nbformat import NotebookNode
from playwright.sync_api import Locator, Page

from .lab import Opened

FORMULA = re.compile(r"\$\$.+?\$\$|\$[^$\n]+?\$", re.DOTALL)
CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
# Everything we wrote: text, outputs and sliders, but neither Lab's prompts nor its editors.
OURS = [".jp-RenderedHTMLCommon", ".jp-RenderedText", ".fnn-explorable"]
LABS_OWN = [".jp-RenderedMarkdown pre"]  # the colours of code in texts are those of Lab's editor

FAILED = r"""() => {
    const found = [];
    const say = (element) => found.push(element.textContent.trim().slice(-300));
    document.querySelectorAll(
        ".jp-Notebook [data-mime-type='application/vnd.jupyter.error'], " +
        ".jp-Notebook [data-mime-type='application/vnd.jupyter.stderr'], " +
        ".jp-Notebook .jupyter-widgets-error-widget").forEach(say);
    for (const output of document.querySelectorAll(".jp-Notebook .jp-OutputArea-output"))
        if (/Error displaying widget|model not found/.test(output.textContent)) say(output);
    for (const prompt of document.querySelectorAll(".jp-Notebook .jp-CodeCell .jp-InputPrompt"))
        if (!/\[\d+\]/.test(prompt.textContent)) found.push("a cell has not run");
    return found;
}"""

UNTYPESET = r"""(expected) => {
    const found = [];
    document.querySelectorAll(".jp-Notebook .jp-Notebook-cell").forEach((cell, index) => {
        const typeset = cell.querySelectorAll(".jp-MarkdownOutput mjx-container").length;
        if (typeset !== expected[index])
            found.push(`cell ${index}: ${typeset} of ${expected[index]} formulas are typeset`);
    });
    for (const error of document.querySelectorAll(".jp-Notebook mjx-merror"))
        found.push(`a formula is refused: ${error.textContent}`);
    for (const block of document.querySelectorAll(".jp-Notebook .jp-RenderedHTMLCommon")) {
        const copy = block.cloneNode(true);
        copy.querySelectorAll("mjx-container, code, pre").forEach((part) => part.remove());
        const raw = copy.textContent.match(/.{0,20}(\$|\\[a-zA-Z]+|\\\\).{0,20}/);
        if (raw) found.push(`raw TeX: ${raw[0]}`);
    }
    return found;
}"""

# An inner scroll bar hides something as surely as an edge does. MathJax builds a formula from parts
# that stick out of each other; the formula as a whole must fit.
TOO_LARGE = """() => {
    const found = [];
    const say = (element, what) =>
        found.push(`<${element.tagName.toLowerCase()} class="${element.getAttribute("class")}"> ` +
                   `${what}: ${element.textContent.trim().slice(0, 60)}`);
    const outputs = ".jp-Notebook .jp-OutputArea-output, .jp-Notebook .jp-MarkdownOutput";
    for (const output of document.querySelectorAll(outputs)) {
        const edge = output.closest(".jp-Cell").getBoundingClientRect().right + 1;
        for (const element of [output, ...output.querySelectorAll("*")]) {
            if (element.closest("mjx-container") || !element.clientWidth) continue;
            const style = getComputedStyle(element);
            const bounds = (overflow) => element === output || overflow !== "visible";
            if (bounds(style.overflowX) && element.scrollWidth > element.clientWidth + 1)
                say(element, `is ${element.scrollWidth} wide in ${element.clientWidth}`);
            if (bounds(style.overflowY) && element.scrollHeight > element.clientHeight + 1)
                say(element, `is ${element.scrollHeight} high in ${element.clientHeight}`);
            if (element.getBoundingClientRect().right > edge) say(element, "leaves its cell");
        }
    }
    return found;
}"""

BAD_PICTURES = r"""(expected) => {
    const found = [];
    const pictures = [...document.querySelectorAll(
        ".jp-Notebook .jp-RenderedImage img, .jp-Notebook .fnn-explorable img")];
    if (pictures.length !== expected)
        found.push(`${pictures.length} pictures, but the file holds ${expected}`);
    for (const picture of document.querySelectorAll(".jp-Notebook img")) {
        if (!picture.complete || !picture.naturalWidth) found.push("a picture is not decoded");
        // Lab drops the alternative of an image output; its words stand in the caption.
        if (!picture.closest(".jp-RenderedImage") && (picture.alt || picture.title).length < 20)
            found.push(`a picture has no alternative: ${picture.outerHTML.slice(0, 80)}`);
    }
    for (const picture of pictures) {
        const below = picture.closest(".jp-OutputArea-child").nextElementSibling;
        if (!/^\s*Figure: .{20}/.test(below?.textContent ?? ""))
            found.push("a picture has no caption below it");
    }
    return found;
}"""

CLOSED = """() => [...document.querySelectorAll(".jp-Notebook details")].flatMap((fold) => {
    const name = fold.querySelector("summary").textContent;
    if (!fold.open) return [`${name}: does not open`];
    if (fold.offsetHeight < fold.querySelector("summary").offsetHeight + 10)
        return [`${name}: nothing inside`];
    return [...fold.querySelectorAll("img")].filter((picture) => !picture.offsetHeight)
        .map(() => `${name}: its picture is not seen`);
})"""

SLIDER = """async (handle) => {
    const box = handle.closest(".fnn-explorable"), picture = box.querySelector("img");
    const number = (name) => Number(handle[name] ?? handle.getAttribute(`aria-value${name}`));
    for (let tries = 1; ; tries++) {  // a picture that is just being replaced cannot be decoded
        try { await picture.decode(); break; } catch (error) { if (tries === 100) throw error; }
        await new Promise((later) => setTimeout(later, 20));
    }
    const canvas = new OffscreenCanvas(picture.naturalWidth, picture.naturalHeight);
    const pencil = canvas.getContext("2d");
    pencil.drawImage(picture, 0, 0);
    const pixels = pencil.getImageData(0, 0, canvas.width, canvas.height).data;
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", pixels));
    return {
        value: Number(handle.value ?? handle.getAttribute("aria-valuenow")),
        min: number("min"),
        max: number("max"),
        words: box.querySelector(".widget-html-content").textContent,
        picture: digest.join(" "),
    };
}"""


def settled(opened: Opened, script: str, argument: object = None) -> list[str]:
    """What the script finds, once it finds nothing or patience has ended."""
    deadline = time.monotonic() + opened.patience
    while found := opened.page.evaluate(script, argument):
        if time.monotonic() > deadline:
            break
        opened.page.wait_for_timeout(100)
    return found


def failures(opened: Opened) -> list[str]:
    """Errors, words on stderr, widgets that do not show, cells that have not run."""
    return settled(opened, FAILED)


def raw_formulas(opened: Opened) -> list[str]:
    return settled(opened, UNTYPESET, [formulas(cell) for cell in opened.notebook.cells])


def formulas(cell: NotebookNode) -> int:
    """How many formulas a Markdown cell holds."""
    return len(FORMULA.findall(CODE.sub("", cell.source))) if cell.cell_type == "markdown" else 0


def bad_pictures(opened: Opened) -> list[str]:
    """Pictures missing, not decoded, without a caption or without an alternative."""
    stored = sum("image/png" in output.get("data", {}) for cell in opened.notebook.cells
                 for output in cell.get("outputs", []))  # fmt: skip
    opened.unfold()
    return settled(opened, BAD_PICTURES, stored)


def closed_folds(opened: Opened) -> list[str]:
    opened.unfold()
    return settled(opened, CLOSED)


def overflows(opened: Opened) -> list[str]:
    """What leaves its cell or needs a scroll bar of its own, in folds as well."""
    opened.unfold()
    return settled(opened, TOO_LARGE)


def stuck_sliders(opened: Opened) -> list[str]:
    """Move every slider by its keys: value, words and picture must follow."""
    explorables = opened.page.locator(".jp-Notebook .fnn-explorable")
    wanted = sum("explore." in cell.source for cell in opened.notebook.cells
                 if cell.cell_type == "code")  # fmt: skip
    found = []
    if explorables.count() != wanted:
        found.append(f"{explorables.count()} explorables, but {wanted} cells ask for one")
    for explorable in explorables.all():
        sliders = explorable.get_by_role("slider").all()
        if not sliders:
            found.append("an explorable has no slider")
        for number, slider in enumerate(sliders, start=1):
            found += [f"slider {number}, {what}" for what in _stuck(opened, slider)]
    return found


def _stuck(opened: Opened, slider: Locator) -> list[str]:
    slider.focus()
    start = slider.evaluate(SLIDER)
    step = "ArrowLeft" if start["value"] == start["max"] else "ArrowRight"
    found = []
    for key, goal in ((step, None), ("Home", "min"), ("End", "max")):
        before = slider.evaluate(SLIDER)
        if goal and before["value"] == before[goal]:
            continue
        slider.press(key)
        deadline = time.monotonic() + opened.patience
        while wrong := _unmoved(before, slider.evaluate(SLIDER), goal):
            if time.monotonic() > deadline:
                found += [f"{key}: {what}" for what in wrong]
                break
            opened.page.wait_for_timeout(50)
    return found


def _unmoved(before: dict, after: dict, goal: str | None) -> list[str]:
    found = [f"the {part} did not change" for part in ("value", "words", "picture")
             if before[part] == after[part]]  # fmt: skip
    if goal and after["value"] != after[goal]:
        found.append(f"the value is not the {goal}")
    return found


def nameless_sliders(opened: Opened) -> list[str]:
    return axe(opened.page, ["aria-input-field-name", "label"], [".fnn-explorable"])


def faint_words(opened: Opened) -> list[str]:
    """Text too faint for its ground, and links told from the text around them by colour alone."""
    # The page of Lab is 0 high and hides what sticks out, so that axe-core takes it for invisible.
    opened.page.evaluate("document.body.style.minHeight = '100vh'")
    opened.unfold()
    return axe(opened.page, ["color-contrast", "link-in-text-block"], OURS, LABS_OWN)


def console_errors(opened: Opened) -> list[str]:
    """All of them: Lab has none of its own when it opens and runs a notebook."""
    return opened.console


def asked_of_the_net(opened: Opened) -> list[str]:
    return opened.asked


def axe(page: Page, only: list[str], include: list[str], exclude: Sequence[str] = ()) -> list[str]:
    """What axe-core calls serious or critical or cannot judge, one sentence for each place.

    `only` are tags or names of rules, `include` and `exclude` selectors.
    """
    include = [part for part in include if page.locator(part).count()]  # axe refuses empty ones
    if not include:
        return []
    page.evaluate(Axe().axe_script)
    results = page.evaluate(
        "([context, options]) => axe.run(context, options)",
        [{"include": include, "exclude": list(exclude)},
         {"runOnly": only, "resultTypes": ["violations", "incomplete"]}],
    )  # fmt: skip
    return [
        f"{rule['id']}: {node['failureSummary'].splitlines()[1].strip()} {node['html'][:120]}"
        for rule in results["violations"] + results["incomplete"]
        if rule["impact"] in ("serious", "critical")
        for node in rule["nodes"]
    ]
