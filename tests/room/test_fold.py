"""What a log adds up to: cells, what holds a room back, pace, what was said, the projector."""

from dataclasses import replace
from typing import Any

from dojo.room import acts
from dojo.room.entries import Entry
from dojo.room.views import Cell, Held, Progress

Hour = Any


def _cells(hour: Hour, minute: float) -> list[Cell]:
    (row,) = hour.board(minute).rows
    return list(row.cells)


def _held(hour: Hour, minute: float, key: str) -> Held:
    return next(h for h in hour.board(minute).held if h.key == key)


def test_a_cell_goes_from_not_begun_to_passed(hour: Hour) -> None:
    ada = hour.join(0)
    assert _cells(hour, 0)[0] == Cell("not begun")
    hour.event(1, ada, "begun")
    assert _cells(hour, 1)[0] == Cell("trying")
    hour.check(2, ada, "ab")
    assert _cells(hour, 2)[0] == Cell("trying", 2, 4)
    hour.check(3, ada, "abcd")
    assert _cells(hour, 3) == [Cell("passed", 4, 4), Cell("not begun")]


def test_a_cell_is_stuck_while_a_rule_says_so(hour: Hour) -> None:
    ada = hour.join(0)
    for minute in (1, 2, 3):
        hour.check(minute, ada, "a", "half")
    assert _cells(hour, 3)[0].state == "stuck"
    hour.act(4, acts.Helped(ada))
    assert _cells(hour, 4)[0].state == "trying"


def test_a_cell_becomes_stuck_without_any_event(hour: Hour) -> None:
    ada = hour.join(0)
    for minute in range(1, 10):
        hour.check(minute, ada, "a")
    assert _cells(hour, 9)[0].state == "trying"
    assert _cells(hour, 11.1)[0].state == "stuck"


def test_what_was_passed_stays_passed(hour: Hour) -> None:
    ada = hour.join(0)
    hour.check(1, ada, "abcd")
    hour.check(2, ada, "a", "half")
    assert _cells(hour, 2)[0] == Cell("passed", 1, 4)


def test_active_ends_five_minutes_after_the_last_event(hour: Hour) -> None:
    hour.join(0)
    assert hour.board(4.9).rows[0].active
    assert not hour.board(5).rows[0].active


def test_people_are_counted_and_not_attempts(hour: Hour) -> None:
    ada, bo = hour.join(0), hour.join(0, "Bo")
    for minute in (1, 2, 3):
        hour.check(minute, ada, "a", "half")
    hour.check(4, bo, "a", "half")
    held = _held(hour, 4, "first/half")
    assert (held.now, held.ever, held.out, held.checks) == (2, 2, 0, None)
    assert held.named
    assert held.sentence == "There is a half."


def test_who_gets_out_is_counted_with_the_checks_it_took(hour: Hour) -> None:
    ada, bo = hour.join(0), hour.join(0, "Bo")
    for minute in (1, 2, 3):
        hour.check(minute, ada, "a", "half")
    hour.check(4, ada, "ab")
    hour.check(4, bo, "a", "half")
    hour.check(5, bo, "ab", "sum-for-mean")
    held = _held(hour, 5, "first/half")
    assert (held.now, held.ever, held.out) == (0, 2, 2)
    assert held.checks == 2.0  # three further checks and one


def test_who_falls_into_it_again_is_in_it(hour: Hour) -> None:
    ada = hour.join(0)
    hour.check(0, ada, "a", "half")
    hour.check(1, ada, "a")
    hour.check(2, ada, "a", "half")
    held = _held(hour, 3, "first/half")
    assert (held.now, held.out) == (1, 0)


def test_failures_without_a_name_are_grouped(hour: Hour) -> None:
    for name in ("Ada", "Bo"):
        hour.check(1, hour.join(0, name), "a", relations=["values: twice"])
    held = _held(hour, 1, "first/values: twice")
    assert (held.now, held.named) == (2, False)


def _in_half(hour: Hour, inside: int, beside: int) -> None:
    for i in range(inside):
        hour.check(1, hour.join(0, f"In{i}"), "a", "half")
    for i in range(beside):
        hour.check(1, hour.join(0, f"Beside{i}"), "a")


def test_talk_is_suggested_from_three_who_are_a_quarter(hours: type[Hour]) -> None:
    for inside, beside, talk in ((2, 0, False), (3, 9, True), (3, 10, False)):
        hour = hours()
        _in_half(hour, inside, beside)
        assert _held(hour, 1, "first/half").talk is talk, (inside, beside)


def test_no_talk_where_most_get_out_by_themselves(hour: Hour) -> None:
    _in_half(hour, 6, 0)
    for learner in (1, 2, 3):
        hour.check(2, learner, "ab")
    assert not _held(hour, 2, "first/half").talk


def test_lines_are_of_those_who_shared_and_without_the_stub(hour: Hour) -> None:
    _in_half(hour, 2, 0)
    hour.event(2, 1, "shared", source="def first():\n    return half\n")
    assert _held(hour, 2, "first/half").lines == (("In0", "    return half"),)


def test_the_worst_stands_first(hour: Hour) -> None:
    _in_half(hour, 1, 0)
    for name in ("A", "B"):
        hour.check(1, hour.join(0, name), "a", "sum-for-mean")
    assert [h.key for h in hour.board(1).held] == ["first/sum-for-mean", "first/half"]


def test_progress_of_the_slowest_quarter_the_median_and_the_quickest(hour: Hour) -> None:
    for passed in (0, 1, 1, 2, 2):
        who = hour.join(0, f"L{passed}")
        for kata in ("first", "second")[:passed]:
            hour.check(1, who, "abcd", kata=kata)
    assert hour.board(1).progress == Progress(slow_quarter=1, median=1, quickest=2)


def test_pace_is_the_median_of_minutes_worked(hour: Hour) -> None:
    for name, minutes in (("A", 4), ("B", 6), ("C", 9)):
        who = hour.join(0, name)
        hour.event(0, who, "begun")
        for minute in range(3, minutes, 3):
            hour.check(minute, who, "a")
        hour.check(minutes, who, "abcd")
    pace = hour.board(9).pace[0]
    assert (pace.passed, pace.trying, pace.median, pace.estimate) == (3, 0, 6.0, 10)


def test_events_that_come_late_and_at_once_take_the_learners_minutes(hour: Hour) -> None:
    ada = hour.join(0)
    hour.event(90, ada, "begun", at="2026-01-01T10:00:00Z")
    hour.check(90, ada, "a", at="2026-01-01T10:03:00Z")
    hour.check(90, ada, "abcd", at="2026-01-01T10:07:00Z")
    assert hour.board(90).pace[0].median == 7.0


def test_what_was_said_is_kept(hour: Hour) -> None:
    hour.act(1, acts.Say("Look at the shapes."))
    hour.act(2, acts.Timer(10))
    hour.act(3, acts.OpenKatas(("first",)))
    said = hour.board(3).said
    assert (said.line, said.timer_ends, said.open) == ("Look at the shapes.", 720.0, ("first",))
    hour.act(4, acts.Timer(None))
    assert hour.board(4).said.timer_ends is None


def test_unknown_kinds_are_passed_over_and_counted_as_stored(hour: Hour) -> None:
    ada = hour.join(0)
    hour.event(1, ada, "sang", "first", notes=[1, {"a": None}])
    hour.fold.take(Entry(99, 120.0, None, None, "fireworks", {"colour": "red"}))
    assert hour.fold.people[ada].upto == 1
    assert hour.fold.seq == 99


def test_fields_of_other_types_are_passed_over(hour: Hour) -> None:
    ada = hour.join(0)
    hour.event(
        1, ada, "checked", status=["fail"], passed="abc", failed=3, checks="x", mistakes={"a": 1}
    )  # fmt: skip
    hour.event(2, ada, "hinted", hints=None, of=[3])
    hour.event(3, ada, "asked", {"kata": "first"}, text=7)
    assert hour.need(3).question == ""


def test_a_projection_has_no_names(hour: Hour) -> None:
    _in_half(hour, 3, 1)
    hour.event(2, 1, "shared", source="secret line\n")
    hour.event(2, 1, "asked", text="my question")
    shown = repr(hour.fold.projection(120.0, ("http://x", "PLUM-4TQ")))
    for hidden in ("In0", "Beside", "secret", "my question"):
        assert hidden not in shown
    assert "PLUM-4TQ" in shown


def test_a_projection_has_no_mistake_of_fewer_than_three(hour: Hour) -> None:
    _in_half(hour, 2, 1)
    assert hour.fold.projection(60.0, ("", "")).held == ()
    hour.check(2, hour.join(2, "Cy"), "a", "half")
    assert [h.now for h in hour.fold.projection(120.0, ("", "")).held] == [3]


def test_a_projection_shows_no_text_that_learners_machines_made(hour: Hour) -> None:
    for name in ("A", "B", "C"):
        hour.check(1, hour.join(0, name), "a", relations=["values: buy my book"])
    assert "book" not in repr(hour.fold.projection(60.0, ("", "")))


def test_a_projection_counts_the_states(hour: Hour) -> None:
    _in_half(hour, 2, 0)
    hour.join(0, "Late")
    counts = hour.fold.projection(60.0, ("", "")).counts[0]
    assert counts == {"not begun": 1, "trying": 2, "stuck": 0, "passed": 0}


def test_who_is_forgotten_was_never_here(hours: type[Hour]) -> None:
    whole, rest = hours(), hours()
    for hour in (whole, rest):
        ada = hour.join(0)
        hour.event(1, ada, "begun")
        hour.check(3, ada, "ab", "half")
    bo = whole.join(1, "Bo")
    whole.check(2, bo, "a", "half", "sum-for-mean")
    whole.check(4, bo, "abcd")
    whole.forget(5, bo)
    ours, theirs = whole.board(6), rest.board(6)
    for part in ("rows", "needs", "held", "progress", "pace"):
        assert getattr(ours, part) == getattr(theirs, part), part


def test_the_same_log_gives_the_same_board_whenever_it_is_folded(
    hour: Hour, hours: type[Hour]
) -> None:
    _in_half(hour, 3, 3)
    hour.act(2, acts.Helped(1))
    again = hours()
    again.fold.take_all(hour.log)
    again.fold.take_all(hour.log)  # and twice is once
    assert again.board(3) == hour.board(3)


def test_a_mistake_of_the_engines_own_is_one_like_any_other(hour: Hour) -> None:
    ada = hour.join(0)
    for minute in (1, 2, 3):
        hour.check(minute, ada, "a", "name-not-defined")
    assert _held(hour, 3, "first/name-not-defined").sentence == "Name not defined."
    need = hour.need(3)
    assert (need.reason, need.sentence) == ("same mistake", "Name not defined.")


def test_what_no_mistake_can_be_called_is_passed_over(hour: Hour) -> None:
    ada = hour.join(0)
    hour.check(1, ada, "a", "<b>", "", "Half A Mistake", "x/../y")
    assert hour.board(1).held == ()


def test_a_factor_says_what_the_card_says_of_it(hours: type[Hour]) -> None:
    factors = {"first": {"factor n": "Was something only added up?"}}
    hour = hours(replace(hours().fold.content, factors=factors))
    ada = hour.join(0)
    hour.check(1, ada, "a", "factor n")
    assert hour.board(1).held[0].sentence == "Was something only added up?"
