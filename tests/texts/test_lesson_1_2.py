"""The numbers in the text of lesson 1.2, worked out again; each is read from the text itself."""

import ast
import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest
import torch
from torch import Tensor

ROOT = Path(__file__).parents[2]
LESSON = "lesson_1_2_linear_regression"
TEXT = (ROOT / "katas" / LESSON / "README.md").read_text(encoding="utf-8")


def said(pattern: str) -> list[float]:
    """The numbers that stand in the text where the pattern has groups; it occurs once."""
    found = re.findall(pattern, TEXT)
    assert len(found) == 1, f"{pattern!r} stands in the text {len(found)} times"
    groups = found[0] if isinstance(found[0], tuple) else (found[0],)
    return [float(g) for g in groups]


def section(title: str) -> list[str]:
    """The indented lines of a section, without their indent."""
    text = TEXT.partition(f"## {title}\n")[2].partition("\n## ")[0]
    return re.findall(r"^    (\S.*)$", text, re.M)


def solution(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "solutions" / LESSON / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(("title", "lines"), [("A toolbox", 12), ("Autograd", 2)])
def test_every_line_of_a_toolbox_says_what_torch_says(title: str, lines: int) -> None:
    names: dict[str, object] = {"torch": torch}
    checked = 0
    for line in section(title):
        code, *told = re.split(r" {2,}", line)
        if re.match(r"\w+ = ", code) or not told:
            exec(code, names)
            continue
        got = eval(code, names)
        assert isinstance(got, (Tensor, float))
        if shape := re.search(r"(?:shape|is) (\(.*?\))", line):
            assert isinstance(got, Tensor)
            assert tuple(got.shape) == ast.literal_eval(shape[1])
        if not told[0].startswith("standard"):
            want = torch.tensor(ast.literal_eval(told[0]), dtype=torch.float32)
            torch.testing.assert_close(
                torch.as_tensor(got, dtype=torch.float32), want, atol=0.005, rtol=0
            )
            checked += 1
    assert checked == lines


def test_a_flat_list_is_lined_up_with_the_columns() -> None:
    with pytest.raises(RuntimeError):
        _ = torch.zeros(3) * torch.zeros(3, 2)


def test_noise_by_its_standard_deviation() -> None:
    one, factor, noise = said(
        r"normal numbers have (\d), so multiplying them by (\S+) gives noise of (\S+)\."
    )
    drawn = torch.randn(100_000, generator=torch.Generator().manual_seed(0))
    assert drawn.std().item() == pytest.approx(one, abs=0.02)
    assert (factor * drawn).std().item() == pytest.approx(noise, abs=0.002)


def test_the_factors_of_four_runs() -> None:
    share, points = said(r"\((\S+) is twice the mean of x\^2, with (\d+) points\)")
    x = torch.linspace(-1, 1, int(points), dtype=torch.float64)
    h = 2 * x.square().mean().item()
    assert share == pytest.approx(h, abs=0.005)
    assert said(r"error of w:   1 - (\S+) \* lr") == [share]
    rows = re.findall(r"^    lr (\S+) +b (\S+) +w (\S+) ", TEXT, re.M)
    assert len(rows) == 4
    for lr, b, w in [[float(v) for v in row] for row in rows]:
        assert b == pytest.approx(1 - 2 * lr, abs=1e-9)
        assert w == pytest.approx(1 - h * lr, abs=0.0005)


def left(lr: float, epochs: int) -> tuple[float, float]:
    """The shares of the errors of w and b that are left after so many epochs."""
    x = torch.linspace(-1, 1, 100, dtype=torch.float64).reshape(100, 1)
    w0, b0 = torch.tensor([3.0], dtype=x.dtype), torch.tensor([1.0], dtype=x.dtype)
    fit = solution("k3_descend_the_line").fit_line(x, 2 * x - 1, w0, b0, lr, epochs)
    return fit.w.item() - 2, (fit.b.item() + 1) / 2


def test_what_is_left_of_the_errors() -> None:
    epochs, b, w = said(r"after (\d+) epochs (\d+) % of b's error is left, (\d+) % of w's")
    still = left(0.01, int(epochs))
    assert [round(100 * v) for v in still] == [w, b]
    epochs, least = said(r"after (\d+) epochs less than (\S+) % is left of both")
    assert all(100 * abs(v) < least for v in left(0.1, int(epochs)))


def test_the_jumping_run() -> None:
    assert left(1.0, 10)[1] == pytest.approx(1)
    assert left(1.0, 11)[1] == pytest.approx(-1)
    (longer,) = said(r"each jump of b is (\d+) % longer than the one before")
    assert abs(left(1.01, 1)[1]) == pytest.approx(1 + longer / 100)


def test_where_the_runs_to_try_end() -> None:
    lrs = said(r"Run `fit_line` with lr (\S+), (\S+), (\S+) and (\S+) and print b")
    ends = [abs(left(lr, 500)[1]) for lr in lrs]
    assert ends[0] < 1e-9
    assert 1e-9 < ends[1] < 1e-3
    assert ends[2] == pytest.approx(1)
    assert ends[3] > 1e3
