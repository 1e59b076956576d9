"""Guess the join code from one address."""


def attempt(room):
    with room.client() as me:
        answers = [_try(me, f"PLUM-{i:03}") for i in range(80)]
        assert 200 not in answers
        assert answers[-1] == 429
        assert _try(me, room.code) == 429  # and what was guessed rightly is no use any more


def _try(me, code):
    wish = {"protocol": 1, "code": code, "name": "x", "engine": ""}
    return me.post("/api/join", json=wish).status_code
