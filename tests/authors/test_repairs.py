"""Mistakes made in an alternative, and stubs that start with several mistakes."""

import shutil
from pathlib import Path

import pytest

from dojo.authors import scaffold
from dojo.authors.proof import Counts, prove
from dojo.authors.sound import flaws
from dojo.course import derive
from dojo.course.catalog import Kata, load
from dojo.course.derive import EditError
from dojo.judge.judge import Judge
from dojo.request import Request

CARD = "checks/lesson_1_2_lines/k1_mean_of_squares.toml"
IN_LOOP = """
[[mistake]]
id = "rows-minus-one"
in = "loop"
edits = [["/ len(x)", "/ (len(x) - 1 + 1e-9)"]]
says = "One row was not counted."
"""
REPAIR = """
[[mistake]]
id = "shifted"
edits = [["    return x", "    x = x + 1\\n    return x"]]
says = "Something is added to each number first."

[[mistake]]
id = "tripled"
edits = [["x.square()", "3 * x.square()"]]
says = "There is a factor 3 too many."
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("made")
    scaffold.create(root, "1.2.1", "mean-of-squares", "lines")
    return root


@pytest.fixture
def root(made: Path, tmp_path: Path) -> Path:
    return shutil.copytree(made, tmp_path / "course")


def add(root: Path, tables: str, head: str = "") -> Kata:
    card = root / CARD
    text = card.read_text(encoding="utf-8")
    card.write_text(text.replace("minutes = 5", f"minutes = 5\n{head}") + tables, encoding="utf-8")
    kata = load(root).katas[0]
    (root / "katas" / kata.stub_name).write_text(derive.stub_text(kata), encoding="utf-8")
    return kata


def test_a_mistake_can_be_made_in_an_alternative(root: Path, judge: Judge) -> None:
    kata = add(root, IN_LOOP)
    mistake = kata.mistakes()[-1]
    text = derive.mistake_text(kata, mistake)
    assert "for row in x" in text
    assert prove(kata, judge, range(1), only=["rows-minus-one"]).problems == ()


def test_mistakes_in_different_files_are_never_made_together(root: Path) -> None:
    kata = add(root, IN_LOOP)
    first, last = kata.mistakes()[0], kata.mistakes()[-1]
    with pytest.raises(EditError, match=r"'sum-for-mean' and 'rows-minus-one'.*different files"):
        derive.mistake_text(kata, first, last)


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ('in = "loop"', 'in = "lop"', 37, "there is no alternative k1_mean_of_squares__lop.py"),
        ("/ len(x)", "/ size", 38, "'/ size' stands 0 times in the alternative 'loop'"),
    ],
)
def test_what_does_not_fit_an_alternative_is_told(
    root: Path, old: str, new: str, line: int, words: str
) -> None:
    (flaw,) = flaws(add(root, IN_LOOP.replace(old, new)))
    assert flaw.startswith(f"{CARD}:{line}: mistake 'rows-minus-one'")
    assert words in flaw


def test_a_stub_can_start_with_several_mistakes(root: Path, judge: Judge) -> None:
    kata = add(root, REPAIR, 'repair = ["shifted", "tripled", "root-taken"]')
    assert "3 * x.square().mean(dim=0).sqrt()" in derive.stub_text(kata)
    found = prove(kata, judge, range(1))
    assert found.problems == ()
    assert found.counts == Counts(3, 1, 6, 1, found.counts.empty, combinations=4)


def test_the_verdict_says_how_many_are_mended(root: Path, judge: Judge) -> None:
    kata = add(root, REPAIR, 'repair = ["shifted", "tripled", "root-taken"]')
    stub = derive.stub_text(kata)
    texts = {
        0: stub,
        1: stub.replace(".sqrt()", ""),
        2: stub.replace(".sqrt()", "").replace("3 * ", ""),
        None: stub.replace("3 * ", "5 * "),
    }
    for mended, text in texts.items():
        verdict = judge.check(Request(kata, text.encode(), "answer.py", 1))
        assert (verdict.status, verdict.mended) == ("fail", mended)
        several = "More than one mistake is in here" in verdict.findings[0].message
        assert several == (mended in (0, 1))
    right = judge.check(Request(kata, kata.solution_path.read_bytes(), "answer.py", 1))
    assert (right.status, right.mended) == ("pass", None)


def test_several_mistakes_that_undo_each_other_are_told(root: Path, judge: Judge) -> None:
    third = '\n[[mistake]]\nid = "third"\nedits = [["dim=0)", "dim=0) / 3"]]\nsays = "A third."\n'
    kata = add(root, REPAIR + third, 'repair = ["tripled", "third"]')
    found = "\n".join(prove(kata, judge, range(1)).problems)
    assert "'tripled' and 'third' together are accepted at seed 0" in found


def test_mistakes_whose_edits_overlap_make_no_stub(root: Path) -> None:
    card = root / CARD
    text = card.read_text(encoding="utf-8")
    repair = 'minutes = 5\nrepair = ["sum-for-mean", "root-taken"]'
    card.write_text(text.replace("minutes = 5", repair), encoding="utf-8")
    (flaw,) = flaws(load(root).katas[0])
    assert flaw.startswith(f"{CARD}:4: the stub can't be made: mistake 'root-taken'")
