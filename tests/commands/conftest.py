"""A course of three katas, and the command that runs on it in a process of its own."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from dojo.authors import scaffold

RUNNER = Path(__file__).with_name("fake_kata.py")
OWN = (
    "KATA_",
    "XDG_",
    "PYTEST_",
    "NO_COLOR",
    "FORCE_COLOR",
    "COLUMNS",
    "PYTHONIOENCODING",
    "LC_",
    "LANG",
)


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A checkout with the katas 1.2.1, 1.2.2 and 2.3.1."""
    root = tmp_path / "course"
    scaffold.create(root, "1.2.1", "mean-of-squares", "linear_regression")
    scaffold.create(root, "1.2.2", "second-mean")
    scaffold.create(root, "2.3.1", "third-mean", "from_scratch")
    (root / "pyproject.toml").touch()
    return root


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """The environment without anything of the person who runs the tests."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(OWN)}
    # CI: else a check at a terminal would leave a judge in the background.
    return {**kept, "HOME": str(tmp_path), "COLUMNS": "80", "LC_ALL": "C.UTF-8", "CI": "1"}


@pytest.fixture
def runner() -> Path:
    """The program that is `kata` here."""
    return RUNNER


@pytest.fixture
def kata(
    course: Path, environment: dict[str, str], runner: Path
) -> Callable[..., subprocess.CompletedProcess[str]]:
    """`kata ARGS` in the course; cwd= and env= change where and how."""

    def run(
        *args: str, cwd: Path = course, env: dict[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, str(runner), str(course), *args],
            cwd=cwd,
            env={**environment, **(env or {})},
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            timeout=60,
            stdin=subprocess.DEVNULL,
        )

    return run
