"""2.6.2: masks are judged by how often and where numbers are 0; how they are drawn is free.

A mask of 40,000 numbers is off by a share of p with a standard deviation of at most 0.0025; `rate`
spares what chance takes below 1e-6. Two masks of 400 numbers agree by chance with probability
below 1e-60; nine of them have equally many zeros with probability below 1e-10.
"""

import torch
from torch import Tensor

from dojo.suite.vocabulary import (
    Gen,
    Learner,
    Mask,
    close,
    draw,
    draws_from,
    gradients,
    rate,
    require,
    same,
    shapes,
    untouched,
    values,
)

RATES = (0.37, 0.8)


@shapes
def test_shapes(learner: Learner, gen: Gen) -> None:
    """the shape of x, in both modes"""
    for shape in ((7, 3), (5,), (2, 3, 4), (1, 1)):
        for training in (True, False):
            got = learner.probe.passed(0.4, gen.generator(), training, gen.randn(*shape))
            same([*got.shape], [*shape], "the shape of what comes back")


@values
def test_evaluation(learner: Learner, gen: Gen) -> None:
    """in evaluation mode, x as it is"""
    for p in RATES:
        x = 1 + gen.rand(80, 3)
        got = learner.probe.passed(p, gen.generator(), False, x)
        if bool((got == 0).any()):
            idle = torch.equal(learner.probe.passed(p, gen.generator(), True, x.clone()), x)
            message = "In evaluation mode numbers are switched off."
            require(False, message, "modes-turned" if idle else "always-on")
        close(got, x, "x in evaluation mode")


@values
def test_share(learner: Learner, gen: Gen) -> None:
    """in training mode, a share of p is 0"""
    for p in RATES:
        x = 1 + gen.rand(200, 200)
        got = learner.probe.passed(p, gen.generator(), True, x.clone())
        require(not torch.equal(got, x), "x came back as it was, while training.", "never-on")
        ratio = got / x
        noisy = bool((got != 0).all()) and float(ratio.std()) > 1e-3
        require(not noisy, "No number is 0, and no two are changed alike.", "noise-added")
        rate(got == 0, p, f"the share of zeros with p = {p}", otherwise={"p-is-kept": 1 - p})


@values
def test_scale(learner: Learner, gen: Gen) -> None:
    """what is kept is divided by 1 - p"""
    for p in (*RATES, 0.0):
        x = 1 + gen.rand(60, 40)
        got = learner.probe.passed(p, gen.generator(), True, x)
        untouched(learner)
        kept = got != 0
        slips = {
            "not-scaled": lambda x=x, kept=kept: x[kept],
            "scaled-the-wrong-way": lambda x=x, kept=kept, p=p: x[kept] * (1 - p),
            "divided-by-p": lambda x=x, kept=kept, p=p: x[kept] / p,
        }
        close(got[kept], x[kept] / (1 - p), f"what is kept with p = {p}", otherwise=slips)


@values
def test_each_by_itself(learner: Learner, gen: Gen) -> None:
    """each number by itself, anew in each call"""
    generator, x = gen.generator(), 1 + gen.rand(20, 20)
    masks = [out == 0 for out in learner.probe.calls(0.5, generator, x, 9)]
    off = masks[0]
    draw(learner, Mask.of(~off[:12], "one mask for 12 rows of 20 units, p = 0.5"))
    spread = bool(off.any()) and not bool(off.all())
    require(spread, "All numbers were switched off, or none.", "all-or-nothing")
    rows = all(torch.equal(row, off[0]) for row in off)
    require(not rows, "All rows have the same numbers switched off.", "one-mask-for-all-rows")
    columns = all(torch.equal(column, off[:, 0]) for column in off.T)
    require(not columns, "All columns have the same numbers switched off.", "whole-rows")
    if torch.equal(off, masks[1]):
        anew = learner.probe.passed(0.5, generator, True, x) == 0
        mistake = "seed-again" if torch.equal(off, anew) else "mask-kept"
        require(False, "A second call has the same numbers switched off.", mistake)
    counts = {int(mask.sum()) for mask in masks}
    require(len(counts) > 1, "Nine masks have the same number of zeros.", "exact-share")


@values
def test_drawn_from_gen(learner: Learner, gen: Gen) -> None:
    """all randomness comes from gen"""
    x = 1 + gen.rand(20, 20)

    def mask(generator: torch.Generator) -> Tensor:
        return learner.probe.passed(0.5, generator, True, x) == 0

    never = torch.zeros(20, 20, dtype=torch.bool)
    draws_from(
        learner,
        gen,
        mask,
        "masks",
        elsewhere="gen-ignored",
        another="gen-ignored",
        fixed="own-seed",
        restarts="seed-again",
        calm=never,
    )


@gradients
def test_gradient(learner: Learner, gen: Gen) -> None:
    """gradients flow through what is kept, divided by 1 - p"""
    for p in RATES:
        x, g = 1 + gen.rand(9, 7), gen.randn(9, 7)
        got, grad = learner.probe.backward(p, gen.generator(), True, x, g)
        require(grad is not None, "No gradient comes back to x.", "cut-from-the-graph")
        close(grad, g * (got != 0) / (1 - p), "the gradient by x")
        _, grad = learner.probe.backward(p, gen.generator(), False, x, g)
        message = "In evaluation mode no gradient comes back to x."
        require(grad is not None, message, "cut-from-the-graph")
        close(grad, g, "the gradient by x in evaluation mode")
