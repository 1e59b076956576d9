"""2.2.2: three backward passes against autograd's, with random gradients arriving.

The activations are such as forward passes leave: z within about 2 of zero (and never at ReLU's
kink, but for one check that takes any slope from 0 to 1 there).
"""

import torch
from torch import Tensor

from dojo.suite.vocabulary import Gen, Learner, close, gradients, require, shapes, untouched, values

SHAPES = ((7, 3), (5,), (1, 4), (2, 3, 4), (1,), (70, 2))


def _z(gen: Gen, *shape: int) -> Tensor:
    z = 0.3 + 0.9 * gen.randn(*shape)
    return torch.where(z.abs() < 1e-2, z + 0.1, z)


def _arriving(gen: Gen, *shape: int) -> Tensor:
    return 0.4 + gen.randn(*shape)


@shapes
def test_shapes(learner: Learner, gen: Gen) -> None:
    """a tensor of the same shape, whatever the shape"""
    for shape in SHAPES:
        z, g = _z(gen, *shape), _arriving(gen, *shape)
        learner.relu_back(z, g)
        learner.sigmoid_back(torch.sigmoid(z), g)
        learner.tanh_back(torch.tanh(z), g)


@values
def test_slopes(learner: Learner) -> None:
    """z = -2 and 3 through ReLU, a = 0.8 from a sigmoid, a = 0.6 from tanh; 10 arrives"""
    for name, known, want in (
        ("relu_back", [-2.0, 3.0], [0.0, 10.0]),
        ("sigmoid_back", [0.8, 0.5], [1.6, 2.5]),
        ("tanh_back", [0.6, -0.2], [6.4, 9.6]),
    ):
        got = getattr(learner, name)(torch.tensor(known), torch.tensor([10.0, 10.0]))
        close(got, want, f"the result of `{name}` for {known}")


@values
def test_kink(learner: Learner) -> None:
    """ReLU at exactly 0: a slope from 0 to 1"""
    z = torch.tensor([[0.0, 1.5, 0.0], [-0.5, 0.0, 2.0]])
    g = torch.tensor([[3.0, 2.0, -4.0], [1.0, 5.0, 6.0]])
    got = learner.relu_back(z, g).detach()
    untouched(learner)
    slope = got[z == 0] / g[z == 0]
    require(
        bool(((slope >= 0) & (slope <= 1)).all()),
        f"At z = 0 the slopes are {[round(s, 3) for s in slope.tolist()]}; each should lie "
        "between 0 and 1.",
    )
    close(got[z != 0], g[z != 0] * (z[z != 0] > 0), "ReLU's derivative beside the kink")


@gradients
def test_relu(learner: Learner, gen: Gen) -> None:
    """ReLU agrees with autograd"""
    _compare(learner, gen, "relu")


@gradients
def test_sigmoid(learner: Learner, gen: Gen) -> None:
    """the sigmoid agrees with autograd"""
    _compare(learner, gen, "sigmoid")


@gradients
def test_tanh(learner: Learner, gen: Gen) -> None:
    """tanh agrees with autograd"""
    _compare(learner, gen, "tanh")


@gradients
def test_again(learner: Learner, gen: Gen) -> None:
    """asked again after what is known and what arrives have changed"""
    z, g = _z(gen, 4, 2), _arriving(gen, 4, 2)
    known = {"relu": z.clone(), "sigmoid": torch.sigmoid(z), "tanh": torch.tanh(z)}
    for _ in range(2):
        for name, tensor in known.items():
            slope = {"relu": (z > 0).double(), "sigmoid": tensor * (1 - tensor)}
            want = g * slope.get(name, 1 - tensor * tensor)
            got = getattr(learner, f"{name}_back")(tensor, g)
            close(got, want, f"the result of `{name}_back`")
        g *= 2.0  # the same tensors, with other numbers in them
        z = -z
        known["relu"].neg_()
        known["sigmoid"].mul_(0.9)
        known["tanh"].neg_()


def _compare(learner: Learner, gen: Gen, name: str) -> None:
    activation, back = getattr(torch, name), getattr(learner, f"{name}_back")
    for shape in SHAPES:
        z, g = _z(gen, *shape), _arriving(gen, *shape)
        known = z if name == "relu" else activation(z)
        leaf = z.clone().requires_grad_()
        (want,) = torch.autograd.grad(activation(leaf), leaf, g)
        close(back(known, g), want, f"the result of `{name}_back`")
        untouched(learner)
