"""Pages by keyboard alone, and for those whom movement makes ill."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from playwright.sync_api import Page, expect

from scanner.storage.models import Repository, Team
from tests.dashboard.conftest import client_of
from tests.portfolio import store_repository, store_scan
from tests.services.browser import Visitors
from tests.services.focus import out_of_reach

MOST_STOPS = 40
MOVING = "document.getAnimations().filter((one) => one.playState === 'running').length"


def walk_to(page: Page, selector: str) -> None:
    """Press Tab until the focus is there."""
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if page.locator(f"{selector}:focus").count():
            return
    raise AssertionError(f"{selector} is not among the first {MOST_STOPS} stops")


def test_the_menu_opens_and_closes(visitors: Visitors, team: Team, lead: User) -> None:
    visitor = visitors.come()
    visitor.bring(client_of(lead))
    page = visitor.page
    visitor.open("/")

    walk_to(page, ".menu summary")
    page.keyboard.press("Enter")
    account = page.get_by_role("link", name="Your account")
    expect(account).to_be_visible()
    page.keyboard.press("Escape")
    expect(account).not_to_be_visible()
    expect(page.locator(".menu summary")).to_be_focused()

    page.keyboard.press("Enter")
    walk_to(page, ".menu a[href='/account/']")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/account/$"))
    page.locator(".menu summary").click()
    page.get_by_role("heading", level=1).click()
    expect(page.get_by_role("link", name="Your account")).not_to_be_visible()
    assert visitor.complaints == []


@pytest.mark.parametrize("script", [True, False])
def test_a_table_is_sorted_and_keeps_the_focus(
    visitors: Visitors, team: Team, lead: User, script: bool
) -> None:
    for name in ("alpha", "beta"):
        store_repository(team, name)
    visitor = visitors.come(script=script)
    visitor.bring(client_of(lead))
    page = visitor.page
    visitor.open("/")

    page.locator("#sort-name").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"sort=name"))
    expect(page.locator(".repos tbody .repo")).to_have_text(["alpha", "beta"])
    if script:
        expect(page.locator("#sort-name")).to_be_focused()
    page.locator("#sort-name").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".repos tbody .repo")).to_have_text(["beta", "alpha"])


@pytest.mark.parametrize("motion", [True, False])
def test_nothing_moves_where_that_is_wished(
    visitors: Visitors, repository: Repository, lead: User, motion: bool
) -> None:
    scan = store_scan(repository)
    visitor = visitors.come(motion=motion)
    visitor.bring(client_of(lead))
    place = [repository.team.slug, repository.slug]
    visitor.open(reverse("scan", args=[*place, scan.pk]))

    moving = visitor.page.evaluate(MOVING)
    button = visitor.page.locator(".bar a.brand")
    took = button.evaluate("one => getComputedStyle(one).transitionDuration")
    assert (moving > 0, took != "0s") == (motion, motion)


def test_what_a_keyboard_misses_is_found(visitors: Visitors) -> None:
    page = visitors.come().page
    page.set_content(
        "<style>:focus-visible{outline:2px solid} .no{outline:none}</style>"
        "<a href='/'>Seen</a> <button class='no'>Unseen</button> <a href='/' tabindex='-1'>No</a>"
        "<input tabindex='3' aria-label='First'>"
    )

    found = [told.partition(":")[0] for told in out_of_reach(page)]

    assert found == ["focus is not seen", "no way", "tabindex above 0"]
