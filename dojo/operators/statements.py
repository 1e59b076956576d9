"""Changes of statements: dropped, twice, in another order, in place or not, without their guard."""

import ast
from collections.abc import Iterator

from dojo.operators.operator import Block, Operators

OPERATORS = Operators()
# Once or twice is the same.
_IDEMPOTENT = ("zero", "train", "eval", "manual_seed", "__init__", "requires_grad", "fill_")


@OPERATORS.on_blocks(
    "statement dropped",
    ("a()\nb()", "b() | a()"),
    ("if a:\n    f()", "pass | if a:\n    pass"),
    ("def f():\n    pass", ""),
)
def statement_dropped(block: Block, index: int) -> Iterator[Block]:
    """The block without this statement."""
    if not isinstance(block[index], ast.FunctionDef | ast.ClassDef | ast.Pass):
        yield block[:index] + block[index + 1 :]


@OPERATORS.on_blocks(
    "statement twice",
    ("x -= g", "x -= g\nx -= g"),
    ("xs.append(x)", "xs.append(x)\nxs.append(x)"),
    ("opt.zero_grad()", ""),
    ("x = f()", ""),
)
def statement_twice(block: Block, index: int) -> Iterator[Block]:
    """The block with this statement twice, where twice is not the same as once."""
    statement = block[index]
    twice = isinstance(statement, ast.AugAssign)
    if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
        called = statement.value.func
        name = called.attr if isinstance(called, ast.Attribute) else ""
        twice = not name.startswith(_IDEMPOTENT)
    if twice:
        yield [*block[:index], statement, *block[index:]]


@OPERATORS.on_blocks(
    "order turned",
    ("a = f()\nb = a + 1\nreturn b", "b = a + 1\na = f()\nreturn b | a = f()\nreturn b\nb = a + 1"),
    ("w = x * 2\nb = x + 1", ""),
    ("xs.append(w)\nw -= g", "w -= g\nxs.append(w)"),
    (
        "a = rand(generator=gen)\nb = rand(generator=gen)",
        "b = rand(generator=gen)\na = rand(generator=gen)",
    ),
)
def order_turned(block: Block, index: int) -> Iterator[Block]:
    """This statement and the next in each other's place, where that may matter."""
    if index + 1 < len(block):
        first, second = block[index : index + 2]
        if _depend(first, second) and not isinstance(first, ast.FunctionDef | ast.ClassDef):
            yield [*block[:index], second, first, *block[index + 2 :]]


def _depend(first: ast.stmt, second: ast.stmt) -> bool:
    """Whether the order of two statements may matter: one writes what the other names."""
    names, more = _names(first), _names(second)
    written, also = _written(first), _written(second)
    simple = ast.Assign | ast.AnnAssign | ast.AugAssign | ast.Expr
    if not (isinstance(first, simple) and isinstance(second, simple)):
        return True
    return bool(written & more or also & names or "gen" in names & more)


def _names(node: ast.AST) -> set[str]:
    return {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}


def _written(statement: ast.stmt) -> set[str]:
    """Names that a statement binds, and those of objects that it may change."""
    found: set[str] = set()
    for node in ast.walk(statement):
        if isinstance(node, ast.Attribute | ast.Subscript | ast.Name):
            if not isinstance(node.ctx, ast.Load):
                found |= _names(node)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            found |= _names(node.func.value) if node.func.attr.endswith("_") else set()
    if isinstance(statement, ast.Expr):
        found |= _names(statement)  # it is there for what it does
    return found


@OPERATORS.on_blocks(
    "= for +=",
    ("x += y", "x = y | x -= y | x = x + y"),
    ("x -= y", "x = y | x += y | x = x - y"),
    ("x = x - y", "x -= y"),
)
def set_for_changed(block: Block, index: int) -> Iterator[Block]:
    """``=`` for ``+=``, the other sign, and in place for not in place."""
    statement = block[index]
    before, after = block[:index], block[index + 1 :]
    if isinstance(statement, ast.AugAssign):
        target, op, value = statement.target, statement.op, statement.value
        yield [*before, ast.Assign([target], value, lineno=0), *after]
        if isinstance(op, ast.Add | ast.Sub):
            other = ast.Sub() if isinstance(op, ast.Add) else ast.Add()
            yield [*before, ast.AugAssign(target, other, value), *after]
        yield [*before, ast.Assign([target], ast.BinOp(target, op, value), lineno=0), *after]
    elif isinstance(statement, ast.Assign) and isinstance(statement.value, ast.BinOp):
        (target, *more), value = statement.targets, statement.value
        if (
            not more
            and isinstance(target, ast.Name | ast.Attribute | ast.Subscript)
            and ast.unparse(target) == ast.unparse(value.left)
        ):
            yield [*before, ast.AugAssign(target, value.op, value.right), *after]


@OPERATORS.on_blocks(
    "guard dropped",
    ("with torch.no_grad():\n    f()\n    g()", "f()\ng() | with torch.no_grad():\n    f()\ng()"),
)
def guard_dropped(block: Block, index: int) -> Iterator[Block]:
    """What stands under a ``with``, all of it or its last statement, without the ``with``."""
    guard = block[index]
    if isinstance(guard, ast.With):
        before, after = block[:index], block[index + 1 :]
        yield [*before, *guard.body, *after]
        if len(guard.body) > 1:
            shorter = ast.With(guard.items, guard.body[:-1], lineno=0)
            yield [*before, shorter, guard.body[-1], *after]


@OPERATORS.on_blocks(
    "another error",
    ("raise ValueError('no')", "raise RuntimeError('no')"),
    ("raise", ""),
)
def another_error(block: Block, index: int) -> Iterator[Block]:
    """Another type of error with the same words."""
    statement = block[index]
    if isinstance(statement, ast.Raise) and isinstance(statement.exc, ast.Call):
        name = statement.exc.func.id if isinstance(statement.exc.func, ast.Name) else ""
        other = "ValueError" if name == "RuntimeError" else "RuntimeError"
        raised = ast.Call(ast.Name(other), statement.exc.args, statement.exc.keywords)
        yield [*block[:index], ast.Raise(raised, statement.cause), *block[index + 1 :]]
