"""The web application of a room: what learners' `kata` asks, and the pages."""

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException

from dojo.room import api, pages
from dojo.room.guards import SLOW, Guarded
from dojo.room.rooms import NoRoom
from dojo.room.writer import Overloaded

BUSY = "This room can't keep anything just now; try again later."


def create_app(door: api.Door, slow: float = SLOW) -> FastAPI:
    """The application, with every route.

    Args:
        door: admits learners, and knows the rooms.
        slow: seconds within which a request's body is there.
    """
    app = FastAPI(title="kata room", openapi_url=None, docs_url=None, redoc_url=None)
    app.include_router(api.router(door))
    app.include_router(pages.router(door.rooms))
    app.add_middleware(Guarded, slow=slow)

    @app.exception_handler(api.Refusal)
    async def refuse(_: Request, error: api.Refusal) -> JSONResponse:
        return _refused(error.status, error.sentence)

    @app.exception_handler(RequestValidationError)
    async def explain(_: Request, error: RequestValidationError) -> JSONResponse:
        return _refused(400, _sentence(error))

    @app.exception_handler(HTTPException)
    async def say(_: Request, error: HTTPException) -> JSONResponse:
        return _refused(error.status_code, f"{error.detail}.")

    @app.exception_handler(NoRoom)
    async def miss(_: Request, error: NoRoom) -> JSONResponse:
        return _refused(404, "This room is no more.")

    @app.exception_handler(Overloaded)
    @app.exception_handler(SQLAlchemyError)
    async def wait(_: Request, error: Exception) -> JSONResponse:
        return _refused(503, BUSY)

    return app


def _refused(status: int, sentence: str) -> JSONResponse:
    return JSONResponse({"error": sentence}, status)


def _sentence(error: RequestValidationError) -> str:
    """The first thing that is wrong, and where; nothing of what was sent is repeated."""
    first = error.errors()[0]
    place = ".".join(str(p) for p in first["loc"] if p != "body")[:100]
    place = place.encode("ascii", "replace").decode()
    return f"The request is not understood: {place or 'body'}: {first['msg']}."
