"""Notebook 01's exercises: right answers in many forms, and wrong code as it is written."""

import numpy as np
import pytest
import torch
from sklearn.preprocessing import StandardScaler

from fnn_helpers import load_iris_pair
from fnn_helpers.feedback import check_exercise, check_normalise_rows
from fnn_helpers.feedback.tasks.exercises.n01 import EXERCISES, _flowers

# --- one number a flower -----------------------------------------------------------------------

ONE_NUMBER = "number on the wrong side"


@pytest.mark.parametrize(
    "number",
    [
        lambda length, width: length - width,
        lambda length, width: width - length,
        lambda length, width: 1.2 * length - width,
        lambda length, width: (width > length - 2.3).float(),
        lambda length, width: np.asarray(length) - np.asarray(width),
        lambda length, width: [float(a - b) for a, b in zip(length, width, strict=True)],
        lambda length, width: (length - width).reshape(-1, 1),
        lambda length, width: torch.sigmoid(length - width - 2.3),
    ],
)
def test_every_number_that_separates_is_right(number) -> None:
    assert check_exercise("01-one-number", number)


def diagonal(length, width):
    return (length**2 + width**2) ** 0.5


def area(length, width):
    return length * width


NUMBERS = [
    (lambda length, width: length, "no-better-than-length"),
    (lambda length, width: -2.54 * width, "no-better-than-width"),
    (lambda length, width: length / width, "no-better-than-ratio"),
    (lambda length, width: torch.rad2deg(torch.atan2(width, length)), "no-better-than-ratio"),
    (diagonal, "no-better-than-size"),
    (area, "no-better-than-size"),
    (lambda length, width: length + width, "no-better-than-size"),
]


@pytest.mark.parametrize(("number", "mistake"), NUMBERS)
def test_a_number_that_does_not_separate_is_compared_with_a_known_one(number, mistake) -> None:
    answer = check_exercise("01-one-number", number)
    assert (answer.status, answer.mistake, answer.where) == ("wrong", mistake, ONE_NUMBER)


def test_another_number_is_told_how_many_flowers_it_gets_wrong() -> None:
    answer = check_exercise("01-one-number", lambda length, width: length + 2 * width)
    assert answer.status == "wrong" and answer.mistake is None
    assert "on the wrong side is " in answer.message and "where 0 is right" in answer.message


def test_one_number_for_all_is_refused() -> None:
    answer = check_exercise("01-one-number", lambda length, width: (length - width).mean())
    assert answer.status == "raised" and "numbers came for" in answer.message


def test_the_hard_flowers_are_always_there() -> None:
    """Flower 41 and the nearest of the other side: without them more numbers would do."""
    cm = load_iris_pair("none").X.double()
    for seed in range(3):
        length, width = _flowers(torch.Generator().manual_seed(seed), seed)
        assert ((length == cm[41, 0]) & (width == cm[41, 1])).any() and 60 < len(length) < 100
        versicolor = width < length - 2.3
        assert 20 < versicolor.sum() < len(length) - 20


# --- standardised columns ----------------------------------------------------------------------


def by_hand(train, test):
    mean = train.mean(dim=0)
    deviation = ((train - mean) ** 2).mean(dim=0) ** 0.5
    return (train - mean) / deviation, (test - mean) / deviation


def by_scikit_learn(train, test):
    scaler = StandardScaler().fit(train)
    return scaler.transform(train), scaler.transform(test)


def by_columns(train, test):
    scaled = [[], []]
    for k in range(train.shape[1]):
        column = train[:, k]
        for table, new in zip((train, test), scaled, strict=True):
            new.append((table[:, k] - column.mean()) / column.std(correction=0))
    return tuple(torch.stack(columns, dim=1) for columns in scaled)


@pytest.mark.parametrize("f", [by_hand, by_scikit_learn, by_columns])
def test_standardising_in_any_form_is_right(f) -> None:
    answer = check_exercise("01-standardise", f)
    assert answer, answer


def each_by_itself(train, test):
    def scale(table):
        return (table - table.mean(dim=0)) / table.std(dim=0, correction=0)

    return scale(train), scale(test)


def each_by_itself_with_torchs_std(train, test):
    return tuple((t - t.mean(0)) / t.std(0) for t in (train, test))


def torchs_std(train, test):
    mean, deviation = train.mean(dim=0), train.std(dim=0)
    return (train - mean) / deviation, (test - mean) / deviation


def overwritten(train, test):
    train = (train - train.mean(dim=0)) / train.std(dim=0, correction=0)
    test = (test - train.mean(dim=0)) / train.std(dim=0, correction=0)
    return train, test


def half_overwritten(train, test):
    mean = train.mean(dim=0)
    train = (train - mean) / train.std(dim=0, correction=0)
    return train, (test - mean) / train.std(dim=0, correction=0)


def test_forgotten(train, test):
    mean, deviation = train.mean(dim=0), train.std(dim=0, correction=0)
    return (train - mean) / deviation, test


test_forgotten.__test__ = False


def together(train, test):
    both = torch.cat([train, test])
    mean, deviation = both.mean(dim=0), both.std(dim=0, correction=0)
    return (train - mean) / deviation, (test - mean) / deviation


def no_dim(train, test):
    mean, deviation = train.mean(), train.std(correction=0)
    return (train - mean) / deviation, (test - mean) / deviation


def along_rows(train, test):
    return tuple(
        (t - t.mean(dim=1, keepdim=True)) / t.std(dim=1, keepdim=True, correction=0)
        for t in (train, test)
    )


def variance(train, test):
    mean, spread = train.mean(dim=0), ((train - train.mean(dim=0)) ** 2).mean(dim=0)
    return (train - mean) / spread, (test - mean) / spread


def only_shifted(train, test):
    return train - train.mean(dim=0), test - train.mean(dim=0)


def only_divided(train, test):
    deviation = train.std(dim=0, correction=0)
    return train / deviation, test / deviation


def multiplied(train, test):
    mean, deviation = train.mean(dim=0), train.std(dim=0, correction=0)
    return (train - mean) * deviation, (test - mean) * deviation


def mean_distance(train, test):
    mean = train.mean(dim=0)
    distance = (train - mean).abs().mean(dim=0)
    return (train - mean) / distance, (test - mean) / distance


def to_zero_and_one(train, test):
    low, high = train.amin(dim=0), train.amax(dim=0)
    return (train - low) / (high - low), (test - low) / (high - low)


def mean_of_the_test(train, test):
    deviation = train.std(dim=0, correction=0)
    return (train - train.mean(dim=0)) / deviation, (test - test.mean(dim=0)) / deviation


def deviation_of_the_test(train, test):
    mean = train.mean(dim=0)
    return tuple((t - mean) / t.std(dim=0, correction=0) for t in (train, test))


STANDARDISING = [
    (each_by_itself, "test", "own-statistics"),
    (each_by_itself_with_torchs_std, "train", "divided-by-n-minus-one"),
    (torchs_std, "train", "divided-by-n-minus-one"),
    (overwritten, "test", "statistics-of-scaled"),
    (half_overwritten, "test", "statistics-of-scaled"),
    (test_forgotten, "test", "statistics-of-scaled"),
    (together, "train", "test-flowers-used"),
    (no_dim, "train", "whole-table"),
    (along_rows, "train", "rows-standardised"),
    (variance, "train", "divided-by-variance"),
    (only_shifted, "train", "only-centred"),
    (only_divided, "train", "not-centred"),
    (multiplied, "train", "multiplied"),
    (mean_distance, "train", "mean-not-squares"),
    (to_zero_and_one, "train", "min-max"),
    (mean_of_the_test, "test", "mean-of-its-own"),
    (deviation_of_the_test, "test", "deviation-of-its-own"),
    (lambda train, test: (train, test), "train", "unchanged"),
]


@pytest.mark.parametrize(("f", "where", "mistake"), STANDARDISING)
def test_a_slip_in_standardising_is_named(f, where, mistake) -> None:
    answer = check_exercise("01-standardise", f)
    assert (answer.status, answer.where, answer.mistake) == ("wrong", where, mistake), answer


# --- flowers prepared --------------------------------------------------------------------------


def prepared(table, species):
    kept = species < 2
    X = table[kept][:, :2]
    X = X / (X**2).sum(dim=1, keepdim=True) ** 0.5
    return X.float(), species[kept].reshape(-1, 1).float()


def prepared_with_a_loop(table, species):
    X, y = [], []
    for (length, width, *_), label in zip(table.tolist(), species.tolist(), strict=True):
        if label in (0, 1):
            size = (length**2 + width**2) ** 0.5
            X.append([length / size, width / size])
            y.append([label])
    return torch.tensor(X), torch.tensor(y)


def prepared_with_another_mask(table, species):
    kept = (species == 0) | (species == 1)
    X = torch.nn.functional.normalize(table[kept, 0:2])
    return X, species[kept].unsqueeze(1)


@pytest.mark.parametrize("f", [prepared, prepared_with_a_loop, prepared_with_another_mask])
def test_flowers_prepared_in_any_form_are_right(f) -> None:
    answer = check_exercise("01-prepare", f)
    assert answer, answer


def scaled_too_early(table, species):
    X = table / (table**2).sum(dim=1, keepdim=True) ** 0.5
    return X[species < 2, :2], species[species < 2].reshape(-1, 1)


def columns_one_off(table, species):
    return prepared(table[:, 1:], species)


def columns_from_the_end(table, species):
    return prepared(table[:, -2:], species)


def two_at_once(table, species):
    X = table / (table**2).sum(dim=1, keepdim=True) ** 0.5
    return X[species < 2, 1:3], species[species < 2].reshape(-1, 1)


def first_rows(table, species):
    count = (species < 2).sum()
    X = table[:count, :2]
    return X / X.norm(dim=1, keepdim=True), species[species < 2].reshape(-1, 1)


def last_two_species(table, species):
    X = table[species > 0][:, :2]
    return X / X.norm(dim=1, keepdim=True), species[species > 0].reshape(-1, 1)


def all_species(table, species):
    X = table[:, :2]
    return X / X.norm(dim=1, keepdim=True), species.reshape(-1, 1)


def raw(table, species):
    return table[species < 2][:, :2], species[species < 2].reshape(-1, 1)


def by_columns_of_the_table(table, species):
    X = table[species < 2][:, :2]
    return X / (X**2).sum(dim=0) ** 0.5, species[species < 2].reshape(-1, 1)


def first_labels(table, species):
    X, _ = prepared(table, species)
    return X, species[: len(X)].reshape(-1, 1)


def labels_as_if_sorted(table, species):
    X, y = prepared(table, species)
    zeros = int((y == 0).sum())
    return X, torch.tensor([0.0] * zeros + [1.0] * (len(X) - zeros)).reshape(-1, 1)


def flat(table, species):
    X, y = prepared(table, species)
    return X, y.flatten()


def exchanged(table, species):
    X, _ = prepared(table, species)
    return X, (species[species < 2] == 0).float().reshape(-1, 1)


def all_labels(table, species):
    X, _ = prepared(table, species)
    return X, species.reshape(-1, 1)


PREPARING = [
    (scaled_too_early, "X", "scaled-before-columns"),
    (columns_one_off, "X", "other-columns"),
    (columns_from_the_end, "X", "other-columns"),
    (two_at_once, "X", "scaled-before-columns-and-other-columns"),
    (first_rows, "X", "kept-by-position"),
    (last_two_species, "X", "other-species"),
    (all_species, "X", "nothing-left-out"),
    (raw, "X", "not-scaled"),
    (by_columns_of_the_table, "X", "divides-columns"),
    (first_labels, "y", "labels-by-position"),
    (labels_as_if_sorted, "y", "sorted-labels"),
    (flat, "y", "flat-labels"),
    (exchanged, "y", "turned-round"),
    (all_labels, "y", "nothing-left-out"),
]


@pytest.mark.parametrize(("f", "where", "mistake"), PREPARING)
def test_a_slip_in_preparing_is_named(f, where, mistake) -> None:
    answer = check_exercise("01-prepare", f)
    assert (answer.status, answer.where, answer.mistake) == ("wrong", where, mistake), answer


def test_every_record_has_code_that_makes_it() -> None:
    known = {m.id for e in EXERCISES.values() for table in e.mistakes.values() for m in table}
    assert known == {mistake for *_, mistake in (*NUMBERS, *STANDARDISING, *PREPARING)}


# --- rows of length one ------------------------------------------------------------------------


def halved(X):
    return X / (X**2).sum(dim=1, keepdim=True) ** 1 / 2


def a_root_that_is_none(X):
    lengths = (X**2).sum(dim=1, keepdim=True) ** 1 / 2
    return X / lengths


@pytest.mark.parametrize("f", [halved, a_root_that_is_none])
def test_a_power_before_a_slash_is_named(f) -> None:
    answer = check_normalise_rows(f)
    assert (answer.mistake, answer.where) == ("power-before-slash", "X")
    assert "slash" in answer.message
