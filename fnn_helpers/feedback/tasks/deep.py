"""The backward pass of any number of weights: one loop, so its mistakes are those of a loop.

k counts from the output: w_1 is the last weight, a_1 what came into it, a_0 the answer; d_k is what
comes back to the product with w_k, g_k that weight's gradient.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import torch

from ..diagnose.evidence import Evidence
from ..diagnose.naming import shapes, symptom
from ..diagnose.scales import OF_SUMS, factor, meaning, near
from ..finding import Finding
from ..quantity import Judged, Mistake, Quantity, Results, Task
from ..steps import Values, table
from .delta import DC_DZ2
from .probes import usual_probes
from .sigmoid import σ

MOST = 4  # weights of the deepest case

Part = Callable[[Values, int, torch.Tensor], torch.Tensor]


def at(v: Values, letter: str, k: int) -> torch.Tensor:
    """A quantity by its number from the output."""
    return getattr(v, f"{letter}_{k}")


# The parts of the loop. Each is given the case, the number k, and what the last part made.
RIGHT: Mapping[str, Part] = {
    "delta": lambda v, k, _: (v.a_0 - v.y) / v.N,
    "gradient": lambda v, k, d: at(v, "a", k).T @ d,
    "through": lambda v, k, d: d @ at(v, "w", k).T,
    "slope": lambda v, k, e: e * at(v, "a", k) * (1 - at(v, "a", k)),
}
OWN_GRADIENTS = ("gradient",)  # parts whose mistakes do not travel on


def loop(v: Values, changed: Mapping[str, Part] | None = None) -> list[torch.Tensor]:
    """The gradients, the last weight's first."""
    part = {**RIGHT, **(changed or {})}
    d, gradients = part["delta"](v, 0, v.y), []
    for k in range(1, v.depth + 1):
        gradients.append(part["gradient"](v, k, d))
        if k < v.depth:
            d = part["slope"](v, k, part["through"](v, k, d))
    return gradients


@dataclass(frozen=True)
class DeepMistake:
    """A part of the loop that is made wrongly, in one of several ways."""

    id: str
    part: str
    ways: tuple[Part, ...]
    why: str
    hint: str

    @property
    def first(self) -> int:
        """The number of the first gradient that it spoils."""
        return 1 if self.part in ("delta", "gradient") else 2


def _only(at_end: bool, wrong: Part) -> Part:
    """Wrong at the first step back alone, or at the last alone."""

    def part(v: Values, k: int, e: torch.Tensor) -> torch.Tensor:
        return (wrong if (k == v.depth - 1 if at_end else k == 1) else RIGHT["slope"])(v, k, e)

    return part


def _anywhere(wrong: Part) -> tuple[Part, ...]:
    return wrong, _only(False, wrong), _only(True, wrong)


def _slopes(*factors: Callable[[torch.Tensor], torch.Tensor]) -> tuple[Part, ...]:
    return tuple(
        way for f in factors for way in _anywhere(lambda v, k, e, f=f: e * f(at(v, "a", k)))
    )


def _rows(d: torch.Tensor, rows: slice) -> torch.Tensor:
    kept = torch.zeros_like(d)
    kept[rows] = d[rows]
    return kept


SLOPES = (
    DeepMistake("slope-missing", "slope", _anywhere(lambda v, k, e: e),
      "A step back through a sigmoid is missing: what comes back is not multiplied by its slope.",
      "From an activation to what is before it the chain rule multiplies by a slope."),
    DeepMistake("slope-twice", "slope", _slopes(lambda a: (a * (1 - a)) ** 2),
      "The slope of the sigmoid is multiplied in twice.",
      "How many sigmoids lie between two products?"),
    DeepMistake("slope-of-activation", "slope", _slopes(lambda a: σ(a) * (1 - σ(a))),
      "The slope applies the sigmoid to an activation, which has been through it already.",
      "The slope from the activation needs no sigmoid."),
    DeepMistake("slope-of-pre-activation", "slope",
      _slopes(lambda a: torch.logit(a) * (1 - torch.logit(a))),
      "The slope s(1 − s) was given z, before the sigmoid.",
      "A slope of the sigmoid is never negative."),
    DeepMistake("tanh-slope", "slope", _slopes(lambda a: 1 - a**2),
      "1 − a² is the slope of tanh.", "The hidden units are sigmoids."),
    DeepMistake("half-slope-a", "slope", _slopes(lambda a: a),
      "Only the factor a of the slope is there.", "A slope has two factors."),
    DeepMistake("half-slope-one-minus-a", "slope", _slopes(lambda a: 1 - a),
      "Only the factor 1 − a of the slope is there.", "A slope has two factors."),
    DeepMistake("plus-for-minus", "slope", _slopes(lambda a: a * (1 + a)),
      "The slope has a plus where a minus should be.", "Where a is almost 1 the curve is flat."),
    DeepMistake("squared-activation", "slope", _slopes(lambda a: a**2, lambda a: (1 - a) ** 2),
      "One factor of the slope is used twice: the two factors differ.",
      "The slope is the same at a and at 1 − a."),
    DeepMistake("relu-slope", "slope", _slopes(lambda a: (a > 0.5).double(),
                                               lambda a: (a > 0).double()),
      "This is the slope of max(0, z): 0 or 1.", "The hidden units are sigmoids."),
    DeepMistake("divided-by-slope", "slope", _slopes(lambda a: 1 / (a * (1 - a))),
      "It is divided by the slope where the chain rule multiplies.",
      "A flat sigmoid lets little through."),
    DeepMistake("slope-only", "slope", (lambda v, k, e: at(v, "a", k) * (1 - at(v, "a", k)),),
      "This is only the slope: what came back is lost on the way.",
      "The chain rule multiplies what came back with the slope."),
    DeepMistake("added", "slope", (lambda v, k, e: e + at(v, "a", k) * (1 - at(v, "a", k)),),
      "What comes back and the slope are added.", "What does the chain rule do with its factors?"),
    DeepMistake("missing-parentheses", "slope",
      (lambda v, k, e: e * at(v, "a", k) - at(v, "a", k),),
      "Parentheses are missing: 1 − a is a difference, and the products are done before it.",
      "For a perfect answer everything on the way back is 0."),
)  # fmt: skip

THROUGH = (
    DeepMistake("divided-in-every-layer", "through",
      (lambda v, k, d: d @ at(v, "w", k).T / v.N, lambda v, k, d: d @ at(v, "w", k).T * v.N),
      "The number of samples comes in at every layer; the 1/N of the mean belongs to the first "
      "delta alone.", "Print the delta of each layer: where does it become so small, or so large?"),
    DeepMistake("weights-squared", "through", (lambda v, k, d: d @ (at(v, "w", k).T ** 2),),
      "The weights are squared.", "Each product contains its weights once."),
    DeepMistake("absolute-weights", "through", (lambda v, k, d: d @ at(v, "w", k).T.abs(),),
      "The weights lost their signs.",
      "What does a negative weight do to z when its activation grows?"),
    DeepMistake("weights-omitted", "through",
      (lambda v, k, d: d.sum(1, keepdim=True).expand(v.N, at(v, "w", k).shape[0]),
       lambda v, k, d: d.mean(1, keepdim=True).expand(v.N, at(v, "w", k).shape[0])),
      "The weights do not occur on the way back: every unit gets the same.",
      "How much of the next layer does a unit make? It depends on its weights."),
    DeepMistake("gradient-for-weights", "through",
      (lambda v, k, d: d @ (at(v, "a", k).T @ d).T,),
      "The gradient of a weight stands where the weight itself should.",
      "Which number multiplied the activation in the forward pass?"),
    DeepMistake("wrong-start", "through",
      (lambda v, k, d: (v.a_0 - v.y) / v.N @ _chain(v, k),),
      "Every layer starts again from the output's delta: the slopes of the layers between are "
      "skipped.", "The delta of a layer is made from the delta of the layer after it."),
)  # fmt: skip

GRADIENTS = (
    DeepMistake("transposed", "gradient", (lambda v, k, d: d.T @ at(v, "a", k),),
      "The gradients are transposed.",
      "A gradient has the shape of what it is the gradient of."),
    DeepMistake("last-sample-only", "gradient",
      (lambda v, k, d: at(v, "a", k).T @ _rows(d, slice(-1, None)),), "Only the last row counts.",
      "A weight is used by every sample; its effects add up."),
    DeepMistake("first-sample-only", "gradient",
      (lambda v, k, d: at(v, "a", k).T @ _rows(d, slice(0, 1)),), "Only the first row counts.",
      "A weight is used by every sample; its effects add up."),
    DeepMistake("sample-missing", "gradient",
      (lambda v, k, d: at(v, "a", k).T @ _rows(d, slice(0, -1)),
       lambda v, k, d: at(v, "a", k).T @ _rows(d, slice(1, None))),
      "One row is left out: a loop that ends too early or begins too late.",
      "How many numbers does your range give?"),
    DeepMistake("batch-not-summed", "gradient",
      (lambda v, k, d: at(v, "a", k)[:, :, None] * d[:, None, :],),
      "The rows are not added up: one matrix a row is left.",
      "A weight is used by every sample; its effects add up."),
    DeepMistake("slope-at-weights", "gradient",
      (lambda v, k, d: (at(v, "a", k) * (1 - at(v, "a", k))).T @ d,),
      "A slope is used; at the weights it is the activation itself.",
      "What is the derivative of a · w for w?"),
    DeepMistake("weights-multiplied", "gradient",
      (lambda v, k, d: at(v, "w", k) * (at(v, "a", k).T @ d),),
      "The gradients are multiplied by the weights themselves.",
      "z is linear in w: its derivative for w does not contain w."),
    DeepMistake("activation-forgotten", "gradient",
      (lambda v, k, d: d.sum(0, keepdim=True).expand(at(v, "w", k).shape),
       lambda v, k, d: d.sum(0, keepdim=True), lambda v, k, d: d.sum(0)),
      "The deltas are added up without the activations that came in.",
      "Each weight's slope is weighted by the activation that came into it."),
    DeepMistake("before-the-slope", "gradient",
      (lambda v, k, d: at(v, "a", k).T @ (d if k == 1 else
                                          d / (at(v, "a", k - 1) * (1 - at(v, "a", k - 1)))),),
      "The gradients are made before the slope is multiplied in.",
      "A weight makes z, so the delta at z counts: which of your two lines comes first?"),
    DeepMistake("deltas-returned", "gradient", (lambda v, k, d: d,),
      "These are the deltas; the gradients of the weights are asked for.",
      "A gradient has the shape of what it is the gradient of."),
    DeepMistake("z-for-a", "gradient",
      (lambda v, k, d: (at(v, "a", k) if k == v.depth else torch.logit(at(v, "a", k))).T @ d,),
      "z stands where the activation should.",
      "What came into the weight in the forward pass, before or after the sigmoid?"),
)  # fmt: skip


def _chain(v: Values, k: int) -> torch.Tensor:
    product = at(v, "w", 1).T
    for number in range(2, k + 1):
        product = product @ at(v, "w", number).T
    return product


# Mistakes of the output delta that a loop can go on from, whatever the number of outputs.
OF_DELTA = (
    "extra-slope", "slope-missing", "slope-of-pre-activation", "slope-of-activation", "tanh-slope",
    "half-slope-a", "half-slope-one-minus-a", "slope-twice", "labels-swapped", "labels-plus",
    "zeros-forgotten", "ones-forgotten", "terms-not-subtracted", "squared", "absolute", "sign-only",
    "thresholded", "only-the-prediction", "slope-only", "cost-not-slope",
)  # fmt: skip


def _of_delta(mistake: Mistake) -> DeepMistake:
    """A mistake of the output delta starts the loop with it."""

    def way(number: int) -> Part:
        return lambda v, k, _: mistake.values(_as_output(v))[number]

    count = len(mistake.values(_as_output(CASES[0])))
    return DeepMistake(mistake.id, "delta", tuple(map(way, range(count))), mistake.said_of(0),
                       mistake.hint)  # fmt: skip


def _as_output(v: Values) -> Values:
    return v.but(y_hat=v.a_0, dC_dz2=(v.a_0 - v.y) / v.N, z2=torch.logit(v.a_0))


def _built(sizes: Sequence[int], N: int, seed: int, dtype: torch.dtype = torch.float64) -> Values:
    """A network of these sizes from the input to the output, forward done."""
    generator = torch.Generator().manual_seed(100 + seed)
    activations = [table(generator, N, sizes[0], dtype=dtype)]
    weights = []
    for ins, outs in zip(sizes[:-1], sizes[1:], strict=True):
        weights.append(table(generator, ins, outs, dtype=dtype))
        activations.append(torch.sigmoid(activations[-1] @ weights[-1]))
    y = (torch.arange(N * sizes[-1]) % 3 != 1).reshape(N, sizes[-1]).to(dtype)
    return _numbered(activations, y, weights)


def _numbered(
    activations: list[torch.Tensor], y: torch.Tensor, weights: list[torch.Tensor]
) -> Values:
    v = Values(activations=activations, y=y, weights=weights, depth=len(weights), N=len(y),
               D=activations[0].shape[1], H=activations[-2].shape[1], rate=0.7)  # fmt: skip
    for k, (a, w) in enumerate(zip(activations[-2::-1], weights[::-1], strict=True), 1):
        setattr(v, f"a_{k}", a)
        setattr(v, f"w_{k}", w)
    v.a_0 = activations[-1]
    for k, gradient in enumerate(loop(v), 1):
        setattr(v, f"g_{k}", gradient)
    return v


CASES = (_built((3, 4, 2), 5, 1), _built((2, 5, 3, 4), 7, 2), _built((3, 2, 4, 5, 6), 8, 3))
RECORDS = (
    *(_of_delta(m) for m in DC_DZ2 if m.id in OF_DELTA),
    *SLOPES, *THROUGH, *GRADIENTS,
)  # fmt: skip


def _name(k: int) -> str:
    return f"dC_dw[-{k}]"


def judge(task: Task, results: Sequence[Results], tolerance: float) -> Judged:
    """The first loop with one wrong part that makes all gradients, perhaps with a wrong scale."""
    found = _same_loop(task, results, {}, tolerance)
    if found is not None:
        return _said(task, results, 1, found, (), tolerance, travels=True) if found else None
    for record in RECORDS:
        for way in record.ways:
            scale = _same_loop(task, results, {record.part: way}, tolerance)
            if scale is not None:
                mistake = Mistake(record.id, lambda v: v.y, record.why, record.hint)
                travels = record.part not in OWN_GRADIENTS
                return _said(task, results, record.first, (record.id, *scale), (mistake,),
                             tolerance, travels)  # fmt: skip
    return None


def _same_loop(
    task: Task, results: Sequence[Results], changed: Mapping[str, Part], tolerance: float
) -> tuple[str, ...] | None:
    """The ids of the scale between the results and those of this loop; None if there is none."""
    factors = []
    for result, v in zip(results, task.cases, strict=True):
        try:
            made = loop(v, changed)
        except (RuntimeError, IndexError):
            return None
        found = [
            factor(result[_name(k)], g, tolerance)
            for k, g in enumerate(made, 1)
            if g.isfinite().all()
        ]
        if len(found) < len(made) or any(f is None for f in found):
            return None
        if max(found) - min(found) > 10 * tolerance * abs(found[0]):  # type: ignore
            return None
        factors.append(found[0])
    return meaning(factors, task.cases, tolerance, OF_SUMS)  # type: ignore[arg-type]


def _said(
    task: Task, results: Sequence[Results], first: int, ids: tuple[str, ...],
    records: tuple[Mistake, ...], tolerance: float, travels: bool,
) -> Judged:  # fmt: skip
    quantities: dict[str, str] = {}
    place = 0
    for k in range(1, MOST + 1):
        at_k = [(r[_name(k)], v) for r, v in zip(results, task.cases, strict=True) if k <= v.depth]
        if all(near(mine, at(v, "g", k), tolerance) for mine, v in at_k):
            quantities[_name(k)] = "right"
            continue
        quantities[_name(k)] = "follows" if place and travels else "wrong"
        place = place or k
    quantity = task.quantities[place - 1]
    cases = [v for v in task.cases if place <= v.depth]
    mine = [r[quantity.name] for r, v in zip(results, task.cases, strict=True) if place <= v.depth]
    evidence = Evidence(task, quantity, mine, [at(v, "g", place) for v in cases], cases, tolerance)
    about = {"symptom": symptom(evidence), **shapes(evidence), "records": records}
    return [Finding(ids, quantity.name, about)], quantities


def _quantity(k: int) -> Quantity:
    """Alone, a gradient is told from what any of the loops would give in its place."""
    mistakes = tuple(
        Mistake(r.id, lambda v, r=r: [loop(v, {r.part: way})[k - 1] for way in r.ways],
                r.why, r.hint)
        for r in RECORDS if r.first == min(k, 2) or r.part == "gradient"
    )  # fmt: skip
    return Quantity(
        _name(k), "the shape of its weight", f"g_{k}",
        "Add 0.001 to one entry of the weight, compute the cost before and after: the difference, "
        "divided by 0.001, should be that entry of yours.",
        mistakes,
        make=_right(k),
    )  # fmt: skip


def _right(k: int) -> Callable[[Values], torch.Tensor]:
    return lambda v: loop(v)[k - 1]


def _drawn(N: int, D: int, H: int, seed: int, dtype: torch.dtype = torch.float64) -> Values:
    return _built((D, H + 1, H, 2), N, seed, dtype)


TASK = Task(
    check="check_deep_backward",
    arguments={"activations": "activations", "y": "y", "weights": "weights"},
    quantities=tuple(map(_quantity, range(1, MOST + 1))),
    section="notebook 09",
    sums=True,
    returns=tuple(_name(k) for k in range(MOST, 0, -1)),
    count=lambda v: v.depth,
    judge=judge,
    cases=CASES,
    twin=_built((3, 4, 2), 5, 4),
    probes=usual_probes(_drawn, single_row=False),
)  # fmt: skip
