"""`kata join`, `ask`, `share` and `leave`: their options; what they do is in commands/joined.py."""

import click

from dojo.commands.desk import complete, open_desk


@click.command()
@click.argument("address", required=False)
@click.argument("code", required=False)
@click.option("--name", metavar="NAME", help="What the room may call you.")
@click.option("--show", is_flag=True, help="List all that was ever sent, or waits to be.")
def join(address: str | None, code: str | None, name: str | None, show: bool) -> None:
    """Take part in an instructor's live room.

    From then on your checks tell it how they ended; your code never, unless you say `kata share`.
    """
    from dojo.commands import joined

    desk = open_desk()
    if show:
        joined.show(desk)
    else:
        joined.join(desk, address, code, name)


@click.command()
@click.argument("question", nargs=-1)
@click.option("--done", is_flag=True, help="Lower it again.")
def ask(question: tuple[str, ...], done: bool) -> None:
    """Raise your hand in the room, with a question or without."""
    from dojo.commands import joined

    joined.ask(open_desk(), " ".join(question), done)


@click.command()
@click.argument("selector", required=False, metavar="[KATA]", shell_complete=complete)
def share(selector: str | None) -> None:
    """Show your code of one kata to the instructor, as it is now."""
    from dojo.commands import joined

    desk = open_desk()
    joined.share(desk, desk.select_one(selector))


@click.command()
@click.option("--forget", is_flag=True, help="Let the room delete all that it knows of you.")
def leave(forget: bool) -> None:
    """Leave the room: nothing more is sent."""
    from dojo.commands import joined

    joined.leave(open_desk(), forget)
