"""Where random numbers come from, permutations, orders, shares: what holds, and what is said."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, cast

import pytest
import torch

from dojo.failure import Failed
from dojo.suite.chance import rate
from dojo.suite.proxy import Learner
from dojo.suite.sequences import permutation
from dojo.suite.source import alike, draws_from
from dojo.suite.vocabulary import Gen
from dojo.wire.values import Record

Call = Callable[[torch.Generator], Any]
COUNTS = iter(range(10**6))


def judge(call: Call, calm: Any = None, moved: bool = False) -> str | None:
    """The mistake that is told of an answer, or None."""
    last = SimpleNamespace(global_draws=2)
    learner = cast("Learner", SimpleNamespace(last=last))
    names: dict[str, Any] = {n: n for n in ("elsewhere", "another", "fixed", "restarts")}

    def answer(g: torch.Generator) -> Any:
        last.global_draws += moved
        return call(g)

    try:
        draws_from(learner, Gen(3), answer, "numbers", calm=calm, **names)
    except Failed as failed:
        return failed.finding.mistake
    return None


def test_the_next_call_may_give_the_same_where_no_stub_forbids_it() -> None:
    learner = cast("Learner", SimpleNamespace(last=SimpleNamespace(global_draws=0)))
    draws_from(learner, Gen(3), restarting, "numbers", next_call=False)
    with pytest.raises(Failed):
        draws_from(learner, Gen(3), restarting, "numbers")


def fresh(g: torch.Generator) -> torch.Tensor:
    return torch.rand(5, generator=g)


def restarting(g: torch.Generator) -> torch.Tensor:
    return torch.rand(5, generator=torch.Generator().manual_seed(g.initial_seed()))


def with_others(g: torch.Generator) -> Any:
    return [fresh(g), 3, "same"]


def in_a_record(g: torch.Generator) -> Any:
    return Record("Data", {"x": fresh(g), "n": 5})


def seeded(g: torch.Generator) -> torch.Tensor:
    return fresh(torch.Generator().manual_seed(7))


def constant(g: torch.Generator) -> torch.Tensor:
    return torch.ones(5)


def counting(g: torch.Generator) -> float:
    return float(next(COUNTS))


@pytest.mark.parametrize(
    ("call", "mistake"),
    [
        (fresh, None),
        (with_others, None),
        (in_a_record, None),
        (seeded, "fixed"),
        (constant, "fixed"),
        (counting, "another"),
        (restarting, "restarts"),
    ],
)
def test_a_source_is_told_from_others(call: Call, mistake: str | None) -> None:
    assert judge(call) == mistake


def test_a_global_draw_is_told_first() -> None:
    assert judge(fresh, moved=True) == "elsewhere"


def test_an_answer_that_draws_nothing_is_left_to_another_check() -> None:
    assert judge(constant, calm=torch.ones(5)) is None
    assert judge(constant, calm=torch.zeros(5)) == "fixed"


def test_a_tensor_that_is_used_again_is_remembered_as_it_was() -> None:
    kept = torch.zeros(5)
    assert judge(lambda g: kept.copy_(fresh(g))) is None


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        (torch.ones(2), torch.ones(2) + 1e-8, True),
        (torch.ones(2), torch.ones(2) + 1e-3, False),
        (torch.ones(2), torch.ones(3), False),
        (torch.tensor([torch.nan]), torch.tensor([torch.nan]), True),
        ([1, torch.ones(1)], [1, torch.ones(1)], True),
        ([1], [1, 2], False),
        (1.0, 1.0 + 1e-9, True),
        ("a", "b", False),
    ],
)
def test_alike_is_equal_up_to_rounding(a: Any, b: Any, same: bool) -> None:
    assert alike(a, b) == same


def test_a_permutation_holds_each_number_once() -> None:
    permutation(torch.tensor([2, 0, 1]), 3)
    permutation([0], 1)
    with pytest.raises(Failed, match="The order should hold each number from 0 to 3 once, but 3 is "
                       "missing, and 1 stands there 2 times"):  # fmt: skip
        permutation([1, 0, 2, 1], 4, "the order", mistake="with-replacement")
    with pytest.raises(Failed, match="but 0 is missing, and 1 is there"):
        permutation([1, 2, 3], 3)
    with pytest.raises(Failed, match="has 2 entries, but it should have 3"):
        permutation([0, 1], 3)


def test_a_share_is_judged_up_to_chance() -> None:
    hits = torch.zeros(10_000, dtype=torch.bool)
    hits[:5100] = True
    rate(hits, 0.5, "the share")
    hits[:5500] = True
    with pytest.raises(Failed, match=r"The share is 0\.55; up to chance it should be 0\.5"):
        rate(hits, 0.5, "the share", {"other": 0.55})
