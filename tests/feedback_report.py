"""How well the checks name mistakes: python tests/feedback_report.py"""

import time
import warnings
from collections import Counter

from learners import RIGHT, check, wrong_attempts

warnings.filterwarnings("ignore")


def main() -> None:
    """Try every wrong function and every right one; print the shares and the slowest check."""
    total, named, exact, passed = Counter(), Counter(), Counter(), []
    slowest: dict[str, float] = {}
    unnamed = []
    for attempt in wrong_attempts():
        begin = time.perf_counter()
        answer = check(attempt.check)(attempt.function)
        took = time.perf_counter() - begin
        slowest[attempt.check] = max(slowest.get(attempt.check, 0), took)
        total[attempt.check] += 1
        named[attempt.check] += answer.mistake is not None
        exact[attempt.check] += answer.mistake == attempt.mistake
        if answer:
            passed.append(attempt)
        elif answer.mistake is None:
            unnamed.append(attempt)
    print(
        f"{'check':30s}{'wrong':>7s}{'named':>8s}{'as in table':>13s}{'right':>8s}{'slowest':>10s}"
    )
    accepted = ways = 0
    for name in RIGHT:
        good = 0
        for way in RIGHT[name]:
            begin = time.perf_counter()
            good += bool(check(name)(way))
            slowest[name] = max(slowest[name], time.perf_counter() - begin)
        accepted, ways = accepted + good, ways + len(RIGHT[name])
        print(
            f"{name:30s}{total[name]:7d}{named[name] / total[name]:8.1%}"
            f"{exact[name] / total[name]:13.1%}{f'{good}/{len(RIGHT[name])}':>8s}"
            f"{slowest[name]:8.3f} s"
        )
    print(f"\nwrong functions named: {sum(named.values()) / sum(total.values()):.2%}"
          f" of {sum(total.values())} (wanted: at least 98 %)")  # fmt: skip
    print(f"wrong functions accepted: {len(passed)} (wanted: 0)")
    print(f"right functions accepted: {accepted} of {ways} (wanted: all, at least 40)")
    print(f"slowest check: {max(slowest.values()):.3f} s (wanted: under 0.3 s)")
    for attempt in (*passed, *unnamed):
        print("  not named:", attempt.check, attempt.where, attempt.mistake, attempt.scale)


if __name__ == "__main__":
    main()
