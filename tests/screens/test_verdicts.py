"""A verdict at the terminal: what a learner reads, at every width and on every stream."""

import io
from collections.abc import Callable
from dataclasses import replace

import pytest
from rich.console import Console

from dojo.course.catalog import Kata
from dojo.desk.onward import Onward
from dojo.desk.subject import Refusal, Subject
from dojo.screens import verdicts
from dojo.screens.check import SeveralKatas
from dojo.screens.terminal import Terminal
from dojo.verdict import CheckResult, Finding, Kind, Verdict

MakeVerdict = Callable[..., Verdict]
ONWARD = Onward(None, "", (1, 6), hints_left=3)
LONG = "After the second call the parameters moved by g1 + g2, not by g2. " * 4


def passed(name: str, kind: Kind = "values") -> CheckResult:
    return CheckResult(name, f"the {name} step", kind, "passed")


def failed(
    name: str, message: str, line: int | None = None, source: str | None = None
) -> CheckResult:
    finding = Finding(message, line=line, source=source)
    return CheckResult(name, f"the {name} step", "values", "failed", finding)


def terminal(width: int = 80, colour: bool = False) -> tuple[Terminal, io.StringIO]:
    stream = io.StringIO()
    made = Terminal(stream)
    made.console = Console(
        file=stream,
        width=width,
        force_terminal=colour,
        color_system="standard" if colour else None,
        markup=False,
        highlight=False,
        emoji=False,
    )
    return made, stream


def shown(subject: Subject, verdict: Verdict, onward: Onward = ONWARD, width: int = 80) -> str:
    made, stream = terminal(width)
    verdicts.whole(made, subject, verdict, onward)
    return stream.getvalue()


@pytest.mark.parametrize("width", [40, 80, 120])
def test_lines_keep_to_the_width_and_have_no_blanks_at_their_ends(
    subject: Subject, make_verdict: MakeVerdict, width: int
) -> None:
    check = replace(failed("second", LONG), title="a long title " * 8)
    text = shown(subject, make_verdict(passed("first"), check, output="y" * 500), width=width)
    for line in text.splitlines():
        assert len(line) <= width or "kata check" in line
        assert line == line.rstrip()
    assert "\n\n\n" not in text


def test_a_command_is_never_broken_over_two_lines(
    subject: Subject, make_verdict: MakeVerdict
) -> None:
    for pad in range(30):
        text = shown(subject, make_verdict(failed("x", "a " * pad + "run `kata reset 2.3.3` now")))
        assert "`kata reset 2.3.3`" in text


def test_a_path_is_never_broken_over_two_lines(subject: Subject, make_verdict: MakeVerdict) -> None:
    long = replace(subject, shown="a folder/" * 20 + "k.py", is_stub=False)
    text = shown(long, make_verdict(failed("x", "Wrong.", line=14)))
    assert f"{long.shown}:14\n" in text
    assert f"--file '{long.shown}' --seed 4127\n" in text


def test_hostile_text_stays_text(
    subject: Subject, make_verdict: MakeVerdict, nasty: CheckResult
) -> None:
    text = shown(subject, make_verdict(nasty, output="\x1b[2Jhi [red]x[/red]"))
    assert "\x1b" not in text
    assert "[bold]`loss`[/bold]" in text
    assert "hi [red]x[/red]" in text


def test_the_same_finding_is_told_once(subject: Subject, make_verdict: MakeVerdict) -> None:
    checks = [failed(name, "It stopped.") for name in ("first", "second")]
    text = shown(subject, make_verdict(*checks, failed("third", "Another one.")))
    assert text.count("It stopped.") == 1
    assert text.count("the same cause") == 1
    assert "Another one." in text


def test_a_flood_of_findings_is_held_back(subject: Subject, make_verdict: MakeVerdict) -> None:
    checks = [failed(str(n), f"finding {n}") for n in range(6)]
    text = shown(subject, make_verdict(*checks))
    assert "finding 2" in text
    assert "finding 3" not in text
    assert "3 more findings" in text


def test_what_was_not_reached_takes_one_row(subject: Subject, make_verdict: MakeVerdict) -> None:
    late = [CheckResult(n, n, "gradients", "not reached") for n in "abc"]
    last = CheckResult("t", "t", "typing", "not reached")
    text = shown(subject, make_verdict(failed("first", "It stopped."), *late, last))
    assert "· not reached  gradients, typing\n" in text


def test_a_line_is_shown_as_a_place_to_click(subject: Subject, make_verdict: MakeVerdict) -> None:
    check = failed("x", "Wrong.", line=14, source="    loss.backward()")
    text = shown(subject, make_verdict(check))
    assert f"{subject.shown}:14\n" in text
    assert "│ loss.backward()\n" in text


def test_output_is_shortened_in_the_middle(subject: Subject, make_verdict: MakeVerdict) -> None:
    output = "".join(f"epoch {n}\n" for n in range(100))
    text = shown(subject, make_verdict(failed("x", "Wrong."), output=output))
    assert "epoch 0\n" in text
    assert "epoch 99\n" in text
    assert "epoch 50\n" not in text
    assert "(88 lines left out)" in text


def test_advice_is_no_noise_at_a_pass(subject: Subject, make_verdict: MakeVerdict) -> None:
    advice = Finding("`t.grad` may be None here.", line=3)
    check = replace(passed("types", "typing"), advice=(advice, advice))
    text = shown(subject, make_verdict(check, status="pass"))
    assert "Passed." in text
    assert "may be None" not in text


def test_what_else_the_type_checker_says_is_shown_once(
    subject: Subject, make_verdict: MakeVerdict
) -> None:
    advice = Finding("`t.grad` may be None here.", line=3)
    check = replace(failed("types", "Wrong."), advice=(advice, advice))
    text = shown(subject, make_verdict(check))
    assert "the type checker also says" in text
    assert text.count("`t.grad` may be None here.") == 1


def test_weak_isolation_is_told(subject: Subject, make_verdict: MakeVerdict) -> None:
    verdict = make_verdict(passed("x"), status="pass", isolation="no seccomp")
    assert "isolation no seccomp" in shown(subject, verdict)


def test_the_next_nudge_is_offered(subject: Subject, make_verdict: MakeVerdict) -> None:
    verdict = make_verdict(failed("x", "Wrong."))
    assert "a nudge" in shown(subject, verdict)
    assert "one hint more" in shown(subject, verdict, replace(ONWARD, hints_left=1))
    assert "kata show 2.3.3" in shown(subject, verdict, replace(ONWARD, hints_left=0))


def test_an_error_of_ours_is_not_blamed_on_the_answer(
    subject: Subject, make_verdict: MakeVerdict
) -> None:
    check = CheckResult("t", "types", "typing", "error", Finding("The type checker broke."))
    text = shown(subject, make_verdict(check, status="not judged", reason="It broke."))
    assert "neither a pass nor a fail" in text
    assert "Passed" not in text


def test_a_completed_lesson_is_told(subject: Subject, make_verdict: MakeVerdict) -> None:
    verdict = make_verdict(passed("x"), status="pass")
    text = shown(subject, verdict, replace(ONWARD, lesson_done=(6, 6)))
    assert "lesson 2.3 is complete" in text
    assert "every kata of the course" in text


def test_colour_is_never_all_that_tells(subject: Subject, make_verdict: MakeVerdict) -> None:
    made, stream = terminal(colour=True)
    verdicts.whole(made, subject, make_verdict(passed("a"), failed("b", "Wrong.")), ONWARD)
    assert "\x1b[" in stream.getvalue()
    assert "✓" in stream.getvalue()
    assert "✗" in stream.getvalue()


def test_several_katas(subject: Subject, make_verdict: MakeVerdict, kata: Kata) -> None:
    made, stream = terminal(width=100)
    report = SeveralKatas(made, None, {"2.3": "From scratch"}, 4)
    other = replace(subject, untouched=True)
    verdict = make_verdict(failed("x", "Wrong."), failed("y", "Also wrong."))
    for one, its in ((subject, make_verdict(passed("x"), status="pass")), (subject, verdict)):
        report.judging(one.kata)
        report.judged(one, its)
    report.judged(other, verdict)
    report.refused(Refusal(kata, "It is gone."))
    report.finish(ONWARD)
    text = stream.getvalue()
    assert text.startswith("2.3  From scratch\n  ✓ 2.3.3")
    assert text.count("Wrong.") == 1
    assert "Also wrong." not in text
    assert "kata check 2.3.3 --seed 4127  shows 1 more finding" in text
    assert "It is gone." in text
    assert "1 of 4 katas passed · 1 to mend · 1 not started · 1 can't be judged" in text
