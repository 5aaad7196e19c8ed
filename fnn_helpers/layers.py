"""Any network: the three rules as small objects, and a loop over them.

Each layer's bare lines stand beside each other: `ahead`, and `back` and `gradients`, which undo it.
`forward` and `backward` check, then call them; `train` calls them alone.
"""

from collections.abc import Sequence
from typing import NamedTuple

import torch

from . import refusals
from .activations import sigma, sigma_slope, slope_of_tanh
from .costs import BinaryCrossEntropy, Cost, RowsCost
from .network import Trainable

Named = dict[str, torch.Tensor]  # a gradient by the name of what it belongs to


class Layer:
    """What the four layers share. A layer of your own needs `forward` and `backward` alone.

    Examples
    --------
    >>> out = Tanh().forward(x := torch.zeros(1, 2))
    >>> Tanh().backward(x, out, d_out=torch.ones(1, 2))
    (tensor([[1., 1.]]), {})
    """

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """The layer's output, N × outputs, for `x`, N × inputs.

        Raises
        ------
        TypeError, ValueError
            If `x` is not such a tensor, is empty, or holds NaN or infinity; or if a weight has
            been replaced by something that does not fit.
        """
        self.check(x)
        return self.ahead(x)

    def backward(
        self, x: torch.Tensor, out: torch.Tensor, d_out: torch.Tensor
    ) -> tuple[torch.Tensor, Named]:
        """From the cost's gradient for the output back to the input. Changes nothing.

        Parameters
        ----------
        x : torch.Tensor, shape N × inputs
        out : torch.Tensor, shape N × outputs
            What `forward(x)` returned.
        d_out : torch.Tensor, the shape of `out`
            ∂C/∂out.

        Returns
        -------
        tuple of torch.Tensor and dict
            ∂C/∂x, and the gradient of each weight by its name.

        Raises
        ------
        TypeError, ValueError
            If a shape or dtype does not fit, a number is not finite, or `out` is not what this
            layer makes of `x` now.
        """
        self.check(x)
        refusals.check_made("out", out, self.ahead(x), fix="out = layer.forward(x)")
        refusals.check_like("d_out", d_out, "out", out)
        return self.back(x, out, d_out), self.gradients(x, d_out)

    def ahead(self, x: torch.Tensor) -> torch.Tensor:
        """The output."""
        raise NotImplementedError

    def back(self, x: torch.Tensor, out: torch.Tensor, d_out: torch.Tensor) -> torch.Tensor:
        """∂C/∂x."""
        raise NotImplementedError

    def gradients(self, x: torch.Tensor, d_out: torch.Tensor) -> Named:
        """∂C/∂weight by the weight's name: none here."""
        return {}

    def check(self, x: torch.Tensor) -> None:
        """Raise unless `x` is what the layer takes."""
        refusals.check_finite("x", refusals.check_matrix("x", x))


class Linear(Layer):
    """x w + b: every output is a weighted sum of all inputs, and a bias.

    Parameters
    ----------
    inputs, outputs : int
    bias : bool
        Whether there is a bias.
    scale : float
        The standard deviation of the starting weights.
    generator : torch.Generator, optional
        Where the weights come from, always on the CPU: one seed is the same on every device.
    dtype : torch.dtype
    device : str or torch.device

    Attributes
    ----------
    w : torch.Tensor, shape inputs × outputs
        Standard normal, times `scale`.
    b : torch.Tensor, shape 1 × outputs, or None
        Zeros at first.

    Raises
    ------
    TypeError, ValueError
        If a size is not a whole number above 0, `scale` is not a finite number of 0 or more,
        `dtype` is neither float32 nor float64, or torch cannot use `device`.

    Examples
    --------
    >>> layer = Linear(2, 3)
    >>> layer.forward(torch.zeros(5, 2)).shape, layer.b
    (torch.Size([5, 3]), tensor([[0., 0., 0.]]))
    """

    def __init__(
        self,
        inputs: int,
        outputs: int,
        *,
        bias: bool = True,
        scale: float = 1.0,
        generator: torch.Generator | None = None,
        dtype: torch.dtype = torch.float32,
        device: str | torch.device = "cpu",
    ) -> None:
        refusals.check_linear_arguments(inputs, outputs, bias, scale, generator, dtype, device)
        w = scale * torch.randn(inputs, outputs, generator=generator, dtype=dtype)
        self.w = w.to(device)
        self.b = self.w.new_zeros(1, outputs) if bias else None

    def ahead(self, x: torch.Tensor) -> torch.Tensor:
        """X w + b."""
        return x @ self.w if self.b is None else torch.addmm(self.b, x, self.w)

    def back(self, x: torch.Tensor, out: torch.Tensor, d_out: torch.Tensor) -> torch.Tensor:
        """Rule 1, through a product: times the other factor; the sum over outputs is rule 3."""
        return d_out @ self.w.T

    def gradients(self, x: torch.Tensor, d_out: torch.Tensor) -> Named:
        """Rule 1 again; the rows share the weights and the bias, so theirs add: rule 3."""
        named = {"w": x.T @ d_out}
        if self.b is not None:
            named["b"] = d_out.sum(dim=0, keepdim=True)
        return named

    def check(self, x: torch.Tensor) -> None:
        """Raise unless the weights fit each other, and `x` the weights."""
        refusals.check_linear("", self.w, self.b)
        refusals.check_matrix("x", x, columns=self.w.shape[0], like=("w", self.w))
        refusals.check_finite("x", x)


class Sigmoid(Layer):
    """σ(x), entry by entry. Backward is rule 2, through a function of each entry: times its slope.

    Examples
    --------
    >>> Sigmoid().forward(torch.zeros(1, 2))
    tensor([[0.5000, 0.5000]])
    """

    def ahead(self, x: torch.Tensor) -> torch.Tensor:
        return sigma(x)

    def back(self, x: torch.Tensor, out: torch.Tensor, d_out: torch.Tensor) -> torch.Tensor:
        return sigma_slope(out).mul_(d_out)  # in place: nobody else has the slope


class Tanh(Layer):
    """tanh(x), entry by entry. Backward: times the slope 1 − out².

    Examples
    --------
    >>> Tanh().forward(torch.tensor([[0.0, 100.0]]))
    tensor([[0., 1.]])
    """

    def ahead(self, x: torch.Tensor) -> torch.Tensor:
        return torch.tanh(x)

    def back(self, x: torch.Tensor, out: torch.Tensor, d_out: torch.Tensor) -> torch.Tensor:
        return slope_of_tanh(out).mul_(d_out)  # as above


class ReLU(Layer):
    """max(x, 0), entry by entry. Backward: times 1 above 0, times 0 elsewhere, at the kink too.

    Examples
    --------
    >>> ReLU().forward(torch.tensor([[-1.0, 0.0, 2.0]]))
    tensor([[0., 0., 2.]])
    """

    def ahead(self, x: torch.Tensor) -> torch.Tensor:
        return x.clamp(min=0)

    def back(self, x: torch.Tensor, out: torch.Tensor, d_out: torch.Tensor) -> torch.Tensor:
        return d_out * (out > 0)


class NetworkForward(NamedTuple):
    """What a forward pass made: the output of each layer, in order, and ŷ.

    Examples
    --------
    >>> NetworkForward._fields
    ('outs', 'y_hat')
    """

    outs: tuple[torch.Tensor, ...]
    y_hat: torch.Tensor


class Network(Trainable):
    """Layers, one after the other. The cost makes ŷ of what the last one, a Linear, gives.

    Parameters
    ----------
    *layers : Linear, Sigmoid, Tanh, ReLU, or one of your own
        One of your own has `forward(x)` → out and `backward(x, out, d_out)` → (d_x, {name:
        gradient}), and each name is one of its attributes. It checks what it is given itself.
    cost : Cost, default BinaryCrossEntropy("mean")

    Attributes
    ----------
    layers : tuple

    Raises
    ------
    TypeError, ValueError
        If there is no layer, one lacks forward or backward, one does not fit the one before, the
        last is an activation, or the cost lacks value, delta or activation.

    Examples
    --------
    >>> network = Network(Linear(2, 4), Tanh(), Linear(4, 1))
    >>> network.forward(torch.zeros(5, 2)).y_hat.shape
    torch.Size([5, 1])
    """

    def __init__(self, *layers: Layer, cost: Cost | None = None) -> None:
        refusals.check_layers(layers, Layer, Linear)
        self.layers = layers
        self.cost: Cost = BinaryCrossEntropy() if cost is None else cost
        self._check()

    def forward(self, X: torch.Tensor) -> NetworkForward:
        """From inputs to predictions.

        Parameters
        ----------
        X : torch.Tensor, shape N × inputs, the weights' dtype and device

        Raises
        ------
        TypeError, ValueError
            If `X` is not such a tensor, is empty, or it or what a layer makes of it is not finite;
            or if a weight has been replaced by something that does not fit.

        Examples
        --------
        >>> forward = Network(Linear(2, 4), Linear(4, 1)).forward(torch.ones(3, 2))
        >>> [out.shape[1] for out in forward.outs]
        [4, 1]
        """
        self.check(X)
        refusals.check_finite("X", X)
        forward = self.ahead(X)
        for place, out in enumerate(forward.outs):
            weights = f"layers[{place}].w" if hasattr(self.layers[place], "w") else None
            refusals.check_finite(f"forward.outs[{place}]", out, made_of=weights)
        if not isinstance(self.cost, RowsCost):
            refusals.check_like("cost.activation(z)", forward.y_hat, "z", forward.outs[-1])
        return forward

    def backward(self, X: torch.Tensor, y: torch.Tensor, forward: NetworkForward) -> list[Named]:
        """From the output back to every weight, by the three rules. Changes nothing.

        Parameters
        ----------
        X : torch.Tensor, shape N × inputs
        y : torch.Tensor, shape N × outputs
            What the cost takes.
        forward : NetworkForward
            What `forward(X)` returned, with this `X` and the weights as they are now.

        Returns
        -------
        list of dict
            For each layer, in order, the gradients of its weights by their names.

        Raises
        ------
        TypeError, ValueError
            If a shape or dtype does not fit, the cost refuses `y`, or `forward` is not what this
            network makes of `X` now.

        Examples
        --------
        >>> X, y, network = torch.ones(5, 2), torch.ones(5, 1), Network(Linear(2, 1))
        >>> [sorted(named) for named in network.backward(X, y, network.forward(X))]
        [['b', 'w']]
        """
        self.check(X)
        refusals.check_kind(
            "forward", forward, NetworkForward, "a NetworkForward is",
            "forward = network.forward(X)",
        )  # fmt: skip
        refusals.check_finite("X", X)
        refusals.check_outs(forward.outs, len(self.layers))
        for place, (layer, x) in enumerate(zip(self.layers, _inputs(X, forward), strict=True)):
            if _is_ours(layer):  # one of your own may draw numbers, and give others each time
                refusals.check_made(f"forward.outs[{place}]", forward.outs[place], layer.ahead(x))
        y_hat = self.cost.activation(forward.outs[-1])
        refusals.check_made("forward.y_hat", forward.y_hat, y_hat)
        dC_dz = self.cost.delta(forward.y_hat, y)
        refusals.check_like("cost.delta(y_hat, y)", dC_dz, "y_hat", forward.y_hat)
        return self.back(X, forward, dC_dz)

    def step(self, gradients: Sequence[Named], learning_rate: float) -> None:
        """Gradient descent: w ← w − learning_rate · ∂C/∂w, for every weight of every layer.

        Parameters
        ----------
        gradients : list of dict
            What `backward` returned.
        learning_rate : float
            Above 0.

        Raises
        ------
        TypeError, ValueError
            If the learning rate is not a finite number above 0, or a gradient is missing, does not
            fit its weight or holds NaN, or the step leads to infinity. The weights are then as
            they were.

        Examples
        --------
        >>> X, y, network = torch.ones(5, 2), torch.ones(5, 1), Network(Linear(2, 1))
        >>> network.step(network.backward(X, y, network.forward(X)), learning_rate=0.1)
        """
        refusals.check_learning_rate(learning_rate)
        self._check()
        refusals.check_gradients(gradients, self.layers, Layer)
        new: dict[tuple[int, str], tuple[object, torch.Tensor]] = {}
        for place, (layer, named) in enumerate(zip(self.layers, gradients, strict=True)):
            for name, gradient in named.items():
                # A layer that stands in two places gets both gradients: they add.
                _, w = new.get((id(layer), name), (layer, getattr(layer, name).detach()))
                w = w - float(learning_rate) * gradient.detach()
                label = f"layers[{place}].{name}"
                refusals.check_finite(f"{label} after a step of {learning_rate:g}", w, label)
                new[id(layer), name] = layer, w
        for (_, name), (holder, w) in new.items():
            setattr(holder, name, w)

    def parts(self) -> dict[str, object]:
        """Each layer, by how a sentence names what it holds."""
        return {f"layers[{place}].": layer for place, layer in enumerate(self.layers)}

    def ahead(self, X: torch.Tensor) -> NetworkForward:
        """The bare lines of `forward`."""
        outs, x = [], X
        for place, layer in enumerate(self.layers):
            if _is_ours(layer):
                x = layer.ahead(x)
            else:
                x = refusals.check_own_out(place, layer.forward(x), x)
            outs.append(x)
        return NetworkForward(tuple(outs), self.cost.activation(x))

    def back(self, X: torch.Tensor, forward: NetworkForward, dC_dz: torch.Tensor) -> list[Named]:
        """The bare lines of `backward`: what comes back from a layer goes on to the one before."""
        gradients, d = [], dC_dz
        passed = zip(self.layers, _inputs(X, forward), forward.outs, strict=True)
        for place, (layer, x, out) in reversed(list(enumerate(passed))):
            if _is_ours(layer):
                gradients.append(layer.gradients(x, d))
                if place:  # nobody asks for the gradient of X
                    d = layer.back(x, out, d)
            else:
                d, named = refusals.check_own_backward(place, layer, x, layer.backward(x, out, d))
                gradients.append(named)
        return gradients[::-1]

    def check(self, X: torch.Tensor) -> None:
        """Raise unless the layers fit each other, and `X` the first of them."""
        refusals.check_matrix("X", X, *self._check())

    def _check(self) -> tuple[int | None, tuple[str, torch.Tensor] | None]:
        """What `X` must be: its columns, and a weight of the same dtype, where a layer says so."""
        refusals.check_cost(self.cost)
        return refusals.check_chain(
            [(layer.w, layer.b) if isinstance(layer, Linear) else () if isinstance(layer, Layer)
             else None for layer in self.layers]
        )  # fmt: skip


def _inputs(X: torch.Tensor, forward: NetworkForward) -> tuple[torch.Tensor, ...]:
    return X, *forward.outs[:-1]


def _is_ours(layer: Layer) -> bool:
    """Whether the bare lines may be used; a subclass may have replaced the checked ones."""
    return type(layer) in (Linear, Sigmoid, Tanh, ReLU)
