"""The exercises of notebook 02: wrong functions the way people write them, and right ones."""

import contextlib
import io
import math

import numpy as np
import pytest
import torch

from fnn_helpers.feedback import check_exercise
from fnn_helpers.feedback.tasks.exercises import n02

from .as_written import AsWritten

WRITTEN = AsWritten()
right, wrong = WRITTEN.right, WRITTEN.wrong

# --- a central difference ----------------------------------------------------------------------

DIFFERENCE = "02-central-difference"


@right(DIFFERENCE)
def in_one_line(f, z, h):
    return (f(z + h) - f(z - h)) / (2 * h)


@right(DIFFERENCE)
def in_steps(f, z, h):
    left, right = z - h, z + h
    rise = f(right) - f(left)
    return rise / h / 2


@right(DIFFERENCE)
def entry_by_entry(f, z, h):
    slopes = torch.zeros_like(z)
    for i in range(len(z)):
        slopes[i] = (f(z[i] + h) - f(z[i] - h)) / (2 * h)
    return slopes


@wrong(DIFFERENCE, "one-sided", "slope")
def to_the_right(f, z, h):
    return (f(z + h) - f(z)) / h


@wrong(DIFFERENCE, "one-sided", "slope")
def to_the_left(f, z, h):
    return (f(z) - f(z - h)) / h


@wrong(DIFFERENCE, "distance-halved", "slope")
def over_one_h(f, z, h):
    return (f(z + h) - f(z - h)) / h


@wrong(DIFFERENCE, "half-step", "slope")
def half_a_step(f, z, h):
    return (f(z + h / 2) - f(z - h / 2)) / h


@wrong(DIFFERENCE, "missing-parentheses", "slope")
def below_the_bar(f, z, h):
    return (f(z + h) - f(z - h)) / 2 * h


@wrong(DIFFERENCE, "missing-parentheses", "slope")
def above_the_bar(f, z, h):
    return f(z + h) - f(z - h) / (2 * h)


@wrong(DIFFERENCE, "missing-parentheses", "slope")
def no_parentheses(f, z, h):
    return f(z + h) - f(z - h) / 2 * h


@wrong(DIFFERENCE, "plus-for-minus", "slope")
def added(f, z, h):
    return (f(z + h) + f(z - h)) / (2 * h)


@wrong(DIFFERENCE, "division-missing", "slope")
def only_the_rise(f, z, h):
    return f(z + h) - f(z - h)


@wrong(DIFFERENCE, "second-derivative", "slope")
def curvature(f, z, h):
    return (f(z + h) - 2 * f(z) + f(z - h)) / h**2


@wrong(DIFFERENCE, "own-step", "slope")
def h_overwritten(f, z, h):
    h = 1e-4
    return (f(z + h) - f(z - h)) / (2 * h)


@wrong(DIFFERENCE, "value-instead", "slope")
def just_f(f, z, h):
    return f(z)


@wrong(DIFFERENCE, "sign", "slope")
def left_minus_right(f, z, h):
    return (f(z - h) - f(z + h)) / (2 * h)


# --- the best step -----------------------------------------------------------------------------

BEST = "02-best-step"


def _slopes(f, z, h):
    return (f(z + h) - f(z - h)) / (2 * h)


@right(BEST)
def with_a_list(f, slope, z, steps):
    errors = []
    for h in steps:
        errors.append((_slopes(f, z, h) - slope).abs().max())
    return steps[errors.index(min(errors))]


@right(BEST)
def keeping_the_best(f, slope, z, steps):
    best, least = None, math.inf
    for h in steps:
        error = (_slopes(f, z, h).double() - slope).norm().item()
        if error < least:
            best, least = h, error
    return best


@right(BEST)
def with_argmin(f, slope, z, steps):
    errors = torch.stack([((_slopes(f, z, h) - slope) ** 2).mean() for h in steps])
    return steps[errors.argmin()]


@wrong(BEST, "index-instead", "step")
def where_it_is(f, slope, z, steps):
    return torch.stack([(_slopes(f, z, h) - slope).norm() for h in steps]).argmin()


@wrong(BEST, "error-instead", "step")
def the_error(f, slope, z, steps):
    return min((_slopes(f, z, h) - slope).norm() for h in steps)


@wrong(BEST, "error-instead", "step")
def the_relative_error(f, slope, z, steps):
    return min((_slopes(f, z, h) - slope).norm() / slope.norm() for h in steps)


@wrong(BEST, "smallest-step", "step")
def the_smallest(f, slope, z, steps):
    return min(steps)


@wrong(BEST, "largest-step", "step")
def returned_in_the_loop(f, slope, z, steps):
    best = math.inf
    for h in steps:
        error = (_slopes(f, z, h) - slope).norm()
        if error < best:
            return h
    return None


@wrong(BEST, "sign-kept", "step")
def most_negative(f, slope, z, steps):
    return min(steps, key=lambda h: (_slopes(f, z, h).double() - slope).min())


# --- a wrong slope that passes -----------------------------------------------------------------

HIDING = "02-hiding"


def _sigma_slope(z):
    return torch.sigmoid(z) * (1 - torch.sigmoid(z))


@right(HIDING)
def a_wave(z):
    return _sigma_slope(z) + 0.1 * torch.sin(math.pi * z)


@right(HIDING)
def cut_off(z):
    return torch.where(z.abs() <= 4.5, _sigma_slope(z), 0.0)


@right(HIDING)
def joined_by_lines(z):
    places = np.linspace(-4, 4, 9)
    return np.interp(z.numpy(), places, _sigma_slope(torch.tensor(places)).numpy())


@wrong(HIDING, "nothing-to-hide", "elsewhere")
def the_right_one(z):
    return _sigma_slope(z)


@wrong(HIDING, "seen", "at_the_nine")
def a_cosine(z):
    return _sigma_slope(z) + 0.1 * torch.cos(math.pi * z)


@wrong(HIDING, "seen", "at_the_nine")
def one_number(z):
    return 0.25


@wrong(HIDING, "nothing-to-hide", "elsewhere")
def hidden_too_well(z):
    return _sigma_slope(z) + 1e-12 * torch.sin(math.pi * z)


# --- tanh --------------------------------------------------------------------------------------

TANH = "02-tanh-slope"


@right(TANH)
def one_minus_square(a):
    return 1 - a**2


@right(TANH)
def third_binomial(a):
    return (1 - a) * (1 + a)


@right(TANH)
def in_numpy(a):
    return 1 - np.square(a)


@wrong(TANH, "sigmoid-slope", "slope")
def of_the_sigmoid(a):
    return a * (1 - a)


@wrong(TANH, "slope-of-activation", "slope")
def tanh_again(a):
    return 1 - torch.tanh(a) ** 2


@wrong(TANH, "slope-of-activation", "slope")
def with_cosh(a):
    return 1 / torch.cosh(a) ** 2


@wrong(TANH, "slope-of-pre-activation", "slope")
def back_to_z(a):
    z = torch.atanh(a)
    return 1 - z**2


@wrong(TANH, "square-missing", "slope")
def no_square(a):
    return 1 - a


@wrong(TANH, "one-minus-missing", "slope")
def only_a_square(a):
    return a * a


@wrong(TANH, "plus-for-minus", "slope")
def plus(a):
    return 1 + a**2


@wrong(TANH, "squared", "slope")
def parentheses_too_far(a):
    return (1 - a) ** 2


@wrong(TANH, "squared", "slope")
def slope_squared(a):
    return (1 - a**2) ** 2


@wrong(TANH, "root-of-it", "slope")
def like_a_circle(a):
    return torch.sqrt(1 - a * a)


@wrong(TANH, "reciprocal", "slope")
def upside_down(a):
    return 1 / (1 - a**2)


@wrong(TANH, "differentiated-again", "slope")
def for_a(a):
    return -2 * a


@wrong(TANH, "value-instead", "slope")
def unchanged(a):
    return a


# --- a unit to mend ----------------------------------------------------------------------------

UNIT = "02-unit"


@right(UNIT)
def two_cases(z):
    e = torch.exp(-z.abs())
    a = torch.where(z >= 0, 1 / (1 + e), e / (1 + e))
    return a, e / (1 + e) ** 2


@right(UNIT)
def the_form_of_the_notebook(z):
    a, rest = 1 / (1 + torch.exp(-z)), 1 / (1 + torch.exp(z))
    return a, a * rest


@right(UNIT)
def with_the_helper(z):
    a = torch.sigmoid(z)
    return a, a * (1 - a)


@right(UNIT)
def with_lists(z):
    slopes, values = [], []
    for x in z.flatten().tolist():
        e = math.exp(-abs(x))
        values.append(1 / (1 + e) if x >= 0 else e / (1 + e))
        slopes.append(e / (1 + e) ** 2)
    return torch.tensor(values).reshape(z.shape), torch.tensor(slopes).reshape(z.shape)


@wrong(UNIT, "not-a-number", "a")
def as_it_was(z):
    e = torch.exp(z)
    return e / (1 + e), e / (1 + e**2)


@wrong(UNIT, "square-in-the-wrong-place", "slope")
def half_mended(z):
    e = torch.exp(-z.abs())
    return torch.where(z >= 0, 1 / (1 + e), e / (1 + e)), e / (1 + e**2)


@wrong(UNIT, "clamped", "a")
def clamped_at_ten(z):
    z = z.clamp(-10, 10)
    e = torch.exp(z)
    return e / (1 + e), e / (1 + e) ** 2


@wrong(UNIT, "clamped", "a")
def clamped_at_sixteen(z):
    e = torch.exp(torch.clamp(z, -16, 16))
    return e / (1 + e), e / (1 + e) ** 2


@wrong(UNIT, "clamped", "slope")
def only_the_slope_clamped(z):
    e = torch.exp(z.clamp(max=15))
    return torch.sigmoid(z), e / (1 + e) ** 2


@wrong(UNIT, "absolute-z", "a")
def branch_dropped(z):
    e = torch.exp(-z.abs())
    return 1 / (1 + e), e / (1 + e) ** 2


@wrong(UNIT, "absolute-z", "a")
def other_branch_dropped(z):
    e = torch.exp(-z.abs())
    return e / (1 + e), e / (1 + e) ** 2


@wrong(UNIT, "wrong-sign-in-exponent", "a")
def cases_exchanged(z):
    e = torch.exp(-z.abs())
    return torch.where(z < 0, 1 / (1 + e), e / (1 + e)), e / (1 + e) ** 2


@wrong(UNIT, "tanh", "a")
def another_curve(z):
    a = torch.tanh(z / 2)
    return a, torch.sigmoid(z) * torch.sigmoid(-z)


@wrong(UNIT, "slope-of-activation", "slope")
def sigmoid_of_a(z):
    a = torch.sigmoid(z)
    return a, torch.sigmoid(a) * (1 - torch.sigmoid(a))


@wrong(UNIT, "slope-of-pre-activation", "slope")
def slope_of_z(z):
    return torch.sigmoid(z), z * (1 - z)


@wrong(UNIT, "square-in-the-wrong-place", "slope")
def denominator_forgotten(z):
    return torch.sigmoid(z), torch.exp(-z.abs())


FIVE = torch.sigmoid(torch.tensor([-1000.0, -2.0, 0.0, 2.0, 1000.0]))


@wrong(UNIT, None, "a")
def five_numbers_typed_in(z):
    return FIVE, FIVE * (1 - FIVE)


# --- the claims --------------------------------------------------------------------------------


@pytest.mark.parametrize(("exercise", "f"), WRITTEN.right_ones)
def test_a_right_function_is_accepted(exercise, f) -> None:
    said = check_exercise(exercise, f)
    assert said, said.message


@pytest.mark.parametrize(("exercise", "mistake", "where", "f"), WRITTEN.wrong_ones)
def test_a_wrong_function_is_refused_and_named(exercise, mistake, where, f) -> None:
    with contextlib.redirect_stdout(io.StringIO()):
        said = check_exercise(exercise, f)
    assert not said and (said.mistake, said.where) == (mistake, where), said.message


# What the records of the sigmoid and of its slope say elsewhere, shown there by real functions.
REUSED = {
    (UNIT, "a"): {m.id for m in n02.activation_mistakes(lambda v: v.z1)},
    (UNIT, "slope"): {m.id for m in n02.SLOPE},
}


def test_every_record_has_a_real_function() -> None:
    assert WRITTEN.not_shown(n02.EXERCISES, REUSED) == []


def test_both_bugs_of_the_suspect_are_found_at_once() -> None:
    said = check_exercise(UNIT, as_it_was, hunt=True)
    assert said.quantities == {"a": "wrong", "slope": "wrong"}


def test_the_best_step_is_well_apart_from_the_next() -> None:
    """However the error is measured, and on every processor, the same step is best."""
    for number in range(3):
        given = n02._measured(torch.Generator().manual_seed(number), number)
        errors = sorted(n02._errors(n02.Values(given=given)))
        assert errors[1] > 3 * errors[0]
