"""The pages in a real browser, over a room that stands still until a test changes it."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

import pytest

pytest.importorskip("fastapi", reason="the extra `room` is not installed")

from dojo.room import acts
from dojo.room.views import Board, Said

from .conftest import Open, eventually, serving
from .fake import BOARD, HELD, NAMES, NEEDS, NOW, PROJECTOR, FakeRooms, a_board, an_app

ROOMS = FakeRooms()
LEGEND = ".legend .cell"


@pytest.fixture(scope="module")
def address(browser: Any) -> Iterator[str]:
    """The address of a server with the room."""
    with serving(an_app(ROOMS)) as address:
        yield address


@pytest.fixture(autouse=True)
def _anew() -> None:
    ROOMS.shown = replace(a_board(), seq=ROOMS.shown.seq + 1)
    ROOMS.acts.clear()


@pytest.fixture
def opened(visit: Open, address: str) -> Open:
    """Opens the board by its link, or with ``path`` another page that its cookie opens."""

    def open_board(path: str = "/board", **options: Any) -> Any:
        page = visit(f"{address}/board/enter#{BOARD}", **options)
        page.wait_for_url("**/board")
        if path != "/board":
            page.goto(address + path)
        return page

    return open_board


def live(page: Any) -> Any:
    """The page once its stream has spoken."""
    page.wait_for_selector('#link[data-how="live"]')
    return page


def happens(change: Callable[[Board], Board]) -> None:
    """Something in the room."""
    ROOMS.shown = replace(change(ROOMS.shown), seq=ROOMS.shown.seq + 1)


def says(line: str) -> Callable[[Board], Board]:
    """A line to all."""
    return lambda board: replace(board, said=Said(line, None, (), None, False))


def shows(page: Any, where: str, words: str) -> None:
    """Wait until the page says something somewhere."""
    eventually(lambda: words in page.inner_text(where))


def tab_to(page: Any, what: str) -> None:
    """Press Tab until an element that fits has the focus."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("what => document.activeElement.matches(what)", what):
            return
    raise AssertionError(f"no {what} within 40 presses of Tab")


def focused(page: Any) -> str:
    """The name of the person in whose part of the page the focus is."""
    words = "document.activeElement.closest('.person')?.querySelector('h3').innerText ?? ''"
    return str(page.evaluate(words))


def test_the_link_opens_the_board_and_the_secret_is_nowhere_in_it(opened: Open) -> None:
    page = live(opened())
    assert urlsplit(page.url).fragment == ""
    assert BOARD not in page.content()
    assert page.evaluate("document.cookie") == ""


def test_a_line_a_hand_and_a_newcomer_appear_without_a_reload(opened: Open) -> None:
    page = live(opened())
    page.evaluate("window.same = true")
    happens(says("Look at the blackboard"))
    shows(page, "#said-line", "blackboard")
    happens(lambda b: replace(b, rows=(*b.rows, replace(b.rows[0], learner=26, name="Zoe"))))
    page.wait_for_selector("#row-26")
    happens(lambda b: replace(b, needs=b.needs[1:]))
    page.wait_for_selector("[data-learner='15']", state="detached")
    happens(lambda b: replace(says("The clock was put back")(b), at=b.at - 3600))
    shows(page, "#said-line", "The clock was put back")
    assert page.evaluate("window.same")


def test_helped_and_snooze_are_two_keys_and_the_focus_goes_on(opened: Open) -> None:
    page = live(opened())
    tab_to(page, ".person button")
    assert focused(page) == "Mia"
    page.keyboard.press("h")
    eventually(lambda: ROOMS.acts == [acts.Helped(15, "")])
    page.wait_for_selector("[data-learner='15']", state="detached")
    assert page.inner_text("#spoken") == "Noted: helped."
    assert focused(page) == "Bea"
    page.keyboard.press("ArrowDown")
    assert focused(page) == "Rosa"
    page.keyboard.press("s")
    eventually(lambda: acts.Snooze(20, 5) in ROOMS.acts)


def test_keys_do_nothing_outside_of_a_persons_buttons(opened: Open) -> None:
    page = live(opened())
    page.keyboard.press("h")
    page.fill("#by", "Hasan")
    page.focus("#by")
    page.keyboard.press("h")
    page.keyboard.press("Enter")  # would press the first button of the form, if it had one
    page.click("text=I’m going >> nth=0")
    eventually(lambda: len(ROOMS.acts) > 0)
    assert ROOMS.acts == [acts.Claim(15, "Hasanh")]


def test_what_somebody_unfolded_focused_or_typed_stays(opened: Open) -> None:
    page = live(opened())
    page.click("#held-list details summary >> nth=0")
    page.fill("#line", "half a sen")
    page.focus(".person[data-learner='18'] button >> nth=1")
    happens(lambda b: replace(b, needs=b.needs[2:], held=(replace(b.held[0], now=8), *b.held[1:])))
    shows(page, "#held-list .big >> nth=0", "8")
    assert page.get_attribute("#held-list details >> nth=0", "open") is not None
    assert page.input_value("#line") == "half a sen"
    assert focused(page) == "Priya"
    assert "Snooze" in page.evaluate("document.activeElement.innerText")


def test_a_list_waits_while_a_button_of_it_is_being_pressed(opened: Open) -> None:
    page = live(opened())
    page.hover(".person[data-learner='3'] button >> nth=0")
    page.mouse.down()
    happens(lambda b: replace(b, needs=b.needs[1:]))
    page.wait_for_timeout(900)  # longer than a message takes; shorter than the list's patience
    page.mouse.up()
    eventually(lambda: len(ROOMS.acts) > 0)
    assert ROOMS.acts == [acts.Helped(3, "")]
    page.wait_for_selector("[data-learner='15']", state="detached")


def test_changes_fade_in_unless_motion_is_unwelcome(opened: Open) -> None:
    page = opened()
    page.evaluate(
        "() => { const { animate } = Element.prototype; window.faded = 0; "
        "Element.prototype.animate = function (...a) { faded++; return animate.apply(this, a); } }"
    )
    page.emulate_media(reduced_motion="reduce")
    happens(says("At once"))
    shows(page, "#said-line", "At once")
    assert page.evaluate("faded") == 0
    page.emulate_media(reduced_motion="no-preference")
    happens(says("Something new"))
    shows(page, "#said-line", "Something new")
    assert page.evaluate("faded") > 0


def test_a_phone_needs_no_sideways_scrolling_and_no_pointed_finger(opened: Open) -> None:
    page = opened(viewport={"width": 375, "height": 812}, is_mobile=True, has_touch=True)
    here = page.url.removesuffix("/board")
    for path in ("/board", "/projector", "/board/replay", "/board/enter"):
        page.goto(here + path)
        widths = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert widths == [375, 375], path
        small = page.evaluate(
            "[...document.querySelectorAll('button, summary, a:not(.skip)')].filter(e => "
            "e.offsetParent && e.getBoundingClientRect().height < 24).map(e => e.outerHTML)"
        )
        assert small == [], path


def test_states_differ_without_any_colour(opened: Open) -> None:
    page = opened(forced_colors="active")
    texts = page.eval_on_selector_all(LEGEND, "all => all.map(e => e.innerText)")
    assert texts == ["✓", "3/7", "▲ 3/7", "·"]
    lines = page.eval_on_selector_all(
        LEGEND, "all => all.map(e => getComputedStyle(e).borderTopColor)"
    )
    ground = page.evaluate("getComputedStyle(document.querySelector('.card')).backgroundColor")
    assert all(line != ground for line in lines[:3])
    sr = page.eval_on_selector_all("#row-3 .sr", "all => all.map(e => e.textContent)")
    assert sr[:5] == ["passed"] * 3 + ["stuck, 3 of 7 checks pass", "not begun"]


def test_axe_finds_nothing_serious(opened: Open) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    happens(lambda b: replace(b, rows=b.rows[:6]))  # more rows of the same only take longer
    page = opened()
    here = page.url.removesuffix("/board")
    draft = f"/board/draft?key={HELD[1].key}"
    for path in ("/board", "/projector", "/board/replay", "/board/enter", draft):
        page.goto(here + path)
        assert flaws(axe, page) == [], path
    page.emulate_media(color_scheme="dark")
    page.goto(f"{here}/board")
    assert flaws(axe, page, runOnly=["color-contrast"]) == []


def flaws(axe: Any, page: Any, **options: Any) -> list[tuple[str, str]]:
    """What axe finds that is more than a trifle."""
    options = {"resultTypes": ["violations"], **options}
    found = axe.run(page, options=options).response["violations"]
    return [(v["id"], v["nodes"][0]["html"]) for v in found if v["impact"] != "minor"]


def test_a_board_finds_back_after_the_server_was_away(visit: Open) -> None:
    rooms = FakeRooms()
    with serving(an_app(rooms)) as address:
        page = visit(f"{address}/board/enter#{BOARD}", cut=True)
        page.wait_for_url("**/board")
        live(page).evaluate("window.same = true; Math.random = () => 0")
    page.wait_for_selector('#link[data-how="lost"]')
    assert page.inner_text("#link-words").startswith("not connected since ")
    rooms.shown = replace(says("I am back")(rooms.shown), seq=50, at=NOW + 9)
    with serving(an_app(rooms), urlsplit(address).port or 0):
        live(page)
        shows(page, "#said-line", "I am back")
        assert page.evaluate("window.same")
        assert page.evaluate("document.body.dataset.seq") == "50"


def test_where_a_proxy_holds_the_stream_back_the_state_is_asked_for(opened: Open) -> None:
    page = opened()

    def silent(_: Any) -> None:
        """Neither an answer nor an end."""

    page.route("**/board/stream", silent)
    page.clock.install()
    page.reload()
    happens(says("Through the proxy"))
    page.clock.run_for(15_000)
    page.wait_for_selector('#link[data-how="asked"]')
    shows(page, "#said-line", "proxy")


def test_a_board_works_without_script(visit: Open, address: str) -> None:
    page = visit(f"{address}/board/enter", java_script_enabled=False)
    page.fill("#secret", BOARD)
    page.click("button")
    assert page.inner_text(".person h3 >> nth=0") == "Mia"
    page.click(".person button >> nth=0")
    assert page.inner_text(".person h3 >> nth=0") == "Bea"
    assert ROOMS.acts == [acts.Helped(15, "")]


def test_the_projector_is_live_and_knows_no_name(visit: Open, address: str) -> None:
    page = visit(f"{address}/projector/enter#{PROJECTOR}", cut=True)
    page.wait_for_url("**/projector")
    live(page)
    happens(lambda b: replace(b, said=Said("Five minutes", NOW + 300, (), None, False)))
    page.wait_for_selector("text=Five minutes")
    eventually(lambda: re.fullmatch(r"(5:00|4:5\d) left", page.inner_text(".timer")) is not None)
    assert not any(name in page.content() for name in NAMES)
    assert page.evaluate("fetch('/board/state').then(answer => answer.status)") == 403


def test_the_hour_is_replayed_with_a_slider_by_keyboard(opened: Open) -> None:
    page = opened("/board/replay")
    assert page.locator(".person").count() == len(NEEDS)
    page.focus("#slider")
    page.keyboard.press("Home")
    page.wait_for_selector("#needs-none")
    assert "0 min after the beginning" in page.inner_text("#moment")
    assert page.locator("form[action='/board/act'] button").count() == 0


def test_the_address_of_the_qr_code_says_how_to_join(visit: Open, address: str) -> None:
    page = visit(f"{address}/#PLUM-4T")
    assert page.inner_text("#how") == f"kata join {address} PLUM-4T"
