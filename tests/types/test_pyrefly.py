"""The type checker's errors: from the server the same as from a run of its own."""

from collections.abc import Iterator

import pytest

from dojo.course.catalog import load
from dojo.types.pyrefly import TypeChecker, TypeProblem

ODD = {
    "wrong": b"import torch\ndef f(x: torch.Tensor) -> list[int]:\n    y = x.grad\n    return y\n",
    "syntax": b"def f(:\n    return\n",
    "empty": b"",
    "marked and with carriage returns": b"\xef\xbb\xbfdef f(x: int) -> str:\r\n    return x\r\n",
    "many lines": b"def f(x: int) -> int:\n" + b"    x += 1\n" * 2000 + b"    return x\n",
}
SOLUTIONS = {k.id: k.solution_path.read_bytes() for k in load().katas[::6]}


@pytest.fixture(scope="module")
def server() -> Iterator[TypeChecker]:
    """A checker that has its first file, which gets a run of its own, behind it."""
    checker = TypeChecker()
    errors(checker, b"first = 1\n")
    yield checker
    checker.close()


def errors(checker: TypeChecker, source: bytes) -> list[TypeProblem]:
    pending = checker.begin(source)
    try:
        return pending.errors()
    finally:
        pending.close()


def alone(source: bytes) -> list[TypeProblem]:
    checker = TypeChecker()
    try:
        return errors(checker, source)
    finally:
        checker.close()


def told(found: list[TypeProblem]) -> list[tuple[object, ...]]:
    """What is read of errors; further lines name folders that are made anew for each file."""
    return [(e["name"], e["line"], str(e["description"]).partition("\n")[0]) for e in found]


@pytest.mark.parametrize("name", [*ODD, *SOLUTIONS])
def test_the_server_says_what_a_run_says(server: TypeChecker, name: str) -> None:
    source = {**ODD, **SOLUTIONS}[name]
    assert told(errors(server, source)) == told(alone(source))


def test_errors_have_a_rule_a_line_and_words(server: TypeChecker) -> None:
    [wrong] = errors(server, b"def f(x: int) -> int:\n    return x\n\ny: str = f(1)\n")
    assert (wrong["name"], wrong["line"]) == ("bad-assignment", 4)
    assert "int" in wrong["description"]


def test_a_server_that_ends_is_replaced(server: TypeChecker) -> None:
    errors(server, b"before = 1\n")
    held = server._server
    assert held is not None
    assert held._process is not None
    held._process.kill()
    held._process.wait()
    bad = b"def f(x: int) -> str:\n    return x\n"
    assert [e["name"] for e in errors(server, bad)] == ["bad-return"]
    assert [e["name"] for e in errors(server, bad + b"# again\n")] == ["bad-return"]
    assert server._server is not held


def test_a_file_that_is_not_waited_for_disturbs_no_other(server: TypeChecker) -> None:
    server.begin(b"x: int = 'not waited for'\n").close()
    assert errors(server, b"x: int = 1\n") == []
