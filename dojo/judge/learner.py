"""What a suite sees of the far side: `learner.name(args)` as if the function ran here.

Each call is carried to the learner process, its answer compared with the contract, and the
arguments made what they are afterwards. Every exchange is kept, so that diagnosis can replay it.
"""

import copy
import difflib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import torch

from dojo.judge.contract import Broken, Contract, Signature, bind, check
from dojo.judge.failure import (
    Failed,
    Raised,
    evidence_of,
    gone_finding,
    is_dtype_trouble,
    raised_finding,
)
from dojo.judge.process import Answer, Gone, LearnerProcess
from dojo.verdict import Finding
from dojo.wire import Decoder, Encoder, Node, Record, Table, WireError

FORBIDDEN_WORDS = {
    "autograd": "This kata wants the derivatives worked out by hand, but torch's autograd was used "
    "(backward(), grad() or a relative of theirs).",
    "optim": "This kata wants the update written by hand, but an optimizer of torch.optim was used.",
    "nn": "This kata wants the layers written by hand, but a torch.nn module was used.",
}


@dataclass(frozen=True)
class Answerer:
    """What a conversation needs to know of the file that it talks to.

    Attributes:
        source: the file's bytes.
        filename: its name in tracebacks.
        contract: the solution's.
        probe: the probe file's bytes, or None.
        forbids: names of the traps to arm.
        seconds: limit of one call.
        seed: seed of the process's global random generators.
    """

    source: bytes
    filename: str
    contract: Contract
    probe: bytes | None
    forbids: tuple[str, ...]
    seconds: float
    seed: int

    @property
    def lines(self) -> list[str]:
        return self.source.decode("utf-8", "replace").splitlines()


@dataclass
class Exchange:
    """One request and what came of it; enough to ask somebody else the same.

    Attributes:
        body: the request without its number and limit.
        request: its frame's encoder, which holds the buffers.
        answer: the reply, or None when the process was gone.
        callbacks: for each callback: the frame that came, and the encoder and body sent back.
        label: the function's name, for messages.
        want: what the suite compared the answer with, if it did.
    """

    body: dict[str, Any]
    request: Encoder
    label: str
    answer: Answer | None = None
    gone: Gone | None = None
    callbacks: list[tuple[Any, list[memoryview], Encoder, dict[str, Any]]] = field(
        default_factory=list
    )


@dataclass(frozen=True)
class Last:
    """What else is known about a call.

    Attributes:
        changed: names of the arguments whose values were changed.
        rng_advanced: whether a global random generator moved.
        seconds: duration of the call on the far side.
        sizes: dimension names bound by the arguments.
    """

    changed: tuple[str, ...] = ()
    rng_advanced: bool = False
    seconds: float = 0.0
    sizes: Mapping[str, int] = field(default_factory=dict)
    knows: Mapping[str, float] = field(default_factory=dict)


class Conversation:
    """All calls of one test with one learner process.

    Args:
        process: a fresh one.
        subject: the file to talk to.
        dtype: ``float64``, or ``float32`` for the second chance.
    """

    def __init__(self, process: LearnerProcess, subject: Answerer, dtype: str) -> None:
        self.process = process
        self.subject = subject
        self.dtype = dtype
        self.exchanges: list[Exchange] = []
        self.names: list[str] = []
        self.last = Last()
        self.saw_float32 = False
        self._table = Table("j")
        self._callbacks: dict[str, Callable[..., Any]] = {}
        self._callback_error: BaseException | None = None
        self._loaded = False

    def encoder(self) -> Encoder:
        cast = torch.float32 if self.dtype == "float32" else None
        return Encoder(self._table, self._encode_other, cast)

    def load(self) -> None:
        """Run the subject's file on the far side, once.

        Raises:
            Failed: it doesn't run.
        """
        if self._loaded:
            return
        encoder = self.encoder()
        encoder.buffers += [self.subject.source, self.subject.probe or b""]
        body = {
            "op": "load",
            "source": 0,
            "probe": None if self.subject.probe is None else 1,
            "filename": self.subject.filename,
            "dtype": self.dtype,
            "random_seed": self.subject.seed,
            "forbids": list(self.subject.forbids),
        }
        answer = self._ask(body, encoder, "", max(self.subject.seconds, 5.0))
        self.names = [n for n in answer.body.get("value", {}).get("items", ()) if isinstance(n, str)]
        self._loaded = True

    def call(
        self,
        name: str,
        args: Sequence[Any],
        *,
        op: str = "call",
        handle: "Handle | None" = None,
        as_handle: bool = False,
        extra: Mapping[str, Any] | None = None,
        signature: Signature | None = None,
    ) -> Any:
        """Carry out one request and return its decoded value, checked against the contract.

        Raises:
            Failed: the call failed, or its answer breaks the contract.
        """
        self.load()
        self._callback_error = None
        before = [_snapshot(a) for a in args]
        encoder = self.encoder()
        nodes = [encoder.encode(a) for a in args]
        cotangent = encoder.encode(extra["cotangent"]) if extra else None
        body = {
            "op": op,
            "name": name,
            "handle": None if handle is None else handle.number,
            "args": nodes,
            "names": list(encoder.seen),
            "as_handle": as_handle,
            "cotangent": cotangent,
        }
        answer = self._ask(body, encoder, name or "the object", self.subject.seconds)
        value, grads = self._decode(answer)
        self._note(answer, args, before, signature)
        if op == "vjp":
            return value, grads, list(encoder.seen)
        return value

    def check_contract(self, signature: Signature, args: Sequence[Any], value: Any) -> None:
        """Compare an answer with its signature; remember the sizes for later sentences.

        Raises:
            Failed: it breaks the contract.
        """
        contract = self.subject.contract
        sizes = bind(signature, args, contract)
        try:
            check(signature.returns, value, sizes, contract, f"the result of `{signature.name}`")
        except Broken as broken:
            text = str(broken)
            raise Failed(
                Finding(text[0].upper() + text[1:]),
                cause="contract",
                kind="shapes",
                dtype_trouble=False,
            ) from None

    def _ask(self, body: dict[str, Any], encoder: Encoder, label: str, seconds: float) -> Answer:
        exchange = Exchange(body, encoder, label)
        self.exchanges.append(exchange)

        def on_callback(
            asked: dict[str, Any], buffers: list[memoryview]
        ) -> tuple[Encoder, dict[str, Any]]:
            reply_encoder, reply = self._answer_callback(asked, buffers)
            exchange.callbacks.append((asked, buffers, reply_encoder, reply))
            return reply_encoder, reply

        try:
            answer = self.process.ask(body, encoder, seconds, on_callback)
        except Gone as gone:
            exchange.gone = gone
            finding = gone_finding(gone, label, seconds, self.subject.lines)
            cause = "hang" if gone.reason == "hang" else "gone"
            raise Failed(finding, cause=cause, kind=None if label else "load") from None
        exchange.answer = answer
        if self._callback_error is not None:
            raise self._callback_error
        self._judge_report(answer.body.get("report"), body, label)
        error = answer.body.get("error")
        if error is not None:
            raised = Raised.read(error)
            finding = raised_finding(raised, label, self.subject.lines)
            raise Failed(
                finding,
                cause="raised",
                dtype_trouble=is_dtype_trouble(raised),
                kind=None if label else "load",
                raised=raised,
            )
        return answer

    def _judge_report(self, report: Any, body: dict[str, Any], label: str) -> None:
        table = report if isinstance(report, dict) else {}
        used = [x for x in (table.get("forbidden") or []) if x in self.subject.forbids]
        if used:
            words = FORBIDDEN_WORDS[used[0]]
            raise Failed(Finding(words), cause="forbidden", kind="constraints")
        modes = [str(m)[:200] for m in (table.get("modes") or [])]
        if modes:
            where = f"`{label}`" if label else "your file"
            text = f"After {where} had run, {modes[0]}: that changes what all later code computes."
            raise Failed(
                Finding(text), cause="modes", dtype_trouble="default dtype" in modes[0]
            )

    def _decode(self, answer: Answer) -> tuple[Any, Any]:
        decoder = Decoder(answer.buffers, self._table, self._decode_other, widen=True)
        try:
            value = decoder.decode(answer.body.get("value"))
            grads = decoder.decode(answer.body.get("grads"))
            for node in answer.body.get("known") or ():
                decoder.decode(node)
        except WireError as error:
            self.process.kill()
            raise Failed(
                gone_finding(Gone("frame"), "", 0, []), cause="gone"
            ) from error
        if b'"dtype":"float32"' in answer.frame[: 2**20]:
            self.saw_float32 = True
        return value, grads

    def _note(
        self,
        answer: Answer,
        args: Sequence[Any],
        before: list[Any],
        signature: Signature | None,
    ) -> None:
        report = answer.body.get("report")
        table = report if isinstance(report, dict) else {}
        names = [p[0] for p in signature.parameters] if signature else []
        names += [f"argument {i + 1}" for i in range(len(names), len(args))]
        changed = [
            n for n, old, a in zip(names, before, args, strict=False) if old != _snapshot(a)
        ]
        sizes = bind(signature, args, self.subject.contract) if signature else {}
        floats = {n: float(a) for n, a in zip(names, args, strict=False) if _is_number(a)}
        seconds = table.get("seconds")
        self.last = Last(
            changed=tuple(changed),
            rng_advanced=bool(table.get("randoms")),
            seconds=float(seconds) if isinstance(seconds, (int, float)) else 0.0,
            sizes=sizes,
            knows={**{k: float(v) for k, v in sizes.items() if ":" not in k}, **floats},
        )

    def _encode_other(self, value: object) -> Node | None:
        if isinstance(value, Handle):
            return {"k": "handle_ref", "id": value.number}
        if callable(value) and not isinstance(value, Record):
            number = str(id(value))
            self._callbacks[number] = value
            name = getattr(value, "__name__", "f")
            return {"k": "callback", "id": int(number), "name": str(name)}
        return None

    def _decode_other(self, node: dict[str, Any]) -> Any:
        if node.get("k") != "handle" or not isinstance(node.get("id"), int):
            raise WireError("a node of an unknown kind")
        return Handle(self, node["id"], str(node.get("type"))[:100])

    def _answer_callback(
        self, asked: dict[str, Any], buffers: list[memoryview]
    ) -> tuple[Encoder, dict[str, Any]]:
        decoder = Decoder(buffers, self._table, self._decode_other, widen=True)
        function = self._callbacks.get(str(asked.get("id")))
        if function is None:
            raise WireError("a callback that nobody gave")
        args = [decoder.decode(a) for a in asked["args"]]
        known = [n for n, o in self._table.objects.items() if any(o is a for a in args)]
        encoder = self.encoder()
        try:
            value = None if self._callback_error else function(*args)
        except Exception as error:
            self._callback_error = _callback_failure(error, getattr(function, "__name__", "f"))
            value = None
        node = encoder.encode(value)
        states = [encoder.encode(self._table.objects[n]) for n in known]
        stop = self._callback_error is not None
        return encoder, {"stop": stop, "value": node, "known": states}


def _callback_failure(error: Exception, name: str) -> BaseException:
    """A judge's function that was called with something it can't take: a finding."""
    if isinstance(error, Failed):
        return error
    if isinstance(error, (TypeError, AttributeError, RuntimeError, ValueError, IndexError)):
        text = f"The function `{name}` was called with arguments that it can't take: {error}"
        return Failed(Finding(text[:400]), cause="raised")
    return error


class Handle:
    """An object that stays on the far side: attributes, calls and iteration go there."""

    def __init__(self, conversation: Conversation, number: int, type_name: str) -> None:
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


@dataclass(frozen=True)
class Vjp:
    """A function's value and the gradients of sum(cotangent * value) for each argument."""

    value: Any
    grads: tuple[Any, ...]


class Probe:
    """`learner.probe.name(args)`: a function of the kata's probe file, on the far side."""

    def __init__(self, conversation: Conversation) -> None:
        self._conversation = conversation

    def __getattr__(self, name: str) -> Callable[..., Any]:
        return lambda *args: self._conversation.call(name, args, op="probe")


class Learner:
    """The subject as a suite sees it; see docs/authoring.md."""

    def __init__(self, conversation: Conversation) -> None:
        self._conversation = conversation
        self.probe = Probe(conversation)

    @property
    def last(self) -> Last:
        """What else is known about the last call."""
        return self._conversation.last

    @property
    def dtype(self) -> str:
        """float64, or float32 when the answer gets its second chance."""
        return self._conversation.dtype

    def __getattr__(self, name: str) -> Callable[..., Any]:
        if name.startswith("__"):
            raise AttributeError(name)
        return lambda *args: self._call(name, args)

    def vjp(self, name: str, *args: Any, cotangent: Any) -> Vjp:
        """Run autograd on the far side through the learner's function.

        Args:
            name: the function.
            args: its arguments; gradients are taken for all floating tensors in them.
            cotangent: in the shape of the result (a tuple for several results).

        Raises:
            Failed: the call fails, or its result can't be differentiated.
        """
        conversation = self._conversation
        self._require(name)
        signature = conversation.subject.contract.functions.get(name)
        value, grads, names = conversation.call(
            name, args, op="vjp", extra={"cotangent": cotangent}, signature=signature
        )
        if signature is not None:
            conversation.check_contract(signature, args, value)
        by_name = grads if isinstance(grads, dict) else {}
        if by_name and all(g is None for g in by_name.values()):
            text = (
                f"The result of `{name}` can't be differentiated: its connection to the arguments "
                "is cut (by detach, item, NumPy, no_grad or a new tensor made from its numbers)."
            )
            raise Failed(Finding(text, evidence={"relation": "detached"}), cause="stated")
        table = conversation._table
        lookup = {id(table.objects[n]): g for n, g in by_name.items() if n in table.objects}
        return Vjp(value, tuple(_like(a, lookup) for a in args))

    def _call(self, name: str, args: Sequence[Any]) -> Any:
        conversation = self._conversation
        self._require(name)
        contract = conversation.subject.contract
        is_class = name in contract.classes
        signature = contract.functions.get(name) or contract.classes.get(name, {}).get("__init__")
        value = conversation.call(name, args, as_handle=is_class, signature=signature)
        if signature is not None and not is_class:
            conversation.check_contract(signature, args, value)
        return value

    def _require(self, name: str) -> None:
        """Fail when the learner's file doesn't define a name, with the nearest one it defines."""
        conversation = self._conversation
        conversation.load()
        if name not in conversation.names:
            raise Failed(missing_finding(name, conversation.names), cause="missing", kind="load")


def missing_finding(name: str, names: Sequence[str]) -> Finding:
    """The finding for a name that the stub asks for and the file doesn't define."""
    near = difflib.get_close_matches(name, names, n=1, cutoff=0.6)
    hint = f" There is `{near[0]}`: was it renamed?" if near else ""
    return Finding(
        f"Your file doesn't define `{name}`, which this kata asks for.{hint}",
        evidence=evidence_of(missing=name),
    )


def _like(arg: Any, grads: Mapping[int, Any]) -> Any:
    """Gradients in the shape of an argument."""
    if isinstance(arg, torch.Tensor):
        return grads.get(id(arg))
    if isinstance(arg, Record):
        return Record(arg.type_name, {k: _like(v, grads) for k, v in arg.fields.items()})
    if isinstance(arg, (list, tuple)):
        return type(arg)(_like(v, grads) for v in arg)
    return None


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _snapshot(value: Any) -> Any:
    """A value's contents as something that compares by content, whatever happens to it later."""
    if isinstance(value, torch.Tensor):
        plain = value.detach().contiguous()
        return (str(plain.dtype), tuple(plain.shape), plain.numpy().tobytes())
    if isinstance(value, np.ndarray):
        return (str(value.dtype), value.shape, value.tobytes())
    if isinstance(value, Record):
        return {k: (id(v), _snapshot(v)) for k, v in value.fields.items()}
    if isinstance(value, (list, tuple)):
        return [_snapshot(v) for v in value]
    if isinstance(value, dict):
        return {k: _snapshot(v) for k, v in value.items()}
    if isinstance(value, (torch.Generator, Handle)) or callable(value):
        return None
    return copy.copy(value)
