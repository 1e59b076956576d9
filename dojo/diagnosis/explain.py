"""From failed checks to findings: known mistakes first, then those that can be made everywhere.

What was observed stands before both: a numeric relation where there is one, else the facts.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import torch

from dojo.course.mistakes import Mistake
from dojo.diagnosis.everywhere import constant_functions, general_mistake, told_mistake
from dojo.diagnosis.planted import still_made
from dojo.diagnosis.recognise import Recognised, Seen, look
from dojo.diagnosis.relations import Compared, find_relation
from dojo.suite.attempt import CheckRun
from dojo.suite.judgement import Run
from dojo.verdict import KINDS, CheckResult, Finding
from dojo.wall.conversation import Conversation

_UNSURE = "This looks like a known slip. "
_UNSURE_BOTH = "This looks like two known slips together. "
_ONE_OF_SEVERAL = "More than one mistake is in here. This is one of them: "


def explain(run: Run, mistakes: bool = True) -> tuple[CheckResult, ...]:
    """The checks of a run as results, each failed one with the best explanation there is.

    Of the failed checks of one kind, those that are explained stand before those that are not.

    Args:
        run: carried out.
        mistakes: try the known mistakes; else numeric relations and facts only.
    """
    everything = list(run.checks)
    run.settle()
    failed = [c for c in run.checks if c.outcome == "failed"]
    if not failed or not mistakes:
        return tuple(c.result(_observed(c) if c.failed else None) for c in run.checks)
    known = {m.id: m for m in run.kata.mistakes() if m.says}
    # The engine's names for errors are its own, also where a card has one of the same letters.
    stated = {
        c.name: known[c.failed.finding.mistake]
        for c in failed
        if c.failed and c.failed.cause != "raised" and c.failed.finding.mistake in known
    }
    talks = [c.conversation for c in everything if c.conversation is not None]
    seen = _look(run, everything, failed, stated, talks)
    told = [
        (c, _told(c, failed, stated.get(c.name), seen, talks) if c.failed else None)
        for c in run.checks
    ]
    return in_reading_order([(c.result(t.finding if t else None), t) for c, t in told])


@dataclass(frozen=True)
class Told:
    """What is told of a failed check.

    Attributes:
        finding: for the learner.
        clarity: 0 for what has a name for certain, 1 for what looks like something known or is
            spelt out by facts, 2 for bare facts and what the suite states in vain.
    """

    finding: Finding
    clarity: int


def in_reading_order(
    checks: Sequence[tuple[CheckResult, Told | None]],
) -> tuple[CheckResult, ...]:
    """The checks, the failed ones of each kind so that the clearest words come first.

    What passed stays where it is; the failed ones change places among themselves.

    Args:
        checks: in the suite's order, each failed one with what is told of it.
    """
    out = [c for c, _ in checks]
    for kind in KINDS:
        places = [i for i, (c, told) in enumerate(checks) if c.kind == kind and told is not None]
        ranked = sorted(places, key=lambda i: told.clarity if (told := checks[i][1]) else 0)
        for place, i in zip(places, ranked, strict=True):
            out[place] = checks[i][0]
    return tuple(out)


def _look(
    run: Run,
    everything: list[CheckRun],
    failed: list[CheckRun],
    stated: dict[str, Mistake],
    talks: list[Conversation],
) -> Seen:
    talked = [c for c in everything if c.conversation is not None and c.kind != "load"]
    # What never ends says so itself, and variants would be asked thousands of times.
    endless = any(c.failed and c.failed.finding.evidence.get("ended") == "endless" for c in failed)
    if not talked or endless or any(c.kind == "load" for c in failed):
        return Seen()
    run.planted = still_made(run, talked)
    if run.planted:
        everywhere = frozenset(c.name for c in talked)
        return Seen(Recognised(run.planted, True, everywhere, exact=True))
    spoken = [c.conversation for c in talked if c.conversation is not None]
    return look(run, talked, failed, stated, constant_functions(spoken))


def _told(
    check: CheckRun,
    failed_ones: Sequence[CheckRun],
    stated: Mistake | None,
    seen: Seen,
    talks: Sequence[Conversation],
) -> Told:
    """What is told of a failed check.

    Args:
        check: failed.
        failed_ones: all that failed.
        stated: the mistake of the card that the suite names there.
        seen: what replays showed.
        talks: of all checks.
    """
    failed = check.failed
    assert failed is not None
    related = seen.related.get(check.name)
    # A factor that other calls don't have is a fact of this one, and no more.
    observed = _observed(check, failed_ones, related is not None or check.name not in seen.related)
    if related is not None:
        evidence = {**observed.evidence, **related.evidence}
        observed = replace(observed, message=related.text, evidence=evidence)
    else:
        message = f"{observed.message}{seen.beside.get(check.name, '')}"
        observed = replace(observed, message=message)
    if stated is not None and check.name not in seen.doubtful:
        return Told(_with(observed, (stated,), sure=not seen.more), 1 if seen.more else 0)
    named = told_mistake(failed, observed.evidence)
    found = seen.found
    if found is not None and not _tells(found, check, named):
        found = None
    explained = found is not None and (found.sure or len(found.mistakes) > 1)
    if related is not None and not explained:
        message = f"{related.text}\n{related.says}".rstrip("\n")
        finding = replace(observed, message=message, mistake=related.mistake, sure=True)
        return Told(finding, 0 if related.alone else 1)
    if (found is None or not found.exact) and (
        everywhere := general_mistake(check, talks, seen.varying)
    ) is not None:
        return Told(_with(observed, (everywhere,)), 1)
    if found is not None and (found.sure or stated is None):
        sure = found.sure or failed.cause == "forbidden"
        return Told(_with(observed, found.mistakes, sure), 0 if sure else 1)
    if stated is not None:
        return Told(_with(observed, (stated,), sure=False), 2)
    clarity = 2 if named is None else 0 if failed.cause == "raised" else 1
    return Told(replace(observed, mistake=named), clarity)


def _with(observed: Finding, mistakes: tuple[Mistake, ...], sure: bool = True) -> Finding:
    """What was observed, and what it means."""
    several = len(mistakes) > 1
    if sure:  # of several that were planted, one after the other
        lead, says = _ONE_OF_SEVERAL if several else "", mistakes[0].says
    else:
        # Without edits it is the solution with a step changed, whose words say that they doubt.
        slip = _UNSURE if mistakes[0].edits else ""
        lead = _UNSURE_BOTH if several else slip
        says = "\n".join(m.says for m in mistakes)
    evidence = dict(observed.evidence)
    if several:
        evidence["also"] = mistakes[1].id
    return replace(
        observed,
        message=f"{observed.message}\n{lead}{says}",
        mistake=mistakes[0].id,
        sure=sure,
        evidence=evidence,
    )


def _tells(found: Recognised, check: CheckRun, told: str | None) -> bool:
    """Whether a mistake has something to say of a failed check.

    Args:
        found: the mistake.
        check: the failed check.
        told: the name of what the facts spell out by themselves.
    """
    failed = check.failed
    if failed is not None and failed.cause in ("raised", "hang", "gone"):
        return check.name in found.ends
    if failed is not None and "changed" in failed.finding.evidence and not found.sure:
        return check.name in found.touched  # what looks alike elsewhere says nothing of this
    if check.conversation is not None and check.name not in found.checks:
        return False
    # What is said of all results may be untrue of those that are right; the fact is not.
    return not (found.partly and told is not None)


def _observed(check: CheckRun, failed_ones: Sequence[CheckRun] = (), named: bool = True) -> Finding:
    """The finding with the numeric relation in place of the plain facts, where there is one.

    Args:
        check: failed.
        failed_ones: all that failed: what was compared under the same name there has to fit.
        named: say what a factor is.
    """
    failed = check.failed
    assert failed is not None
    here = _compared(check)
    if here is None:
        return failed.finding
    others = [c for c in failed_ones if c is not check and c.failed and c.failed.name]
    peers = [_compared(c) for c in others if c.failed and c.failed.name == failed.name]
    relation = find_relation(
        here.got, here.want, failed.name, here.knows, [p for p in peers if p is not None], named
    )
    if relation is None:
        return failed.finding
    evidence = {**failed.finding.evidence, **relation.evidence}
    return replace(failed.finding, message=relation.text, evidence=evidence)


def _compared(check: CheckRun) -> Compared | None:
    """The tensors whose difference made a check fail, if it is that."""
    failed = check.failed
    if failed is None or failed.cause != "value" or not isinstance(failed.got, torch.Tensor):
        return None
    knows = check.conversation.last.knows if check.conversation is not None else {}
    return Compared(failed.got, failed.want, knows)
