"""What a process of ours takes over from the shell that it was started in: what is listed here.

A person's settings for pytest, Python, torch and its libraries, for whatever project, must not
change a verdict. So the environment is emptied of all but what these lists name, at the start of
the command and for each process that it starts. Imports nothing that Python hasn't loaded at its
start: this runs before anything else does.
"""

import os
import sys

_HOME = os.path.realpath(os.path.join(os.path.dirname(__file__), "..", ".."))
# What the system, its libraries and Python's installation are found by. Ends of names are free.
_SYSTEM = (
    *("PATH", "HOME", "USER", "LOGNAME", "USERNAME", "TZ", "TMP", "TEMP", "LD_", "DYLD_", "NIX_"),
    *("SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "COMSPEC", "USERPROFILE", "HOMEDRIVE", "HOMEPATH"),
    *("APPDATA", "LOCALAPPDATA", "PROGRAM", "NUMBER_OF_PROCESSORS", "PROCESSOR_"),
    *("VIRTUAL_ENV", "CONDA_PREFIX"),
)
# What the command itself goes by: the terminal, the language, its own settings, completion.
_COMMAND = (
    *("TERM", "COLORTERM", "COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "CLICOLOR", "TTY_"),
    *("LANG", "LC_", "UNICODE_VERSION", "TEXTUAL", "SSH_", "TMUX", "STY", "WT_", "KITTY_"),
    *("ITERM", "VTE_", "KONSOLE_", "ANSICON", "CONEMU", "CI", "SHELL", "XDG_"),
    *("GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY", "GITHUB_WORKSPACE"),
    *("KATA_", "_KATA_", "COMP_", "PWD", "DASK_"),
)
# Change only how Python prints, or what it keeps on disk.
_HARMLESS = {
    *("PYTHONIOENCODING", "PYTHONUTF8", "PYTHONUNBUFFERED", "PYTHONDONTWRITEBYTECODE"),
    *(
        "PYTHONSAFEPATH",
        "PYTHONNOUSERSITE",
        "PYTHONHASHSEED",
        "PYTHON_COLORS",
        "PYTHONFAULTHANDLER",
    ),
    *("PYTHONCOERCECLOCALE", "PYTHONLEGACYWINDOWSSTDIO", "PYTHONLEGACYWINDOWSFSENCODING"),
}


def leave() -> None:
    """Leave behind what the shell set for others; the first thing that a command does.

    Where Python itself has already gone by such settings (its path, its warnings, its asserts),
    the command begins again in a Python that never saw them.
    """
    if _python_was_told():
        _begin_again()
    _open_streams()
    _reset_signals()
    for name in [n for n in os.environ if not n.upper().startswith((*_SYSTEM, *_COMMAND))]:
        _LEFT[name] = os.environ.pop(name)
    os.environ["PYTHONSAFEPATH"] = "1"  # for every Python that is started from here


def environment() -> dict[str, str]:
    """The environment as it is now, read so that another thread may change it meanwhile."""
    found = ((name, os.environ.get(name)) for name in list(os.environ))
    return {name: value for name, value in found if value is not None}


def of_the_person() -> dict[str, str]:
    """The environment as the shell gave it: for programs that work for an author (pip, say)."""
    return {**environment(), **_LEFT}


_LEFT: dict[str, str] = {}  # what was left behind


def bare() -> dict[str, str]:
    """The environment of a process that judges, or helps to: the same whatever the shell says."""
    kept = {k: v for k, v in environment().items() if k.upper().startswith(_SYSTEM)}
    return {**kept, "PYTHONSAFEPATH": "1", "PYTHONUTF8": "1"}


def safe_path() -> list[str]:
    """Python's path without the folder that we happen to be in, and with the engine's."""
    kept = [p for p in sys.path if os.path.isabs(p)]
    return kept if _HOME in kept else [*kept, _HOME]


def python(code: str, *words: str) -> list[str]:
    """The command that runs ``code`` in a Python of its own, which finds the engine and no folder.

    Args:
        code: one line; `sys` is imported.
        words: what `sys.argv` holds after its first.
    """
    # The engine's package is found first, and what lies beside it last.
    begin = (
        f"import sys; home = {_HOME!r}; sys.path.insert(0, home); import dojo; del sys.path[0]; "
        "home in sys.path or sys.path.append(home); "
    )
    site = ["-s"] if sys.flags.no_user_site else []
    return [sys.executable, "-P", *site, "-c", begin + code, *words]


def _open_streams() -> None:
    """Where stdin, stdout or stderr was closed, let it be empty: a pipe might get its number."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # takes the lowest number that is free: this one
            os.set_inheritable(number, True)
            mode = "w" if number else "r"
            setattr(sys, name, open(number, mode, encoding="utf-8", closefd=False))  # noqa: SIM115


def _reset_signals() -> None:
    """What a parent ignored or held back would change how our own processes end and are ended."""
    import signal

    if os.name == "posix":
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_SETMASK, ())


def _python_was_told() -> bool:
    flags = sys.flags
    if flags.optimize or flags.dev_mode or sys.warnoptions:
        return True
    return not flags.ignore_environment and any(_tells_python(name) for name in os.environ)


def _tells_python(name: str) -> bool:
    tells = name.startswith("PYTHON") and name not in _HARMLESS
    return tells and bool(os.environ[name])


def _begin_again() -> None:
    """Run the same command in a fresh Python; comes back only where that can't be done."""
    if not sys.executable:
        return
    words = python("from kata import main; main()", *sys.argv[1:])
    environ = {k: v for k, v in os.environ.items() if not _tells_python(k)}
    if os.name == "nt":  # there the shell would not wait for a process that replaces this one
        import subprocess

        sys.exit(subprocess.call(words, env=environ))
    os.execve(sys.executable, words, environ)
