"""The command of tests/commands/fake_kata.py, which gives a room all the time it wants.

Where a test is about what arrives, a busy machine must not decide.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from dojo.joined import seat
from tests.commands import fake_kata

if __name__ == "__main__":
    seat.BUDGET = 30.0
    fake_kata.main()
