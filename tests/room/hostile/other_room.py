"""Look from one room into another in the same database."""

import time

from dojo.room import auth, opening
from dojo.room.writing import Kept


def attempt(room):
    now = time.time()
    with room.rooms.store.writing() as writing:
        writing.make_room(Kept("room-2", "Secret", ("first",), now, now + 3600, 0, now, 0))
        writing.join("room-2", "Zoe", auth.digest("a token of the other room"))
        writing.finish()
    other = opening.make_links(room.rooms.store, "room-2", revoke=False)
    assert room.rooms.role(other["board"]) == ("room-2", "board")
    with room.join("Ada") as me:
        seen = me.get("/api/state", params={"room": "room-2"}).json()
        assert seen["upto"] == 0
    with room.enter() as browser:
        for path in ("/board", "/board/state"):
            page = browser.get(path, params={"room": "room-2"}, headers={"X-Room": "room-2"})
            assert "Zoe" not in page.text
            assert "Ada" in page.text
