"""Grades in the tables of Gradescope and nbgrader: whole numbers, and a row for everybody."""

import csv
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

pytest.importorskip("sqlalchemy")

Run = Callable[..., subprocess.CompletedProcess[str]]
Write = Callable[..., Path]
K1, K2 = "k1_mean_of_squares.py", "k2_second_mean.py"


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


@pytest.fixture
def results(kata: Run, pile: Write, tmp_path: Path) -> Path:
    pile({
        f"anne/{K1}": "RIGHT", f"anne/{K2}": "wrong", f"bo/{K1}": "UNJUDGED",
        f"=guest/{K1}": "RIGHT",
    })  # fmt: skip
    (tmp_path / "roster.csv").write_text(
        "login,first name,surname,email,sid\nanne,Änne,=Müller,Anne@x.example,17\n"
        "bo,Bo,Ek,bo@x.example,18\ncem,Cem,Öz,cem@x.example,19\n"
    )
    kata(
        *("grade", "pile", "--roster", "roster.csv", "--partial"),
        *("--export", "gradescope", "--export", "nbgrader"),
    )
    return tmp_path / "results"


def test_gradescopes_table(results: Path) -> None:
    found = table(results / "gradescope.csv")
    people = [(r["First Name"], r["Last Name"], r["SID"], r["Email"]) for r in found]
    assert people == [
        ("Änne", "'=Müller", "17", "Anne@x.example"),
        ("Bo", "Ek", "18", "bo@x.example"),
        ("Cem", "Öz", "19", "cem@x.example"),
        ("", "'=guest", "", ""),
    ]
    assert [r["1.2.1 mean-of-squares"] for r in found] == ["100", "", "", "100"]
    assert [r["1.2.2 second-mean"] for r in found] == ["50", "", "", ""]
    assert {r["1.2.1 mean-of-squares - Max Points"] for r in found} == {"100"}


def test_nbgraders_table(results: Path) -> None:
    found = table(results / "nbgrader.csv")
    scores = {(r["assignment"], r["student_id"]): r["score"] for r in found}
    first, second = "1.2.1-mean-of-squares", "1.2.2-second-mean"
    assert scores == {
        (first, "anne"): "100", (first, "bo"): "", (first, "cem"): "0", (first, "'=guest"): "100",
        (second, "anne"): "50", (second, "bo"): "0", (second, "cem"): "0",
        (second, "'=guest"): "0",
    }  # fmt: skip
    assert {(r["max_score"], r["late_submission_penalty"]) for r in found} == {("100", "0")}
    assert found[0]["last_name"] == "'=Müller"
