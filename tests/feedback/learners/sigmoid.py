"""check_sigmoid(z) -> a, for z of any shape and size."""
# ruff: noqa: E731, F821, F841

import functools
import math
from decimal import Decimal

import numpy as np
import torch
import torch.nn.functional as F

from .bank import right, wrong

CHECK = "check_sigmoid"
SEEN = {}


def s(z):
    return 1 / (1 + torch.exp(-z))


def entry_by_entry(function, z):
    values = [function(v) for v in z.flatten().tolist()]
    return torch.tensor(values, dtype=torch.float64).reshape(z.shape)


# --- one mistake -----------------------------------------------------------------------------


@wrong(CHECK, "activation-missing", where="a", cause="computes a and returns z")
def returns_z(z):
    a = 1 / (1 + torch.exp(-z))
    return z


@wrong(CHECK, "activation-missing", where="a", cause="takes the logit of the sigmoid")
def logit_of_sigmoid(z):
    p = 1 / (1 + np.exp(-np.clip(z.numpy(), -30, 30)))
    return np.log(p) - np.log(1 - p)


@wrong(CHECK, "wrong-sign-in-exponent", where="a", cause="exp(z) for exp(-z)")
def minus_forgotten(z):
    return 1 / (1 + torch.exp(z))


@wrong(CHECK, "wrong-sign-in-exponent", where="a", cause="exp(-z) / (1 + exp(-z))")
def minus_above_and_below(z):
    return np.exp(-z.numpy()) / (1 + np.exp(-z.numpy()))


@wrong(CHECK, "wrong-sign-in-exponent", where="a", cause="two minus signs in helper and caller")
def minus_in_helper_and_caller(z):
    def e_to_minus(x):
        return math.e ** (-x)

    return 1 / (1 + e_to_minus(-z))


@wrong(CHECK, "missing-parentheses", where="a", cause="1 / 1 + exp(-z)")
def no_parentheses(z):
    return 1 / 1 + torch.exp(-z)


@wrong(CHECK, "missing-parentheses", where="a", cause="parentheses round the 1 only")
def parentheses_round_one(z):
    return 1 / (1) + np.exp(-z.numpy())


@wrong(CHECK, "times-z", where="a", cause="z in the numerator")
def z_in_the_numerator(z):
    return z / (1 + torch.exp(-z))


@wrong(CHECK, "times-z", where="a", cause="takes SiLU for sigmoid")
def silu(z):
    return F.silu(z)


@wrong(CHECK, "tanh", where="a", cause="tanh for sigmoid")
def tanh_for_sigmoid(z):
    return np.tanh(z)


@wrong(CHECK, "tanh", where="a", cause="2 sigma(2z) - 1, the formula that links the two")
def formula_that_links_tanh(z):
    return 2 * s(2 * z) - 1


@wrong(CHECK, "relu", where="a", cause="max(0, z)")
def relu_for_sigmoid(z):
    return torch.clamp(z, min=0)


@wrong(CHECK, "relu", where="a", cause="ReLU with a mask")
def relu_with_a_mask(z):
    return z * (z > 0)


@wrong(CHECK, "step-function", where="a", cause="a hard threshold")
def hard_threshold(z):
    return torch.heaviside(z, torch.tensor(1.0, dtype=z.dtype))


@wrong(CHECK, "step-function", where="a", cause="the answer is rounded to a class")
def rounded_to_a_class(z):
    return torch.round(torch.sigmoid(z))


@wrong(CHECK, "slope-instead", where="a", cause="returns the derivative")
def derivative(z):
    e = torch.exp(-z)
    return e / (1 + e) ** 2


@wrong(CHECK, "slope-instead", where="a", cause="the flag's default is the derivative")
def flag_for_the_derivative(z, derive=True):
    a = 1 / (1 + np.exp(-z.numpy()))
    return a * (1 - a) if derive else a


@wrong(CHECK, "slope-formula", where="a", cause="z(1 - z): the slope of an activation, given z")
def flag_with_z_for_a(z, deriv=True):
    if deriv:
        return z * (1 - z)
    return 1 / (1 + np.exp(-z))


@wrong(CHECK, "applied-twice", where="a", cause="sigmoid of the sigmoid")
def helper_and_library(z):
    a = 1 / (1 + torch.exp(-z))
    return torch.sigmoid(a)


@wrong(CHECK, "applied-twice", where="a", cause="a loop over two layers that there are not")
def once_for_each_layer(z):
    for _ in range(2):
        z = 1 / (1 + (-z).exp())
    return z


@wrong(CHECK, "minus-in-denominator", where="a", cause="1 - exp(-z)")
def minus_below(z):
    return 1.0 / (1.0 - torch.exp(-z))


@wrong(CHECK, "exponential-only", where="a", cause="exp(z) alone")
def exponential_alone(z):
    return torch.exp(z)


@wrong(CHECK, "exponential-only", where="a", cause="1 / exp(-z): the 1 + is forgotten")
def one_plus_forgotten(z):
    return 1 / np.exp(-z.numpy())


@wrong(CHECK, "base-two", where="a", cause="a power of two")
def power_of_two(z):
    return 1 / (1 + 2**-z)


@wrong(CHECK, "base-two", where="a", cause="exp2 for exp")
def exp2_for_exp(z):
    return 1 / (1 + torch.exp2(-z))


@wrong(CHECK, "base-two", where="a", cause="1e0 read as e: a power of ten")
def power_of_ten(z):
    return 1 / (1 + 10 ** (-z))


@wrong(CHECK, "base-two", where="a", cause="three for e")
def three_for_e(z):
    return 1 / (1 + torch.pow(torch.tensor(3.0), -z))


@wrong(CHECK, "softmax", where="a", cause="softmax along the last axis")
def softmax_of_rows(z):
    return torch.softmax(z, dim=-1)


@wrong(CHECK, "softmax", where="a", cause="shares of all entries")
def shares_of_all(z):
    e = np.exp(z.numpy() - z.numpy().max())
    return e / e.sum()


@wrong(CHECK, "softplus", where="a", cause="ln(1 + exp(z))")
def soft_plus(z):
    return F.softplus(z)


@wrong(CHECK, "softplus", where="a", cause="the logarithm of the denominator of sigma(-z)")
def log_of_the_denominator(z):
    return torch.log(1 + torch.exp(z))


@wrong(CHECK, "straight-line", where="a", cause="the hard sigmoid")
def hard_sigmoid(z):
    return F.hardsigmoid(z)


@wrong(CHECK, "straight-line", where="a", cause="the tangent at 0, cut off")
def tangent_cut_off(z):
    return torch.clip(0.5 + z / 4, 0, 1)


@wrong(CHECK, "straight-line", where="a", cause="0.2 z + 0.5, as old Keras had it")
def old_keras(z):
    return np.clip(0.2 * z.numpy() + 0.5, 0.0, 1.0)


@wrong(CHECK, "twice-as-steep", where="a", cause="(1 + tanh z) / 2 without halving z")
def tanh_without_halving(z):
    return (1 + torch.tanh(z)) / 2


@wrong(CHECK, "twice-as-steep", where="a", cause="exp(-z) squared")
def exponential_squared(z):
    return 1 / (1 + torch.exp(-z) ** 2)


@wrong(CHECK, "absolute-z", where="a", cause="exp(-abs(z)), the stable form without its cases")
def stable_without_cases(z):
    return 1 / (1 + torch.exp(-abs(z)))


@wrong(
    CHECK,
    "absolute-z",
    where="a",
    cause="the branch for negative z has the minus of the other",
    or_else=(("right-for-positive-z",),),
)
def branch_with_wrong_minus(z):
    e = torch.exp(-z)
    return torch.where(z >= 0, 1 / (1 + e), e / (1 + e))


@wrong(CHECK, "logarithm", where="a", cause="log-sigmoid for sigmoid")
def log_sigmoid(z):
    return F.logsigmoid(z)


@wrong(CHECK, "right-for-positive-z", where="a", cause="negative z become 0 against overflow")
def clipped_at_zero(z):
    return 1 / (1 + torch.exp(-z.clamp(min=0)))


@wrong(CHECK, "right-for-positive-z", where="a", cause="fills only the entries where z >= 0")
def second_case_not_filled(z):
    out = torch.zeros_like(z)
    out[z >= 0] = 1 / (1 + torch.exp(-z[z >= 0]))
    return out


@wrong(CHECK, "right-for-negative-z", where="a", cause="minimum(z, 0) in both places")
def minimum_in_both_places(z):
    e = np.exp(np.minimum(z.numpy(), 0))
    return e / (1 + e)


@wrong(CHECK, "right-for-negative-z", where="a", cause="the 1 - for z > 0 is forgotten")
def mirror_without_one_minus(z):
    e = torch.exp(-z.abs())
    return e / (1 + e)


@wrong(CHECK, "few-digits", where="a", cause="e typed as 2.7")
def e_with_one_digit(z):
    return 1 / (1 + 2.7**-z)


@wrong(CHECK, "few-digits", where="a", cause="e typed as 2.718")
def e_with_three_digits(z):
    e = 2.718
    return 1 / (1 + np.power(e, -z.numpy()))


@wrong(CHECK, "few-digits", where="a", cause="e typed as 2.71")
def e_with_two_digits(z):
    return entry_by_entry(lambda v: 1 / (1 + 2.71 ** max(-v, -700) if v > -700 else math.inf), z)


@wrong(CHECK, "rounded", where="a", cause="rounded to two places")
def two_places(z):
    return torch.round(torch.sigmoid(z), decimals=2)


@wrong(CHECK, "rounded", where="a", cause="rounded to four places, to look nice")
def four_places(z):
    return entry_by_entry(lambda v: round(1 / (1 + math.exp(-v)), 4) if v > -700 else 0.0, z)


@wrong(CHECK, "rounded", where="a", cause="z becomes a whole number first")
def whole_z(z):
    return torch.sigmoid(z.round())


@wrong(CHECK, "half-precision", where="a", cause="half precision, to save memory")
def half(z):
    return torch.sigmoid(z.half())


@wrong(CHECK, "half-precision", where="a", cause="bfloat16")
def brain_float(z):
    return torch.sigmoid(z.to(torch.bfloat16)).double()


@wrong(CHECK, "zeros", where="a", cause="the result is made of whole numbers: all 0")
def whole_numbers(z):
    return torch.sigmoid(z).long()


@wrong(CHECK, "zeros", where="a", cause="the answer array is made and never filled")
def never_filled(z):
    out = torch.zeros_like(z)
    for v in z.flatten():
        a = 1 / (1 + torch.exp(-v))
    return out


@wrong(CHECK, "clipped", where="a", cause="kept between 0.1 and 0.9")
def kept_from_the_ends(z):
    return torch.clamp(torch.sigmoid(z), 0.1, 0.9)


@wrong(CHECK, "clipped", where="a", cause="z is clipped to -1...1", or_else=(("far-from-zero",),))
def z_within_one(z):
    return torch.sigmoid(z.clip(-1, 1))


@wrong(CHECK, "far-from-zero", where="a", cause="z is clipped to -10...10", or_else=(("clipped",),))
def z_within_ten(z):
    x = np.clip(z.numpy(), -10, 10)
    return 1 / (1 + np.exp(-x))


@wrong(CHECK, "far-from-zero", where="a", cause="on an overflow it returns 1, on the left side")
def overflow_is_one(z):
    def one(v):
        try:
            return 1 / (1 + math.exp(-v))
        except OverflowError:
            return 1.0

    return entry_by_entry(one, z)


@wrong(CHECK, "far-from-zero", where="a", cause="on an overflow it returns one half")
def overflow_is_half(z):
    def one(v):
        try:
            return math.exp(v) / (1 + math.exp(v))
        except OverflowError:
            return 0.5

    return entry_by_entry(one, z)


@wrong(CHECK, "far-from-zero", where="a", cause="NaN becomes 0, on the right side")
def nan_becomes_zero(z):
    e = np.exp(z.numpy())
    return np.nan_to_num(e / (1 + e))


@wrong(CHECK, "far-from-zero", where="a", cause="for |z| above 20 it returns z's sign")
def sign_far_out(z):
    return torch.where(z.abs() > 20, z.sign(), torch.sigmoid(z))


@wrong(CHECK, "far-from-zero", where="a", cause="only the large z are kept from overflow, at -16")
def far_left_is_a_hundredth(z):
    return entry_by_entry(lambda v: 1 / (1 + math.exp(-v)) if v > -16 else 0.01, z)


@wrong(CHECK, "other-s-curve", where="a", cause="the normal distribution's curve, by erf")
def normal_distribution(z):
    return 0.5 * (1 + torch.erf(z / math.sqrt(2)))


@wrong(CHECK, "other-s-curve", where="a", cause="the arctangent, moved to 0...1")
def arctangent(z):
    return torch.atan(z) / math.pi + 0.5


@wrong(CHECK, "other-s-curve", where="a", cause="softsign, moved to 0...1")
def softsign_moved(z):
    return 0.5 * (z / (1 + z.abs())) + 0.5


@wrong(CHECK, "other-s-curve", where="a", cause="the algebraic sigmoid z / sqrt(1 + z^2), moved")
def algebraic(z):
    x = z.numpy()
    return (1 + x / np.sqrt(1 + x**2)) / 2


@wrong(CHECK, where="a", cause="a table of five points with straight lines between")
def table_of_five(z):
    return np.interp(z.numpy(), [-4, -2, 0, 2, 4], [0.018, 0.119, 0.5, 0.881, 0.982])


@wrong(CHECK, where="a", cause="the exponential by four terms of its series")
def four_terms(z):
    x = -z
    return 1 / (1 + (1 + x + x**2 / 2 + x**3 / 6))


@wrong(CHECK, where="a", cause="leaky ReLU")
def leaky(z):
    return torch.where(z > 0, z, 0.01 * z)


@wrong(CHECK, "collapsed", where="a", cause="the mean of z goes in")
def sigmoid_of_the_mean(z):
    return torch.sigmoid(z.mean())


@wrong(CHECK, "collapsed", where="a", cause="the mean comes out")
def mean_of_the_sigmoid(z):
    return float(np.mean(1 / (1 + np.exp(-z.numpy()))))


@wrong(CHECK, "flat", where="a", cause="a flat list comes out")
def flat_list(z):
    return [1 / (1 + math.exp(-v)) if v > -700 else 0.0 for v in z.flatten().tolist()]


@wrong(CHECK, "transposed", where="a", cause="works through z.T and forgets to turn it back")
def turned(z):
    return torch.sigmoid(z.T)


@wrong(CHECK, "reversed", where="a", cause="pops from the end of a list")
def popped_from_the_end(z):
    todo, done = torch.sigmoid(z).flatten().tolist(), []
    while todo:
        done.append(todo.pop())
    return torch.tensor(done, dtype=torch.float64).reshape(z.shape)


@wrong(CHECK, "changes-its-input", cause="in-place methods to save memory")
def in_place(z):
    return z.neg_().exp_().add_(1).reciprocal_()


@wrong(CHECK, "changes-its-input", cause="out= writes into the input's memory")
def out_is_the_input(z):
    x = z.numpy()
    np.negative(x, out=x)
    return 1 / (1 + np.exp(x))


@wrong(CHECK, "function-of-one-number", cause="math.exp of a tensor")
def math_exp(z):
    return 1 / (1 + math.exp(-z))


@wrong(CHECK, "function-of-one-number", cause="an if on a whole tensor")
def if_on_a_tensor(z):
    if z >= 0:
        return 1 / (1 + torch.exp(-z))
    else:
        return torch.exp(z) / (1 + torch.exp(z))


@wrong(CHECK, "function-of-one-number", cause="Python's max of a number and a tensor")
def python_max(z):
    z = max(-600, z)
    return 1 / (1 + np.exp(-z))


@wrong(CHECK, "function-of-one-number", cause="and between two masks")
def and_between_masks(z):
    inside = (z > -5) and (z < 5)
    return torch.where(inside, s(z), (z > 0).double())


@wrong(CHECK, "no-number", cause="prints, returns nothing", or_else=((),))
def prints_only(z):
    a = 1 / (1 + np.exp(-z.numpy()))
    print("sigmoid:", a)


@wrong(CHECK, "no-number", cause="returns a text")
def returns_a_text(z):
    return f"{torch.sigmoid(z).flatten()[0]:.3f}"


@wrong(CHECK, "no-number", cause="a function inside is returned, not its value")
def returns_a_function(z):
    return lambda: 1 / (1 + torch.exp(-z))


@wrong(CHECK, "missing-name", cause="exp is not imported")
def exp_not_imported(z):
    return 1 / (1 + exp(-z))


@wrong(CHECK, "missing-attribute", cause="a slip in a name")
def slip_in_a_name(z):
    return torch.sigmod(z)


@wrong(CHECK, "calls-itself", cause="a helper of the same name is meant")
def calls_itself(z):
    return calls_itself(-z)


@wrong(CHECK, "operands-do-not-fit", cause="np.exp ** -z: a function is raised to a power")
def power_of_a_function(z):
    return 1 / (1 + math.exp**-z)


@wrong(CHECK, "wrong-arguments", cause="self is left over from a class")
def self_left_over(self, z):
    return 1 / (1 + torch.exp(-z))


@wrong(CHECK, "not-repeatable", cause="adds noise at every call")
def noisy(z):
    return torch.sigmoid(z + 0.01 * torch.randn_like(z))


@wrong(
    CHECK,
    "not-repeatable",
    cause="a cache keyed by the shape answers for other numbers",
    or_else=(("ignores-its-arguments",),),
)
def cached_by_shape(z):
    if z.shape not in SEEN:
        SEEN[z.shape] = torch.sigmoid(z)
    return SEEN[z.shape].clone()


@wrong(CHECK, "constant", where="a", cause="z - z in the exponent: always one half")
def always_half(z):
    return 1 / (1 + torch.exp(-(z - z)))


@wrong(CHECK, "array-for-axis", cause="np.max(-500, z): z is taken for an axis")
def numpy_max_for_maximum(z):
    return 1 / (1 + np.exp(-np.max(-500, z.numpy())))


@wrong(CHECK, "array-for-axis", cause="torch.max of a number and a tensor")
def torch_max_for_clamp(z):
    return 1 / (1 + torch.exp(-torch.max(-500, z)))


@wrong(CHECK, "far-from-zero", where="a", cause="an except that catches all and answers 0")
def any_error_is_zero(z):
    def one(v):
        try:
            return math.exp(v) / (1 + math.exp(v))
        except Exception as error:
            print("error in sigmoid:", error)
            return 0.0

    return entry_by_entry(one, z)


@wrong(CHECK, "far-from-zero", where="a", cause="outside -12...12 it is cut to one half")
def half_outside_a_window(z):
    inside = (z > -12) & (z < 12)
    return torch.where(inside, torch.sigmoid(z), 0.5)


@wrong(CHECK, "far-from-zero", where="a", cause="large exponents are set to 0, not the values")
def large_exponents_set_to_zero(z):
    x = -z.numpy()
    x[np.abs(x) > 500] = 0
    return 1 / (1 + np.exp(x))


@wrong(CHECK, "rounded", where="a", cause="one place, as a percentage in tens")
def one_place(z):
    return np.around(1 / (1 + np.exp(-z.numpy())), 1)


# --- two mistakes ----------------------------------------------------------------------------


@wrong(CHECK, "wrong-sign-in-exponent", "base-two", where="a", cause="2 ** z")
def two_to_the_plus_z(z):
    return 1 / (1 + 2**z)


@wrong(CHECK, "missing-parentheses", "wrong-sign-in-exponent", where="a", cause="1 / 1 + exp(z)")
def no_parentheses_no_minus(z):
    return 1 / 1 + np.exp(z.numpy())


@wrong(
    CHECK,
    "times-z",
    "wrong-sign-in-exponent",
    where="a",
    cause="z / (1 + exp(z))",
    or_else=(
        (
            "wrong-sign-in-exponent",
            "times-z",
            "sign",
        ),
    ),
)
def times_z_and_falling(z):
    return z / (1 + z.exp())


@wrong(CHECK, "tanh", "sign", where="a", cause="tanh(-z)")
def tanh_of_minus_z(z):
    e, f = torch.exp(z), torch.exp(-z)
    return (f - e) / (f + e)


@wrong(CHECK, "tanh", "factor-half", where="a", cause="tanh / 2, without the one half added")
def tanh_halved(z):
    return torch.tanh(z) / 2


@wrong(CHECK, "logarithm", "sign", where="a", cause="minus the logarithm, already a cost")
def minus_log(z):
    return -torch.log(1 / (1 + torch.exp(-z)))


@wrong(CHECK, "wrong-sign-in-exponent", "flat", where="a", cause="falls, and is flat")
def falls_and_is_flat(z):
    return (1 / (1 + np.exp(z.numpy()))).ravel()


@wrong(
    CHECK,
    "relu",
    "clipped",
    where="a",
    cause="max(0, z) cut off at 1",
    or_else=(("straight-line",),),
)
def ramp(z):
    return z.clamp(0, 1)


@wrong(CHECK, "sign", where="a", cause="a minus before the whole")
def minus_before_all(z):
    return -1 / (1 + torch.exp(-z))


@wrong(CHECK, "factor-two", where="a", cause="2 in the numerator")
def two_above(z):
    return 2 / (1 + torch.exp(-z))


# --- right -----------------------------------------------------------------------------------


@right(CHECK)
def formula(z):
    return 1 / (1 + torch.exp(-z))


@right(CHECK)
def numpy_formula(z):
    return 1.0 / (1.0 + np.exp(-np.array(z)))


@right(CHECK)
def library(z):
    return torch.special.expit(z)


@right(CHECK, note="number")
def exp_above_and_below(z):
    return torch.exp(z) / (1 + torch.exp(z))


@right(CHECK, note="number")
def math_overflows(z):
    return entry_by_entry(lambda v: 1 / (1 + math.exp(-v)), z)


@right(CHECK)
def overflow_is_zero(z):
    def one(v):
        try:
            return 1 / (1 + math.exp(-v))
        except OverflowError:
            return 0.0

    return entry_by_entry(one, z)


@right(CHECK)
def two_cases(z):
    e = torch.exp(-z.abs())
    return torch.where(z >= 0, 1 / (1 + e), e / (1 + e))


@right(CHECK)
def half_tanh(z):
    return 0.5 * (1 + torch.tanh(z / 2))


@right(CHECK)
def numpy_vectorize(z):
    f = np.vectorize(lambda v: 0.0 if v < -34.5 else 1.0 if v > 34.5 else 1 / (1 + math.exp(-v)))
    return f(z.numpy())


@right(CHECK)
def numpy_frompyfunc(z):
    f = np.frompyfunc(
        lambda v: 1 / (1 + math.exp(-v)) if v >= 0 else 1 - 1 / (1 + math.exp(v)), 1, 1
    )
    return f(z.numpy())


@right(CHECK)
def clipped_at_five_hundred(z):
    x = np.clip(z.numpy(), -500, 500)
    return 1 / (1 + np.exp(-x))


@right(CHECK)
def clipped_at_thirty(z):
    return 1 / (1 + torch.exp(-z.clamp(-30, 30)))


@right(CHECK)
def min_and_abs(z):
    return torch.exp(z.clamp(max=0)) / (1 + torch.exp(-z.abs()))


@right(CHECK)
def softmax_of_two(z):
    return torch.softmax(torch.stack([torch.zeros_like(z), z]), dim=0)[1]


@right(CHECK)
def exp_of_log_sigmoid(z):
    return F.logsigmoid(z).exp()


@right(CHECK)
def one_minus_the_other(z):
    return 1 - 1 / (1 + torch.exp(z))


@right(CHECK)
def e_with_many_digits(z):
    return 1 / (1 + 2.718281828**-z)


@right(CHECK)
def nested_lambdas(z):
    compose = lambda *fs: functools.reduce(lambda f, g: lambda x: g(f(x)), fs)
    return compose(torch.neg, torch.exp, lambda e: e + 1, torch.reciprocal)(z)


@right(CHECK)
def callable_object(z):
    class Sigmoid:
        def __call__(self, x):
            self.out = torch.pow(1 + torch.exp(-x), -1)
            return self.out

    return Sigmoid()(z)


@right(CHECK)
def decimals(z):
    def one(v):
        return float(1 / (1 + (-Decimal(v)).exp()))

    return entry_by_entry(one, z)


@right(CHECK)
def recursive_over_axes(z):
    def walk(v):
        if isinstance(v, list):
            return [walk(part) for part in v]
        return 0.5 + 0.5 * math.tanh(0.5 * v)

    return torch.tensor(walk(z.tolist()), dtype=torch.float64)


@right(CHECK)
def boolean_masks(z):
    out = torch.empty_like(z)
    up = z > 0
    out[up] = 1 / (1 + torch.exp(-z[up]))
    e = torch.exp(z[~up])
    out[~up] = e / (1 + e)
    return out


@right(CHECK)
def single_precision(z):
    return torch.sigmoid(z.float())


@right(CHECK)
def copy_in_place(z):
    x = z.clone()
    return x.neg_().exp_().add_(1).reciprocal_()
