"""Changes of comparisons, of conditions, and of what they decide."""

import ast
from collections.abc import Iterator

from dojo.operators.operator import Block, Operators

OPERATORS = Operators()
_COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.GtE),
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.LtE),
    ast.Eq: (ast.NotEq, ast.GtE, ast.LtE),
    ast.NotEq: (ast.Eq, ast.Lt, ast.Gt),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}


@OPERATORS.on_expressions(
    "comparison swapped",
    ("a < b", "a <= b | a > b"),
    ("a == b", "a != b | a >= b | a <= b"),
    ("a is None", "a is not None"),
    ("a == 'text'", "a != 'text'"),
)
def comparison_swapped(node: ast.expr) -> Iterator[ast.expr]:
    """The comparisons beside this one; of texts, only its contrary."""
    if isinstance(node, ast.Compare):
        texts = any(
            isinstance(n, ast.Constant) and isinstance(n.value, str) for n in node.comparators
        )
        for i, op in enumerate(node.ops):
            for other in _COMPARISONS[type(op)][: 1 if texts else None]:
                ops = [*node.ops[:i], other(), *node.ops[i + 1 :]]
                yield ast.Compare(node.left, ops, node.comparators)


@OPERATORS.on_expressions(
    "and for or", ("a and b", "a or b | b | a"), ("a or b", "a and b | b | a"), ("not a", "a")
)
def and_for_or(node: ast.expr) -> Iterator[ast.expr]:
    """The other connective, or all parts but one; of a ``not``, what it negates."""
    if isinstance(node, ast.BoolOp):
        other = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        yield ast.BoolOp(other, node.values)
        for i in range(len(node.values)):
            rest = node.values[:i] + node.values[i + 1 :]
            yield rest[0] if len(rest) == 1 else ast.BoolOp(node.op, rest)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield node.operand


@OPERATORS.on_expressions(
    "branch chosen",
    ("a if c else b", "b if c else a | a | b"),
    ("[i for i in x if i > 0]", "[i for i in x] | [i for i in x if not i > 0]"),
)
def branch_chosen(node: ast.expr) -> Iterator[ast.expr]:
    """The branches of a conditional expression turned, or one of them; a filter off or turned."""
    if isinstance(node, ast.IfExp):
        yield ast.IfExp(node.test, node.orelse, node.body)
        yield node.body
        yield node.orelse
    elif (
        isinstance(node, ast.ListComp | ast.GeneratorExp | ast.SetComp)
        and len(node.generators) == 1
    ):
        loop = node.generators[0]
        if loop.ifs:
            negated = [_not(loop.ifs[0]), *loop.ifs[1:]]
            for ifs in (loop.ifs[:0], negated):
                changed = ast.comprehension(loop.target, loop.iter, ifs, loop.is_async)
                yield type(node)(node.elt, [changed])


@OPERATORS.on_blocks(
    "condition negated",
    ("if a:\n    f()\nelse:\n    g()", "if not a:\n    f()\nelse:\n    g() | f() | g()"),
    ("while a:\n    f()", ""),
    ("if not a:\n    f()", "if a:\n    f() | f()"),
)
def condition_negated(block: Block, index: int) -> Iterator[Block]:
    """An ``if`` with the contrary condition, or with one branch taken always."""
    statement = block[index]
    if isinstance(statement, ast.If):
        before, after = block[:index], block[index + 1 :]
        yield [*before, ast.If(_not(statement.test), statement.body, statement.orelse), *after]
        yield [*before, *statement.body, *after]
        if statement.orelse:
            yield [*before, *statement.orelse, *after]


def _not(test: ast.expr) -> ast.expr:
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        return test.operand
    return ast.UnaryOp(ast.Not(), test)
