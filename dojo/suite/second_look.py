"""A second look at a check that ended strangely: the same one, carried out with the solution.

What stops the suite itself, where the solution lets it go on, is the answer's doing and no fault
of ours. And a call that was ended would never have ended if the solution's takes no time at all.
"""

from dataclasses import replace

from dojo.course.catalog import Kata
from dojo.failure import Failed
from dojo.suite.attempt import CheckRun, Task, attempt
from dojo.verdict import Finding
from dojo.wall.conversation import Conversation
from dojo.wall.dtypes import EXACT
from dojo.wall.exchange import Answerer
from dojo.wall.gone import slow
from dojo.wall.starter import Starter

MUCH = 100  # times as long as the solution: that is no slow way to the same end


def second_look(
    task: Task, check: CheckRun, kata: Kata, seed: int, answerer: Answerer, starter: Starter
) -> None:
    """Put right what is said of a check that stopped with an error of the suite, or hung.

    Args:
        task: what was carried out.
        check: what came of it; changed.
        kata, seed: as then.
        answerer: as then; only the source differs.
        starter: makes the process for the solution.
    """
    ours = _with_solution(task, kata, seed, answerer, starter)
    if check.outcome == "error":
        if ours.outcome == "passed":
            check.outcome = "failed"
            check.failed = Failed(_strange(check.stopped), cause="contract")
        return
    failed = check.failed
    if failed is None or failed.finding.evidence.get("scope") != "call":
        return
    limit = float(failed.finding.evidence["seconds"])
    if _seconds_of_last(check, ours) > limit / MUCH:
        failed.finding = slow(failed.finding)


def _with_solution(
    task: Task, kata: Kata, seed: int, answerer: Answerer, starter: Starter
) -> CheckRun:
    process = starter.take_own(kata.id)
    source = replace(answerer, source=kata.solution_path.read_bytes())
    ours = CheckRun(task.name, task.title, task.kind)
    try:
        ours = attempt(task, Conversation(process, source, EXACT), kata, seed)
    finally:
        failed = ours.failed
        usable = ours.outcome == "passed" and failed is None
        starter.give_back_own(process, kata.id, usable)
    return ours


def _seconds_of_last(check: CheckRun, ours: CheckRun) -> float:
    """How long the solution took for the call that was the answer's last."""
    theirs, talk = check.conversation, ours.conversation
    if theirs is None or talk is None or len(talk.exchanges) < len(theirs.exchanges):
        return 0.0
    answer = talk.exchanges[len(theirs.exchanges) - 1].answer
    return float(answer.body["report"]["seconds"]) if answer is not None else 0.0


def _strange(stopped: BaseException | None) -> Finding:
    said = f"{type(stopped).__name__}: {stopped}"[:200]
    return Finding(
        f"What came back is of a form that this check can't go on with ({said}). "
        "Print the result, and compare it with what the stub promises.",
        evidence={"contract": "kind"},
    )
