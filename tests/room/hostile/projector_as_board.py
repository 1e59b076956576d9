"""Enter the board with what opens the projector only."""


def attempt(room):
    secret = room.links["projector"]
    with room.client() as me:
        answer = me.post("/board/enter", data={"secret": secret}, headers={"Origin": room.base})
        assert answer.status_code == 403
        me.cookies.set("kata_board", secret)
        me.cookies.set("kata_projector", secret)
        assert me.get("/board/state").status_code in (401, 403)
