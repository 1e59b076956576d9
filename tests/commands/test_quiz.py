"""`kata quiz`: one question after the other, a reply to each answer, kept in the log."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Ask = Callable[..., str]
RUNNER = Path(__file__).with_name("fake_kata.py")
QUESTIONS = """
[[question]]
id = "a-choice"
before = "mean-of-squares"
asks = "Which letter comes first?"
right = "a"
because = "It opens the alphabet."
wrong = [["b", "One comes before it."], ["c", "Two come before it."]]

[[question]]
id = "a-number"
before = "mean-of-squares"
asks = "What is 2 times 3?"
number = "2*3"
because = "Three and three."
wrong = [["2+3", "That is the sum."]]
other = "Twice three is asked."

[[question]]
id = "an-order"
before = "second-mean"
asks = "In which order?"
order = ["one", "two", "three"]
because = "So they are counted."
wrong = [["two", "One comes first."], ["three", "Two comes before three."]]

[[question]]
id = "a-run"
before = "second-mean"
asks = "Heads or tails?"
right = "heads"
because = "This coin has two."
wrong = [["tails", "This coin has none."]]
run = "toss"
"""


@pytest.fixture
def ask(course: Path, environment: dict[str, str]) -> Ask:
    """`kata quiz ARGS` with these lines typed."""
    folder = course / "checks/lesson_1_2_linear_regression"
    (folder / "questions.toml").write_text(QUESTIONS)
    (folder / "questions.py").write_text(
        "from dojo.judge.outcome import Outcome\n\n\n"
        "def toss(code: object) -> Outcome:\n"
        '    return Outcome(True, "Ten tosses, ten heads.")\n'
    )

    def run(*args: str, typed: str = "", code: int = 0, columns: int = 80) -> str:
        done = subprocess.run(
            [sys.executable, str(RUNNER), str(course), "quiz", *args],
            cwd=course,
            env={**environment, "COLUMNS": str(columns)},
            input=typed,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=60,
        )
        assert done.returncode == code, done.stderr
        return done.stdout + done.stderr

    return run


def key(text: str, choice: str) -> str:
    """The key of a choice, which stands in another order each time."""
    lines = [line.split() for line in text.splitlines()]
    return next(line[0] for line in lines if line[1:] == [choice] and line[0].isdigit())


def answers(course: Path) -> list[tuple[str, bool]]:
    log = course / ".kata/log.jsonl"
    events = [json.loads(line) for line in log.read_text().splitlines()] if log.exists() else []
    return [(e["question"], e["right"]) for e in events if e["event"] == "answer"]


def test_a_wrong_number_gets_its_reply_and_may_be_tried_again(ask: Ask, course: Path) -> None:
    text = ask("1.2.1", typed="\n5\n7\n6\n")
    for piece in ("That is the sum.", "Twice three is asked.", "Three and three."):
        assert piece in text
    assert answers(course) == [("a-number", False)]
    assert "0 of 1 right at the first try. 1 question left" in text


def test_the_first_answer_is_kept_and_a_right_one_is_not_asked_again(
    ask: Ask, course: Path
) -> None:
    assert "1 of 1 right at the first try" in ask("1.2.1", typed="\n2*3\n")
    assert answers(course) == [("a-number", True)]
    text = ask("1.2.1")
    assert "Which letter comes first?" in text
    assert "question 1 of 1" in text
    assert "question 1 of 2" in ask("1.2.1", "--again")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("x", "'x' is none of the keys 1 to 3."),
        ("0", "'0' is none of the keys 1 to 3."),
        ("4", "'4' is none of the keys 1 to 3."),
        ("12", "'12' is none of the keys 1 to 3."),
        ("\x1b[31m", "is none of the keys 1 to 3."),
    ],
)
def test_what_is_no_choice_is_asked_for_again(
    ask: Ask, course: Path, typed: str, said: str
) -> None:
    text = ask("1.2.1", typed=f"{typed}\nq\n")
    assert said in text
    assert "\x1b" not in text
    assert answers(course) == []


def test_what_is_no_number_is_asked_for_again(ask: Ask, course: Path) -> None:
    assert "'six' is no number, such as 12 or 0.5." in ask("1.2.1", typed="\nsix\nq\n")
    assert answers(course) == []


@pytest.mark.parametrize("layout", ["{} {} {}", "{}{}{}", "{}, {}, {}"])
def test_an_order_is_typed_with_its_numbers(ask: Ask, course: Path, layout: str) -> None:
    seen = []
    for _ in range(3):  # the items stand in another order each time: try all three places of one
        text = ask("1.2.2", "--again", typed=f"{layout.format(1, 2, 3)}\nq\n")
        seen.append("One comes first." in text or "Two comes before three." in text)
    assert all(seen)  # the order shown is never the right one
    assert {name for name, right in answers(course) if not right} == {"an-order"}


def test_each_number_belongs_into_an_order_once(ask: Ask) -> None:
    assert "Each number from 1 to 3 belongs there once." in ask("1.2.2", typed="1 1 2\nq\n")


def test_a_question_that_predicts_a_run_shows_it(ask: Ask) -> None:
    for typed in "12":
        text = ask("1.2.2", "--again", typed=f"\n{typed}\n\n")
        assert "Ten tosses, ten heads." in text


def test_nobody_there_to_answer(ask: Ask, course: Path) -> None:
    text = ask("1.2")
    assert "question 1 of 4" in text
    assert answers(course) == []


def test_lookback_counts_what_went_wrong_before_the_katas_that_were_chosen(
    ask: Ask, kata: Callable[..., "subprocess.CompletedProcess[str]"]
) -> None:
    ask("1.2.1", typed="\n5\n7\n6\n")
    told = "1 question went wrong at first, in 1.2: kata quiz 1.2 asks again"
    assert told in " ".join(kata("lookback", "1.2").stdout.split())
    assert "went wrong" not in kata("lookback", "1.2.2").stdout


def test_all_answered_and_none_there(ask: Ask, course: Path) -> None:
    assert "There is no question for lesson 2.3." in ask("2.3")
    ask("1.2.1", typed="\n6\n")
    log = course / ".kata/log.jsonl"
    event = log.read_text()
    with log.open("a") as more:
        for name in ("a-choice", "an-order", "a-run"):
            more.write(event.replace("a-number", name))
    assert "You have answered every question of lesson 1.2; kata quiz 1.2 --again" in ask("1.2")


def test_next_tells_of_questions_until_the_first_attempt(
    ask: Ask, course: Path, environment: dict[str, str]
) -> None:
    def kata(*args: str) -> str:
        done = subprocess.run(
            [sys.executable, str(RUNNER), str(course), *args],
            cwd=course,
            env=environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=60,
        )
        return done.stdout

    assert "kata quiz 1.2.1  2 questions on what it is about" in kata("next")
    ask("1.2.1", typed="\n6\n")
    assert "kata quiz 1.2.1  1 question on what it is about" in kata("next")
    stub = course / "katas/lesson_1_2_linear_regression/k1_mean_of_squares.py"
    stub.write_text("# wrong\n")
    kata("check", "1.2.1")
    assert "kata quiz" not in kata("next")


def test_damaged_questions_are_told_with_their_line(ask: Ask, course: Path) -> None:
    path = course / "checks/lesson_1_2_linear_regression/questions.toml"
    path.write_text(path.read_text().replace('right = "a"', 'rihgt = "a"'))
    text = ask("1.2", code=2)
    assert "questions.toml:" in text
    assert "Traceback" not in text
