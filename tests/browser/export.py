"""A notebook as the page that nbconvert makes of it, and what axe-core says about that page."""

from html import escape
from pathlib import Path

from nbconvert import HTMLExporter
from nbconvert.preprocessors import Preprocessor
from nbformat import NotebookNode
from playwright.sync_api import Page

from .checks import axe

FILLER = "No description has been provided"  # nbconvert's words where it finds no alternative
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# Prompts and code have the colours of nbconvert's own themes, some of them too faint.
NBCONVERTS_OWN = [".jp-InputPrompt", ".jp-OutputPrompt", ".highlight"]
# And two scripts it loads itself, whatever the notebook holds.
NBCONVERTS_SCRIPTS = {HTMLExporter().mathjax_url, HTMLExporter().require_js_url}


class AltTexts(Preprocessor):
    """Keep the alternative of each picture: nbconvert's template drops all but those in HTML."""

    def preprocess_cell(
        self, cell: NotebookNode, resources: dict, index: int
    ) -> tuple[NotebookNode, dict]:
        for output in cell.get("outputs", []):
            if alt := output.get("metadata", {}).get("image/png", {}).get("alt"):
                source = f"data:image/png;base64,{output.data['image/png']}"
                output.data["text/html"] = f'<img alt="{escape(alt)}" src="{source}"/>'
        return cell, resources


def export(notebook: Path, theme: str, to: Path) -> None:
    """Write the page, in nbconvert's theme "light" or "dark"."""
    html, _ = HTMLExporter(theme=theme, preprocessors=[AltTexts]).from_filename(str(notebook))
    to.write_text(html, encoding="utf-8")


def serious_findings(page: Page) -> list[str]:
    """What axe-core finds in our content, in folds as well."""
    page.evaluate("document.querySelectorAll('details').forEach((fold) => { fold.open = true; })")
    return axe(page, WCAG, ["html"], NBCONVERTS_OWN)


def undescribed_pictures(page: Page) -> list[str]:
    alts = page.locator("img").evaluate_all("pictures => pictures.map((picture) => picture.alt)")
    return [f"alt={alt!r}" for alt in alts if len(alt) < 20 or alt.startswith(FILLER)]
