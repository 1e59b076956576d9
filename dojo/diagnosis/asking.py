"""Asks a variant of a solution what the suite asked the learner, in a process of its own."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from dojo.diagnosis.facets import call_facets, equal, facets_of
from dojo.failure import Failed
from dojo.suite.memory import Facets
from dojo.wall.allowance import Meter
from dojo.wall.conversation import Conversation
from dojo.wall.exchange import Answerer, Exchange
from dojo.wall.gone import gone_finding
from dojo.wall.process import Gone, LearnerProcess
from dojo.wall.starter import Starter
from dojo.wire.codec import Encoder
from dojo.wire.values import Table

SLOW = 0.6  # an answer that took longer (seconds) is not asked again
HANG = 1.0  # limit of a replayed call; a mistake that hangs is recognised by that


class OutOfTime(Exception):
    """The time for replays is over."""


@dataclass
class Asker:
    """Asks variants of one solution.

    Args:
        kata: id of the kata.
        starter: makes the process that the variants run in.
        answerer: as it was for the learner; only the source differs.
        talks: the learner's conversations.
        budget: seconds of processor time for all questions; then OutOfTime.
    """

    kata: str
    starter: Starter
    answerer: Answerer
    talks: Sequence[Conversation]
    budget: float
    _process: LearnerProcess | None = None
    _meter: Meter = field(default_factory=lambda: Meter("judgement", math.inf))

    @property
    def spent(self) -> float:
        """Seconds of processor time that questions took until now.

        Not those on the wall: on a busy machine the same variants are asked.
        """
        return self._meter.used

    def close(self) -> None:
        """End the process of the variants."""
        self._drop(usable=True)

    def ask(
        self, text: str, number: int, goes_on: Callable[[int, Facets], bool] | None = None
    ) -> dict[int, Facets]:
        """What a variant answers in one conversation, by exchange.

        Args:
            text: the variant's.
            number: of the conversation.
            goes_on: says after each exchange whether the next is wanted.

        Raises:
            OutOfTime: the time is over.
            JudgeError: its process ended through no fault of its own.
        """
        if self.spent > self.budget:
            raise OutOfTime
        if self._process is None:
            self._process = self.starter.take_own(self.kata)
        talk = self.talks[number]
        answerer = replace(self.answerer, source=text.encode())
        copy = Conversation(self._process, answerer, talk.dtypes, (self._meter,))
        try:
            copy.load()
        except Failed as failed:
            if failed.cause in ("gone", "hang", "modes"):
                self._drop(usable=False)
            return {0: {"error": ("load", failed.finding.message)}}
        out: dict[int, Facets] = {}
        for j, exchange in enumerate(talk.exchanges):
            if j and exchange.body["op"] == "load":  # a restart
                copy.restart()
            if says_nothing(exchange):
                continue
            out[j] = self._ask_again(self._process, exchange)
            if "gone" in out[j] or out[j].get("modes"):  # what comes next would be another's
                self._drop(usable=False)
                break
            if goes_on is not None and not goes_on(j, out[j]):
                break
        return out

    def _drop(self, usable: bool) -> None:
        if self._process is not None:
            self.starter.give_back_own(self._process, self.kata, usable)
            self._process = None

    def _ask_again(self, process: LearnerProcess, exchange: Exchange) -> Facets:
        """The facets of a variant's answer to a recorded request."""
        recorded = iter(exchange.callbacks)
        diverged = False

        def on_callback(
            asked: dict[str, Any], buffers: list[memoryview]
        ) -> tuple[Encoder, dict[str, Any]]:
            nonlocal diverged
            step = next(recorded, None)
            if step is not None and _same_call(asked, buffers, step[0], step[1]):
                return step[2], step[3]
            diverged = True
            return _stop()

        try:
            answer = process.ask(exchange.body, exchange.request, HANG, on_callback, (self._meter,))
        except Gone as gone:
            gone_finding(gone, "", [])  # raises where it is no fault of the variant's
            return {"gone": gone.reason}
        if diverged:
            return {"callbacks": "others"}
        return {**facets_of(answer.body, answer.buffers), "callbacks left": len(list(recorded))}


def says_nothing(exchange: Exchange) -> bool:
    """Whether a question isn't asked again: its answer took long, or isn't right or wrong."""
    op, name = exchange.body["op"], exchange.body.get("name")
    return op in ("load", "files") or (op == "put" and name == "restart") or is_slow(exchange)


def is_slow(exchange: Exchange) -> bool:
    """Whether an answer took long."""
    report = exchange.answer.body.get("report") if exchange.answer else None
    seconds = report.get("seconds") if isinstance(report, dict) else None
    return isinstance(seconds, (int, float)) and seconds > SLOW


def _same_call(
    asked: dict[str, Any],
    buffers: list[memoryview],
    recorded: dict[str, Any],
    recorded_buffers: list[memoryview],
) -> bool:
    if asked.get("id") != recorded.get("id"):
        return False
    a, b = call_facets(asked, buffers), call_facets(recorded, recorded_buffers)
    return a.keys() == b.keys() and all(equal(a[k], b[k]) for k in a)


def _stop() -> tuple[Encoder, dict[str, Any]]:
    encoder = Encoder(Table("j"), lambda _: None)
    return encoder, {"stop": True, "value": None, "known": []}
