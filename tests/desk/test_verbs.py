"""What is done with a learner's things: one hint more, an attempt recorded, a file given back."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from dojo.course.catalog import Catalog, Kata
from dojo.desk.desk import Desk
from dojo.desk.hint import another_hint, hints_given
from dojo.desk.log import ProgressLog
from dojo.desk.progress import Attempt, Progress
from dojo.desk.record import record
from dojo.desk.reset import reset, restore
from dojo.desk.subject import Subject, subject_of
from dojo.desk.workspace import Workspace, create
from dojo.errors import UsageError
from dojo.verdict import Verdict


@pytest.fixture
def desk(mini: Catalog, tmp_path: Path) -> Desk:
    workspace: Workspace = create(mini, tmp_path / "mine").workspace
    return Desk(mini, workspace, ProgressLog(workspace.state), Progress(), workspace.root)


def save(action: Callable[[], None]) -> None:
    action()


def lose(action: Callable[[], None]) -> None:
    """The disk is full."""


def test_each_kata_has_as_many_hints_as_its_card(desk: Desk, grads: Kata) -> None:
    progress = desk.progress
    for level in (1, 2, 3, 3):
        progress = another_hint(desk, progress, grads, save)
        assert hints_given(progress, grads) == level
    assert desk.log.read().of(grads).hints == 3
    assert hints_given(progress, replace(grads, hints=grads.hints[:1])) == 1


@pytest.mark.parametrize(("how", "written"), [(save, 1), (lose, 0)])
def test_an_attempt_counts_from_here_on_whether_or_not_it_could_be_written(
    desk: Desk, grads: Kata, how: Callable[[Callable[[], None]], None], written: int
) -> None:
    verdict = Verdict(grads.id, "pass", "0" * 64, 1, "full", ())
    progress = record(desk, desk.progress, _written(desk, grads, b"x = 1\n"), verdict, how)
    assert progress.is_done(grads)
    assert len(list(desk.log.attempts(grads))) == written


def test_a_file_is_given_back_and_the_present_one_kept(desk: Desk, grads: Kata) -> None:
    stub = desk.workspace.stub(grads)
    given = stub.read_bytes()
    assert reset(desk, grads)[0].endswith("is the stub already; nothing was changed.")
    subject = _written(desk, grads, b"x = 1\n")
    digest = hashlib.sha256(subject.source).hexdigest()
    record(desk, desk.progress, subject, Verdict(grads.id, "fail", digest, 1, "full", ()), save)
    said = reset(desk, grads)
    assert stub.read_bytes() == given
    backup = desk.cwd / said[1].removeprefix("Your former file is kept in ")
    assert backup.read_bytes() == b"x = 1\n"
    assert restore(desk, grads, 1)[0].endswith("is the file of attempt 1 again.")
    assert stub.read_bytes() == b"x = 1\n"
    with pytest.raises(UsageError, match="no attempt 2"):
        restore(desk, grads, 2)


def _written(desk: Desk, kata: Kata, content: bytes) -> Subject:
    desk.workspace.stub(kata).write_bytes(content)
    subject = subject_of(desk, kata, None)
    assert isinstance(subject, Subject)
    return subject


def test_when_all_is_done_there_is_no_next_kata_to_mean(desk: Desk) -> None:
    passed = Verdict("", "pass", "0" * 64, 1, "full", ())
    progress = desk.progress
    for kata in desk.catalog.katas:
        assert replace(desk, progress=progress).select_one(None) == kata
        progress = progress.with_attempt(Attempt.of(kata, passed, untouched=False))
    with pytest.raises(UsageError, match=r"All katas are done.*`kata check --all`"):
        replace(desk, progress=progress).select_one(None)
