"""The small pictures of a failed check: a sparkline beside the reference's, a bar each."""

import io
import math
from collections.abc import Callable
from dataclasses import replace

import pytest
from rich.console import Console

from dojo.desk.subject import Subject
from dojo.pictures import Boundary, FittedFunction, GradientBars, LossCurve, Picture, RateEffects
from dojo.screens import verdicts
from dojo.screens.plots.sparkline import MOST_BARS, small_picture
from dojo.screens.terminal import Terminal
from dojo.verdict import CheckResult, Finding, Kind, Verdict

MakeVerdict = Callable[..., Verdict]
NAN = math.nan


def lines(picture: Picture, width: int = 74, utf8: bool = True) -> list[str]:
    return [line.plain for line in small_picture(picture, width, utf8)]


def test_a_sparkline_stands_over_the_references() -> None:
    falling, right = tuple(8.0 - i for i in range(8)), (8.0, 1.0)
    yours, reference, scale = lines(LossCurve(falling, right, right, epochs=8))
    assert yours == "your loss  █▇▆▅▄▃▂▁  8 → 1"
    assert reference == "reference  █▆▄▃▂▂▁▁  8 → 1"
    assert scale == "           epoch 1 to 8"


def test_both_sparklines_share_one_scale() -> None:
    yours, reference, _ = lines(LossCurve((5.0,) * 5, (1.0,) * 5, (1.0,) * 5))
    assert "█████" in yours
    assert "▁▁▁▁▁" in reference


def test_losses_far_apart_are_drawn_by_their_logarithm_and_it_says_so() -> None:
    yours, scale = lines(LossCurve((1e7, 1e6, 1e5, 1e4, 1e3, 1e2, 10.0, 1.0), epochs=8))
    assert "█▇▆▅▄▃▂▁" in yours
    assert "log scale" in scale


def test_a_loss_that_is_no_number_is_marked() -> None:
    yours, scale = lines(LossCurve((1.0, 2.0, NAN, 4.0), epochs=4))
    assert "▁▃!█" in yours
    assert "!: not finite" in scale


def test_the_goal_is_told(loss_curve: LossCurve) -> None:
    assert "goal below 0.05" in lines(loss_curve)[-1]


def test_where_the_loss_leaves_the_range_it_changes_its_colour() -> None:
    curve = LossCurve((1.0, 1.0, 3.0, 3.0), (0.5,) * 4, (1.5,) * 4)
    line = small_picture(curve, 74, utf8=True)[0]
    colours = [(line.plain[s.start : s.end], s.style) for s in line.spans if s.style != "dim"]
    assert colours == [("▁▁", "green"), ("██", "red")]


def test_bars_go_to_the_side_on_which_a_gradient_is_wrong(bars: GradientBars) -> None:
    heading, *rows = lines(bars)
    assert heading == "gradients, beside autograd's (at │: just as long)"
    long, turned, short, right = rows
    assert long.startswith("w1" + " " * 15 + "│█")
    assert long.endswith(" 7×")
    assert turned.endswith(" -1×: the other way round")
    assert "█│ " in short
    assert short.endswith(" 0.1×")
    assert right.endswith(" 1×")
    assert "█" not in turned + right


@pytest.mark.parametrize(
    ("got", "want", "cosine", "words"),
    [
        (0.0, 1.0, NAN, "0×"),
        (0.3, 0.0, NAN, "0.3 instead of 0"),
        (0.0, 0.0, NAN, "0, and it should be"),
        (NAN, 1.0, NAN, "not finite"),
        (1.0, 1.0, 0.0, "1×, turned by 90°"),
        (1.0, 1.0, NAN, "1×"),
    ],
)
def test_a_bar_says_what_it_can_not_show(
    got: float, want: float, cosine: float, words: str
) -> None:
    bars = GradientBars(("w", "b"), (got, 2.0), (want, 1.0), (cosine, 1.0))
    assert lines(bars)[1].endswith(f" {words}")


def test_where_nothing_differs_there_is_nothing_to_see() -> None:
    right = GradientBars(("w", "b"), (1.0, 2.0), (1.0, 2.0), (1.0, 1.0))
    assert lines(right) == []
    losses = (3.0, 2.0, 1.0)
    assert lines(LossCurve(losses, losses, losses)) == []
    assert lines(LossCurve((3.0, 2.0, 1.1), losses, losses)) != []
    assert lines(replace(right, got=(1.0, 2.1))) != []
    assert lines(LossCurve((2.0, 1.0))) == []


def test_other_kinds_have_no_small_form(
    fit: FittedFunction, boundary: Boundary, rates: RateEffects
) -> None:
    assert lines(fit) == lines(boundary) == lines(rates) == []


def test_pictures_fit(sight: Picture) -> None:
    assert_fits(sight)


def test_pictures_fit_whatever_they_hold(broken: Picture) -> None:
    assert_fits(broken)


def assert_fits(picture: Picture) -> None:
    for width in (30, 74, 94):
        for utf8 in (True, False):
            shown = lines(picture, width, utf8)
            assert len(shown) <= MOST_BARS + 2
            assert all(len(line) <= width for line in shown)
            assert "\x1b" not in "".join(shown)
            if not utf8 and "猫" not in "".join(shown):
                "".join(shown).encode("ascii")


def shown(subject: Subject, verdict: Verdict, encoding: str = "utf-8", colour: bool = False) -> str:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding=encoding, errors="replace")
    terminal = Terminal(stream)
    terminal.console = Console(
        file=stream,
        width=80,
        force_terminal=colour,
        color_system="standard" if colour else None,
        markup=False,
        highlight=False,
    )
    verdicts.body(terminal, subject, verdict)
    stream.flush()
    return raw.getvalue().decode(encoding)


def failed(name: str, kind: Kind = "gradients", message: str = "It is wrong.") -> CheckResult:
    return CheckResult(name, f"the {name}", kind, "failed", Finding(message))


def test_a_failed_check_shows_its_picture_below_its_finding(
    subject: Subject,
    make_verdict: MakeVerdict,
    bars: GradientBars,
    loss_curve: LossCurve,
    fit: FittedFunction,
) -> None:
    verdict = replace(make_verdict(failed("gradients")), pictures=(bars, loss_curve, fit))
    text = shown(subject, verdict)
    assert text.index("It is wrong.") < text.index("beside autograd's") < text.index("-1×")
    assert "your loss" not in text  # it belongs to another check
    assert max(map(len, text.splitlines())) <= 80


def test_a_passed_check_shows_none(
    subject: Subject, make_verdict: MakeVerdict, bars: GradientBars
) -> None:
    passed = CheckResult("gradients", "g", "gradients", "passed")
    verdict = replace(make_verdict(passed, failed("x")), pictures=(bars,))
    assert "autograd's" not in shown(subject, verdict)


def test_of_one_kind_the_first_is_enough(
    subject: Subject, make_verdict: MakeVerdict, bars: GradientBars, loss_curve: LossCurve
) -> None:
    checks = [failed("gradients"), failed("learns", "convergence", "It does not learn.")]
    pictures = (bars, loss_curve, replace(loss_curve, title="again"), replace(bars, check="learns"))
    text = shown(subject, replace(make_verdict(*checks), pictures=pictures))
    assert text.count("your loss") == 1
    assert text.count("beside autograd's") == 1


def test_a_check_with_the_same_cause_still_shows_its_picture(
    subject: Subject, make_verdict: MakeVerdict, bars: GradientBars
) -> None:
    checks = [failed("first", "values"), failed("gradients")]
    text = shown(subject, replace(make_verdict(*checks), pictures=(bars,)))
    assert text.count("It is wrong.") == 1
    assert text.index("the same cause") < text.index("-1×")


def test_poor_terminals_get_plain_characters(
    subject: Subject, make_verdict: MakeVerdict, bars: GradientBars, loss_curve: LossCurve
) -> None:
    checks = [failed("gradients"), failed("learns", "convergence", "It does not learn.")]
    verdict = replace(make_verdict(*checks), pictures=(bars, loss_curve))
    text = shown(subject, verdict, "ascii")
    assert "?" not in text
    assert "w1               |####" in text
    assert "your loss  ##" in text
    assert "2.4 -> 0.4026" in text


def test_colour_is_there_where_it_can_be(
    subject: Subject, make_verdict: MakeVerdict, bars: GradientBars
) -> None:
    verdict = replace(make_verdict(failed("gradients")), pictures=(bars,))
    assert "\x1b[31m" in shown(subject, verdict, colour=True)
    assert "\x1b" not in shown(subject, verdict)
