"""The house: which room may import which, and what the far side and light commands may load."""

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

DOJO = Path(__file__).resolve().parents[1] / "dojo"

# What each room may import of ours, lazy imports and those for types included. Everything may
# import `dojo/__init__.py` and plain data (errors, verdict, pictures).
ARROWS = {
    "words": "",
    "operators": "",
    "wire": "",
    "machine": "",
    "failure": "words",
    "request": "course",
    "learner": "wire",
    "contract": "failure wire words",
    "types": "failure machine",
    "course": "machine",
    "wall": "contract failure learner machine wire words",
    "suite": "contract course failure machine request types wall wire words",
    "diagnosis": "contract course failure operators suite wall wire words",
    "judge": "course diagnosis failure machine request suite types wall",
    "warm": "course diagnosis judge machine request suite types wall",
    "desk": "course machine request",
    "authors": "contract course desk failure judge machine operators request suite types wall",
    "screens": "authors course desk words",
    "watch": "course desk request screens warm",
    "joined": "course desk machine words",
    "grade": "course desk judge learner machine request screens warm",
    "room": "course desk grade joined machine screens",
    "commands": "authors course desk grade joined judge learner machine request room screens warm "
    "watch",
}
PARTS = ("failure", "request")  # files beside the rooms that know some of them
DATA = {
    "bans": (),
    "errors": (),
    "numbers": (),
    "pictures": ("numbers",),
    "verdict": ("pictures",),
}
ROOMS = sorted(p.name for p in DOJO.iterdir() if (p / "__init__.py").exists())


@pytest.mark.parametrize("room", [*ROOMS, *PARTS])
def test_a_room_imports_only_what_its_arrows_allow(room: str) -> None:
    allowed = {room, *ARROWS[room].split(), *DATA}
    if room == "learner":  # what isn't imported can't be read there
        allowed -= set(DATA)
    found = {(target, path.name) for path in _files(room) for target in _targets(path)}
    assert {(target, name) for target, name in found if target not in allowed} == set()


def test_the_arrows_make_no_circle_and_name_every_room() -> None:
    TopologicalSorter({room: to.split() for room, to in ARROWS.items()}).prepare()
    assert set(ARROWS) == {*ROOMS, *PARTS}


@pytest.mark.parametrize("name", DATA)
def test_plain_data_imports_nothing_of_the_engine(name: str) -> None:
    assert set(_targets(DOJO / f"{name}.py")) <= set(DATA[name])


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_says_what_it_is_for_and_what_it_must_not_know(room: str) -> None:
    said = ast.get_docstring(ast.parse((DOJO / room / "__init__.py").read_text())) or ""
    for_what, _, limits = said.partition("\n\n")
    assert for_what
    assert limits


def test_nothing_lies_beside_the_rooms() -> None:
    beside = {p.stem for p in DOJO.glob("*.py")}
    assert beside == {"__init__", *PARTS, *DATA}


def _files(room: str) -> list[Path]:
    return [DOJO / f"{room}.py"] if room in PARTS else sorted((DOJO / room).rglob("*.py"))


def _targets(path: Path) -> Iterator[str]:
    """The rooms, or files beside them, from which a module imports."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: a relative import hides its room"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        for name in names:
            package, _, rest = name.partition(".")
            if package in ("dojo", "kata") and rest and rest != "DISTRIBUTION":
                yield rest.partition(".")[0] if package == "dojo" else "kata"


def test_a_process_of_the_far_side_holds_nothing_of_the_judge() -> None:
    code = (
        "import sys, dojo.learner.preload; "
        "print([m for m in sys.modules if m.startswith(('dojo.judge', 'dojo.diagnosis', "
        "'dojo.course.catalog', 'dojo.course.derive', 'pytest', '_pytest'))])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_entering_a_judge_names_nothing_slow_before_the_fork_server_starts() -> None:
    code = "import sys, dojo.judge.judge; print('torch' in sys.modules, 'pytest' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]


LIGHT = ("next", "list", "hint 1.1.1", "check 1.1.1", "--help", "join --help", "check --help")


@pytest.mark.parametrize("command", LIGHT)
def test_where_no_room_was_joined_nothing_of_one_is_loaded(command: str, tmp_path: Path) -> None:
    heavy = ("dojo.joined", "dojo.room", "fastapi", "uvicorn", "sqlalchemy", "jinja2", "ssl")
    code = f"""
import sys; sys.path.append({str(DOJO.parent)!r}); sys.argv = ["kata", *{command.split()!r}]
import kata
from dojo.commands import check
def no_judge(catalog, optimizers=True):
    raise check.UsageError("nothing is judged here")
check.open_judge = no_judge
try:
    kata.main()
except SystemExit:
    print([m for m in sys.modules if m.startswith({heavy!r})], file=sys.stderr)
"""
    workspace = tmp_path / "work"
    (workspace / "katas" / "lesson_1_1_parameters_and_predictions").mkdir(parents=True)
    env = {**os.environ, "KATA_WORKSPACE": str(workspace), "CI": "1"}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=env, cwd=workspace
    )
    assert done.stderr.splitlines()[-1] == "[]"


_TOUR = (DOJO / "README.md").read_text(encoding="utf-8")
_STEPS = re.findall(r"^\| \d+ \| `([\w.]+)` \| ([\w/.]+) \|", _TOUR, re.MULTILINE)


def test_in_the_tour_each_room_stands_above_those_that_it_imports() -> None:
    drawn = re.findall(r"^  (\w+) ", _TOUR.split("```")[1], re.MULTILINE)
    assert set(drawn) == set(ROOMS)
    upwards = [
        (room, target)
        for room in ROOMS
        for target in ARROWS[room].split()
        if target in drawn and drawn.index(target) < drawn.index(room)
    ]
    assert upwards == []


def test_the_tour_follows_a_check_in_twelve_steps() -> None:
    assert len(_STEPS) == 12


@pytest.mark.parametrize(("name", "file"), _STEPS)
def test_what_the_tour_follows_is_there(name: str, file: str) -> None:
    body: list[ast.stmt] = ast.parse((DOJO / file).read_text(encoding="utf-8")).body
    for part in name.split("."):
        defined = (ast.FunctionDef, ast.ClassDef)
        found = [n for n in body if isinstance(n, defined) and n.name == part]
        assert found, f"{file} defines no {part}"
        body = found[0].body


def test_the_files_that_the_tour_names_are_there() -> None:
    plain = re.findall(r"\(([a-z_/]+\.py)\)", _TOUR)
    linked = re.findall(r"\]\(([^)]+)\)", _TOUR)
    assert [p for p in [*plain, *linked] if not (DOJO / p).exists()] == []
