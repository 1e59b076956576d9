"""How a wrong number relates to the right one: a ratio that has a name, transposed, shifted, ...

Facts only, each exact up to rounding; what the relation means is for a card to say.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import torch

from dojo.contract.check import capital
from dojo.verdict import Evidence

_ROUNDING = 1e-8
_SINGLE = 1e-5
LEAST_SIZE = 5  # of what a factor may be the double or the half


@dataclass(frozen=True)
class Relation:
    """What was recognised: a sentence for the learner, and the numbers behind it."""

    kind: str
    text: str
    evidence: Evidence


@dataclass(frozen=True)
class Compared:
    """What came and what was expected, of one shape, float64, and what the call knew by name."""

    got: torch.Tensor
    want: torch.Tensor
    knows: Mapping[str, float]


def find_relation(
    got: torch.Tensor,
    want: torch.Tensor,
    name: str,
    knows: Mapping[str, float],
    peers: Sequence[Compared] = (),
) -> Relation | None:
    """The simplest relation between what came and what was expected, or None.

    Args:
        got, want: of one shape, float64.
        name: what was compared, for the sentence.
        knows: numbers that the call knows by name: sizes, learning rate.
        peers: the same, compared elsewhere: what a factor is has to hold there, too.
    """
    name = capital(name)
    if got.shape != want.shape or got.numel() == 0 or not bool(torch.isfinite(got).all()):
        return None
    scale = float(want.norm())
    if scale == 0.0 or not bool(torch.isfinite(want).all()):
        return None
    if not bool(got.any()):
        return Relation("zero", f"{name} is zero everywhere.", {"relation": "zero"})
    return (
        _single_precision(got, want, name, scale)
        or _ratio(Compared(got, want, knows), name, peers)
        or _rearranged(got, want, name)
        or _shifted(got, want, name)
        or _offset(got, want, name, scale)
    )


def _single_precision(
    got: torch.Tensor, want: torch.Tensor, name: str, scale: float
) -> Relation | None:
    gap = float((got - want).norm()) / scale
    if gap > _SINGLE:
        return None
    text = (
        f"{name} is right to about {max(gap, 1e-16):.0e} of its size, but not exactly: "
        "an approximation, or rounding to float32 on the way?"
    )
    return Relation("rounded", text, {"relation": "rounded", "relative_difference": gap})


def _ratio(compared: Compared, name: str, peers: Sequence[Compared]) -> Relation | None:
    ratio = _factor(compared)
    if ratio is None:
        return None
    if abs(ratio + 1) < _ROUNDING:
        text = f"{name} has the right size but the opposite sign."
        return Relation("ratio", text, {"relation": "ratio", "ratio": -1.0})
    others = [(p, r) for p in peers if (r := _factor(p)) is not None]
    known = [_name_ratio(r, p.knows) for p, r in ((compared, ratio), *others)]
    same = all(k is not None and known[0] is not None and k[0] == known[0][0] for k in known)
    numbers = compared.want.numel() + sum(p.want.numel() for p, r in others if _same(r, ratio))
    # Any two numbers have some ratio, and round ones a simple one.
    word = known[0][1] if same and known[0] and (numbers > 2 or not _round(compared)) else None
    if word is None and numbers < 3:
        return None
    text = f"{name} is exactly {_number(ratio)} times the right value"
    text += f", and {word}." if word else "."
    return Relation("ratio", text, {"relation": "ratio", "ratio": ratio, "is": word or ""})


def _factor(compared: Compared) -> float | None:
    """The number by which everything was multiplied, if that is all that is wrong."""
    got, want = compared.got, compared.want
    if got.shape != want.shape or not bool(torch.isfinite(got).all()) or not bool(want.any()):
        return None
    ratio = float((got * want).sum() / (want * want).sum())
    if ratio == 0.0 or float((got - ratio * want).norm()) > _ROUNDING * float(got.norm()):
        return None
    return ratio


def _round(compared: Compared) -> bool:
    """Whether what was expected is made of round numbers, such as those of a worked example."""
    numbers = compared.want.reshape(-1).tolist()
    return all(_same(float(f"{x:.3g}"), x) if x else True for x in numbers)


def _name_ratio(ratio: float, knows: Mapping[str, float]) -> tuple[str, str] | None:
    """What a ratio is, in terms of what the call knows: a short form, and words."""
    turned = "the sign is turned and " if ratio < 0 else ""
    if _same(abs(ratio), 2.0):
        return f"{turned}2", f"{turned}there is a factor 2 too many"
    if _same(abs(ratio), 0.5):
        return f"{turned}1/2", f"{turned}a factor 2 is missing"
    sizes = {k: v for k, v in knows.items() if k.isidentifier() and v not in (0.0, 1.0, -1.0)}
    sign, minus = (-1.0, "minus ") if ratio < 0 else (1.0, "")
    size = ratio * sign
    for key, value in sizes.items():
        here = f"`{key}` is {_number(value)} here"
        if _same(size, value):
            return f"{minus}{key}", f"{here} (with the sign turned)" if minus else here
        if _same(size, 1 / value):
            return f"{minus}1/{key}", f"that is {minus}1/`{key}`: {here}"
    for key, value in sizes.items():
        if 1 < value < LEAST_SIZE:  # so many simple factors are some part of a small number
            continue
        here = f"`{key}` is {_number(value)} here"
        for factor, times in ((2.0, "2 times "), (0.5, "half of ")):
            if _same(size, factor * value):
                return f"{minus}{times}{key}", f"that is {minus}{times}`{key}`: {here}"
            if _same(size, factor / value):
                return f"{minus}{times}1/{key}", f"that is {minus}{times}1/`{key}`: {here}"
        if value > 1 and _same(size, value / (value - 1)):
            return f"{key}/({key}-1)", f"that is {minus}n/(n-1) for n = `{key}`: {here}"
    return None


def _rearranged(got: torch.Tensor, want: torch.Tensor, name: str) -> Relation | None:
    if got.ndim == 2 and got.shape[0] == got.shape[1] > 1 and _near(got.T, want):
        return Relation("transposed", f"{name} is transposed.", {"relation": "transposed"})
    if got.ndim < 1 or got.shape[0] < 3:
        return None
    if _near(got.flip(0), want):
        return Relation("reversed", f"{name} is in reverse order.", {"relation": "reversed"})
    flat, wanted = got.reshape(-1).sort().values, want.reshape(-1).sort().values
    if _near(flat, wanted):
        text = f"{name} holds the right numbers in the wrong order."
        return Relation("permuted", text, {"relation": "permuted"})
    return None


def _shifted(got: torch.Tensor, want: torch.Tensor, name: str) -> Relation | None:
    if got.ndim < 1 or got.shape[0] < 4:
        return None
    for a, b, word in ((got[:-1], want[1:], "early"), (got[1:], want[:-1], "late")):
        if _near(a, b):
            text = f"{name} holds the right numbers, one place too {word}."
            return Relation("shifted", text, {"relation": f"one {word}"})
    return None


def _offset(got: torch.Tensor, want: torch.Tensor, name: str, scale: float) -> Relation | None:
    if got.numel() < 3:
        return None
    gap = got - want
    mean = float(gap.mean())
    if float((gap - mean).norm()) > _ROUNDING * scale:
        return None
    text = f"{name} is off by the same number everywhere: {_number(mean)} too large."
    if mean < 0:
        text = f"{name} is off by the same number everywhere: {_number(-mean)} too small."
    return Relation("offset", text, {"relation": "offset", "offset": mean})


def _near(a: torch.Tensor, b: torch.Tensor) -> bool:
    return float((a - b).norm()) <= _ROUNDING * float(b.norm())


def _same(a: float, b: float) -> bool:
    return abs(a - b) <= _ROUNDING * abs(b)


def _number(value: float) -> str:
    return f"{value:.0f}" if abs(value - round(value)) < _ROUNDING * abs(value) else f"{value:.5g}"
