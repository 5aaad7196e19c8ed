"""One step of gradient descent with momentum, as torch's SGD takes it."""

import torch

from ..quantity import Mistake, Quantity, Task
from ..steps import Values, table
from .probes import usual_probes

VELOCITY = (
    Mistake("momentum-forgotten", lambda v: [v.velocity + v.gradient, v.gradient],
      ("The old velocity is not multiplied by the momentum: it never fades.",
       "The old velocity does not occur in it: every step begins at rest."),
      "With a gradient of 0 the velocity should shrink to momentum times what it was."),
    Mistake("averaged",
      lambda v: [v.momentum * v.velocity + (1 - v.momentum) * v.gradient,
                 (1 - v.momentum) * v.velocity + v.momentum * v.gradient],
      "This is a weighted mean of velocity and gradient; here the gradient counts in full.",
      "From rest, the velocity should be the gradient."),
    Mistake("rate-in-velocity",
      lambda v: [v.momentum * v.velocity + v.rate * v.gradient,
                 v.rate * (v.momentum * v.velocity + v.gradient)],
      "The learning rate is multiplied into the velocity; it belongs to the step.",
      "From rest, the velocity should be the gradient."),
    Mistake("rate-and-sign-in-velocity", lambda v: v.momentum * v.velocity - v.rate * v.gradient,
      "The learning rate and the minus are in the velocity; here both belong to the step.",
      "From rest, the velocity should be the gradient."),
    Mistake("gradient-subtracted", lambda v: v.momentum * v.velocity - v.gradient,
      "The gradient is subtracted from the velocity; the minus belongs to the step.",
      "From rest, the velocity should be the gradient."),
    Mistake("momentum-on-everything", lambda v: v.momentum * (v.velocity + v.gradient),
      "The momentum multiplies the gradient too.",
      "From rest, the velocity should be the gradient."),
    Mistake("momentum-on-gradient", lambda v: v.velocity + v.momentum * v.gradient,
      "The momentum multiplies the gradient; it belongs to the old velocity.",
      "With a gradient of 0 the velocity should shrink to momentum times what it was."),
    Mistake("gradient-forgotten", lambda v: v.momentum * v.velocity,
      "The gradient does not occur in it.", "From rest, the velocity should be the gradient."),
    Mistake("unchanged", lambda v: v.velocity, "The velocity is as it was.",
      "Where do the momentum and the gradient come in?"),
    Mistake("one-minus-momentum", lambda v: (1 - v.momentum) * v.velocity + v.gradient,
      "1 − momentum multiplies the old velocity; momentum itself belongs there.",
      "With a momentum of 0 the old velocity should be forgotten."),
    Mistake("rate-for-momentum", lambda v: v.rate * v.velocity + v.gradient,
      "The learning rate stands where the momentum should.",
      "With a momentum of 0 the old velocity should be forgotten."),
    Mistake("weights-for-velocity", lambda v: v.momentum * v.w + v.gradient,
      "The weights stand where the old velocity should.",
      "From rest, the velocity should be the gradient."),
)  # fmt: skip

WEIGHTS = (
    Mistake("uphill", lambda v: v.w + v.rate * v.velocity_new,
      "The velocity is added: the weights climb.",
      "If a larger weight raises the cost, where should the weight go?"),
    Mistake("rate-forgotten", lambda v: [v.w - v.velocity_new, v.w + v.velocity_new],
      ("The learning rate does not occur in it.",
       "The velocity is added, and the learning rate does not occur in it."),
      "Compare the step at rate 1 and at rate 0.1."),
    Mistake("old-velocity", lambda v: [v.w - v.rate * v.velocity],
      "The step is made with the old velocity; the new one belongs there.",
      "Which of the two lines comes first?"),
    Mistake("gradient-for-velocity", lambda v: v.w - v.rate * v.gradient,
      "This is plain gradient descent: the step is made with the gradient alone.",
      "Where does the velocity come in?"),
    Mistake("nesterov", lambda v: v.w - v.rate * (v.momentum * v.velocity_new + v.gradient),
      "This looks one step ahead: Nesterov's momentum, another method.",
      "The step is the learning rate times the new velocity."),
    Mistake("velocity-multiplied-again", lambda v: v.w - v.rate * v.momentum * v.velocity_new,
      "The momentum is multiplied in once more.",
      "The step is the learning rate times the new velocity."),
    Mistake("both-subtracted", lambda v: v.w - v.rate * v.velocity_new - v.rate * v.gradient,
      "The gradient is subtracted once more: it is already in the velocity.",
      "The step is the learning rate times the new velocity."),
    Mistake("momentum-on-weights", lambda v: v.momentum * v.w - v.rate * v.velocity_new,
      "The momentum multiplies the weights: they shrink.",
      "With no velocity and no gradient the weights should stay."),
    Mistake("only-the-change", lambda v: [-v.rate * v.velocity_new, v.rate * v.velocity_new],
      "This is only the change. The new weights are asked for.", "Start from the old weights."),
    Mistake("unchanged", lambda v: v.w, "The weights are as they were.",
      "Where does the velocity come in?"),
    Mistake("rate-squared", lambda v: v.w - v.rate**2 * v.velocity_new,
      "The learning rate is multiplied in twice.", "Compare the step at rate 1 and at rate 0.1."),
    Mistake("rate-on-everything", lambda v: v.rate * (v.w - v.velocity_new),
      "The learning rate multiplies the weights too.",
      "With no velocity and no gradient the weights should stay."),
    Mistake("momentum-for-rate", lambda v: v.w - v.momentum * v.velocity_new,
      "The momentum stands where the learning rate should.",
      "With a learning rate of 0 the weights should stay."),
)  # fmt: skip


def drawn(N: int, D: int, H: int, seed: int, dtype: torch.dtype = torch.float64) -> Values:
    """Weights, a velocity and a gradient, D × H."""
    generator = torch.Generator().manual_seed(80 + seed)
    w, velocity, gradient = (table(generator, D, H, dtype=dtype) for _ in range(3))
    rate, momentum = (0.3, 0.8) if seed % 2 else (0.13, 0.6)
    new = momentum * velocity + gradient
    return Values(
        w=w, velocity=velocity, gradient=gradient, rate=rate, momentum=momentum,
        velocity_new=new, w_new=w - rate * new, N=N, D=D, H=H, y=torch.zeros(1),
    )  # fmt: skip


TASK = Task(
    check="check_momentum_step",
    arguments={"w": "w", "velocity": "velocity", "gradient": "gradient",
               "learning_rate": "rate", "momentum": "momentum"},
    quantities=(
        Quantity("velocity", "the shape of w", "velocity_new",
                 "With a velocity of 0 the new one should be the gradient.", VELOCITY,
                 lambda v: v.momentum * v.velocity + v.gradient),
        Quantity("w", "the shape of w", "w_new",
                 "With a learning rate of 0 the weights should stay.", WEIGHTS,
                 lambda v: v.w - v.rate * v.velocity_new),
    ),
    returns=("w", "velocity"),
    section="notebook 11",
    scales=False,
    cases=(drawn(5, 3, 4, 1), drawn(7, 2, 6, 2), drawn(3, 4, 5, 3)),
    twin=drawn(5, 3, 4, 5),
    probes=usual_probes(drawn),
)  # fmt: skip
