"""Iris as this collection uses it, one row a flower: two species, and all three."""

from importlib.metadata import distribution
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch

from .refusals import check_choice

SCALINGS = ("unit_rows", "standardised", "none")
FEATURES = ("sepal length (cm)", "sepal width (cm)", "petal length (cm)", "petal width (cm)")


class IrisPair(NamedTuple):
    """The first two species of iris, described by the first two measurements.

    Attributes
    ----------
    X : torch.Tensor, shape 100 × 2, float32
        Sepal length and sepal width: centimetres, unless scaled.
    y : torch.Tensor, shape 100 × 1, float32
        Labels: 0 for setosa, 1 for versicolor.
    feature_names, class_names : tuple of str
        What the columns of `X` and the labels 0 and 1 stand for.

    Examples
    --------
    >>> load_iris_pair().class_names
    ('setosa', 'versicolor')
    """

    X: torch.Tensor
    y: torch.Tensor
    feature_names: tuple[str, ...]
    class_names: tuple[str, ...]


class IrisTrio(IrisPair):
    """All three species of iris, described by all four measurements.

    Attributes
    ----------
    X : torch.Tensor, shape 150 × 4, float32
        Length and width of sepal and petal: centimetres, unless scaled.
    y : torch.Tensor, shape 150 × 3, float32
        One-hot labels: a 1 in the column of the flower's species, 0 in the others.
    feature_names, class_names : tuple of str
        What the columns of `X` and of `y` stand for.

    Examples
    --------
    >>> load_iris_trio().class_names
    ('setosa', 'versicolor', 'virginica')
    """

    __slots__ = ()


def load_iris_pair(scaling: str = "unit_rows") -> IrisPair:
    """Load the 100 flowers, from scikit-learn's own copy of the data (no network).

    Parameters
    ----------
    scaling : {"unit_rows", "standardised", "none"}
        `"unit_rows"` divides each row by its length, as the published recipe does.
        `"standardised"` gives each column mean 0 and standard deviation 1 over the 100 flowers.
        `"none"` keeps centimetres.

    Raises
    ------
    ValueError
        If `scaling` is none of the three.

    Examples
    --------
    >>> load_iris_pair("none").X[0]
    tensor([5.1000, 3.5000])
    """
    data, target, species = _iris()
    return IrisPair(
        X=_scaled(data[:100, :2], scaling),  # the species stand one after the other
        y=torch.as_tensor(target[:100], dtype=torch.float32).reshape(-1, 1),
        feature_names=FEATURES[:2],
        class_names=species[:2],
    )


def load_iris_trio(scaling: str = "standardised") -> IrisTrio:
    """Load all 150 flowers. Takes and raises what `load_iris_pair` does.

    `"standardised"` gives each column mean 0 and standard deviation 1 over the 150 flowers.

    Examples
    --------
    >>> load_iris_trio("none").X[149], load_iris_trio().y[149]
    (tensor([5.9000, 3.0000, 5.1000, 1.8000]), tensor([0., 0., 1.]))
    """
    data, target, species = _iris()
    return IrisTrio(
        X=_scaled(data, scaling),
        y=torch.eye(3, dtype=torch.float32)[torch.as_tensor(target).long()],
        feature_names=FEATURES,
        class_names=species,
    )


def _scaled(X: np.ndarray, scaling: str) -> torch.Tensor:
    check_choice("scaling", scaling, SCALINGS)
    if scaling == "unit_rows":
        X = X / np.linalg.norm(X, axis=1, keepdims=True)
    elif scaling == "standardised":
        X = (X - X.mean(axis=0)) / X.std(axis=0)
    return torch.as_tensor(X, dtype=torch.float32)


def _iris() -> tuple[np.ndarray, np.ndarray, tuple[str, ...]]:
    """Measurements, labels and species, from the file of which scikit-learn makes its `load_iris`.

    To import scikit-learn for it would take seconds and 80 MB of every kernel.
    """
    path = distribution("scikit-learn").locate_file("sklearn/datasets/data/iris.csv")
    with Path(str(path)).open(encoding="utf-8") as lines:
        _, _, *species = next(lines).strip().split(",")  # 150 flowers, 4 measurements, 3 names
        table = np.loadtxt(lines, delimiter=",")
    return table[:, :4], table[:, 4], tuple(species)
