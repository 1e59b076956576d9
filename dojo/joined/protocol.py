"""What a learner's `kata` and a room say to one another: JSON over HTTP, version 1.

Both ends read this file, so it knows neither. What one end says and the other doesn't know is
kept and passed over: a newer `kata` may talk to an older room, and the other way round.
"""

from typing import Literal, NotRequired, TypedDict

PROTOCOL = 1
MOST_EVENTS = 200  # in one request
MOST_BODY = 256 * 2**10  # bytes of one request
MOST_SOURCE = 64 * 2**10  # bytes of a file that is shared
MOST_TEXT = 500  # characters of a question
MOST_NAME = 40  # characters of the name that a learner wants to be called by

JOIN, EVENTS, STATE, LEAVE = "/api/join", "/api/events", "/api/state", "/api/leave"

EventKind = Literal["begun", "checked", "hinted", "asked", "answered", "shared", "left"]


class Event(TypedDict):
    """One thing that a learner did. A learner's events are numbered 1, 2, ..., each once.

    Attributes:
        n: its number; (learner, n) is there once, however often it is sent.
        at: the learner's clock, ISO 8601 in UTC; for the eye, the room's own clock orders.
        kind: ``begun`` (`kata next` showed it), ``checked``, ``hinted``, ``asked`` (a hand goes
            up), ``answered`` (it goes down), ``shared`` (the code of one kata), ``left``.
        kata: slug of the kata; empty where it is about none.
        status: of ``checked``: ``pass``, ``fail`` or ``not judged``.
        passed: of ``checked``: names of the checks that passed.
        failed: of ``checked``: names of the checks that failed.
        checks: of ``checked``: how many checks the suite has.
        mistakes: of ``checked``: ids of the known mistakes that were recognised for sure, of the
            card or the engine's own; ``factor n``, where the card has words of such a factor.
        relations: of ``checked``: for failed checks without a known mistake, ``check: relation``.
        digest: of ``checked`` and ``shared``: SHA-256 of the file.
        seconds: of ``checked``: how long judging took.
        untouched: of ``checked``: the file was still the stub.
        hints: of ``hinted``: how many hints were shown by now; and how many there are.
        of: of ``hinted``: how many hints there are.
        text: of ``asked``: the question, may be empty.
        source: of ``shared``: the file.
    """

    n: int
    at: str
    kind: str
    kata: str
    status: NotRequired[str]
    passed: NotRequired[list[str]]
    failed: NotRequired[list[str]]
    checks: NotRequired[int]
    mistakes: NotRequired[list[str]]
    relations: NotRequired[list[str]]
    digest: NotRequired[str]
    seconds: NotRequired[float]
    untouched: NotRequired[bool]
    hints: NotRequired[int]
    of: NotRequired[int]
    text: NotRequired[str]
    source: NotRequired[str]


class State(TypedDict):
    """What a room says to all its learners; stored, and read again with each answer.

    Attributes:
        seq: grows with every change, so that a line is shown once.
        line: what the instructor says to all; empty for nothing.
        timer_ends: seconds from now until the timer ends (may be negative), or None.
        open: slugs of the katas that are open; empty for all of the room's.
        solutions: whether solutions may be shown.
        board: how many boards are open now.
        hand: whether this learner's hand is up; False when somebody has answered it.
        closed: the room takes nothing more.
    """

    seq: int
    line: str
    timer_ends: float | None
    open: list[str]
    solutions: bool
    board: int
    hand: bool
    closed: bool


class JoinWish(TypedDict):
    """Body of ``POST /api/join``."""

    protocol: int
    code: str
    name: str
    engine: str


class Joined(TypedDict):
    """Answer of ``POST /api/join``; the token goes into ``Authorization: Bearer`` from then on."""

    protocol: int
    room: str
    title: str
    learner: int
    name: str
    token: str
    katas: list[str]
    expires: str
    state: State


class Sent(TypedDict):
    """Body of ``POST /api/events``."""

    protocol: int
    events: list[Event]


class Taken(TypedDict):
    """Answer of ``POST /api/events`` and, with ``upto`` as it stands, of ``GET /api/state``.

    Attributes:
        upto: all events up to this number are stored.
        state: what the room says.
    """

    upto: int
    state: State


class LeaveWish(TypedDict):
    """Body of ``POST /api/leave``."""

    forget: bool


class Refused(TypedDict):
    """Body of every answer of 400 and above: one sentence for a person."""

    error: str
