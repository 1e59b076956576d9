"""A class of any size fits into memory: gradings are fetched when needed, files are streamed."""

import hashlib
import weakref
from collections.abc import Iterator
from pathlib import Path

import pytest

from dojo.course.catalog import Kata
from dojo.grade import marks
from dojo.grade.intake import Plan, Submission
from dojo.grade.unit import GradeJob, Grading, not_judged, seeds_of, unit_of
from dojo.machine import files

pytest.importorskip("sqlalchemy")

from dojo.grade import results
from dojo.grade.store import Store


def test_few_gradings_are_in_memory_at_once(grads: Kata, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(marks, "_MOST_KEPT", 8)
    digests = [hashlib.sha256(bytes([i])).hexdigest() for i in range(200)]
    submissions = tuple(
        Submission(f"p{i:03}", grads.slug, f"p{i}.py", d, 0.0, "") for i, d in enumerate(digests)
    )
    people = tuple(s.learner for s in submissions)
    plan = Plan((grads,), people, (), submissions, (), 0, 0, ())
    by_key = {unit_of(grads, d).key: (i, d) for i, d in enumerate(digests)}
    alive: weakref.WeakSet[Grading] = weakref.WeakSet()
    most = 0

    def look_up(key: str) -> Grading:
        nonlocal most
        number, digest = by_key[key]
        found = not_judged(GradeJob(grads, bytes([number]), seeds_of(digest)), f"reason {number}")
        alive.add(found)
        most = max(most, len(alive))
        return found

    book = marks.book_of(plan, look_up, best=False, partial=False)
    assert [g.reason for g in book.graded] == [f"reason {i}" for i in range(200)]
    for i, graded in enumerate(book.graded):
        assert graded.grading is not None
        assert graded.grading.verdict.reason == f"reason {i}"
    assert most <= 10


def put(out: Path, store: Store, *lines: str) -> list[Path]:
    return results._put_lines(out, "all.jsonl", iter(lines), store)


def test_a_file_written_line_by_line_keeps_what_somebody_changed(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        assert put(tmp_path, store, "a\n", "b\n") == []
        before = (tmp_path / "all.jsonl").stat()
        assert put(tmp_path, store, "a\n", "b\n") == []
        assert (tmp_path / "all.jsonl").stat().st_ino == before.st_ino
        assert put(tmp_path, store, "a\n", "c\n") == []
        (tmp_path / "all.jsonl").write_text("mine")
        assert put(tmp_path, store, "d\n") == [tmp_path / "all.edited.jsonl"]
        assert (tmp_path / "all.edited.jsonl").read_text() == "mine"
        assert (tmp_path / "all.jsonl").read_text() == "d\n"


def test_a_file_that_can_not_be_written_to_its_end_stays_as_it_was(tmp_path: Path) -> None:
    def pieces() -> Iterator[bytes]:
        yield b"half"
        raise OSError("No space left on device")

    (tmp_path / "all.jsonl").write_bytes(b"whole")
    with pytest.raises(OSError, match="No space"):
        files.write_part(tmp_path / "all.jsonl", pieces())
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == {"all.jsonl": b"whole"}
