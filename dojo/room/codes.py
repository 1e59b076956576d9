"""Join codes: short, so that people type them, and therefore few tries and a short life."""

import hmac
import time
from collections.abc import Callable

from dojo.room import auth
from dojo.room.live import LiveRooms

EACH, TOTAL, WITHIN = 60, 200, 600.0  # wrong ones of an address, of all, in seconds
VALID = 900.0  # seconds for which a code of another server admits, from its last `renew`


class Codes:
    """The code of each room that this server opened, and those of others on the same database.

    Args:
        rooms: to which they admit.
        address: where learners reach this server, for whoever shows the code.
        said: told of each new code.
    """

    def __init__(self, rooms: LiveRooms, address: str, said: Callable[[str, str], None]) -> None:
        self._rooms, self._address, self._said = rooms, address, said
        self._own: dict[str, tuple[str, str]] = {}  # by room the code, and what is kept of it
        self._wrong = 0
        self.forgive()

    def make(self, room: str) -> str:
        """A new code for a room; the one before admits nobody any more."""
        code = auth.make_code()
        kept, until = auth.code_digest(code), time.time() + VALID
        before = self._own.get(room)
        if before is not None:
            self._rooms.writer.submit(lambda w: w.withdraw(before[1]))
        self._rooms.writer.submit(lambda w: w.admit(kept, room, "code", until=until))
        self._own[room] = code, kept
        self._rooms.join[room] = self._address, code
        self._said(room, code)
        return code

    def renew(self) -> None:
        """Let the codes admit for longer: this server still runs."""
        until = time.time() + VALID
        for room, (_, kept) in self._own.items():
            self._rooms.writer.submit(
                lambda w, room=room, kept=kept: w.admit(kept, room, "code", until=until)
            )

    def withdraw(self) -> None:
        """The codes of this server admit nobody any more."""
        for _, kept in self._own.values():
            self._rooms.writer.submit(lambda w, kept=kept: w.withdraw(kept))
        self._own.clear()

    def forgive(self) -> None:
        """Begin to count anew who tried what."""
        self._tries = auth.Tries(EACH, 5 * TOTAL, WITHIN)

    def may_try(self, address: str) -> bool:
        """Whether an address may try a code."""
        return self._tries.may(address)

    def room(self, typed: str, address: str) -> str | None:
        """The room that a code admits to; a wrong one is counted."""
        code = auth.plain_code(typed)
        for room, (own, _) in self._own.items():
            if hmac.compare_digest(code.encode(), own.encode()):
                return room
        known = {kept for _, kept in self._own.values()}
        for kept, room in self._rooms.store.codes():
            if kept not in known and auth.is_code(code, kept):
                return room
        self._tries.note(address)
        self._wrong += 1
        if self._wrong >= TOTAL:  # somebody guesses: what they have ruled out is worth nothing now
            self._wrong = 0
            for room in list(self._own):
                self.make(room)
        return None
