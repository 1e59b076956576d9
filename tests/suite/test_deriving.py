"""Derivatives from autograd, and several gradients that are compared with them."""

import pytest
import torch

from dojo.failure import Failed
from dojo.suite.compare import compared, set_single
from dojo.suite.deriving import close_each, derivatives

X, W = torch.tensor([[1.0, -2.0], [0.5, 3.0]]).double(), torch.tensor([2.0, -1.0]).double()


def squares(x: torch.Tensor, w: torch.Tensor) -> torch.Tensor:
    return (x @ w).square().sum()


def test_a_derivative_for_each_input() -> None:
    by_x, by_w = derivatives(squares, X, W)
    error = 2 * (X @ W)
    assert torch.equal(by_x, torch.outer(error, W))
    assert torch.equal(by_w, X.T @ error)


def test_what_arrives_is_passed_on() -> None:
    arriving = torch.tensor([3.0, -1.0]).double()
    _, by_w = derivatives(torch.matmul, X, W, arriving=arriving)
    assert torch.equal(by_w, X.T @ arriving)


def test_inputs_stay_as_they_are_whatever_they_record() -> None:
    recorded = (2 * W).requires_grad_() + 0
    _, by_w = derivatives(squares, X, recorded)
    assert torch.equal(by_w, 4 * X.T @ X @ W)
    assert W.grad is None
    assert not W.requires_grad


def test_the_first_wrong_gradient_is_told_and_all_have_bars() -> None:
    set_single(False)
    with pytest.raises(Failed, match="The derivative by w differs"):
        close_each("xwb", [X, 3 * W, W], [X, W, W], "the derivative by {}")
    bars = {c.bar: c for c in compared() if c.bar}
    assert list(bars) == ["x", "w", "b"]
    assert torch.equal(bars["w"].got, 3 * W)


@pytest.mark.parametrize("got", [None, "no gradient", W[:1]])
def test_anything_else_in_place_of_a_gradient_fails_without_a_bar(got: object) -> None:
    set_single(False)
    with pytest.raises(Failed, match="The derivative by w"):
        close_each("w", [got], [W], "the derivative by {}")
    assert [c.bar for c in compared() if c.bar] == []


def test_right_gradients_pass() -> None:
    close_each("wb", [W, X], (W.clone(), X.clone()), "the derivative by {}")
