"""Notebook 01: one number that separates, columns standardised, flowers prepared."""

from collections.abc import Callable

import torch

from ....data import load_iris_pair
from ...quantity import Mistake, Wrong
from ...steps import Values
from .exercise import Exercise

# --- one number a flower -----------------------------------------------------------------------

Columns = tuple[torch.Tensor, torch.Tensor]


def _flowers(generator: torch.Generator, number: int) -> Columns:
    """Some of the 100, always with those that are hard: length and width in centimetres."""
    hard = torch.tensor([41, 36, 93, 84, 57, 60, 14, 85])
    more = torch.randperm(100, generator=generator)[: 60 + 9 * number]
    rows = torch.cat([hard, more]).unique()
    rows = rows[torch.randperm(len(rows), generator=generator)]
    length, width = load_iris_pair("none").X[rows].double().T
    return length, width


def _fewest_wrong(values: torch.Tensor, length: torch.Tensor, width: torch.Tensor) -> torch.Tensor:
    """How many flowers the best threshold on these values gets wrong."""
    if values.numel() != len(length):
        raise ValueError(f"{values.numel()} numbers came for {len(length)} flowers")
    versicolor = width < length - 2.3  # true of all 100
    values = values.detach().double().flatten()
    below = values < values.unique()[:, None]  # a row for each threshold
    wrong = (below != versicolor).double().sum(dim=1)
    return torch.minimum(wrong, len(length) - wrong).min()


def _no_better_than(make: str) -> Mistake:
    what = {"length": "the length", "width": "the width", "ratio": "a proportion (or the angle)",
            "size": "the size: the row's length, the sum or the product"}[make]  # fmt: skip

    def wrong(v: Values) -> list[torch.Tensor]:
        length, width = v.given
        numbers = {"length": [length], "width": [width], "ratio": [width / length],
                   "size": [length.hypot(width), length + width, length * width]}  # fmt: skip
        return [_fewest_wrong(n, length, width) for n in numbers[make]]

    return Mistake(f"no-better-than-{make}", wrong,
      f"The best threshold on your number gets as many wrong as one on {what}.",
      "The dashed line of the first picture gets all of them right. Bring its equation into "
      "the form: something made of length and width = 2.3.")  # fmt: skip


ONE_NUMBER = Exercise(
    names=("number on the wrong side",),
    arguments=("length", "width"),
    draw=_flowers,
    right=lambda length, width: torch.tensor(0.0, dtype=torch.float64),
    see=lambda number, length, width: _fewest_wrong(torch.as_tensor(number), length, width),
    mistakes={
        "number on the wrong side": tuple(
            map(_no_better_than, ("length", "width", "ratio", "size"))
        )
    },
    section="notebook 01, 150 flowers in a table",
    praise="one threshold on your number gets every flower right.",
)

# --- standardised columns ----------------------------------------------------------------------


def _tables(generator: torch.Generator, number: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Two tables with the same columns, which differ in mean and in spread."""
    columns = 3 + number

    def drawn(rows: int, shift: float) -> torch.Tensor:
        spread = 1 + torch.rand(columns, generator=generator, dtype=torch.float64)
        noise = torch.randn(rows, columns, generator=generator, dtype=torch.float64)
        return 3 + shift + torch.arange(columns) + spread * noise

    return drawn(7 + number, 0), drawn(5 + number, 0.7)


def _scaled(table: torch.Tensor, by: torch.Tensor) -> torch.Tensor:
    return (table - by.mean(0)) / by.std(0, correction=0)


Scale = Callable[[torch.Tensor, torch.Tensor], Wrong]  # of a table, by the numbers of another


def _standardising(own: int) -> tuple[Mistake, ...]:
    """The slips that can be made in scaling the first or the second table."""

    def mistake(id_: str, make: Scale, why: str, hint: str) -> Mistake:
        return Mistake(id_, lambda v: make(v.given[own], v.given[0]), why, hint)

    return (
        mistake("unchanged", lambda x, by: x, "These are the numbers as they came.",
          "Subtract the mean of each column, then divide by its deviation."),
        mistake("divided-by-n-minus-one", lambda x, by: (x - by.mean(0)) / by.std(0),
          "The deviation divides by N − 1, as torch's std does unless it is told otherwise.",
          "The task divides by N: std(dim=0, correction=0), or the root of the mean square."),
        mistake("divided-by-variance",
          lambda x, by: [(x - by.mean(0)) / by.var(0, correction=c) for c in (0, 1)],
          "Divided by the mean squared distance: its root is missing.",
          "Which unit has the mean of squared centimetres?"),
        mistake("only-centred", lambda x, by: x - by.mean(0),
          "The mean is subtracted and nothing is divided.", "Two steps: shift, then scale."),
        mistake("not-centred", lambda x, by: [x / by.std(0, correction=c) for c in (0, 1)],
          "Divided by the deviation, but the mean is not subtracted.",
          "Two steps: shift, then scale."),
        mistake("multiplied", lambda x, by: (x - by.mean(0)) * by.std(0, correction=0),
          "Multiplied by the deviation where a division should be.",
          "A column of wide spread should come out narrower."),
        mistake("rows-standardised",
          lambda x, by: [(x - x.mean(1, True)) / x.std(1, keepdim=True, correction=c)
                         for c in (0, 1)],
          "Each row is standardised. It is the columns that should be.",
          "A column is a measurement: its mean runs over all flowers."),
        mistake("whole-table",
          lambda x, by: [(x - by.mean()) / by.std(correction=c) for c in (0, 1)],
          "One mean and one deviation serve the whole table. Each column has its own.",
          "Which dim must the mean run over?"),
        mistake("mean-not-squares", lambda x, by: (x - by.mean(0)) / (x - by.mean(0)).abs().mean(0),
          "The mean size of the distances is used; the deviation squares them first.",
          "Square, mean, root."),
        mistake("min-max", lambda x, by: (x - by.min(0).values)
                / (by.max(0).values - by.min(0).values),
          "This stretches the columns to 0…1. It is another way to scale.",
          "Mean and deviation, not smallest and largest."),
    )  # fmt: skip


def _pooled(own: int) -> Mistake:
    def make(v: Values) -> list[torch.Tensor]:
        both = torch.cat(list(v.given))
        return [(v.given[own] - both.mean(0)) / both.std(0, correction=c) for c in (0, 1)]

    return Mistake("test-flowers-used", make,
      "Mean and deviation are of both tables together: the training has seen the test flowers.",
      "A test is of flowers that nothing was chosen on, the scaling included.")  # fmt: skip


def _of_its_own(v: Values) -> list[torch.Tensor]:
    test = v.given[1]
    return [(test - test.mean(0)) / test.std(0, correction=c) for c in (0, 1)]


STANDARDISE = Exercise(
    names=("train", "test"),
    arguments=("train", "test"),
    draw=_tables,
    right=lambda train, test: (_scaled(train, train), _scaled(test, train)),
    mistakes={
        "train": (*_standardising(0), _pooled(0)),
        "test": (
            Mistake("own-statistics", _of_its_own,
              "The test flowers are scaled by their own mean and deviation. The same flower would "
              "then become another number in other company.",
              "Both tables are scaled by the mean and the deviation of the first."),
            Mistake("deviation-of-its-own",
              lambda v: [(v.given[1] - v.given[0].mean(0)) / v.given[1].std(0, correction=c)
                         for c in (0, 1)],
              "The deviation is that of the test flowers; the mean is right.",
              "Both come from the first table."),
            Mistake("mean-of-its-own",
              lambda v: (v.given[1] - v.given[1].mean(0)) / v.given[0].std(0, correction=0),
              "The mean is that of the test flowers; the deviation is right.",
              "Both come from the first table."),
            Mistake("statistics-of-scaled", lambda v: [v.given[1], v.given[1] - v.given[0].mean(0)],
              ("These are the numbers as they came. Either nothing was done to them, or mean and "
               "deviation were taken of flowers that were already scaled: those are 0 and 1.",
               "The mean is subtracted and nothing is divided. Or the deviation was taken of "
               "flowers that were already scaled: that is 1."),
              "Compute mean and deviation first, keep them, then scale both tables."),
            *_standardising(1), _pooled(1),
        ),
    },
    section="notebook 01, Train and test",
)  # fmt: skip

# --- flowers prepared --------------------------------------------------------------------------


def _three_species(generator: torch.Generator, number: int) -> tuple[torch.Tensor, torch.Tensor]:
    """A table of four columns whose species come in no order, with more than two of each."""
    species = torch.tensor([0, 1, 2] * (3 + number) + [1, 0])
    species = species[torch.randperm(len(species), generator=generator)]
    table = 1 + 4 * torch.rand(len(species), 4, generator=generator, dtype=torch.float64)
    return table, species


def _unit(X: torch.Tensor) -> torch.Tensor:
    return X / X.norm(dim=1, keepdim=True)


def _prepared(table: torch.Tensor, species: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    kept = species < 2
    return _unit(table[kept][:, :2]), species[kept].double().reshape(-1, 1)


def _count(v: Values) -> int:
    return int((v.given[1] < 2).sum())


def _rows_kept(v: Values) -> torch.Tensor:
    return v.given[0][v.given[1] < 2]


PREPARE = Exercise(
    names=("X", "y"),
    arguments=("table", "species"),
    draw=_three_species,
    right=_prepared,
    mistakes={
        "X": (
            Mistake("scaled-before-columns", lambda v: _unit(_rows_kept(v))[:, :2],
              "The rows were scaled while there were four measurements, and cut afterwards.",
              "What is the length of a row of the result? Which step must come first?"),
            Mistake("other-columns",
              lambda v: [_unit(_rows_kept(v)[:, [i, k]])
                         for i in range(4) for k in range(4) if i != k and (i, k) != (0, 1)],
              "These are other columns than 0 and 1.",
              "Columns are counted from 0, and the end of a slice is left out."),
            Mistake("scaled-before-columns-and-other-columns",
              lambda v: [_unit(_rows_kept(v))[:, [i, k]]
                         for i in range(4) for k in range(4) if i != k and (i, k) != (0, 1)],
              "Two things: these are other columns than 0 and 1, and the rows were scaled while "
              "there were four.",
              "Print one row, and follow it by hand."),
            Mistake("kept-by-position", lambda v: _unit(v.given[0][: _count(v), :2]),
              "The first rows are kept, whatever their species is.",
              "The table may come in any order: ask for the species."),
            Mistake("other-species",
              lambda v: [_unit(v.given[0][v.given[1] != k][:, :2]) for k in (0, 1)],
              "Another species is left out than the last one.", "Keep species 0 and 1."),
            Mistake("nothing-left-out", lambda v: _unit(v.given[0][:, :2]),
              "All three species are still there.", "Keep species 0 and 1."),
            Mistake("not-scaled", lambda v: _rows_kept(v)[:, :2],
              "The rows are not scaled.", "Each row should have length one."),
            Mistake("divides-columns",
              lambda v: _rows_kept(v)[:, :2] / _rows_kept(v)[:, :2].norm(dim=0),
              "Each column has length one now. It is the rows that should.",
              "A flower is a row: along which axis must the squares be added?"),
        ),
        "y": (
            Mistake("labels-by-position",
              lambda v: v.given[1][: _count(v)].double().reshape(-1, 1),
              "The labels are those of the first rows, not of the rows that were kept.",
              "Rows and labels must be chosen by the same mask."),
            Mistake("sorted-labels",
              lambda v: v.given[1][v.given[1] < 2].sort().values.double().reshape(-1, 1),
              "The labels are sorted, and the rows are not.",
              "Rows and labels must be chosen by the same mask."),
            Mistake("flat-labels", lambda v: v.given[1][v.given[1] < 2].double(),
              "The labels are a flat list. They should be a column.",
              "What would y_hat - y be? See: Why the labels are a column."),
            Mistake("turned-round",
              lambda v: 1 - v.given[1][v.given[1] < 2].double().reshape(-1, 1),
              "0 and 1 are exchanged.", "The label is the number of the species."),
            Mistake("nothing-left-out", lambda v: v.given[1].double().reshape(-1, 1),
              "The labels of all three species are still there.",
              "Rows and labels must be chosen by the same mask."),
        ),
    },
    section="notebook 01, Keep 100 rows by position or by meaning",
)  # fmt: skip


EXERCISES = {
    "01-one-number": ONE_NUMBER,
    "01-standardise": STANDARDISE,
    "01-prepare": PREPARE,
}
