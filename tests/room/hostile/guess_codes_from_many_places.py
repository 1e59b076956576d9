"""Guess the join code, always from another address: after a while the code is another."""


def attempt(room):
    for i in range(210):
        room.codes.room(f"PLUM-{i:03}", f"10.0.0.{i}")
    with room.client() as me:
        wish = {"protocol": 1, "code": room.code, "name": "x", "engine": ""}
        assert me.post("/api/join", json=wish).status_code == 403
