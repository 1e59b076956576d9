"""report.html: a page that fetches nothing, small for a large class, and plain without colours."""

import hashlib
import random
import re
from collections.abc import Sequence
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from dojo.course.catalog import Kata, load
from dojo.grade.intake import Plan, Submission
from dojo.grade.marks import Book, book_of
from dojo.grade.pile import Left
from dojo.grade.report import page_of
from dojo.grade.unit import Grading, unit_of
from dojo.verdict import CheckResult, Finding, Status, Verdict

MOST = 2_000_000  # bytes
KATAS = load().katas
VOID = {"meta"}
IMPLIED = {"li", "p", "td", "th", "tr", "thead", "tbody", "tfoot", "html"}  # ends may be left out


def class_of(katas: Sequence[Kata], learners: Sequence[str], seed: int = 5) -> Book:
    """A class that nobody judged: who did what is drawn, katas and mistakes are real."""
    draw = random.Random(seed)
    submissions: list[Submission] = []
    gradings: dict[str, Grading] = {}
    for learner in learners:
        able = draw.uniform(0.35, 1.0)
        reach = len(katas) if draw.random() < 0.7 else draw.randrange(len(katas) + 1)
        for kata in katas[:reach]:
            kind = draw.random()
            digest = hashlib.sha256(f"{learner} {kata.slug}".encode()).hexdigest()
            status: Status = "pass" if kind < able else "fail"
            if kind > 0.997:
                status = "not judged"
            untouched = status == "fail" and draw.random() < 0.15
            place = f"{learner}/{kata.stem}.py"
            for age in range(draw.choice((1, 1, 1, 2, 3))):
                submissions.append(
                    Submission(learner, kata.slug, place, digest, age, "its name", untouched)
                )
            gradings[unit_of(kata, digest).key] = _grading(kata, status, digest, draw)
    left = (Left("notes.py", "its name says no kata, and it defines what none asks for"),)
    plan = Plan(tuple(katas), tuple(learners), (), tuple(submissions), left, 0, 0, ())
    return book_of(plan, gradings.get, best=False, partial=False)


def _grading(kata: Kata, status: Status, digest: str, draw: random.Random) -> Grading:
    checks = [CheckResult("runs", "the file runs", "load", "passed")]
    if status == "fail":
        mistakes = kata.mistakes()
        known = mistakes[min(draw.randrange(6), draw.randrange(6), len(mistakes) - 1)]
        words = known.says or "The step is `n` times too large."
        finding = Finding(words, mistake=known.id, line=3, source="    return w")
        checks.append(CheckResult("step", "the step", "values", "failed", finding))
    reason = "The process could not be started." if status == "not judged" else None
    verdict = Verdict(kata.id, status, digest, 7, "full", tuple(checks), reason=reason)
    return Grading(verdict, (7,))


def page(book: Book) -> str:
    return page_of(book, {x: f"feedback/{i}.html" for i, x in enumerate(book.plan.learners)})


def many(number: int) -> list[Kata]:
    copies = ((k, i // len(KATAS)) for i, k in ((i, KATAS[i % len(KATAS)]) for i in range(number)))
    return [replace(k, slug=f"{k.slug}-{copy}") if copy else k for k, copy in copies]


class Page(HTMLParser):
    """What a page holds, and whether what it opens is closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.said = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID | IMPLIED:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in IMPLIED:
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.said += data


def test_five_hundred_learners_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    learners = [f"Given-Name Surname the {i}th" for i in range(500)]
    text = page(class_of(many(113), learners))
    assert len(text.encode()) < MOST
    assert text.count("✓") > 10_000


def test_it_says_each_standing_without_colours() -> None:
    text = page(class_of(KATAS[:18], [f"learner {i}" for i in range(21)]))
    said = Page(text).said
    for word in ("passed", "not passed yet", "not begun", "not judged", "not handed in"):
        assert word in said
    signs = {"p": "✓", "f": "✗", "u": "○", "j": "!"}
    cells = re.findall(r'<td class="?(\w)(?: l)?"?>([^<\n]*)', text)
    assert {sign for kind, sign in cells if kind == "p"} == {"✓"}
    assert all(sign == signs[kind] for kind, sign in cells if kind in signs)


def test_it_is_whole_and_fetches_nothing() -> None:
    found = Page(page(class_of(KATAS[:18], [f"learner {i}" for i in range(21)])))
    assert found.open == []
    for tag, attributes in found.tags:
        assert tag not in ("script", "img", "link", "iframe", "object", "form", "input")
        assert not {k for k in attributes if k.startswith("on")}
        assert (attributes.get("href") or "feedback/").startswith("feedback/")
    assert "url(" not in found.said
    assert "@import" not in found.said


def test_numbers_of_one_run_are_no_ones_else() -> None:
    said = Page(page(class_of(KATAS, [f"learner {i}" for i in range(40)]))).said
    assert not re.findall(r"\{\w+\}", said.split("What was misunderstood")[1])


def test_nobodys_name_is_active() -> None:
    names = ["<script>alert(1)</script>", "\x1b[2Jx", '"><img src=x>', "=HYPERLINK(1)"]
    text = page(class_of(KATAS[:3], names))
    assert "<script" not in text
    assert "<img" not in text
    assert "\x1b" not in text
    assert "&lt;script&gt;" in text
