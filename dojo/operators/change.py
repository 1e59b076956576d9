"""Making changes: every place of a file where an operator applies, one change at a time."""

import ast
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from dojo.operators.operator import Operator

# What says how code is typed, not what it does.
_TYPES = {
    (ast.arg, "annotation"),
    (ast.FunctionDef, "returns"),
    (ast.FunctionDef, "decorator_list"),
    (ast.ClassDef, "decorator_list"),
    (ast.ClassDef, "bases"),
    (ast.ClassDef, "keywords"),
    (ast.AnnAssign, "annotation"),
}
# Assertions (zip's strict=True is one, too) narrow types; f-strings and errors speak to people.
_PASSED_OVER = (ast.Import, ast.ImportFrom, ast.Assert, ast.JoinedStr)


@dataclass(frozen=True)
class Change:
    """One change of a file.

    Attributes:
        operator: name of the operator.
        line: 1-based, where it is made.
        old: the lines that it touches, as `ast.unparse` writes them, without their common indent.
        new: what stands there afterwards.
        text: the whole file with the change made.
    """

    operator: str
    line: int
    old: str
    new: str
    text: str


def changes(
    source: str, operators: Sequence[Operator], lines: Collection[int] | None = None
) -> Iterator[Change]:
    """All changes that the operators can make, each text once, in the order of the lines.

    Args:
        source: a file that Python can read.
        operators: which.
        lines: 1-based lines in which changes are made, and defaults of functions anywhere;
            None: everywhere.
    """
    tree = ast.parse(source)
    seen = {ast.unparse(tree)}
    for place in _places(tree, lines):
        before = ast.unparse(place.statement)
        for operator in operators:
            for _ in place.made(operator):
                text = ast.unparse(tree)
                if text in seen:
                    continue
                seen.add(text)
                old, new = _trimmed(before, ast.unparse(place.statement))
                yield Change(operator.name, place.line, old, new, text)


@dataclass(frozen=True)
class _Place:
    """Where something can be changed: a field of a node, and an index if it holds a list.

    Attributes:
        owner: the node.
        field: its field.
        index: in the field's list; None for a single expression.
        statement: the innermost statement around it, to be shown.
        line: 1-based.
    """

    owner: ast.AST
    field: str
    index: int | None
    statement: ast.AST
    line: int

    def made(self, operator: Operator) -> Iterator[None]:
        """Make each change in the tree, and take it back when the next is asked for."""
        held = getattr(self.owner, self.field)
        node = held if self.index is None else held[self.index]
        if isinstance(node, ast.expr) and operator.expressions is not None:
            for new in operator.expressions(node):
                self._put(held, new)
                try:
                    yield
                finally:
                    self._put(held, node)
        if isinstance(node, ast.stmt) and self.index is not None and operator.blocks is not None:
            for block in operator.blocks(list(held), self.index):
                setattr(self.owner, self.field, block or [ast.Pass()])
                try:
                    yield
                finally:
                    setattr(self.owner, self.field, held)

    def _put(self, held: object, node: ast.expr) -> None:
        if isinstance(held, list) and self.index is not None:
            held[self.index] = node
        else:
            setattr(self.owner, self.field, node)


def _places(tree: ast.Module, lines: Collection[int] | None) -> Iterator[_Place]:
    def visit(node: ast.AST, statement: ast.AST) -> Iterator[_Place]:
        for field, held in ast.iter_fields(node):
            if (type(node), field) in _TYPES:
                continue
            for index, child in enumerate(held if isinstance(held, list) else [held]):
                if not isinstance(child, ast.AST) or _is_passed_over(node, child, index):
                    continue
                shown = statement
                if isinstance(child, ast.stmt) and isinstance(node, ast.stmt | ast.Module):
                    shown = node  # its neighbours may move
                if isinstance(child, ast.expr | ast.stmt):
                    default = isinstance(node, ast.arguments) and field.endswith("defaults")
                    if lines is None or child.lineno in lines or default:
                        place = index if isinstance(held, list) else None
                        yield _Place(node, field, place, shown, child.lineno)
                inner = child if isinstance(child, ast.stmt) else statement
                yield from visit(child, inner)

    yield from visit(tree, tree)


def _is_passed_over(parent: ast.AST, node: ast.AST, index: int) -> bool:
    if isinstance(node, _PASSED_OVER) or isinstance(parent, ast.Raise):
        return True
    if isinstance(node, ast.keyword) and node.arg == "strict":
        return True
    if isinstance(node, ast.Expr):
        printed = isinstance(node.value, ast.Call) and _name(node.value.func) == "print"
        constant = node.value.value if isinstance(node.value, ast.Constant) else None
        return printed or isinstance(constant, str)  # a docstring
    if isinstance(parent, ast.UnaryOp) and isinstance(node, ast.Constant):
        return True  # -1 is one number
    called = _name(parent.func) if isinstance(parent, ast.Call) else ""
    return called in ("cast", "TypeVar") and index == 0


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else ""


def _trimmed(before: str, after: str) -> tuple[str, str]:
    """The lines that differ, without those around them."""
    old, new = before.split("\n"), after.split("\n")
    while old and new and old[0] == new[0]:
        old, new = old[1:], new[1:]
    while old and new and old[-1] == new[-1]:
        old, new = old[:-1], new[:-1]
    # What moved into a loop or out of it keeps its indent beside the other.
    lines = [line for line in (*old, *new) if line.strip()]
    margin = min((len(line) - len(line.lstrip()) for line in lines), default=0)
    return "\n".join(x[margin:] for x in old), "\n".join(x[margin:] for x in new)
