"""Processes on cores of their own: only where there is one for each, and none is left over."""

import os
import subprocess
import sys

import pytest

from dojo.machine import cores


@pytest.mark.parametrize(
    ("have", "processes", "got"),
    [
        ([0, 1], 2, [0, 1]),
        ([2, 5, 7], 3, [2, 5, 7]),
        ([0, 1], 1, [None]),
        ([0, 1], 3, [None, None, None]),
        ([0, 1, 2, 3], 2, [None, None]),
        ([4], 1, [None]),
    ],
)
def test_each_has_its_core_or_none_has(
    monkeypatch: pytest.MonkeyPatch, have: list[int], processes: int, got: list[int | None]
) -> None:
    monkeypatch.setattr(cores, "usable", lambda: have)
    assert cores.one_each(processes) == got


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="needs a system that can")
def test_a_process_stays_where_it_was_told_and_so_does_what_it_starts() -> None:
    core = cores.usable()[-1]
    look = "import os; print(sorted(os.sched_getaffinity(0)))"
    code = (
        "import subprocess, sys; from dojo.machine import cores; "
        f"cores.stay_on({core}); subprocess.run([sys.executable, '-c', {look!r}])"
    )
    shown = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert shown.stdout == f"[{core}]\n"


def test_no_core_is_any_core() -> None:
    before = cores.usable()
    cores.stay_on(None)
    assert cores.usable() == before
