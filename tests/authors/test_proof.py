"""`kata dev check` can fail: broken katas, each caught with the right words, and where."""

import contextlib
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import cast

import pytest

from dojo.authors.proof import Counts, Honesty, prove
from dojo.course.catalog import Catalog, Kata, load
from dojo.course.derive import stub_text
from dojo.judge.judge import Judge
from dojo.request import Request
from dojo.suite.attempt import seed_of
from dojo.suite.vocabulary import Gen
from dojo.verdict import CheckResult, Finding, Verdict

LESSON = "lesson_9_1_engine"
CARD = f"checks/{LESSON}/k1_column_grads.toml"
SUITE = f"checks/{LESSON}/test_k1_column_grads.py"
SOLUTION = f"solutions/{LESSON}/k1_column_grads.py"
STUB = f"katas/{LESSON}/k1_column_grads.py"


@pytest.fixture
def honest(tmp_path: Path, mini: Catalog) -> Path:
    """A folder with one honest kata, to be broken."""
    for part in ("checks", "solutions", "katas"):
        for file in (mini.root / part / LESSON).glob("*k1_*"):
            if file.is_file():
                target = tmp_path / part / LESSON / file.name
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(file, target)
    (tmp_path / "katas" / LESSON / "README.md").write_text("# 9.1 The engine\n", encoding="utf-8")
    return tmp_path


# The first of the seeds at which the draw in the broken suite below is unlucky.
UNLUCKY = next(s for s in range(1000) if Gen(seed_of(s, "shape")).integer(0, 20) == 0)


def problems(root: Path, judge: Judge, seeds: range = range(2), derive: bool = True) -> str:
    kata: Kata = load(root).katas[0]
    if derive:
        (root / STUB).write_text(stub_text(kata), encoding="utf-8")
    return "\n".join(prove(kata, judge, seeds).problems)


def edit(path: Path, change: Callable[[str], str]) -> None:
    before = path.read_text(encoding="utf-8")
    after = change(before)
    assert after != before
    path.write_text(after, encoding="utf-8")


def test_an_honest_kata_has_no_problems(honest: Path, judge: Judge) -> None:
    assert problems(honest, judge) == ""


SAYS = 'says = "The loss is a mean over the rows."'


def test_a_relation_has_to_be_told(honest: Path, judge: Judge) -> None:
    edit(honest / CARD, lambda s: s.replace(SAYS, 'relation = "factor n"'))
    assert problems(honest, judge) == ""
    edit(honest / CARD, lambda s: s.replace("factor n", "factor d"))
    found = problems(honest, judge)
    assert "'sum-for-mean' is not told as 'factor d' at seed 0" in found
    assert "exactly 7 times the right value, and `n` is 7 here" in found


def test_a_suite_that_accepts_a_mistake(honest: Path, judge: Judge) -> None:
    edit(honest / SUITE, lambda s: s.replace("    untouched(learner)\n", ""))
    found = problems(honest, judge)
    assert "'in-place' is accepted" in found


def test_an_unnamed_mistake(honest: Path, judge: Judge) -> None:
    # The suite sees it, but only in something that no replay can tell from the solution.
    edit(
        honest / CARD,
        lambda s: s.replace(
            '[["return 2", "return -2"]]',
            '[["return 2 * (x.T @ out) / n", '
            '"import time\\n    return 2 * (x.T @ out) / n * time.perf_counter()"]]',
        ),
    )
    assert "'sign' is not named" in problems(honest, judge)


def test_a_stub_that_passes(honest: Path, judge: Judge) -> None:
    edit(
        honest / SOLUTION, lambda s: s.replace("    # --- yours\n", "").replace("    # --- end", "")
    )
    assert "the stub passes" in problems(honest, judge)


def test_a_solution_that_fails_at_one_seed_in_twenty(honest: Path, judge: Judge) -> None:
    edit(
        honest / SUITE,
        lambda s: s.replace(
            '    """one number a column"""\n',
            '    """one number a column"""\n    assert gen.integer(0, 20), "an unlucky draw"\n',
        ),
    )
    found = problems(honest, judge, seeds=range(UNLUCKY - 2, UNLUCKY + 1))
    assert "the solution fails at seed" in found
    assert "an unlucky draw" in found


def test_a_drifted_stub(honest: Path, judge: Judge) -> None:
    edit(honest / STUB, lambda s: s.replace("autograd", "automatic differentiation"))
    assert "has drifted from the solution" in problems(honest, judge, derive=False)


def proof(root: Path, judge: Judge, only: tuple[str, ...] = ()) -> Honesty:
    return prove(load(root).katas[0], judge, range(2), only=only)


class Says:
    """A judge that names these mistakes, a check each, whatever it is given."""

    def __init__(self, *named: str | None) -> None:
        self.checks = tuple(
            CheckResult(f"check{i}", "", "values", "failed", Finding(f"seen {i}", mistake=name))
            for i, name in enumerate(named)
        )

    @contextlib.contextmanager
    def proving(self, wrong: bool = False) -> Iterator[None]:
        yield

    def check(self, request: Request, explained: bool = True) -> Verdict:
        return Verdict(request.kata.id, "fail", "", request.seed or 0, "full", self.checks)


@pytest.mark.parametrize(
    ("named", "problem", "note"),
    [
        (("sign",), "", ""),
        (("sign", None), "", "'sign' is named first; further down stands none in check1"),
        (("sign", "two-missing"), "", "further down stands 'two-missing' in check1"),
        ((None, "sign"), "what a learner reads first names nothing: in 'check0' a learner", ""),
        (("two-missing", "sign"), "what a learner reads first names 'two-missing'", ""),
        (("two-missing",), "is not named at seed 0; 'two-missing' is named instead", ""),
        ((None,), "'sign' is not named at seed 0: in 'check0' a learner reads: seen 0", ""),
    ],
)
def test_a_mistake_is_named_in_what_a_learner_reads_first(
    honest: Path, named: tuple[str | None, ...], problem: str, note: str
) -> None:
    found = proof(honest, cast("Judge", Says(*named)), only=("sign",))
    assert len(found.problems) == bool(problem)
    assert problem in "".join(found.problems)
    assert len(found.notes) == bool(note)
    assert note in "".join(found.notes)


def test_a_mistake_whose_edit_no_longer_applies(honest: Path, judge: Judge) -> None:
    edit(honest / SOLUTION, lambda s: s.replace("    return 2 *", "    return +2 *"))
    found = proof(honest, judge)
    line = line_of(honest / CARD, '[["return 2"')
    assert found.broken
    assert found.problems[0].startswith(f"{CARD}:{line}: mistake 'sign'")
    assert "must stand there exactly once" in found.problems[0]


def test_a_mistake_that_is_no_python(honest: Path, judge: Judge) -> None:
    edit(honest / CARD, lambda s: s.replace('"return -2"', '"return -2 *"'))
    found = proof(honest, judge)
    assert found.broken
    assert "mistake 'sign': Python can't read line" in found.problems[0]


def test_a_suite_that_runs_no_check(honest: Path, judge: Judge) -> None:
    edit(honest / SUITE, lambda s: s.replace("def test_", "def no_test_"))
    assert "has no check" in problems(honest, judge)


@pytest.mark.parametrize(
    ("file", "wrong", "words"),
    [
        (SUITE, "import nowhere_to_be_found", "it stops here: ModuleNotFoundError"),
        (SUITE, "def test_more(:", "Python can't read this"),
        (SOLUTION, "LIMIT = 1 / 0", "it stops here: ZeroDivisionError"),
        (SOLUTION, "def more(:", "Python can't read this"),
        (SOLUTION, "# --- yours", "this region has no `# --- end`"),
        (SOLUTION, "# --- end", "this region ends, but begins nowhere"),
    ],
)
def test_a_file_that_is_itself_broken(
    honest: Path, judge: Judge, file: str, wrong: str, words: str
) -> None:
    edit(honest / file, lambda s: f"{s}\n{wrong}\n")
    found = proof(honest, judge)
    assert found.broken
    assert len(found.problems) == 1
    line = line_of(honest / file, wrong)
    assert found.problems[0].startswith(f"{file}:{line}: {words}")


def test_a_check_that_stops_is_no_fault_of_an_answer(honest: Path, judge: Judge) -> None:
    edit(
        honest / SUITE,
        lambda s: s.replace(
            '    """one number a column"""\n', '    """one number a column"""\n    gen.nothing()\n'
        ),
    )
    found = proof(honest, judge)
    line = line_of(honest / SUITE, "gen.nothing()")
    assert found.broken
    assert len(found.problems) == 1
    assert (
        f"test_k1_column_grads.py:{line}: the check stopped with AttributeError"
        in (found.problems[0])
    )


def test_one_mistake_alone(honest: Path, judge: Judge) -> None:
    assert proof(honest, judge, only=("sign",)).counts == Counts(0, 2, mistakes=1, mistake_seeds=2)


def line_of(path: Path, text: str) -> int:
    lines = path.read_text(encoding="utf-8").splitlines()
    return max(i for i, line in enumerate(lines, 1) if text in line)


def test_a_mistake_may_have_a_name_of_the_engine(honest: Path, judge: Judge) -> None:
    mistakes = """
[[mistake]]
id = "wrong-number-of-arguments"
edits = [["return 2", "return 3"]]
says = "It is half as large."

[[mistake]]
id = "no-second-factor"
edits = [["out = x @ w", "out = x.matmul()"]]
says = "A product has two factors."
"""
    edit(honest / CARD, lambda s: s + mistakes)
    assert problems(honest, judge) == ""


def test_a_probe_that_is_itself_broken(honest: Path, judge: Judge) -> None:
    probe = honest / f"checks/{LESSON}/k1_column_grads_probe.py"
    probe.write_text('"""A probe."""\n\nLIMIT = nothing\n', encoding="utf-8")
    found = proof(honest, judge)
    place = f"checks/{LESSON}/{probe.name}:3"
    assert found.problems == (f"{place}: it stops here: NameError: name 'nothing' is not defined",)


def test_an_answer_is_judged_where_the_card_is_damaged(honest: Path, judge: Judge) -> None:
    kata = load(honest).katas[0]
    wrong = kata.solution_path.read_text(encoding="utf-8").replace("return 2", "return -2")
    named = judge.check(Request(kata, wrong.encode(), "answer.py", 1))
    assert named.findings[0].mistake == "sign"
    edit(honest / CARD, lambda s: s.replace('says = "It points', 'sais = "It points'))
    verdict = judge.check(Request(kata, wrong.encode(), "answer.py", 1))
    assert verdict.status == "fail"
    assert "opposite sign" in verdict.findings[0].message


SUM = 'edits = [["(x.T @ out) / n", "(x.T @ out)"]]\n'


def test_each_way_to_make_a_mistake_is_named_alike(honest: Path, judge: Judge) -> None:
    edit(honest / CARD, lambda t: t.replace(SUM, SUM + 'also = [[["/ n", "/ (n + 1)"]]]\n'))
    assert problems(honest, judge) == ""


def test_a_way_to_make_a_mistake_that_passes_is_told(honest: Path, judge: Judge) -> None:
    also = 'also = [[["/ n", "/ (n + 1)"]], [["out = x @ w", "out = w @ x.T"]]]\n'
    edit(honest / CARD, lambda t: t.replace(SUM, SUM + also))
    found = problems(honest, judge)
    assert found.startswith("the mistake 'sum-for-mean', made in way 3 of 3, ")
    assert found.count("the mistake") == 1


DRAWS = '''import torch
from jaxtyping import Float
from torch import Tensor


def draws(n: int, gen: torch.Generator) -> Float[Tensor, "n 1"]:
    """Return n normal random numbers as a column."""
    # --- yours
    return torch.randn(n, 1, generator=gen)
    # --- end
'''
DRAWS_SUITE = '''"""9.1.1: draws."""

from dojo.suite.vocabulary import Gen, Learner, moments, shapes, values


@shapes
def test_column(learner: Learner, gen: Gen) -> None:
    """a column"""
    learner.draws(7, gen.generator())


@values
def test_size(learner: Learner, gen: Gen) -> None:
    """normal"""
    moments(learner.draws(2000, gen.generator()), 0.0, 1.0, "the sample")
'''
DRAWS_MISTAKES = """
[[mistake]]
id = "flat"
edits = [["(n, 1, ", "(n, "]]
says = "Flat."

[[mistake]]
id = "doubled"
edits = [["return ", "return 2 * "]]
says = "Doubled."
"""


def test_mistakes_are_named_where_numbers_are_drawn_first(honest: Path, judge: Judge) -> None:
    for path in (honest / "solutions" / LESSON).glob("*__*.py"):
        path.unlink()
    (honest / SOLUTION).write_text(DRAWS, encoding="utf-8")
    (honest / SUITE).write_text(DRAWS_SUITE, encoding="utf-8")
    edit(honest / CARD, lambda card: card[: card.index("\n[")] + DRAWS_MISTAKES)
    said = "with some numbers drawn first, 1 of 2 mistakes are named first; not 'doubled'"
    assert said in problems(honest, judge)
