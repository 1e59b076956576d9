"""2.4.3: layers with planted columns, of which it is known whether they are dead.

Dead: zeros, negative numbers, both. Alive: positive in one middle row only, by 2 among negative
numbers or by 1e-9 among zeros; numbers that cancel; ordinary units.
"""

import torch
from torch import Tensor

from dojo.judge.vocabulary import Gen, Learner, close, untouched, values

COLUMNS = 14
DEAD = 6  # of the columns that _columns plants


def _columns(gen: Gen, n: int) -> Tensor:
    # The numbers of columns of each kind are such that no two mistakes count the same.
    hidden = -0.5 - gen.rand(n, COLUMNS)  # columns 0 to 3 stay below zero
    hidden[:, 4] = 0
    hidden[::2, 5] = 0
    hidden[1, 6] = 2.0
    hidden[:, 7:10] = 0
    hidden[-2, 7] = 1e-9
    hidden[1, 8:10], hidden[-1, 8:10] = 0.75, -0.75
    hidden[:, 10:] *= -1
    hidden[0, 10] = 0
    return hidden


@values
def test_planted(learner: Learner, gen: Gen) -> None:
    """zero, negative and mixed units are dead, all others alive"""
    for n in (6, 9, 4):
        hidden = _columns(gen, n)[:, gen.permutation(COLUMNS)]
        close(learner.dead_fraction(hidden), DEAD / COLUMNS, "the share of dead units")
        untouched(learner)


@values
def test_healthy(learner: Learner, gen: Gen) -> None:
    """no unit is dead when each fires for about half of the examples"""
    hidden = gen.randn(12, 5)
    hidden[3] = gen.rand(5) + 0.1
    close(learner.dead_fraction(hidden.relu()), 0.0, "the share of dead units")


@values
def test_all_dead(learner: Learner, gen: Gen) -> None:
    """all units are dead when the layer is zero"""
    close(learner.dead_fraction(torch.zeros(5, 3)), 1.0, "the share of dead units")


@values
def test_one_example(learner: Learner, gen: Gen) -> None:
    """with a single example, a unit that is off for it is dead"""
    hidden = torch.tensor([[0.0, 1.5, -0.5, 0.0, 2.0, 0.3, 0.0, 1.0]])
    close(learner.dead_fraction(hidden), 0.5, "the share of dead units")


@values
def test_one_unit(learner: Learner, gen: Gen) -> None:
    """a layer of one unit is dead or alive as a whole"""
    alive = -gen.rand(6, 1)
    alive[2] = 0.4
    close(learner.dead_fraction(alive), 0.0, "the share of dead units")
    close(learner.dead_fraction(-gen.rand(6, 1)), 1.0, "the share of dead units")
