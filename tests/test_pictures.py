"""The data of pictures: whatever a suite or an answer holds becomes numbers, few and plain."""

import math
import pickle
import subprocess
import sys
from dataclasses import FrozenInstanceError
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from dojo.numbers import MOST_NUMBERS, MOST_POINTS, MOST_ROWS
from dojo.pictures import (
    MOST_SERIES,
    Boundary,
    FittedFunction,
    GradientBars,
    Landscape,
    LossCurve,
    LossSlice,
    Mask,
    RateEffects,
    TwoLosses,
)

NAN = math.nan


def test_tensors_lists_and_numbers_become_tuples_of_floats() -> None:
    one = LossCurve.of([1, 2.5, torch.tensor(3.0), torch.tensor([4.0])], torch.tensor([5.0, 6.0]))
    assert one.losses == (1.0, 2.5, 3.0, 4.0)
    assert one.low == one.high == (5.0, 6.0)
    assert one.epochs == 4
    x = torch.tensor([[1.0], [2.0]], requires_grad=True)
    assert FittedFunction.of(x, np.array([3.0, 4.0]), 5).y_pred == (5.0,)
    assert FittedFunction.of(x, [], []).x == (1.0, 2.0)


def test_what_is_no_number_is_nan_and_what_is_too_large_is_infinite() -> None:
    losses = LossCurve.of([10**400, -(10**400), "three", None, math.inf, 1j]).losses
    assert losses[:2] == (math.inf, -math.inf)
    assert [math.isnan(v) for v in losses] == [False, False, True, True, False, True]


@pytest.mark.parametrize("odd", [None, "losses", object(), {1: 2}, iter([1, 2]), range(3)])
def test_what_is_no_sequence_holds_nothing(odd: Any) -> None:
    assert LossCurve.of(odd).losses == ()
    assert GradientBars.of({"w": (odd, [1.0])}).got == (0.0,)


def test_an_object_is_never_asked_for_its_numbers() -> None:
    class Handle:
        def tolist(self) -> list[float]:
            pytest.fail("the answer's own object was asked")

    assert LossCurve.of(Handle()).losses == ()
    assert math.isnan(LossCurve.of([Handle()]).losses[0])


def test_a_list_that_holds_itself_ends() -> None:
    endless: list[Any] = [1.0]
    endless.extend([endless] * 50)
    assert len(LossCurve.of(endless).losses) <= MOST_NUMBERS + 1


def test_a_view_of_endless_size_is_left_alone() -> None:
    assert LossCurve.of(torch.zeros(1).expand(10**12)).losses == ()


def test_many_numbers_are_thinned_and_the_epochs_stay_known() -> None:
    curve = LossCurve.of(list(range(100_001)))
    assert len(curve.losses) <= MOST_NUMBERS + 1
    assert (curve.losses[0], curve.losses[-1], curve.epochs) == (0.0, 100_000.0, 100_001)


def test_a_boundary_takes_rows_or_one_column_of_a_square() -> None:
    rows = torch.arange(6.0).reshape(2, 3)
    limits = ((0.0, 1.0), (0.0, 1.0))
    made = Boundary.of(rows, *limits, torch.zeros(2, 2), torch.tensor([[0.0], [1.0]]))
    assert made.grid == ((0.0, 1.0, 2.0), (3.0, 4.0, 5.0))
    assert (made.points, made.labels) == (((0.0, 0.0), (0.0, 0.0)), (0, 1))
    column = Boundary.of(torch.arange(9.0).reshape(9, 1), *limits, [], [])
    assert column.grid == ((0.0, 1.0, 2.0), (3.0, 4.0, 5.0), (6.0, 7.0, 8.0))


def test_a_boundary_stays_small_and_its_points_keep_their_labels() -> None:
    n = 5000
    points = torch.stack([torch.arange(n).double(), torch.zeros(n)], dim=1)
    labels = (torch.arange(n) >= n // 2).double()
    grid = torch.zeros(300, 300)
    made = Boundary.of(grid, (0, 1), (0, 1), points, labels)
    assert len(made.grid) <= MOST_ROWS + 1
    assert len(made.points) == len(made.labels) <= MOST_POINTS + 1
    assert made.labels == tuple(int(x >= n // 2) for x, _ in made.points)


def test_points_of_another_dimension_are_left_out() -> None:
    made = Boundary.of([[0.0]], (0, 1), (0, 1), [[1.0, 2.0], [3.0], 4.0], [1, 0, 0])
    assert (made.points, made.labels) == (((1.0, 2.0),), (1,))


def test_gradients_are_compared_by_length_and_direction() -> None:
    right = torch.tensor([[3.0], [4.0]])
    bars = GradientBars.of(
        {
            "long": (7 * right, right),
            "up": (-right, right),
            "turned": ([4.0, -3.0], right),
            "none": ([0.0, 0.0], right),
            "other": ([1.0], right),
            "both": ([0.0], [0.0]),
            "made": ([0.3], [0.0]),
        }
    )
    assert bars.got[:2] == (35.0, 5.0)
    assert [bars.ratio(i) for i in (0, 1, 3, 5, 6)] == [7.0, -1.0, 0.0, 1.0, math.inf]
    assert bars.cosines[2] == pytest.approx(0)
    assert math.isnan(bars.cosines[4])
    assert [bars.is_right(i) for i in range(7)] == [False] * 5 + [True, False]


def test_gradients_of_any_size_are_compared() -> None:
    for size in (1e-200, 1e200):
        bars = GradientBars.of({"w": ([3 * size, 4 * size], [3 * size, 4 * size])})
        assert bars.ratio(0) == pytest.approx(1)
        assert bars.cosines[0] == pytest.approx(1)
    broken = GradientBars.of({"w": ([NAN], [1.0]), "b": ([math.inf], [1.0])})
    assert not any(map(broken.is_right, range(2)))


def test_only_so_many_series_are_kept() -> None:
    many = {float(i): [1.0] for i in range(30)}
    assert len(RateEffects.of(many, ["x" * 1000] * 30).curves) == MOST_SERIES
    assert len(RateEffects.of(many, ["x" * 1000]).words[0]) == 40
    assert len(GradientBars.of({str(i): ([1.0], [1.0]) for i in range(30)}).names) == MOST_SERIES
    assert GradientBars.of({}).names == ()


def test_a_landscape_keeps_places_of_two_numbers() -> None:
    ways = {"path": torch.tensor([[1.0, 2.0], [3.0, 4.0]]), "odd": [[1.0], "two", [1, None]]}
    made = Landscape.of(torch.arange(6.0).reshape(2, 3), (0, 1), (0, 1), ways)
    assert made.grid == ((0.0, 1.0, 2.0), (3.0, 4.0, 5.0))
    assert made.words == ("path", "odd")
    assert made.ways[0] == ((1.0, 2.0), (3.0, 4.0))
    ((_, odd),) = made.ways[1]
    assert math.isnan(odd)


def test_a_landscape_stays_small() -> None:
    many = {f"{i} " + "x" * 100: torch.zeros(5000, 2) for i in range(30)}
    made = Landscape.of(torch.zeros(300, 300), (0, 1), (0, 1), many)
    assert len(made.grid) <= MOST_ROWS + 1
    assert len(made.ways) == len(made.words) == MOST_SERIES
    assert max(map(len, made.ways)) <= MOST_POINTS + 1
    assert max(map(len, made.words)) == 40


def test_a_slice_takes_any_numbers() -> None:
    made = LossSlice.of(torch.arange(2.0), [[1.0], [2]], None)
    assert (made.steps, made.losses, made.right) == ((0.0, 1.0), (1.0, 2.0), ())


def test_two_losses_mark_epochs_that_there_are() -> None:
    marks = {"stop": 2, "never": None, "beyond": 3, "before": -1, "half": 1.0, "yes": True}
    made = TwoLosses.of([1.0, 0.5, 0.25], torch.ones(2), marks)
    assert (made.train, made.val) == ((1.0, 0.5, 0.25), (1.0, 1.0))
    assert made.marks == ((2, "stop"),)


def test_a_mask_is_on_where_numbers_are_not_0() -> None:
    made = Mask.of(torch.tensor([[0.0, 2.0], [-1.0, float("nan")]]))
    assert made.rows == ((False, True), (True, True))
    assert made.share == 0.25
    assert math.isnan(Mask.of([]).share)


def test_pictures_can_be_sent_and_not_be_changed() -> None:
    curve = LossCurve.of([1.0], [2.0])
    assert pickle.loads(pickle.dumps(curve)) == curve
    with pytest.raises(FrozenInstanceError):
        curve.losses = ()  # pyrefly: ignore[read-only]


def test_the_module_needs_neither_torch_nor_a_plotter() -> None:
    code = (
        "import sys, dojo.pictures, dojo.verdict; "
        "print([m for m in ('torch', 'numpy', 'plotext', 'matplotlib') if m in sys.modules])"
    )
    root = Path(__file__).parents[1]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True)
    assert done.stdout.strip() == "[]", done.stderr
