"""`make screenshots`: every page, in both themes and at two widths.

The demonstration is seeded into a folder of its own and served by the real web server; nothing of
the instance in this checkout is touched.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, Literal

from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.pictures.pages import ASKED, FOUND, IN_DOCS, PAGES, REPOSITORIES, SIGN_IN
from tests.pictures.site import HOME, PASSWORD, Site, site
from tests.services.browser import ARGUMENTS, find_chromium

Scheme = Literal["light", "dark"]
WIDTHS: Final = (1440, 390)
SCHEMES: Final[tuple[Scheme, ...]] = ("light", "dark")
WAITING: Final = '[hx-trigger*="every"], [hx-trigger*="delay:1s"]'
PATIENCE: Final = 60_000  # milliseconds until a worker has answered what a page asks for
DOCS: Final = HOME / "docs" / "pictures"


def main(arguments: Sequence[str]) -> None:
    """Take them all, or those that are named."""
    parser = argparse.ArgumentParser(prog="make screenshots", description=__doc__)
    parser.add_argument("names", nargs="*", help="pages to take; all of them when none is named")
    parser.add_argument("--out", type=Path, default=HOME / "build" / "pictures")
    parser.add_argument("--docs", action="store_true", help="renew those of the docs instead")
    options = parser.parse_args(arguments)
    options.out.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="codevitals-pictures-") as folder, site(Path(folder)) as here:
        if options.docs:
            _take_for_docs(here)
        else:
            _take(here, frozenset(options.names), options.out)
    sys.stdout.write(f"The pictures are in {DOCS if options.docs else options.out}.\n")


def _take(here: Site, names: frozenset[str], out: Path) -> None:
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=find_chromium(), args=list(ARGUMENTS))
        for page, look in _looks(browser, here, out):
            for name, address in _pages(page, here):
                if not names or name in names:
                    _settle(page, here.base + address if address else "")
                    page.screenshot(path=out / f"{name}-{look}.png", full_page=True)
            page.context.close()
        browser.close()


def _take_for_docs(here: Site) -> None:
    """The head of some pages, on paper, at the width of a desk."""
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=find_chromium(), args=list(ARGUMENTS))
        page, _ = next(_looks(browser, here, None))
        for name, address in _pages(page, here):
            if name in IN_DOCS:
                page.set_viewport_size({"width": WIDTHS[0], "height": IN_DOCS[name]})
                _settle(page, here.base + address)
                page.screenshot(path=DOCS / f"{name}.png")
        browser.close()


def _settle(page: Page, address: str) -> None:
    """Open a page, or stay, and wait until workers have answered what it asks for."""
    if address:
        page.goto(address)
    page.wait_for_load_state("networkidle")
    expect(page.locator(WAITING)).to_have_count(0, timeout=PATIENCE)


def _looks(browser: Browser, here: Site, out: Path | None) -> Iterator[tuple[Page, str]]:
    """A signed-in page for each width and theme, and what its pictures are called."""
    for width in WIDTHS:
        for scheme in SCHEMES:
            context = browser.new_context(
                viewport={"width": width, "height": 900},
                color_scheme=scheme,
                reduced_motion="reduce",
            )
            page = context.new_page()
            page.goto(here.base)
            page.screenshot(path=out / f"{SIGN_IN}-{width}-{scheme}.png" if out else None)
            page.get_by_label("Name", exact=True).fill("admin")
            page.get_by_label("Password").fill(PASSWORD)
            page.get_by_role("button", name="Sign in").click()
            page.wait_for_url(lambda url: "sign-in" not in url, wait_until="load")
            yield page, f"{width}-{scheme}"


def _pages(page: Page, here: Site) -> Iterator[tuple[str, str]]:
    """The pages of the table, those whose addresses only links tell, and answers of forms."""
    page.goto(here.base)
    known = {name: _link(page, f'main a[href$="/{name}/"]') for name in REPOSITORIES}
    for name, address in PAGES.items():
        yield name, address.format_map(known)
    for name, start, chosen in FOUND:
        _settle(page, here.base + start.format_map(known))
        known[name] = _link(page, chosen)
        yield name, known[name]
    for name, start, field, value in ASKED:
        _settle(page, here.base + start.format_map(known))
        page.locator(f'main [name="{field}"]').fill(value)
        page.get_by_role("button", name="See what changes").first.click()
        expect(page.locator("#preview")).to_be_visible()
        yield name, ""


def _link(page: Page, chosen: str) -> str:
    """Where the first link leads that a selector finds."""
    found = page.locator(chosen).first.get_attribute("href")
    if not found:
        raise RuntimeError(f"no {chosen} on {page.url}")
    return found


if __name__ == "__main__":
    main(sys.argv[1:])
