"""`kata grade` from a pile to the results, with a judge that goes by a word in the answer."""

import csv
import hashlib
import json
import random
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from dojo.grade.unit import seeds_of

pytest.importorskip("sqlalchemy")

Run = Callable[..., subprocess.CompletedProcess[str]]
Write = Callable[..., Path]
K1, K2 = "k1_mean_of_squares.py", "k2_second_mean.py"
NAMES = ("Müller, Änne", 'O\'Neil "Bo"', "ćem", "=HYPERLINK(1)", "<script>alert(1)<", "- dan")


def grades(out: Path) -> list[dict[str, str]]:
    with (out / "grades.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def gradings(out: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (out / "gradings.jsonl").read_text("utf-8").splitlines()]


def whole(out: Path) -> dict[str, bytes]:
    """All that is for people and programs."""
    return {
        p.relative_to(out).as_posix(): p.read_bytes()
        for p in sorted(out.rglob("*"))
        if p.is_file() and ".kata-grade" not in p.parts
    }


def wait_until(process: "subprocess.Popen[str]", reached: Callable[[], bool]) -> None:
    """Until that is so, or the process has ended."""
    while not reached():
        try:
            process.wait(0.002)
            return
        except subprocess.TimeoutExpired:
            pass


def judgements(tmp_path: Path) -> int:
    path = tmp_path / "judgements"
    return path.stat().st_size if path.exists() else 0


def test_a_pile_becomes_grades(kata: Run, pile: Write, tmp_path: Path) -> None:
    pile({f"anna/{K1}": "RIGHT", f"anna/{K2}": "wrong", f"ben/{K1}": "wrong", "ben/x.py": "y = 1"})
    done = kata("grade", "pile")
    assert (done.returncode, done.stderr) == (0, "")
    assert "a folder for each person" in done.stdout
    assert "ben/x.py" in done.stdout
    rows = grades(tmp_path / "results")
    assert [list(row.values()) for row in rows] == [
        ["anna", "1", "0", "1", "2", "0"],
        ["ben", "0", "", "0", "1", "0"],
    ]
    assert list(rows[0]) == [
        *("learner", "1.2.1 mean-of-squares", "1.2.2 second-mean"),
        *("points", "submissions", "not judged"),
    ]


def test_a_plan_judges_and_writes_nothing(kata: Run, pile: Write, tmp_path: Path) -> None:
    pile({f"anna/{K1}": "RIGHT", f"ben/{K1}": "RIGHT"})
    before = set(tmp_path.rglob("*"))
    done = kata("grade", "pile", "--plan")
    assert done.returncode == 0
    assert "2 to be judged, 1 of them different" in done.stdout.replace("\n ", "")
    assert set(tmp_path.rglob("*")) == before


def test_equal_files_are_judged_once_and_a_pass_takes_three_seeds(
    kata: Run, pile: Write, tmp_path: Path
) -> None:
    pile({f"p{i}/{K1}": "RIGHT" for i in range(20)})
    kata("grade", "pile")
    assert judgements(tmp_path) == 3
    line = gradings(tmp_path / "results")[0]
    digest = hashlib.sha256(b"RIGHT").hexdigest()
    assert line["digest"] == digest
    assert line["seeds"] == line["judged"] == list(seeds_of(digest))
    kata("grade", "pile", "--out", "results")
    assert judgements(tmp_path) == 3


def test_luck_on_one_seed_is_no_pass(kata: Run, pile: Write, tmp_path: Path) -> None:
    texts = [f"LUCKY {i}" for i in range(300)]
    even_first = [
        t for t in texts
        if [s % 2 for s in seeds_of(hashlib.sha256(t.encode()).hexdigest())][:2] == [0, 1]
    ][:3]  # fmt: skip
    pile({f"p{i}/{K1}": text for i, text in enumerate(even_first)})
    kata("grade", "pile")
    assert [row["points"] for row in grades(tmp_path / "results")] == ["0", "0", "0"]
    assert judgements(tmp_path) == 9  # the second seed in a used process, and in a fresh one


def test_the_newest_counts_or_the_best(kata: Run, pile: Write, tmp_path: Path) -> None:
    import os

    path = pile({f"anna/1/{K1}": "RIGHT", f"anna/2/{K1}": "wrong", f"ben/{K1}": "RIGHT"})
    for i in (1, 2):
        os.utime(path / f"anna/{i}/{K1}", (1000 * i, 1000 * i))
    kata("grade", "pile")
    assert [(r["points"], r["submissions"]) for r in grades(tmp_path / "results")] == [
        ("0", "2"),
        ("1", "1"),
    ]
    kata("grade", "pile", "--best")
    assert [r["points"] for r in grades(tmp_path / "results")] == ["1", "1"]
    kept = [(g["file"], g["counts"], g["status"]) for g in gradings(tmp_path / "results")]
    assert kept[:2] == [(f"anna/1/{K1}", True, "pass"), (f"anna/2/{K1}", False, "fail")]


def test_everybody_on_the_roster_has_a_row(kata: Run, pile: Write, tmp_path: Path) -> None:
    pile({f"ben/{K1}": "RIGHT", f"guest/{K1}": "RIGHT"})
    (tmp_path / "roster.csv").write_text("login,name\nanna,Anna\nben,Ben\n")
    done = kata("grade", "pile", "--roster", "roster.csv")
    assert "Not on the roster: guest" in done.stdout
    rows = grades(tmp_path / "results")
    assert [(r["learner"], r["points"]) for r in rows] == [
        ("anna", "0"),
        ("ben", "1"),
        ("guest", "1"),
    ]
    assert "Nothing was handed in" in (tmp_path / "results/feedback/anna.md").read_text()


def test_points_and_shares(kata: Run, pile: Write, tmp_path: Path, course: Path) -> None:
    card = next(course.glob("checks/*/k1_mean_of_squares.toml"))
    card.write_text(card.read_text().replace("minutes =", "points = 10\nminutes =", 1))
    pile({f"anna/{K1}": "RIGHT", f"ben/{K1}": "wrong"})
    kata("grade", "pile")
    assert [r["points"] for r in grades(tmp_path / "results")] == ["10", "0"]
    kata("grade", "pile", "--partial")
    assert [r["points"] for r in grades(tmp_path / "results")] == ["1000", "500"]


def test_nothing_of_a_submission_is_active_anywhere(kata: Run, pile: Write, tmp_path: Path) -> None:
    evil = "PRINT <img src=x onerror=alert(1)> \x1b]0;title\x07 ``` [a](javascript:b)"
    pile({f"{name}/{K1}": f"{evil} {name}" for name in NAMES})
    done = kata("grade", "pile")
    assert done.returncode == 0
    out = tmp_path / "results"
    assert {r["learner"] for r in grades(out)} == {
        *NAMES[:3], "'=HYPERLINK(1)", "<script>alert(1)<", "'- dan",
    }  # fmt: skip
    for name, content in whole(out).items():
        assert b"\x1b" not in content
        if name.endswith(".html"):
            for active in (b"<script", b"<img", b"<b>7"):
                assert active not in content
            assert b"default-src 'none'" in content
        if name.endswith(".md"):
            head, fence, _ = content.decode().partition("````text\n")
            assert fence
            assert "<" not in head.replace("\\<", "")
    cells = [cell for row in grades(out) for cell in row.values()]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t"))]


def test_what_an_edited_result_held_is_kept(kata: Run, pile: Write, tmp_path: Path) -> None:
    pile({f"anna/{K1}": "RIGHT"})
    kata("grade", "pile")
    (tmp_path / "results/grades.csv").write_text("mine")
    done = kata("grade", "pile")
    assert "yours is kept" in done.stdout
    assert (tmp_path / "results/grades.edited.csv").read_text() == "mine"
    assert grades(tmp_path / "results")[0]["points"] == "1"


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("UNJUDGED", 3, "could not be started"),
        ("CRASH", 3, "tried twice and came to no verdict: the judge broke"),
        ("WEAK RIGHT", 3, "less than full isolation"),
        ("", 2, "is empty"),
        ("\0", 2, "not a text file"),
    ],
)
def test_what_is_not_judged_is_no_grade(
    text: str, code: int, words: str, kata: Run, pile: Write, tmp_path: Path
) -> None:
    pile({f"anna/{K1}": text, f"ben/{K1}": "RIGHT"})
    assert kata("grade", "pile").returncode == code
    out = tmp_path / "results"
    anna, ben = grades(out)
    assert (anna["1.2.1 mean-of-squares"], anna["not judged"]) == ("", "1")
    assert ben["points"] == "1"
    assert words in str(gradings(out)[0]["reason"])
    assert words in (out / "report.html").read_text()
    assert words in (out / "feedback/anna.md").read_text()


def test_weak_isolation_is_said_in_every_result(kata: Run, pile: Write, tmp_path: Path) -> None:
    pile({f"anna/{K1}": "WEAK RIGHT"})
    assert kata("grade", "pile", "--allow-weak-isolation").returncode == 0
    out = tmp_path / "results"
    assert grades(out)[0]["points"] == "1"
    assert gradings(out)[0]["isolation"] == "no system call filter (seccomp)"
    for name in ("report.html", "feedback/anna.md", "feedback/anna.html"):
        assert "seccomp" in (out / name).read_text()
    assert kata("grade", "pile").returncode == 3  # what is known is not enough any more
    assert grades(out)[0]["not judged"] == "1"
    assert "neither a pass nor a fail" in (out / "feedback/anna.md").read_text()


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["nowhere"], "There is no 'nowhere'"),
        (["empty"], "There is no Python file"),
        (["pile", "--kata", "9.9"], "There is no kata '9.9'"),
        (["pile", "--kata", "2.3.1"], "No file answers a kata"),
        (["pile", "--roster", "none.csv"], "There is no roster"),
        (["pile", "--out", "other"], "has other files in it"),
        (["pile", "--out", "file"], "is a file"),
        (["file"], "neither a folder nor an archive"),
        ([], "Missing argument"),
    ],
)
def test_bad_input_is_a_sentence(
    args: list[str], words: str, kata: Run, pile: Write, tmp_path: Path
) -> None:
    pile({f"anna/{K1}": "RIGHT"})
    pile({"mine.txt": "text"}, "other")
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").touch()
    done = kata("grade", *args)
    assert done.returncode == 2
    assert words in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert not (tmp_path / "results").exists()


def test_a_machine_that_can_not_shut_answers_in_refuses_first(
    pile: Write, command: list[str], environment: Mapping[str, str], tmp_path: Path
) -> None:
    pile({f"anna/{K1}": "RIGHT"})
    code = (
        "import runpy, sys; from dojo.learner import confine; "
        "confine.layers = lambda: (confine.Layer('system call filter', False, ''),); "
        "runpy.run_path(sys.argv[0], run_name='__main__')"
    )
    runner, course = command[1:]
    root = str(Path(__file__).resolve().parents[2])
    words = f"import sys; sys.argv = sys.argv[1:]; sys.path.insert(0, {root!r}); {code}"
    done = subprocess.run(
        [command[0], "-c", words, runner, course, "grade", "pile"],
        cwd=tmp_path,
        env=dict(environment),
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 2
    assert "system call filter" in done.stderr
    assert judgements(tmp_path) == 0


def test_killed_at_random_moments_nothing_is_lost_and_nothing_differs(
    kata: Run, pile: Write, command: list[str], environment: Mapping[str, str], tmp_path: Path
) -> None:
    files = {f"p{i:03}/{K1}": f"{'RIGHT' if i % 3 else 'wrong'} {i}" for i in range(150)}
    pile(files)
    kata("grade", "pile", "--out", "expected")
    needed = judgements(tmp_path)
    moment = random.Random(14)
    kills = 0
    for _ in range(20):
        before = judgements(tmp_path)
        until = before + moment.randrange(1, 40)
        process = subprocess.Popen(
            [*command, "grade", "pile", "--out", "killed"],
            cwd=tmp_path,
            env=dict(environment),
            stdout=subprocess.DEVNULL,
            text=True,
        )
        wait_until(process, lambda until=until: judgements(tmp_path) >= until)
        kills += process.poll() is None
        process.kill()
        process.wait()
    assert kills >= 5
    assert kata("grade", "pile", "--out", "killed").returncode == 0
    assert whole(tmp_path / "killed") == whole(tmp_path / "expected")
    again = judgements(tmp_path) - 2 * needed
    assert 0 <= again <= 3 * kills  # what was under way, at most


def test_ctrl_c_keeps_what_is_judged(
    kata: Run, pile: Write, command: list[str], environment: Mapping[str, str], tmp_path: Path
) -> None:
    import signal

    pile({f"p{i:03}/{K1}": f"RIGHT {i}" for i in range(300)})
    process = subprocess.Popen(
        [*command, "grade", "pile"],
        cwd=tmp_path,
        env=dict(environment),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    wait_until(process, lambda: judgements(tmp_path) >= 30)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "The same command goes on from there." in said
    assert kata("grade", "pile").returncode == 0
    assert judgements(tmp_path) <= 900 + 3


def test_four_shares_merged_in_any_order_are_the_whole(
    kata: Run, pile: Write, tmp_path: Path
) -> None:
    texts = ("RIGHT", "wrong", "RIGHT 2", "")
    pile({f"p{i:03}/{K1}": f"{texts[i % 4]}{i // 8 if i % 4 != 3 else ''}" for i in range(40)})
    (tmp_path / "roster.csv").write_text("login\np001\np002\nnobody\n")
    options = ("--roster", "roster.csv")
    whole_code = kata("grade", "pile", *options, "--out", "whole").returncode
    needed = judgements(tmp_path)
    for i in (3, 1, 4, 2):
        done = kata("grade", "pile", *options, "--shard", f"{i}/4", "--out", f"part-{i}")
        assert done.returncode == 0
    assert judgements(tmp_path) == 2 * needed
    for order in ("1234", "4132"):
        parts = [f"part-{i}" for i in order]
        assert kata("grade", "--merge", *parts, "--out", order).returncode == whole_code == 2
        assert whole(tmp_path / order) == whole(tmp_path / "whole")
    assert judgements(tmp_path) == 2 * needed
    done = kata("grade", "--merge", "part-1", "part-3", "--out", "some")
    assert (done.returncode, "are in none of the parts" in done.stderr) == (2, True)


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["pile", "--shard", "5/4"], "no share of the work"),
        (["pile", "--shard", "x"], "no share of the work"),
        (["--merge", "pile"], "is no part"),
        (["--merge", "pile", "--kata", "1.2"], "as they were when the parts were judged"),
        (["--merge", "part", "other-part"], "parts of different piles"),
    ],
)
def test_bad_shares_are_a_sentence(
    args: list[str], words: str, kata: Run, pile: Write, tmp_path: Path
) -> None:
    pile({f"anna/{K1}": "RIGHT"})
    pile({f"ben/{K1}": "RIGHT"}, "other")
    if "part" in args:
        kata("grade", "pile", "--shard", "1/1", "--out", "part")
        kata("grade", "other", "--shard", "1/1", "--out", "other-part")
    done = kata("grade", *args)
    assert done.returncode == 2
    assert words in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert not list((tmp_path / "results").glob("*.csv"))


def test_what_was_shown_once_is_taken_from_the_store(
    kata: Run, pile: Write, tmp_path: Path
) -> None:
    import sqlite3

    pile({f"anna/{K1}": "wrong"})
    kata("grade", "pile")
    with sqlite3.connect(tmp_path / "results/.kata-grade/store.sqlite") as store:
        store.execute("update shown set text = 'as it was shown' ")
    kata("grade", "pile")
    assert "as it was shown" in (tmp_path / "results/feedback/anna.md").read_text()


def test_a_plan_needs_neither_store_nor_torch() -> None:
    import sys

    code = (
        "import sys; sys.modules['sqlalchemy'] = None; import dojo.grade.run, dojo.grade.shown, "
        "dojo.grade.intake, dojo.grade.share, dojo.commands.grading; print('torch' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
