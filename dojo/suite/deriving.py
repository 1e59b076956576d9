"""Derivatives: what autograd gives, and comparing several results one by one, with their bars."""

from collections.abc import Callable, Iterable
from typing import Any

import torch
from torch import Tensor

from dojo.suite.compare import close, show_bar


def derivatives(
    function: Callable[..., Tensor], *inputs: Tensor, arriving: Tensor | None = None
) -> list[Tensor]:
    """What autograd gives: the derivative by each of the inputs, which stay as they are.

    Args:
        function: makes a tensor of all of them, in which each takes part.
        inputs: where the derivatives are taken.
        arriving: the derivative by the function's result; without it, that is a single number.
    """
    leaves = [t.detach().clone().requires_grad_() for t in inputs]
    return list(torch.autograd.grad(function(*leaves), leaves, arriving))


def close_each(names: Iterable[str], got: Iterable[Any], want: Iterable[Tensor], what: str) -> None:
    """Require each of several gradients to be close to what is right, in this order.

    All are drawn as bars, those behind the first that is wrong as well.

    Args:
        names: of the bars; so many as there are gradients.
        got: what the learner returned; anything in place of a gradient fails.
        want: what is right.
        what: what each is, for the message, with {} for its name: "the derivative by {}".

    Raises:
        Failed: one differs.
    """
    cases = list(zip(names, got, want, strict=True))
    for name, mine, right in cases:
        show_bar(name, mine, right)
    for name, mine, right in cases:
        close(mine, right, what.format(name))
