"""`kata doctor`: what works on this machine, looked at without changing anything."""

import importlib.metadata
import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path

from dojo.commands.desk import pack_root
from dojo.course import catalog as catalogs
from dojo.desk import workspace as workspaces
from dojo.desk.desk import current_folder, find_workspace
from dojo.desk.log import ProgressLog
from dojo.errors import UsageError
from dojo.machine.surroundings import bare
from dojo.screens.doctor import Level, Point, points
from dojo.screens.terminal import Terminal
from dojo.screens.text import clean, count

_OLDEST_PYTHON = (3, 11)
_IMPORT_SECONDS = 120
_SHELLS = {
    "bash": ("~/.bashrc", 'eval "$(_KATA_COMPLETE=bash_source kata)"'),
    "zsh": ("~/.zshrc", 'eval "$(_KATA_COMPLETE=zsh_source kata)"'),
    "fish": (
        "~/.config/fish/completions/kata.fish",
        "_KATA_COMPLETE=fish_source kata | source",
    ),
}


def doctor(terminal: Terminal) -> int:
    """Look at everything and show it; returns the exit code."""
    found = look(terminal)
    points(terminal, found)
    missing = [p.name for p in found if p.level == "missing"]
    weak = [p.name for p in found if p.level == "weak"]
    terminal.blank()
    if missing:
        terminal.line(f"Katas can't be judged here yet: see {', '.join(missing)}.")
    elif weak:
        terminal.line(f"Katas can be judged here; weaker than it should be: {', '.join(weak)}.")
    else:
        terminal.line("Everything works here.")
    return 1 if missing else 0


def look(terminal: Terminal) -> list[Point]:
    """Everything that a person who asks for help should know about this machine."""
    with terminal.working("looking"):
        return [
            _python(),
            _torch(),
            _library("pytest", "runs the suites", "missing"),
            _library("pyrefly", "checks the types", "missing"),
            _library("jaxtyping", "writes shapes in signatures", "missing"),
            _library("numpy", "carries numbers between processes", "missing"),
            _library("textual", "shows `kata watch`", "weak"),
            _library("watchfiles", "notices saves for `kata watch`", "weak"),
            _library("plotext", "draws in the terminal for `kata plot`", "weak"),
            _library("matplotlib", "draws for `kata plot --save`", "weak"),
            *_confinement(),
            _temporary(),
            *_workspace(),
            _terminal(terminal),
            Point("completion", "note", "the Tab key completes katas after `kata completion`"),
        ]


def completion_line(shell: str) -> tuple[str, str]:
    """The start file of a shell, and the line that switches completion on.

    Raises:
        UsageError: this shell can't.
    """
    name = Path(shell).name
    if name not in _SHELLS:
        known = ", ".join(_SHELLS)
        raise UsageError(f"Completion works in {known}: name one, as in `kata completion bash`.")
    return _SHELLS[name]


def _python() -> Point:
    version = platform.python_version()
    level: Level = "works" if sys.version_info >= _OLDEST_PYTHON else "missing"
    return Point("Python", level, f"{version}, {sys.executable} on {platform.system()}")


def _torch() -> Point:
    # In a process of its own: a broken installation can take its process down with it.
    code = "import torch; print(torch.__version__, float(torch.ones(2).sum()))"
    advice = "`pip install torch` in the environment of this Python; PYTHONPATH isn't followed"
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-c", code],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=_IMPORT_SECONDS,
            env=bare(),
            cwd=os.sep,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return Point("PyTorch", "missing", f"can't be started: {error}")
    version, _, total = done.stdout.strip().partition(" ")
    if done.returncode == 0 and total == "2.0":
        return Point("PyTorch", "works", version)
    lines = [*done.stderr.strip().splitlines(), f"it ended with code {done.returncode}"]
    last = lines[-2] if len(lines) > 1 else lines[-1]
    return Point("PyTorch", "missing", f"{last}: {advice}")


def _library(name: str, purpose: str, level: Level) -> Point:
    try:
        return Point(name, "works", f"{importlib.metadata.version(name)}, {purpose}")
    except importlib.metadata.PackageNotFoundError:
        return Point(name, level, f"not installed, {purpose}: `pip install {name}`")


def _confinement() -> list[Point]:
    from dojo.learner.confine import layers

    return [Point(layer.name, "works" if layer.works else "weak", layer.why) for layer in layers()]


def _temporary() -> Point:
    from dojo.machine import scratch

    try:
        return Point("temporary", "works", f"answers are tried out in {scratch.folder().parent}")
    except UsageError as error:
        return Point("temporary", "missing", str(error))


def _workspace() -> list[Point]:
    try:
        catalog = catalogs.load(pack_root(), on_flaw=catalogs.pass_over)
        workspace = find_workspace(catalog, current_folder())
    except UsageError as error:
        return [Point("workspace", "note", str(error))]
    katas = count(len(catalog.katas), "kata")
    level: Level = "works" if catalog.katas else "missing"
    return [
        Point("katas", level, f"{katas} of '{catalog.pack.name}' in {catalog.root}"),
        Point("workspace", "works", str(workspace.root)),
        _progress(workspace),
    ]


def _progress(workspace: workspaces.Workspace) -> Point:
    log = ProgressLog(workspace.state)
    try:
        workspaces.refuse_strange_state(workspace)
    except UsageError as error:
        return Point("progress", "weak", str(error))
    try:
        damaged = log.read().damaged
        folder = workspace.state if workspace.state.is_dir() else workspace.root
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        return Point("progress", "weak", f"can't be saved: {workspaces.why(error)} ({log.path})")
    if damaged:
        skipped = f"{count(damaged, 'damaged line')} skipped, the rest counts"
        return Point("progress", "weak", f"{log.path}: {skipped}")
    return Point("progress", "works", f"is saved in {log.path}")


def _terminal(terminal: Terminal) -> Point:
    console = terminal.console
    encoding = console.encoding
    colour = "no colour" if console.no_color or not console.color_system else "colour"
    text = f"{encoding}, {console.width} columns used, {colour}, signs {terminal.signs.passed}"
    return Point("terminal", "works", f"{clean(text)} {terminal.signs.failed}")
