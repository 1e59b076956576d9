"""`kata join`, `ask`, `share`, `leave`, and what a check in a joined workspace says and sends."""

import hashlib
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.joined.conftest import Room, answer

Run = Callable[..., subprocess.CompletedProcess[str]]
FIRST = "katas/lesson_1_2_linear_regression/k1_mean_of_squares.py"
SECRET = "# WRONG, and nobody's business"


@pytest.fixture
def joined(kata: Run, course: Path, room: Room) -> Run:
    """`kata` in a workspace that has joined the room, in which an answer is written."""
    assert kata("join", room.address, "PLUM-4T", "--name", "Ada").returncode == 0
    (course / FIRST).write_text(SECRET)
    return kata


def kinds(room: Room) -> list[str]:
    return [room.events[n]["kind"] for n in sorted(room.events)]


def test_joining_sends_the_code_and_the_name_and_says_what_will_be_sent(
    kata: Run, course: Path, room: Room
) -> None:
    done = kata("join", room.address.removeprefix("http://"), "PLUM-4T", "--name", " Ada  L ")
    assert done.returncode == 0
    body = room.asked[0][3]
    assert (body["code"], body["name"], body["protocol"]) == ("PLUM-4T", "Ada L", 1)
    assert set(body) == {"protocol", "code", "name", "engine"}
    for piece in ('the room "Monday" as Ada L', "never sent", "kata join --show", "kata leave"):
        assert piece in done.stdout
    assert "t0ken" not in done.stdout
    assert (course / ".kata" / "room.json").stat().st_mode & 0o077 == 0


def test_a_name_is_asked_for_where_nobody_can_answer_it_has_to_be_said(
    kata: Run, room: Room
) -> None:
    done = kata("join", room.address, "PLUM-4T")
    assert done.returncode == 2
    assert "--name" in done.stderr
    assert room.asked == []


@pytest.mark.parametrize(
    ("words", "piece"),
    [
        (["ftp://10.0.0.5", "PLUM-4T", "--name", "Ada"], "no address of a room"),
        (["http://127.0.0.1:1", "PLUM-4T", "--name", "Ada"], "No room answers at"),
        (["http://10.0.0.5", "PLUM-4T", "--name", " "], "yours is empty"),
        (["http://10.0.0.5"], "the join code"),
    ],
)
def test_what_makes_no_sense_is_one_sentence(kata: Run, words: list[str], piece: str) -> None:
    done = kata("join", *words)
    assert done.returncode == 2
    assert piece in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_a_room_that_admits_nobody_is_quoted_and_nothing_is_kept(
    kata: Run, course: Path, room: Room
) -> None:
    said = "This code is not\x1b[31m valid any more."
    room.misbehave = lambda handler, body: answer(403, {"error": said})
    done = kata("join", room.address, "PLUM-4T", "--name", "Ada")
    assert done.returncode == 2
    assert "doesn't let you in: This code is not valid any more." in done.stderr
    assert not (course / ".kata" / "room.json").exists()


def test_who_is_in_a_room_leaves_it_before_joining_another(joined: Run, room: Room) -> None:
    done = joined("join", room.address, "PLUM-4T", "--name", "Ada")
    assert done.returncode == 2
    assert 'the room "Monday" already; `kata leave`' in done.stderr


def test_a_check_sends_its_outcome_and_no_code(joined: Run, course: Path, room: Room) -> None:
    done = joined("check", "1.2.1")
    assert done.returncode == 1
    assert 'Told to the room "Monday".' in done.stdout
    event = room.events[1]
    assert set(event) == {
        *("n", "at", "kind", "kata", "status", "passed", "failed", "checks", "mistakes"),
        *("relations", "digest", "seconds", "untouched"),
    }
    assert event["kata"] == "mean-of-squares"
    assert (event["status"], event["passed"], event["failed"]) == (
        "fail", ["runs"], ["mean_of_squares"],
    )  # fmt: skip
    assert event["mistakes"] == ["sum-for-mean"]
    assert event["digest"] == hashlib.sha256(SECRET.encode()).hexdigest()
    assert "business" not in json.dumps([body for *_, body in room.asked])
    assert "7 times too large" not in json.dumps([body for *_, body in room.asked])


def test_the_verdict_is_on_the_screen_before_anything_is_sent(
    course: Path, environment: dict[str, str], joined: Run, room: Room
) -> None:
    room.misbehave = lambda handler, body: (room.over.wait(60), b"")[1]
    runner = Path(__file__).parents[1] / "commands" / "fake_kata.py"
    words = [sys.executable, str(runner), str(course), "check", "1.2.1"]
    with subprocess.Popen(
        words, cwd=course, env=environment, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        shown = process.stdout.read()
    verdict, _, after = shown.partition("it took too long to answer")
    assert "Where is the division?" in verdict
    assert "it is kept, and sent later" in " ".join(after.split())
    assert process.returncode == 1


def test_a_program_that_reads_the_verdict_gets_nothing_of_the_room(joined: Run, room: Room) -> None:
    room.state["line"] = "To all: a break."
    done = joined("check", "1.2.1", "--format", "json")
    assert json.loads(done.stdout)
    assert "break" not in done.stdout
    assert kinds(room) == ["checked"]
    assert "a break." in joined("check", "1.2.1").stdout  # it waited for somebody who reads


def test_a_file_that_is_no_attempt_is_not_told(joined: Run, course: Path, room: Room) -> None:
    (course / "other.py").write_text("# WRONG")
    joined("check", "1.2.1", "--file", "other.py")
    assert room.events == {}


def test_a_line_to_all_is_shown_under_the_next_check_and_once(joined: Run, room: Room) -> None:
    room.state.update(line="Five minutes' \x1b[31mbreak.", board=2, timer_ends=605.0)
    shown = joined("check", "1.2.1").stdout
    for piece in ("Five minutes' break.", "A board is open.", "10 minutes left."):
        assert piece in shown
    assert "\x1b" not in shown
    again = joined("check", "1.2.1").stdout
    assert "Five minutes' break." not in again
    assert "A board is open." in again
    room.state["line"] = ""
    joined("check", "1.2.1")
    room.state["line"] = "Five minutes' break."  # said anew
    assert "Five minutes' break." in joined("check", "1.2.1").stdout


def test_a_line_that_came_with_a_question_waits_until_it_is_shown(joined: Run, room: Room) -> None:
    room.misbehave = lambda handler, body: answer(503, b"")
    assert "sent later" in joined("check", "1.2.1").stdout
    room.misbehave = lambda handler, body: None
    room.state["line"] = "Look at the shapes."
    assert "Look at the shapes." in joined("ask", "why?").stdout
    assert "Look at the shapes." not in joined("check", "1.2.1").stdout


def test_hints_and_next_are_told_each_once(joined: Run, room: Room) -> None:
    joined("next")
    joined("next")
    joined("hint", "1.2.1")
    joined("hint", "1.2.1")
    assert kinds(room) == ["begun", "hinted", "hinted"]
    assert [(e.get("hints"), e.get("of")) for e in room.events.values()][1:] == [(1, 3), (2, 3)]


def test_a_hand_goes_up_with_its_question_and_down(joined: Run, room: Room) -> None:
    up = joined("ask", "why", "is my loss nan?")
    assert "Your hand is up" in up.stdout
    assert (room.events[1]["kind"], room.events[1]["text"]) == ("asked", "why is my loss nan?")
    assert room.events[1]["kata"] == "mean-of-squares"
    assert "Your hand is down." in joined("ask", "--done").stdout
    assert kinds(room) == ["asked", "answered"]


def test_a_hand_that_somebody_else_lowered_is_told_once(joined: Run, room: Room) -> None:
    joined("ask")
    room.state["hand"] = False
    assert "Your hand is down again." in joined("check", "1.2.1").stdout
    assert "Your hand" not in joined("check", "1.2.1").stdout


def test_a_question_is_kept_while_the_room_is_away(joined: Run, room: Room) -> None:
    room.misbehave = lambda handler, body: answer(502, b"")
    done = joined("ask", "why?")
    assert done.returncode == 0
    assert "sent later" in " ".join(done.stdout.split())
    assert "Your hand is up" not in done.stdout
    room.misbehave = lambda handler, body: None
    joined("check", "1.2.1")
    assert kinds(room) == ["asked", "checked"]


def test_a_question_of_a_book_is_refused(joined: Run, room: Room) -> None:
    done = joined("ask", "x" * 501)
    assert done.returncode == 2
    assert "at most 500 characters" in done.stderr
    assert room.events == {}


def test_code_is_sent_when_it_is_shared(joined: Run, room: Room) -> None:
    done = joined("share", "1.2.1")
    assert "k1_mean_of_squares.py (1 line) is shared" in " ".join(done.stdout.split())
    assert room.events[1]["source"] == SECRET
    assert room.events[1]["digest"] == hashlib.sha256(SECRET.encode()).hexdigest()


def test_code_that_is_too_large_is_not_sent(joined: Run, course: Path, room: Room) -> None:
    (course / FIRST).write_text("# x\n" * 20_000)
    done = joined("share", "1.2.1")
    assert done.returncode == 2
    assert "at most 64 kB" in done.stderr
    assert room.events == {}


@pytest.mark.parametrize("words", [["ask"], ["share"], ["leave"], ["join", "--show"]])
def test_without_a_room_each_says_how_to_join_one(kata: Run, words: list[str]) -> None:
    done = kata(*words)
    assert done.returncode == 2
    assert "`kata join ADDRESS CODE`" in done.stderr


def test_show_lists_all_that_was_sent_and_what_waits(joined: Run, room: Room) -> None:
    joined("check", "1.2.1")
    joined("share", "1.2.1")
    room.misbehave = lambda handler, body: answer(502, b"")
    joined("ask", "why?")
    shown = joined("join", "--show").stdout
    for event in room.events.values():
        for name, value in event.items():
            if name in ("n", "at"):
                continue
            for part in value if isinstance(value, list) else [value]:
                said = {False: "no", True: "yes"}.get(part, part) if part in (True, False) else part
                assert str(said) in shown, name
    rows = [line.split()[3:5] for line in shown.splitlines() if line[:4].strip().isdigit()]
    assert rows == [["sent", "checked"], ["sent", "shared"], ["waits", "asked"]]
    assert "text: why?" in shown
    assert "'Ada'" in shown
    assert "t0ken" not in shown


def test_leaving_stops_sending_and_what_was_sent_can_be_read_and_deleted_later(
    joined: Run, course: Path, room: Room
) -> None:
    joined("check", "1.2.1")
    done = joined("leave")
    assert "nothing more is sent" in done.stdout
    assert "kata leave --forget" in done.stdout
    assert kinds(room) == ["checked", "left"]
    asked = len(room.asked)
    assert "Monday" not in joined("check", "1.2.1").stdout
    assert len(room.asked) == asked
    assert "you have left it" in joined("join", "--show").stdout
    assert "deleted all" in joined("leave", "--forget").stdout
    assert room.asked[-1][1] == "/api/leave"
    assert room.asked[-1][3] == {"forget": True}
    assert [p.name for p in (course / ".kata").iterdir() if p.name.startswith("room")] == []


def test_leaving_works_while_the_room_is_away_but_deleting_does_not(
    joined: Run, course: Path, room: Room
) -> None:
    room.misbehave = lambda handler, body: answer(502, b"")
    done = joined("leave", "--forget")
    assert done.returncode == 2
    assert "Nothing could be deleted" in done.stderr
    assert (course / ".kata" / "room.json").exists()
    assert joined("leave").returncode == 0
    assert not (course / ".kata" / "room.json").exists()


def test_a_damaged_membership_is_told_and_leaving_removes_it(joined: Run, course: Path) -> None:
    (course / ".kata" / "room.json").write_text("{")
    assert "is damaged" in joined("ask", "why?").stderr
    assert joined("leave").returncode == 0
    assert not (course / ".kata" / "room.json").exists()


def test_solutions_wait_until_the_room_shows_them(joined: Run, course: Path, room: Room) -> None:
    (course / FIRST).write_text("# RIGHT")
    assert joined("check", "1.2.1").returncode == 0
    for words in (["solution", "1.2.1"], ["solution", "1.2.1", "--anyway", "--diff"]):
        done = joined(*words)
        assert done.returncode == 2
        assert "solutions are shown later" in done.stderr
    room.state["solutions"] = True
    assert joined("solution", "1.2.1").returncode == 0


def test_where_the_room_is_gone_solutions_wait_no_longer_than_until_leaving(
    joined: Run, course: Path, room: Room
) -> None:
    (course / FIRST).write_text("# RIGHT")
    joined("check", "1.2.1")
    room.misbehave = lambda handler, body: answer(502, b"")
    assert "`kata leave` ends its say" in joined("solution", "1.2.1").stderr


def test_who_has_left_is_shown_solutions_again(joined: Run, course: Path) -> None:
    (course / FIRST).write_text("# RIGHT")
    joined("check", "1.2.1")
    joined("leave")
    assert joined("solution", "1.2.1").returncode == 0


def test_a_room_that_closed_says_so_once_and_withholds_nothing(
    joined: Run, course: Path, room: Room
) -> None:
    (course / FIRST).write_text("# RIGHT")
    room.state["closed"] = True
    assert "is closed: nothing more is told" in " ".join(joined("check", "1.2.1").stdout.split())
    asked = len(room.asked)
    assert "Monday" not in joined("check", "1.2.1").stdout
    assert joined("solution", "1.2.1").returncode == 0
    assert len(room.asked) == asked


def test_a_kata_that_is_not_open_yet_is_judged_and_the_open_ones_are_named(
    joined: Run, room: Room
) -> None:
    room.state["open"] = ["second-mean"]
    done = joined("check", "1.2.1")
    assert "Where is the division?" in done.stdout
    assert "Open in the room now: 1.2.2." in done.stdout
