"""What a function does on the way is noticed, and stays out of the page."""

import subprocess
import sys
import threading
import warnings

import matplotlib.pyplot as plt
import nbformat
import pytest
import torch
from nbclient import NotebookClient

from fnn_helpers.feedback.call import run
from fnn_helpers.feedback.call.watching import PRINT_LIMIT

Z = torch.tensor([[1.0, -2.0], [0.5, 3.0]], dtype=torch.float64)


# --- autograd ------------------------------------------------------------------------------------


def _squares(z):
    return (z**2).sum()


def _in_a_thread(z):
    z = z.requires_grad_()
    worker = threading.Thread(target=lambda: _squares(z).backward())
    worker.start()
    worker.join()


@pytest.mark.parametrize(
    "asks",
    [
        lambda z: _squares(z.requires_grad_()).backward(),
        lambda z: torch.autograd.grad(_squares(z.requires_grad_()), z),
        lambda z: torch.func.grad(_squares)(z),
        lambda z: torch.func.jacfwd(_squares)(z),
        lambda z: torch.func.jvp(_squares, (z,), (z,)),
        lambda z: torch.func.vjp(_squares, z)[1](torch.tensor(1.0).double()),
        lambda z: torch.autograd.functional.jacobian(_squares, z),
        _in_a_thread,
    ],
)
def test_every_kind_of_autograd_is_noticed(asks) -> None:
    assert run(asks, (Z,)).used_autograd


@pytest.mark.parametrize("asks", [_squares, lambda z: _squares(z.requires_grad_()).detach()])
def test_a_graph_alone_is_no_autograd(asks) -> None:
    assert not run(asks, (Z,)).used_autograd


def test_somebody_else_who_asks_autograd_meanwhile_is_no_matter() -> None:
    inside, asked = threading.Event(), threading.Event()

    def somebody_else() -> None:
        inside.wait()
        _in_a_thread_of_mine = Z.clone().requires_grad_()
        _squares(_in_a_thread_of_mine).backward()
        asked.set()

    def waits(z):
        inside.set()
        asked.wait()

    threading.Thread(target=somebody_else).start()
    assert not run(waits, (Z,)).used_autograd and asked.is_set()


# --- what is printed -----------------------------------------------------------------------------


def test_a_print_goes_through_where_it_may(capsys) -> None:
    def says(z):
        print("shape", tuple(z.shape))
        sys.stdout.writelines(["one\n", "two\n"])

    run(says, (Z,), quiet=False)
    assert capsys.readouterr().out == "shape (2, 2)\none\ntwo\n"
    run(says, (Z,))
    assert capsys.readouterr().out == ""


def test_a_flood_is_cut_after_a_page(capsys) -> None:
    def floods(z):
        for _ in range(10_000):
            print("flood")

    run(floods, (Z,), quiet=False)
    shown = capsys.readouterr().out
    assert shown.startswith("flood\nflood\n") and "is not shown" in shown
    assert PRINT_LIMIT <= len(shown) < PRINT_LIMIT + 100
    print("free again")
    assert capsys.readouterr().out == "free again\n"


def test_standard_error_stays_out_and_is_free_again(capsys) -> None:
    run(lambda z: print("a complaint", file=sys.stderr), (Z,), quiet=False)
    assert capsys.readouterr() == ("", "")
    print("mine", file=sys.stderr)
    assert capsys.readouterr().err == "mine\n"


# --- warnings ------------------------------------------------------------------------------------


def _warns(z):
    warnings.warn("careful, " + "z" * len(z), stacklevel=1)


def test_warnings_are_kept_and_not_shown() -> None:
    with warnings.catch_warnings(record=True) as shown:
        warnings.simplefilter("always")
        assert run(_warns, (Z,)).warnings == ("careful, zz",)
        assert not shown
        _warns("abc")
        assert [str(w.message) for w in shown] == ["careful, zzz"]


def test_a_warning_said_outside_is_heard_in_every_run_and_is_said_again_outside() -> None:
    with warnings.catch_warnings(record=True) as shown:
        warnings.simplefilter("default")  # once for each line
        _warns(Z)
        assert run(_warns, (Z,)).warnings == run(_warns, (Z,)).warnings == ("careful, zz",)
        _warns(Z)
        assert len(shown) == 2


def test_a_warning_that_is_an_error_for_the_learner_is_one_here() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert isinstance(run(_warns, (Z,)).error, UserWarning)


# --- figures -------------------------------------------------------------------------------------


@pytest.fixture
def my_figure():
    plt.close("all")
    yield plt.figure()
    plt.close("all")


def test_figures_made_inside_are_closed_and_only_those(my_figure) -> None:
    def draws(z):
        plt.figure()
        plt.plot([1, 2])
        plt.show()
        plt.subplots()

    run(draws, (Z,))
    assert plt.get_fignums() == [my_figure.number] and plt.gcf() is my_figure


def test_figures_are_closed_after_an_error_too(my_figure) -> None:
    def draws_and_fails(z):
        plt.subplots()
        raise ValueError

    run(draws_and_fails, (Z,))
    assert plt.get_fignums() == [my_figure.number]


def test_show_is_swallowed_inside_and_free_again(monkeypatch) -> None:
    shown = []
    monkeypatch.setattr(plt, "show", lambda: shown.append("page"))
    run(lambda z: plt.show(), (Z,))
    assert shown == []
    plt.show()
    assert shown == ["page"]


def test_flowers_and_verdicts_import_nothing_that_the_learner_has_not_imported() -> None:
    code = """
import sys, torch, fnn_helpers
from fnn_helpers import feedback
fnn_helpers.load_iris_pair()
print(feedback.check_sigmoid(torch.sigmoid).status)
print(feedback.check_output_delta(lambda y_hat, y: y_hat + y ** 3 + 0.1).mistake)
try:
    fnn_helpers.BinaryCrossEntropy().value(torch.ones(3, 1), torch.ones(3))
except ValueError:
    print("refused")
heavy = "IPython", "PIL", "ipywidgets", "matplotlib", "scipy", "sklearn", "sympy"
print(*sorted(set(heavy) & set(sys.modules)))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["correct", "None", "refused"]


# --- side by side, and in Jupyter ----------------------------------------------------------------


def test_runs_side_by_side_leave_everything_as_it_was() -> None:
    def now():
        engine = torch.autograd.Variable._execution_engine
        return engine, torch.autograd.forward_ad.make_dual, sys.stdout, sys.stderr, plt.show

    before, values = now(), []
    workers = [
        threading.Thread(
            target=lambda: values.extend(run(lambda z: z + 1, (Z,)).value for _ in range(10))
        )
        for _ in range(5)
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(values) == 50 and all(torch.equal(v, Z + 1) for v in values)
    assert all(a is b for a, b in zip(before, now(), strict=True))


def test_a_run_inside_a_run_is_watched_for_itself() -> None:
    inner = []

    def outer(z):
        inner.append(run(lambda z: _squares(z.requires_grad_()).backward(), (z,)))
        warnings.warn("outer", stacklevel=1)

    once = run(outer, (Z,))
    assert inner[0].used_autograd and not once.used_autograd
    assert once.warnings == ("outer",) and inner[0].warnings == ()


TRAINS = """
import warnings
import sys
import numpy as np
import matplotlib.pyplot as plt
from IPython.display import clear_output, display
import torch
from fnn_helpers import feedback

def train(X, y, w1, w2, epochs, learning_rate):
    losses = []
    for _ in range(epochs):
        a1 = torch.sigmoid(X @ w1)
        y_hat = torch.sigmoid(a1 @ w2)
        losses.append(-(y * y_hat.log() + (1 - y) * (1 - y_hat).log()).mean())
        d2 = (y_hat - y) / len(X)
        d1 = d2 @ w2.T * a1 * (1 - a1)
        w1, w2 = w1 - learning_rate * X.T @ d1, w2 - learning_rate * a1.T @ d2
        clear_output(wait=True)
    plt.plot(losses)
    display(losses)
    warnings.warn("plotted")
    print("to the error stream", file=sys.stderr)
    np.log(0.0)
    plt.show()
    return w1, w2, losses
"""


def _outputs(*cells: str) -> list[list]:
    """What each cell shows in a kernel of its own."""
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    NotebookClient(book, timeout=120, kernel_name="python3").execute()
    return [cell.outputs for cell in book.cells]


@pytest.fixture(scope="module")
def page() -> list:
    """What one kernel shows: a first import of matplotlib inside a function, then figures."""
    return _outputs(
        "import torch\nfrom fnn_helpers.feedback.call import run\n"
        "def draws(z):\n    import matplotlib.pyplot as plt\n    plt.plot([1, 2])\n    plt.show()\n"
        "once = run(draws, (torch.zeros(2),))\nprint(once.error, once.out_of_time)",
        TRAINS,
        "feedback.check_train(train)",
        "print('before')\nfigure = plt.figure()\nanswer = feedback.check_train(train)\n"
        "print(plt.get_fignums())",
        "plt.plot([1, 2])\nplt.show()\ndisplay('mine')",
    )


def test_in_jupyter_a_right_function_that_plots_shows_its_verdict_and_nothing_else(page) -> None:
    _, _, verdict, mine, after = page
    assert [output.output_type for output in verdict] == ["execute_result"]
    assert "✓" in verdict[0]["data"]["text/plain"]
    # A figure that was open before stays, and Jupyter shows it at the end of the cell.
    *printed, figure = mine  # what is printed may come in parts
    assert "".join(output["text"] for output in printed) == "before\n[1]\n"
    assert figure.output_type == "display_data"
    assert [output.output_type for output in after] == ["display_data", "display_data"]


def test_in_jupyter_the_first_import_of_matplotlib_inside_shows_nothing_either(page) -> None:
    assert [dict(output) for output in page[0]] == [
        {"name": "stdout", "output_type": "stream", "text": "None False\n"}
    ]
