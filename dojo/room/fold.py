"""All that a log says, added up: each entry is carried once, in constant time, in its order.

The same log always gives the same; what depends on the time is asked with one. Knows neither
the database nor any page.
"""

import bisect
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from dojo.room import acts, needs
from dojo.room.content import Content
from dojo.room.entries import FORGOTTEN, JOINED, Entry, text, whole
from dojo.room.needs import Rules, Why
from dojo.room.people import Judged, Person
from dojo.room.troubles import Troubles
from dojo.room.views import (
    Board,
    Cell,
    CellState,
    Held,
    Pace,
    Progress,
    Projection,
    Row,
    Said,
)

ENOUGH = 3  # people; a mistake of fewer is nobody else's business
STATES: tuple[CellState, ...] = ("not begun", "trying", "stuck", "passed")
NOTHING_SAID = Said("", timer_ends=None, open=(), solutions_from=None, hands_paused=False)
_NOTHING = Cell("not begun")


class Fold:
    """One room as its log tells of it.

    Args:
        title: of the room.
        content: its katas.
    """

    def __init__(self, title: str, content: Content) -> None:
        self.title, self.content = title, content
        self.seq, self.at = 0, 0.0
        self.people: dict[int, Person] = {}
        self.said, self.said_seq, self.closed = NOTHING_SAID, 0, False
        self._troubles = Troubles()
        self._stretches: dict[str, list[float]] = {c.slug: [] for c in content.columns}
        self._minutes: dict[str, list[float]] = {c.slug: [] for c in content.columns}
        self.rules = Rules(content, {c.slug: needs.limit(c.minutes, []) for c in content.columns})
        self._counts = {c.slug: Counter[CellState]() for c in content.columns}
        self._seen: dict[int, _Seen] = {}
        self._order: list[Person] | None = None  # by name

    def take_all(self, entries: Iterable[Entry]) -> "Fold":
        """Carry entries in their order; returns itself."""
        for entry in entries:
            self.take(entry)
        return self

    def take(self, entry: Entry) -> None:
        """Carry one entry; what this version doesn't know is passed over."""
        if entry.seq <= self.seq:
            return
        self.seq, self.at = entry.seq, entry.at
        if entry.kind == FORGOTTEN and entry.learner is None:
            self._forget(whole(entry.data, "learner"))
        elif entry.learner is None:
            act = acts.from_data(entry.kind, entry.data)
            if act is not None:
                self._act(act, entry)
        elif entry.n == 0 and entry.kind == JOINED:
            name = text(entry.data, "name")
            self.people[entry.learner] = Person(entry.learner, name, entry.at)
            self._order = None
        elif (person := self.people.get(entry.learner)) is not None:
            self._carry(person, entry)
            self._seen.pop(entry.learner, None)

    def board(self, now: float) -> Board:
        """Everything on the board at a moment."""
        seen = [(p, self._look(p, now)) for p in self._by_name()]
        return Board(
            seq=self.seq,
            at=now,
            title=self.title,
            closed=self.closed,
            columns=self.content.columns,
            rows=tuple(s.row for _, s in seen),
            needs=needs.in_order((p, s.why) for p, s in seen if s.why is not None),
            held=self._troubles.held(self.content, self.people, now),
            progress=self._progress(),
            pace=tuple(self._pace()),
            said=self.said,
        )

    def projection(self, now: float, join: tuple[str, str]) -> Projection:
        """What everybody may see at a moment: counts, and mistakes that at least three are in.

        Groups without a name stay away: their text comes from learners' machines.
        """
        return projection_of(self.board(now), join)

    def _act(self, act: acts.Act, entry: Entry) -> None:
        match act:
            case acts.Say(line):
                self._say(entry, replace(self.said, line=line))
            case acts.Timer(minutes):
                ends = None if minutes is None else entry.at + 60.0 * minutes
                self._say(entry, replace(self.said, timer_ends=ends))
            case acts.OpenKatas(slugs):
                self._say(entry, replace(self.said, open=slugs))
            case acts.SolutionsFrom(at):
                self._say(entry, replace(self.said, solutions_from=at))
            case acts.PauseHands(paused):
                self._say(entry, replace(self.said, hands_paused=paused))
            case acts.Close():
                self.closed = True
                self._say(entry, self.said)
            case _:
                self._attend(act, entry)

    def _say(self, entry: Entry, said: Said) -> None:
        self.said, self.said_seq = said, entry.seq

    def _attend(self, act: acts.Act, entry: Entry) -> None:
        """What is done for one learner."""
        if isinstance(act, acts.Helped | acts.Snooze | acts.Claim | acts.LowerHand):
            person = self.people.get(act.learner)
            if person is None:
                return
            self._seen.pop(act.learner, None)
            match act:
                case acts.Helped():
                    person.help(entry.at)
                case acts.Snooze(_, minutes):
                    person.snoozed, person.snoozed_at = entry.at + 60.0 * minutes, entry.at
                    person.claimed_by = ""
                case acts.Claim(_, by):
                    person.claimed_by = by
                case acts.LowerHand():
                    person.lower_hand()

    def _forget(self, learner: int) -> None:
        """Be as if somebody had never been here."""
        person = self.people.pop(learner, None)
        if person is None:
            return
        self._seen.pop(learner, None)
        self._order = None
        self._troubles.forget(learner)
        for kata, tried in person.tries.items():
            self._counts[kata][tried.state] -= 1
        for kata, stretch in person.stretches:
            self._stretches[kata].remove(stretch)
            self._set_limit(kata, self._stretches[kata])
        for kata, minutes in person.minutes:
            self._minutes[kata].remove(minutes)

    def _carry(self, person: Person, entry: Entry) -> None:
        kata = text(entry.data, "kata")
        before = person.state(kata)
        judged = person.take(entry, self.content.sentences, self.said.hands_paused)
        if judged is not None:
            self._judged(person, judged)
        if person.kata:
            person.note_limit(self.rules.limits)
        after = person.state(kata)
        if after != before:
            self._counts[kata].update({before: -1, after: 1})

    def _judged(self, person: Person, judged: Judged) -> None:
        self._troubles.take(person, judged)
        if judged.newly:
            stretches = self._stretches[judged.kata]
            bisect.insort(stretches, judged.stretch)
            person.stretches.append((judged.kata, judged.stretch))
            self._set_limit(judged.kata, stretches)
        if judged.passed and judged.timed:
            minutes = person.tries[judged.kata].seconds / 60
            bisect.insort(self._minutes[judged.kata], minutes)
            person.minutes.append((judged.kata, minutes))

    def _set_limit(self, kata: str, stretches: list[float]) -> None:
        place = self.content.place(kata)
        assert place is not None
        new = needs.limit(self.content.columns[place].minutes, stretches)
        if new != self.rules.limits[kata]:
            self.rules = Rules(self.content, {**self.rules.limits, kata: new})
            self._seen.clear()  # who is stuck goes by it

    def _by_name(self) -> list[Person]:
        if self._order is None:
            self._order = sorted(self.people.values(), key=lambda p: (p.name.casefold(), p.number))
        return self._order

    def _look(self, person: Person, now: float) -> "_Seen":
        """What is shown of a learner, the same as long as nothing of it changes."""
        known = self._seen.get(person.number)
        if known is not None and now < known.until:
            return known
        whys: list[Why] = [] if self.closed else needs.reasons(person, self.rules, now)
        stuck = person.kata if needs.are_stuck(person, self.rules, now) else None
        row = Row(
            learner=person.number,
            name=person.name,
            cells=tuple(_cell(person, c.slug, stuck) for c in self.content.columns),
            active=person.active(now),
            hand=person.hand is not None,
        )
        why = whys[0] if whys else None
        made = _Seen(row, why, needs.wakes_at(person, self.rules, now))
        self._seen[person.number] = made
        return made

    def _progress(self) -> Progress:
        passed = sorted(p.passed for p in self.people.values() if not p.left)
        if not passed:
            return Progress(0, 0, 0)
        last = len(passed) - 1
        return Progress(passed[last // 4], passed[last // 2], passed[last])

    def _pace(self) -> Iterable[Pace]:
        for column in self.content.columns:
            counts = self._counts[column.slug]
            yield Pace(
                kata=column.slug,
                passed=counts["passed"],
                trying=counts["trying"],
                median=_median(self._minutes[column.slug]),
                estimate=column.minutes,
            )


@dataclass(frozen=True)
class _Seen:
    """What is shown of a learner: their row, why they need help most, until when that holds."""

    row: Row
    why: Why | None
    until: float


def projection_of(board: Board, join: tuple[str, str]) -> Projection:
    """What everybody may see of a board."""
    return Projection(
        seq=board.seq,
        at=board.at,
        title=board.title,
        columns=board.columns,
        counts=tuple(
            {state: sum(r.cells[i].state == state for r in board.rows) for state in STATES}
            for i in range(len(board.columns))
        ),
        learners=len(board.rows),
        held=tuple(_nameless(h) for h in board.held if h.named and h.now >= ENOUGH),
        progress=board.progress,
        said=board.said,
        join=join,
    )


def _nameless(held: Held) -> Held:
    return replace(held, lines=())


def _cell(person: Person, slug: str, stuck: str | None) -> Cell:
    at = person.tries.get(slug)
    if at is None:
        return _NOTHING
    return Cell("stuck" if slug == stuck else at.state, *at.shown)


def _median(numbers: list[float]) -> float | None:
    """Of sorted numbers; None of none."""
    if not numbers:
        return None
    half = len(numbers) // 2
    return numbers[half] if len(numbers) % 2 else (numbers[half - 1] + numbers[half]) / 2
