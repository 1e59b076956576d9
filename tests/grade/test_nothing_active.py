"""Nothing of a submission is active in what is handed on: tables, pages, a terminal, a CI's log."""

import csv
import io
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

pytest.importorskip("sqlalchemy")

Run = Callable[..., subprocess.CompletedProcess[str]]
Write = Callable[..., Path]
K1 = "k1_mean_of_squares.py"
NAMES = ('=HYPERLINK("x")', "+1", "@sum", "<script>alert(1)<", "::set-output name=a::b", "a##[x]")
ACTIVE = ("=", "+", "-", "@", "\t", "\r")
EVIL = "PRINT <img src=x> \x1b]0;title\x07\n::set-output name=a::b\n=HYPERLINK(1) ##[add-mask]b"


@pytest.fixture
def graded(kata: Run, pile: Write, tmp_path: Path) -> tuple[subprocess.CompletedProcess[str], Path]:
    files = {f"{name}/{K1}": f"{EVIL} {name}" for name in NAMES}
    pile({**files, f"{NAMES[4]}/notes.py": "x = 1"})
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(["First name", "Surname", "Username", "Assignment: 1.2.1 (Real)",
                    "Assignment: 1.2.1 (Feedback)"])  # fmt: skip
    table.writerows([["A", "B", name, "", ""] for name in NAMES[:-1]])
    (tmp_path / "their.csv").write_text(out.getvalue())
    done = kata(
        *("grade", "pile", "--fill", "their.csv", "--export", "gradescope", "--export", "nbgrader"),
        env={"GITHUB_ACTIONS": "true"},
    )
    return done, tmp_path / "results"


def test_no_table_has_a_formula(graded: tuple[object, Path]) -> None:
    for name in ("grades.csv", "gradescope.csv", "nbgrader.csv"):
        with (graded[1] / name).open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file, strict=True))
        assert len(rows) == len(NAMES) + 1
        assert not [
            c for row in rows for c in row if c.startswith(("=", "+", "-", "@", "\t", "\r"))
        ]
        assert "\x1b" not in str(rows)


def test_what_is_filled_in_is_text(graded: tuple[object, Path]) -> None:
    with (graded[1] / "their.filled.csv").open(encoding="utf-8", newline="") as file:
        _, *rows = csv.reader(file, strict=True)
    assert [row[2] for row in rows] == [*NAMES[:-1]]
    assert {row[3] for row in rows} == {"0"}
    for row in rows:
        assert row[4].startswith("<p>1.2.1 ")
        assert "&lt;b&gt;7" in row[4]
        assert "<b>" not in row[4]


def test_no_page_is_more_than_text(graded: tuple[object, Path]) -> None:
    pages = [*graded[1].rglob("*.html"), *graded[1].rglob("*.md")]
    assert len(pages) == 2 * len(NAMES) + 1
    for path in pages:
        text = path.read_text("utf-8")
        assert "\x1b" not in text
        if path.suffix == ".html":
            assert "<script" not in text
            assert "<img" not in text


def test_no_line_of_the_log_is_an_order(
    graded: tuple[subprocess.CompletedProcess[str], Path],
) -> None:
    done = graded[0]
    said = done.stdout + done.stderr
    assert "set-output" in said
    assert "##[" not in said
    assert "\x1b" not in said
    assert not [line for line in said.splitlines() if line.strip().startswith("::")]
