"""The command at a real terminal: width, colour, and nothing left behind on the screen."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from dojo.screens.text import clean

if os.name != "posix":
    pytest.skip("needs pseudo-terminals", allow_module_level=True)

import fcntl
import pty
import struct
import termios

RUNNER = Path(__file__).with_name("fake_kata.py")
FIRST = "katas/lesson_1_2_linear_regression/k1_mean_of_squares.py"
COLOUR = re.compile(r"\x1b\[[0-9;]*3[0-7]m")


def at_a_terminal(
    course: Path, environment: dict[str, str], width: int, *args: str, **env: str
) -> str:
    """Everything that `kata ARGS` writes to a terminal of this width."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, width, 0, 0))
    own = {k: v for k, v in environment.items() if k != "COLUMNS"}
    process = subprocess.Popen(
        [sys.executable, str(RUNNER), str(course), *args],
        cwd=course,
        env={**own, "TERM": "xterm-256color", **env},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    pieces: list[bytes] = []
    while True:
        try:
            piece = os.read(ours, 65536)
        except OSError:  # the other side is closed
            break
        if not piece:
            break
        pieces.append(piece)
    process.wait()
    os.close(ours)
    return b"".join(pieces).decode()


@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize(
    "args", [("next",), ("list",), ("progress",), ("check", "1.2.1"), ("check", "--all"), ("hint",)]
)
def test_lines_fit_the_terminal(
    course: Path, environment: dict[str, str], width: int, args: tuple[str, ...]
) -> None:
    (course / FIRST).write_text("# WRONG PRINT\n")
    text = clean(at_a_terminal(course, environment, width, *args))
    assert max(len(line) for line in text.splitlines()) <= width


def test_in_a_narrow_terminal_signs_and_ids_stay_and_titles_wrap(
    course: Path, environment: dict[str, str]
) -> None:
    (course / FIRST).write_text("# RIGHT\n")
    shown = {
        words: clean(at_a_terminal(course, environment, 40, *words.split()))
        for words in ("check --all", "list", "progress", "history 1.2.1", "next", "doctor")
    }
    whole = {words for words, text in shown.items() if "…" not in text}
    assert whole >= shown.keys() - {"check --all"}  # its moving line is cut
    for words in ("list", "check --all"):
        rows = [line.split()[:2] for line in shown[words].splitlines()]
        for row in (["✓", "1.2.1"], ["›" if words == "list" else "·", "1.2.2"], ["·", "2.3.1"]):
            assert row in rows, (words, row)
    assert "0/1" in shown["progress"]
    text = clean(at_a_terminal(course, environment, 40, "--help"))
    assert max(map(len, text.splitlines())) <= 40
    assert max(len(x) for w in ("list", "progress") for x in shown[w].splitlines()) <= 40


def test_colour_there_is_but_not_against_someones_wish(
    course: Path, environment: dict[str, str]
) -> None:
    assert COLOUR.search(at_a_terminal(course, environment, 80, "next"))
    assert not COLOUR.search(at_a_terminal(course, environment, 80, "next", NO_COLOR="1"))
    assert "\x1b" not in at_a_terminal(course, environment, 80, "next", TERM="dumb")


def test_the_moving_line_is_gone_and_the_cursor_is_back(
    course: Path, environment: dict[str, str]
) -> None:
    (course / FIRST).write_text("# RIGHT\n")
    text = at_a_terminal(course, environment, 80, "check")
    hidden, shown = text.rfind("\x1b[?25l"), text.rfind("\x1b[?25h")
    assert -1 < hidden < shown
    assert "1.2.1  typing: late" in text[:shown]
    assert "Passed." in text[shown:]
    assert "typing: late" not in text[shown:]


def test_a_path_is_a_link_beside_the_files_only(course: Path, environment: dict[str, str]) -> None:
    here = at_a_terminal(course, environment, 80, "next")
    assert (course / FIRST).as_uri() in here
    far = at_a_terminal(course, environment, 80, "next", SSH_CONNECTION="10.0.0.1 1 10.0.0.2 22")
    assert "file://" not in far
    assert FIRST in far


def test_a_sentence_on_stderr_is_wrapped_between_words(
    course: Path, environment: dict[str, str]
) -> None:
    text = at_a_terminal(course, environment, 40, "check", "nothing-like-that")
    lines = text.replace("\r", "").splitlines()
    assert max(map(len, lines)) <= 40
    assert " ".join(lines).startswith("There is no kata 'nothing-like-that'.")
