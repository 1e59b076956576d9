"""The words that compare: what holds, what doesn't, and how it is said."""

import dataclasses
import math
from collections.abc import Callable
from types import ModuleType, SimpleNamespace
from typing import Any, cast

import pytest
import torch

from dojo.failure import Failed
from dojo.suite.agreeing import agree
from dojo.suite.compare import close, length, same, set_single
from dojo.suite.proxy import Learner
from dojo.suite.vocabulary import Spy
from dojo.wire.values import Record


@dataclasses.dataclass
class Fit:
    w: torch.Tensor
    losses: list[float]


def scaled(x: torch.Tensor, factor: float) -> Fit:
    return Fit(x * factor, [factor, 2 * factor])


def doubles(x: torch.Tensor) -> None:
    x *= 2


def taken(fit: Fit) -> torch.Tensor:
    return fit.w


REFERENCE = ModuleType("reference")
vars(REFERENCE).update(scaled=scaled, doubles=doubles, taken=taken, Fit=Fit)


def always(value: object) -> Callable[..., object]:
    def function(*args: object) -> object:
        return value

    return function


def compare(name: str, theirs: Any, *args: Any) -> Any:
    return agree(cast("Learner", SimpleNamespace(**{name: theirs})), REFERENCE, name, *args)


def test_an_equal_answer_agrees_and_is_returned() -> None:
    answer = Record("Fit", {"w": torch.ones(2) * 3, "losses": [3.0, 6.0]})
    assert compare("scaled", always(answer), torch.ones(2), 3.0) is answer


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"w": torch.ones(2) * 4, "losses": [3.0, 6.0]}, "`w` of the result"),
        ({"w": torch.ones(2) * 3, "losses": [3.0]}, "1 entry, but it should have 2"),
        ({"w": torch.ones(2) * 3, "losses": [3.0, 7.0]}, "Item 1 of `losses`"),
        ({"w": torch.ones(2) * 3}, "`losses` of the result"),
    ],
)
def test_another_answer_is_found_where_it_differs(fields: dict[str, Any], words: str) -> None:
    with pytest.raises(Failed) as caught:
        compare("scaled", always(Record("Fit", fields)), torch.ones(2), 3.0)
    assert words in caught.value.finding.message


def test_what_is_made_of_the_arguments_is_compared_too() -> None:
    compare("doubles", doubles, torch.ones(2))
    with pytest.raises(Failed) as caught:
        compare("doubles", always(None), torch.ones(2))
    assert "rgument 1 after the call of `doubles`" in caught.value.finding.message


def test_the_reference_gets_its_own_dataclasses() -> None:
    fit = Record("Fit", {"w": torch.ones(2), "losses": []})
    compare("taken", taken, fit)


def test_a_length_says_what_is_and_what_should_be() -> None:
    length([1, 2], 2)
    with pytest.raises(Failed) as caught:
        length([1], 2, "losses", mistake="last-only")
    assert caught.value.finding.message == "Losses has 1 entry, but it should have 2."
    assert caught.value.finding.mistake == "last-only"


@pytest.mark.parametrize(
    ("got", "want", "words"),
    [
        ([0.2439291, 1.0], [0.2439287, 1.0], "1 of 2 numbers, most at [0]: 0.2439291 instead of"),
        (1.0 + 1e-9, 1.0, "1.000000001, but 1 was expected"),
        ([0.5, 0.25], [0.25, 0.5], "all 2 numbers"),
        ([1.0, math.nan], [1.0, 2.0], "1 of 2 numbers is NaN or infinite, the first at [1]"),
        (math.inf, 2.0, "it is NaN or infinite"),
        ([math.inf, 2.0], [math.inf, 3.0], "1 of 2 numbers, most at [1]: 2 instead of 3"),
        ([math.nan, 2.0], [math.nan, 3.0], "most at [1]: 2 instead of 3"),
    ],
)
def test_a_difference_is_told_in_as_many_digits_as_it_takes(
    got: object, want: object, words: str
) -> None:
    with pytest.raises(Failed) as caught:
        close(got, want)
    assert words in caught.value.finding.message


def test_a_difference_spread_over_many_numbers_is_seen_in_some() -> None:
    want = torch.ones(30, dtype=torch.float64)
    with pytest.raises(Failed) as caught:
        close(want + 1.2e-10 * torch.linspace(0.9, 1.0, 30, dtype=torch.float64), want)
    assert " 0 of 30" not in caught.value.finding.message
    assert "differs in" in caught.value.finding.message


@pytest.mark.parametrize("single", [False, True])
def test_a_share_may_be_allowed_in_either_dtype(single: bool) -> None:
    want, allowed = torch.tensor([3.0, 4.0], dtype=torch.float64), (1e-6, 1e-3)
    set_single(single)
    try:
        close([(1 + 0.9 * allowed[single]) * want], [want], allowed=allowed)
        with pytest.raises(Failed):
            close((1 + 1.1 * allowed[single]) * want, want, allowed=allowed)
        with pytest.raises(Failed):
            close((1 + 0.9 * allowed[single]) * want, want)
    finally:
        set_single(False)


def test_of_long_lists_the_first_difference_is_told() -> None:
    with pytest.raises(Failed) as caught:
        same([0] * 60 + [1] + [0] * 9, [0] * 70, "the labels")
    assert caught.value.finding.message == "The labels[60] is 1, but it should be 0."


def test_a_spy_remembers_values_as_they_were_and_ends_endless_loops() -> None:
    spy = Spy(torch.sum, most=2, mistake="no-limit")
    x = torch.ones(2)
    assert float(spy(x)) == 2
    x.zero_()
    close(spy.calls[0][0], [1.0, 1.0])
    spy(x)
    with pytest.raises(Failed) as caught:
        spy(x)
    assert caught.value.finding.mistake == "no-limit"


def test_lists_of_tensors_are_compared_item_by_item() -> None:
    right = [torch.ones(2), torch.zeros(3, 1)]
    close([torch.ones(2), torch.zeros(3, 1)], right, "the gradients")
    with pytest.raises(Failed, match="Item 1 of the gradients differs in"):
        close([torch.ones(2), torch.ones(3, 1)], right, "the gradients")
    with pytest.raises(Failed, match="The gradients has 1 entry, but it should have 2"):
        close([torch.ones(2)], right, "the gradients")
    with pytest.raises(Failed, match="The gradients should be a list"):
        close(torch.ones(2), right, "the gradients")


class Counter:
    def __init__(self, start: int) -> None:
        self.total = start

    def add(self, n: int) -> int:
        self.total += n
        return self.total


def test_objects_agree_call_by_call() -> None:
    vars(REFERENCE)["Counter"] = Counter

    class Forgetful(Counter):
        def add(self, n: int) -> int:
            return 2 + n

    steps = [("add", 3), ("add", 4)]
    theirs = cast("Learner", SimpleNamespace(Counter=Counter))
    agree(theirs, REFERENCE, "Counter", 2, then=steps)
    theirs = cast("Learner", SimpleNamespace(Counter=Forgetful))
    with pytest.raises(Failed, match="The result of `add` of `Counter` is 6, but it should be 9"):
        agree(theirs, REFERENCE, "Counter", 2, then=steps)


def test_dicts_agree_key_by_key() -> None:
    vars(REFERENCE)["table"] = lambda: {"w": torch.ones(2), "n": 1}
    compare("table", always({"n": 1, "w": torch.ones(2)}))
    for wrong, words in (
        ({"w": torch.ones(2)}, "list of keys of the result"),
        ({"n": 1, "w": torch.zeros(2)}, "'w'"),
        ([1], "should be a dict"),
    ):
        with pytest.raises(Failed, match=words):
            compare("table", always(wrong))
