"""Comparing what chance has a part in: a mean, a spread, a rate.

A right answer lies near what is right, and how near follows from how many draws were made. Which
mistake would give another number is data beside the comparison, looked at when it has failed.
"""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

import torch

from dojo.contract.check import capital
from dojo.failure import Failed, evidence_of
from dojo.suite.measuring import measured
from dojo.verdict import Finding
from dojo.words.numbers import apart

# A mean of many draws is farther off than so many of its standard deviations with probability 4e-8.
SURE = 5.5
# A number that is hardly beyond chance proves no mistake.
DOUBT = 1.5

Otherwise = Mapping[str, float | Sequence[float]]
Try = TypeVar("Try")


def about(
    got: float, want: float, spare: float, name: str, otherwise: Otherwise | None = None
) -> None:
    """Require a number that is right up to chance.

    Args:
        got: the number that the answers gave: a mean, a standard deviation, a rate.
        want: the number that it varies about when the answer is right.
        spare: how far chance may carry it; farther with probability below 1e-6.
        name: what it is, for the message.
        otherwise: mistakes of the card, each with the number (or numbers) that it would give. One
            is named where it alone gives such a number, give or take as much as is spared here
            (in proportion to the number).

    Raises:
        Failed: it is farther off, or no number.
    """
    # Written so that NaN fails.
    if measured(name, abs(got - want), most=spare) <= spare:
        return
    fitting = _fitting(got, want, spare, otherwise or {})
    alone = len(fitting) == 1 and abs(got - want) > DOUBT * spare
    raise Failed(
        Finding(
            "{} is {}; up to chance it should be {}.".format(capital(name), *apart(got, want, 4)),
            mistake=fitting[0] if alone else None,
            evidence=evidence_of(got=got, expected=want, spare=spare),
        )
    )


def moments(
    sample: torch.Tensor,
    mean: float,
    std: float,
    name: str,
    means: Otherwise | None = None,
    spreads: Otherwise | None = None,
) -> None:
    """Require draws with this mean and this standard deviation, up to chance.

    What is spared follows from the number of draws, if they are normal; uniform ones vary less.
    The mean is looked at first, but where it is off by no more than a wrong spread explains.

    Args:
        sample: the draws, in any shape.
        mean: what they are drawn about.
        std: their standard deviation.
        name: what they are, for the messages: "w1".
        means: mistakes of the card, each with the mean (or means) that it would give.
        spreads: likewise with the standard deviation.

    Raises:
        Failed: one of the two is off.
    """
    draws = sample.detach().double().reshape(-1)
    root = math.sqrt(draws.numel())
    spread = float(draws.std()) if draws.numel() > 1 else math.nan
    centre, spared = float(draws.mean()), SURE * std / root
    centred = abs(centre - mean) <= SURE * max(std, spread) / root
    if not (centred and abs(spread - std) > spared / 2**0.5):
        about(centre, mean, spared, f"the mean of {name}", means)
    about(spread, std, spared / 2**0.5, f"the standard deviation of {name}", spreads)


def rate(
    hits: torch.Tensor, probability: float, name: str, otherwise: Otherwise | None = None
) -> None:
    """Require that so large a part of draws hits, up to chance.

    Args:
        hits: a mask: which of the draws do.
        probability: with which each should.
        name: what the share is, for the message.
        otherwise: mistakes of the card, each with the share that it would give.

    Raises:
        Failed: the share is off.
    """
    n = hits.numel()
    share = float(hits.double().mean()) if n else math.nan
    sigma = math.sqrt(probability * (1 - probability) / max(n, 1))
    about(share, probability, SURE * sigma, name, otherwise)


def bell_shaped(sample: torch.Tensor, name: str, mistake: str | None = None) -> None:
    """Require draws whose distribution has the form of the normal one, up to chance.

    Whatever their mean and their spread are: what is compared is how far they are from their mean
    on average, in standard deviations (Geary's ratio). Equal draws have no form.

    Args:
        sample: the draws, in any shape.
        name: what they are, for the message: "the noise".
        mistake: of the card, which another form tells.

    Raises:
        Failed: the form is another.
    """
    draws = sample.detach().double().reshape(-1)
    draws = draws - draws.mean()
    ratio = float(draws.abs().mean() / draws.square().mean().sqrt())
    # Of n normal numbers it varies by 0.2123 / sqrt(n), somewhat more often downwards.
    spare = 6 * 0.2123 / math.sqrt(max(draws.numel(), 1))
    what = f"the mean size of {name} in standard deviations"
    about(ratio, math.sqrt(2 / math.pi), spare, what, {mistake: ratio} if mistake else None)


def first_good(
    tries: Iterable[Try], error: Callable[[Try], float], good: float
) -> tuple[Try, float]:
    """The first try whose error is below ``good``, with its error; else the one with the least.

    For trainings that may fail by chance, or at one learning rate and not at another. NaN counts
    as infinity.

    Args:
        tries: worked out one by one, at least one.
        error: of one.
        good: what is good enough.
    """
    found: list[tuple[Try, float]] = []
    for one in tries:
        value = error(one)
        found.append((one, math.inf if math.isnan(value) else value))
        if value < good:
            break
    return min(found, key=lambda f: f[1])


def _fitting(got: float, want: float, spare: float, otherwise: Otherwise) -> list[str]:
    """The mistakes that would give such a number."""
    out: list[str] = []
    for mistake, numbers in otherwise.items():
        values = numbers if isinstance(numbers, Sequence) else (numbers,)
        scales = [abs(v / want) if want else 1.0 for v in values]
        if any(abs(got - v) <= spare * s + 1e-9 for v, s in zip(values, scales, strict=True)):
            out.append(mistake)
    return out
