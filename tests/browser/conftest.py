"""One JupyterLab and one Chromium for all tests of this folder (with xdist, for each worker)."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import NOTEBOOKS, ROOT
from playwright.sync_api import Browser, sync_playwright

from .lab import NOWHERE, Opened, Server

CHROMIUMS = ("chromium", "chromium-browser", "google-chrome")
MISSING = (
    "no Chromium: install it (Debian, Ubuntu: apt-get install chromium) or name yours, "
    "CHROMIUM=/path/to/chromium make browser-test"
)
CHROMIUM_ARGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
NAMES = [path.relative_to(ROOT / "notebooks").as_posix() for path in NOTEBOOKS]


def none(found: list[str]) -> None:
    """Nothing was found; otherwise say all of it."""
    assert not found, "\n".join(["", *found])


def chromium() -> str | None:
    named = os.environ.get("CHROMIUM")
    return next(filter(None, map(shutil.which, [named] if named else CHROMIUMS)), None)


def pytest_configure() -> None:
    if os.environ.get("BROWSER_REQUIRED") == "1" and chromium() is None:
        raise pytest.UsageError(MISSING)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Without a Chromium every test of this folder is skipped, and says why."""
    for item in items:
        if Path(__file__).parent in item.path.parents and chromium() is None:
            item.add_marker(pytest.mark.skip(reason=MISSING))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, with no way to other machines."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium(),
            args=CHROMIUM_ARGS,
            proxy={"server": NOWHERE, "bypass": "127.0.0.1"},
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the notebooks, so that nothing in the repository changes."""
    return shutil.copytree(ROOT / "notebooks", tmp_path_factory.mktemp("lab") / "notebooks")


@pytest.fixture(scope="session")
def server(folder: Path) -> Iterator[Server]:
    server = Server(folder, folder.parent)
    yield server
    server.stop()


@pytest.fixture(scope="session")
def open_notebook(server: Server, browser: Browser) -> Callable[[str], Opened]:
    """Open a notebook of the folder by its name."""
    return lambda name: Opened(server, browser, name)
