"""2.2.1: both passes of a linear layer; the derivatives against autograd's, for random gouts.

Sizes are unequal, but in the square cases nothing raises when a transpose is missing; one comes
first, so that what is recognised does not rest on an error's words alone.
"""

import torch
from torch import Tensor

from dojo.suite.vocabulary import Gen, Learner, close, gradients, shapes, untouched, values

SIZES = ((7, 3, 5), (1, 4, 2), (6, 2, 1), (3, 1, 4), (70, 3, 2))  # rows, inputs, outputs
SQUARES = ((4, 4, 4), (3, 3, 5), (2, 5, 5), (6, 2, 6))


def _layer(gen: Gen, n: int, i: int, o: int) -> tuple[Tensor, Tensor, Tensor]:
    return 0.7 + gen.randn(n, i), gen.randn(i, o), 1 + gen.rand(o)


def _gout(gen: Gen, n: int, o: int) -> Tensor:
    # The sum for a single bias must not be a small remainder of large numbers.
    return 0.4 + gen.randn(n, o) if o > 1 else 0.3 + gen.rand(n, 1)


@shapes
def test_shapes(learner: Learner, gen: Gen) -> None:
    """each result has its shape"""
    for n, i, o in ((4, 4, 4), *SIZES):
        x, w, b = _layer(gen, n, i, o)
        learner.linear_forward(x, w, b)
        learner.linear_backward(x, w, _gout(gen, n, o))


@values
def test_forward(learner: Learner, gen: Gen) -> None:
    """the output of the layer"""
    for n, i, o in (*SIZES, *SQUARES):
        x, w, b = _layer(gen, n, i, o)
        close(learner.linear_forward(x, w, b), x @ w + b, "the output")
        untouched(learner)


@gradients
def test_backward(learner: Learner, gen: Gen) -> None:
    """the three derivatives agree with autograd's"""
    for n, i, o in (*SIZES, *SQUARES):
        inputs = [t.requires_grad_() for t in _layer(gen, n, i, o)]
        x, w, b = inputs
        gout = _gout(gen, n, o)
        want = torch.autograd.grad(x @ w + b, inputs, gout)
        got = learner.linear_backward(x.detach(), w.detach(), gout)
        for name, g, expected in zip("xwb", got, want, strict=True):
            close(g, expected, f"the derivative by {name}", bar=name)
        untouched(learner)


@gradients
def test_again(learner: Learner, gen: Gen) -> None:
    """asked again after x, w and gout have changed"""
    x, w, b = _layer(gen, 3, 2, 4)
    gout = _gout(gen, 3, 4)
    for factor in (1.0, 3.0):  # the same tensors, with other numbers in them
        for tensor in (x, w, gout):
            tensor *= factor
        close(learner.linear_forward(x, w, b), x @ w + b, "the output")
        want = (gout @ w.T, x.T @ gout, gout.sum(dim=0))
        got = learner.linear_backward(x, w, gout)
        for name, g, expected in zip("xwb", got, want, strict=True):
            close(g, expected, f"the derivative by {name}", bar=name)
