"""A trend read point by point and cut to a range, by mouse, by keys and without script."""

from __future__ import annotations

import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import expect

from scanner.storage.models import Repository, Team
from tests.dashboard.conftest import client_of
from tests.portfolio import START, store_repository
from tests.services.browser import Visitor, Visitors

ADDRESS = "/r/shop/old/"
WEEKS = 30


@pytest.fixture
def old(team: Team) -> Repository:
    """A repository of thirty weeks, one of them of a commit that left the branch."""
    repository = store_repository(team, "old", snapshots=WEEKS)
    gone = repository.snapshots.order_by("committed_at")[5]
    repository.snapshots.filter(pk=gone.pk).update(vanished=True)
    return repository


@pytest.fixture
def visitor(visitors: Visitors, old: Repository, lead: User) -> Visitor:
    """A lead who looks at it."""
    visitor = visitors.come()
    visitor.bring(client_of(lead))
    visitor.open(f"/r/shop/{old.slug}/")
    return visitor


def day(number: int) -> str:
    """The day of a week."""
    return (START + timedelta(weeks=number)).date().isoformat()


def words(number: int) -> re.Pattern[str]:
    """How the point of a week is read out."""
    at = START + timedelta(weeks=number)
    return re.compile(rf"^{at:%-d %B %Y}, commit \w{{8}}, [\d.]+ [A-F]")


def range_of(visitor: Visitor) -> list[str]:
    """The days in the address, once they are there."""
    visitor.page.wait_for_url(lambda url: "from=" in url)
    query = parse_qs(urlsplit(visitor.page.url).query)
    return [query["from"][0], query["to"][0]]


def test_keys_walk_along_the_points_and_mark_a_range(visitor: Visitor) -> None:
    page = visitor.page
    said = page.locator("#trend [role=status]")
    page.get_by_role("application", name="Overall from").focus()
    expect(said).to_have_text(words(WEEKS - 1))
    page.keyboard.press("ArrowLeft")
    expect(said).to_have_text(words(WEEKS - 2))
    page.keyboard.press("Home")
    expect(said).to_have_text(words(0))
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    expect(said).to_have_text(re.compile(f"^From {day(1)} to {day(3)}"))
    assert visitor.barriers() == ""
    page.keyboard.press("Enter")
    assert range_of(visitor) == [day(1), day(3)]
    expect(page.locator("#trend")).to_contain_text("3\u00a0points of 29")
    assert visitor.complaints == []


def test_the_mouse_reads_points_and_marks_a_range(visitor: Visitor) -> None:
    mouse, shown = visitor.page.mouse, visitor.page.locator("#trend .readout > span").first
    visitor.page.locator("#trend .brush, #trend .readout").first.scroll_into_view_if_needed()
    box = visitor.page.locator("svg.trend > line.axis").bounding_box()
    assert box is not None
    for share, week in ((10.1, 10), (20.2, 20)):
        mouse.move(box["x"] + box["width"] * share / (WEEKS - 1), box["y"] - 60)
        expect(shown).to_have_text(words(week))
    mouse.down()
    mouse.move(box["x"] + box["width"] * 25 / (WEEKS - 1), box["y"] - 60)
    expect(shown).to_have_text(re.compile(f"^From {day(20)} to {day(25)}"))
    mouse.up()
    assert range_of(visitor) == [day(20), day(25)]
    assert visitor.complaints == []


def test_a_point_leads_to_what_moved_it(visitor: Visitor, old: Repository) -> None:
    commits = [one.commit[:12] for one in old.snapshots.order_by("committed_at")]
    commits = commits[:5] + commits[6:]  # one of them left the branch
    page = visitor.page
    said = page.locator("#trend [role=status]")
    page.get_by_role("application", name="Overall from").focus()
    expect(said).to_have_text(words(WEEKS - 1))
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Against the point before")).to_be_focused()
    ways = {
        name: page.get_by_role("link", name=name, exact=True).get_attribute("href") or ""
        for name in ("Against the point before", "Against now")
    }
    assert [parse_qs(urlsplit(href).query) for href in ways.values()] == [
        {"from": [commits[-3]], "to": [commits[-2]]},
        {"from": [commits[-2]], "to": [commits[-1]]},
    ]
    page.keyboard.press("Enter")
    page.wait_for_url("**/compare/?*")


def test_a_click_holds_a_point(visitor: Visitor) -> None:
    mouse, shown = visitor.page.mouse, visitor.page.locator("#trend .readout > span").first
    visitor.page.locator("#trend .brush, #trend .readout").first.scroll_into_view_if_needed()
    box = visitor.page.locator("svg.trend > line.axis").bounding_box()
    assert box is not None
    mouse.move(box["x"] + box["width"] * 10.1 / (WEEKS - 1), box["y"] - 60)
    expect(shown).to_have_text(words(10))
    mouse.down()
    mouse.up()
    mouse.move(box["x"] + box["width"] * 20.2 / (WEEKS - 1), box["y"] - 60)
    expect(shown).to_have_text(words(10))
    assert visitor.complaints == []


def test_without_script_a_form_does_the_same(
    visitors: Visitors, old: Repository, lead: User
) -> None:
    visitor = visitors.come(script=False)
    visitor.bring(client_of(lead))
    visitor.open(f"/r/shop/{old.slug}/trend/")
    visitor.page.get_by_label("From", exact=True).fill(day(10))
    visitor.page.get_by_label("To", exact=True).fill(day(12))
    visitor.page.get_by_role("button", name="Show these days").click()
    assert range_of(visitor) == [day(10), day(12)]
    expect(visitor.page.locator("table.points tbody tr")).to_have_count(3)
    band = visitor.page.locator("svg.trend .h").last
    band.locator("rect").hover()
    expect(band.locator("text")).to_be_visible()
    assert "/compare/?from=" in (band.get_attribute("href") or "")
    row = visitor.page.locator("table.points tbody tr").first
    expect(row.get_by_role("link", name="Against now")).to_be_visible()
    assert "/compare/?from=" in (row.get_by_role("link").nth(1).get_attribute("href") or "")
