"""2.1.4: weight and bias of the one layer, against what the stack does with zeros and unit rows.

A chain of equal widths goes through without an error even if products are reversed or biases
left as they are, so it comes first: its numbers tell mistakes apart, where unequal widths only
raise. Four layers before two, where some mistakes agree. Rounding: 1e-15.
"""

from itertools import pairwise

import torch
from torch import Tensor

from dojo.suite.vocabulary import Gen, Learner, close, require, untouched, values

Layers = list[tuple[Tensor, Tensor]]


def _layers(gen: Gen, *widths: int) -> Layers:
    return [(gen.randn(i, o), 0.5 + gen.randn(o)) for i, o in pairwise(widths)]


def _through(x: Tensor, layers: Layers) -> Tensor:
    for w, b in layers:
        x = x @ w + b
    return x


def _judge(learner: Learner, gen: Gen, *widths: int) -> None:
    _compare(learner, _layers(gen, *widths))


def _compare(learner: Learner, layers: Layers, how: str = "") -> None:
    d = len(layers[0][0])
    at_zero = _through(torch.zeros(1, d), layers)[0]
    rows = _through(torch.eye(d), layers) - at_zero
    weight, bias = learner.collapse(layers)
    of = "one layer" if len(layers) == 1 else f"{len(layers)} layers{how}"
    close(weight, rows, f"the weight of {of}")
    close(bias, at_zero, f"the bias of {of}")


@values
def test_equal_widths(learner: Learner, gen: Gen) -> None:
    """equal widths: the order counts even where all shapes fit"""
    _judge(learner, gen, 3, 3, 3, 3, 3)
    _judge(learner, gen, 2, 2, 2)


@values
def test_two_layers(learner: Learner, gen: Gen) -> None:
    """two layers become one"""
    for widths in ((3, 5, 2), (2, 7, 4), (5, 1, 3), (1, 4, 1)):
        _judge(learner, gen, *widths)


@values
def test_worked_example(learner: Learner) -> None:
    """the example of the lesson's text: 3 * x + 25"""
    first = torch.tensor([[2.0, -1.0]]), torch.tensor([1.0, 3.0])
    second = torch.tensor([[4.0], [5.0]]), torch.tensor([6.0])
    weight, bias = learner.collapse([first, second])
    close(weight, torch.tensor([[3.0]]), "the weight")
    close(bias, torch.tensor([25.0]), "the bias")


@values
def test_one_layer(learner: Learner, gen: Gen) -> None:
    """a single layer is already what is asked for"""
    _judge(learner, gen, 4, 3)


@values
def test_longer(learner: Learner, gen: Gen) -> None:
    """three, four and six layers become one"""
    for widths in ((3, 5, 5, 2), (2, 6, 3, 1, 5), (4, 3, 2, 5, 3, 6, 2)):
        _judge(learner, gen, *widths)


@values
def test_hundred(learner: Learner, gen: Gen) -> None:
    """a hundred layers become one"""
    few = [(torch.eye(3) + 0.05 * w, b) for w, b in _layers(gen, *[3] * 6)]
    _compare(learner, 20 * few)  # the same five over and over: they travel once


@values
def test_later(learner: Learner, gen: Gen) -> None:
    """the same layers, when training has changed them"""
    layers = _layers(gen, 3, 5, 2)
    _compare(learner, layers)
    for w, b in layers:
        w += gen.randn(*w.shape)
        b += gen.randn(*b.shape)
    _compare(learner, layers, how=" that were changed since the last call")


@values
def test_arguments(learner: Learner, gen: Gen) -> None:
    """the layers stay as they were"""
    for widths in ((3, 5, 2), (3, 3, 3, 3)):
        layers = _layers(gen, *widths)
        learner.collapse(layers)
        left = f"The list held {len(widths) - 1} layers and holds {len(layers)} after the call."
        require(len(layers) == len(widths) - 1, left, mistake="arguments-changed")
        untouched(learner)
