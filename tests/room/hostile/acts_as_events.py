"""Send what only an instructor or the room itself may do."""


def attempt(room):
    with room.join() as me:
        for n, kind in enumerate(("close", "say", "forgotten", "joined", "helped"), start=1):
            event = {"n": n, "at": "", "kind": kind, "kata": "", "line": "hello", "learner": 1}
            event["name"] = "Somebody else"
            me.post("/api/events", json={"protocol": 1, "events": [event]})
    board = room.rooms.board(room.room)
    assert not board.closed
    assert board.said.line == ""
    assert [r.name for r in board.rows] == ["Ada"]
