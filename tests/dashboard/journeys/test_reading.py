"""Reading findings and files: filters, history, and a keyboard instead of a mouse."""

from __future__ import annotations

import re

from django.contrib.auth.models import User
from playwright.sync_api import expect

from scanner.storage.models import Repository, Scan
from tests.dashboard.conftest import client_of
from tests.portfolio import PASSWORD, store_scan
from tests.services.browser import Visitors


def base(repository: Repository) -> str:
    """Where the pages of a repository begin."""
    return f"/r/{repository.team.slug}/{repository.slug}/"


def test_filters_change_the_address_and_back_undoes_them(
    visitors: Visitors, repository: Repository, lead: User
) -> None:
    visitor = visitors.come()
    visitor.bring(client_of(lead))
    page = visitor.page
    rows = page.locator("table.findings tbody tr")
    visitor.open(base(repository) + "findings/")
    expect(rows).to_have_count(7)

    page.get_by_label("Path or glob").fill("**/checkout.py")
    expect(rows).to_have_count(2)
    expect(page).to_have_url(re.compile(r"\?state=open&path=%2A%2A%2Fcheckout\.py&sort=points$"))
    page.get_by_label("Rule", exact=True).select_option("CX02")
    expect(rows).to_have_count(1)
    page.get_by_role("radio", name=re.compile("Fixed")).check()
    expect(page.get_by_text("No finding matches.")).to_be_visible()

    page.go_back()
    expect(rows).to_have_count(1)
    page.reload()
    expect(rows).to_have_count(1)
    expect(page.get_by_label("Rule", exact=True)).to_have_value("CX02")
    assert visitor.complaints == []


def test_filters_work_without_script(
    visitors: Visitors, repository: Repository, lead: User
) -> None:
    visitor = visitors.come(script=False)
    visitor.bring(client_of(lead))
    page = visitor.page
    visitor.open(base(repository) + "findings/")

    page.get_by_label("Text").fill("PriceList")
    page.get_by_role("button", name="Filter").click()

    expect(page.locator("table.findings tbody tr")).to_have_count(1)


def test_csv_is_downloaded(visitors: Visitors, repository: Repository, lead: User) -> None:
    visitor = visitors.come()
    visitor.bring(client_of(lead))
    visitor.open(base(repository) + "findings/?rule=CX01")

    with visitor.page.expect_download() as waiting:
        visitor.page.get_by_role("link", name="Download as CSV").click()

    lines = waiting.value.path().read_text().splitlines()
    assert waiting.value.suggested_filename == "orders-findings.csv"
    assert len(lines) == 2
    assert "CX01" in lines[1]


def test_progress_is_seen_live(visitors: Visitors, repository: Repository, lead: User) -> None:
    scan = store_scan(repository)
    visitor = visitors.come()
    visitor.bring(client_of(lead))
    page = visitor.page
    visitor.open(f"{base(repository)}scans/{scan.pk}/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Reading facts: 42 of 118 modules.")
    page.get_by_role("link", name="Refresh").focus()

    Scan.objects.filter(pk=scan.pk).update(done=100)
    expect(page.get_by_role("heading", level=1)).to_have_text("Reading facts: 100 of 118 modules.")
    expect(page.get_by_role("progressbar", name="Facts")).to_have_attribute("value", "84")
    expect(page.get_by_role("link", name="Refresh")).to_be_focused()
    Scan.objects.filter(pk=scan.pk).update(
        status=Scan.Status.FAILED,
        error_code="git.timeout",
        error_message="The host took too long.",
        error_next_step="Try again later.",
    )

    expect(page.get_by_role("heading", level=1)).to_have_text("The host took too long.")
    expect(page.get_by_role("button", name="Try again")).to_be_visible()
    expect(page.locator("[hx-trigger]")).to_have_count(0)
    assert visitor.complaints == []


def test_a_session_that_ended_leads_to_sign_in(
    visitors: Visitors, repository: Repository, lead: User
) -> None:
    scan = store_scan(repository)
    visitor = visitors.come()
    visitor.bring(client_of(lead))
    visitor.open(f"{base(repository)}scans/{scan.pk}/")
    visitor.context.clear_cookies()

    expect(visitor.page.get_by_role("heading", name="Sign in")).to_be_visible()
    expect(visitor.page).to_have_url(re.compile(r"/sign-in/\?next=/r/shop/orders/scans/"))


def test_the_keyboard_is_enough(visitors: Visitors, books: Repository, lead: User) -> None:
    visitor = visitors.come()
    page = visitor.page
    keys = page.keyboard
    visitor.open(base(books) + "findings/")

    page.get_by_label("Name", exact=True).focus()
    keys.type(lead.username)
    keys.press("Tab")
    keys.type(PASSWORD)
    keys.press("Enter")
    expect(page.get_by_role("heading", name="Findings", level=1)).to_be_visible()
    page.wait_for_load_state()

    keys.press("Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
    keys.press("Enter")
    keys.press("Tab")
    expect(page.get_by_role("radio", name=re.compile("Open"))).to_be_focused()
    keys.press("ArrowLeft")
    expect(page.get_by_role("radio", name=re.compile("Fixed"))).to_be_checked()
    expect(page.locator("table.findings tbody tr").first).to_contain_text("books/queue.py")
    keys.press("ArrowRight")
    expect(page.get_by_role("link", name="books/ledger.py:16")).to_be_visible()

    page.get_by_role("link", name="books/ledger.py:16").focus()
    keys.press("Enter")
    expect(page.locator("#L16")).to_be_in_viewport()
    source = page.get_by_role("region", name="Source of books/ledger.py")
    source.focus()
    expect(source).to_be_focused()
    assert visitor.complaints == []


def test_a_line_number_is_an_address(visitors: Visitors, books: Repository, lead: User) -> None:
    visitor = visitors.come()
    visitor.bring(client_of(lead))
    visitor.open(base(books) + "file/books/ledger.py")

    visitor.page.get_by_role("link", name="12", exact=True).click()

    expect(visitor.page).to_have_url(re.compile(r"#L12$"))
    assert visitor.page.evaluate("document.querySelector(':target').id") == "L12"
