"""What learners are answered, and what pages are told."""

import asyncio
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from dojo.room import acts
from dojo.room.rooms import NoRoom, Stopping

Sent = Callable[..., dict[str, Any]]


def _state(client: Any) -> dict[str, Any]:
    state: dict[str, Any] = client.get("/api/state").json()["state"]
    return state


def test_who_joins_is_told_the_room(served: Any) -> None:
    wish = {"protocol": 1, "code": served.code.lower().replace("-", " "), "name": " Ada  L. "}
    with served.client() as stranger:
        joined = stranger.post("/api/join", json=wish).json()
    assert joined["name"] == "Ada L."
    assert (joined["learner"], joined["title"]) == (1, "Monday")
    assert joined["katas"] == ["first", "second"]
    assert joined["state"]["hand"] is False


def test_a_second_of_the_same_name_is_told_apart(served: Any) -> None:
    for name in ("Ada", "ADA", "x" * 40, "x" * 40):
        served.join(name).close()
    names = [r.name for r in served.rooms.board(served.room).rows]
    assert names == ["Ada", "ADA 2", "x" * 38 + " 2", "x" * 40]


def test_what_is_said_to_all_is_read_by_each(served: Any) -> None:
    with served.join() as ada:
        before = _state(ada)
        served.rooms.act(served.room, acts.Say("Look at the shapes."))
        served.rooms.act(served.room, acts.OpenKatas(("second",)))
        served.rooms.act(served.room, acts.Timer(10))
        after = _state(ada)
    assert (after["line"], after["open"]) == ("Look at the shapes.", ["second"])
    assert 0 < after["timer_ends"] <= 600
    assert after["seq"] > before["seq"]


def test_solutions_may_be_shown_from_their_moment_on(served: Any) -> None:
    with served.join() as ada:
        assert not _state(ada)["solutions"]
        served.rooms.act(served.room, acts.SolutionsFrom(time.time() + 3600))
        assert not _state(ada)["solutions"]
        served.rooms.act(served.room, acts.SolutionsFrom(time.time() - 1))
        assert _state(ada)["solutions"]


def test_a_hand_that_was_answered_is_down(served: Any, sent: Sent) -> None:
    with served.join() as ada:
        ada.post("/api/events", json=sent("asked"))
        assert _state(ada)["hand"]
        served.rooms.act(served.room, acts.Helped(1, "Bo"))
        assert not _state(ada)["hand"]


def test_learners_are_told_of_open_boards(served: Any) -> None:
    with served.join() as ada:
        served.rooms.board_opened(served.room)
        assert _state(ada)["board"] == 1
        served.rooms.board_closed(served.room)
        assert _state(ada)["board"] == 0


def test_an_act_for_nobody_is_refused(served: Any) -> None:
    with pytest.raises(ValueError, match="no such learner"):
        served.rooms.act(served.room, acts.Helped(7))
    with pytest.raises(ValueError, match="no such kata"):
        served.rooms.act(served.room, acts.OpenKatas(("first", "third")))


def test_an_act_is_on_the_board_when_it_returns(served: Any) -> None:
    served.rooms._fresh = 60.0
    served.rooms.board(served.room)
    served.rooms.act(served.room, acts.Say("hello"))
    assert served.rooms.board(served.room).said.line == "hello"


def test_long_lines_are_shortened(served: Any) -> None:
    served.rooms.act(served.room, acts.Say("x" * 10_000))
    assert len(served.rooms.board(served.room).said.line) == acts.MOST_LINE


def test_each_secret_opens_what_it_is_for(served: Any) -> None:
    assert served.rooms.role(served.links["board"]) == (served.room, "board")
    assert served.rooms.role(served.links["projector"]) == (served.room, "projector")
    for secret in ("", served.code, "x" * 22):
        assert served.rooms.role(secret) is None


def test_a_room_that_is_not_there_is_said(served: Any) -> None:
    for ask in (served.rooms.board, served.rooms.projection, served.rooms.span):
        with pytest.raises(NoRoom):
            ask("room-9")


def test_changed_waits_for_something_newer(served: Any) -> None:
    async def wait() -> int:
        seq = served.rooms.board(served.room).seq
        threading.Timer(0.05, served.rooms.act, (served.room, acts.Say("hello"))).start()
        newer: int = await served.rooms.changed(served.room, seq, 60)
        assert newer > seq
        assert await served.rooms.changed(served.room, seq, 60) == newer  # at once
        return newer

    assert asyncio.run(wait()) == served.rooms.board(served.room).seq


def test_changed_gives_up_after_its_time(served: Any) -> None:
    seq = served.rooms.board(served.room).seq
    assert asyncio.run(served.rooms.changed(served.room, seq, 0.01)) == seq


def test_who_waits_hears_that_the_server_ends(served: Any) -> None:
    async def wait() -> None:
        threading.Timer(0.05, served.rooms.stop).start()
        await served.rooms.changed(served.room, 10**9, 60)

    with pytest.raises(Stopping):
        asyncio.run(wait())


def test_a_full_room_says_so_and_loses_nothing_it_has(served: Any, sent: Sent) -> None:
    with served.join() as ada:
        ada.post("/api/events", json=sent("begun"))
        served.rooms.is_full = True
        assert ada.post("/api/events", json=sent("asked", first=2)).status_code == 429
        assert ada.get("/api/state").json()["upto"] == 1


def test_where_nothing_can_be_written_it_is_said_and_can_be_sent_again(
    served: Any, sent: Sent, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise OperationalError("", None, OSError("the disk is full"))

    with served.join() as ada:
        with monkeypatch.context() as broken:
            broken.setattr(served.rooms.store, "writing", fail)
            answer = ada.post("/api/events", json=sent("begun"))
        assert answer.status_code == 503
        assert "later" in answer.json()["error"]
        assert ada.post("/api/events", json=sent("begun")).json()["upto"] == 1


def test_one_job_that_fails_does_not_take_others_with_it(served: Any) -> None:
    def hold(writing: Any) -> None:
        begun.wait(60)

    def fail(writing: Any) -> None:
        writing.append(served.room, None, None, "say", {"line": "lost"})
        raise ZeroDivisionError

    def say(writing: Any) -> bool:
        done: bool = writing.append(served.room, None, None, "say", {"line": "kept"})
        return done

    def time_it(writing: Any) -> bool:
        done: bool = writing.append(served.room, None, None, "timer", {"minutes": 1})
        return done

    begun = threading.Event()
    submit = served.rooms.writer.submit
    submit(hold)  # so that the next ones are written together
    jobs = [submit(say), submit(fail), submit(time_it)]
    begun.set()
    with pytest.raises(ZeroDivisionError):
        jobs[1].result(60)
    assert jobs[0].result(60)
    assert jobs[2].result(60)
    said = served.rooms.board(served.room).said
    assert said.line == "kept"
    assert said.timer_ends is not None
    assert [e.kind for e in served.rooms.store.entries(served.room)] == ["say", "timer"]


def test_whoever_comes_with_a_browser_is_told_what_to_type(served: Any) -> None:
    with served.client() as browser:
        assert "kata join" in browser.get("/").text
