"""Addresses, names and tokens: what is taken, and what never is."""

from pathlib import Path

import pytest

from dojo.errors import UsageError
from dojo.joined import joining, web
from tests.joined.conftest import Room, answer


@pytest.mark.parametrize(
    ("address", "means"),
    [
        ("10.0.0.5:8000", "http://10.0.0.5:8000"),
        (" http://10.0.0.5:8000/ ", "http://10.0.0.5:8000"),
        ("http://10.0.0.5:80", "http://10.0.0.5"),
        ("HTTPS://Room.example.org:443/monday/", "https://room.example.org/monday"),
        ("http://[::1]:8000", "http://[::1]:8000"),
    ],
)
def test_an_address_is_read_as_people_write_it(address: str, means: str) -> None:
    assert web.place(address).address == means


@pytest.mark.parametrize(
    "address",
    [
        *("", "ftp://10.0.0.5", "http://user:pw@10.0.0.5", "http://10.0.0.5:99999", "http://"),
        *("http://a b/", "http://[::1", "http://host:0", "http://host/\r\nX: y", "http://höst/ü"),
        *("file:///etc/passwd", "http://" + "a" * 300),
    ],
)
def test_what_is_no_address_of_a_room_is_told(address: str) -> None:
    with pytest.raises(UsageError, match="no address of a room"):
        web.place(address)


@pytest.mark.parametrize(
    ("name", "why"), [("", "empty"), (" \t", "empty"), ("x" * 41, "40"), ("a\x1b[2J", "shown")]
)
def test_a_name_that_can_t_be_is_told(name: str, why: str) -> None:
    with pytest.raises(UsageError, match=why):
        joining.checked_name(name)


def test_a_name_may_be_of_any_script() -> None:
    assert joining.checked_name("  Zoë  李 ") == "Zoë 李"


@pytest.mark.parametrize("token", ["", "two words", "line\r\nX-Header: y", "x" * 501, 5, "é"])
def test_a_token_that_no_header_could_carry_is_not_taken(
    room: Room, tmp_path: Path, token: object
) -> None:
    joined = {**room.take("/api/join", {"name": "Ada"}), "token": token}
    room.misbehave = lambda handler, body: answer(200, joined)
    with pytest.raises(UsageError, match="no room that this `kata` understands"):
        joining.join(tmp_path / ".kata", room.address, "PLUM-4T", "Ada")
    assert not (tmp_path / ".kata").exists()


def test_where_nothing_can_be_written_joining_says_so(room: Room, tmp_path: Path) -> None:
    (tmp_path / ".kata").write_text("a file")
    with pytest.raises(UsageError, match="can't be remembered"):
        joining.join(tmp_path / ".kata", room.address, "PLUM-4T", "Ada")
