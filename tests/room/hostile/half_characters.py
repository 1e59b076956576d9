"""Send halves of characters, zeros and what turns text around."""

NAMES = ("\\ud800", "a\\u0000b", "\\u202eadA", "\\udfff\\ud800", "\\u0007")


def attempt(room):
    for name in NAMES:
        with room.client() as me:
            wish = f'{{"protocol":1,"code":"{room.code}","name":"{name}","engine":"{name}"}}'
            answer = me.post("/api/join", content=wish)
            assert answer.status_code in (200, 400), name
            if answer.status_code == 400:
                continue
            me.headers["Authorization"] = f"Bearer {answer.json()['token']}"
            event = f'{{"n":1,"at":"{name}","kind":"asked","kata":"{name}","text":"{name}"}}'
            more = f'{{"n":2,"at":"","kind":"shared","kata":"first","source":"{name}"}}'
            fail = f'{{"n":3,"at":"","kind":"checked","kata":"first","status":"fail","relations":["{name}"]}}'
            body = f'{{"protocol":1,"events":[{event},{more},{fail}]}}'
            assert me.post("/api/events", content=body).json()["upto"] == 3
    with room.enter() as browser:
        assert browser.get("/board").status_code == 200
        assert browser.get("/board/state").status_code == 200
        assert browser.get("/board/replay").status_code == 200
