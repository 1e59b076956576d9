"""What a card may forbid: each ban is found in a text, and traps what torch really has."""

import operator

import pytest
import torch

from dojo.bans import BANS, Ban
from dojo.contract import static
from dojo.failure import Failed
from dojo.learner import traps


@pytest.mark.parametrize("name", BANS)
def test_what_is_looked_for_is_found(name: str) -> None:
    ban = BANS[name]
    for call in ban.calls:
        home = next(h for h in ban.homes if h.startswith("torch"))
        with pytest.raises(Failed) as caught:
            _look(f"import torch\nx = {home}.{call}(1)\n", name)
        assert (caught.value.finding.message, caught.value.finding.line) == (ban.found, 2)


@pytest.mark.parametrize("name", BANS)
def test_other_calls_are_not_found(name: str) -> None:
    _look("import torch\nx = torch.zeros(1).square().sum()\n", name)


@pytest.mark.parametrize("ban", BANS.values(), ids=BANS)
def test_what_is_trapped_is_there(ban: Ban) -> None:
    for name in ban.traps:
        path = name.partition(".")[2]
        if path:
            assert callable(operator.attrgetter(path)(torch))
        else:
            assert any(callable(getattr(home, name, None)) for home in traps._HOMES), name


def _look(text: str, ban: str) -> None:
    static.check_forbidden(static.parse(text.encode()), (ban,))
