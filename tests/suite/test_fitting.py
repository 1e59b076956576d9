"""Steps that fit a model to targets, and what is named in place of them."""

from collections.abc import Callable

import pytest
import torch
from torch import Tensor

from dojo.failure import Failed
from dojo.suite.fitting import Model, fits, mean_square, stepped
from dojo.suite.moving import Tensors

X = torch.linspace(-1, 2, 12).double().unsqueeze(1)
Y = 2 * X - 1 + torch.sin(5 * X)
START = {"w": torch.tensor([[0.3]]).double(), "b": torch.tensor([-0.2]).double()}
LR = 0.013


def line(p: Tensors, x: Tensor) -> Tensor:
    return x @ p["w"] + p["b"]


def bent(p: Tensors, x: Tensor) -> Tensor:
    return torch.tanh(line(p, x))


def trained(step: Callable[[Tensors], Tensors]) -> list[Tensors]:
    """The parameters after 1, 2 and 3 epochs."""
    runs: list[Tensors] = [START]
    for _ in range(3):
        runs.append(step(runs[-1]))
    return runs[1:]


def by(
    model: Model = line,
    y: Tensor = Y,
    loss: Callable[[Tensor, Tensor], Tensor] = mean_square,
) -> Callable[[Tensors], Tensors]:
    return lambda p: stepped(model, p, X, y, LR, loss)


def uphill(p: Tensors) -> Tensors:
    return stepped(line, p, X, Y, -LR)


def in_parts(p: Tensors) -> Tensors:
    for rows, targets in zip(X.split(5), Y.split(5), strict=True):
        p = stepped(line, p, rows, targets, LR)
    return p


def test_a_step_is_one_of_gradient_descent() -> None:
    after = stepped(line, START, X, Y, LR)
    error = line(START, X) - Y
    assert torch.allclose(after["w"], START["w"] - LR * 2 * (error * X).mean())
    assert torch.allclose(after["b"], START["b"] - LR * 2 * error.mean())


def test_right_steps_pass() -> None:
    fits(trained(by()), line, X, Y, LR, "here")


@pytest.mark.parametrize(
    ("mistake", "step"),
    [
        ("sum-loss", by(loss=lambda out, y: (out - y).square().sum())),
        ("flat-targets", by(y=Y.reshape(-1))),
        ("other-loss", by(loss=lambda out, y: (out - y).abs().mean())),
        ("other-loss", by(loss=lambda out, y: mean_square(out, y).sqrt())),
        ("mini-batches", in_parts),
        ("bent", by(bent)),
        ("uphill", uphill),
        (None, by(lambda p, x: torch.relu(line(p, x)))),
    ],
)
def test_another_step_is_named(mistake: str | None, step: Callable[[Tensors], Tensors]) -> None:
    with pytest.raises(Failed) as caught:
        fits(trained(step), line, X, Y, LR, "here", others={"bent": [bent]})
    assert caught.value.finding.mistake == mistake


def test_a_reason_that_the_check_knows_comes_before_others() -> None:
    with pytest.raises(Failed) as caught:
        fits(trained(in_parts), line, X, Y, LR, "here", because="draws-in-loop")
    assert caught.value.finding.mistake == "draws-in-loop"
