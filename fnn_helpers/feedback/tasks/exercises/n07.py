"""Notebook 07: a fair comparison, minibatches, an honest report, a gradient check of one's own."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import torch

from ...diagnose.loops import Loop
from ...quantity import Mistake
from ...steps import Values
from ..train import GRADIENTS, STRUCTURE
from . import epochs
from .exercise import Exercise

# --- each at its own best rate -----------------------------------------------------------------


def _needed(generator: torch.Generator, number: int) -> Sequence[Any]:
    """Epochs until all is right, a row a rate and a column a start; infinity where never."""
    rates = ([0.5, 2.0, 8.0, 30.0], [0.1, 0.3, 1.0], [0.2, 1.0, 5.0, 10.0, 40.0])[number]
    best = (2, 1, 1)[number]
    starts = (5, 7, 9)[number]
    needed = torch.randint(40, 90, (len(rates), starts), generator=generator).double()
    needed[best] = torch.randint(20, 36, (starts,), generator=generator).double()
    needed[best, 0] = torch.inf  # the best rate fails from one start, another is lucky once
    needed[best - 1, 1] = 3 + number
    return needed, rates


def _at_its_best(needed: torch.Tensor, rates: Sequence[float]) -> tuple[float, torch.Tensor]:
    middle = needed.median(dim=1).values
    return rates[int(middle.argmin())], middle.min()


def _rate_of(of_rates: Callable[[torch.Tensor], torch.Tensor]) -> Callable[[Values], torch.Tensor]:
    """The rate whose row has the lowest of something."""
    return lambda v: torch.tensor(v.given[1][int(of_rates(v.given[0]).argmin())]).double()


RATE = (
    Mistake("mean-of-starts", _rate_of(lambda n: n.mean(dim=1)),
      "The mean is taken: one start that never gets there makes it infinite.",
      "Which number in the middle does not care how bad the worst start is?"),
    Mistake("luckiest-start", _rate_of(lambda n: n.min(dim=1).values),
      "The rate of the one luckiest start was chosen. One start is an anecdote.",
      "What would the next 20 starts do at this rate?"),
    Mistake("unluckiest-start", _rate_of(lambda n: n.max(dim=1).values),
      "The rate was chosen by its worst start; the middle one is asked for.",
      "Which number in the middle does not care how bad the worst start is?"),
    Mistake("position-not-rate", lambda v: v.given[0].median(dim=1).values.argmin(),
      "This is the rate's place in the list, not the rate.", "Look it up in rates."),
    Mistake("slowest-rate", lambda v: torch.tensor(
        v.given[1][int(v.given[0].median(dim=1).values.argmax())]).double(),
      "This is the rate that needs the most epochs.", "Fewer epochs are better."),
)  # fmt: skip
NEEDED = (
    Mistake("mean-of-starts",
      lambda v: v.given[0].mean(dim=1).min(), "This is a mean over the starts, not the median.",
      "Which number in the middle does not care how bad the worst start is?"),
    Mistake("luckiest-start", lambda v: v.given[0].min(),
      "This is what the one luckiest start needed. One start is an anecdote.",
      "What would the next 20 starts do at this rate?"),
    Mistake("median-of-all", lambda v: v.given[0].median(),
      "This is the median over all rates and starts together.",
      "Each rate has its own median: which axis holds the starts?"),
    Mistake("wrong-axis", lambda v: v.given[0].median(dim=0).values.min(),
      "The median is taken over the rates; it belongs over the starts.",
      "A row is a rate: along which axis do its starts lie?"),
)  # fmt: skip


# --- an epoch of minibatches -------------------------------------------------------------------


def _batches(generator: torch.Generator, number: int) -> Sequence[Any]:
    N, D, H, size = ((7, 2, 4, 3), (9, 3, 5, 4), (8, 4, 3, 3))[number]
    X = torch.randn(N, D, generator=generator, dtype=torch.float64)
    w1 = torch.randn(D, H, generator=generator, dtype=torch.float64)
    w2 = torch.randn(H, 1, generator=generator, dtype=torch.float64)
    y = (torch.arange(N).reshape(-1, 1) % 3 == 1).double()
    rows = torch.randperm(N, generator=generator)
    return X, y, w1, w2, list(rows.split(size)), (0.5, 0.9, 0.4)[number]


Rows = list[list[int]]


def _after(
    v: Values, place: int, loop: Loop = epochs.RIGHT, of: Callable[[Rows], Rows] = list
) -> torch.Tensor:
    """w1 (0) or w2 (1) after the given batches, or after what is made of them."""
    X, y, w1, w2, batches, rate = v.given
    made = of([rows.tolist() for rows in batches])
    return epochs.weight(
        place, epochs.case(X, y, w1, w2, rate), replace(loop, batches=lambda N: made)
    )


def _right(*given: Any) -> tuple[torch.Tensor, torch.Tensor]:
    v = Values(given=given)
    return _after(v, 0), _after(v, 1)


def _everything(batches: Rows) -> Rows:
    return [[row for rows in batches for row in rows]]


def _in_order(batches: Rows) -> Rows:
    """As many rows as each batch has, but the first ones, then the next."""
    rows = iter(range(sum(map(len, batches))))
    return [[next(rows) for _ in batch] for batch in batches]


def _from_the_start(v: Values, place: int) -> list[torch.Tensor]:
    """Every batch's step made from the first weights: all added up, or only the last one kept."""
    old = v.given[2 + place]
    moves = [_after(v, place, of=lambda b, i=i: [b[i]]) - old for i in range(len(v.given[4]))]
    return [old + sum(moves), old + moves[-1]]


def _of_batches(place: int) -> tuple[Mistake, ...]:
    """What goes wrong in an epoch of minibatches, as it shows in w1 (0) or in w2 (1)."""
    loops = [m for m in STRUCTURE if m.id in ("w2-updated-first", "nothing-updated",
                                              "w1-not-updated", "w2-not-updated")]  # fmt: skip
    return (
        Mistake("divided-by-all", lambda v: _after(v, place, Loop(over_all=True)),
          "Each batch is divided by the number of all flowers, not by its own.",
          "The mean of a batch: of how many?"),
        Mistake("one-update-only", lambda v: _after(v, place, of=_everything),
          "There is one update from all flowers. Each batch makes its own.",
          "How many times does your function change the weights?"),
        Mistake("all-rows-each-time",
          lambda v: _after(v, place, of=lambda b: _everything(b) * len(b)),
          "Every update uses all flowers. A batch uses its own rows.", "Where do rows come in?"),
        Mistake("steps-from-the-start", lambda v: _from_the_start(v, place),
          "Every batch starts from the first weights again.",
          "The second batch should see what the first one has changed."),
        Mistake("last-batch-lost", lambda v: _after(v, place, of=lambda b: b[:-1]),
          "The last batch is never used.", "The last batch may be smaller; it still counts."),
        Mistake("first-batch-only", lambda v: _after(v, place, of=lambda b: b[:1]),
          "Only the first batch is used.", "Where does return stand: inside the loop or after it?"),
        Mistake("rows-in-order", lambda v: _after(v, place, of=_in_order),
          "The flowers are taken in order. A batch says which rows it wants.",
          "Print the first batch: which flowers are in it?"),
        Mistake("batches-reversed", lambda v: _after(v, place, of=lambda b: b[::-1]),
          "The batches are taken from the last to the first.", "In which order does your loop go?"),
        Mistake("sum-not-mean",
          lambda v: _after(v, place, epochs.SUMMED),
          "The gradients of a batch are summed; its mean is asked for.",
          "Divide by the number of rows in the batch."),
        *epochs.mistakes(
            (epochs.UPHILL, *loops, *GRADIENTS), lambda v, loop: _after(v, place, loop)),
    )  # fmt: skip


# --- an honest report --------------------------------------------------------------------------


def _measured(generator: torch.Generator, number: int) -> Sequence[Any]:
    N, length = ((12, 9), (15, 11), (10, 13))[number]
    X = 3 + torch.randn(N, 2, generator=generator, dtype=torch.float64)
    rows = torch.randperm(N, generator=generator)
    validation, test = torch.rand(2, length, generator=generator, dtype=torch.float64)
    return X, rows[: N // 2], rows[-3:], validation, test


def _scaled(X: torch.Tensor, like: torch.Tensor, correction: int = 0) -> torch.Tensor:
    return (X - like.mean(dim=0)) / like.std(dim=0, correction=correction)


def _report(
    X: torch.Tensor, train_rows: torch.Tensor, test_rows: torch.Tensor,
    validation: torch.Tensor, test: torch.Tensor,
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:  # fmt: skip
    epoch = validation.argmin()
    return _scaled(X[test_rows], X[train_rows]), epoch, test[epoch]


SCALED = (
    Mistake("scaled-by-all", lambda v: [
        _scaled(v.given[0], v.given[0], n)[v.given[2]] for n in (0, 1)],
      "Mean and deviation come from all flowers: the test flowers have spoken before the test.",
      "Which flowers may be known before the test?"),
    Mistake("scaled-by-the-test", lambda v: [
        _scaled(v.given[0][v.given[2]], v.given[0][v.given[2]], n) for n in (0, 1)],
      "The test flowers are scaled by their own mean and deviation. The network learned in the "
      "units of the training flowers.",
      "Which flowers may be known before the test?"),
    Mistake("divided-by-n-minus-one",
      lambda v: _scaled(v.given[0][v.given[2]], v.given[0][v.given[1]], 1),
      "The deviation divides by N − 1; in this notebook it divides by N (correction=0).",
      "Which argument of std says what it divides by?"),
    Mistake("not-scaled", lambda v: v.given[0][v.given[2]],
      "These are the flowers in centimetres.", "The network was trained on scaled flowers."),
    Mistake("training-rows", lambda v: _scaled(v.given[0][v.given[1]], v.given[0][v.given[1]]),
      "These are the training flowers; the test flowers are asked for.",
      "Which rows stand in the brackets?"),
)  # fmt: skip
EPOCH = (
    Mistake("chosen-on-the-test", lambda v: v.given[4].argmin(),
      "The epoch is chosen on the test flowers. Then their loss is no test any more.",
      "Which flowers are there for choosing?"),
    Mistake("last-epoch", lambda v: torch.tensor(len(v.given[3]) - 1),
      "This is the last epoch.", "Which flowers are there for choosing, and which loss is best?"),
    Mistake("worst-epoch", lambda v: v.given[3].argmax(),
      "This is the epoch with the highest loss.", "A low loss is good."),
    Mistake("loss-not-epoch", lambda v: v.given[3].min(),
      "This is the lowest loss itself; the epoch where it stands is asked for.",
      "Where is it, not how much is it."),
    Mistake("counted-from-one", lambda v: v.given[3].argmin() + 1,
      "Epochs are counted from 0.", "Which epoch has the untrained weights?"),
)  # fmt: skip
LOSS = (
    Mistake("chosen-loss-reported", lambda v: [v.given[3].min(), v.given[3][v.given[4].argmin()]],
      "This is a loss of the validation flowers. They were used to choose, so it is too kind.",
      "Which flowers had no say in anything?"),
    Mistake("chosen-on-the-test", lambda v: v.given[4].min(),
      "This is the lowest loss of the test flowers. Nobody knew that epoch before the test.",
      "Which epoch was chosen, and by which flowers?"),
    Mistake("last-epoch", lambda v: v.given[4][-1], "This is the test loss of the last epoch.",
      "Which epoch was chosen?"),
)  # fmt: skip


# --- a gradient check of one's own -------------------------------------------------------------


def _candidate(generator: torch.Generator, number: int) -> Sequence[Any]:
    """A cost, a place, and a gradient: right, one entry a little off, two entries exchanged."""
    shape = ((3, 4), (4, 2), (2, 5))[number]
    tilt, w = torch.randn(2, *shape, generator=generator, dtype=torch.float64)

    def cost(w: torch.Tensor) -> torch.Tensor:
        return torch.nn.functional.softplus(tilt * w).sum() + 0.1 * (w**2).sum() ** 2

    gradient = tilt * torch.sigmoid(tilt * w) + 0.4 * (w**2).sum() * w
    if number == 1:
        gradient[2, 1] -= 0.01 * gradient.abs().max()
    if number == 2:
        gradient[:, 2] = gradient[:, 2].flip(0)
    return cost, w, gradient


# What each of the three should be called, by the number of rows of w: 1 for agrees, −1 for not.
_PLACES = {3: 0, 4: 1, 2: 2}


def _says(word: str) -> Callable[[Values], torch.Tensor]:
    return lambda v: torch.tensor(1.0 if word[_PLACES[len(v.given[1])]] == "y" else -1.0)


def _seen(answer: Any, *_: Any) -> torch.Tensor | None:
    return None if answer is None else torch.tensor(1.0 if answer else -1.0)


AGREES = (
    Mistake("never-refuses", _says("yyy"), "It calls every gradient right, wrong ones too.",
      "Change one entry of a right gradient a little: what does yours say?"),
    Mistake("refuses-the-right",
      lambda v: [_says(word)(v) for word in ("nnn", "nny", "nyn")],
      "It calls a right gradient wrong: the difference it measures is too coarse, or w is not put "
      "back after a poke.",
      "Poke to both sides in float64, a fresh copy of w each time; h = 1e-4 does well."),
    Mistake("answers-exchanged", _says("nyy"), "True and False have changed places.",
      "True should say that the gradient is right."),
    Mistake("one-entry-slips-through", _says("yyn"),
      "A single entry that is a little wrong slips through.",
      "Does yours look at every entry, at its absolute value, and at the largest difference?"),
    Mistake("differences-cancel", _says("yny"),
      "Two entries were exchanged, and it does not see it: differences of both signs cancel.",
      "Take the absolute value before you put the differences together."),
)  # fmt: skip


EXERCISES: dict[str, Exercise] = {
    "07-fair": Exercise(
        ("best_rate", "epochs"), ("needed", "rates"), _needed, _at_its_best,
        {"best_rate": RATE, "epochs": NEEDED},
        section="notebook 07, What holds it back?",
        praise="the rate that is best for the middle start, and what it needs.",
    ),
    "07-minibatches": Exercise(
        ("w1", "w2"), ("X", "y", "w1", "w2", "batches", "learning_rate"), _batches, _right,
        {"w1": _of_batches(0), "w2": _of_batches(1)},
        section="notebook 05, All of it",
        praise="one update for each batch, each from where the last one led.",
    ),
    "07-report": Exercise(
        ("scaled", "epoch", "loss"),
        ("X", "train_rows", "test_rows", "validation_losses", "test_losses"), _measured, _report,
        {"scaled": SCALED, "epoch": EPOCH, "loss": LOSS},
        section="notebook 07, Learning by heart",
        praise="the test flowers had no say in anything before the test.",
    ),
    "07-own-check": Exercise(
        ("agrees",), ("cost", "w", "gradient"), _candidate, lambda *given: _says("ynn")(
            Values(given=given)), {"agrees": AGREES}, see=_seen,
        section="notebook 05, All of it",
        praise="it believes a right gradient, and refuses two that are wrong in one entry or two.",
    ),
}  # fmt: skip
