"""The search in a real browser: from a key to a file, with and without JavaScript."""

from __future__ import annotations

from django.contrib.auth.models import User
from playwright.sync_api import expect

from scanner.storage.models import Repository
from tests.dashboard.conftest import client_of
from tests.services.browser import Visitors


def test_a_slash_leads_to_the_field_and_on_to_a_file(
    visitors: Visitors, repository: Repository, lead: User
) -> None:
    visitor = visitors.come()
    visitor.bring(client_of(lead))
    page = visitor.page
    visitor.open("/rubric/")

    page.keyboard.press("/")
    field = page.get_by_label("Find a repository, file or rule")
    expect(field).to_be_focused()
    page.keyboard.type("domain/pricing")
    expect(field).to_have_value("domain/pricing")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="orders/domain/pricing.py").click()

    assert page.url.endswith("/r/shop/orders/file/orders/domain/pricing.py")
    assert visitor.complaints == []


def test_the_field_works_without_javascript(
    visitors: Visitors, repository: Repository, lead: User
) -> None:
    visitor = visitors.come(script=False)
    visitor.bring(client_of(lead))
    page = visitor.page
    visitor.open("/")

    page.get_by_label("Find a repository, file or rule").fill("fs01")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_contain_text("ong file")
