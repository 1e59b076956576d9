"""1.1.1: the value in closed form, the derivative 2 (pred - target) / n, and what is refused.

Tables have more than one column, so that a mean over the rows alone shows; one has more rows than
a batch usually has. The differences have a mean other than zero, above it or below. Each check asks
for all its answers before it judges any: together they show what was done, and which unequal shapes
are let through tells what was compared instead of them.
"""

from functools import partial

import torch
from torch import Tensor

from dojo.failure import Failed
from dojo.suite.again import twice
from dojo.suite.vocabulary import Gen, Learner, close, gradients, rejects, require, shapes, values

Shape = tuple[int, ...]
SHAPES: tuple[Shape, ...] = ((7,), (6, 1), (4, 3), (1,), (1, 5), (2, 3, 4), (130, 2))
# Torch stretches these without a word, ...
STRETCHED: list[tuple[Shape, Shape]] = [
    *[((5, 1), (5,)), ((5,), (5, 1)), ((3, 4), (1, 4)), ((1,), (6,))],
    *[((4, 3), (4, 1)), ((2, 3, 4), (3, 4)), ((1,), (1, 1)), ((4, 1), (1, 4))],
]
# ... and stops at these, with an error of its own.
STOPPED: list[tuple[Shape, Shape]] = [
    *[((4,), (5,)), ((2, 3), (3, 2)), ((6,), (2, 3)), ((5, 1), (4, 1))],
]
UNEQUAL = STRETCHED + STOPPED


@shapes
def test_one_number(learner: Learner, gen: Gen) -> None:
    """one number, whatever the shape"""
    refused: list[Failed] = []
    for shape in SHAPES:
        try:
            learner.mse(gen.randn(*shape), gen.randn(*shape))
        except Failed as failed:
            if failed.raised is None or "ValueError" not in failed.raised.bases:
                raise
            refused.append(failed)
    text = "Two equal shapes raise a ValueError."
    require(len(refused) < len(SHAPES), text, mistake="equal-refused")
    for failed in refused:
        raise failed


@values
def test_value(learner: Learner, gen: Gen) -> None:
    """the mean of the squared differences"""
    pairs = [(torch.tensor([1.0, 2.0]), torch.zeros(2))]
    pairs += [_pair(gen, shape, 1.5 if i % 2 else -1.5) for i, shape in enumerate(SHAPES)]
    losses = [learner.mse(pred.clone(), target.clone()) for pred, target in pairs]
    close(losses[0], 2.5, "the loss of [1, 2] against [0, 0]")
    for loss, (pred, target) in zip(losses, pairs, strict=True):
        want = (pred - target).square().sum() / pred.numel()
        close(loss, want, f"the loss for the shape {tuple(pred.shape)}")


@values
def test_untouched(learner: Learner, gen: Gen) -> None:
    """pred and target stay as they were"""
    learner.mse(gen.randn(7), gen.randn(7))
    text = f"The caller's {' and '.join(learner.last.changed)} had other values after the call."
    require(not learner.last.changed, text, mistake="arguments-changed")


@values
def test_asked_again(learner: Learner, gen: Gen) -> None:
    """the same tensors with other numbers in them have another loss"""
    pred, target = _pair(gen, (7,), 1.5)
    for when in twice(pred, target):
        close(learner.mse(pred, target), (pred - target).square().mean(), f"the loss {when}")


@values
def test_unequal_shapes(learner: Learner, gen: Gen) -> None:
    """two shapes that are not equal raise a ValueError"""
    wrong: dict[tuple[Shape, Shape], Failed] = {}
    for one, other in UNEQUAL:
        call = partial(learner.mse, gen.randn(*one), gen.randn(*other))
        try:
            rejects(call, ValueError, f"shapes {one} and {other}")
        except Failed as failed:
            if failed.cause not in ("raised", "stated"):
                raise
            wrong[one, other] = failed
    raised = tuple(pair for pair, failed in wrong.items() if failed.raised)
    known = {(): "nothing-raised", (*STOPPED,): "shapes-unchecked", (*UNEQUAL,): "other-error"}
    for failed in wrong.values():
        mistake = known.get(raised) if len(wrong) == len(UNEQUAL) else None
        require(mistake is None, failed.finding.message, mistake=mistake)
        raise failed


@gradients
def test_derivative(learner: Learner, gen: Gen) -> None:
    """the derivative by pred is 2 (pred - target) / n"""
    for shape in SHAPES:
        pred, target = _pair(gen, shape, 1.5)
        grad, _ = learner.vjp("mse", pred, target, cotangent=torch.tensor(1.7)).grads
        text = "The loss has no connection to pred, only to target."
        require(grad is not None, text, mistake="cut-off")
        want = 1.7 * 2 * (pred - target) / pred.numel()
        close(grad, want, "1.7 times the derivative by pred", bar="pred")


def _pair(gen: Gen, shape: Shape, apart: float) -> tuple[Tensor, Tensor]:
    return 0.5 + apart + gen.randn(*shape), 0.5 + gen.randn(*shape)
