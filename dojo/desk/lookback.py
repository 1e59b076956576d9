"""Looking back: which known mistakes a learner made, for how long, and how they got out.

Read from the log and the kept versions, both written when they checked. A mistake is one of the
cards', or of the engine's own, that was recognised for certain in an attempt, but for those that a
stub starts with; several katas' mistakes with the same words are one.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dojo.course.catalog import CardError, Kata
from dojo.desk.log import ProgressLog
from dojo.desk.progress import Attempt

# What the engine finds by itself, in any kata, and a person can learn from afterwards.
_OF_THE_ENGINE = {
    "opposite-sign": "A result, or a step, had the opposite sign.",
    "wrong-factor": "A result, or a step, was right but for a factor: as with a sum in place of a "
    "mean, a 2 that is missing, or a learning rate that is used twice.",
}


@dataclass(frozen=True)
class Stay:
    """How long a learner was in a mistake of one kata.

    Attributes:
        kata: the kata.
        checks: how many checks showed it.
        before: digest of the last judged file that showed it.
        after: digest of the next judged file, which showed it no more; or None: they are in it yet.
    """

    kata: Kata
    checks: int
    before: str
    after: str | None


@dataclass(frozen=True)
class Met:
    """A mistake that a learner met in one kata or in several.

    Attributes:
        says: what it means, as the cards say it.
        stays: one for each kata, in course order.
    """

    says: str
    stays: tuple[Stay, ...]

    @property
    def checks(self) -> int:
        """How many checks showed it in all."""
        return sum(stay.checks for stay in self.stays)


@dataclass(frozen=True)
class Lookback:
    """What lies behind a learner in some katas.

    Attributes:
        met: the mistakes, those of most checks first.
        tries: by kata, the checks until it passed or until now, most first; only those above one.
        tried: how many of the katas were checked at all.
    """

    met: tuple[Met, ...]
    tries: tuple[tuple[Kata, int], ...]
    tried: int


def look_back(log: ProgressLog, katas: Sequence[Kata]) -> Lookback:
    """What the log tells of these katas; attempts at an untouched stub don't count.

    Args:
        log: the learner's.
        katas: in course order.
    """
    attempts = _attempts(log, katas)
    tries = [(k, _until_passed(attempts[k.slug])) for k in katas if attempts[k.slug]]
    stays = [(says, s) for kata in katas for says, s in _stays(kata, attempts[kata.slug])]
    by_words: dict[str, list[Stay]] = {}
    for says, stay in stays:
        by_words.setdefault(says, []).append(stay)
    met = [Met(says, tuple(found)) for says, found in by_words.items()]
    return Lookback(
        tuple(sorted(met, key=lambda m: -m.checks)),
        tuple(sorted((t for t in tries if t[1] > 1), key=lambda t: -t[1])),
        len(tries),
    )


def _attempts(log: ProgressLog, katas: Sequence[Kata]) -> Mapping[str, list[Attempt]]:
    found: dict[str, list[Attempt]] = {k.slug: [] for k in katas}
    try:
        for attempt in log.attempts(*katas):
            if not attempt.untouched and attempt.status != "not judged":
                found[attempt.kata].append(attempt)
    except OSError:
        pass  # told when the progress was read
    return found


def _until_passed(attempts: Sequence[Attempt]) -> int:
    passed = (n for n, a in enumerate(attempts, start=1) if a.status == "pass")
    return next(passed, len(attempts))


def _stays(kata: Kata, attempts: Sequence[Attempt]) -> Iterable[tuple[str, Stay]]:
    """The mistakes of a kata that attempts showed, with their words, the earliest first."""
    made = [{*a.mistakes}.difference(a.guessed, kata.repair) for a in attempts]
    shown = list(dict.fromkeys(m for ids in made for m in sorted(ids)))
    if not shown:
        return
    try:
        words = _OF_THE_ENGINE | {m.id: m.says for m in kata.mistakes() if m.says}
    except CardError:
        return  # told when the kata is checked
    for mistake in shown:
        if mistake not in words:  # another version of the card knew it
            continue
        checks = sum(mistake in ids for ids in made)
        last = max(i for i, ids in enumerate(made) if mistake in ids)
        after = attempts[last + 1].digest if last + 1 < len(attempts) else None
        yield words[mistake], Stay(kata, checks, attempts[last].digest, after)
