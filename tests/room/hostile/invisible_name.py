"""Have no name, or one that nobody sees."""


def attempt(room):
    with room.client() as me:
        for name in ("", "   ", "\n\t", "x" * 100_000):
            wish = {"protocol": 1, "code": room.code, "name": name, "engine": ""}
            assert me.post("/api/join", json=wish).status_code == 400, name
