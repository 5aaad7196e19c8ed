"""Three ways to doubt a gradient: poke the weight, ask autograd, compare entry by entry."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch

from . import refusals
from .activations import sigma
from .costs import BinaryCrossEntropy, CategoricalCrossEntropy
from .network import FNN, Gradients, forward_pass

# Truncation error grows with h², rounding error with 1/h: these balance the two (notebook 02).
STEP_SIZES = {torch.float32: 1e-2, torch.float64: 1e-4}


def central_differences(
    f: Callable[[torch.Tensor], torch.Tensor | float], w: torch.Tensor, h: float | None = None
) -> torch.Tensor:
    """The gradient of a scalar function, one poked entry at a time: (f(w + h) − f(w − h)) / 2h.

    Parameters
    ----------
    f : callable
        Takes a tensor shaped like `w`, returns one number.
    w : torch.Tensor, any shape
        Where the gradient is wanted. It is not changed. float64 gives about nine digits.
    h : float, optional
        Step size; by default 1e-4 in float64 and 1e-2 in float32.

    Returns
    -------
    torch.Tensor, the shape of `w`

    Raises
    ------
    TypeError, ValueError
        If `w` is not a tensor of finite decimals, `h` is not above 0 or is lost in the rounding
        of `w`, or `f` returns anything but one finite decimal.

    Examples
    --------
    >>> central_differences(lambda w: (w**2).sum(), torch.tensor([3.0], dtype=torch.float64))
    tensor([6.], dtype=torch.float64)
    """
    refusals.check_tensor("w", w)
    refusals.check_finite("w", w)
    h = STEP_SIZES[w.dtype] if h is None else h
    refusals.check_positive("h", h, STEP_SIZES[w.dtype])
    w = w.detach().contiguous()
    gradient = torch.empty_like(w)
    for index in range(w.numel()):
        sides, places = [], []
        for sign in (1, -1):
            poked = w.clone()
            poked.view(-1)[index] += sign * h
            places.append(poked.view(-1)[index].item())
            sides.append(refusals.one_number("f", f(poked)))
        distance = places[0] - places[1]  # 2 h, as far as it can be represented beside w
        refusals.check_step_size(h, distance, w.view(-1)[index].item(), w.dtype)
        gradient.view(-1)[index] = (sides[0] - sides[1]) / distance
    return gradient


def gradients_by_differences(
    network: FNN, X: torch.Tensor, y: torch.Tensor, h: float | None = None
) -> Gradients:
    """All five gradients of `network.cost` by central differences.

    Each quantity is poked where it stands, and what follows it is computed again.
    Takes what `FNN.forward` and `FNN.backward` take, and raises what they raise.

    Examples
    --------
    >>> gradients_by_differences(FNN(), torch.zeros(3, 2), torch.ones(3, 1)).dC_dw1.shape
    torch.Size([2, 32])
    """
    z1, a1, z2, y_hat = network.forward(X)
    smallest_step = STEP_SIZES[z2.dtype] if h is None else h
    _refuse_flat(network, y_hat, y, 4 * torch.finfo(z2.dtype).eps / smallest_step)

    def from_z2(z2: torch.Tensor) -> torch.Tensor | float:
        return network.cost.value(network.cost.activation(z2), y)

    def from_a1(a1: torch.Tensor) -> torch.Tensor | float:
        return from_z2(a1 @ network.w2)

    def from_z1(z1: torch.Tensor) -> torch.Tensor | float:
        return from_a1(sigma(z1))

    return Gradients(
        dC_dz2=central_differences(from_z2, z2, h),
        dC_dw2=central_differences(lambda w2: from_z2(a1 @ w2), network.w2, h),
        dC_da1=central_differences(from_a1, a1, h),
        dC_dz1=central_differences(from_z1, z1, h),
        dC_dw1=central_differences(lambda w1: from_z1(X @ w1), network.w1, h),
    )


def gradients_by_autograd(network: FNN, X: torch.Tensor, y: torch.Tensor) -> Gradients:
    """All five gradients of `network.cost` by PyTorch's automatic differentiation.

    Takes what `FNN.forward` and `FNN.backward` take, and raises what they raise.
    The network's own weights are not touched.

    Examples
    --------
    >>> gradients_by_autograd(FNN(), torch.zeros(3, 2), torch.ones(3, 1)).dC_dw1.shape
    torch.Size([2, 32])
    """
    _refuse_flat(network, network.forward(X).y_hat, y, 0.0)
    with torch.enable_grad():
        w1 = network.w1.detach().clone().requires_grad_()
        w2 = network.w2.detach().clone().requires_grad_()
        z1, a1, z2, y_hat = forward_pass(X, w1, w2, network.cost.activation)
        cost = refusals.check_followed(network.cost.value(y_hat, y))
    return Gradients(*torch.autograd.grad(cost, (z2, w2, a1, z1, w1)))


@dataclass(frozen=True)
class Comparison:
    """How far two tensors are apart, and where most.

    Attributes
    ----------
    name : str
        What was compared.
    agrees : bool
        Whether `difference` is at most `tolerance`. `bool(comparison)` is the same.
    difference : float
        The largest |mine − reference|, divided by the largest |reference|.
    worst : tuple of int
        The entry where it is largest.
    mine, reference : float
        The two values there.
    tolerance : float
    rounding : float
        The relative rounding of the dtype in which was computed.

    Examples
    --------
    >>> bool(Comparison("w1", True, 0.0, (0, 0), 1.0, 1.0, 1e-6))
    True
    """

    name: str
    agrees: bool
    difference: float
    worst: tuple[int, ...]
    mine: float
    reference: float
    tolerance: float
    rounding: float = 0.0

    def __bool__(self) -> bool:
        return self.agrees

    def __str__(self) -> str:
        allowed = f"allowed {self.tolerance:.0e}"
        if self.agrees:
            return f"{self.name:8s} agrees: difference below {self.below():.0e}, {allowed}"
        return (
            f"{self.name:8s} DIFFERS: difference {self.difference:.0e}, {allowed}; "
            f"worst at {list(self.worst)}: {self.mine:.4g} for {self.reference:.4g}"
        )

    def below(self) -> float:
        """A bound well above difference and rounding, which differ from processor to processor.

        >>> Comparison("w1", True, 2e-10, (0, 0), 1.0, 1.0, 1e-6).below()
        1e-08
        """
        bound = next(
            (p for p in (1e-14, 1e-11, 1e-8) if 2 * max(self.difference, self.rounding) < p),
            1.0,
        )
        return min(bound, self.tolerance)


def compare(
    name: str, mine: torch.Tensor, reference: torch.Tensor, tolerance: float = 1e-6
) -> Comparison:
    """Compare two tensors of one shape and name the worst entry.

    Parameters
    ----------
    name : str
        What is compared, for the report.
    mine, reference : torch.Tensor, the same shape
    tolerance : float
        Largest difference allowed, relative to the reference's largest entry.

    Returns
    -------
    Comparison

    Raises
    ------
    TypeError, ValueError
        If either is not a tensor of finite decimals, the shapes differ, or there is nothing
        to compare.

    Examples
    --------
    >>> print(compare("w1", torch.tensor([1.0, 2.0]), torch.tensor([1.0, 3.0])))
    w1       DIFFERS: difference 3e-01, allowed 1e-06; worst at [1]: 2 for 3
    """
    refusals.check_comparable(name, mine, reference)
    refusals.check_positive("tolerance", tolerance, 1e-6)
    gap = (mine.detach().double() - reference.detach().double()).abs()
    flat = int(gap.argmax())
    worst = tuple(int(i) for i in np.unravel_index(flat, gap.shape))
    scale = reference.detach().abs().max().item()
    largest = gap.max().item()
    difference = largest / scale if scale > 0 else (0.0 if largest == 0 else float("inf"))
    return Comparison(
        name=name,
        agrees=bool(difference <= tolerance),
        difference=difference,
        worst=worst,
        mine=mine[worst].item(),
        reference=reference[worst].item(),
        tolerance=tolerance,
        rounding=max(torch.finfo(t.dtype).eps for t in (mine, reference)),
    )


def compare_gradients(
    mine: Gradients, reference: Gradients, tolerance: float = 1e-6
) -> list[Comparison]:
    """Compare all five in backward order: the first that differs is where to look.

    Takes what `compare` takes, five times, and raises what it raises.

    Examples
    --------
    >>> five = gradients_by_autograd(FNN(), torch.zeros(3, 2), torch.ones(3, 1))
    >>> all(compare_gradients(five, five))
    True
    """
    refusals.check_five("mine", mine, Gradients._fields)
    refusals.check_five("reference", reference, Gradients._fields)
    return [
        compare(name, m, r, tolerance)
        for name, m, r in zip(Gradients._fields, mine, reference, strict=True)
    ]


def _refuse_flat(network: FNN, y_hat: torch.Tensor, y: torch.Tensor, smallest: float) -> None:
    """Raise ValueError where the cost is flat to the computer, though its gradient is not 0."""
    refusals.one_number("cost.value(y_hat, y)", network.cost.value(y_hat, y))
    if isinstance(network.cost, BinaryCrossEntropy | CategoricalCrossEntropy):
        refusals.check_not_flat(network.cost.p_label(y_hat, y), smallest)
