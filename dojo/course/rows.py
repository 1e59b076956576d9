"""What a suite will check, read from its source: its rows by kind, without running a line of it.

`kata next` tells the learner what is judged; importing the suite for that would cost pytest and
torch.
"""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import cast

from dojo.course.catalog import Kata
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


def number_of_checks(kata: Kata) -> int:
    """How many checks a judgement has by the suite's text, with the engine's own.

    Two functions of one name count twice, though Python forgets the first: that is noticed so.

    Raises:
        OSError, SyntaxError, ValueError: the suite can't be read.
    """
    stamp = kata.suite_path.stat().st_mtime_ns
    key = str(kata.suite_path)
    if _COUNTED.get(key, (0, 0))[0] != stamp:
        tree = ast.parse(kata.suite_path.read_bytes())
        _COUNTED[key] = (stamp, sum(1 for _ in _tests(tree.body)))
    return _COUNTED[key][1] + len(_ENGINES) + bool(kata.forbids)


# What every suite is joined by; and `constraints`, where something is forbidden.
_ENGINES: tuple[Kind, ...] = ("load", "dtype", "typing")
_COUNTED: dict[str, tuple[int, int]] = {}


def _tests(body: Iterable[ast.AST]) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """What pytest takes for a check, also where it is defined under a condition."""
    for node in body:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            if node.name.startswith("test"):
                yield node
        elif isinstance(node, (ast.If, ast.Try, ast.With)):
            yield from _tests(ast.iter_child_nodes(node))


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
