"""From failed checks to findings: known mistakes first, then those that can be made everywhere.

What was observed stands before both: a numeric relation where there is one, else the facts.
"""

from collections.abc import Callable
from dataclasses import replace

import torch

from dojo.catalog import Mistake
from dojo.diagnosis.general import general_mistake, told_mistake
from dojo.diagnosis.recognise import Recognised, recognise
from dojo.diagnosis.relations import find_relation
from dojo.judge.failure import Failed
from dojo.judge.run import CheckRun, Run
from dojo.verdict import CheckResult, Finding

_UNSURE = "This looks like a known slip. "
_BOTH = "Two things come together here. "


def explain(run: Run, mistakes: bool = True) -> tuple[CheckResult, ...]:
    """The checks of a run as results, each failed one with the best explanation there is.

    Args:
        run: carried out.
        mistakes: try the known mistakes; else numeric relations and facts only.
    """
    everything = list(run.checks)
    run.settle()
    failed = [c for c in run.checks if c.outcome == "failed"]
    known = {m.id: m for m in run.kata.mistakes()} if failed and mistakes else {}
    unnamed = [c for c in failed if c.failed is None or c.failed.finding.mistake not in known]
    recognised = _recognise(run, everything, failed) if unnamed and mistakes else None
    talks = [c.conversation for c in everything if c.conversation is not None]

    def general(check: CheckRun) -> Mistake | None:
        return general_mistake(check, talks) if mistakes and recognised is None else None

    return tuple(c.result(_finding(c, recognised, known, general)) for c in run.checks)


def _recognise(run: Run, everything: list[CheckRun], failed: list[CheckRun]) -> Recognised | None:
    if not failed or any(c.kind == "load" for c in failed):
        return None
    talked = [c for c in everything if c.conversation is not None and c.kind != "load"]
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
    stated = mistakes.get(observed.mistake or "")
    if stated is not None:
        return replace(observed, message=f"{observed.message}\n{stated.says}")
    observed = replace(observed, mistake=None)
    found = recognised
    if (everywhere := general(check)) is not None:
        message = f"{observed.message}\n{everywhere.says}"
        return replace(observed, message=message, mistake=everywhere.id)
    if found is None or (check.conversation is not None and check.name not in found.checks):
        return replace(observed, mistake=told_mistake(failed, observed.evidence))
    says = "\n".join(m.says for m in found.mistakes)
    lead = _UNSURE if not found.sure else _BOTH if len(found.mistakes) > 1 else ""
    evidence = dict(observed.evidence)
    if len(found.mistakes) > 1:
        evidence["also"] = found.mistakes[1].id
    return replace(
        observed,
        message=f"{observed.message}\n{lead}{says}",
        mistake=found.mistakes[0].id,
        sure=found.sure,
        evidence=evidence,
    )


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
