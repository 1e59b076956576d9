"""Evasions and mischief, each a small file in tests/attacks/, judged as answers to kata 1.2.2.

Where the second line names another kata, it is an answer to that one. Each gives a verdict that is
not a pass, in time, with the sentence that its first line expects, and an honest answer judged
right after it passes. What no formatter or type checker should have
to read (bytes that are no Python, thousands of brackets) is made here.

The kata is the real one but for its card: one known mistake is enough, for it is the wall that is
tested here and not the diagnosis.
"""

import contextlib
import dataclasses
import os
import shutil
import sys
import tempfile
import time
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

if sys.platform != "linux":  # unconfined, some of them would end every process of their user
    pytest.skip("attacks are tried where the confinement exists", allow_module_level=True)

import resource

from dojo.course import catalog
from dojo.course.catalog import Kata
from dojo.judge.judge import Judge
from dojo.learner import confine
from dojo.request import Request
from dojo.verdict import Verdict

ATTACKS = Path(__file__).parent / "attacks"
LESSON, STEM = "lesson_1_2_linear_regression", "k2_mse_grads_by_hand"
SECRET = "open sesame"
# Loading a file may take five seconds whatever the kata says, and the machine may be busy.
IN_TIME = 30.0
MEMORY = 500 * 10**6  # bytes by which the judge may grow

ZEROS = (ATTACKS / "zeros.py").read_bytes()
ODD_BYTES: dict[str, tuple[str, bytes]] = {
    "syntax_error": ("can't read the file", b"def line_grads(:\n"),
    "null_bytes": ("can't read the file", ZEROS + b"\nvalue = '\0'\n"),
    "unknown_coding": ("not text that Python can read", b"# coding: kata-9\n" + ZEROS),
    "coding_of_no_text": ("not text that Python can read", b"# coding: rot13\n" + ZEROS),
    "utf_16": ("not text that Python can read", ZEROS.decode().encode("utf-16")),
    "binary": ("not text that Python can read", bytes(range(256)) * 100),
    "deep_brackets": ("can't read the file", b"v = " + b"(" * 5000 + b"1" + b")" * 5000 + b"\n"),
    "deep_signs": ("can't read the file", b"v = " + b"-" * 60_000 + b"1\n"),
    "deep_not": ("can't read the file", b"v = " + b"not " * 3000 + b"1\n"),
    "long_sum": ("can't read the file", b"v = " + b"1+" * 60_000 + b"1\n"),
    "long_chain": ("can't read the file", b"v = int" + b".real" * 60_000 + b"\n"),
    "long_number": ("can't read the file", b"v = " + b"9" * 100_000 + b"\n"),
    "deep_lists": ("derivative", b"v = " + b"[" * 150 + b"]" * 150 + b"\n" + ZEROS),
    "deep_lambdas": ("derivative", b"v = " + b"lambda: " * 300 + b"1\n" + ZEROS),
    "deep_functions": (
        "derivative",
        b"".join(b" " * n + b"def f():\n" for n in range(90)) + b" " * 90 + b"pass\n" + ZEROS,
    ),
    "doubling_types": (
        "derivative",
        b"A0 = int\n"
        + b"".join(b"A%d = tuple[A%d, A%d]\n" % (n, n - 1, n - 1) for n in range(1, 40))
        + b"def g(x: A39) -> A39:\n    return x\n"
        + ZEROS,
    ),
    "types_of_themselves": ("derivative", b"T = list['T']\ndef g(x: T) -> T: ...\n" + ZEROS),
    "endless_constant": ("had not finished", b"v = 9**9**9**9\n" + ZEROS),
    "huge_constant": ("more memory than there is", b"v = 'x' * 10**10\n" + ZEROS),
    "huge_docstring": ("derivative", b'"""' + b"pass " * 1_000_000 + b'"""\n' + ZEROS),
}


@pytest.fixture(scope="module")
def kata(tmp_path_factory: pytest.TempPathFactory) -> Kata:
    """Kata 1.2.2 with a second for each call and one known mistake."""
    source, root = catalog.content_root(), tmp_path_factory.mktemp("content")
    for name in (f"checks/{LESSON}/test_{STEM}.py", f"solutions/{LESSON}/{STEM}.py"):
        (root / name).parent.mkdir(parents=True)
        shutil.copy(source / name, root / name)
    card = (source / f"checks/{LESSON}/{STEM}.toml").read_text(encoding="utf-8")
    shorter = "\n[[mistake]]".join(card.split("\n[[mistake]]")[:2])
    (root / f"checks/{LESSON}/{STEM}.toml").write_text(shorter, encoding="utf-8")
    return dataclasses.replace(catalog.load(root).kata("1.2.2"), seconds=1.0)


@pytest.fixture(scope="module")
def judge(kata: Kata, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Judge]:
    """A judge with a folder for temporary files of its own; nothing may be left at its end."""
    folder = tmp_path_factory.mktemp("temporary")
    before = tempfile.tempdir
    tempfile.tempdir = str(folder)
    os.environ["KATA_TEST_TOKEN"] = SECRET
    try:
        with Judge(catalog.load(kata.root)) as judge:
            yield judge
        assert _learner_processes_end(folder)
        # This process's folder stays until its end, but nothing of an answer in it.
        assert not [*folder.glob("kata-*/answer-*"), *folder.glob("kata-*/types-*")]
    finally:
        tempfile.tempdir = before
        del os.environ["KATA_TEST_TOKEN"]


@pytest.mark.parametrize("path", sorted(ATTACKS.glob("*.py")), ids=lambda p: p.stem)
def test_an_attack_is_no_pass(judge: Judge, kata: Kata, path: Path) -> None:
    first, second, *_ = path.read_text(encoding="utf-8").split("\n")
    if second.startswith("# kata: "):
        other = catalog.load().kata(second.removeprefix("# kata: "))
        kata = dataclasses.replace(other, seconds=kata.seconds)
    _withstand(judge, kata, path.read_bytes(), first.removeprefix("# expect:"))


@pytest.mark.parametrize("name", ODD_BYTES)
def test_odd_bytes_are_no_pass(judge: Judge, kata: Kata, name: str) -> None:
    expected, source = ODD_BYTES[name]
    _withstand(judge, kata, source, expected)


def test_files_beside_the_subject_are_not_imported(
    judge: Judge, kata: Kata, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("torch", "conftest", "pytest", "sitecustomize", "dojo", "json", "jaxtyping"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit(0)\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    with Judge(judge.catalog, method="spawn") as other:
        for one in (judge, other):
            assert one.check(Request(kata, kata.solution_path.read_bytes(), f"{STEM}.py")).passed
            assert one.check(Request(kata, ZEROS, f"{STEM}.py")).status == "fail"


def _withstand(judge: Judge, kata: Kata, source: bytes, expected: str) -> None:
    started, before = time.perf_counter(), _most_memory()
    seed = zlib.crc32(source)  # the same inputs at every run, others for each file
    verdict = judge.check(Request(kata, source, f"{STEM}.py", seed))
    assert time.perf_counter() - started < IN_TIME
    assert verdict.status != "pass"
    assert _most_memory() - before < MEMORY
    said = _said(verdict)
    assert any(words.strip() in said for words in expected.split("|")), said
    assert SECRET not in verdict.output
    if all(layer.works for layer in confine.layers()):
        assert verdict.isolation == confine.FULL
    assert not Path("/tmp/kata_was_here").exists()

    honest = judge.check(Request(kata, kata.solution_path.read_bytes(), f"{STEM}.py"))
    assert honest.passed, _said(honest)


def _most_memory() -> int:
    """The most memory that this process, which is the judge's, has held so far, in bytes."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def _said(verdict: Verdict) -> str:
    findings = [finding.message for finding in verdict.findings]
    return "\n".join([*findings, verdict.reason or ""])


def _learner_processes_end(folder: Path) -> bool:
    """Whether no process works below a folder, in good time: a kill takes a moment to land."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        if not any(place.startswith(str(folder)) for place in _places()):
            return True
        time.sleep(0.05)
    return False


def _places() -> Iterator[str]:
    """The working folder of every process (Linux; elsewhere nothing is known)."""
    for link in Path("/proc").glob("[0-9]*/cwd"):
        with contextlib.suppress(OSError):
            yield os.readlink(link)
