"""What is learned by asking variants of the solution what the subject was asked.

Which known mistake explains its answers, whether those that the suite states are borne out, and
what else was right where something was wrong.
"""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Any

from dojo.course.mistakes import Mistake
from dojo.course.restyle import drawn_first
from dojo.diagnosis.asking import Asker, OutOfTime
from dojo.diagnosis.facets import Facets, equal, formed
from dojo.diagnosis.replay import Mark, Marks, Replayer, Variant, learner_facets
from dojo.diagnosis.results import Related, Results
from dojo.diagnosis.search import Found, Search
from dojo.diagnosis.seems import seen_as
from dojo.suite.attempt import CheckRun
from dojo.suite.judgement import Run
from dojo.wall.conversation import Conversation

BUDGET = 8.0  # seconds of processor time for all replays of one judgement
PROOF_BUDGET = 60.0  # the same where nobody waits


@dataclass(frozen=True)
class Recognised:
    """The mistakes that explain a subject's answers.

    Attributes:
        mistakes: one, or two that were made together.
        sure: they explain every check that failed; else they fit in part.
        checks: names of the checks in which the marks were seen.
        exact: the answers differ from the solution's nowhere but at the marks.
        partly: only some of the functions carry the marks, the others are right.
        ends: names of the checks that ended with the error that the mistakes make, too.
        touched: names of the checks in which the mistakes change an argument.
    """

    mistakes: tuple[Mistake, ...]
    sure: bool
    checks: frozenset[str]
    exact: bool = False
    partly: bool = False
    ends: frozenset[str] = frozenset()
    touched: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Seen:
    """What the replays of one judgement showed.

    Attributes:
        found: the mistakes that explain the answers, if any do.
        doubtful: names of checks whose stated mistake the answers don't bear out.
        more: something failed that no mistake explains of those that the suite states.
        beside: by name of a check: that the other results beside its wrong one are right.
        varying: functions that gave one answer to all questions, though the right ones differ.
        related: by name of a check: the factor that its wrong result has throughout; None where
            that was looked for in vain.
    """

    found: Recognised | None = None
    doubtful: frozenset[str] = frozenset()
    more: bool = False
    beside: Mapping[str, str] = field(default_factory=dict)
    varying: frozenset[str] = frozenset()
    related: Mapping[str, Related | None] = field(default_factory=dict)


def look(
    run: Run,
    talked: Sequence[CheckRun],
    failed: Sequence[CheckRun],
    stated: Mapping[str, Mistake],
    constant: Mapping[str, Sequence[tuple[int, int]]],
) -> Seen:
    """Ask variants what the subject was asked, as far as time allows.

    Args:
        run: for the kata and what it takes to run its variants.
        talked: the checks that spoke with the subject, in the order in which they ran.
        failed: the failed checks that the learner will see.
        stated: by name of a failed check, the mistake that the suite itself names there.
        constant: functions that gave one answer to all questions, with the places of those
            (numbers of the conversation and of the exchange).
    """
    talks = [c.conversation for c in talked if c.conversation is not None]
    budget = BUDGET if run.memory is None else PROOF_BUDGET
    asker = Asker(run.kata.id, run.starter, run.answerer, talks, budget)
    replayer = Replayer(run.kata, asker, run.memory)
    names = {c.name for c in failed}
    failing = [i for i, c in enumerate(talked) if c.name in names]
    broken = {i for i, c in enumerate(talked) if c.failed and c.failed.cause == "contract"}
    single = run.less_precise()
    theirs = [learner_facets(i, talk, single) for i, talk in enumerate(talks)]
    search = Search(replayer, theirs, failing, broken)
    doubtful: set[str] = set()
    more = False
    beside: dict[str, str] = {}
    related: Mapping[str, Related | None] = {}
    varying = set(constant)
    found, touched = None, frozenset[int]()
    clear = [i for i in failing if not _is_blind(talks[i])]
    try:
        borne: list[Variant] = []
        for name, mistake in stated.items():
            here = next((i for i in failing if talked[i].name == name), None)
            if here is None:  # the type checker's: it asked the subject nothing
                continue
            ways = [v for w in mistake.ways() if (v := replayer.variant((w,))) is not None]
            fitting = [v for v in ways if here not in clear or search.bears_out(v, here, clear)]
            borne += fitting
            if ways and not fitting:
                doubtful.add(name)
        told = stated.keys() - doubtful
        left = [i for i in failing if talked[i].name not in told]
        more = any(not search.explains(borne, i) for i in left if i in clear or _raised(talked[i]))
        if names - (stated.keys() - doubtful):
            found = search.find()
            varying = {f for f, calls in constant.items() if _varies(replayer, calls)}
            if found is None and failing and failing[0] not in clear:
                found = _but_for_draws(replayer, theirs, failing, broken)
        related, beside = _told_of_results(run, replayer, talked, clear, theirs)
        plain = [i for i in clear if _is_plain(talked[i], related)]
        if found is None and plain and not varying and len(clear) == len(failing):
            found = seen_as(replayer, theirs, plain, failing)
        touched = replayer.touched(found.variant, found.talks) if found is not None else touched
    except OutOfTime:
        found = found or search.fallback()
    finally:
        asker.close()
    replayer.remember(theirs)
    recognised = None
    if found is not None:
        recognised = Recognised(
            found.variant.mistakes,
            found.sure,
            frozenset(talked[i].name for i in found.talks),
            found.exact,
            found.partly,
            frozenset(talked[i].name for i in found.ends),
            frozenset(talked[i].name for i in touched),
        )
    return Seen(recognised, frozenset(doubtful), more, beside, frozenset(varying), related)


def _but_for_draws(
    replayer: Replayer, theirs: Sequence[Marks], failing: list[int], broken: Set[int]
) -> Found | None:
    """The mistake that explains all but what depends on draws, which people order differently.

    What does is found out by a solution that draws some numbers first.
    """
    other = drawn_first(replayer.solution)
    if other == replayer.solution:
        return None
    free: set[Mark] = set()
    rest: list[Marks] = []
    for i, answers in enumerate(theirs):
        a, b = replayer.answers(replayer.solution, i), replayer.answers(other, i)
        free |= {k for k in a.keys() | b.keys() if not equal(a.get(k), b.get(k))}
        rest.append({k: formed(v, a.get(k)) for k, v in answers.items() if k not in free})
    return Search(replayer.without(free), rest, failing, broken).only()


def _told_of_results(
    run: Run,
    replayer: Replayer,
    talked: Sequence[CheckRun],
    clear: Sequence[int],
    theirs: Sequence[Marks],
) -> tuple[dict[str, Related | None], dict[str, str]]:
    """By name of a failed check: the factor behind its wrong result, and that the others are right.

    Args:
        run: for the words of its card.
        replayer: asks the solution.
        talked: the checks that spoke with the subject.
        clear: numbers of the failed ones whose answers depend on no draws.
        theirs: what the subject answered.
    """
    numbers = [i for i, c in enumerate(talked) if c.conversation and not _is_blind(c.conversation)]
    results = Results(
        [replayer.talks[i] for i in numbers],
        [theirs[i] for i in numbers],
        lambda n: replayer.answers(replayer.solution, numbers[n]),
        run.kata.words(),
    )
    related: dict[str, Related | None] = {}
    others: dict[str, str] = {}
    for i in clear:
        failed = talked[i].failed
        wrong = results.wrong(failed, numbers.index(i)) if failed is not None else None
        if wrong is not None:
            others[talked[i].name] = results.others(wrong)
        if wrong is not None and wrong.function:
            related[talked[i].name] = results.factor(wrong) or results.step(wrong)
    return related, others


def _is_plain(check: CheckRun, related: Mapping[str, Related | None]) -> bool:
    """Whether nothing but a difference is known of a failed check."""
    failed = check.failed
    return (
        failed is not None
        and failed.cause in ("value", "stated")
        and failed.finding.mistake is None
        and related.get(check.name) is None
    )


def _raised(check: CheckRun) -> bool:
    return check.failed is not None and check.failed.cause == "raised"


def _is_blind(talk: Conversation) -> bool:
    """Whether answers depend on draws that people order differently: no variant's equal them."""

    def draws(node: Any) -> bool:
        if not isinstance(node, dict):
            return False
        return node.get("k") == "generator" or any(map(draws, node.get("items") or ()))

    for exchange in talk.exchanges:
        if any(draws(a) for a in exchange.body.get("args") or ()):
            return True
        report = exchange.answer.body.get("report") if exchange.answer is not None else None
        if isinstance(report, dict) and report.get("randoms"):
            return True
    return False


def _varies(replayer: Replayer, calls: Sequence[tuple[int, int]]) -> bool:
    """Whether the solution answers some of these questions differently."""
    answers: list[Facets] = []
    for number, exchange in calls:
        right = replayer.answers(replayer.solution, number)
        answers.append(
            {k[2]: v for k, v in right.items() if k[1] == exchange and k[2].startswith("value")}
        )
    return any(
        answer.keys() != answers[0].keys()
        or not all(equal(v, answers[0][k]) for k, v in answer.items())
        for answer in answers
    )
