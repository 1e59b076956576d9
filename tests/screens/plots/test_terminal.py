"""Pictures in the terminal: what they show, at every size and on every terminal."""

import math
import re
import threading
from dataclasses import replace

import pytest

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
from dojo.screens.plots.terminal import draw_text

CODES = re.compile(r"\x1b\[[0-9;]*m")
SIZES = [(80, 22), (120, 36), (40, 12), (30, 8), (3, 1)]


def drawn(
    picture: Picture, width: int = 80, height: int = 22, utf8: bool = True, colour: bool = False
) -> list[str]:
    return draw_text(picture, width, height, utf8, colour).split("\n")


def canvas(lines: list[str]) -> list[str]:
    """What stands inside of the frame."""
    return [line.split("│")[1] for line in lines if line.count("│") >= 2]


def every_row(lines: list[str]) -> list[str]:
    """What stands inside of the frame, beside numbers of the axis as well."""
    parts = [re.split("[│┤]", line) for line in lines]
    return [inside for _, inside, *_ in (p for p in parts if len(p) == 3)]


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_a_picture_keeps_to_its_room(sight: Picture, width: int, height: int) -> None:
    for utf8, colour in ((True, True), (True, False), (False, True), (False, False)):
        text = draw_text(sight, width, height, utf8, colour)
        plain = CODES.sub("", text)
        lines = plain.split("\n")
        assert len(lines) <= max(height, 8)
        assert max(map(len, lines)) <= max(width, 30)
        assert "\x1b" not in plain
        assert colour or plain == text
        assert not colour or plain != text
        if not utf8:
            plain.encode("ascii")


@pytest.mark.parametrize(("width", "height"), [(80, 22), (30, 8)])
def test_no_number_breaks_a_drawing(broken: Picture, width: int, height: int) -> None:
    for utf8, colour in ((True, True), (False, False)):
        lines = CODES.sub("", draw_text(broken, width, height, utf8, colour)).split("\n")
        assert len(lines) <= height
        assert "\x1b" not in "".join(lines)


def test_the_title_and_what_is_what_are_told(sight: Picture) -> None:
    first, *_, last = drawn(sight)
    assert first == sight.title
    assert last != ""


def test_a_loss_curve_falls_and_stays_above_the_reference(loss_curve: LossCurve) -> None:
    lines = drawn(loss_curve, utf8=False)
    inside = [line.split("|")[1] for line in lines if line.count("|") >= 2]
    rows = [row.find("*") for row in inside]
    begin = next(i for i, at in enumerate(rows) if at == 0)
    end = max(i for i, row in enumerate(inside) if row.rstrip().endswith("*"))
    assert begin < end
    assert any("---" in row for row in inside)
    assert lines[-1] == "* your loss   . the reference's range   - the goal: below 0.05"


def test_the_epochs_are_those_of_the_run(loss_curve: LossCurve) -> None:
    assert re.split(r"\s+", drawn(loss_curve)[-2].strip()) == ["1", "50", "100", "150", "200"]


def test_a_loss_that_breaks_off_says_where() -> None:
    losses = (3.0, 2.0, math.nan, math.inf)
    assert "from 3 on" in drawn(LossCurve(losses, epochs=4))[-1]
    assert "no number" not in drawn(LossCurve((3.0, 2.0), epochs=2))[-1]


def test_one_right_curve_is_no_range() -> None:
    losses = (3.0, 2.0, 1.0)
    legend = drawn(LossCurve(losses, losses, losses, epochs=3))[-1]
    assert legend == "━ your loss   · the reference"


def test_a_fit_is_drawn_over_its_points(fit: FittedFunction) -> None:
    lines = drawn(fit)
    assert "".join(canvas(lines)).count("•") > 15
    assert lines[-1] == "• the points   · without noise   ━ your fit"


def test_points_in_any_order_give_the_same_curve(fit: FittedFunction) -> None:
    order = sorted(range(len(fit.x)), key=lambda i: (i * 37) % len(fit.x))
    mixed = FittedFunction(
        *(tuple(v[i] for i in order) for v in (fit.x, fit.y, fit.y_pred, fit.y_true)),
        title=fit.title,
    )
    assert drawn(mixed) == drawn(fit)


def test_a_boundary_parts_the_classes(boundary: Boundary) -> None:
    rows = canvas(drawn(boundary))
    assert rows[0].count("░") > rows[len(rows) // 2].count("░") > rows[-1].count("░")
    assert rows[0].lstrip(" ○")[0] in "░●"
    text = "".join(rows)
    assert (text.count("○"), text.count("●")) == (2, 2)


def test_a_boundary_that_is_no_number_shows_it(boundary: Boundary) -> None:
    odd = Boundary(((math.nan,) * 4,) * 4, boundary.xlim, boundary.ylim, (), ())
    lines = drawn(odd)
    assert "".join(canvas(lines)).strip("?") == ""
    assert lines[-1].endswith("? NaN")


def test_gradient_bars_say_their_ratio_and_go_to_their_side(bars: GradientBars) -> None:
    lines = drawn(bars)
    (long,) = (line for line in lines if "7×" in line)
    (short,) = (line for line in lines if "0.1×" in line)
    (right,) = (line for line in lines if line.strip().startswith("b2"))
    middle = long.index("█") - 1
    assert short.index("█") < middle - 5
    assert "█" not in short[middle + 2 :]
    assert "◆" in right
    assert "█" not in right
    assert any("the other way round" in line for line in lines)


def test_a_landscape_gets_darker_on_the_way_up(landscape: Landscape) -> None:
    rows = every_row(drawn(replace(landscape, ways=())))
    row = rows[len(rows) // 2]
    assert re.fullmatch(r"▒+░+ +░+▒+", row)
    assert row == row[::-1]
    assert rows[0].count("▓") > row.count("▓")


def test_a_landscape_that_is_no_number_shows_it(landscape: Landscape) -> None:
    lines = drawn(replace(landscape, grid=((math.nan,) * 4,) * 4, ways=()))
    assert "".join(canvas(lines)).strip("?") == ""
    assert "? NaN" in lines[-1]


def test_a_way_has_its_places_a_line_has_none(landscape: Landscape) -> None:
    lines = drawn(landscape)
    rows = every_row(lines)
    text = "".join(rows)
    assert (text.count("●"), text.count("◆")) == (3, 1)
    assert "•" in text
    assert "○" * 30 in rows[len(rows) // 4]
    assert lines[-1].startswith("● your path   ○ an axis   ◆ a spot   ▓ high   across: w, up: b")


def test_a_way_that_leaves_the_picture_is_cut_off_there(landscape: Landscape) -> None:
    away = replace(landscape, ways=(((0.0, 0.0), (1e9, 0.0), (0.0, 1e25)),), words=("far",))
    rows = every_row(drawn(away))
    (row,) = (row for row in rows if "●" in row)
    at = row.index("●")
    assert row[at:] == "●" + "•" * (len(row) - at - 1)
    assert "".join(rows).count("●") == 1


def test_a_slice_is_drawn_over_the_right_one(loss_slice: LossSlice) -> None:
    lines = drawn(loss_slice)
    middle = [row[len(row) // 2] for row in every_row(lines)]
    yours = next(i for i, sign in enumerate(middle) if sign not in " ·")
    assert yours < middle.index("·")
    assert lines[-1] == "· the right loss   ━ your loss   at 0: where the parameters are"


def test_two_losses_are_told_apart_and_marks_stand_on_the_validation_loss(
    two_losses: TwoLosses,
) -> None:
    lines = drawn(two_losses, utf8=False)
    assert lines[-1] == "* training   + validation   x the best: epoch 16   o it stops: epoch 24"
    row = next(i for i, row in enumerate(lines[1:-1]) if "x" in row)
    stop = next(i for i, row in enumerate(lines[1:-1]) if "o" in row)
    assert row > stop  # lower is better
    assert two_losses.val[16] < two_losses.val[24]


def test_a_mask_shows_each_cell_once_and_evenly(mask: Mask) -> None:
    title, *rows, below = drawn(mask)
    assert title == mask.title
    signs = {"■": True, "·": False}
    assert [[signs[sign] for sign in row.split(" ")] for row in rows] == [[*r] for r in mask.rows]
    assert below == "■ on   · off: 33%   a row for each example, a column for each unit"


def test_a_mask_without_room_is_cut(mask: Mask) -> None:
    _, *rows, below = drawn(replace(mask, rows=mask.rows * 9), 30, 8, utf8=False)
    assert len(rows) == 6
    assert all(len(row) == 24 for row in rows)
    assert below == "# on   . off: 33%"


def test_each_learning_rate_has_a_sign_of_its_own_without_colours(rates: RateEffects) -> None:
    lines = drawn(rates, utf8=False)
    assert lines[-1] == "* 0.01: too_small   + 0.1: converging   o 1: diverging"
    inside = "".join(lines[1:-2])
    assert all(sign in inside for sign in "*+o")


def test_colours_tell_curves_apart(rates: RateEffects) -> None:
    text = draw_text(rates, 80, 22, utf8=True, colour=True)
    legend = text.split("\n")[-1]
    assert len(set(CODES.findall(legend))) == 4  # three, and the one that ends them


def test_drawings_from_several_threads_do_not_mix(
    loss_curve: LossCurve, boundary: Boundary
) -> None:
    alone = [drawn(loss_curve), drawn(boundary)]
    found: list[list[list[str]]] = []

    def draw() -> None:
        found.append([drawn(loss_curve), drawn(boundary)])

    threads = [threading.Thread(target=draw) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [alone] * 4


def test_a_fit_has_even_axes_however_far_it_goes() -> None:
    x = tuple(float(i) for i in range(1, 101))
    lines = drawn(FittedFunction(x, x, x))
    assert re.split(r"\s+", lines[-2].strip()) == ["20", "40", "60", "80", "100"]


def test_infinite_outputs_still_have_a_side(boundary: Boundary) -> None:
    sure = Boundary(((math.inf,) * 4,) * 4, boundary.xlim, boundary.ylim, (), ())
    assert "".join(canvas(drawn(sure))).strip("░") == ""
