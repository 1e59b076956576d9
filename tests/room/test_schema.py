"""No request that the API's own schema allows, and none that it forbids, is our fault."""

import contextlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode

from dojo.room.api import Limits

MUCH = (1e6, 10**6)
OPTIONS = settings(
    max_examples=30,
    deadline=None,
    derandomize=True,
    database=None,
    phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
)


def test_the_schema_names_what_learners_ask(served: Any) -> None:
    paths = {*served.app.openapi()["paths"]}
    assert {"/api/join", "/api/events", "/api/state", "/api/leave"} <= paths


def test_nothing_that_is_asked_ends_in_a_fault_of_ours(
    serve_room: Callable[..., Any], tmp_path: Path
) -> None:
    asked: list[int] = []
    with serve_room(tmp_path, Limits(MUCH, MUCH, MUCH, MUCH)) as room:
        schema: Any = schemathesis.openapi.from_dict(room.app.openapi())
        for found in schema.get_all_operations():
            for mode in GenerationMode:
                asked += _statuses(found.ok(), mode, room)
    assert len(asked) > 200
    assert max(asked) < 500
    assert {200, 400, 401} <= {*asked}


def _statuses(operation: Any, mode: GenerationMode, room: Any) -> list[int]:
    """What is answered to requests of one kind, by a stranger and by a learner."""
    statuses: list[int] = []
    nothing: dict[str, str] = {}

    @OPTIONS
    @given(case=operation.as_strategy(mode))
    def ask(case: Any) -> None:
        room.forgive()
        with room.join() as ada:
            token = {"Authorization": ada.headers["Authorization"]}
        for headers in (nothing, token):
            answer = case.call(base_url=room.base, headers=headers)
            statuses.append(answer.status_code)
            case.validate_response(answer, checks=[not_a_server_error])

    with contextlib.suppress(Unsatisfiable):  # a request without anything can't be wrong
        ask()
    return statuses
