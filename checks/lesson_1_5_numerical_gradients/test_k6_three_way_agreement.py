"""1.5.6: three gradients against the closed form, and what happens when autograd is wrong.

Right formulas miss the closed form by 1e-15 of its length; 1e-12 is allowed, so that a measured
gradient can't pass for one. Central differences with h = 1e-5 miss it by 4e-10 at most (1,000
seeds; 1.5e-8 with 1e-4, 4e-9 with 1e-6), one-sided ones by 3e-6 at least in one of three data sets
(3e-7 with 1e-6, 2e-8 with the best h of all); 2e-8 is allowed. The best measured gradient of a
seed was off by 1.5e-11 in one of the three: all within 1e-14 is a copy.
"""

import torch
from torch import Tensor

from dojo.judge.vocabulary import Gen, Learner, Record, close, require, shapes, values

SIZES = ((7, 3), (12, 5), (1, 4))
Data = tuple[Tensor, Tensor, Tensor]


def _data(gen: Gen, n: int, d: int) -> Data:
    x, w = 0.8 * gen.randn(n, d) + 0.4, gen.uniform(-0.8, 0.8, d)
    y = (torch.arange(n) % 3 == gen.integer(0, 2)).double()
    return x, y[gen.permutation(n)], w


def _closed(data: Data) -> Tensor:
    x, y, w = data
    return ((torch.sigmoid(x @ w) - y).unsqueeze(1) * x).mean(dim=0)


def _off(got: Tensor, want: Tensor) -> float:
    return float((got - want).norm() / want.norm())


def _judge(learner: Learner, gen: Gen, name: str, tolerance: float) -> None:
    allowed = tolerance if learner.dtype == "float64" else 2e-6
    for n, d in SIZES:
        data = _data(gen, n, d)
        got, want = getattr(learner.logistic_grads(*data), name), _closed(data)
        if not _off(got, want) < 1e-4:
            close(got, want, f"`{name}`")  # names ratios and the like
        text = f"`{name}` is off by {_off(got, want):.1e} of its size."
        require(_off(got, want) < allowed, text, off=_off(got, want))


@shapes
def test_record(learner: Learner, gen: Gen) -> None:
    """three gradients and three floats"""
    for n, d in (*SIZES, (5, 1)):
        learner.logistic_grads(*_data(gen, n, d))


@values
def test_manual(learner: Learner, gen: Gen) -> None:
    """the formula by hand is right"""
    _judge(learner, gen, "manual", 1e-12)


@values
def test_autograd(learner: Learner, gen: Gen) -> None:
    """autograd's gradient is right"""
    _judge(learner, gen, "autograd", 1e-12)


@values
def test_numeric(learner: Learner, gen: Gen) -> None:
    """the measured gradient is right to seven digits, and measured"""
    _judge(learner, gen, "numeric", 2e-8)
    data = [_data(gen, n, d) for n, d in SIZES]
    copied = [_off(learner.logistic_grads(*one).numeric, _closed(one)) < 1e-14 for one in data]
    text = "`numeric` is right to the last digit, as no measured gradient is."
    require(not all(copied), text, mistake="numeric-copied")


@values
def test_differences(learner: Learner, gen: Gen) -> None:
    """the differences are the largest between two entries"""
    for n, d in SIZES:
        _differences(learner.logistic_grads(*_data(gen, n, d)))


@values
def test_independent(learner: Learner, gen: Gen) -> None:
    """with an autograd that is wrong on purpose, the other two stay right, and it shows"""
    for (n, d), factor in zip(SIZES, (3.0, -0.5, 4.0), strict=True):
        data = _data(gen, n, d)
        want = _closed(data)
        said = learner.probe.logistic_grads(*data, factor)
        got = said["result"]
        require(isinstance(got, Record), "The result is no Agreement.")
        wrong = f"With gradients of autograd that are {factor:g} times the right ones, "
        copies = (("manual", "autograd-as-manual"), ("numeric", "numeric-from-autograd"))
        for name, mistake in copies:
            text = f"{wrong}`{name}` is wrong in the same way."
            follows = _off(getattr(got, name), factor * want) < 1e-4
            require(not follows, text, mistake=mistake)
        require(said["ran"], "Autograd did not run at all.", mistake="no-autograd")
        text = f"{wrong}`autograd` is still right."
        follows = _off(got.autograd, want) < 1e-4
        require(not follows, text, mistake="manual-as-autograd")
        _differences(got)


@values
def test_arguments(learner: Learner, gen: Gen) -> None:
    """x, y and w hold afterwards what they held before"""
    data = [gen.randint(-8, 9, *shape) / 8 for shape in ((6, 3), (6,), (3,))]
    data[1] = (data[1] > 0).double()
    before = [t.clone() for t in data]
    learner.logistic_grads(*data)
    for name, old, new in zip("xyw", before, data, strict=True):
        moved = float((new - old).norm())
        text = f"The caller's {name} is {moved:.1e} away from where it was."
        require(moved < 1e-10, text, mistake="left-moved" if name == "w" else None)


def _differences(got: Record) -> None:
    for one, other in (("manual", "autograd"), ("manual", "numeric"), ("autograd", "numeric")):
        name = f"{one}_{other}"
        want = float((getattr(got, one) - getattr(got, other)).abs().max())
        found = getattr(got, name)
        text = f"`{name}` is {found:.4g}, but the two are {want:.4g} apart at most."
        require(abs(found - want) <= 1e-6 * want + 1e-16, text)
