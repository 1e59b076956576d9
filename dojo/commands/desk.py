"""What the commands share: opening the desk, `--pack`, what a shell completes, saving quietly."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

from dojo.course import catalog as catalogs
from dojo.course import packs
from dojo.course.catalog import CardError, Catalog
from dojo.desk import memory
from dojo.desk import workspace as workspaces
from dojo.desk.desk import Desk, current_folder, find_workspace, limit
from dojo.desk.log import ProgressLog
from dojo.desk.progress import Progress
from dojo.errors import UsageError
from dojo.screens.text import count, say_error

if TYPE_CHECKING:
    from dojo.commands.telling import Teller

_WISH = "kata.pack"  # where click keeps what `--pack` said


def open_desk() -> Desk:
    """Find the workspace and read the progress; says in one sentence when that is damaged.

    Raises:
        UsageError: there is no workspace.
    """
    catalog = load_catalog()
    cwd = current_folder()
    workspace = find_workspace(catalog, cwd)
    workspaces.sweep(workspace, catalog)
    log = ProgressLog(workspace.state, catalog.pack.name)
    limited = limit(catalog, workspace)
    whole = catalog if limited is not catalog else None
    return Desk(limited, workspace, log, read_progress(log), cwd, whole)


def load_catalog(root: Path | None = None) -> Catalog:
    """All katas of the pack at hand; one with a bad card is left out, with a sentence.

    Args:
        root: the pack's folder, where it isn't the one at hand.

    Raises:
        UsageError: there are none.
    """
    catalog = catalogs.load(root if root is not None else pack_root(), on_flaw=_say_flaw)
    if not catalog.katas:
        raise UsageError(f"The pack '{catalog.pack.name}' ({catalog.root}) holds no katas.")
    return catalog


def pack_root() -> Path:
    """The folder of the pack that the command is about: named, or that of where the person is.

    Raises:
        UsageError: there is no such pack.
    """
    course, cwd = catalogs.content_root(), current_folder()
    named = pack_wish()
    if named is not None:
        return packs.named(named, cwd, course)
    workspace = os.environ.get("KATA_WORKSPACE")
    return memory.root_for(Path(workspace).expanduser() if workspace else cwd, course)


def pack_wish() -> str | None:
    """What ``--pack`` or ``KATA_PACK`` says, if anything."""
    context = click.get_current_context(silent=True)
    said = context.meta.get(_WISH) if context is not None else None
    return said or os.environ.get("KATA_PACK") or None


def offer_pack(command: click.Command, hidden: bool = True) -> click.Command:
    """Let a command, and those below it that are there, take ``--pack``; returns it.

    Args:
        command: which one; of the group of all commands the option is enough.
        hidden: its help doesn't speak of it.
    """
    command.params.append(_pack_option(hidden))
    if isinstance(command, click.Group) and hidden:
        for below in command.commands.values():
            offer_pack(below)
    return command


def _pack_option(hidden: bool) -> click.Option:
    return click.Option(
        ["--pack"],
        metavar="PACK",
        help="Another pack of katas: its folder, or its name where it is installed.",
        expose_value=False,
        callback=_note_pack,
        hidden=hidden,
    )


def _note_pack(ctx: click.Context, param: click.Parameter, value: str | None) -> None:
    if value is not None:
        ctx.meta[_WISH] = value


def _say_flaw(error: CardError) -> None:
    say_error(f"A kata is left out, for its card is damaged. {error}")


def read_progress(log: ProgressLog) -> Progress:
    """The progress as far as it can be read."""
    try:
        progress = log.read()
    except OSError as error:
        say_error(
            f"Your progress can't be read ({log.path}: {workspaces.why(error)}); "
            "nothing was deleted."
        )
        return Progress()
    if progress.damaged:
        lines = count(progress.damaged, "line")
        say_error(f"{log.path} is damaged: {lines} skipped, the rest counts; nothing was deleted.")
    return progress


def save(action: Callable[[], None]) -> bool:
    """Do what writes progress; where it can't be written, say so and go on."""
    try:
        action()
    except OSError as error:
        say_error(f"Your progress can't be saved here ({workspaces.why(error)}).")
        return False
    return True


def telling(desk: Desk) -> "Teller | None":
    """What tells the live room that this workspace has joined; None, at no cost, without one."""
    if not desk.workspace.has_joined:
        return None
    from dojo.commands.telling import Teller

    return Teller(desk)


def complete(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """What the shell offers for the beginning of a selector: ids, names, or paths."""
    # A completion has nobody to report to: it offers what it can.
    try:
        with ctx.scope(cleanup=False):
            catalog = catalogs.load(pack_root(), on_flaw=catalogs.pass_over)
        lessons = [CompletionItem(x.id, help=x.title) for x in catalog.lessons]
        numbers = [CompletionItem(k.id, help=k.title) for k in catalog.katas]
        names = [CompletionItem(k.slug, help=k.title) for k in catalog.katas]
    except (OSError, ValueError, UsageError):
        return [CompletionItem(incomplete, type="file")]
    items = [*lessons, *numbers, *names] if incomplete else lessons
    found = [item for item in items if str(item.value).startswith(incomplete)]
    return found or [CompletionItem(incomplete, type="file")]
