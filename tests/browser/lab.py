"""JupyterLab for the tests: started without a way to the net, driven as a learner drives it."""

import json
import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

import nbformat
from playwright.sync_api import Browser, Locator, expect

LIGHT, DARK = "JupyterLab Light", "JupyterLab Dark"
WIDTH, HEIGHT, ROOM = 1280, 900, 2000
PATIENCE = 20.0  # seconds until a page must have settled
START_SECONDS, OPEN_SECONDS, RUN_SECONDS = 90, 90, 240
SETTINGS = {
    # Cells out of sight exist as well, and the page ends with the last one.
    "notebook-extension/tracker": {"windowingMode": "none", "scrollPastEnd": False},
    "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
}
expect.set_options(timeout=1000 * PATIENCE)
NOWHERE = "http://127.0.0.1:9"  # a proxy that answers nothing
# Run by every kernel before its first cell: whatever leads to another machine is refused.
CUT_OFF = """
import sys
def _cut_off(event, arguments):
    if event == "socket.connect" and isinstance(arguments[1], tuple):
        if arguments[1][0] not in ("127.0.0.1", "::1", "localhost"):
            raise OSError(f"the network is cut off, and a cell asked for {arguments[1][0]}")
sys.addaudithook(_cut_off)
del sys, _cut_off
"""
READY = """() => {
    const context = window.jupyterapp?.shell.currentWidget?.context;
    const kernel = context?.sessionContext.session?.kernel;
    return context?.isReady && kernel?.connectionStatus === "connected" && kernel.status === "idle";
}"""
RUN_ALL = """() => {
    window.allHaveRun = false;
    jupyterapp.restored.then(() => jupyterapp.commands.execute("notebook:run-all-cells"))
        .finally(() => { window.allHaveRun = true; });
}"""
# The last cell's lower edge, from the top of the first, wherever one has scrolled to.
LENGTH = """() => {
    const cells = [...document.querySelectorAll(".jp-Notebook .jp-Cell")];
    return cells.at(-1).getBoundingClientRect().bottom - cells[0].getBoundingClientRect().top;
}"""
ALL_ON_SCREEN = """() => {
    const cells = [...document.querySelectorAll(".jp-Notebook .jp-Cell")];
    return cells[0].getBoundingClientRect().top > 0
        && cells.at(-1).getBoundingClientRect().bottom < innerHeight - 100;
}"""
CHANGE_THEME = "theme => jupyterapp.commands.execute('apputils:change-theme', {theme})"
SHUT_DOWN = "() => jupyterapp.shell.currentWidget.context.sessionContext.shutdown()"


class Server:
    """A JupyterLab of this environment on 127.0.0.1, with no settings but those above."""

    def __init__(self, root: Path, home: Path) -> None:
        for name, value in SETTINGS.items():
            _write(home / f"settings/@jupyterlab/{name}.jupyterlab-settings", json.dumps(value))
        _write(home / "ipython/profile_default/startup/cut_off.py", CUT_OFF)
        proxies = dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), NOWHERE)
        folders = {
            "JUPYTERLAB_SETTINGS_DIR": "settings",
            "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
            "JUPYTER_CONFIG_DIR": "config",
            "JUPYTER_DATA_DIR": "data",
            "JUPYTER_RUNTIME_DIR": "runtime",
            "IPYTHONDIR": "ipython",
        }
        self.root, port, self._token = root, _free_port(), secrets.token_hex(16)
        self.origin, log = f"http://127.0.0.1:{port}", home / "lab.log"
        self._process = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", "--allow-root", "--no-browser", f"--port={port}",
             f"--IdentityProvider.token={self._token}", f"--ServerApp.root_dir={root}",
             "--LabApp.expose_app_in_browser=True"],
            env=os.environ | proxies | {k: str(home / v) for k, v in folders.items()},
            stdout=log.open("w"), stderr=subprocess.STDOUT,
        )  # fmt: skip
        deadline = time.monotonic() + START_SECONDS
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > deadline:
                self.stop()
                raise RuntimeError(f"JupyterLab did not start:\n{log.read_text()[-2000:]}")
            time.sleep(0.2)

    def address(self, notebook: str) -> str:
        return f"{self.origin}/lab/tree/{notebook}?reset&token={self._token}"

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(timeout=30)

    def _answers(self) -> bool:
        try:
            direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
            direct.open(f"{self.origin}/api/status?token={self._token}", timeout=5).close()
        except OSError:
            return False
        return True


class Opened:
    """A notebook in its own page, and what the page said and asked for since it was opened.

    Attributes
    ----------
    page : Page
    notebook : NotebookNode
        As it is in the file, for comparison.
    console : list of str
        Errors in the browser's console, and errors that no one caught.
    asked : list of str
        Addresses on other machines.
    """

    def __init__(self, server: Server, browser: Browser, name: str) -> None:
        self.notebook = nbformat.read(server.root / name, as_version=4)
        self.patience = PATIENCE
        self.console: list[str] = []
        self.asked: list[str] = []
        here = {server.origin, server.origin.replace("http", "ws")}
        self.page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        self.page.set_default_timeout(1000 * PATIENCE)
        self.page.on("console", lambda m: self.console.append(m.text) if m.type == "error" else 0)
        self.page.on("pageerror", lambda error: self.console.append(str(error)))
        self.page.on("request", lambda request: self._note(request.url, here))
        self.page.on("websocket", lambda web: self._note(web.url, here))
        self.page.goto(server.address(name), timeout=1000 * OPEN_SECONDS)
        self.page.wait_for_function(READY, timeout=1000 * OPEN_SECONDS)

    def _note(self, url: str, here: set[str]) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("data", "blob") and f"{parts.scheme}://{parts.netloc}" not in here:
            self.asked.append(url)

    def run_all(self) -> None:
        """Run all cells, as the menu does, and wait until the last has run or one has failed."""
        self.page.evaluate(RUN_ALL)
        self.page.wait_for_function("window.allHaveRun", timeout=1000 * RUN_SECONDS)
        self._show_all()

    def _show_all(self) -> None:
        """Make the window as tall as the notebook: axe-core judges only what is on the screen."""
        height = int(self.page.evaluate(LENGTH)) + ROOM
        self.page.set_viewport_size({"width": WIDTH, "height": height})
        self.page.wait_for_function(ALL_ON_SCREEN)

    def cell(self, name: str) -> Locator:
        """The cell with this id."""
        index = [cell.id for cell in self.notebook.cells].index(name)
        return self.page.locator(".jp-Notebook .jp-Notebook-cell").nth(index)

    def unfold(self) -> None:
        """Open everything that is folded, by its summary."""
        closed = self.page.locator(".jp-Notebook details:not([open]) > summary")
        for _ in range(closed.count()):
            closed.first.click()

    def use_theme(self, theme: str) -> None:
        self.page.evaluate(CHANGE_THEME, theme)
        self.page.wait_for_function("t => document.body.dataset.jpThemeName === t", arg=theme)
        expect(self.page.locator("#jupyterlab-splash")).to_have_count(0)

    def close(self) -> None:
        self.page.evaluate(SHUT_DOWN)
        self.page.close()


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def _free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]
