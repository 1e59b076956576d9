"""Runs the type checker (pyrefly): once for one file, or as a server for many.

A run of its own imports torch's annotations every time, 0.2 s; a server keeps them and answers
in a few milliseconds. Both give the same errors.
"""

import contextlib
import functools
import hashlib
import json
import os
import subprocess
import sys
import sysconfig
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any, Protocol

from dojo.errors import UsageError
from dojo.failure import JudgeError
from dojo.machine import scratch
from dojo.machine.remove_tree import remove
from dojo.machine.surroundings import bare

LIMIT = 5.0  # seconds of work for one file; most take a few hundredths
PATIENCE = 60.0  # seconds on the wall, where the machine is busy
MEMORY = 8 * 2**30  # address space; it reserves about 2 GB at its start
MOST_KNOWN = 200
MOST_SERVED = 500  # files, until the server is made anew
_LIMITS = sys.platform == "linux"  # where a process that runs can be limited from outside
_ERROR = 1  # as the protocol numbers how bad a diagnostic is; others are hints for editors

# One error: name (of the rule), description, line (from 1).
TypeProblem = dict[str, Any]


class Unfinished(Exception):
    """The checker was stopped: a file is more than it can work out within its limit."""


class Pending(Protocol):
    """A file that is being checked."""

    def errors(self) -> list[TypeProblem]:
        """Wait for what was found.

        Raises:
            JudgeError: the checker isn't there or doesn't answer.
            Unfinished: it used up its time or memory.
        """
        ...

    def close(self) -> None:
        """Nobody waits any more."""
        ...


class Checker(Protocol):
    """What files are checked with."""

    def begin(self, source: bytes) -> Pending:
        """Start to check a file; returns at once."""
        ...

    def close(self) -> None:
        """No more files will come."""
        ...


class TypeChecker:
    """Checks files: the first by a run of its own, since a server has to begin first."""

    def __init__(self) -> None:
        # The same bytes give the same errors: what was checked before, by digest.
        self._known: dict[bytes, list[TypeProblem]] = {}
        self._begun = 0
        self._server: _Server | None = None

    def begin(self, source: bytes) -> Pending:
        """Start to check a file; returns at once."""
        digest = hashlib.sha256(source).digest()
        if digest in self._known:
            return _Known(self._known[digest])
        self._begun += 1
        if self._begun > 1 and (text := _text(source)) is not None:
            if self._server is None or not self._server.usable:
                self.close()
                self._server = _Server()
            return _Noted(_Asked(self._server.ask(text), source), self._note, digest)
        return _Noted(_OneRun(source), self._note, digest)

    def close(self) -> None:
        """End the server, if there is one."""
        if self._server is not None:
            self._server.close()
            self._server = None

    def _note(self, digest: bytes, errors: list[TypeProblem]) -> None:
        if len(self._known) >= MOST_KNOWN:
            self._known.clear()
        self._known[digest] = errors


class _Known:
    def __init__(self, errors: list[TypeProblem]) -> None:
        self._errors = errors

    def errors(self) -> list[TypeProblem]:
        return self._errors

    def close(self) -> None:
        pass


class _Noted:
    """Remembers the errors once somebody has waited for them."""

    def __init__(self, pending: Pending, note: Any, digest: bytes) -> None:
        self._pending = pending
        self._note = functools.partial(note, digest)

    def errors(self) -> list[TypeProblem]:
        errors = self._pending.errors()
        self._note(errors)
        return errors

    def close(self) -> None:
        self._pending.close()


class _OneRun:
    """A process for one file."""

    def __init__(self, source: bytes) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._folder = scratch.subfolder("types")
        folder = self._folder
        path = folder / "answer.py"
        try:
            path.write_bytes(source)
        except OSError as error:
            raise UsageError(scratch.trouble(error)) from None
        words = ["check", "--output-format=json", "--summary=none", str(path)]
        with contextlib.suppress(OSError):
            self._process = _start(folder, words, stdin=subprocess.DEVNULL)
            _limit(self._process.pid, cpu=True)

    def errors(self) -> list[TypeProblem]:
        if self._process is None:
            raise JudgeError("The type checker could not be started; `kata doctor` says more.")
        try:
            out, _ = self._process.communicate(timeout=PATIENCE if _LIMITS else LIMIT)
            if _LIMITS and self._process.returncode < 0:
                raise Unfinished
            return [
                {k: e[k] for k in ("name", "description", "line")}
                for e in json.loads(out)["errors"]
            ]
        except subprocess.TimeoutExpired:
            if not _LIMITS:
                raise Unfinished from None
            raise JudgeError("This machine is too busy for the type checker.") from None
        except (ValueError, KeyError, TypeError):
            raise JudgeError("The type checker gave no answer; `kata doctor` says more.") from None

    def close(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
        remove(self._folder)


class _Asked:
    """A file that a server was asked about; if that fails, it gets a run of its own."""

    def __init__(self, answer: Future[list[TypeProblem]], source: bytes) -> None:
        self._answer = answer
        self._source = source

    def errors(self) -> list[TypeProblem]:
        try:
            return self._answer.result()
        except (OSError, ValueError, KeyError, TypeError):
            run = _OneRun(self._source)
            try:
                return run.errors()
            finally:
                run.close()

    def close(self) -> None:
        self._answer.cancel()


class _Server:
    """pyrefly's language server, asked about one document after the other.

    Its protocol: https://microsoft.github.io/language-server-protocol/ (3.17).

    Attributes:
        usable: it lives, and has not yet served so many that a new one would be lighter.
    """

    def __init__(self) -> None:
        self._folder = scratch.subfolder("types")
        self._process: subprocess.Popen[bytes] | None = None
        self._version = 0
        self._one_at_a_time = ThreadPoolExecutor(1, thread_name_prefix="kata-types")
        self._failed = False

    @property
    def usable(self) -> bool:
        return not self._failed and self._version < MOST_SERVED

    def ask(self, text: str) -> Future[list[TypeProblem]]:
        """The errors of a text, soon.

        The future raises OSError, ValueError, KeyError or TypeError: the server is of no use.
        """
        return self._one_at_a_time.submit(self._errors, text)

    def close(self) -> None:
        self._failed = True
        self._kill()
        self._one_at_a_time.shutdown(cancel_futures=True)
        self._kill()  # it may have begun in between
        if self._process is not None:
            self._process.communicate()
        remove(self._folder)

    def _errors(self, text: str) -> list[TypeProblem]:
        timer = threading.Timer(LIMIT, self._kill)
        timer.daemon = True
        timer.start()
        try:
            if self._process is None:
                self._begin()
            return self._diagnose(text)
        except BaseException:
            self._failed = True
            self._kill()
            raise
        finally:
            timer.cancel()

    def _begin(self) -> None:
        folder = self._folder
        words = ["lsp", "--indexing-mode=none"]
        self._process = _start(folder, words, stdin=subprocess.PIPE)
        _limit(self._process.pid, cpu=False)
        options = {"pyrefly": {"displayTypeErrors": "force-on"}}
        about: dict[str, Any] = {"processId": os.getpid(), "rootUri": folder.as_uri()}
        about |= {"capabilities": {}, "initializationOptions": options}
        self._request("initialize", about)
        self._send({"method": "initialized", "params": {}})

    def _diagnose(self, text: str) -> list[TypeProblem]:
        self._version += 1
        path = self._folder / "answer.py"
        document = {"uri": path.as_uri(), "version": self._version}
        if self._version == 1:
            path.touch()
            document |= {"languageId": "python", "text": text}
            self._send({"method": "textDocument/didOpen", "params": {"textDocument": document}})
        else:
            changes = {"textDocument": document, "contentChanges": [{"text": text}]}
            self._send({"method": "textDocument/didChange", "params": changes})
        asked = {"textDocument": {"uri": path.as_uri()}}
        found = self._request("textDocument/diagnostic", asked)["items"]
        return [
            {
                "name": d["code"],
                "description": d["message"],
                "line": d["range"]["start"]["line"] + 1,
            }
            for d in found
            if d.get("severity", _ERROR) == _ERROR
        ]

    def _request(self, method: str, params: dict[str, Any]) -> dict[str, Any]:
        self._send({"id": self._version, "method": method, "params": params})
        while True:
            message = self._receive()
            if "method" in message and "id" in message:  # it asks for settings, say: none
                self._send({"id": message["id"], "result": None})
            elif message.get("id") == self._version:
                return message["result"]

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process is not None
        assert self._process.stdin is not None
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self._process.stdin.flush()

    def _receive(self) -> dict[str, Any]:
        assert self._process is not None
        assert self._process.stdout is not None
        size = 0
        while (line := self._process.stdout.readline()) != b"\r\n":
            if not line:
                raise OSError("the type checker's server ended")
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                size = int(value)
        return json.loads(self._process.stdout.read(size))

    def _kill(self) -> None:
        if self._process is not None:
            with contextlib.suppress(OSError):
                self._process.kill()


def _start(folder: Path, words: list[str], stdin: int) -> subprocess.Popen[bytes]:
    config = folder / "pyrefly.toml"
    config.write_text(_config(), encoding="utf-8")
    if words[0] == "check":
        words = [*words, f"--config={config}"]
    return subprocess.Popen(
        [*_pyrefly(), *words],
        cwd=folder,
        env=bare(),
        stdin=stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )


@functools.cache
def _config() -> str:
    """The checker's settings; what it would start an interpreter to ask, it is told."""
    paths = sysconfig.get_paths()
    named = [p for p in sys.path if Path(p).name in ("site-packages", "dist-packages")]
    packages = list(dict.fromkeys([paths["purelib"], paths["platlib"], *named]))
    version = ".".join(map(str, sys.version_info[:3]))
    return (
        'preset = "strict"\n'
        'project-includes = ["answer.py"]\n'
        "skip-interpreter-query = true\n"
        f"site-package-path = {json.dumps(packages)}\n"
        f"python-version = {json.dumps(version)}\n"
        f"python-platform = {json.dumps(sys.platform)}\n"
    )


def _text(source: bytes) -> str | None:
    """The text as the checker reads it from a file; None where it isn't UTF-8."""
    try:
        return source.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None


def _limit(pid: int, cpu: bool) -> None:
    """Keep a file that is made to exhaust the checker from exhausting the machine."""
    if _LIMITS:
        import resource

        resource.prlimit(pid, resource.RLIMIT_AS, (MEMORY, MEMORY))
        if cpu:
            resource.prlimit(pid, resource.RLIMIT_CPU, (int(LIMIT), int(LIMIT)))


def _pyrefly() -> list[str]:
    """The checker's program beside this interpreter, without its Python wrapper if possible."""
    suffix = ".exe" if sys.platform == "win32" else ""
    program = Path(sysconfig.get_path("scripts")) / f"pyrefly{suffix}"
    return [str(program)] if program.exists() else [sys.executable, "-P", "-m", "pyrefly"]
