"""1.5.2: what every relative error has in common, whatever norm it is made of.

With s the share by which b differs from a, the sum of the sizes gives s / (2 + s), the larger one
s / (1 + s), their mean up to s: what lies between passes. Other norms, and the worst entry, give
the same where all entries differ alike; one entry that is off by half the norm gives at least 0.2
in any norm, at least 0.02 as a mean over six entries. Long, because answers made of other norms
than the solution's can't be replayed: the checks tell the mistakes themselves.
"""

from dataclasses import replace
from functools import partial

import torch
from torch import Tensor

from dojo.failure import Failed
from dojo.suite.vocabulary import Gen, Learner, rejects, require, shapes, untouched, values

SHAPES = ((6,), (3, 4), (1,), (2, 3, 2))
Shapes = tuple[tuple[int, ...], tuple[int, ...]]
STRETCHED: tuple[Shapes, ...] = (*(((5, 1), (5,)), ((1,), (4,)), ((3, 4), (1, 4)), ((4,), (2, 4))),)
REFUSED: tuple[Shapes, ...] = (((2, 3), (3, 2)), ((3,), (4,)), ((6,), (2, 3)))  # by torch itself
UNEQUAL = STRETCHED + REFUSED
FLAT_ALIKE = (STRETCHED[0], REFUSED[0], REFUSED[2])  # as many entries


def _numbers(gen: Gen, *shape: int) -> Tensor:
    return gen.uniform(0.4, 2.0, *shape) * (2 * gen.randint(0, 2, *shape) - 1)


def _ask(learner: Learner, a: Tensor, b: Tensor, *floor: float) -> float:
    return learner.rel_error(a.clone(), b.clone(), *floor)


def _sees_shares(learner: Learner, gen: Gen) -> bool:
    a = _numbers(gen, 5)
    return 0.0049 < _ask(learner, a, 1.01 * a) < 0.0101


def _within(got: float, low: float, high: float, what: str, mistake: str | None = None) -> None:
    text = f"{what}: the result is {got:.4g}, but something from {low:.4g} to {high:.4g} is right."
    mistake = mistake or ("signs-cancel" if got < -1e-9 else None)
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
            got = _ask(learner, a, (1 + share) * a)
            untouched(learner)
            ceiling = _near(float((share * a).norm()), 1e-12 * got)
            mistake = "floor-as-ceiling" if ceiling else None
            if got < 0.9 * share / (2 + share) and a.numel() > 1 and mistake is None:
                alike = _ask(learner, a.abs(), (1 + share) * a.abs())
                mistake = "signs-cancel" if alike > 0.9 * share / (2 + share) else None
            _within(got, share / (2 + share), share, f"b is a and {share:.0%} more", mistake)


@values
def test_equal(learner: Learner, gen: Gen) -> None:
    """equal tensors give 0, also when all is zero"""
    tensors = (_numbers(gen, 6), _numbers(gen, 3, 4), torch.zeros(5), torch.zeros(1))
    said = [_ask(learner, a, a) for a in tensors]
    for a, got in zip(tensors, said, strict=True):
        what = "Two equal tensors" if a.any() else "Two tensors of zeros"
        lopsided = got != got and _lopsided(learner, gen)  # NaN
        mistake = "as-found" if lopsided else "no-floor" if got != got else None
        mistake = "zeros-disagree" if got > 0.1 and not a.any() and said[0] == 0 else mistake
        require(got == 0, f"{what} give {got:.4g} instead of 0.", mistake=mistake)
    a, b = _numbers(gen, 4), _numbers(gen, 4)
    learner.rel_error(a, b)
    b.copy_(a)
    got = learner.rel_error(a, b)
    text = f"Two tensors that differed, and are equal now, give {got:.4g} instead of 0."
    require(got == 0, text)


@values
def test_opposite(learner: Learner, gen: Gen) -> None:
    """a against -a, and something against nothing: 1"""
    for shape in SHAPES:
        a = _numbers(gen, *shape)
        got, one, other = (_ask(learner, *pair) for pair in ((a, -a), (a, 0 * a), (0 * a, a)))
        blind = got == 0 and _sees_shares(learner, gen)
        _within(got, 1, 2, "b is -a", "sizes-compared" if blind else None)
        mistake = "as-found" if not one < 1e300 else "one-side" if other < 2.1 < one else None
        _within(one, 1, 2, "b is zero", mistake)
        _within(other, 1, 2, "a is zero", "one-side" if one < 2.1 < other else None)


@values
def test_every_entry(learner: Learner, gen: Gen) -> None:
    """one entry differs, wherever it is; two differ in opposite directions"""
    a = _numbers(gen, 6)
    one = 0.5 * a.norm() * torch.eye(6, dtype=torch.float64)
    for i in range(6):
        what = f"Entry {i} of 6 is off by half the size of all"
        got = _ask(learner, a, a + one[i])
        blind = got == 0 == _ask(learner, a, a - one[i]) and _sees_shares(learner, gen)
        _within(got, 0.02, 2, what, "entries-unseen" if blind else None)
        got = _ask(learner, a, a + one[i] - one[i - 1])
        what = "Two of 6 entries are off by half the size of all, in opposite directions"
        cancel = abs(got) < 1e-9 and _sees_shares(learner, gen)
        _within(got, 0.03, 2, what, "signs-cancel" if cancel else None)


@values
def test_every_entry_of_tables(learner: Learner, gen: Gen) -> None:
    """one entry of a table differs, or one of a hundred and more"""
    for shape in ((3, 4), (2, 3, 2), (70, 2), (130,)):
        a = _numbers(gen, *shape)
        size = a.numel()
        # A mean over the entries shrinks with their number: off by three times the size of all,
        # an entry has a share of two thirds of itself at least.
        off = 3 * float(a.norm())
        places = [*range(size)] if size < 20 else [*range(0, size, 9), size - 1]
        for i, got in zip(places, learner.probe.one_entry_off(a, off, places), strict=True):
            where = tuple(int(k) for k in torch.unravel_index(torch.tensor(i), shape))
            blind = got == 0 and learner.probe.one_entry_off(a, -off, [i]) == [0]
            blind = blind and _sees_shares(learner, gen)
            what = f"Entry {list(where)} of a tensor of shape {shape} is far off"
            _within(got, 0.6 / size, 2, what, "entries-unseen" if blind else None)


@values
def test_order(learner: Learner, gen: Gen) -> None:
    """a and b can change places"""
    for shape in SHAPES:
        a, b = _numbers(gen, *shape), 3 * _numbers(gen, *shape)
        got, other = _ask(learner, a, b), _ask(learner, b, a)
        if _near(got, other):
            continue
        mistake = None
        if got == -other:
            mistake = "signs-cancel"
        elif not learner.last.changed:
            mistake = "one-side" if _takes_zeros(learner) else "as-found"
        text = f"In one order the result is {got:.4g}, in the other {other:.4g}."
        require(False, text, mistake=mistake)


@values
def test_unit(learner: Learner, gen: Gen) -> None:
    """a and b both many times as large, or as small, give the same"""
    a, b = _numbers(gen, 4, 2), _numbers(gen, 4, 2)
    for far in (b, 1.01 * a):
        got = _ask(learner, a, far)
        for unit in (1000.0, 0.001, 1e6, 1e-6):
            other = _ask(learner, unit * a, unit * far)
            text = (
                f"With a and b {unit:g} times as large, the result is {other:.4g}, not {got:.4g}."
            )
            follows = _near(unit * got, other) or _near(unit * unit * got, other)
            require(_near(got, other), text, mistake="absolute" if follows and got else None)


@values
def test_floor(learner: Learner, gen: Gen) -> None:
    """nothing is divided by less than the floor"""
    for floor in (1.0, 50.0):
        tiny = 1e-6 * floor * torch.tensor([0.8])
        got = _ask(learner, tiny, 3 * tiny, floor)
        text = f"For sizes of some millionths of the floor, the result is {got:.4g}."
        ignored = got > 1e-5 and _near(got, _ask(learner, tiny, 3 * tiny))
        require(abs(got) < 1e-5, text, mistake="floor-ignored" if ignored else None, got=got)
        large = 40 * floor * torch.ones(1)
        got = _ask(learner, large, 1.02 * large, floor)
        what = "Far above the floor, b is a and 2% more"
        flat = got == 0 and _sees_shares(learner, gen)
        _within(got, 0.0097, 0.02, what, "floor-elsewhere" if flat else None)


@values
def test_unequal_shapes(learner: Learner, gen: Gen) -> None:
    """different shapes raise an error"""
    through: dict[Shapes, Failed] = {}
    for one, other in UNEQUAL:  # all of them: what is let through tells what was asked
        call = partial(learner.rel_error, _numbers(gen, *one), _numbers(gen, *other))
        try:
            rejects(call, Exception, f"shapes {one} and {other}")
        except Failed as failed:
            through[one, other] = failed
    mistake = None
    if set(through) == set(UNEQUAL):
        mistake = "value-for-an-error" if _sees_shares(learner, gen) else None
    elif set(through) == set(STRETCHED):
        mistake = "stretched"
    elif set(through) < set(STRETCHED) or set(through) - {STRETCHED[1]} == set(FLAT_ALIKE):
        mistake = "shapes-compared-in-part"
    for failed in through.values():
        text = failed.finding.message.replace("raise Exception", "raise an error")
        failed.finding = replace(failed.finding, message=text, mistake=mistake)
        raise failed


def _near(got: float, other: float) -> bool:
    return abs(got - other) <= 1e-5 * abs(got)


def _takes_zeros(learner: Learner) -> bool:
    try:
        return _ask(learner, torch.zeros(3), torch.zeros(3)) == 0
    except Failed:
        return False


def _lopsided(learner: Learner, gen: Gen) -> bool:
    a, b = _numbers(gen, 4), 3 * _numbers(gen, 4)
    return not _near(_ask(learner, a, b), _ask(learner, b, a))
