"""`kata dev new`: katas from a signature are whole, and tidy, from the first minute."""

# ruff: noqa: E501  (signatures)

import subprocess
import sys
from pathlib import Path

import pytest

from dojo.authors import scaffold
from dojo.authors.proof import prove
from dojo.authors.sound import flaws
from dojo.course.catalog import Kata, load
from dojo.errors import UsageError
from dojo.judge.judge import Judge

PROJECT = Path(__file__).resolve().parents[2]

WHOLE = {
    "a table and its columns": 'def f(x: Float[Tensor, "n d"]) -> Float[Tensor, "d"]',
    "two tables, a colon": 'def f(x: Float[Tensor, "n d"], w: Float[Tensor, "d h"]) -> Float[Tensor, "n h"]:',
    "no def; numbers": "line(x: float, w: float, b: float) -> float",
    "long, with defaults": "def fit_line(x: Float[Tensor, 'n 1'], y: Float[Tensor, 'n 1'], lr: float, "
    "act: Literal['relu', 'tanh'] = 'relu', rounds: int = 2) -> tuple[Float[Tensor, '1'], Float[Tensor, '']]",
    "labels": 'def f(x: Float[Tensor, "n d"], labels: Int[Tensor, "n"]) -> Float[Tensor, "n"]',
    "a function": 'def f(act: Callable[[Tensor], Tensor], gen: Float[Tensor, "gen"]) -> float',
}  # fmt: skip
FRAMES = {
    "an iterator": "def batches(n: int, gen: torch.Generator) -> Iterator[Int[Tensor, 'b']]",
    "a class of its own": "def fit(x: Float[Tensor, 'n 1'], epochs: int) -> LineFit",
    "nothing": "def step(params: list[Tensor], lr: float) -> None",
    "a size that comes from a number": "def weights(hidden: int) -> Float[Tensor, 'hidden']",
}


def made(root: Path, signature: str) -> Kata:
    scaffold.create(root, "1.2.1", "some-slug", "lines", signature)
    return load(root, whole=True).katas[0]


@pytest.mark.parametrize("name", WHOLE)
def test_a_kata_from_a_signature_is_honest(name: str, tmp_path: Path, judge: Judge) -> None:
    kata = made(tmp_path, WHOLE[name])
    found = prove(kata, judge, range(1))
    assert found.problems == ()
    assert found.counts.right == 3
    assert found.counts.mistakes >= 4


@pytest.mark.parametrize("name", FRAMES)
def test_where_no_task_is_known_the_frame_is_there(name: str, tmp_path: Path) -> None:
    kata = made(tmp_path, FRAMES[name])
    assert flaws(kata) == ()
    assert "raise NotImplementedError" in kata.solution_path.read_text(encoding="utf-8")
    assert len(kata.alternative_paths) == 2


def test_arguments_of_many_types_are_made(tmp_path: Path) -> None:
    kata = made(
        tmp_path,
        "def f(g: torch.Generator, c: Callable[[Tensor], Tensor], xs: Sequence[float], "
        "t: tuple[int, Float[Tensor, '3']], d: dict[str, bool], o: Tensor | None, "
        "m: Literal['a', 'b'], y: Bool[Tensor, 'n']) -> None",
    )
    suite = kata.suite_path.read_text(encoding="utf-8")
    for text in (
        "gen.generator(),",
        "torch.tanh,",
        "[gen.integer(1, 9) / 4, gen.integer(1, 9) / 4],",
        "(gen.integer(2, 6), gen.randn(3) + 0.5),",
        '{"a": True},',
        "gen.randn(3) + 0.5,",
        '"a",',
        "gen.rand(n) > 0.5,",
    ):
        assert f"            {text}\n" in suite
    assert suite.partition("import torch\n")[1]


@pytest.mark.parametrize("name", [None, *WHOLE, *FRAMES])
def test_new_files_pass_our_own_linter(name: str | None, tmp_path: Path) -> None:
    signature = (WHOLE | FRAMES)[name] if name is not None else None
    scaffold.create(tmp_path, "1.2.1", "some-slug", "lines", signature)
    (tmp_path / "pyproject.toml").write_bytes((PROJECT / "pyproject.toml").read_bytes())
    for words in (("check",), ("format", "--check", "--diff")):
        command = [sys.executable, "-m", "ruff", *words, "."]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("signature", "words"),
    [
        ("def f(x:", "This is no signature"),
        ("x = 1", "This is no signature"),
        ("def f(x) -> float", "x has no annotation"),
        ("def f(x: float)", "the result has no annotation"),
        ("def f(*x: float) -> float", "plain arguments, by position"),
    ],
)
def test_what_is_no_signature_is_told(signature: str, words: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=words):
        made(tmp_path, signature)
    assert list(tmp_path.iterdir()) == []


def test_a_slug_is_taken_once(tmp_path: Path) -> None:
    scaffold.create(tmp_path, "1.2.1", "some-slug", "lines")
    with pytest.raises(UsageError, match="The slug some-slug is taken by lesson_1_2_lines/k1_some"):
        scaffold.create(tmp_path, "1.3.1", "some-slug", "other")


def test_the_name_of_a_lesson_is_given_once(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="--lesson training_loop makes lesson_1_2_training_loop"):
        scaffold.create(tmp_path, "1.2.1", "some-slug")
    scaffold.create(tmp_path, "1.2.1", "some-slug", "lines")
    scaffold.create(tmp_path, "1.2.2", "other-slug", "lines")
    with pytest.raises(UsageError, match="is there already, in lesson_1_2_lines"):
        scaffold.create(tmp_path, "1.2.3", "third-slug", "other")
