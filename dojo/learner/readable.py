"""Which files the learner process may read: the interpreter, its packages, the system's libraries.

An allow-list, made once per process and kept. It must never hold this product's own files, for
they include the suites and the solutions: a folder that contains one of them is given entry by
entry, without it. Knows nothing of how the list is enforced.
"""

import functools
import os
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path

from dojo import DISTRIBUTION

_PACKAGE = Path(os.path.realpath(__file__)).parents[1]

# Shared libraries, time zones, language data; devices that give zeros or random bytes; what
# torch and its libraries ask about the processor.
_SYSTEM = (
    "/lib",
    "/lib32",
    "/lib64",
    "/usr/lib",
    "/usr/lib32",
    "/usr/lib64",
    "/usr/local/lib",
    "/usr/local/lib64",
    "/usr/share/locale",
    "/usr/share/zoneinfo",
    "/nix/store",
    "/etc/ld.so.cache",
    "/etc/localtime",
    "/etc/timezone",
    "/dev/null",
    "/dev/random",
    "/dev/urandom",
    "/dev/zero",
    "/proc/cpuinfo",
    "/proc/meminfo",
    "/sys/devices/system/cpu",
    "/sys/devices/system/node",
)


@functools.cache
def readable_paths() -> tuple[str, ...]:
    """Real paths of files and folders that exist now; a folder stands for all below it."""
    roots = {os.path.realpath(p) for p in (*_python_folders(), *_SYSTEM) if p}
    hidden = tuple(os.path.realpath(p) for p in _own_files())
    found = {path for root in sorted(roots) for path in _without(root, hidden)}
    return tuple(p for p in sorted(found) if not _covered(p, found))


def _python_folders() -> Iterator[str]:
    paths = sysconfig.get_paths()
    yield paths["stdlib"]
    yield paths["platstdlib"]
    yield os.path.join(sys.base_prefix, "lib")
    yield from _site_folders()
    # Packages that were put on the path by other means (PYTHONPATH, a .pth file).
    for name in ("torch", "numpy", "jaxtyping"):
        file = getattr(sys.modules.get(name), "__file__", None)
        if file:
            yield os.path.dirname(file)


def _site_folders() -> list[str]:
    paths = sysconfig.get_paths()
    named = [p for p in sys.path if os.path.basename(p) in ("site-packages", "dist-packages")]
    return [paths["purelib"], paths["platlib"], *named]


def _own_files() -> Iterator[Path]:
    """The files of this product: a whole checkout, or what an installation put in place."""
    home = _PACKAGE.parent
    yield _PACKAGE
    yield home / "kata.py"
    if (home / "checks").is_dir():
        yield home
    for folder in {str(home), *_site_folders()}:
        site = Path(folder)
        yield site / _PACKAGE.name  # another installation of it
        yield from site.glob(f"{DISTRIBUTION.replace('-', '_')}-*.dist-info")
        yield from _packs(site)
        yield from site.glob("__pycache__/kata.*.pyc")


def _packs(site: Path) -> Iterator[Path]:
    """What packs of katas have put here: their suites and solutions are no less secret."""
    for told in site.glob("*.dist-info/entry_points.txt"):
        try:
            text = told.read_text(encoding="utf-8")
        except (OSError, ValueError):
            continue
        if "kata.packs" not in text:
            continue
        yield told.parent
        _, _, rest = text.partition("[kata.packs]")
        for line in rest.partition("[")[0].splitlines():
            module = line.partition("=")[2].partition(":")[0].strip()
            if module:
                yield site / module.partition(".")[0]


def _without(path: str, hidden: tuple[str, ...]) -> Iterator[str]:
    """``path``, or, where something hidden lies below it, the rest of its entries."""
    if path in hidden or not os.path.exists(path):
        return
    if not any(h.startswith(path.rstrip(os.sep) + os.sep) for h in hidden):
        yield path
        return
    try:
        entries = sorted(os.listdir(path))
    except OSError:
        return
    for name in entries:
        entry = os.path.join(path, name)
        # A link could lead anywhere, back to what is hidden as well; its target has a real path.
        if not os.path.islink(entry):
            yield from _without(entry, hidden)


def _covered(path: str, folders: set[str]) -> bool:
    return any(str(parent) in folders for parent in Path(path).parents)
