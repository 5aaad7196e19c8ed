"""What is wrong with a training loop: its structure, its first gradient, or its losses.

What one epoch changes, divided by the learning rate, is the gradient the function used.
"""

import functools
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import torch

from ..finding import Finding
from ..quantity import Quantity
from ..steps import CASES, Values
from ..tasks import backward, cost
from ..tasks.train import GRADIENTS, STRUCTURE, TASK, LoopMistake
from .evidence import Evidence, Hypothesis, best, explains, records
from .loops import Loop, Result, first_gradients, result
from .naming import ROUGHLY, diagnose, shapes, symptom
from .patterns import PATTERNS
from .scales import OF_RATES, OF_SUMS, SCALES, all_same, factor, meaning, near

# The change is a small difference of large numbers.
LOST_DIGITS = 20

# The cases by their number of epochs: the first sorts out nearly all.
SHORTEST_FIRST = sorted(range(len(CASES)), key=lambda i: CASES[i].epochs)

Again = Callable[[Values], Mapping[str, torch.Tensor] | None]
Pair = tuple[torch.Tensor, torch.Tensor]


def diagnose_training(
    mine: Sequence[Result], right: Sequence[Result], tolerance: float, again: Again
) -> tuple[list[Finding], dict[str, str]]:
    """All findings, and for w1, w2 and losses whether each is right; none if all are."""
    run = _Run(mine, right, tolerance, again)
    wrong = [i for i in range(3) if not run.right_at(i)]
    names = [q.name for q in TASK.quantities]
    status = {name: "wrong" if i in wrong else "right" for i, name in enumerate(names)}
    if not wrong:
        return [], status
    if wrong == [2]:
        found = _losses(run)
        about = {"symptom": symptom(run.evidence(2)), **found.about}
        return [replace(found, about=about)], status
    found = _weights(run, wrong[0])
    shown = 2 if found.where == "losses" and 2 in wrong else wrong[0]
    found = replace(found, about={"symptom": symptom(run.evidence(shown)), **found.about})
    losses_too = _losses_too(run, found) if 2 in wrong and found.where != "losses" else None
    if 2 in wrong and losses_too is None:
        status["losses"] = "follows"
    return [found] + ([losses_too] if losses_too else []), status


class _Run:
    """What came of the learner's function in every case, beside what should have come."""

    def __init__(
        self, mine: Sequence[Result], right: Sequence[Result], tolerance: float, again: Again
    ) -> None:
        self.mine, self.right, self.tolerance, self.again = mine, right, tolerance, again

    def right_at(self, index: int) -> bool:
        return all(
            near(m[index], r[index], self.tolerance)
            for m, r in zip(self.mine, self.right, strict=True)
        )

    @functools.cached_property
    def gradients(self) -> list[Pair] | None:
        """What one epoch changes in every case, divided by the rate; None if it gives none."""
        return _first(self)

    def begins_like(self, loop: Loop) -> bool:
        """Whether one epoch changes the same in the shortest case, as far as that is known."""
        if self.gradients is None:
            return True
        mine, made = self.gradients[SHORTEST_FIRST[0]], first_gradients(loop, SHORTEST_FIRST[0])
        return made is not None and all(
            near(m, g, LOST_DIGITS * self.tolerance) for m, g in zip(mine, made, strict=True)
        )

    def ends_like(self, loop: Loop, last: int = 3) -> bool:
        """Whether the loop ends so in every case."""
        if not self.begins_like(loop):
            return False
        for number in SHORTEST_FIRST:
            end = result(loop, number)
            if end is None or not all(
                near(m, e, self.tolerance)
                for m, e in zip(self.mine[number][:last], end[:last], strict=True)
            ):
                return False
        return True

    def evidence(self, index: int) -> Evidence:
        """One of the three results as evidence."""
        ends = [dict(zip(("end_w1", "end_w2", "losses"), r, strict=True)) for r in self.right]
        cases = [v.but(**end) for v, end in zip(CASES, ends, strict=True)]
        return Evidence(TASK, TASK.quantities[index], [m[index] for m in self.mine],
                        [r[index] for r in self.right], cases, self.tolerance)  # fmt: skip


def _found(run: _Run, mistake: LoopMistake, *more: str, **about: Any) -> Finding:
    return Finding((mistake.id, *more), mistake.where, {"records": [mistake], **about})


# --- the weights -------------------------------------------------------------------------------


def _weights(run: _Run, first_wrong: int) -> Finding:
    found = _structure(run) or _nearly(run)
    if found is not None:
        return found
    found = _by_gradients(run, run.gradients) if run.gradients else None
    if found is None and not all(m[i].isfinite().all() for m in run.mine for i in (0, 1)):
        return diagnose(run.evidence(first_wrong))
    found = found or _two_in_structure(run) or _in_half_precision(run)
    return found or _shape_of_change(run, first_wrong) or _fresh(run) or _plain(run, first_wrong)


def _structure(run: _Run) -> Finding | None:
    """A loop of the table that ends with these weights, and best with these losses too."""
    found = None
    for mistake in STRUCTURE:
        for loop in mistake.loops:
            if run.ends_like(loop, last=2):
                if run.ends_like(loop):
                    return _found(run, mistake, loop=loop)
                found = found or _found(run, mistake, loop=loop)
    return found


HALVED = {
    kind: Loop(of_weights=lambda w, kind=kind: w.to(kind).double())
    for kind in (torch.half, torch.bfloat16)
}


def _in_half_precision(run: _Run) -> Finding | None:
    """All of it, or the weights as an epoch begins."""
    for kind, loop in HALVED.items():
        whole = all(torch.equal(m[i], m[i].to(kind).double()) for m in run.mine for i in (0, 1))
        if whole or run.ends_like(loop, last=2):
            about = shapes(run.evidence(0)) if whole else {"loop": loop}
            return Finding(("half-precision",), "w1", about)
    return None


def _nearly(run: _Run) -> Finding | None:
    """Both weights moved as they should, but for the last digits."""
    off = 0.0
    for index, name in ((0, "w1"), (1, "w2")):
        for m, r, v in zip(run.mine, run.right, CASES, strict=True):
            if m[index].shape != r[index].shape:
                return None
            moved, should = m[index] - getattr(v, name), r[index] - getattr(v, name)
            if not near(moved, should, ROUGHLY):
                return None
            off = max(off, ((moved - should).abs().max() / should.abs().max()).item())
    return Finding(("not-precise",), "w1", {"off": off, "it": "The change of the weights"})


def _first(run: _Run) -> list[Pair] | None:
    gradients = []
    for v in CASES:
        once = run.again(v.but(epochs=1))
        if once is None or once["w1"].ndim != 2 or once["w2"].ndim != 2:
            return None
        try:
            g1, g2 = (v.w1 - once["w1"]) / v.rate, (v.w2 - once["w2"]) / v.rate
        except RuntimeError:
            return None
        if not (g1.isfinite().all() and g2.isfinite().all()):
            return None
        gradients.append((g1, g2))
    return gradients


def _by_gradients(run: _Run, mine: list[Pair]) -> Finding | None:
    right = [(v.dC_dw1, v.dC_dw2) for v in CASES]
    tolerance = LOST_DIGITS * run.tolerance
    if _same_shapes(mine, right):
        both = _scale(_joined(mine), _joined(right), tolerance)
        if both is not None:
            ids, number = both
            if not ids:
                return Finding(("later-epochs",), "w1")
            besides = _structure_besides(run, PLAIN, ids)
            return _scaled(ids, number, "the gradient", "w1", besides)
        apart = _one_weight(mine, right, tolerance) or _decayed(mine, right, tolerance)
        if apart is not None:
            return apart
    return _by_table(run, mine, tolerance) or _weight_by_weight(run, mine, tolerance)


def _same_shapes(mine: Sequence[Pair], other: Sequence[Pair | None]) -> bool:
    return all(
        o is not None and m[0].shape == o[0].shape and m[1].shape == o[1].shape
        for m, o in zip(mine, other, strict=True)
    )


def _joined(gradients: Sequence[Pair | None]) -> list[torch.Tensor]:
    return [torch.cat((g[0].flatten(), g[1].flatten())) for g in gradients if g is not None]


def _scale(
    mine: Sequence[torch.Tensor], right: Sequence[torch.Tensor], tolerance: float
) -> tuple[tuple[str, ...], float] | None:
    """The scale, perhaps with a power of the rate; () if equal, None if they are not parallel."""
    factors = []
    for m, r in zip(mine, right, strict=True):
        f = factor(m, r, tolerance)
        if f is None:
            return None
        factors.append(f)
    ids = meaning(factors, CASES, tolerance, OF_SUMS)
    if ids is not None:
        return ids, 1.0
    for rate in OF_RATES:
        without = [f / rate.factor(v) for f, v in zip(factors, CASES, strict=True)]
        ids = meaning(without, CASES, tolerance, OF_SUMS)
        if ids is not None:
            return (rate.id, *ids), 1.0
    for id_, by in (("rate-fixed", lambda v: 1 / v.rate), ("factor", lambda v: 1.0),
                    ("multiple-of-the-sum", lambda v: v.N)):  # fmt: skip
        times = [f / by(v) for f, v in zip(factors, CASES, strict=True)]
        if all_same(times, 1e-3):
            return (id_,), times[0]
    return ("wrong-divisor",), factors[0]


def _scaled(
    ids: tuple[str, ...], number: float, what: str, where: str,
    besides: tuple[LoopMistake | None, Loop] | None = None,
) -> Finding:  # fmt: skip
    about: dict[str, Any] = {"factor": number, "it": what.capitalize(), "what": what}
    if ids[0] == "sign":
        ids = ("uphill", *ids[1:])
    if besides is not None:
        about["loop"] = besides[1]
        if besides[0] is not None:
            ids, about["records"] = (*ids, besides[0].id), [besides[0]]
    return Finding(ids, where, about)


def _decayed(mine: list[Pair], right: Sequence[Pair], tolerance: float) -> Finding | None:
    """The weights themselves are in their gradients, or these were scaled to length one."""
    shares = [
        factor(m[i] - r[i], (v.w1, v.w2)[i], 1e-3)
        for m, r, v in zip(mine, right, CASES, strict=True)
        for i in (0, 1)
    ]
    if all(share is not None for share in shares):
        about = {"it": "the gradient", "other": "the weight", "multiple": shares[0]}
        return Finding(("something-added",), "w1", about)
    lengths = [g.norm().item() for m in mine for g in m]
    together = [torch.cat([g.flatten() for g in m]).norm().item() for m in mine]
    if any(all(abs(n - 1) < 1e-4 for n in ns) for ns in (lengths, together)):
        return Finding(("normalised",), "w1")
    return None


def _one_weight(mine: list[Pair], right: Sequence[Pair], tolerance: float) -> Finding | None:
    """One gradient is right, the other differs by a scale."""
    scales = [_scale([m[i] for m in mine], [r[i] for r in right], tolerance) for i in range(2)]
    for index, name in ((0, "w1"), (1, "w2")):
        this, other = scales[index], scales[1 - index]
        if other is not None and other[0] == () and this is not None and this[0]:
            return _scaled(*this, f"the gradient of {name}", name)
    return None


def _by_table(run: _Run, mine: list[Pair], tolerance: float) -> Finding | None:
    """One record explains both gradients, up to a scale."""
    matches = []
    for mistake, loop in _parallel_in_the_first(mine[0]):
        made = [first_gradients(loop, number) for number in range(len(CASES))]
        if not _same_shapes(mine, made):
            continue
        scale = _scale(_joined(mine), _joined(made), tolerance)
        if scale is not None and scale[0] != ("wrong-divisor",):
            matches.append((mistake, loop, scale))
    if not matches:
        return None
    fewest = min(len(ids) for _, _, (ids, _) in matches)
    least = [match for match in matches if len(match[2][0]) == fewest]
    if len(least) > 1:  # two records can begin alike; the whole run tells them apart
        least.sort(key=lambda match: not run.ends_like(match[1]))
    mistake, loop, (ids, number) = least[0]
    about = {"factor": number, "it": "The gradient", "what": "the gradient", "loop": loop}
    besides = _structure_besides(run, loop, ids)
    if besides is None:
        return Finding((mistake.id, *ids), mistake.where, {**about, "records": [mistake]})
    more, whole = besides
    extra = () if more is None else (more.id,)
    about |= {"loop": whole, "records": [m for m in (mistake, more) if m is not None]}
    return Finding((mistake.id, *ids, *extra), mistake.where, about)


def _parallel_in_the_first(mine: Pair) -> list[tuple[LoopMistake, Loop]]:
    """A quick test of all records that sorts out nearly all."""
    known, rows = _all_first(tuple(g.shape for g in mine))
    (a,) = _joined([mine])
    parallel = (rows @ a) ** 2 >= (1 - 1e-4) * (a @ a) * (rows * rows).sum(1)
    return [known[i] for i in parallel.nonzero().flatten().tolist()]


@functools.lru_cache(maxsize=8)
def _all_first(
    shapes: tuple[torch.Size, ...],
) -> tuple[list[tuple[LoopMistake, Loop]], torch.Tensor]:
    """The records whose gradients have these shapes in the first case; each flat, in a row."""
    known, rows = [], [torch.zeros(0, sum(map(math.prod, shapes)), dtype=torch.float64)]
    for mistake in GRADIENTS:
        for loop in mistake.loops:
            made = first_gradients(loop, 0)
            if made is None or tuple(g.shape for g in made) != shapes:
                continue
            (row,) = _joined([made])
            if row.isfinite().all():
                known.append((mistake, loop))
                rows.append(row.reshape(1, -1))
    return known, torch.cat(rows)


def _weight_by_weight(run: _Run, mine: list[Pair], tolerance: float) -> Finding | None:
    """Each gradient for itself: what made dC_dw2, and what dC_dw1 given the right deltas."""
    findings: list[tuple[tuple[str, ...], dict[str, Any], str]] = []
    for index, name in ((1, "dC_dw2"), (0, "dC_dw1")):
        quantity = backward.TASK.quantity(name)
        assert quantity is not None
        values = [g[index] for g in mine]
        rights = [getattr(v, name) for v in CASES]
        if all(near(m, r, tolerance) for m, r in zip(values, rights, strict=True)):
            continue
        evidence = Evidence(backward.TASK, quantity, values, rights, CASES, tolerance)
        match = best(evidence, _everything(evidence, index))
        if match is None:
            return None
        findings.append((match.ids, {**match.hypothesis.about, **match.about}, name))
    ids = tuple(dict.fromkeys(id_ for found, _, _ in findings for id_ in found))
    about: dict[str, Any] = {}
    for _, more, _ in findings:
        about |= more
    known = [m for q in backward.TASK.quantities for m in q.mistakes if m.id in ids]
    return Finding(ids, findings[0][2], {**about, "records": known, "it": findings[0][2]})


def _everything(evidence: Evidence, index: int) -> Iterator[Hypothesis]:
    yield from records(evidence)
    for mistake in GRADIENTS:
        for loop in mistake.loops:
            if all(first_gradients(loop, n) is not None for n in range(len(CASES))):
                yield Hypothesis(mistake.id, _gradient_of(loop, index))
    for pattern in PATTERNS:
        yield from pattern(evidence)


def _gradient_of(loop: Loop, index: int) -> Callable[[Values], torch.Tensor]:
    def make(v: Values) -> torch.Tensor:
        number = next(i for i, case in enumerate(CASES) if case is v)
        made = first_gradients(loop, number)
        assert made is not None
        return made[index]

    return make


# --- two mistakes ------------------------------------------------------------------------------


PLAIN = Loop()


def _structure_besides(
    run: _Run, loop: Loop, scale: tuple[str, ...]
) -> tuple[LoopMistake | None, Loop] | None:
    """The gradient is explained; does that explain the whole run, or what else is wrong in it?"""
    structures = _structures(loop, scale)
    return next((found for found in structures if run.ends_like(found[1], last=2)), None)


@functools.lru_cache(maxsize=256)
def _structures(loop: Loop, scale: tuple[str, ...]) -> list[tuple[LoopMistake | None, Loop]]:
    """The loop with a wrong rate, alone and with every wrong structure of the weights."""

    def rate(v: Values) -> float:
        return math.prod((SCALES[id_].factor(v) for id_ in scale if id_ in SCALES), start=v.rate)

    return [(None, replace(loop, rate=rate))] + [
        (mistake, replace(other, spoiled={**other.spoiled, **loop.spoiled}, rate=rate))
        for mistake in STRUCTURE
        if mistake.where != "losses" or mistake.id.startswith("stale")
        for other in mistake.loops
    ]


# What is most often wrong with a gradient at the same time as something with the loop.
_COMMON_SCALES = (("sum-not-mean",), ("sign",), ("factor-two",), ("rate-forgotten",))
_COMMON_RECORDS = ("extra-slope", "slope-missing", "X-for-a1", "z1-for-a1", "slope-twice")


def _two_in_structure(run: _Run) -> Finding | None:
    """A wrong structure hides the first gradient: try it with the commonest gradients."""
    for ids in _COMMON_SCALES:
        besides = _structure_besides(run, PLAIN, ids)
        if besides is not None and besides[0] is not None:
            about = {"it": "The gradient", "what": "the gradient", "loop": besides[1]}
            more = ("uphill" if i == "sign" else i for i in ids)
            return _found(run, besides[0], *more, **about)
    for record in GRADIENTS:
        if record.id in _COMMON_RECORDS:
            for loop in record.loops:
                besides = _structure_besides(run, loop, ())
                if besides is not None and besides[0] is not None:
                    mistake, whole = besides
                    found = {"records": [record, mistake], "loop": whole}
                    return Finding((record.id, mistake.id), record.where, found)
    return None


def _fresh(run: _Run) -> Finding | None:
    """Other starting weights lead to the same end."""
    v = CASES[0]
    one, two = run.again(v), run.again(v.but(w1=0.5 * v.w1, w2=0.5 * v.w2))
    if one is None or two is None or not torch.equal(one["w1"], two["w1"]):
        return None
    return Finding(("fresh-weights",), "w1")


def _shape_of_change(run: _Run, index: int) -> Finding | None:
    """The change of one weight has the wrong shape, or its entries the wrong places."""
    name = ("w1", "w2")[index]
    evidence = run.evidence(index)
    if any(m.shape != e.shape for m, e in zip(evidence.mine, evidence.right, strict=True)):
        found = diagnose(evidence)
        return found if found.ids else None
    moved = [m - getattr(v, name) for m, v in zip(evidence.mine, CASES, strict=True)]
    should = [e - getattr(v, name) for e, v in zip(evidence.right, CASES, strict=True)]
    quantity = Quantity(name, evidence.quantity.shape, "moved", evidence.quantity.trial)
    cases = [v.but(moved=s) for v, s in zip(CASES, should, strict=True)]
    change = Evidence(TASK, quantity, moved, should, cases, run.tolerance)
    for id_, make in (("transposed", lambda v: v.moved.T), ("reversed", lambda v: v.moved.flip(1))):
        if explains(change, Hypothesis(id_, make)):
            return Finding((id_,), name, shapes(change))
    return None


def _plain(run: _Run, index: int) -> Finding:
    evidence = run.evidence(index)
    return Finding((), evidence.where, {"symptom": symptom(evidence)})


# --- the losses --------------------------------------------------------------------------------


def _count(run: _Run, loop: Loop = PLAIN) -> Finding | None:
    """Another number of losses than the loop gives, or tables in place of numbers."""
    losses = [m[2] for m in run.mine]
    for power, what in ((1, "N × 1, one entry a flower"), (2, "N × N, from flat labels")):
        if all(v.numel() == c.epochs * c.N**power for v, c in zip(losses, CASES, strict=True)):
            return Finding(("not-one-number",), "losses", {"what": what})
    ends = [result(loop, number) for number in range(len(CASES))]
    if any(end is None or v.numel() != len(end[2]) for v, end in zip(losses, ends, strict=True)):
        number = losses[0].numel()
        count = f"{number} loss{'es' * (number != 1)}"
        about = {"count": count, "epochs": CASES[0].epochs}
        return Finding(("wrong-number-of-losses",), "losses", about)
    return None


def _losses(run: _Run) -> Finding:
    for mistake in STRUCTURE:
        if mistake.where == "losses" and any(run.ends_like(loop) for loop in mistake.loops):
            return _found(run, mistake)
    found = _count(run) or _first_loss(run)
    if found is not None:
        return found
    return diagnose(run.evidence(2))


def _losses_too(run: _Run, found: Finding) -> Finding | None:
    """What is wrong with the losses beside the weights: when, how many, or of which cost."""
    loop = found.about.get("loop")
    if loop is not None and run.ends_like(loop):
        return None
    for mistake in STRUCTURE if loop is not None else ():
        if mistake.where == "losses":
            for other in mistake.loops:
                both = replace(loop, record=other.record, of_losses=other.of_losses,
                               extra_losses=loop.extra_losses + other.extra_losses)  # fmt: skip
                if run.ends_like(both):
                    return _found(run, mistake)
    count = _count(run, loop or PLAIN)
    return count or (_first_loss(run) if found.where not in ("a1", "y_hat") else None)


def _first_loss(run: _Run) -> Finding | None:
    """The first loss is the cost of the first weights, so the table of costs knows it."""
    if any(m[2].numel() == 0 for m in run.mine):
        return None
    quantity = cost.TASK.quantities[0]
    firsts = [m[2][:1].sum() for m in run.mine]
    right = [v.cost for v in CASES]
    if all(near(m, r, run.tolerance) for m, r in zip(firsts, right, strict=True)):
        return None
    evidence = Evidence(cost.TASK, quantity, firsts, right, CASES, run.tolerance)
    guesses = [h for guess in (*cost.TASK.guesses, _penalties) for h in guess(evidence)]
    match = best(evidence, [*records(evidence), Hypothesis(None, quantity.right), *guesses])
    if match is None:
        return None
    ids = list(match.ids)
    ids[0] = "loss-" + ("summed" if ids[0] == "sum-not-mean" else ids[0])
    about = {**match.hypothesis.about, **match.about, "records": quantity.mistakes}
    return Finding(tuple(ids), "losses", {"it": "The first loss", **about})


def _penalties(evidence: Evidence) -> Iterator[Hypothesis]:
    """Plus a multiple of the weights' squares or sizes; it is read off the first case."""
    first = evidence.cases[0]
    extra = (evidence.mine[0] - evidence.right[0]).item()
    for size, of in (("squared", torch.square), ("without their signs", torch.abs)):
        for names in (("w1", "w2"), ("w1",), ("w2",)):

            def term(v: Values, names: tuple[str, ...] = names, of: Callable = of) -> torch.Tensor:
                return torch.stack([of(getattr(v, name)).sum() for name in names]).sum()

            multiple = extra / term(first).item()
            about = {"other": f"all of {' and '.join(names)}, {size},", "multiple": multiple}
            for share in (lambda v: 1.0, lambda v: first.N / v.N):
                yield Hypothesis(
                    "something-added",
                    lambda v, t=term, m=multiple, s=share: v.cost + m * s(v) * t(v),
                    about,
                )
