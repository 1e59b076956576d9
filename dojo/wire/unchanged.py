"""What came and goes back as it was: named, and not sent once more.

After each call the far side tells what the tensors that it was given are now. Most are what they
were; of these a node ``{"k": "same", "id": name}`` is sent, and the side that asked puts in its
place what it sent itself, so that all who read the answer find it whole.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from dojo.wire.values import Node, WireError

SAME = "same"
# Nodes of tensors by name, each with its numbers.
Came = Mapping[str, tuple[dict[str, Any], memoryview | bytes]]


def is_unchanged(node: dict[str, Any], data: bytes, came: Came) -> bool:
    """Whether a tensor's node and numbers are those that came under its name."""
    former, numbers = came.get(node["id"], (None, b""))
    if former is None or node["grad"] is not None:
        return False
    return {**former, "buf": node["buf"]} == node and numbers == data


def completed(nodes: list[Node], sent: Came, buffers: list[memoryview]) -> frozenset[str]:
    """Put what was sent in the place of each node that says no more than that it is the same.

    Args:
        nodes: of an answer, changed in place.
        sent: tensors of the question.
        buffers: of the answer; what was sent is added.

    Returns:
        The names of what is the same.

    Raises:
        WireError: a node speaks of something that wasn't sent, or twice of the same.
    """
    done: set[str] = set()
    for node in _those(nodes):
        name = node["id"]
        if not isinstance(name, str) or name not in sent or name in done:
            raise WireError("the same as nothing")
        done.add(name)
        former, numbers = sent[name]
        node.update(former, buf=len(buffers))
        buffers.append(memoryview(numbers))
    return frozenset(done)


def _those(nodes: list[Node]) -> Iterator[dict[str, Any]]:
    waiting: list[Any] = list(nodes)
    while waiting:
        node = waiting.pop()
        if isinstance(node, list):
            waiting += node
            continue
        match node.get("k") if isinstance(node, dict) else "ref":
            case "same":
                yield node
            case "ref":
                pass
            case "tensor":
                waiting.append(node["grad"])
            case _:
                waiting += [v for v in node.values() if isinstance(v, (list, dict))]
