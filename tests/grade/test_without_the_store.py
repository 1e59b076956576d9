"""`kata grade` where what keeps gradings isn't installed."""

import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

HIDDEN = "import sys\nsys.modules['sqlalchemy'] = None\n"


def test_what_is_missing_is_said_and_a_plan_needs_nothing(
    command: list[str],
    environment: Mapping[str, str],
    pile: Callable[[Mapping[str, str]], Path],
    tmp_path: Path,
) -> None:
    pile({"anna/k1_mean_of_squares.py": "RIGHT"})
    runner = tmp_path / "hidden.py"
    text = Path(command[1]).read_text(encoding="utf-8")
    runner.write_text(HIDDEN + text.replace("__file__", repr(command[1])), encoding="utf-8")

    def kata(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [command[0], str(runner), *command[2:], *words],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
        )

    assert kata("grade", "pile", "--plan").returncode == 0
    done = kata("grade", "pile")
    assert done.returncode == 2
    assert "sqlalchemy is not installed" in done.stderr
    assert "`pip install sqlalchemy`" in done.stderr
    assert done.stderr.count("\n") <= 3
