"""Which of the global random generators moved."""

import random
from collections.abc import Callable

import numpy as np
import pytest
import torch

from dojo.learner.modes import random_advanced, random_states


@pytest.mark.parametrize(
    ("draw", "moved"),
    [
        (lambda: torch.rand(1), ["torch"]),
        (lambda: np.random.rand(), ["numpy"]),
        (lambda: random.random(), ["random"]),
        (lambda: torch.rand(1, generator=torch.Generator()), []),
        (lambda: np.random.default_rng().random(), []),
    ],
)
def test_the_generator_that_was_drawn_from(draw: Callable[[], object], moved: list[str]) -> None:
    before = random_states()
    draw()
    assert random_advanced(before, random_states()) == moved


def test_the_second_of_a_pair_of_normal_numbers_is_noticed() -> None:
    # numpy makes two at once and keeps one: its generator stands still at every other draw.
    np.random.seed(0)
    for _ in range(2):
        before = random_states()
        np.random.randn()
        assert random_advanced(before, random_states()) == ["numpy"]
