"""2.6.1: the value by its formula, the derivative, and the step beside torch's weight decay."""

import torch
from torch import Tensor

from dojo.suite.vocabulary import (
    Gen,
    Learner,
    attached,
    close,
    gradients,
    require,
    shapes,
    untouched,
    values,
)

SHAPES = (((3, 4), (4,), (4, 2), (2,)), ((5,),), ((2, 3, 4), ()), ((1, 1), (70, 2)))


def _params(gen: Gen, shapes_: tuple[tuple[int, ...], ...]) -> list[Tensor]:
    return [0.4 + gen.randn(*shape) for shape in shapes_]


@shapes
def test_one_number(learner: Learner, gen: Gen) -> None:
    """one number, whatever the shapes"""
    for each in SHAPES:
        learner.l2_penalty(_params(gen, each), 0.3)


@values
def test_value(learner: Learner, gen: Gen) -> None:
    """lam / 2 times the sum of all squares"""
    for each in SHAPES:
        for lam in (0.3, 2.5, 0.0):
            params = _params(gen, each)
            got = learner.l2_penalty(params, lam)
            untouched(learner)
            want = lam / 2 * torch.cat([p.flatten() for p in params]).square().sum()
            close(got, want, "the penalty")


@values
def test_iterator(learner: Learner, gen: Gen) -> None:
    """the parameters of a model, which can be gone through once"""
    params = _params(gen, SHAPES[0])
    got = learner.l2_penalty(learner.probe.once(params), 0.7)
    close(got, 0.35 * torch.cat([p.flatten() for p in params]).square().sum(), "the penalty")


@gradients
def test_pull(learner: Learner, gen: Gen) -> None:
    """the derivative by a parameter is lam times it"""
    for each in SHAPES:
        params, lam = _params(gen, each), 0.3
        penalty, grads, written = learner.probe.pull(params, lam)
        attached(penalty, "the penalty")
        require(not written, "The call changed what stood in .grad.", "gradients-written")
        for k, (p, g) in enumerate(zip(params, grads, strict=True)):
            close(g, lam * p, f"the derivative by parameter {k}")


@gradients
def test_same_as_decay(learner: Learner, gen: Gen) -> None:
    """twenty steps are those of SGD with weight_decay"""
    params, x, y = _params(gen, ((3, 2), (2,))), gen.randn(7, 3), gen.randn(7, 2)
    got, want = learner.probe.trained(params, x, y, 0.05, 0.3, 20)
    for k, (ours, theirs) in enumerate(zip(got, want, strict=True)):
        close(ours, theirs, f"parameter {k} after 20 steps", steps=20)
