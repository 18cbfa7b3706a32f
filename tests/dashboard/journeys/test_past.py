"""A past on day one, as a team lead sees it arrive."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from django.contrib.auth.models import User
from playwright.sync_api import expect

from scanner.application.configuration import Configuration
from tests.dashboard.journeys.conftest import LEDGER
from tests.portfolio import PASSWORD
from tests.services.browser import Visitors
from tests.services.git_http import GitHttpServer
from tests.services.repositories import FIRST_COMMIT, RepositoryBuilder
from tests.services.worker import Worker

LONG = 60_000  # milliseconds


def test_a_trend_on_the_day_of_registration(
    visitors: Visitors,
    worker: Worker,
    reachable: Configuration,
    lead: User,
    git_http: GitHttpServer,
    tmp_path: Path,
) -> None:
    builder = RepositoryBuilder(tmp_path / "books")
    for week in range(6):
        files = {f"books/part{week}.py": LEDGER, "books/__init__.py": ""}
        builder.commit(files, when=FIRST_COMMIT + timedelta(weeks=week))
    builder.tag("v1.0", "HEAD~3")
    git_http.publish(builder, tmp_path.name)
    visitor = visitors.come()
    page = visitor.page

    visitor.open("/repositories/add/")
    visitor.sign_in(lead.username, PASSWORD)
    page.get_by_label("Repository address").fill(git_http.url("open", tmp_path.name))
    page.get_by_role("button", name="Register and scan").click()
    page.get_by_role("link", name="See the verdict").click(timeout=LONG)
    tabs = page.get_by_role("navigation", name="Repository", exact=True)
    tabs.get_by_role("link", name="Scans").click()
    expect(page.get_by_text("The past is read: 6 points.")).to_be_visible(timeout=LONG)

    page.get_by_role("link", name="Backfill").first.click()
    page.get_by_role("link", name="See the trend").click()
    expect(page.locator("#trend .head")).to_contain_text("6\N{NO-BREAK SPACE}points")
    expect(page.locator("svg.trend").get_by_text("v1.0", exact=True)).to_be_visible()
    expect(page.get_by_text("This is the first scan.")).to_be_visible()
    assert visitor.complaints == []
