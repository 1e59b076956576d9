"""The command on a course of its own, with the real judge.

``python real_kata.py COURSE ARGS...``
"""

import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(PROJECT))

import kata  # noqa: E402
from dojo.course import catalog  # noqa: E402

if __name__ == "__main__":
    root = Path(sys.argv.pop(1))
    catalog.content_root = lambda: root
    kata.main()
