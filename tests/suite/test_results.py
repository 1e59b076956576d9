"""Results of every kind: iterators, dicts, sets, what may be missing, blocks, and None."""

import re

import pytest

from dojo.course.catalog import Catalog, Kata
from dojo.judge.judge import Judge
from dojo.request import Request
from dojo.verdict import Finding, Verdict


@pytest.fixture(scope="module")
def results(mini: Catalog) -> Kata:
    return mini.kata("9.1.3")


def judged(judge: Judge, kata: Kata, function: str, body: str) -> Verdict:
    """The verdict of the solution with another body in one function."""
    source = kata.solution_path.read_text(encoding="utf-8")
    pattern = rf'(def {function}\(.*?"""\n)    # --- yours\n.*?    # --- end'
    changed, count = re.subn(pattern, lambda m: m[1] + body, source, flags=re.DOTALL)
    assert count == 1
    return judge.check(Request(kata, changed.encode(), "answer.py", seed=2))


def told(verdict: Verdict) -> Finding:
    assert verdict.status == "fail", verdict.reason
    return verdict.findings[0]


@pytest.mark.parametrize(
    ("function", "body", "words"),
    [
        ("batches", "    pass\n", "an iterator, but it is None"),
        ("batches", "    return list(torch.arange(n).split(size))\n", "iterator, but it is a list"),
        ("batches", "    yield from range(n)\n", "item 0 of the result of `batches` should be a"),
        ("batches", "    yield torch.zeros(2, 2).long()\n", "has shape (2, 2)"),
        ("columns", "    pass\n", "a dict, but it is None"),
        ("columns", "    return {'x0': x}\n", "at 'x0' has shape"),
        (
            "columns",
            "    return {0: x[:, 0]}\n",
            "a key of the result of `columns` should be a str",
        ),
        ("labels", "    pass\n", "a set, but it is None"),
        ("labels", "    return sorted(set(y.tolist()))\n", "a set, but it is a list"),
        ("labels", "    return {str(v) for v in y}\n", "a member of the result"),
        ("first_above", "    return 'none'\n", "should be an int"),
    ],
)
def test_a_broken_promise_is_told(
    judge: Judge, results: Kata, function: str, body: str, words: str
) -> None:
    message = told(judged(judge, results, function, body)).message
    assert words in message[:1].lower() + message[1:]


def test_an_endless_iterator_ends(judge: Judge, results: Kata) -> None:
    body = "    while True:\n        yield torch.arange(1)\n"
    message = told(judged(judge, results, "batches", body)).message
    assert "2,000 items came, one after the other, and no end is in sight" in message


def test_a_block_that_leaves_a_mode_is_told(judge: Judge, results: Kata) -> None:
    body = "    before = torch.get_default_dtype()\n    torch.set_default_dtype(dtype)\n"
    body += "    yield before\n"
    verdict = judged(judge, results, "default_dtype", body)
    assert told(verdict).mistake == "dtype-left"


def test_numbers_drawn_ahead_are_noticed(judge: Judge, results: Kata) -> None:
    body = "    yield from torch.rand(n, generator=gen).tolist()\n"
    assert "not where it should be" in told(judged(judge, results, "noise", body)).message


def test_a_model_as_an_argument_is_refused_with_advice(
    judge: Judge, results: Kata, monkeypatch: pytest.MonkeyPatch
) -> None:
    suite = results.suite_path.read_text(encoding="utf-8")
    first = 'same(learner.labels(torch.tensor([3, 1, 3])), {1, 3}, "the labels")'
    assert first in suite
    try:
        sends = suite.replace(first, "learner.labels(torch.nn.Linear(1, 1))")
        results.suite_path.write_text(sends, encoding="utf-8")
        source = results.solution_path.read_bytes()
        verdict = judge.check(Request(results, source, "answer.py", seed=2))
    finally:
        results.suite_path.write_text(suite, encoding="utf-8")
    assert verdict.status == "not judged"
    assert "build it in a probe" in (verdict.reason or "")
