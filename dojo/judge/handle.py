"""Objects that stay on the far side: attributes, calls and iteration go there."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dojo.judge.conversation import Conversation


class Handle:
    """An object that stays on the far side: attributes, calls and iteration go there."""

    def __init__(self, conversation: "Conversation", number: int, type_name: str) -> None:
        self._conversation = conversation
        self.number = number
        self.type_name = type_name

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return Method(self, name)

    def __call__(self, *args: Any) -> Any:
        return self._conversation.call("", args, handle=self)

    def __iter__(self) -> Iterator[Any]:
        iterator = self.get("__iter__")
        conversation = self._conversation
        while True:
            step = conversation.call("", (), op="next", handle=iterator)
            if step["end"]:
                return
            yield step["item"]

    def get(self, name: str) -> Any:
        """The value of an attribute."""
        return self._conversation.call(name, (), op="get", handle=self)

    def method(self, name: str, args: Sequence[Any]) -> Any:
        """Call a method, its answer checked against the class's contract."""
        conversation = self._conversation
        contract = conversation.subject.contract
        signature = contract.classes.get(self.type_name, {}).get(name)
        value = conversation.call(name, args, handle=self, signature=signature)
        if signature is not None:
            conversation.check_contract(signature, args, value)
        return value


class Method:
    """`handle.name`, to be called."""

    def __init__(self, owner: Handle, name: str) -> None:
        self._owner = owner
        self._name = name

    def __call__(self, *args: Any) -> Any:
        return self._owner.method(self._name, args)
