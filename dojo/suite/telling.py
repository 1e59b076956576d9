"""The word for katas whose answer is itself a test: does it tell right code from wrong?"""

from collections.abc import Callable, Mapping
from typing import Any

from dojo.failure import Failed, evidence_of
from dojo.suite.proxy import Learner
from dojo.verdict import Finding

NAME = "implementation"  # what every candidate is called on the far side
_Code = Callable[..., Any]


def tells_apart(
    learner: Learner,
    function: str,
    right: Mapping[str, _Code],
    wrong: Mapping[str, _Code],
    order: list[int],
    errors: tuple[type[Exception], ...] = (),
) -> None:
    """Require that a test of the learner's accepts all right implementations and no wrong one.

    It refuses by raising AssertionError, or by returning False. The implementations are called
    here, under one neutral name, so that nothing but what they do tells them apart.

    Args:
        learner: the answer.
        function: the name of the learner's test; it takes one implementation.
        right: right implementations, each with a few words for who reads the finding.
        wrong: wrong ones, by the mistake of the card that letting it through is.
        order: of all candidates, right ones first, as `gen.permutation` gives it.
        errors: that an implementation raises rightly, and that reach the learner's test.

    Raises:
        Failed: one was judged wrongly.
    """
    names = [*right, *wrong]
    candidates = {**right, **wrong}
    for number in order:
        name = names[number]
        accepted, why = _verdict(learner, function, candidates[name], errors)
        if name in right and not accepted:
            said = f" ({why.finding.message})" if why is not None else ""
            raise Failed(
                Finding(
                    f"`{function}` refuses a right implementation: {name}{said}.",
                    line=why.finding.line if why is not None else None,
                    source=why.finding.source if why is not None else None,
                    evidence=evidence_of(refused=name),
                )
            )
        if name in wrong and accepted:
            raise Failed(
                Finding(
                    f"`{function}` lets a wrong implementation through.",
                    mistake=name,
                    evidence=evidence_of(accepted=name),
                )
            )


def _verdict(
    learner: Learner, function: str, code: _Code, errors: tuple[type[Exception], ...]
) -> tuple[bool, Failed | None]:
    """Whether the learner's test accepts a candidate, and by what it refused."""

    def implementation(*args: Any) -> Any:
        return code(*args)

    implementation.__name__ = NAME
    implementation.hands_on = errors  # type: ignore[attr-defined]
    try:
        return getattr(learner, function)(implementation) is not False, None
    except Failed as failed:
        raised = failed.raised
        refusals = {"AssertionError", *(e.__name__ for e in errors)}
        if raised is None or not refusals & {raised.type, *raised.bases}:
            raise
        return False, failed
