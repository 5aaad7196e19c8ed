"""The explorables: sliders, pictures and words belong together; a still where no widget lives."""

import io
import sys
from types import SimpleNamespace

import bench_explore
import ipywidgets as widgets
import numpy as np
import pytest
import torch
from bench_explore import small as SMALL
from conftest import seeded
from IPython.core.displaypub import CapturingDisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from PIL import Image

from fnn_helpers import FNN, explore, load_iris_pair, published_run
from fnn_helpers.explorable import WIDGET

UNIT = load_iris_pair()
EXPLORABLES = bench_explore.EXPLORABLES | {
    "learning_rate": lambda: explore.learning_rate(epochs=30)
}


@pytest.fixture(params=EXPLORABLES)
def explorable(request):
    made = EXPLORABLES[request.param]()
    made.prepare()
    return made


def stops(slider: widgets.Widget) -> list:
    """A slider's first, middle and last value."""
    if hasattr(slider, "options"):
        values = [value for _, value in slider.options]
        return [values[0], values[len(values) // 2], values[-1]]
    return [slider.min, type(slider.min)((slider.min + slider.max) / 2), slider.max]


def pixels(explorable) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(explorable.picture.value)).convert("RGB"))


def test_every_slider_moves_picture_and_words(explorable) -> None:
    for name, slider in explorable.sliders.items():
        seen = []
        for value in stops(slider):
            slider.value = value
            seen.append((pixels(explorable).tobytes(), explorable.words.value))
        assert len({picture for picture, _ in seen}) == 3, f"{name}: the picture stays"
        assert len({words for _, words in seen}) == 3, f"{name}: the words stay"


def test_going_back_gives_the_first_picture_again(explorable) -> None:
    first = pixels(explorable)
    slider = next(iter(explorable.sliders.values()))
    start = slider.value
    slider.value = stops(slider)[0] if stops(slider)[0] != start else stops(slider)[2]
    assert (pixels(explorable) != first).any()
    slider.value = start
    assert (pixels(explorable) == first).all()


def test_sliders_are_labelled_and_the_picture_has_words(explorable) -> None:
    assert explorable.sliders
    assert all(slider.description for slider in explorable.sliders.values())
    assert len(explorable.words.value) > 20
    assert explorable.picture.tooltip == explorable.words.value


def test_the_artists_are_moved_and_not_made_anew(explorable) -> None:
    figure = explorable._stage._figure
    before = [id(artist) for artist in figure.findobj()]
    for slider in explorable.sliders.values():
        for value in stops(slider):
            slider.value = value
    assert len(figure.findobj()) == len(before)


@pytest.fixture
def published(monkeypatch):
    shell = InteractiveShell.instance()
    publisher = CapturingDisplayPublisher(shell=shell)
    monkeypatch.setattr(shell, "display_pub", publisher)
    return publisher.outputs


def test_widget_and_still_are_one_output(explorable, published) -> None:
    """A front end shows the richest form that it can."""
    explorable._ipython_display_()
    picture, caption = published
    assert picture["data"][WIDGET]["model_id"] == explorable.model_id
    assert picture["data"]["text/plain"] == f"Figure: {caption['data']['text/plain']}"
    assert picture["metadata"] == {"image/png": {"alt": caption["data"]["text/plain"]}}


def test_ipywidgets_7_shows_the_same(published, monkeypatch) -> None:
    """Colab's knows no such method; what it lacks stops no cell, but is shown in red."""
    monkeypatch.delattr(widgets.Widget, "_repr_mimebundle_", raising=False)
    made = explore.sigmoid_and_tangent()
    made._ipython_display_()
    assert {WIDGET, "image/png"} < set(published[0]["data"])


def test_colab_is_told_where_anywidget_comes_from(published, monkeypatch) -> None:
    page = SimpleNamespace(
        enable_custom_widget_manager=lambda: None, _widgets=SimpleNamespace(_installed_url="there")
    )
    monkeypatch.setitem(sys.modules, "google.colab.output", page)
    explore.sigmoid_and_tangent()._ipython_display_()
    about = published[0]["metadata"]
    assert about[WIDGET]["colab"]["custom_widget_manager"] == {"url": "there"}
    assert "alt" in about["image/png"]


def test_long_work_shows_a_bar_and_then_the_sliders(published) -> None:
    made = explore.learning_rate(epochs=30)
    seen = []
    made.observe(lambda change: seen.append(change["new"]), names="children")
    made._ipython_display_()
    (bar,), controls = seen
    assert bar.children[1].max == bar.children[1].value == len(explore.RATES) - 3
    assert set(made.sliders.values()) < set(controls)
    made.sliders["rate"].value = 30.0
    assert made.words.value.startswith("rate 30,")


def test_the_tangent_says_the_slope() -> None:
    made = explore.sigmoid_and_tangent()
    made.sliders["z"].value = 0.0
    assert made.words.value == "z = 0.0: a = 0.5000, slope a(1 − a) = 0.2500"


def test_the_unit_counts_its_flowers_and_begins_far_from_solved() -> None:
    made = explore.hidden_unit()
    assert int(made.words.value.split()[0]) < 70
    made.sliders["u"].value, made.sliders["v"].value = 1.6, -1.0
    assert made.words.value.startswith("100 of 100 flowers right")
    made.sliders["b"].value = 5.0  # the line is pushed out of the picture: versicolor to all
    assert made.words.value.startswith("50 of 100")


def test_the_published_epochs_are_the_published_run() -> None:
    made, run = explore.published_epochs(), published_run()
    for epoch in (0, 45, 100):
        made.sliders["epoch"].value = epoch
        assert f"loss {run.loss[epoch]:.4f}, accuracy {run.accuracy[epoch]:.2f}" in made.words.value


def test_the_rates_are_trained_as_said() -> None:
    made = explore.learning_rate(epochs=30)
    made.prepare()
    made.sliders["epoch"].value = 30
    made.sliders["rate"].value = 0.3
    flowers = load_iris_pair("standardised")
    network = FNN(generator=seeded(0))
    for _ in range(30):
        gradients = network.backward(flowers.X, flowers.y, network.forward(flowers.X))
        network.step(gradients, 0.3)
    cost = network.cost.value(network.forward(flowers.X).y_hat, flowers.y).item()
    assert f"rate 0.3, after 30 epochs: cost {cost:.3f}" in made.words.value


def test_the_backward_pass_is_of_the_flower_alone() -> None:
    made = EXPLORABLES["backward_pass"]()
    made.sliders["flower"].value = 60
    one = SMALL.forward(UNIT.X[[60]])
    delta = SMALL.backward(UNIT.X[[60]], UNIT.y[[60]], one).dC_dz2.item()
    words = {t.get_gid(): t.get_text() for t in made._stage._figure.axes[0].texts}
    assert f"{delta:.3f}".replace("-", "−") in words["dC_dz2"]


def test_what_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="32 hidden units"):
        explore.backward_pass(FNN(), UNIT.X, UNIT.y)
    with pytest.raises(ValueError, match="Use y.reshape"):
        explore.backward_pass(SMALL, UNIT.X, UNIT.y.flatten())
    with pytest.raises(TypeError, match="float64|float32"):
        explore.backward_pass(SMALL, UNIT.X.to(torch.float64), UNIT.y)
