"""A browser, where the machine has one, and pages that are watched for what must not happen."""

import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any
from urllib.parse import urlsplit

import pytest

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
# A name makes a browser treat the room as one in a network: what it offers to pages of its own
# machine alone (secure contexts, Sec-Fetch-Site) is missing there.
HOST = "room.test"
# A machine without a way out is asked for nothing.
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    f"--host-resolver-rules=MAP {HOST} 127.0.0.1",
)
Open = Callable[..., Any]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """The system's Chromium, once a module."""
    path = next((p for name in BROWSERS if (p := shutil.which(name))), None)
    if path is None:
        pytest.skip("no Chromium here (Debian: apt-get install chromium)")
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def visit(browser: Any) -> Iterator[Open]:
    """Opens pages; afterwards none of them may have complained or asked another host.

    ``visit(address, **context)``; with ``cut=True`` complaints about the network are allowed.
    """
    complaints: list[str] = []
    contexts: list[Any] = []

    def open_page(address: str, cut: bool = False, **options: Any) -> Any:
        context = browser.new_context(**options)
        contexts.append(context)
        context.set_default_timeout(10_000)
        page = context.new_page()

        def heard(kind: str, words: str) -> None:
            if not (cut and ("ERR_" in words or "Failed to load resource" in words)):
                complaints.append(f"{kind}: {words}")

        def asked(request: Any) -> None:
            if urlsplit(request.url).netloc != urlsplit(address).netloc:
                complaints.append(f"asked elsewhere: {request.url}")

        def logged(message: Any) -> None:
            if message.type in ("error", "warning"):
                heard(message.type, message.text)

        def raised(error: Any) -> None:
            heard("error", str(error))

        page.on("console", logged)
        page.on("pageerror", raised)
        page.on("request", asked)
        page.goto(address)
        return page

    yield open_page
    for context in contexts:
        with suppress(Exception):
            context.close()
    assert complaints == []


def eventually(holds: Callable[[], bool], seconds: float = 10.0) -> None:
    """Wait until something holds.

    Raises:
        AssertionError: it did not within the time.
    """
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it did not come about in time"
        time.sleep(0.02)


@contextmanager
def serving(app: Any, port: int = 0) -> Iterator[str]:
    """A server of an app in a thread; yields its address. It ends without waiting for streams."""
    import uvicorn

    config = uvicorn.Config(app, port=port, log_level="error", timeout_graceful_shutdown=0)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    eventually(lambda: server.started)
    try:
        yield f"http://{HOST}:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(10)
        assert not thread.is_alive()
