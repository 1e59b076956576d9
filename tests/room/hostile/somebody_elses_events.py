"""Name another learner in an event."""


def attempt(room):
    with room.join("Ada"), room.join("Eve") as eve:
        event = {"n": 1, "at": "", "kind": "asked", "kata": "", "learner": 1, "name": "Ada"}
        eve.post("/api/events", json={"protocol": 1, "events": [event], "learner": 1})
    (need,) = room.rooms.board(room.room).needs
    assert need.name == "Eve"
