"""Who needs help: five reasons, told in words, and in which order to go to them.

Each rule looks at one learner and says since when it holds, or None.
"""

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from dojo.room.content import Content
from dojo.room.people import AWAY, Person, Try
from dojo.room.views import Need, Reason
from dojo.screens.text import count

NOT_BEGUN = 600.0  # seconds after joining
NO_PROGRESS = 480.0  # seconds, never before that
PERCENTILE = 0.75


@dataclass(frozen=True)
class Why:
    """A rule that holds: the reason in words, about which kata, since when."""

    reason: Reason
    kata: str
    why: str
    since: float
    sentence: str = ""
    question: str = ""


@dataclass(frozen=True)
class Rules:
    """What the rules look at beside the learner.

    Attributes:
        content: of the room.
        limits: by slug how many seconds may pass without a newly passed check.
    """

    content: Content
    limits: Mapping[str, float]


def limit(minutes: int, stretches: list[float]) -> float:
    """How many seconds may pass on a kata without a newly passed check.

    The room's own 75th percentile, never less than 8 minutes or the card's estimate.

    Args:
        minutes: the card's estimate.
        stretches: sorted, how long it took whoever passed a further check.
    """
    least = max(NO_PROGRESS, 60.0 * minutes)
    if not stretches:
        return least
    return max(least, stretches[math.ceil(PERCENTILE * len(stretches)) - 1])


def reasons(person: Person, rules: Rules, now: float) -> list[Why]:
    """Every rule that holds for a learner, the most pressing first."""
    if person.left:
        return []
    found = (rule(person, rules, now) for rule in _RULES)
    held = [h for h in found if h is not None]
    if now < person.snoozed:
        return [h for h in held if h.reason == "hand" and h.since > person.snoozed_at]
    return held


def are_stuck(person: Person, rules: Rules, now: float) -> bool:
    """Whether a rule says that they get no further with the kata at which they are."""
    return not person.left and any(rule(person, rules, now) is not None for rule in _STUCK)


def wakes_at(person: Person, rules: Rules, now: float) -> float:
    """When the answer to `reasons` and `active` may change next without an event."""
    waits = [person.last + AWAY, person.attended_at + NOT_BEGUN, person.snoozed]
    waits.append(now + rules.limits.get(person.kata, math.inf) - person.stretch(now))
    return min((t for t in waits if t > now), default=math.inf)


def in_order(found: Iterable[tuple[Person, Why]]) -> tuple[Need, ...]:
    """Everybody who needs help, with the most pressing reason; first whom to go to first.

    By the reason; within one, never-helped first and then by waiting, and those of the same
    mistake together, where the first of them stands.
    """
    waiting = sorted(
        found, key=lambda item: (_ORDER[item[1].reason], item[0].helped > 0, item[1].since)
    )
    first: dict[tuple[Reason, str], int] = {}
    places: list[tuple[int, int]] = []
    for i, (person, held) in enumerate(waiting):
        group = _mistake_at(person)
        place = first.setdefault((held.reason, group), i) if group else i
        places.append((place, i))
    order = sorted(range(len(waiting)), key=lambda i: places[i])
    return tuple(_need(*waiting[i]) for i in order)


def _hand(person: Person, rules: Rules, now: float) -> Why | None:
    if person.hand is None:
        return None
    kata = person.hand.kata or person.kata
    slug = kata if rules.content.place(kata) is not None else ""
    mistake = _mistake_at(person)
    sentence = rules.content.says(person.kata, mistake) or ""
    why = "Raised a hand."
    return Why("hand", slug, why, person.hand.at, sentence, person.hand.question)


def _same_mistake(person: Person, rules: Rules, now: float) -> Why | None:
    at = _open_try(person)
    mistake = None if at is None else at.same()
    if at is None or mistake is None:
        return None
    why = f"The same mistake in {count(at.running[mistake], 'check')} running."
    sentence = rules.content.says(person.kata, mistake) or ""
    return Why("same mistake", person.kata, why, at.ran_since[mistake], sentence)


def _no_progress(person: Person, rules: Rules, now: float) -> Why | None:
    at = _open_try(person)
    if at is None or at.begun is None:
        return None
    worked, most = person.stretch(now), rules.limits[person.kata]
    if worked < most:
        return None
    why = f"No check newly passed in {count(int(worked // 60), 'minute')} of work."
    since = at.crossed or person.counted_to + most - at.stretch
    return Why("no progress", person.kata, why, since, _said_of(person, rules))


def _not_begun(person: Person, rules: Rules, now: float) -> Why | None:
    since = person.attended_at + NOT_BEGUN
    if person.begun or now < since:
        return None
    minutes = count(int((now - person.joined_at) // 60), "minute")
    return Why("not begun", "", f"Joined {minutes} ago and has begun nothing yet.", since)


def _no_hints_left(person: Person, rules: Rules, now: float) -> Why | None:
    at = _open_try(person)
    if at is None or at.of == 0 or at.hints < at.of or at.hinted_at <= person.attended_at:
        return None
    why = f"All {at.of} hints are used up." if at.of > 1 else "The one hint is used up."
    return Why("no hints left", person.kata, why, at.hinted_at, _said_of(person, rules))


Rule = Callable[[Person, Rules, float], Why | None]
_RULES: tuple[Rule, ...] = (_hand, _same_mistake, _no_progress, _not_begun, _no_hints_left)
_STUCK: tuple[Rule, ...] = (_same_mistake, _no_progress, _no_hints_left)
_ORDER: dict[Reason, int] = {
    "hand": 0,
    "same mistake": 1,
    "no progress": 2,
    "not begun": 3,
    "no hints left": 4,
}


def _open_try(person: Person) -> Try | None:
    """What they are at, unless it is passed."""
    at = person.tries.get(person.kata)
    return None if at is None or at.passed_at is not None else at


def _mistake_at(person: Person) -> str:
    """The known mistake that their last check showed, the longest running; or empty."""
    at = _open_try(person)
    if at is None or not at.running:
        return ""
    return max(at.running, key=lambda m: (at.running[m], m))


def _said_of(person: Person, rules: Rules) -> str:
    return rules.content.says(person.kata, _mistake_at(person)) or ""


def _need(person: Person, held: Why) -> Need:
    return Need(
        learner=person.number,
        name=person.name,
        reason=held.reason,
        kata=held.kata,
        why=held.why,
        sentence=held.sentence,
        question=held.question,
        since=held.since,
        claimed_by=person.claimed_by,
        helped_before=person.helped,
    )
