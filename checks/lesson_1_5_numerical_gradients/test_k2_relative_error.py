"""1.5.2: what every relative error has in common, whatever norm it is made of.

With s the share by which b differs from a, the sum of the sizes gives s / (2 + s), the larger one
s / (1 + s), their mean up to s: what lies between passes. Other norms, and the worst entry, give
the same where all entries differ alike; one entry that is off by half the norm gives at least 0.2
in any norm, at least 0.02 as a mean over six entries.
"""

from functools import partial

import torch
from torch import Tensor

from dojo.judge.failure import Failed
from dojo.judge.vocabulary import Gen, Learner, rejects, require, shapes, untouched, values

SHAPES = ((6,), (3, 4), (1,), (2, 3, 2))
UNEQUAL = (
    *(((5, 1), (5,)), ((1,), (4,)), ((3, 4), (1, 4)), ((4,), (2, 4))),
    *(((2, 3), (3, 2)), ((3,), (4,)), ((6,), (2, 3))),
)


def _numbers(gen: Gen, *shape: int) -> Tensor:
    return gen.uniform(0.4, 2.0, *shape) * (2 * gen.randint(0, 2, *shape) - 1)


def _within(got: float, low: float, high: float, what: str, mistake: str | None = None) -> None:
    text = f"{what}: the result is {got:.4g}, but something from {low:.4g} to {high:.4g} is right."
    require(low * 0.999 <= got <= high * 1.001, text, mistake=mistake, got=got)


@shapes
def test_one_float(learner: Learner, gen: Gen) -> None:
    """one plain float, whatever the shape"""
    for shape in SHAPES:
        learner.rel_error(_numbers(gen, *shape), _numbers(gen, *shape))


@values
def test_share(learner: Learner, gen: Gen) -> None:
    """every entry larger by a share of itself"""
    for shape in SHAPES:
        for share in (0.01, 0.3):
            a = _numbers(gen, *shape)
            got = learner.rel_error(a, (1 + share) * a)
            untouched(learner)
            _within(got, share / (2 + share), share, f"b is a and {share:.0%} more")


@values
def test_equal(learner: Learner, gen: Gen) -> None:
    """equal tensors give 0, also when all is zero"""
    for a in (_numbers(gen, 6), _numbers(gen, 3, 4), torch.zeros(5), torch.zeros(1)):
        got = learner.rel_error(a, a.clone())
        what = "Two equal tensors" if a.any() else "Two tensors of zeros"
        lopsided = got != got and _lopsided(learner, gen)  # NaN
        mistake = "as-found" if lopsided else "no-floor" if got != got else None
        require(got == 0, f"{what} give {got:.4g} instead of 0.", mistake=mistake)


@values
def test_opposite(learner: Learner, gen: Gen) -> None:
    """a against -a, and something against nothing: 1"""
    for shape in SHAPES:
        a = _numbers(gen, *shape)
        got = learner.rel_error(a, -a)
        _within(got, 1, 2, "b is -a", "sizes-compared" if got == 0 else None)
        _within(learner.rel_error(a, 0 * a), 1, 2, "b is zero")
        _within(learner.rel_error(0 * a, a), 1, 2, "a is zero")


@values
def test_every_entry(learner: Learner, gen: Gen) -> None:
    """one entry differs, wherever it is; two differ in opposite directions"""
    a = _numbers(gen, 6)
    one = 0.5 * a.norm() * torch.eye(6, dtype=torch.float64)
    for i in range(6):
        what = f"Entry {i} of 6 is off by half the size of all"
        _within(learner.rel_error(a, a + one[i]), 0.02, 2, what)
        got = learner.rel_error(a, a + one[i] - one[i - 1])
        what = "Two of 6 entries are off by half the size of all, in opposite directions"
        _within(got, 0.03, 2, what, "signs-cancel" if abs(got) < 1e-9 else None)


@values
def test_order(learner: Learner, gen: Gen) -> None:
    """a and b can change places"""
    for shape in SHAPES:
        a, b = _numbers(gen, *shape), 3 * _numbers(gen, *shape)
        got, other = learner.rel_error(a, b), learner.rel_error(b, a)
        if _near(got, other):
            continue
        mistake = "one-side" if _takes_zeros(learner) else "as-found"
        text = f"In one order the result is {got:.4g}, in the other {other:.4g}."
        require(False, text, mistake="signed-result" if got == -other else mistake)


@values
def test_unit(learner: Learner, gen: Gen) -> None:
    """a and b both many times as large, or as small, give the same"""
    a, b = _numbers(gen, 4, 2), _numbers(gen, 4, 2)
    got = learner.rel_error(a, b)
    for unit in (1000.0, 0.001, 1e6):
        other = learner.rel_error(unit * a, unit * b)
        text = (
            f"With a and b {unit:g} times as large, the result is {other / got:.4g} times as large."
        )
        require(_near(got, other), text)


@values
def test_floor(learner: Learner, gen: Gen) -> None:
    """nothing is divided by less than the floor"""
    for floor in (1.0, 50.0):
        tiny = 1e-6 * floor * torch.tensor([0.8])
        got = learner.rel_error(tiny, 0 * tiny, floor)
        text = f"For sizes of a millionth of the floor and of 0, the result is {got:.4g}."
        require(abs(got) < 1e-5, text, got=got)


@values
def test_unequal_shapes(learner: Learner, gen: Gen) -> None:
    """different shapes raise an error"""
    through: list[Failed] = []
    for one, other in UNEQUAL:  # all of them: what is let through tells what was asked
        call = partial(learner.rel_error, _numbers(gen, *one), _numbers(gen, *other))
        try:
            rejects(call, Exception, f"shapes {one} and {other}")
        except Failed as failed:
            through.append(failed)
    if through:
        raise through[0]


def _near(got: float, other: float) -> bool:
    return abs(got - other) <= 1e-5 * abs(got)


def _takes_zeros(learner: Learner) -> bool:
    try:
        return learner.rel_error(torch.zeros(3), torch.zeros(3)) == 0
    except Failed:
        return False


def _lopsided(learner: Learner, gen: Gen) -> bool:
    a, b = _numbers(gen, 4), 3 * _numbers(gen, 4)
    return not _near(learner.rel_error(a, b), learner.rel_error(b, a))
