"""One learner of a room as the log tells of them: what they tried, how long, and where they are.

Time is the room's clock. Of a learner's own clock only differences are used, where events come
late and all at once; what they say of themselves can touch nobody else.
"""

from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from dojo.joined.protocol import MOST_NAME, MOST_SOURCE, MOST_TEXT
from dojo.room.content import is_name
from dojo.room.entries import Entry, flag, text, texts, whole
from dojo.room.views import CellState

AWAY = 300.0  # seconds without an event after which nobody works, as far as we know
RUNNING = 3  # checks in a row
MOST_KEYS = 400  # mistakes and groups that are remembered of one learner
_AT_ONCE = 2.0  # seconds within which events came in one go
JUDGED = ("pass", "fail")


@dataclass
class Try:
    """One learner's work on one kata.

    Attributes:
        begun: when it began, or None.
        checks: how many were judged; those of the mere stub don't count.
        shown: how many checks of the suite passed at the last one, and how many there are.
        ever: names of the checks that ever passed.
        passed_at: when all passed first, or None.
        seconds: worked on it until it passed, without gaps of more than five minutes.
        stretch: the same since a check was newly passed, or somebody helped.
        crossed: when that became too long, or None (`note_limit`).
        running: by mistake how many of the last checks in a row had it.
        ran_since: by mistake when the third of these came.
        troubles: keys of the mistakes and groups that the last check showed.
        hints, of: how many were shown, of how many.
        hinted_at: when the last was.
        source: the code, where it was shared.
    """

    begun: float | None = None
    checks: int = 0
    shown: tuple[int, int] = (0, 0)
    ever: set[str] = field(default_factory=set)
    passed_at: float | None = None
    seconds: float = 0.0
    stretch: float = 0.0
    crossed: float | None = None
    running: dict[str, int] = field(default_factory=dict)
    ran_since: dict[str, float] = field(default_factory=dict)
    troubles: frozenset[str] = frozenset()
    hints: int = 0
    of: int = 0
    hinted_at: float = 0.0
    source: str = ""

    @property
    def state(self) -> CellState:
        """How far it is; whether it is stuck is said by the rules (`dojo.room.needs`)."""
        if self.passed_at is not None:
            return "passed"
        return "not begun" if self.begun is None else "trying"

    def same(self) -> str | None:
        """The mistake that three checks in a row had, the longest running one; or None."""
        found = [(n, m) for m, n in self.running.items() if n >= RUNNING]
        return max(found)[1] if found else None


@dataclass(frozen=True)
class Hand:
    """A raised hand: since when, about which kata, and the question."""

    at: float
    kata: str
    question: str


@dataclass(frozen=True)
class Judged:
    """What one check of a learner meant for the room.

    Attributes:
        kata: slug.
        entered: keys of troubles that the check before didn't show.
        left: keys of those that it doesn't show any more.
        checks: how many checks of this kata were judged by now.
        newly: whether a check passed for the first time.
        stretch: how many seconds of work that took.
        passed: whether all passed, for the first time.
        timed: whether it was seen when work on it began, so that the time until then is known.
    """

    kata: str
    entered: frozenset[str]
    left: frozenset[str]
    checks: int
    newly: bool
    stretch: float
    passed: bool
    timed: bool


class Person:
    """A learner; `take` carries each of their entries.

    Args:
        number: in this room.
        name: what they want to be called.
        at: when they joined.
    """

    def __init__(self, number: int, name: str, at: float) -> None:
        self.number, self.name, self.joined_at = number, name[:MOST_NAME], at
        self.last = at
        self.counted_to = at  # up to when their work is counted
        self.tries: dict[str, Try] = {}
        self.kata = ""  # at which they are
        self.hand: Hand | None = None
        self.claimed_by = ""
        self.helped = 0
        self.attended_at = at  # since when the rules count: joined, or helped
        self.snoozed = 0.0  # until when
        self.snoozed_at = 0.0
        self.left = False
        self.passed = 0  # katas
        self.shared: set[str] = set()  # katas whose code they showed
        self.first: dict[str, int] = {}  # by trouble: the check that showed it first
        self.stored: set[int] = set()  # numbers of events beyond `upto`
        self.upto = 0
        self.stretches: list[tuple[str, float]] = []  # what the room was told of by `take`
        self.minutes: list[tuple[str, float]] = []
        self._clock: float | None = None

    @property
    def begun(self) -> bool:
        """Whether anything was begun."""
        return any(t.begun is not None for t in self.tries.values())

    def state(self, kata: str) -> CellState:
        """How far a kata is."""
        found = self.tries.get(kata)
        return "not begun" if found is None else found.state

    def active(self, now: float) -> bool:
        """Whether something came from them in the last five minutes."""
        return not self.left and now - self.last < AWAY

    def stretch(self, now: float) -> float:
        """Seconds of work at the present kata without anything newly passed."""
        found = self.tries.get(self.kata)
        return 0.0 if found is None else found.stretch + min(max(now - self.counted_to, 0.0), AWAY)

    def take(self, entry: Entry, katas: Container[str], hands_paused: bool) -> Judged | None:
        """Carry one of their events.

        Args:
            entry: of this learner.
            katas: slugs of the room's.
            hands_paused: hands can't be raised now.
        """
        if entry.n:
            self._count(entry.n)
        self._pass_time(entry)
        self.left = entry.kind == "left"
        kata = text(entry.data, "kata")
        if entry.kind == "asked" and not hands_paused:
            since = entry.at if self.hand is None else self.hand.at
            self.hand = Hand(since, kata, text(entry.data, "text", MOST_TEXT))
        elif entry.kind in ("answered", "left"):
            self.lower_hand()
        if kata not in katas:
            return None
        if entry.kind in ("begun", "checked", "hinted"):
            self.kata = kata
            return self._work(entry, kata)
        if entry.kind == "shared":
            self._try(kata).source = text(entry.data, "source", MOST_SOURCE)
            self.shared.add(kata)
        return None

    def note_limit(self, limits: Mapping[str, float]) -> None:
        """Remember when the stretch at the present kata became too long.

        Args:
            limits: by slug how many seconds may pass without a newly passed check.
        """
        found = self.tries.get(self.kata)
        if found is not None and found.crossed is None and found.stretch >= limits[self.kata]:
            found.crossed = self.counted_to - (found.stretch - limits[self.kata])

    def lower_hand(self) -> None:
        """Their hand goes down, and nobody is on the way."""
        self.hand, self.claimed_by = None, ""

    def help(self, at: float) -> None:
        """Somebody helped: what the rules count begins anew."""
        self.lower_hand()
        self.helped += 1
        self.attended_at = at
        for found in self.tries.values():
            found.stretch = 0.0
            found.crossed = None
            found.running.clear()
            found.ran_since.clear()
        self.counted_to = at

    def _count(self, n: int) -> None:
        self.stored.add(n)
        while self.upto + 1 in self.stored:
            self.upto += 1
            self.stored.discard(self.upto)

    def _pass_time(self, entry: Entry) -> None:
        """Count the time since the event before, for the kata that they were at."""
        clock = _seconds(text(entry.data, "at", 40))
        gap = entry.at - self.counted_to
        if gap < _AT_ONCE and clock is not None and self._clock is not None:
            gap = max(gap, clock - self._clock)
        found = self.tries.get(self.kata)
        if found is not None and found.passed_at is None and 0 <= gap <= AWAY:
            found.seconds += gap
            found.stretch += gap
        self.last = self.counted_to = entry.at
        self._clock = clock

    def _work(self, entry: Entry, kata: str) -> Judged | None:
        found, data = self._try(kata), entry.data
        if entry.kind == "hinted":
            found.hints = whole(data, "hints", 100)
            found.of = whole(data, "of", 100)
            found.hinted_at = entry.at
        if entry.kind == "checked" and flag(data, "untouched"):
            return None
        timed = found.begun is not None
        if found.begun is None:
            found.begun = entry.at
        if entry.kind != "checked" or text(data, "status") not in JUDGED:
            return None
        return self._check(found, entry, kata, timed)

    def _check(self, found: Try, entry: Entry, kata: str, timed: bool) -> Judged:
        data = entry.data
        passes = text(data, "status") == "pass"
        passed, failed = texts(data, "passed"), texts(data, "failed")
        found.checks += 1
        found.shown = len(passed), max(whole(data, "checks"), len(passed) + len(failed))
        newly = not found.ever.issuperset(passed) or (passes and found.passed_at is None)
        if len(found.ever) < MOST_KEYS:
            found.ever.update(passed)
        mistakes = [m for m in texts(data, "mistakes") if is_name(m) and not passes]
        found.running = {m: found.running.get(m, 0) + 1 for m in mistakes}
        found.ran_since = {
            m: found.ran_since.get(m, entry.at) for m, n in found.running.items() if n >= RUNNING
        }
        named = (f"{kata}/{m}" for m in mistakes)
        groups = () if passes else (f"{kata}/{r}" for r in texts(data, "relations"))
        keys = frozenset(k for k in (*named, *groups) if self._may_know(k))
        entered, left, found.troubles = keys - found.troubles, found.troubles - keys, keys
        for key in entered:
            self.first.setdefault(key, found.checks)
        stretch = found.stretch
        if newly:
            found.stretch, found.crossed = 0.0, None
            self.claimed_by = "" if self.hand is None else self.claimed_by
        first_pass = passes and found.passed_at is None
        if first_pass:
            found.passed_at = entry.at
            self.passed += 1
        return Judged(kata, entered, left, found.checks, newly, stretch, first_pass, timed)

    def _may_know(self, key: str) -> bool:
        return key in self.first or len(self.first) < MOST_KEYS

    def _try(self, kata: str) -> Try:
        return self.tries.setdefault(kata, Try())


def _seconds(at: str) -> float | None:
    """A learner's clock in seconds, where it can be read."""
    try:
        return datetime.fromisoformat(at).timestamp()
    except (ValueError, OverflowError, OSError):
        return None
