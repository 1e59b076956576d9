"""Numbers out of whatever a suite holds: tensors, lists, an answer's results.

Never raises and keeps little: an answer may be wrong in every way. Knows nothing of pictures.
"""

import math
from collections.abc import Iterator
from itertools import islice
from typing import Any

MOST_NUMBERS = 2000
MOST_ROWS = 80  # of a grid
MOST_POINTS = 400
_MOST_READ = 200_000  # numbers of one value; nobody's picture has more
_DEPTH = 4

Numbers = tuple[float, ...]


def numbers_of(values: Any) -> Numbers:
    """All numbers in it, in order and thinned to a bearable count; NaN for what is none."""
    return tuple(_thinned(values, MOST_NUMBERS))


def rows_of(grid: Any) -> tuple[Numbers, ...]:
    """The rows of a grid; one column of numbers is taken as a square grid, row by row."""
    items = items_of(grid)
    if all(len(items_of(row)) == 1 for row in items):
        flat = flatten(items)
        side = math.isqrt(len(flat))
        items = [flat[i * side : (i + 1) * side] for i in range(side)]
    return tuple(tuple(_thinned(row, MOST_ROWS * 2)) for row in thin_out(items, MOST_ROWS))


def pairs_of(places: Any) -> tuple[tuple[float, float], ...]:
    """The places that have two numbers, and not too many of them."""
    rows = [numbers_of(place) for place in thin_out(items_of(places), MOST_POINTS)]
    return tuple((row[0], row[1]) for row in rows if len(row) == 2)


def length_of(values: Any) -> int:
    """How many there are."""
    return len(items_of(values))


def _thinned(values: Any, most: int) -> list[float]:
    return [_number(v) for v in thin_out(flatten(values), most)]


def thin_out(items: list[Any], most: int) -> list[Any]:
    """Evenly chosen items, the last always among them."""
    step = -(-len(items) // most)
    if step <= 1:
        return items
    return [*items[:-1:step], items[-1]]


def items_of(values: Any) -> list[Any]:
    """A list of what is in a list, tuple, tensor or array; nothing of anything else.

    Only plain containers are asked: an object of the learner's could do anything when asked.
    """
    if isinstance(values, (list, tuple)):
        return list(values)
    if _is_array(values):
        plain = values.tolist() if math.prod(values.shape) <= _MOST_READ else []
        return plain if isinstance(plain, list) else [plain]
    return [values] if isinstance(values, (int, float)) else []


def _is_array(value: Any) -> bool:
    module = type(value).__module__.partition(".")[0]
    return module in ("torch", "numpy") and hasattr(value, "tolist") and hasattr(value, "shape")


def flatten(values: Any) -> list[Any]:
    """All numbers in it, however deep; NaN for what is none."""
    return list(islice(_leaves(values, _DEPTH), _MOST_READ))


def _leaves(values: Any, depth: int) -> Iterator[Any]:
    for item in items_of(values):
        if isinstance(item, (int, float)):
            yield item
        elif depth and (isinstance(item, (list, tuple)) or _is_array(item)):
            yield from _leaves(item, depth - 1)
        else:
            yield math.nan


def _number(value: Any) -> float:
    try:
        return float(value)
    except OverflowError:
        return math.inf if value > 0 else -math.inf


def compare(got: Any, want: Any) -> tuple[float, float, float]:
    """Both lengths, and the cosine of the angle (NaN where there is none)."""
    a = [_number(v) for v in flatten(got)]
    b = [_number(v) for v in flatten(want)]
    long, right = math.hypot(*a), math.hypot(*b)
    known = len(a) == len(b) and 0 < long < math.inf and 0 < right < math.inf
    cosine = (
        math.fsum((x / long) * (y / right) for x, y in zip(a, b, strict=True))
        if known
        else math.nan
    )
    return long, right, cosine
