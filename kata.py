"""`kata`: where the command begins. Nothing of the folder it is called in is imported from here on.

Python puts that folder, or the one of the script, first on its path; this file takes it off before
anything else is imported, so it may itself import nothing that Python hasn't loaded yet.
"""

import os
import sys

_HOME = os.path.dirname(os.path.realpath(__file__))


def main() -> None:
    """The entry point: runs the command and ends the process with its exit code."""
    try:
        _leave_the_folder()
        from dojo.machine.surroundings import leave

        leave()
        from dojo.commands.group import main as run
    except KeyboardInterrupt:  # in the first moment, while the command is still being loaded
        os.write(2, b"Stopped. Your files are as they were.\n")
        sys.exit(130)
    run()


def _leave_the_folder() -> None:
    """Take off the path what Python put first on it, and find the engine beside this file."""
    if not sys.flags.safe_path and sys.path:
        first = os.path.realpath(sys.path[0]) if sys.path[0] else ""
        if first in ("", _here(), _script_folder()):
            del sys.path[0]
    sys.path.insert(0, _HOME)
    import dojo  # noqa: F401  (here, before a package of the same name can be found)

    del sys.path[0]
    if _HOME not in sys.path:
        sys.path.append(_HOME)


def _here() -> str:
    try:
        return os.getcwd()
    except OSError:  # the folder was deleted
        return ""


def _script_folder() -> str:
    script = getattr(sys.modules["__main__"], "__file__", None) or ""
    return os.path.dirname(os.path.realpath(script)) if script else ""


if __name__ == "__main__":
    main()
