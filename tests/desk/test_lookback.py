"""Looking back: mistakes that were certain, how long they lasted, and the way out of them."""

import hashlib
import io
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dojo.course.catalog import Kata, load
from dojo.desk.log import ProgressLog
from dojo.desk.lookback import Lookback, look_back
from dojo.desk.progress import Attempt
from dojo.screens.lookback import lookback
from dojo.screens.terminal import Terminal

CATALOG = load(Path(__file__).resolve().parents[2])
STEP, LINE = CATALOG.kata("1.1.2"), CATALOG.kata("1.2.3")
REPAIR = next(k for k in CATALOG.katas if k.repair)
UPHILL = next(m.says for m in STEP.mistakes() if m.id == "uphill")
Check = Callable[..., None]


@pytest.fixture
def log(tmp_path: Path) -> ProgressLog:
    return ProgressLog(tmp_path / ".kata")


@pytest.fixture
def check(log: ProgressLog) -> Check:
    """A check of a file in which these mistakes were found; without any it passed."""

    def add(
        kata: Kata, source: str, *mistakes: str, guessed: str = "", untouched: bool = False
    ) -> None:
        content = source.encode()
        named = {*mistakes, guessed} - {""}
        attempt = Attempt(
            kata=kata.slug,
            time=datetime.now(UTC),
            digest=hashlib.sha256(content).hexdigest(),
            status="fail" if named or untouched else "pass",
            seed=1,
            mistakes=tuple(sorted(named)),
            untouched=untouched,
            guessed=(guessed,) if guessed else (),
        )
        log.add_attempt(kata, attempt, content)

    return add


def shown(log: ProgressLog, back: Lookback, rest: str = "") -> str:
    stream = io.StringIO()
    lookback(Terminal(stream), "Looking back", back, log.version, rest)
    return stream.getvalue()


def test_a_mistake_lasts_from_the_first_check_that_showed_it_to_the_last(
    log: ProgressLog, check: Check
) -> None:
    check(STEP, "p + lr * g\n", "uphill")
    check(STEP, "lr * g + p\n", "uphill")
    check(STEP, "p - lr * g\n")
    back = look_back(log, CATALOG.katas)
    (met,) = back.met
    assert (met.says, met.checks) == (UPHILL, 2)
    assert (back.tries, back.tried) == (((STEP, 3),), 1)
    text = shown(log, back)
    assert "gone when you changed" in text
    assert "- lr * g + p" in text
    assert "+ p - lr * g" in text


def test_a_mistake_of_the_last_attempt_is_still_there(log: ProgressLog, check: Check) -> None:
    check(STEP, "p + lr * g\n", "uphill")
    assert "still in your last attempt" in shown(log, look_back(log, CATALOG.katas))


def test_the_longest_stay_comes_first_and_engine_and_card_are_both_told(
    log: ProgressLog, check: Check
) -> None:
    check(STEP, "p + lr * g\n", "uphill")
    for text in ("1\n", "2\n"):
        check(LINE, text, "wrong-factor")
    first, second = look_back(log, CATALOG.katas).met
    assert first.stays[0].kata == LINE
    assert "right but for a factor" in first.says
    assert second.says == UPHILL


def test_guesses_untouched_stubs_and_what_a_repair_starts_with_do_not_count(
    log: ProgressLog, check: Check
) -> None:
    check(STEP, "p + lr * g\n", guessed="uphill")
    check(LINE, "stub\n", untouched=True)
    check(REPAIR, "as given, and a comment\n", REPAIR.repair[0])
    check(LINE, "1\n", "a-name-that-no-card-knows")
    back = look_back(log, CATALOG.katas)
    assert back.met == ()
    assert back.tried == 3
    assert "No known mistake of your own was found" in shown(log, back)


def test_words_that_katas_share_are_one_mistake(log: ProgressLog, check: Check) -> None:
    check(STEP, "1\n", "opposite-sign")
    check(LINE, "2\n", "opposite-sign")
    (met,) = look_back(log, CATALOG.katas).met
    assert [s.kata for s in met.stays] == [STEP, LINE]
    assert met.checks == 2


def test_only_what_was_chosen_is_looked_at(log: ProgressLog, check: Check) -> None:
    check(STEP, "1\n", "opposite-sign")
    back = look_back(log, CATALOG.select("1.2"))
    assert (back.met, back.tried) == ((), 0)
    assert "nothing to see" in shown(log, back)


def test_a_long_way_out_or_a_lost_file_is_told_without_lines(
    log: ProgressLog, check: Check
) -> None:
    check(STEP, "p + lr * g\n", "uphill")
    check(STEP, "".join(f"line {i}\n" for i in range(20)))
    assert f"kata history {STEP.id}" in shown(log, look_back(log, CATALOG.katas))
    for version in log.versions.iterdir():
        version.unlink()
    text = shown(log, look_back(log, CATALOG.katas))
    assert f"kata history {STEP.id}" in text
    assert "lr * g" not in text


def test_five_are_shown_and_how_to_see_the_others(log: ProgressLog, check: Check) -> None:
    names = [m.id for m in STEP.mistakes() if m.says][:7]
    for number, name in enumerate(names):
        check(STEP, f"{number}\n", name)
    back = look_back(log, CATALOG.katas)
    assert len(back.met) == 7
    assert "2 more mistakes: kata lookback --all" in shown(log, back, "kata lookback --all")
    assert "more mistake" not in shown(log, back)


def test_a_damaged_log_tells_what_can_be_read(log: ProgressLog, check: Check) -> None:
    check(STEP, "p + lr * g\n", "uphill")
    with log.path.open("ab") as lines:
        lines.write(b'{"event": "attempt", "slug": "one-update"\n')
    check(STEP, "p - lr * g\n")
    assert look_back(log, CATALOG.katas).tries == ((STEP, 2),)
