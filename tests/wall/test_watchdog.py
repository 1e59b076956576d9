"""Limits: what lasts too long is told of, what ends in time is not, whatever order they come in."""

import threading

from dojo.wall.watchdog import Watchdog


def test_acts_when_the_time_is_over() -> None:
    acted = threading.Event()
    with Watchdog().limit(0.01, acted.set) as expired:
        assert acted.wait(30)
        assert expired.is_set()


def test_a_shorter_limit_is_not_kept_waiting_by_a_longer_one() -> None:
    dog = Watchdog()
    long, short = threading.Event(), threading.Event()
    with dog.limit(3600, long.set), dog.limit(0.01, short.set):
        assert short.wait(30)
        assert not long.is_set()


def test_what_ends_in_time_is_left_alone() -> None:
    dog = Watchdog()
    early, late = threading.Event(), threading.Event()
    with dog.limit(0.2, early.set) as expired:
        pass
    with dog.limit(0.4, late.set):  # the deadline of the first passes meanwhile
        assert late.wait(30)
    assert not expired.is_set()
    assert not early.is_set()


def test_all_that_are_over_are_told_of() -> None:
    dog = Watchdog()
    acted = [threading.Event() for _ in range(5)]
    with (
        dog.limit(0.01, acted[0].set),
        dog.limit(0.02, acted[1].set),
        dog.limit(0.01, acted[2].set),
        dog.limit(0.03, acted[3].set),
    ):
        assert all(e.wait(30) for e in acted[:4])
    with dog.limit(0.01, acted[4].set):
        assert acted[4].wait(30)
