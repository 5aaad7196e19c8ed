"""Somebody else's code is run on copies, within its time, and stopped without harm."""

import importlib
import signal
import sys
import threading
import time

import numpy as np
import pytest
import torch

from fnn_helpers import feedback
from fnn_helpers.feedback.call import run, runner

Z = torch.tensor([[1.0, -2.0], [0.5, 3.0]], dtype=torch.float64)


@pytest.fixture
def limit(monkeypatch):
    """Sets the seconds that a function has."""
    return lambda seconds: monkeypatch.setattr(runner, "TIME_LIMIT", seconds)


@pytest.fixture
def module(tmp_path, monkeypatch):
    """Writes a module that can be imported, and forgets it afterwards."""
    monkeypatch.syspath_prepend(tmp_path)
    written = []

    def write(name: str, source: str) -> None:
        (tmp_path / f"{name}.py").write_text(source)
        importlib.invalidate_caches()
        written.append(name)

    yield write
    for name in written:
        sys.modules.pop(name, None)


def forever(z):
    while True:
        z = z + 1


# --- arguments and results -----------------------------------------------------------------------


def test_it_works_on_copies_and_a_change_is_reported_by_position() -> None:
    def rude(z, w):
        w *= 2
        return z

    for numpy in (False, True):
        w = Z.clone()
        once = run(rude, (Z, w), numpy=numpy)
        assert once.changed == 1 and torch.equal(w, Z)
        assert run(lambda z, w: z + w, (Z, w), numpy=numpy).changed is None


def test_a_change_that_changes_nothing_here_is_a_change() -> None:
    assert run(lambda z: z.clamp_(-100, 100), (Z,)).changed == 0


def test_arrays_are_given_where_they_are_wanted() -> None:
    assert isinstance(run(lambda z: z, (Z,), numpy=True).value, np.ndarray)
    assert isinstance(run(lambda z: z, (Z,)).value, torch.Tensor)


def test_results_may_come_one_by_one() -> None:
    def by_yield(z):
        yield z
        yield 2 * z

    value = run(by_yield, (Z,)).value
    assert isinstance(value, tuple) and len(value) == 2


def test_a_generator_runs_inside_the_guard(limit) -> None:
    def leaves(z):
        yield z
        raise SystemExit

    def rude(z):
        yield z
        z *= 0

    def never_ends(z):
        while True:
            yield z

    def hangs(z):
        yield z
        forever(z)

    assert isinstance(run(leaves, (Z,)).error, SystemExit)
    assert run(rude, (Z,)).changed == 0
    assert len(run(never_ends, (Z,)).value) == runner.MOST_RESULTS
    limit(0.2)
    assert run(hangs, (Z,)).out_of_time


# --- time ----------------------------------------------------------------------------------------


def test_an_endless_loop_is_stopped_and_its_limit_is_the_one_that_is_named(limit) -> None:
    limit(0.3)
    begin = time.perf_counter()
    once = run(forever, (Z,))
    assert once.out_of_time and once.limit == 0.3 and once.value is None
    assert isinstance(once.error, runner.OutOfTime)
    assert time.perf_counter() - begin < 3
    answer = feedback.check_sigmoid(forever)
    assert answer.mistake == "endless" and "after 0.3 seconds" in answer.message


def test_a_loop_that_catches_everything_is_stopped(limit) -> None:
    limit(0.2)
    counts = [0]

    def stubborn(z):
        while True:
            try:  # noqa: SIM105
                counts[0] += 1
            except:  # noqa: E722
                pass

    assert run(stubborn, (Z,)).out_of_time
    before = counts[0]
    time.sleep(0.1)
    assert counts[0] == before


def test_a_first_import_is_never_cut_in_the_middle(limit, module) -> None:
    limit(0.1)
    module("slow_inside", "import time\ntime.sleep(0.5)\nwhole = True\n")
    module("slow_library", "import slow_inside\nimport time\ntime.sleep(0.3)\nwhole = True\n")

    def imports(z):
        import slow_library

        return z * slow_library.whole

    once = run(imports, (Z,))
    assert not once.out_of_time and torch.equal(once.value, Z)
    assert sys.modules["slow_inside"].whole and sys.modules["slow_library"].whole


def test_after_an_import_the_clock_runs_on(limit, module) -> None:
    limit(0.2)
    module("slow_before_a_loop", "import time\ntime.sleep(0.5)\nwhole = True\n")

    def imports_and_hangs(z):
        import slow_before_a_loop  # noqa: F401

        forever(z)

    assert run(imports_and_hangs, (Z,)).out_of_time
    assert sys.modules["slow_before_a_loop"].whole


def test_an_import_that_never_ends_ends_at_the_far_limit(limit, module, monkeypatch) -> None:
    limit(0.1)
    monkeypatch.setattr(runner, "IMPORT_LIMIT", 0.5)
    module("never_imported", "while True: pass\n")

    def imports(z):
        import never_imported  # noqa: F401

    begin = time.perf_counter()
    assert run(imports, (Z,)).out_of_time
    assert 0.5 < time.perf_counter() - begin < 4
    assert "never_imported" not in sys.modules


def _press_stop_after(begun: threading.Event) -> None:
    def press() -> None:
        begun.wait()
        time.sleep(0.1)
        signal.pthread_kill(threading.main_thread().ident, signal.SIGINT)

    threading.Thread(target=press).start()


def test_the_stop_button_stops_the_function_too(limit) -> None:
    limit(5.0)
    begun, running = threading.Event(), []

    def counts(z):
        begun.set()
        while True:
            running.append(0)
            del running[1:]

    _press_stop_after(begun)
    begin = time.perf_counter()
    with pytest.raises(KeyboardInterrupt):
        run(counts, (Z,))
    assert time.perf_counter() - begin < 3
    time.sleep(0.1)
    running.append(1)
    time.sleep(0.1)
    assert 1 in running, "it still empties the list"


def test_the_stop_button_leaves_an_import_whole(limit, module) -> None:
    begun = threading.Event()
    module("slow_when_stopped", "import time\ntime.sleep(0.6)\nwhole = True\n")

    def imports_and_hangs(z):
        begun.set()
        import slow_when_stopped  # noqa: F401

        forever(z)

    _press_stop_after(begun)
    with pytest.raises(KeyboardInterrupt):
        run(imports_and_hangs, (Z,))
    assert sys.modules["slow_when_stopped"].whole


# --- whatever it raises --------------------------------------------------------------------------


@pytest.mark.parametrize("error", [SystemExit, KeyboardInterrupt, GeneratorExit, MemoryError])
def test_nothing_that_it_raises_gets_out(error) -> None:
    def fails(z):
        raise error

    once = run(fails, (Z,))
    assert isinstance(once.error, error) and not once.out_of_time
