"""Attacks handed in among honest answers: they change no verdict but their own, and nothing else.

What each attack does, and what is said of it, is in tests/test_attacks.py; here it is the pile that
is tested. A tenth of them, or all with `--whole`.
"""

import hashlib
import json
import shutil
import subprocess
import sys
import zlib
from pathlib import Path
from typing import Any

import pytest

from dojo.course import catalog
from dojo.course.derive import mistake_text, stub_text

if sys.platform != "linux":
    pytest.skip("attacks are tried where the confinement exists", allow_module_level=True)
pytest.importorskip("sqlalchemy")

ATTACKS = Path(__file__).parents[1] / "attacks"
RUNNER = Path(__file__).parents[1] / "commands" / "real_kata.py"
LESSON, STEM = "lesson_1_2_linear_regression", "k2_mse_grads_by_hand"
# Of each sort one: what ends processes, floods, lies about its answer, or looks around.
ALWAYS = ("abort", "daemon_by_libc", "callback_flood", "answer_judge_objects", "close_descriptors")


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Kata 1.2.2 with a second for each call and two known mistakes."""
    source, root = catalog.content_root(), tmp_path_factory.mktemp("course")
    names = (f"checks/{LESSON}/test_{STEM}.py", f"checks/{LESSON}/ideas.toml")
    for name in (*names, f"solutions/{LESSON}/{STEM}.py"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source / name, root / name)
    card = (source / f"checks/{LESSON}/{STEM}.toml").read_text(encoding="utf-8")
    head, *mistakes = card.split("\n[[mistake]]")
    quick = head.replace("minutes =", "seconds = 1.0\nminutes =", 1)
    assert quick != head
    shorter = "\n[[mistake]]".join((quick, *mistakes[:2]))
    (root / f"checks/{LESSON}/{STEM}.toml").write_text(shorter, encoding="utf-8")
    return root


def honest(course: Path) -> dict[str, bytes]:
    kata = catalog.load(course).kata("1.2.2")
    right = kata.solution_path.read_bytes()
    found = {f"honest-{i}": right + b"# %d\n" % i for i in range(6)}
    for mistake in kata.mistakes():
        found[f"honest-{mistake.id}"] = mistake_text(kata, mistake).encode()
    found["honest-stub"] = stub_text(kata).encode()
    return found


def graded(course: Path, folder: Path, pile: dict[str, bytes]) -> dict[str, dict[str, Any]]:
    """The gradings of a pile, by learner."""
    for name, source in pile.items():
        path = folder / "pile" / name / f"{STEM}.py"
        path.parent.mkdir(parents=True)
        path.write_bytes(source)
    done = subprocess.run(
        [sys.executable, str(RUNNER), str(course), "grade", "pile"],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=1500,
    )
    assert (done.returncode, done.stderr) == (0, "")
    lines = (folder / "results/gradings.jsonl").read_text("utf-8").splitlines()
    return {line["learner"]: line for line in map(json.loads, lines)}


@pytest.mark.timeout(1600)
def test_attacks_change_no_verdict_but_their_own(course: Path, tmp_path: Path, whole: bool) -> None:
    fair = honest(course)
    attacks = {
        f"attack-{path.stem}": path.read_bytes()
        for path in ATTACKS.glob("*.py")
        if not path.read_text("utf-8").split("\n")[1].startswith("# kata: ")
        and (whole or path.stem in ALWAYS or zlib.crc32(path.name.encode()) % 20 == 0)
    }
    assert len(attacks) >= (250 if whole else 10)
    alone, among = tmp_path / "alone", tmp_path / "among"
    wanted = graded(course, alone, fair)
    got = graded(course, among, {**fair, **attacks})

    assert [wanted[f"honest-{i}"]["status"] for i in range(6)] == ["pass"] * 6
    assert {line["status"] for line in wanted.values()} == {"pass", "fail"}
    assert {name: got[name] for name in fair} == wanted
    assert [n for n in attacks if got[n]["status"] == "pass"] == []
    assert {line["isolation"] for line in got.values()} == {"full"}
    assert not Path("/tmp/kata_was_here").exists()
    for name, source in {**fair, **attacks}.items():
        assert (among / "pile" / name / f"{STEM}.py").read_bytes() == source
        assert got[name]["digest"] == hashlib.sha256(source).hexdigest()
    pages = {p.stem for p in (among / "results/feedback").iterdir()}
    assert pages == {*got}
    assert {p.name for p in among.iterdir()} == {"pile", "results"}
