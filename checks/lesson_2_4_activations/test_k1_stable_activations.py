"""2.4.1: the four functions against torch's own, near zero and as far out as the stub promises.

Near and far are judged apart: beside 10,000 an error of a small number would drown. Infinite
numbers are judged of relu alone, as the stub says. How exact a tiny result is, nobody asks.
"""

import math

import torch
from torch import Tensor

from dojo.suite.vocabulary import Gen, Learner, close, same, shapes, untouched, values

ELEMENTWISE = {"relu": torch.relu, "sigmoid": torch.sigmoid, "tanh": torch.tanh}
SHAPES = ((7,), (3, 5), (2, 1, 3), (70, 2))
FAR = (-1e4, -800.0, -95.0, -2.5, 0.0, 1.5, 95.0, 800.0, 1e4)
NUMBERS = ", ".join(f"{v:.9g}" for v in FAR)
WIDE = torch.tensor([[-1e4, 0.0, 9900.0, 1e4]])
DTYPES = (torch.float64, torch.float32)


@shapes
def test_shape(learner: Learner, gen: Gen) -> None:
    """each result has the shape of x"""
    for shape in SHAPES[:3]:
        for name in ELEMENTWISE:
            getattr(learner, name)(gen.randn(*shape))
        for dim in range(len(shape)):
            learner.softmax(gen.randn(*shape), dim)


@values
def test_near(learner: Learner, gen: Gen) -> None:
    """relu, sigmoid and tanh of numbers around zero, x untouched"""
    for name, function in ELEMENTWISE.items():
        for shape in SHAPES:
            x = 3 * gen.randn(*shape) + 0.5
            want = function(x)
            close(getattr(learner, name)(x), want, name)
            untouched(learner)


@values
def test_far(learner: Learner) -> None:
    """relu, sigmoid and tanh from -10,000 to 10,000, in float64 and float32"""
    for dtype in DTYPES:  # float64 first: an answer in float32 lets the whole check be less exact
        for name, function in ELEMENTWISE.items():
            x = torch.tensor(FAR, dtype=dtype)
            close(getattr(learner, name)(x), function(x.double()), f"{name} of ({NUMBERS})")


@values
def test_infinite(learner: Learner) -> None:
    """relu of infinite numbers"""
    x = torch.tensor([-math.inf, -2.5, 0.5, math.inf])
    same(learner.relu(x), [0.0, 0.0, 0.5, math.inf], "relu of (-inf, -2.5, 0.5, inf)")


@values
def test_softmax(learner: Learner, gen: Gen) -> None:
    """softmax along each dim, x untouched"""
    for shape in ((3, 5), (2, 4, 3), (1, 3), (6,), (70, 2), (2, 70)):
        x = 2 * gen.randn(*shape) + 0.5
        wants = [torch.softmax(x, dim) for dim in range(len(shape))]
        shares = []
        for dim in range(len(shape)):  # all of them before one is judged: together they tell more
            shares.append(learner.softmax(x, dim))
            untouched(learner)
        for dim, want in enumerate(wants):
            close(shares[dim], want, f"softmax along dim {dim}")


@values
def test_softmax_sums(learner: Learner, gen: Gen) -> None:
    """the shares along dim add up to 1, and a constant added to x changes none"""
    for dim in (0, 1):
        x = 2 * gen.randn(3, 5)
        shares = learner.softmax(x, dim)
        length = x.shape[1 - dim]
        close(shares.sum(dim=dim), torch.ones(length), f"the sums of the shares along dim {dim}")
        for shift in (100.0, -100.0):
            # float32 rounds x + 100: the shares of what is really sent are wanted.
            shifted = (x + shift).float()
            want = torch.softmax(shifted.double(), dim)
            close(learner.softmax(shifted, dim), want, f"softmax of x {shift:+.0f}")


@values
def test_softmax_far(learner: Learner, gen: Gen) -> None:
    """softmax from -10,000 to 10,000, in float64 and float32"""
    # The numbers of a row lie at least 40 apart, so that rounding at 10,000 moves no share.
    for dtype in DTYPES:
        steps = torch.stack([40.0 * gen.permutation(4) for _ in range(4)])
        x = torch.cat([steps + torch.tensor([[1e4 - 120], [-1e4], [2000.0], [-60.0]]), WIDE])
        _judge_far(learner, x.to(dtype), 1)
        _judge_far(learner, x.to(dtype).T.contiguous(), 0)


def _judge_far(learner: Learner, x: Tensor, dim: int) -> None:
    want = torch.softmax(x.double(), dim)
    close(learner.softmax(x, dim), want, f"softmax along dim {dim} of numbers far from zero")
