"""What commands use to tell a room: it shows, it sends, and it never raises anything."""

from dataclasses import replace
from pathlib import Path

import pytest

from dojo.commands.desk import telling
from dojo.commands.telling import Teller
from dojo.course.catalog import load
from dojo.desk.desk import Desk
from dojo.desk.subject import Subject
from dojo.joined import membership
from dojo.joined.membership import Membership
from dojo.joined.spool import FILE
from dojo.verdict import CheckResult, Finding, Verdict
from tests.joined.conftest import Room
from tests.watch.conftest import desk as desk


@pytest.fixture
def joined(desk: Desk, member: Membership) -> Desk:
    """A desk whose workspace has joined the room."""
    membership.write(desk.workspace.state, member)
    return desk


def subject(desk: Desk) -> Subject:
    kata = desk.catalog.katas[0]
    path = desk.workspace.stub(kata)
    return Subject(kata, path, path.name, b"# WRONG", is_stub=True, untouched=False)


def verdict(*findings: Finding) -> Verdict:
    checks = [CheckResult("runs", "it runs", "load", "passed")]
    checks += [
        CheckResult(f"check_{n}", "a check", "values", "failed", finding)
        for n, finding in enumerate(findings)
    ]
    return Verdict("1.2.1", "fail", "d" * 64, 1, "full", tuple(checks), seconds=0.25, declared=9)


def test_a_workspace_that_never_joined_has_nobody_to_tell(desk: Desk) -> None:
    assert telling(desk) is None


def test_mistakes_go_by_name_only_where_they_are_sure(joined: Desk, room: Room) -> None:
    findings = [
        Finding("Summed.", mistake="sum-for-mean"),
        Finding("Looks like.", mistake="guessed", sure=False),
        Finding("Own words."),
    ]
    Teller(joined).checked([(subject(joined), verdict(*findings))], show=False)
    assert room.events[1]["mistakes"] == ["sum-for-mean"]
    assert room.events[1]["failed"] == ["check_0", "check_1", "check_2"]
    assert room.events[1]["checks"] == 9
    assert room.events[1]["relations"] == []


def test_failures_without_a_name_tell_their_relation(joined: Desk, room: Room) -> None:
    findings = [
        Finding("", evidence={"relation": "ratio", "ratio": 7.0, "is": "n"}),
        Finding("", evidence={"relation": "ratio", "ratio": 2.718281828, "is": ""}),
        Finding("", mistake="guessed", sure=False, evidence={"relation": "zero"}),
        Finding("", mistake="sum-for-mean", evidence={"relation": "zero"}),
        Finding("", evidence={"relation": 5}),
    ]
    Teller(joined).checked([(subject(joined), verdict(*findings))], show=False)
    assert room.events[1]["relations"] == [
        "check_0: ratio n", "check_1: ratio 2.718", "check_2: zero",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"{}",
        b"\x00",
        b"[" * 9999,
        b'{"address": "http://x", "katas": 5}',
        b'{"address": "nonsense://", "room": "", "title": "", "learner": 1, "name": "", '
        b'"token": "t", "katas": [], "expires": ""}',
        "a folder",
        "a link",
    ],
    ids=str,
)
def test_a_damaged_membership_is_nobody_to_tell(joined: Desk, damage: bytes | str) -> None:
    strange(joined.workspace.state / "room.json", damage)
    Teller(joined).checked([(subject(joined), verdict())], show=True)


@pytest.mark.parametrize("name", [FILE, "room-news.json", "room.lock"])
@pytest.mark.parametrize("damage", ["a folder", "a link", b"\xff{]\x00" * 999])
def test_whatever_lies_in_its_files_places_raises_nothing(
    joined: Desk, name: str, damage: bytes | str
) -> None:
    strange(joined.workspace.state / name, damage)
    teller = Teller(joined)
    teller.checked([(subject(joined), verdict())], show=True)
    teller.hinted(joined.catalog.katas[0], 1)
    teller.begun(joined.catalog.katas[0])
    teller.withheld(joined.catalog.katas[0])


def strange(path: Path, damage: bytes | str) -> None:
    path.unlink(missing_ok=True)
    if damage == "a folder":
        path.mkdir()
    elif damage == "a link":
        path.symlink_to("/dev/full")
    else:
        assert isinstance(damage, bytes)
        path.write_bytes(damage)


def test_what_the_room_says_is_text_and_nothing_else(
    joined: Desk, room: Room, capsys: pytest.CaptureFixture[str]
) -> None:
    room.state["line"] = "\x1b[2J[bold red]now[/]\x07 \u202e`kata`"
    Teller(joined).checked([(subject(joined), verdict())], show=True)
    shown = capsys.readouterr().out
    assert "[bold red]now[/]" in shown
    assert not {"\x1b", "\x07", "\u202e"} & set(shown)


def test_a_factor_of_which_the_card_has_words_goes_by_it(joined: Desk, room: Room) -> None:
    n = {"relation": "ratio", "ratio": 7.0, "is": "n"}
    findings = [
        Finding("", mistake="wrong-factor", evidence=n),
        Finding("", mistake="opposite-sign", evidence={"relation": "ratio", "is": "-1"}),
        Finding("", mistake="wrong-factor", evidence={"relation": "ratio", "is": "d_hidden"}),
        Finding("", mistake="sum-for-mean", evidence=n),
    ]
    kata = load(Path(__file__).parents[2]).kata("1.2.2")
    Teller(joined).checked([(replace(subject(joined), kata=kata), verdict(*findings))], show=False)
    said = ["factor -1", "factor n", "sum-for-mean", "wrong-factor"]
    assert room.events[1]["mistakes"] == said
