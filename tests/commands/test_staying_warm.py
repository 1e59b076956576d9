"""After a check at a terminal a judge waits in the background: said once, and only if allowed."""

import os
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dojo.screens.text import clean
from dojo.warm import consent

if os.name != "posix":
    pytest.skip("needs pseudo-terminals", allow_module_level=True)

from tests.commands import conftest, test_terminal
from tests.commands.test_terminal import at_a_terminal

RUNNER = Path(__file__).with_name("warm_kata.py")
Run = Callable[..., subprocess.CompletedProcess[str]]
SAID = "A judge now waits for your next check; `kata server off` forbids that."


@pytest.fixture
def somebody(
    environment: dict[str, str], kata: Run, monkeypatch: pytest.MonkeyPatch
) -> Iterator[dict[str, str]]:
    """The environment of a person with a run-time folder of their own; no judge stays behind."""
    monkeypatch.setattr(conftest, "RUNNER", RUNNER)
    monkeypatch.setattr(test_terminal, "RUNNER", RUNNER)
    with tempfile.TemporaryDirectory(prefix="k") as name:
        environment.update(XDG_RUNTIME_DIR=name, CI="false")
        yield environment
        kata("server", "stop", env=environment)


def status(kata: Run, environment: dict[str, str]) -> str:
    return kata("server", "status", env=environment).stdout


def test_a_check_at_a_terminal_starts_a_judge_and_says_so_once(
    course: Path, somebody: dict[str, str], kata: Run
) -> None:
    assert SAID in clean(at_a_terminal(course, somebody, 80, "check", "1.2.1"))
    number = kata("server", "start", env=somebody).stdout
    assert "A warm judge listens" in number
    assert SAID not in clean(at_a_terminal(course, somebody, 80, "check", "1.2.1"))
    assert kata("server", "stop", env=somebody).stdout == "Stopped.\n"
    assert SAID not in clean(at_a_terminal(course, somebody, 80, "check", "1.2.1"))


def test_what_was_forbidden_is_not_started(
    course: Path, somebody: dict[str, str], kata: Run
) -> None:
    done = kata("server", "off", env=somebody)
    assert done.stdout == "No judge starts by itself any more.\n"
    assert SAID not in clean(at_a_terminal(course, somebody, 80, "check", "1.2.1"))
    assert status(kata, somebody) == "No judge is running. None starts by itself.\n"
    assert kata("server", "on", env=somebody).returncode == 0
    assert status(kata, somebody) == "No judge is running.\n"


@pytest.mark.parametrize("how", ["--cold", "--format=json", "CI", "no terminal"])
def test_none_is_started_where_nobody_would_wait_for_the_next_check(
    how: str, course: Path, somebody: dict[str, str], kata: Run
) -> None:
    if how == "no terminal":
        kata("check", "1.2.1", env=somebody)
    elif how == "CI":
        at_a_terminal(course, somebody, 120, "check", "1.2.1", CI="true")
    else:
        at_a_terminal(course, somebody, 120, "check", "1.2.1", how)
    assert list(Path(somebody["XDG_RUNTIME_DIR"]).iterdir()) == []


def test_off_ends_the_one_that_runs(course: Path, somebody: dict[str, str], kata: Run) -> None:
    at_a_terminal(course, somebody, 120, "check", "1.2.1")
    done = kata("server", "off", env=somebody)
    assert done.stdout == "Ended. No judge starts by itself any more.\n"


def test_what_can_not_be_remembered_is_said(
    tmp_path: Path, somebody: dict[str, str], kata: Run
) -> None:
    (tmp_path / "file").touch()
    done = kata("server", "off", env={**somebody, "XDG_STATE_HOME": str(tmp_path / "file")})
    assert done.returncode == 2
    assert "can't be remembered" in done.stderr


def test_consent_is_kept_in_one_word(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    assert (consent.may_start(), consent.was_told()) == (True, False)
    assert (consent.may_start(), consent.was_told()) == (True, True)
    consent.forbid()
    assert not consent.may_start()
    consent.allow()
    assert (consent.may_start(), consent.was_told()) == (True, True)
