"""What Binder would build: the pins are ours, the plan is sound, the links lead to notebooks."""

import importlib.util
import re
import subprocess
import sys
import tomllib

import pytest
import yaml
from conftest import LESSONS, ROOT

spec = importlib.util.spec_from_file_location("links", ROOT / "binder" / "links.py")
links = importlib.util.module_from_spec(spec)
spec.loader.exec_module(links)


def pins(path) -> dict[str, str]:
    return dict(re.findall(r"^([\w-]+)==([^\s;+]+)", path.read_text(), flags=re.M))


def test_binder_installs_what_a_learner_installs() -> None:
    assert pins(ROOT / "binder" / "requirements.txt") == pins(ROOT / "requirements.txt")


@pytest.mark.parametrize("name", ["requirements.txt", "tests/requirements.txt"])
def test_every_line_of_the_requirements_is_an_exact_pin(name) -> None:
    lines = (ROOT / name).read_text().splitlines()
    wanted = [line for line in lines if line.strip() and not line.startswith(("#", "-r "))]
    assert len(wanted) == len(pins(ROOT / name))
    assert not any("index" in line or "http" in line for line in wanted)


def test_checks_add_to_what_a_learner_installs() -> None:
    learner, checks = ROOT / "requirements.txt", ROOT / "tests" / "requirements.txt"
    assert "-r ../requirements.txt" in checks.read_text().splitlines()
    assert not pins(checks).keys() & pins(learner).keys()


def test_a_learner_gets_no_tools_of_the_checks() -> None:
    """`pytest --nbval` works with these packages alone, so pytest asks for no other plugin."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["pytest"]
    assert settings["ini_options"]["addopts"] == "--strict-markers"
    assert {"nbval", "pytest"} <= pins(ROOT / "requirements.txt").keys()


def test_python_is_one_that_is_tested() -> None:
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / "test.yml").read_text())
    tested = workflow["jobs"]["test"]["strategy"]["matrix"]["python"]
    binder = (ROOT / "binder" / "runtime.txt").read_text().strip().removeprefix("python-")
    assert binder in tested
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    python = "Programming Language :: Python :: "
    classified = [c.removeprefix(python) for c in project["classifiers"] if c.startswith(python)]
    assert classified == tested
    assert project["requires-python"] == f">={tested[0]}"


@pytest.fixture(scope="module")
def dockerfile() -> str:
    """The plan that repo2docker prints without building it; it needs no Docker daemon."""
    plan = subprocess.run(
        [sys.executable, "-m", "repo2docker", "--no-build", "--debug", "--user-id", "1000",
         "--user-name", "jovyan", str(ROOT)],
        capture_output=True,
        text=True,
        timeout=120,
    )  # fmt: skip
    assert plan.returncode == 0, plan.stderr[-2000:]
    return plan.stdout + plan.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="repo2docker does not run on Windows")
def test_packages_are_installed_before_the_notebooks_are_copied(dockerfile) -> None:
    install = dockerfile.index('-r "binder/requirements.txt"')
    copy = re.search(r"^COPY --chown=\S+ src/ ", dockerfile[install:], flags=re.M)
    assert copy, "the install is not before the copy: every commit would install torch again"


@pytest.mark.skipif(sys.platform == "win32", reason="repo2docker does not run on Windows")
def test_plan_runs_our_scripts(dockerfile) -> None:
    assert "./binder/postBuild" in dockerfile
    assert "binder/start" in dockerfile


def test_start_passes_the_command_on_with_one_thread() -> None:
    lines = (ROOT / "binder" / "start").read_text().splitlines()
    assert "export OMP_NUM_THREADS=1" in lines and lines[-1] == 'exec "$@"'


def test_links_lead_to_every_lesson() -> None:
    table = links.table("ada/networks", "v1.0")
    assert len(table.splitlines()) == 2 + len(LESSONS)
    for path in LESSONS:
        at = "https://mybinder.org/v2/gh/ada/networks/v1.0?urlpath=lab%2Ftree%2Fnotebooks%2F"
        assert f"{at}{path.name})" in table
        assert f"/github/ada/networks/blob/v1.0/notebooks/{path.name})" in table


@pytest.mark.parametrize(
    "wrong", ["networks", "https://github.com/ada/networks", "a/b/c", "../..", "a/.", "a/b.git", ""]
)
def test_links_refuse_what_is_no_repository(wrong) -> None:
    with pytest.raises(ValueError, match="OWNER/REPO.*use ada/networks"):
        links.table(wrong)


def test_links_refuse_an_empty_ref() -> None:
    with pytest.raises(ValueError, match="REF is empty"):
        links.table("ada/networks", "")
