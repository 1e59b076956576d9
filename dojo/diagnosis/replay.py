"""Asks our own variants of a solution what the suite asked the learner.

A variant's answers are compared with the learner's facet by facet; where it differs from the
solution, it leaves *marks*. Which variant explains the learner's answers is decided elsewhere.
"""

import contextlib
import hashlib
import itertools
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from dojo.course.catalog import Kata, Mistake
from dojo.course.derive import EditError, apply_edits
from dojo.diagnosis.facets import STYLE, call_facets, coarsened, equal, facets_of
from dojo.failure import Failed
from dojo.suite.memory import Facets, Key, Memory
from dojo.wall.conversation import Conversation
from dojo.wall.exchange import Answerer, Exchange
from dojo.wall.process import Gone, LearnerProcess
from dojo.wall.starter import Starter
from dojo.wire.codec import Encoder
from dojo.wire.values import Table

SLOW = 0.6  # an answer that took longer (seconds) is not asked again
HANG = 1.0  # limit of a replayed call; a mistake that hangs is recognised by that

# (number of the conversation, number of the exchange, facet)
Mark = tuple[int, int, str]
Marks = dict[Mark, Any]


class OutOfTime(Exception):
    """The time for replays is over."""


@dataclass(frozen=True)
class Variant:
    """The solution with one or more mistakes made."""

    mistakes: tuple[Mistake, ...]
    text: str


@dataclass
class Replayer:
    """Replays recorded conversations on variants.

    Args:
        kata: for its solution.
        starter: makes the process that the variants run in.
        answerer: as it was for the learner; only the source differs.
        talks: the learner's conversations.
        budget: seconds for all replays, from the moment the first can begin; then OutOfTime.
        memory: what variants of this solution answered before; added to. None: nothing is kept.
    """

    kata: Kata
    starter: Starter
    answerer: Answerer
    talks: Sequence[Conversation]
    budget: float
    memory: Memory | None = None
    _deadline: float = 0.0
    _process: LearnerProcess | None = None
    _known: dict[tuple[str, int], Marks] = field(default_factory=dict)
    _marked: dict[tuple[str, int], Marks] = field(default_factory=dict)
    _asked: dict[int, list[str]] = field(default_factory=dict)
    _bases: dict[str, str] = field(default_factory=dict)  # by the alternative's name
    _made_from: dict[str, str] = field(default_factory=dict)  # where that is not the solution

    def __post_init__(self) -> None:
        self._kept = self.memory or Memory()
        self.solution = self._base("")

    def close(self) -> None:
        """End the process of the variants."""
        self._drop(usable=True)

    def _drop(self, usable: bool) -> None:
        if self._process is not None:
            self.starter.give_back_own(self._process, self.kata.id, usable)
            self._process = None

    def variant(self, mistakes: tuple[Mistake, ...]) -> Variant | None:
        """A text with these mistakes; where edits overlap, one order may still work."""
        name, *others = {m.base for m in mistakes}
        if others:  # made in different files
            return None
        base = self._base(name)
        for order in itertools.permutations(mistakes):
            with contextlib.suppress(EditError):
                text = base
                for mistake in order:
                    text = apply_edits(text, mistake)
                if name:
                    self._made_from[text] = base
                return Variant(mistakes, text)
        return None

    def _base(self, name: str) -> str:
        """The text that mistakes are made in: the solution's, or an alternative's."""
        if name not in self._bases:
            self._bases[name] = self.kata.base_path(name).read_text(encoding="utf-8")
        return self._bases[name]

    def marks(self, variant: Variant, numbers: Iterable[int]) -> Marks:
        """Where a variant's answers differ from what it was made from, and what stands there.

        Args:
            variant: the variant.
            numbers: of the conversations to replay.

        Raises:
            OutOfTime: the time is over.
        """
        out: Marks = {}
        for number in numbers:
            key = (variant.text, number)
            if key not in self._marked:
                self._marked[key] = self._compare(*key)
            out |= self._marked[key]
        return out

    def answers(self, text: str, number: int) -> Marks:
        """All facets of a variant's answers in one conversation.

        Raises:
            OutOfTime: the time is over.
        """
        key = (text, number)
        if key not in self._known:
            self._ask(*key)
            self._known[key] = _joined(number, [self._kept.answers[k] for k in self._keys(*key)])
        return self._known[key]

    def agrees(self, text: str, number: int, theirs: Marks) -> bool:
        """Whether a variant answers as the subject did in one conversation, but for style.

        It is asked only as long as it does, and nothing of it is kept.

        Args:
            text: the variant's.
            number: of the conversation.
            theirs: what the subject answered there.

        Raises:
            OutOfTime: the time is over.
        """
        if self._deadline and time.monotonic() > self._deadline:
            raise OutOfTime
        expected: dict[int, Facets] = {}
        for (_, j, name), value in theirs.items():
            expected.setdefault(j, {})[name] = value
        missing = set(expected)

        def goes_on(j: int, facets: Facets) -> bool:
            missing.discard(j)
            return _alike(facets, expected.get(j, {}))

        answers = self._replay(text, number, goes_on)
        return not missing and _alike(answers, theirs)

    def remember(self, theirs: Sequence[Marks]) -> None:
        """Keep the subject's own answers: in a proof it is a variant, and will be asked again."""
        text = self.answerer.source.decode("utf-8", "replace")
        for number, talk in enumerate(self.talks):
            if talk.names:  # it could be loaded
                self._keep(text, number, theirs[number])

    def known_marks(self, variant: Variant, number: int) -> Marks:
        """A variant's marks in the first exchanges of a conversation, as far as they are known."""
        found: list[Facets] = []
        for mine, right in self._pairs(variant.text, number):
            if mine not in self._kept.answers or right not in self._kept.answers:
                break
            found.append(self._differing(mine, right))
        return _joined(number, found)

    def _compare(self, text: str, number: int) -> Marks:
        """A variant's marks in one conversation."""
        if any(mine not in self._kept.marks for mine, _ in self._pairs(text, number)):
            self._ask(self._made_from.get(text, self.solution), number)
            self._ask(text, number)
        return _joined(number, [self._differing(*pair) for pair in self._pairs(text, number)])

    def _differing(self, mine: Key, right: Key) -> Facets:
        """The facets of one known answer that differ from the solution's."""
        known = self._kept.marks
        if mine not in known:
            a, b = self._kept.answers[mine], self._kept.answers[right]
            known[mine] = {
                n: a.get(n) for n in a.keys() | b.keys() if not equal(a.get(n), b.get(n))
            }
        return known[mine]

    def _pairs(self, text: str, number: int) -> Iterable[tuple[Key, Key]]:
        base = self._made_from.get(text, self.solution)
        return zip(self._keys(text, number), self._keys(base, number), strict=True)

    def _ask(self, text: str, number: int) -> None:
        """See to it that a variant's answers in one conversation are known."""
        if any(key not in self._kept.answers for key in self._keys(text, number)):
            self._keep(text, number, self._in_time(text, number))

    def _keep(self, text: str, number: int, answers: Marks) -> None:
        found: dict[int, Facets] = {}
        for (_, j, name), value in answers.items():
            found.setdefault(j, {})[name] = value
        for j, key in enumerate(self._keys(text, number)):
            self._kept.answers.setdefault(key, found.get(j, {}))

    def _keys(self, text: str, number: int) -> list[Key]:
        """Under which a variant's answers in one conversation are kept, by exchange."""
        if number not in self._asked:
            if self.memory is None:  # nothing is asked twice: spare the digests
                self._asked[number] = [
                    f"{number} {j}" for j in range(len(self.talks[number].exchanges))
                ]
            else:
                self._asked[number] = _fingerprints(self.talks[number])
        return [(text, question) for question in self._asked[number]]

    def _in_time(self, text: str, number: int) -> Marks:
        if self._deadline and time.monotonic() > self._deadline:
            raise OutOfTime
        return self._replay(text, number)

    def _replay(
        self, text: str, number: int, goes_on: Callable[[int, Facets], bool] | None = None
    ) -> Marks:
        """What a variant answers in one conversation.

        Args:
            text: the variant's.
            number: of the conversation.
            goes_on: says after each exchange whether the next is wanted.
        """
        talk = self.talks[number]
        if self._process is None:
            self._process = self.starter.take_own(self.kata.id)
            self._process.greet()
            self._deadline = self._deadline or time.monotonic() + self.budget
        copy = Conversation(
            self._process, replace(self.answerer, source=text.encode()), talk.dtypes
        )
        try:
            copy.load()
        except Failed as failed:
            if failed.cause in ("gone", "hang", "modes"):
                self._drop(usable=False)
            return {(number, 0, "error"): ("load", failed.finding.message)}
        out: Marks = {}
        for j, exchange in enumerate(talk.exchanges):
            if j and exchange.body["op"] == "load":  # a restart
                copy.restart()
            if _says_nothing(exchange) or _slow(exchange):
                continue
            facets = self._ask_again(self._process, exchange)
            out |= {(number, j, name): value for name, value in facets.items()}
            if "gone" in facets or facets.get("modes"):  # what comes next would be another's
                self._drop(usable=False)
                break
            if goes_on is not None and not goes_on(j, facets):
                break
        return out

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
            answer = process.ask(exchange.body, exchange.request, HANG, on_callback)
        except Gone as gone:
            return {"gone": gone.reason}
        if diverged:
            return {"callbacks": "others"}
        return {**facets_of(answer.body, answer.buffers), "callbacks left": len(list(recorded))}


def _alike(a: Mapping[Any, Any], b: Mapping[Any, Any]) -> bool:
    """Whether facets are the same, but for style."""
    for key in a.keys() | b.keys():
        name = key if isinstance(key, str) else key[2]
        if not name.endswith(STYLE) and not equal(a.get(key), b.get(key)):
            return False
    return True


def _joined(number: int, exchanges: list[Facets]) -> Marks:
    return {
        (number, j, n): value for j, facets in enumerate(exchanges) for n, value in facets.items()
    }


def _fingerprints(talk: Conversation) -> list[str]:
    """By exchange: a digest of all that a variant is asked and answered up to there."""
    digest = hashlib.sha256(f"{talk.dtypes} {talk.answerer.seed}".encode())
    out: list[str] = []
    for exchange in talk.exchanges:
        if exchange.body["op"] != "load":
            digest.update(f"{_slow(exchange)}".encode())
            digest.update(exchange.request.frame(exchange.body))
        for asked, buffers, encoder, reply in exchange.callbacks:
            digest.update(repr(asked).encode())
            for buffer in buffers:
                digest.update(buffer)
            digest.update(encoder.frame(reply))
        out.append(digest.hexdigest())
    return out


def learner_facets(number: int, talk: Conversation, single: bool) -> Marks:
    """The facets of what the learner answered in one conversation.

    Args:
        number: of the conversation.
        talk: the conversation.
        single: the answer works in single precision: all its numbers are rounded so.
    """
    single = single or talk.saw_float32 or talk.dtypes.single
    out: Marks = {}
    for j, exchange in enumerate(talk.exchanges):
        if _says_nothing(exchange) or _slow(exchange):
            continue
        facets: Facets = {}
        if exchange.answer is not None:
            facets = facets_of(exchange.answer.body, exchange.answer.buffers)
            facets["callbacks left"] = 0
        elif exchange.gone is not None:
            facets = {"gone": exchange.gone.reason}
        facets = coarsened(facets) if single else facets
        out |= {(number, j, name): value for name, value in facets.items()}
    return out


def _says_nothing(exchange: Exchange) -> bool:
    """Whether a question's answer has nothing to do with what is right."""
    op, name = exchange.body["op"], exchange.body.get("name")
    return op in ("load", "files") or (op == "put" and name == "restart")


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
