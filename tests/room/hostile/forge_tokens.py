"""Make tokens up, from what a real one looks like."""


def attempt(room):
    with room.join() as honest:
        token = honest.headers["Authorization"].removeprefix("Bearer ")
    for forged in (" x", token[:-1], token + "A", token.swapcase() + "A", "1", "' OR 1=1 --", token * 9):
        with room.client() as me:
            me.headers["Authorization"] = f"Bearer {forged}"
            assert me.get("/api/state").status_code == 401, forged
