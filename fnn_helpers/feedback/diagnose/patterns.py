"""Guesses that need no record: what numbers show by themselves, whatever the quantity is."""

import itertools
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import torch

from ..quantity import made_once
from ..steps import Make, Values
from .evidence import FEW_DIGITS, Evidence, Hypotheses, Hypothesis, attempt
from .scales import factor, near

# --- which rows, units or entries --------------------------------------------------------------

Pick = Callable[[int], list[int]]

# Which of n rows or columns count: the id for rows (samples), the id for columns (units).
PICKS: tuple[tuple[str, str, Pick], ...] = (
    ("last-sample-only", "last-unit-only", lambda n: [n - 1]),
    ("first-sample-only", "first-unit-only", lambda n: [0]),
    ("sample-missing", "unit-missing", lambda n: list(range(n - 1))),
    ("sample-missing", "unit-missing", lambda n: list(range(1, n))),
    ("one-sample-only", "one-unit-only", lambda n: [1]),
    ("one-sample-only", "one-unit-only", lambda n: [n - 2]),
    ("every-other-sample", "every-other-unit", lambda n: list(range(0, n, 2))),
    ("every-other-sample", "every-other-unit", lambda n: list(range(1, n, 2))),
)
ROW_WISE = ("X", "y", "z1", "a1", "slope", "z2", "y_hat", "dC_dz2", "dC_da1", "dC_dz1")


def samples(evidence: Evidence) -> Hypotheses:
    """Only some of the samples count, in a sum over them or among the rows."""
    for id_, _, pick in PICKS:
        yield Hypothesis(id_, lambda v, pick=pick: _of_samples(evidence, v, pick(v.N)))
        yield Hypothesis(id_, lambda v, pick=pick: _of_samples(evidence, v, pick(v.N), alone=True))
        if _is_weight(evidence):
            continue
        yield Hypothesis(id_, lambda v, pick=pick: _only(evidence.quantity.right(v), 0, pick))
        alone = id_.replace("sample-only", "row-only") if pick(9) in ([0], [8]) else id_
        yield Hypothesis(alone, lambda v, pick=pick: _picked(evidence.quantity.right(v), 0, pick))
    for label, id_ in ((1.0, "zeros-forgotten"), (0.0, "ones-forgotten")):

        def labelled(v: Values, label: float = label) -> torch.Tensor:
            rows = (v.y[:, 0] == label).nonzero().flatten().tolist()
            return _of_samples(evidence, v, rows)

        yield Hypothesis(id_, labelled)
    for k in (0, 1, -1):  # a constant index in a loop over rows
        yield Hypothesis(
            "one-sample-only", lambda v, k=k: _repeated(evidence.quantity.right(v), 0, k)
        )


def units(evidence: Evidence) -> Hypotheses:
    """Only some of the columns, or of the rows of a weight, are there."""
    if evidence.right[0].ndim != 2 or min(e.shape[1] for e in evidence.right) < 2:
        axes: tuple[int, ...] = (0,) if _is_weight(evidence) else ()
    else:
        axes = (1, 0) if _is_weight(evidence) else (1,)
    for axis in axes:
        for _, id_, pick in PICKS:
            yield Hypothesis(id_, lambda v, a=axis, p=pick: _only(evidence.quantity.right(v), a, p))
            yield Hypothesis(
                id_, lambda v, a=axis, p=pick: _picked(evidence.quantity.right(v), a, p)
            )
        for k in (0, 1, -1):
            yield Hypothesis(
                "one-unit-only",
                lambda v, a=axis, k=k: _repeated(evidence.quantity.right(v), a, k),
            )


def inside(evidence: Evidence) -> Hypotheses:
    """Only some of the terms of a matrix product are added up: of the inputs, or of the units."""
    right = evidence.quantity.right
    places = evidence.reads
    for left, weight in (("X", "w1"), ("a1", "w2")):
        if places[:2] != [left, weight]:
            continue
        for _, id_, pick in PICKS:

            def some(v: Values, p: Pick = pick, a: str = left, w: str = weight) -> torch.Tensor:
                index = p(getattr(v, w).shape[0])
                return right(v.but(**{a: getattr(v, a)[:, index], w: getattr(v, w)[index]}))

            yield Hypothesis(id_, some)


def _is_weight(evidence: Evidence) -> bool:
    return evidence.where in ("w", "w1", "w2", "dC_dw", "dC_dw1", "dC_dw2")


def _of_samples(
    evidence: Evidence, v: Values, rows: list[int], *, alone: bool = False
) -> torch.Tensor:
    """A sum whose formula never saw the other rows; N stays what it was, or is theirs alone."""
    if evidence.where in ROW_WISE:
        raise RuntimeError
    cut = {name: getattr(v, name)[rows] for name in evidence.reads if name in ROW_WISE}
    return evidence.quantity.right(v.but(**cut, N=len(rows) if alone else v.N))


def _only(right: torch.Tensor, axis: int, pick: Pick) -> torch.Tensor:
    kept = torch.zeros(right.shape[axis], dtype=right.dtype)
    kept[pick(right.shape[axis])] = 1
    return right * (kept.reshape(-1, 1) if axis == 0 and right.ndim == 2 else kept)


def _picked(right: torch.Tensor, axis: int, pick: Pick) -> torch.Tensor:
    return right.index_select(axis, torch.tensor(pick(right.shape[axis])))


def _repeated(right: torch.Tensor, axis: int, k: int) -> torch.Tensor:
    index = torch.tensor([k % right.shape[axis]] * right.shape[axis])
    return right.index_select(axis, index)


# Where a quantity is right and where it is not: id → which entries are right.
PARTS: tuple[tuple[str, Callable[[Values], torch.Tensor]], ...] = (
    ("right-for-ones-only", lambda v: v.y == 1),
    ("right-for-zeros-only", lambda v: v.y == 0),
    ("right-for-positive-z", lambda v: v.z1 >= 0),
    ("right-for-negative-z", lambda v: v.z1 < 0),
    ("right-for-positive-z", lambda v: v.z2 >= 0),
    ("right-for-negative-z", lambda v: v.z2 < 0),
    ("right-for-positive-entries", lambda v: v.X >= 0),
    ("right-for-first-row-only", lambda v: torch.arange(v.N).reshape(-1, 1) == 0),
    ("right-for-last-row-only", lambda v: torch.arange(v.N).reshape(-1, 1) == v.N - 1),
    ("right-but-for-last-row", lambda v: torch.arange(v.N).reshape(-1, 1) < v.N - 1),
    ("right-but-for-first-row", lambda v: torch.arange(v.N).reshape(-1, 1) > 0),
    ("right-for-every-other-row", lambda v: torch.arange(v.N).reshape(-1, 1) % 2 == 0),
    ("right-for-every-other-row", lambda v: torch.arange(v.N).reshape(-1, 1) % 2 == 1),
)


def right_in_part(evidence: Evidence) -> str | None:
    """Just these entries are right, in every case: a claim about where, not why."""
    for id_, part in PARTS:
        parts = [attempt(part, v) for v in evidence.cases]
        if all(
            p is not None and _right_just_there(m, e, p, evidence.tolerance)
            for m, e, p in zip(evidence.mine, evidence.right, parts, strict=True)
        ):
            return id_
    return None


def _right_just_there(
    mine: torch.Tensor, right: torch.Tensor, part: torch.Tensor, tolerance: float
) -> bool:
    if mine.shape != right.shape or right.ndim != 2 or part.shape[0] != right.shape[0]:
        return False
    if part.shape[1] not in (1, right.shape[1]):
        return False
    part = part.expand(right.shape)
    good = (mine - right).nan_to_num(1e9).abs() <= tolerance * right.abs().max()
    return bool(part.any() and not part.all() and torch.equal(good, part))


# --- exactness ---------------------------------------------------------------------------------


def exactness(evidence: Evidence) -> Hypotheses:
    """Rounded, computed in half precision, clipped at ends that the numbers show."""
    right = evidence.quantity.right
    terms = made_once(lambda v: _terms(evidence, v))
    for about, cut in _cuts(7):
        yield Hypothesis("rounded", lambda v, c=cut: c(right(v)), about)
        if evidence.task.scalar:
            about = {**about, "it": "What each flower adds to it"}
            yield Hypothesis("rounded", lambda v, c=cut: c(terms(v)).mean(0), about)
    for place in [*evidence.reads, "rate"]:
        for about, cut in _cuts(4):

            def coarse(v: Values, p: str = place, cut: Cut = cut) -> torch.Tensor:
                return right(v.but(**{p: cut(torch.as_tensor(getattr(v, p)))}))

            yield Hypothesis("rounded", coarse, about)
    yield Hypothesis("half-precision", lambda v: right(v).half().double())
    yield Hypothesis("half-precision", lambda v: right(v).bfloat16().double())
    ends = _ends(evidence)
    if ends is not None:
        low, high = ends
        yield Hypothesis("clipped", lambda v: right(v).clamp(low, high), {"low": low, "high": high})


Cut = Callable[[torch.Tensor], torch.Tensor]


def _cuts(most: int) -> Iterator[tuple[dict[str, Any], Cut]]:
    """Ways to keep fewer than so many decimals."""
    for decimals in range(most):
        power = 10.0**decimals
        for cut in (torch.round, torch.trunc, torch.floor):
            yield {"decimals": decimals}, lambda t, p=power, c=cut: c(t * p) / p


def _terms(evidence: Evidence, v: Values) -> torch.Tensor:
    """What each sample adds to a mean."""
    return torch.stack([_of_samples(evidence, v, [i], alone=True) for i in range(v.N)])


def _ends(evidence: Evidence) -> tuple[float, float] | None:
    """The smallest and largest values, where they cut the right ones off at one place."""
    lows, highs = set(), set()
    for m, e in zip(evidence.mine, evidence.right, strict=True):
        if m.shape != e.shape or m.numel() < 2:
            return None
        if m.min() > e.min() + evidence.tolerance:
            lows.add(round(m.min().item(), 9))
        if m.max() < e.max() - evidence.tolerance:
            highs.add(round(m.max().item(), 9))
    if len(lows) > 1 or len(highs) > 1 or not lows | highs:
        return None
    return lows.pop() if lows else -torch.inf, highs.pop() if highs else torch.inf


def fitted(
    evidence: Evidence,
    id_: str,
    form: Callable[[Values, float], torch.Tensor],
    low: float,
    high: float,
    name: str = "size",
) -> Hypotheses:
    """One number is unknown: solve for it in the first case, by halving; the others must agree."""
    mine, v = evidence.mine[0], evidence.cases[0]
    if mine.shape != evidence.right[0].shape or not mine.isfinite().all():
        return

    def error(x: float) -> float:
        made = form(v, x)
        if made.shape != mine.shape or not made.isfinite().all():
            return torch.nan
        return (made.abs() - mine.abs()).sum().item()

    begin, end = low, high
    at_begin, at_end = error(begin), error(end)
    if not at_begin * at_end < 0:
        return
    for _ in range(60):
        middle = (begin * end) ** 0.5
        if error(middle) * at_begin > 0:
            begin = middle
        else:
            end = middle
    size = (begin * end) ** 0.5
    yield Hypothesis(id_, lambda v: form(v, size), {name: size})


# --- along an axis, in another order -----------------------------------------------------------


def axes(evidence: Evidence) -> Hypotheses:
    """Averaged or added up along an axis, or into one number."""
    right = evidence.quantity.right
    if evidence.right[0].ndim != 2:
        return
    for axis, word in ((0, "rows"), (1, "columns")):
        if all(e.shape[axis] == 1 for e in evidence.right):
            continue
        for id_, reduce in (("averaged", torch.mean), ("summed", torch.sum)):

            def reduced(v: Values, a: int = axis, r: Callable = reduce) -> torch.Tensor:
                return r(right(v), dim=a, keepdim=True)

            yield Hypothesis(f"{id_}-over-{word}", reduced)
            yield Hypothesis(f"{id_}-over-{word}", lambda v, f=reduced, a=axis: f(v).squeeze(a))
            yield Hypothesis(f"{id_}-over-{word}", lambda v, f=reduced: f(v).expand(right(v).shape))
    yield Hypothesis("collapsed", lambda v: right(v).sum())
    yield Hypothesis("collapsed", lambda v: right(v).mean())
    yield Hypothesis("collapsed", lambda v: right(v).sum().expand(right(v).shape))
    yield Hypothesis("collapsed", lambda v: right(v).mean().expand(right(v).shape))
    for place in evidence.reads:
        yield Hypothesis(
            "collapsed",
            lambda v, p=place: right(v.but(**{p: getattr(v, p).mean().reshape(1, 1)})),
        )
        yield Hypothesis("collapsed", lambda v, p=place: right(v.but(**{p: getattr(v, p).mean()})))
    yield Hypothesis("running-sum", lambda v: right(v).cumsum(0))


def order(evidence: Evidence) -> Hypotheses:
    """The same numbers, but in another order."""
    right = evidence.quantity.right
    if evidence.right[0].ndim != 2:
        return
    yield Hypothesis("reshaped", lambda v: right(v).T.reshape(right(v).shape))
    yield Hypothesis("reshaped", lambda v: right(v).reshape(right(v).T.shape))
    for dims in ([0], [1], [0, 1]):
        yield Hypothesis("reversed", lambda v, d=dims: right(v).flip(d))
    yield Hypothesis("shifted", lambda v: right(v).roll(1, 0))
    yield Hypothesis("shifted", lambda v: right(v).roll(-1, 0))
    yield Hypothesis("sorted", lambda v: right(v).flatten().sort()[0].reshape(right(v).shape))
    yield Hypothesis("sorted", lambda v: right(v).sort(dim=0)[0])
    yield Hypothesis("sorted", lambda v: right(v).sort(dim=1)[0])


# --- other operands, other signs between them --------------------------------------------------


def known(evidence: Evidence) -> list[str]:
    """What the learner had at hand, by name; nothing where arguments have no names of ours."""
    task = evidence.task
    if not any(hasattr(evidence.cases[0], name) for name in task.arguments.values()):
        return []
    names = [*task.arguments.values(), *(q.step for q in task.quantities), *ALSO]
    return [
        name
        for name in dict.fromkeys(names)
        if isinstance(getattr(evidence.cases[0], name, None), torch.Tensor)
    ]


ALSO = ("slope", "y_hat")


def replaced(evidence: Evidence) -> Hypotheses:
    """Another quantity stands in a place where one belongs."""
    right = evidence.quantity.right
    for place in evidence.reads:
        for other in known(evidence):
            if other != place:
                yield Hypothesis(
                    "wrong-quantity",
                    lambda v, p=place, o=other: right(v.but(**{p: getattr(v, o)})),
                    {"place": place, "other": other},
                )


class _StarForAt(torch.Tensor):
    """A tensor whose @ is written *."""

    def __matmul__(self, other: torch.Tensor) -> torch.Tensor:
        return torch.mul(self, other)


class _NorT(_StarForAt):
    """... and whose .T is left out."""

    T = property(lambda self: self)  # type: ignore[assignment]


def signs(evidence: Evidence) -> Hypotheses:
    """`*` for `@`, with and without the transpose that it needs."""
    right = evidence.quantity.right
    names = evidence.reads
    for kind in (_StarForAt, _NorT):

        def other(v: Values, kind: type[torch.Tensor] = kind) -> torch.Tensor:
            changed = {name: getattr(v, name).as_subclass(kind) for name in names}
            return right(v.but(**changed)).as_subclass(torch.Tensor)

        yield Hypothesis("elementwise-for-matmul", other)


def multiplied(evidence: Evidence) -> Hypotheses:
    """Times, or divided by, something known that does not belong there."""
    right = evidence.quantity.right
    for name, factors in _factors(evidence):
        about = {"other": name}
        yield Hypothesis("something-multiplied", lambda v, f=factors: right(v) * f(v), about)
        yield Hypothesis("something-divided", lambda v, f=factors: right(v) / f(v), about)


def _factors(evidence: Evidence) -> Iterator[tuple[str, Make]]:
    shapes = [e.shape for e in evidence.right]
    for name in known(evidence):
        if name == evidence.quantity.step:
            continue
        forms: tuple[tuple[str, Make], ...] = (
            (name, lambda v, n=name: getattr(v, n)),
            (f"1 − {name}", lambda v, n=name: 1 - getattr(v, n)),
            (f"{name}.T", lambda v, n=name: getattr(v, n).T),
            (f"{name} (1 − {name})", lambda v, n=name: getattr(v, n) * (1 - getattr(v, n))),
        )
        for words, form in forms:
            made = [attempt(form, v) for v in evidence.cases]
            if all(m is not None and _spreads(m.shape, s)
                   for m, s in zip(made, shapes, strict=True)):  # fmt: skip
                yield words, form


def _spreads(shape: torch.Size, over: torch.Size) -> bool:
    try:  # torch's own function of this name imports half of torch, and SymPy
        return np.broadcast_shapes(shape, over) == over and shape.numel() > 1
    except ValueError:
        return False


def added(evidence: Evidence) -> Hypotheses:
    """Plus a multiple of something known; the multiple is read off the first case."""
    right = evidence.quantity.right
    if evidence.mine[0].shape != evidence.right[0].shape or evidence.right[0].ndim != 2:
        return
    extra = evidence.mine[0] - evidence.right[0]
    for name, term in itertools.chain([("1", lambda v: torch.ones(1, 1).double())],
                                      _factors(evidence)):  # fmt: skip
        first = evidence.cases[0]
        multiple = factor(extra, term(first).expand(extra.shape), 10 * evidence.tolerance)
        if multiple is None or _parallel(term(first), evidence.right[0]):
            continue
        for form in (
            lambda v: 1.0,
            lambda v, f=first: f.N / v.N,
            lambda v, f=first: v.rate / f.rate,
        ):
            yield Hypothesis(
                "something-added",
                lambda v, t=term, m=multiple, s=form: right(v) + m * s(v) * t(v),
                {"other": name, "multiple": multiple},
            )


def _parallel(term: torch.Tensor, right: torch.Tensor) -> bool:
    return factor(term.expand(right.shape), right, 1e-6) is not None


def inner(evidence: Evidence, get: Make) -> Hypotheses:
    """A sigmoid of k · z, or of z + c: the number is read off the first case."""
    mine = evidence.mine[0]
    if mine.shape != get(evidence.cases[0]).shape or not ((mine > 0) & (mine < 1)).all():
        return
    z, logits = get(evidence.cases[0]), torch.logit(mine)
    k = factor(logits, z, 10 * evidence.tolerance)
    if k is not None and k > 0:
        id_ = "few-digits" if abs(k - 1) < FEW_DIGITS else "base-two"
        about = {"size": k, "base": float(np.exp(k))}
        yield Hypothesis(id_, lambda v: torch.sigmoid(k * get(v)), about)
    for id_, least, most in (("right-for-positive-z", 0.0, torch.inf),
                             ("right-for-negative-z", -torch.inf, 0.0)):  # fmt: skip
        yield Hypothesis(id_, lambda v, a=least, b=most: torch.sigmoid(get(v).clamp(a, b)))
    shift = (logits - z).mean().item()
    yield Hypothesis("inner-shift", lambda v: torch.sigmoid(get(v) + shift), {"size": shift})


def same_numbers(evidence: Evidence) -> bool:
    """The right numbers, each just once, in an order that no other guess knows."""
    return all(
        m.numel() == e.numel() > 1
        and near(m.flatten().sort()[0], e.flatten().sort()[0], evidence.tolerance)
        for m, e in zip(evidence.mine, evidence.right, strict=True)
    )


PATTERNS: tuple[Callable[[Evidence], Hypotheses], ...] = (
    samples, units, inside, axes, order, signs, replaced, exactness, multiplied, added,
)  # fmt: skip
