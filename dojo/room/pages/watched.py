"""Pictures shared by all who watch a room, and boards that poll counted among those open."""

import asyncio
import threading
import time
from collections import OrderedDict

from dojo.room.pages.picture import Painter, Picture
from dojo.room.pages.picture import projection as picture_of
from dojo.room.pages.stream import PAUSE
from dojo.room.rooms import NoRoom, Rooms

MOST_ROOMS = 64  # whose painters are kept
SEEN = 20.0  # s for which a page counts as open after it was read without a stream


class Watched:
    """What pages show of rooms now; painted once, however many look, beside the server's loop.

    Args:
        rooms: where the rooms are.
    """

    def __init__(self, rooms: Rooms) -> None:
        self._rooms = rooms
        self._painters: OrderedDict[str, Painter] = OrderedDict()
        self._taken: dict[tuple[str, str], tuple[float, Picture]] = {}
        self._seen: dict[str, asyncio.TimerHandle] = {}
        self._turns: dict[tuple[str, str], asyncio.Lock] = {}
        self._painting = threading.Lock()  # who waits for a picture may go, and its thread goes on

    async def board(self, room: str, anew: bool = False) -> Picture:
        """The board of a room, at most a quarter of a second old; or of this moment."""

        def paint() -> Picture:
            with self._painting:
                return painter.board(self._rooms.board(room))

        async with self._turn("board", room):
            kept = None if anew else self._kept("board", room)
            if kept is None:
                painter = self._painters.setdefault(room, Painter())
                self._painters.move_to_end(room)
                kept = self._keep("board", room, await asyncio.to_thread(paint))
        return kept

    async def projection(self, room: str) -> Picture:
        """What a projector shows of a room, at most a quarter of a second old."""

        def paint() -> Picture:
            return picture_of(self._rooms.projection(room))

        async with self._turn("projector", room):
            kept = self._kept("projector", room)
            return kept or self._keep("projector", room, await asyncio.to_thread(paint))

    def seen(self, room: str) -> None:
        """Somebody read the board without a stream: it counts as open for a while."""
        old = self._seen.pop(room, None)
        if old is None:
            self._rooms.board_opened(room)
        else:
            old.cancel()
        self._seen[room] = asyncio.get_running_loop().call_later(SEEN, self._unseen, room)

    def _unseen(self, room: str) -> None:
        del self._seen[room]
        try:
            self._rooms.board_closed(room)
        except NoRoom:  # gone meanwhile, and its count with it
            return

    def _turn(self, what: str, room: str) -> asyncio.Lock:
        return self._turns.setdefault((what, room), asyncio.Lock())

    def _kept(self, what: str, room: str) -> Picture | None:
        when, picture = self._taken.get((what, room), (0.0, None))
        return picture if time.monotonic() - when < PAUSE else None

    def _keep(self, what: str, room: str, picture: Picture) -> Picture:
        self._taken[what, room] = time.monotonic(), picture
        while len(self._painters) > MOST_ROOMS:
            self._painters.popitem(last=False)
        if len(self._taken) > 4 * MOST_ROOMS:
            self._taken.clear()
        return picture
