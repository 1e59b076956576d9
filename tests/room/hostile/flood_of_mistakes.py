"""Report as many groups of failures as goes: what is kept in memory is bounded."""


def attempt(room):
    with room.join() as me:
        for n in range(1, 11):
            event = {
                "n": n, "at": "", "kind": "checked", "kata": "first", "status": "fail",
                "failed": [f"f{n}-{i}" for i in range(1_000)],
                "relations": [f"r{n}-{i}: x" for i in range(1_000)],
                "passed": [f"p{n}-{i}" for i in range(1_000)],
            }
            assert me.post("/api/events", json={"protocol": 1, "events": [event]}).status_code == 200
    assert len(room.rooms.live(room.room).fold.people[1].first) <= 400
