"""What the lines of a log add up to, for each kata of each pack: the part that is worth keeping.

A tally is as large as the course and not as the log, so it can be kept beside a log of a million
lines and be gone on with (dojo/summary.py). Katas go by their slug, which lasts; the numbers by
which the first version recorded them are carried over here.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, cast

from dojo.course.former_ids import COURSE, FORMER_IDS
from dojo.desk.progress import Attempt, Place, Progress, Standing
from dojo.verdict import Status

MOST_KATAS = 10_000  # of all packs in one log; more are noise, and must not fill the memory
_STATUSES: tuple[Status, ...] = ("pass", "fail", "not judged")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_LONGEST_NAME = 200
_YEARS = 1971, 9000


@dataclass
class Tally:
    """Everything that a log says about progress; grows line by line.

    Attributes:
        standings: for each pack, by slug, how far the learner is.
        places: for each pack where the learner goes on.
        answers: for each pack, by question, whether it was right at the first try, the last time.
        damaged: number of lines that couldn't be read.
        torn: the last line couldn't be read.
    """

    standings: dict[str, dict[str, Standing]] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    answers: dict[str, dict[str, bool]] = field(default_factory=dict)
    damaged: int = 0
    torn: bool = False

    def add(self, line: bytes, complete: bool = True) -> None:
        """Count one line; what is damaged and not complete was torn off, which is no damage."""
        if not line.strip():
            return
        try:
            event = parse(line)
            if event.get("after_torn") is True and self.torn:
                self.damaged -= 1
            self._count(event)
            self.torn = False
        except DamagedLineError:
            self.torn = True
            self.damaged += complete

    def progress(self, pack: str) -> Progress:
        """What it says about one pack."""
        return Progress(
            dict(self.standings.get(pack, {})),
            self.places.get(pack),
            dict(self.answers.get(pack, {})),
            self.damaged,
        )

    def copy(self) -> "Tally":
        """A tally that can grow without this one."""
        standings = {pack: dict(katas) for pack, katas in self.standings.items()}
        answers = {pack: dict(given) for pack, given in self.answers.items()}
        return Tally(standings, dict(self.places), answers, self.damaged, self.torn)

    def _count(self, event: dict[str, Any]) -> None:
        kind = event["event"]
        if kind == "answer":
            self._count_answer(event)
        if kind not in ("attempt", "hint", "solution", "start"):
            return  # written by a newer version: not ours to judge
        pack, slug = name_of(event)
        katas = self.standings.setdefault(pack, {})
        if slug not in katas and sum(map(len, self.standings.values())) >= MOST_KATAS:
            return
        before = katas.get(slug, _NOTHING)
        match kind:
            case "attempt":
                attempt = attempt_of(event, slug)
                katas[slug] = before.with_attempt(attempt)
                if attempt.status == "pass":
                    self.places[pack] = Place(slug)
            case "hint":
                katas[slug] = before.with_hints(_whole(event, "level"))
            case "solution":
                katas[slug] = before.with_solution()
            case _:
                self.places[pack] = Place(slug, chosen=True)

    def _count_answer(self, event: dict[str, Any]) -> None:
        pack, question, right = event.get("pack"), event.get("question"), event.get("right")
        if not isinstance(pack, str) or not isinstance(question, str) or type(right) is not bool:
            raise DamagedLineError
        if len(question) > _LONGEST_NAME or len(pack) > _LONGEST_NAME:
            raise DamagedLineError
        answers = self.answers.setdefault(pack, {})
        if question in answers or sum(map(len, self.answers.values())) < MOST_KATAS:
            answers[question] = right


class DamagedLineError(ValueError):
    """A line of the log that says nothing usable."""


def parse(line: bytes) -> dict[str, Any]:
    """The event that a line holds.

    Raises:
        DamagedLineError: it holds none.
    """
    try:
        event = json.loads(line)
    except (ValueError, RecursionError):
        raise DamagedLineError from None
    if not isinstance(event, dict) or not isinstance(event.get("event"), str):
        raise DamagedLineError
    return cast("dict[str, Any]", event)


def name_of(event: Mapping[str, Any]) -> tuple[str, str]:
    """The pack and the slug of the kata that an event is about.

    Raises:
        DamagedLineError: it names none.
    """
    number, slug = event.get("kata"), event.get("slug")
    pack = event.get("pack", COURSE)
    if slug is None and isinstance(number, str):  # as the first version wrote it
        slug = FORMER_IDS.get(number, number)
    if not isinstance(slug, str) or not isinstance(pack, str):
        raise DamagedLineError
    if len(slug) > _LONGEST_NAME or len(pack) > _LONGEST_NAME:
        raise DamagedLineError
    return pack, slug


def attempt_of(event: Mapping[str, Any], slug: str) -> Attempt:
    """The attempt that an event records.

    Raises:
        DamagedLineError: a part of it is missing or no such thing.
    """
    status, digest = event.get("status"), event.get("digest")
    # The digest names a file below versions/, so nothing but a digest may stand there.
    if status not in _STATUSES or not isinstance(digest, str) or not _DIGEST.fullmatch(digest):
        raise DamagedLineError
    return Attempt(
        kata=slug,
        time=_time(event.get("time")),
        digest=digest,
        status=cast("Status", status),
        seed=_whole(event, "seed"),
        failed=_texts(event, "failed"),
        mistakes=_texts(event, "mistakes"),
        untouched=event.get("untouched") is True,
        guessed=_texts(event, "guessed"),
    )


def to_json(tally: Tally) -> dict[str, Any]:
    """The tally as plain data."""
    return {
        "damaged": tally.damaged,
        "torn": tally.torn,
        "answers": tally.answers,
        "places": {pack: [p.kata, p.chosen] for pack, p in tally.places.items()},
        "standings": {
            pack: {slug: _standing_data(s) for slug, s in katas.items()}
            for pack, katas in tally.standings.items()
        },
    }


def from_json(data: dict[str, Any]) -> Tally:
    """The tally that `to_json` wrote.

    Raises:
        KeyError, TypeError, ValueError: the data are something else.
    """
    return Tally(
        {
            str(pack): {str(slug): _standing(str(slug), s) for slug, s in katas.items()}
            for pack, katas in data["standings"].items()
        },
        {str(pack): Place(str(slug), chosen is True) for pack, (slug, chosen) in
         data["places"].items()},
        {str(pack): {str(question): right is True for question, right in given.items()}
         for pack, given in data["answers"].items()},
        int(data["damaged"]),
        data["torn"] is True,
    )  # fmt: skip


def _standing_data(standing: Standing) -> dict[str, Any]:
    last = standing.last
    return {
        "tried": standing.tried,
        "passed": standing.passed,
        "hints": standing.hints,
        "solution": standing.solution,
        "last": None if last is None else attempt_data(last),
    }


def _standing(slug: str, data: dict[str, Any]) -> Standing:
    last = data["last"]
    return Standing(
        tried=int(data["tried"]),
        passed=data["passed"] is True,
        hints=int(data["hints"]),
        solution=data["solution"] is True,
        last=None if last is None else attempt_of(last, slug),
    )


def attempt_data(attempt: Attempt) -> dict[str, Any]:
    """What an event and a summary hold of an attempt; `attempt_of` reads it."""
    return {
        "time": attempt.time.isoformat(timespec="milliseconds"),
        "digest": attempt.digest,
        "status": attempt.status,
        "seed": attempt.seed,
        "failed": list(attempt.failed),
        "mistakes": list(attempt.mistakes),
        "untouched": attempt.untouched,
        "guessed": list(attempt.guessed),
    }


def _texts(event: Mapping[str, Any], key: str) -> tuple[str, ...]:
    value = event.get(key, [])
    if not isinstance(value, list) or not all(isinstance(x, str) for x in value):
        raise DamagedLineError
    return tuple(cast("list[str]", value))


def _whole(event: Mapping[str, Any], key: str) -> int:
    value = event.get(key)
    if not isinstance(value, int) or isinstance(value, bool):
        raise DamagedLineError
    return value


def _time(value: object) -> datetime:
    if not isinstance(value, str):
        raise DamagedLineError
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        raise DamagedLineError from None
    if not _YEARS[0] <= moment.year <= _YEARS[1]:
        raise DamagedLineError  # no clock of ours; its local time may not exist
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)


_NOTHING = Standing()
