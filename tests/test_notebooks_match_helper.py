"""What a notebook derives is what the helper keeps: compared name by name, on the same inputs."""

import ast

import nbformat
import pytest
import torch
from conftest import ROOT, seeded

import fnn_helpers as kept
from fnn_helpers import FNN, BinaryCrossEntropy


def defined_in(name: str, folder: str = "notebooks") -> dict[str, object]:
    """The functions a notebook defines, without running the rest of it."""
    (path,) = (ROOT / folder).glob(f"{name}*.ipynb")
    namespace: dict[str, object] = {"torch": torch}
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type != "code":
            continue
        tree = ast.parse(cell.source)
        tree.body = [
            node
            for node in tree.body
            if isinstance(node, ast.FunctionDef | ast.Import | ast.ImportFrom)
        ]
        exec(compile(tree, f"{path.name}, {cell.id}", "exec"), namespace)
    return namespace


@pytest.fixture
def case():
    network = FNN(2, 32, 1, generator=seeded(11), dtype=torch.float64)
    X = torch.randn(9, 2, generator=seeded(12), dtype=torch.float64)
    y = (torch.arange(9).reshape(-1, 1) % 3 == 0).double()
    return network, X, y, network.forward(X)


def test_normalise_rows() -> None:
    cm, unit = kept.load_iris_pair("none").X, kept.load_iris_pair("unit_rows").X
    mine = torch.as_tensor(defined_in("01")["normalise_rows"](cm.double().numpy()))
    torch.testing.assert_close(mine.float(), unit)


def test_sigmoid_and_slope() -> None:
    z = torch.linspace(-9, 9, 91, dtype=torch.float64)
    lesson = defined_in("02")
    torch.testing.assert_close(lesson["sigmoid"](z), kept.sigmoid(z))
    a = kept.sigmoid(z)
    assert torch.equal(lesson["sigmoid_slope"](a), kept.sigmoid_slope(a))


def test_central_difference() -> None:
    lesson = defined_in("02")
    z = torch.tensor([0.3], dtype=torch.float64)
    numeric = kept.central_differences(lambda t: kept.sigmoid(t).sum(), z, h=1e-4)
    torch.testing.assert_close(lesson["central_difference"](kept.sigmoid, z, 1e-4), numeric)


def test_forward(case) -> None:
    network, X, _, forward = case
    for mine, theirs in zip(
        defined_in("03")["forward"](X, network.w1, network.w2), forward, strict=True
    ):
        torch.testing.assert_close(mine, theirs)


@pytest.mark.parametrize("name", ["binary_cross_entropy", "cost_clamped"])
def test_cost(case, name) -> None:
    _, _, y, forward = case
    mine = defined_in("04")[name](forward.y_hat, y)
    torch.testing.assert_close(mine, BinaryCrossEntropy().value(forward.y_hat, y))


def test_cost_from_logits(case) -> None:
    _, _, y, forward = case
    mine = defined_in("04", "notebooks/solutions")["my_cost_from_logits"](forward.z2, y)
    torch.testing.assert_close(mine, BinaryCrossEntropy().value(forward.y_hat, y))


def test_backward(case) -> None:
    network, X, y, forward = case
    mine = defined_in("05")["backward"](X, y, network.w2, forward.a1, forward.y_hat)
    for name, m, k in zip(
        kept.Gradients._fields, mine, network.backward(X, y, forward), strict=True
    ):
        torch.testing.assert_close(m, k, msg=name)


def test_step(case) -> None:
    network, X, y, forward = case
    gradients = network.backward(X, y, forward)
    mine = defined_in("06")["step"](network.w1.clone(), gradients.dC_dw1, 0.3)
    network.step(gradients, 0.3)
    torch.testing.assert_close(mine, network.w1)


def test_published_loop() -> None:
    lesson = defined_in("07")
    X, y, _, _ = kept.load_iris_pair()
    generator = seeded(2)
    torch.randn(2, 32, generator=generator)
    w1, w2 = torch.randn(2, 32, generator=generator), torch.randn(32, 1, generator=generator)
    assert lesson["train_as_published"](X, y, w1, w2) == pytest.approx(
        kept.published_run().loss, abs=2e-6
    )
