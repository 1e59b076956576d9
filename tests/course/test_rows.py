"""What a suite will check, read from its source."""

from dataclasses import replace
from pathlib import Path

import pytest

from dojo.authors import scaffold
from dojo.course.catalog import Kata, load
from dojo.course.rows import Row, number_of_checks, outline


@pytest.fixture
def kata(tmp_path: Path) -> Kata:
    scaffold.create(tmp_path, "1.2.1", "mean", "a")
    return load(tmp_path).kata("1.2.1")


def test_rows_in_the_order_of_judging_with_their_titles(kata: Kata) -> None:
    kata.suite_path.write_text('''
import dojo.suite.vocabulary as v
from dojo.suite.vocabulary import shapes, values

def helper(): "not a check"

@values
def test_second(learner):
    """the second step

    More for authors.
    """

@v.gradients
def test_slope(learner): ...

@shapes
def test_first(learner):
    """the first step"""

def test_without_a_kind(learner): ...
''')
    assert outline(kata) == (
        Row("first", "the first step", "shapes"),
        Row("second", "the second step", "values"),
        Row("slope", "slope", "gradients"),
    )


def test_a_suite_that_cannot_be_read_has_no_rows(kata: Kata) -> None:
    kata.suite_path.write_text("def broken(:")
    assert outline(kata) == ()
    kata.suite_path.unlink()
    assert outline(kata) == ()


def test_checks_are_counted_in_the_text_with_the_engines_own(kata: Kata) -> None:
    kata.suite_path.write_text("""
def test_one(learner): ...
def test_one(learner): ...
if True:
    def test_two(learner): ...
def helper():
    def test_inside(): ...
class Testing:
    def test_method(self): ...
test_three = test_one
""")
    assert number_of_checks(kata) == 3 + 3
    assert number_of_checks(replace(kata, forbids=("autograd",))) == 3 + 4
