"""A kata, and verdicts and pictures with everything in them that is hard to show."""

import math
from collections.abc import Callable
from pathlib import Path

import pytest

from dojo.authors import scaffold
from dojo.course.catalog import Kata, load
from dojo.desk.subject import Subject
from dojo.pictures import (
    Boundary,
    FittedFunction,
    GradientBars,
    Landscape,
    LossCurve,
    LossSlice,
    Mask,
    Picture,
    RateEffects,
    TwoLosses,
)
from dojo.verdict import CheckResult, Finding, Status, Verdict


@pytest.fixture
def kata(tmp_path: Path) -> Kata:
    scaffold.create(tmp_path, "2.3.3", "manual-step", "from_scratch")
    return load(tmp_path).kata("2.3.3")


@pytest.fixture
def subject(kata: Kata, tmp_path: Path) -> Subject:
    path = tmp_path / "katas/lesson_2_3_from_scratch/k3_manual_step.py"
    shown = "katas/lesson_2_3_from_scratch/k3_manual_step.py"
    return Subject(kata, path, shown, b"x", is_stub=True, untouched=False)


@pytest.fixture
def make_verdict() -> Callable[..., Verdict]:
    """A verdict of the given checks; status, output, reason as asked for."""

    def make(
        *checks: CheckResult,
        status: Status = "fail",
        output: str = "",
        reason: str | None = None,
        isolation: str = "full",
    ) -> Verdict:
        return Verdict(
            kata="2.3.3",
            status=status,
            digest="0" * 64,
            seed=4127,
            isolation=isolation,
            checks=checks,
            output=output,
            reason=reason,
            seconds=0.11,
        )

    return make


@pytest.fixture
def nasty() -> CheckResult:
    """A failed check whose every text would do harm, if it were let."""
    finding = Finding(
        message="\x1b[2J [bold]`loss`[/bold] ]]> & <b> \x00 \ud800",
        mistake="sum-for-mean",
        line=14,
        source="    x = '\x1b]0;title\x07'  # </failure>",
        evidence={"ratio": float("nan"), "worst": float("-inf"), "name": "\ud800", "n": 7},
    )
    return CheckResult("second", "the \x1b[31msecond step", "values", "failed", finding)


NAN, INF = math.nan, math.inf
WORST = (NAN, INF, -INF, 1e308, -1e308, 1e-320, 0.0, -0.0, 5e29)
TITLE = "a [bold]title[/bold] \x1b[2J$x_1$ \ud800 猫 " * 5

LOSS = LossCurve(
    losses=tuple(2 * math.exp(-i / 30) + 0.4 for i in range(200)),
    low=tuple(1.5 * math.exp(-i / 2) + 0.002 for i in range(11)),
    high=tuple(4 * math.exp(-i / 2) + 0.01 for i in range(11)),
    goal=0.05,
    epochs=200,
    check="learns",
)
FIT = FittedFunction(
    x=tuple(i / 10 for i in range(-30, 31)),
    y=tuple(math.sin(i / 10) + 0.2 * math.cos(7 * i) for i in range(-30, 31)),
    y_pred=tuple(0.8 * math.sin(i / 10) for i in range(-30, 31)),
    y_true=tuple(math.sin(i / 10) for i in range(-30, 31)),
    title="the fitted sine",
    check="learns",
)
BOUNDARY = Boundary(
    grid=tuple(tuple(float(x + y - 16) for x in range(16)) for y in range(16)),
    xlim=(-1.0, 1.0),
    ylim=(-2.0, 2.0),
    points=((-0.8, -1.5), (-0.5, 0.2), (0.8, 1.5), (0.5, 0.2)),
    labels=(0, 0, 1, 1),
    level=0.0,
    check="learns",
)
BARS = GradientBars(
    names=("w1", "b1", "w2", "b2"),
    got=(7.0, 2.0, 0.05, 3.0),
    want=(1.0, 2.0, 0.5, 3.0),
    cosines=(1.0, -1.0, 1.0, 1.0),
    check="gradients",
)
RATES = RateEffects(
    rates=(0.01, 0.1, 1.0),
    curves=tuple(tuple(math.exp(-r * i) for i in range(50)) for r in (0.01, 0.1, -0.2)),
    words=("too_small", "converging", "diverging"),
    check="rates",
)
LANDSCAPE = Landscape(
    grid=tuple(tuple(float((x - 16) ** 2 + (y - 16) ** 2) for x in range(33)) for y in range(33)),
    xlim=(-2.0, 2.0),
    ylim=(-1.0, 1.0),
    ways=(((-1.5, -0.75), (-0.75, -0.4), (-0.4, -0.2)), ((-1.0, 0.5), (1.0, 0.5)), ((1.5, -0.5),)),
    words=("your path", "an axis", "a spot"),
    check="descends",
)
SLICE = LossSlice(
    steps=tuple(i / 10 for i in range(-20, 21)),
    losses=tuple((i / 10) ** 2 + 1 for i in range(-20, 21)),
    right=tuple((i / 10) ** 2 for i in range(-20, 21)),
    check="slices",
)
TWO = TwoLosses(
    train=tuple(2 * math.exp(-i / 8) for i in range(30)),
    val=tuple(2 * math.exp(-i / 8) + (i / 30) ** 2 for i in range(30)),
    marks=((16, "the best"), (24, "it stops")),
    check="stops",
)
MASK = Mask(
    tuple(tuple((7 * i + 5 * j) % 3 > 0 for j in range(24)) for i in range(8)), check="mask"
)
SIGHTS: tuple[Picture, ...] = (
    LOSS,
    FIT,
    BOUNDARY,
    BARS,
    RATES,
    LANDSCAPE,
    SLICE,
    TWO,
    MASK,
)

BROKEN: tuple[Picture, ...] = (
    LossCurve((), title=TITLE),
    LossCurve((NAN,) * 5, (NAN,), (1.0, 2.0), goal=NAN, epochs=5),
    LossCurve(WORST, WORST, WORST, goal=INF, epochs=10**9),
    LossCurve((1e-320, 1e30), (1e-320,), (1e-320,)),
    LossCurve((0.0,) * 9, (0.0,) * 9, (0.0,) * 9),
    LossCurve((1.0,), (), (2.0,), epochs=-3),
    LossCurve((1.0, 1.0 + 1e-15, 1.0), (1.0,) * 3, (1.0,) * 3),
    FittedFunction((), (), (), title=TITLE),
    FittedFunction((NAN, INF, 1.0), (1.0, 2.0, NAN), (3.0,), WORST),
    FittedFunction(WORST, WORST, WORST, WORST),
    FittedFunction((2.0,) * 4, (3.0,) * 4, (3.0,) * 4),
    Boundary((), (0.0, 0.0), (0.0, 0.0), (), (), title=TITLE),
    Boundary(((NAN, 1.0), (INF,), (), (-INF, NAN, 1.0)), (0.0, 1.0), (1.0, 0.0), (), (1,)),
    Boundary(((1.0,),), (0.0, 1e-300), (-1e30, 1e30), ((NAN, 1.0), (INF, 2.0)), (0, 1)),
    GradientBars((), (), (), (), title=TITLE),
    GradientBars(tuple("abcdefghi"), WORST, WORST[::-1], (NAN, 1.0, -1.0) * 3),
    GradientBars(tuple("abcdefghi"), (1.0,) * 9, WORST, (0.3,) * 9),
    GradientBars((TITLE, "\x1b[2J"), (1e-320, 0.0), (1.0, 0.0), (1.0, NAN)),
    RateEffects((), (), title=TITLE),
    RateEffects((NAN, INF, 0.1), ((), WORST, (NAN,)), (TITLE,)),
    RateEffects((0.1,) * 9, ((1.0, 2.0),) * 9, ("word " * 20,) * 9),
    RateEffects((0.1, 0.2), ((1.0, 2.0),)),
    Landscape((), (0.0, 0.0), (0.0, 0.0), title=TITLE),
    Landscape(((NAN, 1.0), (INF,), (), (-INF, NAN, 1.0)), (0.0, 1.0), (1.0, 0.0)),
    Landscape(((1.0, 1.0), (1.0, 1.0)), (0.0, 1.0), (0.0, 1.0), (((0.5, 0.5),),), (TITLE,)),
    Landscape(
        ((1.0, 2.0), (3.0, 1e308)),
        (0.0, 1.0),
        (0.0, 1.0),
        (tuple(zip(WORST, WORST, strict=True)), ((0.0, NAN), (1e29, -1e29), (0.5, 0.5)), ()) * 3,
        ("a way",) * 9,
    ),
    LossSlice((), (), title=TITLE),
    LossSlice((NAN, 1.0, INF), WORST, (1.0,)),
    LossSlice((0.0,) * 3, (1.0,) * 3, (NAN,)),
    TwoLosses((), (), title=TITLE),
    TwoLosses((NAN,), WORST, ((0, TITLE), (2, "a word " * 20))),
    TwoLosses((1.0,) * 9, (), ((7, "without validation"),)),
    Mask((), title=TITLE),
    Mask(((), (True,), (False, True))),
    Mask(((True,),)),
)


@pytest.fixture
def loss_curve() -> LossCurve:
    return LOSS


@pytest.fixture
def fit() -> FittedFunction:
    return FIT


@pytest.fixture
def boundary() -> Boundary:
    return BOUNDARY


@pytest.fixture
def bars() -> GradientBars:
    return BARS


@pytest.fixture
def rates() -> RateEffects:
    return RATES


@pytest.fixture
def landscape() -> Landscape:
    return LANDSCAPE


@pytest.fixture
def loss_slice() -> LossSlice:
    return SLICE


@pytest.fixture
def two_losses() -> TwoLosses:
    return TWO


@pytest.fixture
def mask() -> Mask:
    return MASK


@pytest.fixture(params=SIGHTS, ids=lambda p: type(p).__name__)
def sight(request: pytest.FixtureRequest) -> Picture:
    """One picture of each kind."""
    return request.param


@pytest.fixture(params=BROKEN, ids=lambda p: type(p).__name__)
def broken(request: pytest.FixtureRequest) -> Picture:
    """A picture with numbers that no plotter can place."""
    return request.param
