"""Iris as this collection uses it: two measurements, two species, one row a flower."""

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
    check_choice("scaling", scaling, SCALINGS)
    data, target, species = _iris()
    X = data[:100, :2]  # the species stand one after the other
    if scaling == "unit_rows":
        X = X / np.linalg.norm(X, axis=1, keepdims=True)
    elif scaling == "standardised":
        X = (X - X.mean(axis=0)) / X.std(axis=0)
    return IrisPair(
        X=torch.as_tensor(X, dtype=torch.float32),
        y=torch.as_tensor(target[:100], dtype=torch.float32).reshape(-1, 1),
        feature_names=FEATURES[:2],
        class_names=species[:2],
    )


def _iris() -> tuple[np.ndarray, np.ndarray, tuple[str, ...]]:
    """Measurements, labels and species, from the file of which scikit-learn makes its `load_iris`.

    To import scikit-learn for it would take seconds and 80 MB of every kernel.
    """
    path = distribution("scikit-learn").locate_file("sklearn/datasets/data/iris.csv")
    with Path(str(path)).open(encoding="utf-8") as lines:
        _, _, *species = next(lines).strip().split(",")  # 150 flowers, 4 measurements, 3 names
        table = np.loadtxt(lines, delimiter=",")
    return table[:, :4], table[:, 4], tuple(species)
