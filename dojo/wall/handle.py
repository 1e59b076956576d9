"""Objects that stay on the far side: what is done with them here is done there."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from dojo.contract.read import Spec
from dojo.failure import Failed, evidence_of
from dojo.verdict import Finding

if TYPE_CHECKING:
    from dojo.wall.conversation import Conversation

MOST_ITEMS = 2_000  # of one iteration: more are no end, and may be too many bytes


class Handle:
    """An object that stays on the far side.

    Attributes, calls, iteration, ``len``, ``[]``, ``in`` and ``with`` work as if it were here.

    Args:
        conversation: that it belongs to.
        node: what the far side says of it: id, type, callable, iterable, iterator, sized.
    """

    def __init__(self, conversation: "Conversation", node: dict[str, Any]) -> None:
        self._conversation = conversation
        self.number = int(node["id"])
        self.type_name = str(node.get("type"))[:100]
        self.callable = node.get("callable") is True
        self.iterable = node.get("iterable") is True
        self.iterator = node.get("iterator") is True
        self.sized = node.get("sized") is True
        self._items: tuple[Spec, dict[str, int], str] | None = None
        self._watched: tuple[str, ...] = ()

    def promise(self, each: Spec, sizes: dict[str, int], name: str) -> None:
        """Let each item that it gives be compared with what was promised of items."""
        self._items = each, sizes, name

    def watch(self, names: tuple[str, ...]) -> None:
        """Objects of the judge that it may change whenever it works (generators, say)."""
        self._watched = names

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return Method(self, name)

    def __call__(self, *args: Any) -> Any:
        return self._ask("call", "", args)

    def __iter__(self) -> Iterator[Any]:
        iterator = self if self.iterator else self.get("__iter__")
        for count in range(MOST_ITEMS + 1):
            step = iterator._ask("next", "")
            if step["end"]:
                return
            if count == MOST_ITEMS:
                break
            if self._items is not None:
                each, sizes, name = self._items
                # Each item has sizes of its own: batches need not be equally long.
                what = f"item {count} of the result of `{name}`"
                self._conversation.check_value(each, step["item"], dict(sizes), what)
            yield step["item"]
        raise Failed(
            Finding(
                f"{MOST_ITEMS:,} items came, one after the other, and no end is in sight. "
                "What ends the loop?",
                evidence=evidence_of(ended="endless", items=MOST_ITEMS),
            )
        )

    def __next__(self) -> Any:
        step = self._ask("next", "")
        if step["end"]:
            raise StopIteration
        return step["item"]

    def __len__(self) -> int:
        if not self.sized:  # `list` asks, and takes this for an answer
            raise TypeError(f"an object of type {self.type_name} has no len()")
        return int(self._ask("operate", "len"))

    def __getitem__(self, key: Any) -> Any:
        return self._ask("operate", "getitem", (key,))

    def __setitem__(self, key: Any, value: Any) -> None:
        self._ask("operate", "setitem", (key, value))

    def __contains__(self, item: Any) -> bool:
        return bool(self._ask("operate", "contains", (item,)))

    def __enter__(self) -> Any:
        return self._ask("operate", "enter")

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: object) -> bool:
        """What happens in the block is told as an error of that name; ours are not held back."""
        told = bool(self._ask("operate", "exit", ("" if kind is None else kind.__name__,)))
        return told and kind is not None and not issubclass(kind, Failed)

    def __bool__(self) -> bool:
        return True

    def get(self, name: str) -> Any:
        """The value of an attribute."""
        return self._ask("get", name)

    def method(self, name: str, args: Sequence[Any]) -> Any:
        """Call a method, its answer checked against the class's contract."""
        conversation = self._conversation
        contract = conversation.answerer.contract
        signature = contract.classes.get(self.type_name, {}).get(name)
        return conversation.call(
            name, args, handle=self, signature=signature, watched=self._watched
        )

    def _ask(self, op: str, name: str, args: Sequence[Any] = ()) -> Any:
        return self._conversation.call(name, args, op=op, handle=self, watched=self._watched)


class Method:
    """`handle.name`, to be called."""

    def __init__(self, owner: Handle, name: str) -> None:
        self._owner = owner
        self._name = name

    def __call__(self, *args: Any) -> Any:
        return self._owner.method(self._name, args)
