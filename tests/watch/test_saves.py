"""Saves are noticed by events, and by looking where events don't arrive."""

import queue
from collections.abc import Iterator
from pathlib import Path

import pytest
import watchfiles

from dojo.watch.saves import FileWatch


def test_events_that_never_arrive_are_made_up_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def silent(*_: object, **__: object) -> Iterator[set[object]]:
        while True:
            looks.get(timeout=60)
            yield set()

    looks: queue.SimpleQueue[None] = queue.SimpleQueue()
    told: queue.SimpleQueue[str] = queue.SimpleQueue()
    monkeypatch.setattr(watchfiles, "watch", silent)
    path = tmp_path / "answer.py"
    path.write_text("1")
    watch = FileWatch(path, lambda: told.put("saved"), lambda: told.put("polling"))
    for text in ("12", "123"):
        path.write_text(text)
        looks.put(None)
        assert told.get(timeout=60) == "saved"
    assert told.get(timeout=60) == "polling"
    path.write_text("1234")
    assert told.get(timeout=60) == "saved"
    watch.close()


def test_a_folder_that_vanishes_ends_nothing(tmp_path: Path) -> None:
    told: queue.SimpleQueue[str] = queue.SimpleQueue()
    path = tmp_path / "lesson" / "answer.py"
    path.parent.mkdir()
    path.write_text("1")
    watch = FileWatch(path, lambda: told.put("saved"), lambda: told.put("polling"), events=False)
    assert told.get(timeout=60) == "polling"
    path.unlink()
    path.parent.rmdir()
    assert told.get(timeout=60) == "saved"
    path.parent.mkdir()
    path.write_text("2")
    assert told.get(timeout=60) == "saved"
    watch.close()
