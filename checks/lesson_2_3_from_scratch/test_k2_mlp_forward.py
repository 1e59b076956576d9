"""2.3.2: the outputs of a 1-hidden-layer network, for several activations, and their gradients.

References are the same two products in float64; equal formulas differ by less than 1e-15.
"""

from collections.abc import Callable
from functools import partial

import torch
from torch import Tensor

from dojo.suite.deriving import close_each, derivatives
from dojo.suite.vocabulary import Gen, Learner, close, gradients, record, shapes, untouched, values
from dojo.wire.values import Record


def _drawn(gen: Gen, i: int, h: int, o: int) -> Record:
    # Biases of size one and far from zero: a lost or misplaced bias must show.
    b1, b2 = 0.5 + gen.rand(h), -0.5 - gen.rand(o)
    return record("MlpParams", w1=gen.randn(i, h), b1=b1, w2=gen.randn(h, o), b2=b2)


def _expected(act: Callable[[Tensor], Tensor], *tensors: Tensor) -> Tensor:
    w1, b1, w2, b2, x = tensors
    return act(x @ w1 + b1) @ w2 + b2


@shapes
def test_shape(learner: Learner, gen: Gen) -> None:
    """one row of outputs for each row of x"""
    for n, i, h, o in ((7, 3, 5, 2), (1, 2, 4, 3), (6, 2, 5, 1), (1, 3, 2, 1), (4, 1, 3, 9)):
        learner.forward(1 + gen.randn(n, i), _drawn(gen, i, h, o), torch.tanh)


@values
def test_by_hand(learner: Learner) -> None:
    """x = (0.50, -0.30) through three ReLU units, worked out by hand"""
    w1, b1 = torch.tensor([[1.0, -2.0, 4.0], [2.0, 1.0, -5.0]]), torch.tensor([0.2, 0.5, -1.0])
    w2, b2 = torch.tensor([[3.0, -1.0], [10.0, 7.0], [-0.4, 2.0]]), torch.tensor([0.25, -6.0])
    x, p = torch.tensor([[0.50, -0.30]]), record("MlpParams", w1=w1, b1=b1, w2=w2, b2=b2)
    # Before ReLU: 0.5 - 0.6 + 0.2 = 0.1, -1 - 0.3 + 0.5 = -0.8, 2 + 1.5 - 1 = 2.5.
    # Outputs: 3 * 0.1 - 0.4 * 2.5 + 0.25 = -0.45 and -0.1 + 2 * 2.5 - 6 = -1.1.
    close(learner.forward(x, p, torch.relu), [[-0.45, -1.1]], "the output for x = (0.50, -0.30)")


@values
def test_xor(learner: Learner) -> None:
    """the four points of XOR through three sigmoid units"""
    w1, b1 = torch.tensor([[5.0, 5.0, 0.4], [5.0, 5.0, -1.1]]), torch.tensor([-2.5, -7.5, 0.3])
    w2, b2 = torch.tensor([[10.0], [-10.0], [0.5]]), torch.tensor([-5.0])
    p = record("MlpParams", w1=w1, b1=b1, w2=w2, b2=b2)
    x = torch.tensor([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    # The first unit says "at least one", the second "both"; the output wants the first alone
    # (3.48 for one, -4.25 for none and both). The third adds a little tilt of its own.
    units = [[-2.5, -7.5, 0.3], [2.5, -2.5, -0.8], [2.5, -2.5, 0.7], [7.5, 2.5, -0.4]]
    want = torch.sigmoid(torch.tensor(units)) @ w2 + b2
    close(learner.forward(x, p, torch.sigmoid), want, "the output for the points of XOR")


@values
def test_activations(learner: Learner, gen: Gen) -> None:
    """tanh, relu and sigmoid in the hidden layer"""
    for act in (torch.tanh, torch.relu, torch.sigmoid):
        for n, i, h, o in ((4, 3, 3, 2), (7, 3, 5, 2), (1, 2, 4, 1), (3, 1, 6, 8), (70, 2, 3, 1)):
            x, p = 1 + gen.randn(n, i), _drawn(gen, i, h, o)
            want = _expected(act, *p.fields.values(), x)
            close(learner.forward(x, p, act), want, f"the output with {act.__name__}")


@values
def test_own_activation(learner: Learner, gen: Gen) -> None:
    """an activation that is the caller's own function"""

    def act(z: Tensor) -> Tensor:
        return z * z + 0.5 * z

    x, p = 1 + gen.randn(4, 3), _drawn(gen, 3, 5, 2)
    want = _expected(act, *p.fields.values(), x)
    close(learner.forward(x, p, act), want, "the output with the caller's own activation")


@values
def test_later_calls(learner: Learner, gen: Gen) -> None:
    """later calls go by what x and p hold then"""
    x, p = 1 + gen.randn(4, 3), _drawn(gen, 3, 5, 2)
    for call in ("first", "second", "third"):
        want = _expected(torch.tanh, *p.fields.values(), x)
        close(learner.forward(x, p, torch.tanh), want, f"the {call} output")
        for t in (x, *p.fields.values()) if call == "first" else (x,):
            t.mul_(-0.7).add_(0.2)
        p = record("MlpParams", **p.fields)


@values
def test_arguments(learner: Learner, gen: Gen) -> None:
    """x and the parameters stay as they were"""
    learner.forward(1 + gen.randn(5, 3), _drawn(gen, 3, 4, 2), torch.relu)
    untouched(learner)


@gradients
def test_gradients(learner: Learner, gen: Gen) -> None:
    """the output can be differentiated with respect to x and all parameters"""
    for act in (torch.tanh, torch.sigmoid):
        for n, i, h, o in ((7, 3, 5, 2), (1, 2, 4, 1)):
            x, p, g = 1 + gen.randn(n, i), _drawn(gen, i, h, o), gen.randn(n, o)
            got_x, got_p, _ = learner.vjp("forward", x, p, act, cotangent=g).grads
            want = derivatives(partial(_expected, act), *p.fields.values(), x, arriving=g)
            got = (*got_p.fields.values(), got_x)
            close_each((*p.fields, "x"), got, want, "the gradient that reaches {}")
