"""How well the checks name real mistakes: python tests/feedback_report.py [check]

Every learner's function of `feedback/learners` is tried, wrong and right ones. A wrong one counts
as named so if exactly the mistakes are claimed that its author says it has.
"""

import contextlib
import io
import sys
import time
import warnings
from collections import Counter, defaultdict

from feedback.learners import RIGHT, WRONG, Learner

from fnn_helpers import feedback
from fnn_helpers.feedback import Feedback

WANTED_NAMED, WANTED_SECONDS = 0.98, 0.3
# Stopped by the time limit, or slow by themselves: these say nothing about a check's own time.
SLOW = ("endless",)


def answer(learner: Learner) -> tuple[Feedback, float]:
    """What the check says, and how long it takes."""
    begin = time.perf_counter()
    with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings(action="ignore"):
        said = getattr(feedback, learner.check)(learner.function)
    return said, time.perf_counter() - begin


def as_intended(learner: Learner, said: Feedback) -> bool:
    """Whether the claimed mistakes are the intended ones, in whatever order."""
    return any(sorted(said.mistakes) == sorted(ids) for ids in (learner.mistakes, *learner.or_else))


def main(only: str = "") -> None:
    """Print a table over the checks, and claimed beside intended where they differ."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    slowest: dict[str, float] = defaultdict(float)
    differ = []
    for kind, learners in (("wrong", WRONG), ("right", RIGHT)):
        for learner in learners:
            if only not in learner.check:
                continue
            said, seconds = answer(learner)
            if seconds > WANTED_SECONDS:  # a first call may import, or fill a table that stays
                seconds = answer(learner)[1]
            count = counts[learner.check]
            count[kind] += 1
            if not set(said.mistakes) & set(SLOW):
                slowest[learner.check] = max(slowest[learner.check], seconds)
            if kind == "right":
                count["accepted"] += bool(said)
                good = bool(said)
            else:
                count["named"] += as_intended(learner, said) and not said
                count["let through"] += bool(said)
                good = as_intended(learner, said) and not said
            if not good:
                differ.append((learner, said))
    print(f"{'check':28s}{'wrong':>7s}{'named so':>10s}{'accepted':>10s}{'right':>8s}"
          f"{'accepted':>10s}{'slowest':>10s}")  # fmt: skip
    for check, count in counts.items():
        print(f"{check:28s}{count['wrong']:7d}{count['named'] / max(count['wrong'], 1):10.1%}"
              f"{count['let through']:10d}{count['right']:8d}{count['accepted']:10d}"
              f"{slowest[check]:8.3f} s")  # fmt: skip
    total = sum(counts.values(), Counter())
    print(f"\nwrong functions named so: {total['named'] / max(total['wrong'], 1):.1%} of "
          f"{total['wrong']} (wanted: at least {WANTED_NAMED:.0%})")  # fmt: skip
    print(f"right functions accepted: {total['accepted']} of {total['right']} (wanted: all)")
    print(f"slowest check: {max(slowest.values()):.3f} s (wanted: under {WANTED_SECONDS} s)")
    for learner, said in differ:
        intended = " or ".join(str(list(ids)) for ids in (learner.mistakes, *learner.or_else))
        print(f"\n{learner.name}: {learner.cause}\n  intended {intended} at {learner.where}"
              f"\n  claimed {list(said.mistakes)} at {said.where}: {said.message}")  # fmt: skip


if __name__ == "__main__":
    main(*sys.argv[1:2])
