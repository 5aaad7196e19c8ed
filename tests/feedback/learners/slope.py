"""check_sigmoid_slope(a) -> the slope of the sigmoid, from its activation."""
# ruff: noqa: E731, F821, F841

import math
from fractions import Fraction

import numpy as np
import torch
import torch.nn.functional as F

from .bank import right, wrong

CHECK = "check_sigmoid_slope"


def s(z):
    return 1 / (1 + torch.exp(-z))


def logit(a):
    return torch.log(a / (1 - a))


def entry_by_entry(function, a):
    values = [function(v) for v in a.flatten().tolist()]
    return torch.tensor(values, dtype=torch.float64).reshape(a.shape)


# --- one mistake -----------------------------------------------------------------------------


@wrong(CHECK, "slope-of-activation", where="slope", cause="applies the sigmoid to the activation")
def applies_it_again(a):
    p = 1 / (1 + torch.exp(-a))
    return p * (1 - p)


@wrong(CHECK, "slope-of-activation", where="slope", cause="sigmoid_prime(z), given a")
def sigmoid_prime_given_a(a):
    def sigmoid(z):
        return 1.0 / (1.0 + np.exp(-z))

    def sigmoid_prime(z):
        return sigmoid(z) * (1 - sigmoid(z))

    return sigmoid_prime(a.numpy())


@wrong(CHECK, "slope-of-activation", where="slope", cause="the textbook's quotient, given a")
def textbook_quotient(a):
    return torch.exp(-a) / (1 + torch.exp(-a)) ** 2


@wrong(CHECK, "slope-of-activation", where="slope", cause="differences of the sigmoid taken at a")
def differences_at_a(a):
    h = 1e-5
    return (torch.sigmoid(a + h) - torch.sigmoid(a - h)) / (2 * h)


@wrong(
    CHECK,
    "slope-of-activation",
    where="slope",
    cause="autograd of the sigmoid, taken at a",
    or_else=(("uses-autograd",),),
)
def autograd_at_a(a):
    with torch.enable_grad():
        x = a.clone().requires_grad_(True)
        torch.sigmoid(x).sum().backward()
    return x.grad


@wrong(CHECK, "half-reapplied", where="slope", cause="the sigmoid again in the second factor")
def second_factor_reapplied(a):
    return a * (1 - torch.sigmoid(a))


@wrong(CHECK, "half-reapplied", where="slope", cause="the sigmoid again in the first factor")
def first_factor_reapplied(a):
    return s(a) * (1 - a)


@wrong(CHECK, "slope-of-pre-activation", where="slope", cause="turned back into z, then z(1 - z)")
def turned_back_first(a):
    z = logit(a)
    return z * (1 - z)


@wrong(CHECK, "slope-of-pre-activation", where="slope", cause="log(a / (1 - a)) for a, in a loop")
def turned_back_in_a_loop(a):
    def one(v):
        x = math.log(v) - math.log(1 - v)
        return x * (1 - x)

    return entry_by_entry(one, a)


@wrong(CHECK, "only-one-minus-a", where="slope", cause="only 1 - a")
def one_minus(a):
    return 1 - a


@wrong(CHECK, "only-one-minus-a", where="slope", cause="sigma(-z) from its own z")
def the_other_probability(a):
    return torch.sigmoid(-logit(a))


@wrong(CHECK, "only-a", where="slope", cause="the product is made and a is returned")
def returns_a(a):
    slope = a * (1 - a)
    return a


@wrong(CHECK, "only-a", where="slope", cause="turned back into z and the sigmoid returned")
def sigmoid_of_z(a):
    z = -torch.log(1 / a - 1)
    return 1 / (1 + torch.exp(-z))


@wrong(CHECK, "tanh-slope", where="slope", cause="1 - a^2")
def one_minus_square(a):
    return 1 - a**2


@wrong(CHECK, "tanh-slope", where="slope", cause="(1 - a)(1 + a)")
def product_for_tanh(a):
    return (1 - a) * (1 + a)


@wrong(CHECK, "plus-for-minus", where="slope", cause="a(1 + a)")
def plus(a):
    return a * (1 + a)


@wrong(CHECK, "plus-for-minus", where="slope", cause="a + a^2, multiplied out with a slip")
def multiplied_out_with_a_plus(a):
    return a + np.square(a.numpy())


@wrong(CHECK, "squared", where="slope", cause="the second factor twice")
def second_factor_twice(a):
    return (1 - a) * (1 - a)


@wrong(CHECK, "squared", where="slope", cause="the first factor twice")
def first_factor_twice(a):
    return torch.mul(a, a)


@wrong(CHECK, "second-derivative", where="slope", cause="a(1 - a)(1 - 2a)")
def curvature(a):
    return a * (1 - a) * (1 - 2 * a)


@wrong(CHECK, "sigmoid-again", where="slope", cause="sigmoid of a")
def sigmoid_of_a(a):
    return s(a)


@wrong(CHECK, "reciprocal", where="slope", cause="one over the slope, as for dz/da")
def dz_da(a):
    return 1 / (a * (1 - a))


@wrong(CHECK, "reciprocal", where="slope", cause="the derivative of the logit")
def derivative_of_the_logit(a):
    return 1 / a + 1 / (1 - a)


@wrong(CHECK, "slope-squared", where="slope", cause="the slope times itself")
def times_itself(a):
    d = a * (1 - a)
    return d * d


@wrong(CHECK, "slope-squared", where="slope", cause="a * (1 - a) for each of two factors")
def slope_in_a_loop_of_two(a):
    d = torch.ones_like(a)
    for _ in range(2):
        d *= a * (1 - a)
    return d


@wrong(CHECK, "numerator-of-z", where="slope", cause="exp(-z) a^2 with a for z")
def exponent_from_a(a):
    return torch.exp(-a) * a**2


@wrong(CHECK, "one-square-too-many", where="slope", cause="a(1 - a^2)")
def square_in_the_bracket(a):
    return a * (1 - a**2)


@wrong(CHECK, "one-square-too-many", where="slope", cause="a^2 (1 - a)")
def first_factor_squared(a):
    return a**2 * (1 - a)


@wrong(CHECK, "one-square-too-many", where="slope", cause="a(1 - a)^2")
def second_factor_squared(a):
    return a.numpy() * (1 - a.numpy()) ** 2


@wrong(CHECK, "differentiated-again", where="slope", cause="1 - 2a")
def one_minus_two_a(a):
    return 1 - 2 * a


@wrong(CHECK, "divided", where="slope", cause="a / (1 - a)")
def odds(a):
    return a / (1 - a)


@wrong(CHECK, "divided", where="slope", cause="exp of the logit")
def exponential_of_z(a):
    return torch.exp(logit(a))


@wrong(CHECK, "divided", where="slope", cause="(1 - a) / a")
def odds_against(a):
    return (1 - a) / a


@wrong(CHECK, "matrix-product", where="slope", cause="@ for *")
def at_for_star(a):
    return a @ (1 - a).T


@wrong(CHECK, "matrix-product", where="slope", cause="np.dot the other way round")
def dot_the_other_way(a):
    x = a.numpy()
    return np.dot(x.T, 1 - x)


@wrong(CHECK, "shapes-do-not-fit", cause="@ on two tables of the same shape")
def at_on_equal_shapes(a):
    return a @ (1 - a)


@wrong(CHECK, "dot-on-matrices", cause="torch.dot on tables")
def torch_dot(a):
    return torch.dot(a, 1 - a)


@wrong(CHECK, "sign", where="slope", cause="a(a - 1)")
def a_minus_one(a):
    return a * (a - 1)


@wrong(CHECK, "sign", where="slope", cause="the inner -1 of exp(-z) taken once more")
def inner_minus_again(a):
    return -1 * a * (1 - a)


@wrong(CHECK, "factor-two", where="slope", cause="doubled, as from a square")
def doubled(a):
    return 2 * a * (1 - a)


@wrong(CHECK, "factor", where="slope", cause="four times, so that its top is 1")
def top_at_one(a):
    return 4 * a * (1 - a)


@wrong(CHECK, "relu-slope", where="slope", cause="the slope of max(0, z): a is above one half")
def relu_slope(a):
    return (a > 0.5).double()


@wrong(
    CHECK,
    "constant",
    where="slope",
    cause="the slope of max(0, a), where every a is above 0",
    or_else=(("relu-slope",),),
)
def relu_slope_at_zero(a):
    return torch.where(a > 0, 1.0, 0.0)


@wrong(CHECK, "constant", where="slope", cause="a quarter everywhere, the slope at 0")
def quarter(a):
    return torch.full_like(a, 0.25)


@wrong(CHECK, where="slope", cause="differences between neighbours in the table")
def numpy_gradient(a):
    return np.gradient(a.numpy(), axis=0)


@wrong(CHECK, where="slope", cause="the entropy of the unit")
def entropy(a):
    return -(a * torch.log(a) + (1 - a) * torch.log(1 - a))


@wrong(CHECK, where="slope", cause="the smaller of the two factors")
def smaller_factor(a):
    return torch.minimum(a, 1 - a)


@wrong(CHECK, where="slope", cause="the root of the product: a deviation")
def deviation(a):
    return (a * (1 - a)).sqrt()


@wrong(CHECK, where="slope", cause="exp(-z^2/2), a bell that looks alike")
def bell(a):
    return torch.exp(-(logit(a) ** 2) / 2) / math.sqrt(2 * math.pi)


@wrong(CHECK, "rounded", where="slope", cause="rounded to two places")
def two_places(a):
    return torch.round(a * (1 - a), decimals=2)


@wrong(CHECK, "half-precision", where="slope", cause="half precision")
def half(a):
    return a.half() * (1 - a.half())


@wrong(CHECK, "zeros", where="slope", cause="whole numbers")
def whole_numbers(a):
    return (a * (1 - a)).int()


@wrong(
    CHECK,
    "epsilon",
    where="slope",
    cause="0.01 added so that it never dies",
    or_else=(("something-added",),),
)
def hundredth_added(a):
    return a * (1 - a) + 0.01


@wrong(CHECK, "clipped", where="slope", cause="kept above 0.1 against dead units")
def kept_above_a_tenth(a):
    return torch.clamp(a * (1 - a), min=0.1)


@wrong(CHECK, "collapsed", where="slope", cause="the sum of all slopes")
def all_added(a):
    return torch.sum(a * (1 - a))


@wrong(CHECK, "averaged-over-rows", where="slope", cause="the mean over the flowers")
def mean_over_flowers(a):
    return torch.mean(a * (1 - a), dim=0)


@wrong(CHECK, "flat", where="slope", cause="flat")
def flat(a):
    return [v * (1 - v) for v in a.flatten().tolist()]


@wrong(CHECK, "transposed", where="slope", cause="transposed")
def turned(a):
    x = a.T
    return x * (1 - x)


@wrong(CHECK, "changes-its-input", cause="a *= 1 - a")
def in_place(a):
    a *= 1 - a
    return a


@wrong(CHECK, "no-number", cause="returns nothing", or_else=((),))
def nothing(a):
    slope = a * (1 - a)


@wrong(CHECK, "no-number", cause="a list of texts in two places")
def texts(a):
    return [f"slope {v * (1 - v):.2f}" for v in a.flatten().tolist()]


@wrong(CHECK, "not-a-function", cause="a(1 - a) as on paper")
def as_on_paper(a):
    return a(1 - a)


@wrong(CHECK, "missing-name", cause="uses z from outside, which is not there")
def z_from_outside(a):
    return sigmoid(z) * (1 - sigmoid(z))


@wrong(CHECK, "uses-autograd", cause="asks for a gradient where none was recorded")
def asks_for_a_gradient(a):
    a.sum().backward()
    return a.grad


@wrong(CHECK, "wrong-arguments", cause="wants the gradient from above too")
def wants_two(a, d_out):
    return d_out * a * (1 - a)


@wrong(CHECK, "function-of-one-number", cause="float of a table")
def float_of_a_table(a):
    v = float(a)
    return v * (1 - v)


@wrong(CHECK, "half-reapplied", where="slope", cause="the formula of 1 - sigma for 1 - a")
def second_factor_by_its_formula(a):
    x = a.numpy()
    return x * (np.exp(-x) / (1 + np.exp(-x)))


@wrong(CHECK, "slope-of-activation", where="slope", cause="a class whose backward wants z")
def method_applies_it_again(a):
    class Activation:
        def forward(self, z):
            return 1 / (1 + torch.exp(-z))

        def backward(self, z):
            return self.forward(z) * (1 - self.forward(z))

    return Activation().backward(a)


@wrong(CHECK, "rounded", where="slope", cause="rounded to four places for the table")
def four_places(a):
    return entry_by_entry(lambda v: round(v * (1 - v), 4), a)


@wrong(CHECK, "first-sample-only", where="slope", cause="return stands inside the loop")
def returns_in_the_loop(a):
    out = torch.zeros_like(a)
    for i in range(len(a)):
        out[i] = a[i] * (1 - a[i])
        return out


# --- two mistakes ----------------------------------------------------------------------------


@wrong(CHECK, "slope-of-activation", "sign", where="slope", cause="applied again, and p(p - 1)")
def again_and_turned(a):
    p = torch.sigmoid(a)
    return p * (p - 1)


@wrong(CHECK, "slope-of-activation", "tanh-slope", where="slope", cause="1 - sigma(a)^2")
def again_and_tanh(a):
    return 1 - s(a) ** 2


@wrong(CHECK, "tanh-slope", "slope-of-pre-activation", where="slope", cause="1 - z^2")
def tanh_slope_of_z(a):
    return 1 - logit(a) ** 2


@wrong(CHECK, "tanh-slope", "sign", where="slope", cause="a^2 - 1")
def square_minus_one(a):
    return a**2 - 1


@wrong(
    CHECK,
    "tanh-slope",
    "slope-of-activation",
    where="slope",
    cause="1 - tanh(a)^2",
    or_else=(("tanh-slope",),),
)
def tanh_applied_too(a):
    return 1 - torch.tanh(a) ** 2


@wrong(CHECK, "only-one-minus-a", "sign", where="slope", cause="a - 1")
def a_less_one(a):
    return a - 1


@wrong(CHECK, "tanh-slope", "factor-half", where="slope", cause="(1 - a^2) / 2, another sigmoid's")
def bipolar_sigmoid(a):
    return (1 - a**2) / 2


@wrong(CHECK, "flat", "slope-of-activation", where="slope", cause="applied again, and flat")
def again_and_flat(a):
    p = s(a).flatten()
    return p * (1 - p)


@wrong(CHECK, "flat", "only-one-minus-a", where="slope", cause="only 1 - a, and flat")
def one_minus_flat(a):
    return (1 - a.numpy()).ravel()


# --- right -----------------------------------------------------------------------------------


@right(CHECK)
def product(a):
    return a * (1 - a)


@right(CHECK)
def multiplied_out(a):
    return a - a**2


@right(CHECK)
def parabola(a):
    return 0.25 - (a - 0.5) ** 2


@right(CHECK)
def numpy_product(a):
    x = a.detach().cpu().numpy()
    return np.multiply(x, np.subtract(1, x))


@right(CHECK)
def through_z(a):
    z = logit(a)
    return torch.exp(-z) / (1 + torch.exp(-z)) ** 2


@right(CHECK)
def square_times_exponential(a):
    return a**2 * (1 / a - 1)


@right(CHECK)
def through_tanh(a):
    t = 2 * a - 1
    return (1 - t**2) / 4


@right(CHECK)
def through_the_logarithm(a):
    return torch.exp(torch.log(a) + torch.log1p(-a))


@right(CHECK)
def central_differences_at_z(a):
    z, h = logit(a), 1e-4
    return (s(z + h) - s(z - h)) / (2 * h)


@right(CHECK)
def fractions(a):
    return entry_by_entry(lambda v: float(Fraction(v) * (1 - Fraction(v))), a)


@right(CHECK)
def vectorized(a):
    return np.vectorize(lambda v: v * (1.0 - v))(a.numpy())


@right(CHECK)
def object_array(a):
    return np.frompyfunc(lambda v: v - v * v, 1, 1)(a.numpy())


@right(CHECK)
def lambda_in_lambda(a):
    both = lambda f: lambda x: f(x) * f(1 - x)
    return both(lambda x: x)(a)


@right(CHECK)
def addcmul(a):
    return torch.addcmul(a, a, a, value=-1)


@right(CHECK)
def minus_of_minus(a):
    return -(a**2 - a)


@right(CHECK)
def determinant(a):
    zeros = torch.zeros_like(a)
    table = torch.stack([torch.stack([a, zeros], -1), torch.stack([zeros, 1 - a], -1)], -1)
    return torch.linalg.det(table)


@right(CHECK)
def layer_with_backward(a):
    class Layer:
        def __init__(self, out):
            self.out = out

        def backward(self, grad=1.0):
            return grad * self.out * (1.0 - self.out)

    return Layer(a).backward()


@right(CHECK)
def a_square_in_steps(a):
    out = a.clone()
    out.pow_(2).neg_().add_(a)
    return out


@right(CHECK)
def single_precision(a):
    return a.float() * (1 - a.float())


@right(CHECK)
def slope_of_log_sigmoid(a):
    return torch.exp(F.logsigmoid(logit(a)) + F.logsigmoid(-logit(a)))
