"""Operators make of their examples what they say; changes are made one at a time, once each."""

import ast

import pytest

from dojo.operators import ALL, OPERATORS, Operator, changes


def normal(text: str) -> str:
    return ast.unparse(ast.parse(text))


EXAMPLES = [(o, e.before, e.after) for o in ALL for e in o.examples]


@pytest.mark.parametrize(
    ("operator", "before", "after"), EXAMPLES, ids=[f"{o.name}: {b}" for o, b, _ in EXAMPLES]
)
def test_an_operator_does_what_its_examples_say(
    operator: Operator, before: str, after: tuple[str, ...]
) -> None:
    made = [c.text for c in changes(before, [operator])]
    assert made == [normal(a) for a in after]


def test_every_operator_has_an_example_that_it_changes_and_a_name_of_its_own() -> None:
    assert [o.name for o in ALL if not any(e.after for e in o.examples)] == []
    assert len(OPERATORS) == len(ALL)


SOURCE = """
from jaxtyping import Float

def given(x: Float[Tensor, "n 1"], k: int = 2):
    \"\"\"Return 1 + 1.\"\"\"
    assert k is not None
    y = x + 1
    return y
"""


def test_types_texts_and_assertions_stay() -> None:
    made = list(changes(SOURCE, ALL))
    assert made
    for change in made:
        for kept in ("from jaxtyping", "Float[Tensor, 'n 1']", "Return 1 + 1.", "assert k is not"):
            assert kept in change.text


def test_changes_are_made_in_the_lines_asked_for_and_in_defaults() -> None:
    assert {c.line for c in changes(SOURCE, ALL, lines=[7])} == {4, 7}


def test_each_text_is_made_once_and_never_the_original() -> None:
    texts = [c.text for c in changes(SOURCE, ALL)]
    assert len(set(texts)) == len(texts)
    assert normal(SOURCE) not in texts


def test_a_change_shows_the_lines_that_it_touches() -> None:
    made = {(c.line, c.old, c.new) for c in changes(SOURCE, [OPERATORS["term dropped"]])}
    assert made == {(7, "y = x + 1", "y = x"), (7, "y = x + 1", "y = 1")}


def test_what_moves_out_of_a_loop_shows_its_indent() -> None:
    source = "def f():\n    for i in x:\n        a()\n        b()\n"
    moved = [c for c in changes(source, [OPERATORS["moved across a loop"]]) if c.old]
    assert ("    b()", "b()") in [(c.old, c.new) for c in moved]
