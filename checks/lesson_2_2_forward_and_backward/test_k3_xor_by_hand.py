"""2.2.3: every number of both passes, for the four inputs of XOR and others, with both labels.

The worked numbers are compared to six places, everything else is compared with autograd. Hidden
inputs stay below 10 in size: beyond, 1 - h is mostly rounding. Answers may keep single numbers as
floats or as tensors; the probe makes both alike.
"""

from collections.abc import Iterable
from itertools import count, islice, product
from typing import Any

import torch
from torch import Tensor

from dojo.suite.vocabulary import Gen, Learner, close, gradients, require, shapes, untouched, values

FORWARD = {"z": (2,), "h": (2,), "logit": (), "yhat": ()}
BACKWARD = {"dlogit": (), "dv": (2,), "dh": (2,), "dz": (2,), "dw": (2, 2), "db": (2,)}
NUMBERS = FORWARD | BACKWARD
CORNERS = [*product((0.0, 1.0), repeat=2)]
# Rounded to six places: what comes of x = (1, 0) and y = 1.
WORKED = {
    "z": [2.5, -2.5],
    "h": [0.924142, 0.075858],
    "logit": 3.482836,
    "yhat": 0.970195,
    "dlogit": -0.029805,
    "dv": [-0.027544, -0.002261],
    "dh": [-0.298046, 0.298046],
    "dz": [-0.020894, 0.020894],
    "dw": [[-0.020894, 0.020894], [0.0, 0.0]],
    "db": [-0.020894, 0.020894],
}


def _trace(learner: Learner, x: Tensor, y: float) -> dict[str, Any]:
    kind, fields = learner.probe.trace(x, y, list(NUMBERS))
    none = all(f is None for f in fields)
    require(not none, f"The result should be an XorTrace, but it is a {kind}.")
    return dict(zip(NUMBERS, fields, strict=True))


def _expected(x: Tensor, y: float) -> dict[str, Tensor]:
    w, b = torch.full((2, 2), 5.0, requires_grad=True), torch.tensor([-2.5, -7.5])
    v = torch.tensor([10.0, -10.0], requires_grad=True)
    z = x @ w + b.requires_grad_()
    h = torch.sigmoid(z)
    logit = h @ v - 5
    loss = torch.nn.functional.binary_cross_entropy_with_logits(logit, torch.tensor(y))
    grads = torch.autograd.grad(loss, (logit, v, h, z, w, b))
    return dict(zip(NUMBERS, (z, h, logit, torch.sigmoid(logit), *grads), strict=True))


@shapes
def test_fields(learner: Learner) -> None:
    """an XorTrace, each field with its shape"""
    for corner in CORNERS:
        got = _trace(learner, torch.tensor(corner), 1.0)
        for name, want in NUMBERS.items():
            require(isinstance(got[name], Tensor), f"`{name}` should be a tensor of shape {want}.")
            shape = tuple(got[name].shape)
            require(shape == want, f"`{name}` has shape {shape} instead of {want}.")


@values
def test_worked_forward(learner: Learner) -> None:
    """x = (1, 0): the forward pass that ends at 0.970"""
    _compare_worked(learner, FORWARD)


@values
def test_forward(learner: Learner, gen: Gen) -> None:
    """the forward pass at the four corners and elsewhere"""
    _compare(learner, gen, FORWARD)


@gradients
def test_worked_backward(learner: Learner) -> None:
    """x = (1, 0), y = 1: the backward pass, worked out by hand"""
    _compare_worked(learner, BACKWARD)


@gradients
def test_backward(learner: Learner, gen: Gen) -> None:
    """the backward pass at the four corners and elsewhere, with both labels"""
    _compare(learner, gen, BACKWARD)


def _compare_worked(learner: Learner, names: Iterable[str]) -> None:
    trace = _trace(learner, torch.tensor([1.0, 0.0]), 1.0)
    for name in names:
        got, want = trace[name].detach(), torch.tensor(WORKED[name])
        there = (got - want).abs() < 2e-6  # the sixth place may be rounded either way
        close(torch.where(there, want, got), want, f"`{name}` for x = (1, 0) and y = 1")


def _compare(learner: Learner, gen: Gen, names: Iterable[str]) -> None:
    for x, y in product(_inputs(gen), (1.0, 0.0)):
        want, got = _expected(x, y), _trace(learner, x, y)
        untouched(learner)
        case = f"x = ({', '.join(f'{v:.3g}' for v in x.tolist())}) and y = {y:.0f}"
        for name in names:
            close(got[name], want[name], f"`{name}` for {case}")


def _inputs(gen: Gen) -> list[Tensor]:
    """The corners, and two other inputs; none with a logit that is a remainder of large numbers."""
    drawn = (gen.uniform(-0.3, 0.9, 2) for _ in count())
    good = (x for x in drawn if _expected(x, 1.0)["logit"].detach().abs() > 0.5)
    return [*map(torch.tensor, CORNERS), *islice(good, 2)]
