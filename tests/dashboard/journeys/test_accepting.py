"""A lead leaves a finding out of the score, sees it listed, and takes that back."""

from __future__ import annotations

import re

from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from scanner.storage.models import Repository, Scan
from tests.dashboard.conftest import client_of
from tests.dashboard.journeys.conftest import judge
from tests.dashboard.journeys.test_pages import NARROW, WIDE
from tests.services.browser import Visitors, picture_folder


def judge_newest(repository: Repository) -> None:
    """Bring the newest scan to its end."""
    judge(repository.scans.filter(kind=Scan.Kind.SCAN).latest("pk").pk)


def look(page: Page, name: str) -> None:
    """Take pictures, where they are wanted."""
    folder = picture_folder()
    if folder:
        for width, size in (("wide", WIDE), ("narrow", NARROW)):
            page.set_viewport_size(size)
            page.screenshot(path=folder / f"{name}-{width}.png", full_page=True)
        page.set_viewport_size(WIDE)


def test_a_finding_is_accepted_and_costs_again(
    visitors: Visitors, books: Repository, lead: User
) -> None:
    visitor = visitors.come()
    visitor.bring(client_of(lead))
    page = visitor.page
    findings = f"/r/{books.team.slug}/{books.slug}/findings/"

    visitor.open(f"{findings}?rule=FF01")
    page.get_by_label("Choose FF01").check()
    page.get_by_role("button", name="Accept the chosen ones").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Accept 1")
    assert visitor.barriers() == ""
    look(page, "accept")
    page.get_by_label("Reason").fill("The ledger may be gone by then.")
    page.get_by_label("For how long").select_option(label="For 90 days")
    page.get_by_role("button", name="Accept").click()
    expect(page.get_by_text("1 finding is accepted.")).to_be_visible()
    judge_newest(books)

    visitor.open(f"{findings}?state=accepted")
    expect(page.locator("table.findings tbody tr")).to_have_count(1)
    expect(page.get_by_text("The ledger may be gone by then.")).to_be_visible()
    assert visitor.barriers() == ""
    look(page, "findings-accepted")
    visitor.open(f"/r/{books.team.slug}/{books.slug}/")
    expect(page.get_by_text("accepted findings counted")).to_be_visible()

    visitor.open(f"{findings}?state=accepted")
    page.get_by_role("button", name="Let it cost again").click()
    expect(page).to_have_url(re.compile(r"/scans/\d+/$"))
    judge_newest(books)
    visitor.open(f"{findings}?rule=FF01")
    expect(page.locator("table.findings tbody tr")).to_have_count(1)
    assert visitor.complaints == []
