"""1.1.1: the value in closed form, the derivative 2 (pred - target) / n, and what is refused.

Tables have more than one column, so that a mean over the rows alone shows; the differences have a
mean other than zero. Right answers differ from the closed form by at most 5e-16 of its size, the
expanded square by 3e-15; `close` allows 1e-10.
"""

from functools import partial

import torch

from dojo.judge.failure import Failed
from dojo.judge.vocabulary import (
    Gen,
    Learner,
    close,
    gradients,
    rejects,
    require,
    shapes,
    untouched,
    values,
)

SHAPES = ((7,), (6, 1), (4, 3), (1,), (1, 5), (2, 3, 4))
# Torch stretches the first eight without a word, and refuses the others in its own words.
STRETCHED = (
    *(((5, 1), (5,)), ((5,), (5, 1)), ((3, 4), (1, 4)), ((1,), (6,))),
    *(((4, 3), (4, 1)), ((2, 3, 4), (3, 4)), ((1,), (1, 1)), ((4, 1), (1, 4))),
)
REFUSED = (((4,), (5,)), ((2, 3), (3, 2)), ((6,), (2, 3)), ((5, 1), (4, 1)))


@shapes
def test_one_number(learner: Learner, gen: Gen) -> None:
    """one number, whatever the shape"""
    for shape in SHAPES:
        learner.mse(gen.randn(*shape), gen.randn(*shape))


@values
def test_value(learner: Learner, gen: Gen) -> None:
    """the mean of the squared differences"""
    close(learner.mse(torch.tensor([1.0, 2.0]), torch.zeros(2)), 2.5, "the loss of [1, 2], [0, 0]")
    for shape in SHAPES:
        pred, target = 2 + gen.randn(*shape), 0.5 + gen.randn(*shape)
        want = sum((p - t) ** 2 for p, t in zip(pred.flatten(), target.flatten(), strict=True))
        close(learner.mse(pred, target), want / pred.numel(), f"the loss for the shape {shape}")
        untouched(learner)


@values
def test_unequal_shapes(learner: Learner, gen: Gen) -> None:
    """two shapes that are not equal raise a ValueError"""
    wrong: list[Failed] = []
    for one, other in STRETCHED + REFUSED:  # all of them: what is let through tells what was asked
        pred, target = gen.randn(*one), gen.randn(*other)
        call = partial(learner.mse, pred, target)
        try:
            rejects(call, ValueError, f"shapes {one} and {other}")
        except Failed as failed:
            wrong.append(failed)
    kinds = [failed.raised.type for failed in wrong if failed.raised]
    require(
        len(kinds) < len(STRETCHED + REFUSED),
        f"Unequal shapes raise {' or '.join(sorted(set(kinds)))} instead of ValueError.",
        mistake="other-error",
    )
    for failed in wrong:
        raise failed


@gradients
def test_derivative(learner: Learner, gen: Gen) -> None:
    """the derivative by pred is 2 (pred - target) / n"""
    for shape in SHAPES:
        pred, target = 2 + gen.randn(*shape), 0.5 + gen.randn(*shape)
        grad, _ = learner.vjp("mse", pred, target, cotangent=torch.tensor(1.7)).grads
        text = "The loss has no connection to pred, only to target."
        require(grad is not None, text, mistake="cut-off")
        close(grad, 1.7 * 2 * (pred - target) / pred.numel(), "1.7 times the derivative by pred")
