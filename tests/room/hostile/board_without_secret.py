"""Open the pages without having been let in."""

PATHS = ("/board", "/board/state", "/board/stream", "/board/replay", "/projector/state", "/projector")


def attempt(room):
    with room.join("Mallory") as honest, room.client() as me:
        for path in PATHS:
            answer = me.get(path)
            assert answer.status_code in (401, 403), path
            assert "Mallory" not in answer.text
            assert honest.get(path).status_code in (401, 403), path
        assert me.post("/board/act", data={"act": "close"}).status_code in (401, 403)
    assert not room.rooms.board(room.room).closed
