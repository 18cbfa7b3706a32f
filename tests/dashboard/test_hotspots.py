"""The page of hotspots, and what the page of a repository says of them."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dashboard.queries.hotspots import hotspots_page
from scanner.storage.models import FileScore, Repository

CHURN = {
    "orders/domain/pricing.py": (3, 9, 30),
    "orders/application/checkout.py": (0, 2, 40),
    "orders/domain/order.py": (5, 7, 9),  # costs no point
}


@pytest.fixture
def counted(repository: Repository) -> Repository:
    """The repository, with its changes counted."""
    repository.files.update(changes_30=0, changes_90=0, changes_365=0)
    for path, (month, quarter, year) in CHURN.items():
        rows = FileScore.objects.filter(repository=repository, path=path)
        rows.update(changes_30=month, changes_90=quarter, changes_365=year)
    return repository


def page_of(client: Client, repository: Repository, query: str = "", name: str = "hotspots") -> str:
    response = client.get(reverse(name, args=[repository.team.slug, repository.slug]) + query)
    assert response.status_code == 200
    return response.content.decode()


def listed(page: str) -> list[tuple[str, int]]:
    """(path, changes) of the table."""
    rows = re.findall(r'<th scope="row">(.*?)</th><td class="num-r">(\d+)</td>', page)
    return [(re.sub("<[^>]+>", "", path), int(changes)) for path, changes in rows]


def test_it_works(lead_client: Client, counted: Repository) -> None:
    page = page_of(lead_client, counted)
    assert "<h1>pricing.py is where a fix pays most often.</h1>" in page
    assert listed(page) == [("orders/domain/pricing.py", 9), ("orders/application/checkout.py", 2)]
    assert "changes in 90 days" in page
    assert 'aria-current="true">90 days' in page


@pytest.mark.parametrize(
    ("query", "expected"),
    [("?days=30", [3]), ("?days=365", [30, 40]), ("?days=7", [9, 2]), ("?days=\x00", [9, 2])],
)
def test_the_window_is_chosen(
    query: str, expected: list[int], lead_client: Client, counted: Repository
) -> None:
    assert sorted(changes for _, changes in listed(page_of(lead_client, counted, query))) == sorted(
        expected
    )


def test_heat_is_shared_out(lead_client: Client, counted: Repository) -> None:
    page = page_of(lead_client, counted)
    shares = re.findall(r'<td class="num-r">(\d+)\N{NO-BREAK SPACE}%</td>', page)
    assert sum(int(share) for share in shares) in range(99, 102)


def test_what_was_not_counted_is_said(lead_client: Client, repository: Repository) -> None:
    repository.files.update(changes_30=None, changes_90=None, changes_365=None)
    page = page_of(lead_client, repository)
    assert "Changes are not counted yet." in page
    assert "scatter" not in page


def test_a_quiet_repository_is_told_so(lead_client: Client, counted: Repository) -> None:
    counted.files.update(changes_90=0)
    page = page_of(lead_client, counted)
    assert "No file that costs points changed in 90 days." in page
    assert "Try a longer window" in page


def test_the_page_of_the_repository_has_them_too(lead_client: Client, counted: Repository) -> None:
    page = page_of(lead_client, counted, name="repository")
    assert page.count('class="plot scatter"') == 1
    assert reverse("hotspots", args=[counted.team.slug, counted.slug]) in page


def test_nobody_is_named(lead_client: Client, counted: Repository) -> None:
    author = counted.snapshots.latest("committed_at").author
    assert author
    assert author not in page_of(lead_client, counted)


def test_a_foreign_repository_is_not_there(foreign_client: Client, counted: Repository) -> None:
    address = reverse("hotspots", args=[counted.team.slug, counted.slug])
    assert foreign_client.get(address).status_code == 404


def test_its_queries_do_not_grow(lead: User, counted: Repository) -> None:
    team, slug = counted.team.slug, counted.slug

    def taken() -> int:
        with CaptureQueriesContext(connection) as seen:
            hotspots_page(lead, team, slug, 90)
        return len(seen)

    before = taken()
    FileScore.objects.bulk_create(
        FileScore(repository=counted, path=f"p/{n}.py", lines=9, score=50, points_lost=1)
        for n in range(30)
    )
    assert taken() == before == 2
