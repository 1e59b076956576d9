"""Send more events at once than one request holds."""


def attempt(room):
    with room.join() as me:
        some = [{"n": n, "at": "", "kind": "x", "kata": ""} for n in range(1, 202)]
        assert me.post("/api/events", json={"protocol": 1, "events": some}).status_code == 400
