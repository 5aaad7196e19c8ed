"""Notebook 02: a central difference, its best step, a slope that hides, tanh, a unit to mend."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import torch

from ...quantity import Mistake, Wrong
from ...steps import Make, Values
from ..sigmoid import activation_mistakes, σ
from ..slope import SLOPE
from .exercise import Exercise

Curve = Callable[[torch.Tensor], torch.Tensor]


def _uniform(generator: torch.Generator, low: float, high: float, *shape: int) -> torch.Tensor:
    return low + (high - low) * torch.rand(*shape, generator=generator, dtype=torch.float64)


def _central(f: Curve, z: torch.Tensor, h: float) -> torch.Tensor:
    return (f(z + h) - f(z - h)) / (2 * h)


# --- a central difference ----------------------------------------------------------------------

CURVES: tuple[Curve, ...] = (torch.sin, lambda z: z**3 - 2 * z, torch.exp)


def _curve(generator: torch.Generator, number: int) -> Sequence[object]:
    """A large step, so that each way of measuring gives numbers of its own."""
    h = (0.5, 0.3, 0.2)[number]
    return CURVES[number], _uniform(generator, -2, 2, 4 + number), h


def _of(formula: Callable[[Curve, torch.Tensor, float], torch.Tensor]) -> Make:
    return lambda v: formula(*v.given)


DIFFERENCE = (
    Mistake("one-sided",
      lambda v: [_of(lambda f, z, h: (f(z + h) - f(z)) / h)(v),
                 _of(lambda f, z, h: (f(z) - f(z - h)) / h)(v)],
      "It goes to one side only: one of its two points is z itself.",
      "How far are the two points from z, and on which sides?"),
    Mistake("distance-halved", _of(lambda f, z, h: (f(z + h) - f(z - h)) / h),
      "The rise is right, but it is divided by h. The two points are farther apart.",
      "How far is it from z − h to z + h?"),
    Mistake("half-step", _of(lambda f, z, h: _central(f, z, h / 2)),
      "Its two points are h apart, half a step on each side. They should be a whole step away.",
      "How far are the two points from z?"),
    Mistake("missing-parentheses",
      lambda v: [_of(lambda f, z, h: (f(z + h) - f(z - h)) / 2 * h)(v),
                 _of(lambda f, z, h: f(z + h) - f(z - h) / (2 * h))(v),
                 _of(lambda f, z, h: f(z + h) - f(z - h) / 2 * h)(v)],
      ("`/ 2 * h` divides by 2 and then multiplies by h: parentheses are missing.",
       "Only the second value is divided: the parentheses around the difference are missing.",
       "Two pairs of parentheses are missing, above and below the fraction bar."),
      "Multiplication and division are done from left to right, and before plus and minus."),
    Mistake("plus-for-minus", _of(lambda f, z, h: (f(z + h) + f(z - h)) / (2 * h)),
      "The two values are added. A rise is a difference.",
      "What should come out for a function that is the same everywhere?"),
    Mistake("division-missing", _of(lambda f, z, h: f(z + h) - f(z - h)),
      "This is the rise. A slope is the rise divided by the distance.",
      "What should come out for f(z) = z, whatever h is?"),
    Mistake("second-derivative", _of(lambda f, z, h: (f(z + h) - 2 * f(z) + f(z - h)) / h**2),
      "This is the slope of the slope.", "Two values of f are enough."),
    Mistake("sign", _of(lambda f, z, h: (f(z - h) - f(z + h)) / (2 * h)),
      "The two points are exchanged: the sign is turned round.",
      "What should come out for f(z) = z?"),
    Mistake("own-step", lambda v: _central(v.given[0], v.given[1], 1e-5),
      "It takes a small step of its own: h is not used.",
      "Which of its arguments have you not used?"),
    Mistake("value-instead", _of(lambda f, z, h: f(z)),
      "These are the values of f, not its slopes.", "Where does h occur?"),
)  # fmt: skip

# --- the best step -----------------------------------------------------------------------------

STEPS = tuple(10.0**-k for k in range(1, 9))
MEASURED: tuple[tuple[Curve, Curve, torch.dtype], ...] = (
    (torch.sigmoid, lambda z: σ(z) * σ(-z), torch.float32),
    (torch.sin, torch.cos, torch.float64),
    (lambda z: torch.sigmoid(z / 8), lambda z: σ(z / 8) * σ(-z / 8) / 8, torch.float32),
)


def _measured(generator: torch.Generator, number: int) -> Sequence[object]:
    f, slope, dtype = MEASURED[number]
    z = _uniform(generator, -3, 3, 50 + number)
    return f, slope(z), z.to(dtype), STEPS


def _errors(v: Values) -> list[float]:
    f, slope, z, steps = v.given
    return [(_central(f, z, h).double() - slope).norm().item() for h in steps]


def _best(f: Curve, slope: torch.Tensor, z: torch.Tensor, steps: Sequence[float]) -> torch.Tensor:
    errors = _errors(Values(given=(f, slope, z, steps)))
    return torch.tensor(steps[errors.index(min(errors))], dtype=torch.float64)


def _step(pick: Callable[[Values], float]) -> Make:
    return lambda v: torch.tensor(pick(v), dtype=torch.float64)


BEST_STEP = (
    Mistake("smallest-step", _step(lambda v: v.given[3][-1]),
      "It chooses the smallest step. Nearly equal numbers are subtracted there.",
      "Print the error for each step: where is it least?"),
    Mistake("largest-step", _step(lambda v: v.given[3][0]),
      "It chooses the largest step, which measures over a curved piece.",
      "Print the error for each step: where is it least?"),
    Mistake("index-instead", _step(lambda v: _errors(v).index(min(_errors(v)))),
      "This is the place of the best step in the list, counted from 0. The step itself is asked "
      "for.", "What does argmin give?"),
    Mistake("error-instead", lambda v: [
        _step(lambda v: min(_errors(v)))(v),
        _step(lambda v: min(_errors(v)) / v.given[1].norm().item())(v)],
      "This is the least error. The step that has it is asked for.",
      "Which of the two lists should the answer come from?"),
    Mistake("sign-kept", _step(lambda v: min(v.given[3], key=lambda h: (
        _central(v.given[0], v.given[2], h).double() - v.given[1]).min().item())),
      "The differences keep their signs, so that the most negative one counts as the smallest.",
      "Is −1 a smaller error than 0.001?"),
)  # fmt: skip

# --- a wrong slope that passes -----------------------------------------------------------------

NINE = torch.linspace(-4, 4, 9, dtype=torch.float64)
YES, NO = 2.0, 1.0
SEEN = 1e-8  # what the referee of the notebook lets pass


def _points(generator: torch.Generator, number: int) -> Sequence[torch.Tensor]:
    return (torch.cat([NINE, _uniform(generator, -7, 7, 20 + number)]),)


def _looked_at(slope: torch.Tensor, z: torch.Tensor) -> tuple[torch.Tensor, ...]:
    """Whether it agrees at the nine points, and whether it is wrong at the others."""
    off = (torch.as_tensor(slope) - σ(z) * σ(-z)).abs() * torch.ones_like(z)
    agrees, differs = off[:9].max() <= SEEN, off[9:].max() > 1e-3
    return tuple(torch.tensor(YES if said else NO) for said in (agrees, differs))


HIDING = {
    "at_the_nine": (
        Mistake("seen", lambda v: torch.tensor(NO),
          "The referee sees it: at one of the nine points it is off by more than 1e-8.",
          "Which curve is 0 at every whole number? Add it to the right slope."),
    ),
    "elsewhere": (
        Mistake("nothing-to-hide", lambda v: torch.tensor(NO),
          "It is right at all other points too, so there is nothing to hide. A wrong slope is "
          "asked for.", "What may happen between two of the nine points, or outside them?"),
    ),
}  # fmt: skip

# --- tanh --------------------------------------------------------------------------------------


def _activations(generator: torch.Generator, number: int) -> Sequence[torch.Tensor]:
    return (torch.tanh(_uniform(generator, -2, 2, 3 + number, 2 + 2 * number)),)


def _a(formula: Callable[[torch.Tensor], Wrong]) -> Callable[[Values], Wrong]:
    return lambda v: formula(v.given[0])


TANH = (
    Mistake("sigmoid-slope", _a(lambda a: a * (1 - a)),
      "This is the slope of the sigmoid, from its activation. tanh is another curve.",
      "At z = 0 tanh is 0, and it rises there with slope 1."),
    Mistake("slope-of-activation", _a(lambda a: 1 - torch.tanh(a) ** 2),
      "tanh is applied to a, which is tanh(z) already.",
      "The slope from the activation needs no tanh."),
    Mistake("slope-of-pre-activation", _a(lambda a: [1 - torch.atanh(a) ** 2, torch.atanh(a)]),
      "The activation was turned back into z first.",
      "The formula is short: it needs a and nothing else."),
    Mistake("square-missing", _a(lambda a: 1 - a), "The square is missing.",
      "The slope is the same at z and at −z, where a has the opposite sign."),
    Mistake("one-minus-missing", _a(lambda a: a**2), "This is the square of a alone.",
      "Where a is near 1 the curve is flat: what should the slope be there?"),
    Mistake("plus-for-minus", _a(lambda a: 1 + a**2), "There is a plus where a minus should be.",
      "Where a is near 1 the curve is flat: what should the slope be there?"),
    Mistake("squared", _a(lambda a: [(1 - a) ** 2, (1 - a**2) ** 2]),
      ("The whole difference is squared: the square belongs to a alone.",
       "The slope is multiplied in twice."), "At a = 0.5 the slope is 0.75."),
    Mistake("root-of-it", _a(lambda a: (1 - a**2).sqrt()), "A square root was taken of it.",
      "At a = 0.5 the slope is 0.75."),
    Mistake("reciprocal", _a(lambda a: 1 / (1 - a**2)), "This is one over the slope.",
      "tanh is never steeper than 1."),
    Mistake("differentiated-again", _a(lambda a: [-2 * a, -2 * a * (1 - a**2)]),
      "This is a derivative of the slope.", "One derivative is enough."),
    Mistake("value-instead", _a(lambda a: a), "This is the activation itself.",
      "What is the slope where a = 0?"),
)  # fmt: skip

# --- a unit to mend ----------------------------------------------------------------------------


def _near_and_far(generator: torch.Generator, number: int) -> Sequence[torch.Tensor]:
    """Near 0; far left; far right: each alone, since small numbers hide beside large ones."""
    if number == 0:
        return (_uniform(generator, -4, 4, 5),)
    side = (-1, 1)[number - 1]
    far = _uniform(generator, 15, 30, 2, 2 + number)
    far[0, 0], far[1, 1] = 16 + number, 1000
    return (side * far,)


CUT = (4, 5, 6, 8, 10, 12, 15, 16)


def _clamped(get: Callable[[torch.Tensor], torch.Tensor]) -> Callable[[Values], Wrong]:
    def make(v: Values) -> list[torch.Tensor]:
        z = v.given[0]
        kept = (z.clamp(-c, c) for c in CUT)
        one_side = (z.clamp(lowest, highest) for c in CUT for lowest, highest in
                    ((-c, None), (None, c)))  # fmt: skip
        return [get(k) for k in (*kept, *one_side)]

    return make


def _cut_off(get: Callable[[torch.Tensor], torch.Tensor]) -> Mistake:
    return Mistake(
        "clamped", _clamped(get),
        "It stays right near 0 and stands still farther out: z is cut off. σ goes on falling "
        "toward 0 and rising toward 1.", "Which power of e overflows, and which never does?",
    )  # fmt: skip


def _from_unit(mistake: Mistake) -> Mistake:
    """A record of the slope, for a function that makes the activation itself."""
    return replace(
        mistake, make=lambda v: mistake.make(Values(a1=σ(v.given[0]), z1=v.given[0], N=v.N))
    )


UNIT = {
    "a": (
        _cut_off(σ),
        Mistake("wrong-sign-in-exponent", lambda v: σ(-v.given[0]),
          "It falls where the sigmoid rises: a sign in an exponent is wrong, or the two cases are "
          "exchanged.", "Which of the two forms is for z ≥ 0?"),
        Mistake("absolute-z", lambda v: [σ(v.given[0].abs()), σ(-v.given[0].abs())],
          ("No value lies below one half: the case z < 0 is missing.",
           "No value lies above one half: the case z ≥ 0 is missing."),
          "e is never above 1 if it is e to the power −|z|. Then two cases are left."),
        *activation_mistakes(lambda v: v.given[0]),
    ),
    "slope": (
        _cut_off(lambda z: σ(z) * σ(-z)),
        Mistake("square-in-the-wrong-place", lambda v: [
            1 / (2 * torch.cosh(v.given[0])), torch.exp(-v.given[0].abs())],
          ("Only e is squared in the denominator. The whole sum should be.",
           "The denominator is missing."),
          "Write the slope at z = 0 as a number: it is a quarter."),
        *map(_from_unit, SLOPE),
    ),
}  # fmt: skip


def _activation_and_slope(z: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    return σ(z), σ(z) * σ(-z)


EXERCISES = {
    "02-central-difference": Exercise(
        ("slope",), ("f", "z", "h"), _curve, _central, {"slope": DIFFERENCE},
        section="notebook 02, Check a derivative with two points",
        praise="the rise over 2h, for three curves and three steps.",
    ),
    "02-best-step": Exercise(
        ("step",), ("f", "slope", "z", "steps"), _measured, _best, {"step": BEST_STEP},
        section="notebook 02, How small a step?",
        praise="the step with the least error, in float32 and in float64.",
    ),
    "02-hiding": Exercise(
        ("at_the_nine", "elsewhere"), ("z",), _points,
        lambda z: (torch.tensor(YES), torch.tensor(YES)), HIDING, see=_looked_at,
        section="notebook 02, Check a derivative with two points",
        praise="it passes at the nine points and is wrong elsewhere. A referee sees only where it "
        "looks: many points, and none of them special.",
    ),
    "02-tanh-slope": Exercise(
        ("slope",), ("a",), _activations, lambda a: 1 - a**2, {"slope": TANH},
        section="notebook 02, The slope, line by line",
        praise="the slope of tanh, from its activation.",
    ),
    "02-unit": Exercise(
        ("a", "slope"), ("z",), _near_and_far, _activation_and_slope, UNIT,
        section="notebook 02, The far ends",
        praise="activation and slope, near 0 and far from it on both sides.",
    ),
}  # fmt: skip
