"""Comparing what a learner returned with what is right: close, same and length.

A word either holds or raises Failed with the plain facts; why an answer is wrong is found out
later, by diagnosis.
"""

import math
from collections import deque
from collections.abc import Sequence
from typing import Any, NamedTuple

import torch

from dojo.contract.check import capital, describe, shape_text
from dojo.failure import Failed, evidence_of
from dojo.suite.otherwise import Otherwise, mistake_of
from dojo.verdict import Finding
from dojo.wire.values import NARROW, Record, facts_of
from dojo.words.numbers import apart, count

# A right answer differs from the reference by at most 5.6e-16 (norm-wise, float64, 4,000 random
# two-layer nets) after one step and 1e-12 after 20; the smallest planted error was 1e-9.
EXACT = 1e-10
LONG_RUN = 1e-9
# In float32: 4e-7 after one step, 1e-6 after 100 (measured likewise).
SINGLE = 1e-4

LONGEST = 80  # characters of a value in a sentence


def float32_mode() -> bool:
    """Whether the running check is judged in float32."""
    return _mode["single"]


# Whether the running check is judged in float32; set around each check.
_mode = {"single": False}


def set_single(single: bool) -> None:
    """Tell the words below whether the check that begins is judged in float32; forget the last."""
    _mode["single"] = single
    _compared.clear()


class Comparison(NamedTuple):
    """What `close` was given.

    Attributes:
        bar: name of the bar that it draws, if it does.
        got, want: the numbers.
    """

    bar: str | None
    got: torch.Tensor
    want: torch.Tensor


_compared: deque[Comparison] = deque(maxlen=64)


def compared() -> list[Comparison]:
    """The latest comparisons of the running check, right and wrong."""
    return list(_compared)


def show_bar(name: str, got: Any, want: torch.Tensor) -> None:
    """Draw a gradient as a bar before it is judged; one of another shape has none."""
    if is_tensor(got) and got.shape == want.shape:
        _compared.append(Comparison(name, got.detach(), want.detach()))


def close(
    got: Any,
    want: Any,
    name: str = "the result",
    steps: int = 1,
    otherwise: Otherwise | None = None,
    bar: str | None = None,
    allowed: tuple[float, float] = (0.0, 0.0),
) -> None:
    """Require equality up to rounding, judged by the norm of the difference.

    Args:
        got: what the learner returned: a tensor, number, Record, or a list of any of them.
        want: the reference, of the same structure (numbers and lists may stand for tensors).
        name: what it is, for the message.
        steps: how many steps of training led there; more than 100 allow more rounding.
        otherwise: mistakes of the card and what each would give; the first that fits is named.
        bar: draw it as a bar of this name in the check's picture of gradients.
        allowed: which share of the whole norm it may be off by where right answers differ by more
            than rounding: when judged in float64, and in float32.

    Raises:
        Failed: it differs, or has another shape.
    """
    if isinstance(want, Record):
        for key, value in want.fields.items():
            close(getattr(got, key, None), value, f"`{key}` of {name}", steps, allowed=allowed)
        return
    if isinstance(want, (list, tuple)) and any(isinstance(v, (torch.Tensor, Record)) for v in want):
        for i, (mine, right) in enumerate(zip(entries(got, len(want), name), want, strict=True)):
            close(mine, right, f"item {i} of {name}", steps, allowed=allowed)
        return
    wanted = torch.as_tensor(want, dtype=torch.float64) if not is_tensor(want) else want.detach()
    try:
        found = got.detach() if is_tensor(got) else torch.as_tensor(got, dtype=torch.float64)
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
    _compared.append(Comparison(bar, found, wanted))
    tolerance = SINGLE if in_single(got) else LONG_RUN if steps > 100 else EXACT
    found, wanted = found.to(torch.float64), wanted.to(torch.float64)
    # Norms of numbers beyond 1e154 overflow, and infinity would equal infinity.
    largest = max(1.0, float(wanted.abs().max())) if wanted.numel() else 1.0
    unit = largest if math.isfinite(largest) else 1.0
    difference = float((found / unit - wanted / unit).norm())
    scale = float((wanted / unit).norm())
    # Written so that NaN fails.
    share = max(tolerance, allowed[float32_mode()])
    if difference <= share * scale + tolerance * 1e-3:
        return
    raise Failed(
        Finding(
            _difference_text(found, wanted, name, share),
            mistake=mistake_of(found, wanted, otherwise),
            evidence=_difference(found, wanted),
        ),
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
    found = got.tolist() if is_tensor(got) else got
    wanted = want.tolist() if is_tensor(want) else want
    if isinstance(found, tuple):
        found = list(found)
    if isinstance(wanted, tuple):
        wanted = list(wanted)
    if type(found) is type(wanted) and found == wanted:
        return
    raise Failed(
        Finding(_unequal(found, wanted, capital(name))),
        cause="value",
        got=found,
        want=wanted,
        name=name,
    )


def length(got: Any, want: int, name: str = "the result", mistake: str | None = None) -> None:
    """Require a number of entries; ``mistake`` is the one of the card that another number tells.

    Raises:
        Failed: there are more or fewer.
    """
    if len(got) != want:
        raise Failed(
            Finding(
                f"{capital(name)} has {count(len(got), 'entry')}, but it should have {want}.",
                mistake=mistake,
                evidence=evidence_of(entries=len(got), expected=want),
            )
        )


def entries(got: Any, want: int, name: str) -> Sequence[Any]:
    """A list of so many items.

    Raises:
        Failed: it is none, or of another length.
    """
    if not isinstance(got, (list, tuple)):
        raise Failed(Finding(f"{capital(name)} should be a list, but it is {describe(got)}."))
    length(got, want, name)
    return got


def in_single(value: Any) -> bool:
    """Whether a value is known in single precision only."""
    facts = facts_of(value) if is_tensor(value) else None
    single = facts is not None and facts.dtype in NARROW
    return single or float32_mode()


def is_tensor(value: Any) -> bool:
    """Whether a value is a tensor."""
    return isinstance(value, torch.Tensor)


def _gaps(found: torch.Tensor, wanted: torch.Tensor) -> torch.Tensor:
    """How far apart the numbers are: 0 where they are equal, NaN and infinity too."""
    gap = (found - wanted).abs().nan_to_num(nan=math.inf, posinf=math.inf)
    return gap.masked_fill((found == wanted) | (found.isnan() & wanted.isnan()), 0.0)


def _difference(found: torch.Tensor, wanted: torch.Tensor) -> dict[str, Any]:
    gap = _gaps(found, wanted)
    if not gap.numel():
        return {}
    at = int(gap.argmax())
    return dict(
        evidence_of(
            largest_difference=float(gap.reshape(-1)[at]),
            got=float(found.reshape(-1)[at]),
            expected=float(wanted.reshape(-1)[at]),
        )
    )


def _difference_text(found: torch.Tensor, wanted: torch.Tensor, name: str, tolerance: float) -> str:
    """The plain facts of a difference: how large, and where.

    Args:
        found, wanted: of one shape.
        name: what they are.
        tolerance: that part of the whole size is rounding.
    """
    name = capital(name)
    bad = ~torch.isfinite(found)
    gap = _gaps(found, wanted)
    if bool(bad.any()) and (bool(torch.isfinite(wanted).all()) or not bool(gap.any())):
        return f"{name} is not finite: {position(bad)}."
    at = int(gap.argmax())
    got, expected = apart(float(found.reshape(-1)[at]), float(wanted.reshape(-1)[at]))
    if found.numel() == 1:
        return f"{name} is {got}, but {expected} was expected."
    # What is the largest part of a difference beyond rounding is no rounding itself.
    finite = torch.isfinite(wanted)
    least = tolerance * float(wanted[finite].norm()) / math.sqrt(found.numel())
    differ = int((gap > min(least, 0.5 * float(gap.max()))).sum())
    share = "all" if differ == found.numel() else f"{differ} of"
    return (
        f"{name} differs in {share} {found.numel()} numbers, most at "
        f"{_index_text(at, found.shape)}: {got} instead of {expected}."
    )


def position(bad: torch.Tensor) -> str:
    """How many of a mask's entries are True, and where the first is, in words."""
    first = int(bad.reshape(-1).to(torch.uint8).argmax())
    if bad.numel() == 1:
        return "it is NaN or infinite"
    some = int(bad.sum())
    verb = "is" if some == 1 else "are"
    place = _index_text(first, bad.shape)
    return f"{some} of {bad.numel()} numbers {verb} NaN or infinite, the first at {place}"


def _index_text(flat: int, shape: Sequence[int]) -> str:
    index: list[int] = []
    for n in reversed(shape):
        index.append(flat % n)
        flat //= n
    return "[" + ", ".join(str(i) for i in reversed(index)) + "]"


def _unequal(found: Any, wanted: Any, name: str) -> str:
    """In words: what is not the same; of two long lists, where they begin to differ."""
    shown, expected = _short(found), _short(wanted)
    alike = isinstance(found, list) and isinstance(wanted, list) and len(found) == len(wanted)
    if alike and (len(repr(found)) > LONGEST or len(repr(wanted)) > LONGEST):
        pairs = enumerate(zip(found, wanted, strict=True))
        place = next((i for i, (a, b) in pairs if type(a) is not type(b) or a != b), 0)
        return _unequal(found[place], wanted[place], f"{name}[{place}]")
    return f"{name} is {shown}, but it should be {expected}."


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= LONGEST else f"{text[:60]} ... ({describe(value)})"
