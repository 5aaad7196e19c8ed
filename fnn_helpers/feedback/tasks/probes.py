"""Calls that every check makes of a right function: many rows, float32, a single row."""

import torch

from ..quantity import Probe
from ..steps import draw

_ONLY_DOUBLE = (
    "One thing to know: with float32 tensors, which the notebooks use, it stops. Take the dtype "
    "from an argument, as in dtype=X.dtype."
)


def usual_probes(*, single_row: bool = True) -> tuple[Probe, ...]:
    """Many rows with few hidden units, so that loops stay in time; one row; float32."""
    return (
        Probe(
            lambda: draw(300, 3, 2, "10110", seed=5, epochs=1),
            "One thing to know: for 300 rows it gives no number.",
            "many-rows",
            "It is right for a few rows, but for 300 it gives {came:.4g} where {right:.4g} "
            "belongs. Is a size written into the code?",
        ),
        Probe(
            lambda: draw(300, 3, 2, "10110", seed=5, epochs=1, dtype=torch.float32),
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
                    lambda: draw(1, 1, 1, "1", seed=6, epochs=1),
                    "One thing to know: for a single row of one number it gives none, or another "
                    "shape.",
                    "one-shape-only",
                    "It is right for larger tables, but for a single row of one number it gives "
                    "{came:.4g} where {right:.4g} belongs.",
                ),
            )
        ),
        Probe(
            lambda: draw(5, 3, 4, "10110", seed=7, epochs=2, dtype=torch.float32),
            _ONLY_DOUBLE,
            "single-precision",
            "It is right in float64, but for float32 tensors it gives {came:.4g} where "
            "{right:.4g} belongs.",
            tolerance=1e-2,
        ),
    )
