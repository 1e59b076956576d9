"""The pages without a browser: who is let in, what an act becomes, what is sent when."""

import asyncio
import json
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import pytest

pytest.importorskip("fastapi", reason="the extra `room` is not installed")
from fastapi.testclient import TestClient

from dojo.room import acts
from dojo.room.pages import stream
from dojo.room.pages.draft import draft_of
from dojo.room.pages.picture import Painter
from dojo.room.pages.watched import Watched
from dojo.room.rooms import Stopping
from dojo.room.views import Cell, Said

from .fake import (
    BOARD,
    COLUMNS,
    HELD,
    HOSTILE,
    NAMES,
    NEEDS,
    NOW,
    PROJECTOR,
    FakeRooms,
    a_board,
    an_app,
)

HERE = {"origin": "http://testserver"}
PAGE = {"accept": "text/html"}


@pytest.fixture
def rooms() -> FakeRooms:
    return FakeRooms()


@pytest.fixture
def client(rooms: FakeRooms) -> Iterator[TestClient]:
    """A browser that nobody has let in."""
    with TestClient(an_app(rooms), follow_redirects=False) as client:
        yield client


@pytest.fixture
def board(client: TestClient) -> TestClient:
    """A browser that has opened the board."""
    client.post("/board/enter", data={"secret": BOARD}, headers=HERE)
    return client


def test_a_secret_becomes_a_cookie_that_no_script_reads_and_no_other_site_sends(
    client: TestClient,
) -> None:
    answer = client.post("/board/enter", data={"secret": BOARD}, headers=HERE)
    assert (answer.status_code, answer.headers["location"]) == (303, "/board")
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert client.get("/board").status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/board",
        "/board/stream",
        "/board/state",
        "/board/draft?key=x",
        "/board/replay",
        "/board/replay/state?after=0",
        "/projector",
        "/projector/stream",
        "/projector/state",
    ],
)
def test_without_the_cookie_nothing_is_shown(client: TestClient, path: str) -> None:
    answer = client.get(path, headers=PAGE)
    assert answer.status_code == 403
    assert not any(name in answer.text for name in NAMES)


def test_the_projectors_secret_opens_no_board(client: TestClient) -> None:
    assert client.post("/board/enter", data={"secret": PROJECTOR}, headers=HERE).status_code == 403
    client.post("/projector/enter", data={"secret": PROJECTOR}, headers=HERE)
    assert client.get("/projector").status_code == 200
    assert client.get("/board").status_code == 403
    client.cookies.set("kata_board", PROJECTOR)
    assert client.get("/board").status_code == 403


def test_no_parameter_makes_a_role(client: TestClient) -> None:
    answer = client.post("/projector/enter?role=board", data={"secret": BOARD}, headers=HERE)
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "null"},
        {"origin": "http://evil.example"},
        {"origin": "http://testserver.evil.example"},
        {"origin": "http://testserver", "sec-fetch-site": "cross-site"},
        {"origin": "http://testserver", "sec-fetch-site": "none"},
    ],
)
def test_other_sites_pages_change_nothing(
    board: TestClient, rooms: FakeRooms, headers: dict[str, str]
) -> None:
    for path, form in (("/board/act", {"do": "close"}), ("/board/enter", {"secret": BOARD})):
        answer = board.post(path, data=form, headers=headers)
        assert answer.status_code == 403
        assert "set-cookie" not in answer.headers
    assert rooms.acts == []


@pytest.mark.parametrize(
    ("form", "act"),
    [
        ({"do": "helped 15", "by": " Ana "}, acts.Helped(15, "Ana")),
        ({"do": "snooze 3"}, acts.Snooze(3, 5)),
        ({"do": "claim 3", "by": "Ana"}, acts.Claim(3, "Ana")),
        ({"do": "unclaim 3", "by": "Ana"}, acts.Claim(3, "")),
        ({"do": "lower 15"}, acts.LowerHand(15)),
        ({"do": "pause"}, acts.PauseHands(True)),
        ({"do": "resume"}, acts.PauseHands(False)),
        ({"do": "say", "line": "Look at\nthe board"}, acts.Say("Look at the board")),
        ({"do": "unsay", "line": "left over"}, acts.Say("")),
        ({"do": "timer", "minutes": "10"}, acts.Timer(10)),
        ({"do": "untimer", "minutes": "10"}, acts.Timer(None)),
        (
            {"do": "open", "slug": ["kata-1-1", "kata-1-2"]},
            acts.OpenKatas(("kata-1-1", "kata-1-2")),
        ),
        ({"do": "open"}, acts.OpenKatas(())),
        ({"do": "nosolutions"}, acts.SolutionsFrom(None)),
        ({"do": "close"}, acts.Close()),
    ],
)
def test_a_form_becomes_an_act(
    board: TestClient, rooms: FakeRooms, form: dict[str, str], act: acts.Act
) -> None:
    answer = board.post("/board/act", data=form, headers=HERE)
    assert answer.json()["done"]
    assert rooms.acts == [act]


@pytest.mark.parametrize(
    "form",
    [
        {"by": "Ana"},
        {"do": "helped"},
        {"do": "helped -1"},
        {"do": "helped ٣"},
        {"do": "helped 99"},
        {"do": "say", "line": "   "},
        {"do": "say", "line": "x" * 301},
        {"do": "timer", "minutes": "0"},
        {"do": "timer", "minutes": "1e9"},
        {"do": "solutions", "minutes": "99999"},
        {"do": "explode"},
    ],
)
def test_a_form_that_makes_no_sense_is_refused_in_a_sentence(
    board: TestClient, rooms: FakeRooms, form: dict[str, str]
) -> None:
    answer = board.post("/board/act", data=form, headers=HERE)
    assert answer.status_code == 422
    assert answer.json()["error"].endswith(".")
    assert rooms.acts == []


def test_a_form_has_its_bounds(board: TestClient) -> None:
    large = board.post("/board/act", data={"do": "say", "line": "x" * 20_000}, headers=HERE)
    assert large.status_code == 413
    assert board.post("/board/act", json={"do": "close"}, headers=HERE).status_code == 415


def test_without_script_an_act_leads_back_to_the_board(board: TestClient) -> None:
    answer = board.post("/board/act", data={"do": "helped 15"}, headers=HERE | PAGE)
    assert (answer.status_code, answer.headers["location"]) == (303, "/board")
    assert "need-15-" not in board.get("/board").text


def test_text_of_learners_is_text(board: TestClient) -> None:
    page = board.get("/board").text
    assert HOSTILE not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "&lt;b&gt;loss&lt;/b&gt;" in page
    assert "‮" not in page  # an override of the direction would turn the rest of the line


@pytest.mark.parametrize("path", ["/board", "/board/replay", "/projector", "/board/enter"])
def test_nothing_is_inline_and_nothing_from_elsewhere(board: TestClient, path: str) -> None:
    page = board.get(path, headers=PAGE).text
    assert "<style" not in page
    assert " style=" not in page
    assert " onclick" not in page
    assert page.count("<script") == page.count('<script type="module" src="/static/')
    assert "//" not in page.replace("http://10.0.0.5:8000", "")  # the address to join at


def test_no_name_is_on_the_projector(board: TestClient) -> None:
    shown = board.get("/projector").text + board.get("/projector/state").text
    assert "25 learners" in shown
    assert not any(name in shown for name in NAMES)
    assert "g = r.sum()" not in shown


def test_those_in_one_mistake_stand_together_with_its_sentence_once(board: TestClient) -> None:
    needs = board.get("/board/state").json()["parts"]["needs"]
    assert "2 people, one talk" in needs
    assert needs.count("Was something only added up?") == 1
    places = [needs.index(f"<bdi>{name}</bdi>") for name in ("Mia", "Bea", "Rosa", "Priya")]
    assert places == sorted(places)


def test_a_replay_shows_the_moment_and_offers_no_act(board: TestClient) -> None:
    first, _ = FakeRooms().span("r")
    early = board.get("/board/replay/state", params={"after": 60}).json()
    assert (early["at"], "need-15-" in early["parts"]["needs"]) == (first + 60, False)
    late = board.get("/board/replay", params={"after": 10**9}).text
    assert "need-15-" in late
    assert "<button name" not in late


def test_a_draft_is_toml_without_a_name_in_it(board: TestClient) -> None:
    unnamed = HELD[1]
    page = board.get("/board/draft", params={"key": unnamed.key})
    assert "[[mistake]]" in page.text
    draft = draft_of(unnamed, COLUMNS[2])
    (mistake,) = tomllib.loads(draft)["mistake"]  # the lines that were shared are comments
    assert mistake["id"] == "values-exactly-7-times"
    assert "Rosa" not in draft
    assert board.get("/board/draft", params={"key": HELD[0].key}).status_code == 404


def test_a_room_that_is_gone_is_told(board: TestClient, rooms: FakeRooms) -> None:
    rooms.gone = True
    assert board.get("/board/state").status_code == 403
    assert "gone" in board.get("/board", headers=PAGE).text


def test_one_learners_check_costs_one_row_and_the_totals() -> None:
    board, painter = a_board(), Painter()
    before = painter.board(board)
    done = replace(board.rows[4], cells=(Cell("passed", 7, 7),) * len(COLUMNS))
    after = painter.board(replace(board, seq=42, rows=(*board.rows[:4], done, *board.rows[5:])))
    assert set(after.since(before)) == {"row-5", "room-totals"}


def test_who_joins_costs_the_whole_table() -> None:
    board, painter = a_board(), Painter()
    fewer = painter.board(replace(board, rows=board.rows[1:], needs=NEEDS))
    changed = painter.board(board).since(fewer)
    assert "room" in changed
    assert not any(part.startswith("row-") for part in changed)


class Counting(FakeRooms):
    """A room in which something happens all the time, until it has been looked at often."""

    left = 6

    async def changed(self, room: str, seq: int, timeout: float) -> int:
        if not self.left:
            raise Stopping
        self.left -= 1
        said = replace(self.shown.said, line=f"line {self.left}")
        self.shown = replace(self.shown, seq=seq + 1, said=said)
        return self.shown.seq


def test_a_stream_begins_whole_goes_on_with_changes_and_takes_its_time() -> None:
    rooms = Counting()
    watched = Watched(rooms)
    sent: list[dict[str, object]] = []
    times: list[float] = []

    async def read() -> None:
        loop = asyncio.get_running_loop()
        async for words in stream.messages(rooms, "r", lambda: watched.board("r")):
            times.append(loop.time())
            sent.append(json.loads(words))

    with pytest.raises(Stopping):
        asyncio.run(read())
    first, *rest = [set(m["parts"]) for m in sent if isinstance(m["parts"], dict)]
    assert {"needs", "held", "room", "pace", "said", "summary", "opens"} == first
    assert rest
    assert all(parts == {"said"} for parts in rest)
    assert all(b - a >= 0.24 for a, b in pairwise(times))


def test_an_open_board_is_counted_and_a_closed_one_no_more(rooms: FakeRooms) -> None:
    sent: list[bytes] = []

    async def open_and_leave() -> None:
        gone = asyncio.Event()
        app = an_app(rooms)
        scope = {
            "type": "http", "asgi": {"version": "3.0", "spec_version": "2.3"}, "method": "GET",
            "path": "/board/stream", "raw_path": b"/board/stream", "query_string": b"",
            "headers": [(b"cookie", f"kata_board={BOARD}".encode())], "scheme": "http",
            "http_version": "1.1", "server": ("testserver", 80), "client": ("t", 1),
            "root_path": "",
        }  # fmt: skip

        async def receive() -> dict[str, object]:
            if rooms.open == 0 and not sent:
                return {"type": "http.request", "body": b"", "more_body": False}
            await gone.wait()
            return {"type": "http.disconnect"}

        async def send(message: dict[str, object]) -> None:
            if body := message.get("body"):
                assert isinstance(body, bytes)
                sent.append(body)
                assert rooms.open == 1
                gone.set()

        await app(scope, receive, send)  # type: ignore[arg-type]

    asyncio.run(open_and_leave())
    assert sent[0].startswith(b"data: {")
    assert rooms.open == 0


def test_no_more_people_are_listed_than_one_can_go_to() -> None:
    many = tuple(replace(NEEDS[2], learner=n, name=f"P{n}") for n in range(1, 101))
    needs = Painter().board(replace(a_board(), needs=many)).parts["needs"]
    assert needs.count('class="person"') == 40
    assert "And 60 more" in needs
    assert ">100<span" in needs  # the number says how many there are


def test_a_clock_that_ticks_is_not_read_out_every_second(
    board: TestClient, rooms: FakeRooms
) -> None:
    said = Said("Five minutes", NOW + 300, (), None, False)
    rooms.shown = replace(rooms.shown, said=said)
    told = board.get("/projector/state").json()["parts"]["p-told"]
    read_out = told.partition('role="status"')[2].partition("</div>")[0]
    assert "Five minutes" in read_out
    assert "data-ends" in told
    assert "data-ends" not in read_out
