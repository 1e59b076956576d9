"""`kata dev move` gives katas other numbers: files, cards and references, in order again."""

import subprocess
from pathlib import Path

import pytest

from dojo.authors import scaffold
from dojo.authors.move import Moved, move
from dojo.authors.sound import flaws
from dojo.course.catalog import load
from dojo.course.derive import stub_text
from dojo.errors import UsageError

README = "katas/lesson_1_2_lines/README.md"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Two lessons, of three katas and of one."""
    root = tmp_path / "course"
    scaffold.create(root, "1.2.1", "mean", "lines")
    scaffold.create(root, "1.2.2", "mean-of-squares")
    scaffold.create(root, "1.2.3", "third")
    scaffold.create(root, "1.3.1", "mean-of-tables", "tables")
    text = "# 1.2 Lines\n\nSee 1.2.1, 1.2.3 and 1.3.1; not 11.2.3 or 1.2.31. k3_third.py\n"
    (root / README).write_text(text, encoding="utf-8")
    (root / "docs").mkdir()
    (root / "docs/a.md").write_text("# A\n\n`kata check 1.2.3`\n", encoding="utf-8")
    return root


def moved(root: Path, old: str, new: str) -> Moved:
    catalog = load(root)
    return move(catalog, catalog.kata(old), new)


def slugs(root: Path) -> dict[str, str]:
    return {k.id: k.slug for k in load(root, whole=True).katas}


def test_a_kata_moves_forward_and_those_between_make_room(root: Path) -> None:
    done = moved(root, "1.2.3", "1.2.1")
    assert slugs(root) == {
        "1.2.1": "third",
        "1.2.2": "mean",
        "1.2.3": "mean-of-squares",
        "1.3.1": "mean-of-tables",
    }
    assert [(m.kata.id, m.id) for m in done.moves] == [
        ("1.2.3", "1.2.1"),
        ("1.2.1", "1.2.2"),
        ("1.2.2", "1.2.3"),
    ]
    for kata in load(root).katas:
        assert flaws(kata) == ()
        assert len(kata.alternative_paths) == 2
        assert (root / "katas" / kata.stub_name).read_text(encoding="utf-8") == stub_text(kata)
        assert kata.suite_path.read_text(encoding="utf-8").startswith(f'"""{kata.id}: ')
    assert not list(root.rglob(".moving*"))


def test_survivors_move_with_their_solution(root: Path) -> None:
    before = load(root).kata("1.2.3").survivors_path
    before.write_text('[[survivor]]\nlines = ["x = 1"]\nwhy = "So."\n', encoding="utf-8")
    moved(root, "1.2.3", "1.2.1")
    assert not before.exists()
    assert [s.why for s in load(root).kata("1.2.1").survivors()] == ["So."]


def test_texts_of_the_content_follow_and_others_are_listed(root: Path) -> None:
    done = moved(root, "1.2.3", "1.2.1")
    text = (root / README).read_text(encoding="utf-8")
    assert "See 1.2.2, 1.2.1 and 1.3.1; not 11.2.3 or 1.2.31. k1_third.py" in text
    assert done.mentions == ("docs/a.md:3",)


def test_a_kata_moves_to_another_lesson(root: Path) -> None:
    moved(root, "1.2.1", "1.3.2")
    assert slugs(root) == {
        "1.2.1": "mean-of-squares",
        "1.2.2": "third",
        "1.3.1": "mean-of-tables",
        "1.3.2": "mean",
    }
    assert all(flaws(kata) == () for kata in load(root).katas)


@pytest.mark.parametrize(
    ("to", "words"),
    [
        ("1.2", "no id of a kata"),
        ("1.4.1", "There is no lesson 1.4"),
        ("1.2.9", "1.2.1 to 1.2.3 are the places"),
        ("1.2.0", "1.2.1 to 1.2.3 are the places"),
        ("1.2.3", "is there already"),
    ],
)
def test_a_place_that_does_not_exist_is_refused(root: Path, to: str, words: str) -> None:
    before = {p: p.read_bytes() for p in root.rglob("*") if p.is_file()}
    with pytest.raises(UsageError, match=words):
        moved(root, "1.2.3", to)
    assert {p: p.read_bytes() for p in root.rglob("*") if p.is_file()} == before


def test_changes_that_git_does_not_know_are_kept(root: Path) -> None:
    def git(*words: str) -> None:
        who = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
        subprocess.run(["git", *who, *words], cwd=root, check=True, capture_output=True)

    git("init", "-q")
    git("add", "-A")
    git("commit", "-qm", "Begin")
    moved(root, "1.2.3", "1.2.1")
    with pytest.raises(UsageError, match="Commit them first"):
        moved(root, "1.2.3", "1.2.1")
    git("add", "-A")
    git("commit", "-qm", "Move")
    moved(root, "1.2.1", "1.2.3")
    assert slugs(root)["1.2.3"] == "third"
