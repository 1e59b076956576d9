"""Removing folders that hostile code has filled."""

import contextlib
import itertools
import os
import stat
from pathlib import Path


def remove(folder: Path) -> None:
    """Remove a folder and all in it, as far as this user may; raises nothing.

    Python 3.11's shutil.rmtree calls itself for each level, and fails on a thousand levels. Here
    every folder inside is first moved up to the top, so that depth and long paths don't matter.
    """
    waiting = [str(folder)]
    numbers = itertools.count()
    while waiting:
        current = waiting.pop()
        with contextlib.suppress(OSError, NotImplementedError):
            os.chmod(current, stat.S_IRWXU, follow_symlinks=False)
        with contextlib.suppress(OSError):
            for entry in list(os.scandir(current)):
                with contextlib.suppress(OSError):
                    if entry.is_dir(follow_symlinks=False):
                        moved = f"{folder}.{next(numbers)}"
                        os.rename(entry.path, moved)
                        waiting.append(moved)
                    else:
                        os.unlink(entry.path)
            os.rmdir(current)
