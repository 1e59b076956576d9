"""2.3.2: the outputs of a 1-hidden-layer network, for several activations, and their gradients.

References are the same two products in float64; equal formulas differ by less than 1e-15.
"""

import math
from collections.abc import Callable

import torch
from torch import Tensor

from dojo.suite.vocabulary import (
    Gen,
    GradientBars,
    Learner,
    Record,
    close,
    draw,
    gradients,
    record,
    shapes,
    untouched,
    values,
)

Act = Callable[[Tensor], Tensor]


def _params(gen: Gen, i: int, h: int, o: int) -> Record:
    # Biases of size one and far from zero: a lost or misplaced bias must show.
    b1, b2 = 0.5 + gen.rand(h), -0.5 - gen.rand(o)
    return record("MlpParams", w1=gen.randn(i, h), b1=b1, w2=gen.randn(h, o), b2=b2)


def _expected(x: Tensor, p: Record, act: Act) -> Tensor:
    return act(x @ p.w1 + p.b1) @ p.w2 + p.b2


def _sigmoid(z: float) -> float:
    return 1 / (1 + math.exp(-z))


def _square_plus_half(z: Tensor) -> Tensor:
    return z * z + 0.5 * z


@shapes
def test_shape(learner: Learner, gen: Gen) -> None:
    """one row of outputs for each row of x"""
    for n, i, h, o in ((7, 3, 5, 2), (1, 2, 4, 3), (6, 2, 5, 1), (1, 3, 2, 1), (4, 1, 3, 9)):
        learner.forward(1 + gen.randn(n, i), _params(gen, i, h, o), torch.tanh)


@values
def test_by_hand(learner: Learner) -> None:
    """x = (0.50, -0.30) through three ReLU units, worked out by hand"""
    p = record(
        "MlpParams",
        w1=torch.tensor([[1.0, -2.0, 4.0], [2.0, 1.0, -5.0]]),
        b1=torch.tensor([0.2, 0.5, -1.0]),
        w2=torch.tensor([[3.0, -1.0], [10.0, 7.0], [-0.4, 2.0]]),
        b2=torch.tensor([0.25, -6.0]),
    )
    # Before ReLU: 0.5 - 0.6 + 0.2 = 0.1, -1 - 0.3 + 0.5 = -0.8, 2 + 1.5 - 1 = 2.5.
    # Outputs: 3 * 0.1 - 0.4 * 2.5 + 0.25 = -0.45 and -0.1 + 2 * 2.5 - 6 = -1.1.
    got = learner.forward(torch.tensor([[0.50, -0.30]]), p, torch.relu)
    close(got, [[-0.45, -1.1]], "the output for x = (0.50, -0.30)")


@values
def test_xor(learner: Learner) -> None:
    """the four points of XOR through three sigmoid units"""
    p = record(
        "MlpParams",
        w1=torch.tensor([[5.0, 5.0, 0.4], [5.0, 5.0, -1.1]]),
        b1=torch.tensor([-2.5, -7.5, 0.3]),
        w2=torch.tensor([[10.0], [-10.0], [0.5]]),
        b2=torch.tensor([-5.0]),
    )
    x = torch.tensor([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    # The first unit says "at least one", the second "both"; the output wants the first alone
    # (3.48 for one, -4.25 for none and both). The third adds a little tilt of its own.
    units = ((-2.5, -7.5, 0.3), (2.5, -2.5, -0.8), (2.5, -2.5, 0.7), (7.5, 2.5, -0.4))
    want = [[10 * _sigmoid(a) - 10 * _sigmoid(b) + 0.5 * _sigmoid(c) - 5] for a, b, c in units]
    close(learner.forward(x, p, torch.sigmoid), want, "the output for the points of XOR")


@values
def test_activations(learner: Learner, gen: Gen) -> None:
    """tanh, relu and sigmoid in the hidden layer"""
    for act in (torch.tanh, torch.relu, torch.sigmoid):
        for n, i, h, o in ((4, 3, 3, 2), (7, 3, 5, 2), (1, 2, 4, 1), (3, 1, 6, 8), (70, 2, 3, 1)):
            x, p = 1 + gen.randn(n, i), _params(gen, i, h, o)
            want = _expected(x, p, act)
            close(learner.forward(x, p, act), want, f"the output with {act.__name__}")


@values
def test_own_activation(learner: Learner, gen: Gen) -> None:
    """an activation that is the caller's own function"""
    x, p = 1 + gen.randn(4, 3), _params(gen, 3, 5, 2)
    want = _expected(x, p, _square_plus_half)
    got = learner.forward(x, p, _square_plus_half)
    close(got, want, "the output with the caller's own activation")


@values
def test_later_calls(learner: Learner, gen: Gen) -> None:
    """later calls go by what x and p hold then"""
    x, p = 1 + gen.randn(4, 3), _params(gen, 3, 5, 2)
    for call in ("first", "second", "third"):
        close(learner.forward(x, p, torch.tanh), _expected(x, p, torch.tanh), f"the {call} output")
        for t in (x, p.w1, p.b1, p.w2, p.b2) if call == "first" else (x,):
            t.mul_(-0.7).add_(0.2)
        p = record("MlpParams", **p.fields)


@values
def test_arguments(learner: Learner, gen: Gen) -> None:
    """x and the parameters stay as they were"""
    learner.forward(1 + gen.randn(5, 3), _params(gen, 3, 4, 2), torch.relu)
    untouched(learner)


@gradients
def test_gradients(learner: Learner, gen: Gen) -> None:
    """the output can be differentiated with respect to x and all parameters"""
    for act in (torch.tanh, torch.sigmoid):
        for n, i, h, o in ((7, 3, 5, 2), (1, 2, 4, 1)):
            x, p, g = 1 + gen.randn(n, i), _params(gen, i, h, o), gen.randn(n, o)
            got_x, got_p, _ = learner.vjp("forward", x, p, act, cotangent=g).grads
            inputs = [t.clone().requires_grad_() for t in (x, *p.fields.values())]
            out = _expected(inputs[0], record("MlpParams", **_named(inputs[1:])), act)
            want_x, *want_p = torch.autograd.grad(out, inputs, g)
            pairs = {n: (getattr(got_p, n), want) for n, want in _named(want_p).items()}
            draw(learner, GradientBars.of({**pairs, "x": (got_x, want_x)}))
            for name, want in _named(want_p).items():
                close(getattr(got_p, name), want, f"the gradient that reaches {name}")
            close(got_x, want_x, "the gradient that reaches x")


def _named(tensors: list[Tensor]) -> dict[str, Tensor]:
    return dict(zip(("w1", "b1", "w2", "b2"), tensors, strict=True))
