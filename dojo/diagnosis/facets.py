"""An answer of the learner process as named facets that can be compared one by one.

A facet is one observable thing about one answer: the values of a tensor, its shape, whether it
records gradients, the exception that was raised, what an argument is afterwards.
"""

from dataclasses import replace
from typing import Any

import numpy as np

from dojo.suite.memory import Facets
from dojo.wire.parts import MALFORMED, Numbers, read_parts

# Equivalent formulas differ by at most 1e-12 after 20 steps in float64, planted errors by 1e-9
# and more; in float32 by 1e-6 and 1e-4.
_DOUBLE, _SINGLE = 1e-9, 1e-4
SIMPLE = 200  # a fraction is simple if its denominator is smaller
_NEAR = 1e-6
# What a style may leave otherwise in a right answer: it proves nothing, nor must it be explained.
STYLE = (" requires_grad", " leaf", " kind", " is")


def facets_of(body: dict[str, Any], buffers: list[memoryview]) -> Facets:
    """The facets of a reply; one that is malformed has that as its only facet."""
    try:
        return _reply_facets(body, buffers)
    except MALFORMED:
        return {"malformed": True}


def _reply_facets(body: dict[str, Any], buffers: list[memoryview]) -> Facets:
    out: Facets = {}
    error = body.get("error")
    if isinstance(error, dict):
        kind, own = str(error.get("type")), error.get("own") is True
        # What a `raise` or `assert` of the answer says is its author's own.
        out["error"] = (kind, own, "" if own else str(error.get("message")))
        return out
    read_parts(body.get("value"), "value", buffers, out)
    read_parts(body.get("grads"), "grads", buffers, out)
    for i, node in enumerate(body.get("known") or ()):
        read_parts(node, f"argument {i}", buffers, out)
    report = body.get("report")
    if isinstance(report, dict):
        out["randoms"] = tuple(report.get("randoms") or ())
        out["modes"] = tuple(report.get("modes") or ())
    return out


def coarsened(facets: Facets) -> Facets:
    """The same, all numbers known in single precision only."""
    return {name: _coarse(value) for name, value in facets.items()}


def _coarse(value: Any) -> Any:
    if isinstance(value, float):
        return Numbers(np.array(value), single=True)
    return replace(value, single=True) if isinstance(value, Numbers) else value


def call_facets(body: dict[str, Any], buffers: list[memoryview]) -> Facets:
    """The facets of a callback: what our function was called with."""
    out: Facets = {}
    for i, node in enumerate(body.get("args") or ()):
        read_parts(node, f"argument {i}", buffers, out)
    return out


def equal(a: Any, b: Any) -> bool:
    """Whether two facets are the same up to rounding; NaN equals NaN."""
    if isinstance(a, float) and isinstance(b, Numbers):
        a = Numbers(np.array(a), single=False)
    elif isinstance(b, float) and isinstance(a, Numbers):
        b = Numbers(np.array(b), single=False)
    if isinstance(a, Numbers) and isinstance(b, Numbers):
        if a.values.shape != b.values.shape:
            return False
        tolerance = _SINGLE if a.single or b.single else _DOUBLE
        return _close(a.values, b.values, tolerance)
    if isinstance(a, float) and isinstance(b, float):
        return a == b or (a != a and b != b) or abs(a - b) <= _DOUBLE * max(abs(a), abs(b))
    return type(a) is type(b) and bool(a == b)


def formed(facet: Any, right: Any) -> Any:
    """A facet, or no more than that its numbers are of another form than the right ones."""
    if not isinstance(facet, Numbers):
        return facet
    alike = isinstance(right, Numbers) and right.values.shape == facet.values.shape
    return facet if alike else "numbers of another form"


def trivial(facet: Any) -> bool:
    """Whether a facet says so little that two different programs may share it by chance."""
    if isinstance(facet, Numbers):
        return not np.any(np.isfinite(facet.values) & ~np.isin(facet.values, (-1.0, 0.0, 1.0)))
    if isinstance(facet, float):
        return facet in (-1.0, 0.0, 1.0) or facet != facet
    return True


def several(facet: Any) -> bool:
    """Whether a facet holds more than one number of those that say something."""
    if not isinstance(facet, Numbers):
        return False
    finite = facet.values[np.isfinite(facet.values)]
    return len(np.unique(finite[~np.isin(finite, (-1.0, 0.0, 1.0))])) > 1


def simple(facet: Any) -> bool:
    """Whether a facet holds nothing but whole numbers and simple fractions: counts, shares."""
    if not isinstance(facet, (float, Numbers)):
        return True
    values = facet.values if isinstance(facet, Numbers) else np.array(facet)
    parts = values[np.isfinite(values)].reshape(-1, 1) * np.arange(1, SIMPLE)
    # With so many parts one of a thousand random numbers comes near some whole number.
    return bool((np.abs(parts - parts.round()).min(axis=1) < _NEAR).all()) if parts.size else True


def _close(a: np.ndarray, b: np.ndarray, tolerance: float) -> bool:
    if not np.array_equal(np.isfinite(a), np.isfinite(b)):
        return False
    rest = ~np.isfinite(a)
    if not np.array_equal(a[rest], b[rest], equal_nan=True):
        return False
    a, b = a[~rest], b[~rest]
    largest = max(np.abs(a).max(initial=0.0), np.abs(b).max(initial=0.0))
    if largest > 1.0:  # a norm of numbers beyond 1e154 would overflow, and infinity is infinity
        a, b = a / largest, b / largest
    gap = np.linalg.norm(a - b)
    scale = max(np.linalg.norm(a), np.linalg.norm(b))
    return bool(gap <= tolerance * scale + tolerance * 1e-6)
