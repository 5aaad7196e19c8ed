"""Each notebook as an exported page: WCAG 2.2 AA, in both themes, with the network cut off."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT
from playwright.sync_api import Browser, Page

from . import export
from .conftest import NAMES, none


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    yield page
    page.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", NAMES)
def test_exported_page_is_accessible(page: Page, name: str, theme: str, tmp_path: Path) -> None:
    asked = set()
    page.on("request", lambda request: asked.add(request.url))
    export.export(ROOT / "notebooks" / name, theme, tmp_path / "page.html")
    page.goto((tmp_path / "page.html").as_uri())
    none(export.serious_findings(page))
    none(export.undescribed_pictures(page))
    none(sorted(url for url in asked - export.NBCONVERTS_SCRIPTS if url.startswith("http")))
