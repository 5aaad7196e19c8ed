"""A figure with sliders: its widget, its still picture, and its names for screen readers."""

import io
from collections.abc import Callable, Sequence

import anywidget
import ipywidgets as widgets
from tqdm.notebook import tqdm
from traitlets import Unicode

from .plots.page import Drawn, Stage, check_alt, png, show_picture

WIDGET = "application/vnd.jupyter.widget-view+json"


class Picture(widgets.Image):
    """An image with a text alternative: its tooltip becomes the title of the <img>.

    The front end asks for the length of a description before it sets a title; images have none,
    and without one it fails.
    """

    description = Unicode("").tag(sync=True)


class Names(anywidget.AnyWidget):
    """Says to a screen reader what is seen: the handles' names, and each new sentence.

    ipywidgets puts the label beside a slider and leaves the handle itself without a name.
    """

    _esm = """
    function render({ el }) {
      const name = (attempts) => {
        const box = el.closest(".fnn-explorable");
        const sliders = box ? [...box.querySelectorAll(".widget-slider")] : [];
        const handles = sliders.flatMap((s) => [...s.querySelectorAll("[role=slider]")]);
        if (!handles.length && attempts) {  // the sliders may arrive after this
          return void setTimeout(name, 50, attempts - 1);
        }
        for (const handle of handles) {
          const label = handle.closest(".widget-slider").querySelector("label");
          handle.setAttribute("aria-label", label.textContent);
          // The value as it is seen: left alone it is spoken as 1.5999 or as an index.
          const seen = handle.closest(".widget-slider").querySelector(".widget-readout");
          const say = () => handle.setAttribute("aria-valuetext", seen.textContent);
          new MutationObserver(say).observe(seen, { childList: true });
          say();
        }
        box?.querySelector(".widget-html-content")?.setAttribute("role", "status");
      };
      name(100);
    }
    export default { render };
    """


class Explorable(widgets.VBox):
    """Sliders, a picture, and in words what it shows.

    Parameters
    ----------
    drawn : Figure, Axes or a collection of Axes
        Drawn once; `tick` moves its parts.
    sliders : dict of name → slider widget
        `tick` is called with their values under these names.
    tick : callable
        Updates the figure and returns one sentence: what it shows now.
    alt : str
        What the still picture shows, for those who do not see it.
    work : sequence of callables, optional
        What is to be done before the first tick, under a progress bar.
    """

    def __init__(
        self,
        drawn: Drawn,
        sliders: dict[str, widgets.Widget],
        tick: Callable[..., str],
        alt: str,
        work: Sequence[Callable[[], None]] = (),
    ) -> None:
        check_alt(alt)
        self._stage, self._tick, self._alt, self._work = Stage(drawn), tick, alt, work
        self.sliders = sliders
        self.words = widgets.HTML()
        # As large as it is: a box would stretch it.
        self.picture = Picture(
            format="png", layout={"max_width": "100%", "margin": "0", "align_self": "flex-start"}
        )
        self._redraw()
        self._still = png(drawn)
        for slider in sliders.values():
            slider.observe(self._redraw, names="value")
        self._names = Names()
        super().__init__([*sliders.values(), self.words, self.picture, self._names])
        self.add_class("fnn-explorable")

    def _redraw(self, _change: object = None) -> None:
        sentence = self._tick(**{name: s.value for name, s in self.sliders.items()})
        encoded = io.BytesIO()
        self._stage.picture().save(encoded, format="png", compress_level=1)
        self.picture.value = encoded.getvalue()
        self.picture.tooltip = self.words.value = sentence

    def _ipython_display_(self) -> None:
        """The widget where one can live, and the still in the same output for everywhere else."""
        _, about = self._names._repr_mimebundle_()  # Colab has to know where anywidget comes from
        view = {WIDGET: self.get_view_spec()}
        show_picture(self._still, self._alt, other_forms=view, about=about)
        self.prepare()

    def prepare(self) -> None:
        """Do the long work, with a progress bar in place of the sliders until it is done."""
        controls, work, self._work = self.children, self._work, ()
        if work:
            bar = tqdm(work, desc="computing", display=False)
            self.children = (bar.container,)
            for do in bar:
                do()
            self.children = controls


def slider(kind: type, description: str, **options: object) -> widgets.Widget:
    """A slider with its label; all of one size, and none wider than the page."""
    return kind(
        description=description,
        style={"description_width": "9em"},
        layout={"width": "36em", "max_width": "100%"},
        **options,
    )
