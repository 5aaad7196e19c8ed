"""Shared by the tests: one thread, and small networks to try things on."""

from pathlib import Path

import contents
import pytest
import torch
from hypothesis import settings

from fnn_helpers import FNN

ROOT = Path(__file__).parent.parent
LESSONS = [ROOT / "notebooks" / entry.file for entry in contents.entries()]
NOTEBOOKS = LESSONS + sorted((ROOT / "notebooks" / "solutions").glob("*.ipynb"))

torch.set_num_threads(1)
# The machine may be busy: a slow example is no wrong example.
settings.register_profile("project", deadline=None, derandomize=True, max_examples=40)
settings.load_profile("project")


def seeded(seed: int) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


@pytest.fixture
def fixture() -> tuple[FNN, torch.Tensor, torch.Tensor]:
    """A network 3 → 4 → 1 with 5 samples, float64: every size differs, labels are mixed."""
    network = FNN(3, 4, 1, generator=seeded(1), dtype=torch.float64)
    X = torch.randn(5, 3, generator=seeded(2), dtype=torch.float64)
    y = torch.tensor([[1.0], [0.0], [1.0], [1.0], [0.0]], dtype=torch.float64)
    return network, X, y
