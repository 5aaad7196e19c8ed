"""Layers and networks of them against autograd and central differences; what they refuse."""

import math

import pytest
import torch
from conftest import seeded
from hypothesis import given
from hypothesis import strategies as st

from fnn_helpers import (
    FNN,
    BinaryCrossEntropy,
    CategoricalCrossEntropy,
    SquaredError,
    central_differences,
    load_iris_trio,
    train,
    training,
)
from fnn_helpers.layers import Linear, Network, NetworkForward, ReLU, Sigmoid, Tanh

ACTIVATIONS = {"sigmoid": Sigmoid, "tanh": Tanh, "relu": ReLU}
COSTS = [c(r) for c in (BinaryCrossEntropy, SquaredError, CategoricalCrossEntropy)
         for r in ("mean", "sum")]  # fmt: skip


@st.composite
def networks(draw):
    """Any depth, width, batch, cost and dtype; biases that are not zero."""
    widths = draw(st.lists(st.integers(1, 5), min_size=1, max_size=5))
    cost = draw(st.sampled_from(COSTS))
    widths.append(draw(st.integers(2 if isinstance(cost, CategoricalCrossEntropy) else 1, 4)))
    generator = seeded(draw(st.integers(0, 999)))
    dtype = draw(st.sampled_from([torch.float32, torch.float64]))
    layers = []
    for inputs, outputs in zip(widths[:-1], widths[1:], strict=True):
        bias = draw(st.booleans())
        layers.append(Linear(inputs, outputs, bias=bias, generator=generator, dtype=dtype))
        if bias:
            layers[-1].b = torch.randn(1, outputs, generator=generator, dtype=dtype)
        layers += [ACTIVATIONS[n]() for n in draw(st.lists(st.sampled_from([*ACTIVATIONS]),
                                                           max_size=2))]  # fmt: skip
    while not isinstance(layers[-1], Linear):
        layers.pop()
    N = draw(st.integers(1, 7))
    X = torch.randn(N, widths[0], generator=generator, dtype=dtype)
    return Network(*layers, cost=cost), X, labels(N, widths[-1], cost, generator, dtype)


def labels(N, outputs, cost, generator, dtype) -> torch.Tensor:
    if isinstance(cost, CategoricalCrossEntropy):
        species = torch.randint(outputs, (N,), generator=generator)
        return torch.eye(outputs, dtype=dtype)[species]
    return (torch.rand(N, outputs, generator=generator) < 0.5).to(dtype)


def by_autograd(network: Network, X: torch.Tensor, y: torch.Tensor) -> list[dict]:
    """The same network, made of torch's own functions."""
    weights = [{k: v.clone().requires_grad_() for k, v in vars(layer).items() if v is not None}
               for layer in network.layers]  # fmt: skip
    functions = {Sigmoid: torch.sigmoid, Tanh: torch.tanh, ReLU: torch.relu}
    x = X
    for layer, w in zip(network.layers, weights, strict=True):
        x = x @ w["w"] + w.get("b", 0) if w else functions[type(layer)](x)
    kind, sums = type(network.cost), network.cost.reduction == "sum"
    if kind is CategoricalCrossEntropy:
        cost = torch.nn.functional.cross_entropy(x, y.argmax(1), reduction="sum")
    elif kind is BinaryCrossEntropy:
        cost = torch.nn.functional.binary_cross_entropy_with_logits(x, y, reduction="sum")
    else:
        cost = ((torch.sigmoid(x) - y) ** 2).sum() / 2
    flat = [w for named in weights for w in named.values()]
    gradients = iter(torch.autograd.grad(cost if sums else cost / len(X), flat))
    return [{name: next(gradients) for name in named} for named in weights]


def assert_same(mine: list[dict], reference: list[dict], **tolerance) -> None:
    assert [sorted(named) for named in mine] == [sorted(named) for named in reference]
    for named, expected in zip(mine, reference, strict=True):
        for name in named:
            torch.testing.assert_close(named[name], expected[name], **tolerance)


@given(networks())
def test_gradients_of_any_network_match_autograd_and_nothing_is_changed(case) -> None:
    network, X, y = case
    forward = network.forward(X)
    held = [
        X,
        y,
        *forward.outs,
        forward.y_hat,
        *training._named(training._weights(network)).values(),
    ]
    before = [t.clone() for t in held]
    mine = network.backward(X, y, forward)
    tolerance = {"atol": 1e-5, "rtol": 1e-4} if X.dtype is torch.float32 else {}
    assert_same(mine, by_autograd(network, X, y), **tolerance)
    assert all(torch.equal(b, a) for b, a in zip(before, held, strict=True))


@pytest.mark.parametrize("make", [Sigmoid, Tanh])
@pytest.mark.parametrize("cost", COSTS, ids=str)
def test_gradients_match_central_differences(make, cost) -> None:
    generator, kind = seeded(4), torch.float64
    network = Network(Linear(3, 4, generator=generator, dtype=kind), make(),
                      Linear(4, 5, bias=False, generator=generator, dtype=kind), make(),
                      Linear(5, 2, generator=generator, dtype=kind), cost=cost)  # fmt: skip
    X = torch.randn(6, 3, generator=generator, dtype=kind)
    y = labels(6, 2, cost, generator, kind)
    for layer, named in zip(
        network.layers, network.backward(X, y, network.forward(X)), strict=True
    ):
        for name, gradient in named.items():
            w = getattr(layer, name)

            def poked(value, layer=layer, name=name):
                setattr(layer, name, value)
                return cost.value(network.forward(X).y_hat, y)

            numeric = central_differences(poked, w)
            setattr(layer, name, w)
            torch.testing.assert_close(gradient, numeric, atol=1e-6, rtol=1e-5)


@pytest.mark.parametrize("layer", [Linear(3, 4, generator=seeded(0)), Linear(3, 4, bias=False),
                                   Sigmoid(), Tanh(), ReLU()])  # fmt: skip
def test_each_layer_alone_matches_autograd_and_changes_nothing(layer) -> None:
    x = torch.randn(5, 3, generator=seeded(1))
    followed = x.clone().requires_grad_()
    out = layer.forward(x)
    d_out = torch.randn(out.shape, generator=seeded(2))
    before = [t.clone() for t in (x, out, d_out)]
    d_x, _ = layer.backward(x, out, d_out)
    (reference,) = torch.autograd.grad(layer.forward(followed), followed, d_out)
    torch.testing.assert_close(d_x, reference)
    assert all(torch.equal(b, a) for b, a in zip(before, (x, out, d_out), strict=True))


def test_at_the_kink_the_slope_is_zero() -> None:
    x = torch.tensor([[-1.0, 0.0, 2.0]])
    assert ReLU().backward(x, ReLU().forward(x), torch.ones(1, 3))[0].tolist() == [[0, 0, 1]]


def test_weights_are_normal_times_scale_and_biases_zero() -> None:
    expected = torch.randn(3, 4, generator=seeded(5))
    layer = Linear(3, 4, scale=0.1, generator=seeded(5))
    assert torch.equal(layer.w, 0.1 * expected)
    assert torch.equal(layer.b, torch.zeros(1, 4)) and Linear(3, 4, bias=False).b is None
    assert Linear(3, 4, dtype=torch.float64).b.dtype is torch.float64


def fnn_and_same(cost, outputs=1, hidden=4) -> tuple[FNN, Network]:
    fnn = FNN(2, hidden, outputs, cost=cost, generator=seeded(1))
    first, last = Linear(2, hidden, bias=False), Linear(hidden, outputs, bias=False)
    first.w, last.w = fnn.w1, fnn.w2
    return fnn, Network(first, Sigmoid(), last, cost=cost)


@pytest.mark.parametrize("options", [{}, {"batch_size": 7}, {"on_epoch": lambda e, n: None}])
@pytest.mark.parametrize("cost", [BinaryCrossEntropy(), SquaredError("sum")], ids=str)
def test_the_network_of_part_one_trains_the_same_in_layers(cost, options) -> None:
    X = torch.randn(20, 2, generator=seeded(3))
    y = (X[:, :1] > 0).float()
    runs = []
    for network in fnn_and_same(cost):
        generator = seeded(9) if "batch_size" in options else None
        runs.append(train(network, X, y, 6, 0.1, 0, generator=generator, **options))
    for mine, theirs in zip(*runs, strict=True):
        assert mine == pytest.approx(theirs, abs=1e-6)


def iris_network(**options) -> Network:
    generator = seeded(0)
    return Network(Linear(4, 8, generator=generator), Tanh(), Linear(8, 3, generator=generator),
                   cost=CategoricalCrossEntropy(**options))  # fmt: skip


def test_three_species_are_learned_and_the_history_is_the_networks_own() -> None:
    flowers, network = load_iris_trio(), iris_network()
    p = network.forward(flowers.X).y_hat
    first = network.cost.value(p, flowers.y).item()
    share = (p.argmax(1) == flowers.y.argmax(1)).float().mean().item()
    history = train(network, flowers.X, flowers.y, 200, 0.5, report_every=0)
    assert history.loss[0] == pytest.approx(first) and history.accuracy[0] == pytest.approx(share)
    assert history.loss[-1] < 0.1 and history.accuracy[-1] > 0.95
    summed = train(iris_network(reduction="sum"), flowers.X, flowers.y, 1, 0.001, 0)
    assert summed.loss[0] == pytest.approx(150 * first, rel=1e-5)


@pytest.mark.parametrize("batch_size", [None, 31])
def test_blocks_of_rows_and_steps_by_hand_come_to_the_same(monkeypatch, batch_size) -> None:
    monkeypatch.setattr(training, "IN_CACHE", 8 * 11)  # 11 rows a block
    flowers, network, slow = load_iris_trio(), iris_network(), iris_network()
    train(network, *flowers[:2], 4, 0.3, 0, batch_size=batch_size, generator=seeded(2))
    order = seeded(2)
    for _ in range(4):
        rows = torch.randperm(150, generator=order) if batch_size else torch.arange(150)
        for some in rows.split(batch_size or 150):
            X, y = flowers.X[some], flowers.y[some]
            slow.step(slow.backward(X, y, slow.forward(X)), 0.3)
    for mine, theirs in zip(network.layers, slow.layers, strict=True):
        for name, value in vars(mine).items():
            torch.testing.assert_close(value, getattr(theirs, name), atol=1e-5, rtol=1e-5)


def test_training_and_steps_make_new_tensors() -> None:
    flowers, network = load_iris_trio(), iris_network()
    for move in (
        lambda: train(network, *flowers[:2], 3, 0.1, 0),
        lambda: network.step(network.backward(*flowers[:2], network.forward(flowers.X)), 0.1),
    ):
        taken = [network.layers[0].w, network.layers[0].b, network.layers[2].w]
        copies = [t.clone() for t in taken]
        move()
        now = [network.layers[0].w, network.layers[0].b, network.layers[2].w]
        assert all(torch.equal(t, c) for t, c in zip(taken, copies, strict=True))
        assert not any(torch.equal(t, n) for t, n in zip(taken, now, strict=True))


class Interrupt:
    """A layer of one's own that lets things through, until it has been called too often."""

    def __init__(self, calls: float = math.inf) -> None:
        self.left = [calls]

    def forward(self, x):
        return x

    def backward(self, x, out, d_out):
        self.left[0] -= 1
        if self.left[0] < 0:
            raise KeyboardInterrupt
        return d_out, {}


def test_an_interrupt_within_an_epoch_leaves_the_weights_of_its_start() -> None:
    flowers = load_iris_trio()
    network, same = (Network(*iris_network().layers[:2], Interrupt(c), iris_network().layers[2],
                             cost=CategoricalCrossEntropy()) for c in (7, math.inf))  # fmt: skip
    with pytest.raises(KeyboardInterrupt):
        train(network, *flowers[:2], 9, 0.1, 0, batch_size=50, generator=seeded(0))
    train(same, *flowers[:2], 2, 0.1, 0, batch_size=50, generator=seeded(0))  # 3 batches an epoch
    for place in (0, 3):
        assert torch.equal(network.layers[place].w, same.layers[place].w)


def test_no_number_stops_at_its_epoch_and_names_the_weight() -> None:
    network = Network(Linear(2, 3, generator=seeded(0)), ReLU(), Linear(3, 1, generator=seeded(1)),
                      cost=BinaryCrossEntropy("sum"))  # fmt: skip
    before = network.layers[2].w
    X = torch.randn(20, 2, generator=seeded(3))
    with pytest.raises(ValueError, match=r"^epoch 0 led to layers\[\d\]\.[wb] of -?(inf|nan), but"):
        train(network, X, (X[:, :1] > 0).float(), 30, 3e38, 0)
    assert torch.equal(network.layers[2].w, before)


class Scale:
    """A layer of one's own with a weight: all of x times one number."""

    def __init__(self, spoil=lambda d_x, named: (d_x, named)) -> None:
        self.factor, self.spoil = torch.full((1, 1), 1.5), spoil

    def forward(self, x):
        return x * self.factor

    def backward(self, x, out, d_out):
        return self.spoil(d_out * self.factor, {"factor": (x * d_out).sum().reshape(1, 1)})


def test_a_layer_of_ones_own_is_trained_with_the_others() -> None:
    X = torch.randn(6, 2, generator=seeded(1))
    y = (X[:, :1] > 0).float()
    network = Network(Linear(2, 3, generator=seeded(0)), Scale(), Tanh(),
                      Linear(3, 1, generator=seeded(2)))  # fmt: skip
    gradient = network.backward(X, y, network.forward(X))[1]["factor"]
    layer = network.layers[1]

    def cost(factor):
        layer.factor = factor
        return network.cost.value(network.forward(X).y_hat, y)

    start = layer.factor
    torch.testing.assert_close(gradient, central_differences(cost, start), atol=1e-3, rtol=1e-3)
    layer.factor = start
    train(network, X, y, 1, 0.5, 0)
    torch.testing.assert_close(layer.factor, start - 0.5 * gradient)


def test_a_linear_that_stands_in_two_places_gets_both_gradients() -> None:
    twice = Linear(2, 2, generator=seeded(0))
    network = Network(twice, Tanh(), twice, Tanh(), Linear(2, 1, generator=seeded(1)))
    X = torch.randn(6, 2, generator=seeded(2))
    y = (X[:, :1] > 0).float()
    w = twice.w
    gradients = network.backward(X, y, network.forward(X))
    followed = twice.w = w.clone().requires_grad_()
    (reference,) = torch.autograd.grad(network.cost.value(network.forward(X).y_hat, y), followed)
    for move in (lambda: network.step(gradients, 0.5), lambda: train(network, X, y, 1, 0.5, 0)):
        for layer in network.layers:
            if isinstance(layer, Linear):  # both moves from the same start
                layer.w, layer.b = (w if layer is twice else Linear(2, 1, generator=seeded(1)).w,
                                    0 * layer.b)  # fmt: skip
        move()
        torch.testing.assert_close(twice.w, w - 0.5 * reference)


# --- refusals -------------------------------------------------------------------------------------

x = torch.ones(5, 3)
LINEAR = Linear(3, 4, generator=seeded(0))
NET = Network(LINEAR, Sigmoid(), Linear(4, 1, generator=seeded(1)))
Y = torch.ones(5, 1)
GOOD = NET.forward(x)
GRADIENTS = NET.backward(x, Y, GOOD)


def linear(**replaced) -> Linear:
    layer = Linear(3, 4)
    for name, value in replaced.items():
        setattr(layer, name, value)
    return layer


def own(spoil) -> object:
    network = Network(Scale(spoil), Linear(3, 1))
    return network.backward(x, Y, network.forward(x))


def gives(out) -> object:
    layer = Scale()
    layer.forward = lambda x: out
    return Network(layer, Linear(3, 1)).forward(x)


REFUSED = [
    (lambda: Linear(0, 1), ValueError, "inputs is 0, but it must be 1 or more"),
    (lambda: Linear(1, 1.5), TypeError, "outputs is 1.5, but a whole number"),
    (lambda: Linear(1, 1, bias=0), TypeError, "bias is 0, but True or False"),
    (lambda: Linear(1, 1, scale=-1), ValueError, "scale is -1, but a finite number of 0 or more"),
    (lambda: Linear(1, 1, scale=math.nan), ValueError, "scale is nan"),
    (lambda: Linear(1, 1, scale="1"), ValueError, "scale is '1'"),
    (lambda: Linear(1, 1, generator=3), TypeError, "generator is 3"),
    (lambda: Linear(1, 1, dtype=torch.float16), TypeError, "dtype is torch.float16"),
    (lambda: Linear(1, 1, device="meta"), ValueError, "device is 'meta'.*Use device=\"cpu\""),
    (lambda: Linear(1, 1, device="teapot"), ValueError, "device is 'teapot', but torch finds no"),
    (lambda: LINEAR.forward([1]), TypeError, "x is a list"),
    (lambda: LINEAR.forward(x.T), ValueError, r"x has shape \(3, 5\), but N × 3.*Use x\.T"),
    (lambda: LINEAR.forward(x.double()), TypeError, "x is float64, but w is float32"),
    (lambda: LINEAR.forward(x / 0), ValueError, r"x holds inf at \[0, 0\]"),
    (lambda: Tanh().forward(x * math.nan), ValueError, "x holds nan"),
    (lambda: linear(w=torch.ones(3)).forward(x), ValueError, "w has shape .3,., but inputs × out"),
    (lambda: linear(b=torch.ones(4)).forward(x), ValueError,
     r"b has shape \(4,\), but a row of w has shape \(1, 4\).*Use b\.reshape\(1, 4\)"),
    (lambda: linear(b=torch.ones(1, 4).double()).forward(x), TypeError, "b is float64, but w is"),
    (lambda: Sigmoid().backward(x, x, x), ValueError, "out was made of something else.*"
     r"Use out = layer\.forward\(x\) again"),
    (lambda: Sigmoid().backward(x, x[:2], x), ValueError, r"out has shape \(2, 3\), but what is"),
    (lambda: Sigmoid().backward(x, x.sigmoid(), x[:, :2]), ValueError, r"d_out has shape \(5, 2\)"),
    (lambda: ReLU().backward(x, x, x / 0), ValueError, "d_out holds inf"),
    (lambda: Network(), TypeError, "no layers.*at least a Linear"),
    (lambda: Network([LINEAR]), TypeError, r"layers\[0\] is a list.*Use Network\(\*layers\)"),
    (lambda: Network(LINEAR, Tanh, LINEAR), TypeError, r"layers\[1\] is the class Tanh.*Tanh\(\)"),
    (lambda: Network(torch.nn.Linear(3, 1)), TypeError, "is a Linear without backward.*def b"),
    (lambda: Network(LINEAR, Sigmoid()), ValueError, "the last layer is a Sigmoid, but a Linear is "
     r"expected: the cost makes ŷ of the last z itself\. Leave Sigmoid\(\) out"),
    (lambda: Network(LINEAR, Linear(5, 1)), ValueError, r"layers\[1\] takes 5 columns, but "
     r"layers\[0\] gives 4\. Use Linear\(4, 1\)"),
    (lambda: Network(LINEAR, Tanh(), Linear(4, 1, dtype=torch.float64)), TypeError,
     r"layers\[2\]\.w is float64, but layers\[0\]\.w is float32"),
    (lambda: Network(LINEAR, cost="mean"), TypeError, "cost is 'mean'"),
    (lambda: NET.forward(x[:, :2]), ValueError, r"X has shape \(5, 2\), but N × 3"),
    (lambda: NET.forward(x.double()), TypeError, r"X is float64, but layers\[0\]\.w is float32"),
    (lambda: NET.forward(x / 0), ValueError, "X holds inf"),
    (lambda: Network(linear(w=torch.full((3, 4), 3e38))).forward(x), ValueError,
     r"forward\.outs\[0\] holds inf.*layers\[0\]\.w\.isfinite"),
    (lambda: NET.backward(x, Y, tuple(GOOD)), TypeError, "forward is a tuple, but a Net"),
    (lambda: NET.backward(2 * x, Y, GOOD), ValueError, r"forward\.outs\[0\] was made of something"),
    (lambda: NET.backward(x, Y, GOOD._replace(y_hat=GOOD.y_hat / 2)), ValueError, "y_hat was"),
    (lambda: NET.backward(x, Y, NetworkForward((x,), Y)), ValueError, "outs holds 1, but this net"),
    (lambda: NET.backward(x, Y.flatten(), GOOD), ValueError, r"y has shape \(5,\)"),
    (lambda: NET.step(GRADIENTS, 0), ValueError, "learning_rate is 0"),
    (lambda: NET.step(None, 1), TypeError, "gradients is a NoneType, but a list of dictionaries"),
    (lambda: NET.step(GRADIENTS[:2], 1), ValueError, "holds 2 dictionaries, but the network has 3"),
    (lambda: NET.step([{}, {}, {}], 1), ValueError, r"gradients\[0\] lacks b and w"),
    (lambda: NET.step([GRADIENTS[0], {"v": x}, GRADIENTS[2]], 1), ValueError, r"is named 'v', but "
     r"layers\[1\] has no tensor v"),
    (lambda: NET.step([{**GRADIENTS[0], "w": x}, {}, GRADIENTS[2]], 1), ValueError,
     r"the gradient of layers\[0\]\.w has shape \(5, 3\)"),
    (lambda: NET.step([{**GRADIENTS[0], "w": LINEAR.w / 0}, {}, GRADIENTS[2]], 1), ValueError,
     r"the gradient of layers\[0\]\.w holds"),
    (lambda: NET.step([*GRADIENTS[:2], {"w": torch.full((4, 1), 3e38), "b": Y[:1]}], 10),
     ValueError, r"layers\[2\]\.w after a step of 10 holds -inf"),
    (lambda: gives(None), TypeError, r"layers\[0\]\.forward\(x\) is a NoneType"),
    (lambda: gives(x[:2]), ValueError, r"layers\[0\]\.forward\(x\) has 2 rows, but x has 5"),
    (lambda: own(lambda d, n: d), TypeError, r"returned a Tensor, but \(d_x, gradients\)"),
    (lambda: own(lambda d, n: (d[:2], n)), ValueError, r"d_x of layers\[0\].* has shape \(2, 3\)"),
    (lambda: own(lambda d, n: (d, {"gain": d})), ValueError, "is named 'gain'"),
    (lambda: own(lambda d, n: (d, {"factor": d})), ValueError, "gradient of layers.0..factor has"),
    (lambda: train(iris_network(), torch.ones(2, 4), torch.tensor([0, 1])), ValueError,
     r"y has shape \(2,\), one number a row.*torch\.eye\(3\)"),
    (lambda: train(iris_network(), torch.ones(2, 4), torch.ones(2, 3)), ValueError,
     r"row 0 of y is \[1, 1, 1\]"),
    (lambda: train(Network(linear(b=torch.full((1, 4), math.nan))), x, torch.ones(5, 4)),
     ValueError, r"layers\[0\]\.b holds nan"),
]  # fmt: skip


@pytest.mark.parametrize(("ask", "error", "words"), REFUSED)
def test_what_layers_refuse(ask, error, words) -> None:
    before = [LINEAR.w.clone(), NET.layers[2].w.clone()]
    with pytest.raises(error, match=words):
        ask()
    assert torch.equal(LINEAR.w, before[0]) and torch.equal(NET.layers[2].w, before[1])


@pytest.mark.skipif(not torch.cuda.is_available(), reason="this computer has no graphics card")
def test_a_graphics_card_comes_to_the_same() -> None:
    def trained(device) -> tuple[list[float], Linear]:
        first = Linear(4, 8, generator=seeded(0), device=device)
        network = Network(first, Tanh(), Linear(8, 3, generator=seeded(1), device=device),
                          cost=CategoricalCrossEntropy())  # fmt: skip
        flowers = load_iris_trio()
        X, y = flowers.X.to(device), flowers.y.to(device)
        history = train(network, X, y, 20, 0.3, 0, batch_size=40, generator=seeded(2))
        return history.loss, first

    (here, first), (there, second) = trained("cpu"), trained("cuda")
    assert here == pytest.approx(there, abs=1e-4)
    torch.testing.assert_close(first.w, second.w.cpu(), atol=1e-4, rtol=1e-4)
