"""The addresses of the pages."""

from collections.abc import Awaitable, Callable, Coroutine
from math import ceil
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse
from fastapi.routing import APIRoute
from starlette.concurrency import run_in_threadpool

from dojo.room import acts
from dojo.room.pages import served
from dojo.room.pages.doors import Refused, demand_own_page, form_of, let_in, room_of
from dojo.room.pages.draft import draft_of
from dojo.room.pages.forms import NoAct, act_of
from dojo.room.pages.picture import Painter, Picture, html
from dojo.room.pages.picture import projection as picture_of
from dojo.room.pages.stream import Stream
from dojo.room.pages.watched import Watched
from dojo.room.pages.words import lasting
from dojo.room.rooms import NoRoom, Role, Rooms
from dojo.room.views import Board

_STEPS = 240  # of a replay: 15 s each in an hour
MOST_SECONDS = 10**9
_TITLES: dict[Role, str] = {"board": "The board", "projector": "The projector"}
_FRESH = {"Cache-Control": "no-store"}
# Under a page's `no-referrer` browsers send its forms with the origin "null".
_PAGE = {**_FRESH, "Referrer-Policy": "same-origin"}


def router(rooms: Rooms) -> APIRouter:
    """The pages of all rooms of a server."""
    made = APIRouter(route_class=_Page, include_in_schema=False)
    watched = Watched(rooms)
    _doors(made, rooms)
    _board(made, rooms, watched)
    _acts(made, rooms)
    _replay(made, rooms)
    _projector(made, rooms, watched)
    _add(made, "/", _joining)
    _add(made, "/static/{version}/{name}", _static)
    return made


class _Page(APIRoute):
    """A route whose refusals are pages, or JSON for scripts."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def handled(request: Request) -> Response:
            try:
                return await handle(request)
            except NoRoom:
                return _refused(request, Refused("This room is gone.", 404))
            except Refused as refused:
                return _refused(request, refused)

        return handled


def _refused(request: Request, refused: Refused) -> Response:
    if "text/html" not in request.headers.get("accept", ""):
        return JSONResponse({"error": str(refused)}, refused.status, headers=_FRESH)
    return _door(refused.role, str(refused), refused.status)


def _door(role: Role, wrong: str = "", status: int = 200) -> HTMLResponse:
    known = {"what": _TITLES[role], "action": f"/{role}/enter", "wrong": wrong}
    return _html("enter.html", status, **known)


def _html(template: str, status: int = 200, **known: Any) -> HTMLResponse:
    page = html(template, static=served.address, **known)
    return HTMLResponse(page, status, headers=_PAGE)


def _joining() -> Response:
    return _html("joining.html")


def _static(version: str, name: str) -> Response:
    file = served.files().get(name)
    if file is None:
        return PlainTextResponse("There is no such file.\n", 404)
    kept = "max-age=31536000, immutable" if version == served.version() else "no-store"
    return Response(file.content, media_type=file.kind, headers={"Cache-Control": kept})


def _doors(made: APIRouter, rooms: Rooms) -> None:
    roles: tuple[Role, ...] = ("board", "projector")
    for role in roles:
        look, enter = _door_of(rooms, role)
        _add(made, f"/{role}/enter", look)
        _add(made, f"/{role}/enter", enter, "POST")


def _door_of(
    rooms: Rooms, role: Role
) -> tuple[Callable[[], Response], Callable[[Request], Awaitable[Response]]]:
    """Look at a door, go through it: no parameter of an address says which."""

    def look() -> Response:
        return _door(role)

    async def enter(request: Request) -> Response:
        demand_own_page(request)
        secret = ((await form_of(request)).get("secret") or [""])[0].strip()
        opened = await run_in_threadpool(rooms.role, secret[:200])
        if opened is None or opened[1] != role:
            return _door(role, f"That opens no {role}: is the link whole?", 403)
        response = RedirectResponse(f"/{role}", 303, headers=_FRESH)
        let_in(request, response, secret, role)
        return response

    return look, enter


def _add(made: APIRouter, path: str, answer: Callable[..., Any], method: str = "GET") -> None:
    made.add_api_route(path, answer, methods=[method], response_model=None)


def _board(made: APIRouter, rooms: Rooms, watched: Watched) -> None:
    async def board(request: Request) -> Response:
        room = room_of(request, rooms, "board")
        shown = await run_in_threadpool(rooms.board, room)
        picture = await watched.board(room, anew=True)
        if "again" in request.query_params:  # a page without script reads itself anew
            watched.seen(room)
        known = {"board": shown, "parts": picture.whole(), "replay": False}
        return _html("board.html", **known, acts=True, most_line=acts.MOST_LINE)

    async def stream(request: Request) -> Response:
        room = room_of(request, rooms, "board")
        return Stream(rooms, room, lambda: watched.board(room), counted=True)

    async def state(request: Request) -> Response:
        room = room_of(request, rooms, "board")
        watched.seen(room)
        return _state(await watched.board(room))

    async def draft(request: Request, key: str = "") -> Response:
        shown = await run_in_threadpool(rooms.board, room_of(request, rooms, "board"))
        held = next((h for h in shown.held if h.key == key and not h.named), None)
        column = next((c for c in shown.columns if held and c.slug == held.kata), None)
        if held is None or column is None:
            raise Refused("The room has no such group of failures now.", 404)
        return _html("draft.html", draft=draft_of(held, column), column=column)

    _add(made, "/board", board)
    _add(made, "/board/stream", stream)
    _add(made, "/board/state", state)
    _add(made, "/board/draft", draft)


def _acts(made: APIRouter, rooms: Rooms) -> None:
    async def act(request: Request) -> Response:
        room = room_of(request, rooms, "board")
        demand_own_page(request)
        form = await form_of(request)
        try:
            wanted, done = act_of(form)
            await run_in_threadpool(rooms.act, room, wanted)
        except (NoAct, ValueError) as error:
            raise Refused(str(error), 422) from error
        if "text/html" in request.headers.get("accept", ""):
            return RedirectResponse("/board", 303, headers=_FRESH)
        return JSONResponse({"done": done}, headers=_FRESH)

    _add(made, "/board/act", act, "POST")


def _replay(made: APIRouter, rooms: Rooms) -> None:
    def taken(room: str, after: int) -> tuple[Board, Picture]:
        first, last = rooms.span(room)
        shown = rooms.board_at(room, min(max(first + after, first), last))
        return shown, Painter().board(shown, acts=False)

    def replay(request: Request, after: int = MOST_SECONDS) -> Response:
        room = room_of(request, rooms, "board")
        shown, picture = taken(room, after)
        first, last = rooms.span(room)
        step = max(1, ceil((last - first) / _STEPS))
        slider = {
            "from": first,
            "step": step,
            "max": step * ceil((last - first) / step),
            "value": ceil(shown.at - first),
        }
        moment = f"{lasting(shown.at - first)} after the beginning"
        known = {"board": shown, "parts": picture.whole(), "replay": True, "acts": False}
        return _html("board.html", **known, slider=slider, moment=moment)

    def state(request: Request, after: int) -> Response:
        room = room_of(request, rooms, "board")
        return _state(taken(room, after)[1])

    _add(made, "/board/replay", replay)
    _add(made, "/board/replay/state", state)


def _projector(made: APIRouter, rooms: Rooms, watched: Watched) -> None:
    async def projector(request: Request) -> Response:
        shown = await run_in_threadpool(rooms.projection, room_of(request, rooms, "projector"))
        return _html("projector.html", shown=shown, parts=picture_of(shown).whole())

    async def stream(request: Request) -> Response:
        room = room_of(request, rooms, "projector")
        return Stream(rooms, room, lambda: watched.projection(room), counted=False)

    async def state(request: Request) -> Response:
        return _state(await watched.projection(room_of(request, rooms, "projector")))

    _add(made, "/projector", projector)
    _add(made, "/projector/stream", stream)
    _add(made, "/projector/state", state)


def _state(picture: Picture) -> Response:
    return Response(picture.message, media_type="application/json", headers=_FRESH)
