"""Functions that layers end in, each with its slope beside it.

`sigma`, `sigma_slope`, `slope_of_tanh` and `shares` are the bare formulas; the others check first.
"""

import torch

from .refusals import check_logits, check_not_nan, check_range, check_tensor

# As a tensor: for a plain 1, `1 - a` takes a detour through Python and three times as long.
ONE = torch.ones((), dtype=torch.float32)


def sigma(z: torch.Tensor) -> torch.Tensor:
    """σ(z) = 1 / (1 + exp(−z))."""
    return torch.sigmoid(z)


def sigma_slope(a: torch.Tensor) -> torch.Tensor:
    """σ′, from the activation a = σ(z): a (1 − a)."""
    return a * (ONE - a)


def slope_of_tanh(a: torch.Tensor) -> torch.Tensor:
    """tanh′, from the activation a = tanh(z): 1 − a²."""
    return ONE - a * a


def shares(z: torch.Tensor) -> torch.Tensor:
    """e^z as a share of its row's sum; the largest z of the row is taken off first."""
    return torch.softmax(z, dim=1)


def sigmoid(z: torch.Tensor) -> torch.Tensor:
    """σ(z) = 1 / (1 + exp(−z)), entry by entry.

    Parameters
    ----------
    z : torch.Tensor, any shape
        Pre-activations: any real number, infinity included.

    Returns
    -------
    torch.Tensor, the shape of `z`
        Activations between 0 and 1. In float32 they reach exactly 1 from z ≈ 17 on.

    Raises
    ------
    TypeError
        If `z` is not a tensor of decimals.
    ValueError
        If `z` holds NaN.

    Examples
    --------
    >>> sigmoid(torch.tensor([0.0, 1000.0]))
    tensor([0.5000, 1.0000])
    """
    check_tensor("z", z)
    check_not_nan("z", z)
    return sigma(z)


def sigmoid_slope(a: torch.Tensor) -> torch.Tensor:
    """σ′ written in terms of the **activation**: a (1 − a), where a = σ(z).

    Parameters
    ----------
    a : torch.Tensor, any shape
        Activations: what `sigmoid` returned, not what it was given.

    Returns
    -------
    torch.Tensor, the shape of `a`
        Slopes between 0 and 0.25.

    Raises
    ------
    TypeError
        If `a` is not a tensor of decimals.
    ValueError
        If an entry lies outside 0 to 1, as a pre-activation z does: slope of what?

    Examples
    --------
    >>> sigmoid_slope(torch.tensor([0.5, 0.9]))
    tensor([0.2500, 0.0900])
    """
    check_range("a", check_tensor("a", a), "sigmoid")
    return sigma_slope(a)


def tanh_slope(a: torch.Tensor) -> torch.Tensor:
    """tanh′ written in terms of the **activation**: 1 − a², where a = tanh(z).

    Parameters
    ----------
    a : torch.Tensor, any shape
        Activations: what `torch.tanh` returned, not what it was given.

    Returns
    -------
    torch.Tensor, the shape of `a`
        Slopes between 0 and 1.

    Raises
    ------
    TypeError
        If `a` is not a tensor of decimals.
    ValueError
        If an entry lies outside −1 to 1, as a pre-activation z does: slope of what?

    Examples
    --------
    >>> tanh_slope(torch.tensor([0.0, -0.9]))
    tensor([1.0000, 0.1900])
    """
    check_range("a", check_tensor("a", a), "torch.tanh")
    return slope_of_tanh(a)


def softmax(z: torch.Tensor) -> torch.Tensor:
    """Each row's e^z, divided by their sum: probabilities of classes that exclude each other.

    Parameters
    ----------
    z : torch.Tensor, shape N × classes
        Pre-activations, finite. A number added to a whole row changes nothing.

    Returns
    -------
    torch.Tensor, the shape of `z`
        Probabilities; each row's sum is 1. Derived in notebook 10.

    Raises
    ------
    TypeError, ValueError
        If `z` is not such a matrix, is empty, or holds NaN or infinity.

    Examples
    --------
    >>> softmax(torch.tensor([[0.0, 0.0], [1000.0, 0.0]]))
    tensor([[0.5000, 0.5000],
            [1.0000, 0.0000]])
    """
    check_logits("z", z)
    return shares(z)
