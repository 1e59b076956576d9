"""Ask for files of the server."""

PATHS = (
    "/static/x/../../../../pyproject.toml", "/static/x/%2e%2e%2froutes.py", "/static/x/routes.py",
    "/static//etc/passwd", "/..%2f..%2fetc/passwd", "/room.sqlite", "/api/../room.sqlite",
)


def attempt(room):
    with room.client() as me:
        for path in PATHS:
            answer = me.get(path)
            assert answer.status_code in (400, 404), path
