"""Numbers as they are worked out: ``2*16 + 16`` is read, and nothing else is carried out."""

import ast
import math
import operator
from collections.abc import Callable

LONGEST = 200  # characters

_BETWEEN: dict[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: math.pow,  # in floating point: no power takes long
}
_BEFORE: dict[type[ast.unaryop], Callable[[float], float]] = {
    ast.USub: operator.neg,
    ast.UAdd: operator.pos,
}
_FUNCTIONS = {name: getattr(math, name) for name in ("exp", "log", "sqrt", "tanh")}


def number(text: str) -> float:
    """The number that a text works out: with + - * / **, brackets, exp, log, sqrt and tanh.

    Raises:
        ValueError: it is no such text, or there is no such number.
    """
    if len(text) > LONGEST:
        raise ValueError(f"more than {LONGEST} characters")
    try:
        value = _value(ast.parse(text.strip(), mode="eval").body)
    except (SyntaxError, ArithmeticError, RecursionError, MemoryError) as error:
        raise ValueError(str(error)) from None
    if not math.isfinite(value):
        raise ValueError("it is infinite, or no number")
    return value


def _value(node: ast.expr) -> float:
    match node:
        case ast.Constant(int() | float() as value) if not isinstance(value, bool):
            return float(value)
        case ast.UnaryOp(op, operand) if type(op) in _BEFORE:
            return _BEFORE[type(op)](_value(operand))
        case ast.BinOp(left, op, right) if type(op) in _BETWEEN:
            return _BETWEEN[type(op)](_value(left), _value(right))
        case ast.Call(ast.Name(name), [argument], []) if name in _FUNCTIONS:
            return _FUNCTIONS[name](_value(argument))
        case _:
            raise ValueError(f"{ast.unparse(node)} is nothing to reckon with")
