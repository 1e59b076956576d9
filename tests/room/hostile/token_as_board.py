"""Enter the board with a learner's token."""


def attempt(room):
    with room.join() as honest:
        token = honest.headers["Authorization"].removeprefix("Bearer ")
    assert room.rooms.role(token) is None
    with room.client() as me:
        origin = {"Origin": room.base}
        answer = me.post("/board/enter", data={"secret": token}, headers=origin)
        assert answer.status_code == 403
        me.cookies.set("kata_board", token)
        assert me.get("/board").status_code in (401, 403)
