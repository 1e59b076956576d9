"""`kata watch`: on a full screen where there is one, else line by line."""

import os
import sys

from dojo.commands.desk import telling
from dojo.course.catalog import Kata
from dojo.desk.desk import Desk


def watch(desk: Desk, kata: Kata, plain: bool) -> None:
    """Judge at every save until the person ends it."""
    teller = telling(desk)
    company = teller.background() if teller is not None else None
    if plain or not _has_screen():
        from dojo.screens.terminal import Terminal
        from dojo.watch.plain import PlainWatch

        PlainWatch(Terminal(sys.stdout), desk, kata, company=company).run()
    else:
        from dojo.warm.newest_wins import prepare
        from dojo.watch.app import WatchApp

        prepare()
        WatchApp(desk, kata, company=company).run()


def _has_screen() -> bool:
    """Whether the terminal can show a full screen: lines serve everywhere else."""
    utf8 = (sys.stdout.encoding or "").lower().replace("-", "").startswith("utf")
    dumb = os.environ.get("TERM", "") in ("", "dumb", "unknown") and os.name != "nt"
    streams = (sys.stdin, sys.stdout, sys.stderr)  # textual draws on the last one
    return utf8 and not dumb and all(s.isatty() for s in streams)
