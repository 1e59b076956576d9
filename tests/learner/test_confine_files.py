"""Which files a confined process reads and changes: its scratch folder, and no other."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
Confined = Callable[..., Any]


def test_every_layer_is_there(confined: Confined) -> None:
    def nothing(scratch: str) -> str:
        return "ran"

    outcome = confined(nothing)
    assert (outcome.isolation, outcome.value, outcome.exit_code) == ("full", "ran", 0)


@pytest.mark.parametrize(
    "path",
    [
        "secret",
        str(ROOT / "pyproject.toml"),
        str(ROOT / "dojo" / "verdict.py"),
        "/etc/passwd",
        "/proc/self/environ",
        "/proc/self/mem",
        pytest.param(f"/proc/{os.getpid()}/environ", id="environ of the parent"),
        "/",
    ],
)
def test_files_outside_stay_unread(confined: Confined, secret: Path, path: str) -> None:
    def read(scratch: str, path: str) -> int:
        import os

        if os.path.isdir(path):
            return len(os.listdir(path))
        with open(path, "rb") as file:
            return len(file.read(1))

    assert confined(read, str(secret) if path == "secret" else path).refused == "PermissionError"


def test_no_link_leads_outside(confined: Confined, secret: Path) -> None:
    def link_and_read(scratch: str, path: str) -> str:
        import os

        os.symlink(path, f"{scratch}/link")
        with open(f"{scratch}/link") as file:
            return file.read()

    assert confined(link_and_read, str(secret)).refused == "PermissionError"


@pytest.mark.parametrize(
    "statement",
    [
        "open(path, 'w')",
        "open(path, 'a')",
        "os.open(path, os.O_RDONLY | os.O_TRUNC)",
        "os.truncate(path, 0)",
        "os.unlink(path)",
        "os.rename(path, path + 'x')",
        "os.rename(path, scratch + '/x')",
        "os.link(path, scratch + '/x')",
        "os.symlink(path, path + 'x')",
        "os.mkdir(path + 'x')",
        "os.mkfifo(path + 'x')",
        "os.chmod(path, 0)",
        "os.chown(path, 1, 1)",
        "os.utime(path, (0, 0))",
        "os.setxattr(path, 'user.x', b'x')",
        "os.fchmod(os.open(sys.prefix, os.O_PATH), 0)",
    ],
)
def test_files_outside_stay_as_they_are(confined: Confined, secret: Path, statement: str) -> None:
    def run(scratch: str, path: str, statement: str) -> None:
        import os
        import sys

        exec(statement, {"os": os, "sys": sys, "path": path, "scratch": scratch})

    before = secret.stat()
    outcome = confined(run, str(secret), statement)
    after = secret.stat()
    assert outcome.refused in ("PermissionError", "OSError")
    assert secret.read_text() == "secret"
    assert (after.st_mode, after.st_uid, after.st_mtime) == (
        before.st_mode,
        before.st_uid,
        before.st_mtime,
    )
    assert sorted(p.name for p in secret.parent.iterdir()) == ["scratch", "secret.txt"]


def test_installed_packages_keep_their_modes(confined: Confined) -> None:
    def run(scratch: str) -> None:
        import json
        import os

        with open(json.__file__) as file:
            os.fchmod(file.fileno(), 0o777)

    assert confined(run).refused == "PermissionError"


def test_the_scratch_folder_is_free(confined: Confined) -> None:
    def run(scratch: str) -> str:
        import os
        import shutil
        import tempfile

        os.mkdir(f"{scratch}/a")
        with open(f"{scratch}/a/b", "w") as file:
            file.write("hello")
        os.rename(f"{scratch}/a/b", f"{scratch}/c")
        shutil.copyfile(f"{scratch}/c", f"{scratch}/d")
        with open(f"{scratch}/d", "r+") as file:
            file.truncate(4)
        with tempfile.NamedTemporaryFile(dir=scratch) as file:
            file.write(b"x")
        with tempfile.TemporaryDirectory(dir=scratch) as folder, open(f"{folder}/x", "w"):
            pass
        with open(f"{scratch}/d") as file:
            return file.read()

    assert confined(run).value == "hell"
