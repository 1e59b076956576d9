"""The attempts at a kata, and the file of each."""

from collections import deque
from collections.abc import Iterator

from dojo.course.catalog import Kata
from dojo.desk.desk import Desk
from dojo.desk.progress import Attempt
from dojo.errors import UsageError

MOST_SHOWN = 200  # attempts


def newest(desk: Desk, kata: Kata) -> list[tuple[int, Attempt]]:
    """The newest attempts at a kata with their numbers, oldest first; the log may hold many."""
    return list(deque(enumerate(_attempts(desk, kata), start=1), maxlen=MOST_SHOWN))


def file_of(desk: Desk, kata: Kata, number: int) -> bytes:
    """The file that was judged in an attempt.

    Raises:
        UsageError: there is no such attempt, or its file is lost.
    """
    total, wanted = 0, None
    for total, attempt in enumerate(_attempts(desk, kata), start=1):
        if total == number:
            wanted = attempt
            break
    if wanted is None:
        raise UsageError(
            f"There is no attempt {number} at {kata.id}: "
            f"there {'is' if total == 1 else 'are'} {total or 'none'}."
        )
    content = desk.log.version(wanted.digest)
    if content is None:
        raise UsageError(
            f"The file of attempt {number} is lost: it isn't in {desk.shown(desk.log.versions)}."
        )
    return content


def _attempts(desk: Desk, kata: Kata) -> Iterator[Attempt]:
    try:
        yield from desk.log.attempts(kata)
    except OSError:
        return  # told when the progress was read
