"""1.4.5: the losses against the network written out here; what became of the parameters, exactly.

Two ways to write the same network differ by 1e-15. A parameter that a step was added to and taken
from again differs in the last bit for about every third number, so of 13 or more one shows it.
"""

from itertools import pairwise

import torch
from torch import Tensor

from dojo.suite.vocabulary import (
    Gen,
    Handle,
    Learner,
    LossSlice,
    close,
    detached,
    draw,
    require,
    same,
    shapes,
    untouched,
    values,
)

Case = tuple[list[Tensor], Tensor, Tensor, list[Tensor]]
ALPHAS = torch.tensor([0.7, -1.3, 0.0, 2.1, -0.4, 0.7])


def case(gen: Gen, n: int, *widths: int) -> Case:
    """Numbers of a network, points, and a direction that is neither of length 1 nor even."""
    sizes = [size for i, o in pairwise(widths) for size in ((o, i), (o,))]
    numbers, direction = [gen.randn(*s) for s in sizes], [0.3 + gen.randn(*s) for s in sizes]
    return numbers, 0.5 + gen.randn(n, widths[0]), 1 + gen.randn(n, widths[-1]), direction


def loss_at(alpha: Tensor, given: Case) -> Tensor:
    numbers, x, y, direction = given
    moved = [p + alpha * d for p, d in zip(numbers, direction, strict=True)]
    for i in range(0, len(moved), 2):
        x = (torch.tanh(x) if i else x) @ moved[i].T + moved[i + 1]
    return (x - y).square().mean()


def run(learner: Learner, given: Case, alphas: Tensor, frozen: int = -1) -> tuple[Handle, Tensor]:
    numbers, x, y, direction = given
    bench = learner.probe.bench(numbers, x, y, frozen)
    got = learner.loss_along(bench.get("model"), bench.get("loss"), direction, alphas)
    return bench, got


@shapes
def test_one_loss_an_alpha(learner: Learner, gen: Gen) -> None:
    """a loss for each alpha, and none that requires grad"""
    for alphas, widths in ((ALPHAS, (3, 4, 1)), (ALPHAS[:1], (2, 1)), (ALPHAS[:3], (1, 5, 2))):
        _, got = run(learner, case(gen, 5, *widths), alphas)
        untouched(learner)
        detached(got, "the result")


@values
def test_put_back(learner: Learner, gen: Gen) -> None:
    """afterwards every parameter is as it was, to the last bit"""
    for widths, frozen in (((3, 4, 1), -1), ((4, 3), -1), ((2, 5, 2), 1)):
        given = case(gen, 6, *widths)
        bench, _ = run(learner, given, ALPHAS, frozen)
        for i, (now, before) in enumerate(zip(bench.numbers(), given[0], strict=True)):
            close(now, before, f"parameter {i} after the call")
        digits = "The numbers of a parameter differ in their last digits after the call."
        require(all(bench.same_numbers()), digits, mistake="taken-back")
        wrong = "A parameter of the model is another tensor after the call."
        require(all(bench.same_tensors()), wrong, mistake="other-tensors")
        moved = "After the call a parameter has its numbers at another place in memory."
        require(all(bench.same_memory()), moved, mistake="moved-in-memory")
        switches = [i != frozen for i in range(len(given[0]))]
        same(bench.switches(), switches, "whether each parameter requires grad")
        other = "The `grad` of a parameter is another after the call."
        require(all(bench.same_grads()), other, mistake="grads-lost")


@values
def test_losses(learner: Learner, gen: Gen) -> None:
    """the loss at each alpha, in their order"""
    for n, widths in ((6, (3, 4, 1)), (1, (2, 1)), (70, (2, 3, 2, 1))):
        given = case(gen, n, *widths)
        _, got = run(learner, given, ALPHAS)
        right = torch.stack([loss_at(alpha, given) for alpha in ALPHAS])
        draw(learner, lambda given=given: slice_of(learner, given))
        close(got, right, "the losses along the direction")


@values
def test_any_direction(learner: Learner, gen: Gen) -> None:
    """a short direction, a long one, a parameter that doesn't require grad"""
    for length, frozen in ((0.01, -1), (20.0, -1), (1.0, 0)):
        numbers, x, y, direction = case(gen, 5, 3, 2, 1)
        given = (numbers, x, y, [length * d for d in direction])
        _, got = run(learner, given, ALPHAS[:4], frozen)
        right = torch.stack([loss_at(alpha, given) for alpha in ALPHAS[:4]])
        close(got, right, "the losses along the direction")


def slice_of(learner: Learner, given: Case) -> LossSlice:
    alphas = torch.linspace(-3, 3, 61)
    _, got = run(learner, given, alphas)
    return LossSlice.of(alphas, got, torch.stack([loss_at(alpha, given) for alpha in alphas]))
