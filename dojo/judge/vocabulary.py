"""The words in which suites are written; docs/authoring.md explains each.

A word either holds or raises Failed with the plain facts; why an answer is wrong is found out
later, by diagnosis.
"""

import math
from collections.abc import Callable, Sequence
from typing import Any

import pytest
import torch

from dojo.judge.compliance import capital, describe, shape_text
from dojo.judge.conversation import Last
from dojo.judge.failure import Failed, evidence_of
from dojo.judge.handle import Handle
from dojo.judge.learner import Learner, Vjp
from dojo.values import Record, facts_of
from dojo.verdict import Finding

__all__ = [
    "Gen",
    "Handle",
    "Learner",
    "Record",
    "Vjp",
    "attached",
    "close",
    "constraints",
    "convergence",
    "detached",
    "finite",
    "gradients",
    "is_leaf",
    "only_gen",
    "record",
    "rejects",
    "require",
    "same",
    "shapes",
    "typing",
    "untouched",
    "values",
]

shapes = pytest.mark.kind("shapes")
values = pytest.mark.kind("values")
gradients = pytest.mark.kind("gradients")
convergence = pytest.mark.kind("convergence")
constraints = pytest.mark.kind("constraints")
typing = pytest.mark.kind("typing")

# A right answer differs from the reference by at most 5.6e-16 (norm-wise, float64, 4,000 random
# two-layer nets) after one step and 1e-12 after 20; the smallest planted error was 1e-9.
EXACT = 1e-10
LONG_RUN = 1e-9
# In float32: 4e-7 after one step, 1e-6 after 100 (measured likewise).
SINGLE = 1e-4


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


def record(type_name: str, **fields: Any) -> Record:
    """An argument of a class that the stub defines."""
    return Record(type_name, fields)


def close(got: Any, want: Any, name: str = "the result", steps: int = 1) -> None:
    """Require equality up to rounding, judged by the norm of the difference.

    Args:
        got: what the learner returned: a tensor, number, list or Record.
        want: the reference, of the same structure (numbers and lists may stand for tensors).
        name: what it is, for the message.
        steps: how many steps of training led there; more than 100 allow more rounding.

    Raises:
        Failed: it differs, or has another shape.
    """
    if isinstance(want, Record):
        for key, value in want.fields.items():
            close(getattr(got, key, None), value, f"`{key}` of {name}", steps)
        return
    wanted = torch.as_tensor(want, dtype=torch.float64) if not _is_tensor(want) else want.detach()
    try:
        found = got.detach() if _is_tensor(got) else torch.as_tensor(got, dtype=torch.float64)
    except (TypeError, ValueError, RuntimeError):
        raise Failed(
            Finding(f"{capital(name)} should be numbers, but it is {describe(got)}."),
            got=got,
            want=wanted,
            name=name,
        ) from None
    if found.shape != wanted.shape:
        text = (
            f"{capital(name)} has shape {shape_text(found.shape)} "
            f"instead of {shape_text(wanted.shape)}."
        )
        raise Failed(
            Finding(text, evidence=evidence_of(shape=shape_text(found.shape))),
            cause="contract",
            got=found,
            want=wanted,
            name=name,
        )
    facts = facts_of(got) if _is_tensor(got) else None
    single = facts is not None and facts.dtype in ("float32", "float16", "bfloat16")
    tolerance = SINGLE if single or _float32_mode() else LONG_RUN if steps > 100 else EXACT
    found, wanted = found.to(torch.float64), wanted.to(torch.float64)
    # Norms of numbers beyond 1e154 overflow, and infinity would equal infinity.
    largest = max(1.0, float(wanted.abs().max())) if wanted.numel() else 1.0
    unit = largest if math.isfinite(largest) else 1.0
    difference = float((found / unit - wanted / unit).norm())
    scale = float((wanted / unit).norm())
    # Written so that NaN fails.
    if difference <= tolerance * scale + tolerance * 1e-3:
        return
    raise Failed(
        Finding(_difference_text(found, wanted, name), evidence=_difference(found, wanted)),
        cause="value",
        got=found,
        want=wanted,
        name=name,
        dtype_trouble=math.isfinite(difference) and difference <= SINGLE * (scale + 1e-3),
    )


def same(got: Any, want: Any, name: str = "the result") -> None:
    """Require exact equality: whole numbers, truth values, strings, lists of them.

    Raises:
        Failed: it differs.
    """
    found = got.tolist() if _is_tensor(got) else got
    wanted = want.tolist() if _is_tensor(want) else want
    if isinstance(found, tuple):
        found = list(found)
    if isinstance(wanted, tuple):
        wanted = list(wanted)
    if type(found) is type(wanted) and found == wanted:
        return
    shown, expected = _short(found), _short(wanted)
    raise Failed(
        Finding(f"{capital(name)} is {shown}, but it should be {expected}."),
        cause="value",
        got=found,
        want=wanted,
        name=name,
    )


def require(condition: object, message: str, mistake: str | None = None, **evidence: Any) -> None:
    """Require anything else; ``mistake`` names a mistake of the card that the check recognised.

    Raises:
        Failed: the condition is not true.
    """
    if isinstance(condition, torch.Tensor):
        condition = bool(condition.all()) and condition.numel() > 0
    if not condition:
        raise Failed(Finding(message, mistake=mistake, evidence=evidence_of(**evidence)))


def untouched(learner: Learner, *names: str) -> None:
    """Require that the last call left its arguments (or the named ones) as they were.

    Raises:
        Failed: one was changed.
    """
    last: Last = learner.last
    touched = [n for n in last.changed if not names or n in names]
    if touched:
        raise Failed(
            Finding(
                f"The caller's `{touched[0]}` was changed: it has other values after the call "
                "than before. Work on a copy, or make a new tensor.",
                evidence=evidence_of(changed=touched[0]),
            )
        )


def only_gen(learner: Learner) -> None:
    """Require that the last call left the global random generators alone.

    Raises:
        Failed: one of them moved.
    """
    if learner.last.rng_advanced:
        raise Failed(
            Finding(
                "Random numbers were drawn from the global generator. All randomness should come "
                "from `gen`, so that the same `gen` gives the same numbers.",
                evidence=evidence_of(global_random_state="advanced"),
            )
        )


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
        elif failed.cause != "raised":
            raise
        else:
            if failed.raised is not None and error.__name__ in failed.raised.bases:
                return
            raise
    shown = "" if value is None else f" and returned {describe(value)}"
    raise Failed(
        Finding(f"{capital(what)} should raise {error.__name__}, but the call went through{shown}.")
    )


def attached(tensor: Any, name: str = "the result") -> None:
    """Require that a result can be differentiated.

    Raises:
        Failed: it is cut off from what it was computed from.
    """
    facts = facts_of(tensor) if _is_tensor(tensor) else None
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
    facts = facts_of(tensor) if _is_tensor(tensor) else None
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
    facts = facts_of(tensor) if _is_tensor(tensor) else None
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
    tensor = value if _is_tensor(value) else torch.as_tensor(value, dtype=torch.float64)
    bad = ~torch.isfinite(tensor.detach())
    if tensor.numel() and not bool(bad.any()):
        return
    where = _position(bad) if tensor.numel() else "it is empty"
    raise Failed(Finding(f"{capital(name)} should hold finite numbers, but {where}."))


def _float32_mode() -> bool:
    return _mode["dtype"] == "float32"


# Which dtype the running check is judged in; the plugin sets it around each check.
_mode = {"dtype": "float64"}


def set_mode(dtype: str) -> None:
    """Tell the vocabulary in which dtype the running check is judged."""
    _mode["dtype"] = dtype


def _is_tensor(value: Any) -> bool:
    return isinstance(value, torch.Tensor)


def _difference(found: torch.Tensor, wanted: torch.Tensor) -> dict[str, Any]:
    gap = (found - wanted).abs()
    if not gap.numel():
        return {}
    at = int(gap.nan_to_num(nan=math.inf).argmax())
    return dict(
        evidence_of(
            largest_difference=float(gap.reshape(-1)[at]),
            got=float(found.reshape(-1)[at]),
            expected=float(wanted.reshape(-1)[at]),
        )
    )


def _difference_text(found: torch.Tensor, wanted: torch.Tensor, name: str) -> str:
    """The plain facts of a difference: how large, and where."""
    name = capital(name)
    bad = ~torch.isfinite(found)
    if bool(bad.any()) and bool(torch.isfinite(wanted).all()):
        return f"{name} is not finite: {_position(bad)}."
    gap = (found - wanted).abs().nan_to_num(nan=math.inf)
    at = int(gap.argmax())
    got, expected = float(found.reshape(-1)[at]), float(wanted.reshape(-1)[at])
    if found.numel() == 1:
        return f"{name} is {got:.6g}, but {expected:.6g} was expected."
    index = _index_text(at, found.shape)
    count = int((gap > EXACT * (1 + wanted.abs())).sum())
    share = "all" if count == found.numel() else f"{count} of"
    return (
        f"{name} differs in {share} {found.numel()} numbers, most at {index}: "
        f"{got:.6g} instead of {expected:.6g}."
    )


def _position(bad: torch.Tensor) -> str:
    first = int(bad.reshape(-1).to(torch.uint8).argmax())
    count = int(bad.sum())
    place = "" if bad.numel() == 1 else f", the first at {_index_text(first, bad.shape)}"
    return f"{count} of {bad.numel()} numbers are NaN or infinite{place}"


def _index_text(flat: int, shape: Sequence[int]) -> str:
    index: list[int] = []
    for n in reversed(shape):
        index.append(flat % n)
        flat //= n
    return "[" + ", ".join(str(i) for i in reversed(index)) + "]"


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 80 else f"{text[:60]} ... ({describe(value)})"
