"""Hand the token over in the address, where logs would have it."""


def attempt(room):
    with room.join() as honest:
        token = honest.headers["Authorization"].removeprefix("Bearer ")
    with room.client() as me:
        assert me.get("/api/state", params={"token": token}).status_code == 401
        assert me.get("/api/state", params={"authorization": token}).status_code == 401
