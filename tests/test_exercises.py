"""Exercises and solutions stay in step; untouched stubs are refused, solutions are accepted."""

import re

import nbformat
import pytest
from conftest import LESSONS

from fnn_helpers.feedback.recall import QUESTIONS


def cells(path, tag) -> dict[str, nbformat.NotebookNode]:
    notebook = nbformat.read(path, as_version=4)
    return {c.id: c for c in notebook.cells if tag in c.metadata.get("tags", [])}


def printed(cell) -> str:
    return "".join(o.get("text", "") or o.get("data", {}).get("text/plain", "")
                   for o in cell.outputs)  # fmt: skip


# The start page asks for nothing to be written.
@pytest.fixture(params=LESSONS[1:], ids=lambda path: path.stem)
def lesson(request):
    return request.param


@pytest.fixture
def solution(lesson):
    return lesson.parent / "solutions" / lesson.name


def test_each_lesson_has_three_to_nine_exercises(lesson) -> None:
    asked = [i for i in cells(lesson, "recall") if not i.startswith("recall-")]
    assert 3 <= len(cells(lesson, "exercise")) + len(asked) <= 9


def test_every_exercise_is_solved_under_its_own_name(lesson, solution) -> None:
    stubs, solved = cells(lesson, "exercise"), cells(solution, "solution")
    assert stubs and list(stubs) == list(solved)
    for name, stub in stubs.items():
        assert stub.source.splitlines()[0] == solved[name].source.splitlines()[0]
        assert "raise NotImplementedError(" in stub.source
        assert "NotImplementedError" not in solved[name].source


def test_the_same_checks_answer(lesson, solution) -> None:
    asked, answered = cells(lesson, "check"), cells(solution, "check")
    assert asked and {k: c.source for k, c in asked.items()} == {
        k: c.source for k, c in answered.items()
    }
    assert all("not attempted yet" in printed(c) for c in asked.values())
    assert all(printed(c).startswith("✓ correct") for c in answered.values())


def test_questions_are_open_in_the_lesson_and_answered_in_the_solution(lesson, solution) -> None:
    asked, answered = cells(lesson, "recall"), cells(solution, "recall")
    assert set(answered) < set(asked)
    assert all("mine=None" in c.source for c in asked.values())
    assert all(printed(c).startswith("✓ correct") for c in answered.values())


def test_the_task_reads_the_same_in_both(lesson, solution) -> None:
    def tasks(path):
        notebook = nbformat.read(path, as_version=4)
        return {
            c.id: c.source
            for c in notebook.cells
            if c.cell_type == "markdown" and c.id.startswith("exercise-")
        }

    assert tasks(lesson) and tasks(lesson) == tasks(solution)


def test_a_solution_notebook_ends_with_all_checks_correct(solution) -> None:
    last = nbformat.read(solution, as_version=4).cells[-1]
    assert last.id == "all-correct" and "assert all(answers)" in last.source
    first, _, rest = printed(last).partition(" of ")
    assert rest == f"{first} correct\n"
    assert int(first) == len(cells(solution, "check"))


def test_a_question_does_not_show_its_answer_on_the_page(lesson) -> None:
    for cell in cells(lesson, "recall").values():
        assert re.search(r'^recall\("\d\d-[a-z-]+", mine=None\)$', cell.source, flags=re.M)


def test_every_question_is_asked_once_and_in_its_own_notebook() -> None:
    asked = []
    for path in LESSONS:
        for cell in cells(path, "recall").values():
            name = re.search(r'recall\("([^"]+)"', cell.source)[1]
            assert name[:2] == path.stem[:2], f"{path.stem} asks {name}"
            asked.append(name)
    assert sorted(asked) == sorted(QUESTIONS)


def test_every_lesson_ends_with_three_questions() -> None:
    for path in LESSONS:
        ends = [i for i in cells(path, "recall") if i.startswith("recall-")]
        assert ends == ["recall-one", "recall-two", "recall-three"]
