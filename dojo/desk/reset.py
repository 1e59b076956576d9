"""Giving a file back: the stub, or the file of an earlier attempt. The present one is backed up."""

from dojo.course.catalog import Kata
from dojo.desk import history
from dojo.desk import workspace as workspaces
from dojo.desk.desk import Desk
from dojo.desk.workspace import Restored


def reset(desk: Desk, kata: Kata) -> tuple[str, ...]:
    """Give the stub back; what was done, in sentences.

    Raises:
        UsageError: something can't be written; then nothing was changed.
    """
    return _said(desk, workspaces.reset(desk.workspace, kata), "the stub")


def restore(desk: Desk, kata: Kata, number: int) -> tuple[str, ...]:
    """Bring the file of an earlier attempt back; what was done, in sentences.

    Raises:
        UsageError: there is no such attempt, its file is lost, or something can't be written.
    """
    content = history.file_of(desk, kata, number)
    done = workspaces.put_back(desk.workspace, kata, content)
    return _said(desk, done, f"the file of attempt {number}")


def _said(desk: Desk, done: Restored, what: str) -> tuple[str, ...]:
    path = desk.shown(done.path)
    if not done.changed:
        return (f"{path} is {what} already; nothing was changed.",)
    if done.backup is None:
        return (f"{path} is {what} again.",)
    former = f"Your former file is kept in {desk.shown(done.backup)}"
    return f"{path} is {what} again.", former
