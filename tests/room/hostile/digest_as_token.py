"""Use what the database keeps of a token as the token."""

from dojo.room import auth


def attempt(room):
    with room.join() as honest:
        token = honest.headers["Authorization"].removeprefix("Bearer ")
    with room.client(auth.digest(token)) as me:
        assert me.get("/api/state").status_code == 401
