"""Be called, and ask, in HTML."""

EVIL = '<script>alert(1)</script>"\'><img src=x onerror=alert(2)>'


def attempt(room):
    with room.join(EVIL) as me:
        event = {"n": 1, "at": "", "kind": "asked", "kata": EVIL, "text": EVIL}
        shared = {"n": 2, "at": "", "kind": "shared", "kata": "first", "source": EVIL}
        fails = {
            "n": 3, "at": "", "kind": "checked", "kata": "first", "status": "fail",
            "failed": [EVIL], "relations": [EVIL], "mistakes": [EVIL],
        }
        me.post("/api/events", json={"protocol": 1, "events": [event, shared, fails]})
    with room.enter() as browser:
        for path in ("/board", "/board/state"):
            page = browser.get(path)
            assert page.status_code == 200
            assert "<script>alert" not in page.text
            assert "<img src=x" not in page.text
            assert "default-src 'self'" in page.headers["content-security-policy"]
