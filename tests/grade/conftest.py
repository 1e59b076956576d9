"""Piles made on the spot, and `kata grade` on a course of three katas with a quick judge."""

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from dojo.authors import scaffold
from dojo.course import catalog as catalogs
from dojo.course.catalog import Catalog

RUNNER = Path(__file__).with_name("quick_kata.py")
OWN = ("KATA_", "XDG_", "PYTEST_", "NO_COLOR", "FORCE_COLOR", "COLUMNS", "LC_", "LANG")


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A checkout with the katas 1.2.1, 1.2.2 and 2.3.1."""
    root = tmp_path / "course"
    scaffold.create(root, "1.2.1", "mean-of-squares", "linear_regression")
    for kata_id, slug, lesson in (("1.2.2", "second-mean", None), ("2.3.1", "third-mean", "own")):
        name = slug.replace("-", "_")
        signature = f'{name}(x: Float[Tensor, "n d"]) -> Float[Tensor, "d"]'
        scaffold.create(root, kata_id, slug, lesson, signature)
    (root / "pyproject.toml").touch()
    return root


@pytest.fixture
def catalog(course: Path) -> Catalog:
    return catalogs.load(course)


@pytest.fixture
def pile(tmp_path: Path) -> Callable[[Mapping[str, str | bytes]], Path]:
    """Writes a folder of files."""

    def write(files: Mapping[str, str | bytes], name: str = "pile") -> Path:
        for place, content in files.items():
            path = tmp_path / name / place
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return tmp_path / name

    return write


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(OWN)}
    return {**kept, "HOME": str(tmp_path), "COLUMNS": "80", "LC_ALL": "C.UTF-8", "CI": "1"}


@pytest.fixture
def command(course: Path) -> list[str]:
    """The beginning of a command line of `kata`."""
    return [sys.executable, str(RUNNER), str(course)]


@pytest.fixture
def kata(
    command: list[str], environment: dict[str, str], tmp_path: Path
) -> Callable[..., subprocess.CompletedProcess[str]]:
    """`kata ARGS`, called in the folder that holds the pile."""

    def run(*args: str, env: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*command, *args],
            cwd=tmp_path,
            env={**environment, **(env or {})},
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=120,
            stdin=subprocess.DEVNULL,
        )

    return run
