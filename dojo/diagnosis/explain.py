"""From failed checks to findings: known mistakes first, then those that can be made everywhere.

What was observed stands before both: a numeric relation where there is one, else the facts.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

import torch

from dojo.catalog import Mistake
from dojo.diagnosis.general import general_mistake, told_mistake
from dojo.diagnosis.planted import still_made
from dojo.diagnosis.recognise import Recognised, recognise
from dojo.diagnosis.relations import find_relation
from dojo.judge.attempt import CheckRun
from dojo.judge.failure import Failed
from dojo.judge.run import Run
from dojo.verdict import KINDS, CheckResult, Finding

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
    known = {m.id: m for m in run.kata.mistakes()} if failed and mistakes else {}
    unnamed = [c for c in failed if c.failed is None or _stated(c.failed, known) is None]
    recognised = _recognise(run, everything, failed) if unnamed and mistakes else None
    talks = [c.conversation for c in everything if c.conversation is not None]

    def general(check: CheckRun) -> Mistake | None:
        return general_mistake(check, talks) if mistakes else None

    return in_reading_order([c.result(_finding(c, recognised, known, general)) for c in run.checks])


def in_reading_order(checks: Sequence[CheckResult]) -> tuple[CheckResult, ...]:
    """The same checks, the failed ones of each kind so that the clearest words come first.

    What passed stays where it is; the failed ones change places among themselves: first what has
    a name for certain, then what only looks like something known, then bare facts.
    """
    out = list(checks)
    for kind in KINDS:
        places = [i for i, c in enumerate(out) if c.kind == kind and c.outcome == "failed"]
        ranked = sorted((out[i] for i in places), key=_clarity)
        for i, check in zip(places, ranked, strict=True):
            out[i] = check
    return tuple(out)


def _clarity(check: CheckResult) -> int:
    if check.finding is None or check.finding.mistake is None:
        return 2
    return 0 if check.finding.sure else 1


def _recognise(run: Run, everything: list[CheckRun], failed: list[CheckRun]) -> Recognised | None:
    if not failed or any(c.kind == "load" for c in failed):
        return None
    talked = [c for c in everything if c.conversation is not None and c.kind != "load"]
    run.planted = still_made(run, talked)
    if run.planted:
        return Recognised(run.planted, True, frozenset(c.name for c in talked), exact=True)
    return recognise(run, talked, failed) if talked else None


def _finding(
    check: CheckRun,
    recognised: Recognised | None,
    mistakes: dict[str, Mistake],
    general: Callable[[CheckRun], Mistake | None],
) -> Finding | None:
    failed = check.failed
    if failed is None:
        return None
    observed = _observed(failed, check)
    stated = _stated(failed, mistakes)
    if stated is not None:
        return replace(observed, message=f"{observed.message}\n{stated.says}")
    told = told_mistake(failed, observed.evidence)
    found = recognised if recognised is not None and _tells(recognised, check, told) else None
    if (found is None or not found.exact) and (everywhere := general(check)) is not None:
        message = f"{observed.message}\n{everywhere.says}"
        return replace(observed, message=message, mistake=everywhere.id)
    if found is None:
        return replace(observed, mistake=told)
    several = len(found.mistakes) > 1
    if found.sure:  # of several that were planted, one after the other
        lead, says = _ONE_OF_SEVERAL if several else "", found.mistakes[0].says
    else:
        lead = _UNSURE_BOTH if several else _UNSURE
        says = "\n".join(m.says for m in found.mistakes)
    evidence = dict(observed.evidence)
    if several:
        evidence["also"] = found.mistakes[1].id
    return replace(
        observed,
        message=f"{observed.message}\n{lead}{says}",
        mistake=found.mistakes[0].id,
        sure=found.sure,
        evidence=evidence,
    )


def _stated(failed: Failed, mistakes: dict[str, Mistake]) -> Mistake | None:
    """The mistake of the card that the check itself recognised.

    The engine's names for errors are its own, also where a card has one of the same letters.
    """
    return None if failed.cause == "raised" else mistakes.get(failed.finding.mistake or "")


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
    if check.conversation is not None and check.name not in found.checks:
        return False
    # What is said of all results may be untrue of those that are right; the fact is not.
    return not (found.partly and told is not None)


def _observed(failed: Failed, check: CheckRun) -> Finding:
    """The finding with the numeric relation in place of the plain facts, where there is one."""
    finding = failed.finding
    if failed.cause != "value" or not isinstance(failed.got, torch.Tensor):
        return finding
    knows = check.conversation.last.knows if check.conversation is not None else {}
    relation = find_relation(failed.got, failed.want, failed.name, knows)
    if relation is None:
        return finding
    return replace(
        finding, message=relation.text, evidence={**finding.evidence, **relation.evidence}
    )
