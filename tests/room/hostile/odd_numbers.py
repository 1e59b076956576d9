"""Send numbers that are none."""

ODD = ("NaN", "Infinity", "-Infinity", "1e999", "9" * 5_000, "-0", "1E+2", "0.5")


def attempt(room):
    with room.join() as me:
        for i, odd in enumerate(ODD):
            event = (
                f'{{"n":{i + 1},"at":"","kind":"checked","kata":"first","status":"fail",'
                f'"checks":{odd},"seconds":{odd},"hints":{odd},"passed":[{odd}]}}'
            )
            body = f'{{"protocol":1,"events":[{event}]}}'
            assert me.post("/api/events", content=body).status_code in (200, 400), odd
            assert me.post("/api/events", content=f'{{"protocol":{odd}}}').status_code == 400
    with room.enter() as browser:
        assert browser.get("/board").status_code == 200
        assert browser.get("/board/state").status_code == 200
