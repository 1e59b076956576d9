"""The command as in fake_kata.py, which may also use and leave a real judge in the background.

``python warm_kata.py COURSE ARGS...``
"""

import importlib
import sys
from pathlib import Path

fake_kata = importlib.import_module("fake_kata")  # which finds the project

import kata  # noqa: E402
from dojo.commands import check, warm  # noqa: E402
from dojo.course import catalog  # noqa: E402
from dojo.warm import client  # noqa: E402

if __name__ == "__main__":
    root = Path(sys.argv.pop(1))
    for module in (catalog, warm, client):
        vars(module)["content_root"] = lambda: root
    check.open_judge = fake_kata.FakeJudge
    kata.main()
