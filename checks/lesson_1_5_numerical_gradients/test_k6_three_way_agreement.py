"""1.5.6: three gradients against the closed form, and what happens when autograd is wrong.

Right formulas miss the closed form by 1e-15 of its length; 1e-12 is allowed, so that a measured
gradient can't pass for one. Central differences with h = 1e-5 miss it by 4e-10 at most (1,000
seeds; 1.5e-8 with 1e-4, 4e-9 with 1e-6), one-sided ones by 3e-6 at least in one of three data sets
(3e-7 with 1e-6, 2e-8 with the best h of all); 2e-8 is allowed. The best measured gradient of a
seed was off by 1.5e-11 in one of the three: all within 1e-14 is a copy. Long, because
what is mere rounding can't be replayed: the checks tell those mistakes themselves.
"""

from dataclasses import replace

import torch
from torch import Tensor

from dojo.failure import Failed
from dojo.suite.vocabulary import Gen, Learner, close, require, shapes, values
from dojo.wire.values import facts_of

SIZES = ((7, 3), (12, 5), (1, 4))
MANY = (70, 3)
FACTORS = (3.0, -0.5, 4.0)
Data = tuple[Tensor, Tensor, Tensor]
Made = tuple[dict[str, Tensor], Tensor]  # the three gradients, and the right one
Seen = tuple[str, float, Tensor]  # a difference's name, what was said, and the differences


def _data(gen: Gen, n: int, d: int) -> Data:
    x, w = 0.8 * gen.randn(n, d) + 0.4, gen.uniform(-0.8, 0.8, d)
    y = (torch.arange(n) % 3 == gen.integer(0, 2)).double()
    return x, y[gen.permutation(n)], w


def _closed(data: Data) -> Tensor:
    x, y, w = data
    return ((torch.sigmoid(x @ w) - y).unsqueeze(1) * x).mean(dim=0)


def _off(got: Tensor, want: Tensor) -> float:
    return float((got - want).norm() / want.norm())


# What a factor means in one of the three, where the others don't have it.
FACTOR_OF = {
    "manual": {"n": "sum-for-mean", "2": "factor-two", "-1": "sign"},
    "autograd": {"n": "summed-for-autograd", "2": "backward-twice"},
    "numeric": {"n": "summed-for-numeric", "2": "half-the-distance"},
}


def _judge(learner: Learner, gen: Gen, name: str, tolerance: float) -> list[Made]:
    """Judge one of the three; give back all of them, each with what is right."""
    seen: list[Made] = []
    allowed = tolerance if learner.dtype == "float64" else 2e-6
    for n, d in (*SIZES, MANY):
        data = _data(gen, n, d)
        made, want = learner.probe.gradients(*data), _closed(data)
        seen.append((made, want))
        got, facts = made[name], facts_of(made[name])
        off = _off(got, want)
        mistake = None
        if allowed < off < 1e-2:
            bend = data[0].square().T @ _slopes(data) / n  # the second derivatives
            if facts is not None and facts.dtype == "float32" and learner.dtype == "float64":
                mistake = "float32"
            elif name == "numeric" and _angle(got - want, bend) > 0.999 and d > 1:
                mistake = "one-sided"
            elif name == "manual" and _off(got, made["numeric"]) < 1e-14:
                mistake = "manual-from-numeric"
            elif name == "autograd" and off < 1e-8 and _off(made["numeric"], want) < 1e-13:
                mistake = "swapped"
        elif not off <= allowed:
            try:
                close(got, want, f"`{name}`")  # tells ratios and the like
            except Failed as failed:
                mistake = _factor_mistake(name, made, want, n)
                failed.finding = replace(failed.finding, mistake=mistake)
                raise
        require(off <= allowed, f"`{name}` is off by {off:.1e} of its size.", mistake, off=off)
    return seen


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
    seen = _judge(learner, gen, "numeric", 2e-8)
    copied, swapped = True, False
    alike = {"manual": True, "autograd": True}
    for made, want in seen[:3]:
        copied = copied and _off(made["numeric"], want) < 1e-14
        swapped = 1e-12 < _off(made["autograd"], want) < 1e-8
        alike = {k: same and torch.equal(made["numeric"], made[k]) for k, same in alike.items()}
    text = "`numeric` is right to the last digit, as no measured gradient is."
    which = "numeric-from-autograd" if alike["autograd"] > alike["manual"] else "numeric-copied"
    require(not copied, text, mistake="swapped" if swapped else which)


@values
def test_independent(learner: Learner, gen: Gen) -> None:
    """with an autograd that is wrong on purpose, the other two stay right"""
    for (n, d), factor in zip(SIZES, FACTORS, strict=True):
        data = _data(gen, n, d)
        want = _closed(data)
        got = learner.probe.logistic_grads(*data, factor)
        follows = {k: _off(got[k], factor * want) < 1e-4 for k in ("manual", "autograd", "numeric")}
        stays = _off(got["autograd"], want) < 1e-4
        wrong = f"With gradients of autograd that are {factor:g} times the right ones, "
        copies = (("manual", "autograd-as-manual"), ("numeric", "numeric-from-autograd"))
        for name, mistake in copies:
            text = f"{wrong}`{name}` is wrong in the same way."
            require(not follows[name], text, mistake="swapped" if stays else mistake)
        require(got["ran"], "Autograd did not run at all.", mistake="no-autograd")
        require(not stays, f"{wrong}`autograd` is still right.", mistake="manual-as-autograd")


@values
def test_differences(learner: Learner, gen: Gen) -> None:
    """the differences are the largest between two entries; with a wrong autograd they show it"""
    seen: list[Seen] = []
    shares: list[float] = []
    for (n, d), factor in zip(SIZES, FACTORS, strict=True):
        got = learner.probe.logistic_grads(*_data(gen, n, d), factor)
        three = [got[k] for k in ("manual", "autograd", "numeric")]
        gaps = {"manual_autograd": three[0] - three[1], "autograd_numeric": three[1] - three[2]}
        seen += [(name, float(got[name]), gap) for name, gap in gaps.items()]
        shares.append(got["manual_numeric"])
    # Judged at the end: one number alone may be what another mistake gives, too.
    for name, found, gap in seen:
        want = float(gap.abs().max())
        if abs(found - want) > 1e-6 * want:
            text = f"`{name}` is {found:.4g}, but the two are {want:.4g} apart at most."
            require(False, text, mistake=_which(found, gap, seen))
    for share in shares:
        text = f"`manual_numeric` is {share:.4g} times the largest difference of these two."
        # The other two are right, so a huge one is a repetition of theirs.
        mistake = "one-difference-thrice" if share > 1e3 else None
        require(abs(share - 1) < 1e-6, text, mistake=mistake)


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
        require(moved < 1e-10, text, mistake="left-moved" if name == "w" else None)
        text = f"After the call the caller's {name} has"
        recording = f"{text} requires_grad switched on."
        require(not new.requires_grad, recording, mistake="recorded-on-the-callers")
        require(new.grad is None, f"{text} a gradient in .grad.", mistake="recorded-on-the-callers")
    x, y, w = data
    w += 0.25
    made, want = learner.probe.gradients(x, y, w), _closed((x, y, w))
    for name in ("manual", "autograd", "numeric"):
        off = _off(made[name], want)
        text = f"Asked again after w has changed, `{name}` is off by {off:.1e} of its size."
        require(off <= (2e-8 if learner.dtype == "float64" else 2e-6), text)


def _factor_mistake(name: str, made: dict[str, Tensor], want: Tensor, n: int) -> str | None:
    """The mistake behind a factor, so that its words speak of this result and no other."""

    def factor(got: Tensor) -> str | None:
        known = {"1": 1.0, "n": float(n), "2": 2.0, "-1": -1.0}
        return next((k for k, f in known.items() if _off(got, f * want) < 1e-7), None)

    of = {k: factor(made[k]) for k in FACTOR_OF}
    rest = {of["autograd"], of["numeric"]}
    for found, mistake in (("n", "loss-summed"), ("-1", "loss-upside-down")):
        if rest == {found} and of["manual"] in (found, "1"):
            return mistake if of["manual"] == found else f"{mistake}-but-not-by-hand"
    return FACTOR_OF[name].get(of[name] or "")


def _slopes(data: Data) -> Tensor:
    p = torch.sigmoid(data[0] @ data[2])
    return p * (1 - p)


def _angle(a: Tensor, b: Tensor) -> float:
    return float((a @ b).abs() / (a.norm() * b.norm()))


def _which(found: float, gap: Tensor, seen: list[Seen]) -> str | None:
    """The mistake by which a difference came about, as all of them tell."""
    if 0 < found < 1e-6:
        return "differences-in-another-order"
    if float(gap.abs().max()) < 1e-6 < found:
        return "swapped"
    same = [_ways(value, gap) for _, value, gap in seen]
    everywhere = [mistake for mistake in same[0] if all(mistake in each for each in same)]
    return everywhere[0] if len(everywhere) == 1 else None


def _ways(found: float, gap: Tensor) -> list[str]:
    others = {
        "signed-difference": (gap.max(), gap.min()),
        "mean-difference": (gap.abs().mean(), gap.mean().abs()),
        "norm-of-difference": (gap.norm(),),
        "sum-of-differences": (gap.abs().sum(), gap.sum().abs()),
        "square-of-difference": (gap.square().max(), gap.square().mean(), gap.square().sum()),
        "first-entry-only": (gap[0].abs(),),
    }
    return [k for k, each in others.items() if any(abs(found - v) < 1e-6 * abs(v) for v in each)]
