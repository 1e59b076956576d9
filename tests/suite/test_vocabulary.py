"""The words of suites, where a check fails."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, cast

import pytest

from dojo.failure import Failed, raised_finding
from dojo.suite.vocabulary import Learner, rejects, require, untouched
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


def changed(*names: str) -> Learner:
    """An answer whose last call changed these arguments."""
    return cast("Learner", SimpleNamespace(last=SimpleNamespace(changed=names)))


def test_what_was_changed_is_told_with_advice_or_with_the_mistake_of_a_card() -> None:
    untouched(changed())
    untouched(changed("x"), "y", mistake="in-place")
    with pytest.raises(Failed, match="The caller's `x` was changed") as plain:
        untouched(changed("x", "y"))
    with pytest.raises(Failed, match="The caller's x and y had other values") as named:
        untouched(changed("x", "y"), mistake="in-place")
    assert (plain.value.finding.mistake, named.value.finding.mistake) == (None, "in-place")


def test_a_mistake_may_be_found_out_when_the_condition_does_not_hold() -> None:
    asked: list[str] = []

    def why() -> str:
        asked.append("asked")
        return "in-place"

    require(True, "Fine.", mistake=why)
    assert not asked
    with pytest.raises(Failed, match="Bad") as caught:
        require(False, "Bad.", mistake=why)
    assert (caught.value.finding.mistake, asked) == ("in-place", ["asked"])
