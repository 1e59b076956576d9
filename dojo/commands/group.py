"""The commands of `kata`. Parses, calls the engine, chooses a screen, sets the exit code.

Exit codes: 0 all passed, 1 some failed, 2 something was asked for that can't be, 3 our own
fault, 130 stopped with Ctrl-C. Screens and everything heavy are imported by the command that
needs them, so that `kata next` answers at once.
"""

import importlib
import os
import sys
from pathlib import Path

import click

from dojo import DISTRIBUTION
from dojo.commands.desk import complete, offer_pack, open_desk
from dojo.errors import UsageError
from dojo.screens.formats import FORMATS
from dojo.screens.outlet import survive_readers
from dojo.screens.text import make_printable, say_error

_SECTIONS = {
    "Learn": ("next", "start", "check", "watch", "plot", "hint", "quiz", "show", "solution"),
    "In a workshop": ("join", "ask", "share", "leave"),
    "Look around": ("list", "progress", "lookback", "history", "reset"),
    "Set up": ("init", "doctor", "server", "completion"),
    "For authors and instructors": ("dev", "pack", "grade", "export", "room"),
}
# Commands that are read when they are called for, so that `kata next` needn't wait for them.
_ELSEWHERE = {name: name for name in ("lookback", *_SECTIONS["For authors and instructors"])}
_ELSEWHERE |= dict.fromkeys(_SECTIONS["In a workshop"], "member")


def main() -> None:
    """The entry point: runs the command and ends the process with its exit code."""
    survive_readers()
    make_printable(sys.stdout, sys.stderr)
    sys.exit(_run())


class _Course(click.Group):
    """The commands in the order in which a learner needs them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [name for names in _SECTIONS.values() for name in names]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in _ELSEWHERE and cmd_name not in self.commands:
            module = importlib.import_module(f"dojo.commands.{_ELSEWHERE[cmd_name]}")
            self.add_command(offer_pack(getattr(module, cmd_name)))
        return super().get_command(ctx, cmd_name)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        for section, names in _SECTIONS.items():
            commands = [(name, self.get_command(ctx, name)) for name in names]
            with formatter.section(section):
                rows = [(n, c.get_short_help_str(limit=70)) for n, c in commands if c is not None]
                formatter.write_dl(rows)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[:1] == ["help"]:
            click.echo(ctx.get_help())
            ctx.exit()
        if args and args[0][:1].isdigit():
            raise UsageError(f"Say what to do with {args[0]}, such as `kata check {args[0]}`.")
        return super().resolve_command(ctx, args)


def _show_version(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    if not value or ctx.resilient_parsing:
        return
    import importlib.metadata

    try:
        version = importlib.metadata.version(DISTRIBUTION)
    except importlib.metadata.PackageNotFoundError:
        version = "(not installed: run from a checkout)"
    click.echo(f"kata {version}")
    ctx.exit()


def _within_a_seed(ctx: click.Context, param: click.Parameter, seed: int | None) -> int | None:
    if seed is not None and not 0 <= seed < 2**63:
        raise click.BadParameter("a seed is a whole number, 0 or more, below 2^63.")
    return seed


def _help_width() -> int | None:
    """Narrower than click goes by itself, where the terminal is; None lets click decide."""
    # As shutil does, which is slow to import, and this is asked at every start.
    try:
        columns = int(os.environ.get("COLUMNS") or os.get_terminal_size(1).columns)
    except (ValueError, OSError):
        return None
    return max(columns - 2, 20) if 0 < columns < 52 else None


@click.group(
    cls=_Course,
    invoke_without_command=True,
    context_settings={
        "help_option_names": ["-h", "--help"],
        "max_content_width": 90,
        "terminal_width": _help_width(),
    },
)
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_show_version,
    help="Show the version.",
)  # fmt: skip
@click.pass_context
def cli(ctx: click.Context) -> None:
    """Learn the PyTorch training loop by writing it.

    Begin with `kata next`: it says what to do now. `kata check` judges what you wrote.
    A SELECTOR chooses katas: 2 (a module), 2.3 (a lesson), 2.3.1 (a kata), a name from
    `kata list`, or the path of your file.
    """
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


@cli.command("next")
def next_() -> None:
    """What to do now."""
    from dojo.commands.read import show_next

    desk = open_desk()
    show_next(desk, desk.progress)


@cli.command()
@click.argument("selector", shell_complete=complete)
def start(selector: str) -> None:
    """Go on with this lesson or kata; `kata next` follows."""
    from dojo.commands.files import go_on_with

    desk = open_desk()
    go_on_with(desk, desk.select([selector]))


@cli.command()
@click.argument("selectors", metavar="[SELECTOR]...", nargs=-1, shell_complete=complete)
@click.option("--all", "everything", is_flag=True, help="Judge every kata of the course.")
@click.option(
    "--file", type=click.Path(path_type=Path), metavar="PATH",
    help="Judge this file as the answer to the one kata named; leaves your progress alone.",
)  # fmt: skip
@click.option(
    "--format", "format_", type=click.Choice(["text", *FORMATS]), default="text",
    show_default=True, help="How to report: for people, programs, or CI systems.",
)  # fmt: skip
@click.option(
    "--seed", type=int, metavar="N", callback=_within_a_seed,
    help="Repeat the random inputs of an earlier check.",
)  # fmt: skip
@click.option("--strict", is_flag=True, help="Let the advice on typing fail the check, too.")
@click.option("--cold", is_flag=True, help="Without the judge in the background, for once.")
@click.pass_context
def check(
    ctx: click.Context,
    selectors: tuple[str, ...],
    everything: bool,
    file: Path | None,
    format_: str,
    seed: int | None,
    strict: bool,
    cold: bool,
) -> None:
    """Judge what you wrote; without a selector, the kata of `kata next`.

    Exit code: 0 all pass, 1 some fail, 2 something can't be judged, 3 kata's own fault.
    """
    from dojo.commands.check import Wish
    from dojo.commands.check import check as run

    ctx.exit(run(open_desk(), Wish(selectors, everything, file, format_, seed, strict, cold)))


@cli.command()
@click.argument("selector", required=False, shell_complete=complete)
@click.option("--plain", is_flag=True, help="Lines instead of a full screen.")
def watch(selector: str | None, plain: bool) -> None:
    """Judge at every save; without a selector, the kata of `kata next`."""
    from dojo.commands.watch import watch as run

    desk = open_desk()
    run(desk, desk.select_one(selector), plain)


@cli.command()
@click.argument("selector", required=False, shell_complete=complete)
@click.option(
    "--save", type=click.Path(path_type=Path), metavar="PATH",
    help="Draw into this file, which ends in .png or .svg.",
)  # fmt: skip
@click.option(
    "--seed", type=int, metavar="N", callback=_within_a_seed,
    help="Repeat the random inputs of an earlier check.",
)  # fmt: skip
@click.pass_context
def plot(ctx: click.Context, selector: str | None, save: Path | None, seed: int | None) -> None:
    """Draw what your code does: the loss, the fit, the boundary, the gradients."""
    from dojo.commands.plot import plot as run

    desk = open_desk()
    ctx.exit(run(desk, desk.select_one(selector), save, seed))


@cli.command()
@click.argument("selector", required=False, shell_complete=complete)
def hint(selector: str | None) -> None:
    """A nudge; each call gives one more of three."""
    from dojo.commands.read import give_hint

    desk = open_desk()
    give_hint(desk, desk.select_one(selector))


@cli.command()
@click.argument("selector", required=False, shell_complete=complete)
@click.option("--again", is_flag=True, help="Those too that you have answered before.")
def quiz(selector: str | None, again: bool) -> None:
    """A few questions on a lesson; without a selector, on that of `kata next`.

    Each answer gets a reply; nothing depends on how you do.
    """
    from dojo.commands.quiz import quiz as run

    desk = open_desk()
    lesson = selector or desk.select_one(None).lesson_id
    run(desk, desk.select([lesson]), again)


@cli.command()
@click.argument("selector", shell_complete=complete)
def show(selector: str) -> None:
    """The lesson's text, and what its katas ask."""
    from dojo.commands.read import show_lessons

    desk = open_desk()
    show_lessons(desk, desk.select([selector]))


@cli.command()
@click.argument("selector", shell_complete=complete)
@click.option("--anyway", is_flag=True, help="Show it although the kata isn't passed yet.")
@click.option("--diff", is_flag=True, help="Show where your own file differs from it.")
def solution(selector: str, anyway: bool, diff: bool) -> None:
    """The solution, once you have passed."""
    from dojo.commands.read import show_solution

    desk = open_desk()
    show_solution(desk, desk.select_one(selector), anyway=anyway, diff=diff)


@cli.command("list")
@click.argument("selector", required=False, shell_complete=complete)
def list_(selector: str | None) -> None:
    """All katas, and which are done."""
    from dojo.screens import course
    from dojo.screens.terminal import Terminal

    desk = open_desk()
    katas = desk.select([selector]) if selector is not None else desk.catalog.katas
    course.listing(Terminal(sys.stdout), desk.catalog, desk.progress, katas)


@cli.command()
def progress() -> None:
    """How far you are: a bar for each lesson."""
    from dojo.screens import course
    from dojo.screens.terminal import Terminal

    desk = open_desk()
    course.overview(Terminal(sys.stdout), desk.catalog, desk.progress)


@cli.command()
@click.argument("selector", shell_complete=complete)
@click.option("--restore", type=click.IntRange(min=1), metavar="N", help="Bring this one back.")
def history(selector: str, restore: int | None) -> None:
    """Your attempts at a kata; any of them can be brought back."""
    from dojo.commands.files import restore_attempt, show_history

    desk = open_desk()
    kata = desk.select_one(selector)
    if restore is None:
        show_history(desk, kata)
    else:
        restore_attempt(desk, kata, restore)


@cli.command()
@click.argument("selector", shell_complete=complete)
@click.option("--yes", is_flag=True, help="Don't ask before resetting several katas.")
def reset(selector: str, yes: bool) -> None:
    """Begin a kata again; keeps a backup of your file."""
    from dojo.commands.files import reset_katas

    desk = open_desk()
    reset_katas(desk, desk.select([selector]), ask=not yes)


@cli.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--only", multiple=True, metavar="SELECTORS", shell_complete=complete,
    help="Limit it to some katas, such as 2.3,2.4; without it, DIR is for all.",
)  # fmt: skip
@click.option(
    "--ci", type=click.Choice(["github"]), help="Write a workflow that judges at every push, too."
)
def init(folder: Path, only: tuple[str, ...], ci: str | None) -> None:
    """Make a folder for your work, outside of this program's own."""
    from dojo.commands.files import make_workspace

    make_workspace(folder, [s for part in only for s in part.split(",")], ci is not None)


@cli.command()
@click.pass_context
def doctor(ctx: click.Context) -> None:
    """What works on this machine, and what doesn't."""
    from dojo.commands.doctor import doctor as run
    from dojo.screens.terminal import Terminal

    ctx.exit(run(Terminal(sys.stdout)))


@cli.command()
@click.argument("what", type=click.Choice(["start", "stop", "status", "off", "on"]))
def server(what: str) -> None:
    """Keep a judge warm in the background: `kata check` then answers at once.

    It starts by itself after a check at a terminal, holds PyTorch in memory (about 400 MB),
    listens to you alone, and ends after 10 idle minutes or when memory gets short. `off` ends it
    and forbids it for good, `on` allows it again; `kata check --cold` does without it for once.
    """
    from dojo.commands.server import server as run

    click.echo(run(what))


@cli.command()
@click.argument("shell", required=False)
def completion(shell: str | None) -> None:
    """How to let the Tab key complete katas in your shell."""
    from dojo.commands.doctor import completion_line

    file, line = completion_line(shell or os.environ.get("SHELL", ""))
    click.echo(f"Add this line to {file}, then open a new terminal:\n\n  {line}")


for _command in cli.commands.values():
    offer_pack(_command)
offer_pack(cli, hidden=False)


def _run() -> int:
    try:
        code = cli.main(prog_name="kata", standalone_mode=False)
        print(end="", flush=True)
    except UsageError as error:
        say_error(str(error))
        return 2
    except click.UsageError as error:
        command = error.ctx.command_path if error.ctx is not None else "kata"
        say_error(f"{error.format_message()} `{command} --help` shows what there is.")
        return 2
    except (click.Abort, KeyboardInterrupt):
        say_error("Stopped. Your files are as they were.")
        return 130
    except OSError as error:
        if "KATA_DEBUG" in os.environ:
            raise
        say_error(f"{error.filename or 'The output'} can't be used: {error.strerror or error}.")
        return 3
    except Exception as error:
        return _our_fault(error)
    return code if isinstance(code, int) else 0


def _our_fault(error: Exception) -> int:
    if os.environ.get("KATA_DEBUG"):
        import traceback

        traceback.print_exc()
        return 3
    say_error(
        f"Something in kata itself went wrong ({type(error).__name__}: {error}). "
        "It isn't your answer's doing, and nothing of yours was lost. "
        "With KATA_DEBUG=1 before the command the details are shown: please report them."
    )
    return 3
