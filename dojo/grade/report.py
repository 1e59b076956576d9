"""The page about the class: who is where, what was misunderstood, and what couldn't be judged.

Each state has a sign and a word besides its colour. Nothing is fetched and nothing runs.
"""

import html
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from itertools import groupby

from dojo.course.catalog import CardError, Kata
from dojo.grade.feedback import WORDS, page
from dojo.grade.marks import Book, Cell, Standing, median
from dojo.screens.text import clean, count

MOST_MISTAKES = 40
AT_FIRST = 8  # mistakes that are open to see
MOST_NAMES = 30
MOST_LEFT = 500
_SIGNS: dict[Standing, str] = {"pass": "✓", "fail": "✗", "untouched": "○", "not judged": "!"}
_CLASSES: dict[Standing, str] = {"pass": "p", "fail": "f", "untouched": "u", "not judged": "j"}
_CODE = re.compile(r"`([^`]+)`")
_STYLE = (
    ":root{--ground:#fff;--ink:#1a1a1a;--dim:#5c5c5c;--line:#ddd;--pass:#dcefdc;--fail:#fbe3df;"
    "--open:#f0f0f0;--odd:#fff0c2;--bar:#3f7d3f;--other:#d9a79f;--link:#0b57a4}"
    "@media(prefers-color-scheme:dark){:root{--ground:#161616;--ink:#eee;--dim:#a8a8a8;"
    "--line:#3a3a3a;--pass:#1f3d22;--fail:#4a2723;--open:#262626;--odd:#4a3c10;--bar:#6fb36f;"
    "--other:#8a5a52;--link:#8ab8ee}}"
    "body{max-width:none;margin:1.5rem auto;background:var(--ground);color:var(--ink)}"
    "h1{margin:0 0 .5rem}h2{margin:2.25rem 0 .5rem}a{color:var(--link)}"
    "p{max-width:48rem}small,.d{color:var(--dim)}"
    "table{border-collapse:collapse;margin:.5rem 0}"
    "th,td{padding:.3rem .6rem;border-bottom:1px solid var(--line);text-align:left;"
    "vertical-align:top}thead th{color:var(--dim);font-size:.85rem;font-weight:600}"
    ".n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}"
    ".w{overflow:auto;max-height:85vh}"
    ".g{border-collapse:separate;border-spacing:0}.g th,.g td{padding:.2rem .35rem}"
    ".g td,.g thead tr+tr th+th{text-align:center;min-width:1.6rem}"
    ".g th{font-weight:normal;white-space:nowrap}"
    ".g thead th,.g tfoot th,.g tfoot td{position:sticky;background:var(--ground);z-index:1}"
    ".g thead tr:first-child th{top:0}.g thead tr+tr th{top:1.75rem}"
    ".g tfoot th,.g tfoot td{bottom:0;font-size:.8rem;border-top:1px solid var(--line)}"
    ".g tr>th:first-child{position:sticky;left:0;background:var(--ground);z-index:1;"
    "max-width:14rem;overflow:hidden;text-overflow:ellipsis}"
    ".g thead th:first-child{z-index:2!important}.g .l{border-left:2px solid var(--line)}"
    ".g .n{text-align:right}"
    ".p{background:var(--pass)}.f{background:var(--fail)}.u{background:var(--open)}"
    ".j{background:var(--odd);font-weight:bold}"
    ".k span{display:inline-block;min-width:1.5rem;text-align:center;margin-right:.3rem}"
    ".k{padding:0;list-style:none;display:flex;flex-wrap:wrap;gap:.3rem 1.25rem;margin:.5rem 0}"
    ".b{display:flex;width:9rem;height:.8rem;border:1px solid var(--line);margin-top:.25rem}"
    ".b i{background:var(--bar)}.b b{background:var(--other)}"
    ".m{padding:0;list-style:none;max-width:100rem;columns:28rem;column-gap:2.5rem;margin:0}"
    ".m li{border-left:4px solid var(--line);padding:.1rem 0 .1rem .8rem;margin:0 0 1rem;"
    "break-inside:avoid}"
    ".m p{margin:.15rem 0}code{background:var(--open);padding:0 .2rem}"
    "summary{cursor:pointer;color:var(--dim)}"
    "@media(max-width:40rem){body{padding:0 .75rem;margin:1rem auto}.g th:first-child"
    "{max-width:7.5rem!important}.b{width:4.5rem}.o{display:none}th,td{padding:.25rem .35rem}}"
    "@media print{.w{max-height:none;overflow:visible}.g th,.g td{position:static!important}}"
)


def page_of(book: Book, links: Mapping[str, str]) -> str:
    """The whole page.

    Args:
        book: the grades.
        links: for each learner the address of their feedback; none where there is none.
    """
    parts = (
        *_head(book),
        *_grid(book, links),
        *_mistakes(book),
        *_katas(book),
        *(_not_judged(book) if book.reported is None else ()),
    )
    return page(_said(book, "Grades", "What was reported"), "".join(parts), _STYLE)


def _said(book: Book, judged: str, reported: str) -> str:
    """The word for it: what was judged here and what was reported are never called the same."""
    return judged if book.reported is None else reported


def _head(book: Book) -> Iterator[str]:
    plan = book.plan
    handed_in = {g.submission.learner for g in book.graded}
    number = sum(c.attempts for c in book.cells.values())
    several = count(number, _said(book, "submission", "check"))
    yield (
        f"<p>{count(len(plan.learners), 'learner')}, {len(handed_in)} of them with "
        f"{several} for {count(len(plan.katas), 'kata')}. "
    )
    yield _said(
        book,
        "All of it was judged here; nothing is a learner's own report.</p>\n",
        "<strong>All of it is what the learners' own machines reported; nothing was judged "
        "here.</strong></p>\n",
    )
    weak = {
        g.known.isolation
        for g in book.graded
        if g.known is not None and g.known.isolation not in ("", "full")
    }
    if weak:
        words = html.escape("; ".join(sorted(weak)))
        yield f"<p><strong>Judged under less than full isolation:</strong> {words}.</p>\n"
    silent = [x for x in plan.learners if x not in handed_in]
    if silent:
        nothing = _said(book, "Nothing handed in", "Nothing checked")
        yield f"<p>{nothing} ({len(silent)}): {_people(silent)}.</p>\n"
    if plan.strangers:
        yield f"<p>Not on the roster ({len(plan.strangers)}): {_people(plan.strangers)}.</p>\n"


def _grid(book: Book, links: Mapping[str, str]) -> Iterator[str]:
    katas = book.plan.katas
    first = {next(group).slug for _, group in groupby(katas, key=lambda k: k.lesson_id)}
    yield "<h2>Learners by katas</h2>\n" + _legend(_said(book, "not handed in", "not checked"))
    yield '<div class="w" tabindex="0"><table class="g"><thead><tr><th>'
    for lesson, group in groupby(katas, key=lambda k: k.lesson_id):
        yield f'<th class="l" colspan="{sum(1 for _ in group)}">{lesson}'
    yield "<th><tr><th>learner"
    for kata in katas:
        edge = ' class="l"' if kata.slug in first else ""
        title = html.escape(f"{kata.id} {_line(kata.title)}", quote=True)
        yield f'<th{edge} title="{title}">{kata.id.rpartition(".")[2]}'
    yield "<th>points</thead>\n"
    for learner in book.plan.learners:
        name, link = html.escape(_line(learner)), links.get(learner)
        known = name if link is None else f'<a href="{html.escape(link, quote=True)}">{name}</a>'
        yield f"<tr><th>{known}"
        points = 0
        for kata in katas:
            cell = book.cells.get((learner, kata.slug))
            points += (cell.points or 0) if cell is not None else 0
            yield _mark(cell, kata.slug in first)
        yield f'<td class="n">{points}\n'
    yield "<tfoot><tr><th>passed"
    for kata in katas:
        edge = ' class="l"' if kata.slug in first else ""
        yield f"<td{edge}>{_passed(book.column(kata))}"
    yield "<td></tfoot></table></div>\n"


def _legend(empty: str) -> str:
    items = [f"<li><span class={_CLASSES[s]}>{sign}</span>{WORDS[s]}" for s, sign in _SIGNS.items()]
    return f'<ul class="k">{"".join(items)}<li><span></span>empty: {empty}</ul>\n'


def _mark(cell: Cell | None, edge: bool) -> str:
    if cell is None:
        return "<td class=l>" if edge else "<td>"
    kind = _CLASSES[cell.graded.standing]
    named = f'"{kind} l"' if edge else kind
    return f"<td class={named}>{_SIGNS[cell.graded.standing]}"


def _mistakes(book: Book) -> Iterator[str]:
    """The mistakes by how many people made them, in the submissions that count."""
    made, told = _made(book)
    yield "<h2>What was misunderstood</h2>\n"
    if not made:
        yield "<p>No mistake was made that has a name.</p>\n"
        return
    says = {k.slug: _sentences(k) for k in book.plan.katas}
    often = sorted(made, key=lambda key: (-len(made[key]), key))
    items: list[str] = []
    for slug, mistake in often[:MOST_MISTAKES]:
        kata, who = book.plan.kata(slug), made[slug, mistake]
        words = says[slug].get(mistake) or told.get((slug, mistake), mistake)
        items.append(
            f"<li><strong>{count(len(who), 'learner')}</strong> in {kata.id} "
            f"{html.escape(_line(kata.title))}<p>{_prose(words)}</p>"
            f'<details><summary class="d">{html.escape(mistake)}: who</summary>'
            f"{_people(list(who))}</details>\n"
        )
    yield f'<ol class="m">\n{"".join(items[:AT_FIRST])}</ol>\n'
    if items[AT_FIRST:]:
        rest = "".join(items[AT_FIRST:])
        what = count(len(items) - AT_FIRST, "rarer one")
        yield f'<details><summary>{what}</summary><ol class="m">\n{rest}</ol></details>\n'
    if len(often) > MOST_MISTAKES:
        yield f"<p>{count(len(often) - MOST_MISTAKES, 'rarer mistake')} not shown.</p>\n"


def _made(
    book: Book,
) -> tuple[Mapping[tuple[str, str], Collection[str]], dict[tuple[str, str], str]]:
    """By slug and mistake who made it, and what they were told."""
    if book.reported is not None:
        return book.reported, dict(book.told)
    made: dict[tuple[str, str], dict[str, None]] = {}
    told: dict[tuple[str, str], str] = {}
    for g in book.graded:
        if g.grading is None or not g.counts or g.standing != "fail":
            continue
        for finding in g.grading.verdict.findings:
            if finding.mistake is not None:
                key = g.submission.slug, finding.mistake
                made.setdefault(key, {})[g.submission.learner] = None
                told.setdefault(key, finding.message)
    return made, told


def _sentences(kata: Kata) -> dict[str, str]:
    """What the card says of each mistake, where it has words of its own."""
    try:
        return {m.id: m.says for m in kata.mistakes() if m.says}
    except CardError:
        return {}


def _katas(book: Book) -> Iterator[str]:
    yield '<h2>Katas</h2>\n<div class="w"><table><thead><tr><th>kata<th class="o">title'
    yield '<th>of all, passed and <span class="d">tried</span>'
    yield f'<th class="n">passed<th class="n">{_said(book, "handed in", "checked")}'
    each = _said(book, "files each, median", "checks each, median")
    yield f'<th class="n">of these<th class="n">{each}</thead>\n'
    total = max(len(book.plan.learners), 1)
    for kata in book.plan.katas:
        cells = book.column(kata)
        passed = _passed(cells)
        tried = sum(c.graded.standing != "untouched" for c in cells) - passed
        share = f"{100 * passed // len(cells)} %" if cells else ""
        files = median([c.attempts for c in cells])
        bar = f"<i style=width:{100 * passed // total}%></i><b style=width:{100 * tried // total}%>"
        yield (
            f'<tr><td>{kata.id}<td class="o">{html.escape(_line(kata.title))}'
            f'<td><span class="b">{bar}</b></span>'
            f'<td class="n">{passed}<td class="n">{len(cells)}<td class="n">{share}'
            f'<td class="n">{files or ""}\n'
        )
    yield "</table></div>\n"


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
    yield '<div class="w"><table><thead><tr><th>what<th>why</thead>\n'
    for place, reason in rows[:MOST_LEFT]:
        yield f"<tr><td>{html.escape(_line(place))}<td>{html.escape(_line(reason))}\n"
    yield "</table></div>\n"
    more = len(rows) - min(len(rows), MOST_LEFT) + plan.untold
    if more:
        yield f"<p>And {more} more.</p>\n"


def _passed(cells: list[Cell]) -> int:
    return sum(c.graded.standing == "pass" for c in cells)


def _people(learners: "list[str] | tuple[str, ...]") -> str:
    some = ", ".join(html.escape(_line(x)) for x in learners[:MOST_NAMES])
    more = f" and {len(learners) - MOST_NAMES} more" if learners[MOST_NAMES:] else ""
    return some + more


def _prose(text: str) -> str:
    return _CODE.sub(r"<code>\1</code>", html.escape(clean(text)))


def _line(text: str) -> str:
    return " ".join(clean(text).split())
