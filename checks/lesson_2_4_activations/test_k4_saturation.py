"""2.4.4: shares of saturated examples against the derivative in closed form.

No derivative lies within 0.2 % of eps, so that rounding (also in float32) decides nothing. Some lie
0.6 % below it: what is measured on the activation instead of its derivative counts those
differently, for sigmoid too, where the two are nearly the same. The border itself is asked at
z = 0, where both derivatives are exact in every formula: 0.25 and 1.
"""

import math

import torch
from torch import Tensor

from dojo.suite.vocabulary import Gen, Learner, close, untouched, values

SIZES = ((60, 5), (37, 3), (1, 4), (80, 2))
STEEPEST = {"sigmoid": 0.25, "tanh": 1.0}


def _slope(z: Tensor, act: str) -> Tensor:
    """The derivative, by cosh: steep and flat parts without cancellation."""
    return STEEPEST[act] / torch.cosh(z / 2 if act == "sigmoid" else z) ** 2


def _edge(act: str, slope: float) -> float:
    """The z on the right with this derivative."""
    return math.acosh(math.sqrt(STEEPEST[act] / slope)) * (2 if act == "sigmoid" else 1)


def _inputs(gen: Gen, n: int, h: int, act: str, eps: float) -> Tensor:
    reach = 9 if act == "sigmoid" else 4.5
    z = gen.uniform(-0.7 * reach, reach, n, h) * torch.linspace(0.3, 1, h)
    if n > 1:
        z[:, -1] = gen.uniform(1, 1.5, n) * reach  # flat, but for one example
        z[1, -1] = _edge(act, 1.02 * eps)
        z[0] = _edge(act, 0.994 * eps) * (2 * gen.randint(0, 2, h) - 1)
    return torch.where((_slope(z, act) - eps).abs() < 0.002 * eps, 0.0, z)


def _judge(learner: Learner, gen: Gen, act: str) -> None:
    compared = []  # all of them are asked for before one is judged: together they tell more
    for (n, h), eps in zip(SIZES, (0.05, 0.2, 0.1, 0.15), strict=True):
        z = _inputs(gen, n, h, act, eps)
        got = learner.saturation(z, act, eps)
        untouched(learner)
        compared.append((got, (_slope(z, act) < eps).double().mean(dim=0), f"with eps {eps}"))
    z = _inputs(gen, 40, 3, act, 0.01)
    want = (_slope(z, act) < 0.01).double().mean(dim=0)
    compared.append((learner.saturation(z, act), want, "with the eps by default"))
    for got, want, how in compared:
        close(got, want, f"the share of saturated examples of each {act} unit, {how},")


@values
def test_sigmoid(learner: Learner, gen: Gen) -> None:
    """sigmoid: the share of examples with a derivative below eps (0.01 by default), z untouched"""
    _judge(learner, gen, "sigmoid")


@values
def test_tanh(learner: Learner, gen: Gen) -> None:
    """tanh: the share of examples with a derivative below eps (0.01 by default), z untouched"""
    _judge(learner, gen, "tanh")


@values
def test_none_and_all(learner: Learner) -> None:
    """at zero nothing is saturated, far away everything is"""
    z = torch.tensor([[0.0, 50.0, -50.0], [0.1, 90.0, -60.0]])
    for act in STEEPEST:
        name = f"the list of shares of the {act} units"
        close(learner.saturation(z, act, 0.05), [0.0, 1.0, 1.0], name)
        z += torch.tensor([[60.0, -50, 50], [0, -90, 60]])  # the same tensor, with other numbers
        close(learner.saturation(z, act, 0.05), [0.5, 0.0, 0.0], name)
        z -= torch.tensor([[60.0, -50, 50], [0, -90, 60]])


@values
def test_border(learner: Learner) -> None:
    """a derivative of exactly eps is not below it"""
    z = torch.tensor([[0.0, -2.0], [1.5, 0.0], [0.0, 1.0], [0.0, 3.0]])
    for act, steepest in STEEPEST.items():
        got = learner.saturation(z, act, steepest)
        close(got, [0.25, 0.75], f"the list of shares of the {act} units with eps {steepest:g}")


@values
def test_fading_sigmoid(learner: Learner) -> None:
    """the largest factor that some sigmoids in a row leave; 9.54e-7 for ten"""
    for depth in (3, 2, 1, 7, 10):
        want = 0.25**depth
        close(learner.grad_attenuation("sigmoid", depth), want, f"the factor of {depth} sigmoids")


@values
def test_fading_tanh(learner: Learner) -> None:
    """the largest factor that some tanhs in a row leave"""
    for depth in (3, 2, 1, 7, 10):
        close(learner.grad_attenuation("tanh", depth), 1.0, f"the factor of {depth} tanhs")
