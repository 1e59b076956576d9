"""Stubs and mistakes are derived from the solution, and from nothing else."""

from pathlib import Path

import pytest

from dojo.authors import scaffold
from dojo.course import derive
from dojo.course.card import CardError
from dojo.course.catalog import Kata, load
from dojo.course.derive import EditError
from dojo.course.mistakes import Mistake

SOLUTION = '''\
"""The task."""

import torch
from torch import Tensor

# --- yours
import math

HELPER = math.pi
# --- end


def first(x: Tensor) -> Tensor:
    """Return it."""
    # --- yours
    y = x + HELPER
    return y
    # --- end


class Net:
    def forward(self) -> None:
        # --- yours: Your loop here.
        pass
        # --- end
'''

STUB = '''\
"""The task."""

import torch
from torch import Tensor


def first(x: Tensor) -> Tensor:
    """Return it."""
    # Your code here.
    raise NotImplementedError


class Net:
    def forward(self) -> None:
        # Your loop here.
        raise NotImplementedError
'''


@pytest.fixture
def kata(tmp_path: Path) -> Kata:
    scaffold.create(tmp_path, "1.2.1", "mean", "a")
    kata = load(tmp_path).kata("1.2.1")
    kata.solution_path.write_text(SOLUTION)
    return kata


def test_the_stub_is_the_solution_without_the_learners_work() -> None:
    assert derive.derive_stub(SOLUTION) == STUB


def test_the_solution_as_people_read_it_has_no_marks() -> None:
    text = derive.without_markers(SOLUTION)
    assert "# ---" not in text
    assert "    y = x + HELPER\n    return y\n" in text


def test_a_mistake_is_an_edit_of_the_solution(kata: Kata) -> None:
    minus = Mistake("minus", (("x + HELPER", "x - HELPER"),), "")
    twice = Mistake("twice", (("return y", "return 2 * y"), ("math.pi", "math.tau")), "")
    text = derive.mistake_text(kata, minus, twice)
    assert "y = x - HELPER" in text
    assert "return 2 * y" in text
    assert "HELPER = math.tau" in text


@pytest.mark.parametrize("old", ["nowhere", "HELPER"])
def test_an_edit_must_stand_there_exactly_once(old: str) -> None:
    with pytest.raises(EditError, match=f"'odd'.*'{old}' stands [02] times"):
        derive.apply_edits(SOLUTION, Mistake("odd", ((old, "x"),), ""))


def test_a_repair_kata_starts_with_its_mistake(kata: Kata) -> None:
    card = kata.card_path.read_text().partition("[[mistake]]")[0]
    mistake = '[[mistake]]\nid = "minus"\nedits = [["x + HELPER", "x - HELPER"]]\nsays = "."\n'
    kata.card_path.write_text(f'{card}repair = "minus"\n\n{mistake}')
    repair = load(kata.root).kata("1.2.1")
    text = derive.stub_text(repair)
    assert "y = x - HELPER" in text
    assert "NotImplementedError" not in text
    assert "# ---" not in text
    kata.card_path.write_text(f'{card}repair = "missing"\n\n{mistake}')
    with pytest.raises(CardError, match="'missing'"):
        derive.stub_text(load(kata.root).kata("1.2.1"))
