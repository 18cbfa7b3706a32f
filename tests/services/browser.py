"""A real Chromium for journeys through the pages.

Playwright keeps an event loop in the thread of the tests, in which Django would refuse to ask the
database; nothing here is asynchronous, so it is told not to.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    expect,
    sync_playwright,
)

PROGRAMS: Final = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)
WAIT: Final = 15_000  # milliseconds


def find_chromium() -> str:
    """The path of a Chromium. Raises RuntimeError when PATH holds none."""
    for name in PROGRAMS:
        found = shutil.which(name)
        if found:
            return found
    raise RuntimeError("journeys need a Chromium on PATH: apt-get install chromium")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Chromium, started once a module, so that its event loop is gone for other tests."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    expect.set_options(timeout=WAIT)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=find_chromium(), args=list(ARGUMENTS))
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


class Visitor:
    """Someone at a browser: a page, and everything it complained about."""

    def __init__(self, context: BrowserContext, base: str) -> None:
        self.context = context
        self.base = base
        self.complaints: list[str] = []
        self.page: Page = context.new_page()
        self.page.set_default_timeout(WAIT)
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append(f"error: {error}"))

    def open(self, path: str) -> None:
        """Go to an address of the site."""
        self.page.goto(self.base + path)

    def sign_in(self, username: str, password: str) -> None:
        """Sign in through the form, wherever it shows."""
        self.page.get_by_label("Name", exact=True).fill(username)
        self.page.get_by_label("Password").fill(password)
        self.page.get_by_role("button", name="Sign in").click()
        self.page.wait_for_url(lambda url: "sign-in" not in url, wait_until="load")

    def bring(self, client: Client) -> None:
        """Take over the session of a test client, without the form."""
        session = client.cookies["sessionid"].value
        self.context.add_cookies([{"name": "sessionid", "value": session, "url": self.base}])

    def overflow(self) -> int:
        """How many pixels the page is wider than its window."""
        wide: int = self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        return wide

    def barriers(self, *rules: str) -> str:
        """What axe finds wrong with the page, in words; "" when nothing is.

        With rules, only these are asked.
        """
        options: dict[str, object] = {"resultTypes": ["violations"]}
        if rules:
            options["runOnly"] = {"type": "rule", "values": list(rules)}
        results = Axe().run(self.page, options=options)
        return results.generate_report() if results.violations_count else ""

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(f"{message.type}: {message.text}")


class Visitors:
    """Opens browsers onto one site."""

    def __init__(self, browser: Browser, base: str) -> None:
        self._browser = browser
        self._base = base
        self._contexts: list[BrowserContext] = []

    def come(
        self, *, width: int = 1280, scheme: str = "light", script: bool = True, motion: bool = False
    ) -> Visitor:
        """A browser of its own, without cookies."""
        context = self._browser.new_context(
            viewport={"width": width, "height": 800},
            color_scheme="dark" if scheme == "dark" else "light",
            java_script_enabled=script,
            reduced_motion="no-preference" if motion else "reduce",
        )
        self._contexts.append(context)
        return Visitor(context, self._base)

    def leave(self) -> None:
        """Close all of them."""
        for context in self._contexts:
            context.close()


@pytest.fixture
def visitors(chromium: Browser, live_server: object) -> Iterator[Visitors]:
    """Browsers onto a server that runs beside the test, with the test's database."""
    site = Visitors(chromium, str(live_server))
    yield site
    site.leave()


def picture_folder() -> Path | None:
    """Where journeys put pictures of pages, when CODEVITALS_PICTURES names a folder."""
    named = os.environ.get("CODEVITALS_PICTURES", "")
    return Path(named) if named else None
