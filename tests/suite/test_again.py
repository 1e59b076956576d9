"""The word for asking once more."""

import torch

from dojo.suite.vocabulary import twice


def test_the_same_objects_hold_other_numbers_in_the_second_round() -> None:
    x, y = torch.tensor([1.0, -2.0]), torch.tensor([0.5], requires_grad=True)
    seen = [(when, x.tolist(), y.tolist()) for when in twice(x, y)]
    (first, *before), (second, *after) = seen
    assert first != second
    assert before == [[1.0, -2.0], [0.5]]
    assert all(a != b for a, b in zip(before, after, strict=True))
    assert (x.grad_fn, y.grad_fn) == (None, None)
