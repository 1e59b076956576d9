"""Which results of a call are a factor away from the right ones, and which are right.

A factor is a fact about single results: the derivative by b may be n times too large while the one
by w is right. What is told here holds in every call that the checks made.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import torch

from dojo.contract.check import capital
from dojo.course.card import Words
from dojo.diagnosis.everywhere import asked, factor_name
from dojo.diagnosis.facets import Numbers, equal
from dojo.diagnosis.factors import Factor, factors, value_of
from dojo.diagnosis.replay import Marks
from dojo.failure import Failed
from dojo.verdict import Evidence
from dojo.wall.conversation import Conversation
from dojo.wall.exchange import Exchange
from dojo.words.numbers import count, plain

_SINGLE = 1e-4  # of what is known in single precision only
FEWEST = 3  # numbers that share a factor by no chance


@dataclass(frozen=True)
class Related:
    """A factor that results of a function have in all its calls.

    Attributes:
        text: for the learner: which results, and which others are right.
        says: what the factor means in this kata; empty where the card doesn't say.
        mistake: the name of such a mistake.
        evidence: the numbers behind the text.
        alone: nothing else is wrong with the results.
    """

    text: str
    says: str
    mistake: str | None
    evidence: Evidence
    alone: bool


@dataclass(frozen=True)
class Call:
    """One answered call of a function: its results by place, those that are right, its sizes."""

    got: Mapping[str, Any]
    want: Mapping[str, Any]
    knows: Mapping[str, float]
    exchange: Exchange

    @property
    def right(self) -> frozenset[str]:
        """The places of results that are right."""
        return frozenset(p for p, v in self.got.items() if equal(v, self.want.get(p)))

    @property
    def before(self) -> dict[str, Any]:
        """The numbers that it was called with, by place."""
        return {k: v for k, v in asked(self.exchange).items() if isinstance(v, Numbers)}


@dataclass(frozen=True)
class Wrong:
    """A result that was compared and found wrong: why, of which function, where, in which call.

    It is of no function where it came from a probe or a method.
    """

    failed: Failed
    function: str
    place: str
    call: Call


@dataclass(frozen=True)
class Results:
    """The results of all calls in conversations whose answers depend on what was asked alone.

    Attributes:
        talks: the conversations.
        theirs: what the subject answered in each.
        right: what the solution answers in one.
        words: of the card.
    """

    talks: Sequence[Conversation]
    theirs: Sequence[Marks]
    right: Callable[[int], Marks]
    words: Words

    def wrong(self, failed: Failed, number: int) -> Wrong | None:
        """The result that was compared and found wrong, if it can be told which that is.

        Args:
            failed: why a check failed.
            number: of its conversation.
        """
        if failed.cause != "value" or not isinstance(failed.got, torch.Tensor):
            return None
        got = Numbers(failed.got.detach().double().numpy(), single=False)
        theirs = self.theirs[number]
        for exchange in sorted({k[1] for k in theirs}, reverse=True):
            places = [p for p, v in _results(theirs, exchange).items() if equal(v, got)]
            if len(places) == 1:
                body = self.talks[number].exchanges[exchange].body
                function = str(body["name"]) if _is_call(body) else ""
                return Wrong(failed, function, places[0], self._call(number, exchange))
        return None

    def factor(self, wrong: Wrong) -> Related | None:
        """The factor behind a wrong result, if it is one throughout."""
        here, place = wrong.call, wrong.place
        ratio = _ratio(here.got[place], here.want.get(place))
        if ratio is None:
            return None
        named = [*factors(ratio, here.knows, _rounding(here.got[place]))]
        calls = self._calls_like(wrong) if named else []
        named = [f for f in named if all(_holds(c, place, f.key) for c in calls)]
        if not named or not _no_chance([c.want[place] for c in calls if place not in c.right]):
            return None
        factor = next((f for f in named if f"factor {f.key}" in self.words.says), named[0])
        return _told(wrong, calls, factor, ratio, self.words)

    def step(self, wrong: Wrong) -> Related | None:
        """The factor behind the way from an argument to a wrong result, if it is one throughout.

        Only where there is a learning rate: elsewhere that way means nothing.
        """
        here, place = wrong.call, wrong.place
        if "lr" not in here.knows:
            return None
        calls = self._calls_like(wrong)
        for argument, value in here.before.items():
            ways = [w for c in calls if (w := _way(c, place, argument)) is not None]
            here_way = _way(here, place, argument)
            if here_way is None or len(ways) < len(calls) or not isinstance(value, Numbers):
                continue
            ratio = _ratio(here_way.got[place], here_way.want[place])
            named = [*factors(ratio, here.knows, _rounding(value))] if ratio else []
            named = [f for f in named if all(_holds(w, place, f.key) for w in ways)]
            if ratio and named and _no_chance([w.want[place] for w in ways]):
                return _told_of_a_step(wrong, named[0], ratio)
        return None

    def others(self, wrong: Wrong) -> str:
        """A sentence on the call's other results; empty where there are none, or more is wrong."""
        here = wrong.call
        right = [p for p in here.got if p in here.right]
        if len(right) + 1 != len(here.got):
            return ""
        return _others(right, [*here.got], _names(wrong.function, here, self.words))

    def _calls_of(self, function: str) -> Iterator[Call]:
        """All calls of a function that were answered."""
        for i, talk in enumerate(self.talks):
            for j, exchange in enumerate(talk.exchanges):
                if _is_call(exchange.body) and exchange.body["name"] == function:
                    call = self._call(i, j)
                    if call.got:
                        yield call

    def _calls_like(self, wrong: Wrong) -> list[Call]:
        """All calls of a function with results at the same places."""
        places = wrong.call.got.keys()
        calls = self._calls_of(wrong.function)
        return [c for c in calls if c.got.keys() == places == c.want.keys()]

    def _call(self, number: int, exchange: int) -> Call:
        asked = self.talks[number].exchanges[exchange]
        got = _results(self.theirs[number], exchange)
        return Call(got, _results(self.right(number), exchange), asked.knows, asked)


def _names(function: str, call: Call, words: Words) -> dict[str, str]:
    """What a learner calls the results of a call, by place, where the card says it of all."""
    called = words.names.get(function, ())
    return dict(zip(call.got, called, strict=True)) if len(called) == len(call.got) else {}


def _is_call(body: Mapping[str, Any]) -> bool:
    return body["op"] == "call" and body.get("handle") is None


def _results(answers: Marks, exchange: int) -> dict[str, Any]:
    """The numbers of each result of a call, by its place, in order."""
    return {
        facet: value
        for (_, j, facet), value in answers.items()
        if j == exchange
        and facet.startswith("value")
        and " " not in facet
        and isinstance(value, (Numbers, float))
    }


def _numbers(value: Any) -> np.ndarray:
    return value.values if isinstance(value, Numbers) else np.array(float(value))


def _rounding(value: Any) -> float | None:
    return _SINGLE if isinstance(value, Numbers) and value.single else None


def _ratio(got: Any, want: Any) -> float | None:
    """The factor between two results, if all their numbers have it."""
    if want is None:
        return None
    a, b = _numbers(got), _numbers(want)
    finite = a.shape == b.shape and np.isfinite(a).all() and np.isfinite(b).all()
    if not finite or not a.any() or not b.any():
        return None
    with np.errstate(over="ignore", invalid="ignore"):
        ratio = float((a * b).sum() / (b * b).sum())
    return ratio if ratio and np.isfinite(ratio) and _is_times(got, want, ratio) else None


def _is_times(got: Any, want: Any, factor: float) -> bool:
    single = isinstance(want, Numbers) and want.single
    return equal(got, Numbers(_numbers(want) * factor, single))


def _holds(call: Call, place: str, key: str) -> bool:
    value = value_of(key, call.knows)  # None: n/(n-1), say, where n is 1
    return value is None or _is_times(call.got[place], call.want[place], value)


def _no_chance(right: Sequence[Any]) -> bool:
    """Whether enough numbers have a factor, or one that is no round number."""
    numbers = np.concatenate([_numbers(r).reshape(-1) for r in right])
    numbers = numbers[numbers != 0]
    return numbers.size >= FEWEST or any(float(f"{x:.3g}") != x for x in numbers)


def _way(call: Call, place: str, argument: str) -> Call | None:
    """A call whose result is the way from an argument to it; None where they have other shapes."""
    found = call.got.get(place), call.want.get(place), call.before.get(argument)
    values = [v for v in found if isinstance(v, Numbers)]
    if len(values) < 3 or len({v.values.shape for v in values}) > 1:
        return None
    ways = [{place: Numbers(v.values - values[2].values, v.single)} for v in values[:2]]
    return replace(call, got=ways[0], want=ways[1])


def _told_of_a_step(wrong: Wrong, factor: Factor, ratio: float) -> Related:
    far = f"exactly {plain(ratio)} times as far as it should be, and {factor.words}"
    if factor.key == "-1":
        far = "as far as it should be, but in the opposite direction"
    text = f"{wrong.failed.finding.message} Measured from what was handed in, it is {far}."
    evidence = {"relation": "ratio", "ratio": ratio, "is": factor.key}
    return Related(text, "", factor_name(factor.key), evidence, alone=True)


def _told(
    wrong: Wrong, calls: Sequence[Call], factor: Factor, ratio: float, words: Words
) -> Related:
    here = wrong.call
    places = list(here.got)
    alike = [p for p in places if all(_holds(c, p, factor.key) for c in calls)]
    right = [p for p in places if all(p in c.right for c in calls)]
    alike = [p for p in alike if p not in right]
    names = _names(wrong.function, here, words) or {wrong.place: wrong.failed.name}
    evidence = {"relation": "ratio", "ratio": ratio, "is": factor.key}
    return Related(
        f"{_subject(alike, places, names)} {_predicate(factor, ratio, len(alike))}"
        f"{_others(right, places, names)}",
        words.says.get(f"factor {factor.key}", ""),
        factor_name(factor.key),
        evidence,
        len(alike) + len(right) == len(places),
    )


def _subject(alike: Sequence[str], places: Sequence[str], names: Mapping[str, str]) -> str:
    """The results that have the factor, and the verb."""
    if len(alike) == 1:
        return capital(names.get(alike[0], "the result"))
    if all(p in names for p in alike):
        return capital(f"{', '.join(names[p] for p in alike[:-1])} and {names[alike[-1]]}")
    if len(alike) == len(places):
        return f"The {count(len(places), 'result')}"
    return capital(f"{count(len(alike), 'result')} of this call")


def _predicate(factor: Factor, ratio: float, how_many: int) -> str:
    several = how_many > 1
    both = "both " if how_many == 2 else "all " if several else ""
    if factor.key == "-1":
        return f"{both}{'have' if several else 'has'} the right size but the opposite sign."
    value = "their right values" if several else "the right value"
    verb = "are" if several else "is"
    return f"{verb} {both}exactly {plain(ratio)} times {value}, and {factor.words}."


def _others(right: Sequence[str], places: Sequence[str], names: Mapping[str, str]) -> str:
    if not right:
        return ""
    if all(p in names for p in right):
        listed = ", ".join(names[p] for p in right[:-1])
        listed += f" and {names[right[-1]]}" if listed else names[right[-1]]
        return f" {capital(listed)} {'is' if len(right) == 1 else 'are'} right."
    if len(right) + 1 == len(places):
        several = f"{count(len(right), 'result')} of this call are"
        return f" The other {'result is' if len(right) == 1 else several} right."
    return ""
