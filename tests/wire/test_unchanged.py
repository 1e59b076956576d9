"""What comes back as it went is named only, and stands whole in the answer that is read."""

from collections.abc import Callable
from typing import Any

import pytest
import torch
from torch import Tensor, nn

from dojo.wire.codec import Decoder, Encoder
from dojo.wire.frames import parse
from dojo.wire.unchanged import completed
from dojo.wire.values import Table, WireError, facts_of


def _refuse(node: dict[str, Any]) -> Any:
    raise WireError("unknown")


class Sides:
    """Both sides of the wall, without one."""

    def __init__(self) -> None:
        self.ours, self.theirs = Table("j"), Table("l")

    def exchange(
        self, values: list[Any], work: Callable[[list[Any]], object]
    ) -> tuple[list[Any], list[Any], frozenset[str], int]:
        """Send values, let the far side work on them, and read what they are then.

        Returns:
            The values read, the nodes as they came, what was said to be the same, and how many
            bytes of numbers came.
        """
        request = Encoder(self.ours, lambda _: None)
        body, buffers = parse(request.frame([request.encode(v) for v in values]))
        decoder = Decoder(buffers, self.theirs, _refuse)
        work([decoder.decode(node) for node in body])
        reply = Encoder(self.theirs, lambda _: None)
        reply.came = decoder.came
        names = list(request.seen)
        nodes = [reply.encode(self.theirs.objects[n]) for n in names]
        came, buffers = parse(reply.frame(nodes))
        size = sum(map(len, buffers))
        shown = [dict(n) for n in came]
        same = completed(came, request.sent, buffers)
        back = Decoder(buffers, self.ours, _refuse, widen=True, same=same)
        return [back.decode(node) for node in came], shown, same, size


def test_what_nobody_touched_is_only_named() -> None:
    x, p = torch.randn(4, 3, dtype=torch.float64), nn.Parameter(torch.randn(2))
    before = [x.tolist(), p.tolist()]
    got, nodes, same, size = Sides().exchange([x, [p, 1.5]], lambda values: None)
    assert nodes[0] == {"k": "same", "id": "j1"}
    assert same == {"j1", "j3"}
    assert size == 0
    assert got[0] is x
    assert got[1][0] is p
    assert [x.tolist(), p.tolist()] == before
    facts = facts_of(p)
    assert facts is not None
    assert facts.parameter
    assert facts.dtype == "float32"


CHANGES: dict[str, Callable[[Tensor], object]] = {
    "a number": lambda t: t.view(-1)[0].add_(1),
    "the sign of a zero": lambda t: t.mul_(-1),
    "the shape": lambda t: setattr(t, "data", t.reshape(-1).clone()),
    "the dtype": lambda t: setattr(t, "data", t.float()),
    "the record of gradients": lambda t: t.requires_grad_(True),
    "the gradient": lambda t: setattr(t.requires_grad_(True), "grad", torch.ones_like(t)),
    "the order in memory": lambda t: t.t_(),
}


@pytest.mark.parametrize("what", CHANGES)
def test_whatever_changed_is_sent(what: str) -> None:
    x = torch.zeros(3, 3, dtype=torch.float64)
    _, nodes, same, _ = Sides().exchange([x], lambda values: CHANGES[what](values[0]))
    assert nodes[0]["k"] == "tensor"
    assert not same
    if what == "a number":
        assert x.sum() == 1


def test_a_gradient_that_came_along_is_sent_back_whole() -> None:
    x = torch.ones(2, requires_grad=True)
    x.grad = torch.full((2,), 3.0)
    got, nodes, same, _ = Sides().exchange([x], lambda values: values[0].grad.add_(1))
    assert nodes[0]["k"] == "tensor"
    assert "j1" not in same
    assert got[0] is x
    assert x.grad.tolist() == [4.0, 4.0]


def test_each_request_counts_for_itself() -> None:
    sides, x = Sides(), torch.zeros(2, dtype=torch.float64)
    sides.exchange([x], lambda values: None)
    x.add_(5)  # by the suite
    _, _, same, _ = sides.exchange([x], lambda values: None)
    assert same == {"j1"}
    assert x.tolist() == [5.0, 5.0]
    _, _, same, _ = sides.exchange([x], lambda values: values[0].sub_(5))
    assert not same
    assert x.tolist() == [0.0, 0.0]


@pytest.mark.parametrize(
    "nodes",
    [
        [{"k": "same", "id": "j9"}],
        [{"k": "same", "id": "j1"}, {"k": "same", "id": "j1"}],
        [{"k": "list", "id": "l1", "items": [{"k": "same", "id": ["j1"]}]}],
    ],
)
def test_the_same_as_nothing_is_refused(nodes: list[Any]) -> None:
    sent = {"j1": ({"k": "tensor", "id": "j1"}, b"")}
    with pytest.raises(WireError, match="the same as nothing"):
        completed(nodes, sent, [])


@pytest.mark.parametrize("node", [{"k": "same"}, {"k": "tensor"}])
def test_a_node_without_its_parts_is_malformed(node: dict[str, Any]) -> None:
    with pytest.raises(KeyError):
        completed([node], {}, [])
