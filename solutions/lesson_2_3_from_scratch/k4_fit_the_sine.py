"""Put everything together: fit a small network to one wave of the sine."""

import math
from dataclasses import dataclass
from typing import Literal

import torch
from jaxtyping import Float
from torch import Tensor


@dataclass
class MlpParams:
    """The parameters of a network with one hidden layer.

    Attributes:
        w1: weights from each of the i inputs to each of the h hidden units.
        b1: one bias for each hidden unit.
        w2: weights from each hidden unit to each of the o outputs.
        b2: one bias for each output.
    """

    w1: Float[Tensor, "i h"]
    b1: Float[Tensor, "h"]
    w2: Float[Tensor, "h o"]
    b2: Float[Tensor, "o"]


@dataclass(frozen=True)
class SineFit:
    """A network fitted to the sine.

    Attributes:
        params: the parameters after the last update.
        losses: one entry an epoch, measured before that epoch's update.
        x: the inputs it was trained on.
        y: the targets it was trained on, noise included.
        y_pred: the network's outputs at x, with ``params``.
    """

    params: MlpParams
    losses: list[float]
    x: Float[Tensor, "n 1"]
    y: Float[Tensor, "n 1"]
    y_pred: Float[Tensor, "n 1"]


def fit_sine(
    act: Literal["relu", "tanh"],
    hidden: int,
    lr: float,
    epochs: int,
    noise: float,
    gen: torch.Generator,
) -> SineFit:
    """Make noisy points of the sine, train a 1-hidden-1 network on them, and return the fit.

    - The data: at least 20 points x that cover [-pi, pi] (even or random, your choice), and
      y = sin(x) plus a normal random number with standard deviation ``noise`` for each point,
      drawn once. With noise 0, y is sin(x) exactly.
    - The network: one input, ``hidden`` units with the activation ``act``, one linear output. How
      the parameters start is your choice, as long as the units start different from each other.
      Small random numbers work: uniform between -1/sqrt(k) and 1/sqrt(k), say, where k is the
      number of inputs of the layer.
    - An epoch: one step of plain gradient descent with learning rate ``lr`` on all points at once.
      The loss is the mean of (output - y)^2. Exactly ``epochs`` updates (1 or more).
    - losses holds one float an epoch, the loss before that epoch's update.
    - y_pred comes from the parameters after the last update, with the same activation.
    - All random numbers come from ``gen``: the same state gives the same data, the same start and
      the same path, however many epochs are run. torch's global generator is left alone.
    - It learns: with act "tanh", 64 hidden units, 1,000 epochs and lr 0.05 or 0.02 (one of them is
      enough), the smallest loss without noise is below 0.05; and with noise 0.3, the mean of
      (y_pred - sin(x))^2 is.
    """
    # --- yours
    bend = {"relu": torch.relu, "tanh": torch.tanh}[act]
    x = torch.linspace(-math.pi, math.pi, 200).unsqueeze(1)
    y = torch.sin(x) + noise * torch.randn(x.shape, generator=gen)

    shapes = ((1, hidden), (hidden,), (hidden, 1), (1,))
    bounds = (1.0, 1.0, hidden**-0.5, hidden**-0.5)
    drawn = [b * (2 * torch.rand(s, generator=gen) - 1) for s, b in zip(shapes, bounds)]
    parameters = [t.requires_grad_() for t in drawn]
    w1, b1, w2, b2 = parameters

    losses: list[float] = []
    for _ in range(epochs):
        y_pred = bend(x @ w1 + b1) @ w2 + b2
        loss = (y_pred - y).square().mean()
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            for t in parameters:
                assert t.grad is not None  # backward() has just filled it
                t -= lr * t.grad
                t.grad = None

    with torch.no_grad():
        y_pred = bend(x @ w1 + b1) @ w2 + b2
    return SineFit(MlpParams(w1, b1, w2, b2), losses, x, y, y_pred)
    # --- end
