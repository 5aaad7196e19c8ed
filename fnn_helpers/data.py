"""Iris as this collection uses it: two measurements, two species, one row a flower."""

from typing import NamedTuple

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
    # Imported here: it takes a second, and not every use of the helpers needs flowers.
    from sklearn.datasets import load_iris
    from sklearn.preprocessing import normalize, scale

    check_choice("scaling", scaling, SCALINGS)
    iris = load_iris()
    pair = iris.target < 2
    X, y = iris.data[pair, :2], iris.target[pair]
    if scaling == "unit_rows":
        X = normalize(X)
    elif scaling == "standardised":
        X = scale(X)
    return IrisPair(
        X=torch.as_tensor(X, dtype=torch.float32),
        y=torch.as_tensor(y, dtype=torch.float32).reshape(-1, 1),
        feature_names=tuple(str(name) for name in iris.feature_names[:2]),
        class_names=tuple(str(name) for name in iris.target_names[:2]),
    )
