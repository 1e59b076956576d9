"""A verdict as a learner reads it: rows of checks, findings at their line, and what to do next."""

import shlex
from collections.abc import Iterable, Sequence
from itertools import groupby

from rich.text import Text

from dojo.course.catalog import Kata
from dojo.desk.onward import Onward
from dojo.desk.subject import Subject
from dojo.screens.plots.sparkline import small_picture
from dojo.screens.terminal import Terminal, coded, command
from dojo.screens.text import clean, count, duration
from dojo.verdict import CheckResult, Finding, Verdict

KIND_WIDTH = 12
MAX_FINDINGS = 3
MAX_OUTPUT_LINES = 12
MAX_OUTPUT_WIDTH = 200


def title(terminal: Terminal, subject: Subject) -> None:
    """The heading of one kata's verdict."""
    foreign = subject.kata.foreign_pack
    pack = f"  pack {foreign}" if foreign else ""
    terminal.line((f"{subject.kata.id}  {subject.kata.title}", "bold"), (pack, "dim"))
    if not subject.is_stub:
        path = terminal.path(subject.path, subject.shown)
        terminal.whole(Text("judged ").append(path), indent=2)


def whole(terminal: Terminal, subject: Subject, verdict: Verdict, onward: Onward) -> None:
    """The full screen of one kata."""
    title(terminal, subject)
    terminal.blank()
    if subject.untouched and verdict.status == "fail" and not subject.kata.repair:
        _not_started(terminal, subject)
        return
    body(terminal, subject, verdict)
    terminal.blank()
    figures(terminal, verdict)
    if verdict.status != "not judged":
        terminal.fields(_onward(subject, verdict, onward))


def body(terminal: Terminal, subject: Subject, verdict: Verdict) -> None:
    """What was found: the checks, the findings, the answer's own output, and advice."""
    if verdict.status == "not judged":
        _not_judged(terminal, verdict)
        _output(terminal, verdict.output)
        return
    _rows(terminal, subject, verdict)
    if verdict.mended is not None:
        planted = count(len(subject.kata.repair), "mistake")
        verb = "is" if verdict.mended == 1 else "are"
        terminal.prose(f"Of the {planted} in this file, {verdict.mended or 'none'} {verb} mended.")
    _output(terminal, verdict.output)
    _advice(terminal, subject, verdict)
    if verdict.passed:
        terminal.blank()
        terminal.line(("Passed. ", "bold green"), coded(clean(subject.kata.mastered)), indent=2)


def brief(terminal: Terminal, subject: Subject, verdict: Verdict) -> None:
    """Only the first finding of one kata among several."""
    title(terminal, subject)
    if verdict.status == "not judged":
        _not_judged(terminal, verdict)
        return
    failed = [c for c in verdict.checks if c.finding is not None]
    for check in failed[:1]:
        _row(terminal, check, check.kind)
        _finding(terminal, subject, check)
    others = len({c.finding.mistake or c.finding.message for c in failed if c.finding}) - 1
    again = f"kata check {subject.kata.id} --seed {verdict.seed}"
    what = f"shows {count(others, 'more finding')}" if others > 0 else ""
    terminal.whole(command(again, what), indent=6)
    terminal.blank()


def first_failure(verdict: Verdict) -> str:
    """The first failed check in a few words, such as ``values: the second step``."""
    if verdict.status == "not judged":
        return "not judged"
    failed = [c for c in verdict.checks if c.outcome in ("failed", "error")]
    return f"{failed[0].kind}: {clean(failed[0].title)}" if failed else ""


def _rows(terminal: Terminal, subject: Subject, verdict: Verdict) -> None:
    told: set[str] = set()
    drawn: set[type] = set()
    previous = ""
    left_out = 0
    for reached, checks in groupby(verdict.checks, lambda c: c.outcome != "not reached"):
        if not reached:
            _not_reached(terminal, checks)
            previous = ""
            continue
        for check in checks:
            finding = check.finding
            # A known mistake explains each check in which it shows: once is enough.
            cause = None if finding is None else finding.mistake or finding.message
            note = "  the same cause" if cause in told else ""
            _row(terminal, check, "" if check.kind == previous else check.kind, note)
            previous = check.kind
            if cause is None:
                continue
            if not note and len(told) >= MAX_FINDINGS:
                left_out += 1
                continue
            if not note:
                told.add(cause)
                _finding(terminal, subject, check)
                previous = ""
            if _pictures(terminal, verdict, check, drawn):
                previous = ""
    if left_out:
        terminal.blank()
        terminal.prose(
            f"{count(left_out, 'more finding')} not shown yet: begin with the first one above, "
            "they often go together.",
            style="dim",
        )


def _row(terminal: Terminal, check: CheckResult, kind: str, note: str = "") -> None:
    mark, style = {
        "passed": (terminal.signs.passed, "green"),
        "failed": (terminal.signs.failed, "bold red"),
        "error": (terminal.signs.broken, "bold yellow"),
        "not reached": (terminal.signs.waiting, "dim"),
    }[check.outcome]
    strong = "bold" if check.outcome in ("failed", "error") else ""
    title = Text.assemble((clean(check.title), strong), (note, "dim"))
    terminal.row((Text(mark, style), 1), (Text(kind, "dim"), KIND_WIDTH), (title, 0))


def _not_reached(terminal: Terminal, checks: Iterable[CheckResult]) -> None:
    kinds = ", ".join(dict.fromkeys(c.kind for c in checks))
    cells = ((terminal.signs.waiting, 1), ("not reached", KIND_WIDTH), (kinds, 0))
    terminal.row(*((Text(text, "dim"), width) for text, width in cells))


def _finding(terminal: Terminal, subject: Subject, check: CheckResult) -> None:
    if check.finding is None:
        return
    terminal.prose(check.finding.message, indent=6)
    if check.outcome == "error":
        terminal.prose(
            "This check itself went wrong: that is not your answer's doing. "
            "`kata doctor` shows what works here.",
            indent=6,
            style="dim",
        )
    _place(terminal, subject, check.finding, indent=6)
    terminal.blank()


def _pictures(terminal: Terminal, verdict: Verdict, check: CheckResult, drawn: set[type]) -> bool:
    """The small pictures of a failed check, one of a kind; whether there is one."""
    utf8 = terminal.console.encoding.startswith("utf")
    before = len(drawn)
    for picture in verdict.pictures:
        if picture.check != check.name or type(picture) in drawn:
            continue
        lines = small_picture(picture, terminal.console.width - 6, utf8)
        for line in lines:
            terminal.show(line, indent=6)
        if lines:
            drawn.add(type(picture))
            terminal.blank()
    return len(drawn) > before


def _place(terminal: Terminal, subject: Subject, finding: Finding, indent: int) -> None:
    if finding.line is None:
        return
    # No link of our own: terminals of editors open `path:line` at that line.
    terminal.whole(Text(f"{clean(subject.shown)}:{finding.line}", "cyan"), indent)
    if finding.source is not None and finding.source.strip():
        code = Text(clean(finding.source).strip()[:MAX_OUTPUT_WIDTH])
        terminal.row((Text(terminal.signs.rule, "dim"), 1), (code, 0), indent=indent + 2)


def _not_judged(terminal: Terminal, verdict: Verdict) -> None:
    reason = verdict.reason or "the judge ended without a result"
    terminal.line((f"{terminal.signs.broken} not judged", "bold yellow"), indent=2)
    terminal.prose(reason, indent=6)
    terminal.prose(
        "This is neither a pass nor a fail. Try again; `kata doctor` shows what works here.",
        indent=6,
        style="dim",
    )
    terminal.blank()


def _not_started(terminal: Terminal, subject: Subject) -> None:
    terminal.prose("Nothing is written here yet: the file is still the stub.")
    terminal.blank()
    kata = subject.kata
    terminal.fields(
        [
            ("edit", terminal.path(subject.path, subject.shown)),
            ("then", command(f"kata check {kata.id}")),
            ("more", command(f"kata show {kata.id}", "what is asked, and the lesson's text")),
        ]
    )


def _output(terminal: Terminal, output: str) -> None:
    text = clean(output[:100_000]).rstrip("\n")
    if not text.strip():
        return
    lines = text.split("\n")
    if len(lines) > MAX_OUTPUT_LINES:
        half = MAX_OUTPUT_LINES // 2
        left_out = f"({count(len(lines) - 2 * half, 'line')} left out)"
        lines = [*lines[:half], left_out, *lines[-half:]]
    terminal.blank()
    terminal.line(("your output", "dim"), indent=2)
    width = min(MAX_OUTPUT_WIDTH, terminal.console.width - 6)
    for line in lines:
        cut = line if len(line) <= width else line[: width - 3] + "..."
        terminal.line((f"{terminal.signs.rule} ", "dim"), cut, indent=4)


def _advice(terminal: Terminal, subject: Subject, verdict: Verdict) -> None:
    """What else the type checker says, where typing is what failed; a pass stays a pass."""
    advice: Sequence[Finding] = [a for c in verdict.checks for a in c.advice]
    if verdict.passed or not advice:
        return
    terminal.blank()
    terminal.line(("the type checker also says", "bold"), indent=2)
    for finding in dict.fromkeys((a.message, a.line, a.source) for a in advice):
        message, line, source = finding
        terminal.prose(message, indent=4)
        _place(terminal, subject, Finding(message, line=line, source=source), indent=4)


def figures(terminal: Terminal, verdict: Verdict) -> None:
    """How many checks passed, how long it took, and the seed."""
    passed = sum(c.outcome == "passed" for c in verdict.checks)
    total = len(verdict.checks)
    if verdict.passed:
        score = count(total, "check")
    else:
        score = f"{passed} of {count(total, 'check')} passed"
    dot = f" {terminal.signs.waiting} "
    figures = [duration(verdict.seconds), f"seed {verdict.seed}"]
    if verdict.status != "not judged":
        figures.insert(0, score)
    if verdict.isolation != "full":
        figures.append(f"isolation {verdict.isolation}")
    terminal.line((clean(dot.join(figures)), "dim"), indent=2)


def _onward(subject: Subject, verdict: Verdict, onward: Onward) -> list[tuple[str, str | Text]]:
    kata = subject.kata
    again = f"kata check {kata.id}"
    if not subject.is_stub:
        again += f" --file {shlex.quote(clean(subject.shown))}"
    if onward.strict:
        again += " --strict"
    rows: list[tuple[str, str | Text]] = []
    if not verdict.passed:
        rows.append(("again", command(f"{again} --seed {verdict.seed}")))
    if verdict.status == "fail" and subject.is_stub:
        rows.append(("stuck?", _nudge(kata, onward.hints_left)))
    if verdict.passed and subject.is_stub:
        rows.append(("compare", command(f"kata solution {kata.id} --diff")))
        rows.extend(_after_a_pass(kata.lesson_id, onward))
    return rows


def _nudge(kata: Kata, hints_left: int) -> Text:
    if not hints_left:
        return command(f"kata show {kata.id}", "the lesson's text once more")
    what = "a nudge" if hints_left == len(kata.hints) else "one hint more"
    return command(f"kata hint {kata.id}", what)


def _after_a_pass(lesson_id: str, onward: Onward) -> list[tuple[str, str | Text]]:
    done, katas = onward.lesson_done
    lesson = f"{done} of {katas} in lesson {lesson_id}"
    if done == katas:
        lesson = f"lesson {lesson_id} is complete: {done} of {katas}"
    if onward.kata is None:
        passed = f"you have passed every kata of the {onward.called}"
        return [("so far", lesson), ("next", f"nothing: {passed}")]
    following = f"{onward.kata.id}  {onward.kata.title}"
    path = Text(clean(onward.shown), "cyan", no_wrap=True)
    return [("so far", lesson), ("next", following), ("", path)]
