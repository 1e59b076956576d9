"""Changes of calls: another function, one call less, other arguments."""

import ast
from collections.abc import Iterator

from dojo.operators.operator import Operators

OPERATORS = Operators()
_MODULES = {"torch", "math", "np", "numpy", "nn", "F", "functional", "autograd", "optim"}
_PAIRS = (
    ("sum", "mean"),
    ("min", "max"),
    ("argmin", "argmax"),
    ("amin", "amax"),
    ("any", "all"),
    ("zeros", "ones"),
    ("zeros_like", "ones_like"),
    ("rand", "randn"),
    ("squeeze", "unsqueeze"),
    ("sin", "cos"),
    ("floor", "ceil"),
    ("stack", "cat"),
    ("relu", "tanh"),
    ("add_", "sub_"),
    ("mul_", "div_"),
    ("detach", "clone"),
    ("append", "extend"),
    ("train", "eval"),
)
_OTHERS = {a: b for pair in _PAIRS for a, b in (pair, pair[::-1])}
_NO_TENSORS = {
    *("len", "range", "zip", "enumerate", "list", "tuple", "dict", "set", "iter", "next", "super"),
    *("int", "float", "str", "bool", "item", "tolist", "append", "extend", "add", "keys", "items"),
    *("no_grad", "isinstance", "reversed", "sorted", "backward", "step", "zero_grad", "parameters"),
}
_REDUCTIONS = {"sum", "mean", "min", "max", "argmin", "argmax", "any", "all", "std", "var"}


@OPERATORS.on_expressions("sum for mean", ("x.mean()", "x.sum()"), ("sum(xs)", ""))
def sum_for_mean(node: ast.expr) -> Iterator[ast.expr]:
    """The method ``sum`` for ``mean``, and the other way round."""
    if isinstance(node, ast.Attribute) and node.attr in ("sum", "mean"):
        yield ast.Attribute(node.value, _OTHERS[node.attr], ast.Load())


@OPERATORS.on_expressions(
    "another function", ("torch.zeros(3)", "torch.ones(3)"), ("max(a, b)", "min(a, b)")
)
def another_function(node: ast.expr) -> Iterator[ast.expr]:
    """The function or method that is its counterpart: see `_PAIRS`."""
    if isinstance(node, ast.Attribute):
        other = _OTHERS.get(node.attr)
        if other is not None and node.attr not in ("sum", "mean"):
            yield ast.Attribute(node.value, other, ast.Load())
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        other = _OTHERS.get(node.func.id)
        if other in ("min", "max", "any", "all"):
            yield ast.Call(ast.Name(other), node.args, node.keywords)


@OPERATORS.on_expressions(
    "call dropped",
    ("x.detach().clone()", "x.detach() | x.clone()"),
    ("torch.exp(x)", "x"),
    ("abs(x)", "x"),
    ("x.T @ y", "x @ y"),
    ("x[1:]", "x"),
)
def call_dropped(node: ast.expr) -> Iterator[ast.expr]:
    """What a method was called on, a function's first argument, what was indexed or transposed."""
    if isinstance(node, ast.Call):
        receiver = _receiver(node.func)
        if receiver is not None:
            yield receiver
        elif node.args and not isinstance(node.args[0], ast.Starred):
            yield node.args[0]
    elif isinstance(node, ast.Attribute):
        if node.attr in ("T", "mT", "H", "grad", "data"):
            yield node.value
    elif isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Load):
        yield node.value


@OPERATORS.on_expressions(
    "axis changed",
    ("x.sum(dim=0)", "x.sum(dim=1)"),
    ("x.mean(-1)", "x.mean(0)"),
    ("x.mean()", "x.mean(dim=0)"),
    ("torch.cat(xs)", ""),
)
def axis_changed(node: ast.expr) -> Iterator[ast.expr]:
    """Another axis for the one that is given, or axis 0 where none is."""
    if not isinstance(node, ast.Call):
        return
    for i, keyword in enumerate(node.keywords):
        if keyword.arg in ("dim", "axis"):
            changed = ast.keyword(keyword.arg, ast.Constant(0 if _number(keyword.value) else 1))
            keywords = [*node.keywords[:i], changed, *node.keywords[i + 1 :]]
            yield ast.Call(node.func, node.args, keywords)
    if isinstance(node.func, ast.Attribute) and node.func.attr in _REDUCTIONS:
        if _receiver(node.func) is None:
            return
        if len(node.args) == 1 and _number(node.args[0]) is not None:
            other = ast.Constant(0 if _number(node.args[0]) else 1)
            yield ast.Call(node.func, [other], node.keywords)
        if not node.args and not node.keywords:
            yield ast.Call(node.func, [], [ast.keyword("dim", ast.Constant(0))])


@OPERATORS.on_expressions(
    "axis added",
    ("loss_fn(model(x), y)", "loss_fn(model(x).unsqueeze(0), y)"),
    ("f(len(x))", ""),
    ("f(x).mean()", ""),
)
def axis_added(node: ast.expr) -> Iterator[ast.expr]:
    """The call with a first axis of length 1 on one of its arguments."""
    if isinstance(node, ast.Call):
        for i, argument in enumerate(node.args):
            if makes_a_tensor(argument):
                args = [*node.args[:i], with_an_axis(argument), *node.args[i + 1 :]]
                yield ast.Call(node.func, args, node.keywords)


@OPERATORS.on_expressions(
    "argument dropped",
    ("f(a, b)", "f(b) | f(a)"),
    ("x.sum(dim=0, keepdim=True)", "x.sum(keepdim=True) | x.sum(dim=0)"),
    ("zip(a, strict=True)", "zip(strict=True)"),
)
def argument_dropped(node: ast.expr) -> Iterator[ast.expr]:
    """The call without one of its arguments; ``strict`` stays."""
    if isinstance(node, ast.Call):
        for i in range(len(node.args)):
            yield ast.Call(node.func, node.args[:i] + node.args[i + 1 :], node.keywords)
        for i, keyword in enumerate(node.keywords):
            if keyword.arg != "strict":
                yield ast.Call(node.func, node.args, node.keywords[:i] + node.keywords[i + 1 :])


@OPERATORS.on_expressions(
    "arguments swapped",
    ("f(a, b, c)", "f(b, a, c) | f(a, c, b)"),
    ("f(p=a, q=b)", "f(p=b, q=a)"),
)
def arguments_swapped(node: ast.expr) -> Iterator[ast.expr]:
    """The call with two neighbouring arguments, or their values, in each other's place."""
    if isinstance(node, ast.Call):
        for i in range(len(node.args) - 1):
            args = list(node.args)
            args[i : i + 2] = args[i + 1], args[i]
            yield ast.Call(node.func, args, node.keywords)
        for i in range(len(node.keywords) - 1):
            a, b = node.keywords[i : i + 2]
            swapped = [ast.keyword(a.arg, b.value), ast.keyword(b.arg, a.value)]
            keywords = [*node.keywords[:i], *swapped, *node.keywords[i + 2 :]]
            yield ast.Call(node.func, node.args, keywords)


@OPERATORS.on_expressions(
    "true for false", ("f(keepdim=True)", "f(keepdim=False)"), ("False", "True"), ("1", "")
)
def true_for_false(node: ast.expr) -> Iterator[ast.expr]:
    """The other truth value."""
    if isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield ast.Constant(not node.value)


def makes_a_tensor(node: ast.expr) -> bool:
    """Whether an expression is a call that may well return a tensor."""
    if not isinstance(node, ast.Call):
        return False
    name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
    name = node.func.id if isinstance(node.func, ast.Name) else name
    return name not in _NO_TENSORS and not name[:1].isupper()


def with_an_axis(node: ast.expr) -> ast.expr:
    """A tensor with a first axis of length 1."""
    return ast.Call(ast.Attribute(node, "unsqueeze", ast.Load()), [ast.Constant(0)], [])


def _receiver(function: ast.expr) -> ast.expr | None:
    """What a method is called on; None where that is a module, a class, or nothing."""
    if not isinstance(function, ast.Attribute):
        return None
    value = function.value
    name = value.id if isinstance(value, ast.Name) else ""
    if isinstance(value, ast.Attribute):
        name = value.attr
    if name in _MODULES or name[:1].isupper() or (isinstance(value, ast.Call) and _is_super(value)):
        return None
    return value


def _is_super(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Name) and call.func.id == "super"


def _number(node: ast.expr) -> int | None:
    """The value of a literal whole number, with its sign."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        value = _number(node.operand)
        return None if value is None else -value
    return node.value if isinstance(node, ast.Constant) and type(node.value) is int else None
