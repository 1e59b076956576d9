"""Runs a function in a confined process of its own, with and without torch loaded.

The function takes the scratch folder and what else the test gives, imports what it needs itself,
and returns plain data. An OSError, RuntimeError or MemoryError that it raises is a refusal.
"""

import inspect
import json
import multiprocessing
import os
import sys
import textwrap
import types
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from dojo.learner import confine

ROOT = Path(__file__).resolve().parents[2]
MEMORY = 1 << 30
HARNESS = """
import json, os, sys, tempfile, traceback
sys.path.insert(0, root)
from pathlib import Path
from dojo.learner import confine
for name in missing:
    sys.modules[name] = None
confine.close_descriptors([1, 2, pipe])
os.environ["TMPDIR"] = tempfile.tempdir = scratch
isolation = confine.confine(Path(scratch), memory, cpu_seconds, 1 << 20)
os.write(pipe, json.dumps(isolation).encode() + b"\\n")
try:
    space = {}
    exec(source, space)
    answer = {"value": space[name_of](scratch, *args)}
except (OSError, RuntimeError, MemoryError) as error:
    answer = {"refused": type(error).__name__, "text": traceback.format_exc()}
os.write(pipe, json.dumps(answer).encode() + b"\\n")
os._exit(0)
"""


@dataclass(frozen=True)
class Outcome:
    """What became of a confined function."""

    isolation: str
    value: Any
    refused: str | None
    exit_code: int
    text: str = field(default="", compare=False)


Confined = Callable[..., Outcome]


@pytest.fixture(params=["spawn", "forkserver"])
def confined(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Confined:
    """Runs a function in a confined process: a new one, or forked where torch is loaded.

    Not forked from this one: other tests have run torch's operations here, and a fork may hang.
    """
    broken = [layer.why for layer in confine.layers() if not layer.works]
    if broken:
        pytest.skip("this machine can't confine: " + " ".join(broken))
    method = request.param
    context = multiprocessing.get_context(method)
    if method == "forkserver":
        context.set_forkserver_preload(["torch"])
    monkeypatch.setitem(sys.modules, "__main__", types.ModuleType("__main__"))
    scratch = tmp_path / "scratch"
    scratch.mkdir()

    def run(
        function: Callable[..., Any],
        *args: Any,
        missing: tuple[str, ...] = (),
        cpu_seconds: int = 60,
    ) -> Outcome:
        ours, theirs = context.Pipe(duplex=False)
        space = {
            "root": str(ROOT),
            "missing": missing,
            "scratch": str(scratch),
            "memory": MEMORY,
            "cpu_seconds": cpu_seconds,
            "source": textwrap.dedent(inspect.getsource(function)),
            "name_of": function.__name__,
            "args": args,
        }
        process = context.Process(
            target=exec, args=("pipe = line.fileno()\n" + HARNESS, {**space, "line": theirs})
        )
        process.start()
        theirs.close()
        with ours, open(os.dup(ours.fileno()), encoding="utf-8") as lines:
            told = lines.read().splitlines()
        process.join(30)
        assert process.exitcode is not None
        answer = json.loads(told[1]) if len(told) > 1 else {}
        return Outcome(
            json.loads(told[0]) if told else "",
            answer.get("value"),
            answer.get("refused"),
            process.exitcode,
            answer.get("text", ""),
        )

    return run


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """A file beside the scratch folder."""
    path = tmp_path / "secret.txt"
    path.write_text("secret")
    path.chmod(0o644)
    return path
