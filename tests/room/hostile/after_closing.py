"""Send and join after the room was closed."""

from dojo.room.acts import Close


def attempt(room):
    with room.join() as me:
        room.rooms.act(room.room, Close())
        event = {"n": 1, "at": "", "kind": "asked", "kata": ""}
        answer = me.post("/api/events", json={"protocol": 1, "events": [event]}).json()
        assert answer["upto"] == 0
        assert answer["state"]["closed"]
        wish = {"protocol": 1, "code": room.code, "name": "x", "engine": ""}
        assert me.post("/api/join", json=wish).status_code == 409
