"""Nobody gets in: each file of hostile/ tries one thing, and afterwards a learner is served still.

A case refuses by assertion; none of its answers may be 500 or above.
"""

import importlib.util
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

CASES = sorted((Path(__file__).parent / "hostile").glob("*.py"))


@pytest.mark.parametrize("path", CASES, ids=lambda p: p.stem)
def test_an_attempt_is_refused_or_harmless(path: Path, served: Any) -> None:
    _attempt_of(path)(served)
    assert [s for s in served.statuses if s >= 500] == []
    served.forgive()
    live = served.rooms.live(served.room)
    if live.fold.closed:
        return
    with served.join("Honest") as honest:
        event = {"n": 1, "at": "", "kind": "asked", "kata": "first", "text": "how?"}
        answer = honest.post("/api/events", json={"protocol": 1, "events": [event]}).json()
        assert answer["upto"] == 1
        assert answer["state"]["hand"]
    assert any(n.name == "Honest" for n in served.rooms.board(served.room).needs)


def _attempt_of(path: Path) -> Callable[[Any], None]:
    spec = importlib.util.spec_from_file_location(f"hostile_{path.stem}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    attempt: Callable[[Any], None] = module.attempt
    return attempt
