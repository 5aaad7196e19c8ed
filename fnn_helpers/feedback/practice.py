"""Small calculations to practise on: any number gives one, the same everywhere."""

import math
import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from html import escape
from typing import Any, TypeVar

from .finding import Feedback, box, printable
from .recall import number_of
from .recall.numbers import Calculation, Cause, causes, precision, wrong_number

T = TypeVar("T")


def practice(topic: str, number: int, mine: float | None = None) -> "Exercise | Feedback":
    """A fresh small calculation; with `mine`, whether it is right, and its steps or what is wrong.

    Parameters
    ----------
    topic : {"slope", "forward", "cost", "delta", "backward", "step"}
    number : int
        Which calculation, from 0 to 10**9: the same number gives the same one everywhere.
    mine : float, optional
        The learner's answer, to three digits. None leaves the question open.

    Raises
    ------
    ValueError
        If there is no such topic, or `number` is out of its range.
    TypeError
        If `number` is not whole, or `mine` is no number.
    """
    if topic not in TOPICS:
        raise ValueError(f"no topic is called {topic!r}. Use one of: {', '.join(TOPICS)}.")
    drawn = draw(topic, _whole(number))
    if mine is None:
        return Exercise(topic, number, drawn)
    answer, right, check = number_of(mine), drawn.asked.right, f"practice {topic} {number}"
    if _is_right(answer, right):
        return Worked("correct", None, None, drawn.text, check=check, steps=drawn.steps)
    return wrong_number(drawn.asked, answer, check, EXACT * abs(right))


EXACT = 0.005  # relative: three digits
LARGEST = 10**9


def _whole(number: Any) -> int:
    expected = 'a whole number from 0 to 10**9 is expected. Use practice("slope", 7).'
    try:
        whole = operator.index(number)
    except TypeError:
        whole = None
    if whole is None or isinstance(number, bool):
        raise TypeError(f"number is {number!r}, but {expected}")
    if not 0 <= whole <= LARGEST:
        raise ValueError(f"number is {number!r}, but {expected}")
    return whole


def _is_right(mine: float, right: float) -> bool:
    """To three digits, or rounded rightly to two or more."""
    digits, half = precision(mine)
    off = abs(mine - right)
    return off <= EXACT * abs(right) or digits > 1 and off <= half * (1 + 1e-9)


@dataclass(frozen=True)
class Drawn:
    """A calculation with its question, and its steps as a person writes them."""

    text: str
    asked: Calculation
    steps: tuple[str, ...]


@dataclass(frozen=True)
class Exercise:
    """A calculation that waits for its answer."""

    topic: str
    number: int
    drawn: Drawn

    @property
    def _how(self) -> str:
        return f'Three digits are enough: practice("{self.topic}", {self.number}, mine=…)'

    def __repr__(self) -> str:
        return printable(f"{self.drawn.text}\n{self._how}")

    def _repr_html_(self) -> str:
        how = f"Three digits are enough: <code>{escape(self._how.partition(': ')[2])}</code>"
        return box("not attempted", f"{escape(self.drawn.text)}<br/>{how}")


@dataclass(frozen=True, repr=False)
class Worked(Feedback):
    """A right answer, with the steps that lead to it."""

    steps: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return printable("\n".join(["✓ correct", self.message, *(f"  {s}" for s in self.steps)]))

    __str__ = __repr__

    def _repr_html_(self) -> str:
        lines = ["<strong>✓ correct</strong>", escape(self.message), *map(escape, self.steps)]
        return box("correct", "<br/>".join(lines), role="status")


# --- drawing -----------------------------------------------------------------------------------


class Dice:
    """Draws that every Python makes alike: its own generator may change, whole numbers do not."""

    def __init__(self, number: int) -> None:
        self._state = number

    def pick(self, options: Sequence[T]) -> T:
        """One of them."""
        self._state = (self._state * 6364136223846793005 + 1442695040888963407) % 2**64
        return options[(self._state >> 33) % len(options)]

    def picks(self, count: int, options: Sequence[T]) -> list[T]:
        """As many of them, all different."""
        left, found = list(options), []
        for _ in range(count):
            found.append(self.pick(left))
            left.remove(found[-1])
        return found


TRIES = 60


@lru_cache(maxsize=256)
def draw(topic: str, number: int) -> Drawn:
    """The calculation of this number: the first of some draws that keeps its mistakes apart."""
    dice = Dice(number)
    kind = dice.pick(TOPICS[topic])
    best, least = kind(dice), 1001
    for _ in range(TRIES):
        count = unclear((drawn := kind(dice)).asked)
        if count < least:
            best, least = drawn, count
        if count == 0:
            break
    return best


def unclear(asked: Calculation) -> int:
    """How many wrong numbers fall together by chance, with the right one or with another.

    Some mistakes always make the same number, such as two that differ in what they do with other
    labels. Those fall together for slightly other numbers too, and are not counted.
    """
    if not 0.004 < abs(asked.right) < 100:
        return 1000
    here, there = ([c for c in causes(one) if c.rank == 0] for one in (asked, _shaken(asked)))
    pairs = list(zip(here, there, strict=False))

    def by_chance(one: tuple[Cause, Cause], other: tuple[float, float], close: float) -> bool:
        return math.isclose(one[0].number, other[0], rel_tol=close) and not math.isclose(
            one[1].number, other[1], rel_tol=1e-9
        )

    right = (asked.right, _shaken(asked).right)
    return sum(
        by_chance(one, right, CLOSE)
        or any(
            by_chance(one, (here.number, there.number), EXACT)
            for here, there in pairs
            if here.finding.ids != one[0].finding.ids
        )
        for one in pairs
    )


CLOSE = 0.02  # relative: a wrong number should not look like the right one


def _shaken(asked: Calculation) -> Calculation:
    """The same calculation with slightly other numbers; labels and sizes stay."""
    count = 0

    def shake(x: Any) -> Any:
        nonlocal count
        count += 1
        return [shake(part) for part in x] if isinstance(x, list) else x * (1 + 0.001 * count)

    given = {k: x if k in ("y", "N") else shake(x) for k, x in asked.given.items()}
    return replace(asked, given=given)


# --- the calculations --------------------------------------------------------------------------


def _range(first: str, last: str, step: str, *without: str) -> list[Decimal]:
    number, found = Decimal(first), []
    while number <= Decimal(last):
        if number not in map(Decimal, ("0", *without)):
            found.append(number)
        number += Decimal(step)
    return found


PROBABILITIES = _range("0.05", "0.95", "0.01", "0.5")
ACTIVATIONS = _range("0.1", "0.9", "0.1", "0.5")
INPUTS = _range("-3", "3", "0.5", "1", "-1")
WEIGHTS = _range("-2.5", "2.5", "0.1", "1", "-1")
SMALL = _range("-0.6", "0.6", "0.1")
RATES = [Decimal(r) for r in ("0.05", "0.1", "0.2", "0.3", "0.5")]
PLACES = ("first", "second", "third")


def _show(x: Decimal) -> str:
    return f"{x.normalize():f}".replace("-", "−")


def _in(x: Decimal) -> str:
    """A number inside a formula: a negative one in parentheses."""
    return _show(x) if x >= 0 else f"({_show(x)})"


def _row(numbers: Sequence[Decimal]) -> str:
    return f"({', '.join(map(_show, numbers))})"


def _floats(**given: Any) -> Mapping[str, Any]:
    def floats(x: Any) -> Any:
        return [floats(part) for part in x] if isinstance(x, list) else float(x)

    return {name: x if name == "N" else floats(x) for name, x in given.items()}


def _four(x: float) -> Decimal:
    return Decimal(f"{x:.4f}")


def _products(name: str, left: Sequence[Decimal], right: Sequence[Decimal]) -> list[str]:
    """A sum of products, line by line."""
    pairs = list(zip(left, right, strict=True))
    parts = [a * b for a, b in pairs]
    first = f"{_show(left[0])} · {_in(right[0])}"
    rest = (f"{_in(a)} · {_in(b)}" for a, b in pairs[1:])
    return [
        f"{name} = {' + '.join((first, *rest))}",
        f"= {' + '.join((_show(parts[0]), *map(_in, parts[1:])))}",
        f"= {_show(sum(parts, Decimal(0)))}",
    ]


def _sigmoid(name: str, of: str, z: Decimal) -> list[str]:
    power = _four(math.exp(-z))
    return [
        f"{name} = σ({of}) = 1 / (1 + e^(−{of}))",
        f"e^{_in(-z)} = {_show(power)}",
        f"{name} = 1 / (1 + {_show(power)}) = {_show(_four(float(1 / (1 + power))))}",
    ]


def _slope(dice: Dice) -> Drawn:
    a = dice.pick(_range("0.02", "0.98", "0.01", "0.5"))
    return Drawn(
        f"The activation of a hidden unit is a = {_show(a)}. What is the slope of its sigmoid?",
        Calculation("slope", _floats(a1=a)),
        ("slope = a · (1 − a)", f"= {_show(a)} · (1 − {_show(a)})",
         f"= {_show(a)} · {_show(1 - a)}", f"= {_show(a * (1 - a))}"),
    )  # fmt: skip


def _hidden(step: str) -> Callable[[Dice], Drawn]:
    def calculation(dice: Dice) -> Drawn:
        x, unit = dice.picks(2, INPUTS), dice.pick((0, 1))
        w1 = [dice.picks(2, WEIGHTS), dice.picks(2, WEIGHTS)]
        column = [row[unit] for row in w1]
        z = sum((a * b for a, b in zip(x, column, strict=True)), Decimal(0))
        steps = _products("z1", x, column)
        if step == "a1":
            steps += _sigmoid("a1", "z1", z)
        return Drawn(
            f"A network 2–2–1 is given the flower X = {_row(x)}. The weights of w1 from the first "
            f"input are {_row(w1[0])}, from the second {_row(w1[1])}. What is {step} of the "
            f"{PLACES[unit]} hidden unit?",
            Calculation(step, _floats(X=[x], w1=w1), (0, unit)),
            tuple(steps),
        )

    return calculation


def _output(step: str) -> Callable[[Dice], Drawn]:
    def calculation(dice: Dice) -> Drawn:
        a1, w2 = dice.picks(2, ACTIVATIONS), dice.picks(2, WEIGHTS)
        z = sum((a * b for a, b in zip(a1, w2, strict=True)), Decimal(0))
        steps = _products("z2", a1, w2)
        if step == "y_hat":
            steps += _sigmoid("y_hat", "z2", z)
        return Drawn(
            f"In a network 2–2–1 a flower has the hidden activations a1 = {_row(a1)}, and "
            f"w2 = {_row(w2)}. What is {step}?",
            Calculation(step, _floats(a1=[a1], w2=[[w] for w in w2])),
            tuple(steps),
        )

    return calculation


def _cost_lines(name: str, y: int, y_hat: Decimal) -> tuple[list[str], Decimal]:
    p = y_hat if y else 1 - y_hat
    cost = _four(-math.log(p))
    form = "−ln y_hat" if y else f"−ln(1 − y_hat) = −ln(1 − {_show(y_hat)})"
    return [f"{name} = {form} = −ln {_show(p)} = {_show(cost)}"], cost


def _cost_of_one(dice: Dice) -> Drawn:
    y, y_hat = dice.pick((0, 1)), dice.pick(PROBABILITIES)
    return Drawn(
        f"A flower has label y = {y}, and the network says y_hat = {_show(y_hat)}. What is its "
        "cross-entropy cost?",
        Calculation("cost", _floats(y=y, y_hat=y_hat)),
        tuple(_cost_lines("cost", y, y_hat)[0]),
    )


def _cost_of_two(dice: Dice) -> Drawn:
    y, y_hat = dice.picks(2, (0, 1)), dice.picks(2, PROBABILITIES)
    (one, first), (two, second) = (
        _cost_lines(f"{place} cost", *pair)
        for place, pair in zip(PLACES, zip(y, y_hat, strict=True), strict=False)
    )
    mean = f"cost = ({_show(first)} + {_show(second)}) / 2 = {_show(first + second)} / 2"
    return Drawn(
        f"Two flowers have the labels y = ({y[0]}, {y[1]}), and the network says "
        f"y_hat = {_row(y_hat)}. What is their mean cross-entropy?",
        Calculation("cost", _floats(y=[[n] for n in y], y_hat=[[p] for p in y_hat])),
        (*one, *two, f"{mean} = {_show((first + second) / 2)}"),
    )


def _delta(dice: Dice) -> Drawn:
    y, y_hat, N = dice.pick((0, 1)), dice.pick(PROBABILITIES), dice.pick((4, 5, 10))
    unknown = [[math.nan]] * (N - 1)
    return Drawn(
        f"The cost is the mean cross-entropy of N = {N} flowers. One of them has y = {y} and "
        f"y_hat = {_show(y_hat)}. What is its dC_dz2?",
        Calculation("dC_dz2", _floats(y=[[y], *unknown], y_hat=[[y_hat], *unknown])),
        ("dC_dz2 = (y_hat − y) / N", f"= ({_show(y_hat)} − {y}) / {N}",
         f"= {_show(y_hat - y)} / {N}", f"= {_show((y_hat - y) / N)}"),
    )  # fmt: skip


def _second_weights(dice: Dice) -> Drawn:
    a1, delta = dice.picks(3, ACTIVATIONS), dice.picks(3, SMALL)
    return Drawn(
        f"Three flowers have the activations {_row(a1)} at one hidden unit, and the output deltas "
        f"dC_dz2 = {_row(delta)}, which contain the 1/N of the mean. What is dC_dw2 for the "
        "weight from this unit?",
        Calculation("dC_dw2", _floats(a1=[[a] for a in a1], dC_dz2=[[d] for d in delta])),
        tuple(_products("dC_dw2", a1, delta)),
    )


def _back(step: str) -> Callable[[Dice], Drawn]:
    def calculation(dice: Dice) -> Drawn:
        x, a1, w2 = dice.picks(2, INPUTS), dice.picks(2, ACTIVATIONS), dice.picks(2, WEIGHTS)
        delta, unit, put = dice.pick(SMALL), dice.pick((0, 1)), dice.pick((0, 1))
        a, w = a1[unit], w2[unit]
        slope, hidden = a * (1 - a), delta * w * a * (1 - a)
        given: dict[str, Any] = {"dC_dz2": [[delta]], "w2": [[w] for w in w2], "a1": [a1]}
        said = f"dC_dz2 = {_show(delta)}, w2 = {_row(w2)}"
        steps = [f"dC_da1 = dC_dz2 · w2 = {_show(delta)} · {_in(w)} = {_show(delta * w)}"]
        if step != "dC_da1":
            said += f", a1 = {_row(a1)}"
            steps += [
                f"slope = a1 · (1 − a1) = {_show(a)} · {_show(1 - a)} = {_show(slope)}",
                f"dC_dz1 = dC_da1 · slope = {_show(delta * w)} · {_show(slope)} = {_show(hidden)}",
            ]
        what = f"of the {PLACES[unit]} hidden unit"
        if step == "dC_dw1":
            given["X"], said = [x], f"X = {_row(x)}, {said}"
            what = f"for the weight from the {PLACES[put]} input to the {PLACES[unit]} hidden unit"
            steps.append(f"dC_dw1 = X · dC_dz1 = {_show(x[put])} · {_in(hidden)} = "
                         f"{_show(x[put] * hidden)}")  # fmt: skip
        return Drawn(
            f"In a network 2–2–1, for a single flower: {said}. What is {step} {what}?",
            Calculation(step, _floats(**given), (put if step == "dC_dw1" else 0, unit)),
            tuple(steps),
        )

    return calculation


def _step(dice: Dice) -> Drawn:
    w, slopes, rate = dice.picks(2, WEIGHTS), dice.picks(2, WEIGHTS), dice.pick(RATES)
    move = rate * slopes[0]
    return Drawn(
        f"Two weights are w = {_row(w)}, and their gradient is dC_dw = {_row(slopes)}. The "
        f"learning rate is {_show(rate)}. What is the first weight after one step?",
        Calculation("stepped", _floats(w=[[n] for n in w], dC_dw=[[n] for n in slopes],
                                       rate=rate)),
        ("new w = w − learning rate · dC_dw",
         f"= {_show(w[0])} − {_show(rate)} · {_in(slopes[0])}",
         f"= {_show(w[0])} − {_in(move)}", f"= {_show(w[0] - move)}"),
    )  # fmt: skip


TOPICS: Mapping[str, tuple[Callable[[Dice], Drawn], ...]] = {
    "slope": (_slope,),
    "forward": (_hidden("z1"), _hidden("a1"), _output("z2"), _output("y_hat")),
    "cost": (_cost_of_one, _cost_of_two),
    "delta": (_delta,),
    "backward": (_second_weights, _back("dC_da1"), _back("dC_dz1"), _back("dC_dw1")),
    "step": (_step,),
}
