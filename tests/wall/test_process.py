"""What a learner process leaves behind when it is ended: nothing."""

import os
import sys

import pytest

from dojo.wall.starter import Starter


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="counts files in /proc")
def test_no_descriptor_outlives_its_process() -> None:
    starter = Starter()
    kept = []
    try:
        open_before = _descriptors()
        for _ in range(5):
            process = starter.take_own("a kata")
            process.greet()
            process.close()
            kept.append(process)  # nothing is left to the garbage collector
        assert _descriptors() <= open_before + 3  # the fork server's own
    finally:
        starter.close()


def _descriptors() -> int:
    return len(os.listdir("/proc/self/fd"))
