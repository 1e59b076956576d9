"""What a judge is asked: light enough for a command that only asks."""

import subprocess
import sys

import pytest

from dojo.course.catalog import Kata
from dojo.request import Request


@pytest.mark.parametrize(
    ("source", "may"),
    [("optimizer = torch.optim.SGD(params)", True), ("w = w - lr * dw", False)],
)
def test_a_request_says_whether_optimizers_are_worth_preloading(
    grads: Kata, source: str, may: bool
) -> None:
    assert Request(grads, source.encode(), "answer.py").may_optimize is may


def test_asking_loads_nothing_slow() -> None:
    code = "import sys, dojo.request; print({'torch', 'multiprocessing'} & {*sys.modules})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
