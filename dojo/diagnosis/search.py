"""The search for the variant that explains a subject's answers.

Most mistakes are ruled out by the first call that failed, so that is asked first; only what is
left is compared everywhere.
"""

import itertools
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass, replace
from typing import Any

from dojo.diagnosis.facets import STYLE, equal, several, trivial
from dojo.diagnosis.replay import Mark, Marks, Replayer, Variant

PAIRS_BUDGET = 1.0  # seconds of processor time for pairs of mistakes

# Facets that say that nothing came back.
_ENDS = ("error", "gone")


@dataclass(frozen=True)
class Found:
    """A variant that explains: as Recognised, but with numbers of conversations."""

    variant: Variant
    talks: frozenset[int]
    sure: bool = False
    exact: bool = False
    partly: bool = False
    ends: frozenset[int] = frozenset()


class Search:
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
        self._by_errors: list[Found] = []

    def find(self) -> Found | None:
        """The best explanation: one mistake everywhere, two together, one in part."""
        if not self._failing:  # what failed asked nothing
            self._failing = [n for n in self._everywhere if not self._explains({}, [n], but=())]
            if not self._failing:
                return None
        singles = self._singles()
        whole = next((f for n in self._failing if (f := self._whole(singles, n))), None)
        if whole is not None and (whole.sure or whole.exact):
            return whole
        if found := self._by_error() or self._pair(singles, whole):
            return found
        # What a learner reads first is what has to be explained.
        parts = (search(singles) for search in (self._partly, self._mostly))
        for found in itertools.chain([whole], parts):
            if found is not None and self._begins(found):
                return found
        return self.fallback()

    def _begins(self, found: Found) -> bool:
        """Whether a variant left marks where the answers first part from the solution's."""
        number = self._failing[0]
        right, theirs = (
            self._replayer.answers(self._replayer.solution, number),
            self._by_talk[number],
        )
        keys = (k for k in right.keys() | theirs.keys() if not k[2].endswith(STYLE))
        parted = min((k[1] for k in keys if not equal(theirs.get(k), right.get(k))), default=None)
        return parted in {k[1] for k in self._replayer.marks(found.variant, [number])}

    def only(self) -> Found | None:
        """The one mistake that explains everything, if no other does so as well."""
        first = self._failing[0]
        found = [
            f for v in self._singles() if (f := self._whole([v], first)) is not None and f.exact
        ]
        names = {f.variant.mistakes[0].id for f in found}
        return found[0] if len(names) == 1 else None

    def bears_out(self, variant: Variant, number: int, numbers: Iterable[int]) -> bool:
        """Whether the answers carry all marks of a variant.

        Args:
            variant: the variant.
            number: of the conversation in which it has to leave some.
            numbers: of the conversations that are looked at.

        Raises:
            OutOfTime: the time is over.
        """
        if not self._replayer.marks(variant, [number]):
            return False
        return self._has(self._replayer.marks(variant, numbers))

    def explains(self, variants: Iterable[Variant], number: int) -> bool:
        """Whether one of these variants left marks there: the same error, if it ended with one.

        Args:
            variants: that the answers bear out, as far as that can be seen.
            number: of the conversation.

        Raises:
            OutOfTime: the time is over.
        """
        ended = {k for k in self._by_talk[number] if k[2] in _ENDS}
        for variant in variants:
            marks = self._replayer.marks(variant, [number])
            if marks and all(equal(marks.get(k), self._theirs[k]) for k in ended):
                return True
        return False

    def fallback(self) -> Found | None:
        """A single mistake that fits where a check failed, if not everywhere."""
        likely = self._likely
        return likely if likely is not None and self._begins(likely) else None

    def _singles(self) -> list[Variant]:
        """The solution with each mistake that has words made in each of its ways."""
        mistakes = [m for m in self._replayer.kata.mistakes() if m.says]
        ways = [way for mistake in mistakes for way in mistake.ways()]
        return [v for way in ways if (v := self._replayer.variant((way,))) is not None]

    def _by_error(self) -> Found | None:
        """The one mistake that stops with the very error of the answer, which is all it shows.

        Several that do are not told apart, and the error says more than any of them.
        """
        names = {f.variant.mistakes[0].id for f in self._by_errors}
        return self._by_errors[0] if len(names) == 1 else None

    def _pair(self, singles: list[Variant], whole: Found | None) -> Found | None:
        """Two mistakes, each of which leaves a mark of its own that the other doesn't.

        Args:
            singles: the variants with one mistake.
            whole: of which one was seen, but doesn't explain everything.
        """
        end = self._replayer.asker.spent + PAIRS_BUDGET
        own = {v.text: self._made(self._first_marks(v)) for v in singles}
        seen = [v for v in singles if own[v.text]]
        for a, b in itertools.combinations(sorted(seen, key=lambda v: -len(own[v.text])), 2):
            if whole is not None and whole.variant not in (a, b):
                continue
            if a.mistakes[0].id == b.mistakes[0].id:  # one mistake, made in two ways
                continue
            both = self._replayer.variant(a.mistakes + b.mistakes)
            found = self._whole([both], self._failing[0]) if both is not None else None
            if (
                found is not None
                and found.sure
                and self._of_its_own(a, b, found.talks)
                and self._of_its_own(b, a, found.talks)
            ):
                return replace(found, sure=False, exact=False)
            if self._replayer.asker.spent > end:
                break
        return None

    def _first_marks(self, variant: Variant) -> Marks:
        """The marks of a variant in each failed check, up to where the answers haven't all."""
        out: Marks = {}
        for number in self._failing:
            out |= self._replayer.follow(variant, number, self._has)[0]
        return out

    def _made(self, marks: Marks) -> Marks:
        """Those marks that the answers carry, but for errors."""
        return {
            k: v
            for k, v in marks.items()
            if equal(self._theirs.get(k), v) and not self._right(*k) and not self._ended(k)
        }

    def _of_its_own(self, mine: Variant, other: Variant, numbers: Iterable[int]) -> bool:
        made = self._made(self._replayer.marks(mine, numbers))
        others = self._replayer.marks(other, {k[0] for k in made})
        return any(k not in others and not trivial(v) for k, v in made.items())

    def _goes_along(self, variant: Variant, number: int) -> bool:
        """Whether the answers have all marks that a variant leaves in a conversation."""
        return self._replayer.follow(variant, number, self._has)[1]

    def _whole(self, variants: list[Variant], number: int) -> Found | None:
        """The variant all of whose marks the answers carry; the fullest explanation first."""
        best: tuple[int, Found] | None = None
        for variant in variants:
            if not self._goes_along(variant, number):
                continue
            here = self._replayer.marks(variant, [number])
            if not here or not self._carried(here) or not self._formed_alike(here, number):
                continue
            others = (n for n in self._everywhere if n != number)
            if not all(self._goes_along(variant, n) for n in others):
                self._note_likely(variant, here, number)
                continue
            marks = self._replayer.marks(variant, self._everywhere)
            found = self._explanation(variant, marks)
            if all(self._ended(k) for k in marks):
                if found.exact:
                    self._by_errors.append(replace(found, sure=False))
                continue
            if not telling(marks.values()):
                if not found.exact:
                    continue
                if all(_may_be_chance(k, v) for k, v in marks.items()):
                    found = replace(found, sure=False)
            if found.exact and self._explains(marks, self._everywhere, but=()):
                return found  # no other can leave more marks
            score = len(marks)
            if best is None or score > best[0]:
                best = (score, found)
        return best[1] if best is not None else None

    def _explanation(self, variant: Variant, marks: Marks) -> Found:
        """What a variant explains all of whose marks the answers carry."""
        seen = frozenset(k[0] for k in marks)
        ends = frozenset(k[0] for k in marks if k[2] in _ENDS and marks[k] is not None)
        sure = seen.issuperset(self._failing) and self._explains(marks, self._failing)
        exact = sure and self._explains(marks, self._everywhere)
        return Found(variant, seen, sure, exact, ends=ends)

    def _partly(self, variants: list[Variant]) -> Found | None:
        """A mistake that was made in some of the kata's functions, while the others are right."""
        for variant in self._begun(variants):
            marks = self._replayer.marks(variant, self._everywhere)
            made: set[str] = set()
            left: set[str] = set()
            seen: set[int] = set()
            for one in _by_exchange(marks):
                talk, exchange, _ = next(iter(one))
                asked = str(self._replayer.talks[talk].exchanges[exchange].body["name"])
                if self._carried(one):
                    made.add(asked)
                    seen |= {talk} if telling(one.values()) else set()
                else:
                    left.add(asked)
            if left and not made & left and seen & set(self._failing):
                return Found(variant, frozenset(seen), partly=True)
        return None

    def _mostly(self, variants: list[Variant]) -> Found | None:
        """A mistake that was made in most answers, while the others (a border case) are right."""
        best: tuple[int, Found] | None = None
        for variant in self._begun(variants):
            every = _by_exchange(self._replayer.marks(variant, self._everywhere))
            made = [marks for marks in every if self._carried(marks)]
            told = [[v for v in marks.values() if not trivial(v)] for marks in made]
            telling = [values for values in told if values]
            differ = any(not equal(telling[0][0], values[0]) for values in telling)
            left = len(every) - len(made)
            if differ and len(telling) > left and (best is None or len(telling) > best[0]):
                best = (len(telling), Found(variant, frozenset(k[0] for m in made for k in m)))
        return best[1] if best is not None else None

    def _begun(self, variants: list[Variant]) -> Iterator[Variant]:
        """Those that left some telling mark where it failed first, and none by an error.

        The answers have all marks of each exchange, or none.
        """
        first = self._failing[0]
        order = [first, *(n for n in self._everywhere if n != first)]
        for variant in variants:
            if not self._replayer.follow(variant, first, self._has_or_spares)[1]:
                continue
            marks = self._replayer.marks(variant, [first])
            made = [k for k, v in marks.items() if equal(self._theirs.get(k), v) and not trivial(v)]
            if any(self._ended(k) for k in marks) or all(self._right(*k) for k in made):
                continue
            if self._formed_alike(marks, first) and all(
                self._replayer.follow(variant, n, self._has_or_spares)[1] for n in order
            ):
                yield variant

    def _has_or_spares(self, marks: Marks) -> bool:
        """Whether the answers carry the marks of an exchange, or are right there."""
        return self._has(marks) or all(self._right(*k) for k in marks)

    def _ended(self, key: Mark) -> bool:
        """Whether a mark stands where the answer ended with an error, or never came."""
        return any(self._theirs.get((key[0], key[1], end)) is not None for end in _ENDS)

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

    def _explains(self, marks: Marks, numbers: Iterable[int], but: tuple[str, ...] = STYLE) -> bool:
        """Whether the answers differ from the solution's nowhere but at the marks, or in style."""
        for number in numbers:
            right = self._replayer.answers(self._replayer.solution, number)
            theirs = self._by_talk[number]
            for key in right.keys() | theirs.keys():
                if key in marks or key[2].endswith(but):
                    continue
                if not equal(theirs.get(key), right.get(key)):
                    return False
        return True

    def _note_likely(self, variant: Variant, here: Marks, number: int) -> None:
        if any(self._ended(k) for k in here):
            return
        if self._likely is None and number == self._failing[0] and telling(here.values()):
            self._likely = Found(variant, frozenset({number}))


def _may_be_chance(key: Mark, value: Any) -> bool:
    """Whether a mark is a truth value, a word or a 0 or 1 that came back: anybody's may be so."""
    plain = " " not in key[2] and key[2].startswith("value") and value is not None
    return plain and trivial(value)


def telling(values: Iterable[Any]) -> bool:
    """Whether marks hold more than one number: one alone may agree by chance."""
    told = [v for v in values if not trivial(v)]
    return any(several(v) or not equal(v, told[0]) for v in told)


def _by_exchange(marks: Marks) -> list[Marks]:
    out: dict[tuple[int, int], Marks] = {}
    for key, value in marks.items():
        out.setdefault(key[:2], {})[key] = value
    return list(out.values())
