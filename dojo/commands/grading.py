"""What `kata grade` does: from a pile of answers to grades, feedback and a report."""

import sys
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from dojo.commands import handing_back
from dojo.commands.desk import load_catalog
from dojo.course.catalog import Catalog
from dojo.desk.subject import without_solutions
from dojo.errors import UsageError
from dojo.screens.text import say_error

if TYPE_CHECKING:
    from dojo.grade.cluster import Cluster
    from dojo.grade.intake import Plan, Submission
    from dojo.grade.lanes import Lane
    from dojo.grade.run import Tally
    from dojo.grade.shelf import Shelf
    from dojo.grade.shown import Bar
    from dojo.grade.store import Store
    from dojo.grade.unit import GradeJob, Grading
    from dojo.screens.terminal import Terminal
    from dojo.warm.worker import How

JUDGED, REFUSED, OUR_FAULT, STOPPED = 0, 2, 3, 130


@dataclass(frozen=True)
class GradeWish:
    """What a person asked `kata grade` for; the fields are its options."""

    piles: tuple[Path, ...]
    out: Path = Path("results")
    selectors: tuple[str, ...] = ()
    roster: Path | None = None
    layout: str | None = None
    plan: bool = False
    best: bool = False
    partial: bool = False
    weak: bool = False
    workers: int | None = None
    shard: str | None = None
    merge: bool = False
    fill: Path | None = None
    column: str | None = None
    exports: tuple[str, ...] = ()
    dask: str | None = None


def grade(wish: GradeWish) -> int:
    """Grade what was named, or say what would be graded; returns the exit code.

    Raises:
        UsageError: that can't be.
    """
    from dojo.grade import intake, run, shown
    from dojo.grade import roster as rosters
    from dojo.grade.share import shard
    from dojo.grade.shelf import Shelf
    from dojo.screens.terminal import Terminal

    terminal = Terminal(sys.stdout)
    catalog = load_catalog()
    if wish.column is not None and wish.fill is None:
        raise UsageError("--column names a column of the table that --fill takes: give both.")
    if wish.shard is not None and (wish.fill is not None or wish.exports):
        raise UsageError(
            "A share of the work has no grades yet: --fill and --export go to --merge."
        )
    if wish.merge:
        return _merge(terminal, catalog, wish)
    if wish.shard is not None:
        shard(wish.shard)  # what is wrong with it is told before a pile is read
    wanted = intake.Wanted(
        piles=wish.piles,
        katas=catalog.select_all(wish.selectors) if wish.selectors else (),
        layout=wish.layout,
        roster=rosters.read(wish.roster) if wish.roster is not None else None,
    )
    with Shelf() as shelf:
        with terminal.working("reading"):
            plan = intake.take_in(catalog, wanted, shelf)
        judged = run.needed(plan, wish.best)
        shown.plan(terminal, plan, judged)
        handing_back.plan(terminal, plan, wish)
        if wish.plan:
            return JUDGED
        _require(catalog, plan, wish)
        return _grade(terminal, catalog, wish, plan, judged, shelf)


def _grade(
    terminal: "Terminal",
    catalog: Catalog,
    wish: GradeWish,
    plan: "Plan",
    judged: "Sequence[Submission]",
    shelf: "Shelf",
) -> int:
    from dojo.grade import shown
    from dojo.grade.share import shard

    with _store(wish.out) as store:
        if wish.shard is not None:
            from dojo.grade import parts

            share = shard(wish.shard)
            store.keep_plan(parts.to_text(plan))
            judged = [s for s in judged if share.takes(plan, s)]
        with shown.bar(terminal) as bar:
            try:
                _judge(catalog, wish, plan, judged, shelf, store, bar)
            except KeyboardInterrupt:
                say_error(
                    f"Stopped: {bar.tally.done} of {bar.tally.submissions} are judged and kept in "
                    f"{wish.out}. The same command goes on from there."
                )
                return STOPPED
        if wish.shard is not None:
            shown.share(terminal, bar.tally, wish.shard, wish.out)
            return JUDGED
        return _write(terminal, wish, plan, store, bar.tally)


def _merge(terminal: "Terminal", catalog: Catalog, wish: GradeWish) -> int:
    """Put together what was judged in parts.

    Raises:
        UsageError: something that isn't in the parts was asked for, or a part is missing.
    """
    from dojo.grade import run, shown

    if wish.shard or wish.plan or wish.selectors or wish.roster or wish.layout or wish.dask:
        raise UsageError(
            "--merge takes pile, katas, roster and layout as they were when the parts were judged: "
            "give it --out, --best, --partial, --fill and --export only."
        )
    with _store(wish.out) as store:
        from dojo.grade import parts

        plan = parts.merge(wish.piles, store, catalog)
        judged = run.needed(plan, wish.best)
        shown.plan(terminal, plan, judged)
        handing_back.plan(terminal, plan, wish)
        parts.require_whole(plan, judged, store, wish.weak)
        return _write(terminal, wish, plan, store, run.known(plan, judged, store))


def _write(
    terminal: "Terminal", wish: GradeWish, plan: "Plan", store: "Store", tally: "Tally"
) -> int:
    """Write the results and say what came of it; returns the exit code."""
    from dojo.grade import marks, results, shown

    book = marks.book_of(plan, store.grading, wish.best, wish.partial)
    back = handing_back.tables(book, wish)
    kept = results.write(wish.out, book, store, back.files)
    shown.summary(terminal, book, tally, wish.out, kept)
    handing_back.show(terminal, back, wish)
    unjudged = [c.graded for c in book.cells.values() if c.graded.standing == "not judged"]
    if any(not g.submission.refused for g in unjudged):
        return OUR_FAULT
    return REFUSED if unjudged else JUDGED


def _judge(
    catalog: Catalog,
    wish: GradeWish,
    plan: "Plan",
    judged: "Sequence[Submission]",
    shelf: "Shelf",
    store: "Store",
    bar: "Bar",
) -> None:
    from dojo.grade import lanes, run
    from dojo.warm.together import together

    held = store.source_digests()
    missing = sorted({s.digest for s in plan.submissions} - held)
    store.keep_sources((digest, shelf.get(digest)) for digest in missing)

    def here(jobs: "Sequence[GradeJob]", keep: "Callable[[int, Grading], None]") -> None:
        workers = wish.workers or run.lanes_for(len(jobs))
        with together(workers, len(jobs)) as hows:
            lanes.grade_all(jobs, [partial(open_lane, catalog, how) for how in hows], keep)

    def elsewhere(jobs: "Sequence[GradeJob]", keep: "Callable[[int, Grading], None]") -> None:
        with _cluster(str(wish.dask), wish.workers) as cluster:
            cluster.require(plan.katas, wish.weak)
            cluster.grade_all(jobs, keep)

    carry_out = here if wish.dask is None else elsewhere
    run.judge_all(plan, judged, shelf, store, carry_out, bar, weak=wish.weak)


def open_lane(catalog: Catalog, how: "How | None" = None) -> "Lane":
    """A judge in a process of its own, which begins to become warm."""
    from dojo.warm.apart import Forked
    from dojo.warm.worker import How

    return Forked(catalog, how or How())


def _cluster(address: str, workers: int | None) -> "AbstractContextManager[Cluster]":
    """The cluster that judges.

    Raises:
        UsageError: Dask isn't installed.
    """
    try:
        from dojo.grade import cluster
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] == "dojo":
            raise
        raise UsageError(
            f"{error.name} is not installed for {sys.executable}, and `--dask` needs it: `pip "
            "install distributed` in its environment. Without `--dask`, this machine judges alone."
        ) from None
    return cluster.connected(address, workers)


def _store(out: Path) -> "Store":
    """Where gradings are kept.

    Raises:
        UsageError: they can't be.
    """
    from dojo.grade import results

    try:
        from dojo.grade.store import Store
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] == "dojo":
            raise
        raise UsageError(
            f"{error.name} is not installed for {sys.executable}, and gradings are kept with it: "
            "`pip install sqlalchemy` in its environment."
        ) from None
    return Store(results.prepare(out))


def _require(catalog: Catalog, plan: "Plan", wish: GradeWish) -> None:
    """Nothing, unless these files can't be judged as grades must be.

    Raises:
        UsageError: nothing was handed in for the katas, there are no solutions, or this machine
            can't shut answers in.
    """
    if not plan.submissions:
        raise UsageError(
            "No file answers a kata that was asked for, so there is nothing to grade. `--plan` "
            "shows how the pile was read, `--layout` says how it is arranged."
        )
    without = next((k for k in plan.katas if not k.solution_path.is_file()), None)
    if without is not None:
        raise UsageError(without_solutions(without))
    if wish.dask is None:  # a cluster is asked itself
        require_isolation(wish.weak)


def require_isolation(weak: bool) -> None:
    """Nothing, unless answers can't be shut in here, and it wasn't said that they needn't be.

    Raises:
        UsageError: so it is.
    """
    if weak:
        return
    from dojo.learner.confine import layers

    missing = [layer.name for layer in layers() if not layer.works]
    if missing:
        raise UsageError(
            f"This machine can't shut answers in: {', '.join(missing)} doesn't work (`kata doctor` "
            "says why). Other people's code is graded where it does; `--allow-weak-isolation` "
            "grades here all the same, and every result says so."
        )
