"""The words in which suites are written; docs/authoring.md explains each.

A word either holds or raises Failed with the plain facts; why an answer is wrong is found out
later, by diagnosis.
"""

from collections.abc import Callable
from dataclasses import replace
from types import ModuleType
from typing import Any

import pytest
import torch

from dojo.contract.check import capital, describe
from dojo.failure import Failed, evidence_of
from dojo.pictures import (
    Boundary,
    FittedFunction,
    GradientBars,
    Landscape,
    LossCurve,
    LossSlice,
    Mask,
    RateEffects,
    TwoLosses,
)
from dojo.suite.again import twice
from dojo.suite.agreeing import agree
from dojo.suite.chance import about, bell_shaped, first_good, moments, rate
from dojo.suite.compare import close, is_tensor, length, position, same
from dojo.suite.deriving import close_each, derivatives
from dojo.suite.draw import boundary_of, draw
from dojo.suite.fitting import fits, stepped
from dojo.suite.measuring import measured
from dojo.suite.moving import descends, factor, moves, paired
from dojo.suite.proxy import Learner, Vjp
from dojo.suite.sequences import permutation
from dojo.suite.source import alike, draws_from
from dojo.suite.telling import tells_apart
from dojo.verdict import SUITE_KINDS, Finding
from dojo.wall.exchange import Last
from dojo.wall.handle import Handle
from dojo.wire.values import Record, facts_of
from dojo.words.numbers import apart, count, rounded
from dojo.words.raised import Raised

__all__ = [
    "Boundary",
    "FittedFunction",
    "Gen",
    "GradientBars",
    "Handle",
    "Landscape",
    "Learner",
    "LossCurve",
    "LossSlice",
    "Mask",
    "ModuleType",
    "RateEffects",
    "Record",
    "Spy",
    "TwoLosses",
    "Vjp",
    "about",
    "agree",
    "alike",
    "apart",
    "attached",
    "bell_shaped",
    "boundary_of",
    "close",
    "close_each",
    "convergence",
    "count",
    "derivatives",
    "descends",
    "detached",
    "draw",
    "draws_from",
    "factor",
    "finite",
    "first_good",
    "fits",
    "gradients",
    "holds",
    "is_leaf",
    "length",
    "measured",
    "moments",
    "moves",
    "paired",
    "permutation",
    "rate",
    "record",
    "rejects",
    "require",
    "rounded",
    "same",
    "shapes",
    "stepped",
    "tells_apart",
    "twice",
    "untouched",
    "values",
]

shapes, values, gradients, convergence = map(pytest.mark.kind, SUITE_KINDS)


class Gen:
    """Fresh random inputs, the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self._source = torch.Generator().manual_seed(seed)

    def randn(self, *shape: int) -> torch.Tensor:
        """Standard normal numbers, float64."""
        return torch.randn(shape, generator=self._source, dtype=torch.float64)

    def rand(self, *shape: int) -> torch.Tensor:
        """Uniform numbers in [0, 1), float64."""
        return torch.rand(shape, generator=self._source, dtype=torch.float64)

    def uniform(self, low: float, high: float, *shape: int) -> torch.Tensor:
        """Uniform numbers in [low, high), float64."""
        return low + (high - low) * self.rand(*shape)

    def randint(self, low: int, high: int, *shape: int) -> torch.Tensor:
        """Whole numbers from low to high - 1, int64."""
        return torch.randint(low, high, shape, generator=self._source)

    def integer(self, low: int, high: int) -> int:
        """One whole number from low to high - 1."""
        return int(self.randint(low, high, 1).item())

    def permutation(self, n: int) -> torch.Tensor:
        """The numbers 0 to n - 1 in random order."""
        return torch.randperm(n, generator=self._source)

    def generator(self) -> torch.Generator:
        """A generator to hand to the learner."""
        return torch.Generator().manual_seed(self.integer(0, 2**31))


class Spy:
    """A function to hand to the learner that remembers its calls.

    Args:
        function: what it does.
        most: calls after which it is an endless loop.
        mistake: the mistake of the card that more calls tell.

    Attributes:
        calls: the arguments of each call, tensors as they were then.
    """

    def __init__(
        self, function: Callable[..., Any], most: int = 1000, mistake: str | None = None
    ) -> None:
        self._function = function
        self._most = most
        self._mistake = mistake
        self.__name__ = getattr(function, "__name__", "f").strip("<>")
        self.calls: list[tuple[Any, ...]] = []

    def __call__(self, *args: Any) -> Any:
        self.calls.append(tuple(a.detach().clone() if is_tensor(a) else a for a in args))
        count = len(self.calls)
        require(
            count <= self._most,
            f"`{self.__name__}` was called {count} times and no end is in sight.",
            mistake=self._mistake,
        )
        return self._function(*args)


def record(type_name: str, **fields: Any) -> Record:
    """An argument of a class that the stub defines."""
    return Record(type_name, fields)


def require(
    condition: object,
    message: str,
    mistake: str | Callable[[], str | None] | None = None,
    **evidence: Any,
) -> None:
    """Require anything else.

    Args:
        condition: what must be true; a tensor: everywhere, and not empty.
        message: what is observed, and what was expected.
        mistake: of the card, where the check can tell; or a function that finds out which, called
            only if the condition is not true.
        evidence: numbers that are observed.

    Raises:
        Failed: the condition is not true.
    """
    if isinstance(condition, torch.Tensor):
        condition = bool(condition.all()) and condition.numel() > 0
    if not condition:
        name = mistake() if callable(mistake) else mistake
        raise Failed(Finding(message, mistake=name, evidence=evidence_of(**evidence)))


def holds(words: Callable[[], object]) -> bool:
    """Whether these words hold: to tell mistakes apart, not to judge."""
    try:
        words()
    except Failed:
        return False
    return True


def untouched(learner: Learner, *names: str, mistake: str | None = None) -> None:
    """Require that the last call left its arguments (or the named ones) as they were.

    Args:
        learner: the answer.
        names: of arguments; none for all of them.
        mistake: of the card, which says what to do; else the finding does.

    Raises:
        Failed: one was changed.
    """
    last: Last = learner.last
    touched = [n for n in last.changed if not names or n in names]
    if not touched:
        return
    if mistake is not None:
        text = f"The caller's {' and '.join(touched)} had other values after the call."
    else:
        text = (
            f"The caller's `{touched[0]}` was changed: it has other values after the call "
            "than before. Work on a copy, or make a new tensor."
        )
    raise Failed(Finding(text, mistake=mistake, evidence=evidence_of(changed=touched[0])))


def rejects(call: Callable[[], Any], error: type[Exception], what: str) -> None:
    """Require that the learner's code refuses something by raising an error.

    Args:
        call: makes one call of the learner.
        error: the type that should be raised (or a subclass of it).
        what: what should be refused, for the message: "unequal shapes".

    Raises:
        Failed: nothing was raised, or something else.
    """
    try:
        value = call()
    except Failed as failed:
        if failed.cause == "contract":
            value = None
        elif failed.cause != "raised" or failed.raised is None:
            raise
        elif error.__name__ in failed.raised.bases:
            return
        else:
            raise _other_error(failed, failed.raised, error.__name__, what) from None
    shown = "" if value is None else f" and returned {describe(value)}"
    raise Failed(
        Finding(f"{capital(what)} should raise {error.__name__}, but the call went through{shown}.")
    )


def _other_error(failed: Failed, raised: Raised, wanted: str, what: str) -> Failed:
    """What was to be refused stopped the answer, but with another error."""
    if raised.own:
        how = f"the answer raises {raised.type} itself"
    else:
        how = f"nothing refused it, and this line stopped with {raised.type}"
    text = f"{capital(what)} should raise {wanted}, but {how}."
    finding = replace(failed.finding, message=text, mistake="other-error")
    return Failed(finding, cause="raised", raised=raised)


def attached(tensor: Any, name: str = "the result") -> None:
    """Require that a result can be differentiated.

    Raises:
        Failed: it is cut off from what it was computed from.
    """
    facts = facts_of(tensor) if is_tensor(tensor) else None
    if facts is None or not facts.requires_grad:
        raise Failed(
            Finding(
                f"{capital(name)} can't be differentiated: its connection to what it was computed "
                "from is cut (by detach, item, NumPy, no_grad, or a new tensor made from numbers).",
                evidence=evidence_of(requires_grad=False),
            )
        )


def detached(tensor: Any, name: str = "the result") -> None:
    """Require that a result carries no record of gradients.

    Raises:
        Failed: it is still attached to a graph.
    """
    facts = facts_of(tensor) if is_tensor(tensor) else None
    if facts is None or facts.requires_grad:
        raise Failed(
            Finding(
                f"{capital(name)} still records gradients (requires_grad is True): it is attached "
                "to the computation that made it.",
                evidence=evidence_of(requires_grad=True),
            )
        )


def is_leaf(tensor: Any, name: str = "the result") -> None:
    """Require a leaf that requires grad: a tensor that backward() fills ``.grad`` of.

    Raises:
        Failed: it isn't one.
    """
    facts = facts_of(tensor) if is_tensor(tensor) else None
    if facts is None or not facts.requires_grad:
        text = f"{capital(name)} doesn't record gradients: its requires_grad is False."
        raise Failed(Finding(text, evidence=evidence_of(requires_grad=False)))
    if not facts.is_leaf:
        text = (
            f"{capital(name)} is not a leaf: it was computed from another tensor after recording "
            "began, so backward() will not fill its .grad."
        )
        raise Failed(Finding(text, evidence=evidence_of(is_leaf=False)))


def finite(value: Any, name: str = "the result") -> None:
    """Require numbers without NaN and infinity.

    Raises:
        Failed: there is one, or nothing at all.
    """
    tensor = value if is_tensor(value) else torch.as_tensor(value, dtype=torch.float64)
    bad = ~torch.isfinite(tensor.detach())
    if tensor.numel() and not bool(bad.any()):
        return
    where = position(bad) if tensor.numel() else "it is empty"
    raise Failed(Finding(f"{capital(name)} should hold finite numbers, but {where}."))
