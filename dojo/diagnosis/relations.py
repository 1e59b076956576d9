"""How a wrong number relates to the right one: a ratio that has a name, transposed, shifted, ...

Facts only, each exact up to rounding; what the relation means is for a card to say.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import torch

from dojo.contract.check import capital
from dojo.diagnosis.factors import ROUNDING, factors, same, value_of
from dojo.verdict import Evidence
from dojo.words.numbers import plain

_SINGLE = 1e-5


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
    named: bool = True,
) -> Relation | None:
    """The simplest relation between what came and what was expected, or None.

    Args:
        got, want: of one shape, float64.
        name: what was compared, for the sentence.
        knows: numbers that the call knows by name: sizes, learning rate.
        peers: the same, compared elsewhere: what a factor is has to hold there, too.
        named: say what a factor is.
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
        or _ratio(Compared(got, want, knows), name, peers, named)
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
        "an approximation, rounding to float32, or a change as small as that on the way?"
    )
    return Relation("rounded", text, {"relation": "rounded", "relative_difference": gap})


def _ratio(
    compared: Compared, name: str, peers: Sequence[Compared], named: bool
) -> Relation | None:
    ratio = _factor(compared)
    if ratio is None:
        return None
    if same(ratio, -1.0):
        text = f"{name} has the right size but the opposite sign."
        return Relation("ratio", text, {"relation": "ratio", "ratio": -1.0, "is": "-1"})
    others = [(p, r) for p in peers if (r := _factor(p)) is not None]
    numbers = compared.want.numel() + sum(p.want.numel() for p, r in others if same(r, ratio))
    # Any two numbers have some ratio, and round ones a simple one.
    sure = named and (numbers > 2 or not _round(compared))
    names = [*factors(ratio, compared.knows)] if sure else []
    known = next((f for f in names if all(_may_be(r, f.key, p) for p, r in others)), None)
    if known is None and numbers < 3:
        return None
    text = f"{name} is exactly {plain(ratio)} times the right value"
    text += f", and {known.words}." if known else "."
    evidence = {"relation": "ratio", "ratio": ratio, "is": known.key if known else ""}
    return Relation("ratio", text, evidence)


def _may_be(ratio: float, key: str, compared: Compared) -> bool:
    """Whether nothing speaks against a factor's name: a call may not know what it is made of."""
    value = value_of(key, compared.knows)
    return value is None or same(ratio, value)


def _factor(compared: Compared) -> float | None:
    """The number by which everything was multiplied, if that is all that is wrong."""
    got, want = compared.got, compared.want
    if got.shape != want.shape or not bool(torch.isfinite(got).all()) or not bool(want.any()):
        return None
    ratio = float((got * want).sum() / (want * want).sum())
    if ratio == 0.0 or float((got - ratio * want).norm()) > ROUNDING * float(got.norm()):
        return None
    return ratio


def _round(compared: Compared) -> bool:
    """Whether what was expected is made of round numbers, such as those of a worked example."""
    numbers = compared.want.reshape(-1).tolist()
    return all(same(float(f"{x:.3g}"), x) if x else True for x in numbers)


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
    if float((gap - mean).norm()) > ROUNDING * scale:
        return None
    text = f"{name} is off by the same number everywhere: {plain(mean)} too large."
    if mean < 0:
        text = f"{name} is off by the same number everywhere: {plain(-mean)} too small."
    return Relation("offset", text, {"relation": "offset", "offset": mean})


def _near(a: torch.Tensor, b: torch.Tensor) -> bool:
    return float((a - b).norm()) <= ROUNDING * float(b.norm())
