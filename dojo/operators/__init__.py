"""One-step changes of a piece of code: each operator finds its places and says what stands there.

Works on Python's syntax tree alone and imports nothing else of the engine, so that the proof for
authors and the diagnosis for learners can use the same set.

    >>> from dojo.operators import OPERATORS, changes
    >>> [c.new for c in changes("y = x.sum()", [OPERATORS["sum for mean"]])]
    ['y = x.mean()']
"""

from dojo.operators import arithmetic, calls, choices, loops, results, statements
from dojo.operators.change import Change, changes
from dojo.operators.operator import Example, Operator

ALL: tuple[Operator, ...] = (
    *arithmetic.OPERATORS,
    *calls.OPERATORS,
    *choices.OPERATORS,
    *loops.OPERATORS,
    *results.OPERATORS,
    *statements.OPERATORS,
)
OPERATORS: dict[str, Operator] = {operator.name: operator for operator in ALL}

__all__ = ["ALL", "OPERATORS", "Change", "Example", "Operator", "changes"]
