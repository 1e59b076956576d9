"""What counts as a change of an argument."""

import torch

from dojo.wall.exchange import snapshot
from dojo.wire.values import Record


def test_a_number_of_a_record_is_as_good_as_its_equal_and_a_tensor_is_itself() -> None:
    x = torch.ones(2)
    before = snapshot(Record("Given", {"lr": 0.1, "x": x}), single=False)
    assert snapshot(Record("Given", {"lr": float("0.1"), "x": x}), single=False) == before
    assert snapshot(Record("Given", {"lr": 0.2, "x": x}), single=False) != before
    assert snapshot(Record("Given", {"lr": 0.1, "x": x.clone()}), single=False) != before
    x.add_(1)
    assert snapshot(Record("Given", {"lr": 0.1, "x": x}), single=False) != before
