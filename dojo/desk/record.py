"""Recording an attempt: in the log, and in the progress that goes on from here."""

from dojo.desk.desk import Desk, Save
from dojo.desk.progress import Attempt, Progress
from dojo.desk.subject import Subject
from dojo.verdict import Verdict


def record(
    desk: Desk, progress: Progress, subject: Subject, verdict: Verdict, save: Save
) -> Progress:
    """The progress after this attempt, which is written down, whether or not that can be done.

    Args:
        desk: whose log it is.
        progress: the latest, which may be newer than the desk's.
        subject: the file that was judged.
        verdict: what came of it.
        save: does what writes.
    """
    attempt = Attempt.of(subject.kata, verdict, subject.untouched)
    save(lambda: desk.log.add_attempt(subject.kata, attempt, subject.source))
    return progress.with_attempt(attempt)
