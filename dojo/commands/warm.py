"""`kata check` and the judge in the background: it is asked first, and stays for the next check."""

import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from dojo.course.catalog import Catalog, content_root
from dojo.errors import UsageError
from dojo.request import Request
from dojo.screens.report import Report
from dojo.verdict import Verdict

if TYPE_CHECKING:
    from dojo.warm.client import Asked


@dataclass(frozen=True)
class Wish:
    """What a person asked `kata check` for; the fields are its options."""

    selectors: tuple[str, ...] = ()
    everything: bool = False
    file: Path | None = None
    format: str = "text"
    seed: int | None = None
    strict: bool = False
    cold: bool = False


def ask_first(catalog: Catalog, wish: Wish, requests: Sequence[Request]) -> "Asked | None":
    """Put the first question to the judge in the background, if one listens, and don't wait."""
    if not requests or not _may_ask(catalog, wish):
        return None
    from dojo.warm import client

    return client.send(requests[0], wait=0.0)


def verdicts(
    catalog: Catalog,
    wish: Wish,
    requests: Sequence[Request],
    report: Report,
    asked: "Asked | None",
) -> Iterator[Verdict]:
    """What a judge in the background says, as far as one is there and free.

    Args:
        asked: the first question, if it was put already.
    """
    if not _may_ask(catalog, wish):
        return
    from dojo.warm import client

    for request in requests:
        report.judging(request.kata)
        asked = asked or client.send(request)
        verdict = asked.verdict(report.check_ended) if asked is not None else None
        if verdict is None:
            return
        asked = None
        yield verdict


def stay_warm(catalog: Catalog, wish: Wish) -> None:
    """After a check at a terminal, let a judge wait in the background for the next one.

    Not in scripts and CI systems, not where it was forbidden or memory is short. Whatever stands
    in its way, the check is done: nothing is said.
    """
    ci = os.environ.get("CI", "").lower() not in ("", "0", "false")
    streams = (getattr(sys, "stdin", None), getattr(sys, "stdout", None))  # None where closed
    interactive = all(s is not None and s.isatty() for s in streams) and not ci
    if not interactive or wish.format != "text" or not _may_ask(catalog, wish):
        return
    from dojo.warm import client, consent

    if not consent.may_start():
        return
    try:
        if not client.begin_quietly() or consent.was_told():
            return
    except (OSError, UsageError):
        return
    from dojo.screens.terminal import Terminal

    words = "A judge now waits for your next check; `kata server off` forbids that."
    Terminal(sys.stdout).line((words, "dim"), indent=2)


def _may_ask(catalog: Catalog, wish: Wish) -> bool:
    return not wish.cold and catalog.root == content_root()
