"""A team lead who has never seen it: the first repository, and what got worse this week and why."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from playwright.sync_api import expect
from pytest_django import Settings

from dashboard.demo.seeding import seed
from dashboard.demo.stories import STORIES
from scanner import bootstrap
from scanner.application.configuration import Configuration
from tests.dashboard.conftest import client_of
from tests.dashboard.journeys.conftest import write_books
from tests.portfolio import store_user
from tests.services.browser import Visitors
from tests.services.worker import Worker

LONG_SCAN = 60_000  # milliseconds


@pytest.fixture
def admin(db: None) -> User:
    """The administrator of a fresh installation, who owns the only team."""
    user = store_user(None, "admin", is_superuser=True)
    bootstrap.founding().found("First team", user.pk)
    return user


@pytest.fixture
def demo(settings: Settings, tmp_path: Path, admin: User) -> User:
    """Three stories of the demonstration, as the administrator sees them."""
    settings.CODEVITALS = replace(settings.CODEVITALS, local_roots=(tmp_path,))
    chosen = ("ledger-core", "price-lists", "parcel-tracker")
    stories = [replace(each, weeks=20) for each in STORIES if each.name in chosen]
    demonstration = bootstrap.demonstration(tmp_path / "demo")
    seed(demonstration, admin.pk, timezone.now(), lambda name: None, stories=stories)
    return admin


def test_an_empty_portfolio_leads_to_the_first_verdict_in_three_clicks(
    visitors: Visitors, worker: Worker, reachable: Configuration, admin: User, tmp_path: Path
) -> None:
    folder = write_books(tmp_path / "books")
    visitor = visitors.come()
    visitor.bring(client_of(admin))
    page = visitor.page

    visitor.open("/")
    page.get_by_label("Repository address").fill(str(folder))
    page.get_by_role("button", name="Register and scan").click()

    expect(page.locator("h1")).to_contain_text("books scored", timeout=LONG_SCAN)
    for step in ("Fix first", "Trend", "Schedule", "People", "More"):
        expect(page.locator(".steps").get_by_role("link", name=step)).to_be_visible()
    expect(page.get_by_role("link", name="All findings")).to_be_visible()
    assert visitor.barriers() == ""
    page.get_by_role("link", name="See the verdict").click()
    expect(page.get_by_role("heading", name="Fix first")).to_be_visible()
    expect(page.locator(".fixes .gain").first).to_have_text(re.compile(r"\+\d"))
    assert visitor.complaints == []


def test_which_got_worse_and_why_and_whom_to_ask(visitors: Visitors, demo: User) -> None:
    visitor = visitors.come()
    visitor.bring(client_of(demo))
    page = visitor.page

    visitor.open("/")
    expect(page.locator(".verdict .why")).to_contain_text("ledger-core fell most this week, by")
    told = page.locator(".changes li", has_text="ledger-core")
    expect(told.locator(".delta.down")).to_be_visible()
    expect(told).to_contain_text("Add posting retries")
    expect(told).to_contain_text("Ask Team Payments")
    cause = told.get_by_role("link", name=re.compile("Silent except$"))
    count = int(cause.inner_text().split()[0])
    cause.click()

    lines = page.locator(".findings tbody tr")
    expect(lines).to_have_count(count)
    expect(lines.first).to_contain_text("ledger_core/application/retries.py")
    expect(lines.first).to_contain_text("Team Payments")
    page.get_by_role("navigation", name="Breadcrumb").get_by_role(
        "link", name="ledger-core"
    ).click()

    fixes = page.locator(".fixes tbody tr:has(.gain a, .gain + td a)")
    expect(fixes.nth(4)).to_be_visible()
    fixes.first.locator("a.repo").click()
    expect(page).to_have_url(re.compile(r"/file/ledger_core/.*#L\d+$"))
    assert visitor.complaints == []


def test_new_code_leads_to_its_findings(visitors: Visitors, demo: User) -> None:
    visitor = visitors.come(width=360)
    visitor.bring(client_of(demo))
    page = visitor.page

    visitor.open("/")
    page.get_by_role("link", name="New code since any day").click()
    page.get_by_role("link", name="this week").click()
    link = page.locator(".new-code tbody tr").first.get_by_role("link", name="new findings of")
    expect(link).to_have_accessible_name(re.compile("ledger-core$"))
    count = int(link.inner_text().split()[0])
    assert visitor.overflow() == 0
    link.click()
    expect(page.locator(".findings tbody tr")).to_have_count(count)
    assert visitor.complaints == []
