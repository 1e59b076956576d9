"""What is said when a learner process can't answer any more."""

from dojo.failure import JudgeError
from dojo.verdict import Finding
from dojo.wall.process import Gone

_TOO_SLOW = (
    "Nothing was wrong with it so far, but it is too slow. Is work repeated that could be done "
    "once, or a row handled at a time where all could be handled together?"
)
_ENDLESS = "A loop that never ends?"


def gone_finding(gone: Gone, function: str, source: list[str]) -> Finding:
    """The finding for a learner process that ended, hung or sent nonsense.

    Args:
        gone: what is known of it.
        function: that was running; empty for the file itself.
        source: the subject's lines.

    Raises:
        JudgeError: it never began, was given no time or ended with the fork server, which is no
            answer's fault.
    """
    name = f"`{function}`" if function else "Your file"
    match gone.reason:
        case "hang":
            return _hang_finding(gone, name, source)
        case "exit":
            message = (
                f"{name} ended its own process (exit code {gone.code}) instead of returning: "
                "os._exit or the like."
            )
        case "signal":
            message = (
                f"The process crashed while {name} was running (signal {gone.code}): "
                "out of memory, beyond its CPU time, or a fault inside a library."
            )
        case "frame":
            message = (
                f"{name} disturbed the connection to the judge (it closed or wrote to it), "
                "so nothing more could be learned from it."
            )
        case "flood":
            message = f"{name} sent more than is looked at here: far too many, or far too large."
        case "starved":
            raise JudgeError(
                f"This machine is too busy: it gave the answer less than {gone.seconds:g} seconds "
                "of work in many times as long. Try again when less is running."
            )
        case "start":
            raise JudgeError(
                f"The process for the answer could not be started (exit code {gone.code})."
            )
        case "orphaned":
            raise JudgeError(
                "What ran the answer was ended from outside, as happens when a machine runs out of "
                "memory. Close what needs much of it, and try again."
            )
    return Finding(message, evidence={"ended": gone.reason, "code": gone.code or 0})


def slow(finding: Finding) -> Finding:
    """The same hang, of code that would have ended: the solution takes a while there, too."""
    return Finding(
        finding.message.replace(_ENDLESS, _TOO_SLOW),
        None,
        True,
        finding.line,
        finding.source,
        {**finding.evidence, "ended": "slow"},
    )


def _hang_finding(gone: Gone, name: str, source: list[str]) -> Finding:
    line = gone.line if gone.line and gone.line <= len(source) else None
    text = source[line - 1].strip() if line else None
    where = " This line was still running." if line else ""
    evidence = {"ended": "hang", "seconds": gone.seconds, "scope": gone.scope}
    if gone.scope == "call":
        message = (
            f"{name} had not finished after {gone.seconds:g} seconds of work and was stopped."
            f"{where} {_ENDLESS}"
        )
        return Finding(message, line=line, source=text, evidence=evidence)
    what = "One check" if gone.scope == "check" else "All checks together"
    message = (
        f"{name} was stopped.{where} {what} may take {gone.seconds:g} seconds of work, and it was "
        f"more. {_TOO_SLOW}"
    )
    evidence["ended"] = "slow"
    return Finding(message, line=line, source=text, evidence=evidence)
