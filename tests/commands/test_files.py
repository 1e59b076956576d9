"""`kata reset`, history, init, completion and doctor: nothing of a learner's is ever lost."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]
FIRST = "katas/lesson_1_2_linear_regression/k1_mean_of_squares.py"


def test_reset_keeps_a_backup_and_says_where(kata: Run, course: Path) -> None:
    stub = (course / FIRST).read_text()
    (course / FIRST).write_text("my work\n")
    done = kata("reset", "1.2.1")
    assert (course / FIRST).read_text() == stub
    backup = done.stdout.split("is kept in ")[1].strip()
    assert (course / backup).read_text() == "my work\n"


def test_reset_of_the_stub_changes_nothing(kata: Run, course: Path) -> None:
    assert "already" in kata("reset", "1.2.1").stdout
    assert not (course / ".kata").exists()


def test_reset_of_several_katas_wants_to_be_sure(kata: Run, course: Path) -> None:
    (course / FIRST).write_text("my work\n")
    refused = kata("reset", "1.2")
    assert refused.returncode == 2
    assert "--yes" in refused.stderr
    assert (course / FIRST).read_text() == "my work\n"
    assert kata("reset", "1.2", "--yes").returncode == 0
    assert "NotImplementedError" in (course / FIRST).read_text()


def test_history_lists_attempts_and_brings_any_back(kata: Run, course: Path) -> None:
    for text in ("# one\n", "# two\n", "# RIGHT\n"):
        (course / FIRST).write_text(text)
        kata("check", "1.2.1")
    (course / FIRST).write_text("not checked yet\n")
    rows = kata("history", "1.2.1").stdout.splitlines()
    assert [row.split()[0] for row in rows[1:4]] == ["1", "2", "3"]
    assert "values: the mean of the squares" in rows[1]
    assert "passed" in rows[3]
    done = kata("history", "1.2.1", "--restore", "1")
    assert (course / FIRST).read_text() == "# one\n"
    backup = done.stdout.split("is kept in ")[1].strip()
    assert (course / backup).read_text() == "not checked yet\n"
    assert "= your file now" in kata("history", "1.2.1").stdout.splitlines()[1]


def test_history_without_attempts_and_with_a_wrong_number(kata: Run, course: Path) -> None:
    assert "No attempts at 1.2.1 yet" in kata("history", "1.2.1").stdout
    kata("check", "1.2.1")
    done = kata("history", "1.2.1", "--restore", "2")
    assert done.returncode == 2
    assert "no attempt 2" in done.stderr


def test_a_lost_version_is_told_and_changes_nothing(kata: Run, course: Path) -> None:
    (course / FIRST).write_text("# one\n")
    kata("check", "1.2.1")
    (version,) = (course / ".kata/versions").iterdir()
    version.write_text("altered")
    done = kata("history", "1.2.1", "--restore", "1")
    assert done.returncode == 2
    assert "is lost" in done.stderr
    assert (course / FIRST).read_text() == "# one\n"


def test_init_makes_a_workspace_that_works(kata: Run, course: Path, tmp_path: Path) -> None:
    done = kata("init", "mine", cwd=tmp_path)
    assert done.returncode == 0
    assert "cd mine" in done.stdout
    mine = tmp_path / "mine"
    assert (mine / FIRST).read_text() == (course / FIRST).read_text()
    assert (mine / "katas/lesson_2_3_from_scratch/README.md").exists()
    (mine / FIRST).write_text("# RIGHT\n")
    assert kata("check", cwd=mine / "katas").returncode == 0
    assert (mine / ".kata/log.jsonl").exists()
    assert not (course / ".kata").exists()


def test_init_limits_a_workspace_to_some_katas(kata: Run, tmp_path: Path) -> None:
    assert kata("init", "mine", "--only", "2.3,1.2.2", cwd=tmp_path).returncode == 0
    mine = tmp_path / "mine"
    stubs = sorted(p.name for p in mine.glob("katas/*/*.py"))
    assert stubs == ["k1_third_mean.py", "k2_second_mean.py"]
    shown = kata("next", cwd=mine).stdout
    assert "1.2.2  Second mean" in shown
    assert "workspace" in shown
    shown = kata("list", cwd=mine).stdout
    assert "2.3.1" in shown
    assert "1.2.1" not in shown
    refused = kata("check", "1.2.1", cwd=mine)
    assert refused.returncode == 2
    assert "1.2.1 (mean-of-squares) is left out here" in refused.stderr
    assert kata("check", "--all", cwd=mine).stdout.count("not started") == 3  # two rows, the sum
    assert kata("init", "mine", cwd=tmp_path).returncode == 0
    assert "1.2.1  Mean of squares" in kata("next", cwd=mine).stdout


def test_init_limits_to_nothing_that_is_not_there(kata: Run, tmp_path: Path) -> None:
    refused = kata("init", "mine", "--only", "2.3,9.9", cwd=tmp_path)
    assert refused.returncode == 2
    assert "There is no kata '9.9'" in refused.stderr
    assert not (tmp_path / "mine").exists()


def test_a_damaged_memory_is_told_and_can_be_made_again(kata: Run, tmp_path: Path) -> None:
    kata("init", "mine", cwd=tmp_path)
    (tmp_path / "mine/.kata/workspace.toml").write_text("pack = 7")
    refused = kata("next", cwd=tmp_path / "mine")
    assert refused.returncode == 2
    assert "workspace.toml is damaged. Delete it" in refused.stderr
    (tmp_path / "mine/.kata/workspace.toml").unlink()
    assert kata("next", cwd=tmp_path / "mine").returncode == 0


def test_init_never_overwrites(kata: Run, tmp_path: Path) -> None:
    kata("init", "mine", cwd=tmp_path)
    mine = tmp_path / "mine"
    (mine / FIRST).write_text("my work\n")
    (mine / "katas/lesson_2_3_from_scratch/k1_third_mean.py").unlink()
    done = kata("init", "mine", cwd=tmp_path)
    assert "1 file written" in done.stdout
    assert "Left alone, because there already: 4 files" in done.stdout
    assert (mine / FIRST).read_text() == "my work\n"


@pytest.mark.parametrize("name", ["a_file", "a_foreign_folder"])
def test_init_refuses_what_belongs_to_something_else(kata: Run, tmp_path: Path, name: str) -> None:
    (tmp_path / "a_file").write_text("x")
    (tmp_path / "a_foreign_folder").mkdir()
    (tmp_path / "a_foreign_folder/thesis.tex").write_text("x")
    done = kata("init", name, cwd=tmp_path)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert [p.name for p in (tmp_path / "a_foreign_folder").iterdir()] == ["thesis.tex"]


def test_completion_offers_katas(kata: Run) -> None:
    def offered(words: str) -> list[str]:
        count = str(len(words.split()) - (not words.endswith(" ")))
        env = {"_KATA_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": count}
        lines = kata(env=env).stdout.splitlines()
        return [line.partition(",")[2] for line in lines]

    assert offered("kata check 1.2.") == ["1.2.1", "1.2.2"]
    assert offered("kata hint mean") == ["mean-of-squares"]
    assert "2.3" in offered("kata show ")
    assert offered("kata --pack ./nowhere show 2") == ["2"]  # left to the shell
    assert "check" in offered("kata ch")


def test_completion_says_how_to_switch_it_on(kata: Run) -> None:
    assert "_KATA_COMPLETE=zsh_source" in kata("completion", "zsh").stdout
    assert "bash_source" in kata("completion", env={"SHELL": "/bin/bash"}).stdout
    assert kata("completion", "tcsh").returncode == 2


def test_doctor_looks_at_everything_and_changes_nothing(kata: Run, course: Path) -> None:
    done = kata("doctor")
    assert done.returncode == 0, done.stdout
    for name in ("Python", "PyTorch", "pytest", "pyrefly", "workspace", "progress", "terminal"):
        assert f" {name} " in done.stdout
    assert not (course / ".kata").exists()


def test_a_workflow_judges_the_katas_of_its_workspace(
    kata: Run, course: Path, tmp_path: Path
) -> None:
    done = kata("init", "mine", "--only", "1.2", "--ci", "github", cwd=tmp_path)
    assert "a report, no grade" in done.stdout
    path = tmp_path / "mine/.github/workflows/kata.yml"
    text = path.read_text("utf-8")
    command = next(x.strip() for x in text.splitlines() if x.strip().startswith("kata check"))
    for stub in ("k1_mean_of_squares", "k2_second_mean"):
        place = tmp_path / f"mine/katas/lesson_1_2_linear_regression/{stub}.py"
        place.write_text("# WRONG\n" if "k1" in stub else "# RIGHT\n")
    shutil.rmtree(tmp_path / "mine/.kata")  # which no repository holds
    summary = tmp_path / "summary.md"
    env = {"GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": str(summary)}
    env["GITHUB_WORKSPACE"] = str(tmp_path / "mine")
    done = kata(*command.split()[1:], cwd=tmp_path / "mine", env=env)
    assert done.returncode == 1
    (order,) = [x for x in done.stdout.splitlines() if x.startswith("::")]
    place = "katas/lesson_1_2_linear_regression/k1_mean_of_squares.py"
    assert order.startswith(f"::error file={place},")
    assert "1 of 2 katas passed" in summary.read_text("utf-8")
    path.write_text("mine")
    done = kata("init", "mine", "--ci", "github", cwd=tmp_path)
    assert "Left alone" in done.stdout
    assert path.read_text() == "mine"
