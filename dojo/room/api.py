"""What learners' `kata` asks of a room: join, hand over events, look, leave.

Who asks follows from the token alone. Nothing of a learner's is judged or believed here.
"""

import json
import math
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, PlainTextResponse
from pydantic import BaseModel, ConfigDict, Field

from dojo.joined.protocol import (
    EVENTS,
    JOIN,
    LEAVE,
    MOST_EVENTS,
    MOST_NAME,
    PROTOCOL,
    STATE,
    Joined,
    Taken,
)
from dojo.room import auth
from dojo.room.codes import Codes
from dojo.room.live import Live, LiveRooms
from dojo.room.store import Admission
from dojo.screens.text import clean

MOST_LEARNERS = 3_000  # in a room
MOST_NUMBER = 100_000  # of a learner's events
_REFUSALS: tuple[int | str, ...] = (400, 401, 403, 404, 408, 409, 413, 429, 503)
FRONT = """A live room of kata is here.

To take part, type in a terminal what stands on the room's screen: kata join ADDRESS CODE
"""
_KIND = r"^[A-Za-z][A-Za-z0-9 _-]{0,29}$"


class Refusal(Exception):
    """A request that isn't answered, with the sentence that a person reads.

    Args:
        status: of HTTP.
        sentence: for a person.
    """

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status, self.sentence = status, sentence


class JoinBody(BaseModel):
    """See `dojo.joined.protocol.JoinWish`."""

    protocol: int = Field(ge=1)
    code: str = Field(max_length=40)
    name: str = Field(max_length=4 * MOST_NAME)
    engine: str = Field(default="", max_length=100)


class EventBody(BaseModel):
    """See `dojo.joined.protocol.Event`; what is not known here is kept as it came."""

    model_config = ConfigDict(extra="allow")

    n: int = Field(ge=1, le=MOST_NUMBER)
    at: str = Field(max_length=40)
    kind: str = Field(pattern=_KIND)
    kata: str = Field(max_length=100)


class SentBody(BaseModel):
    """See `dojo.joined.protocol.Sent`."""

    protocol: int = Field(ge=1)
    events: list[EventBody] = Field(max_length=MOST_EVENTS)


class LeaveBody(BaseModel):
    """See `dojo.joined.protocol.LeaveWish`."""

    forget: bool = False


class RefusedBody(BaseModel):
    """See `dojo.joined.protocol.Refused`."""

    error: str


@dataclass(frozen=True)
class Limits:
    """How much is taken, a second in the long run and at once.

    Attributes:
        joins: of one address; a whole class may have one.
        strangers: requests with unknown tokens, of one address.
        asks: requests of one learner.
        kilobytes: of one learner.
    """

    joins: tuple[float, int] = (10, 300)
    strangers: tuple[float, int] = (20, 200)
    asks: tuple[float, int] = (5, 100)
    kilobytes: tuple[float, int] = (5, 4_000)


class Door:
    """Admits learners, and counts who tries too often.

    Args:
        rooms: all of them.
        codes: those that admit.
        limits: how much is taken.
    """

    def __init__(self, rooms: LiveRooms, codes: Codes, limits: Limits | None = None) -> None:
        self.rooms, self.codes = rooms, codes
        most = limits if limits is not None else Limits()
        self._joins = auth.Pace(*most.joins)
        self._strangers = auth.Pace(*most.strangers)
        self._asks = auth.Pace(*most.asks)
        self._bytes = auth.Pace(*most.kilobytes)

    def learner(self, request: Request) -> tuple[Live, Admission, str]:
        """Who asks, and in which room; with their token.

        Raises:
            Refusal: nobody who is here, or too often.
        """
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        found = None
        if scheme.lower() == "bearer" and 0 < len(token) <= 100:
            if not self._strangers.has(_address(request)):
                raise Refusal(429, "Too many requests with unknown tokens; try again later.")
            found = self.rooms.admission(token)
        if found is None or found.role != "learner" or found.learner is None:
            self._strangers.may(_address(request))
            raise Refusal(401, "This room doesn't know you; join it again.")
        if not self._asks.may(f"{found.room} {found.learner}"):
            raise Refusal(429, "That is more than a room takes at once; try again in a minute.")
        return self.rooms.live(found.room), found, token

    def room(self, request: Request, code: str) -> Live:
        """The room that a code admits to.

        Raises:
            Refusal: none, or tried too often.
        """
        address = _address(request)
        if not self._joins.may(address):
            raise Refusal(429, "Too many join at once from your network; try again in a minute.")
        if not self.codes.may_try(address):
            raise Refusal(429, "Too many wrong codes from your network; try again in ten minutes.")
        room = self.codes.room(code, address)
        if room is None:
            raise Refusal(403, "No room has this code. It stands on the room's screen.")
        return self.rooms.live(room)

    def weigh(self, found: Admission, body: Sequence[str]) -> None:
        """Refuse what is too much in the long run.

        Raises:
            Refusal: it is.
        """
        if self.rooms.is_full:
            raise Refusal(429, "This room is full; tell who opened it.")
        kilobytes = math.ceil(sum(map(len, body)) / 1024)
        if not self._bytes.may(f"{found.room} {found.learner}", kilobytes):
            raise Refusal(429, "That is more than a room keeps of one learner; try again later.")


def router(door: Door) -> APIRouter:
    """The routes for learners."""
    rooms = door.rooms
    routes = APIRouter(responses={s: {"model": RefusedBody} for s in _REFUSALS})

    @routes.post(JOIN, response_model=None)
    async def join(body: JoinBody, request: Request) -> JSONResponse:
        """Become a learner of the room that the code admits to."""
        name = _plain_name(body.name)
        live = door.room(request, body.code)
        if live.fold.closed:
            raise Refusal(409, "This room is closed.")
        if len(live.fold.people) >= MOST_LEARNERS:
            raise Refusal(409, "This room is full.")
        called = _own_name(name, live)
        token = auth.make_secret()
        learner = await rooms.join_in(live.kept.id, called, token)
        expires = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(live.kept.expires_at))
        return _answer(
            Joined(
                protocol=PROTOCOL,
                room=live.kept.id,
                title=live.kept.title,
                learner=learner,
                name=called,
                token=token,
                katas=[*live.kept.katas],
                expires=expires,
                state=rooms.state(live.kept.id, learner),
            )
        )

    @routes.post(EVENTS, response_model=None)
    async def events(body: SentBody, request: Request) -> JSONResponse:
        """Store events; those that are there already are passed over."""
        live, who, _ = door.learner(request)
        learner = _number(who)
        if not live.fold.closed:
            data = [_data(e) for e in body.events]
            door.weigh(who, data)
            given = [(e.n, e.kind, d) for e, d in zip(body.events, data, strict=True)]
            await rooms.take(live.kept.id, learner, given)
        return _answer(_taken(live, learner))

    @routes.get(STATE, response_model=None)
    async def state(request: Request) -> JSONResponse:
        """What the room says, and how far a learner's events are stored."""
        live, who, _ = door.learner(request)
        return _answer(_taken(live, _number(who)))

    @routes.post(LEAVE, response_model=None)
    async def leave(body: LeaveBody, request: Request) -> JSONResponse:
        """Leave; with ``forget``, all that was sent is deleted."""
        live, who, token = door.learner(request)
        learner = _number(who)
        before = _taken(live, learner)
        await rooms.leave(live.kept.id, learner, token, body.forget)
        return _answer(before)

    @routes.get("/", include_in_schema=False, response_class=PlainTextResponse)
    async def front() -> str:
        """For whoever comes with a browser, by the QR code for example."""
        return FRONT

    def _taken(live: Live, learner: int) -> Taken:
        room = live.kept.id
        return Taken(upto=rooms.upto(room, learner), state=rooms.state(room, learner))

    return routes


def _answer(said: Joined | Taken) -> JSONResponse:
    return JSONResponse(said)


def _number(who: Admission) -> int:
    assert who.learner is not None
    return who.learner


def _data(event: EventBody) -> str:
    """An event as JSON, without what has columns of its own.

    Raises:
        Refusal: it is too deep.
    """
    rest: dict[str, Any] = event.model_dump(exclude={"n", "kind"})
    try:
        return json.dumps(rest, separators=(",", ":"))
    except (ValueError, RecursionError):
        raise Refusal(400, f"Event {event.n} can't be kept.") from None


def _plain_name(name: str) -> str:
    """A name on one line, without anything invisible.

    Raises:
        Refusal: nothing is left of it.
    """
    plain = " ".join(clean(name).split())[:MOST_NAME].strip()
    if not plain:
        raise Refusal(400, "Say what you want to be called.")
    return plain


def _own_name(name: str, live: Live) -> str:
    """A name that nobody else in the room has."""
    taken = {p.name.casefold() for p in live.fold.people.values()}
    called, number = name, 1
    while called.casefold() in taken:
        number += 1
        ending = f" {number}"
        called = name[: MOST_NAME - len(ending)] + ending
    return called


def _address(request: Request) -> str:
    return request.client.host if request.client is not None else ""
