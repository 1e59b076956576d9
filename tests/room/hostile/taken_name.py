"""Be called like somebody who is there."""


def attempt(room):
    with room.join("Ada"), room.join("ADA"), room.join("ada"):
        names = {r.name.casefold() for r in room.rooms.board(room.room).rows}
        assert len(names) == 3
