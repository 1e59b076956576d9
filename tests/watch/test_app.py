"""The watch screen by what it shows: pictures of whole screens in snapshots/, and every key.

A picture is text, with the styles of each line where colour is the matter. `KATA_SNAPSHOTS=1`
writes them anew: read the difference before it is committed.
"""

import asyncio
import os
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from dojo.desk.desk import Desk
from dojo.warm.newest_wins import NewestWins
from dojo.watch.app import WatchApp

from .conftest import FakeElsewhere

SNAPSHOTS = Path(__file__).with_name("snapshots")
Play = Callable[[Pilot[None], WatchApp], Awaitable[None]]


def play(desk: Desk, script: Play, size: tuple[int, int] = (80, 24), text: str = "") -> None:
    """Run the app on a made-up terminal and let a script use it."""
    kata = desk.catalog.katas[0]
    if text:
        desk.workspace.stub(kata).write_text(text)

    async def run() -> None:
        app = WatchApp(desk, kata, judge=FakeElsewhere)
        async with app.run_test(size=size) as pilot:
            await settle(pilot)
            await script(pilot, app)

    asyncio.run(run())


async def settle(pilot: Pilot[None]) -> None:
    for _ in range(3):
        await pilot.pause()


def lines(app: WatchApp) -> list[str]:
    """The screen as it is, line by line."""
    strips = app.screen._compositor.render_strips()
    return ["".join(segment.text for segment in strip).rstrip() for strip in strips]


def shown(app: WatchApp) -> str:
    return "\n".join(lines(app))


def coloured(app: WatchApp) -> str:
    """The screen with the style of each piece of text that has one."""
    out: list[str] = []
    for strip in app.screen._compositor.render_strips():
        row = ""
        for segment in strip:
            if segment.text.strip() and segment.style is not None:
                row += f"[{segment.style}]{segment.text.strip()} "
        out.append(row.rstrip())
    return "\n".join(out)


def same_as_snapshot(name: str, text: str) -> None:
    path = SNAPSHOTS / f"{name}.txt"
    if os.environ.get("KATA_SNAPSHOTS"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text + "\n", encoding="utf-8")
    assert text + "\n" == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
@pytest.mark.parametrize("word", ["RIGHT", "WRONG PRINT", "SLOW"])
def test_whole_screens(desk: Desk, size: tuple[int, int], word: str) -> None:
    async def script(pilot: Pilot[None], app: WatchApp) -> None:
        name = f"{word.split()[0].lower()}_{size[0]}x{size[1]}"
        same_as_snapshot(name, shown(app))

    play(desk, script, size, word)


@pytest.mark.parametrize("theme", ["ansi-dark", "ansi-light", "no_color"])
def test_colours(desk: Desk, theme: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if theme == "no_color":
        monkeypatch.setenv("NO_COLOR", "1")

    async def script(pilot: Pilot[None], app: WatchApp) -> None:
        if theme != "no_color":
            app.theme = theme
        await settle(pilot)
        same_as_snapshot(f"colours_{theme}", coloured(app))
        assert "✗ values" in shown(app)  # colour is never all that tells

    play(desk, script, text="WRONG")


def test_at_80_by_24_keys_path_and_progress_are_always_there(desk: Desk) -> None:
    async def script(pilot: Pilot[None], app: WatchApp) -> None:
        for key in ("", "pagedown", "end"):
            if key:
                await pilot.press(key)
            text = shown(app)
            assert "k1_mean_of_squares.py" in text
            assert "course" in text
            for _, what in (("n", "next"), ("x", "reset"), ("q", "quit")):
                assert what in text

    play(desk, script, text="WRONG PRINT")


def test_next_waits_for_a_pass_and_never_comes_by_itself(desk: Desk) -> None:
    stub = desk.workspace.stub(desk.catalog.katas[0])

    async def script(pilot: Pilot[None], app: WatchApp) -> None:
        assert app.session is not None
        await pilot.press("n")
        await settle(pilot)
        assert app.session.state.kata.id == "1.2.1"
        stub.write_text("RIGHT")
        await pilot.press("r")
        await settle(pilot)
        assert app.session.state.passed
        assert app.session.state.kata.id == "1.2.1"
        await pilot.press("n")
        await settle(pilot)
        assert app.session.state.kata.id == "1.2.2"
        await pilot.press("p")
        await settle(pilot)
        assert app.session.state.kata.id == "1.2.1"

    play(desk, script, text="WRONG")


def test_the_list_is_narrowed_by_words_and_opens_a_kata(desk: Desk) -> None:
    async def script(pilot: Pilot[None], app: WatchApp) -> None:
        await pilot.press("l")
        await settle(pilot)
        assert "second-mean" in shown(app)
        await pilot.press(*"third")
        await settle(pilot)
        assert "second-mean" not in shown(app)
        await pilot.press("enter")
        await settle(pilot)
        assert app.session is not None
        assert app.session.state.kata.id == "2.3.1"

    play(desk, script)


def test_hints_lesson_and_solution_open_and_close(desk: Desk) -> None:
    async def script(pilot: Pilot[None], app: WatchApp) -> None:
        for key, words in (("h", "hint 1 of 3"), ("h", "hint 2 of 3"), ("t", "Linear regression")):
            await pilot.press(key)
            await settle(pilot)
            assert words in shown(app)
            await pilot.press("q" if key == "h" else "escape")
            await settle(pilot)
            assert "epoch" not in shown(app)
            assert len(app.screen_stack) == 1
        await pilot.press("s")
        await settle(pilot)
        assert len(app.screen_stack) == 1  # not before a pass
        desk.workspace.stub(desk.catalog.katas[0]).write_text("RIGHT")
        await pilot.press("r")
        await settle(pilot)
        await pilot.press("s")
        await settle(pilot)
        assert "x.square().mean(dim=0)" in shown(app)

    play(desk, script, text="WRONG")


def test_the_picture_of_a_run_opens_where_there_is_one(desk: Desk) -> None:
    async def script(pilot: Pilot[None], app: WatchApp) -> None:
        await pilot.press("d")
        await settle(pilot)
        assert len(app.screen_stack) == 1
        desk.workspace.stub(desk.catalog.katas[0]).write_text("DRAW")
        await pilot.press("r")
        await settle(pilot)
        await pilot.press("d")
        await settle(pilot)
        assert "loss" in shown(app)
        assert "epoch" in shown(app)

    play(desk, script, text="WRONG")


def test_reset_asks_and_keeps_a_backup(desk: Desk) -> None:
    stub = desk.workspace.stub(desk.catalog.katas[0])

    async def script(pilot: Pilot[None], app: WatchApp) -> None:
        await pilot.press("x")
        await settle(pilot)
        await pilot.press("n")
        await settle(pilot)
        assert stub.read_text() == "MINE"
        await pilot.press("x")
        await settle(pilot)
        await pilot.press("y")
        await settle(pilot)
        assert "NotImplementedError" in stub.read_text()
        kept = list((desk.workspace.state / "backups").rglob("*.py"))
        assert [p.read_text() for p in kept] == ["MINE"]

    play(desk, script, text="MINE")


def test_history_brings_a_version_back(desk: Desk) -> None:
    stub = desk.workspace.stub(desk.catalog.katas[0])

    async def script(pilot: Pilot[None], app: WatchApp) -> None:
        stub.write_text("second RIGHT")
        await pilot.press("r")
        await settle(pilot)
        await pilot.press("v")
        await settle(pilot)
        await pilot.press("down", "enter")
        await settle(pilot)
        assert stub.read_text() == "first"

    play(desk, script, text="first")


def test_quitting_ends_the_judge(desk: Desk) -> None:
    made: list[FakeElsewhere] = []

    async def run() -> None:
        app = WatchApp(desk, desk.catalog.katas[0], judge=lambda c, t: note(FakeElsewhere(c, t)))
        async with app.run_test() as pilot:
            await settle(pilot)
            await pilot.press("ctrl+c")

    def note(judge: FakeElsewhere) -> FakeElsewhere:
        made.append(judge)
        return judge

    asyncio.run(run())
    assert [judge.closed for judge in made] == [True]


def test_the_screen_needs_no_torch() -> None:
    import subprocess
    import sys

    code = "import sys, dojo.watch.app, dojo.watch.plain; print('torch' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
    assert NewestWins.__module__ == "dojo.warm.newest_wins"
