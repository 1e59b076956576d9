"""2.2.5: the derivatives by all four parameters, against autograd's.

Inputs of hidden units stay away from ReLU's kink, outputs within about 6 of zero. Sizes are
unequal, but for one case in which nothing raises when a transpose is missing; it comes first.
"""

import math

import torch
from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits

from dojo.suite.vocabulary import (
    Gen,
    Learner,
    Record,
    close,
    gradients,
    record,
    shapes,
    untouched,
    values,
)

NAMES = ("w1", "b1", "w2", "b2")
# Rows, inputs, units.
SIZES = ((4, 4, 4), (7, 3, 5), (1, 4, 6), (2, 3, 1), (5, 1, 3), (12, 3, 4), (70, 3, 2))


def _params(*tensors: Tensor) -> Record:
    return record("MlpParams", **dict(zip(NAMES, tensors, strict=True)))


def _case(gen: Gen, n: int, i: int, h: int) -> tuple[Tensor, Tensor, Record]:
    """A batch with its labels, and parameters that keep every unit off the kink.

    The errors of the rows must not cancel: their sum would be a small remainder of large numbers.
    """
    while True:
        x, w1, b1 = 0.4 + gen.randn(n, i), 0.8 * gen.randn(i, h), 0.2 + 0.5 * gen.randn(h)
        w2, b2, y = 0.5 * gen.randn(h, 1), gen.uniform(-1, 1, 1), gen.randint(0, 2, n, 1).double()
        z = x @ w1 + b1
        error = torch.sigmoid(torch.relu(z) @ w2 + b2) - y
        if float(z.abs().min()) > 1e-3 and float(error.mean().abs()) > 0.02:
            return x, y, _params(w1, b1, w2, b2)


@shapes
def test_shapes(learner: Learner, gen: Gen) -> None:
    """each derivative has the shape of its parameter"""
    for n, i, h in SIZES[:4]:
        learner.mlp_grads(*_case(gen, n, i, h))


@values
def test_worked(learner: Learner) -> None:
    """one row through two hidden units, one of them switched off"""
    w1, b1 = torch.tensor([[0.6, -1.0], [0.5, 1.0]]), torch.tensor([0.0, -2.5])
    p = _params(w1, b1, torch.tensor([[0.5], [3.0]]), torch.tensor([math.log(4) - 0.8]))
    # z = (1.6, -1.5), h = (1.6, 0), logit = log(4), prob = 0.8; the label 1 leaves -0.2.
    got = learner.mlp_grads(torch.tensor([[1.0, 2.0]]), torch.tensor([[1.0]]), p)
    untouched(learner)
    want = {"w2": [[-0.32], [0.0]], "b2": [-0.2], "w1": [[-0.1, 0], [-0.2, 0]], "b1": [-0.1, 0]}
    for name, expected in want.items():
        close(getattr(got, name), expected, f"the derivative by {name}")


@gradients
def test_gradients(learner: Learner, gen: Gen) -> None:
    """all four agree with autograd"""
    for n, i, h in SIZES:
        _judge(learner, *_case(gen, n, i, h))


@gradients
def test_again(learner: Learner, gen: Gen) -> None:
    """asked again after the parameters have changed"""
    x, y, p = _case(gen, 5, 2, 3)
    _judge(learner, x, y, p)
    for name, tensor in p.fields.items():  # the same tensors, with other numbers in them
        tensor *= 1.5 if name == "w2" else 2.0
    _judge(learner, x, y, p)


def _judge(learner: Learner, x: Tensor, y: Tensor, p: Record) -> None:
    leaves = [t.clone().requires_grad_() for t in p.fields.values()]
    w1, b1, w2, b2 = leaves
    logit = torch.relu(x @ w1 + b1) @ w2 + b2
    want = torch.autograd.grad(binary_cross_entropy_with_logits(logit, y), leaves)
    got = learner.mlp_grads(x, y, p)
    untouched(learner)
    for name, expected in reversed(list(zip(NAMES, want, strict=True))):
        close(getattr(got, name), expected, f"the derivative by {name}", bar=name)
