"""Outside Linux it must still start: nothing that is imported asks for what other systems lack."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]

# What Windows has not, as far as the libraries can do without it once they are loaded.
WITHOUT = """
import asyncio, importlib, json, multiprocessing.connection, multiprocessing.context, os, pkgutil
import select, signal, socket, sys, time, traceback
import click, numpy, pytest, rich.console, textual.app, torch.optim, watchfiles

for name in ("grp", "multiprocessing.forkserver", "pty", "pwd", "resource", "termios", "tty"):
    sys.modules[name] = None
lacking = {
    multiprocessing.context: "ForkContext ForkProcess ForkServerContext ForkServerProcess",
    os: "O_CLOEXEC O_DIRECTORY O_NOFOLLOW O_NONBLOCK P_PID WNOHANG chown fork forkpty geteuid"
    " getgid getpgid getuid killpg mkfifo nice openpty pipe2 pread sched_getaffinity"
    " sched_setaffinity setsid statvfs sysconf uname wait4 waitid",
    select: "epoll poll",
    signal: "SIGALRM SIGCHLD SIGCONT SIGHUP SIGKILL SIGPIPE SIGQUIT SIGSTOP SIGTSTP SIGUSR1"
    " SIGUSR2 SIGWINCH SIG_BLOCK SIG_UNBLOCK alarm pthread_sigmask setitimer",
    socket: "AF_UNIX",
    time: "clock_gettime",
}
for module, names in lacking.items():
    for name in names.split():
        vars(module).pop(name, None)
sys.platform = "win32"

import dojo

flaws = []
for info in pkgutil.walk_packages(dojo.__path__, "dojo."):
    if "migrations" in info.name:  # run by alembic alone
        continue
    try:
        importlib.import_module(info.name)
    except Exception as error:
        at = traceback.extract_tb(error.__traceback__)[-1]
        # A library that takes this for Windows looks for what Windows has: that's its own matter.
        if at.filename.startswith(dojo.__path__[0]):
            flaws.append(f"{info.name}: {at.filename}:{at.lineno}: {error}")
import kata

from dojo.wall.forkserver import best_method

print(json.dumps([best_method(), flaws]))
"""


def test_what_other_systems_lack_is_not_needed_to_start() -> None:
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert json.loads(done.stdout) == ["spawn", []]
