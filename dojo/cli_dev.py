"""`kata dev`: for authors of katas. Make one, derive the stubs, prove that suites are honest."""

import difflib
import sys
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

import click

from dojo import catalog as catalogs
from dojo import workspace as workspaces
from dojo.catalog import CardError, Catalog, Kata
from dojo.cli_desk import complete, current_folder
from dojo.errors import UsageError

if TYPE_CHECKING:
    from dojo.judge.honesty import Honesty
    from dojo.judge.session import Judge
    from dojo.screens.terminal import Terminal


@click.group()
def dev() -> None:
    """For authors: make katas, and prove that their suites are honest."""


@dev.command("new")
@click.argument("kata_id", metavar="ID")
@click.argument("slug")
@click.option("--lesson", metavar="NAME", help="Name of the lesson's folder, for a new lesson.")
def new(kata_id: str, slug: str, lesson: str | None) -> None:
    """Make the files of a new kata, such as 1.2.7 some-slug.

    They hold a small kata that is complete and honest: change it step by step, with
    `kata dev check` at each.
    """
    from dojo import scaffold
    from dojo.catalog import content_root

    root = content_root()
    if not workspaces.is_checkout(root):
        raise UsageError("New katas are made in a checkout of the project; this one is installed.")
    cwd = current_folder()
    for path in scaffold.create(root, kata_id, slug, lesson):
        click.echo(f"wrote {workspaces.shown(path, cwd)}")
    click.echo(f"then  kata dev check {kata_id}")


@dev.command("check")
@click.argument("selectors", metavar="[SELECTOR]...", nargs=-1, shell_complete=complete)
@click.option("--all", "everything", is_flag=True, help="All katas, as without a selector.")
@click.option("--seeds", default=4, show_default=True, type=click.IntRange(min=1))
@click.option(
    "--only", multiple=True, metavar="MISTAKE",
    help="Judge this mistake of the card alone, on every seed; may be given several times.",
)  # fmt: skip
@click.option("--write-stubs", is_flag=True, help="First derive katas/ from the solutions.")
@click.pass_context
def check(
    ctx: click.Context,
    selectors: tuple[str, ...],
    everything: bool,
    seeds: int,
    only: tuple[str, ...],
    write_stubs: bool,
) -> None:
    """Prove that suites are honest: right answers pass, wrong ones fail and are named.

    A mistake must be named in the first finding that a learner reads; mistakes are judged on
    every eighth seed. Exit code: 0 all honest, 1 something is to mend, 2 a file of a kata is
    broken, so that nothing of it could be judged.
    """
    catalog, katas = _chosen(ctx, selectors, everything)
    if write_stubs:
        _write_stubs(katas)
    if only:
        katas = _with_mistakes(katas, only)
    ctx.exit(_prove(catalog, katas, range(seeds), only))


@dev.command("mutate")
@click.argument("selectors", metavar="[SELECTOR]...", nargs=-1, shell_complete=complete)
@click.option("--all", "everything", is_flag=True, help="All katas, as without a selector.")
@click.option("--seeds", default=2, show_default=True, type=click.IntRange(min=1))
@click.option("--toml", is_flag=True, help="Show survivors as tables for the card.")
@click.pass_context
def mutate(
    ctx: click.Context, selectors: tuple[str, ...], everything: bool, seeds: int, toml: bool
) -> None:
    """List the one-step changes of a solution that its suite accepts.

    Each is the same program, allowed by the stub's silence, or a hole in the suite. One of the
    first two kinds goes onto the card, with its reason. Exit code: 0 where none is left.
    """
    catalog, katas = _chosen(ctx, selectors, everything)
    ctx.exit(_mutate(catalog, katas, range(seeds), toml))


def _chosen(
    ctx: click.Context, selectors: tuple[str, ...], everything: bool
) -> tuple[Catalog, tuple[Kata, ...]]:
    """The katas that a command is asked for; cards that are wrong end it."""
    try:
        catalog = catalogs.load(whole=True)
    except CardError as error:
        click.echo(str(error), err=True)
        ctx.exit(2)
    if selectors and not everything:
        return catalog, catalog.select_all(selectors)
    return catalog, catalog.katas


def _mutate(catalog: Catalog, katas: Sequence[Kata], seeds: range, toml: bool) -> int:
    """Judge all changes of the katas, a row for each kata; returns the exit code."""
    from dojo.authors import mutate, sound
    from dojo.cli_check import open_judge
    from dojo.screens.health import mutation_row
    from dojo.screens.terminal import Terminal

    terminal = Terminal(sys.stdout)
    for kata in katas:
        if flaws := sound.flaws(kata):
            raise UsageError("\n".join(flaws))
    code = 0
    with terminal.working("starting PyTorch") as status, open_judge(catalog) as judge:
        from dojo.judge.pool import side_by_side

        jobs = [job for kata in katas for job in mutate.jobs(kata, seeds)]

        def begin(index: int) -> Callable[["Judge"], "tuple[mutate.Accepted, ...]"]:
            return partial(jobs[index], on_progress=tell)

        def tell(what: str) -> None:
            if status is not None:
                status.update(what)

        done: list[tuple[mutate.MutateJob, tuple[mutate.Accepted, ...]]] = []
        for index, found in enumerate(side_by_side(jobs, judge, begin)):
            done.append((jobs[index], found))
            if index + 1 == len(jobs) or jobs[index + 1].kata is not jobs[index].kata:
                result = mutate.sum_up(jobs[index].kata, done)
                mutation_row(terminal, result, toml)
                code = code or int(bool(result.survivors or result.stale))
                done = []
    return code


def _with_mistakes(katas: Sequence[Kata], wanted: Sequence[str]) -> tuple[Kata, ...]:
    """Those of the katas that list a wanted mistake.

    Raises:
        UsageError: one of them is listed nowhere.
    """
    known = {m.id for k in katas for m in k.mistakes()}
    for name in wanted:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            hint = f" The nearest is '{near[0]}'." if near else ""
            raise UsageError(f"No card of these katas lists a mistake '{name}'.{hint}")
    return tuple(k for k in katas if any(m.id in wanted for m in k.mistakes()))


def _write_stubs(katas: Sequence[Kata]) -> None:
    root = katas[0].root
    if not workspaces.is_checkout(root):
        raise UsageError("Stubs are derived in a checkout of the project; this one is installed.")
    cwd = current_folder()
    for kata in katas:
        done = workspaces.reset(workspaces.Workspace(root), kata)
        if done.changed:
            kept = f" (former file: {workspaces.shown(done.backup, cwd)})" if done.backup else ""
            click.echo(f"wrote {workspaces.shown(done.path, cwd)}{kept}")


def _prove(catalog: Catalog, katas: Sequence[Kata], seeds: range, only: tuple[str, ...]) -> int:
    """Prove the katas, a row for each; returns the exit code."""
    from dojo.cli_check import open_judge
    from dojo.screens.health import proof_row
    from dojo.screens.terminal import Terminal
    from dojo.screens.text import count, duration

    terminal = Terminal(sys.stdout)
    bad = 0
    broken = False
    total = 0.0
    with terminal.working("starting PyTorch") as status, open_judge(catalog) as judge:
        from dojo.judge.pool import ProveJob, side_by_side

        jobs = [ProveJob(kata, seeds, only) for kata in katas]

        def begin(index: int) -> Callable[["Judge"], "Honesty"]:
            return partial(jobs[index], on_progress=tell)

        def tell(what: str) -> None:
            if status is not None:
                status.update(what)

        for kata, honesty in zip(katas, side_by_side(jobs, judge, begin), strict=True):
            bad += bool(honesty.problems)
            broken |= honesty.broken
            total += honesty.seconds
            proof_row(terminal, honesty, f"{kata.id:<6} {kata.slug}")
    _sum_up(terminal, count(len(katas), "kata"), bad, duration(total))
    return 2 if broken else 1 if bad else 0


def _sum_up(terminal: "Terminal", katas: str, bad: int, seconds: str) -> None:
    if bad:
        terminal.line((f"{katas}, {bad} to mend, {seconds}", "bold red"))
    else:
        terminal.line((f"{katas}, all honest, {seconds}", "bold green"))
