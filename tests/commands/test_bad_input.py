"""What can't be: one clear sentence on stderr, the right exit code, and nothing lost."""

import ctypes
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]
FIRST = "katas/lesson_1_2_linear_regression/k1_mean_of_squares.py"
RUNNER = Path(__file__).with_name("fake_kata.py")


def sentence(done: subprocess.CompletedProcess[str], code: int = 2) -> str:
    """The one sentence of a command that ended with ``code``."""
    assert done.returncode == code, done.stderr
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    return line


@pytest.mark.parametrize(
    ("selector", "nearest"),
    [("1.2.9", "1.2."), ("mean-of-square", "mean-of-squares"), ("12.1", "1.2.1")],
)
def test_an_unknown_selector_names_the_nearest(kata: Run, selector: str, nearest: str) -> None:
    line = sentence(kata("check", selector))
    assert f"'{selector}'" in line
    assert f"The nearest is '{nearest}" in line


def test_an_empty_selector_is_not_everything(kata: Run) -> None:
    assert "There is no kata ''" in sentence(kata("check", ""))


def test_a_seed_out_of_range(kata: Run) -> None:
    for seed in ("-1", str(2**63), "x"):
        assert "--seed" in sentence(kata("check", "--seed", seed))


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_output_that_cannot_be_written(course: Path, environment: dict[str, str]) -> None:
    command = [sys.executable, str(RUNNER), str(course), "list"]
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            command, cwd=course, env=environment, stdout=full, stderr=subprocess.PIPE, text=True
        )
    assert done.returncode == 3
    assert done.stderr.startswith("The output can't be used: No space left on device.")
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(os.name != "posix", reason="needs a shell")
def test_a_reader_that_goes_away_and_closed_streams(
    course: Path, environment: dict[str, str]
) -> None:
    command = f"{sys.executable} {RUNNER} {course} list"
    for tail in (">&-", "2>&- >&-"):
        done = subprocess.run(
            f"{command} {tail}", shell=True, cwd=course, env=environment, capture_output=True
        )
        assert done.returncode == 0
        assert b"Traceback" not in done.stderr
        assert b"wrong" not in done.stderr


@pytest.mark.skipif(os.name != "posix", reason="needs pipes of its own")
@pytest.mark.parametrize("args", [(), ("--all",), ("--format", "json"), ("--format", "junit")])
@pytest.mark.parametrize("word", ["RIGHT", "WRONG"])
def test_a_reader_that_is_gone_changes_no_verdict(
    course: Path, environment: dict[str, str], args: tuple[str, ...], word: str
) -> None:
    for stub in course.glob("katas/*/*.py"):
        stub.write_text(f"# {word} PRINT\n")
    ours, theirs = os.pipe()
    os.close(ours)
    with os.fdopen(theirs, "wb") as pipe:
        done = subprocess.run(
            [sys.executable, str(RUNNER), str(course), "check", *args],
            cwd=course,
            env=environment,
            stdout=pipe,
            stderr=subprocess.PIPE,
        )
    assert (done.returncode, done.stderr) == (0 if word == "RIGHT" else 1, b"")
    lines = (course / ".kata/log.jsonl").read_bytes().splitlines()
    assert len(lines) == (3 if args == ("--all",) else 1)


@pytest.mark.skipif(os.name != "posix", reason="needs pipes of its own")
@pytest.mark.parametrize(
    "args", [("--help",), ("next",), ("hint",), ("show", "1.2"), ("init", "w")]
)
def test_a_reader_that_is_gone_stops_no_command(
    course: Path, environment: dict[str, str], args: tuple[str, ...]
) -> None:
    ours, theirs = os.pipe()
    os.close(ours)
    with os.fdopen(theirs, "wb") as pipe:
        command = [sys.executable, str(RUNNER), str(course), *args]
        done = subprocess.run(command, cwd=course.parent, env=environment, stdout=pipe, stderr=pipe)
    assert done.returncode == 0


@pytest.mark.skipif(os.name != "posix", reason="needs POSIX signals")
def test_ctrl_c_while_the_command_is_loaded(course: Path, environment: dict[str, str]) -> None:
    code = f"""
import importlib.abc, os, signal, sys
class Interrupting(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if name == "click.core":
            os.kill(os.getpid(), signal.SIGINT)
sys.meta_path.insert(0, Interrupting())
sys.path.insert(0, {str(RUNNER.parents[2])!r})
import kata
kata.main()
"""
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=course, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 130
    assert done.stderr == "Stopped. Your files are as they were.\n"


def test_a_selector_without_a_command(kata: Run) -> None:
    assert "`kata check 1.2.1`" in sentence(kata("1.2.1"))


@pytest.mark.parametrize("args", [("chek",), ("check", "--sed", "1"), ("check", "--format", "xml")])
def test_a_slip_on_the_command_line(kata: Run, args: tuple[str, ...]) -> None:
    assert "--help` shows what there is" in sentence(kata(*args))


def test_a_deleted_stub_comes_back_by_reset(kata: Run, course: Path) -> None:
    original = (course / FIRST).read_bytes()
    (course / FIRST).unlink()
    assert "`kata reset 1.2.1`" in sentence(kata("check", "1.2.1"))
    assert "`kata reset 1.2.1`" in sentence(kata("check", FIRST))
    assert kata("reset", "1.2.1").returncode == 0
    assert (course / FIRST).read_bytes() == original


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b" \n\n", "is empty"),
        (b"\x7fELF\0\0\1", "not a text file"),
        ("x = 'ä'\n".encode("latin-1"), "line 1 holds bytes that can't be read"),
        ("x = 1\n".encode("utf-16"), "saved as UTF-16"),
        (b"# coding: klingon\n", "klingon"),
        (b"x = 1\n" * 200_000, "at most 1 MB"),
    ],
)
def test_a_file_that_is_no_answer(kata: Run, course: Path, content: bytes, words: str) -> None:
    (course / FIRST).write_bytes(content)
    for args in (("1.2.1",), ("1.2.1", "--file", FIRST)):
        assert words in sentence(kata("check", *args))
    assert (course / FIRST).read_bytes() == content


def test_a_declared_encoding_is_fine(kata: Run, course: Path) -> None:
    (course / FIRST).write_bytes("# coding: latin-1\n# ä RIGHT\n".encode("latin-1"))
    assert kata("check", "1.2.1").returncode == 0


def test_a_file_that_is_not_there(kata: Run) -> None:
    assert "There is no file answer.py" in sentence(kata("check", "1.2.1", "--file", "answer.py"))


def test_a_program_gets_its_document_all_the_same(kata: Run, course: Path) -> None:
    (course / FIRST).write_bytes(b"")
    done = kata("check", "1.2.1", "--format", "json")
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    document = json.loads(done.stdout)
    assert (document["passed"], document["verdicts"]) == (False, [])
    assert "is empty" in document["refused"][0]["message"]


def test_a_folder_is_no_answer(kata: Run, course: Path) -> None:
    assert "is a folder" in sentence(kata("check", "1.2.1", "--file", "katas"))
    (course / FIRST).unlink()
    (course / FIRST).mkdir()
    assert "is a folder" in sentence(kata("check", "1.2.1"))
    assert "is a folder" in sentence(kata("reset", "1.2.1"))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_is_no_answer_and_does_not_hang(kata: Run, course: Path) -> None:
    os.mkfifo(course / "pipe.py")
    assert "not a regular file" in sentence(kata("check", "1.2.1", "--file", "pipe.py"))


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="needs devices")
def test_a_device_is_no_answer(kata: Run) -> None:
    for device in ("/dev/zero", "/dev/tty", "/dev/stdin"):
        assert "not a regular file" in sentence(kata("check", "1.2.1", "--file", device))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs links and named pipes")
@pytest.mark.parametrize("kind", ["link", "pipe"])
@pytest.mark.parametrize("name", ["log.jsonl", "versions", "backups"])
def test_progress_that_would_leave_the_workspace_or_never_end(
    kata: Run, course: Path, tmp_path: Path, kind: str, name: str
) -> None:
    (course / ".kata").mkdir()
    victim = tmp_path / "victim"
    victim.write_text("theirs\n")
    if kind == "link":
        (course / ".kata" / name).symlink_to(victim)
    else:
        os.mkfifo(course / ".kata" / name)
    (course / FIRST).write_text("# RIGHT\n")
    for args in (("next",), ("check", "1.2.1"), ("reset", "1.2.1")):
        assert f"{name} is a " in sentence(kata(*args))
    assert "Progress is kept in plain files" in " ".join(kata("doctor").stdout.split())
    assert victim.read_text() == "theirs\n"
    assert (course / FIRST).read_text() == "# RIGHT\n"


@pytest.mark.skipif(os.name != "posix", reason="needs links")
def test_a_stub_that_leads_out_is_neither_read_nor_written(
    kata: Run, course: Path, tmp_path: Path
) -> None:
    secret = tmp_path / "secret.py"
    secret.write_text("token = 'abc' !\n")
    (course / FIRST).unlink()
    (course / FIRST).symlink_to(secret)
    assert "is a link to" in sentence(kata("reset", "1.2.1"))
    assert "is a link to" in sentence(kata("check", "1.2.1"))
    done = kata("check", "1.2.1", "--format", "json")
    assert (done.returncode, json.loads(done.stdout)["verdicts"]) == (2, [])
    assert "abc" not in done.stdout
    assert secret.read_text() == "token = 'abc' !\n"


@pytest.mark.skipif(sys.platform != "linux", reason="gives up rights as Linux has them")
def test_an_unreadable_file_and_a_read_only_folder(
    course: Path, environment: dict[str, str]
) -> None:
    (course / FIRST).write_text("# RIGHT\n")
    (course / FIRST).chmod(0o000)
    folders = [course, *(p for p in course.rglob("*") if p.is_dir())]
    for folder in folders:
        folder.chmod(0o555)

    def run(*args: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-B", str(RUNNER), str(course), *args],
            cwd=course,
            env=environment,
            capture_output=True,
            text=True,
            preexec_fn=_obey_permissions,
        )

    try:
        assert "can't be read: permission denied" in sentence(run("check", "1.2.1"))
        (course / FIRST).chmod(0o444)
        done = run("check", "1.2.1")
        assert done.returncode == 0, done.stderr
        assert "Passed." in done.stdout
        assert "next       1.2.2" in done.stdout
        assert done.stderr.count("can't be saved") == 1
        twice = run("check", "1.2")
        assert twice.stderr.count("can't be saved") == 1
        assert "left as it is" in sentence(run("reset", "1.2.1"))
        assert (course / FIRST).read_text() == "# RIGHT\n"
        assert "can't be written" in sentence(run("init", "inside/new"))
    finally:
        for folder in folders:
            folder.chmod(0o755)


def _obey_permissions() -> None:
    """Root may read and write everything: give up that right (CAP_DAC_*) before the command."""
    if os.geteuid() == 0:
        libc = ctypes.CDLL(None, use_errno=True)
        for capability in (1, 2):
            assert libc.prctl(24, capability, 0, 0, 0) == 0


def test_a_damaged_log_is_skipped_and_kept(kata: Run, course: Path) -> None:
    (course / FIRST).write_text("# RIGHT\n")
    kata("check", "1.2.1")
    log = course / ".kata/log.jsonl"
    good = log.read_bytes()
    damage = b'\x00\xff\xfe garbage\n{"event": "attempt", "kata": 7}\n[1]\n'
    log.write_bytes(damage + good)
    done = kata("next")
    assert done.returncode == 0
    assert "1.2.2" in done.stdout
    (line,) = done.stderr.splitlines()
    assert str(log) in line
    assert "3 lines skipped" in line
    assert log.read_bytes() == damage + good


def test_a_log_that_is_a_folder(kata: Run, course: Path) -> None:
    (course / ".kata/log.jsonl").mkdir(parents=True)
    (course / FIRST).write_text("# RIGHT\n")
    done = kata("check", "1.2.1")
    assert done.returncode == 0
    assert "can't be read" in done.stderr
    assert "can't be saved" in done.stderr


def test_no_workspace(kata: Run, course: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (course / "pyproject.toml").unlink()
    assert "`kata init" in sentence(kata("next", cwd=elsewhere))
    env = {"KATA_WORKSPACE": str(elsewhere)}
    assert "holds no katas" in sentence(kata("next", cwd=elsewhere, env=env))


@pytest.mark.skipif(os.name != "posix", reason="needs POSIX signals")
def test_ctrl_c_in_the_middle_of_a_check(course: Path, environment: dict[str, str]) -> None:
    (course / FIRST).write_text("# RIGHT\n")
    second = course / "katas/lesson_1_2_linear_regression/k2_second_mean.py"
    second.write_text("# WAIT\n")
    process = subprocess.Popen(
        [sys.executable, str(RUNNER), str(course), "check", "--all"],
        cwd=course,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    deadline = time.monotonic() + 60
    while not (course.parent / "judging").exists():
        assert time.monotonic() < deadline
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert err.strip() == "Stopped. Your files are as they were."
    assert "✓ 1.2.1" in out
    assert (course.parent / "closed").exists()
    assert b'"pass"' in (course / ".kata/log.jsonl").read_bytes()


@pytest.mark.parametrize(
    "env",
    [
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "cp1252"},
        {"LC_ALL": "C", "LANG": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
    ],
)
def test_a_terminal_without_utf_8(kata: Run, course: Path, env: dict[str, str]) -> None:
    card = course / "checks/lesson_1_2_linear_regression/k1_mean_of_squares.toml"
    text = card.read_text(encoding="utf-8")
    card.write_text(text.replace("a table.", "a table: Σx² ≤ ŷ ✓ 猫."), encoding="utf-8")
    (course / FIRST).write_text("# WRONG PRINT\n")
    for args in (("next",), ("list",), ("progress",), ("check",), ("check", "--all"), ("hint",)):
        done = kata(*args, env=env)
        assert done.returncode in (0, 1), done.stderr
        assert not done.stderr
        assert not set(done.stdout) & set("✓✗›█░│"), args
    assert "sumx^2 <= " in kata("next", env={"PYTHONIOENCODING": "ascii"}).stdout
    assert "x values" in kata("check", "1.2.1", env=env).stdout
