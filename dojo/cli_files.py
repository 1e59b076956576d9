"""The commands about a learner's files: history, restoring, resetting, and a new workspace."""

import hashlib
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from dojo import workspace as workspaces
from dojo.catalog import Catalog, Kata
from dojo.cli_desk import Desk, current_folder
from dojo.errors import UsageError
from dojo.screens.text import count
from dojo.workspace import Restored


def show_history(desk: Desk, kata: Kata) -> None:
    """List the attempts at a kata."""
    from dojo.screens import pages
    from dojo.screens.terminal import Terminal

    terminal = Terminal(sys.stdout)
    attempts = desk.progress.of(kata.id)
    if not attempts:
        terminal.line(f"No attempts at {kata.id} yet. `kata check {kata.id}` makes the first.")
        return
    try:
        present = hashlib.sha256(desk.workspace.stub(kata).read_bytes()).hexdigest()
    except OSError:
        present = None
    pages.history(terminal, kata, attempts, present)
    terminal.blank()
    back = f"kata history {kata.id} --restore N"
    terminal.line((f"{back} brings the file of attempt N back.", "dim"), indent=2)


def restore_attempt(desk: Desk, kata: Kata, number: int) -> None:
    """Bring the file of an earlier attempt back, after a backup of the present one.

    Raises:
        UsageError: there is no such attempt, or its file is lost.
    """
    attempts = desk.progress.of(kata.id)
    if number > len(attempts):
        raise UsageError(
            f"There is no attempt {number} at {kata.id}: "
            f"there {'is' if len(attempts) == 1 else 'are'} {len(attempts) or 'none'}."
        )
    content = desk.log.version(attempts[number - 1].digest)
    if content is None:
        raise UsageError(
            f"The file of attempt {number} is lost: it isn't in {desk.shown(desk.log.versions)}."
        )
    done = workspaces.put_back(desk.workspace, kata, content)
    if not done.changed:
        click.echo(f"{desk.shown(done.path)} is this version already; nothing was changed.")
        return
    click.echo(f"{desk.shown(done.path)} is the file of attempt {number} again.")
    _say_backup(desk, done)


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
        done = workspaces.reset(desk.workspace, kata)
        if done.changed:
            click.echo(f"{desk.shown(done.path)} is the stub again.")
            _say_backup(desk, done)
        else:
            click.echo(f"{desk.shown(done.path)} is the stub already; nothing was changed.")


def make_workspace(catalog: Catalog, folder: Path) -> None:
    """Write all stubs into a folder, and say how to begin."""
    cwd = current_folder()
    made = workspaces.create(catalog, folder)
    place = "here" if made.workspace.root == cwd else f"in {folder}"
    kept = count(len(made.kept), "file")
    if made.written:
        click.echo(f"{count(len(made.written), 'file')} written {place}.")
        if made.kept:
            click.echo(f"Left alone, because there already: {kept}.")
    else:
        click.echo(f"Nothing to do: {kept} {place} already.")
    if made.workspace.root != cwd:
        click.echo(f"\n  cd {workspaces.shown(made.workspace.root, cwd)}")
    click.echo("  kata next")


def _say_backup(desk: Desk, done: Restored) -> None:
    if done.backup is not None:
        click.echo(f"Your former file is kept in {desk.shown(done.backup)}")
