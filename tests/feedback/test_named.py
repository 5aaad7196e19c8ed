"""One function a mistake, written the way people write, is called what its author says it is."""

import contextlib
import io
import warnings
from collections.abc import Iterator

import pytest
from _pytest.mark import ParameterSet
from learners import BY_NAME, TABLE

from fnn_helpers import feedback
from fnn_helpers.feedback.call import runner

from .learners import WRONG, Learner


def _first_of_each() -> Iterator[ParameterSet]:
    """For each check, place and mistake, the first function that makes just this one."""
    firsts: dict[str, Learner] = {}
    for learner in WRONG:
        if len(learner.mistakes) == 1:
            firsts.setdefault(f"{learner.check}-{learner.where}-{learner.mistakes[0]}", learner)
    for name, learner in firsts.items():
        yield pytest.param(learner, id=name)


@pytest.mark.parametrize("learner", list(_first_of_each()))
def test_a_real_function_is_called_what_it_is(
    learner: Learner, monkeypatch: pytest.MonkeyPatch
) -> None:
    if "endless" in learner.mistakes:  # or the test would be as long as the limit
        monkeypatch.setattr(runner, "TIME_LIMIT", 0.5)
    with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings(action="ignore"):
        said = getattr(feedback, learner.check)(learner.function)
    assert not said
    meant = [sorted(ids) for ids in (learner.mistakes, *learner.or_else)]
    assert sorted(said.mistakes) in meant, said.message


def test_every_record_has_a_real_function() -> None:
    shown = {id_ for w in WRONG for ids in (w.mistakes, *w.or_else) for id_ in ids}
    asked = {w.check for w in WRONG}
    assert {mistake.id for check, _, mistake in TABLE if check in asked} - shown == set()


@pytest.mark.xfail(strict=True, reason="Part II's records have no real functions so far")
def test_every_check_has_real_functions() -> None:
    assert {w.check for w in WRONG} == set(BY_NAME)
