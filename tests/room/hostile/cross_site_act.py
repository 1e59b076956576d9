"""Let an instructor's browser close the room from another site's page."""


def attempt(room):
    with room.enter() as browser:
        for origin in ("https://evil.example", "null", room.base.replace("127.0.0.1", "localhost")):
            answer = browser.post("/board/act", data={"act": "close"}, headers={"Origin": origin})
            assert answer.status_code == 403, origin
    assert not room.rooms.board(room.room).closed
