"""The sigmoid, and its slope beside it."""

import torch

from .refusals import check_not_nan, check_probabilities, check_tensor


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
    """
    check_tensor("z", z)
    check_not_nan("z", z)
    return torch.sigmoid(z)


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
    """
    check_tensor("a", a)
    if a.numel():
        check_probabilities("a", a)
    return slope_of(a)


def slope_of(a: torch.Tensor) -> torch.Tensor:
    """`sigmoid_slope` without its checks; the sigmoid without checks is `torch.sigmoid`."""
    return a * (1 - a)
