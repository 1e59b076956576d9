"""A class of 200, graded in every way; minutes long, so only with `--whole`.

What of it runs always is in test_real.py (one worker and two), test_cluster.py (Dask) and
test_grade.py (shares, kills).
"""

import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("sqlalchemy")
pytest.importorskip("distributed")
ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.timeout(7200)
def test_a_class_is_graded_alike_in_every_way(whole: bool) -> None:
    if not whole:
        pytest.skip("takes minutes: --whole")
    done = subprocess.run(
        [sys.executable, "-m", "bench.classroom"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "nothing differs" in done.stdout
