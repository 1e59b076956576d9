"""1.1.2: params - lr * grads, tensor by tensor; three updates in a row; what must stay untouched.

One multiplication and one subtraction: right answers differ by 2e-16, `close` allows 1e-10.
"""

import torch
from torch import Tensor

from dojo.judge.vocabulary import Gen, Learner, close, length, require, shapes, untouched, values
from dojo.values import facts_of

Lists = tuple[list[Tensor], list[Tensor]]
SHAPES = (((3, 4), (4,), (4, 2), (2,)), ((5,),), ((1, 3), (2, 1, 3)))


def _lists(gen: Gen, sizes: tuple[tuple[int, ...], ...]) -> Lists:
    return [1 + gen.randn(*s) for s in sizes], [0.5 + gen.randn(*s) for s in sizes]


def _step(learner: Learner, params: list[Tensor], grads: list[Tensor], lr: float) -> list[Tensor]:
    """One step of the answer, compared; what it does to its arguments is another check's."""
    want = [p.detach() - lr * g for p, g in zip(params, grads, strict=True)]
    got = learner.updated([*params], [*grads], lr)
    length(got, len(want), "the result")
    for i, (new, right) in enumerate(zip(got, want, strict=True)):
        close(new, right, f"parameter {i} after the step with lr {lr}")
    return want


@shapes
def test_list(learner: Learner, gen: Gen) -> None:
    """a list with one tensor for each parameter, in its shape"""
    for sizes in SHAPES:
        params, grads = _lists(gen, sizes)
        got = learner.updated(params, grads, 0.1)
        length(got, len(sizes), "the result")
        for i, (new, size) in enumerate(zip(got, sizes, strict=True)):
            text = f"Parameter {i} has the shape {tuple(new.shape)} after the step, {size} before."
            require(new.shape == size, text)


@values
def test_step(learner: Learner, gen: Gen) -> None:
    """each parameter moves by lr times its gradient, downhill"""
    close(learner.updated([torch.tensor([2.0])], [torch.tensor([10.0])], 0.1)[0], [1.0], "2 - 1")
    for sizes, lr in zip(SHAPES, (0.13, 0.07, 1.3), strict=True):
        params, grads = _lists(gen, sizes)
        _step(learner, params, grads, lr)


@values
def test_three_steps(learner: Learner, gen: Gen) -> None:
    """three steps in a row, each with its own gradients"""
    params, _ = _lists(gen, SHAPES[0])
    for lr in (0.1, 0.3, 0.02):
        _, grads = _lists(gen, SHAPES[0])
        params = _step(learner, params, grads, lr)


@values
def test_untouched(learner: Learner, gen: Gen) -> None:
    """the caller's parameters, gradients and lists stay as they were"""
    params, grads = _lists(gen, SHAPES[0])
    learner.updated(params, grads, 0.1)
    untouched(learner)


@values
def test_unrecorded(learner: Learner, gen: Gen) -> None:
    """parameters that record: the step itself is not recorded"""
    params, grads = _lists(gen, SHAPES[0])
    recording = [p.requires_grad_() for p in params[:3]] + params[3:]
    for i, t in enumerate(learner.updated(recording, grads, 0.1)):
        facts = facts_of(t)
        text = f"Parameter {i} of the result has a grad_fn: the step was recorded."
        require(facts is not None and facts.is_leaf, text, mistake="recorded")
    _step(learner, recording, grads, 0.2)
