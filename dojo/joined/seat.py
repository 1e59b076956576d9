"""A learner's seat in a room: what happens there is kept, sent in order, once, and answered.

What can't be kept or sent costs events at most: `keep` and `send` raise nothing that a full disk,
a damaged file or a network can cause.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from dojo.course.catalog import Kata
from dojo.desk.workspace import NEWS
from dojo.joined import membership, news, web
from dojo.joined.events import Unnumbered
from dojo.joined.membership import Membership
from dojo.joined.news import News
from dojo.joined.protocol import EVENTS, LEAVE, PROTOCOL, STATE
from dojo.joined.spool import FILE, LOCK, WAIT, Kept, Spool
from dojo.joined.web import Line, RefusedError, UnreachableError
from dojo.machine import locks

# Seconds that a check waits for its room, once its verdict is shown; of the 150 ms that a room may
# cost it. Loading this and writing the spool take the rest.
BUDGET = 0.13
_HANDS = ("asked", "answered")
_UNFIT = (400, 413, 422)  # the room will never take these events as they are


@dataclass(frozen=True)
class Told:
    """What came of sending.

    Attributes:
        waiting: events that the room doesn't have yet.
        news: what is known of the room now.
        trouble: why it couldn't be reached, as the end of a sentence; empty where it was.
        refused: what the room said instead of taking them; empty where it took them.
    """

    waiting: int
    news: News
    trouble: str = ""
    refused: str = ""


class Seat:
    """One workspace's seat.

    Args:
        state: the ``.kata`` folder.
        member: where it takes part.
        clock: seconds, as `time.monotonic`.
    """

    def __init__(
        self, state: Path, member: Membership, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.state = state
        self.member = member
        self._clock = clock
        self._spool = Spool(state)
        self._place = web.place(member.address)
        self._line: Line | None = None

    @property
    def silent(self) -> bool:
        """Whether there is nobody to tell any more: the room is closed, or deleted by now."""
        return self.news().closed or self.member.expired

    @property
    def waits(self) -> bool:
        """Whether there is something that the room doesn't have yet."""
        return bool(self._spool.waiting(self.news().upto))

    def news(self) -> News:
        """What is known of the room."""
        return news.read(self.state)

    def connect(self) -> None:
        """Begin to connect, so that sending needn't wait for that; nothing is sent."""
        self._line = Line(self._place)

    def keep(self, *events: Unnumbered) -> bool:
        """Keep what is to be told, as far as the room wants to hear of it; whether that worked."""
        wanted = [e for e in events if not e["kata"] or self.member.is_about(e["kata"])]
        try:
            if wanted and not self.silent:
                self._spool.add(wanted, self.news().upto)
        except OSError:
            return False
        return True

    def begins(self, kata: Kata) -> bool:
        """Whether it is to be told that a kata was begun: once, and then no more."""
        if kata.slug in self.news().begun or not self.member.is_about(kata.slug):
            return False
        self.note(lambda n: replace(n, begun=(*n.begun, kata.slug)))
        return True

    def send(self, budget: float | None = None) -> Told:
        """Send what waits, and hear what the room says.

        Args:
            budget: seconds that it takes at most; `BUDGET` unless told.
        """
        until = self._clock() + (BUDGET if budget is None else budget)
        known = self.news()
        single = False  # after a refusal: one by one, to find what is refused
        try:
            while True:
                batch = self._spool.waiting(known.upto)
                batch = batch[:1] if single else batch
                try:
                    answer = self._ask(batch, until - self._clock())
                except RefusedError as refused:
                    if refused.status not in _UNFIT or not batch:
                        return self._told(refused=refused.said or f"status {refused.status}")
                    if len(batch) == 1:
                        known = self._note_sent(batch[0]["n"])
                    single = True
                    continue
                state = news.state_of(answer["state"])
                upto = _upto(known.upto, batch, answer.get("upto"))
                former, hands = known, [e["kind"] for e in batch if e["kind"] in _HANDS]
                known = self.note(partial(News.heard, state=state, upto=upto, hands=hands))
                if known.upto <= former.upto or not self._spool.waiting(known.upto):
                    return self._told()
        except UnreachableError as error:
            return self._told(trouble=str(error))
        except (KeyError, TypeError, ValueError):
            return self._told(trouble="what answers there is no room of `kata`")

    def forget(self, budget: float) -> None:
        """Let the room delete all that it knows of the learner, who is no member from then on.

        Raises:
            UnreachableError: it doesn't answer.
            RefusedError: it will not.
        """
        Line(self._place).ask("POST", LEAVE, {"forget": True}, self.member.token, budget)

    def kept(self) -> Kept:
        """All that was ever sent or waits, as far as it is still there."""
        return self._spool.read()

    def _ask(self, batch: Sequence[Mapping[str, Any]], budget: float) -> dict[str, Any]:
        method, path, body = "GET", STATE, None
        if batch:
            method, path, body = "POST", EVENTS, {"protocol": PROTOCOL, "events": batch}
        until = self._clock() + budget
        ready, self._line = self._line, None
        if ready is not None:
            try:
                return ready.ask(method, path, body, self.member.token, budget)
            except UnreachableError:  # perhaps it was cut off meanwhile
                budget = until - self._clock()
                if budget <= 0:
                    raise
        return Line(self._place).ask(method, path, body, self.member.token, budget)

    def _note_sent(self, number: int) -> News:
        return self.note(lambda n: replace(n, upto=max(n.upto, number)))

    def _told(self, trouble: str = "", refused: str = "") -> Told:
        known = self.news()
        waiting = sum(e["n"] > known.upto for e in self.kept().events)
        return Told(waiting, known, trouble, refused)

    def note(self, change: Callable[[News], News]) -> News:
        """Change what is known, and keep that where it can be kept."""
        try:
            with locks.held(self._spool.lock, WAIT):
                changed = change(self.news())
                news.write(self.state, changed)
        except OSError:
            return change(self.news())
        return changed


def clear(state: Path) -> None:
    """Remove all that is kept of a room, but the membership.

    Raises:
        OSError: something can't be removed.
    """
    membership.forget(state, FILE, LOCK, NEWS)


def _upto(sent: int, batch: Sequence[Mapping[str, Any]], said: object) -> int:
    """The number up to which the room has everything, by what was sent and what it said."""
    if not batch:
        return sent
    numbers = [event["n"] for event in batch]
    whole = numbers == list(range(sent + 1, sent + 1 + len(batch)))
    # Where a line was damaged a number is missing. The room may wait for it: we don't.
    return min(said, numbers[-1]) if whole and type(said) is int and said >= sent else numbers[-1]
