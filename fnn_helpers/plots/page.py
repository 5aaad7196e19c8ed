"""From a figure to the page: one style, PNG bytes that repeat, a text alternative, an animation."""

import base64
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape

import matplotlib
import numpy as np
from IPython.display import display
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.legend import Legend
from matplotlib.spines import Spine
from PIL import Image
from tqdm.auto import tqdm

from .look import STYLE

Drawn = Figure | Axes | Iterable[Axes]

SHORTEST_ALT = 20
LONG_WORK = 1.0  # seconds after which a progress bar appears


def show(drawn: Drawn, alt: str) -> None:
    """Show a figure with its text alternative, kept in the file and as a visible caption.

    Parameters
    ----------
    drawn : Figure, Axes or a collection of Axes
        What a function of `plots` returned.
    alt : str
        What a reader who cannot see the figure should know; at least 20 characters.

    Raises
    ------
    TypeError, ValueError
        If `drawn` belongs to no figure, or `alt` is missing or too short to say anything.
    """
    check_alt(alt)
    show_picture(png(drawn), alt)


def show_picture(
    picture: bytes,
    alt: str,
    *,
    other_forms: Mapping[str, object] | None = None,
    about: Mapping[str, object] | None = None,
) -> None:
    """Show PNG bytes and, below them, what they show.

    `other_forms` are richer forms of the same thing, MIME type → content, for pages that can;
    `about` is their metadata, MIME type → what a page has to know.
    """
    encoded = base64.b64encode(picture).decode("ascii")
    display(
        {"image/png": encoded, "text/plain": f"Figure: {alt}", **(other_forms or {})},
        metadata={"image/png": {"alt": alt}, **(about or {})},
        raw=True,
    )
    # JupyterLab drops image metadata, so the words also stand below the figure, for everyone.
    escaped = "".join("\\" + c if c in "\\`*_[]$<>#~" else c for c in alt)
    display({"text/markdown": f"*Figure:* {escaped}", "text/plain": alt}, raw=True)


def check_alt(alt: object) -> None:
    """Raise ValueError unless `alt` is a text that says something."""
    if not isinstance(alt, str) or len(alt.strip()) < SHORTEST_ALT:
        raise ValueError(
            f"alt is {alt!r}, but a sentence of at least {SHORTEST_ALT} characters is expected. "
            "Say what the figure shows to someone who cannot see it."
        )


def figure_of(drawn: Drawn) -> Figure:
    """The figure that axes belong to.

    Raises
    ------
    TypeError
        If `drawn` belongs to no figure.
    """
    figure = drawn
    if not isinstance(figure, Figure):
        figure = figure if isinstance(figure, Axes) else next(iter(np.ravel(drawn)), None)
        figure = getattr(figure, "figure", None)
    if not isinstance(figure, Figure):
        raise TypeError(
            f"show was given a {type(drawn).__name__}, but a figure or its axes are expected. "
            "Use ax = plots.flowers(...), then show(ax, alt)."
        )
    return figure


def png(drawn: Drawn) -> bytes:
    """The figure as PNG bytes, the same bytes for the same data."""
    figure, drawn_bytes, small = figure_of(drawn), io.BytesIO(), io.BytesIO()
    with matplotlib.rc_context(STYLE):
        figure.savefig(drawn_bytes, format="png")
    # A palette of 256 colours makes a figure a third of the size, and is the same every time.
    picture = Image.open(drawn_bytes).convert("RGB").quantize(256, dither=Image.Dither.NONE)
    picture.save(small, format="png", optimize=True)
    return small.getvalue()


# --- what moves ------------------------------------------------------------------------------


class Stage:
    """A figure that moves: its axes with ticks and labels are drawn once, the rest each time.

    Drawing ticks takes most of the time, so this makes a picture about three times as quick.
    """

    def __init__(self, drawn: Drawn) -> None:
        self._figure = figure_of(drawn)
        self._canvas = FigureCanvasAgg(self._figure)
        with matplotlib.rc_context(STYLE):
            self._canvas.draw()
            self._figure.set_layout_engine("none")  # what moves must move nothing else
            self._inside = [
                (ax, artist)
                for ax in self._figure.axes
                for artist in sorted(ax.get_children(), key=lambda a: a.get_zorder())
                if artist is not ax.patch
                and not isinstance(artist, Axis | Legend if ax.axison else Axis | Legend | Spine)
            ]
            shown = [artist for _, artist in self._inside if artist.get_visible()]
            for artist in shown:
                artist.set_visible(False)
            self._canvas.draw()
            self._empty = self._canvas.copy_from_bbox(self._figure.bbox)
            for artist in shown:
                artist.set_visible(True)

    def picture(self) -> Image.Image:
        """The figure as it is now."""
        self._canvas.restore_region(self._empty)
        with matplotlib.rc_context(STYLE):
            for ax, artist in self._inside:
                ax.draw_artist(artist)
        return Image.fromarray(np.asarray(self._canvas.buffer_rgba())).convert("RGB")


# --- animation -------------------------------------------------------------------------------


def animated(
    drawn: Drawn,
    move: Callable[[int], None],
    frames: Sequence[int],
    *,
    seconds: float = 0.12,
    colours: int = 64,
) -> bytes:
    """An animated PNG: plays in every browser, without a kernel.

    Parameters
    ----------
    drawn : Figure, Axes or a collection of Axes
    move : callable
        Takes an entry of `frames` and updates what is drawn.
    frames : sequence
        Where to stop; the last is held longer, and is also the still of viewers that play nothing.
    seconds : float
        How long a frame stands.
    colours : int
        Size of the palette that all frames share.

    Raises
    ------
    ValueError
        If there are no frames.
    """
    if len(frames) == 0:
        raise ValueError("frames is empty, but an animation needs at least one. Use range(101).")
    stage, pictures = Stage(drawn), []
    for frame in tqdm(frames, desc="drawing", delay=LONG_WORK):
        move(frame)
        pictures.append(stage.picture())
    width, height = pictures[0].size
    sample = Image.new("RGB", (width, 3 * height))  # one palette for beginning, middle and end
    for row, index in enumerate((0, len(pictures) // 2, -1)):
        sample.paste(pictures[index], (0, row * height))
    palette = sample.quantize(colours, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    pictures = [p.quantize(palette=palette, dither=Image.Dither.NONE) for p in pictures]
    stands = [int(1000 * seconds)] * (len(pictures) - 1) + [2000]
    file = io.BytesIO()
    pictures[-1].save(file, format="png", save_all=True, default_image=True,
                      append_images=pictures, duration=stands, loop=0, optimize=True)  # fmt: skip
    return file.getvalue()


def show_animation(film: bytes, still: Drawn, alt: str) -> None:
    """Show a still with its text alternative and, folded below it, the animation.

    Folded, because what moves beside a text must be something a reader can stop.

    Parameters
    ----------
    film : bytes
        What `animated` returned.
    still : Figure, Axes or a collection of Axes
        What stands there where nothing plays.
    alt : str
        What both show.
    """
    show(still, alt)
    encoded = base64.b64encode(film).decode("ascii")
    width, height = Image.open(io.BytesIO(film)).size
    display(
        {
            "text/html": "<details><summary>Play the animation (close it to stop)</summary>"
            f'<img alt="Animation: {escape(alt)}" width="{width}" height="{height}" '
            f'src="data:image/png;base64,{encoded}"/></details>',
            "text/plain": f"Animation: {alt}",
        },
        raw=True,
    )
