"""Calls inside one another, told from few of them."""

import sys

import pytest

from dojo.learner import room


def nested(calls: int) -> int:
    return calls if calls < 2 else 1 + nested(calls - 1)


def test_a_loop_is_run_few_times() -> None:
    assert room.many(lambda n: sum(1 for _ in range(n))) == (room.FEW, room.FEW)


def test_a_function_that_calls_itself_each_time_stops_as_it_would_with_many() -> None:
    asked: list[int] = []

    def run(n: int) -> int:
        asked.append(n)
        return nested(n)

    with pytest.raises(RecursionError):
        room.many(run)
    assert asked[-1] == room.MANY > sys.getrecursionlimit()


def test_what_needs_room_whatever_the_number_gets_it() -> None:
    assert room.many(lambda n: nested(2 * room.ROOM) and n) == (room.MANY, room.MANY)


def test_the_limit_is_afterwards_what_it_was() -> None:
    before = sys.getrecursionlimit()
    room.many(lambda n: n)
    with pytest.raises(RecursionError):
        room.many(nested)
    assert sys.getrecursionlimit() == before
