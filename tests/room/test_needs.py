"""Who needs help: each of the five reasons, just before and just after it holds."""

from typing import Any

import pytest

from dojo.room import acts
from dojo.room.needs import limit

Hour = Any


def test_nobody_needs_help_at_first(hour: Hour) -> None:
    hour.join(0)
    assert hour.needs(1) == []


def test_a_raised_hand_is_shown_at_once_with_its_question(hour: Hour) -> None:
    ada = hour.join(0)
    hour.event(2, ada, "asked", text="why is my loss nan?")
    need = hour.need(2)
    assert (need.reason, need.question, need.since) == ("hand", "why is my loss nan?", 120.0)


def test_a_hand_is_lowered_by_the_learner(hour: Hour) -> None:
    ada = hour.join(0)
    hour.event(2, ada, "asked")
    hour.event(3, ada, "answered")
    assert hour.needs(3) == []


def test_asking_again_keeps_ones_place(hour: Hour) -> None:
    ada = hour.join(0)
    hour.event(2, ada, "asked", text="a")
    hour.event(5, ada, "asked", text="b")
    assert (hour.need(5).since, hour.need(5).question) == (120.0, "b")


def test_the_same_mistake_counts_from_the_third_check_in_a_row(hour: Hour) -> None:
    ada = hour.join(0)
    for minute in (1, 2):
        hour.check(minute, ada, "a", "half")
        assert hour.needs(minute) == []
    hour.check(3, ada, "a", "half", "sum-for-mean")
    need = hour.need(3)
    assert (need.reason, need.sentence, need.since) == ("same mistake", "There is a half.", 180.0)


def test_since_when_the_same_mistake_holds_does_not_move(hour: Hour) -> None:
    ada = hour.join(0)
    for minute in (1, 2, 3, 4, 5):
        hour.check(minute, ada, "a", "half")
    assert hour.need(5).since == 180.0
    assert "5 checks" in hour.need(5).why


def test_another_mistake_in_between_breaks_the_run(hour: Hour) -> None:
    ada = hour.join(0)
    for minute, mistake in enumerate(["half", "half", "sum-for-mean", "half"], start=1):
        hour.check(minute, ada, "a", mistake)
    assert hour.needs(4) == []


def test_the_same_mistake_in_another_kata_is_another(hour: Hour) -> None:
    ada = hour.join(0)
    hour.check(1, ada, "", "half")
    hour.check(2, ada, "", "half")
    hour.check(3, ada, "", "late", kata="second")
    assert hour.needs(3) == []


def test_a_mistake_that_the_card_does_not_know_is_no_reason(hour: Hour) -> None:
    ada = hour.join(0)
    for minute in (1, 2, 3):
        hour.check(minute, ada, "a", "<script>")
    assert hour.needs(3) == []


def test_checks_of_the_mere_stub_and_unjudged_ones_do_not_count(hour: Hour) -> None:
    ada = hour.join(0)
    hour.check(1, ada, "a", "half")
    hour.check(2, ada, "a", "half", untouched=True)
    hour.check(3, ada, "a", "half", status="not judged")
    hour.check(4, ada, "a", "half")
    assert hour.needs(4) == []


def _works(hour: Hour, learner: int, minutes: Any, passed: str = "a", kata: str = "first") -> None:
    """Checks each minute; nothing is newly passed after the first."""
    for minute in minutes:
        hour.check(minute, learner, passed, kata=kata)


def test_no_progress_never_holds_before_the_estimate(hour: Hour) -> None:
    ada = hour.join(0)
    _works(hour, ada, range(1, 11))  # newly passed at 1; the card says 10 minutes
    assert hour.needs(10.9) == []
    assert hour.needs(11) == [("Ada", "no progress")]
    assert hour.need(12).since == 660.0


def test_no_progress_never_holds_before_eight_minutes(hour: Hour) -> None:
    ada = hour.join(0)
    _works(hour, ada, range(1, 9), kata="second")  # the card says 5
    assert hour.needs(8.9) == []
    assert hour.needs(9) == [("Ada", "no progress")]


def test_a_newly_passed_check_is_progress(hour: Hour) -> None:
    ada = hour.join(0)
    _works(hour, ada, range(1, 11))
    hour.check(10.5, ada, "b")
    assert hour.needs(15) == []


def test_a_check_that_passed_before_is_no_progress(hour: Hour) -> None:
    ada = hour.join(0)
    hour.check(1, ada, "ab")
    _works(hour, ada, range(2, 6), "a")
    _works(hour, ada, range(6, 13), "ab")
    assert hour.needs(12) == [("Ada", "no progress")]


def test_a_gap_of_more_than_five_minutes_is_not_counted(hour: Hour) -> None:
    ada = hour.join(0)
    _works(hour, ada, [1, 2, 3, 63, 64, 65])  # 4 minutes of work, and lunch
    assert hour.needs(65) == []
    _works(hour, ada, range(66, 72))
    assert hour.needs(71.5) == [("Ada", "no progress")]


def test_silence_alone_is_counted_for_five_minutes_only(hour: Hour) -> None:
    ada = hour.join(0)
    _works(hour, ada, [1, 2])
    assert hour.needs(30) == []


def test_who_falls_silent_when_stuck_stays_on_the_list(hour: Hour) -> None:
    ada = hour.join(0)
    _works(hour, ada, range(1, 13))
    assert hour.needs(40) == [("Ada", "no progress")]
    assert hour.need(40).since == hour.need(12).since


def test_the_rooms_own_percentile_counts_where_it_is_longer() -> None:
    assert limit(5, []) == 480.0
    assert limit(10, [60.0] * 8) == 600.0
    assert limit(10, [60.0, 60.0, 900.0, 1000.0]) == 900.0  # three of four took no longer


def test_the_percentile_is_taken_of_this_room(hours: type[Hour]) -> None:
    slow, ada = hours(), 0
    for name in ("Bo", "Cy"):  # both take 20 minutes of work for a further check
        who = slow.join(0, name)
        slow.check(0, who, "a")
    for minute in range(1, 21):
        for who in (1, 2):
            slow.check(minute, who, "a" if minute < 20 else "ab")
    ada = slow.join(20, "Ada")
    _works(slow, ada, range(20, 40))
    assert ("Ada", "no progress") not in slow.needs(39.9)
    # Three stretches of no length, two of 20 minutes: the 75th percentile is 20.
    _works(slow, ada, range(40, 42))
    assert ("Ada", "no progress") in slow.needs(41)


def test_only_the_present_kata_is_looked_at(hour: Hour) -> None:
    ada = hour.join(0)
    _works(hour, ada, range(1, 11))
    hour.event(10.5, ada, "begun", "second")
    assert hour.needs(15) == []


def test_who_passed_needs_nothing(hour: Hour) -> None:
    ada = hour.join(0)
    hour.check(1, ada, "a")
    hour.check(2, ada, "abcd")
    assert hour.needs(60) == []


def test_joined_and_not_begun_holds_from_ten_minutes_on(hour: Hour) -> None:
    hour.join(3)
    assert hour.needs(12.9) == []
    assert hour.needs(13) == [("Ada", "not begun")]
    assert hour.need(13).since == 780.0


def test_looking_at_a_kata_is_having_begun(hour: Hour) -> None:
    ada = hour.join(0)
    hour.event(4, ada, "begun")
    assert hour.needs(11) == []


def test_hints_used_up_holds_with_the_last_one(hour: Hour) -> None:
    ada = hour.join(0)
    hour.event(1, ada, "hinted", hints=2, of=3)
    assert hour.needs(1) == []
    hour.event(2, ada, "hinted", hints=3, of=3)
    assert hour.needs(2) == [("Ada", "no hints left")]


def test_the_sentence_is_that_of_the_mistake_they_are_in(hour: Hour) -> None:
    ada = hour.join(0)
    hour.check(1, ada, "a", "half")
    hour.event(2, ada, "asked")
    assert hour.need(2).sentence == "There is a half."


@pytest.mark.parametrize("reason", ["hand", "same mistake", "no progress", "hints"])
def test_helping_ends_every_reason(hour: Hour, reason: str) -> None:
    ada = hour.join(0)
    _works(hour, ada, range(1, 13))
    match reason:
        case "hand":
            hour.event(12, ada, "asked")
        case "same mistake":
            for _ in range(3):
                hour.check(12, ada, "a", "half")
        case "hints":
            hour.event(12, ada, "hinted", hints=3, of=3)
    assert hour.needs(12.5)
    hour.act(13, acts.Helped(ada, "Bo"))
    assert hour.needs(13) == []
    assert hour.needs(17) == []


def test_what_the_rules_count_begins_anew_after_help(hour: Hour) -> None:
    ada = hour.join(0)
    hour.check(1, ada, "a", "half")
    hour.check(2, ada, "a", "half")
    hour.act(2.5, acts.Helped(ada))
    hour.check(3, ada, "a", "half")
    assert hour.needs(3) == []
    hour.check(4, ada, "a", "half")
    hour.check(5, ada, "a", "half")
    assert hour.need(5).helped_before == 1


def test_time_before_the_help_counts_no_more(hour: Hour) -> None:
    ada = hour.join(0)
    _works(hour, ada, range(1, 13))
    hour.act(16, acts.Helped(ada))
    _works(hour, ada, range(17, 26))
    assert hour.needs(25.9) == []
    assert hour.need(26).since == 26 * 60.0


# The way out by oneself took 11 minutes, which is then the room's percentile.
@pytest.mark.parametrize(("way_out", "minute"), [("progress", 23), ("help", 22)])
def test_since_when_there_is_no_progress_is_of_this_time(
    hour: Hour, way_out: str, minute: int
) -> None:
    ada = hour.join(0)
    _works(hour, ada, range(1, 13))
    if way_out == "help":
        hour.act(12, acts.Helped(ada))
    else:
        hour.check(12, ada, "b")
    _works(hour, ada, range(13, 25))
    assert hour.need(24).since == minute * 60.0


def test_snooze_hides_a_reason_for_its_minutes(hour: Hour) -> None:
    ada = hour.join(0)
    assert hour.needs(10)
    hour.act(10, acts.Snooze(ada, 5))
    assert hour.needs(14.9) == []
    assert hour.needs(15) == [("Ada", "not begun")]


def test_a_hand_that_goes_up_while_snoozed_is_shown(hour: Hour) -> None:
    ada = hour.join(0)
    hour.event(1, ada, "asked")
    hour.act(2, acts.Snooze(ada, 5))
    assert hour.needs(2) == []
    hour.event(3, ada, "answered")
    hour.event(4, ada, "asked")
    assert hour.needs(4) == [("Ada", "hand")]


def test_no_hand_goes_up_while_hands_are_paused(hour: Hour) -> None:
    ada = hour.join(0)
    hour.act(1, acts.PauseHands(True))
    hour.event(2, ada, "asked")
    assert hour.needs(2) == []
    hour.act(3, acts.PauseHands(False))
    hour.event(4, ada, "asked")
    assert hour.needs(4) == [("Ada", "hand")]


def test_a_claim_names_the_helper_until_the_hand_is_down(hour: Hour) -> None:
    ada = hour.join(0)
    hour.event(1, ada, "asked")
    hour.act(2, acts.Claim(ada, "Bo"))
    assert hour.need(2).claimed_by == "Bo"
    hour.act(3, acts.LowerHand(ada))
    hour.event(4, ada, "asked")
    assert hour.need(4).claimed_by == ""


def test_the_order_is_never_helped_first_and_then_by_waiting(hour: Hour) -> None:
    ada, bo, cy = (hour.join(0, name) for name in ("Ada", "Bo", "Cy"))
    hour.event(1, ada, "asked")
    hour.act(2, acts.Helped(ada))
    hour.event(3, ada, "asked")
    hour.event(4, bo, "asked")
    hour.event(5, cy, "asked")
    assert [name for name, _ in hour.needs(5)] == ["Bo", "Cy", "Ada"]


def test_hands_of_the_same_mistake_stand_together(hour: Hour) -> None:
    people = [hour.join(0, name) for name in ("Ada", "Bo", "Cy")]
    for who, mistake in zip(people, ("half", "sum-for-mean", "half"), strict=True):
        hour.check(1, who, "a", mistake)
    for minute, who in enumerate(people, start=2):
        hour.event(minute, who, "asked")
    assert [name for name, _ in hour.needs(5)] == ["Ada", "Cy", "Bo"]


def test_a_hand_comes_before_every_other_reason(hour: Hour) -> None:
    hour.join(0, "Early")
    ada = hour.join(0)
    hour.event(11, ada, "asked")
    assert hour.needs(11) == [("Ada", "hand"), ("Early", "not begun")]


def test_who_left_needs_nothing(hour: Hour) -> None:
    ada = hour.join(0)
    hour.event(1, ada, "asked")
    hour.event(2, ada, "left", "")
    assert hour.needs(20) == []


def test_a_closed_room_needs_nothing(hour: Hour) -> None:
    hour.join(0)
    hour.act(15, acts.Close())
    assert hour.needs(16) == []
