"""The map of a repository: folders that open, colours, and the way back."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dashboard.queries.folders import folders_page
from scanner.storage.models import FileScore, Repository, Team
from tests.portfolio import store_repository


def address(repository: Repository, query: str = "") -> str:
    return reverse("folders", args=[repository.team.slug, repository.slug]) + query


def page_of(client: Client, repository: Repository, query: str = "") -> str:
    response = client.get(address(repository, query))
    assert response.status_code == 200
    return unescape(response.content.decode())


def colours(page: str) -> set[str]:
    """The classes of the rectangles, by name of the file."""
    return set(re.findall(r'<a class="(g-\w)" href="[^"]*/file/', page))


def test_it_works(lead_client: Client, repository: Repository) -> None:
    page = page_of(lead_client, repository)
    assert "points lost, by folder.</h1>" in page
    assert f'href="{address(repository)}?folder=orders%2Finfrastructure%2F"' in page
    assert '<b aria-current="true">Overall</b>' in page


def test_a_folder_opens_and_leads_back(lead_client: Client, repository: Repository) -> None:
    page = page_of(lead_client, repository, "?folder=orders/infrastructure")
    assert "<h1>orders/infrastructure/ loses" in page
    listed = re.findall(r'<a class="path" href="[^"]*/file/([^"#]+)"', page)
    assert sorted(listed) == [
        "orders/infrastructure/currency.py",
        "orders/infrastructure/export.py",
    ]
    assert f'<a href="{address(repository)}">All files</a>' in page
    assert f'<a href="{address(repository)}?folder=orders%2F">orders</a>' in page


def test_a_principle_colours_it_and_stays_on_the_way(
    lead_client: Client, repository: Repository
) -> None:
    plain, typed = (page_of(lead_client, repository, query) for query in ("", "?by=typing"))
    assert colours(plain) != colours(typed)
    assert '<b aria-current="true">Typing</b>' in typed
    assert f'href="{address(repository)}?folder=orders%2Finfrastructure%2F&by=typing"' in typed


def test_a_file_without_a_site_is_not_coloured(lead_client: Client, repository: Repository) -> None:
    assert colours(page_of(lead_client, repository, "?by=async")) == {"g-n"}


@pytest.mark.parametrize("query", ["?folder=no/such", "?folder=orders/infra", "?folder=%00&by=%00"])
def test_a_folder_that_is_not_there_is_told(
    query: str, lead_client: Client, repository: Repository
) -> None:
    page = page_of(lead_client, repository, query)
    assert "No module lies in" in page
    assert 'class="wide flat"' not in page


def test_before_the_first_scan_it_says_what_comes(lead_client: Client, team: Team) -> None:
    fresh = store_repository(team, "fresh", snapshots=0)
    assert "The first scan brings the files." in page_of(lead_client, fresh)


def test_a_foreign_repository_is_not_there(foreign_client: Client, repository: Repository) -> None:
    assert foreign_client.get(address(repository)).status_code == 404


def test_four_thousand_files_take_two_queries_and_few_rectangles(
    lead: User, lead_client: Client, repository: Repository
) -> None:
    FileScore.objects.bulk_create(
        FileScore(
            repository=repository, path=f"p{n % 40}/q{n % 7}/m{n}.py", lines=20 + n % 900,
            score=n % 100, points_lost=0.01,
        )
        for n in range(4_000)
    )  # fmt: skip
    team, slug = repository.team.slug, repository.slug
    with CaptureQueriesContext(connection) as seen:
        folders_page(lead, team, slug, "typing")
    assert len(seen) == 2
    page = page_of(lead_client, repository)
    flat = page[page.index('class="wide flat"') : page.index('class="wide tall"')]
    assert flat.count("<rect") < 450
    assert page.count("<a ") - page.count('tabindex="-1"') < 200
