"""What the type checker requires: a broken promise, not one that it merely can't see kept."""

from collections.abc import Iterator

import pytest

from dojo.types.findings import TypeCheck
from dojo.types.pyrefly import TypeChecker


@pytest.fixture(scope="module")
def checker() -> Iterator[TypeChecker]:
    checker = TypeChecker()
    yield checker
    checker.close()


def required(checker: TypeChecker, body: str, promised: str = "tuple[float, float]") -> list[str]:
    text = f"def f(x: list[float]) -> {promised}:\n    return {body}\n"
    check = TypeCheck(checker, text.encode())
    try:
        return [f.message for f in check.report(everything=False).required]
    finally:
        check.close()


@pytest.mark.parametrize("body", ["x", "(1.0, 2.0, 3.0)", "('a', 'b')"])
def test_a_broken_promise_is_told(checker: TypeChecker, body: str) -> None:
    assert len(required(checker, body)) == 1


def test_what_python_has_by_itself_is_called_by_its_plain_name(checker: TypeChecker) -> None:
    text = b"import numpy as np\n\n\ndef f(x: list[float]) -> bool:\n    return np.bool_(x[0])\n"
    check = TypeCheck(checker, text)
    said = [f.message for f in check.report(everything=False).required]
    check.close()
    assert said == ["This returns `numpy.bool`, but the signature promises `bool`."]


@pytest.mark.parametrize("body", ["tuple(x)", "(x[0], x[1])", "tuple(2 * v for v in x)"])
def test_a_tuple_of_unknown_length_may_be_right(checker: TypeChecker, body: str) -> None:
    assert required(checker, body) == []


def test_a_text_may_be_one_of_those_promised(checker: TypeChecker) -> None:
    text = "from typing import Literal\n\n\ndef f(x: list[str]) -> Literal['up', 'down']:\n"
    for body, errors in (("    return max(x)\n", 0), ("    return len(x)\n", 1)):
        check = TypeCheck(checker, (text + body).encode())
        assert len(check.report(everything=False).required) == errors
        check.close()


def test_a_tuple_is_no_list(checker: TypeChecker) -> None:
    assert required(checker, "[2 * v for v in x]", "list[float]") == []
    assert len(required(checker, "tuple(2 * v for v in x)", "list[float]")) == 1


def test_a_list_that_is_filled_later_may_be_right(checker: TypeChecker) -> None:
    assert required(checker, "[None] * len(x)", "list[float]") == []
    assert required(checker, "[True for _ in x]", "list[str]") == []
    assert len(required(checker, "[1.0]", "dict[str, float]")) == 1


@pytest.mark.parametrize("use", ["2 * t.grad", "t.grad.clone()", "t.add(t.grad)"])
def test_a_gradient_that_may_be_none_has_a_name(checker: TypeChecker, use: str) -> None:
    head = "from torch import Tensor\n\n\ndef f(t: Tensor) -> Tensor:\n"
    asked = "    if t.grad is None:\n        raise ValueError\n"
    for before, named in (("", "none-not-ruled-out"), (asked, "")):
        check = TypeCheck(checker, f"{head}{before}    new = {use}\n    return t\n".encode())
        assert "".join(f.mistake or "?" for f in check.report(everything=True).required) == named
        check.close()
