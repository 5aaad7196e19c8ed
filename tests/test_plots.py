"""What each figure drew: the data are in it, nothing is told by colour alone, bytes repeat."""

import functools
import io
import re
import shutil
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import torch
from conftest import seeded
from IPython.core.displaypub import CapturingDisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from matplotlib.patches import Ellipse
from matplotlib.text import Text
from PIL import Image

from fnn_helpers import FNN, load_iris_pair, plots, published_run
from fnn_helpers.plots import look
from fnn_helpers.plots.canvas import part
from fnn_helpers.plots.diagrams import ARROWS
from fnn_helpers.plots.page import Stage

CM = load_iris_pair("none")
UNIT = load_iris_pair()
NETWORK = FNN(generator=seeded(1))
FORWARD = NETWORK.forward(UNIT.X)
GRID = plots.grid(CM.X, steps=20)
IMAGE = torch.sigmoid(GRID.points[:, 0] - 5.5)
CORNERS, XOR = [[0.0, 0], [0, 1], [1, 0], [1, 1]], [0.0, 1, 1, 0]
SQUARE = plots.grid(CORNERS, steps=21, margin=0.5)
FIRST = torch.sigmoid(SQUARE.points[:, 0] - 0.5)  # says what the first input says
WEIGHTS = plots.Grid.over(torch.arange(3.0), torch.arange(2.0))
COSTS = [1.0, 2, 3, 2, 3, 4]
Z = torch.linspace(-8, 8, 81)
A = torch.sigmoid(Z)
RUN = published_run()
SMALL = FNN(2, 3, 1, generator=seeded(5))


def numbers(flower=50):
    """What the computation graph shows of one flower alone."""
    X, y = UNIT.X[[flower]], UNIT.y[[flower]]
    forward = SMALL.forward(X)
    gradients = SMALL.backward(X, y, forward)
    return {"forward": forward, "gradients": gradients, "X": X, "y": y, "w1": SMALL.w1,
            "w2": SMALL.w2, "cost": SMALL.cost.value(forward.y_hat, y).item()}  # fmt: skip


def graph():
    return plots.computation_graph(**numbers())


def notes(*names):
    """Autograd's notes for the network, and the values that have these names."""
    w1, w2 = (w.clone().requires_grad_() for w in (SMALL.w1, SMALL.w2))
    z1 = UNIT.X @ w1
    a1 = torch.sigmoid(z1)
    z2 = a1 @ w2
    cost = torch.nn.functional.binary_cross_entropy_with_logits(z2, UNIT.y)
    values = {"w1": w1, "z1": z1, "a1": a1, "z2": z2, "w2": w2, "C": cost}
    return plots.autograd_notes(cost, {name: values[name] for name in names})


FIGURES = {
    "flower_parts": lambda: plots.flower_parts(
        {"one": [5, 3.4, 1.5, 0.2], "two": [5.9, 2.8, 4, 1]}
    ),
    "flowers": lambda: plots.flowers(CM, highlight=[41]),
    "rows_to_unit_length": lambda: plots.rows_to_unit_length(CM, UNIT.X),
    "flowers_on_a_line": lambda: plots.flowers_on_a_line(
        UNIT.X[:, 0], CM, xlabel="x (no unit)", threshold=(0.85, "threshold 0.85")
    ),
    "predictions": lambda: plots.predictions(FORWARD.y_hat, CM),
    "sigmoid_and_slope": lambda: plots.sigmoid_and_slope(Z, A, A * (1 - A), z_data=FORWARD.z2),
    "tangent": lambda: plots.tangent(Z, A, 0.0, 0.5, 0.25),
    "step_size_errors": lambda: plots.step_size_errors(
        [1e-3, 1e-2, 1e-1], {"float32": [1e-2, 1e-4, 1e-3], "float64": [1e-7, 1e-5, 1e-3]}
    ),
    "label_cost": lambda: plots.label_cost(A, -A.log()),
    "constant_answers": lambda: plots.constant_answers(
        A,
        {
            "half": -0.5 * A.log() - 0.5 * (1 - A).log(),
            "most": -0.9 * A.log() - 0.1 * (1 - A).log(),
        },
    ),
    "costs_and_deltas": lambda: plots.costs_and_deltas(
        Z,
        {"cross-entropy": -A.log(), "squared error": 0.5 * (A - 1) ** 2},
        {"cross-entropy": A - 1, "squared error": (A - 1) * A * (1 - A)},
    ),
    "poked_weight": lambda: plots.poked_weight(Z, Z**2, 1.0, 1.0, 2.0),
    "curves": lambda: plots.curves(
        {"one": [1.0, 0.5, 0.2], "two": [1.0, 0.6, 0.21]},
        xlabel="epoch",
        ylabel="loss",
        reference=(0.69, "ln 2"),
    ),
    "history": lambda: plots.history(RUN),
    "on_a_parabola": lambda: plots.on_a_parabola(1.0, {"a": [3, 1.5], "b": [3, -3.6, 4.3]}),
    "along_a_step": lambda: plots.along_a_step([0, 1, 2], [1, 0.8, 1.5], [1, 0.7, 1.2], 1.8),
    "by_rate": lambda: plots.by_rate(
        [0.1, 1, 10],
        [[1, 2], [1, 3], [9, 12]],
        [[0.8, 0.9], [0.2, 0.3], [0.1, 4]],
        start=1.1,
        steps=200,
    ),
    "each_start": lambda: plots.each_start(
        {"one": [0.7, 0.6, 0.9], "two": [0.2, 0.3, 1.2]}, xlabel="loss", reference=(0.69, "ln 2")
    ),
    "seen_and_unseen": lambda: plots.seen_and_unseen(
        {"seen": [1, 0.5, 0.2, 0.1], "unseen": [1, 0.7, 0.6, 0.9]},
        lowest="unseen",
        xlabel="epoch",
        ylabel="loss",
    ),
    "epoch_by_epoch": lambda: plots.epoch_by_epoch(RUN, FORWARD.y_hat, CM, epoch=90),
    "learning": lambda: plots.learning(GRID, IMAGE, CM, RUN, epoch=20),
    "hidden_unit": lambda: plots.hidden_unit(GRID, IMAGE, [0.3, -0.2], CM),
    "adding_up": lambda: plots.adding_up(GRID, {"1": IMAGE, "2": 1 - IMAGE}),
    "four_points": lambda: plots.four_points(
        SQUARE, {"one": FIRST, "two": torch.ones_like(FIRST)}, CORNERS, XOR
    ),
    "magnified": lambda: plots.magnified(FORWARD.y_hat, CM, 0.8, highlight=[41]),
    "starts": lambda: plots.starts([0.1, 0.5, 0.9], [1.0, 0.3, 0.0]),
    "plane": lambda: plots.plane(GRID, IMAGE, CM, ax=plots.side_by_side()[0]),
    "side_by_side": lambda: [ax for ax in plots.side_by_side() if ax.set_title("a title")],
    "decision_boundary": lambda: plots.decision_boundary(GRID, IMAGE, CM),
    "boundaries": lambda: plots.boundaries(
        GRID, {f"epoch {i}": IMAGE for i in range(4)}, CM, highlight=[41]
    ),
    "landscape": lambda: plots.landscape(
        WEIGHTS, COSTS, path=[[0, 0], [1, 1]], xlabel="a", ylabel="b"
    ),
    "network": lambda: plots.network(UNIT.X[[7]], SMALL.w1, SMALL.w2, SMALL.forward(UNIT.X[[7]])),
    "computation_graph": graph,
    "autograd_notes": lambda: notes("w1", "z1", "a1", "z2", "w2", "C"),
    "fork": lambda: plots.fork(
        ("a", "da"), (("z₁", "dz₁"), ("z₂", "dz₂")), (("· 4", "back"), ("· 2", "back"))
    ),
}


@functools.cache
def picture(name) -> bytes:
    return plots.png(FIGURES[name]())


def axes_of(drawn):
    return list(np.ravel(drawn))


def line_data(ax):
    return [np.asarray(line.get_ydata(), dtype=float) for line in ax.lines]


def has_line(ax, values) -> bool:
    values = np.asarray(values, dtype=float).ravel()
    return any(y.shape == values.shape and np.allclose(y, values) for y in line_data(ax))


def texts(ax) -> str:
    return " | ".join(t.get_text() for t in ax.findobj(Text))


def offsets(ax):
    return [np.asarray(c.get_offsets()) for c in ax.collections if len(c.get_offsets())]


def test_every_public_figure_is_here() -> None:
    drawing = {
        name
        for name, function in vars(plots).items()
        if hasattr(function, "__wrapped__") and not name.startswith("_")
    }
    assert drawing == set(FIGURES)


@pytest.mark.parametrize("name", FIGURES)
class TestEveryFigure:
    def test_bytes_repeat_and_are_light(self, name) -> None:
        first = picture(name)
        assert first == plots.png(FIGURES[name]())
        assert len(first) < 60_000
        assert np.asarray(Image.open(io.BytesIO(first)).convert("L")).std() > 2

    def test_background_is_white_and_text_is_readable(self, name) -> None:
        figure = axes_of(FIGURES[name]())[0].figure
        assert figure.get_facecolor() == (1, 1, 1, 1)
        shown = [t for t in figure.findobj(Text) if t.get_text()]
        assert shown and min(t.get_fontsize() for t in shown) >= 9

    def test_nothing_is_clipped_at_the_edges(self, name) -> None:
        grey = np.asarray(Image.open(io.BytesIO(picture(name))).convert("L"), dtype=int)
        edges = (grey[0], grey[-1], grey[:, 0], grey[:, -1])
        assert all((edge > 245).all() for edge in edges)

    def test_matplotlib_is_left_as_it_was(self, name) -> None:
        import matplotlib

        before = dict(matplotlib.rcParams)
        FIGURES[name]()
        assert dict(matplotlib.rcParams) == before


def test_colours_are_named_in_one_file() -> None:
    folder = Path(look.__file__).parent
    found = {
        path.name
        for path in folder.iterdir()
        if path.suffix in (".py", ".mplstyle")
        and re.search(r"#?\b[0-9A-Fa-f]{6}\b|black\"|white\"|C\{?\d", path.read_text())
    }
    assert found == {"look.py"}


def orange(picture: bytes) -> float:
    """The part of a picture that is orange or one of its tints."""
    pixels = np.asarray(Image.open(io.BytesIO(picture)).convert("HSV"), dtype=int)
    hue, saturation = pixels[..., 0], pixels[..., 1]
    return ((abs(hue - 19) < 12) & (saturation > 20)).mean()


def test_class_one_changes_its_colour_in_one_line(tmp_path) -> None:
    """Dots, plane, points and graph are drawn with another line in a copy of the helpers."""
    drawn = ("flowers", "decision_boundary", "four_points", "computation_graph")
    here = Path(look.__file__).parent.parent
    shutil.copytree(here, tmp_path / "fnn_helpers", ignore=shutil.ignore_patterns("__pycache__"))
    copy = tmp_path / "fnn_helpers" / "plots" / "look.py"
    purple = 'ORANGE, ORANGE_GROUND, ORANGE_BOX = "#9A4F7C", "#D8B5C9", "#F3E8EE"'
    text, lines = re.subn(r"^ORANGE, .*", purple, copy.read_text(), flags=re.M)
    assert lines == 1
    copy.write_text(text)
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); sys.path.insert(1, sys.argv[2])\n"
        "import test_plots as t\n"
        "assert t.look.__file__.startswith(sys.argv[1])\n"
        "for name in sys.argv[3:]: print(t.orange(t.plots.png(t.FIGURES[name]())))"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path), str(Path(__file__).parent), *drawn],
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stderr
    assert [float(line) for line in run.stdout.split()] == [0] * len(drawn)
    assert all(orange(picture(name)) > 0.001 for name in drawn)


def test_axes_carry_units() -> None:
    for name in ("flowers", "decision_boundary"):
        ax = axes_of(FIGURES[name]())[0]
        assert (ax.get_xlabel(), ax.get_ylabel()) == CM.feature_names


@pytest.mark.parametrize("name", ["flowers", "decision_boundary", "predictions"])
def test_classes_differ_in_marker_and_hold_their_fifty_flowers(name) -> None:
    ax = axes_of(FIGURES[name]())[0]
    groups = [c for c in ax.collections if len(c.get_offsets()) == 50]
    assert len(groups) == 2
    shapes = [len(c.get_paths()[0].vertices) for c in groups]
    assert shapes[0] != shapes[1]


def test_flowers_are_where_they_were_measured_and_41_is_ringed() -> None:
    ax = FIGURES["flowers"]()
    setosa, versicolor, ring = offsets(ax)
    np.testing.assert_allclose(np.vstack([setosa, versicolor]), CM.X, rtol=1e-6)
    np.testing.assert_allclose(ring[0], [4.5, 2.3], rtol=1e-6)
    assert "flower 41" in texts(ax)


def test_a_line_is_drawn_where_it_was_given() -> None:
    ax = plots.flowers(CM, line=(1, -2.3, "width = length − 2.3"))
    (line,) = ax.lines
    np.testing.assert_allclose(line.get_ydata(), np.asarray(line.get_xdata()) - 2.3)
    assert "width = length − 2.3" in texts(ax)


def test_sepals_and_petals_have_the_sizes_given() -> None:
    for ax, size in zip(
        FIGURES["flower_parts"](), ((5, 3.4, 1.5, 0.2), (5.9, 2.8, 4, 1)), strict=True
    ):
        drawn = [(leaf.width, leaf.height) for leaf in ax.findobj(Ellipse)]
        assert drawn == [size[:2]] * 3 + [size[2:]] * 3
        assert {"sepal", "petal", f"length {size[0]:.1f} cm"} <= {t.get_text() for t in ax.texts}


def test_curves_carry_the_numbers_given() -> None:
    ax = FIGURES["sigmoid_and_slope"]()
    assert has_line(ax, A) and has_line(ax, A * (1 - A))
    ticks = [line for line in ax.lines if line.get_marker() == "|"]
    np.testing.assert_allclose(ticks[0].get_xdata(), FORWARD.z2.flatten())
    left, right = FIGURES["costs_and_deltas"]()
    assert has_line(left, -A.log()) and has_line(right, (A - 1) * A * (1 - A))
    ax = FIGURES["constant_answers"]()
    lowest = [line.get_ydata().item() for line in ax.lines if line.get_marker() == "o"]
    assert lowest == pytest.approx([np.log(2), 0.3251], abs=1e-3)
    assert "half: 0.693 at p = 0.5" in texts(ax)
    ax = FIGURES["curves"]()
    assert has_line(ax, [1.0, 0.5, 0.2]) and "one" in texts(ax) and "ln 2" in texts(ax)


def test_tangent_has_the_slope_given() -> None:
    for name, slope in (("tangent", 0.25), ("poked_weight", 2.0)):
        ax = FIGURES[name]()
        x, y = (np.asarray(d) for d in ax.lines[1].get_data())
        assert (y[1] - y[0]) / (x[1] - x[0]) == pytest.approx(slope)


def test_steps_lie_on_the_parabola() -> None:
    _, panel = FIGURES["on_a_parabola"]()
    assert has_line(panel, 0.5 * np.array([3, -3.6, 4.3]) ** 2)


def test_the_limits_of_a_step_are_marked_on_the_parabola() -> None:
    ax = FIGURES["along_a_step"]()
    assert {"1/c", "2/c"} <= {t.get_text() for t in ax.texts}
    places = [line.get_xdata()[0] for line in ax.lines if len(line.get_xdata()) == 1]
    assert places == pytest.approx([1 / 1.8, 2 / 1.8])


def test_rates_show_the_median_in_a_band() -> None:
    ax = FIGURES["by_rate"]()
    assert has_line(ax, [1.5, 2, 10.5]) and has_line(ax, [0.85, 0.25, 2.05])
    tops = sorted(band.get_paths()[0].vertices[:, 1].max() for band in ax.collections)
    assert tops == [4, 12]


def test_every_start_has_a_dot_and_the_median_a_bar() -> None:
    ax = FIGURES["each_start"]()
    dots = [np.asarray(line.get_xdata()) for line in ax.lines if len(line.get_xdata()) == 3]
    assert [sorted(d) for d in dots] == [[0.6, 0.7, 0.9], [0.2, 0.3, 1.2]]
    assert "0.70" in texts(ax) and "0.30" in texts(ax) and "median" in texts(ax)


def test_the_lowest_point_is_marked_on_the_line_it_belongs_to() -> None:
    ax = FIGURES["seen_and_unseen"]()
    (point,) = [line for line in ax.lines if line.get_marker() == "o"]
    assert (point.get_xdata()[0], point.get_ydata()[0]) == (3, 0.6)
    assert "lowest: 0.60" in texts(ax)


def test_a_cut_goes_through_its_three_points() -> None:
    start, between, end, other = torch.randn(4, 9, generator=seeded(6), dtype=torch.float64)
    cut = plots.Cut.through(start, between, end)
    inside = torch.stack([start, between, end])
    assert cut.outside(inside).max() < 1e-12 < cut.outside(other)
    torch.testing.assert_close(cut.weights(cut.place(inside)), inside)
    distances = torch.cdist(inside, inside)
    torch.testing.assert_close(torch.cdist(cut.place(inside), cut.place(inside)), distances)
    assert cut.place(end)[1].abs() < 1e-12


def test_names_at_line_ends_do_not_overlap() -> None:
    ax = FIGURES["curves"]()
    heights = sorted(t.get_position()[1] for t in ax.texts)
    assert all(b - a >= 0.084 for a, b in pairwise(heights))


def test_history_draws_loss_accuracy_and_range() -> None:
    run = published_run()
    loss, accuracy, spread = FIGURES["history"]()
    assert has_line(loss, run.loss) and has_line(accuracy, run.accuracy)
    heights = spread.collections[0].get_paths()[0].vertices[:, 1]
    assert heights.max() == pytest.approx(max(run.highest))
    assert heights.min() == pytest.approx(min(run.lowest))


def test_boundary_is_where_the_probability_is_one_half() -> None:
    ax = FIGURES["decision_boundary"]()
    xs = np.concatenate(part(ax, "one half").get_segments())[:, 0]
    np.testing.assert_allclose(xs, 5.5, atol=0.02)  # half a cell of the coarse grid


def test_shade_lies_on_the_grid() -> None:
    ax = FIGURES["decision_boundary"]()
    image = part(ax, "shade")
    np.testing.assert_allclose(image.get_array(), IMAGE.reshape(20, 20))
    left, right, bottom, top = image.get_extent()
    width, height = (right - left) / 20, (top - bottom) / 20
    np.testing.assert_allclose([left + width / 2, right - width / 2], GRID.x1[[0, -1]], rtol=1e-6)
    np.testing.assert_allclose([bottom + height / 2, top - height / 2], GRID.x2[[0, -1]], rtol=1e-6)


def test_network_writes_every_number_at_its_place() -> None:
    X = UNIT.X[[7]]
    ax, forward = FIGURES["network"](), SMALL.forward(X)
    assert len(ax.lines) == SMALL.w1.numel() + SMALL.w2.numel() == 9  # a wire a weight
    places = {t.get_text(): t.get_position() for t in ax.texts}

    def written(number: float, form: str = ".4g") -> str:
        return format(number, form).replace("-", "−")

    for unit in range(3):
        across, down = places[written(forward.a1[0, unit].item())]
        assert (across, down) == (2, 1 - unit)
        assert f"z = {written(forward.z1[0, unit].item())}" in places
        for i in range(2):  # on the wire, 30 % of the way
            wire = places[written(SMALL.w1[i, unit].item(), "g")]
            assert wire == pytest.approx((0.6, 0.7 * (0.5 - i) + 0.3 * (1 - unit)))
    assert {written(forward.y_hat.item()), f"z = {written(forward.z2.item())}"} < set(places)


def test_the_numbers_of_the_paper_network_multiply_out_from_their_digits() -> None:
    X, w1, w2 = (torch.tensor(t) for t in (
        [[0.8, 0.6]], [[1.0, -1.0], [2.0, 0.5]], [[2.0], [-1.0]]))  # fmt: skip
    z1 = X @ w1
    a1 = torch.sigmoid(z1)
    z2 = a1 @ w2
    words = texts(plots.network(X, w1, w2, (z1, a1, z2, torch.sigmoid(z2))))
    assert all(
        n in words for n in ("z = 2 ", "z = −0.5", "0.8808", "0.3775", "z = 1.384 ", "0.7996")
    )
    assert round(2 * 0.8808 - 0.3775, 3) == 1.384
    assert round(1 / (1 + np.exp(-1.384)), 4) == 0.7996


def test_a_point_on_the_wrong_side_is_ringed() -> None:
    first, always = FIGURES["four_points"]()
    for ax, wrong in ((first, {(0, 1), (1, 1)}), (always, {(0, 0), (1, 1)})):
        rings = [c for c in ax.collections if hasattr(c, "get_sizes") and c.get_sizes()[0] > 500]
        assert {tuple(map(int, c.get_offsets()[0])) for c in rings} == wrong
        assert texts(ax).count("wrong") == 2


def test_a_unit_is_grey_and_its_arrow_is_its_weights() -> None:
    ax = FIGURES["hidden_unit"]()
    assert part(ax, "arrow").xy == pytest.approx((0.3, -0.2))
    ground = part(ax, "shade").cmap([0.0, 0.5, 1.0])
    assert (ground[:, 0] == ground[:, 1]).all() and (ground[:, 1] == ground[:, 2]).all()


def test_starts_are_counted_in_their_rows() -> None:
    ax = plots.starts([0.1, 0.2, 0.5, 0.9], [1.0, 0.99, 0.3, 0.01])
    assert "2 starts: the right way round" in texts(ax) and "1 starts: backwards" in texts(ax)


def test_graph_shows_each_value_and_its_gradient() -> None:
    forward, gradients = numbers()["forward"], numbers()["gradients"]
    words = texts(graph())
    for value in (forward.z1[0], forward.a1[0], forward.z2[0], gradients.dC_dw1[0]):
        for number in value:
            assert f"{number:z.3f}".replace("-", "−") in words
    for name in ("∂C/∂Ŷ", "∂C/∂Z₂", "∂C/∂W₂", "∂C/∂A₁", "∂C/∂Z₁", "∂C/∂W₁"):
        assert name in words
    for factor in ("⊙ Ŷ(1 − Ŷ)", "· W₂ᵀ", "A₁ᵀ ·", "⊙ A₁(1 − A₁)", "Xᵀ ·"):
        assert factor in words


def test_graph_writes_each_quantity_in_its_own_shape() -> None:
    forward, gradients = numbers()["forward"], numbers()["gradients"]
    values = {"w2": SMALL.w2, "a1": forward.a1, **gradients._asdict()}
    for name, value in values.items():
        _, *rows = part(graph(), name).get_text().splitlines()
        assert (len(rows), len(rows[0].split())) == value.shape, name


def test_arrows_of_the_graph_touch_their_boxes() -> None:
    ax = graph()
    ax.figure.draw_without_rendering()
    for start, end in ARROWS:
        arrow = part(ax, f"arrow {start} {end}").get_window_extent()
        for box in (start, end):
            frame = part(ax, box).get_bbox_patch().get_window_extent()
            assert arrow.padded(3).overlaps(frame), (start, end, box)


def test_each_value_stands_above_the_note_of_its_making() -> None:
    ax = notes("w1", "z1", "a1", "z2", "C")
    words = {t.get_text().replace("\n", " "): t.get_position() for t in ax.texts}
    above = {"C": "Binary Cross Entropy With Logits", "a1": "Sigmoid"}
    assert all(words[value][0] == words[note][0] for value, note in above.items())
    order = [words[name][0] for name in ("w1", "z1", "a1", "z2", "C")]
    assert order == sorted(order) and len(set(order)) == 5


def test_arrows_between_notes_are_those_of_the_graph() -> None:
    arrows = [a.get_gid() for a in notes("C").texts if a.get_gid()]
    assert sorted(arrows) == [
        "BinaryCrossEntropyWithLogits → Mm", "Mm → AccumulateGrad", "Mm → AccumulateGrad",
        "Mm → Sigmoid", "Sigmoid → Mm",
    ]  # fmt: skip


def test_graph_is_filled_step_by_step() -> None:
    ax = graph()
    order = [*numbers()["forward"]._fields, "C", "dC_dy_hat", *numbers()["gradients"]._fields]
    for shown in range(1, 12):
        plots.fill_graph(ax, **numbers(7), shown=shown)
        assert [n for n in order if part(ax, n).get_visible()] == order[:shown]
        ends = {end for start, end in ARROWS if part(ax, f"arrow {start} {end}").get_visible()}
        assert ends == set(order[:shown])
    assert f"{UNIT.X[7, 0]:.3f}" in part(ax, "X").get_text()


def test_the_numbers_of_the_lessons_graph_multiply_out_from_the_digits_shown() -> None:
    """Each number is worked out again from those that stand in the picture, and is the same."""
    network = FNN(2, 3, 1, dtype=torch.float64)
    network.w1 = torch.tensor([[2.0, -1.0, 1.0], [-0.5, 3.0, -3.0]], dtype=torch.float64)
    network.w2 = torch.tensor([[3.0], [-1.0], [-2.0]], dtype=torch.float64)
    X, y = torch.tensor([[0.8, 0.6]], dtype=torch.float64), torch.ones(1, 1).double()
    f = network.forward(X)
    ax = plots.computation_graph(
        f, network.backward(X, y, f), X=X, y=y, w1=network.w1, w2=network.w2,
        cost=network.cost.value(f.y_hat, y).item(),
    )  # fmt: skip

    def shown(name: str) -> torch.Tensor:
        rows = part(ax, name).get_text().replace("−", "-").splitlines()[1:]
        return torch.tensor([[float(n) for n in r.split()] for r in rows], dtype=torch.float64)

    a1, y_hat = shown("a1"), shown("y_hat")
    worked_out = {
        "z1": shown("X") @ shown("w1"), "a1": torch.sigmoid(shown("z1")), "z2": a1 @ shown("w2"),
        "y_hat": torch.sigmoid(shown("z2")), "C": -y_hat.log(), "dC_dy_hat": -1 / y_hat,
        "dC_dz2": shown("dC_dy_hat") * y_hat * (1 - y_hat), "dC_dw2": a1.T @ shown("dC_dz2"),
        "dC_da1": shown("dC_dz2") @ shown("w2").T, "dC_dz1": shown("dC_da1") * a1 * (1 - a1),
        "dC_dw1": shown("X").T @ shown("dC_dz1"),
    }  # fmt: skip
    assert list(worked_out) == list(plots.STEPS)
    for name, value in worked_out.items():
        off = (value.round(decimals=3) - shown(name)).abs().max()
        assert value.shape == shown(name).shape and off < 1e-9, name


def test_the_fork_shows_both_ways_back() -> None:
    ways = ("· 4", "4 back"), ("· 2", "2 back")
    words = texts(plots.fork(("a", "da"), (("z1", "dz1"), ("z2", "dz2")), ways))
    assert all(word in words for word in ("4 back", "2 back", "da", "dz2", "· 2"))


def test_what_moves_is_where_it_would_be_drawn() -> None:
    """The second function of a figure that moves gives the same picture as drawing it anew."""
    w, other = torch.tensor([2.0, 1.0]), 1 - IMAGE
    pairs = {
        "tangent": (
            lambda z: plots.tangent(Z, A, z, 0.5, 0.25),
            lambda ax: plots.move_tangent(ax, 4.0, 0.5, 0.25), 0.0, 4.0),
        "hidden_unit": (
            lambda i: plots.hidden_unit(GRID, i, w, CM),
            lambda ax: plots.turn_hidden_unit(ax, GRID, other, w), IMAGE, other),
        "epoch_by_epoch": (
            lambda e: plots.epoch_by_epoch(RUN, FORWARD.y_hat / (e + 1), CM, epoch=e),
            lambda axes: plots.move_epoch(axes, RUN, FORWARD.y_hat / 96, CM, 95), 0, 95),
        "learning": (
            lambda e: plots.learning(GRID, other if e else IMAGE, CM, RUN, epoch=e),
            lambda axes: plots.move_learning(axes, GRID, other, RUN, 95), 0, 95),
        "landscape": (
            lambda path: plots.landscape(WEIGHTS, COSTS, path=path, xlabel="a", ylabel="b"),
            lambda ax: plots.move_path(ax, [[0, 0], [2, 1]]), [[0, 0], [1, 1]], [[0, 0], [2, 1]]),
    }  # fmt: skip
    for name, (draw, move, start, end) in pairs.items():
        moved = draw(start)
        move(moved)
        assert plots.png(moved) == plots.png(draw(end)) != plots.png(draw(start)), name


def test_a_stage_shows_what_the_figure_shows() -> None:
    for name in ("decision_boundary", "epoch_by_epoch", "computation_graph", "landscape"):
        drawn = FIGURES[name]()
        quick = np.asarray(Stage(drawn).picture(), dtype=int)
        whole = np.asarray(Image.open(io.BytesIO(plots.png(drawn))).convert("RGB"), dtype=int)
        assert quick.shape == whole.shape
        # The palette of the whole one and a spine drawn over its tick differ by a little.
        assert (abs(quick - whole).max(axis=2) > 60).mean() < 1e-3, name


def test_an_animation_moves_and_ends_as_its_still() -> None:
    ax = FIGURES["tangent"]()
    film = plots.animated(
        ax, lambda z: plots.move_tangent(ax, z, 0.5, 0.25), [-4, 0, 4], seconds=0.1
    )
    picture = Image.open(io.BytesIO(film))
    assert picture.is_animated and picture.n_frames == 4  # the still for those that do not play
    frames = []
    for index in range(4):
        picture.seek(index)
        frames.append(np.asarray(picture.convert("RGB")))
    assert (frames[0] == frames[3]).all()
    assert all((frames[i] != frames[i + 1]).any() for i in range(3))
    with pytest.raises(ValueError, match="at least one"):
        plots.animated(ax, print, [])


def test_the_animation_is_folded_below_its_still(published) -> None:
    ax = FIGURES["tangent"]()
    film = plots.animated(ax, lambda z: plots.move_tangent(ax, z, 0.5, 0.25), [-4, 4])
    plots.show_animation(film, ax, "A tangent walks up the <sigmoid>, and is held.")
    still, _, folded = published
    assert "image/png" in still["data"]
    html = folded["data"]["text/html"]
    assert html.startswith("<details><summary>") and "open" not in html.split(">")[0]
    assert 'alt="Animation: A tangent walks up the &lt;sigmoid&gt;' in html
    assert "http" not in html


def test_an_unknown_part_is_named() -> None:
    with pytest.raises(ValueError, match="nothing in these axes is called 'shade'"):
        plots.reshade(FIGURES["flowers"](), GRID, IMAGE)


def test_landscape_draws_the_path() -> None:
    ax = axes_of(FIGURES["landscape"]())[0]
    assert has_line(ax, [0, 1]) and "start" in texts(ax) and "end" in texts(ax)


def test_grid_rows_are_points_in_picture_order() -> None:
    x1, x2, points = grid = plots.Grid.over(torch.arange(7.0), torch.arange(5.0))
    assert points.shape == (35, 2) and points.dtype == torch.float32
    for column, x in enumerate((x1.expand(5, 7), x2[:, None].expand(5, 7))):
        np.testing.assert_array_equal(grid.picture(points[:, [column]]), x)


def test_a_grid_leaves_room_around_the_flowers() -> None:
    lowest, highest = GRID.points.min(dim=0).values, GRID.points.max(dim=0).values
    assert len(GRID.points) == 400 and GRID.points.dtype == torch.float32
    room = 0.15 * (CM.X.max(dim=0).values - CM.X.min(dim=0).values)
    torch.testing.assert_close(CM.X.min(dim=0).values - lowest, room)
    torch.testing.assert_close(highest - CM.X.max(dim=0).values, room)


def test_inputs_are_not_changed() -> None:
    X, y = CM.X.clone(), CM.y.clone()
    for draw in FIGURES.values():
        draw()
    assert torch.equal(CM.X, X) and torch.equal(CM.y, y)


@pytest.mark.parametrize(
    ("draw", "message"),
    [
        (lambda: plots.flowers(CM._replace(y=CM.y[:50])), "X has 100 rows, but y has 50"),
        (lambda: plots.tangent(Z, A[:5], 0, 0.5, 0.25), "z has 81, a has 5"),
        (lambda: plots.label_cost(A * float("nan"), A), "p holds NaN"),
        (lambda: plots.curves({"one": []}, xlabel="", ylabel=""), "one is empty"),
        (lambda: plots.decision_boundary(GRID, IMAGE[1:], CM), r"\(399,\).* 400 points"),
    ],
)
def test_what_cannot_be_drawn_is_refused(draw, message) -> None:
    with pytest.raises(ValueError, match=message):
        draw()


@pytest.fixture
def published(monkeypatch):
    shell = InteractiveShell.instance()
    publisher = CapturingDisplayPublisher(shell=shell)
    monkeypatch.setattr(shell, "display_pub", publisher)
    return publisher.outputs


def test_show_gives_the_picture_its_words_twice(published) -> None:
    alt = "Each flower at its two measurements, with [brackets] and *stars*."
    plots.show(FIGURES["flowers"](), alt)
    picture, caption = published
    assert picture["metadata"]["image/png"]["alt"] == alt
    assert picture["data"]["text/plain"] == f"Figure: {alt}"
    assert caption["data"]["text/plain"] == alt
    assert r"\[brackets\] and \*stars\*" in caption["data"]["text/markdown"]


def test_show_refuses_figures_without_words() -> None:
    for alt in ("", "a plot", None):
        with pytest.raises(ValueError, match="at least 20 characters"):
            plots.show(FIGURES["flowers"](), alt)
    with pytest.raises(TypeError, match="was given a str"):
        plots.show("flowers", "A sentence that is long enough.")
