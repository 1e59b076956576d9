"""The commands about a learner's files: history, restoring, resetting, and a new workspace."""

import hashlib
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from dojo.commands.desk import load_catalog, pack_root, pack_wish, save
from dojo.course import catalog as catalogs
from dojo.course.catalog import Catalog, Kata
from dojo.desk import history, memory
from dojo.desk import workspace as workspaces
from dojo.desk.desk import Desk, current_folder
from dojo.desk.reset import reset, restore
from dojo.errors import UsageError
from dojo.screens.text import count


def show_history(desk: Desk, kata: Kata) -> None:
    """List the attempts at a kata."""
    from dojo.screens import pages
    from dojo.screens.terminal import Terminal

    terminal = Terminal(sys.stdout)
    attempts = history.newest(desk, kata)
    if not attempts:
        terminal.line(f"No attempts at {kata.id} yet. `kata check {kata.id}` makes the first.")
        return
    try:
        source = workspaces.read_stub(desk.workspace, kata, desk.shown_stub(kata))
        present = hashlib.sha256(source).hexdigest()
    except UsageError:
        present = None
    pages.history(terminal, kata, attempts, present)
    terminal.blank()
    back = f"kata history {kata.id} --restore N"
    terminal.line((f"{back} brings the file of attempt N back.", "dim"), indent=2)


def restore_attempt(desk: Desk, kata: Kata, number: int) -> None:
    """Bring the file of an earlier attempt back, and say what was done.

    Raises:
        UsageError: there is no such attempt, or its file is lost.
    """
    _say(restore(desk, kata, number))


def reset_katas(desk: Desk, katas: Sequence[Kata], ask: bool) -> None:
    """Give stubs back, with a backup of each file.

    Raises:
        UsageError: several katas without a person to ask, or a file can't be written.
    """
    if len(katas) > 1 and ask:
        if not sys.stdin.isatty():
            raise UsageError(
                f"That would reset {len(katas)} katas. Name one, or add --yes to reset them all."
            )
        if not click.confirm(f"Reset {len(katas)} katas? Each file is backed up first."):
            click.echo("Nothing was changed.")
            return
    for kata in katas:
        _say(reset(desk, kata))


def go_on_with(desk: Desk, katas: Sequence[Kata]) -> None:
    """Choose where to go on: the first of these katas that isn't passed, else what follows them.

    Raises:
        UsageError: that can't be written down.
    """
    from dojo.commands.read import show_next
    from dojo.screens.terminal import Terminal

    waiting = [k for k in katas if not desk.progress.is_done(k)]
    first = waiting[0] if waiting else katas[-1]
    if not save(lambda: desk.log.add_start(first)):
        raise UsageError(f"So `kata next` can't follow; `kata check {first.id}` judges it.")
    if not waiting:
        terminal = Terminal(sys.stdout)
        ids = katas[0].id if len(katas) == 1 else f"{katas[0].id} to {katas[-1].id}"
        terminal.line(f"You have passed {ids}; this is what comes after.")
        terminal.blank()
    show_next(desk, desk.progress.started_at(first))


def make_workspace(folder: Path, selectors: Sequence[str], ci: bool = False) -> None:
    """Write stubs into a folder, and say how to begin.

    Args:
        folder: where; need not exist.
        selectors: of the katas to which it is limited; none for all.
        ci: whether to write a workflow for GitHub Actions, too.

    Raises:
        UsageError: it can't be made.
    """
    cwd = current_folder()
    catalog = load_catalog(_root_for(folder, cwd))
    only = [k.slug for k in catalog.select_all(selectors)]
    known = memory.recall(folder / ".kata")
    if known is not None and known.pack != catalog.pack.name:
        raise UsageError(
            f"'{folder}' is for the pack '{known.pack}' already. Choose a new folder for "
            f"'{catalog.pack.name}'."
        )
    limited = catalog.limited(only) if only else catalog
    made = workspaces.create(limited, folder, only)
    place = "here" if made.workspace.root == cwd else f"in {folder}"
    kept = count(len(made.kept), "file")
    if made.written:
        click.echo(f"{count(len(made.written), 'file')} written {place}.")
        if made.kept:
            click.echo(f"Left alone, because there already: {kept}.")
    else:
        click.echo(f"Nothing to do: {kept} {place} already.")
    if ci:
        _write_workflow(made.workspace.root, limited)
    if made.workspace.root != cwd:
        click.echo(f"\n  cd {workspaces.shown(made.workspace.root, cwd)}")
    click.echo("  kata next")


def _write_workflow(root: Path, catalog: Catalog) -> None:
    from dojo.desk.ci import PLACE, write_workflow

    if write_workflow(root, catalog):
        click.echo(f"{PLACE} judges them at every push. Its green tick is a report, no grade.")
    else:
        click.echo(f"Left alone, because there already: {PLACE}.")


def _root_for(folder: Path, cwd: Path) -> Path:
    """The pack of a workspace that is there; for a new one the pack at hand."""
    if pack_wish() is None and memory.recall(folder / ".kata") is not None:
        return memory.root_for(cwd / folder, catalogs.content_root())
    return pack_root()


def _say(sentences: Sequence[str]) -> None:
    for sentence in sentences:
        click.echo(sentence)
