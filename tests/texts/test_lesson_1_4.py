"""The numbers in the text of lesson 1.4, worked out again; each is read from the text itself."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import torch
from torch import Tensor

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "katas/lesson_1_4_loss_landscape/README.md").read_text(encoding="utf-8")
NUMBER = r"(-?\d+(?:\.\d+)?)"


def line(start: str) -> list[float]:
    """All numbers in the one line of the text that begins so, behind that beginning."""
    found = [x for x in map(str.strip, TEXT.splitlines()) if x.startswith(start)]
    assert len(found) == 1, f"{start!r} begins {len(found)} lines"
    return [float(n) for n in re.findall(NUMBER, found[0][len(start) :])]


def said(pattern: str) -> list[float]:
    """The numbers that stand in the text where the pattern has groups; it occurs once."""
    found = re.findall(pattern.replace("#", NUMBER), TEXT)
    assert len(found) == 1, f"{pattern!r} stands in the text {len(found)} times"
    groups = found[0] if isinstance(found[0], tuple) else (found[0],)
    return [float(g) for g in groups]


def about(value: float | Tensor, spare: float = 0.0051) -> object:
    return pytest.approx(float(value), abs=spare)


@pytest.fixture(autouse=True)
def double() -> Iterator[None]:
    before = torch.get_default_dtype()
    torch.set_default_dtype(torch.float64)
    yield
    torch.set_default_dtype(before)


def points() -> tuple[Tensor, Tensor]:
    x, y = (torch.tensor(said(rf"\n    {name} +# +# +#\n")) for name in "xy")
    return x, y


def loss(w: float | Tensor, b: float | Tensor) -> Tensor:
    x, y = points()
    return (x * w + b - y).square().mean()


def gradient(place: Tensor) -> Tensor:
    leaf = place.clone().requires_grad_()
    return torch.autograd.grad(loss(leaf[0], leaf[1]), leaf)[0]


def table() -> Tensor:
    x, _ = points()
    return torch.stack([x, torch.ones(len(x))], dim=1)


def hessian() -> Tensor:
    return 2 * table().T @ table() / len(table())


def test_the_map() -> None:
    intercepts = line("slope   ")
    for w in (1, 2, 3):
        got = line(f"w = {w}")
        assert got == [about(loss(w, b)) for b in intercepts]
    *predictions, a, b, c = said(r"the predictions are #, #, #, the differences #, #, #, and")
    x, y = points()
    assert predictions == (2 * x + 1).tolist()
    assert [a, b, c] == (2 * x + 1 - y).tolist()
    assert loss(2, 1) == pytest.approx(1 / 3)
    w, b, height = said(r"it lies at w = #, b = #, and its height is #\.")
    best = torch.linalg.pinv(table()) @ y
    assert [w, b] == [about(v) for v in best]
    assert height == about(loss(best[0], best[1]))


def test_shapes_of_the_map() -> None:
    ws, bs, x = torch.arange(3.0), torch.arange(2.0), torch.arange(5.0)
    whole = ws[:, None, None] * x + bs[:, None]
    shown = {
        "ws[:, None, None]  ": ws[:, None, None],
        "bs[:, None]  ": bs[:, None],
        "ws[:, None, None] * x + bs[:, None]": whole,
        "(...).mean(dim=2)": whole.mean(dim=2),
    }
    for start, tensor in shown.items():
        assert line(start)[: tensor.dim()] == list(tensor.shape)


def test_the_walk() -> None:
    (lr,) = said(r"From \(0, 0\) with lr #, in the example")
    place = torch.zeros(2)
    for start in ("start", "after 1 step ", "after 2 steps"):
        assert line(start) == [about(v) for v in (*place, *gradient(place))]
        place = place - lr * gradient(place)


def test_one_tensor_twice() -> None:
    theta = torch.tensor([0.0, 0.0])
    path = [theta]
    theta -= 1.0
    path.append(theta)
    assert line("path   ") == torch.stack(path).flatten().tolist()


def test_the_bowl() -> None:
    squares, mean, first, second = said(
        r"mean of x \* x  is  #,  mean of x  is  #: +Hessian +\[#, #\]"
    )
    x, y = points()
    assert squares == about(x.square().mean(), 0.0005)
    assert mean == x.mean()
    assert [first, second] == [about(v) for v in hessian()[0]]
    assert line("A.T @ A") == (table().T @ table()).flatten().tolist()
    assert line("H   ") == [about(v) for v in hessian().flatten()]
    curvatures = torch.linalg.eigvalsh(hessian())
    assert line("torch.linalg.eigvalsh(H)") == [about(v) for v in curvatures]
    assert line("torch.linalg.pinv(A) @ y") == [about(v) for v in torch.linalg.pinv(table()) @ y]
    steep, gentle, ratio = said(r"Here they are #, in a direction between w and b, and #: a .*, #")
    assert [gentle, steep] == [about(v) for v in curvatures]
    assert ratio == about(curvatures[1] / curvatures[0], 0.051)


def test_factors() -> None:
    for product in ("0.5", "1  ", "1.5", "2  ", "2.1"):
        rows = re.findall(rf"^    {re.escape(product)} +{NUMBER}  ", TEXT, re.MULTILINE)
        assert [float(f) for f in rows] == [pytest.approx(1 - float(product))]


def test_the_limit() -> None:
    gentle, steep = torch.linalg.eigvalsh(hessian()).tolist()
    c, limit = said(r"In the example that is 2 / # = #\.")
    assert (c, limit) == (about(steep), about(2 / steep))
    for pattern in (r"With lr # the steep axis has the factor #,", r"with # it has # and runs"):
        lr, factor = said(pattern)
        assert factor == about(1 - lr * steep)
        assert (lr < 2 / steep) == (abs(factor) < 1)
    bears, best = said(r"gentle axis would bear lr #, and gets a factor of # at best")
    assert bears == about(2 / gentle, 0.1)
    assert best == about(1 - 2 / steep * gentle)


def test_the_data_of_lesson_1_2() -> None:
    n, low, high = said(r"lesson 1\.2, # points evenly from # to #, have the mean 0")
    x = torch.linspace(low, high, int(n))
    w, b, limit = said(r"with curvatures # and #\. So the limit is #,")
    assert (w, b) == (about(2 * x.square().mean()), 2.0)
    assert limit == 2 / max(w, b)


def test_the_slice() -> None:
    w, b, *direction = said(r"from \(#, #\) along the direction \(#, #\)")
    alphas, losses = line("alpha"), line("loss    ")
    places = line("place         (")
    for k, alpha in enumerate(alphas):
        place = [w + alpha * direction[0], b + alpha * direction[1]]
        assert places[2 * k : 2 * k + 2] == place
        assert losses[k] == about(loss(*place))


def test_a_sum_is_rounded() -> None:
    assert line("0.1 + 0.2 - 0.2  ") == [0.1 + 0.2 - 0.2]
    assert 0.1 + 0.2 - 0.2 != 0.1


def test_what_the_text_says_of_torch() -> None:
    model = torch.nn.Linear(1, 1)
    assert [tuple(p.shape) for p in model.parameters()] == [(1, 1), (1,)]
    whole = torch.tensor([[2.0, 4.0, 1.0]])  # one point, three parameters: a trough
    with pytest.raises(torch.linalg.LinAlgError):
        torch.linalg.inv(whole.T @ whole)
    assert torch.allclose(whole @ torch.linalg.pinv(whole), torch.ones(1, 1))
