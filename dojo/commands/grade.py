"""`kata grade`: its options; what it does is in dojo.commands.grading."""

from pathlib import Path

import click

from dojo.commands.desk import complete
from dojo.grade.exports import EXPORTS


@click.command()
@click.argument(
    "piles", metavar="DIR|ARCHIVE...", nargs=-1, required=True, type=click.Path(path_type=Path)
)
@click.option("--plan", is_flag=True, help="Say what would be judged, and judge nothing.")
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="DIR", default="results", show_default=True,
    help="Where grades, feedback and report are written, and what is known is kept.",
)  # fmt: skip
@click.option(
    "--kata", "selectors", multiple=True, metavar="SELECTOR", shell_complete=complete,
    help="Grade these katas only; may be given several times.",
)  # fmt: skip
@click.option(
    "--roster", type=click.Path(path_type=Path), metavar="CSV",
    help="A row for everybody in this table: a heading, then a person a row.",
)  # fmt: skip
@click.option(
    "--layout", type=click.Choice(["moodle", "canvas", "clones", "folders", "flat", "one-person"]),
    help="How the pile is arranged, where it isn't recognised rightly.",
)  # fmt: skip
@click.option("--best", is_flag=True, help="Of several files for a kata the best, not the newest.")
@click.option("--partial", is_flag=True, help="Points in hundredths, by the checks that passed.")
@click.option(
    "--fill", type=click.Path(path_type=Path), metavar="CSV",
    help="Fill in this table that Moodle or Canvas exported: a copy of it, in DIR.",
)  # fmt: skip
@click.option("--column", metavar="NAME", help="The column of it that takes all points.")
@click.option(
    "--export", "exports", multiple=True, type=click.Choice([*EXPORTS]),
    help="Write the grades as this grader's table, too.",
)  # fmt: skip
@click.option(
    "--workers", type=click.IntRange(1, 256), metavar="N",
    help="Processes that judge; without it, one for each core.",
)  # fmt: skip
@click.option(
    "--dask", metavar="ADDRESS",
    help="Judge on the Dask cluster at this scheduler; `local` starts one here.",
)  # fmt: skip
@click.option("--shard", metavar="I/N", help="Judge a share, such as 3/16; `--merge` joins them.")
@click.option("--merge", is_flag=True, help="What is named are the folders of all shares.")
@click.option(
    "--allow-weak-isolation", "weak", is_flag=True,
    help="Grade where answers can't be shut in; every result says so.",
)  # fmt: skip
@click.pass_context
def grade(
    ctx: click.Context,
    piles: tuple[Path, ...],
    plan: bool,
    out: Path,
    selectors: tuple[str, ...],
    roster: Path | None,
    layout: str | None,
    best: bool,
    partial: bool,
    fill: Path | None,
    column: str | None,
    exports: tuple[str, ...],
    workers: int | None,
    dask: str | None,
    shard: str | None,
    merge: bool,
    weak: bool,
) -> None:
    """Grade a pile of answers: a folder, an archive (zip, tar), or several.

    Exit code: 0 all was judged, 2 something can't be judged, 3 kata's own fault.
    """
    from dojo.commands.grading import GradeWish
    from dojo.commands.grading import grade as run

    wish = GradeWish(
        piles, out, selectors, roster, layout, plan, best, partial, weak, workers, shard, merge,
        fill, column, exports, dask,
    )  # fmt: skip
    ctx.exit(run(wish))
