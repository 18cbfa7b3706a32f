"""Every page in a real browser: readable by machines and people, on a phone, in light and dark."""

from __future__ import annotations

import re

from django.contrib.auth.models import User
from django.urls import get_resolver, resolve, reverse
from playwright.sync_api import ViewportSize
from pytest_django import Settings

from dashboard.addresses import file_address
from scanner.storage.models import Repository, Scan
from tests.bench.addresses import SENT_TO
from tests.dashboard.conftest import client_of
from tests.pictures import pages as pictures
from tests.portfolio import store_kept, store_repository, store_scan, store_team, store_user
from tests.services.browser import Visitor, Visitors, picture_folder
from tests.services.focus import out_of_reach

WIDE: ViewportSize = {"width": 1280, "height": 800}
NARROW: ViewportSize = {"width": 360, "height": 740}
CONTRAST = ("color-contrast",)

# name of the picture: route, arguments after team and slug, query
PAGES: dict[str, tuple[str, tuple[str, ...], str]] = {
    "portfolio": ("portfolio", (), ""),
    "new-code": ("new-code", (), "?since=2020-01-01"),
    "all-findings": ("all-findings", (), ""),
    "all-scans": ("all-scans", (), ""),
    "find": ("find", (), "?q=books&kind=everything"),
    "find-empty": ("find", (), ""),
    "find-nothing": ("find", (), "?q=nothing+like+this"),
    "rubric": ("rubric", (), ""),
    "rule": ("rule", ("FF01",), ""),
    "add-repository": ("add-repository", (), ""),
    "repository": ("repository", (), ""),
    "principle": ("principle", ("complexity",), ""),
    "ageing": ("ageing", (), ""),
    "trend": ("trend", (), ""),
    "trend-each": ("trend", (), "?show=each"),
    "layers": ("layers", (), ""),
    "folders": ("folders", (), ""),
    "folders-opened": ("folders", (), "?folder=books&by=typing"),
    "hotspots": ("hotspots", (), "?days=365"),
    "compare": ("compare", (), ""),
    "findings": ("findings", (), ""),
    "findings-fixed": ("findings", (), "?state=fixed&path=queue"),
    "findings-none": ("findings", (), "?text=nothing+like+this&least=x"),
    "findings-accepted": ("findings", (), "?state=accepted"),
    "findings-then": ("findings", (), "?at={commit}"),
    "findings-unknown": ("findings", (), "?at=dead"),
    "files": ("files", (), ""),
    "file": ("file", ("books/ledger.py",), ""),
    "file-history": ("file-history", ("books/ledger.py",), ""),
    "file-unmeasured": ("file", ("books/broken.py",), ""),
    "past": ("past", (), "?every=commit&since=2024-01-01"),
    "scans": ("scans", (), ""),
    "settings": ("repository-settings", (), ""),
    "rubric-default": ("rubric-default", (), ""),
    "repository-rubric": ("repository-rubric", (), ""),
    "teams": ("teams", (), ""),
    "team": ("team", (), ""),
    "account": ("account", (), ""),
    "tokens": ("tokens", (), ""),
}
OF_NO_REPOSITORY = {
    "new-code",
    "portfolio",
    "all-findings",
    "all-scans",
    "find",
    "rubric",
    "rubric-default",
    "rule",
    "add-repository",
    "teams",
    "account",
    "tokens",
}
PARTS = {"compare-steps", "portfolio-live", "repository-live", "scan-progress", "trend-points"}
FILES = {"rubric-default-file", "repository-rubric-file"}
OTHERWISE_SEEN = {
    "compare-again",
    "compare-file",
    "file-then",
    "accept",
    "withdraw",
    "scan",
    "sign-in",
    "sign-out",
    "scan-now",
    "backfill-now",
    "backfill-cancel",
    "theme",
    "rubric-change",
    "repository-rubric-preview",
    "rubric-default-preview",
    "style",
    "disk",
    "revoke-token",
}


UNKNOWN = "/no/such/page/"
UNPICTURED = {
    "file-history",
    "rubric-change",
    "rubric-default-preview",
    "style",
}
"""What asks for something to be there first, what developers alone see, and a part of *file*."""


def address(name: str, repository: Repository) -> str:
    """Where a page of the table is."""
    route, arguments, query = PAGES[name]
    if route == "file":
        return file_address(repository.team.slug, repository.slug, arguments[0])
    if route == "team":
        return reverse(route, args=[repository.team.slug])
    place = () if route in OF_NO_REPOSITORY else (repository.team.slug, repository.slug)
    commit = repository.latest.commit if repository.latest else ""
    return reverse(route, args=[*place, *arguments]) + query.replace("{commit}", commit)


def problems(visitor: Visitor, path: str, name: str) -> list[str]:
    """What is wrong with a page in light, in dark, by keyboard and on a phone."""
    visitor.complaints.clear()
    visitor.page.emulate_media(color_scheme="light")
    visitor.page.set_viewport_size(WIDE)
    visitor.open(path)
    found = [visitor.barriers(), *out_of_reach(visitor.page)]
    visitor.page.emulate_media(color_scheme="dark")
    found += [visitor.barriers(*CONTRAST), *out_of_reach(visitor.page)]
    folder = picture_folder()
    if folder:
        visitor.page.screenshot(path=folder / f"{name}.png", full_page=True)
    visitor.page.set_viewport_size(NARROW)
    found.append(f"{visitor.overflow()} px too wide" if visitor.overflow() else "")
    return [problem for problem in (*found, *visitor.complaints) if problem]


def test_every_route_is_seen() -> None:
    routes = {name for name in get_resolver().reverse_dict if isinstance(name, str)}

    assert routes == {route for route, _, _ in PAGES.values()} | PARTS | FILES | OTHERWISE_SEEN


def test_every_page_has_its_picture() -> None:
    routes = {name for name in get_resolver().reverse_dict if isinstance(name, str)}
    paths = (path.partition("?")[0] for path in pictures.PAGES.values() if path != UNKNOWN)
    taken = {resolve(re.sub(r"\{[\w-]+\}", "/r/shop/orders/", path)).url_name for path in paths}

    found = {name for name, *_ in (*pictures.FOUND, *pictures.ASKED)} | {pictures.SIGN_IN}
    missing = routes - taken - found
    assert missing == PARTS | FILES | (SENT_TO - found) | UNPICTURED


def test_every_page_is_clean(visitors: Visitors, books: Repository, owner: User) -> None:
    visitor = visitors.come()
    visitor.bring(client_of(owner))

    found = {name: problems(visitor, address(name, books), name) for name in PAGES}

    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def test_scans_are_clean(visitors: Visitors, repository: Repository, owner: User) -> None:
    visitor = visitors.come()
    visitor.bring(client_of(owner))
    scans = {
        "scan-done": repository.scans.get(snapshot=repository.latest),
        "scan-failed": store_scan(repository, Scan.Status.FAILED),
        "scan-queued": store_scan(repository, Scan.Status.QUEUED),
        "scan-running": store_scan(repository),
    }

    base = reverse("scans", args=[repository.team.slug, repository.slug])
    found = {name: problems(visitor, f"{base}{scan.pk}/", name) for name, scan in scans.items()}

    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def test_the_way_in_is_clean(visitors: Visitors, owner: User) -> None:
    visitor = visitors.come()

    assert problems(visitor, reverse("sign-in"), "sign-in") == []
    visitor.bring(client_of(owner))
    assert problems(visitor, reverse("portfolio"), "portfolio-empty") == []


def test_every_component_is_clean(visitors: Visitors, owner: User, settings: Settings) -> None:
    settings.DEBUG = True
    visitor = visitors.come()
    visitor.bring(client_of(owner))

    assert problems(visitor, reverse("style"), "style") == []


def test_what_is_kept_is_clean(visitors: Visitors, repository: Repository) -> None:
    kept = store_kept(repository)
    store_kept(store_repository(store_team(), "billing"), engine="other", used=2 * kept.budget)
    visitor = visitors.come()
    visitor.bring(client_of(store_user(None, "admin", is_superuser=True)))

    assert problems(visitor, reverse("disk"), "disk") == []


def test_pages_of_refusal_are_clean(
    visitors: Visitors, repository: Repository, viewer: User
) -> None:
    visitor = visitors.come()
    visitor.bring(client_of(viewer))
    settings = reverse("repository-settings", args=[repository.team.slug, repository.slug])

    for path, status in ((settings, 403), ("/no/such/page/", 404)):
        wrong = problems(visitor, path, f"refused-{status}")
        assert [problem for problem in wrong if f"status of {status}" not in problem] == []
