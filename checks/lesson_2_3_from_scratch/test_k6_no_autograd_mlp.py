"""2.3.6: outputs before and after steps, compared with a twin that autograd differentiates.

Only forward, backward and step are used, never an attribute: what a step did to the parameters is
worked out from the outputs. Right answers were off by at most 2e-15 in the outputs (twenty steps)
and in the parameters worked out from them (400 seeds, norm-wise, float64); in float32 by 1.4e-6
and 4e-7. Where parameters are worked out, inputs and gouts are positive, so that no gradient is a
small remainder of large numbers.

Convergence: two arms of a spiral, fixed data and parameters, so every right answer ends at a loss
of 0.0624 with all 32 points right, in float32 as in float64 (60 rounds, lr 3; it starts at 0.651).
Threshold: 0.09. Without the derivative of tanh it ends at 0.68, with 1 - h instead at 0.65, divided
by n at 0.58, with a w1, b1 or w2 that stands still above 0.47.
"""

import math

import torch
from torch import Tensor

from dojo.suite.otherwise import Otherwise
from dojo.suite.vocabulary import (
    Boundary,
    Gen,
    Handle,
    Learner,
    LossCurve,
    Record,
    close,
    convergence,
    draw,
    finite,
    gradients,
    record,
    require,
    shapes,
    untouched,
    values,
)

# For the picture: the loss of every right answer at each sixth round.
SPIRAL = (0.651, 0.49, 0.751, 0.553, 0.475, 0.353, 0.157, 0.12, 0.0854, 0.0719, 0.0624)

# Rows, inputs, hidden units; more rows than a usual batch has among them.
SIZES = ((7, 3, 5), (1, 2, 4), (6, 4, 1), (5, 1, 3), (70, 2, 3))


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


def _tensors(gen: Gen, i: int, h: int) -> tuple[Tensor, ...]:
    # Biases of size one and far from zero: a lost or misplaced bias must show.
    return gen.randn(i, h), 0.3 + gen.rand(h), gen.randn(h, 1), -1 - gen.rand(1)


def _start(learner: Learner, gen: Gen, i: int, h: int) -> tuple[Handle, Twin]:
    return _make(learner, *_tensors(gen, i, h))


def _make(learner: Learner, *tensors: Tensor) -> tuple[Handle, Twin]:
    return learner.ManualMLP(_record(*tensors)), Twin(*tensors)


def _record(*tensors: Tensor) -> Record:
    return record("MlpParams", **dict(zip(("w1", "b1", "w2", "b2"), tensors, strict=True)))


def _round(net: Handle, x: Tensor, gout: Tensor, lr: float) -> None:
    net.forward(x.clone())
    net.backward(gout.clone())
    net.step(lr)


def _compare(
    net: Handle,
    twin: Twin,
    gen: Gen,
    i: int,
    when: str,
    steps: int = 1,
    mistake: str | None = None,
) -> None:
    """Outputs for new rows; ``mistake`` names any difference."""
    x = 0.5 + gen.randn(24, i)
    out = net.forward(x.clone())
    otherwise: Otherwise = {mistake: lambda: out} if mistake else {}
    close(out, twin.forward(x), f"the output {when}", steps, otherwise)


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
        xs = [0.5 + gen.randn(rows, i) for rows in (n, n + 2)]
        out = torch.cat([net.forward(x.clone()) for x in xs])
        # Judged together: the output for a single row may be zero but for rounding.
        close(out, twin.forward(torch.cat(xs)), "the output")


@values
def test_copies(learner: Learner, gen: Gen) -> None:
    """the caller's parameters stay the caller's, the network's its own"""
    tensors = _tensors(gen, 3, 4)
    p, twin = _record(*tensors), Twin(*tensors)
    net = learner.ManualMLP(p)
    untouched(learner)
    _compare(net, twin, gen, 3, "of a new network")
    for t in tensors:
        t.mul_(-0.5).add_(0.3)
    learner.probe.take(p)
    when = "when the caller's parameters have changed meanwhile"
    _compare(net, twin, gen, 3, when, mistake="callers-tensors")


@values
def test_backward_waits(learner: Learner, gen: Gen) -> None:
    """backward itself moves no parameter"""
    net, twin = _start(learner, gen, 3, 4)
    x = 0.5 + gen.randn(6, 3)
    close(net.forward(x.clone()), twin.forward(x), "the output")
    net.backward(0.5 + gen.randn(6, 1))
    _compare(net, twin, gen, 3, "after backward, without a step", mistake="backward-moves")


@gradients
def test_output_layer(learner: Learner, gen: Gen) -> None:
    """w2 and b2 after one step; here w2 starts at zero, so w1 and b1 have to stay"""
    n, i, h, lr = 7, 3, 4, 0.4
    w1 = torch.tensor([[1.5, -0.4, 0.3, 0.8], [0.2, 1.1, -1.6, 0.1], [-0.7, 0.5, 0.6, 1.3]])
    net, twin = _make(learner, w1, 0.3 + gen.rand(h), torch.zeros(h, 1), -1 - gen.rand(1))
    x, gout = gen.uniform(0.2, 1.8, n, i), gen.uniform(0.5, 1.5, n, 1)
    old_w1, old_b1, _, old_b2 = twin.parameters
    *_, want_w2, want_b2 = twin.grads(x, gout)
    _round(net, x, gout, lr)
    points = 1.5 * gen.randn(64, i)
    out = net.forward(points.clone()).detach().double()
    finite(out, "the output after one step")
    # The hidden layer is as it was, so the outputs are linear in what w2 and b2 are now.
    columns = torch.cat([torch.tanh(points @ old_w1 + old_b1), torch.ones(64, 1)], dim=1)
    now = torch.linalg.lstsq(columns, out).solution
    left = float((columns @ now - out).norm())
    require(
        left <= 1e-4 * float(out.norm()),
        "w2 was all zeros, so no output can change by way of the hidden layer. After one step, "
        "though, the outputs are such as w2 and b2 alone can't explain: w1 or b1 moved.",
    )
    _judge_move("w2", -now[:-1], want_w2, lr)
    _judge_move("b2", old_b2 - now[-1], want_b2, lr)


def _judge_move(name: str, move: Tensor, gradient: Tensor, lr: float) -> None:
    """Compare a move that was worked out from outputs; what is only rounding counts as none."""
    want = lr * gradient
    got = torch.zeros_like(move) if float(move.norm()) < 1e-5 * float(want.norm()) else move
    what = f"the move of {name} in one step with lr {lr} (before minus after)"
    close(got, want, what, bar=name)


@gradients
def test_hidden_layer(learner: Learner, gen: Gen) -> None:
    """w1 and b1 after one step of a network with one hidden unit"""
    n, i, lr = 6, 3, 0.05
    w1 = torch.tensor([[0.6], [-0.4], [0.2]])
    net, twin = _make(learner, w1, 0.3 * gen.rand(1), 1.2 + gen.rand(1, 1), gen.rand(1))
    x, gout = gen.uniform(0.2, 1.8, n, i), gen.uniform(0.5, 1.5, n, 1)
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
            _judge_move("w1", old_w1 - now[:-1], want_w1, lr)
            _judge_move("b1", old_b1 - now[-1], want_b1, lr)
    close(out, twin.forward(points), "the output after one step")


@gradients
def test_one_step(learner: Learner, gen: Gen) -> None:
    """one step, for several sizes and learning rates"""
    for (n, i, h), lr in zip(SIZES, (0.1, 0.3, 0.05, 0.2, 0.03), strict=True):
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
    alone, twin = _start(learner, gen, 3, 4)
    x, gout = 0.5 + gen.randn(5, 3), 0.5 + gen.randn(5, 1)
    _round(alone, x, gout, 0.1)
    twin.round(x, gout, 0.1)
    _compare(alone, twin, gen, 3, "after one step")
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
        when = "after one step of each of two networks, in turn"
        _compare(net, twin, gen, 3, when, mistake="shared-memory")


@convergence
def test_spiral(learner: Learner) -> None:
    """60 rounds separate the two arms of a spiral"""
    x, y = _spiral()
    net, _ = _make(learner, *_spiral_start())
    outputs = learner.probe.train(net, x, y, 3.0, 60)
    losses, logits = [_loss(out, y) for out in outputs[:-1]], outputs[-1]
    loss, right = _loss(logits, y), int(((logits > 0) == (y > 0.5)).sum())
    draw(learner, LossCurve.of([*losses, loss], SPIRAL, goal=0.09))
    draw(learner, lambda: _boundary(net, x, y))
    require(
        loss < 0.09 and right == len(y),
        f"On the spiral the loss went from {losses[0]:.3f} to {loss:.3f} in 60 rounds with lr 3, "
        f"and {right} of {len(y)} points are on the right side. Expected: a loss below 0.09, and "
        "all of them.",
        loss=loss,
    )


def _spiral() -> tuple[Tensor, Tensor]:
    """The points of the two arms, one turn each, and their labels."""
    radius = torch.linspace(0.15, 1, 16)
    angle = 2 * math.pi * radius
    arm = 2 * torch.stack([radius * torch.cos(angle), radius * torch.sin(angle)], dim=1)
    x = torch.cat([arm, -arm]) + torch.tensor([0.3, -0.2])
    return x, torch.cat([torch.zeros(16, 1), torch.ones(16, 1)])


def _spiral_start() -> tuple[Tensor, ...]:
    k = torch.arange(8).double()
    w1 = 2 * torch.stack([torch.cos(2.4 * k), torch.sin(2.4 * k)])
    w2 = 0.7 * torch.sin(1.3 * k + 0.8).unsqueeze(1)
    return w1, torch.cos(1.7 * k + 0.5), w2, torch.tensor([0.1])


def _loss(logits: Tensor, y: Tensor) -> float:
    return float(torch.nn.functional.binary_cross_entropy_with_logits(logits, y))


def _boundary(net: Handle, x: Tensor, y: Tensor) -> Boundary:
    xlim, ylim, side = (-2.2, 2.8), (-2.4, 2.0), 32
    ys, xs = torch.meshgrid(torch.linspace(*ylim, side), torch.linspace(*xlim, side), indexing="ij")
    out = net.forward(torch.stack([xs.reshape(-1), ys.reshape(-1)], dim=1)).detach()
    title = "the two arms, and where the output changes its sign"
    # The outputs are logits.
    return Boundary.of(out.reshape(side, side), xlim, ylim, x, y, level=0.0, title=title)
