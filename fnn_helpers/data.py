"""Iris as this collection uses it, one row a flower: two species, and all three."""

from collections.abc import Iterable
from typing import Any, NamedTuple

import torch

from .refusals import check_choice

SCALINGS = ("unit_rows", "standardised", "none")


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
    iris, X = _load(slice(100), slice(2), scaling)  # the species stand one after the other
    return IrisPair(
        X=X,
        y=torch.as_tensor(iris.target[:100], dtype=torch.float32).reshape(-1, 1),
        feature_names=_words(iris.feature_names[:2]),
        class_names=_words(iris.target_names[:2]),
    )


def load_iris_trio(scaling: str = "standardised") -> IrisTrio:
    """Load all 150 flowers. Takes and raises what `load_iris_pair` does.

    `"standardised"` gives each column mean 0 and standard deviation 1 over the 150 flowers.

    Examples
    --------
    >>> load_iris_trio("none").X[149], load_iris_trio().y[149]
    (tensor([5.9000, 3.0000, 5.1000, 1.8000]), tensor([0., 0., 1.]))
    """
    iris, X = _load(slice(150), slice(4), scaling)
    return IrisTrio(
        X=X,
        y=torch.eye(3, dtype=torch.float32)[torch.as_tensor(iris.target)],
        feature_names=_words(iris.feature_names),
        class_names=_words(iris.target_names),
    )


def _load(rows: slice, columns: slice, scaling: str) -> tuple[Any, torch.Tensor]:
    """scikit-learn's iris, and these rows and columns of its measurements, scaled."""
    # Imported here: it takes a second, and not every use of the helpers needs flowers.
    from sklearn.datasets import load_iris
    from sklearn.preprocessing import normalize, scale

    check_choice("scaling", scaling, SCALINGS)
    iris = load_iris()
    X = iris.data[rows, columns]
    if scaling == "unit_rows":
        X = normalize(X)
    elif scaling == "standardised":
        X = scale(X)
    return iris, torch.as_tensor(X, dtype=torch.float32)


def _words(names: Iterable[object]) -> tuple[str, ...]:
    return tuple(str(name) for name in names)
