"""Print launch links for every notebook, Binder and Colab, as a Markdown table to paste.

Usage: python binder/links.py OWNER/REPO [REF]

REF is a tag, branch or commit; the default is main. For a class use a tag, so that all get the
same collection, and open one link beforehand, so that Binder has built it.
"""

import re
import sys
import tomllib
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).parent.parent


def notebooks() -> list[str]:
    """The lessons in reading order, as paths inside the repository."""
    listed = tomllib.loads((ROOT / "notebooks" / "contents.toml").read_text(encoding="utf-8"))
    return [f"notebooks/{entry['file']}" for entry in listed["notebook"]]


def binder(repository: str, ref: str, notebook: str) -> str:
    """JupyterLab on Binder, opened on one notebook."""
    return (
        f"https://mybinder.org/v2/gh/{repository}/{quote(ref, safe='')}"
        f"?urlpath={quote(f'lab/tree/{notebook}', safe='')}"
    )


def colab(repository: str, ref: str, notebook: str) -> str:
    """The notebook in Colab. It needs a first cell that installs the helper; see the README."""
    return f"https://colab.research.google.com/github/{repository}/blob/{quote(ref)}/{notebook}"


def table(repository: str, ref: str = "main") -> str:
    """The Markdown table.

    Raises
    ------
    ValueError
        If `repository` is not OWNER/REPO, or `ref` is empty.
    """
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9-]*/(?!\.+$)[A-Za-z0-9._-]+(?<!\.git)", repository):
        raise ValueError(
            f"{repository!r} is not of the form OWNER/REPO. "
            "For https://github.com/ada/networks use ada/networks."
        )
    if not ref.strip():
        raise ValueError("REF is empty. Use a tag such as v1.0, or leave it out for main.")
    lines = ["| notebook | Binder | Colab |", "|---|---|---|"]
    lines += [
        f"| {Path(n).stem} | [launch]({binder(repository, ref, n)}) "
        f"| [open]({colab(repository, ref, n)}) |"
        for n in notebooks()
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    if not 2 <= len(sys.argv) <= 3:
        sys.exit("Usage: python binder/links.py OWNER/REPO [REF]")
    try:
        print(table(*sys.argv[1:]))
    except ValueError as error:
        sys.exit(str(error))
