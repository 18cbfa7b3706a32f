"""The portfolio and a repository in a real browser: what moves, and what keys reach."""

from __future__ import annotations

import re
from itertools import pairwise

from django.contrib.auth.models import User
from django.urls import reverse
from playwright.sync_api import Page, expect

from scanner.storage.models import Repository, Scan, Team
from tests.dashboard.conftest import client_of
from tests.dashboard.latest import change_latest
from tests.portfolio import store_repository, store_scan
from tests.services.browser import Visitor, Visitors


def visitor_of(visitors: Visitors, user: User, *, script: bool = True) -> Visitor:
    """A signed-in browser."""
    visitor = visitors.come(script=script)
    visitor.bring(client_of(user))
    return visitor


def rows(page: Page) -> list[str]:
    """The repositories of the table, in order."""
    return page.locator(".repos tbody .repo").all_inner_texts()


def focused(page: Page) -> str:
    """The accessible name of what has the focus."""
    name: str = page.evaluate("document.activeElement.getAttribute('aria-label') ?? ''")
    return name


def store_three(team: Team) -> None:
    """Three repositories of different scores."""
    for name, score, grade in (("alpha", 95.0, "A"), ("beta", 75.0, "C"), ("gamma", 40.0, "F")):
        change_latest(store_repository(team, name), score=score, grade=grade)


def test_filters_and_sorting_keep_each_other(visitors: Visitors, team: Team, lead: User) -> None:
    store_three(team)
    visitor = visitor_of(visitors, lead)
    page = visitor.page
    visitor.open("/")
    assert rows(page) == ["gamma", "beta", "alpha"]

    page.get_by_label("Filter by name").fill("a")
    expect(page).to_have_url(re.compile("q=a"))
    page.get_by_role("link", name="Repository", exact=True).click()
    expect(page).to_have_url(re.compile("sort=name"))
    expect(page.locator(".repos tbody .repo").first).to_have_text("alpha")
    page.get_by_label("Filter by name").fill("et")
    expect(page.locator(".repos tbody .repo")).to_have_count(1)
    expect(page.locator("#count")).to_have_text("1 of 3")
    assert "q=et" in page.url
    assert "sort=name" in page.url

    page.go_back()
    expect(page.locator(".repos tbody .repo")).to_have_count(3)
    page.reload()
    assert rows(page) == ["alpha", "beta", "gamma"]
    assert visitor.complaints == []


def test_a_click_on_a_column_right_after_typing_counts(
    visitors: Visitors, team: Team, lead: User
) -> None:
    store_three(team)
    store_repository(team, "omega")
    visitor = visitor_of(visitors, lead)
    page = visitor.page
    visitor.open("/")
    page.get_by_label("Filter by name").fill("a")
    page.locator("#sort-name").click()
    page.locator("#sort-name").click()
    expect(page).to_have_url(re.compile(r"q=a&.*sort=-name"))
    page.get_by_label("Filter by name").fill("am")
    page.locator("#sort-score").click()
    expect(page.locator(".repos tbody .repo")).to_have_count(1)
    expect(page).to_have_url(re.compile(r"q=am&.*sort=score"))
    assert visitor.complaints == []


def test_the_matrix_keeps_what_was_typed(visitors: Visitors, team: Team, lead: User) -> None:
    store_three(team)
    visitor = visitor_of(visitors, lead)
    page = visitor.page
    visitor.open("/")
    page.get_by_label("Filter by name").fill("a")
    expect(page.locator("#views a").last).to_have_attribute("href", re.compile("q=a"))
    page.get_by_role("link", name="Matrix").click()
    expect(page.locator(".repos.matrix")).to_be_visible()
    page.locator("#sort-typing").click()
    expect(page).to_have_url(re.compile(r"q=a&.*sort=typing"))
    assert "view=matrix" in page.url
    assert visitor.barriers() == ""
    page.set_viewport_size({"width": 360, "height": 700})
    assert visitor.overflow() == 0
    assert visitor.complaints == []


def test_filters_work_without_script(visitors: Visitors, team: Team, lead: User) -> None:
    store_three(team)
    visitor = visitor_of(visitors, lead, script=False)
    page = visitor.page
    visitor.open("/")
    page.locator(".pick label", has_text="F").click()
    page.get_by_role("button", name="Apply").click()
    assert rows(page) == ["gamma"]


def test_a_team_redraws_the_verdict(
    visitors: Visitors, team: Team, lead: User, repository: Repository
) -> None:
    visitor = visitor_of(visitors, lead)
    page = visitor.page
    visitor.open("/")
    expect(page.locator("h1")).to_contain_text("The portfolio is")
    page.get_by_label("Team").select_option(team.slug)
    expect(page.locator("h1")).to_contain_text("Shop is")
    assert rows(page) == [repository.name]


def test_cells_are_one_tab_stop(visitors: Visitors, team: Team, lead: User) -> None:
    store_three(team)
    visitor = visitor_of(visitors, lead)
    page = visitor.page
    visitor.open("/")
    stops = page.locator(".repos tbody .cell a:not([tabindex='-1'])")
    expect(stops).to_have_count(1)
    stops.first.focus()
    page.keyboard.press("ArrowRight")
    assert focused(page).startswith("Complexity")
    page.keyboard.press("ArrowDown")
    assert focused(page).startswith("Complexity")
    page.keyboard.press("End")
    assert focused(page).startswith("Fail fast")
    page.keyboard.press("Home")
    assert focused(page).startswith("File size")
    expect(stops).to_have_count(1)
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    assert focused(page).startswith("File size")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/r/shop/beta/principles/file-size/$"))


def test_running_scans_are_seen_to_end(
    visitors: Visitors, repository: Repository, lead: User
) -> None:
    scan = store_scan(repository, Scan.Status.RUNNING)
    visitor = visitor_of(visitors, lead)
    page = visitor.page
    visitor.open("/")
    row = page.locator(f"#row-{repository.pk}")
    expect(row).to_contain_text("42 of 118 files")
    Scan.objects.filter(pk=scan.pk).update(done=100)
    expect(row).to_contain_text("100 of 118 files")
    Scan.objects.filter(pk=scan.pk).update(status=Scan.Status.DONE, snapshot=repository.latest)
    expect(page.get_by_text("The scans are done.")).to_be_visible()
    expect(row).not_to_contain_text("Scanning")
    assert visitor.complaints == []


def test_a_repository_is_drawn_again_when_its_scan_ends(
    visitors: Visitors, team: Team, lead: User
) -> None:
    repository = store_repository(team, "fresh", snapshots=0)
    visitor = visitor_of(visitors, lead)
    page = visitor.page
    visitor.open(reverse("repository", args=["shop", "fresh"]))
    expect(page.locator("h1")).to_have_text("The first scan of fresh waits for a worker.")
    repository.scans.update(status=Scan.Status.FAILED, error_message="The host did not answer.")
    expect(page.locator("h1")).to_have_text("fresh could not be scanned.")
    expect(page.locator(".why").first).to_contain_text("The host did not answer.")


def test_a_theme_is_kept(visitors: Visitors, repository: Repository, lead: User) -> None:
    visitor = visitor_of(visitors, lead)
    page = visitor.page
    visitor.open("/")
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.locator("header .menu summary").click()
    page.get_by_role("button", name="Dark").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    visitor.open(reverse("repository", args=["shop", repository.slug]))
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != light
    page.locator("header .menu summary").click()
    page.get_by_role("button", name="Auto").click()
    assert page.locator("html").get_attribute("data-theme") is None


def test_the_trend_is_read_by_pointer_and_by_key_without_script(
    visitors: Visitors, repository: Repository, lead: User
) -> None:
    visitor = visitor_of(visitors, lead, script=False)
    page = visitor.page
    visitor.open(reverse("repository", args=["shop", repository.slug]))
    bands = page.locator(".trend .h")
    expect(bands).to_have_count(3)
    readout = bands.nth(1).locator("text")
    expect(readout).not_to_be_visible()
    bands.nth(1).locator("> rect").hover()
    expect(readout).to_be_visible()
    expect(readout).to_contain_text("10 Mar 2025: ")
    name = page.get_by_role("link", name="Typing", exact=False).and_(page.locator(".trend .s"))
    name.focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("Typing is")


def test_names_of_the_trend_keep_apart_and_inside_at_every_width(
    visitors: Visitors, repository: Repository, lead: User
) -> None:
    visitor = visitor_of(visitors, lead)
    page = visitor.page
    visitor.open(reverse("repository", args=["shop", repository.slug]))
    for width, names in ((1280, ".lbl"), (360, ".lbl-s")):
        page.set_viewport_size({"width": width, "height": 800})
        boxes = [box.bounding_box() for box in page.locator(f".trend {names} text").all()]
        tops = sorted(box["y"] for box in boxes if box)
        assert len(tops) == 6
        assert all(below - above >= 12 for above, below in pairwise(tops))
        assert all(box["x"] + box["width"] <= width for box in boxes if box)
