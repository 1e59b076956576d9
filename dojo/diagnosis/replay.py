"""Known mistakes, recognised by replay.

The calls that the suite made are asked again, of the solution and of each mistake of the card.
Where a mistake differs from the solution, it leaves marks: facets with other contents. A mistake
is recognised when the learner's answers carry the same marks.
"""

import contextlib
import itertools
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from dojo.catalog import Kata, Mistake
from dojo.diagnosis.facets import Facets, call_facets, equal, facets_of, trivial
from dojo.judge.conversation import Answerer, Conversation, Exchange
from dojo.judge.failure import Failed
from dojo.judge.process import Gone, LearnerProcess, Starter
from dojo.subjects import EditError, mistake_text
from dojo.values import Table
from dojo.wire import Encoder

BUDGET = 4.0  # seconds for all replays of one judgement
SLOW = 0.6  # an answer that took longer is not asked again
HANG = 1.0  # limit of a replayed call; a mistake that hangs is recognised by that

# (number of the conversation, number of the exchange, facet)
Mark = tuple[int, int, str]


@dataclass(frozen=True)
class Recognised:
    """The mistakes that explain a subject's answers.

    Attributes:
        mistakes: one, or two that were made together.
        sure: they leave the same marks everywhere; else only where checks failed.
        conversations: numbers of the conversations in which the marks were seen.
    """

    mistakes: tuple[Mistake, ...]
    sure: bool
    conversations: frozenset[int]


@dataclass
class Replayer:
    """Asks our own variants of a solution what the learner was asked.

    Args:
        kata: for its solution and mistakes.
        starter: makes the process that the variants run in.
        answerer: as it was for the learner; only the source differs.
        talks: the learner's conversations.
    """

    kata: Kata
    starter: Starter
    answerer: Answerer
    talks: Sequence[Conversation]
    _process: LearnerProcess | None = None
    _deadline: float = field(default_factory=lambda: time.monotonic() + BUDGET)

    def recognise(self, failing: frozenset[int]) -> Recognised | None:
        """The mistakes that the learner made, or None.

        Args:
            failing: numbers of the conversations of failed checks.
        """
        try:
            return self._recognise(failing)
        finally:
            if self._process is not None:
                self._process.close()

    def _recognise(self, failing: frozenset[int]) -> Recognised | None:
        theirs = _all_facets(self.talks)
        right = self._replay(self.kata.solution_path.read_bytes(), theirs)
        if right is None:
            return None
        mistakes = self.kata.mistakes()
        marked: list[tuple[tuple[Mistake, ...], dict[Mark, Any]]] = []
        for mistake in mistakes:
            marks = self._marks((mistake,), right, theirs)
            if marks:
                marked.append(((mistake,), marks))
        found = _best(marked, theirs, right, failing)
        if found is not None and found.sure:
            return found
        if found is None:
            pairs: list[tuple[tuple[Mistake, ...], dict[Mark, Any]]] = []
            for pair in itertools.combinations(mistakes, 2):
                marks = self._marks(pair, right, theirs)
                if marks:
                    pairs.append((pair, marks))
            found = _best(pairs, theirs, right, failing)
            if found is not None and not found.sure:
                found = None
        return found or _partly(marked, theirs, right, failing) or _likely(marked, theirs, failing)

    def _marks(
        self, mistakes: tuple[Mistake, ...], right: dict[Mark, Any], theirs: dict[Mark, Any]
    ) -> dict[Mark, Any]:
        """Where these mistakes differ from the solution, and what stands there."""
        text = self._text(mistakes)
        wrong = self._replay(text.encode(), theirs) if text is not None else None
        if wrong is None:
            return {}
        keys = right.keys() | wrong.keys()
        return {k: wrong.get(k) for k in keys if not equal(right.get(k), wrong.get(k))}

    def _text(self, mistakes: tuple[Mistake, ...]) -> str | None:
        """The solution with these mistakes; where edits overlap, one order may still work."""
        for order in itertools.permutations(mistakes):
            with contextlib.suppress(EditError):
                return mistake_text(self.kata, *order)
        return None

    def _replay(self, source: bytes, theirs: dict[Mark, Any]) -> dict[Mark, Any] | None:
        """All facets of a variant's answers; None when the time is over."""
        out: dict[Mark, Any] = {}
        answerer = replace(self.answerer, source=source)
        for i, talk in enumerate(self.talks):
            if time.monotonic() > self._deadline:
                return None
            if self._process is None:
                self._process = self.starter.take(confined=False)
            copy = Conversation(self._process, answerer, talk.dtype)
            try:
                copy.load()
            except Failed as failed:
                out[i, 0, "error"] = ("load", failed.finding.message)
                continue
            for j, exchange in enumerate(talk.exchanges):
                if exchange.body["op"] == "load" or _slow(exchange):
                    continue
                facets = self._ask_again(exchange)
                out |= {(i, j, name): value for name, value in facets.items()}
                if self._process is None:
                    break
        return out

    def _ask_again(self, exchange: Exchange) -> Facets:
        """The facets of a variant's answer to a recorded request."""
        process = self._process
        if process is None:
            return {}
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
            answer = process.ask(exchange.body, exchange.request, HANG, on_callback)
        except Gone as gone:
            process.close()
            self._process = None
            return {"gone": gone.reason}
        if diverged:
            return {"callbacks": "others"}
        return {**facets_of(answer.body, answer.buffers), "callbacks left": len(list(recorded))}


def _all_facets(talks: Sequence[Conversation]) -> dict[Mark, Any]:
    """The facets of what the learner answered."""
    out: dict[Mark, Any] = {}
    for i, talk in enumerate(talks):
        for j, exchange in enumerate(talk.exchanges):
            if exchange.body["op"] == "load" or _slow(exchange):
                continue
            facets: Facets = {}
            if exchange.answer is not None:
                facets = facets_of(exchange.answer.body, exchange.answer.buffers)
                facets["callbacks left"] = 0
            elif exchange.gone is not None:
                facets = {"gone": exchange.gone.reason}
            out |= {(i, j, name): value for name, value in facets.items()}
    return out


def _best(
    marked: list[tuple[tuple[Mistake, ...], dict[Mark, Any]]],
    theirs: dict[Mark, Any],
    right: dict[Mark, Any],
    failing: frozenset[int],
) -> Recognised | None:
    """The variant all of whose marks the learner's answers carry; the fullest explanation first."""
    differs = {k for k in theirs.keys() | right.keys() if not equal(theirs.get(k), right.get(k))}
    best: tuple[bool, int] | None = None
    chosen: Recognised | None = None
    for mistakes, marks in marked:
        seen = frozenset(k[0] for k in marks)
        if not seen & failing or not all(equal(theirs.get(k), v) for k, v in marks.items()):
            continue
        score = (differs <= marks.keys(), len(marks))
        if best is None or score > best:
            best, chosen = score, Recognised(mistakes, True, seen)
    return chosen


def _likely(
    marked: list[tuple[tuple[Mistake, ...], dict[Mark, Any]]],
    theirs: dict[Mark, Any],
    failing: frozenset[int],
) -> Recognised | None:
    """A mistake whose marks are there in the first failed check, by numbers beyond chance."""
    if not failing:
        return None
    first = min(failing)
    best = 0
    chosen: Recognised | None = None
    for mistakes, marks in marked:
        own = {k: v for k, v in marks.items() if k[0] == first}
        telling = [k for k, v in own.items() if not trivial(v)]
        if not telling or not all(equal(theirs.get(k), v) for k, v in own.items()):
            continue
        if len(telling) > best:
            best, chosen = len(telling), Recognised(mistakes, False, frozenset({first}))
    return chosen


def _partly(
    marked: list[tuple[tuple[Mistake, ...], dict[Mark, Any]]],
    theirs: dict[Mark, Any],
    right: dict[Mark, Any],
    failing: frozenset[int],
) -> Recognised | None:
    """A mistake that was made in one of several results, while the others are right."""
    for mistakes, marks in marked:
        made = {k for k, v in marks.items() if equal(theirs.get(k), v)}
        left = marks.keys() - made
        facets = {k[2] for k in made} - {k[2] for k in left}
        telling = [k for k in made if k[2] in facets and not trivial(marks[k])]
        spared = all(equal(theirs.get(k), right.get(k)) for k in left)
        if telling and spared and failing & {k[0] for k in telling}:
            return Recognised(mistakes, False, frozenset(k[0] for k in made))
    return None


def _slow(exchange: Exchange) -> bool:
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
