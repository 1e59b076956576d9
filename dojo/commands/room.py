"""`kata room`: its options; what it does is in dojo.commands.room_server."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click

from dojo.commands.desk import complete

F = TypeVar("F", bound=Callable[..., None])


def _kept(command: F) -> F:
    """The options that say where a room is kept."""
    for option in (
        click.option("--room", default="", metavar="ID", help="Which, where there are several."),
        click.option(
            "--database", metavar="URL",
            help="A database instead of the folder, such as postgresql+psycopg://…",
        ),
        click.option(
            "--folder", type=click.Path(path_type=Path), default="kata-room", show_default=True,
            metavar="DIR", help="Where the room is kept.",
        ),
    ):  # fmt: skip
        command = option(command)
    return command


@click.group()
def room() -> None:
    """For instructors: a live room in which you see what holds learners back."""


@room.command("open")
@click.option(
    "--katas", default="", metavar="SELECTORS", shell_complete=complete,
    help="Which katas it is for, such as 1.1-1.3 or 2.1,2.2.3.",
)  # fmt: skip
@click.option("--title", default="", help="What it is called on every screen.")
@click.option(
    "--host", default="127.0.0.1", show_default=True,
    help="Where it listens; 0.0.0.0 lets the network in.",
)  # fmt: skip
@click.option("--port", type=click.IntRange(0, 65_535), default=8000, show_default=True)
@click.option(
    "--address", metavar="URL", help="What learners type, where a proxy stands before it."
)
@click.option(
    "--tls-cert", type=click.Path(path_type=Path, dir_okay=False), metavar="PEM",
    help="The certificate, for https.",
)  # fmt: skip
@click.option(
    "--tls-key", type=click.Path(path_type=Path, dir_okay=False), metavar="PEM", help="Its key."
)
@click.option(
    "--days", type=click.FloatRange(0.01, 400), default=30, show_default=True,
    help="After which the room and all that was sent to it are deleted.",
)  # fmt: skip
@click.option("--new-links", is_flag=True, help="Links of before open nothing any more.")
@_kept
def open_room(
    katas: str,
    title: str,
    host: str,
    port: int,
    address: str | None,
    tls_cert: Path | None,
    tls_key: Path | None,
    days: float,
    new_links: bool,
    folder: Path,
    database: str | None,
    room: str,
) -> None:
    """Open a room, or go on with the one that is open; serves it until Ctrl-C."""
    with _installed():
        from dojo.commands import room_server
    wish = room_server.OpenWish(
        katas, title, host, port, address, tls_cert, tls_key, days, new_links, folder, database,
        room,
    )  # fmt: skip
    room_server.open_room(wish)


@room.command("close")
@_kept
def close(folder: Path, database: str | None, room: str) -> None:
    """End a room: it takes nothing more. What was sent stays until it expires."""
    with _installed():
        from dojo.commands import room_server
    click.echo(room_server.close(folder, database, room))


@room.command("export")
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="DIR", default="room-results",
    show_default=True, help="Where the page and the table are written.",
)  # fmt: skip
@_kept
def export(out: Path, folder: Path, database: str | None, room: str) -> None:
    """Write a page and a table of what learners reported, like those of `kata grade`."""
    with _installed():
        from dojo.commands import room_server
    for line in room_server.export(out, folder, database, room):
        click.echo(line)


@room.command("forget")
@click.option("--learner", type=click.IntRange(1), metavar="N", help="Who; see the board.")
@click.option("--everybody", is_flag=True, help="The whole room.")
@_kept
def forget(
    learner: int | None, everybody: bool, folder: Path, database: str | None, room: str
) -> None:
    """Delete all that a learner sent, for good; or all of a room."""
    if (learner is None) != everybody:
        raise click.UsageError("Say either --learner N or --everybody.")
    with _installed():
        from dojo.commands import room_server
    click.echo(room_server.forget(learner, folder, database, room))


class _installed:
    """Where the extra is missing: one sentence that says what to install."""

    def __enter__(self) -> None:
        pass

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, ModuleNotFoundError):
            from dojo.errors import UsageError, not_installed

            shown = not_installed(error)
            if isinstance(shown, UsageError):
                raise UsageError(
                    f"{error.name} is not installed, which a room needs. Install the extra: "
                    "pip install -c constraints.txt -e '.[room]'"
                ) from None
