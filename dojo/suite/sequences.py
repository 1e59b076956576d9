"""Judging orders: a permutation."""

from collections import Counter
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
