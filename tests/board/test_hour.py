"""An hour of 25 learners, as the board of a real room shows it in a real browser.

One test in several steps, for an hour goes in one direction.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("fastapi", reason="the extra `room` is not installed")

from .conftest import HOST, Open, eventually
from .hour import KATAS, LEADS, LINES, NAMES, PILED, Learner, Room, ask, open_room, sentence, work


@dataclass
class Hour:
    """Where everything is.

    Attributes:
        room: the server.
        learners: by name.
        visit: opens further pages.
        board: the page, live.
    """

    room: Room
    learners: dict[str, Learner]
    visit: Open
    board: Any


@pytest.fixture
def room(browser: Any, tmp_path: Path) -> Iterator[Room]:
    """A room; a step that restarts the server puts the new one in."""
    room = open_room(tmp_path / "room")
    yield room
    room.stop()


def test_an_hour_on_the_board(room: Room, visit: Open) -> None:
    learners = work(room)
    board = visit(f"http://{HOST}:{room.port}/board/enter#{room.board}", cut=True)
    board.wait_for_selector('#link[data-how="live"]')
    at = Hour(room, learners, visit, board)
    for step in STEPS:
        step(at)


def shows(page: Any, where: str, words: str) -> None:
    """Wait until the page says something somewhere."""
    eventually(lambda: words in page.inner_text(where))


def person(page: Any, learner: Learner) -> str:
    """What the page says of somebody who needs help."""
    return str(page.inner_text(f".person[data-learner='{learner.number}']"))


def gone(page: Any, learner: Learner) -> None:
    """Wait until somebody needs no help any more."""
    page.wait_for_selector(f".person[data-learner='{learner.number}']", state="detached")


def cells(page: Any, learner: Learner) -> list[str]:
    """The room's row of somebody, as it is read out."""
    return list(page.locator(f"#row-{learner.number} td .sr").all_text_contents())


def each_cell_says_how_far_somebody_is(at: Hour) -> None:
    assert at.board.locator("#room-rows tr").count() == len(NAMES)
    assert cells(at.board, at.learners["Ada"]) == ["passed"] * len(KATAS)
    here = KATAS.index(LINES)
    amir = cells(at.board, at.learners["Amir"])
    assert amir[:here] == ["passed"] * here
    assert amir[here : here + 2] == ["trying, 3 of 5 checks pass", "not begun"]
    assert cells(at.board, at.learners["Bea"])[here] == "stuck, 3 of 5 checks pass"
    assert cells(at.board, at.learners["Wim"]) == ["not begun"] * len(KATAS)
    passed = sum("passed" in cells(at.board, one)[:1] for one in at.learners.values())
    assert at.board.inner_text("#room-totals td >> nth=0") == str(passed) == "24"


def who_needs_help_is_told_with_the_reason(at: Hour) -> None:
    names = at.board.locator(".person h3").all_inner_texts()
    assert names == ["Emil", "Bea", "Quentin", "Grace"]
    assert "“why is my <i>loss</i> nan?”" in person(at.board, at.learners["Emil"])
    assert "The same mistake in 3 checks running." in person(at.board, at.learners["Bea"])
    assert sentence("1.2.6", LEADS) in person(at.board, at.learners["Bea"])
    quentin = person(at.board, at.learners["Quentin"])
    assert "No check newly passed in 27 minutes of work." in quentin
    assert "hints are used up" in person(at.board, at.learners["Grace"])


def the_mistake_that_leads_stands_first_with_its_sentence(at: Hour) -> None:
    first = at.board.inner_text("#held-list > li >> nth=0")
    assert re.search(rf"\b{len(PILED) + 1}\s+in it now", first)
    assert sentence("1.2.6", LEADS) in first
    assert "Talk to all" in first
    assert "Talk to all" not in at.board.inner_text("#held-list > li >> nth=1")
    at.board.click("#held-list details summary >> nth=0")
    assert "w -= lr * w.grad" in at.board.inner_text("#held-list pre >> nth=0")


def slips_that_people_got_out_of_are_counted_as_such(at: Hour) -> None:
    at.board.click("#held-more summary")
    told = at.board.inner_text("#held-rest")
    assert re.search(r"0\s+in it now\s+\d+ ever, \d+ got out, after 1 check", told)


def a_failure_without_a_name_becomes_a_draft(at: Hour) -> None:
    assert "values fails: 1/2 times the right value" in at.board.inner_text("#held")
    at.board.click("text=Draft a mistake for the card")
    draft = at.board.input_value("#draft")
    assert "[[mistake]]" in draft
    assert "values: ratio 1/2" in draft
    assert not any(name in draft for name in NAMES)
    at.board.click("text=The board")
    at.board.wait_for_selector('#link[data-how="live"]')


def pace_is_minutes_beside_the_cards_estimate(at: Hour) -> None:
    row = at.board.inner_text(".paces tbody tr >> nth=0")
    passed, _, median, estimate = map(float, row.split()[-4:])
    assert passed == 24
    assert 3 <= median <= 7  # between their clocks' 3.5 and 9.5 minutes, most without a slip
    assert estimate == KATAS[0].minutes
    assert f"of {len(KATAS)} passed" in at.board.inner_text("#pace")


def a_hand_goes_up_and_down(at: Hour) -> None:
    sam = at.learners["Sam"]
    sam.does("asked", "", text="may I use torch.optim?")
    sam.send()
    shows(at.board, "#needs", "may I use torch.optim?")
    shows(at.board, "#summary", "2 hands up")
    sam.does("answered")
    sam.send()
    gone(at.board, sam)
    at.board.click(f".person[data-learner='{at.learners['Emil'].number}'] >> text=Lower hand")
    gone(at.board, at.learners["Emil"])
    assert at.learners["Emil"].state()["hand"] is False


def what_the_board_says_is_in_what_learners_read(at: Hour) -> None:
    assert at.learners["Ada"].state()["board"] >= 1
    at.board.fill("#line", "Who is in 1.2.6: look up, please")
    at.board.click("text=Say it")
    shows(at.board, "#said-line", "look up, please")
    at.board.click("text=Start")
    at.board.click("text=Pause hands")
    shows(at.board, "#said-hands", "paused")
    state = at.learners["Ada"].state()
    assert state["line"] == "Who is in 1.2.6: look up, please"
    assert 500 < state["timer_ends"] <= 600


def helped_by_keyboard_alone_and_for_good(at: Hour) -> None:
    at.board.keyboard.press("Tab")
    at.board.keyboard.press("Enter")  # the first link leads to who needs help
    whose = "document.activeElement.closest('.person')?.innerText ?? ''"
    while "Bea" not in at.board.evaluate(whose):
        at.board.keyboard.press("Tab")
    at.board.keyboard.press("h")
    gone(at.board, at.learners["Bea"])
    at.board.reload()
    assert at.board.locator(".person h3").all_inner_texts() == ["Quentin", "Grace"]


def no_name_is_on_the_projector(at: Hour) -> None:
    page = at.visit(f"http://{HOST}:{at.room.port}/projector/enter#{at.room.projector}")
    page.wait_for_selector('#link[data-how="live"]')
    assert sentence("1.2.6", LEADS) in page.inner_text("#p-held")
    assert "1/2 times" not in page.inner_text("#p-held")  # one person alone
    assert "look up, please" in page.inner_text("#p-told")
    assert at.room.code in page.inner_text("#p-join")
    assert not any(re.search(rf"\b{re.escape(name)}\b", page.content()) for name in NAMES)
    page.close()


def a_restart_needs_no_reload_and_loses_nothing(at: Hour) -> None:
    at.board.evaluate("() => { window.same = true; Math.random = () => 0; }")
    at.room.stop()
    at.board.wait_for_selector('#link[data-how="lost"]')
    at.room.process = open_room(at.room.folder, at.room.port).process
    at.board.wait_for_selector('#link[data-how="live"]')
    ada = at.learners["Ada"]
    ada.does("asked", "", text="still there?")
    ada.send()
    at.learners["Wim"].checks(KATAS[0], 2)
    at.learners["Wim"].send()
    eventually(lambda: cells(at.board, at.learners["Wim"])[0] == "trying, 2 of 5 checks pass")
    assert "still there?" not in at.board.inner_text("#needs")  # hands are paused, as before
    shows(at.board, "#said-line", "look up, please")
    assert at.board.evaluate("window.same")


def the_hour_can_be_seen_again(at: Hour) -> None:
    at.board.goto(f"http://{HOST}:{at.room.port}/board/replay")
    assert at.board.locator("#room-rows tr").count() == len(NAMES)
    at.board.focus("#slider")
    at.board.keyboard.press("Home")
    shows(at.board, "#room", "Nobody has joined yet.")
    at.board.click("text=The board")


def a_closed_room_says_so(at: Hour) -> None:
    at.board.click("#act-close summary")
    at.board.click("text=Close it now")
    shows(at.board, "#summary", "The room is closed.")
    assert at.board.locator(".acts button").count() == 0
    assert ask(at.room, "/api/state", token=at.learners["Ada"].token)["state"]["closed"]


STEPS: tuple[Callable[[Hour], None], ...] = (
    each_cell_says_how_far_somebody_is,
    who_needs_help_is_told_with_the_reason,
    the_mistake_that_leads_stands_first_with_its_sentence,
    slips_that_people_got_out_of_are_counted_as_such,
    a_failure_without_a_name_becomes_a_draft,
    pace_is_minutes_beside_the_cards_estimate,
    a_hand_goes_up_and_down,
    what_the_board_says_is_in_what_learners_read,
    helped_by_keyboard_alone_and_for_good,
    no_name_is_on_the_projector,
    a_restart_needs_no_reload_and_loses_nothing,
    the_hour_can_be_seen_again,
    a_closed_room_says_so,
)
