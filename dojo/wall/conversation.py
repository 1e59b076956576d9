"""All calls of one check with one learner process.

Each call is carried there, its answer compared with the contract, and the arguments made what
they are afterwards. Every exchange is kept, so that diagnosis can replay it.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

import torch

from dojo.bans import BANS
from dojo.contract.check import Broken, bind, capital, check
from dojo.contract.read import Signature, Spec, Stream
from dojo.failure import (
    Failed,
    JudgeError,
    is_dtype_trouble,
    raised_finding,
)
from dojo.pictures import Picture
from dojo.verdict import Finding
from dojo.wall.allowance import LOAD, Budget, Meter, TooMuch
from dojo.wall.dtypes import Dtypes
from dojo.wall.exchange import Answerer, Exchange, Last, snapshot
from dojo.wall.gone import gone_finding
from dojo.wall.handle import Handle
from dojo.wall.process import Answer, Gone, LearnerProcess
from dojo.wire.codec import Decoder, Encoder
from dojo.wire.values import Node, Record, Table, WireError
from dojo.words.modes import explain_mode
from dojo.words.raised import Raised


class Conversation:
    """All calls of one test with one learner process.

    Args:
        process: a fresh one.
        answerer: the file to talk to.
        dtypes: of the far side and of what is sent there.
        meters: of the time that the check and the judgement may use.
        budget: of the bytes that the judgement may fill; None: no limit (for our own variants).
        renew: gives another process for one that is used up; None where there is no other.
    """

    def __init__(
        self,
        process: LearnerProcess,
        answerer: Answerer,
        dtypes: Dtypes,
        meters: Sequence[Meter] = (),
        budget: Budget | None = None,
        renew: Callable[[LearnerProcess], LearnerProcess] | None = None,
    ) -> None:
        self.process = process
        self._renew = renew
        self.answerer = answerer
        self.dtypes = dtypes
        self.exchanges: list[Exchange] = []
        self.names: list[str] = []
        self.last = Last()
        self.saw_float32 = False
        self.pictures: list[Picture | Callable[[], Picture]] = []
        self._meters = meters
        self._budget = budget
        self._table = Table("j")
        self._callbacks: dict[int, Callable[..., Any]] = {}
        self._callback_error: BaseException | None = None
        self._loaded = False

    def encoder(self) -> Encoder:
        """An encoder for one frame to the learner process, in the dtype of this conversation."""
        cast = torch.float32 if self.dtypes.single else None
        return Encoder(self._table, self._encode_other, cast)

    def restart(self) -> None:
        """Go on in a new process, as after a crash: files stay, all objects are gone.

        Raises:
            Failed: what stands in the folder can't be read, or the file doesn't run.
        """
        files = self.call("", (), op="files")
        if self._renew is not None:
            self.process = self._renew(self.process)
        self._table, self._loaded = Table("j"), False
        self._callbacks.clear()
        self.load(keeps_files=self._renew is None)
        if self._renew is not None:
            self.call("restart", (files,), op="put")

    def load(self, keeps_files: bool = False) -> None:
        """Run the subject's file on the far side, once, in a folder of its own.

        Args:
            keeps_files: the folder is that of the one before.

        Raises:
            Failed: it doesn't run.
        """
        if self._loaded:
            return
        encoder = self.encoder()
        encoder.buffers += [self.answerer.source, self.answerer.probe or b""]
        body = {
            "op": "load",
            "source": 0,
            "probe": None if self.answerer.probe is None else 1,
            "filename": self.answerer.filename,
            "dtype": self.dtypes.default,
            "random_seed": self.answerer.seed,
            "traps": {name: BANS[name].traps for name in self.answerer.forbids},
            "keeps_files": keeps_files,
        }
        answer = self._ask(body, encoder, "", max(self.answerer.seconds, LOAD))
        value, _ = self._decode(answer)
        self.names = [n for n in value if isinstance(n, str)] if isinstance(value, list) else []
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
        watched: tuple[str, ...] = (),
    ) -> Any:
        """Carry out one request and return its decoded value, checked against the contract.

        Raises:
            Failed: the call failed, or its answer breaks the contract.
        """
        self.load()
        self._callback_error = None
        encoder = self.encoder()
        nodes = [encoder.encode(a) for a in args]
        before = self._snapshots(args, encoder, encoder.sent)
        cotangent = encoder.encode(extra["cotangent"]) if extra else None
        body = {
            "op": op,
            "name": name,
            "handle": None if handle is None else handle.number,
            "args": nodes,
            "names": list(dict.fromkeys([*encoder.seen, *watched])),
            "as_handle": as_handle,
            "cotangent": cotangent,
        }
        answer = self._ask(body, encoder, name or "the object", self.answerer.seconds)
        value, grads = self._decode(answer, _asked_in_float32(args))
        self._note(answer, args, before, signature)
        if isinstance(value, Handle):
            drawn_from = (n for n in body["names"] if _is_generator(self._table.objects.get(n)))
            value.watch(tuple(drawn_from))
        if signature is not None and not as_handle:
            self._check_result(signature, value)
        return (value, grads) if op == "vjp" else value

    def check_value(self, spec: Spec, value: Any, sizes: dict[str, int], what: str) -> None:
        """Compare a value with what was promised of it.

        Raises:
            Failed: it breaks the promise.
        """
        try:
            check(spec, value, sizes, self.answerer.contract, what)
        except Broken as broken:
            raise Failed(
                Finding(capital(str(broken)), evidence={"contract": broken.part}),
                cause="contract",
                kind="shapes",
                dtype_trouble=False,
            ) from None

    def _check_result(self, signature: Signature, value: Any) -> None:
        sizes = dict(self.last.sizes)
        self.check_value(signature.returns, value, sizes, f"the result of `{signature.name}`")
        if isinstance(signature.returns, Stream) and isinstance(value, Handle):
            value.promise(signature.returns.each, sizes, signature.name)

    def _ask(self, body: dict[str, Any], encoder: Encoder, label: str, seconds: float) -> Answer:
        exchange = Exchange(body, encoder)
        probing = body["op"] == "probe"  # whose own names tell a learner nothing
        self.exchanges.append(exchange)

        def on_callback(
            asked: dict[str, Any], buffers: list[memoryview]
        ) -> tuple[Encoder, dict[str, Any]]:
            reply_encoder, reply = self._answer_callback(asked, buffers)
            exchange.callbacks.append((asked, buffers, reply_encoder, reply))
            return reply_encoder, reply

        try:
            answer = self.process.ask(
                body, encoder, seconds, on_callback, self._meters, self._budget
            )
        except Gone as gone:
            exchange.gone = gone
            shown = "" if probing else label
            finding = gone_finding(gone, shown, self.answerer.lines)
            cause = "hang" if gone.reason == "hang" else "gone"
            raise Failed(finding, cause=cause, kind=None if label else "load") from None
        exchange.answer = answer
        if self._callback_error is not None:
            raise self._callback_error
        self._judge_report(answer.body["report"], label, "" if probing else label)
        error = answer.body["error"]
        if error is not None:
            raised = Raised.read(error)
            shown = raised.function if probing else label
            finding = raised_finding(raised, shown, self.answerer.lines)
            raise Failed(
                finding,
                cause="raised",
                dtype_trouble=is_dtype_trouble(raised),
                kind=None if label else "load",
                raised=raised,
            )
        return answer

    def _judge_report(self, report: dict[str, Any], label: str, shown: str) -> None:
        used = [x for x in report["forbidden"] if x in self.answerer.forbids]
        if used:
            raise Failed(Finding(BANS[used[0]].found), cause="forbidden", kind="constraints")
        for changed in report["modes"]:
            switch, state = map(str, changed) if _is_pair(changed) else ("", "")
            raise Failed(
                Finding(explain_mode(switch, state, shown)),
                cause="modes",
                dtype_trouble=switch == "dtype",
                kind=None if label else "load",
            )

    def _snapshots(
        self, args: Sequence[Any], request: Encoder, known: Collection[str]
    ) -> list[Any]:
        """What arguments hold; for tensors of these names, as it was sent."""

        def told(tensor: torch.Tensor) -> Any:
            name = self._table.name_of(tensor)
            if name is None or name not in known:
                return None
            node, data = request.sent[name]
            return f"torch.{node['dtype']}", tuple(node["shape"]), data

        return [snapshot(a, self.dtypes.single, told) for a in args]

    def _decoder(self, buffers: list[memoryview], same: frozenset[str] = frozenset()) -> Decoder:
        take = self._budget.take if self._budget is not None else None
        return Decoder(buffers, self._table, self._decode_other, widen=True, take=take, same=same)

    def _decode(self, answer: Answer, in_float32: bool = False) -> tuple[Any, Any]:
        """The value and the gradients of an answer; whether float32 is the answer's own is noted.

        Args:
            answer: the answer.
            in_float32: it was asked in float32.
        """
        decoder = self._decoder(answer.buffers, answer.same)
        try:
            value = decoder.decode(answer.body.get("value"))
            grads = decoder.decode(answer.body.get("grads"))
            for node in answer.body.get("known", ()):
                decoder.decode(node)
        except WireError as error:
            self.process.kill()
            gone = Gone("flood" if isinstance(error, TooMuch) else "frame")
            raise Failed(gone_finding(gone, "", []), cause="gone") from error
        self.saw_float32 = self.saw_float32 or (decoder.saw_single and not in_float32)
        return value, grads

    def _note(
        self,
        answer: Answer,
        args: Sequence[Any],
        before: list[Any],
        signature: Signature | None,
    ) -> None:
        report = answer.body["report"]
        names = [p[0] for p in signature.parameters] if signature else []
        names += [f"argument {i + 1}" for i in range(len(names), len(args))]
        after = self._snapshots(args, self.exchanges[-1].request, answer.same)
        changed = [n for n, a, b in zip(names, before, after, strict=False) if a != b]
        sizes = bind(signature, args, self.answerer.contract) if signature else {}
        floats = {n: float(a) for n, a in zip(names, args, strict=False) if _is_number(a)}
        self.last = Last(
            changed=tuple(changed),
            rng_advanced=bool(report["randoms"]),
            global_draws=self.last.global_draws + bool(report["randoms"]),
            seconds=float(report["seconds"]),
            sizes=sizes,
            knows={**{k: float(v) for k, v in sizes.items() if ":" not in k}, **floats},
        )
        self.exchanges[-1].knows = self.last.knows

    def _encode_other(self, value: object) -> Node | None:
        if isinstance(value, Handle):
            return {"k": "handle_ref", "id": value.number}
        if isinstance(value, torch.nn.Module):
            raise JudgeError(
                f"The suite hands over a model ({type(value).__name__}), which can't travel: build "
                "it in a probe, on the far side (docs/authoring.md)."
            )
        if callable(value) and not isinstance(value, Record):
            known = [n for n, function in self._callbacks.items() if function is value]
            number = known[0] if known else len(self._callbacks) + 1
            self._callbacks[number] = value
            return {"k": "callback", "id": number, "name": str(getattr(value, "__name__", "f"))}
        return None

    def _decode_other(self, node: dict[str, Any]) -> Any:
        if node.get("k") != "handle" or not isinstance(node.get("id"), int):
            raise WireError("a node of an unknown kind")
        return Handle(self, node)

    def _answer_callback(
        self, asked: dict[str, Any], buffers: list[memoryview]
    ) -> tuple[Encoder, dict[str, Any]]:
        decoder = self._decoder(buffers)
        number = asked.get("id")
        function = self._callbacks.get(number) if isinstance(number, int) else None
        if function is None:
            raise WireError("a callback that nobody gave")
        args = [decoder.decode(a) for a in asked["args"]]
        known = dict.fromkeys(n for a in args if (n := self._table.name_of(a)) is not None)
        encoder = self.encoder()
        handed_on = getattr(function, "hands_on", ())
        try:
            value = None if self._callback_error else function(*args)
        except handed_on as error:
            said = [type(error).__name__, str(error)[:500]]
            return encoder, {"stop": False, "raise": said, "value": None, "known": []}
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


def _is_pair(value: object) -> bool:
    return isinstance(value, list) and len(value) == 2


def _is_generator(value: object) -> bool:
    return isinstance(value, torch.Generator)


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _asked_in_float32(args: Sequence[Any]) -> bool:
    return any(isinstance(a, torch.Tensor) and a.dtype == torch.float32 for a in args)
