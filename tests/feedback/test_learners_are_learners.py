"""Every learner kept as wrong is wrong, and every one kept as right is right.

The oracle is plain torch and autograd, so that neither the checks nor the lesson's code judge it.
"""

import contextlib
import functools
import inspect
import io
import random
import warnings
from collections.abc import Callable, Iterator

import numpy as np
import pytest
import torch
import torch.nn.functional as F

from .learners import RIGHT, WRONG, Learner

Arguments = tuple[object, ...]


def oracle_forward(X: torch.Tensor, w1: torch.Tensor, w2: torch.Tensor) -> list[torch.Tensor]:
    z1 = X @ w1
    z2 = torch.sigmoid(z1) @ w2
    return [z1, torch.sigmoid(z1), z2, torch.sigmoid(z2)]


def oracle_output_delta(y_hat: torch.Tensor, y: torch.Tensor) -> list[torch.Tensor]:
    z2 = torch.logit(y_hat).requires_grad_()
    F.binary_cross_entropy_with_logits(z2, y).backward()
    return [z2.grad]


def oracle_backward(
    X: torch.Tensor, y: torch.Tensor, w2: torch.Tensor, a1: torch.Tensor, y_hat: torch.Tensor
) -> list[torch.Tensor]:
    # w1 is not given: X @ w1 is made by a weight of zeros beside the known z1.
    w1 = torch.zeros(X.shape[1], a1.shape[1], dtype=X.dtype, requires_grad=True)
    z1 = torch.logit(a1) + X @ w1
    a = torch.sigmoid(z1)
    w = w2.clone().requires_grad_()
    z2 = a @ w
    z2 = z2 - z2.detach() + torch.logit(y_hat)
    cost = F.binary_cross_entropy_with_logits(z2, y)
    return list(torch.autograd.grad(cost, [z2, w, a, z1, w1]))


def oracle_step(w: torch.Tensor, dC_dw: torch.Tensor, learning_rate: float) -> list[torch.Tensor]:
    return [torch.add(w, dC_dw, alpha=-learning_rate)]


def oracle_train(
    X: torch.Tensor,
    y: torch.Tensor,
    w1: torch.Tensor,
    w2: torch.Tensor,
    epochs: int,
    learning_rate: float,
) -> list[object]:
    weights = [w.clone().requires_grad_() for w in (w1, w2)]
    optimiser = torch.optim.SGD(weights, lr=learning_rate)
    losses = []
    for _ in range(epochs):
        optimiser.zero_grad()
        logits = torch.sigmoid(X @ weights[0]) @ weights[1]
        loss = F.binary_cross_entropy_with_logits(logits, y)
        losses.append(loss.item())
        loss.backward()
        optimiser.step()
    return [w.detach() for w in weights] + [losses]


def oracle_normalise_rows(X: torch.Tensor) -> list[torch.Tensor]:
    return [F.normalize(X)]


def oracle_sigmoid(z: torch.Tensor) -> list[torch.Tensor]:
    return [torch.special.expit(z)]


def oracle_sigmoid_slope(a: torch.Tensor) -> list[torch.Tensor]:
    z = torch.logit(a).requires_grad_()
    return [torch.autograd.grad(torch.sigmoid(z).sum(), z)[0]]


def oracle_binary_cross_entropy(y_hat: torch.Tensor, y: torch.Tensor) -> list[torch.Tensor]:
    return [-torch.xlogy(y, y_hat).mean() - torch.xlogy(1 - y, 1 - y_hat).mean()]


ORACLES: dict[str, Callable[..., list[object]]] = {
    "check_forward": oracle_forward,
    "check_output_delta": oracle_output_delta,
    "check_backward": oracle_backward,
    "check_step": oracle_step,
    "check_train": oracle_train,
    "check_normalise_rows": oracle_normalise_rows,
    "check_sigmoid": oracle_sigmoid,
    "check_sigmoid_slope": oracle_sigmoid_slope,
    "check_binary_cross_entropy": oracle_binary_cross_entropy,
}


@functools.cache
def case(check: str, sizes: tuple[int, int, int], seed: int = 0, scale: float = 1) -> Arguments:
    """Arguments for a check: a random network of these sizes and what its forward pass gives."""
    N, D, H = sizes
    generator = torch.Generator().manual_seed(seed)

    def draw(*shape: int) -> torch.Tensor:
        return torch.randn(*shape, generator=generator, dtype=torch.float64)

    X, w1, w2 = scale * draw(N, D), draw(D, H), draw(H, 1)
    y = (torch.arange(N).reshape(N, 1) % 3 != 1).double()
    z1, a1, z2, y_hat = oracle_forward(X, w1, w2)
    return {
        "check_forward": (X, w1, w2),
        "check_output_delta": (y_hat, y),
        "check_backward": (X, y, w2, a1, y_hat),
        "check_step": (w1, draw(D, H), 0.3),
        "check_train": (X, y, w1, w2, 4, 0.7),
        "check_normalise_rows": (X,),
        "check_sigmoid": (z1,),
        "check_sigmoid_slope": (a1,),
        "check_binary_cross_entropy": (y_hat, y),
    }[check]


ORDINARY = [((5, 3, 4), 1), ((7, 2, 3), 2)]


@functools.cache
def extreme(check: str) -> tuple[Arguments, ...]:
    """Cases that only some wrong functions fail: many rows, far from 0, certain answers."""
    return tuple(_extreme(check))


def _extreme(check: str) -> Iterator[Arguments]:
    yield case(check, (300, 3, 4), seed=3)
    yield case(check, (5, 3, 4), seed=4, scale=1e4)
    if check in ("check_output_delta", "check_binary_cross_entropy"):
        y_hat = torch.tensor([[0.0], [1.0], [0.0], [1.0], [0.3]], dtype=torch.float64)
        y = torch.tensor([[0.0], [0.0], [1.0], [1.0], [1.0]], dtype=torch.float64)
        yield (y_hat, y)
    if check == "check_backward":
        X, y, w2, a1, y_hat = case(check, (5, 3, 4), seed=6)
        yield (X, y, w2, a1, (y_hat < 0.5).double())
    if check == "check_train":
        *rest, epochs, rate = case(check, (6, 2, 3), seed=5)
        yield (*rest, 1, rate)
        yield (*rest, 250, rate)


def plain(value: object) -> np.ndarray:
    """What a learner returned, as an array of numbers."""
    if value is None:  # NumPy would make it NaN, a number like another
        raise TypeError("nothing was returned")
    if isinstance(value, torch.Tensor):
        value = value.detach()
    if isinstance(value, list | tuple) and any(isinstance(v, torch.Tensor) for v in value):
        return np.stack([plain(v) for v in value])
    return np.asarray(value, dtype=float)


@functools.cache  # several claims are about the same answer
def answer(learner: Learner, arguments: Arguments, seed: int) -> tuple[list[np.ndarray], bool]:
    """The learner's numbers, and whether the arguments were left as they were."""
    given = [a.clone() if isinstance(a, torch.Tensor) else a for a in arguments]
    torch.manual_seed(seed)
    np.random.seed(seed)  # noqa: NPY002  learners draw from it
    random.seed(seed)
    with (
        warnings.catch_warnings(),
        np.errstate(all="ignore"),
        contextlib.redirect_stdout(io.StringIO()),
    ):
        warnings.simplefilter("ignore")
        result = learner.function(*given)
    many = learner.check in ("check_forward", "check_backward", "check_train")
    results = list(result) if many else [result]
    untouched = all(
        torch.equal(a, b)
        for a, b in zip(given, arguments, strict=True)
        if isinstance(b, torch.Tensor)
    )
    return [plain(r) for r in results], untouched


def same(mine: np.ndarray, wanted: np.ndarray) -> bool:
    """Equal shape, and equal to what single precision keeps. One number may have any shape."""
    fits = mine.shape == wanted.shape or (wanted.ndim == 0 and mine.size == 1)
    return fits and np.allclose(mine, wanted, rtol=1e-4, atol=2e-6, equal_nan=True)


@functools.cache
def oracle(check: str, arguments: Arguments) -> list[np.ndarray]:
    return [plain(w) for w in ORACLES[check](*arguments)]


def agrees(learner: Learner, arguments: Arguments, seeds: tuple[int, ...] = (0, 1)) -> bool:
    """Whether every run gives the oracle's numbers and changes no argument.

    Two runs with other seeds: a function that draws, or remembers, differs from itself.
    """
    wanted = oracle(learner.check, arguments)
    for seed in seeds:
        mine, untouched = answer(learner, arguments, seed)
        if not untouched or len(mine) != len(wanted) or not all(map(same, mine, wanted)):
            return False
    return True


@pytest.mark.parametrize("learner", RIGHT, ids=lambda learner: learner.name)
def test_right_ones_agree_with_the_oracle(learner: Learner) -> None:
    for sizes, seed in ORDINARY:
        assert agrees(learner, case(learner.check, sizes, seed))


@pytest.mark.parametrize("learner", RIGHT, ids=lambda learner: learner.name)
def test_right_ones_are_never_wrong_by_a_number(learner: Learner) -> None:
    """At extreme inputs some give NaN, infinity or an error, but none a wrong number."""
    for arguments in extreme(learner.check):
        try:
            mine, untouched = answer(learner, arguments, seed=0)
        except (ArithmeticError, ValueError):
            continue
        assert untouched
        for m, w in zip(mine, oracle(learner.check, arguments), strict=True):
            both = np.isfinite(m.ravel()) & np.isfinite(w.ravel())
            assert same(m.ravel()[both], w.ravel()[both])


@pytest.mark.parametrize("learner", WRONG, ids=lambda learner: learner.name)
def test_wrong_ones_differ_from_the_oracle(learner: Learner) -> None:
    if "endless" in learner.mistakes:
        pytest.skip("it would never end")
    if "uses-autograd" in learner.mistakes:
        assert "grad" in inspect.getsource(learner.function)
        return
    ordinary = (case(learner.check, sizes, seed) for sizes, seed in ORDINARY)
    for arguments in (*ordinary, *extreme(learner.check)):
        try:
            if not agrees(learner, arguments):
                return
        except Exception:  # whatever it raises, it is no answer
            return
    pytest.fail("its numbers are right everywhere")


def test_each_learner_is_kept_once() -> None:
    names = [learner.name for learner in (*WRONG, *RIGHT)]
    assert len(names) == len(set(names))


def test_each_wrong_one_says_what_was_done() -> None:
    assert [learner.name for learner in WRONG if not learner.cause] == []


NAMES = {
    "check_forward": ["z1", "a1", "z2", "y_hat"],
    "check_backward": ["dC_dz2", "dC_dw2", "dC_da1", "dC_dz1", "dC_dw1"],
}


@pytest.mark.parametrize(
    "learner",
    [learner for learner in WRONG if learner.check in NAMES and learner.where],
    ids=lambda learner: learner.name,
)
def test_the_place_is_the_first_that_differs(learner: Learner) -> None:
    names = NAMES[learner.check]
    firsts = set()
    for arguments in (
        *(case(learner.check, sizes, seed) for sizes, seed in ORDINARY),
        *extreme(learner.check),
    ):
        mine, _ = answer(learner, arguments, seed=0)
        differ = [
            not same(m, w) for m, w in zip(mine, oracle(learner.check, arguments), strict=True)
        ]
        if any(differ):
            firsts.add(differ.index(True))
    assert names[min(firsts)] == learner.where


def test_equal_numbers_have_an_answer_in_common() -> None:
    """Two learners with the same wrong numbers cannot be told apart, so neither can be claimed."""
    groups: dict[object, list[Learner]] = {}
    for learner in WRONG:
        if "endless" in learner.mistakes:
            continue
        cases = [case(learner.check, sizes, seed) for sizes, seed in ORDINARY]
        try:
            if all(agrees(learner, arguments, seeds=(0,)) for arguments in cases):
                continue  # only another case, or a second run, shows what is wrong
            found = [answer(learner, arguments, seed=0) for arguments in cases]
        except Exception:
            continue
        numbers = tuple(
            (untouched, tuple((m.shape, (m.round(6) + 0.0).tobytes()) for m in mine))
            for mine, untouched in found
        )
        groups.setdefault((learner.check, numbers), []).append(learner)
    torn = [
        [learner.name for learner in group]
        for group in groups.values()
        if not set.intersection(*({learner.mistakes, *learner.or_else} for learner in group))
    ]
    assert torn == []
