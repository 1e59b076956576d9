"""Judging orders: a permutation, calls one after the other."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from dojo.contract.check import capital
from dojo.failure import Failed, evidence_of
from dojo.suite.compare import is_tensor, length
from dojo.verdict import Finding


def permutation(got: Any, n: int, name: str = "the result", mistake: str | None = None) -> None:
    """Require each of the whole numbers 0 to n - 1, once.

    Args:
        got: a tensor or a list of them, in any order.
        n: how many there should be.
        name: what it is, for the message.
        mistake: of the card, which a number that is missing or double tells.

    Raises:
        Failed: there are more or fewer, one is missing, or stands there twice.
    """
    found = [int(v) for v in got.reshape(-1).tolist()] if is_tensor(got) else [int(v) for v in got]
    length(found, n, name)
    seen = Counter(found)
    missing = [i for i in range(n) if i not in seen]
    if not missing:
        return
    twice, times = seen.most_common(1)[0]
    instead = f"{twice} stands there {times} times" if times > 1 else f"{twice} is there"
    raise Failed(
        Finding(
            f"{capital(name)} should hold each number from 0 to {n - 1} once, but {missing[0]} is "
            f"missing, and {instead}.",
            mistake=mistake,
            evidence=evidence_of(missing=missing[0], times=times),
        )
    )


def in_order(
    calls: Sequence[str], *names: str, what: str = "the calls", mistake: str | None = None
) -> None:
    """Require calls in this order; others may stand between them.

    Args:
        calls: names, as they came.
        names: as they should come, each after the one before it.
        what: is called so, for the message.
        mistake: of the card, which another order tells.

    Raises:
        Failed: one never came, or came too early.
    """
    at = 0
    for before, name in zip(("", *names), names, strict=False):
        place = next((i for i in range(at, len(calls)) if calls[i] == name), None)
        if place is not None:
            at = place + 1
            continue
        if name not in calls:
            text = f"Among {what}, `{name}` never came."
        else:
            text = f"`{name}` came before `{before}`; it should come after it."
        order = ", ".join(f"`{n}`" for n in calls[:8])
        raise Failed(
            Finding(
                f"{text} In order: {order or 'nothing'}{', …' if len(calls) > 8 else ''}.",
                mistake=mistake,
            )
        )
