"""The sigmoid, and its slope beside it.

`sigma` and `sigma_slope` are the bare formulas; `sigmoid` and `sigmoid_slope` check first.
"""

import torch

from .refusals import check_not_nan, check_probabilities, check_tensor

# As a tensor: for a plain 1, `1 - a` takes a detour through Python and three times as long.
ONE = torch.ones((), dtype=torch.float32)


def sigma(z: torch.Tensor) -> torch.Tensor:
    """σ(z) = 1 / (1 + exp(−z))."""
    return torch.sigmoid(z)


def sigma_slope(a: torch.Tensor) -> torch.Tensor:
    """σ′, from the activation a = σ(z): a (1 − a)."""
    return a * (ONE - a)


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
    check_tensor("a", a)
    if a.numel():
        check_probabilities("a", a)
    return sigma_slope(a)
