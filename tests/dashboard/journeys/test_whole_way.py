"""From the portfolio to a line, an acceptance, a comparison and a schedule.

With script and without: only links, buttons and fields of the pages are used, no typed address.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from scanner.application.configuration import Configuration
from scanner.storage.models import Repository, Scan, Team
from tests.dashboard.compared import build_shop, judge_pairs, register_shop
from tests.dashboard.conftest import client_of
from tests.dashboard.journeys.conftest import judge
from tests.services.browser import Visitor, Visitors

pytestmark = pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])


@pytest.fixture
def shop(team: Team, reachable: Configuration, tmp_path: Path) -> Repository:
    """A repository in git, scanned twice."""
    return register_shop(team, build_shop(tmp_path / "shop"))


@pytest.fixture
def visitor(visitors: Visitors, shop: Repository, lead: User, script: bool) -> Visitor:
    """A lead who begins at the portfolio and opens the repository there."""
    visitor = visitors.come(script=script)
    visitor.bring(client_of(lead))
    visitor.open("/")
    visitor.page.locator(".repos tbody").get_by_role("link", name=shop.name, exact=True).click()
    expect(visitor.page.locator("h1")).to_contain_text("shop is")
    return visitor


def tab(page: Page, name: str) -> None:
    """Open one of the tabs of a repository."""
    page.locator(".tabs").get_by_role("link", name=re.compile(name)).click()


def test_from_the_verdict_to_a_line_and_its_acceptance(visitor: Visitor, shop: Repository) -> None:
    page = visitor.page
    page.locator(".fixes a.repo").first.click()
    expect(page).to_have_url(re.compile(r"/file/shop/load\.py#L\d+$"))
    expect(page.locator(".finding-row").first).to_be_in_viewport()

    tab(page, "Findings")
    page.get_by_label("Choose FF01").check()
    page.get_by_role("button", name="Accept the chosen ones").click()
    page.get_by_label("Reason").fill("It goes with the old loader.")
    page.get_by_role("button", name="Accept").click()
    expect(page.get_by_text("1 finding is accepted.")).to_be_visible()
    judge(shop.scans.filter(kind=Scan.Kind.SCAN).latest("pk").pk)

    tab(page, "Overview")
    expect(page.locator(".facts")).to_contain_text("1 accepted")
    page.get_by_role("link", name="1 accepted").click()
    expect(page.get_by_text("It goes with the old loader.")).to_be_visible()
    assert visitor.complaints == []


def test_from_what_changed_to_whom_to_ask(visitor: Visitor) -> None:
    page = visitor.page
    page.get_by_role("link", name="Compare commits").click()
    expect(page).to_have_url(re.compile("/compare/"))
    judge_pairs()
    expect(page.locator("h1")).to_have_text(re.compile("^shop "))
    page.locator("#drill, main").first.get_by_role("link", name="Authors").click()
    expect(page.locator("table.groups th[scope=row]").first).to_have_text(
        re.compile("Builder|Author")
    )
    page.get_by_role("link", name="Findings", exact=True).last.click()
    page.locator("table.list tbody a[href*='/file/']").first.click()
    expect(page).to_have_url(re.compile(r"file/shop/\w+\.py.*#L\d+$"))
    expect(page.locator(".finding-row").first).to_be_in_viewport()
    assert visitor.complaints == []


def test_from_the_settings_to_a_schedule(visitor: Visitor, shop: Repository) -> None:
    page = visitor.page
    tab(page, "Settings")
    page.get_by_label("Scan", exact=True).select_option(label="By a cron expression")
    page.get_by_label("Cron expression").fill("30 6 * * 1")
    page.get_by_label("Time zone").fill("Europe/Berlin")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("The settings are saved.")).to_be_visible()

    tab(page, "Settings")
    expect(page.get_by_label("Cron expression")).to_have_value("30 6 * * 1")
    shop.refresh_from_db()
    assert shop.next_run_at is not None
    assert visitor.complaints == []
