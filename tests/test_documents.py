"""The pages for people name files, cells and versions that are there."""

import json
import re
import tomllib
from pathlib import Path

import nbformat
import pytest
import yaml
from conftest import LESSONS, ROOT

FILE = r"`([\w./<>]+(?:\.(?:py|md|toml|txt)|/))`"


def named(page: str) -> list[str]:
    """The files and folders that a page names in backticks."""
    return re.findall(FILE, (ROOT / page).read_text(encoding="utf-8"))


def there(name: str) -> bool:
    pattern = re.sub("<.*?>", "*", name).rstrip("/")
    return any(any(Path(base).glob(pattern)) for base in (ROOT, ROOT / "fnn_helpers"))


@pytest.mark.parametrize("page", ["CONTRIBUTING.md", "README.md"])
def test_every_file_that_is_named_is_there(page) -> None:
    names = named(page)
    assert len(names) > 5
    assert [name for name in names if not there(name)] == []


def test_a_file_that_is_not_there_is_noticed() -> None:
    assert not there("fnn_helpers/nothing.py")


def test_all_targets_that_the_pages_name_are_in_the_makefile() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), flags=re.M))
    for page in ("README.md", "CONTRIBUTING.md"):
        text = (ROOT / page).read_text(encoding="utf-8")
        for command in re.findall(r"(?:`|^)make ([a-z -]+)", text, flags=re.M):
            assert set(command.split("  ")[0].split()) <= targets, command


def test_the_changed_cells_are_there() -> None:
    """Each row of the table: a notebook's number and ids in it."""
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\d\d) \| (`.*) \|$", changes, flags=re.M)
    assert rows
    ids = {p.name[:2]: {c.id for c in nbformat.read(p, as_version=4).cells} for p in LESSONS}
    assert [
        (n, i) for n, listed in rows for i in re.findall("`(.*?)`", listed) if i not in ids[n]
    ] == []


def test_the_version_is_one() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text())
    assert citation["version"] == project["version"]
    released = re.search(r"^## ([\d.]+)", (ROOT / "CHANGELOG.md").read_text("utf-8"), flags=re.M)[1]
    assert project["version"].removesuffix(".dev0") == released


def test_the_citation_has_what_its_format_asks_for_and_the_licences_authors() -> None:
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text())
    assert {"cff-version", "message", "title", "authors"} <= citation.keys()
    assert citation["title"] == "Feed-forward by hand"
    authors = citation["authors"][0]["name"].removeprefix("The ")
    assert f"Copyright (c) 2026, the {authors}" in (ROOT / "LICENSE").read_text(encoding="utf-8")


def test_the_bug_form_asks_where_and_what() -> None:
    form = yaml.safe_load((ROOT / ".github" / "ISSUE_TEMPLATE" / "bug.yml").read_text())
    required = [part["id"] for part in form["body"] if part.get("validations", {}).get("required")]
    assert required == ["notebook", "cell", "expected", "output", "where"]


def test_a_dev_container_sets_up_what_the_readme_says() -> None:
    """The three lines for systems without make, with the folder that Linux has."""
    container = json.loads((ROOT / ".devcontainer" / "devcontainer.json").read_text())
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    block = next(b for b in re.findall(r"```\n(.*?)```", readme, flags=re.S) if "-m venv" in b)
    lines = [
        line.split("   ")[0]
        for line in block.replace(".venv\\Scripts\\", ".venv/bin/").splitlines()
    ]
    assert " && ".join(lines[:2]) == container["postCreateCommand"]
    assert container["image"].split(":")[1] in (ROOT / "binder" / "runtime.txt").read_text()
    settings = container["customizations"]["vscode"]["settings"]
    assert settings["python.defaultInterpreterPath"] == lines[1].split()[0]


def test_what_every_change_must_pass_is_the_readmes_test_command() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    command = re.search(r"^(make test) +# sets up", readme, flags=re.M)[1]
    assert command in (ROOT / ".ci" / "run").read_text().splitlines()
