"""Tables of Moodle and Canvas: filled where somebody handed something in, else as they were."""

import csv
import io
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from dojo.course.catalog import Catalog
from dojo.errors import UsageError
from dojo.grade.fill import recognise
from dojo.grade.fill.filling import prepare
from dojo.grade.fill.sheet import load
from dojo.grade.intake import Wanted, take_in
from dojo.grade.shelf import Shelf

pytest.importorskip("sqlalchemy")

Run = Callable[..., subprocess.CompletedProcess[str]]
Write = Callable[..., Path]
K1, K2, K3 = "k1_mean_of_squares.py", "k2_second_mean.py", "k1_third_mean.py"

WORKSHEET = (
    "\ufeffIdentifier,\"Full name\",\"Email address\",Status,Grade,\"Maximum Grade\","
    '"Grade can be changed","Last modified (submission)","Last modified (grade)",'
    '"Feedback comments"\r\n'
    'Participant 101,"Änne Müller",anne@uni.example,"Submitted for grading",,10.00,Yes,'
    '"Monday, 2 November 2026, 9:00 AM",-,\r\n'
    'Participant 102,Bo Ek,bo@uni.example,Submitted,3.00,10.00,No,-,-,"said ""no"" before"\r\n'
    "Participant 103,Cem Öz,cem@uni.example,No submission,,10.00,Yes,-,-,\r\n"
    "Participant 104,Dan Fox,dan@uni.example,Submitted,,10.00,Yes,-,-,\r\n"
)  # fmt: skip
CANVAS = (
    "Student,ID,SIS User ID,SIS Login ID,Section,1.2 Regression (71),Essay (72),"
    "2.3.1 (73),Current Score\n"
    ",,,,,,Manual Posting,,\n"
    "    Points Possible,,,,,2,10,1,(read only)\n"
    '"Müller, Änne",11,s1,anne,"A, and B",,7,,81.00\n'
    '"O\'Neil, Bo",12,s2,bo,A,EX,8.5,N/A,\n'
    '"Öz, Cem",13,s3,cem,A,1,9,0,\n'
    '"Student, Test",99,,,A,,,,\n'
)
MOODLE_PILE = {
    f"Änne Müller_101_assignsubmission_file_/{K1}": "RIGHT",
    f"Änne Müller_101_assignsubmission_file_/{K2}": "wrong",
    f"Bo Ek_102_assignsubmission_file_/{K1}": "RIGHT",
    f"Dan Fox_104_assignsubmission_file_/{K1}": "UNJUDGED",
}
CANVAS_PILE = {
    f"mulleranne_11_901_{K1}": "RIGHT",
    f"mulleranne_11_902_{K2}": "RIGHT 2",
    f"mulleranne_11_903_{K3}": "wrong",
    f"oneilbo_LATE_12_904_{K1}": "RIGHT",
    f"ozcem_13_905_{K3}": "RIGHT",
}


def put(tmp_path: Path, text: str, name: str = "their.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(text.encode())
    return path


def rows(path: Path, delimiter: str = ",") -> list[list[str]]:
    text = path.read_text("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))


def test_moodles_worksheet_gets_grade_and_feedback_together(
    kata: Run, pile: Write, tmp_path: Path
) -> None:
    pile(MOODLE_PILE)
    their = put(tmp_path, WORKSHEET)
    done = kata("grade", "pile", "--fill", "their.csv")
    assert their.read_bytes() == WORKSHEET.encode()
    assert "1 grade filled in under 'Grade'" in done.stdout
    assert "Bo Ek: Moodle says that this grade can't be changed" in done.stdout
    assert "Dan Fox: 1 of 1 katas could not be judged" in done.stdout
    filled = (tmp_path / "results/their.filled.csv").read_bytes()
    before, after = WORKSHEET.encode().split(b"\r\n"), filled.split(b"\r\n")
    assert [a for a, b in zip(after, before, strict=True) if a == b] == [before[0], *before[2:]]
    (anne,) = [r for r in rows(tmp_path / "results/their.filled.csv") if "Änne Müller" in r]
    assert (anne[4], anne[5], anne[8]) == ("1", "10.00", "-")
    assert anne[9].startswith("<p>1.2.1 ")
    assert "passed</p>" in anne[9]
    assert "not passed yet.<br>It is &lt;b&gt;7&lt;/b&gt; times too large.</p>" in anne[9]


def test_canvas_columns_get_the_katas_that_they_name(
    kata: Run, pile: Write, tmp_path: Path
) -> None:
    pile(CANVAS_PILE)
    put(tmp_path, CANVAS)
    done = kata("grade", "pile", "--fill", "their.csv")
    assert done.returncode == 0
    assert "1.2 Regression (71): 1.2.1 to 1.2.2, 2 katas" in done.stdout
    assert "'1.2 Regression (71)' says EX" in done.stdout
    expected = CANVAS.replace('"A, and B",,7,,', '"A, and B",2,7,0,').replace(
        ",A,1,9,0,", ",A,1,9,1,"
    )
    assert (tmp_path / "results/their.filled.csv").read_bytes() == expected.encode()


def test_a_column_can_be_named(kata: Run, pile: Write, tmp_path: Path) -> None:
    pile(CANVAS_PILE)
    put(tmp_path, CANVAS.replace("2,10,1", "2,10,9"))
    kata("grade", "pile", "--fill", "their.csv", "--column", "Essay")
    assert [r[5:8] for r in rows(tmp_path / "results/their.filled.csv")][3:] == [
        ["", "2", ""],
        ["EX", "1", "N/A"],
        ["1", "1", "0"],
        ["", "", ""],
    ]


def test_moodles_grades_are_mapped_by_the_roster_and_addresses_to_the_letter(
    kata: Run, pile: Write, tmp_path: Path
) -> None:
    pile({f"{login}/{K1}": "RIGHT" for login in ("anne", "bo", "cem")})
    (tmp_path / "roster.csv").write_text(
        "login,given,surname,email\nanne,Änne,Müller,Anne@uni.example\n"
        "bo,Bo,Ek,bo@uni.example\ncem,Cem,Öz,\n"
    )
    text = (
        "First name;Last name;ID number;Email address;Assignment: 1.2 (Real);"
        "Assignment: 1.2 (Feedback);Course total (Real);Last downloaded from this course\n"
        "Else;Someone;;anne@uni.example;-;;-;1\n"
        "Bo;Ek;;bo@uni.example;-;;-;1\n"
        "Cem;Öz;;cem@elsewhere.example;-;old;-;1\n"
    )
    put(tmp_path, text)
    done = kata("grade", "pile", "--roster", "roster.csv", "--fill", "their.csv")
    assert "anne: no row is theirs alone" in done.stdout
    _, anne, bo, cem = rows(tmp_path / "results/their.filled.csv", ";")
    assert anne[4:7] == ["-", "", "-"]
    for row in (bo, cem):
        assert row[4] == "1"
        assert row[5].startswith("<p>1.2.1 ")
        assert row[6] == "-"


def test_a_name_that_two_rows_have_is_nobodys(kata: Run, pile: Write, tmp_path: Path) -> None:
    pile({f"Bo Ek/{K1}": "RIGHT", f"Änne Müller/{K1}": "RIGHT"})
    text = WORKSHEET.replace("Cem Öz", "Bo Ek")
    put(tmp_path, text)
    done = kata("grade", "pile", "--fill", "their.csv")
    assert "Bo Ek: no row is theirs alone" in done.stdout
    assert [r[4] for r in rows(tmp_path / "results/their.filled.csv")][1:] == ["1", "3.00", "", ""]


def test_shares_are_filled_in_when_they_are_merged(kata: Run, pile: Write, tmp_path: Path) -> None:
    pile({f"p1/{K1}": "RIGHT", f"p2/{K1}": "wrong"})
    (tmp_path / "roster.csv").write_text("login,email\np1,P.1@x.example\np2,p.2@x.example\n")
    put(tmp_path, "First name,Surname,Email address,Quiz: 1.2.1 (Real)\nA,B,P.1@x.example,-\n")
    for i in (1, 2):
        kata("grade", "pile", "--roster", "roster.csv", "--shard", f"{i}/2", "--out", f"part-{i}")
    done = kata("grade", "--merge", "part-1", "part-2", "--fill", "their.csv")
    assert done.returncode == 0
    assert rows(tmp_path / "results/their.filled.csv")[1] == ["A", "B", "P.1@x.example", "1"]
    done = kata("grade", "pile", "--shard", "1/2", "--fill", "their.csv")
    assert (done.returncode, "go to --merge" in done.stderr) == (2, True)


@pytest.mark.parametrize(
    ("text", "column", "words"),
    [
        (None, None, "There is no table"),
        ("a,b\n1,2\n", None, "no table that Moodle or Canvas exports"),
        ('a,"b\n1,2\n', None, "a quotation mark is out of place in row 1"),
        ("Näme;x\n".encode("latin-1"), None, "not UTF-8"),
        (CANVAS, "Exam", "has 'Exam' nowhere"),
        (CANVAS.replace("2,10,1", "1,10,1"), None, "takes 1 points"),
        (CANVAS.replace("1.2 Reg", "Reg").replace("2.3.1", "Last"), None, "No column of"),
        (CANVAS.replace("Essay", "Essay on 1.2"), None, "could both be meant"),
        (CANVAS.replace("(7", "(x"), None, "has no assignments in it"),
        (WORKSHEET.split("\r\n")[0], None, "has no people in it"),
    ],
)
def test_what_can_not_be_filled_is_a_sentence(
    text: str | bytes | None,
    column: str | None,
    words: str,
    catalog: Catalog,
    pile: Write,
    tmp_path: Path,
) -> None:
    if text is not None:
        content = text if isinstance(text, bytes) else text.encode()
        (tmp_path / "their.csv").write_bytes(content)
    with Shelf() as shelf:
        plan = take_in(catalog, Wanted((pile(CANVAS_PILE),)), shelf)
    with pytest.raises(UsageError) as said:  # noqa: PT012
        sheet, form = recognise(tmp_path / "their.csv")
        prepare(sheet, form, plan, column, partial=False)
    assert words in str(said.value)
    assert "\n" not in str(said.value)


def test_it_is_said_before_anything_is_judged(kata: Run, pile: Write, tmp_path: Path) -> None:
    pile(CANVAS_PILE)
    put(tmp_path, CANVAS)
    done = kata("grade", "pile", "--fill", "their.csv", "--column", "Exam")
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert not (tmp_path / "judgements").exists()


def test_a_column_needs_a_table(kata: Run, pile: Write) -> None:
    pile(CANVAS_PILE)
    done = kata("grade", "pile", "--column", "Essay")
    assert (done.returncode, "give both" in done.stderr) == (2, True)


@pytest.mark.parametrize(
    "text",
    [
        'a,b\r\n"x ""y"", z",\r\n,"two\nlines"\r\n',
        "\ufeffa,b\n1,2",
        'a,5" disk,\n\n,,\n',
        "a\rb\r",
    ],
)
def test_cells_are_those_that_csv_reads(text: str, tmp_path: Path) -> None:
    table = load(put(tmp_path, text))[0][","]
    expected = [r or [""] for r in csv.reader(io.StringIO(text.lstrip("\ufeff"), newline=""))]
    assert [list(table.row(i)) for i in range(len(table.spans))] == expected
    assert table.with_cells({}) == text.encode()


def test_what_is_filled_in_is_read_back(tmp_path: Path) -> None:
    table = load(put(tmp_path, "a;b;c\n1;;3\n"))[0][";"]
    words = 'a "b"; c\nd'
    after = table.with_cells({(1, 1): words}).decode()
    assert list(csv.reader(io.StringIO(after, newline=""), delimiter=";"))[1] == ["1", words, "3"]
