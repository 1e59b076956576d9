"""One page's stream: the whole picture on connect, then what changed, four times a second at most.

State is read, not received: a message that is missed costs nothing, for the next connect brings
everything. Each message has the sequence number and the room's time, so that a page knows how old
it is; where nothing changes, one without parts says every few seconds that all is well.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable

from fastapi.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from dojo.room.pages.picture import Picture
from dojo.room.rooms import NoRoom, Rooms, Stopping

PAUSE = 0.25  # s between two messages, at least
TICK = 1.0  # s until a picture is taken again though nothing happened: minutes go by
ALIVE = 4.0  # s between two signs of life

Take = Callable[[], Awaitable[Picture]]


async def messages(rooms: Rooms, room: str, take: Take) -> AsyncIterator[str]:
    """The messages for one page, without end.

    Raises:
        Stopping: the server ends.
        NoRoom: the room is gone.
    """
    shown: Picture | None = None
    said = 0.0
    while True:
        began = time.monotonic()
        picture = await take()
        if shown is None:
            said = began
            yield picture.message
        elif (parts := picture.since(shown)) or began - said >= ALIVE:
            said = began
            yield picture.message_of(parts)
        shown = picture
        await rooms.changed(room, picture.seq, TICK)
        await asyncio.sleep(max(0.0, PAUSE - (time.monotonic() - began)))


class Stream(StreamingResponse):
    """The messages as server-sent events.

    Args:
        rooms: where the room is.
        room: which.
        take: takes a picture of it.
        counted: the page is a board, of which learners are told.
    """

    media_type = "text/event-stream"

    def __init__(self, rooms: Rooms, room: str, take: Take, counted: bool) -> None:
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        super().__init__(_events(rooms, room, take), headers=headers)
        self._rooms, self._room, self._counted = rooms, room, counted

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send them until the page goes away, the room does, or the server ends."""
        if not self._counted:
            return await super().__call__(scope, receive, send)
        self._rooms.board_opened(self._room)
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._rooms.board_closed(self._room)


async def _events(rooms: Rooms, room: str, take: Take) -> AsyncIterator[str]:
    try:
        async for words in messages(rooms, room, take):
            yield f"data: {words}\n\n"
    except (Stopping, NoRoom):
        return
