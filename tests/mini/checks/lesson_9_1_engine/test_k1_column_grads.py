"""9.1.1: the gradient against autograd's."""

import torch
from dojo.suite.vocabulary import Gen, Learner, close, gradients, shapes, untouched, values


@shapes
def test_shape(learner: Learner, gen: Gen) -> None:
    """one number a column"""
    for n, d in ((7, 3), (1, 2)):
        learner.column_grads(gen.randn(n, d), gen.randn(d))


@values
def test_arguments(learner: Learner, gen: Gen) -> None:
    """the arguments stay as they were"""
    learner.column_grads(gen.randn(7, 3), gen.randn(3))
    untouched(learner)


@gradients
def test_gradient(learner: Learner, gen: Gen) -> None:
    """the gradient agrees with autograd's"""
    for n, d in ((7, 3), (5, 2)):
        x, w = gen.randn(n, d), gen.randn(d).requires_grad_()
        (want,) = torch.autograd.grad((x @ w).square().mean(), w)
        close(learner.column_grads(x, w.detach()), want, "the gradient")
