"""`kata export`: what judges elsewhere, and how it judges there."""

import json
import time
from contextlib import closing
from pathlib import Path

import click

from dojo.commands.desk import complete, load_catalog
from dojo.desk.workspace import why
from dojo.errors import UsageError


@click.group()
def export() -> None:
    """For instructors: what judges in another grader's place."""


@export.command()
@click.argument(
    "selectors", metavar="SELECTOR...", nargs=-1, required=True, shell_complete=complete
)
@click.option(
    "-o", "--out", type=click.Path(path_type=Path), metavar="FILE", default="autograder.zip",
    show_default=True, help="Where it is written.",
)  # fmt: skip
@click.option("--partial", is_flag=True, help="Points in hundredths, by the checks that passed.")
@click.option(
    "--allow-weak-isolation", "weak", is_flag=True,
    help="Judge there although answers can't be shut in; every result says so.",
)  # fmt: skip
def gradescope(selectors: tuple[str, ...], out: Path, partial: bool, weak: bool) -> None:
    """Build an autograder that Gradescope takes, for an assignment of these katas."""
    from dojo.desk.subject import without_solutions
    from dojo.grade.exports import autograder

    catalog = load_catalog()
    katas = catalog.select_all(selectors)
    without = next((k for k in katas if not k.solution_path.is_file()), None)
    if without is not None:
        raise UsageError(without_solutions(without))
    settings = autograder.Settings(tuple(k.slug for k in katas), partial, weak)
    try:
        autograder.write(out, catalog, settings)
    except FileExistsError:
        raise UsageError(f"'{out}' is there already: move it away, or name another (-o).") from None
    except OSError as error:
        raise UsageError(f"'{out}' can't be written: {why(error)}.") from None
    most = sum(k.points for k in katas) * (100 if partial else 1)
    click.echo(f"wrote {out}")
    click.echo(f"then  upload it on Gradescope, for an assignment of {most} points")


@export.command(hidden=True)
@click.argument("root", type=click.Path(path_type=Path))
def judge(root: Path) -> None:
    """Judge ROOT/submission and write ROOT/results/results.json; an autograder calls this.

    Where something comes to no verdict nothing is written, so that it is nobody's zero.
    """
    from dojo.commands.grading import open_lane, require_isolation
    from dojo.course.catalog import content_root
    from dojo.grade import marks, run
    from dojo.grade.exports import autograder
    from dojo.grade.intake import Plan, Wanted, take_in
    from dojo.grade.lanes import Patient
    from dojo.grade.shelf import Shelf
    from dojo.grade.unit import GradeJob, Grading, unit_of

    start = time.monotonic()
    settings = autograder.read_settings()
    catalog = load_catalog(content_root())
    katas = catalog.select_all(settings.katas)
    require_isolation(settings.weak)
    gradings: dict[str, Grading] = {}
    with Shelf() as shelf, closing(Patient(lambda: open_lane(catalog))) as lane:
        try:
            plan = take_in(catalog, Wanted((root / "submission",), katas, "one-person"), shelf)
        except UsageError:  # no Python file, or nothing at all
            plan = Plan(katas, (), (), (), (), 0, 0, ())
        for submission in run.needed(plan, best=False):
            kata = plan.kata(submission.slug)
            unit = unit_of(kata, submission.digest)
            grading = lane.ask(GradeJob(kata, shelf.get(submission.digest), unit.seeds))
            gradings[unit.key] = grading if settings.weak else run.demanded(grading)
    book = marks.book_of(plan, gradings.get, best=False, partial=settings.partial)
    for cell in book.cells.values():
        if cell.graded.standing == "not judged" and not cell.graded.submission.refused:
            raise UsageError(f"{cell.graded.submission.slug} was not judged: {cell.graded.reason}")
    data = autograder.results(book, katas, time.monotonic() - start)
    folder = root / "results"
    folder.mkdir(exist_ok=True)
    (folder / "results.json").write_text(json.dumps(data, indent=2), encoding="utf-8")
