"""`kata dev`: for authors of katas. Make one, derive the stubs, prove that suites are honest."""

from collections.abc import Sequence
from pathlib import Path

import click

from dojo.commands.desk import complete, pack_root
from dojo.course import catalog as catalogs
from dojo.course.catalog import CardError, Catalog, Kata
from dojo.desk import workspace as workspaces
from dojo.desk.desk import current_folder
from dojo.errors import UsageError


@click.group()
def dev() -> None:
    """For authors: make katas, and prove that their suites are honest."""


@dev.command("new")
@click.argument("kata_id", metavar="ID")
@click.argument("slug")
@click.option(
    "--lesson", metavar="NAME",
    help="For the first kata of a new lesson: `--lesson training_loop` names its folder "
    "lesson_1_7_training_loop.",
)  # fmt: skip
@click.option(
    "--signature", metavar="TEXT",
    help="Of the function: solution, alternatives and suite are written to fit it.",
)  # fmt: skip
def new(kata_id: str, slug: str, lesson: str | None, signature: str | None) -> None:
    """Make the files of a new kata, such as 1.2.7 some-slug.

    They hold a small kata that is complete and honest: change it step by step, with
    `kata dev check` at each.
    """
    from dojo.authors import scaffold

    root = pack_root()
    _refuse_installed(root)
    cwd = current_folder()
    for path in scaffold.create(root, kata_id, slug, lesson, signature):
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
    from dojo.commands import authors

    catalog, katas = _chosen(ctx, selectors, everything)
    if write_stubs:
        _write_stubs(katas)
    ctx.exit(authors.prove(catalog, katas, range(seeds), only))


@dev.command("mutate")
@click.argument("selectors", metavar="[SELECTOR]...", nargs=-1, shell_complete=complete)
@click.option("--all", "everything", is_flag=True, help="All katas, as without a selector.")
@click.option("--seeds", default=2, show_default=True, type=click.IntRange(min=1))
@click.option("--toml", is_flag=True, help="Show survivors as tables for kN_name_survivors.toml.")
@click.pass_context
def mutate(
    ctx: click.Context, selectors: tuple[str, ...], everything: bool, seeds: int, toml: bool
) -> None:
    """List the one-step changes of a solution that its suite accepts.

    Each is the same program, allowed by the stub's silence, or a hole in the suite. One of the
    first two kinds is kept beside the solution, with its reason. Exit code: 0 where none is left.
    """
    from dojo.commands import authors

    catalog, katas = _chosen(ctx, selectors, everything)
    ctx.exit(authors.mutate(catalog, katas, range(seeds), toml))


def _chosen(
    ctx: click.Context, selectors: tuple[str, ...], everything: bool
) -> tuple[Catalog, tuple[Kata, ...]]:
    """The katas that a command is asked for; cards that are wrong end it."""
    try:
        catalog = catalogs.load(pack_root(), whole=True)
    except CardError as error:
        click.echo(str(error), err=True)
        ctx.exit(2)
    if selectors and not everything:
        return catalog, catalog.select_all(selectors)
    return catalog, catalog.katas


@dev.command("quiz")
@click.argument("selectors", metavar="[SELECTOR]...", nargs=-1, shell_complete=complete)
@click.option("--all", "everything", is_flag=True, help="All lessons, as without a selector.")
@click.pass_context
def quiz(ctx: click.Context, selectors: tuple[str, ...], everything: bool) -> None:
    """Prove the questions of lessons: each wrong answer has its reply, each run shows its answer.

    Exit code: 0 where nothing is to mend.
    """
    from dojo.commands import authors

    catalog, katas = _chosen(ctx, selectors, everything)
    ctx.exit(authors.prove_questions(catalog, katas))


@dev.command("try")
@click.argument("selector", metavar="ID", shell_complete=complete)
@click.argument("what", metavar="[MISTAKE|FILE]", required=False)
@click.option("--all", "everything", is_flag=True, help="Each mistake, with its first finding.")
@click.option("--seed", type=click.IntRange(min=0), help="Of the inputs.")
@click.pass_context
def try_(
    ctx: click.Context, selector: str, what: str | None, everything: bool, seed: int | None
) -> None:
    """Show what a learner would read: of a mistake of the card, an alternative, or a file.

    Without any of these the solution is judged.
    """
    from dojo.commands import authors

    catalog, katas = _chosen(ctx, (selector,), False)
    if len(katas) > 1:
        raise UsageError(f"'{selector}' means {len(katas)} katas. Name one, such as {katas[0].id}.")
    if everything and what is not None:
        raise UsageError("--all tries each mistake: name none beside it.")
    if everything:
        ctx.exit(authors.try_all(catalog, katas[0], seed or 0))
    ctx.exit(authors.try_one(catalog, katas[0], what, seed))


@dev.command("measure")
@click.argument(
    "selectors", metavar="SELECTOR...", nargs=-1, required=True, shell_complete=complete
)
@click.option("--seeds", default=200, show_default=True, type=click.IntRange(min=1))
@click.pass_context
def measure(ctx: click.Context, selectors: tuple[str, ...], seeds: int) -> None:
    """Find the worst that right answers come to over many seeds, beside its limit.

    A suite tells its numbers with `measured("what it is", value, most=limit)`; its docstring
    cites what is found here. Exit code: 1 where a right answer fails.
    """
    from dojo.commands import authors

    catalog, katas = _chosen(ctx, selectors, False)
    ctx.exit(authors.measure(catalog, katas, range(seeds)))


@dev.command("move")
@click.argument("selector", metavar="FROM", shell_complete=complete)
@click.argument("to", metavar="TO")
@click.pass_context
def move(ctx: click.Context, selector: str, to: str) -> None:
    """Give a kata another number, such as 1.3.4 1.3.2; those between move by one.

    Files, cards, and what refers to them in lessons, suites and solutions are changed. Slugs
    stay, so that nobody's pass is lost.
    """
    from dojo.authors.move import move as move_kata

    catalog, katas = _chosen(ctx, (selector,), False)
    if len(katas) > 1:
        raise UsageError(f"'{selector}' means {len(katas)} katas. Name one, such as {katas[0].id}.")
    _refuse_installed(catalog.root)
    done = move_kata(catalog, katas[0], to)
    for step in done.moves:
        click.echo(f"moved {step.kata.id} to {step.id}  {step.kata.slug}")
    for mention in done.mentions:
        click.echo(f"look  {mention}")
    click.echo(f"then  kata dev check {' '.join(step.id for step in done.moves)}")


def _refuse_installed(root: Path) -> None:
    if not workspaces.is_checkout(root):
        raise UsageError("Katas are changed in a checkout of their pack; this one is installed.")


def _write_stubs(katas: Sequence[Kata]) -> None:
    root = katas[0].root
    _refuse_installed(root)
    cwd = current_folder()
    for kata in katas:
        done = workspaces.reset(workspaces.Workspace(root), kata)
        if done.changed:
            kept = f" (former file: {workspaces.shown(done.backup, cwd)})" if done.backup else ""
            click.echo(f"wrote {workspaces.shown(done.path, cwd)}{kept}")
