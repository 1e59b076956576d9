"""2.4.3: layers with planted columns, of which it is known whether they are dead.

Dead: zeros, negative numbers, both. Alive: positive in one middle row only, by 2 among negative
numbers or by 1e-9 among zeros; numbers that cancel; ordinary units. All sizes are powers of two, so
that a share is the same number in float32 and float64.
"""

import torch
from torch import Tensor

from dojo.suite.vocabulary import Gen, Learner, close, untouched, values

COLUMNS = 16
DEAD = 7  # of the columns that _columns plants


def _columns(gen: Gen, n: int) -> Tensor:
    # The numbers of columns of each kind are such that no two mistakes count the same.
    hidden = -0.5 - gen.rand(n, COLUMNS)  # columns 0 to 4 stay below zero
    hidden[:, 5] = 0
    hidden[::2, 6] = 0
    hidden[1, 7], hidden[-1, 8] = 2.0, 3.0
    hidden[:, 9:12] = 0
    hidden[-2, 9] = 1e-9
    hidden[0, 10:12], hidden[1, 10:12] = -0.75, 0.75
    hidden[:, 12:] *= -1
    hidden[0, 12] = 0
    hidden[2, 12:] = -0.25  # one example leaves all units off
    if n > 4:
        hidden[4:6] = 0  # two examples are zero throughout
    return hidden


@values
def test_planted(learner: Learner, gen: Gen) -> None:
    """zero, negative and mixed units are dead, all others alive"""
    for n in (512, 8, 4):
        order = gen.permutation(COLUMNS)
        if n == 512:  # a living unit comes first: else the first unit is also the first dead one
            order = order.roll(-int((order >= DEAD).nonzero()[0]))
        hidden = _columns(gen, n)[:, order]
        close(learner.dead_fraction(hidden), DEAD / COLUMNS, "the share of dead units")
        untouched(learner)


@values
def test_healthy(learner: Learner, gen: Gen) -> None:
    """no unit is dead when each fires for most of the examples"""
    hidden = gen.rand(16, 8) + 0.1
    hidden[torch.arange(16).unsqueeze(1) % 4 == torch.arange(8) % 4] = 0
    close(learner.dead_fraction(hidden), 0.0, "the share of dead units")


@values
def test_all_dead(learner: Learner) -> None:
    """all units are dead when the layer is zero"""
    close(learner.dead_fraction(torch.zeros(8, 4)), 1.0, "the share of dead units")


@values
def test_one_example(learner: Learner) -> None:
    """with a single example, a unit that is off for it is dead"""
    hidden = torch.tensor([[0.0, 1.5, -0.5, 0.0, 2.0, 0.3, 0.0, 1.0]])
    close(learner.dead_fraction(hidden), 0.5, "the share of dead units")


@values
def test_one_unit(learner: Learner, gen: Gen) -> None:
    """a layer of one unit is dead or alive as a whole"""
    alive = -gen.rand(128, 1)
    alive[2] = 0.4
    close(learner.dead_fraction(alive), 0.0, "the share of dead units")
    close(learner.dead_fraction(-gen.rand(8, 1)), 1.0, "the share of dead units")
