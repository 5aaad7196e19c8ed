"""check_step(w, dC_dw, learning_rate) -> the weights after one step."""
# ruff: noqa: B006, B905, F841

import copy
from operator import sub

import numpy as np
import torch

from .bank import right, wrong

velocity = {}
history = []


# --- one mistake -----------------------------------------------------------------------------


@wrong(
    "check_step",
    "uphill",
    where="w",
    cause="plus for minus, as where the error is target minus output",
)
def adds_the_gradient(w, dC_dw, learning_rate):
    return w + learning_rate * dC_dw


@wrong("check_step", "uphill", where="w", cause="two minus signs")
def two_minus_signs(w, dC_dw, learning_rate):
    change = -learning_rate * dC_dw
    new = w - change
    return new


@wrong("check_step", "rate-forgotten", where="w", cause="the rate is forgotten")
def rate_forgotten(w, dC_dw, learning_rate):
    w_new = w.clone()
    w_new -= dC_dw
    return w_new


@wrong("check_step", "rate-fixed", where="w", cause="a global rate in place of the argument")
def own_rate(w, dC_dw, learning_rate):
    lr = 0.01
    return w - lr * dC_dw


@wrong("check_step", "rate-fixed", where="w", cause="a default overrides the argument")
def default_overrides(w, dC_dw, learning_rate, alpha=0.5):
    learning_rate = alpha
    return torch.sub(w, dC_dw, alpha=learning_rate)


@wrong(
    "check_step",
    "rate-squared",
    where="w",
    cause="multiplies the rate into the gradient, then again",
)
def rate_multiplied_in_twice(w, dC_dw, learning_rate):
    update = learning_rate * dC_dw
    return w - learning_rate * update


@wrong("check_step", "divided-by-rate", where="w", cause="divides by the rate")
def divides_by_rate(w, dC_dw, learning_rate):
    return w - dC_dw / learning_rate


@wrong("check_step", "only-the-change", where="w", cause="returns the change")
def returns_delta_w(w, dC_dw, learning_rate):
    delta_w = -learning_rate * dC_dw
    w = w + delta_w
    return delta_w


@wrong(
    "check_step",
    "weight-decay",
    where="w",
    cause="the weight in place of the gradient: w - rate * w",
)
def weight_in_place_of_gradient(w, dC_dw, learning_rate):
    return w - learning_rate * w


@wrong(
    "check_step",
    "something-added",
    where="w",
    cause="weight decay beside the gradient",
    or_else=(("weight-decay",),),
)
def decay_beside_the_gradient(w, dC_dw, learning_rate):
    lam = 0.1
    return w - learning_rate * (dC_dw + lam * w)


@wrong("check_step", "negated", where="w", cause="the difference the wrong way round")
def wrong_way_round(w, dC_dw, learning_rate):
    return learning_rate * dC_dw - w


@wrong("check_step", "rate-on-weight", where="w", cause="the rate at the weight")
def rate_at_the_weight(w, dC_dw, learning_rate):
    return learning_rate * w - dC_dw


@wrong("check_step", "missing-parentheses", where="w", cause="(w - rate) * gradient")
def brackets_in_the_wrong_place(w, dC_dw, learning_rate):
    return (w - learning_rate) * dC_dw


@wrong("check_step", "rate-on-everything", where="w", cause="rate * (w - gradient)")
def rate_before_the_bracket(w, dC_dw, learning_rate):
    return learning_rate * (w - dC_dw)


@wrong("check_step", "multiplied", where="w", cause="*= where -= belongs")
def multiplies_the_weights(w, dC_dw, learning_rate):
    out = w.clone()
    out *= learning_rate * dC_dw
    return out


@wrong(
    "check_step",
    "unchanged",
    where="w",
    cause="the new value gets another name, the old is returned",
)
def old_name_is_returned(w, dC_dw, learning_rate):
    new_w = w - learning_rate * dC_dw
    return w


@wrong("check_step", "unchanged", where="w", cause="w.sub is not in place, its result is dropped")
def result_is_dropped(w, dC_dw, learning_rate):
    w.sub(learning_rate * dC_dw)
    return w


@wrong("check_step", "unchanged", where="w", cause="the loop variable is changed, not the table")
def loop_variable_changed(w, dC_dw, learning_rate):
    rows = w.tolist()
    for row, grads in zip(rows, dC_dw.tolist()):
        for weight, g in zip(row, grads):
            weight -= learning_rate * g
    return torch.tensor(rows, dtype=w.dtype)


@wrong("check_step", "sign-only", where="w", cause="the sign of the gradient, as in signSGD")
def follows_signs(w, dC_dw, learning_rate):
    return w - learning_rate * np.sign(dC_dw)


@wrong(
    "check_step",
    "sign-only",
    where="w",
    cause="one Adam step from fresh moments: only signs are left",
)
def first_step_of_adam(w, dC_dw, learning_rate):
    m = 0.1 * dC_dw / (1 - 0.9)
    v = 0.001 * dC_dw**2 / (1 - 0.999)
    return w - learning_rate * m / (v.sqrt() + 1e-8)


@wrong("check_step", "normalised", where="w", cause="the gradient is scaled to length one")
def gradient_of_length_one(w, dC_dw, learning_rate):
    return w - learning_rate * dC_dw / torch.linalg.norm(dC_dw)


@wrong(
    "check_step", "averaged-gradient", where="w", cause="the mean of the gradient for every weight"
)
def mean_for_every_weight(w, dC_dw, learning_rate):
    return w - learning_rate * dC_dw.mean()


@wrong(
    "check_step", "averaged-gradient", where="w", cause="the sum of the gradient for every weight"
)
def sum_for_every_weight(w, dC_dw, learning_rate):
    return w - learning_rate * np.sum(dC_dw.numpy())


@wrong(
    "check_step",
    "averaged-over-rows",
    where="w",
    cause="the gradient averaged over its rows first",
)
def averaged_over_axis_zero(w, dC_dw, learning_rate):
    return w - learning_rate * dC_dw.mean(dim=0)


@wrong("check_step", "gradient-forgotten", where="w", cause="only the rate is subtracted")
def only_the_rate(w, dC_dw, learning_rate):
    return w - learning_rate


@wrong("check_step", "step-twice", where="w", cause="steps in the helper and once more after it")
def two_steps(w, dC_dw, learning_rate):
    def update(weights):
        return weights - learning_rate * dC_dw

    return update(update(w))


@wrong("check_step", "half-a-step", where="w", cause="one half, from the squared error")
def half_of_it(w, dC_dw, learning_rate):
    return w - 1 / 2 * learning_rate * dC_dw


@wrong("check_step", "divided-again", where="w", cause="divides by the number of rows again")
def mean_again(w, dC_dw, learning_rate):
    m = dC_dw.shape[0]
    return w - learning_rate * (1 / m) * dC_dw


@wrong(
    "check_step",
    "factor",
    where="w",
    or_else=(
        ("rate-wrong",),
        ("divided-again",),
    ),
    cause="the gradient divided by 100, the lesson's flowers",
)
def divided_by_a_hundred(w, dC_dw, learning_rate):
    return w - learning_rate * dC_dw / 100


@wrong("check_step", "rate-added", where="w", cause="rate and gradient are added")
def rate_plus_gradient(w, dC_dw, learning_rate):
    return w - (learning_rate + dC_dw)


@wrong("check_step", "gradient-squared", where="w", cause="the gradient is squared")
def squares_the_gradient(w, dC_dw, learning_rate):
    return w - learning_rate * dC_dw**2


@wrong("check_step", "gradient-returned", where="w", cause="returns the gradient")
def returns_the_gradient(w, dC_dw, learning_rate):
    w = w - learning_rate * dC_dw
    return dC_dw


@wrong(
    "check_step",
    "averaged",
    where="w",
    cause="a moving average of weights and gradient",
    or_else=(("weight-decay",),),
)
def moving_average(w, dC_dw, learning_rate):
    return (1 - learning_rate) * w - learning_rate * dC_dw


@wrong("check_step", "changes-its-input", cause="-= works in place on the argument")
def in_place_minus(w, dC_dw, learning_rate):
    w -= learning_rate * dC_dw
    return w


@wrong("check_step", "changes-its-input", cause="w.data is changed")
def data_in_place(w, dC_dw, learning_rate):
    w.data.sub_(learning_rate * dC_dw.data)
    return w.clone()


@wrong("check_step", "changes-its-input", cause=".numpy() shares memory with the tensor")
def numpy_shares_memory(w, dC_dw, learning_rate):
    a = w.numpy()
    a -= learning_rate * dC_dw.numpy()
    return torch.from_numpy(a)


@wrong(
    "check_step",
    "changes-its-input",
    cause="np.asarray does not copy, and the rows are changed one by one",
)
def asarray_is_no_copy(w, dC_dw, learning_rate):
    a = np.asarray(w)
    for i in range(len(a)):
        a[i] -= learning_rate * np.asarray(dC_dw)[i]
    return a.copy()


@wrong("check_step", "changes-its-input", cause="the gradient is multiplied in place by the rate")
def gradient_changed_in_place(w, dC_dw, learning_rate):
    dC_dw *= learning_rate
    return w - dC_dw


@wrong("check_step", "not-repeatable", cause="momentum in a global, from call to call")
def velocity_in_a_global(w, dC_dw, learning_rate):
    key = tuple(w.shape)
    velocity[key] = 0.9 * velocity.get(key, 0) + dC_dw
    return w - learning_rate * velocity[key]


@wrong(
    "check_step", "not-repeatable", cause="a mutable default counts the calls, and the rate decays"
)
def rate_decays_from_call_to_call(w, dC_dw, learning_rate, count=[]):
    count.append(1)
    return w - learning_rate / len(count) * dC_dw


@wrong("check_step", "clipped", where="w", cause="the gradient is clipped to a small range")
def clips_the_gradient(w, dC_dw, learning_rate):
    return w - learning_rate * torch.clip(dC_dw, -0.3, 0.3)


@wrong("check_step", "rounded", where="w", cause="new weights are rounded to two places")
def rounds_new_weights(w, dC_dw, learning_rate):
    return torch.round((w - learning_rate * dC_dw) * 100) / 100


@wrong("check_step", "half-precision", where="w", cause="kept in half precision")
def keeps_half_precision(w, dC_dw, learning_rate):
    return (w.half() - (learning_rate * dC_dw).half()).double()


@wrong("check_step", "rounded", where="w", cause="new weights are cut to whole numbers")
def whole_numbers(w, dC_dw, learning_rate):
    return (w - learning_rate * dC_dw).int()


@wrong("check_step", "unchanged", where="w", cause="int(rate) is 0", or_else=(("rounded",),))
def rate_cut_to_zero(w, dC_dw, learning_rate):
    rate = int(learning_rate)
    return w - rate * dC_dw


@wrong("check_step", "flat", where="w", cause="the weights come back flat")
def comes_back_flat(w, dC_dw, learning_rate):
    return [p - learning_rate * g for p, g in zip(w.flatten().tolist(), dC_dw.flatten().tolist())]


@wrong("check_step", "transposed", where="w", cause="the weights come back transposed")
def comes_back_transposed(w, dC_dw, learning_rate):
    W, dW = w.T, dC_dw.T
    W = W - learning_rate * dW
    return W


@wrong(
    "check_step",
    "first-unit-only",
    where="w",
    or_else=(("first-sample-only",),),
    cause="return inside the loop: only the first row is changed",
)
def only_first_row_changes(w, dC_dw, learning_rate):
    new = w.clone()
    for i in range(len(w)):
        new[i] = w[i] - learning_rate * dC_dw[i]
        return new


@wrong(
    "check_step",
    "unit-missing",
    where="w",
    or_else=(("sample-missing",),),
    cause="the last row is not reached",
)
def last_row_not_reached(w, dC_dw, learning_rate):
    new = w.detach().clone()
    for i in range(w.shape[0] - 1):
        for j in range(w.shape[1]):
            new[i][j] = w[i][j] - learning_rate * dC_dw[i][j]
    return new


@wrong("check_step", "no-number", cause="return is forgotten", or_else=((),))
def no_return(w, dC_dw, learning_rate):
    w = w - learning_rate * dC_dw


@wrong(
    "check_step",
    where="w",
    cause="only weights with a positive slope are moved",
    or_else=(
        ("clipped",),
        ("right-for-positive-z",),
    ),
)
def moves_only_downhill_on_the_right(w, dC_dw, learning_rate):
    return torch.where(dC_dw > 0, w - learning_rate * dC_dw, w)


@wrong("check_step", "leaf-in-place", cause="in place on a leaf that asks for a gradient")
def in_place_on_a_leaf(w, dC_dw, learning_rate):
    w = w.clone().detach().requires_grad_(True)
    w -= learning_rate * dC_dw
    return w


# --- two mistakes ----------------------------------------------------------------------------


@wrong("check_step", "uphill-without-rate", where="w", cause="adds the gradient, and no rate")
def adds_without_rate(w, dC_dw, learning_rate):
    return w + dC_dw


@wrong(
    "check_step",
    "uphill",
    "step-twice",
    where="w",
    cause="adds twice the step",
    or_else=(("uphill", "factor-two"),),
)
def adds_twice(w, dC_dw, learning_rate):
    return w + 2 * learning_rate * dC_dw


@wrong(
    "check_step",
    "uphill",
    "changes-its-input",
    where="w",
    cause="+= in place",
    or_else=(("changes-its-input",), ("uphill",)),
)
def adds_in_place(w, dC_dw, learning_rate):
    w += learning_rate * dC_dw
    return w


@wrong(
    "check_step",
    "rate-forgotten",
    "divided-again",
    where="w",
    cause="no rate, and divided by the rows",
)
def no_rate_and_divided(w, dC_dw, learning_rate):
    return w - dC_dw / len(dC_dw)


@wrong("check_step", "uphill", "transposed", where="w", cause="adds, and comes back transposed")
def adds_and_transposes(w, dC_dw, learning_rate):
    return w.T + learning_rate * dC_dw.T


@wrong(
    "check_step",
    "only-the-change",
    where="w",
    or_else=(("only-the-change", "uphill"), ("only-the-change", "sign")),
    cause="the change alone, with the wrong sign",
)
def change_with_wrong_sign(w, dC_dw, learning_rate):
    return learning_rate * dC_dw


# --- right -----------------------------------------------------------------------------------


@right("check_step")
def one_line(w, dC_dw, learning_rate):
    return w - learning_rate * dC_dw


@right("check_step")
def minus_on_a_clone(w, dC_dw, learning_rate):
    new = w.clone()
    new -= learning_rate * dC_dw
    return new


@right("check_step")
def torch_sub_with_alpha(w, dC_dw, learning_rate):
    return torch.sub(w, dC_dw, alpha=learning_rate)


@right("check_step")
def nested_comprehension(w, dC_dw, learning_rate):
    return [
        [p - learning_rate * g for p, g in zip(row, slopes)]
        for row, slopes in zip(w.tolist(), dC_dw.tolist())
    ]


@right("check_step")
def weight_by_weight(w, dC_dw, learning_rate):
    new = torch.empty(w.shape, dtype=w.dtype)
    for i in range(w.shape[0]):
        for j in range(w.shape[1]):
            new[i, j] = w[i, j] - dC_dw[i, j] * learning_rate
    return new


@right("check_step")
def optimiser_of_torch(w, dC_dw, learning_rate):
    p = torch.nn.Parameter(w.clone())
    p.grad = dC_dw.clone()
    torch.optim.SGD([p], lr=learning_rate).step()
    return p.detach()


@right("check_step")
def numpy_copy(w, dC_dw, learning_rate):
    a = np.array(w, copy=True)
    a -= learning_rate * np.array(dC_dw)
    return a


@right("check_step")
def map_over_rows(w, dC_dw, learning_rate):
    rows = map(sub, w, learning_rate * dC_dw)
    return torch.stack(list(rows))


@right("check_step")
def velocity_of_plain_descent(w, dC_dw, learning_rate):
    momentum, v = 0.0, torch.zeros_like(w)
    v = momentum * v - learning_rate * dC_dw
    return w + v


@right("check_step")
def deep_copy_and_data(w, dC_dw, learning_rate):
    new = copy.deepcopy(w)
    new.data.add_(dC_dw, alpha=-learning_rate)
    return new


@right("check_step")
def single_precision_step(w, dC_dw, learning_rate):
    return w.float() - np.float32(learning_rate) * dC_dw.float()


@right("check_step")
def lerp_toward_the_gradient_step(w, dC_dw, learning_rate):
    return torch.lerp(w, w - dC_dw, learning_rate)


@right("check_step")
def class_of_an_optimiser(w, dC_dw, learning_rate):
    class GradientDescent:
        def __init__(self, lr):
            self.lr = lr

        def update(self, params, grads):
            return {k: params[k] - self.lr * grads["d" + k] for k in params}

    return GradientDescent(learning_rate).update({"W": w}, {"dW": dC_dw})["W"]
