"""Send as much as goes, as fast as goes: at some point it is refused, and nobody else waits."""


def attempt(room):
    with room.join() as me:
        answers = []
        for i in range(150):
            event = {"n": i + 1, "at": "", "kind": "x", "kata": "", "noise": "x" * 100_000}
            answers.append(me.post("/api/events", json={"protocol": 1, "events": [event]}).status_code)
        assert 429 in answers
