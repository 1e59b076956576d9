"""The words of suites, where a check fails."""

from collections.abc import Callable
from typing import Any

import pytest

from dojo.failure import Failed, raised_finding
from dojo.suite.vocabulary import rejects
from dojo.words.raised import Raised


def stops_with(kind: str, own: bool) -> Callable[[], Any]:
    """A call of an answer that raises."""
    raised = Raised(kind, (kind, "Exception"), "", (3,), "f", "", own)

    def call() -> None:
        finding = raised_finding(raised, "f", ["a", "b", "c"])
        raise Failed(finding, cause="raised", raised=raised)

    return call


@pytest.mark.parametrize("own", [True, False])
def test_an_error_of_the_right_type_is_a_refusal(own: bool) -> None:
    rejects(stops_with("ValueError", own), ValueError, "unequal shapes")


@pytest.mark.parametrize(
    ("own", "words"),
    [
        (True, "Unequal shapes should raise ValueError, but the answer raises TypeError itself."),
        (False, "but nothing refused it, and this line stopped with TypeError."),
    ],
)
def test_another_error_is_told_beside_the_one_that_was_asked_for(own: bool, words: str) -> None:
    with pytest.raises(Failed) as caught:
        rejects(stops_with("TypeError", own), ValueError, "unequal shapes")
    finding = caught.value.finding
    assert words in finding.message
    assert (finding.mistake, finding.line, finding.source) == ("other-error", 3, "c")


def test_what_went_through_was_not_refused() -> None:
    with pytest.raises(Failed, match="went through"):
        rejects(lambda: None, ValueError, "unequal shapes")
