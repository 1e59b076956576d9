"""How far a learner is, and where to go on: plain data, whatever they were read from.

Katas go by their slug, so a number may move to another kata, and a kata be put in between, and
nobody's progress shifts.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from dojo.course.catalog import Catalog, Kata
from dojo.verdict import Status, Verdict


@dataclass(frozen=True)
class Attempt:
    """One judgement of one file.

    Attributes:
        kata: slug of the kata.
        time: when, in UTC.
        digest: SHA-256 of the judged bytes; names the kept version.
        status: how it ended.
        seed: seed of the random inputs.
        failed: names of the checks that failed.
        mistakes: ids of the known mistakes that were recognised.
        untouched: True when the file was still the stub as it was given.
        guessed: those of the mistakes that were told as "this looks like".
    """

    kata: str
    time: datetime
    digest: str
    status: Status
    seed: int
    failed: tuple[str, ...] = ()
    mistakes: tuple[str, ...] = ()
    untouched: bool = False
    guessed: tuple[str, ...] = ()

    @staticmethod
    def of(kata: Kata, verdict: Verdict, untouched: bool) -> "Attempt":
        """The attempt that has just been judged."""
        named = {f.mistake for f in verdict.findings if f.mistake}
        sure = {f.mistake for f in verdict.findings if f.mistake and f.sure}
        return Attempt(
            kata=kata.slug,
            time=datetime.now(UTC),
            digest=verdict.digest,
            status=verdict.status,
            seed=verdict.seed,
            failed=tuple(c.name for c in verdict.checks if c.outcome == "failed"),
            mistakes=tuple(sorted(named)),
            untouched=untouched,
            guessed=tuple(sorted(named - sure)),
        )


@dataclass(frozen=True)
class Standing:
    """How far a learner is with one kata.

    Attributes:
        tried: number of attempts; the untouched stub is none.
        last: the newest of them, or None.
        passed: whether any attempt passed.
        hints: number of hints that were shown.
        solution: whether the solution was shown.
    """

    tried: int = 0
    last: Attempt | None = None
    passed: bool = False
    hints: int = 0
    solution: bool = False

    def with_attempt(self, attempt: Attempt) -> "Standing":
        """This one after one attempt more."""
        passed = self.passed or attempt.status == "pass"
        if attempt.untouched:
            return replace(self, passed=passed)
        return Standing(self.tried + 1, attempt, passed, self.hints, self.solution)

    def with_hints(self, level: int) -> "Standing":
        """This one after the hints up to ``level``."""
        return replace(self, hints=max(self.hints, level))

    def with_solution(self) -> "Standing":
        """This one after the solution was shown."""
        return replace(self, solution=True)


@dataclass(frozen=True)
class Place:
    """Where a learner goes on: at the kata that was chosen, or after the one passed last."""

    kata: str
    chosen: bool = False


@dataclass(frozen=True)
class Progress:
    """How far a learner is with the katas of one pack.

    Attributes:
        standings: by slug; a kata of which nothing is known is missing.
        place: where to go on, or None at the very beginning.
        answers: by the id of a question, whether it was right at the first try, the last time.
        damaged: number of lines of the log that couldn't be read and were skipped.
    """

    standings: Mapping[str, Standing] = field(default_factory=dict)
    place: Place | None = None
    answers: Mapping[str, bool] = field(default_factory=dict)
    damaged: int = 0

    @property
    def done(self) -> frozenset[str]:
        """Slugs of the katas that some attempt passed."""
        return frozenset(slug for slug, s in self.standings.items() if s.passed)

    def of(self, kata: Kata) -> Standing:
        """How far the learner is with this kata."""
        return self.standings.get(kata.slug, _NOTHING)

    def is_done(self, kata: Kata) -> bool:
        """Whether some attempt passed this kata."""
        return self.of(kata).passed

    def with_attempt(self, attempt: Attempt) -> "Progress":
        """The progress after one attempt more."""
        standing = self.standings.get(attempt.kata, _NOTHING).with_attempt(attempt)
        place = Place(attempt.kata) if attempt.status == "pass" else self.place
        return replace(self, standings={**self.standings, attempt.kata: standing}, place=place)

    def with_hints(self, kata: Kata, level: int) -> "Progress":
        """The progress after the hints up to ``level``, counted from 1."""
        standing = self.of(kata).with_hints(level)
        return replace(self, standings={**self.standings, kata.slug: standing})

    def with_answer(self, question: str, right: bool) -> "Progress":
        """The progress after a question was answered."""
        return replace(self, answers={**self.answers, question: right})

    def started_at(self, kata: Kata) -> "Progress":
        """The progress of someone who chose to go on with this kata."""
        return replace(self, place=Place(kata.slug, chosen=True))

    def next_kata(self, catalog: Catalog) -> Kata | None:
        """The kata to do now, or None when all are done.

        It goes on from where the learner is: the kata that was chosen, the rest of its lesson,
        what was left out of that lesson, the lessons after it; only then what lies before.
        """
        waiting = [k for k in catalog.katas if not self.is_done(k)]
        here = self._here(catalog)
        if here is None:
            return waiting[0] if waiting else None
        place = {k.slug: i for i, k in enumerate(catalog.katas)}
        chosen = self.place is not None and self.place.chosen

        def distance(kata: Kata) -> tuple[bool, bool, int]:
            away = place[kata.slug] - place[here.slug]
            same = kata.lesson_id == here.lesson_id
            if same and not (chosen and away < 0):
                return False, away < 0, away
            return True, away < 0, away

        return min(waiting, key=distance, default=None)

    def left_out(self, catalog: Catalog) -> Kata | None:
        """The first open kata before the next one: what to go back to, if there is any."""
        following = self.next_kata(catalog)
        first = next((k for k in catalog.katas if not self.is_done(k)), None)
        return None if first == following else first

    def _here(self, catalog: Catalog) -> Kata | None:
        if self.place is None:
            return None
        return next((k for k in catalog.katas if k.slug == self.place.kata), None)


_NOTHING = Standing()
