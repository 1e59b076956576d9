"""Changes of loops: rounds one off, one item passed over, what stands before, in and after them."""

import ast
from collections.abc import Iterator

from dojo.operators.operator import Block, Operators

OPERATORS = Operators()


@OPERATORS.on_expressions(
    "rounds one off",
    ("range(n)", "range(n - 1) | range(n + 1) | range(1, n)"),
    ("range(1, n)", "range(1, n - 1) | range(1, n + 1) | range(1 + 1, n)"),
)
def rounds_one_off(node: ast.expr) -> Iterator[ast.expr]:
    """A ``range`` that ends one earlier or later, or begins one later."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
        return
    if node.func.id != "range" or not node.args:
        return
    one = ast.Constant(1)
    at = 0 if len(node.args) == 1 else 1
    for op in (ast.Sub(), ast.Add()):
        stop = ast.BinOp(node.args[at], op, one)
        yield ast.Call(node.func, [*node.args[:at], stop, *node.args[at + 1 :]], [])
    start = one if at == 0 else ast.BinOp(node.args[0], ast.Add(), one)
    yield ast.Call(node.func, [start, *node.args[at:]], [])


@OPERATORS.on_expressions(
    "slice changed",
    ("x[1:]", "x[:]"),
    ("x[a:b]", "x[:b] | x[a:]"),
    ("x[::-1]", "x[:]"),
    ("x[i]", ""),
)
def slice_changed(node: ast.expr) -> Iterator[ast.expr]:
    """A slice without its start, its end, or its step."""
    if isinstance(node, ast.Slice):
        if node.lower is not None:
            yield ast.Slice(None, node.upper, node.step)
        if node.upper is not None:
            yield ast.Slice(node.lower, None, node.step)
        if node.step is not None:
            yield ast.Slice(node.lower, node.upper, None)


@OPERATORS.on_blocks(
    "item passed over",
    (
        "for p in ps:\n    f(p)",
        "for p in list(ps)[1:]:\n    f(p) | for p in list(ps)[:-1]:\n    f(p)"
        " | for p in list(ps)[::-1]:\n    f(p)",
    ),
    ("for i in range(n):\n    f(i)", ""),
)
def item_passed_over(block: Block, index: int) -> Iterator[Block]:
    """A loop without the first item, without the last, and from the end."""
    loop = block[index]
    if not isinstance(loop, ast.For):
        return
    called = loop.iter.func if isinstance(loop.iter, ast.Call) else None
    if isinstance(called, ast.Name) and called.id == "range":
        return
    listed = ast.Call(ast.Name("list"), [loop.iter], [])
    minus = ast.UnaryOp(ast.USub(), ast.Constant(1))
    for part in (
        ast.Slice(ast.Constant(1), None, None),
        ast.Slice(None, minus, None),
        ast.Slice(None, None, minus),
    ):
        items = ast.Subscript(listed, part, ast.Load())
        changed = ast.For(loop.target, items, loop.body, loop.orelse, lineno=0)
        yield [*block[:index], changed, *block[index + 1 :]]


@OPERATORS.on_blocks(
    "moved across a loop",
    (
        "a()\nfor i in x:\n    b()\n    c()\nreturn d",
        "for i in x:\n    a()\n    b()\n    c()\nreturn d"  # into it, at its beginning
        " | a()\nfor i in x:\n    b()\n    c()\n    return d"  # into it, at its end
        " | a()\nb()\nfor i in x:\n    c()\nreturn d"  # before it
        " | a()\nfor i in x:\n    b()\nc()\nreturn d",  # after it
    ),
)
def moved_across_a_loop(block: Block, index: int) -> Iterator[Block]:
    """A statement beside a loop moved into it, or one at its rim moved out."""
    loop = block[index]
    if not isinstance(loop, ast.For | ast.While):
        return
    before, after, body = block[:index], block[index + 1 :], loop.body
    if before and not isinstance(before[-1], ast.For | ast.While | ast.FunctionDef):
        yield [*before[:-1], _with_body(loop, [before[-1], *body]), *after]
    if after:
        yield [*before, _with_body(loop, [*body, after[0]]), *after[1:]]
    if len(body) > 1:
        yield [*before, body[0], _with_body(loop, body[1:]), *after]
        yield [*before, _with_body(loop, body[:-1]), body[-1], *after]


@OPERATORS.on_blocks(
    "break for continue", ("while a:\n    break", "while a:\n    continue"), ("f()", "")
)
def break_for_continue(block: Block, index: int) -> Iterator[Block]:
    """``continue`` for ``break``, and the other way round."""
    statement = block[index]
    if isinstance(statement, ast.Break | ast.Continue):
        other = ast.Continue() if isinstance(statement, ast.Break) else ast.Break()
        yield [*block[:index], other, *block[index + 1 :]]


def _with_body(loop: ast.For | ast.While, body: Block) -> ast.For | ast.While:
    if isinstance(loop, ast.For):
        return ast.For(loop.target, loop.iter, body, loop.orelse, lineno=0)
    return ast.While(loop.test, body, loop.orelse)
