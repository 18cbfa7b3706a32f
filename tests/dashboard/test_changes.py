"""What changed since the previous scan, as its repository tells it: exact once a worker has it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from dashboard.changes import Changed, changed
from dashboard.queries.repository import overview
from scanner import bootstrap
from scanner.application.configuration import Configuration
from scanner.storage.models import ComparedPair, Repository, Team
from tests.dashboard.compared import build_shop, judge_pairs, register_shop, scan
from tests.services.repositories import RepositoryBuilder


@pytest.fixture
def builder(tmp_path: Path) -> RepositoryBuilder:
    """The shop's history."""
    return build_shop(tmp_path / "shop")


@pytest.fixture
def shop(team: Team, reachable: Configuration, builder: RepositoryBuilder) -> Repository:
    """The shop, scanned at its first commit and at its last."""
    return register_shop(team, builder)


def told(viewer: User, shop: Repository) -> Changed:
    """What the page tells of the last step."""
    found = changed(overview(viewer, shop.team.slug, shop.slug))
    assert found is not None
    return found


def shown(client: Client, shop: Repository, name: str = "repository") -> str:
    """A page as text."""
    return client.get(reverse(name, args=[shop.team.slug, shop.slug])).content.decode()


def judge_last_step(shop: Repository) -> None:
    """What a worker does after a scan."""
    bootstrap.comparisons().follow(shop.pk)
    judge_pairs()


def test_a_worker_finds_the_exact_parts_after_a_scan(viewer: User, shop: Repository) -> None:
    assert told(viewer, shop).is_coming

    judge_last_step(shop)

    found = told(viewer, shop)
    assert not found.is_coming
    start, *steps, end = (row.value for row in found.waterfall.rows)
    assert start + sum(steps) == pytest.approx(end, abs=0.03)  # parts under 0.005 are not drawn
    assert found.summary is not None
    first, last = found.summary.scores
    assert sum(found.summary.parts.values()) == pytest.approx(last - first, abs=1e-9)
    labels = {row.label for row in found.waterfall.rows}
    assert {"New findings", "Fixed"} <= labels
    assert "Other code" not in labels


def test_the_page_tells_parts_causes_and_commits(viewer_client: Client, shop: Repository) -> None:
    judge_last_step(shop)

    page = shown(viewer_client, shop)

    assert "quick reckoning" not in page
    for text in ("Load prices", "Type prices", "Add rows", "Ann Author"):
        assert text in page
    assert re.search(r'href="[^"]*/compare/\?kind=fixed#what"', page)


def test_until_then_the_quick_ones_stand_and_say_so(
    viewer_client: Client, shop: Repository
) -> None:
    page = shown(viewer_client, shop)
    assert "A quick reckoning from the list of findings" in page
    assert "are being worked out" in page

    address = reverse("compare-steps", args=[shop.team.slug, shop.slug])
    assert f'hx-get="{address}"' in page
    waiting = viewer_client.get(address)
    assert 'hx-trigger="load delay:1s"' in waiting.content.decode()
    assert "HX-Refresh" not in waiting
    judge_pairs()
    assert viewer_client.get(address)["HX-Refresh"] == "true"
    assert "quick reckoning" not in shown(viewer_client, shop)


def test_a_comparison_that_failed_is_told_and_asked_no_more(
    viewer_client: Client, shop: Repository
) -> None:
    bootstrap.comparisons().follow(shop.pk)
    ComparedPair.objects.update(status="failed", error_message="The host is away.")

    page = shown(viewer_client, shop)

    assert "There are no exact parts: The host is away." in page
    assert "are being worked out" not in page


def test_another_score_makes_them_void(viewer: User, shop: Repository) -> None:
    judge_last_step(shop)
    shop.snapshots.filter(pk=shop.latest_id or 0).update(score=12.5)

    assert told(viewer, shop).is_coming


def test_a_step_that_is_told_is_not_judged_again(
    shop: Repository, builder: RepositoryBuilder
) -> None:
    judge_last_step(shop)
    scan(shop.pk)  # the same commit: the verdict is the same

    assert bootstrap.comparisons().follow(shop.pk) is None
    builder.commit({"shop/more.py": '"""More."""\n'}, "Add more", when=timezone.now())
    scan(shop.pk)
    assert bootstrap.comparisons().follow(shop.pk) is not None


def test_a_first_scan_and_a_plain_folder_have_no_step(viewer: User, shop: Repository) -> None:
    Repository.objects.filter(pk=shop.pk).update(kind=Repository.Kind.FOLDER)
    assert bootstrap.comparisons().follow(shop.pk) is None
    found = told(viewer, shop)
    assert (found.is_coming, found.error) == (False, "")

    Repository.objects.filter(pk=shop.pk).update(kind=Repository.Kind.LOCAL)
    shop.snapshots.exclude(pk=shop.latest_id or 0).delete()
    assert bootstrap.comparisons().follow(shop.pk) is None


def test_it_takes_as_many_queries_before_as_after(viewer_client: Client, shop: Repository) -> None:
    shown(viewer_client, shop)  # what a process asks once
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as seen:
            shown(viewer_client, shop)
        counts.append(len(seen))
        judge_last_step(shop)
    assert counts[0] == counts[1]
