"""1.1.2: params - lr * grads, tensor by tensor; three updates in a row; what must stay untouched.

One multiplication and one subtraction: right answers differ by 2e-16, `close` allows 1e-10. Among
the lists is one whose tensors share a shape, so that gradients of the wrong parameter fit.
"""

import torch
from torch import Tensor

from dojo.suite.vocabulary import Gen, Learner, close, holds, length, require, shapes, twice, values
from dojo.wire.values import facts_of

Lists = tuple[list[Tensor], list[Tensor]]
SHAPES = (
    *[((2, 3), (2, 3), (2, 3)), ((3, 4), (4,), (4, 2), (2,)), ((5,),)],
    *[((1, 3), (2, 1, 3)), ((130, 2), (1,))],
)
RATES = (0.13, 0.07, 0.6, 1.3, 0.4)


def _lists(gen: Gen, sizes: tuple[tuple[int, ...], ...]) -> Lists:
    return [1 + gen.randn(*s) for s in sizes], [0.5 + gen.randn(*s) for s in sizes]


def _right(lists: Lists, lr: float) -> list[Tensor]:
    return [p.detach() - lr * g for p, g in zip(*lists, strict=True)]


def _updated(learner: Learner, lists: Lists, lr: float) -> list[Tensor]:
    """The answer's step on lists of its own: what it does to them is another check's."""
    params, grads = ([t.detach().clone() for t in some] for some in lists)
    return learner.updated(params, grads, lr)


@shapes
def test_list(learner: Learner, gen: Gen) -> None:
    """a list with one tensor for each parameter, in its shape"""
    for sizes in SHAPES:
        got = _updated(learner, _lists(gen, sizes), 0.1)
        length(got, len(sizes), "the result")
        for i, (new, size) in enumerate(zip(got, sizes, strict=True)):
            text = f"Parameter {i} has the shape {tuple(new.shape)} after the step, {size} before."
            require(new.shape == size, text)


@values
def test_step(learner: Learner, gen: Gen) -> None:
    """each parameter moves by lr times its gradient, downhill"""
    cases = [(_lists(gen, s), lr) for s, lr in zip(SHAPES, RATES, strict=True)]
    cases.append((cases[0][0], 0.31))
    got = [_updated(learner, lists, lr) for lists, lr in cases]
    still = holds(lambda: close(got[0], cases[0][0][0]))
    fixed = holds(lambda: close(got[0], got[-1]))
    require(still or not fixed, "The step is the same for lr 0.13 and lr 0.31.")
    for new, (lists, lr) in zip(got, cases, strict=True):
        close(new, _right(lists, lr), f"the parameters after the step with lr {lr}")


@values
def test_three_steps(learner: Learner, gen: Gen) -> None:
    """three steps in a row, each with its own gradients"""
    params, _ = _lists(gen, SHAPES[0])
    for lr in (0.1, 0.3, 0.02):
        lists = params, _lists(gen, SHAPES[0])[1]
        params = _right(lists, lr)
        close(_updated(learner, lists, lr), params, f"the parameters after the step with lr {lr}")


@values
def test_unrecorded(learner: Learner, gen: Gen) -> None:
    """parameters that record: the step itself is not recorded"""
    params, grads = lists = _lists(gen, SHAPES[1])
    ours = [p.clone().requires_grad_(i < 3) for i, p in enumerate(params)]
    held = gen.randn(3, 4).float().double()  # the same number in either dtype
    ours[0].grad = held.clone()
    got = learner.updated([*ours], [g.clone() for g in grads], 0.2)
    close(got, _right(lists, 0.2), "the parameters after the step with lr 0.2")
    for i, (new, p) in enumerate(zip(got, ours, strict=True)):
        facts = facts_of(new)
        text = f"Parameter {i} of the result has a grad_fn: the step was recorded."
        require(facts is not None and facts.is_leaf, text, mistake="recorded")
        text = f"The caller's parameter {i} has requires_grad={p.requires_grad} after the call."
        require(p.requires_grad is (i < 3), text, mistake="flags-touched")
        text = f"The caller's parameter {i} has something else in its .grad after the call."
        kept = p.grad is None if i else p.grad is not None and torch.equal(p.grad, held)
        require(kept, text, mistake="flags-touched")


@values
def test_untouched(learner: Learner, gen: Gen) -> None:
    """the caller's parameters, gradients and lists stay as they were"""
    params, grads = _lists(gen, SHAPES[1])
    ours = [*params]
    learner.updated(params, grads, 0.1)
    changed = learner.last.changed
    text = f"The caller's {' and '.join(changed)} had other values after the call."
    replaced = [*map(id, params)] != [*map(id, ours)]
    require("params" not in changed, text, mistake="list-overwritten" if replaced else "in-place")
    require(not changed, text, mistake="gradients-changed")


@values
def test_asked_again(learner: Learner, gen: Gen) -> None:
    """the same tensors with other numbers in them move on from there"""
    params, grads = lists = _lists(gen, ((4, 3), (3,)))
    for when in twice(*params, *grads):
        want = _right(lists, 0.3)
        close(
            learner.updated([*params], [*grads], 0.3), want, f"the parameters after the step {when}"
        )
