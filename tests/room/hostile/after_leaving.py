"""Go on with a token after having left."""


def attempt(room):
    with room.join() as me:
        assert me.post("/api/leave", json={"forget": False}).status_code == 200
        assert me.get("/api/state").status_code == 401
        assert me.post("/api/leave", json={"forget": True}).status_code == 401
