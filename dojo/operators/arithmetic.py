"""Changes of numbers and of what is done with them."""

import ast
from collections.abc import Iterator

from dojo.operators.operator import Operators

OPERATORS = Operators()
_SWAPS: dict[type[ast.operator], tuple[type[ast.operator], ...]] = {
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Div, ast.Add),
    ast.Div: (ast.Mult,),
    ast.FloorDiv: (ast.Div,),
    ast.Mod: (ast.FloorDiv,),
    ast.Pow: (ast.Mult,),
    ast.MatMult: (ast.Mult,),
}


@OPERATORS.on_expressions(
    "number changed",
    ("5", "0 | 1 | 2 | 4 | 6"),
    ("1", "0 | 2"),
    ("-1", "-2 | 0 | 1"),
    ("0.5", "0.0 | 1.0 | 2.0 | 0.25"),
    ("'text'", ""),
)
def number_changed(node: ast.expr) -> Iterator[ast.expr]:
    """Whole numbers next to it, 0, 1 and 2; for a float 0, 1, 2 and its half."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        value = _whole(node.operand)
        if value is not None:
            yield ast.UnaryOp(ast.USub(), ast.Constant(value + 1))
            for other in (1 - value, value):
                yield ast.Constant(other) if other >= 0 else _minus(ast.Constant(-other))
    elif (value := _whole(node)) is not None:
        for other in sorted({0, 1, 2, value - 1, value + 1} - {value, -1}):
            yield ast.Constant(other)
    elif isinstance(node, ast.Constant) and isinstance(node.value, float):
        for other in dict.fromkeys((0.0, 1.0, 2.0, node.value / 2)):
            if other != node.value:
                yield ast.Constant(other)


@OPERATORS.on_expressions(
    "operator swapped",
    ("a + b", "a - b"),
    ("a * b", "a / b | a + b"),
    ("a @ b", "a * b"),
)
def operator_swapped(node: ast.expr) -> Iterator[ast.expr]:
    """The operators that are taken for this one, on the same sides."""
    if isinstance(node, ast.BinOp):
        for other in _SWAPS.get(type(node.op), ()):
            yield ast.BinOp(node.left, other(), node.right)


@OPERATORS.on_expressions(
    "factor dropped", ("2 * x", "x | 2"), ("x / n", "x"), ("x ** 2", "x"), ("x + y", "")
)
def factor_dropped(node: ast.expr) -> Iterator[ast.expr]:
    """One side of a product; what is divided, raised or taken modulo, alone."""
    if isinstance(node, ast.BinOp):
        if isinstance(node.op, ast.Mult | ast.MatMult):
            yield node.right
        if isinstance(node.op, ast.Mult | ast.MatMult | ast.Div | ast.FloorDiv | ast.Pow | ast.Mod):
            yield node.left


@OPERATORS.on_expressions(
    "factor twice", ("lr * g", "lr * (lr * g) | lr * g * g"), ("x / n", "x / n / n")
)
def factor_twice(node: ast.expr) -> Iterator[ast.expr]:
    """A product with one of its factors twice, a quotient divided twice."""
    if isinstance(node, ast.BinOp):
        if isinstance(node.op, ast.Mult):
            yield ast.BinOp(node.left, ast.Mult(), node)
        if isinstance(node.op, ast.Mult | ast.Div):
            yield ast.BinOp(node, node.op, node.right)


@OPERATORS.on_expressions("term dropped", ("x * w + b", "x * w | b"), ("x - y", "x | -y"))
def term_dropped(node: ast.expr) -> Iterator[ast.expr]:
    """One side of a sum or difference, with its sign."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub):
        yield node.left
        yield node.right if isinstance(node.op, ast.Add) else _minus(node.right)


@OPERATORS.on_expressions(
    "sides turned", ("a - b", "b - a"), ("a / b", "b / a"), ("a @ b", "b @ a"), ("a + b", "")
)
def sides_turned(node: ast.expr) -> Iterator[ast.expr]:
    """The sides changed places, where that makes a difference."""
    if isinstance(node, ast.BinOp) and isinstance(
        node.op, ast.Sub | ast.Div | ast.FloorDiv | ast.Pow | ast.MatMult | ast.Mod
    ):
        yield ast.BinOp(node.right, node.op, node.left)


@OPERATORS.on_expressions(
    "sign turned", ("-x", "x"), ("a * b", "-(a * b)"), ("a + b", "-(a + b)"), ("x.mean()", "")
)
def sign_turned(node: ast.expr) -> Iterator[ast.expr]:
    """What stands behind a minus, or a minus before what is worked out."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        yield node.operand
    elif isinstance(node, ast.BinOp) and type(node.op) in _SWAPS:
        yield _minus(node)


def _minus(node: ast.expr) -> ast.expr:
    return ast.UnaryOp(ast.USub(), node)


def _whole(node: ast.expr) -> int | None:
    """The value of a literal whole number that is no bool."""
    if isinstance(node, ast.Constant) and type(node.value) is int:
        return node.value
    return None
