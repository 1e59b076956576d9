"""Use the number under which the room itself wrote, and numbers that are none."""


def attempt(room):
    with room.join() as me:
        for n in (0, -1, 1.5, True, "1", None, 10**30, float("1e18")):
            event = {"n": n, "at": "", "kind": "joined", "kata": "", "name": "Other"}
            answer = me.post("/api/events", json={"protocol": 1, "events": [event]})
            assert answer.status_code in (200, 400), n
    assert [r.name for r in room.rooms.board(room.room).rows] == ["Ada"]
