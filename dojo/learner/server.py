"""The learner process: runs the subject and answers the judge's requests, one at a time.

A request is a wire frame with ``op``; so is the answer. Ops: ``load`` (run the subject's source),
``call`` (a function, class or handle's method), ``get`` (an attribute of a handle), ``next`` (of
an iterator), ``operate`` (len, [], in, with), ``vjp``, ``probe``, ``files`` and
``put`` (of the check's folder). While a call runs, the subject
may call the judge's functions: frames with ``op: callback`` go the other way.

Imported by the fork server before any fork, with everything slow: torch and what its first
optimizer imports.
"""

import builtins
import contextlib
import dis
import faulthandler
import linecache
import operator
import os
import random
import sys
import time
import types
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import jaxtyping  # noqa: F401  (preloaded for the subject)
import numpy as np
import torch
import torch.optim

import dojo.learner.room  # noqa: F401 (for probes: nothing can be read from disk later)
from dojo.learner import files
from dojo.learner.enter import enter
from dojo.learner.entry import LOST_PIPE, WHERE, Settings
from dojo.learner.host import AsHandle, Host, load_module
from dojo.learner.modes import Modes, random_advanced, random_states
from dojo.learner.traps import Traps, without_compiler
from dojo.wire.codec import Encoder
from dojo.wire.frames import MAX_FRAME, parse
from dojo.wire.values import DTYPES, Node, Table, WireError

MODULE_NAME = "kata_subject"
MESSAGE_LIMIT = 2000
MOST_NAMES = 5000  # `from torch import *` alone brings more than a thousand


def run(connection: Connection, settings: Settings) -> None:
    """Answer requests until the pipe closes; never returns."""
    server = Server(connection, settings)
    try:
        server.hello()
        server.run()
    finally:
        # The pipe is gone. Neither atexit functions nor __del__ of the subject get a say.
        os._exit(LOST_PIPE)


class Stop(BaseException):
    """Raised in the subject when the judge wants the call to end."""


class Server:
    """State of one learner process; see the module's docstring for its requests."""

    def __init__(self, connection: Connection, settings: Settings) -> None:
        self._connection = connection
        self._host = Host(types.ModuleType(MODULE_NAME), self._call_back)
        self._probe = types.ModuleType("kata_probe")
        self._traps = Traps()
        self._scratch = settings.scratch
        self._folders = 0  # one for each check
        self._entered: dict[int, Modes] = {}  # by handle: before its block was entered
        without_compiler()
        self._randoms = random_states()
        self._seeded: tuple[int, tuple[Any, ...]] | None = None  # the last seed, and what it makes
        self._filename = "<subject>"
        self._ops: dict[str, Callable[[dict[str, Any], list[memoryview]], dict[str, Any]]] = {
            "load": self._load,
            "call": self._call,
            "get": self._get,
            "next": self._next,
            "vjp": self._vjp,
            "probe": self._probe_call,
            "operate": self._operate,
            "files": self._files,
            "put": self._put,
        }
        self._hang = open(settings.hang, "wb", buffering=0)  # noqa: SIM115 (open until the end)
        if WHERE is not None:
            faulthandler.register(WHERE, file=self._hang)
        self.isolation = enter(settings, [connection.fileno(), self._hang.fileno()])

    def hello(self) -> None:
        """Tell the judge that this process is ready, and how well it is confined."""
        self._send(self._host.encoder().frame({"op": "hello", "isolation": self.isolation}))

    def run(self) -> None:
        """Answer requests for ever."""
        while True:
            body, buffers = parse(self._connection.recv_bytes(MAX_FRAME))
            self._send(self._answer(body, buffers))

    def _send(self, frame: bytes) -> None:
        self._connection.send_bytes(frame)

    def _answer(self, body: dict[str, Any], buffers: list[memoryview]) -> bytes:
        """Carry out a request; every way in which the subject can fail becomes an answer."""
        op = self._ops[body["op"]]
        self._host.forget_frame()
        if body["op"] == "load":
            self._prepare(body)
        modes = Modes.now()
        self._traps.used.clear()
        if WHERE is None:
            faulthandler.dump_traceback_later(float(body["seconds"]), file=self._hang)
        started = time.process_time()
        try:
            made = op(body, buffers)
            seconds = time.process_time() - started
            encoder = self._host.encoder()
            parts = {k: self._host.encode(encoder, v) for k, v in made.items()}
            known = self._host.encode_known(encoder, body.get("names", []))
            reply = {"error": None, **parts, "known": known}
        except BaseException as error:
            seconds = time.process_time() - started
            encoder, reply = self._refusal(error)
        finally:
            if WHERE is None:
                faulthandler.cancel_dump_traceback_later()
        about: dict[str, Any] = {"op": "reply", "seq": body["seq"]}
        before, self._randoms = self._randoms, random_states(self._randoms)
        about["report"] = {
            "seconds": seconds,
            "modes": self._modes_before(body, modes).changes(Modes.now()),
            "randoms": random_advanced(before, self._randoms),
            "forbidden": list(self._traps.used),
        }
        with contextlib.suppress(Exception):
            sys.stdout.flush()
            sys.stderr.flush()
        try:
            return encoder.frame({**reply, **about})
        except WireError as error:
            encoder, reply = self._refusal(error)
            return encoder.frame({**reply, **about})

    def _modes_before(self, body: dict[str, Any], modes: Modes) -> Modes:
        """torch's modes as they should be now: a block may change them until it is left."""
        if body["op"] == "operate" and body["name"] == "enter":
            self._entered[body["handle"]] = modes
            return Modes.now()
        if body["op"] == "operate" and body["name"] == "exit":
            return self._entered.pop(body["handle"], modes)
        return modes

    def _refusal(self, error: BaseException) -> tuple[Encoder, dict[str, Any]]:
        return Encoder(Table("none"), lambda _: None), {"error": self._describe(error)}

    def _prepare(self, body: dict[str, Any]) -> None:
        """The state in which every subject starts, whatever ran here before."""
        torch.set_default_dtype(DTYPES[body["dtype"]])
        seed = int(body["random_seed"])
        torch.default_generator.manual_seed(seed)  # without looking for devices
        np.random.seed(seed % 2**32)
        random.seed(seed)
        if self._seeded is None or self._seeded[0] != seed:
            self._seeded = seed, random_states()
        self._randoms = self._seeded[1]
        self._traps.install(body["traps"])
        self._filename = body["filename"]
        linecache.cache.pop(self._filename, None)
        if not body.get("keeps_files"):
            self._enter_folder()
        self._host = Host(types.ModuleType(MODULE_NAME), self._call_back)

    def _enter_folder(self) -> None:
        """An empty folder for this check; that of the last one, where nothing was put there."""
        folder = os.path.join(self._scratch, f"{self._folders}")
        with contextlib.suppress(OSError):  # an answer may have filled or locked it
            if self._folders == 0 or os.listdir(folder):
                self._folders += 1
                folder = os.path.join(self._scratch, f"{self._folders}")
                os.makedirs(folder, exist_ok=True)
            os.chdir(folder)

    def _load(self, body: dict[str, Any], buffers: list[memoryview]) -> dict[str, Any]:
        """Run the subject's source (and the probe's), in a fresh module."""
        source = bytes(buffers[body["source"]])
        with self._traps.armed():
            self._host.module = load_module(MODULE_NAME, source, self._filename)
        if body["probe"] is not None:
            probe = bytes(buffers[body["probe"]])
            self._probe = load_module("kata_probe", probe, "<probe>")
        names = list(vars(self._host.module))
        return {"value": [k for k in names if isinstance(k, str)][:MOST_NAMES]}

    def _call(self, body: dict[str, Any], buffers: list[memoryview]) -> dict[str, Any]:
        decoder = self._host.decoder(buffers)
        if body["handle"] is None:
            target: Any = vars(self._host.module)[body["name"]]
        elif body["name"]:
            target = getattr(self._host.handles[body["handle"]], body["name"])
        else:
            target = self._host.handles[body["handle"]]
        args = [decoder.decode(a) for a in body["args"]]
        with self._traps.armed():
            value = target(*args)
        return self._result(value, body)

    def _get(self, body: dict[str, Any], buffers: list[memoryview]) -> dict[str, Any]:
        owner = self._host.handles[body["handle"]]
        with self._traps.armed():
            value = iter(owner) if body["name"] == "__iter__" else getattr(owner, body["name"])
        return self._result(value, body)

    def _next(self, body: dict[str, Any], buffers: list[memoryview]) -> dict[str, Any]:
        end = object()
        with self._traps.armed():
            value = next(self._host.handles[body["handle"]], end)
        return {"value": {"end": value is end, "item": None if value is end else value}}

    def _operate(self, body: dict[str, Any], buffers: list[memoryview]) -> dict[str, Any]:
        """Python's own operations on a handle: see _OPERATIONS."""
        decoder = self._host.decoder(buffers)
        owner = self._host.handles[body["handle"]]
        args = [decoder.decode(a) for a in body["args"]]
        with self._traps.armed():
            value = _OPERATIONS[body["name"]](owner, *args)
        return self._result(value, body)

    def _files(self, body: dict[str, Any], buffers: list[memoryview]) -> dict[str, Any]:
        return {"value": files.read(Path.cwd())}

    def _put(self, body: dict[str, Any], buffers: list[memoryview]) -> dict[str, Any]:
        decoder = self._host.decoder(buffers)
        (content,) = (decoder.decode(a) for a in body["args"])
        files.write(Path.cwd(), content)
        return {"value": None}

    def _vjp(self, body: dict[str, Any], buffers: list[memoryview]) -> dict[str, Any]:
        """Vector-Jacobian product: gradients of sum(cotangent * output) w.r.t. the arguments."""
        decoder = self._host.decoder(buffers)
        args = [decoder.decode(a) for a in body["args"]]
        cotangents = decoder.decode(body["cotangent"])
        tensors = {
            n: t.requires_grad_(True)
            for n in body["names"]
            if isinstance(t := self._host.table.objects[n], torch.Tensor) and t.is_floating_point()
        }
        with self._traps.armed():
            value = vars(self._host.module)[body["name"]](*args)
        outputs = list(value) if isinstance(value, (tuple, list)) else [value]
        cotangents = list(cotangents) if isinstance(cotangents, (tuple, list)) else [cotangents]
        live = [
            (o, c)
            for o, c in zip(outputs, cotangents, strict=False)
            if isinstance(o, torch.Tensor) and o.requires_grad
        ]
        grads: dict[str, Any] = dict.fromkeys(tensors)
        if live:
            found = torch.autograd.grad(
                [o for o, _ in live],
                list(tensors.values()),
                [c.to(o.dtype).reshape(o.shape) for o, c in live],
                allow_unused=True,
            )
            grads = dict(zip(tensors, found, strict=True))
        return {"value": value, "grads": grads}

    def _probe_call(self, body: dict[str, Any], buffers: list[memoryview]) -> dict[str, Any]:
        decoder = self._host.decoder(buffers)
        args = [decoder.decode(a) for a in body["args"]]
        with self._traps.armed():
            value = vars(self._probe)[body["name"]](self._host.module, *args)
        return self._result(value, body)

    def _result(self, value: Any, body: dict[str, Any]) -> dict[str, Any]:
        if body.get("as_handle"):
            value = AsHandle(value)
        return {"value": value}

    def _call_back(self, number: int, args: list[Any]) -> Any:
        """A function of the judge, called by the subject: ask over the pipe."""
        with self._traps.armed(False):
            encoder = self._host.encoder()
            nodes = [self._host.encode(encoder, a) for a in args]
            self._send(encoder.frame({"op": "callback", "id": number, "args": nodes}))
            answer, buffers = parse(self._connection.recv_bytes(MAX_FRAME))
            if answer["stop"]:
                raise Stop
            if answer.get("raise"):
                raise _error_of(*answer["raise"])
            decoder = self._host.decoder(buffers)
            for node in answer["known"]:
                decoder.decode(node)
            value = decoder.decode(answer["value"])
            self._host.forget_frame()
            return value

    def _describe(self, error: BaseException) -> Node:
        """An exception as plain data: no frame but the subject's own."""
        lines: list[int] = []
        function = ""
        own = False
        trace = error.__traceback__
        while trace is not None:
            here = trace.tb_frame.f_code.co_filename == self._filename
            if here:
                lines.append(trace.tb_lineno)
                function = function or trace.tb_frame.f_code.co_name
            own = here and _raises(trace)
            trace = trace.tb_next
        try:
            message = str.__str__(str(error))
        except BaseException:
            message = ""
        described: dict[str, Any] = {
            "type": _class_name(type(error))[:200],
            "bases": [_class_name(c)[:200] for c in _bases(type(error))[:20]],
            "message": message[:MESSAGE_LIMIT].encode("utf-8", "replace").decode(),
            "lines": lines[-20:],
            "function": function[:200],
            "name": None,
            "own": own,
        }
        if isinstance(error, SyntaxError) and error.filename == self._filename:
            described["lines"] = [int(error.lineno or 1)]
            described["message"] = str(error.msg)[:MESSAGE_LIMIT]
        if isinstance(error, (NameError, ImportError, AttributeError)):
            described["name"] = str(getattr(error, "name", "") or "")[:200]
        return described


def _raises(trace: types.TracebackType) -> bool:
    """Whether a `raise` or `assert` stands where a frame stopped."""
    code = trace.tb_frame.f_code.co_code
    at = trace.tb_lasti
    return 0 <= at < len(code) and dis.opname[code[at]] == "RAISE_VARARGS"


def _begin(context: Any) -> Any:
    return type(context).__enter__(context)


def _error_of(name: str, text: str) -> Exception:
    """An error of Python's of that name."""
    kind = getattr(builtins, name, None)
    known = isinstance(kind, type) and issubclass(kind, Exception)
    return kind(text) if known else RuntimeError(text)


def _leave(context: Any, error: str) -> Any:
    """Leave a ``with`` block, by an error of that name if it has one."""
    if not error:
        return type(context).__exit__(context, None, None, None)
    raised = _error_of(error, "raised in the block")
    return type(context).__exit__(context, type(raised), raised, None)


_OPERATIONS: dict[str, Callable[..., Any]] = {
    "len": len,
    "getitem": operator.getitem,
    "setitem": operator.setitem,
    "contains": operator.contains,
    "enter": _begin,
    "exit": _leave,
}


def _class_name(cls: type) -> str:
    # By type's own means: a metaclass may say anything, or raise.
    return str.__str__(type.__dict__["__name__"].__get__(cls))


def _bases(cls: type) -> tuple[type, ...]:
    return type.__dict__["__mro__"].__get__(cls)
