"""Break the code, one small change at a time, and list what no test notices: make mutants.

python tests/mutants.py [lesson] [feedback] [record] [error] [answer] [--seed 2] [--drawn 400]
                        [--only TEXT] [--operator TEXT] [--limit SECONDS]

The lesson's files are broken wherever an operator fits. Of feedback/ as many places as --drawn says
are drawn by the seed. Beside them, and counted apart: every record's formula, every row of the
error table, every answer of a question.

One process imports torch and the other slow libraries, then forks a child a mutant, so that a
mutant costs its tests and no start. A child has a copy of the package of its own and stops at the
first test that fails. A mutant of the lesson meets all of the lesson's tests. One of feedback/
meets a choice: of a test with many cases those that name what was broken, and otherwise CASES of
them, spread evenly. It may survive here and still be seen by `make test`, never the other way
round. A child that needs longer than
--limit is stopped and counts as noticed, as a learner would notice it.
"""

import argparse
import ast
import compileall
import contextlib
import gc
import os
import random
import re
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "fnn_helpers"
WORKERS = 2
CASES = 6  # kept of a test with many cases, beside those that name what was broken
EXAMPLES = 8  # that Hypothesis draws for a claim
WANTED = {"lesson": 0.95, "feedback": 0.85, "record": 0.85, "error": 0.85, "answer": 0.85}
LESSON = ("data", "activations", "costs", "network", "training", "gradient_checks", "refusals")

# Changes that change nothing anyone could see: file, a part of the line, operator, and the reason.
SPEED = "how many rows or epochs go together changes the time, not the numbers"
EQUIVALENT: tuple[tuple[str, str, str, str], ...] = (
    ("", "strict=True", "constant", "of equal length today; it guards a later change"),
    ("training.py", "y_hats[0] if len(y_hats) == 1", "if", SPEED),
    ("training.py", "patience = ", "constant", SPEED),
    ("refusals.py", "if not math.isfinite(value.sum()", "if", "True: only the slower look"),
    ("training.py", "IN_CACHE = ", "constant", SPEED),
    ("training.py", "IN_CACHE = ", "arithmetic", SPEED),
    ("training.py", "WAITING = ", "constant", SPEED),
    ("training.py", "patience = ", "if", SPEED),
    ("training.py", "patience = ", "arithmetic", SPEED),
    ("training.py", "if epoch == 0 or on_epoch is not None", "if", "True: read once an epoch"),
    ("training.py", "rows = max(1, IN_CACHE", "arithmetic", SPEED),
)


class Mutant(NamedTuple):
    """One change: where, by which operator, the text before and after, and the whole file then."""

    kind: str
    path: Path
    line: int
    operator: str
    before: str
    after: str
    text: str
    word: str = ""  # what the cases of a test that concern it are called

    def __str__(self) -> str:
        before, after = (" ".join(t.split())[:70] for t in (self.before, self.after))
        return f"{self.path.relative_to(ROOT)}:{self.line}  {self.operator}: {before} → {after}"


# --- operators: each yields a piece of the tree and the text that replaces it --------------------

Change = tuple[str, ast.AST, str]
SWAPPED: dict[type, tuple[str, str]] = {
    ast.Add: ("+", "-"), ast.Sub: ("-", "+"), ast.Mult: ("*", "/"), ast.Div: ("/", "*"),
    ast.FloorDiv: ("//", "*"), ast.Mod: ("%", "+"), ast.Pow: ("**", "*"),
    ast.BitAnd: ("&", "|"), ast.BitOr: ("|", "&"),
    ast.Lt: ("<", ">="), ast.LtE: ("<=", ">"), ast.Gt: (">", "<="), ast.GtE: (">=", "<"),
    ast.Eq: ("==", "!="), ast.NotEq: ("!=", "=="), ast.Is: ("is", "is not"),
    ast.IsNot: ("is not", "is"), ast.In: ("in", "not in"), ast.NotIn: ("not in", "in"),
    ast.And: ("and", "or"), ast.Or: ("or", "and"),
}  # fmt: skip


def swapped(node: ast.AST) -> Iterator[Change]:
    """+ for −, * for /, < for ≥, and for or."""
    if isinstance(node, ast.BinOp) and type(node.op) in SWAPPED:
        sign = SWAPPED[type(node.op)][1]
        yield "arithmetic", node, f"({ast.unparse(node.left)}) {sign} ({ast.unparse(node.right)})"
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        sign = SWAPPED[type(node.ops[0])][1]
        text = f"({ast.unparse(node.left)}) {sign} ({ast.unparse(node.comparators[0])})"
        yield "comparison", node, text
    if isinstance(node, ast.BoolOp):
        sign = SWAPPED[type(node.op)][1]
        yield "and-or", node, f" {sign} ".join(f"({ast.unparse(v)})" for v in node.values)


def dropped(node: ast.AST) -> Iterator[Change]:
    """A .T, a not, a minus that is left out."""
    if isinstance(node, ast.Attribute) and node.attr == "T" and isinstance(node.ctx, ast.Load):
        yield "transpose", node, ast.unparse(node.value)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not | ast.USub):
        yield "not" if isinstance(node.op, ast.Not) else "sign", node, ast.unparse(node.operand)


def constant(node: ast.AST) -> Iterator[Change]:
    """Another number, the other truth."""
    if isinstance(node, ast.Constant) and type(node.value) in (bool, int, float):
        value = node.value
        other = {0: 1, 1: 0, 0.5: 0.4}.get(value, value + 1 if type(value) is int else value * 1.5)
        yield "constant", node, repr(not value if value is True or value is False else other)


def statement(node: ast.AST) -> Iterator[Change]:
    """A result, a branch or a line that is missing."""
    if isinstance(node, ast.Return) and node.value is not None:
        if not (isinstance(node.value, ast.Constant) and node.value.value is None):
            yield "return", node, "return None"
    elif isinstance(node, ast.If | ast.IfExp):
        for truth in ("True", "False"):
            yield "if", node.test, truth
    elif isinstance(node, ast.Raise | ast.Assign | ast.AugAssign | ast.Expr) and not _is_text(node):
        yield "deleted", node, "pass"
    elif isinstance(node, ast.keyword) and _is_id(text := _text(node.value) or ""):
        yield "id", node.value, repr(text + "-x")


def string_id(node: ast.AST) -> Iterator[Change]:
    """An identifier of a mistake, a check or a place, spelled otherwise."""
    texts: Iterable[ast.AST] = ()
    if isinstance(node, ast.Call | ast.Tuple | ast.List):
        texts = node.args if isinstance(node, ast.Call) else node.elts
    elif isinstance(node, ast.Compare):
        texts = node.comparators
    for text in texts:
        if isinstance(text, ast.Constant) and isinstance(text.value, str) and _is_id(text.value):
            yield "id", text, repr(text.value + "-x")


def _is_id(text: str) -> bool:
    return bool(re.fullmatch(r"[a-z]+([-_][a-z]+)+", text))


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


GENERAL = (swapped, dropped, constant, statement, string_id)


# --- operators that know what a table holds ------------------------------------------------------

FALSE = "[(0.3 + m**3) for w in [{0}] for m in (w if isinstance(w, list) else [w])]"


def record(node: ast.AST) -> Iterator[Change]:
    """A record whose formula is false: every value it gives cubed and moved."""
    if _calls(node, "Mistake") and len(node.args) > 1:
        make = node.args[1]
        if isinstance(make, ast.Lambda):
            yield node.args[0].value, make.body, FALSE.format(ast.unparse(make.body))
        elif isinstance(make, ast.Name):
            body = FALSE.format(f"({make.id})(v)")
            yield node.args[0].value, make, f"(lambda v: {body})"


def error_row(node: ast.AST) -> Iterator[Change]:
    """A row of the error table with another id, or with a pattern that nothing matches."""
    fields = node.args if isinstance(node, ast.Call) else getattr(node, "elts", ())
    if len(fields) >= 4 and isinstance(node, ast.Call | ast.Tuple):
        _, pattern, name = fields[:3]
        if _text(pattern) is not None and _text(name) and re.fullmatch(r"[a-z-]+", _text(name)):
            yield f"{_text(name)} (id)", name, repr(_text(name) + "-x")
            yield f"{_text(name)} (pattern)", pattern, repr("no such words")


def answer(node: ast.AST) -> Iterator[Change]:
    """A question with another right letter, or another right number."""
    if isinstance(node, ast.Dict):
        for key, question in zip(node.keys, node.values, strict=True):
            if _calls(question, "Number"):
                right = question.args[1]
                yield key.value, right, f"1.1 * ({ast.unparse(right)}) + 0.1"
            elif _calls(question, "Choice"):
                letters = [k.value for k in question.args[1].keys]
                right = question.args[2]
                other = letters[letters.index(right.value) - 1]
                yield key.value, right, repr(other)


def _calls(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.Call) and getattr(node.func, "id", "") == name


def _text(node: ast.AST) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def mutants(kind: str, path: Path, operators: Iterable[Callable[[Any], Iterator[Change]]]) -> list:
    """All changes of one file that the operators find and Python can read."""
    text = path.read_text(encoding="utf-8")
    lines = [line.encode() for line in text.splitlines(keepends=True)]
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    whole = text.encode()
    found = {}
    skip = _never_run(tree := ast.parse(text))
    for node in ast.walk(tree):
        if node in skip:
            continue
        for operator in operators:
            for name, place, new in operator(node):
                begin = starts[place.lineno - 1] + place.col_offset
                end = starts[place.end_lineno - 1] + place.end_col_offset
                brackets = isinstance(place, ast.expr) and not isinstance(place, ast.Constant)
                new = f"({new})" if brackets else new
                changed = (whole[:begin] + new.encode() + whole[end:]).decode()
                with contextlib.suppress(SyntaxError):
                    ast.parse(changed)
                    before = whole[begin:end].decode()
                    word = name.split()[0] if kind in ("record", "error", "answer") else ""
                    found.setdefault(
                        (begin, end, new),
                        Mutant(kind, path, place.lineno, name, before, new, changed, word),
                    )
    return [found[key] for key in sorted(found)]


def _never_run(tree: ast.AST) -> set[ast.AST]:
    """Annotations, __all__ and what only a type checker reads: no test can notice these."""
    out: set[ast.AST] = set()
    for node in ast.walk(tree):
        parts = [getattr(node, name, None) for name in ("annotation", "returns")]
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "__all__":
            parts.append(node)
        if isinstance(node, ast.If) and getattr(node.test, "id", "") == "TYPE_CHECKING":
            parts.append(node)
        for part in parts:
            if part is not None:
                out.update(ast.walk(part))
    return out


def chosen(kinds: list[str], seed: int, drawn: int) -> list[Mutant]:
    """The mutants of these kinds; those of feedback/ outside its tables drawn by the seed."""
    feedback = PACKAGE / "feedback"
    out = []
    if "lesson" in kinds:
        for name in LESSON:
            out += mutants("lesson", PACKAGE / f"{name}.py", GENERAL)
    if "feedback" in kinds:
        all_of_it = [m for path in sorted(feedback.rglob("*.py"))
                     for m in mutants("feedback", path, GENERAL)]  # fmt: skip
        picked = random.Random(seed).sample(all_of_it, min(drawn, len(all_of_it)))
        out += sorted(picked, key=lambda m: (m.path, m.line))
    for kind, paths, operator in (
        ("record", sorted((feedback / "tasks").glob("*.py")), record),
        ("error", [feedback / "call" / "errors.py"], error_row),
        ("answer", sorted((feedback / "recall").glob("n0*.py")), answer),
    ):
        if kind in kinds:
            out += [m for path in paths for m in mutants(kind, path, (operator,))]
    return [m for m in out if not equivalent(m)]


def equivalent(mutant: Mutant) -> bool:
    """Whether the list above says that nobody could see it."""
    name = str(mutant.path.relative_to(PACKAGE))
    line = mutant.path.read_text(encoding="utf-8").splitlines()[mutant.line - 1]
    return any(
        file in (name, "") and part in line and mutant.operator == operator
        for file, part, operator, _ in EQUIVALENT
    )


# --- which tests ---------------------------------------------------------------------------------

LESSON_TESTS = (
    "activations", "costs", "data", "network", "refusals", "gradient_checks", "training",
    "training_edges",
)  # fmt: skip
# Too slow to be tried for each mutant, or claims about the learners and not about the code.
LEFT_OUT = (
    "test_with_a_wrong_scale_at_least_98_percent_are_named",
    "test_a_cell_without_end_is_stopped_and_the_rest_not_reached",
    "test_a_number_gives_one_calculation_and_another_gives_another",
    "test_the_learners_data_are_safe",
    "test_a_first_import_does_not_count_as_endless",  # by the clock, and two run at once
    "test_learners_are_learners",
)
FEEDBACK_TESTS = {
    "recall/": ("feedback/test_recall.py", "feedback/test_practice.py"),
    "practice.py": ("feedback/test_practice.py", "feedback/test_recall.py"),
    "predict.py": ("feedback/test_practice.py", "feedback/test_progress.py"),
    "progress.py": ("feedback/test_progress.py",),
    "grade.py": ("feedback/test_grade.py",),
    "__main__.py": ("feedback/test_grade.py",),
}


def tests_of(mutant: Mutant) -> list[str]:
    """The test files that concern a mutant, those likely to notice first."""
    if mutant.kind == "lesson":
        near = (mutant.path.stem, "training_edges", "refusals")
        rest = [name for name in LESSON_TESTS if name not in near]
        return [f"tests/test_{name}.py" for name in (*near, *rest)]
    name = str(mutant.path.relative_to(PACKAGE / "feedback"))
    for part, files in FEEDBACK_TESTS.items():
        if part in name:
            return [f"tests/{file}" for file in files]
    own = sorted(p.name for p in (ROOT / "tests" / "feedback").glob("test_*.py"))
    other = {file.split("/")[1] for files in FEEDBACK_TESTS.values() for file in files}
    files = [f for f in own if f not in other | {"test_learners_are_learners.py"}]
    files.sort(key=lambda f: f != "test_named.py")  # one real function a mistake comes first
    return ["tests/feedback/" + files[0], "tests/test_feedback.py"] + [
        f"tests/feedback/{f}" for f in files[1:]
    ]


class Thinned:
    """A plugin of pytest: fewer cases of each test, and fewer examples of each claim."""

    def __init__(self, word: str, whole: bool) -> None:
        self.word, self.whole = word, whole

    def pytest_configure(self, config: Any) -> None:
        from hypothesis import Phase, settings

        few = settings(
            settings.get_profile("project"),
            max_examples=EXAMPLES,
            phases=(Phase.explicit, Phase.generate),  # one failure is enough, however large
            database=None,
        )
        settings.register_profile("mutants", few)
        settings.load_profile("mutants")

    def pytest_collection_modifyitems(self, config: Any, items: list) -> None:
        if self.whole:
            return
        families: dict[str, list] = {}
        for item in items:
            if not any(part in item.nodeid for part in LEFT_OUT):
                families.setdefault(item.nodeid.split("[")[0], []).append(item)
        first, later = [], []
        for cases in families.values():
            named = [c for c in cases if self.word and self.word in c.nodeid.partition("[")[2]]
            others = [c for c in cases if c not in named]
            first += named
            later += others[:: -(-len(others) // CASES) or 1]
        # Within a file the order of the tests stays: fixtures are shared.
        items[:] = first + later


def word_of(mutant: Mutant) -> str:
    """What the cases that concern it are called: a record's id, or the file of a task."""
    if mutant.word:
        return mutant.word
    if mutant.path.parent.name == "tasks":
        return {"cost": "cross_entropy", "slope": "sigmoid_slope", "delta": "output_delta",
                "rows": "normalise_rows"}.get(mutant.path.stem, mutant.path.stem)  # fmt: skip
    return ""


# --- one child a mutant --------------------------------------------------------------------------


def warm_up() -> None:
    """Import what is slow and not ours; the children get it for nothing."""
    import hypothesis  # noqa: F401
    import IPython  # noqa: F401
    import ipywidgets  # noqa: F401
    import nbclient  # noqa: F401
    import nbformat  # noqa: F401
    import pytest  # noqa: F401
    import sklearn.datasets  # noqa: F401
    import torch
    import torch._dynamo
    import tqdm.auto  # noqa: F401

    torch.set_num_threads(1)
    gc.freeze()  # else a child's collector copies all that is shared


def try_tests(mutant: Mutant | None, tests: list[str], home: Path, shown: bool = False) -> int:
    """In the child: run the tests against the package in `home`; the exit code of pytest."""
    import pytest

    os.setsid()
    if not shown:
        sink = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(sink, stream)
    sys.dont_write_bytecode = True
    os.environ.update(PYTHONPATH=str(home), PYTHONDONTWRITEBYTECODE="1", OMP_NUM_THREADS="1")
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    sys.path[:] = [str(home), *(p for p in sys.path if p != str(ROOT))]
    os.chdir(ROOT)
    of_lesson = not any("feedback" in test for test in tests)  # these are quick enough
    plugin = Thinned(word_of(mutant) if mutant else "", whole=of_lesson)
    return int(
        pytest.main(
            ["-x", "-q", "-p", "no:cacheprovider", "--no-header", "--tb=no", *tests],
            plugins=[plugin],
        )
    )


def start(mutant: Mutant | None, tests: list[str], home: Path, shown: bool = False) -> int:
    """Fork a child that tries a mutant; its process id."""
    if mutant:
        (home / mutant.path.relative_to(ROOT)).write_text(mutant.text, encoding="utf-8")
    sys.stdout.flush()
    if child := os.fork():
        return child
    code = 1
    with contextlib.suppress(BaseException):
        code = try_tests(mutant, tests, home, shown)
    os._exit(code)


def end(child: int) -> None:
    """Stop a child and what it started."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child, signal.SIGKILL)


RUNNING: dict[int, tuple[Mutant, Path, float]] = {}  # by process id


def outcomes(todo: list[Mutant], homes: list[Path], limit: float) -> Iterator[tuple[Mutant, str]]:
    """Each mutant with "noticed", "too slow" or "survived", as they come."""
    waiting = list(reversed(todo))
    free = list(homes)
    running = RUNNING
    while waiting or running:
        while waiting and free:
            home, mutant = free.pop(), waiting.pop()
            running[start(mutant, tests_of(mutant), home)] = mutant, home, time.monotonic()
        time.sleep(0.01)
        for child, (mutant, home, begin) in list(running.items()):
            done, status = os.waitpid(child, os.WNOHANG)
            slow = time.monotonic() - begin > limit
            if not done and not slow:
                continue
            end(child)
            if not done:
                os.waitpid(child, 0)
            del running[child]
            shutil.copy2(mutant.path, home / mutant.path.relative_to(ROOT))
            free.append(home)
            code = os.waitstatus_to_exitcode(status) if done else 1
            yield mutant, "too slow" if not done else "survived" if code == 0 else "noticed"


def new_home() -> Path:
    """A copy of the package that a child may break."""
    home = Path(tempfile.mkdtemp(prefix="mutants-"))
    shutil.copytree(PACKAGE, home / PACKAGE.name, ignore=shutil.ignore_patterns("__pycache__"))
    compileall.compile_dir(home, quiet=2)  # a broken file is newer than what is compiled here
    return home


def main() -> None:
    """Print the shares by kind, and below them what survived."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("kinds", nargs="*", metavar="kind", help=" ".join(WANTED))
    parser.add_argument("--seed", type=int, default=2)
    parser.add_argument("--drawn", type=int, default=400)
    parser.add_argument("--only", default="", help="a part of the file's path")
    parser.add_argument("--operator", default="", help="a part of the operator's name")
    parser.add_argument("--limit", type=float, default=60, help="seconds a mutant may take")
    parser.add_argument("--every", type=int, default=1, help="try only each n-th")
    options = parser.parse_args()
    if unknown := set(options.kinds) - set(WANTED):
        parser.error(f"no kind is called {unknown.pop()!r}; there are {', '.join(WANTED)}")
    begin = time.monotonic()
    todo = [m for m in chosen(options.kinds or list(WANTED), options.seed, options.drawn)
            if options.only in str(m.path) and options.operator in m.operator]  # fmt: skip
    todo = todo[:: options.every]
    print(f"{len(todo)} mutants, those of feedback/ drawn by seed {options.seed}")
    warm_up()
    homes = [new_home() for _ in range(WORKERS)]
    try:
        for tests in sorted({tuple(sorted(tests_of(m))) for m in todo}):
            clock = time.monotonic()
            if os.waitstatus_to_exitcode(
                os.waitpid(start(None, list(tests), homes[0], shown=True), 0)[1]
            ):
                sys.exit("The tests fail without a mutant: mend that first.")
            print(f"  unbroken: {time.monotonic() - clock:.1f} s")
        counts: dict[str, Counter[str]] = {kind: Counter() for kind in WANTED}
        survivors = []
        for done, (mutant, outcome) in enumerate(outcomes(todo, homes, options.limit), 1):
            counts[mutant.kind][outcome] += 1
            if outcome == "survived":
                survivors.append(mutant)
                print(f"[{done} of {len(todo)}] {mutant.kind}  {mutant}", flush=True)
    finally:
        for child in RUNNING:
            end(child)
        for home in homes:
            shutil.rmtree(home, ignore_errors=True)
    print(f"\n{'kind':10s}{'mutants':>9s}{'noticed':>9s}{'too slow':>10s}{'survived':>10s}"
          f"{'share':>8s}{'wanted':>8s}")  # fmt: skip
    enough = True
    for kind, count in counts.items():
        if total := count.total():
            share = 1 - count["survived"] / total
            enough &= share >= WANTED[kind]
            print(f"{kind:10s}{total:9d}{count['noticed']:9d}{count['too slow']:10d}"
                  f"{count['survived']:10d}{share:8.1%}{WANTED[kind]:8.0%}")  # fmt: skip
    print("\nwhat survived:" if survivors else "\nnothing survived")
    for mutant in sorted(survivors, key=lambda m: (m.kind, m.path, m.line)):
        print(f"  {mutant.kind}  {mutant}")
    print(f"\n{time.monotonic() - begin:.0f} s")
    sys.exit(not enough)


if __name__ == "__main__":
    main()
