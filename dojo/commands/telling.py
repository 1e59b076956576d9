"""What commands tell a live room that was joined: loaded only where one was, and then with care.

A check pays for what is imported here.
"""

import contextlib
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.text import Text

from dojo.course.catalog import Kata
from dojo.desk.desk import Desk
from dojo.desk.subject import Subject
from dojo.joined import events, membership, saying
from dojo.joined.events import Unnumbered
from dojo.joined.seat import Seat
from dojo.screens.terminal import Terminal, coded
from dojo.screens.text import clean
from dojo.verdict import Verdict

if TYPE_CHECKING:
    from dojo.joined.background import Background

ASKED = 1.0  # seconds for an answer without which something is refused


class Teller:
    """What a command tells the room; whatever goes wrong, the command doesn't notice."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._seat: Seat | None = None
        with self._quietly():
            member = membership.read(desk.workspace.state)
            found = Seat(desk.workspace.state, member) if member is not None else None
            self._seat = found if found is not None and not _is_over(found) else None

    def connect(self) -> None:
        """Begin to connect while something else is done."""
        with self._quietly():
            if self._seat is not None:
                self._seat.connect()

    def checked(self, judged: Sequence[tuple[Subject, Verdict]], show: bool) -> None:
        """Files were judged, and their verdicts are on the screen.

        Args:
            judged: what, and how it ended.
            show: whether there is a person to read what the room says.
        """
        slug = judged[-1][0].kata.slug if judged else ""
        self._send([events.checked(*one) for one in judged], slug if show else None)

    def hinted(self, kata: Kata, level: int) -> None:
        """So many hints of a kata were shown."""
        self._send([events.hinted(kata, level)], kata.slug)

    def begun(self, kata: Kata | None) -> None:
        """A kata was shown as the next one."""
        with self._quietly():
            if self._seat is not None and kata is not None and self._seat.begins(kata):
                self._send([events.begun(kata)], kata.slug)

    def background(self) -> "Background | None":
        """What tells the room of a watch."""
        from dojo.joined.background import Background

        return Background(self._seat, self._desk.catalog) if self._seat is not None else None

    def withheld(self, kata: Kata) -> str:
        """Why the room wants a solution not to be shown yet; empty if it may be."""
        with self._quietly():
            if self._seat is not None and saying.withheld(self._seat, kata):
                told = self._seat.send(ASKED)  # perhaps it says otherwise by now
                return saying.withheld(self._seat, kata, reached=not told.trouble)
        return ""

    def _send(self, told: Sequence[Unnumbered], slug: str | None) -> None:
        at = self._seat
        if at is None:
            return
        with self._quietly():
            sys.stdout.flush()  # the verdict stands before anything waits
            if at.keep(*told) or at.waits:
                answer = at.send()
                if slug is not None:
                    show_said(saying.of(at, answer, self._desk.catalog, slug))

    @staticmethod
    def _quietly() -> contextlib.AbstractContextManager[object]:
        if "KATA_DEBUG" in os.environ:
            return contextlib.nullcontext()
        return contextlib.suppress(Exception)


def show_said(said: saying.Said) -> None:
    """Print what is to be read of a room."""
    terminal = Terminal(sys.stdout)
    if quiet := f"{said.quiet} {said.timer}".strip():
        terminal.fields([("room", coded(clean(quiet), "dim"))])
    if said.loud:
        terminal.fields([("to all", Text(clean(said.loud), "bold"))])


def _is_over(at: Seat) -> bool:
    """Whether the room is gone, and the learner knows."""
    known = at.news()
    return at.member.expired or (known.closed and known.farewell)
