"""Which parts may know which: the far side nothing of the judge, quick commands nothing slow."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

DOJO = Path(__file__).resolve().parents[1] / "dojo"


def imports(path: Path) -> set[str]:
    """Full names of what a file imports, wherever it does."""
    out: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            out |= {a.name for a in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            out |= {f"{node.module}.{a.name}" for a in node.names} | {node.module}
    return out


@pytest.mark.parametrize("path", sorted((DOJO / "learner").glob("*.py")), ids=lambda p: p.name)
def test_the_learner_side_imports_nothing_of_the_judge(path: Path) -> None:
    allowed = (
        "dojo.learner",
        "dojo.wire.codec",
        "dojo.wire.frames",
        "dojo.wire.values",
        "dojo.DISTRIBUTION",
    )
    ours = {name for name in imports(path) if name.split(".")[0] in ("dojo", "kata")}
    assert {n for n in ours - {"dojo"} if not n.startswith(allowed)} == set()


@pytest.mark.parametrize("name", ["verdict", "pictures", "values", "errors"])
def test_plain_data_imports_nothing_of_the_engine(name: str) -> None:
    ours = {n for n in imports(DOJO / f"{name}.py") if n.startswith("dojo")}
    assert not {n for n in ours if not n.startswith("dojo.pictures")}  # plain data, too


def test_a_process_of_the_far_side_holds_nothing_of_the_judge() -> None:
    code = (
        "import sys, dojo.learner.preload; "
        "print([m for m in sys.modules if m.startswith(('dojo.judge', 'dojo.diagnosis', "
        "'dojo.course.catalog', 'dojo.course.derive', 'pytest', '_pytest'))])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_entering_a_judge_names_nothing_slow_before_the_fork_server_starts() -> None:
    code = "import sys, dojo.judge.judge; print('torch' in sys.modules, 'pytest' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]
