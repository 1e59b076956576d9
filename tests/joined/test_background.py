"""What `kata watch` tells its room, and shows of it: never waiting, heard of now and then."""

import asyncio
import io
import queue
import threading
from collections.abc import Callable
from typing import Any

import pytest

from dojo.course.catalog import Kata
from dojo.desk.desk import Desk
from dojo.joined import membership
from dojo.joined.background import Background
from dojo.joined.membership import Membership
from dojo.joined.saying import Said
from dojo.joined.seat import Seat
from dojo.screens.terminal import Terminal
from dojo.watch.app import WatchApp
from dojo.watch.plain import PlainWatch
from dojo.watch.session import Session
from tests.joined.conftest import Room
from tests.watch.conftest import FakeElsewhere
from tests.watch.conftest import desk as desk

NEVER = 3600.0  # seconds until the next look


class Watch:
    """A session with a room, whose posted functions run when a test says so."""

    def __init__(self, desk: Desk, company: Background) -> None:
        self.posted: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        first = desk.catalog.katas[0]
        self.session = Session(
            desk, first, self.posted.put, lambda: None, judge=FakeElsewhere, company=company
        )

    def until(self, condition: Callable[[], bool]) -> None:
        """Run what is posted until a condition holds."""
        while not condition():
            self.posted.get(timeout=60)()

    @property
    def quiet(self) -> str:
        said = self.session.state.said
        return said.quiet if said is not None else ""

    @property
    def loud(self) -> str:
        said = self.session.state.said
        return said.loud if said is not None else ""


@pytest.fixture
def seat(desk: Desk, member: Membership) -> Seat:
    membership.write(desk.workspace.state, member)
    return Seat(desk.workspace.state, member)


def kinds(room: Room) -> list[str]:
    return [room.events[n]["kind"] for n in sorted(room.events)]


def test_saves_hints_and_katas_are_told_while_the_watch_goes_on(
    desk: Desk, seat: Seat, room: Room
) -> None:
    watch = Watch(desk, Background(seat, desk.catalog, NEVER))
    watch.until(lambda: kinds(room) == ["begun", "checked"])
    watch.session.another_hint()
    watch.session.open(desk.catalog.katas[1])
    watch.until(lambda: kinds(room)[2:] == ["hinted", "begun", "checked"])
    watch.session.close()


def test_after_the_last_hint_nothing_more_is_told(desk: Desk, seat: Seat, room: Room) -> None:
    watch = Watch(desk, Background(seat, desk.catalog, NEVER))
    for _ in range(5):
        watch.session.another_hint()
    watch.until(lambda: "hinted" in kinds(room) and not seat.waits)
    assert kinds(room).count("hinted") == 3
    watch.session.close()


def test_what_the_room_says_comes_without_a_save(desk: Desk, seat: Seat, room: Room) -> None:
    watch = Watch(desk, Background(seat, desk.catalog, 0.01))
    watch.until(lambda: "Told to" in watch.quiet)
    room.state.update(line="Look up, please.", board=1)
    watch.until(lambda: watch.loud == "Look up, please.")
    assert "A board is open." in watch.quiet
    room.state["line"] = ""
    watch.until(lambda: watch.loud == "")
    watch.session.close()


def test_a_room_that_hangs_keeps_neither_saves_nor_the_end_waiting(
    desk: Desk, seat: Seat, room: Room
) -> None:
    room.misbehave = lambda handler, body: (room.over.wait(60), b"")[1]
    watch = Watch(desk, Background(seat, desk.catalog, NEVER))
    watch.until(lambda: watch.session.state.phase == "done")
    watch.session.close()
    assert not room.over.is_set()
    assert [e["kind"] for e in seat.kept().events] == ["begun", "checked"]
    assert seat.waits  # for another time


def test_what_was_told_last_is_sent_at_the_end(desk: Desk, seat: Seat, room: Room) -> None:
    company = Background(seat, desk.catalog, NEVER)
    heard = threading.Event()
    company.listen(heard.set)
    assert heard.wait(60)
    company.hinted(desk.catalog.katas[0], 1)
    company.close()
    company._thread.join(60)
    assert kinds(room) == ["hinted"]


def test_whatever_goes_wrong_the_watch_goes_on(
    desk: Desk, seat: Seat, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    failed = threading.Event()

    def fail(self: Seat, budget: float) -> None:
        failed.set()
        raise RuntimeError("of ours")

    monkeypatch.setattr(Seat, "send", fail)
    watch = Watch(desk, Background(seat, desk.catalog, 0.01))
    assert failed.wait(60)
    watch.until(lambda: watch.session.state.phase == "done")
    monkeypatch.undo()
    watch.until(lambda: "Told to" in watch.quiet)
    watch.session.close()


def test_the_solution_waits_until_the_room_shows_it(desk: Desk, seat: Seat, room: Room) -> None:
    watch = Watch(desk, Background(seat, desk.catalog, 0.01))
    watch.until(lambda: "Told to" in watch.quiet)
    assert "shown later" in watch.session.withheld()
    room.state["solutions"] = True
    watch.until(lambda: not watch.session.withheld())
    watch.session.close()


def test_line_by_line_a_timer_that_goes_on_is_not_told_again(
    desk: Desk, seat: Seat, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Ticking(Background):
        ticks = 0

        def said(self, kata: Kata) -> Said:
            self.ticks += 1
            loud = "Look up." if self.ticks < 5 else "Go on."
            return Said("Told.", loud, f"{60 - self.ticks} minutes left.")

    def session(*args: Any, **more: Any) -> Session:
        return Session(*args, judge=FakeElsewhere, **more)

    monkeypatch.setattr("dojo.watch.plain.Session", session)
    shown = io.StringIO()

    def has_gone_on(stream: object) -> bool:
        return "Go on." in shown.getvalue()

    monkeypatch.setattr("dojo.watch.plain.reader_is_gone", has_gone_on)
    company = Ticking(seat, desk.catalog, 0.01)
    PlainWatch(Terminal(shown), desk, desk.catalog.katas[0], company=company).run()
    assert shown.getvalue().count("Look up.") == 1
    assert shown.getvalue().count("minutes left.") == 2


@pytest.mark.parametrize("width", [40, 80, 120])
def test_the_screen_shows_what_the_room_says(
    desk: Desk, seat: Seat, room: Room, width: int
) -> None:
    room.state.update(line="[b]Look up[/b], please.", board=1, timer_ends=400.0)
    app = WatchApp(
        desk, desk.catalog.katas[0], judge=FakeElsewhere,
        company=Background(seat, desk.catalog, 0.05),
    )  # fmt: skip

    async def until_it_is_shown() -> str:
        async with app.run_test(size=(width, 24)) as pilot:
            while True:
                await pilot.pause(0.02)
                shown = "\n".join(
                    "".join(segment.text for segment in strip)
                    for strip in app.screen._compositor.render_strips()
                )
                if "Look up" in shown and "left." in shown:
                    return shown

    shown = asyncio.run(until_it_is_shown())
    said = " ".join(shown.split())
    assert "[b]Look up[/b], please." in said
    assert "A board is open." in said
    assert "quit" in said  # the keys are still there
