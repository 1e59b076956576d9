"""Who may look: a secret traded for a cookie, and forms that come from our own pages only.

The role comes from the secret, never from a parameter. The cookie is the secret itself, so that it
opens nothing any more the moment the room says so; no page's script can read it, and no other
site's page can have it sent.
"""

from urllib.parse import parse_qs, urlsplit

from fastapi import Request, Response

from dojo.room.rooms import Role, Rooms

MOST_FORM = 16 * 2**10  # bytes of a form; 200 slugs and a line
MOST_FIELDS = 1000
COOKIES: dict[Role, str] = {"board": "kata_board", "projector": "kata_projector"}


class Refused(Exception):
    """Somebody may not see or do this; the text is the sentence that they read.

    Args:
        sentence: what they read.
        status: of HTTP.
        role: whose door they stand at.
    """

    def __init__(self, sentence: str, status: int = 403, role: Role = "board") -> None:
        super().__init__(sentence)
        self.status = status
        self.role: Role = role


def room_of(request: Request, rooms: Rooms, role: Role) -> str:
    """The room whose board, or projector, whoever asks may see.

    The board's cookie opens the projector, too: it shows less of the same.

    Raises:
        Refused: no cookie of theirs opens one.
    """
    wanted: tuple[Role, ...] = ("board",) if role == "board" else ("projector", "board")
    for name in wanted:
        secret = request.cookies.get(COOKIES[name], "")
        opened = rooms.role(secret) if secret else None
        if opened is not None and opened[1] == name:
            return opened[0]
    sentence = f"This browser has not opened the {role} by its link, or the room is gone."
    raise Refused(sentence, 403, role)


def let_in(request: Request, response: Response, secret: str, role: Role) -> None:
    """Give the cookie for a secret that was found to open something."""
    response.set_cookie(
        COOKIES[role],
        secret,
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
        path="/",
    )


def demand_own_page(request: Request) -> None:
    """Refuse what another site's page had a browser send.

    Browsers that know `Sec-Fetch-Site` send it over https and from localhost; else the origin must
    be the host that was asked. The scheme is not compared: a proxy may speak https for us.

    Raises:
        Refused: it came from elsewhere, or doesn't say from where.
    """
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        ours = site == "same-origin"
    else:
        origin = urlsplit(request.headers.get("origin", "")).netloc
        ours = origin != "" and origin == request.headers.get("host")
    if not ours:
        raise Refused("This came from another page than the room's own, so nothing was done.")


async def form_of(request: Request) -> dict[str, list[str]]:
    """The fields of a form; an empty one is there, too.

    Raises:
        Refused: it is none, or too large.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded":
        raise Refused("That is no form.", 415)
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > MOST_FORM:
            raise Refused("That form is too large.", 413)
    try:
        return parse_qs(body.decode(), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError as error:
        raise Refused("That is no form.", 400) from error
