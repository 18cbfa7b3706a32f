"""From a score that fell to the line behind it, and to who wrote it."""

from __future__ import annotations

import re
from pathlib import Path

from django.contrib.auth.models import User
from django.urls import reverse
from playwright.sync_api import expect

from scanner.application.configuration import Configuration
from scanner.storage.models import Team
from tests.dashboard.compared import build_shop, judge_pairs, register_shop
from tests.dashboard.conftest import client_of
from tests.dashboard.journeys.test_pages import problems
from tests.services.browser import Visitors
from tests.services.worker import Worker

LONG = 60_000  # milliseconds


def test_two_points_are_chosen_and_lead_to_a_line(
    visitors: Visitors,
    worker: Worker,
    reachable: Configuration,
    team: Team,
    viewer: User,
    tmp_path: Path,
) -> None:
    builder = build_shop(tmp_path / "shop")
    shop = register_shop(team, builder)
    visitor = visitors.come()
    visitor.bring(client_of(viewer))
    page = visitor.page

    visitor.open(f"/r/{team.slug}/{shop.slug}/")
    expect(page.get_by_role("cell", name=re.compile("Load prices"))).to_be_visible(timeout=LONG)
    page.get_by_role("link", name="Compare commits").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        re.compile("^shop fell "), timeout=LONG
    )
    page.get_by_label("From").fill(builder.head("HEAD~2")[:10])
    page.get_by_role("button", name="Compare").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        re.compile("^shop rose "), timeout=LONG
    )
    expect(page.get_by_role("cell", name=re.compile("Type prices Ben Builder"))).to_be_visible()
    page.get_by_role("link", name="Swap").click()
    expect(page.get_by_text("taken back").first).to_be_visible(timeout=LONG)
    page.go_back()

    page.get_by_role("link", name="Fixed", exact=True).click()
    page.get_by_role("link", name="shop/prices.py:4").first.click()

    expect(page.locator("#L4")).to_contain_text("def total(prices, discount)")
    expect(page.locator(".finding-row").first).to_contain_text("fixed")
    page.get_by_role("link", name="back to the comparison").click()
    page.get_by_role("link", name="Authors").click()
    expect(page.locator("table.groups th[scope=row]")).to_have_text(["Ben Builder"])
    assert visitor.complaints == []


def test_comparisons_are_clean(
    visitors: Visitors, reachable: Configuration, team: Team, viewer: User, tmp_path: Path
) -> None:
    shop = register_shop(team, build_shop(tmp_path / "shop"))
    visitor = visitors.come()
    client = client_of(viewer)
    visitor.bring(client)
    there = reverse("compare", args=[team.slug, shop.slug])
    client.get(there)
    client.get(there + "?from=deadbeef99")

    waiting = problems(visitor, there, "compare-waiting")
    judge_pairs()
    shown = client.get(there + "?kind=fixed").content.decode()
    line = shown.partition("compare/file/")[2].partition('"')[0].replace("&amp;", "&")
    found = {
        query: problems(visitor, there + query, f"compare{number}")
        for number, query in enumerate(
            ("", "?by=author", "?by=commit", "?from=nothing", "?from=deadbeef99", f"file/{line}")
        )
    }

    assert waiting == []
    assert {query: wrong for query, wrong in found.items() if wrong} == {}
