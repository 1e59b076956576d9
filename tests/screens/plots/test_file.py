"""Pictures as files: every kind, whatever it holds, as PNG and SVG."""

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from dojo.pictures import GradientBars, LossCurve, Picture
from dojo.screens.plots.file import save_figure


def words(path: Path) -> str:
    """What can be read in an SVG: matplotlib leaves each text in a comment."""
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("ending", [".png", ".svg"])
def test_each_kind_is_saved(sight: Picture, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"picture{ending}"
    save_figure([sight], path)
    if ending == ".png":
        assert path.read_bytes().startswith(b"\x89PNG")
        assert path.stat().st_size < 80_000  # a landscape of shades has 60,000 already
    else:
        ET.fromstring(words(path))
        assert sight.title in words(path)


@pytest.mark.filterwarnings("ignore:Glyph")
def test_no_number_and_no_text_breaks_a_file(broken: Picture, tmp_path: Path) -> None:
    save_figure([broken], tmp_path / "picture.png")
    assert (tmp_path / "picture.png").stat().st_size > 1000


def test_several_pictures_share_one_file(
    loss_curve: LossCurve, bars: GradientBars, tmp_path: Path
) -> None:
    path = tmp_path / "both.svg"
    save_figure([loss_curve, bars, loss_curve], path, "2.3.4  Fit the sine")
    text = words(path)
    for wanted in ("2.3.4  Fit the sine", loss_curve.title, bars.title):
        assert wanted in text


def test_a_picture_says_what_is_what(
    loss_curve: LossCurve, bars: GradientBars, tmp_path: Path
) -> None:
    path = tmp_path / "both.svg"
    save_figure([loss_curve, bars], path)
    text = words(path)
    for wanted in ("your loss", "the reference's range", "the goal: below 0.05", "epoch", "7×"):
        assert wanted in text
    assert text.count("as it should be") == 1


def test_the_same_picture_gives_the_same_png(sight: Picture, tmp_path: Path) -> None:
    for name in ("one.png", "two.png"):
        save_figure([sight], tmp_path / name)
    assert (tmp_path / "one.png").read_bytes() == (tmp_path / "two.png").read_bytes()


def test_a_file_that_can_not_be_written_is_an_os_error(sight: Picture, tmp_path: Path) -> None:
    with pytest.raises(OSError, match="no such"):
        save_figure([sight], tmp_path / "no such folder" / "picture.png")
