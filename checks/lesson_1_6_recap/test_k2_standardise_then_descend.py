"""1.6.2: the descent's path in standardised features, told in the features' own units.

Features have scales from 1/1000 to 1,000 and means that are larger than their spread, so that each
slip on the way there or back shows. Orders of the same sums differ by 1e-13 in twenty epochs.
"""

import torch
from torch import Tensor

from dojo.suite.vocabulary import (
    FittedFunction,
    Gen,
    Learner,
    close,
    convergence,
    count,
    draw,
    finite,
    length,
    require,
    shapes,
    untouched,
    values,
)

SCALES = torch.tensor([1.0, 1000.0, 0.001, 30.0], dtype=torch.float64)
RATES = (0.13, 0.07)  # no rate that somebody would write into the code, nor a simple multiple


def _data(gen: Gen, n: int, d: int, sign: int = 1) -> tuple[Tensor, Tensor]:
    near = gen.randn(n, d) + sign * gen.uniform(1.5, 2.5, d)
    y = sign * (near @ gen.uniform(0.5, 1.5, d) + 2) + 0.3 * gen.randn(n)
    return near * SCALES[:d], y


def _right(x: Tensor, y: Tensor, lr: float, epochs: int) -> Tensor:
    """All weights and b, in the features' own units."""
    mean = x.mean(dim=0)
    std = (x - mean).square().mean(dim=0).sqrt()
    z = torch.where(std > 0, (x - mean) / std, 0.0)
    table = torch.cat([z, torch.ones(len(y), 1)], dim=1)
    theta = torch.zeros(table.shape[1])
    for _ in range(epochs):
        theta = theta - lr * 2 * table.T @ (table @ theta - y) / len(y)
    own = torch.where(std > 0, theta[:-1] / std, 0.0)
    return torch.cat([own, (theta[-1] - own @ mean)[None]])


def _judge(learner: Learner, x: Tensor, y: Tensor, lr: float, epochs: int) -> None:
    w, b = learner.fit_scaled(x, y, lr, epochs)
    untouched(learner)
    want = _right(x, y, lr, epochs)
    after = count(epochs, "epoch")
    finite(w, f"w after {after}")
    for j in range(len(w)):
        # One by one: beside the weight of a small feature that of a large one would be rounding.
        close(w[j], want[j], f"the weight of feature {j} after {after}")
    close(b, want[-1:], f"b after {after}")


@shapes
def test_a_weight_each(learner: Learner, gen: Gen) -> None:
    """a weight for each feature, and b"""
    for n, d in ((7, 3), (6, 1), (90, 2)):
        learner.fit_scaled(*_data(gen, n, d), 0.1, 2)


@values
def test_first_epoch(learner: Learner, gen: Gen) -> None:
    """one epoch: lr times the derivatives at zero, in the features' own units"""
    x, y = _data(gen, 8, 2)
    first, second = (learner.fit_scaled(x, y, lr, 1) for lr in RATES)
    fixed = first[0].any() and torch.allclose(first[0], second[0], rtol=1e-5, atol=0)
    require(not fixed, f"w after one epoch is the same for lr {RATES[0]} and lr {RATES[1]}.")
    for lr in RATES:
        _judge(learner, x, y, lr, 1)


@values
def test_path(learner: Learner, gen: Gen) -> None:
    """2, 3 and 20 epochs"""
    for epochs, d, sign in ((20, 3, 1), (2, 4, -1), (3, 1, -1)):
        _judge(learner, *_data(gen, 9, d, sign), RATES[0], epochs)


@values
def test_sizes(learner: Learner, gen: Gen) -> None:
    """more rows than a batch usually has"""
    _judge(learner, *_data(gen, 130, 2), 0.11, 3)


@values
def test_constant_feature(learner: Learner, gen: Gen) -> None:
    """a feature that is the same in all rows, and a single row, where all of them are"""
    x, y = _data(gen, 8, 3)
    x[:, 1] = 4.0
    _judge(learner, x, y, 0.12, 5)
    _judge(learner, *_data(gen, 1, 2), 0.12, 3)


@values
def test_asked_again(learner: Learner, gen: Gen) -> None:
    """the same tensors with other numbers in them have another fit"""
    x, y = _data(gen, 7, 2)
    for factor in (1.0, -0.8):
        x *= factor
        y += factor
        _judge(learner, x, y, 0.12, 2)


@values
def test_no_early_stop(learner: Learner, gen: Gen) -> None:
    """it goes on for all epochs, also when the loss is next to nothing, or grows"""
    x, y = _data(gen, 9, 2)
    _judge(learner, x, 1e-5 * y, 0.17, 20)
    _judge(learner, x, y, 1.4, 8)


@convergence
def test_best_line(learner: Learner, gen: Gen) -> None:
    """many epochs lead to the best w and b of the normal equation"""
    x, y = _data(gen, 12, 1)
    (w, b), epochs = learner.probe.many_epochs(x, y, 0.33)
    line = FittedFunction.of(x, y, x @ w.double() + b.double(), title="your line")
    draw(learner, line)
    length(w, 1, "the weights")
    best = torch.linalg.pinv(torch.cat([x, torch.ones(12, 1)], dim=1)) @ y
    close(torch.cat([w, b]), best, f"w and b after {epochs} epochs", epochs)
