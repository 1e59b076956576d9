"""A course of three katas, and a judge that goes by a word in the file and needs no torch."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from dojo.authors import scaffold
from dojo.course import catalog
from dojo.course.catalog import Catalog, load
from dojo.desk.desk import Desk
from dojo.desk.log import ProgressLog
from dojo.desk.progress import Progress
from dojo.desk.workspace import Workspace
from dojo.pictures import LossCurve
from dojo.request import Request
from dojo.verdict import CheckResult, Finding, Verdict
from dojo.warm.newest_wins import Ended, Event, Judged, Warm


@dataclass
class FakeElsewhere:
    """RIGHT passes, SLOW waits until it is overtaken, anything else fails.

    Attributes:
        requests: every request.
        told: what was told last.
    """

    catalog: Catalog
    tell: Callable[[Event], None]
    requests: list[Request] = field(default_factory=list)
    closed: bool = False
    pid: int | None = None

    def __post_init__(self) -> None:
        self.tell(Warm())

    def request(self, request: Request) -> int:
        self.requests.append(request)
        number = len(self.requests)
        verdict = verdict_on(request)
        for check in verdict.checks:
            self.tell(Ended(number, check))
        if b"SLOW" not in request.source:
            self.tell(Judged(number, verdict))
        return number

    def close(self) -> None:
        self.closed = True


def verdict_on(request: Request) -> Verdict:
    """What the fake judge says of a file."""
    right = b"RIGHT" in request.source
    finding = Finding(
        "The result is 7 times too large, and 7 is n here.\nWhere is the division?",
        mistake="sum-for-mean",
        line=3,
        source="    return x.square().sum(dim=0)",
    )
    values = CheckResult("mean_of_squares", "the mean of the squares", "values", "passed")
    if not right:
        values = CheckResult(values.name, values.title, "values", "failed", finding)
    return Verdict(
        kata=request.kata.id,
        status="pass" if right else "fail",
        digest=hashlib.sha256(request.source).hexdigest(),
        seed=4127,
        isolation="full",
        checks=(
            CheckResult("load", "the file runs and defines what is asked", "load", "passed"),
            CheckResult("one_number_a_column", "one number a column", "shapes", "passed"),
            values,
        ),
        output="epoch 0 0.4381\n" if b"PRINT" in request.source else "",
        pictures=(LossCurve.of([1.0, 0.5, 0.25]),) if b"DRAW" in request.source else (),
        seconds=0.1,
    )


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The desk of a learner of a course with the katas 1.2.1, 1.2.2 and 2.3.1."""
    root = tmp_path / "course"
    monkeypatch.setattr(catalog, "content_root", lambda: root)
    scaffold.create(root, "1.2.1", "mean-of-squares", "linear_regression")
    scaffold.create(root, "1.2.2", "second-mean")
    scaffold.create(root, "2.3.1", "third-mean", "from_scratch")
    (root / "pyproject.toml").touch()
    workspace = Workspace(root)
    return Desk(load(root), workspace, ProgressLog(workspace.state), Progress(), root)
