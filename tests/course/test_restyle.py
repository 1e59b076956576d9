"""The same answer with numbers drawn first: where it goes, and that nothing else changes."""

import pytest

from dojo.course.restyle import drawn_first

DRAW = '__import__("torch").rand(7, generator=gen)\n'


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ('def f(n: int, gen: torch.Generator) -> Tensor:\n    """Say."""\n', "    return 1\n"),
        ("def f(gen: Generator) -> Tensor:\n", "    for _ in range(2):\n        pass\n"),
        (
            "class A:\n    def __init__(self, gen: torch.Generator) -> None:\n",
            "        self.n = 1\n",
        ),
    ],
)
def test_numbers_are_drawn_where_a_function_begins(head: str, body: str) -> None:
    indent = body[: len(body) - len(body.lstrip())]
    assert drawn_first(head + body) == head + indent + DRAW + body


@pytest.mark.parametrize(
    "source",
    [
        "def f(n: int) -> int:\n    return n\n",
        "def _f(gen: torch.Generator) -> int:\n    return 1\n",
    ],
)
def test_a_file_that_is_given_no_generator_stays(source: str) -> None:
    assert drawn_first(source) == source


def test_each_function_draws_for_itself() -> None:
    one = "def f(gen: torch.Generator) -> int:\n    return 1\n"
    assert drawn_first(one * 2).count(DRAW) == 2
