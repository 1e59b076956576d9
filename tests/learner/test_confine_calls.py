"""What a confined process can't start, reach or use up."""

import os
import signal
from collections.abc import Callable
from typing import Any

import pytest

MEMORY = 1 << 30  # as in conftest.py
Confined = Callable[..., Any]


@pytest.mark.parametrize(
    "statement",
    [
        "os.fork()",
        "os.forkpty()",
        "os.posix_spawn('/bin/true', ['true'], {})",
        "os.execv(sys.executable, [sys.executable, '-c', ''])",
        "subprocess.run(['true'])",
        "subprocess.Popen([sys.executable, '-c', ''])",
        "libc.fork() == -1 and refuse()",
        "libc.vfork() == -1 and refuse()",
        "libc.syscall(56, 17, 0, 0, 0, 0) == -1 and refuse()",  # clone
        "libc.syscall(435, None, 0) == -1 and refuse()",  # clone3
        "libc.system(b'true') != 0 and refuse()",
        "os.setsid()",
        "os.setpgid(0, 0)",
        "multiprocessing.get_context('fork').Process(target=print).start()",
        "socket.socket()",
        "socket.socket(socket.AF_INET, socket.SOCK_DGRAM)",
        "socket.socket(socket.AF_INET6)",
        "socket.socket(socket.AF_UNIX)",
        "socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)",
        "socket.socket(socket.AF_NETLINK, socket.SOCK_RAW)",
        "socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)",
        "socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)",
        "socket.create_connection(('127.0.0.1', 9))",
        "os.kill(os.getppid(), 0)",
        "os.kill(judge, 0)",
        "os.kill(-1, 0)",
        "os.killpg(0, 0)",
        "os.pidfd_open(judge)",
        "libc.syscall(234, judge, judge, 0) == -1 and refuse()",  # tgkill
        "libc.ptrace(16, judge, None, None) == -1 and refuse()",
        "libc.prctl(1, 0, 0, 0, 0) == -1 and refuse()",
        "libc.sigqueue(judge, 0, None) == -1 and refuse()",
        "fcntl.fcntl(1, fcntl.F_SETOWN, judge)",
        "resource.setrlimit(resource.RLIMIT_AS, (-1, -1))",
        "resource.setrlimit(resource.RLIMIT_CPU, (-1, -1))",
        "resource.prlimit(0, resource.RLIMIT_NOFILE, (9999, 9999))",
        "os.setuid(os.getuid())",
        "os.nice(-5)",
        "os.sched_setaffinity(judge, {0})",
        "libc.shmget(0, 4096, 0o1666) == -1 and refuse()",
        "libc.mount(b'/', b'/', None, 4096, None) == -1 and refuse()",
        "libc.unshare(0x10000000) == -1 and refuse()",
        "libc.chroot(b'/') == -1 and refuse()",
        "os.memfd_create('x')",
    ],
)
def test_nothing_outside_is_reached(confined: Confined, statement: str) -> None:
    def run(scratch: str, statement: str, judge: int) -> None:
        import ctypes
        from importlib import import_module

        def refuse() -> None:
            raise OSError("refused")

        modules = ["fcntl", "multiprocessing", "os", "resource", "socket", "subprocess", "sys"]
        space = {name: import_module(name) for name in modules}
        space |= {"libc": ctypes.CDLL(None), "judge": judge, "refuse": refuse}
        try:
            exec(statement, space)
        except ValueError as error:  # what the module `resource` makes of EPERM
            raise OSError(error) from None

    if "syscall(" in statement and os.uname().machine != "x86_64" and "435" not in statement:
        pytest.skip("the number of this system call is for x86_64")
    outcome = confined(run, statement, os.getpid())
    assert outcome.refused in ("PermissionError", "OSError", "BlockingIOError")
    assert outcome.exit_code == 0


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("os.abort()", signal.SIGABRT),
        ("signal.raise_signal(signal.SIGTERM)", signal.SIGTERM),
        ("os.kill(os.getpid(), signal.SIGKILL)", signal.SIGKILL),
        ("ctypes.string_at(0)", signal.SIGSEGV),
    ],
)
def test_a_process_may_end_itself(
    confined: Confined, statement: str, expected: signal.Signals
) -> None:
    def run(scratch: str, statement: str) -> None:
        import ctypes
        import os
        import signal

        exec(statement, {"ctypes": ctypes, "os": os, "signal": signal})

    assert confined(run, statement).exit_code == -expected


def test_memory_is_limited(confined: Confined) -> None:
    def run(scratch: str, size: int) -> int:
        return len(bytearray(size))

    assert confined(run, MEMORY // 2).value == MEMORY // 2
    assert confined(run, 2 * MEMORY).refused == "MemoryError"


def test_file_size_is_limited(confined: Confined) -> None:
    def run(scratch: str) -> None:
        import os
        import signal

        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        with open(f"{scratch}/big", "wb", buffering=0) as file:
            os.lseek(file.fileno(), 1 << 20, 0)
            file.write(b"x")

    assert confined(run).refused == "OSError"


def test_processor_time_is_limited(confined: Confined) -> None:
    def run(scratch: str) -> None:
        import signal

        signal.signal(signal.SIGXCPU, signal.SIG_IGN)
        while True:
            pass

    assert confined(run, cpu_seconds=1).exit_code == -signal.SIGKILL


@pytest.mark.parametrize("stack", [0, 32768])
def test_threads_are_limited(confined: Confined, stack: int) -> None:
    def run(scratch: str, stack: int) -> int:
        import threading

        threading.stack_size(stack)
        gate = threading.Event()
        started = 0
        for _ in range(2000):
            try:
                threading.Thread(target=gate.wait, daemon=True).start()
            except RuntimeError:
                break
            started += 1
        gate.set()
        return started

    assert confined(run, stack).value < 1500


def test_open_files_are_limited(confined: Confined) -> None:
    def run(scratch: str) -> int:
        return len([open("/dev/null") for _ in range(1000)])

    assert confined(run).refused == "OSError"


def test_root_gives_up_its_privileges(confined: Confined) -> None:
    def run(scratch: str) -> list[int]:
        import ctypes

        head = (ctypes.c_uint32 * 2)(0x20080522, 0)
        sets = (ctypes.c_uint32 * 6)()
        assert ctypes.CDLL(None).capget(head, sets) == 0
        return list(sets)

    assert confined(run).value == [0] * 6
