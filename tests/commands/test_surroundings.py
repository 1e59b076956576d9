"""Nothing of a person's shell and folder reaches what judges: neither settings nor modules."""

import json
import os
import signal
import subprocess
import sys
from collections import UserDict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dojo.course import catalog
from dojo.machine import surroundings

KATA = catalog.load().kata("1.1.1")
RIGHT = KATA.solution_path.read_text(encoding="utf-8")
COMMAND = [sys.executable, "-m", "kata"]
# What Python itself imports for `python -m`, before a line of ours runs.
PYTHONS_OWN = {
    *("importlib", "contextlib", "warnings", "collections", "functools", "types", "operator"),
    *("keyword", "reprlib", "encodings", "sitecustomize", "usercustomize", "__main__"),
    *("linecache", "tokenize", "re", "enum", "token", "copyreg"),
}
PACKAGES = {
    *("torch", "numpy", "pytest", "_pytest", "pluggy", "click", "rich", "dojo", "jaxtyping"),
    *("textual", "watchfiles", "plotext", "matplotlib", "sandlock", "pyseccomp", "pyrefly"),
    *("answer", "conftest", "pygments", "typing_extensions", "checks", "solutions", "bench"),
}
STRANGE = {
    "PYTEST_ADDOPTS": "-k one_number -n auto --cov=src",
    "PYTEST_PLUGINS": "no_such_plugin",
    "PYTEST_DEBUG": "1",
    "PYTHONOPTIMIZE": "2",
    "PYTHONWARNINGS": "error",
    "PYTHONDEVMODE": "1",
    "PYTHONSTARTUP": "/nowhere.py",
    "PYTHONBREAKPOINT": "nowhere.at_all",
    "TORCH_LOGS": "no_such_log",
    "TORCH_DEVICE_BACKEND_AUTOLOAD": "nonsense",
    "TORCHDYNAMO_DISABLE": "1",
    "PYTORCH_JIT": "0",
    "JAXTYPING_DISABLE": "1",
    "OMP_NUM_THREADS": "many",
    "MKL_NUM_THREADS": "-3",
    "KMP_AFFINITY": "nonsense",
    "OPENBLAS_NUM_THREADS": "0",
    "LC_ALL": "C",
}


@pytest.fixture
def trapped(tmp_path: Path) -> Path:
    """A folder in which any module that somebody may import leaves its name in MARK."""
    folder = tmp_path / "trapped"
    folder.mkdir()
    for name in (set(sys.stdlib_module_names) | PACKAGES) - PYTHONS_OWN:
        trap = f"open({str(folder / 'MARK')!r}, 'a').write({name!r} + ' ')\nraise SystemExit(99)\n"
        (folder / f"{name}.py").write_text(trap)
    (folder / "pytest.ini").write_text("[pytest]\naddopts = -k nothing\n")
    (folder / "matplotlibrc").write_bytes(b"\xff\xfe: no settings\n")
    return folder


@pytest.fixture
def home(tmp_path: Path, environment: dict[str, str]) -> dict[str, str]:
    """The environment of somebody who has a workspace and keeps it in mind."""
    folder = tmp_path / "workspace"
    environment = {**environment, "KATA_WORKSPACE": str(folder)}
    run(["init", str(folder)], tmp_path, environment)
    return environment


def run(
    words: list[str], folder: Path, environment: dict[str, str], code: int = 0
) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [*COMMAND, *words],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=240,
    )
    assert done.returncode == code, done.stdout + done.stderr
    return done


def fell_into(trapped: Path) -> str:
    mark = trapped / "MARK"
    return mark.read_text() if mark.exists() else ""


@pytest.mark.parametrize("words", [["next"], ["list"], ["doctor"]])
def test_no_command_imports_from_the_folder_it_is_called_in(
    words: list[str], trapped: Path, home: dict[str, str]
) -> None:
    run(words, trapped, home)
    assert fell_into(trapped) == ""


@pytest.mark.parametrize("path", ["", ".", "/nowhere:"])
def test_a_check_imports_nothing_from_its_folder(
    path: str, trapped: Path, home: dict[str, str]
) -> None:
    (trapped / "mine.py").write_text(RIGHT)
    words = ["check", "1.1.1", "--file", "mine.py"]
    done = run(words, trapped, {**home, "PYTHONPATH": path})
    assert "Passed" in done.stdout
    assert fell_into(trapped) == ""


def test_a_picture_is_saved_by_nobodys_settings(trapped: Path, home: dict[str, str]) -> None:
    kata = catalog.load().kata("1.2.2")
    stub = Path(home["KATA_WORKSPACE"]) / "katas" / kata.stub_name
    stub.write_bytes(kata.solution_path.read_bytes())
    run(["plot", "1.2.2", "--save", "p.png"], trapped, home)
    assert (trapped / "p.png").stat().st_size > 0
    assert fell_into(trapped) == ""


@pytest.mark.skipif(os.name != "posix", reason="Ctrl-C is a signal here")
def test_watching_imports_nothing_from_its_folder(trapped: Path, home: dict[str, str]) -> None:
    process = subprocess.Popen(
        [*COMMAND, "watch", "1.1.1", "--plain"],
        cwd=trapped,
        env={**home, "PYTHONUNBUFFERED": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    for line in process.stdout:
        if "Nothing is written here yet" in line:
            break
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert (process.returncode, errors.count("Traceback")) == (130, 0)
    assert fell_into(trapped) == ""


@pytest.mark.parametrize("wrong", [False, True], ids=["right", "wrong"])
def test_the_environment_changes_no_verdict(
    wrong: bool, tmp_path: Path, home: dict[str, str]
) -> None:
    answer = RIGHT.replace(".mean()", ".sum() * 0") if wrong else RIGHT
    (tmp_path / "mine.py").write_text(answer)
    words = ["check", "1.1.1", "--file", "mine.py", "--seed", "3", "--format", "json"]
    plain = run(words, tmp_path, home, code=int(wrong))
    strange = run(words, tmp_path, {**home, **STRANGE}, code=int(wrong))
    assert _lasting(strange.stdout) == _lasting(plain.stdout)
    assert strange.stderr == plain.stderr


ODD_START = """
import os, signal, sys
signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals() - {signal.SIGKILL, signal.SIGSTOP})
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
for number in (0, 1, 2):
    os.close(number)
os.execv(sys.executable, [sys.executable, "-m", "kata", *sys.argv[1:]])
"""


@pytest.mark.skipif(os.name != "posix", reason="signals and descriptors of Unix")
def test_a_check_needs_no_streams_and_no_signals_of_its_parent(
    tmp_path: Path, home: dict[str, str]
) -> None:
    stub = Path(home["KATA_WORKSPACE"]) / "katas" / KATA.stub_name
    stub.write_text(RIGHT)
    words = [sys.executable, "-c", ODD_START, "check", "1.1.1"]
    assert subprocess.run(words, cwd=tmp_path, env=home, timeout=240).returncode == 0


def test_what_judges_gets_a_short_list(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {**STRANGE, "AWS_SECRET_ACCESS_KEY": "secret"}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("PATH", "/bin")
    bare = surroundings.bare()
    assert bare["PATH"] == "/bin"
    assert set(STRANGE) & set(bare) == set()
    assert "AWS_SECRET_ACCESS_KEY" not in bare


class _Vanishing(UserDict[str, str]):
    """An environment from which another thread takes a name away while it is being read."""

    def __iter__(self) -> Iterator[str]:
        names = list(self.data)
        self.data.pop("PYTEST_GONE", None)
        return iter(names)


def test_the_environment_is_read_while_another_thread_changes_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(os, "environ", _Vanishing({"PYTEST_GONE": "1", "PATH": "/bin"}))
    assert surroundings.environment() == {"PATH": "/bin"}
    assert surroundings.bare()["PATH"] == "/bin"


def test_what_was_left_behind_is_still_there_for_an_authors_programs() -> None:
    code = (
        "from dojo.machine.surroundings import leave, of_the_person; import os; leave(); "
        "print(os.environ.get('PIP_INDEX_URL'), of_the_person()['PIP_INDEX_URL'])"
    )
    done = subprocess.run(
        surroundings.python(code),
        env={**surroundings.bare(), "PIP_INDEX_URL": "ours"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "None ours\n"


def test_the_path_of_what_judges_names_no_current_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", ["", ".", "lib", *sys.path])
    found = surroundings.safe_path()
    assert all(os.path.isabs(p) for p in found)
    assert str(Path(surroundings.__file__).parents[2]) in found


def _lasting(text: str) -> Any:
    """A document without what differs from run to run."""
    document = json.loads(text)
    for verdict in document["verdicts"]:
        del verdict["duration"]
        for check in verdict["checks"]:
            del check["duration"]
    return document
