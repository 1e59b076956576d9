"""Where numbers are drawn, and what is learned there."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from dojo.diagnosis.recognise import _is_blind
from dojo.wall.conversation import Conversation


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
