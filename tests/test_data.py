"""The data are iris, and each scaling does what it says."""

from collections.abc import Callable

import numpy as np
import pytest
import torch
from sklearn.datasets import load_iris
from sklearn.preprocessing import normalize, scale

from fnn_helpers import IrisPair, load_iris_pair, load_iris_trio


def test_shapes_types_and_balance() -> None:
    X, y, _, _ = load_iris_pair()
    assert X.shape == (100, 2) and y.shape == (100, 1)
    assert X.dtype == y.dtype == torch.float32
    assert y.unique(return_counts=True)[1].tolist() == [50, 50]


@pytest.mark.parametrize(
    ("scaling", "scaled"),
    [("none", lambda X: X), ("unit_rows", normalize), ("standardised", scale)],
)
def test_data_and_scalings_are_those_of_scikit_learn(scaling: str, scaled: Callable) -> None:
    iris = load_iris()
    X, y, feature_names, class_names = load_iris_pair(scaling)
    assert torch.equal(X, torch.tensor(scaled(iris.data[:100, :2]), dtype=torch.float32))
    assert y.flatten().tolist() == iris.target[:100].tolist()
    assert feature_names == tuple(iris.feature_names[:2])
    assert class_names == tuple(iris.target_names[:2])


def test_unit_rows_have_length_one_and_keep_their_direction() -> None:
    cm, unit = load_iris_pair("none").X, load_iris_pair("unit_rows").X
    torch.testing.assert_close(unit.norm(dim=1), torch.ones(100))
    torch.testing.assert_close(unit[:, 0] / unit[:, 1], cm[:, 0] / cm[:, 1])


def test_standardised_columns_have_mean_zero_and_deviation_one() -> None:
    X = load_iris_pair("standardised").X.double()
    assert X.mean(dim=0).abs().max() < 1e-6
    torch.testing.assert_close(
        X.std(dim=0, correction=0), torch.ones(2).double(), atol=1e-6, rtol=0
    )


def test_unknown_scaling_is_refused_with_the_choices() -> None:
    with pytest.raises(ValueError, match="scaling is 'unit', but \"unit_rows\" or"):
        load_iris_pair("unit")


# --- all three species ----------------------------------------------------------------------------


def test_the_trio_has_all_flowers_four_measurements_and_a_column_a_species() -> None:
    iris, trio = load_iris(), load_iris_trio("none")
    assert trio._fields == IrisPair._fields and trio.X.dtype == trio.y.dtype == torch.float32
    np.testing.assert_allclose(trio.X, iris.data, rtol=1e-6)  # float32
    assert trio.y.shape == (150, 3) and trio.y.sum(1).eq(1).all()
    assert trio.y.argmax(1).tolist() == iris.target.tolist()
    assert trio.feature_names == tuple(iris.feature_names)
    assert trio.class_names == ("setosa", "versicolor", "virginica")


def test_the_pairs_flowers_are_the_trios_first_hundred() -> None:
    pair, trio = load_iris_pair("none"), load_iris_trio("none")
    assert torch.equal(pair.X, trio.X[:100, :2]) and torch.equal(pair.y, trio.y[:100, 1:2])


def test_the_trio_is_standardised_over_its_own_flowers_unless_told_otherwise() -> None:
    X = load_iris_trio().X.double()
    assert X.mean(dim=0).abs().max() < 1e-6
    torch.testing.assert_close(
        X.std(dim=0, correction=0), torch.ones(4).double(), atol=1e-6, rtol=0
    )
    torch.testing.assert_close(load_iris_trio("unit_rows").X.norm(dim=1), torch.ones(150))
    with pytest.raises(ValueError, match="scaling is 'standard', but"):
        load_iris_trio("standard")
