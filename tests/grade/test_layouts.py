"""Whose file it is and which kata it answers, in every form in which a pile comes."""

import io
import os
import tarfile
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from dojo.course.catalog import Catalog
from dojo.errors import UsageError
from dojo.grade import roster as rosters
from dojo.grade.intake import Plan, Wanted, take_in
from dojo.grade.shelf import Shelf

Write = Callable[..., Path]
ANSWER = "def mean_of_squares(x):\n    return x\n"


def taken(catalog: Catalog, *piles: Path, **more: object) -> Plan:
    with Shelf() as shelf:
        return take_in(catalog, Wanted(piles, **more), shelf)  # type: ignore[arg-type]


def whose(plan: Plan) -> set[tuple[str, str]]:
    return {(s.learner, s.slug) for s in plan.submissions}


def zipped(files: Mapping[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def tarred(files: Mapping[str, str | bytes], mode: str = "w:gz") -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:  # type: ignore[call-overload]
        for name, content in files.items():
            data = content if isinstance(content, bytes) else content.encode()
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


LAYOUTS: dict[str, tuple[dict[str, str | bytes], set[tuple[str, str]]]] = {
    "folders": (
        {
            "Müller, Anna/k1_mean_of_squares.py": ANSWER,
            "Müller, Anna/k2_second_mean.py": ANSWER,
            'O\'Neil "Bo"/katas/lesson_1_2_linear_regression/k1_mean_of_squares.py': ANSWER,
            'O\'Neil "Bo"/katas/README.md': "text",
            "cem/.kata/versions/abc.py": ANSWER,
            "cem/third-mean/answer.py": ANSWER,
        },
        {
            ("Müller, Anna", "mean-of-squares"),
            ("Müller, Anna", "second-mean"),
            ('O\'Neil "Bo"', "mean-of-squares"),
            ("cem", "third-mean"),
        },
    ),
    "clones": (
        {
            "week-1-anna-lea/.git/config": "",
            "week-1-anna-lea/katas/lesson_1_2_linear_regression/k1_mean_of_squares.py": ANSWER,
            "week-1-ben/.git/config": "",
            "week-1-ben/k2_second_mean.py": ANSWER,
        },
        {("anna-lea", "mean-of-squares"), ("ben", "second-mean")},
    ),
    "flat": (
        {
            "Zoë Ölund_k1_mean_of_squares.py": ANSWER,
            "k1_mean_of_squares - ben.py": ANSWER,
            "cem 1.2.2.py": ANSWER,
            "anna_k1_mean_of_squares (1).py": ANSWER,
        },
        {
            ("Zoë Ölund", "mean-of-squares"),
            ("ben", "mean-of-squares"),
            ("cem", "second-mean"),
            ("anna", "mean-of-squares"),
        },
    ),
    "moodle": (
        {
            "Ölund Zoë_12345_assignsubmission_file_/k1_mean_of_squares.py": ANSWER,
            "De la Cruz Ana Mae_777_assignsubmission_file_/work.zip": zipped(
                {"mine/k2_second_mean.py": ANSWER}
            ),
            "Unzipped Una_778_assignsubmission_file_k1_mean_of_squares.py": ANSWER,
        },
        {
            ("Ölund Zoë", "mean-of-squares"),
            ("De la Cruz Ana Mae", "second-mean"),
            ("Unzipped Una", "mean-of-squares"),
        },
    ),
    "canvas": (
        {
            "olundzoe_LATE_12345_67890_k1_mean_of_squares.py": ANSWER,
            "oneilbo_12346_67891_k2_second_mean-1.py": ANSWER,
            "cruzana_12347_67892_all.tar.gz": tarred({"a/k1_mean_of_squares.py": ANSWER}),
        },
        {
            ("olundzoe", "mean-of-squares"),
            ("oneilbo", "second-mean"),
            ("cruzana", "mean-of-squares"),
        },
    ),
    "one-person": (
        {
            "katas/lesson_1_2_linear_regression/k1_mean_of_squares.py": ANSWER,
            "katas/lesson_1_2_linear_regression/k2_second_mean.py": ANSWER,
        },
        {("pile", "mean-of-squares"), ("pile", "second-mean")},
    ),
}


@pytest.mark.parametrize("name", LAYOUTS)
@pytest.mark.parametrize("form", ["folder", "zip", "tar.gz", "zip with a folder around"])
def test_a_layout_is_recognised(name: str, form: str, catalog: Catalog, pile: Write) -> None:
    files, expected = LAYOUTS[name]
    path = pile(files)
    if form == "zip":
        path = pile({"pile.zip": zipped(files)}, "packed") / "pile.zip"
    elif form == "tar.gz":
        path = pile({"pile.tar.gz": tarred(files)}, "packed") / "pile.tar.gz"
    elif form == "zip with a folder around":
        around = {f"pile/{k}": v for k, v in files.items()}
        path = pile({"pile.zip": zipped(around)}, "packed") / "pile.zip"
    plan = taken(catalog, path)
    assert whose(plan) == expected
    assert plan.left == ()


def test_a_folder_of_archives_is_a_folder_for_each_person(catalog: Catalog, pile: Write) -> None:
    path = pile(
        {
            "anna.zip": zipped({"katas/lesson_1_2_linear_regression/k1_mean_of_squares.py": "x"}),
            "ben.tar.gz": tarred({"k2_second_mean.py": "x"}),
        }
    )
    assert whose(taken(catalog, path)) == {("anna", "mean-of-squares"), ("ben", "second-mean")}


def test_the_layout_can_be_insisted_on(catalog: Catalog, pile: Write) -> None:
    path = pile({"anna/k1_mean_of_squares.py": "x", "ben/k1_mean_of_squares.py": "x"})
    assert whose(taken(catalog, path, layout="one-person")) == {("pile", "mean-of-squares")}


def test_a_renamed_file_is_known_by_its_functions_even_if_it_is_broken(
    catalog: Catalog, pile: Write
) -> None:
    broken = "def second_mean(x):\n    return x +\n\nraise SystemExit\n"
    plan = taken(catalog, pile({"anna/mine.py": broken, "ben/mine.py": "def other(): ...\n"}))
    assert whose(plan) == {("anna", "second-mean")}
    assert plan.submissions[0].how == "its functions"
    assert [x.place for x in plan.left] == ["ben/mine.py"]
    assert "defines what none asks for" in plan.left[0].reason


def test_functions_of_several_katas_are_unclear(catalog: Catalog, pile: Write) -> None:
    both = "def second_mean(x): ...\ndef mean_of_squares(x): ...\n"
    plan = taken(catalog, pile({"anna/mine.py": both}))
    assert plan.submissions == ()
    assert "1.2.1, 1.2.2" in plan.left[0].reason
    one = taken(catalog, pile({"anna/mine.py": both}), katas=catalog.select("1.2.2"))
    assert whose(one) == {("anna", "second-mean")}


def test_files_for_other_katas_are_counted_and_left(catalog: Catalog, pile: Write) -> None:
    path = pile({"anna/k1_mean_of_squares.py": "x", "anna/k2_second_mean.py": "x"})
    plan = taken(catalog, path, katas=catalog.select("1.2.1"))
    assert whose(plan) == {("anna", "mean-of-squares")}
    assert plan.elsewhere == 1


def test_several_files_stand_by_age_and_all_are_kept(catalog: Catalog, pile: Write) -> None:
    path = pile(
        {
            "anna/b/k1_mean_of_squares.py": "old",
            "anna/a/k1_mean_of_squares.py": "new",
            "ben/k1_mean_of_squares.py": "x",
        }
    )
    os.utime(path / "anna/b/k1_mean_of_squares.py", (1000, 1000))
    os.utime(path / "anna/a/k1_mean_of_squares.py", (2000, 2000))
    places = [s.place for s in taken(catalog, path).submissions if s.learner == "anna"]
    assert places == ["anna/b/k1_mean_of_squares.py", "anna/a/k1_mean_of_squares.py"]


def test_two_people_of_one_name_are_told_apart(catalog: Catalog, pile: Write) -> None:
    path = pile(
        {
            "Lee Kim_11_assignsubmission_file_/k1_mean_of_squares.py": "x",
            "Lee Kim_12_assignsubmission_file_/k1_mean_of_squares.py": "y",
            "Öz Can_13_assignsubmission_file_/k1_mean_of_squares.py": "y",
        }
    )
    assert {s.learner for s in taken(catalog, path).submissions} == {
        "Lee Kim (11)",
        "Lee Kim (12)",
        "Öz Can",
    }


def test_a_roster_names_everybody(catalog: Catalog, pile: Write, tmp_path: Path) -> None:
    (tmp_path / "roster.csv").write_text(
        'login,Surname,Given name,id\nzo,Ölund,Zoë,5\nbo,"O\'Neil, jr",Bo,6\nnil,Nobody,Nil,7\n',
        encoding="utf-8",
    )
    path = pile(
        {
            "olundzoe_12345_67890_k1_mean_of_squares.py": "x",
            "oneiljrbo_12346_67891_k1_mean_of_squares.py": "x",
            "guest_12347_67892_k1_mean_of_squares.py": "x",
        }
    )
    plan = taken(catalog, path, roster=rosters.read(tmp_path / "roster.csv"))
    assert plan.learners == ("zo", "bo", "nil", "guest")
    assert plan.strangers == ("guest",)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "names nobody"),
        ("login\n", "names nobody"),
        ("login\nzo\nzo\n", "'zo' in more than one row"),
        (b"login\n\xff\n", "not UTF-8"),
        ('login\n"zo\n', "can't be read"),
    ],
)
def test_a_bad_roster_is_a_sentence(text: str | bytes, words: str, tmp_path: Path) -> None:
    path = tmp_path / "roster.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(UsageError, match=words):
        rosters.read(path)
