"""2.3.6: outputs before and after steps, compared with a twin that autograd differentiates.

Only forward, backward and step are used, never an attribute: what a step did to the parameters is
worked out from the outputs. Two equal formulas differ by 1e-15 after one step, and by less than
1e-13 after twenty. Solving for the parameters multiplies that by at most 100 (condition below 30).

Convergence: two arms of a spiral, fixed data and parameters, so every right answer ends at a loss
of 0.02959 with all 32 points right, in float32 as in float64 (300 rounds, lr 1; it starts at
1.05). Threshold: 0.09. Without the derivative of tanh it ends at 0.68, with half of it (1 - h) at
0.68, divided by n at 0.55, with a first layer that stands still in part above 0.12.
"""

import torch
from torch import Tensor

from dojo.judge.vocabulary import (
    Gen,
    Handle,
    Learner,
    close,
    convergence,
    gradients,
    record,
    require,
    shapes,
    values,
)

SIZES = ((7, 3, 5), (1, 2, 4), (6, 4, 1), (5, 1, 3))  # rows, inputs, hidden units


class Twin:
    """The same network, differentiated by autograd."""

    def __init__(self, w1: Tensor, b1: Tensor, w2: Tensor, b2: Tensor) -> None:
        self.parameters = [t.clone() for t in (w1, b1, w2, b2)]

    def forward(self, x: Tensor) -> Tensor:
        return _forward(x, self.parameters)

    def grads(self, x: Tensor, gout: Tensor) -> list[Tensor]:
        leaves = [t.clone().requires_grad_() for t in self.parameters]
        return list(torch.autograd.grad(_forward(x, leaves), leaves, gout))

    def round(self, x: Tensor, gout: Tensor, lr: float) -> None:
        grads = self.grads(x, gout)
        self.parameters = [t - lr * g for t, g in zip(self.parameters, grads, strict=True)]


def _forward(x: Tensor, parameters: list[Tensor]) -> Tensor:
    w1, b1, w2, b2 = parameters
    return torch.tanh(x @ w1 + b1) @ w2 + b2


def _start(learner: Learner, gen: Gen, i: int, h: int) -> tuple[Handle, Twin]:
    # Biases of size one and far from zero: a lost or misplaced bias must show.
    return _make(learner, gen.randn(i, h), 0.3 + gen.rand(h), gen.randn(h, 1), -1 - gen.rand(1))


def _make(learner: Learner, *tensors: Tensor) -> tuple[Handle, Twin]:
    twin = Twin(*tensors)
    names = ("w1", "b1", "w2", "b2")
    return learner.ManualMLP(record("MlpParams", **dict(zip(names, tensors, strict=True)))), twin


def _round(net: Handle, x: Tensor, gout: Tensor, lr: float) -> None:
    net.forward(x.clone())
    net.backward(gout.clone())
    net.step(lr)


def _compare(net: Handle, twin: Twin, gen: Gen, i: int, when: str, steps: int = 1) -> None:
    x = 0.5 + gen.randn(24, i)
    close(net.forward(x.clone()), twin.forward(x), f"the output {when}", steps)


@shapes
def test_shape(learner: Learner, gen: Gen) -> None:
    """one output for each row of x"""
    for n, i, h in SIZES:
        net, _ = _start(learner, gen, i, h)
        net.forward(0.5 + gen.randn(n, i))


@values
def test_forward(learner: Learner, gen: Gen) -> None:
    """the outputs, with tanh in the hidden layer and a linear output"""
    for n, i, h in SIZES:
        net, twin = _start(learner, gen, i, h)
        for rows in (n, n + 2):
            x = 0.5 + gen.randn(rows, i)
            close(net.forward(x.clone()), twin.forward(x), "the output")


@values
def test_backward_waits(learner: Learner, gen: Gen) -> None:
    """backward itself moves no parameter"""
    net, twin = _start(learner, gen, 3, 4)
    x = 0.5 + gen.randn(6, 3)
    net.forward(x)
    net.backward(gen.randn(6, 1))
    _compare(net, twin, gen, 3, "after a backward without a step")


@gradients
def test_output_layer(learner: Learner, gen: Gen) -> None:
    """w2 and b2 after one step; here w2 starts at zero, so w1 and b1 have to stay"""
    n, i, h, lr = 7, 2, 3, 0.5
    w1 = torch.tensor([[1.5, -0.4, 0.3], [0.2, 1.1, -1.6]])
    net, twin = _make(learner, w1, 0.3 + gen.rand(h), torch.zeros(h, 1), -1 - gen.rand(1))
    x, gout = 0.5 + gen.randn(n, i), 0.5 + gen.randn(n, 1)
    old_w1, old_b1, _, old_b2 = twin.parameters
    *_, want_w2, want_b2 = twin.grads(x, gout)
    _round(net, x, gout, lr)
    points = 1.5 * gen.randn(64, i)
    out = net.forward(points.clone()).detach().double()
    # The hidden layer is as it was, so the outputs are linear in what w2 and b2 are now.
    columns = torch.cat([torch.tanh(points @ old_w1 + old_b1), torch.ones(64, 1)], dim=1)
    now = torch.linalg.lstsq(columns, out).solution
    left = float((columns @ now - out).norm())
    require(
        left <= 1e-4 * float(out.norm()),
        "w2 was all zeros, so no output can change by way of the hidden layer. After one step, "
        "though, the outputs are such as w2 and b2 alone can't explain: w1 or b1 moved.",
    )
    close(-now[:-1] / lr, want_w2, f"the gradient of w2 (its move in one step with lr {lr})")
    close((old_b2 - now[-1]) / lr, want_b2, f"the gradient of b2 (its move in one step, lr {lr})")


@gradients
def test_hidden_layer(learner: Learner, gen: Gen) -> None:
    """w1 and b1 after one step of a network with one hidden unit"""
    n, i, lr = 6, 2, 0.05
    w1 = torch.tensor([[0.6], [-0.4]])
    net, twin = _make(learner, w1, 0.3 * gen.rand(1), 1.2 + gen.rand(1, 1), gen.rand(1))
    x, gout = 0.5 + gen.randn(n, i), gen.uniform(0.5, 1.5, n, 1)
    old_w1, old_b1, *_ = twin.parameters
    want_w1, want_b1, *_ = twin.grads(x, gout)
    twin.round(x, gout, lr)
    _round(net, x, gout, lr)
    points = gen.uniform(-1, 1, 64, i)
    out = net.forward(points.clone())
    *_, new_w2, new_b2 = twin.parameters
    hidden = (out.detach().double() - new_b2) / new_w2
    if bool((hidden.abs() < 0.99).all()):
        # One unit: its tanh can be undone, and what remains is linear in what w1 and b1 are now.
        bent = torch.atanh(hidden)
        columns = torch.cat([points, torch.ones(64, 1)], dim=1)
        now = torch.linalg.lstsq(columns, bent).solution
        if float((columns @ now - bent).norm()) <= 1e-6 * float(bent.norm()):
            close((old_w1 - now[:-1]) / lr, want_w1, f"the gradient of w1 (its move, lr {lr})")
            close((old_b1 - now[-1]) / lr, want_b1, f"the gradient of b1 (its move, lr {lr})")
    close(out, twin.forward(points), "the output after one step")


@gradients
def test_one_step(learner: Learner, gen: Gen) -> None:
    """one step, for several sizes and learning rates"""
    for (n, i, h), lr in zip(SIZES, (0.1, 0.3, 0.05, 0.2), strict=True):
        net, twin = _start(learner, gen, i, h)
        x, gout = 0.5 + gen.randn(n, i), 0.5 + gen.randn(n, 1)
        _round(net, x, gout, lr)
        twin.round(x, gout, lr)
        _compare(net, twin, gen, i, f"after one step with lr {lr}")


@gradients
def test_latest_forward(learner: Learner, gen: Gen) -> None:
    """of two forwards the latest counts"""
    for n in (5, 7, 1):
        net, twin = _start(learner, gen, 3, 4)
        x, gout = 0.5 + gen.randn(n, 3), 0.5 + gen.randn(n, 1)
        net.forward(0.5 + gen.randn(5, 3))
        _round(net, x, gout, 0.1)
        twin.round(x, gout, 0.1)
        _compare(net, twin, gen, 3, "after two forwards, one backward and one step")


@gradients
def test_latest_backward(learner: Learner, gen: Gen) -> None:
    """each backward replaces the gradients of the one before"""
    for n in (5, 2):
        net, twin = _start(learner, gen, 3, 4)
        x, gout = 0.5 + gen.randn(n, 3), 0.5 + gen.randn(n, 1)
        net.forward(0.5 + gen.randn(5, 3))
        net.backward(0.5 + gen.randn(5, 1))
        _round(net, x, gout, 0.1)
        twin.round(x, gout, 0.1)
        _compare(net, twin, gen, 3, "after two forwards with a backward each, and one step")


@gradients
def test_rounds(learner: Learner, gen: Gen) -> None:
    """twenty rounds with batches of different sizes"""
    net, twin = _start(learner, gen, 3, 5)
    for k in range(20):
        n, lr = 1 + (3 * k) % 8, 0.02 + 0.01 * (k % 3)
        x, gout = 0.5 + gen.randn(n, 3), gen.randn(n, 1)
        _round(net, x, gout, lr)
        twin.round(x, gout, lr)
        if k in (0, 1, 2, 19):
            _compare(net, twin, gen, 3, f"after {k + 1} rounds", steps=k + 1)


@gradients
def test_two_networks(learner: Learner, gen: Gen) -> None:
    """two networks that are trained in turn don't disturb each other"""
    pairs = [_start(learner, gen, 3, 4) for _ in range(2)]
    xs, gouts = [[0.5 + gen.randn(5, d) for _ in range(2)] for d in (3, 1)]
    for (net, _), x in zip(pairs, xs, strict=True):
        net.forward(x.clone())
    for (net, _), gout in zip(pairs, gouts, strict=True):
        net.backward(gout.clone())
    for (net, twin), x, gout in zip(pairs, xs, gouts, strict=True):
        net.step(0.1)
        twin.round(x, gout, 0.1)
    for net, twin in pairs:
        _compare(net, twin, gen, 3, "of one of two networks")


@convergence
def test_spiral(learner: Learner) -> None:
    """300 rounds separate the two arms of a spiral"""
    (first, _), (loss, right) = learner.probe.train_on_spiral(1.0, 300)
    require(
        loss < 0.09 and right == 1.0,
        f"On the spiral the loss went from {first:.3f} to {loss:.3f} in 300 rounds with lr 1, and "
        f"{32 * right:.0f} of 32 points are on the right side. Expected: a loss below 0.09, and "
        "all 32.",
        loss=loss,
    )
