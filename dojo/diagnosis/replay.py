"""Asks our own variants of a solution what the suite asked the learner.

A variant's answers are compared with the learner's facet by facet; where it differs from the
solution, it leaves *marks*. Which variant explains the learner's answers is decided elsewhere.
"""

import contextlib
import hashlib
import itertools
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from typing import Any

from dojo.course.catalog import Kata
from dojo.course.derive import EditError, apply_edits
from dojo.course.mistakes import Mistake
from dojo.diagnosis.asking import Asker, is_slow, says_nothing
from dojo.diagnosis.facets import STYLE, coarsened, equal, facets_of, formed
from dojo.suite.memory import Facets, Key, Memory
from dojo.wall.conversation import Conversation

# (number of the conversation, number of the exchange, facet)
Mark = tuple[int, int, str]
Marks = dict[Mark, Any]


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
        asker: puts the questions to them.
        memory: what variants of this solution answered before; added to. None: nothing is kept.
        free: what is left out of all answers, as it depends on draws. None: none of them does.
    """

    kata: Kata
    asker: Asker
    memory: Memory | None = None
    free: Set[Mark] | None = None
    _known: dict[tuple[str, int], Marks] = field(default_factory=dict)
    _marked: dict[tuple[str, int], Marks] = field(default_factory=dict)
    _asked: dict[int, list[str]] = field(default_factory=dict)
    _bases: dict[str, str] = field(default_factory=dict)  # by the alternative's name
    _made_from: dict[str, str] = field(default_factory=dict)  # where that is not the solution

    def __post_init__(self) -> None:
        self._kept = self.memory or Memory()
        self.solution = self._base("")
        self.talks = self.asker.talks

    def without(self, free: Set[Mark]) -> "Replayer":
        """One that knows the same answers, and leaves out what depends on draws.

        Numbers that are not of the right ones' form may depend on draws, too: they count as such.
        """
        other = replace(self, free=free, _known={}, _marked={})
        other._kept = Memory(self._kept.answers)
        return other

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

    def touched(self, variant: Variant, numbers: Iterable[int]) -> frozenset[int]:
        """Those of the conversations in which a variant leaves other arguments behind.

        Raises:
            OutOfTime: the time is over.
        """
        marked = ((n, self.marks(variant, [n])) for n in numbers)
        return frozenset(
            n for n, marks in marked if any(k[2].startswith("argument") for k in marks)
        )

    def answers(self, text: str, number: int) -> Marks:
        """All facets of a variant's answers in one conversation.

        Raises:
            OutOfTime: the time is over.
        """
        key = (text, number)
        if key not in self._known:
            self._ask(*key)
            kept = enumerate(self._keys(*key))
            self._known[key] = self._joined(number, {j: self._kept.answers[k] for j, k in kept})
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
        expected = _by_exchange(theirs)
        answers = self.asker.ask(text, number, lambda j, f: _alike(f, expected.get(j, {})))
        every = answers.keys() | expected.keys()
        return all(_alike(answers.get(j, {}), expected.get(j, {})) for j in every)

    def remember(self, theirs: Sequence[Marks]) -> None:
        """Keep the subject's own answers: in a proof it is a variant, and will be asked again."""
        text = self.asker.answerer.source.decode("utf-8", "replace")
        for number, talk in enumerate(self.talks):
            if talk.names:  # it could be loaded
                self._keep(text, number, _by_exchange(theirs[number]))

    def follow(
        self, variant: Variant, number: int, has: Callable[[Marks], bool]
    ) -> tuple[Marks, bool]:
        """A variant's marks in one conversation, up to where the subject hasn't all of them.

        The variant is asked no further.

        Args:
            variant: the variant.
            number: of the conversation.
            has: whether the subject has the marks of one exchange.

        Returns:
            The marks, those that it hasn't among them, and whether it has all.

        Raises:
            OutOfTime: the time is over.
        """
        text, pairs = variant.text, [*self._pairs(variant.text, number)]
        self._ask(self._base_of(text), number)
        out: Marks = {}

        def fits(j: int) -> bool:
            marks = self._joined(number, {j: self._differing(*pairs[j])})
            out.update(marks)
            return has(marks)

        places = range(len(pairs))
        unknown = next((j for j in places if pairs[j][0] not in self._kept.answers), None)
        parted = not all(map(fits, places[:unknown]))
        if unknown is None or parted:
            return out, not parted

        def goes_on(j: int, facets: Facets) -> bool:
            nonlocal parted
            self._keep(text, number, {j: facets}, until=j + 1)
            parted = not fits(j)
            return not parted

        answers = self.asker.ask(text, number, goes_on)
        if not parted:
            self._keep(text, number, answers)
            parted = not all(map(fits, places))
        return out, not parted

    def _compare(self, text: str, number: int) -> Marks:
        """A variant's marks in one conversation."""
        if any(mine not in self._kept.marks for mine, _ in self._pairs(text, number)):
            self._ask(self._base_of(text), number)
            self._ask(text, number)
        pairs = enumerate(self._pairs(text, number))
        return self._joined(number, {j: self._differing(*pair) for j, pair in pairs})

    def _differing(self, mine: Key, right: Key) -> Facets:
        """The facets of one known answer that differ from the solution's."""
        known = self._kept.marks
        if mine not in known:
            a, b = self._kept.answers[mine], self._kept.answers[right]
            names = [n for n in a.keys() | b.keys() if not equal(a.get(n), b.get(n))]
            whole = self.free is None
            known[mine] = {n: a.get(n) if whole else formed(a.get(n), b.get(n)) for n in names}
        return known[mine]

    def _joined(self, number: int, exchanges: Mapping[int, Facets]) -> Marks:
        return {
            (number, j, name): value
            for j, facets in exchanges.items()
            for name, value in facets.items()
            if not self.free or (number, j, name) not in self.free
        }

    def _pairs(self, text: str, number: int) -> Iterable[tuple[Key, Key]]:
        base = self._base_of(text)
        return zip(self._keys(text, number), self._keys(base, number), strict=True)

    def _base_of(self, text: str) -> str:
        """What a variant was made from."""
        return self._made_from.get(text, self.solution)

    def _ask(self, text: str, number: int) -> None:
        """See to it that a variant's answers in one conversation are known."""
        if any(key not in self._kept.answers for key in self._keys(text, number)):
            self._keep(text, number, self.asker.ask(text, number))

    def _keep(
        self, text: str, number: int, answers: Mapping[int, Facets], until: int | None = None
    ) -> None:
        """Remember what a variant answered, up to an exchange where it was asked no further."""
        for j, key in enumerate(self._keys(text, number)[:until]):
            self._kept.answers.setdefault(key, answers.get(j, {}))

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


def _alike(a: Facets, b: Facets) -> bool:
    """Whether facets are the same, but for style."""
    names = (n for n in a.keys() | b.keys() if not n.endswith(STYLE))
    return all(equal(a.get(n), b.get(n)) for n in names)


def _by_exchange(answers: Marks) -> dict[int, Facets]:
    out: dict[int, Facets] = {}
    for (_, j, name), value in answers.items():
        out.setdefault(j, {})[name] = value
    return out


def _fingerprints(talk: Conversation) -> list[str]:
    """By exchange: a digest of all that a variant is asked and answered up to there."""
    digest = hashlib.sha256(f"{talk.dtypes} {talk.answerer.seed}".encode())
    out: list[str] = []
    for exchange in talk.exchanges:
        if exchange.body["op"] != "load":
            digest.update(f"{is_slow(exchange)}".encode())
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
        if says_nothing(exchange):
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
