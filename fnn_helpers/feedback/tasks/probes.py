"""Calls that every check makes of a right function: many rows, float32, a single row."""

from collections.abc import Callable

import torch

from ..quantity import Probe
from ..steps import Values, draw

_ONLY_DOUBLE = (
    "One thing to know: with float32 tensors, which the notebooks use, it stops. Take the dtype "
    "from an argument, as in dtype=X.dtype."
)


def _drawn(N: int, D: int, H: int, seed: int, dtype: torch.dtype = torch.float64) -> Values:
    labels = "1" if N == 1 else "10110"
    return draw(N, D, H, labels, seed, epochs=2 if N == 5 else 1, dtype=dtype)


def usual_probes(
    drawn: Callable[..., Values] = _drawn, *, single_row: bool = True
) -> tuple[Probe, ...]:
    """Many rows with few units, so that loops stay in time; one row; float32.

    `drawn(N, D, H, seed, dtype)` makes a case of these sizes.
    """
    return (
        Probe(
            lambda: drawn(300, 3, 2, 5),
            "One thing to know: for 300 rows it gives no number.",
            "many-rows",
            "It is right for a few rows, but for 300 it gives {came:.4g} where {right:.4g} "
            "belongs. Is a size written into the code?",
        ),
        Probe(
            lambda: drawn(300, 3, 2, 5, torch.float32),
            _ONLY_DOUBLE,
            "many-rows",
            "It is right for a few rows, but for 300 rows in float32 it gives {came:.4g} where "
            "{right:.4g} belongs. Does it multiply, or add to a very large number?",
            tolerance=1e-2,
            strict=True,
        ),
        *(
            ()
            if not single_row
            else (
                Probe(
                    lambda: drawn(1, 1, 1, 6),
                    "One thing to know: for a single row of one number it gives none, or another "
                    "shape.",
                    "one-shape-only",
                    "It is right for larger tables, but for a single row of one number it gives "
                    "{came:.4g} where {right:.4g} belongs.",
                ),
            )
        ),
        Probe(
            lambda: drawn(5, 3, 4, 7, torch.float32),
            _ONLY_DOUBLE,
            "single-precision",
            "It is right in float64, but for float32 tensors it gives {came:.4g} where "
            "{right:.4g} belongs.",
            tolerance=1e-2,
        ),
    )
