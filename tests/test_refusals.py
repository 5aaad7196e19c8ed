"""What is refused is refused in these very words, and its neighbours are not."""

import math

import pytest
import torch

from fnn_helpers import (
    FNN,
    BinaryCrossEntropy,
    CategoricalCrossEntropy,
    Forward,
    Gradients,
    central_differences,
    compare,
    compare_gradients,
    gradients_by_autograd,
    gradients_by_differences,
    refusals,
    sigmoid,
    sigmoid_slope,
    train,
)
from fnn_helpers.costs import SigmoidCost

ONES = torch.ones(3, 2)
COLUMN = torch.ones(3, 1)
W1, W2 = torch.ones(2, 4), torch.ones(4, 1)
NAN = torch.tensor([[1.0, 2.0], [math.nan, math.inf]])
COST = BinaryCrossEntropy()


class Flowers:
    """All the flowers, with the numbers in X."""

    X = ONES


class NoDelta:
    """A cost of one's own that is not finished."""

    def value(self, y_hat, y):
        return 0.0

    def activation(self, z):
        return z


def forward_of(N: int = 3) -> tuple[torch.Tensor, ...]:
    z1 = torch.ones(N, 2) @ W1
    z2 = z1.sigmoid() @ W2
    return z1, z1.sigmoid(), z2, z2.sigmoid()


def changed(place: int, value: torch.Tensor) -> tuple[torch.Tensor, ...]:
    return tuple(value if i == place else v for i, v in enumerate(forward_of()))


R = refusals
REFUSED = [
    # one tensor
    (lambda: R.check_tensor("X", [1]), "X is a list, but a torch.Tensor is expected. "
     "Use torch.as_tensor(X, dtype=torch.float32)."),
    (lambda: R.check_tensor("X", Flowers()), "X is a Flowers, but a torch.Tensor is expected. "
     "Use X = X.X."),
    (lambda: R.check_tensor("X", ONES.long()), "X holds int64 numbers, but decimals (float32 or "
     "float64) are expected. Use X.float()."),
    (lambda: R.check_tensor("X", ONES.to(torch.complex64)), "X holds complex64 numbers, but "
     "decimals (float32 or float64) are expected. Use X.real.float()."),
    (lambda: R.check_tensor("X", ONES.to_sparse()), "X is sparse, but a full tensor is expected. "
     "Use X.to_dense()."),
    (lambda: R.check_tensor("X", ONES.to("meta")), 'X lies on the device "meta", where a tensor '
     'has a shape and no numbers. Make it with device="cpu".'),
    (lambda: R.check_matrix("X", torch.ones(3)), "X has shape (3,), but N × features is expected: "
     "one row a sample. Use X.reshape(-1, 1)."),
    (lambda: R.check_matrix("X", torch.ones(3), 1), "X has shape (3,), but N × 1 is expected: "
     "one row a sample. Use X.reshape(-1, 1)."),
    (lambda: R.check_matrix("X", torch.ones(2), 2), "X has shape (2,), but N × 2 is expected: "
     "one row a sample. For a single sample use X.reshape(1, -1)."),
    (lambda: R.check_matrix("X", torch.ones(3), 2), "X has shape (3,), but N × 2 is expected: one "
     "row a sample. Check the line that makes X, and print X.shape there."),
    (lambda: R.check_matrix("X", ONES, 3), "X has shape (3, 2), but N × 3 is expected: one row a "
     "sample. Use X.T."),
    (lambda: R.check_matrix("X", ONES, 4), "X has shape (3, 2), but N × 4 is expected: one row a "
     "sample. Check the line that makes X, and print X.shape there."),
    (lambda: R.check_matrix("X", torch.ones(2, 2, 2), 2), "X has shape (2, 2, 2), but N × 2 is "
     "expected: one row a sample. Check the line that makes X, and print X.shape there."),
    (lambda: R.check_matrix("X", torch.ones(0, 2)), "X is empty: it has no rows. Check the line "
     "that selects them."),
    (lambda: R.check_matrix("X", torch.ones(2, 0)), "X is empty: it has no columns. Check the line "
     "that selects them."),
    (lambda: R.check_matrix("X", ONES, like=("w1", W1.double())), "X is float32, but w1 is "
     "float64. Use X.to(torch.float64)."),
    (lambda: R.check_same_dtype("X", ONES.to("meta"), "w1", W1), "X lies on meta, but w1 on cpu. "
     'Use X.to("cpu").'),
    # two tensors
    (lambda: R.check_same_shape("y", ONES.T, "y_hat", ONES), "y has shape (2, 3), but y_hat has "
     "shape (3, 2). Use y.T."),
    (lambda: R.check_same_shape("y", torch.ones(3), "y_hat", COLUMN), "y has shape (3,), but y_hat "
     "has shape (3, 1); combining them would give (3, 3). Use y.reshape(3, 1)."),
    (lambda: R.check_same_shape("y", COLUMN, "y_hat", ONES), "y has shape (3, 1), but y_hat has "
     "shape (3, 2); combining them would give (3, 2). Check the line that makes y, and print "
     "y.shape there."),
    (lambda: R.check_same_shape("y", torch.ones(4), "y_hat", COLUMN.expand(3, 5)), "y has shape "
     "(4,), but y_hat has shape (3, 5). Check the line that makes y, and print y.shape there."),
    (lambda: R.check_same_shape("y", torch.ones(2, 3, 1), "y_hat", torch.ones(1, 3, 2)),
     "y has shape (2, 3, 1), but y_hat has shape (1, 3, 2); combining them would give (2, 3, 2). "
     "Check the line that makes y, and print y.shape there."),
    # labels and other numbers
    (lambda: R.check_labels(torch.tensor([3.0, 2.0, 0.0, 1.0, 2.0, 0.5, 4.0]),
                            ("y_hat", torch.ones(7))),
     "y holds 0.5, 2, 3, but labels are 0 or 1. Keep two classes and recode them, for example "
     "y = (species == 1).float()."),
    (lambda: R.check_labels([1], ("y_hat", COLUMN)), "y is a list, but a torch.Tensor is expected. "
     "Use torch.as_tensor(y, dtype=torch.float32)."),
    (lambda: R.check_labels(torch.ones(3), ("y_hat", COLUMN)), "y has shape (3,), but y_hat has "
     "shape (3, 1); combining them would give (3, 3). Use y.reshape(3, 1)."),
    (lambda: R.check_labels(COLUMN.double(), ("y_hat", COLUMN)), "y is float64, but y_hat is "
     "float32. Use y.to(torch.float32)."),
    (lambda: R.check_finite("z1", NAN), "z1 holds nan at [1, 0] (2 such entries), but finite "
     "numbers are expected. Look for them with z1.isfinite()."),
    (lambda: R.check_finite("z1", NAN, "w1"), "z1 holds nan at [1, 0] (2 such entries), but "
     "finite numbers are expected. Look for them with w1.isfinite()."),
    (lambda: R.check_finite("X", torch.full((2,), 3e38)), None),  # only the sum is infinite
    (lambda: R.check_probabilities("a", torch.tensor([0.5, 1.0 + 1e-6])), "a runs from 0.5 to 1, "
     "but it must lie between 0 and 1: it is taken after the sigmoid, not before. Use sigmoid on "
     "it first."),
    (lambda: R.check_probabilities("a", torch.tensor([-1.25, 0.5])), "a runs from -1.25 to 0.5, "
     "but it must lie between 0 and 1: it is taken after the sigmoid, not before. Use sigmoid on "
     "it first."),
    (lambda: R.check_probabilities("a", torch.tensor([0.0, 1.0])), None),
    (lambda: R.check_probabilities("a", torch.tensor([0.0, math.nan])), "a holds nan at [1] (1 "
     "such entries), but finite numbers are expected. Look for them with a.isfinite()."),
    # arguments
    (lambda: R.check_count("epochs", True, 0), "epochs is True, but a whole number is expected. "
     "Use epochs=int(epochs)."),
    (lambda: R.check_count("epochs", 1.5, 0), "epochs is 1.5, but a whole number is expected. "
     "Use epochs=int(epochs)."),
    (lambda: R.check_count("epochs", -1, 0), "epochs is -1, but it must be 0 or more. "
     "Use epochs=100."),
    (lambda: R.check_count("epochs", 0, 0), None),
    (lambda: R.check_positive("h", True, 0.5), "h is True, but a number is expected. "
     "Use h=float(h), or h=0.5."),
    (lambda: R.check_positive("h", "1", 0.5), "h is '1', but a number is expected. "
     "Use h=float(h), or h=0.5."),
    (lambda: R.check_positive("h", 0, 0.5), "h is 0, but it must be a finite number above 0. "
     "Use h=0.5."),
    (lambda: R.check_positive("h", math.inf, 0.5), "h is inf, but it must be a finite number above "
     "0. Use h=0.5."),
    (lambda: R.check_positive("h", 1, 0.5), None),
    (lambda: R.check_learning_rate(-1), "learning_rate is -1, but it must be a finite number above "
     "0. Use learning_rate=0.001; the update already subtracts, so the sign is taken care of."),
    (lambda: R.check_learning_rate(1e39, torch.float32), "learning_rate is 1e+39, but the largest "
     "float32 is 3.4e+38. Use learning_rate=0.001."),
    (lambda: R.check_choice("reduction", "avg", ("mean", "sum")), "reduction is 'avg', but "
     '"mean" or "sum" is expected. Use reduction="mean".'),
    (lambda: R.check_choice("reduction", ["mean"], ("mean", "sum")), "reduction is ['mean'], but "
     '"mean" or "sum" is expected. Use reduction="mean".'),
    (lambda: R.check_choice("reduction", "sum", ("mean", "sum")), None),
    (lambda: R.check_kind("network", FNN, FNN, "an FNN is", "FNN()"), "network is FNN, but an FNN "
     "is expected. Use FNN()."),
    (lambda: R.check_kind("network", 3, FNN, "an FNN is", "FNN()"), "network is a int, but an FNN "
     "is expected. Use FNN()."),
    (lambda: R.check_callback("on_epoch", 3), "on_epoch is 3, but a function of (epoch, network) "
     "is expected, or None."),
    (lambda: R.check_callback("on_epoch", None), None),
    (lambda: R.check_callback("on_epoch", print), None),
    (lambda: R.check_generator(3), "generator is 3, but a torch.Generator is expected. "
     "Use generator=torch.Generator().manual_seed(0)."),
    (lambda: R.check_generator(None), None),
    (lambda: R.check_dtype(torch.float16), "dtype is torch.float16, but torch.float32 or "
     "torch.float64 is expected. Use dtype=torch.float64 to check gradients."),
    # a network, and what it is given back
    *[(lambda w1=w1, w2=w2: R.check_weights(w1, w2),
       f"w1 has shape {tuple(w1.shape)} and w2 {tuple(w2.shape)}, but inputs × hidden and "
       "hidden × outputs are expected. Check the line that replaced one of them.")
      for w1, w2 in ((W1, W1), (W1[0], W2), (W1, W2.flatten()), (W1, W2[None]))],
    (lambda: R.check_weights(W1, W2.double()), "w2 is float64, but w1 is float32. "
     "Use w2.to(torch.float32)."),
    (lambda: R.check_weights(W1, [1]), "w2 is a list, but a torch.Tensor is expected. "
     "Use torch.as_tensor(w2, dtype=torch.float32)."),
    (lambda: R.check_forward(forward_of(), ONES, W1, W2), None),
    (lambda: R.check_forward(forward_of(2), ONES, W1, W2), "forward holds 2 rows, but X has 3. "
     "Use forward = network.forward(X) with the same X."),
    (lambda: R.check_forward(changed(1, [1]), ONES, W1, W2), "forward.a1 is a list, but a "
     "torch.Tensor is expected. Use torch.as_tensor(forward.a1, dtype=torch.float32)."),
    *[(lambda place=place: R.check_forward(changed(place, torch.ones(3, 7)), ONES, W1, W2),
       f"forward.{name} has shape (3, 7), but this network makes {size}. "
       "Use forward = network.forward(X).")
      for place, name, size in ((0, "z1", (3, 4)), (1, "a1", (3, 4)), (2, "z2", (3, 1)),
                                (3, "y_hat", (3, 1)))],
    (lambda: R.check_forward(changed(1, forward_of()[1].double()), ONES, W1, W2), "forward.a1 is "
     "float64, but w1 is float32. Use forward.a1.to(torch.float32)."),
    (lambda: R.check_forward(changed(1, 2 * forward_of()[0]), ONES, W1, W2), "forward.a1 runs "
     "from 4 to 4, but it must lie between 0 and 1: it is taken after the sigmoid, not before. "
     "Use sigmoid on it first."),
    (lambda: R.check_forward(forward_of(), 1.001 * ONES, W1, W2), "forward was made with another X "
     "or with earlier weights: its z1 is not X @ w1. Use forward = network.forward(X) again before "
     "backward."),
    (lambda: R.check_forward(forward_of(), 1.00005 * ONES, W1, W2), None),  # rounding
    (lambda: R.check_forward(changed(0, torch.full((3, 4), 8e-6)), 0 * ONES, W1, W2), None),
    # a cost
    (lambda: R.check_cost(COST), None),
    (lambda: R.check_cost(BinaryCrossEntropy), f"cost is {BinaryCrossEntropy!r}, but an instance "
     "of BinaryCrossEntropy or SquaredError is expected, or a cost of your own. "
     'Use cost=BinaryCrossEntropy(reduction="mean").'),
    (lambda: R.check_cost("mean"), "cost is 'mean', but an instance of BinaryCrossEntropy or "
     "SquaredError is expected, or a cost of your own. "
     'Use cost=BinaryCrossEntropy(reduction="mean").'),
    (lambda: R.check_cost(NoDelta()), "cost is a NoDelta without delta. A cost of your own needs "
     "value(y_hat, y), one number; delta(y_hat, y), its gradient for z; and activation(z), which "
     "makes y_hat of z. Write def delta(self, …) in it."),
    (lambda: R.check_like("d", torch.ones(3), "y", COLUMN), "d has shape (3,), but y has shape "
     "(3, 1); combining them would give (3, 3). Use d.reshape(3, 1)."),
    (lambda: R.check_like("d", COLUMN.double(), "y", COLUMN), "d is float64, but y is float32. "
     "Use d.to(torch.float32)."),
    (lambda: R.check_like("d", NAN, "y", NAN), "d holds nan at [1, 0] (2 such entries), but finite "
     "numbers are expected. Look for them with d.isfinite()."),
    (lambda: R.check_like("d", 1.0, "y", COLUMN), "d is a float, but a torch.Tensor is expected. "
     "Use torch.as_tensor(d, dtype=torch.float32)."),
    (lambda: R.check_rows("y", [1], 3), "y is a list, but a torch.Tensor is expected. "
     "Use torch.as_tensor(y, dtype=torch.float32)."),
    (lambda: R.check_rows("y", torch.tensor(1.0), 3), "y has shape (), but X has 3 rows, and each "
     "needs its label. Check the line that makes y."),
    (lambda: R.check_rows("y", ONES, 2), "y has shape (3, 2), but X has 2 rows, and each needs its "
     "label. Check the line that makes y."),
    (lambda: R.check_rows("y", torch.tensor([1, 2, 3]), 3), None),  # classes, for one's own cost
    (lambda: R.check_not_flat(torch.tensor([[0.5, 0.5], [0.5, 1e-20]]), 1e-16), "row 1 gives its "
     "label a probability of 1e-20: there the cost is rounded, and a reference made from it would "
     "be wrong. Check the gradient at smaller weights."),
    (lambda: R.check_not_flat(torch.tensor([[0.5], [1e-3]]), 1e-3), "row 1 gives its label a "
     "probability of 0.001: there the cost is rounded, and a reference made from it would be "
     "wrong. Check the gradient at smaller weights."),
    (lambda: R.check_not_flat(torch.tensor([[0.5], [1e-3]]), 1e-4), None),
    *[(lambda cost=cost: R.check_followed(cost), "cost.value(y_hat, y) returned a number that "
       "autograd did not follow. Compute it from y_hat with torch functions, without .item(), "
       "float() or NumPy.") for cost in (1.0, torch.tensor(1.0))],
    (lambda: R.check_followed(torch.tensor(1.0, requires_grad=True)), None),
    (lambda: R.one_number("f", ONES), "f returned a tensor of shape (3, 2), but one number is "
     "expected. Use .sum() or .mean() at its end."),
    *[(lambda value=value: R.one_number("f", value), f"f returned {value!r}, but a decimal number "
       "is expected: a rounded or truth value has no slope. Leave out int(), .long() or a "
       "comparison.") for value in (1, True, torch.tensor(1), "1")],
    (lambda: R.one_number("f", math.nan), "f returned nan, but a finite number is expected. Look "
     "for a logarithm of 0, a division by 0 or an overflow in it."),
    # a training, a gradient check
    (lambda: R.check_answers(torch.ones(3), COLUMN, True), "y has shape (3,), but y_hat has shape "
     "(3, 1); combining them would give (3, 3). Use y.reshape(3, 1)."),
    (lambda: R.check_answers(COLUMN.double(), COLUMN, True), "y is float64, but y_hat is float32. "
     "Use y.to(torch.float32)."),
    (lambda: R.check_answers(COLUMN.long(), COLUMN, True), "y holds int64 numbers, but decimals "
     "(float32 or float64) are expected. Use y.float()."),
    (lambda: R.check_answers(torch.tensor([1, 0, 1]), ONES, True), "y has shape (3,), one number a "
     "row, but (3, 2) is expected: a 1 in the column of the row's class. "
     "Use torch.eye(2)[y.flatten().long()]."),
    (lambda: R.check_answers(torch.ones(4), COLUMN, False), "y has shape (4,), but X has 3 rows, "
     "and each needs its label. Check the line that makes y."),
    (lambda: R.check_answers(torch.ones(3).long(), COLUMN, False), None),
    (lambda: R.stop_training(7, "w1", math.inf), "epoch 7 led to w1 of inf, but finite numbers are "
     "expected. The network keeps the weights from before this epoch. Use a smaller "
     "learning_rate."),
    (lambda: R.check_step_size(1e-3, 2.1e-3, 5.0, torch.float32), "h is 0.001, but beside an entry "
     "of 5 the step becomes 0.00105 in float32. Use a larger h, or float64."),
    (lambda: R.check_step_size(1e-3, 1.9e-3, 5.0, torch.float32), "h is 0.001, but beside an entry "
     "of 5 the step becomes 0.00095 in float32. Use a larger h, or float64."),
    (lambda: R.check_step_size(1e-3, 2.01e-3, 5.0, torch.float32), None),
    (lambda: R.check_step_size(1e-3, 1.99e-3, 5.0, torch.float32), None),
    (lambda: R.check_comparable("g", [1], ONES), "g is a list, but a torch.Tensor is expected. "
     "Use torch.as_tensor(g, dtype=torch.float32)."),
    (lambda: R.check_comparable("g", NAN, NAN), "g holds nan at [1, 0] (2 such entries), but "
     "finite numbers are expected. Look for them with g.isfinite()."),
    (lambda: R.check_comparable("g", ONES, NAN), "the reference for g holds nan at [1, 0] (2 such "
     "entries), but finite numbers are expected. Look for them with the reference for g"
     ".isfinite()."),
    (lambda: R.check_comparable("g", ONES, COLUMN), "g has shape (3, 2), but the reference has "
     "(3, 1): a gradient has the shape of what it is the gradient of."),
    (lambda: R.check_comparable("g", ONES[:0], ONES[:0]), "g is empty: an empty comparison would "
     "agree with anything."),
    (lambda: R.check_five("mine", (1, 2), Gradients._fields), "mine holds 2 gradients, but five "
     "are expected: (dC_dz2, dC_dw2, dC_da1, dC_dz1, dC_dw1)."),
]  # fmt: skip


@pytest.mark.parametrize(("ask", "words"), REFUSED)
def test_what_is_refused_and_in_which_words(ask, words) -> None:
    if words is None:
        ask()
        return
    with pytest.raises((TypeError, ValueError)) as refusal:
        ask()
    assert str(refusal.value) == words


def test_what_fits_comes_back_as_it_is() -> None:
    assert R.check_tensor("X", ONES) is ONES and R.check_matrix("X", ONES, 2) is ONES
    assert R.check_kind("forward", f := Forward(*forward_of()), Forward, "", "") is f
    assert R.check_like("d", ONES, "y", ONES) is ONES
    followed = torch.tensor(1.0, requires_grad=True)
    assert R.check_followed(followed) is followed
    assert R.one_number("f", torch.tensor([[2.5]])) == 2.5 == R.one_number("f", 2.5)


# --- the public functions ask ---------------------------------------------------------------------


class Own:
    """Half the squared error of z itself: a cost of one's own, to be spoiled."""

    def value(self, y_hat, y):
        return ((y_hat - y) ** 2 / 2).sum()

    def delta(self, y_hat, y):
        return y_hat - y

    def activation(self, z):
        return z


def own(**spoiled) -> Own:
    cost = Own()
    for name, function in spoiled.items():
        setattr(cost, name, function)
    return cost


def network(**replaced) -> FNN:
    made = FNN(2, 4, 1, cost=replaced.pop("cost", None))
    made.w1, made.w2 = W1.clone(), W2.clone()
    for name, value in replaced.items():
        setattr(made, name, value)
    return made


def five(net: FNN | None = None) -> Gradients:
    net = net or network()
    return net.backward(ONES, COLUMN, net.forward(ONES))


def backward(X=ONES, y=COLUMN, **replaced) -> Gradients:
    made = network(**replaced)
    return made.backward(X, y, made.forward(ONES))


def run(*, net=None, X=ONES, y=COLUMN, epochs=2, report_every=0, **more):
    return train(net or network(), X, y, epochs, report_every=report_every, **more)


INF = torch.full((3, 2), math.inf)
ASKED = [
    (lambda: FNN(0), "input_dim is 0, but it must be 1 or more"),
    (lambda: FNN(2, 0), "hidden_dim is 0, but it must be 1 or more"),
    (lambda: FNN(2, 2, 0), "output_dim is 0, but it must be 1 or more"),
    (lambda: FNN(1.5), "input_dim is 1.5"),
    (lambda: FNN(2, 1.5), "hidden_dim is 1.5"),
    (lambda: FNN(2, 2, 1.5), "output_dim is 1.5"),
    (lambda: FNN(cost="mean"), "cost is 'mean'"),
    (lambda: FNN(generator=3), "generator is 3"),
    (lambda: FNN(dtype=torch.float16), "dtype is torch.float16"),
    (lambda: network().forward(INF), "z1 = X @ w1 holds inf at [0, 0] (12 such entries), but "
     "finite numbers are expected. Look for them with X.isfinite(), w1.isfinite()."),
    (lambda: network(w2=W2 / 0).forward(ONES), "z2 = a1 @ w2 holds inf at [0, 0] (3 such entries), "
     "but finite numbers are expected. Look for them with w2.isfinite()."),
    (lambda: network(cost=own(activation=torch.flatten)).forward(ONES),
     "cost.activation(z2) has shape (3,), but z2 has shape (3, 1)"),
    (lambda: network(cost="x").forward(ONES), "cost is 'x'"),
    (lambda: network(w1=[1]).forward(ONES), "w1 is a list"),
    (lambda: network().forward(ONES.T), "X has shape (2, 3), but N × 2 is expected"),
    (lambda: network().forward(ONES.double()), "X is float64, but w1 is float32"),
    (lambda: backward(ONES.T), "X has shape (2, 3), but N × 2 is expected"),
    (lambda: network().backward(ONES, COLUMN, forward_of()), "forward is a tuple, but a Forward is "
     "expected. Use forward = network.forward(X)."),
    (lambda: backward(2 * ONES), "forward was made with another X"),
    (lambda: backward(y=torch.ones(3)), "y has shape (3,), but y_hat has shape (3, 1)"),
    (lambda: backward(cost=own(delta=lambda p, y: (p - y).flatten())),
     "cost.delta(y_hat, y) has shape (3,), but y_hat has shape (3, 1)"),
    (lambda: network().step(five(), 0), "learning_rate is 0"),
    (lambda: network(w1=[1]).step(five(), 1), "w1 is a list"),
    (lambda: network().step(tuple(five()), 1), "gradients is a tuple, but Gradients are expected. "
     "Use gradients = network.backward(X, y, forward)."),
    (lambda: network().step(five()._replace(dC_dw1=ONES), 1), "dC_dw1 has shape (3, 2), but w1"),
    (lambda: network().step(five()._replace(dC_dw2=ONES), 1), "dC_dw2 has shape (3, 2), but w2"),
    (lambda: network().step(five()._replace(dC_dw1=W1 * 1e38), 1e3),
     "w1 after a step of 1000 holds -inf at [0, 0] (8 such entries), but finite numbers are "
     "expected. Look for them with w1.isfinite()."),
    (lambda: network().step(five()._replace(dC_dw2=W2 * 1e38), 1e3),
     "w2 after a step of 1000 holds -inf at [0, 0] (4 such entries), but finite numbers are "
     "expected. Look for them with w2.isfinite()."),
    (lambda: sigmoid([1]), "z is a list"),
    (lambda: sigmoid(NAN), "z holds NaN (not a number), and a sigmoid of it means nothing. "
     "Find the first one with z.isnan().nonzero()[0]."),
    (lambda: sigmoid_slope([1]), "a is a list"),
    (lambda: sigmoid_slope(2 * ONES), "a runs from 2 to 2"),
    (lambda: sigmoid_slope(torch.empty(0)), None),
    (lambda: BinaryCrossEntropy("avg"), "reduction is 'avg'"),
    (lambda: COST.value(torch.ones(3), COLUMN), "y_hat has shape (3,)"),
    (lambda: COST.value(COLUMN, torch.ones(3)), "y has shape (3,), but y_hat has shape (3, 1)"),
    (lambda: COST.value(2 * COLUMN, COLUMN), "y_hat runs from 2 to 2"),
    (lambda: COST.delta(torch.ones(3), COLUMN), "y_hat has shape (3,)"),
    (lambda: COST.delta(COLUMN, torch.ones(3)), "y has shape (3,), but y_hat has shape (3, 1)"),
    (lambda: COST.delta(2 * COLUMN, COLUMN), "y_hat runs from 2 to 2"),
    (lambda: SigmoidCost.entry_cost(COLUMN, COLUMN), ""),
    (lambda: SigmoidCost.entry_delta(COLUMN, COLUMN), ""),
    (lambda: run(epochs=-1), "epochs is -1, but it must be 0 or more"),
    (lambda: run(epochs=0), None),
    (lambda: run(report_every=-1), "report_every is -1, but it must be 0 or more"),
    (lambda: run(learning_rate=0), "learning_rate is 0"),
    (lambda: run(net="x"), "network is a str, but an FNN or a layers.Network is expected. "
     "Use network = FNN()."),
    (lambda: run(net=network(cost="x")), "cost is 'x', but an instance of BinaryCrossEntropy"),
    (lambda: run(net=network(w1=W2)), "w1 has shape (4, 1) and w2 (4, 1), but inputs × hidden"),
    (lambda: run(X=ONES.double()), "X is float64, but w1 is float32. Use X.to(torch.float32)."),
    (lambda: run(net=network(w1=W1 / 0)), "w1 holds inf at [0, 0] (8 such entries)"),
    (lambda: run(net=network(w2=W2 / 0)), "w2 holds inf at [0, 0] (4 such entries)"),
    (lambda: run(net=network(cost=CategoricalCrossEntropy())), "y_hat has one column, but two"),
    (lambda: run(on_epoch=3), "on_epoch is 3"),
    (lambda: run(generator=3), "generator is 3"),
    (lambda: run(batch_size=0), "batch_size is 0, but it must be 1 or more"),
    (lambda: run(batch_size=1), None),
    (lambda: run(X=ONES.T), "X has shape (2, 3), but N × 2 is expected"),
    (lambda: run(X=INF), "X holds inf at [0, 0] (6 such entries)"),
    (lambda: run(y=torch.ones(3)), "y has shape (3,), but y_hat has shape (3, 1)"),
    (lambda: run(y=2 * COLUMN), "y holds 2, but labels are 0 or 1"),
    (lambda: run(net=network(cost=own(value=lambda p, y: p))),
     "cost.value(y_hat, y) returned a tensor of shape (3, 1)"),
    (lambda: run(net=network(cost=own()), y=torch.ones(4, 1)), "y has shape (4, 1), but X has 3"),
    (lambda: central_differences(sum, [1]), "w is a list"),
    (lambda: central_differences(sum, NAN), "w holds nan at [1, 0]"),
    (lambda: central_differences(sum, ONES, h=0), "h is 0, but it must be a finite number above 0. "
     "Use h=0.01."),
    (lambda: central_differences(lambda w: w, ONES), "f returned a tensor of shape (3, 2)"),
    (lambda: central_differences(torch.sum, 1e9 * ONES), "h is 0.01, but beside an entry of 1e+09 "
     "the step becomes 0 in float32. Use a larger h, or float64."),
    (lambda: compare("w1", [1], W1), "w1 is a list"),
    (lambda: compare("w1", W1, W2), "w1 has shape (2, 4), but the reference has (4, 1)"),
    (lambda: compare("w1", W1, W1, tolerance=0), "tolerance is 0, but it must be a finite number "
     "above 0. Use tolerance=1e-06."),
    (lambda: compare_gradients(five()[:4], five()), "mine holds 4 gradients"),
    (lambda: compare_gradients(five(), five()[:4]), "reference holds 4 gradients"),
    *[(lambda by=by: by(network(cost=own(value=lambda p, y: (p - y).sum().item())), ONES, COLUMN),
       words)
      for by, words in ((gradients_by_autograd, "cost.value(y_hat, y) returned a number that "
                         "autograd did not follow"), (gradients_by_differences, None))],
    *[(lambda by=by: by(network(w2=60 * W2), ONES, 0 * COLUMN), "row 0 gives its label a "
       "probability of 0") for by in (gradients_by_autograd, gradients_by_differences)],
]  # fmt: skip


@pytest.mark.parametrize(("ask", "words"), ASKED)
def test_public_functions_ask(ask, words) -> None:
    if words is None:
        ask()
        return
    with pytest.raises((TypeError, ValueError, NotImplementedError)) as refusal:
        ask()
    assert words in str(refusal.value)
