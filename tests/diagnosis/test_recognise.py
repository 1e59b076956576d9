"""What is learned beside a wrong result."""

from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest
import torch

from dojo.diagnosis.facets import Numbers
from dojo.diagnosis.recognise import _is_blind, _others
from dojo.diagnosis.replay import Marks
from dojo.failure import Failed
from dojo.suite.attempt import CheckRun
from dojo.verdict import Finding
from dojo.wall.conversation import Conversation


def facets(*results: float) -> Marks:
    return {(0, 1, f"value[{i}]"): Numbers(np.array([r]), False) for i, r in enumerate(results)}


@pytest.mark.parametrize(
    ("theirs", "sentence"),
    [
        ((9.5, 2.5), "The other result is right."),
        ((9.5, 2.5, 3.5), "The other 2 results of this call are right."),
        ((9.5, 8.5, 3.5), None),
        ((9.5,), None),
    ],
)
def test_the_right_results_beside_a_wrong_one_are_told(
    theirs: tuple[float, ...], sentence: str | None
) -> None:
    right = facets(*(1.5, 2.5, 3.5)[: len(theirs)])
    got = torch.tensor([9.5], dtype=torch.float64)
    failed = Failed(Finding("wrong"), cause="value", got=got)
    check = cast("CheckRun", SimpleNamespace(failed=failed))
    assert next(_others(check, facets(*theirs), right), None) == sentence


@pytest.mark.parametrize(
    ("args", "randoms", "blind"),
    [
        ([{"k": "tensor"}], [], False),
        ([{"k": "list", "items": [{"k": "generator"}]}], [], True),
        ([3], ["torch"], True),
    ],
)
def test_where_numbers_are_drawn_no_variant_is_asked_to_agree(
    args: list[Any], randoms: list[str], blind: bool
) -> None:
    answer = SimpleNamespace(body={"report": {"randoms": randoms}})
    talk = SimpleNamespace(exchanges=[SimpleNamespace(body={"args": args}, answer=answer)])
    assert _is_blind(cast("Conversation", talk)) == blind
