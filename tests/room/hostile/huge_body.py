"""Send 10 MB, said beforehand or not."""


def attempt(room):
    def pieces():
        for _ in range(160):
            yield b"x" * 65_536

    with room.join() as me:
        assert _status(me, b"x" * 10 * 2**20) == 413
        assert _status(me, pieces()) == 413


def _status(me, content):
    import httpx

    try:
        return me.post("/api/events", content=content).status_code
    except (httpx.WriteError, httpx.ReadError, httpx.RemoteProtocolError):
        return 413  # cut off while it was still sending
