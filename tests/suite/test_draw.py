"""What a suite's `draw` records, and that no picture ever changes a verdict."""

import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from dojo.authors import scaffold
from dojo.course.catalog import Kata, load
from dojo.judge.judge import Judge
from dojo.pictures import GradientBars, LossCurve, Picture
from dojo.request import Request
from dojo.screens.formats.json import to_json
from dojo.suite.draw import SIDE, boundary_of
from dojo.verdict import Verdict

HEAD = """
from jaxtyping import Float
from torch import Tensor
import torch

calls = 0


def mean_of_squares(x: Float[Tensor, "n d"]) -> Float[Tensor, "d"]:
"""
RIGHT = HEAD + "    return x.square().mean(dim=0)\n"
WRONG = HEAD + "    return x.square().sum(dim=0)\n"
SUITE = """
import torch
from dojo.suite.vocabulary import *
from dojo.pictures import *


@shapes
def test_first(learner, gen):
    \"\"\"the shape\"\"\"
    {first}
    learner.mean_of_squares(gen.randn(7, 3))


@{kind}
def test_main(learner, gen):
    \"\"\"the numbers\"\"\"
    x = 1 + gen.randn(7, 3)
    got = learner.mean_of_squares(x)
    want = (x * x).mean(dim=0)
    {main}
    {close}
"""
CLOSE = 'close(got, want, "the result")'


def make(
    root: Path, main: str = "pass", kind: str = "values", close: str = CLOSE, first: str = "pass"
) -> Kata:
    """A kata whose suite draws so."""
    scaffold.create(root, "1.2.1", "mean-of-squares", "linear_regression")
    kata = load(root).kata("1.2.1")
    suite = SUITE.format(main=main, kind=kind, close=close, first=first)
    kata.suite_path.write_text(suite)
    return kata


def judged(judge: Judge, kata: Kata, text: str) -> Verdict:
    return judge.check(Request(kata, text.encode(), "answer.py", seed=3))


def without_times(verdict: Verdict) -> Verdict:
    checks = tuple(replace(c, seconds=0.0) for c in verdict.checks)
    return replace(verdict, seconds=0.0, checks=checks, pictures=())


@pytest.mark.parametrize("text", [RIGHT, WRONG])
def test_a_picture_belongs_to_its_check_whether_it_passes_or_fails(
    judge: Judge, tmp_path: Path, text: str
) -> None:
    kata = make(tmp_path, "draw(learner, LossCurve.of(got, want, goal=0.5))")
    verdict = judged(judge, kata, text)
    assert verdict.passed == (text == RIGHT)
    (picture,) = verdict.pictures
    assert isinstance(picture, LossCurve)
    assert (picture.check, picture.goal, picture.epochs) == ("main", 0.5, 3)
    ratio = picture.losses[0] / picture.low[0]
    assert ratio == pytest.approx(1 if text == RIGHT else 7)


def test_of_one_kind_and_title_the_last_counts(judge: Judge, tmp_path: Path) -> None:
    main = "[draw(learner, LossCurve.of([n])) for n in range(3)]"
    (picture,) = judged(judge, make(tmp_path, main), RIGHT).pictures
    assert isinstance(picture, LossCurve)
    assert picture.losses == (2.0,)


def test_titles_tell_pictures_apart_up_to_four(judge: Judge, tmp_path: Path) -> None:
    main = "[draw(learner, LossCurve.of([n], title=str(n))) for n in range(9)]"
    assert len(judged(judge, make(tmp_path, main), RIGHT).pictures) == 4


def test_what_was_not_reached_has_no_picture(judge: Judge, tmp_path: Path) -> None:
    kata = make(
        tmp_path, "draw(learner, LossCurve.of([1]))", first='require(False, "This does not hold.")'
    )
    assert judged(judge, kata, RIGHT).pictures == ()


def test_a_function_is_called_when_the_check_has_ended(judge: Judge, tmp_path: Path) -> None:
    later = "draw(learner, lambda: LossCurve.of(learner.mean_of_squares(3 + 0 * x)))"
    for text, first in ((RIGHT, 9.0), (WRONG, 63.0)):
        (picture,) = judged(judge, make(tmp_path / str(first), later), text).pictures
        assert isinstance(picture, LossCurve)
        assert picture.losses == (first,) * 3


def test_a_picture_is_made_with_the_default_dtype_of_its_check(
    judge: Judge, tmp_path: Path
) -> None:
    dtype = "__import__('torch').get_default_dtype()"
    later = f"draw(learner, lambda: LossCurve.of([{dtype}.itemsize]))"
    (picture,) = judged(judge, make(tmp_path, later), RIGHT).pictures
    assert isinstance(picture, LossCurve)
    assert picture.losses == (8.0,)  # bytes of a float64


AFTERWARDS = (
    HEAD
    + """
    global calls
    calls += 1
    if calls > 1:
        {fault}
    return x.square().{mean}(dim=0)
"""
)
FAULTS = {
    "raises": "raise ValueError('second call')",
    "hangs": "while True: pass",
    "dies": "import os; os._exit(1)",
    "breaks the contract": "return x",
    "leaves a mode": "torch.set_default_dtype(torch.float32)",
    "draws and prints": "torch.rand(1); print('a word')",
    "changes its argument": "x.zero_()",
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
@pytest.mark.parametrize("mean", ["mean", "sum"])
def test_what_goes_wrong_for_a_picture_changes_no_verdict(
    judge: Judge, tmp_path: Path, fault: str, mean: str
) -> None:
    text = AFTERWARDS.format(fault=fault, mean=mean)
    plain = judged(judge, make(tmp_path / "plain"), text)
    kata = make(
        tmp_path / "drawn", "draw(learner, lambda: LossCurve.of(learner.mean_of_squares(x)))"
    )
    drawn = judged(judge, kata, text)
    assert plain.status == ("pass" if mean == "mean" else "fail")
    assert without_times(drawn) == without_times(plain)


@pytest.mark.parametrize("main", ["draw(learner, lambda: 1 / 0)", "draw(learner, lambda: None.x)"])
def test_a_suites_own_slip_in_a_picture_changes_no_verdict(
    judge: Judge, tmp_path: Path, main: str
) -> None:
    verdict = judged(judge, make(tmp_path, main), RIGHT)
    assert verdict.passed
    assert verdict.pictures == ()


def test_a_mistake_is_named_beside_a_picture(judge: Judge, tmp_path: Path) -> None:
    later = "draw(learner, lambda: LossCurve.of(learner.mean_of_squares(x[:5])))"
    verdict = judged(judge, make(tmp_path, later), WRONG)
    assert [f.mistake for f in verdict.findings] == ["sum-for-mean"]
    assert "exactly 7 times" in verdict.findings[0].message
    assert "`n` is 7" in verdict.findings[0].message


def test_what_is_compared_may_draw_a_bar(judge: Judge, tmp_path: Path) -> None:
    kata = make(tmp_path, close='close(got, want, "the derivative", bar="w")')
    (picture,) = judged(judge, kata, WRONG).pictures
    assert isinstance(picture, GradientBars)
    assert (picture.names, picture.check) == (("w",), "main")
    assert picture.ratio(0) == pytest.approx(7)


def test_the_latest_example_of_a_gradient_is_drawn(judge: Judge, tmp_path: Path) -> None:
    close = """for k in (1, 2):
        for name in "wb":
            close(k * got, k * want, f"the derivative by {name}", bar=name)"""
    (picture,) = judged(judge, make(tmp_path, kind="gradients", close=close), RIGHT).pictures
    assert isinstance(picture, GradientBars)
    assert picture.names == ("w", "b")
    assert picture.is_right(0)


def test_a_drawing_of_the_suites_own_takes_the_place_of_the_automatic_one(
    judge: Judge, tmp_path: Path
) -> None:
    main = 'draw(learner, GradientBars.of({"w": (got, want), "b": (got, want)}))'
    kata = make(tmp_path, main, "gradients", 'close(got, want, bar="w")')
    (picture,) = judged(judge, kata, WRONG).pictures
    assert isinstance(picture, GradientBars)
    assert picture.names == ("w", "b")


def test_no_name_of_what_is_compared_draws_a_bar(judge: Judge, tmp_path: Path) -> None:
    kata = make(tmp_path, kind="gradients", close='close(got, want, "the derivative by w")')
    assert judged(judge, kata, WRONG).pictures == ()


def test_json_holds_no_picture(judge: Judge, tmp_path: Path) -> None:
    kata = make(tmp_path, "draw(learner, LossCurve.of(got, [123.456789], goal=9.87654))")
    verdict = judged(judge, kata, WRONG)
    bare = replace(verdict, pictures=())
    assert verdict.pictures != ()
    assert to_json([(kata, verdict)], []) == to_json([(kata, bare)], [])
    text = json.dumps(json.load(io.StringIO(to_json([(kata, verdict)], []))))
    assert "123.45" not in text
    assert "pictures" not in text


def test_every_kind_comes_from_the_judged_run(judge: Judge) -> None:
    catalog = load(Path(__file__).parents[2])
    wanted = {
        "1.2.2": {"GradientBars"},
        "1.2.3": {"LossCurve", "FittedFunction", "RateEffects"},
        "1.2.5": {"RateEffects"},
        "1.3.5": {"Landscape"},
        "1.4.1": {"Landscape"},
        "1.4.2": {"Landscape"},
        "1.4.3": {"Landscape"},
        "1.4.4": {"RateEffects"},
        "1.4.5": {"LossSlice"},
        "2.3.6": {"GradientBars", "LossCurve", "Boundary"},
        "2.5.6": {"TwoLosses"},
        "2.6.2": {"Mask"},
        "2.6.3": {"TwoLosses"},
        "2.6.5": {"TwoLosses"},
        "2.7.2": {"FittedFunction"},
        "2.7.3": {"Boundary"},
        "2.7.4": {"Boundary"},
    }
    for kata_id, kinds in wanted.items():
        kata = catalog.kata(kata_id)
        pictures: tuple[Picture, ...] = judged(
            judge, kata, kata.solution_path.read_text(encoding="utf-8")
        ).pictures
        assert {type(p).__name__ for p in pictures} == kinds


def test_a_boundary_is_asked_on_a_grid_when_it_is_made() -> None:
    asked: list[torch.Tensor] = []

    def model(places: torch.Tensor) -> torch.Tensor:
        asked.append(places)
        return places @ torch.tensor([[1.0], [10.0]])

    picture = boundary_of(model, (0.0, 2.0), (-1.0, 3.0), torch.ones(1, 2), torch.ones(1), 0.0)
    assert not asked
    made = picture()
    assert asked[0].shape == (SIDE * SIDE, 2)
    corners = [made.grid[row][column] for row in (0, -1) for column in (0, -1)]
    assert corners == pytest.approx([-10, -8, 30, 32])  # rows of y from below, columns of x
    assert (made.points, made.labels, made.level) == (((1.0, 1.0),), (1,), 0.0)
