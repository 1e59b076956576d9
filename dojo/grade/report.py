"""The page about the class: who is where, what was misunderstood, and what couldn't be judged."""

import html
from collections import Counter
from collections.abc import Iterator, Mapping

from dojo.course.catalog import CardError, Kata
from dojo.grade.feedback import page
from dojo.grade.marks import Book, Cell, median
from dojo.screens.text import clean, count

MOST_MISTAKES = 40
MOST_LEFT = 500
_SIGNS = {"pass": "✓", "fail": "✗", "untouched": "·", "not judged": "!"}
_STYLE = (
    "body{max-width:none}table{border-collapse:collapse;margin:1rem 0}"
    "th,td{padding:.15rem .45rem;border-bottom:1px solid #ddd;text-align:left;vertical-align:top}"
    ".g td{text-align:center}.g th{font-weight:normal;white-space:nowrap}"
    ".g thead th{position:sticky;top:0;background:#fff}"
    ".n{text-align:right}.w{overflow-x:auto}"
    ".p{background:#e6f4e6}.f{background:#fbe9e7}.u{color:#555}.j{background:#fff3cd}"
)
_CLASSES = {"pass": "p", "fail": "f", "untouched": "u", "not judged": "j"}


def page_of(book: Book, links: Mapping[str, str]) -> str:
    """The whole page.

    Args:
        book: the grades.
        links: for each learner the address of their feedback.
    """
    parts = (
        *_head(book),
        *_grid(book, links),
        *_mistakes(book),
        *_katas(book),
        *_not_judged(book),
    )
    return page("Grades", "".join(parts), _STYLE)


def _head(book: Book) -> Iterator[str]:
    plan = book.plan
    handed_in = {g.submission.learner for g in book.graded}
    yield (
        f"<p>{count(len(plan.learners), 'learner')}, {len(handed_in)} of them with "
        f"{count(len(book.graded), 'submission')} for {count(len(plan.katas), 'kata')}. "
        "All of it was judged here; nothing is a learner's own report.</p>\n"
    )
    weak = {
        g.grading.verdict.isolation
        for g in book.graded
        if g.grading is not None and g.grading.verdict.isolation not in ("", "full")
    }
    if weak:
        words = html.escape("; ".join(sorted(weak)))
        yield f"<p><strong>Judged under less than full isolation:</strong> {words}.</p>\n"
    if plan.strangers:
        who = html.escape(", ".join(_line(x) for x in plan.strangers))
        yield f"<p>Not on the roster: {who}.</p>\n"


def _grid(book: Book, links: Mapping[str, str]) -> Iterator[str]:
    katas = book.plan.katas
    yield "<h2>Learners by katas</h2>\n"
    yield "<p>✓ passed, ✗ not passed yet, · not begun, ! not judged, empty: not handed in.</p>\n"
    yield '<div class="w"><table class="g"><thead><tr><th>learner'
    yield from (f'<th title="{html.escape(k.title)}">{k.id}' for k in katas)
    yield "<th>points</thead>\n"
    for learner in book.plan.learners:
        link = html.escape(links[learner], quote=True)
        yield f'<tr><th><a href="{link}">{html.escape(_line(learner))}</a>'
        points = 0
        for kata in katas:
            cell = book.cells.get((learner, kata.slug))
            points += (cell.points or 0) if cell is not None else 0
            yield _mark(cell)
        yield f'<td class="n">{points}\n'
    yield "</table></div>\n"


def _mark(cell: Cell | None) -> str:
    if cell is None:
        return "<td>"
    standing = cell.graded.standing
    return f"<td class={_CLASSES[standing]}>{_SIGNS[standing]}"


def _mistakes(book: Book) -> Iterator[str]:
    """The mistakes by how many people made them, in the submissions that count."""
    made: dict[tuple[str, str], set[str]] = {}
    told: dict[tuple[str, str], str] = {}
    for g in book.graded:
        if g.grading is None or not g.counts or g.standing != "fail":
            continue
        for finding in g.grading.verdict.findings:
            if finding.mistake is not None:
                key = g.submission.slug, finding.mistake
                made.setdefault(key, set()).add(g.submission.learner)
                told.setdefault(key, finding.message)
    yield "<h2>What was misunderstood</h2>\n"
    if not made:
        yield "<p>No mistake was made that has a name.</p>\n"
        return
    yield "<table><thead><tr><th>learners<th>kata<th>mistake<th>what it means</thead>\n"
    says = {k.slug: _sentences(k) for k in book.plan.katas}
    often = sorted(made, key=lambda key: (-len(made[key]), key))
    for slug, mistake in often[:MOST_MISTAKES]:
        words = says[slug].get(mistake, told[slug, mistake])
        yield (
            f'<tr><td class="n">{len(made[slug, mistake])}<td>{book.plan.kata(slug).id}'
            f"<td>{html.escape(mistake)}<td>{html.escape(clean(words))}\n"
        )
    yield "</table>\n"
    if len(often) > MOST_MISTAKES:
        yield f"<p>{count(len(often) - MOST_MISTAKES, 'rarer mistake')} not shown.</p>\n"


def _sentences(kata: Kata) -> dict[str, str]:
    try:
        return {m.id: m.says for m in kata.mistakes() if m.says}
    except CardError:
        return {}


def _katas(book: Book) -> Iterator[str]:
    yield "<h2>Katas</h2>\n<table><thead><tr><th>kata<th>title<th>handed in<th>passed"
    yield "<th>of those who handed it in<th>submissions each, median</thead>\n"
    for kata in book.plan.katas:
        cells = book.column(kata)
        passed = sum(c.graded.standing == "pass" for c in cells)
        share = f"{100 * passed // len(cells)} %" if cells else ""
        tried = median([c.attempts for c in cells])
        yield (
            f"<tr><td>{kata.id}<td>{html.escape(kata.title)}"
            f'<td class="n">{len(cells)}<td class="n">{passed}<td class="n">{share}'
            f'<td class="n">{tried or ""}\n'
        )
    yield "</table>\n"


def _not_judged(book: Book) -> Iterator[str]:
    plan = book.plan
    rows = [
        (g.submission.place, f"{g.reason}")
        for g in book.graded
        if g.counts and g.standing == "not judged"
    ]
    rows += [(x.place, x.reason) for x in plan.left]
    yield "<h2>What was not judged</h2>\n"
    if not rows:
        yield "<p>Nothing: all was judged.</p>\n"
        return
    reasons = Counter(reason for _, reason in rows)
    several = [f"{n} × {html.escape(_line(r))}" for r, n in reasons.most_common(8) if n > 1]
    if several:
        yield f"<p>{'; '.join(several)}.</p>\n"
    yield "<table><thead><tr><th>what<th>why</thead>\n"
    for place, reason in rows[:MOST_LEFT]:
        yield f"<tr><td>{html.escape(_line(place))}<td>{html.escape(_line(reason))}\n"
    yield "</table>\n"
    more = len(rows) - min(len(rows), MOST_LEFT) + plan.untold
    if more:
        yield f"<p>And {more} more.</p>\n"


def _line(text: str) -> str:
    return " ".join(clean(text).split())
