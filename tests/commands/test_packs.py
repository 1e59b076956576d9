"""A pack from its first minute to somebody else's machine, beside the course; the real judge."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
RIGHT = "    return x.square().mean(dim=0)\n"
TODO = "    # Your code here.\n    raise NotImplementedError\n"


class Machine:
    """An environment of its own, with this checkout and what it needs installed."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        words = [sys.executable, "-m", "venv", "--without-pip", str(folder)]
        subprocess.run(words, check=True)
        self._python = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
        code = "import sysconfig; print(sysconfig.get_path('purelib'))"
        words = [str(self._python), "-c", code]
        done = subprocess.run(words, check=True, capture_output=True, text=True)
        self.site = Path(done.stdout.strip())
        ours = [p for p in sys.path if p.endswith(("site-packages", "dist-packages"))]
        (self.site / "ours.pth").write_text("\n".join([str(ROOT), *ours]))
        self._environment = environment

    def kata(self, *words: str, cwd: Path, **env: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [str(self._python), "-P", "-m", "kata", *words],
            cwd=cwd,
            env={**self._environment, **env},
            capture_output=True,
            text=True,
            encoding="utf-8",
        )

    def install(self, wheel: Path) -> None:
        words = ["install", "--quiet", "--no-deps", "--target", str(self.site), str(wheel)]
        subprocess.run([sys.executable, "-m", "pip", *words], check=True)


@pytest.fixture
def machine(tmp_path: Path, environment: dict[str, str]) -> Machine:
    return Machine(tmp_path / "venv", environment)


def fine(done: "subprocess.CompletedProcess[str]") -> str:
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_a_pack_is_made_proved_learned_from_built_and_installed(
    machine: Machine, tmp_path: Path
) -> None:
    kata = machine.kata
    fine(kata("pack", "new", "first-steps", cwd=tmp_path))
    pack = tmp_path / "first-steps"
    fine(kata("dev", "new", "2.1.1", "other-mean", "--lesson", "second_lesson", cwd=pack))
    assert "2 katas, all honest" in fine(kata("dev", "check", "--seeds", "1", cwd=pack))

    # Learned from in its own folder, found from wherever one is.
    lesson = pack / "katas/lesson_1_1_first_lesson"
    stub = lesson / "k1_mean_of_squares.py"
    given = stub.read_text()
    assert TODO in given
    stub.write_text(given.replace(TODO, RIGHT))
    assert "pack first-steps" in fine(kata("next", cwd=lesson))
    assert "2.1.1  Other mean" in fine(kata("check", cwd=lesson))
    assert "1/2" in fine(kata("progress", "--pack", "first-steps", cwd=tmp_path))

    # Built, and installed beside the course, by somebody else.
    fine(kata("pack", "build", "--out", str(tmp_path / "dist"), cwd=pack))
    (wheel,) = (tmp_path / "dist").iterdir()
    home = tmp_path / "home"
    home.mkdir()
    assert "No pack is called" in kata("next", cwd=home, KATA_PACK="first-steps").stderr
    machine.install(wheel)
    listed = fine(kata("pack", "list", cwd=tmp_path))
    assert [line.lstrip("* ").split()[0] for line in listed.splitlines()] == [
        "training-loop",
        "first-steps",
    ]
    fine(kata("init", "mine", "--pack", "first-steps", cwd=home))
    mine = home / "mine"
    answer = mine / "katas/lesson_1_1_first_lesson/k1_mean_of_squares.py"
    assert answer.read_text() == given
    assert "1.1.1  Mean of squares" in fine(kata("next", cwd=mine))
    _the_solution_is_out_of_reach(machine, answer)
    answer.write_text(given.replace(TODO, RIGHT))
    (verdict,) = json.loads(fine(kata("check", "--format", "json", cwd=mine)))["verdicts"]
    assert (verdict["pack"], verdict["slug"]) == ("first-steps", "mean-of-squares")
    assert "2.1.1  Other mean" in fine(kata("next", cwd=mine))

    # The course stays what it was.
    fine(kata("init", "course", "--only", "1.1", "--pack", "training-loop", cwd=home))
    assert "0/5" in fine(kata("progress", cwd=home / "course"))
    refused = kata("next", "--pack", "first-steps", cwd=home / "course")
    assert refused.returncode == 2
    assert "is for the pack 'training-loop'" in refused.stderr


def _the_solution_is_out_of_reach(machine: Machine, answer: Path) -> None:
    given = answer.read_text()
    secret = "solutions/lesson_1_1_first_lesson/k1_mean_of_squares.py"
    path = machine.site / "kata_pack_first_steps" / secret
    assert path.is_file()
    answer.write_text(f"{given}\nexec(open({str(path)!r}).read())\n")
    done = machine.kata("check", "--format", "json", cwd=answer.parent)
    (verdict,) = json.loads(done.stdout)["verdicts"]
    if verdict["isolation"] == "full":
        assert verdict["status"] == "fail", verdict
        assert "PermissionError" in done.stdout


def test_a_pack_without_solutions_is_worked_on_and_judged_elsewhere(
    machine: Machine, tmp_path: Path
) -> None:
    kata = machine.kata
    fine(kata("pack", "new", "exam", cwd=tmp_path))
    out = tmp_path / "dist"
    words = ("pack", "build", "--without-solutions", "--out", str(out))
    fine(kata(*words, cwd=tmp_path / "exam"))
    machine.install(next(out.iterdir()))
    home = tmp_path / "home"
    home.mkdir()
    fine(kata("init", "mine", "--pack", "exam", cwd=home))
    mine = home / "mine"
    assert "the mean of the squares" in fine(kata("next", cwd=mine))
    fine(kata("hint", cwd=mine))
    for words in (("check",), ("solution", "1.1.1", "--anyway"), ("plot",)):
        done = kata(*words, cwd=mine)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.startswith(("The pack 'exam' came without", "Kata 1.1.1 has no picture"))
    stub = mine / "katas/lesson_1_1_first_lesson/k1_mean_of_squares.py"
    stub.write_text(stub.read_text().replace(TODO, RIGHT))
    judged = kata("check", "1.1.1", "--file", str(stub), cwd=tmp_path / "exam")
    assert "Passed." in fine(judged)
    fine(kata("reset", "1.1.1", cwd=mine))
    assert TODO in stub.read_text()
