"""1.5.6: three gradients against the closed form, and what happens when autograd is wrong.

Right formulas miss the closed form by 1e-15 of its length; 1e-12 is allowed, so that a measured
gradient can't pass for one. Central differences with h = 1e-5 miss it by 4e-10 at most (1,000
seeds; 1.5e-8 with 1e-4, 4e-9 with 1e-6), one-sided ones by 3e-6 at least in one of three data sets
(3e-7 with 1e-6, 2e-8 with the best h of all); 2e-8 is allowed. The best measured gradient of a
seed was off by 1.5e-11 in one of the three: all within 1e-14 is a copy. What is mere rounding
can't be replayed: such copies are told here.
"""

import torch
from torch import Tensor

from dojo.suite.vocabulary import Gen, Learner, close, require, shapes, values
from dojo.wire.values import facts_of

SIZES = ((7, 3), (12, 5), (1, 4))
MANY = (70, 3)
FACTORS = (3.0, -0.5, 4.0)
FAR = 1e5
Data = tuple[Tensor, Tensor, Tensor]
Made = tuple[dict[str, Tensor], Tensor]  # the three gradients, and the right one


def _data(gen: Gen, n: int, d: int) -> Data:
    x, w = 0.8 * gen.randn(n, d) + 0.4, gen.uniform(-0.8, 0.8, d)
    y = (torch.arange(n) % 3 == gen.integer(0, 2)).double()
    return x, y[gen.permutation(n)], w


def _closed(data: Data) -> Tensor:
    x, y, w = data
    return ((torch.sigmoid(x @ w) - y).unsqueeze(1) * x).mean(dim=0)


def _off(got: Tensor, want: Tensor) -> float:
    return float((got - want).norm() / want.norm())


def _judge(learner: Learner, gen: Gen, name: str, tolerance: float) -> list[Made]:
    """Judge one of the three; give back all of them, each with what is right."""
    seen: list[Made] = []
    allowed = tolerance if learner.dtype == "float64" else 2e-6
    for n, d in (*SIZES, MANY):
        data = _data(gen, n, d)
        made, want = learner.probe.gradients(*data), _closed(data)
        seen.append((made, want))
        off, facts = _off(made[name], want), facts_of(made[name])
        if not off < 1e-2:
            close(made[name], want, f"`{name}`")  # tells ratios and the like
        mistake = _copied(made, want) if off < 1e-8 else None
        if facts is not None and facts.dtype == "float32" and learner.dtype == "float64":
            mistake = "float32"
        require(off <= allowed, f"`{name}` is off by {off:.1e} of its size.", mistake, off=off)
    return seen


def _copied(made: dict[str, Tensor], want: Tensor) -> str | None:
    measured = [k for k, gradient in made.items() if _off(gradient, want) > 1e-13]
    if "numeric" not in measured:
        return "swapped" if measured else "copied"
    return "copied" if torch.equal(made[measured[0]], made["numeric"]) else None


@shapes
def test_record(learner: Learner, gen: Gen) -> None:
    """three gradients and three floats"""
    for n, d in (*SIZES, (5, 1)):
        x, y, w = _data(gen, n, d)
        learner.logistic_grads(0 * x, y, w)  # with x = 0 there is no rounding, and all agree


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
    seen = _judge(learner, gen, "numeric", 2e-8)[:3]
    copied = all(_off(made["numeric"], want) < 1e-14 for made, want in seen)
    text = "`numeric` is right to the last digit, as no measured gradient is."
    require(not copied, text, mistake=_copied(*seen[0]))


@values
def test_independent(learner: Learner, gen: Gen) -> None:
    """with an autograd that is wrong on purpose, the other two stay right"""
    for (n, d), factor in zip(SIZES, FACTORS, strict=True):
        data = _data(gen, n, d)
        want = _closed(data)
        got = learner.probe.logistic_grads(*data, factor)
        wrong = f"With gradients of autograd that are {factor:g} times the right ones, "
        for name in ("manual", "numeric"):
            text = f"{wrong}`{name}` is wrong in the same way."
            require(not _off(got[name], factor * want) < 1e-4, text)
        require(got["ran"], "Autograd did not run at all.")
        text = f"{wrong}`autograd` is still right."
        require(not _off(got["autograd"], want) < 1e-4, text)


@values
def test_differences(learner: Learner, gen: Gen) -> None:
    """the differences are the largest between two entries; with a wrong autograd they show it"""
    for (n, d), factor in zip(SIZES, FACTORS, strict=True):
        x, y, w = _data(gen, n, d)
        # Here a step of 1e-5 is a long one: no difference is mere rounding.
        got = learner.probe.logistic_grads(FAR * x, y, w / FAR, factor)
        for a, b in (("manual", "autograd"), ("manual", "numeric"), ("autograd", "numeric")):
            found, want = float(got[f"{a}_{b}"]), float((got[a] - got[b]).abs().max())
            text = f"`{a}_{b}` is {found:.4g}, but the two are {want:.4g} apart at most."
            require(abs(found - want) <= 1e-6 * want, text)
        text = "`manual_numeric` is wrong where the two are only some 1e-11 apart. Is it rounded?"
        require(learner.probe.fine(x, y, w), text)


@values
def test_arguments(learner: Learner, gen: Gen) -> None:
    """x, y and w hold afterwards what they held before, and record nothing; asked again"""
    data = [gen.randint(-8, 9, *shape) / 8 for shape in ((6, 3), (6,), (3,))]
    data[1] = (data[1] > 0).double()
    before = [t.clone() for t in data]
    learner.probe.gradients(*data)
    for name, old, new in zip("xyw", before, data, strict=True):
        moved = float((new - old).norm())
        text = f"The caller's {name} is {moved:.1e} away from where it was."
        require(moved < 1e-10, text)
        text = f"After the call the caller's {name} has"
        require(not new.requires_grad, f"{text} requires_grad switched on.")
        require(new.grad is None, f"{text} a gradient in .grad.")
    x, y, w = data
    w += 0.25
    made, want = learner.probe.gradients(x, y, w), _closed((x, y, w))
    for name in ("manual", "autograd", "numeric"):
        off = _off(made[name], want)
        text = f"Asked again after w has changed, `{name}` is off by {off:.1e} of its size."
        require(off <= (2e-8 if learner.dtype == "float64" else 2e-6), text)
