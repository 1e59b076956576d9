"""2.7.1: numbers worked out on paper, then many sizes against a network that is really built."""

from itertools import pairwise

import torch

from dojo.suite.vocabulary import Gen, Learner, same, shapes, untouched, values

PAPER = {
    (2, 16, 8, 1): (168, 193),
    (2, 16, 8, 4, 1): (196, 225),
    (2, 1): (2, 3),
    (1, 1): (1, 2),
    (3, 5): (15, 20),
    (1, 10, 1): (20, 31),
    (784, 100, 10): (79400, 79510),
    (7, 1, 6): (13, 20),
}


def _built(sizes: list[int], bias: bool) -> int:
    """The numbers in the parameters of real layers; on "meta" none of them takes any room."""
    layers = [torch.nn.Linear(a, b, bias=bias, device="meta") for a, b in pairwise(sizes)]
    return sum(p.numel() for layer in layers for p in layer.parameters())


@shapes
def test_a_number(learner: Learner, gen: Gen) -> None:
    """one plain int comes back"""
    for sizes in ([2, 16, 8, 1], (2, 1)):
        learner.count_params(sizes)
        untouched(learner)


@values
def test_on_paper(learner: Learner, gen: Gen) -> None:
    """networks counted on paper"""
    for sizes, (_, count) in PAPER.items():
        same(learner.count_params(list(sizes)), count, f"the number of parameters of {list(sizes)}")


@values
def test_without_biases(learner: Learner, gen: Gen) -> None:
    """bias=False leaves the weights alone, bias=True says it out loud"""
    for sizes, (weights, count) in PAPER.items():
        name = f"the number of parameters of {sizes}"
        same(learner.count_params(sizes, False), weights, f"{name} with bias=False")
        same(learner.count_params(sizes, True), count, f"{name} with bias=True")


@values
def test_real_networks(learner: Learner, gen: Gen) -> None:
    """sixty networks that were really built"""
    for k in range(60):
        sizes = [gen.integer(1, 40) for _ in range(gen.integer(2, 9))]
        bias = k % 3 > 0
        name = f"the number of parameters of {sizes} with bias={bias}"
        same(learner.count_params(sizes, bias), _built(sizes, bias), name)
        untouched(learner)
