"""Send the same request again and again: it counts once."""


def attempt(room):
    with room.join() as me:
        body = {"protocol": 1, "events": [_check(n) for n in (1, 2)]}
        for _ in range(5):
            assert me.post("/api/events", json=body).json()["upto"] == 2
    (held,) = room.rooms.board(room.room).held
    person = room.rooms.live(room.room).fold.people[1]
    assert person.tries["first"].checks == 2
    assert person.tries["first"].same() is None
    assert held.ever == 1


def _check(n):
    return {
        "n": n, "at": "", "kind": "checked", "kata": "first", "status": "fail",
        "passed": [], "failed": ["a"], "mistakes": ["half"],
    }
