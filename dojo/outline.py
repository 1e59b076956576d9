"""What a suite will check, read from its source: its rows by kind, without running a line of it.

`kata next` tells the learner what is judged; importing the suite for that would cost pytest and
torch.
"""

import ast
from dataclasses import dataclass
from typing import cast

from dojo.catalog import Kata
from dojo.verdict import KINDS, Kind


@dataclass(frozen=True)
class Row:
    """One check of a suite: its name without ``test_``, its title, and its kind."""

    name: str
    title: str
    kind: Kind


def outline(kata: Kata) -> tuple[Row, ...]:
    """The checks of the kata's suite, in the order in which they are judged.

    Empty when the suite can't be read: what it says is then shown when it has run.
    """
    try:
        tree = ast.parse(kata.suite_path.read_bytes())
    except (OSError, SyntaxError, ValueError):
        return ()
    rows = [row for node in tree.body if (row := _row(node)) is not None]
    return tuple(sorted(rows, key=lambda row: KINDS.index(row.kind)))


def _row(node: ast.stmt) -> Row | None:
    if not isinstance(node, ast.FunctionDef) or not node.name.startswith("test_"):
        return None
    kinds = [name for d in node.decorator_list if (name := _name(d)) in KINDS]
    if not kinds:
        return None
    name = node.name.removeprefix("test_")
    lines = (ast.get_docstring(node) or "").splitlines()
    return Row(name, lines[0] if lines else name.replace("_", " "), cast("Kind", kinds[0]))


def _name(decorator: ast.expr) -> str:
    node = decorator.func if isinstance(decorator, ast.Call) else decorator
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""
