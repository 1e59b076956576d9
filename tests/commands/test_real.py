"""The whole path with the real judge: from a stub to a pass, and Ctrl-C on the way."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

RUNNER = Path(__file__).with_name("real_kata.py")
FIRST = "katas/lesson_1_2_linear_regression/k1_mean_of_squares.py"
ENDLESS = """
    print("begun", flush=True)
    while True:
        pass
"""


def answer(course: Path, body: str) -> None:
    stub = (course / FIRST).read_text()
    head = stub.partition("    # Your code here.")[0] or stub
    (course / FIRST).write_text(head + body)


def test_from_a_stub_to_a_pass(course: Path, environment: dict[str, str]) -> None:
    def check(*more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, str(RUNNER), str(course), "check", "1.2.1", *more],
            cwd=course,
            env=environment,
            capture_output=True,
            text=True,
        )

    stub = (course / FIRST).read_text()
    untouched = check()
    assert (untouched.returncode, untouched.stderr) == (1, "")
    assert "Nothing is written here yet" in untouched.stdout
    answer(course, "    return x.square().sum(dim=0)\n")
    wrong = check("--seed", "5")
    assert (wrong.returncode, wrong.stderr) == (1, "")
    assert "Where is that division?" in wrong.stdout
    (verdict,) = json.loads(check("--seed", "5", "--format", "json").stdout)["verdicts"]
    named = [c["finding"]["mistake"] for c in verdict["checks"] if c["finding"]]
    assert named == ["sum-for-mean"]
    (course / FIRST).write_text(stub)
    answer(course, "    return x.square().mean(dim=0)\n")
    right = check()
    assert (right.returncode, right.stderr) == (0, "")
    assert "You can now reduce a table" in right.stdout


def living(session: int) -> list[str]:
    """The processes of a session, zombies left out."""
    found: list[str] = []
    for folder in Path("/proc").iterdir():
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if folder.name.isdigit() and fields[0] != "Z" and int(fields[3]) == session:
            found.append(folder.name)
    return found


@pytest.fixture
def scratch() -> Iterator[Path]:
    """A folder for temporary files, with a path short enough for a socket in it."""
    with tempfile.TemporaryDirectory(prefix="k") as folder:
        yield Path(folder)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks into /proc")
@pytest.mark.parametrize("moment", ["importing", "judging"])
def test_ctrl_c_leaves_no_process_and_no_traceback(
    course: Path, environment: dict[str, str], scratch: Path, moment: str
) -> None:
    answer(course, ENDLESS)
    process = subprocess.Popen(
        [sys.executable, str(RUNNER), str(course), "check", "1.2.1"],
        cwd=course,
        env={**environment, "TMPDIR": str(scratch)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )

    def begun() -> bool:
        try:
            if moment == "importing":  # the fork server has begun with torch
                others = [pid for pid in living(process.pid) if int(pid) != process.pid]
                maps = (Path(f"/proc/{pid}/maps").read_text() for pid in others)
                return any("libtorch_cpu" in text for text in maps)
            return any(b"begun" in o.read_bytes() for o in scratch.glob("kata-*/*/output"))
        except OSError:  # folders come and go meanwhile
            return False

    deadline = time.monotonic() + 120
    while not begun():
        assert process.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: every process of the group gets it
    _, err = process.communicate(timeout=120)
    assert process.returncode == 130, err
    assert err.strip() == "Stopped. Your files are as they were."
    while living(process.pid):
        assert time.monotonic() < deadline
        time.sleep(0.01)
    assert list(scratch.iterdir()) == []
