"""Which known mistake a subject makes: the one whose marks the subject's answers carry.

Most mistakes are ruled out by the first call that failed, so that is asked first; only what is
left is compared everywhere.
"""

import itertools
import time
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from dojo.catalog import Mistake
from dojo.diagnosis.facets import equal, several, trivial
from dojo.diagnosis.replay import Marks, OutOfTime, Replayer, Variant, learner_facets
from dojo.judge.run import CheckRun, Run

BUDGET = 8.0  # seconds for all replays of one judgement
PROOF_BUDGET = 60.0  # the same where nobody waits, and a busy machine must change no verdict
PAIRS_BUDGET = 1.0  # of which for pairs of mistakes


@dataclass(frozen=True)
class Recognised:
    """The mistakes that explain a subject's answers.

    Attributes:
        mistakes: one, or two that were made together.
        sure: they leave the same marks everywhere; else only where a check failed.
        checks: names of the checks in which the marks were seen.
    """

    mistakes: tuple[Mistake, ...]
    sure: bool
    checks: frozenset[str]


def recognise(
    run: Run, talked: Sequence[CheckRun], failed: Sequence[CheckRun]
) -> Recognised | None:
    """The mistakes that explain what failed, or None.

    Args:
        run: for the kata and what it takes to run its variants.
        talked: the checks that spoke with the subject, in the order in which they ran.
        failed: the failed checks that the learner will see.
    """
    talks = [c.conversation for c in talked if c.conversation is not None]
    budget = BUDGET if run.memory is None else PROOF_BUDGET
    replayer = Replayer(run.kata, run.starter, run.answerer, talks, budget, run.memory)
    names = {c.name for c in failed}
    failing = [i for i, c in enumerate(talked) if c.name in names]
    broken = {i for i, c in enumerate(talked) if c.failed and c.failed.cause == "contract"}
    single = run.less_precise()
    theirs = [learner_facets(i, talk, single) for i, talk in enumerate(talks)]
    search = _Search(replayer, theirs, failing or list(range(len(talks))), broken)
    try:
        found = search.find()
    except OutOfTime:
        found = search.fallback()
    finally:
        replayer.close()
    replayer.remember(theirs)
    if found is None:
        return None
    variant, numbers, sure = found
    return Recognised(variant.mistakes, sure, frozenset(talked[i].name for i in numbers))


Found = tuple[Variant, frozenset[int], bool]


class _Search:
    """The search among the variants.

    Args:
        replayer: asks the variants.
        theirs: what the subject answered, by conversation.
        failing: numbers of the conversations in which a check failed.
        broken: of those where it failed for the form of what was returned.
    """

    def __init__(
        self, replayer: Replayer, theirs: list[Marks], failing: list[int], broken: Set[int]
    ) -> None:
        self._replayer = replayer
        self._failing = failing
        self._broken = broken
        self._by_talk = theirs
        self._theirs: Marks = {k: v for talk in theirs for k, v in talk.items()}
        self._everywhere = range(len(replayer.talks))
        self._likely: Found | None = None

    def find(self) -> Found | None:
        mistakes = self._replayer.kata.mistakes()
        singles = [v for m in mistakes if (v := self._replayer.variant((m,))) is not None]
        for number in self._failing:
            if found := self._whole(singles, number):
                return found
        deadline = time.monotonic() + PAIRS_BUDGET
        for pair in self._pairs(singles):
            variant = self._replayer.variant(pair)
            if variant is not None and (found := self._whole([variant], self._failing[0])):
                return found
            if time.monotonic() > deadline:
                break
        for number in self._failing:
            if found := self._partly(singles, number) or self._mostly(singles, number):
                return found
        return self.fallback()

    def fallback(self) -> Found | None:
        """A single mistake that fits where a check failed, if not everywhere."""
        return self._likely

    def _pairs(self, singles: list[Variant]) -> list[tuple[Mistake, ...]]:
        """Two mistakes at once; those of which most is seen come first, for time may run out."""
        number = self._failing[0]
        seen: dict[str, int] = {}
        for variant in singles:
            marks = self._replayer.marks(variant, [number])
            made = [k for k, v in marks.items() if equal(self._theirs.get(k), v)]
            seen[variant.text] = sum(not self._right(*k) for k in made)
        pairs = itertools.combinations(sorted(singles, key=lambda v: -seen[v.text]), 2)
        ranked = sorted(pairs, key=lambda pair: -sum(seen[v.text] for v in pair))
        return [a.mistakes + b.mistakes for a, b in ranked]

    def _whole(self, variants: list[Variant], number: int) -> Found | None:
        """The variant all of whose marks the answers carry; the fullest explanation first."""
        best: tuple[int, Found] | None = None
        for variant in variants:
            if not self._has(self._replayer.known_marks(variant, number)):
                continue
            here = self._replayer.marks(variant, [number])
            if not here or not self._carried(here) or not self._formed_alike(here, number):
                continue
            marks = self._replayer.marks(variant, self._everywhere)
            if not self._carried(marks):
                self._note_likely(variant, here, number)
                continue
            seen = frozenset(k[0] for k in marks)
            if self._explains_all(marks):  # no other can leave more marks
                return variant, seen, True
            score = len(marks)
            if best is None or score > best[0]:
                best = (score, (variant, seen, True))
        return best[1] if best is not None else None

    def _partly(self, variants: list[Variant], number: int) -> Found | None:
        """A mistake that was made in one of several results, while the others are right."""
        for variant in self._begun(variants, number):
            marks = self._replayer.marks(variant, self._everywhere)
            made = {k for k, v in marks.items() if equal(self._theirs.get(k), v)}
            left = marks.keys() - made
            facets = {k[2] for k in made} - {k[2] for k in left}
            telling = {k[0] for k in made if k[2] in facets and not trivial(marks[k])}
            if telling & set(self._failing) and all(self._right(*k) for k in left):
                return variant, frozenset(k[0] for k in made), False
        return None

    def _mostly(self, variants: list[Variant], number: int) -> Found | None:
        """A mistake that was made in most answers, while the others (a border case) are right."""
        best: tuple[int, Found] | None = None
        for variant in self._begun(variants, number):
            made: list[Marks] = []
            left = 0
            for marks in _by_exchange(self._replayer.marks(variant, self._everywhere)):
                if self._carried(marks):
                    made.append(marks)
                elif all(self._right(*k) for k in marks):
                    left += 1
                else:
                    break
            else:
                told = [[v for v in marks.values() if not trivial(v)] for marks in made]
                telling = [values for values in told if values]
                differ = any(not equal(telling[0][0], values[0]) for values in telling)
                seen = frozenset(k[0] for marks in made for k in marks)
                if differ and len(telling) > left and (best is None or len(telling) > best[0]):
                    best = (len(telling), (variant, seen, False))
        return best[1] if best is not None else None

    def _begun(self, variants: list[Variant], number: int) -> Iterator[Variant]:
        """Those that left some telling mark in a check."""
        for variant in variants:
            marks = self._replayer.marks(variant, [number])
            made = [k for k, v in marks.items() if equal(self._theirs.get(k), v) and not trivial(v)]
            if not all(self._right(*k) for k in made) and self._formed_alike(marks, number):
                yield variant

    def _carried(self, marks: Marks) -> bool:
        """Whether the answers have all these marks; float32 may be too coarse to tell one."""
        return self._has(marks) and not all(self._right(*k) for k in marks)

    def _has(self, marks: Marks) -> bool:
        return all(equal(self._theirs.get(k), v) for k, v in marks.items())

    def _formed_alike(self, here: Marks, number: int) -> bool:
        """Whether a mistake has the lengths and shapes for which the check failed."""
        return number not in self._broken or all(
            k in here or self._right(*k)
            for k in self._by_talk[number]
            if k[2].endswith((" length", " shape"))
        )

    def _right(self, number: int, exchange: int, facet: str) -> bool:
        right = self._replayer.answers(self._replayer.solution, number)
        key = (number, exchange, facet)
        return equal(self._theirs.get(key), right.get(key))

    def _explains_all(self, marks: Marks) -> bool:
        """Whether the answers differ from the solution's nowhere but at the marks."""
        for number in self._everywhere:
            right = self._replayer.answers(self._replayer.solution, number)
            theirs = self._by_talk[number]
            for key in right.keys() | theirs.keys():
                if key not in marks and not equal(theirs.get(key), right.get(key)):
                    return False
        return True

    def _note_likely(self, variant: Variant, here: Marks, number: int) -> None:
        told = [v for v in here.values() if not trivial(v)]
        # One number alone may agree by chance.
        if self._likely is None and any(several(v) or not equal(v, told[0]) for v in told):
            self._likely = (variant, frozenset({number}), False)


def _by_exchange(marks: Marks) -> list[Marks]:
    out: dict[tuple[int, int], Marks] = {}
    for key, value in marks.items():
        out.setdefault(key[:2], {})[key] = value
    return list(out.values())
