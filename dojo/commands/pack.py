"""`kata pack`: make a pack of katas of your own, build a wheel of it, see which there are."""

from pathlib import Path

import click

from dojo.commands.desk import pack_root
from dojo.course import catalog as catalogs
from dojo.course import packs
from dojo.desk import workspace as workspaces
from dojo.desk.desk import current_folder
from dojo.errors import UsageError


@click.group()
def pack() -> None:
    """For authors: katas of your own, beside the course or for others."""


@pack.command("new")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--name", help="In kebab-case; progress is kept by it. Default: the folder's name.")
@click.option("--title", help="A few words. Default: made from the name.")
def new(folder: Path, name: str | None, title: str | None) -> None:
    """Make a folder for a pack, with a first kata that is complete and honest."""
    from dojo.authors import packing

    cwd = current_folder()
    for path in packing.create(cwd / folder, name, title):
        click.echo(f"wrote {workspaces.shown(path, cwd)}")
    click.echo(f"\n  cd {workspaces.shown(cwd / folder, cwd)}")
    click.echo("  kata dev check          (proves the first kata; the pack is found by itself)")
    click.echo("  kata dev new 1.1.2 NAME (the next one)")


@pack.command("build")
@click.option("--out", type=click.Path(path_type=Path), metavar="DIR", help="Default: ./dist.")
@click.option(
    "--without-solutions", is_flag=True,
    help="For handing out what is judged elsewhere: nothing that holds an answer is in it.",
)  # fmt: skip
def build(out: Path | None, without_solutions: bool) -> None:
    """Build a wheel of the pack at hand, which `pip install` puts beside the course."""
    from dojo.authors import packing

    cwd = current_folder()
    root = pack_root()
    if root == catalogs.content_root():
        raise UsageError("The course comes with this program; name another pack by `--pack DIR`.")
    wheel = packing.build(root, cwd / (out or "dist"), solutions=not without_solutions)
    click.echo(f"wrote {workspaces.shown(wheel, cwd)}")
    click.echo(f"then  pip install {workspaces.shown(wheel, cwd)}")
    click.echo(f"and   kata init DIR --pack {packs.read(root).name}")


@pack.command("list")
def list_() -> None:
    """The packs that are installed here, and the one at hand."""
    course = catalogs.content_root()
    known = {packs.read(course).name: course, **packs.installed()}
    here = pack_root()
    if here not in known.values():
        known = {**known, packs.read(here).name: here}
    for name, root in known.items():
        found = packs.read(root)
        mark = "*" if root == here else " "
        click.echo(f"{mark} {name:<24} {found.version:<8} {found.title}")
