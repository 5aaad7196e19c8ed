"""check_normalise_rows(X) -> X with every row of length one."""
# ruff: noqa: F821, F841

import math
from functools import reduce

import numpy as np
import torch
import torch.nn.functional as F

from .bank import right, wrong

CHECK = "check_normalise_rows"


def length(v):
    return math.sqrt(sum(float(x) ** 2 for x in v))


# --- one mistake -----------------------------------------------------------------------------


@wrong(CHECK, "unchanged", where="X", cause="a new table is made and the old one returned")
def returns_the_old_name(X):
    X_scaled = X / X.norm(dim=1, keepdim=True)
    return X


@wrong(CHECK, "unchanged", where="X", cause="the loop divides a name, not the row in the table")
def divides_a_name_in_a_loop(X):
    rows = X.tolist()
    for row in rows:
        row = [v / length(row) for v in row]
    return torch.tensor(rows, dtype=torch.float64)


@wrong(CHECK, "unchanged", where="X", cause="the result of div is thrown away")
def result_thrown_away(X):
    X.div(torch.linalg.norm(X, dim=1, keepdim=True))
    return X


@wrong(CHECK, "divides-columns", where="X", cause="axis 0 for axis 1")
def axis_zero(X):
    return X / np.linalg.norm(X.numpy(), axis=0)


@wrong(CHECK, "divides-columns", where="X", cause="sums the squares down the columns")
def squares_added_down(X):
    return X / torch.sqrt((X**2).sum(0))


@wrong(CHECK, "divides-columns", where="X", cause="F.normalize with dim=0")
def functional_normalise_dim_zero(X):
    return F.normalize(X, p=2, dim=0)


@wrong(CHECK, "divides-columns", where="X", cause="loops over X.T and takes its rows for flowers")
def loops_over_the_transpose(X):
    columns = [c / c.norm() for c in X.T]
    return torch.stack(columns, dim=1)


@wrong(CHECK, "whole-matrix", where="X", cause="norm without an axis: one length for the table")
def norm_without_axis(X):
    return X / X.norm()


@wrong(CHECK, "whole-matrix", where="X", cause="all squares are added into one sum")
def one_sum_for_all(X):
    x = X.numpy()
    return x / np.sqrt(np.sum(x * x))


@wrong(CHECK, "whole-matrix", where="X", cause="the running sum is never set back to zero")
def sum_not_reset(X):
    total = 0
    for row in X:
        for v in row:
            total += v**2
    out = []
    for row in X:
        out.append(row / total**0.5)
    return torch.stack(out)


@wrong(CHECK, "squared-length", where="X", cause="the square root is forgotten")
def root_forgotten(X):
    return X / (X * X).sum(dim=1, keepdim=True)


@wrong(CHECK, "squared-length", where="X", cause="divides by the dot product of a row with itself")
def divides_by_row_dot_row(X):
    return torch.stack([r / torch.dot(r, r) for r in X])


@wrong(CHECK, "squared-length", where="X", cause="divides by the length in two places")
def divides_in_two_places(X):
    def unit(v):
        n = v.norm()
        v = v / n
        return v / n

    return torch.stack([unit(v) for v in X])


@wrong(CHECK, "divides-by-sum", where="X", cause="divides by the row's sum")
def divides_by_the_row_sum(X):
    row_sums = X.sum(axis=1)
    return X / row_sums[:, np.newaxis]


@wrong(CHECK, "divides-by-sum", where="X", cause="makes shares of each row, as for percentages")
def shares_of_each_row(X):
    return torch.tensor([[v / sum(row) for v in row] for row in X.tolist()], dtype=torch.float64)


@wrong(CHECK, "divides-by-absolute-sum", where="X", cause="the norm of order 1")
def norm_of_order_one(X):
    return F.normalize(X, p=1, dim=1)


@wrong(CHECK, "divides-by-absolute-sum", where="X", cause="sqrt(x**2) inside the sum")
def root_inside_the_sum(X):
    return X / torch.sqrt(X**2).sum(1, keepdim=True)


@wrong(CHECK, "divides-by-largest", where="X", cause="divides by the row's largest entry")
def divides_by_row_maximum(X):
    return X / X.max(dim=1, keepdim=True).values


@wrong(CHECK, "divides-by-largest", where="X", cause="norm of order infinity")
def norm_of_order_infinity(X):
    x = X.numpy()
    return x / np.linalg.norm(x, np.inf, axis=1, keepdims=True)


@wrong(CHECK, "mean-of-squares", where="X", cause="root mean square for the length")
def root_mean_square(X):
    return X / X.pow(2).mean(1, keepdim=True).sqrt()


@wrong(CHECK, "mean-of-squares", where="X", cause="RMS normalisation, from a language model")
def as_in_a_language_model(X):
    rms = torch.rsqrt(X.pow(2).mean(-1, keepdim=True) + 1e-12)
    return X * rms


@wrong(CHECK, "divides-by-mean", where="X", cause="divides by the mean of the row")
def divides_by_the_row_mean(X):
    return X / X.mean(dim=1).unsqueeze(1)


@wrong(CHECK, "standardised", where="X", cause="standardises the columns")
def standard_scaler(X):
    return (X - X.mean(0)) / X.std(0)


@wrong(CHECK, "standardised", where="X", cause="standardises each row")
def standardises_each_row(X):
    x = X.numpy()
    return (x - x.mean(1, keepdims=True)) / x.std(1, keepdims=True)


@wrong(CHECK, "min-max", where="X", cause="stretches each column to 0...1")
def min_max_columns(X):
    lo, hi = X.min(0).values, X.max(0).values
    return (X - lo) / (hi - lo)


@wrong(CHECK, "min-max", where="X", cause="stretches each row to 0...1")
def min_max_rows(X):
    rows = []
    for r in X.tolist():
        rows.append([(v - min(r)) / (max(r) - min(r)) for v in r])
    return np.array(rows)


@wrong(CHECK, "min-max", where="X", cause="stretches the whole table to 0...1")
def min_max_table(X):
    return (X - X.min()) / (X.max() - X.min())


@wrong(CHECK, "multiplied", where="X", cause="multiplies by the length")
def times_the_length(X):
    return X * torch.norm(X, dim=1, keepdim=True)


@wrong(CHECK, "only-the-lengths", where="X", cause="returns the lengths")
def returns_the_lengths(X):
    return torch.linalg.vector_norm(X, dim=1)


@wrong(CHECK, "only-the-lengths", where="X", cause="returns the lengths as a column")
def returns_the_lengths_as_a_column(X):
    norms = np.sqrt((X.numpy() ** 2).sum(axis=1, keepdims=True))
    X = X / norms
    return norms


@wrong(CHECK, "only-centred", where="X", cause="only subtracts the column means")
def centres_only(X):
    return X - X.mean(dim=0, keepdim=True)


@wrong(CHECK, "entry-by-entry", where="X", cause="math.sqrt(v ** 2) of each entry, no sum")
def each_entry_by_itself(X):
    return torch.tensor([[v / math.sqrt(v**2) for v in row] for row in X.tolist()]).double()


@wrong(CHECK, "entry-by-entry", where="X", cause="divides by the absolute value")
def divides_by_abs(X):
    return X / abs(X)


@wrong(CHECK, "absolute-of-sum", where="X", cause="squares the sum, not the entries")
def squares_the_sum(X):
    return X / torch.sqrt(X.sum(1, keepdim=True) ** 2)


@wrong(CHECK, "root-of-length", where="X", cause="takes the root of the norm")
def root_of_the_norm(X):
    return X / np.sqrt(np.linalg.norm(X.numpy(), axis=1)).reshape(-1, 1)


@wrong(CHECK, "squares", where="X", cause="the squares are divided by the squared length")
def squares_every_entry(X):
    s = X**2
    return s / s.sum(dim=1, keepdim=True)


@wrong(CHECK, "divides-by-a-size", where="X", cause="len(row) for the row's length")
def len_of_the_row(X):
    return [[v / len(row) for v in row] for row in X.tolist()]


@wrong(CHECK, "divides-by-a-size", where="X", cause="divides by the number of rows")
def divides_by_number_of_rows(X):
    return X / X.shape[0]


@wrong(CHECK, "softmax", where="X", cause="softmax along the row")
def softmax_along_the_row(X):
    return F.softmax(X, dim=1)


@wrong(
    CHECK,
    "last-sample-only",
    where="X",
    cause="only the last row's length is kept",
    or_else=(("right-for-last-row-only",),),
)
def last_length_for_all(X):
    for row in X:
        n = row.norm()
    return X / n


@wrong(CHECK, "first-sample-only", where="X", cause="return stands inside the loop")
def returns_in_the_loop(X):
    out = torch.zeros_like(X)
    for i in range(len(X)):
        out[i] = X[i] / X[i].norm()
        return out


@wrong(
    CHECK,
    "sample-missing",
    where="X",
    cause="range(1, N): the first row stays as it was",
    or_else=(("right-but-for-first-row",),),
)
def starts_at_row_one(X):
    out = X.clone()
    for i in range(1, X.shape[0]):
        out[i] /= length(X[i])
    return out


@wrong(CHECK, "transposed", where="X", cause="divides X.T and forgets to turn it back")
def not_turned_back(X):
    return X.T / X.norm(dim=1)


@wrong(CHECK, "flat", where="X", cause="collects all numbers in one flat list")
def one_flat_list(X):
    out = []
    for row in X.tolist():
        for v in row:
            out.append(v / length(row))
    return torch.tensor(out)


@wrong(CHECK, "rounded", where="X", cause="rounded to three places")
def rounded_to_three(X):
    return np.round(X.numpy() / np.linalg.norm(X.numpy(), axis=1, keepdims=True), 3)


@wrong(CHECK, "rounded", where="X", cause="integer division")
def integer_division(X):
    return X // X.norm(dim=1, keepdim=True)


@wrong(CHECK, "half-precision", where="X", cause="works in half precision")
def in_half_precision(X):
    x = X.half()
    return x / x.float().norm(dim=1, keepdim=True).half()


@wrong(
    CHECK,
    "epsilon",
    where="X",
    cause="adds 0.01 to the length against a division by zero",
    or_else=(("something-added",),),
)
def hundredth_added(X):
    return X / (X.norm(dim=1, keepdim=True) + 0.01)


@wrong(CHECK, "epsilon", where="X", cause="adds 0.01 under the root")
def hundredth_under_the_root(X):
    return X / torch.sqrt((X**2).sum(1, keepdim=True) + 1e-2)


@wrong(CHECK, "one-shape-only", where="X", cause="the length of two columns, whatever D is")
def length_of_two_columns(X):
    return X / torch.hypot(X[:, 0], X[:, 1]).reshape(-1, 1)


@wrong(CHECK, where="X", cause="the norm of order 3")
def norm_of_order_three(X):
    return F.normalize(X, p=3.0, dim=1)


@wrong(CHECK, "changes-its-input", cause="divides the given table in place")
def divides_in_place(X):
    X /= X.norm(dim=1, keepdim=True)
    return X


@wrong(CHECK, "changes-its-input", cause="writes into an array that shares the memory")
def shares_memory(X):
    a = X.numpy()
    for i in range(len(a)):
        a[i] = a[i] / np.linalg.norm(a[i])
    return torch.from_numpy(a)


@wrong(CHECK, "shapes-do-not-fit", cause="keepdims is forgotten: N lengths against D columns")
def keepdims_forgotten(X):
    return X / X.norm(dim=1)


@wrong(CHECK, "shapes-do-not-fit", cause="keepdims is forgotten in NumPy")
def keepdims_forgotten_in_numpy(X):
    x = X.numpy()
    return x / np.sqrt(np.sum(x**2, axis=1))


@wrong(CHECK, "no-number", cause="prints the table and returns nothing", or_else=((),))
def prints_the_table(X):
    print(X / X.norm(dim=1, keepdim=True))


@wrong(CHECK, "no-number", cause="returns text with three places")
def returns_text(X):
    return [[f"{v / length(row):.3f} cm" for v in row] for row in X.tolist()]


@wrong(CHECK, "function-of-one-number", cause="math.sqrt of a whole tensor")
def math_sqrt_of_a_tensor(X):
    return X / math.sqrt((X**2).sum(1))


@wrong(CHECK, "no-such-axis", cause="axes counted from one")
def axes_counted_from_one(X):
    return X / X.norm(dim=2, keepdim=True)


@wrong(CHECK, "missing-name", cause="normalize is not imported")
def not_imported(X):
    return normalize(X, norm="l2", axis=1)


@wrong(CHECK, "missing-attribute", cause="linalg.norm looked for on the tensor")
def method_that_is_not_there(X):
    return X / X.linalg.norm(axis=1, keepdims=True)


@wrong(CHECK, "ignores-its-arguments", where="X", cause="returns a row worked out on paper")
def on_paper(X):
    return torch.tensor([[0.6, 0.8]], dtype=torch.float64)


@wrong(
    CHECK,
    "repeated-row",
    where="X",
    cause="[[...]] * N with the first row",
    or_else=(("one-sample-only",),),
)
def first_row_repeated(X):
    rows = [X[0] / X[0].norm()] * len(X)
    return torch.stack(rows)


@wrong(CHECK, "reversed", where="X", cause="insert(0, ...) turns the order of the rows round")
def rows_in_reverse(X):
    out = []
    for row in X.tolist():
        out.insert(0, [v / length(row) for v in row])
    return torch.tensor(out, dtype=torch.float64)


@wrong(CHECK, "many-rows", where="X", cause="only the first hundred rows, as in the lesson")
def first_hundred_rows(X):
    out = X.clone()
    for i, row in enumerate(X[:100]):
        out[i] = row / row.norm()
    return out


@wrong(CHECK, "array-for-axis", cause="np.sum of two columns: the second is taken for an axis")
def sum_of_two_columns(X):
    x = X.numpy()
    return x / np.sqrt(np.sum(x[:, 0] ** 2, x[:, 1] ** 2))


@wrong(
    CHECK,
    "every-other-sample",
    where="X",
    cause="a step of 2 in the range",
    or_else=(("right-for-every-other-row",),),
)
def every_other_row(X):
    out = X.tolist()
    for i in range(0, len(out), 2):
        n = length(out[i])
        out[i] = [v / n for v in out[i]]
    return out


@wrong(CHECK, "reshaped", where="X", cause="the D x N result is reshaped until it fits")
def reshaped_until_it_fits(X):
    return (X.T / X.norm(dim=1)).reshape(X.shape)


@wrong(CHECK, where="X", cause="the row changes while its length is still being used")
def length_taken_anew_for_each_entry(X):
    rows = X.tolist()
    for row in rows:
        for j in range(len(row)):
            row[j] = row[j] / length(row)
    return rows


@wrong(CHECK, "sorted", where="X", cause="sorts each row before it is divided")
def sorted_rows(X):
    return [[v / length(row) for v in sorted(row)] for row in X.tolist()]


# --- two mistakes ----------------------------------------------------------------------------


@wrong(CHECK, "divides-columns", "squared-length", where="X", cause="axis 0, and no root")
def columns_without_root(X):
    return X / (X**2).sum(axis=0)


@wrong(CHECK, "whole-matrix", "squared-length", where="X", cause="one sum for all, and no root")
def table_without_root(X):
    return X / torch.sum(X * X)


@wrong(
    CHECK,
    "multiplied",
    "squared-length",
    where="X",
    cause="multiplied, and no root",
    or_else=(("multiplied",),),
)
def times_the_squared_length(X):
    return torch.stack([r * (r @ r) for r in X])


@wrong(
    CHECK,
    "whole-matrix",
    "divides-by-largest",
    where="X",
    cause="the largest entry of the table",
    or_else=(("divides-by-largest",),),
)
def largest_of_the_table(X):
    return X / X.max()


@wrong(
    CHECK,
    "divides-columns",
    "divides-by-sum",
    where="X",
    cause="divides by the columns' sums",
    or_else=(("divides-by-sum",),),
)
def column_sums(X):
    return X.numpy() / X.numpy().sum(axis=0, keepdims=True)


@wrong(CHECK, "divides-columns", "transposed", where="X", cause="X.T, wrong axis, not turned back")
def wrong_axis_and_transposed(X):
    Z = X.T
    return Z / Z.norm(dim=1, keepdim=True)


@wrong(CHECK, "sign", where="X", cause="a minus, to turn the rows round")
def turned_round(X):
    return -X / X.norm(dim=1, keepdim=True)


@wrong(CHECK, "squared-length", "sign", where="X", cause="no root, and a minus")
def no_root_and_a_minus(X):
    return -(X / torch.square(X).sum(1, keepdim=True))


@wrong(CHECK, "factor-two", where="X", cause="divides by half the length")
def half_the_length(X):
    return X / (0.5 * torch.linalg.norm(X, axis=1)[:, None])


# --- right -----------------------------------------------------------------------------------


@right(CHECK)
def norm_with_keepdim(X):
    return X / X.norm(dim=1, keepdim=True)


@right(CHECK)
def functional_normalise(X):
    return F.normalize(X)


@right(CHECK)
def numpy_keepdims(X):
    x = np.asarray(X)
    return x / np.linalg.norm(x, axis=-1, keepdims=True)


@right(CHECK)
def lists_of_lists(X):
    return [[v / length(row) for v in row] for row in X.tolist()]


@right(CHECK)
def double_loop(X):
    N, D = X.shape
    out = torch.empty(N, D, dtype=X.dtype)
    for i in range(N):
        total = 0.0
        for j in range(D):
            total += X[i, j].item() ** 2
        for j in range(D):
            out[i, j] = X[i, j] / total**0.5
    return out


@right(CHECK)
def through_the_transpose(X):
    return (X.T / torch.sqrt((X.T**2).sum(0))).T


@right(CHECK)
def einsum_of_squares(X):
    squared = torch.einsum("nd,nd->n", X, X)
    return torch.einsum("nd,n->nd", X, squared.rsqrt())


@right(CHECK)
def diagonal_matrix(X):
    return torch.diag(1 / torch.sqrt(torch.diagonal(X @ X.T))) @ X


@right(CHECK)
def apply_along_axis(X):
    return np.apply_along_axis(lambda r: r / np.sqrt(r.dot(r)), 1, X.numpy())


@right(CHECK)
def hypot_of_many(X):
    return torch.stack([row / math.hypot(*row.tolist()) for row in X])


@right(CHECK)
def zero_rows_guarded(X):
    n = X.norm(dim=1, keepdim=True)
    n[n == 0] = 1.0
    return X / n


@right(CHECK)
def as_a_matrix_object(X):
    m = np.matrix(X.numpy())
    return m / np.sqrt(np.multiply(m, m).sum(axis=1))


@right(CHECK)
def ones_add_up_the_squares(X):
    ones = torch.ones(X.shape[1], 1, dtype=X.dtype)
    return X / ((X * X) @ ones).sqrt()


@right(CHECK)
def largest_taken_out_first(X):
    big = X.abs().amax(1, keepdim=True)
    small = X / big
    return small / small.pow(2).sum(1, keepdim=True).pow(0.5)


@right(CHECK)
def a_row_class(X):
    class Row:
        def __init__(self, values):
            self.values = values

        def __abs__(self):
            return reduce(lambda s, v: s + v * v, self.values, 0.0) ** 0.5

        def unit(self):
            return [v / abs(self) for v in self.values]

    return torch.tensor([Row(r).unit() for r in X.tolist()], dtype=torch.float64)


@right(CHECK)
def column_after_column(X):
    n = sum(X[:, j] ** 2 for j in range(X.shape[1])).sqrt()
    return torch.stack([X[:, j] / n for j in range(X.shape[1])], dim=1)


@right(CHECK)
def a_copy_in_place(X):
    Y = X.clone()
    Y.div_(torch.linalg.vector_norm(Y, ord=2, dim=1).view(-1, 1))
    return Y


@right(CHECK)
def tiny_epsilon(X):
    return X / (torch.norm(X, p=2, dim=1, keepdim=True) + 1e-8)


@right(CHECK)
def single_precision(X):
    x = X.numpy().astype("float32")
    return x / np.sqrt((x * x).sum(1))[:, None]


@right(CHECK)
def expanded_lengths(X):
    norms = X.norm(dim=1).unsqueeze(1).expand_as(X)
    return torch.div(X, norms)


@right(CHECK)
def renorm(X):
    return torch.renorm(X / X.abs().sum(1, keepdim=True) * 1e3, p=2, dim=0, maxnorm=1)


@right(CHECK)
def through_logarithms(X):
    log_n = 0.5 * torch.logsumexp(2 * X.abs().log(), dim=1, keepdim=True)
    return X.sign() * torch.exp(X.abs().log() - log_n)


@wrong(CHECK, "power-before-slash", where="X", cause="** 1/2 is a power of 1, halved")
def power_without_parentheses(X):
    return X / (X**2).sum(dim=1, keepdim=True) ** 1 / 2
