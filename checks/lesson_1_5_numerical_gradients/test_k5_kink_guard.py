"""1.5.5: every pair of signs; networks with a kink in reach and without one.

Masks are compared exactly: a number is planted at 0.3 h to 1.2 h, where some steps cross (they move
it by 0.1 h, h and 1.5 h), or more than 0.02 away from 0. The loss is a square of something straight
in each parameter, so the central difference has no error but rounding: 1e-12 for h = 1e-3, below
1e-9 for h = 1e-5. Long, because the networks and their expected masks are made here.
"""

from dataclasses import dataclass

import torch
from torch import Tensor

from dojo.suite.vocabulary import Gen, Learner, close, length, require, same, shapes, values

XOR = torch.tensor([[0.0, 0], [0, 1], [1, 0], [1, 1]], dtype=torch.float64)
XOR_Y = torch.tensor([0.0, 1, 1, 0], dtype=torch.float64)


def _parts(theta: Tensor, d: int, hidden: int) -> tuple[Tensor, ...]:
    w1, b1, w2, b2 = theta.split([d * hidden, hidden, hidden, 1])
    return w1.reshape(d, hidden), b1, w2, b2


def _pre(points: Tensor, theta: Tensor, hidden: int) -> Tensor:
    w1, b1, _, _ = _parts(theta, points.shape[1], hidden)
    return points @ w1 + b1


def _gradient(points: Tensor, y: Tensor, hidden: int, theta: Tensor) -> Tensor:
    leaf = theta.clone().requires_grad_()
    _, _, w2, b2 = _parts(leaf, points.shape[1], hidden)
    out = torch.relu(_pre(points, leaf, hidden)) @ w2 + b2
    return torch.autograd.grad((out - y).square().mean(), leaf)[0]


def _numbers(gen: Gen, *shape: int) -> Tensor:
    return gen.uniform(0.4, 1.6, *shape) * (2 * gen.randint(0, 2, *shape) - 1)


@dataclass
class Case:
    """A network, the entries that should be flagged, and what the learner says."""

    points: Tensor
    y: Tensor
    hidden: int
    theta: Tensor
    mask: Tensor
    h: float | None = None

    def ask(self, learner: Learner) -> None:
        given = () if self.h is None else (self.h,)
        probe, theta = learner.probe, self.theta.clone()
        self.answer = probe.numeric_grad_safe(self.points, self.y, self.hidden, theta, *given)

    def judge(self, learner: Learner) -> None:
        pair = isinstance(self.answer, (tuple, list)) and len(self.answer) == 2
        require(pair, "The result should be two tensors, gradient and mask.")
        got, flags = self.answer
        length(got, len(self.theta), "the gradient")
        length(flags, len(self.theta), "the mask")
        flagged, wanted = (m.nonzero().flatten().tolist() for m in (flags, self.mask))
        text = f"The mask flags the entries {flagged} of {len(got)}, but it should flag {wanted}."
        require(flagged == wanted, text)
        trusted = ~self.mask
        want = _gradient(self.points, self.y, self.hidden, self.theta)
        error = float((got - want)[trusted].norm() / want.norm())
        text = f"Where the mask is False, the gradient is off by {error:.1e} of its size."
        allowed = 1e-7 if self.h is None else 1e-9
        require(error < (allowed if learner.dtype == "float64" else 1e-4), text, error=error)


def _judge(learner: Learner, *cases: Case) -> None:
    for case in cases:  # all of them first: only together do they tell some mistakes apart
        case.ask(learner)
    for case in cases:
        case.judge(learner)


def _plain(gen: Gen, n: int, d: int, hidden: int, h: float | None) -> Case:
    """A network without a kink in reach."""
    while True:
        points, theta = _numbers(gen, n, d), _numbers(gen, (d + 2) * hidden + 1)
        if float(_pre(points, theta, hidden).abs().min()) > 0.02:
            mask = torch.zeros(len(theta), dtype=torch.bool)
            return Case(points, _numbers(gen, n), hidden, theta, mask, h)


def _kinked(gen: Gen, n: int, hidden: int, distance: float, h: float | None, row: int) -> Case:
    """A network with two inputs; at one point, one number is so many h away from 0."""
    while True:
        case = _plain(gen, n, 2, hidden, h)
        unit, b1 = gen.integer(0, hidden), 2 * hidden
        case.points[row] = torch.tensor([0.1, -1.5])
        number = _pre(case.points, case.theta, hidden)[row, unit]
        case.theta[b1 + unit] -= number - distance * (h or 1e-5)
        others = _pre(case.points, case.theta, hidden).abs()
        others[row, unit] = 1
        if float(others.min()) > 0.02:
            break
    # A step moves the number by 0.1 h, 1.5 h (the two weights) or h (the bias).
    case.mask[hidden + unit] = True
    case.mask[b1 + unit] = abs(distance) < 1
    return case


@shapes
def test_results(learner: Learner, gen: Gen) -> None:
    """one answer for each number, two tensors as long as x"""
    for shape in ((4, 3), (5,), (1, 2), (2, 3, 2)):
        got = learner.crossed_kink(_numbers(gen, *shape), _numbers(gen, *shape))
        shown = tuple(got.shape)
        require(shown == shape, f"For inputs of shape {shape} the result has shape {shown}.")
    for n in (4, 1):
        x = _numbers(gen, n)
        x[0] = 0.05  # its sine has another sign a step behind
        learner.numeric_grad_safe(torch.norm, torch.sin, x, 0.125)


@values
def test_signs(learner: Learner, gen: Gen) -> None:
    """each pair of signs: up, down, to zero, from zero, and no change"""
    signs = torch.tensor([[a, b] for a in (1, 0, -1) for b in (1, 0, -1)], dtype=torch.float64)
    for size in (1.0, 1e-6):
        plus, minus = (size * gen.uniform(0.4, 1.6, 2, 9) * s for s in signs.T)
        want = (signs[:, 0] != signs[:, 1]).expand(2, 9)
        got = learner.crossed_kink(plus, minus)
        for a, b, said, right in zip(plus[0], minus[0], got[0], want[0], strict=True):
            text = f"For {a:g} in pre_plus and {b:g} in pre_minus the answer is {bool(said)}."
            require(bool(said) == bool(right), text)
        same(got, want, "the answer")


@values
def test_xor(learner: Learner, gen: Gen) -> None:
    """XOR with biases of 0: exactly the hidden biases are flagged"""
    while True:
        w1, w2 = _numbers(gen, 2, 3), _numbers(gen, 3)
        if float((w1[0] + w1[1]).abs().min()) > 0.02:
            break
    theta = torch.cat([w1.flatten(), torch.zeros(3), w2, torch.zeros(1)])
    mask = torch.tensor([False] * 6 + [True] * 3 + [False] * 4)
    _judge(learner, *(Case(XOR, XOR_Y, 3, theta, mask, h) for h in (None, 1e-3)))


@values
def test_no_kink(learner: Learner, gen: Gen) -> None:
    """far from every kink nothing is flagged, and the gradient is right"""
    sizes = ((5, 2, 3), (1, 3, 2))
    _judge(learner, *(_plain(gen, *size, h) for size in sizes for h in (1e-3, None)))


@values
def test_one_kink(learner: Learner, gen: Gen) -> None:
    """one number close to 0: what moves it across is flagged, nothing else"""
    kinks = ((0.3, 4), (-0.3, 1), (1.2, 2), (-1.2, 3), (0.6, 0))
    steps = (1e-3, None, None, 1e-3, None)
    cases = [_kinked(gen, 5, 3, k, h, row) for (k, row), h in zip(kinks, steps, strict=True)]
    many = (_kinked(gen, 70, 3, 0.3, 1e-3, 69), _kinked(gen, 3, 17, 0.3, 1e-3, 2))
    _judge(learner, *cases, _kinked(gen, 1, 1, 0.3, 1e-3, 0), *many)


@values
def test_again(learner: Learner, gen: Gen) -> None:
    """asked again after x has changed, and for a loss that changes its sign"""
    x, steps = gen.uniform(0.5, 0.7, 5), 0.125 * torch.eye(5)
    x[4] -= x.sum() - 0.1  # a step behind, the sum has another sign
    for f, at in ((torch.sum, float(x[1])), (torch.norm, 0.3), (torch.norm, 0.05)):
        x[1] = at  # the sine of 0.05 has another sign a step behind
        grad, mask = learner.numeric_grad_safe(f, torch.sin, x, 0.125)
        want = torch.stack([(f(x + s) - f(x - s)) / 0.25 for s in steps])
        same(mask, [False, at < 0.1, False, False, False], "the mask")
        others = torch.arange(5) != 1
        close(grad[others], want[others], "the gradient where the mask is False")


@values
def test_x_stays(learner: Learner, gen: Gen) -> None:
    """x holds afterwards what it held before"""
    x = gen.randint(4, 20, 5) / 8
    before = x.clone()
    learner.numeric_grad_safe(torch.norm, torch.sin, x, 0.125)
    close(x, before, "x after the call")
