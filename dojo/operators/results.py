"""Changes of what is returned and assigned: swapped, twice the same, zero, left as it was."""

import ast
from collections.abc import Iterator
from typing import TypeGuard

from dojo.operators.calls import makes_a_tensor, with_an_axis
from dojo.operators.operator import Block, Operators

OPERATORS = Operators()


@OPERATORS.on_expressions(
    "results swapped",
    ("return a, b, c", "return (b, a, c) | return (a, c, b)"),
    ("x = [a, b]", "x = [b, a]"),
)
def results_swapped(node: ast.expr) -> Iterator[ast.expr]:
    """Two neighbouring results in each other's place."""
    if _is_row(node):
        for i in range(len(node.elts) - 1):
            items = list(node.elts)
            items[i : i + 2] = items[i + 1], items[i]
            yield type(node)(items, ast.Load())


@OPERATORS.on_expressions(
    "one result twice", ("return a, b", "return (a, a) | return (b, b)"), ("return a", "")
)
def one_result_twice(node: ast.expr) -> Iterator[ast.expr]:
    """One of two neighbouring results in both places."""
    if _is_row(node):
        for i in range(len(node.elts) - 1):
            for kept in (i, i + 1):
                items = list(node.elts)
                items[i] = items[i + 1] = node.elts[kept]
                yield type(node)(items, ast.Load())


@OPERATORS.on_blocks(
    "result zero",
    ("return x.mean()", "return 0 * x.mean()"),
    ("return a, b", "return (0 * a, b) | return (a, 0 * b)"),
    ("return Fit(w, b=b)", "return Fit(0 * w, b=b) | return Fit(w, b=0 * b)"),
    ("return 1", ""),
)
def result_zero(block: Block, index: int) -> Iterator[Block]:
    """What is returned times 0: all of it, or one of several results."""
    statement = block[index]
    if isinstance(statement, ast.Return) and statement.value is not None:
        for value in _with_a_zero(statement.value):
            yield [*block[:index], ast.Return(value), *block[index + 1 :]]


def _with_a_zero(value: ast.expr) -> Iterator[ast.expr]:
    if _is_row(value):
        for i, item in enumerate(value.elts):
            yield type(value)([*value.elts[:i], _zero(item), *value.elts[i + 1 :]], ast.Load())
    elif isinstance(value, ast.Call) and _makes_a_record(value):
        for i, item in enumerate(value.args):
            args = [*value.args[:i], _zero(item), *value.args[i + 1 :]]
            yield ast.Call(value.func, args, value.keywords)
        for i, keyword in enumerate(value.keywords):
            changed = ast.keyword(keyword.arg, _zero(keyword.value))
            keywords = [*value.keywords[:i], changed, *value.keywords[i + 1 :]]
            yield ast.Call(value.func, value.args, keywords)
    elif not isinstance(value, ast.Constant):
        yield _zero(value)


@OPERATORS.on_blocks(
    "result with an axis more",
    ("return f(x)", "return f(x).unsqueeze(0)"),
    ("y = f(x)", "y = f(x).unsqueeze(0)"),
    ("y = len(x)", ""),
)
def result_with_an_axis_more(block: Block, index: int) -> Iterator[Block]:
    """A result, or what is assigned, with a first axis of length 1."""
    statement = block[index]
    if not isinstance(statement, ast.Return | ast.Assign) or statement.value is None:
        return
    if makes_a_tensor(statement.value):
        value = with_an_axis(statement.value)
        changed: ast.stmt = ast.Return(value)
        if isinstance(statement, ast.Assign):
            changed = _assign(statement.targets[0], value)
        yield [*block[:index], changed, *block[index + 1 :]]


@OPERATORS.on_blocks(
    "left as it was",
    ("a, b = f(), g()", "a = f() | b = g()"),
    ("w = w - g", ""),
)
def left_as_it_was(block: Block, index: int) -> Iterator[Block]:
    """An assignment of several values that assigns one of them alone."""
    statement = block[index]
    if not (isinstance(statement, ast.Assign) and len(statement.targets) == 1):
        return
    target, value = statement.targets[0], statement.value
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        for left, right in zip(target.elts, value.elts, strict=False):
            yield [*block[:index], _assign(left, right), *block[index + 1 :]]


def _assign(target: ast.expr, value: ast.expr) -> ast.stmt:
    return ast.Assign([target], value, lineno=0)


def _is_row(node: ast.expr) -> TypeGuard[ast.Tuple | ast.List]:
    """Whether several values stand side by side (and are not what is assigned to)."""
    if not isinstance(node, ast.Tuple | ast.List) or not isinstance(node.ctx, ast.Load):
        return False
    return len(node.elts) > 1 and not any(isinstance(e, ast.Starred) for e in node.elts)


def _makes_a_record(call: ast.Call) -> bool:
    name = call.func.id if isinstance(call.func, ast.Name) else ""
    return name.lstrip("_")[:1].isupper()


def _zero(value: ast.expr) -> ast.expr:
    return ast.BinOp(ast.Constant(0), ast.Mult(), value)
