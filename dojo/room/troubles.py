"""What holds a room back: people in a mistake now, ever, and out of it again; never attempts."""

import statistics
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from dojo.room.content import Content
from dojo.room.people import Judged, Person
from dojo.room.views import Held

MOST_SHOWN = 40
MOST_KEPT = 4_000
MOST_LINES = 8  # of one who shared code
MOST_WIDTH = 120
TALK_LEAST = 3  # people
TALK_SHARE = 4  # one in so many of those active


@dataclass
class Trouble:
    """One mistake, or a group of failures without a name; of people the numbers are kept."""

    now: set[int] = field(default_factory=set)
    ever: set[int] = field(default_factory=set)
    out: dict[int, int] = field(default_factory=dict)  # after how many checks


class Troubles:
    """All of a room."""

    def __init__(self) -> None:
        self._all: dict[str, Trouble] = {}

    def take(self, person: Person, judged: Judged) -> None:
        """Carry what a check showed."""
        for key in judged.entered:
            if key not in self._all and len(self._all) >= MOST_KEPT:
                continue
            trouble = self._all.setdefault(key, Trouble())
            trouble.now.add(person.number)
            trouble.ever.add(person.number)
            trouble.out.pop(person.number, None)
        for key in judged.left:
            trouble = self._all.get(key)
            if trouble is not None:
                trouble.now.discard(person.number)
                trouble.out[person.number] = judged.checks - person.first[key]

    def forget(self, number: int) -> None:
        """Somebody was never here."""
        for key, trouble in list(self._all.items()):
            trouble.now.discard(number)
            trouble.ever.discard(number)
            trouble.out.pop(number, None)
            if not trouble.ever:
                del self._all[key]

    def held(self, content: Content, people: Mapping[int, Person], now: float) -> tuple[Held, ...]:
        """What is shown of them, worst first."""
        around = _Around(
            people,
            gone={n for n, p in people.items() if p.left},
            here={n for n, p in people.items() if p.active(now)},
            shared={n for n, p in people.items() if p.shared},
        )

        def rank(item: tuple[str, Trouble]) -> tuple[int, int, str]:
            key, trouble = item
            return -len(trouble.now - around.gone), -len(trouble.ever), key

        worst = sorted(self._all.items(), key=rank)[:MOST_SHOWN]
        return tuple(_held(key, trouble, content, around) for key, trouble in worst)


@dataclass(frozen=True)
class _Around:
    """Who is in the room: numbers of those who left, who are active, who showed code."""

    people: Mapping[int, Person]
    gone: set[int]
    here: set[int]
    shared: set[int]


def _held(key: str, trouble: Trouble, content: Content, around: _Around) -> Held:
    kata, _, rest = key.partition("/")
    sentence = content.says(kata, rest)
    check, _, relation = rest.partition(": ")
    inside, active = trouble.now - around.gone, trouble.now & around.here
    shared = [around.people[n] for n in sorted(inside & around.shared)]
    return Held(
        key=key,
        kata=kata,
        named=sentence is not None,
        sentence=sentence or _told(check, relation),
        now=len(inside),
        ever=len(trouble.ever),
        out=len(trouble.out),
        checks=statistics.median(trouble.out.values()) if trouble.out else None,
        lines=tuple(_lines(kata, shared, content.stubs.get(kata, frozenset()))),
        talk=len(active) >= TALK_LEAST
        and TALK_SHARE * len(active) >= len(around.here)
        and 2 * len(trouble.out) < len(trouble.ever),
    )


def _told(check: str, relation: str) -> str:
    """A group without a name: which check fails, and what is known of how."""
    if relation.startswith("ratio "):
        return f"{check} fails: {relation.removeprefix('ratio ')} times the right value"
    return f"{check} fails: {relation}" if relation else f"{check} fails"


def _lines(kata: str, shared: Iterable[Person], stub: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Of those who shared their code what they wrote themselves, the first lines of it."""
    for person in shared:
        source = person.tries[kata].source
        own = [line for line in source.splitlines() if line.strip() not in stub]
        if own:
            shown = [line[:MOST_WIDTH] for line in own[:MOST_LINES]]
            yield person.name, "\n".join(shown)
