"""Ask in ways that nobody offers."""


def attempt(room):
    with room.client() as me:
        for method in ("PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECTX"):
            for path in ("/api/join", "/api/state", "/board", "/board/act"):
                assert me.request(method, path).status_code in (400, 401, 403, 404, 405), (method, path)
