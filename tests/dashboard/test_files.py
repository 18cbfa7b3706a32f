"""The list of files, worst first."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from dashboard.addresses import file_address
from dashboard.queries.files import PAGE_SIZE, FileFilter, left_out, page_of
from dashboard.source import PART_LINES
from scanner.storage.models import FileScore, Repository, Snapshot
from tests.portfolio import store_repository


def address(repository: Repository) -> str:
    """The list of a repository."""
    return reverse("files", args=[repository.team.slug, repository.slug])


def add_files(repository: Repository, number: int) -> None:
    """Files that get better and better."""
    FileScore.objects.bulk_create(
        FileScore(
            repository=repository,
            path=f"src/module_{index:03}.py",
            blob=f"{index:040x}",
            lines=100 + index,
            score=50 + index / 10,
            points_lost=1 / (index + 2),
            scores={"complexity": 30 + index / 10},
            findings=1,
        )
        for index in range(number)
    )


def test_it_works(lead_client: Client, repository: Repository) -> None:
    response = lead_client.get(address(repository))

    text = response.content.decode()
    rows = response.context["page"].rows
    assert response.status_code == 200
    assert rows[0].path == "orders/domain/pricing.py"
    assert [row.points_lost for row in rows] == sorted(
        (row.points_lost for row in rows), reverse=True
    )
    assert file_address("shop", "orders", "orders/domain/pricing.py") in text


def test_what_is_not_scored_stands_below_with_its_reason(
    lead_client: Client, repository: Repository
) -> None:
    text = lead_client.get(address(repository)).content.decode()

    assert "orders/legacy.py" in text
    assert "syntax error, line 7" in text
    assert "tests/test_pricing.py" in text
    assert left_out(repository.pk).unmeasured == (("orders/legacy.py", "syntax error", 7),)


def test_what_was_read_by_rewriting_stands_below_with_its_syntax(
    lead_client: Client, repository: Repository
) -> None:
    text = lead_client.get(address(repository)).content.decode()

    assert 'id="rewritten"' in text
    assert "newer than CPython 3.11, which parses here" in text
    assert "f-strings, type aliases" in text
    Snapshot.objects.update(rewritten=[])
    assert 'id="rewritten"' not in lead_client.get(address(repository)).content.decode()


def test_a_principle_lists_its_worst_first(lead_client: Client, repository: Repository) -> None:
    add_files(repository, 5)

    response = lead_client.get(address(repository), {"principle": "complexity"})

    rows = response.context["page"].rows
    scores = [{label.key: value for label, value in row.cells}["complexity"] for row in rows]
    assert scores[0] == 30.0
    assert scores == sorted(scores)


def test_a_principle_leaves_out_files_without_a_site(repository: Repository) -> None:
    add_files(repository, 1)

    paths = {row.path for row in page_of(repository.pk, FileFilter(principle="typing"), 1).rows}

    assert "src/module_000.py" not in paths
    assert "orders/domain/pricing.py" in paths


@pytest.mark.parametrize(
    ("sort", "first"),
    [
        ("points", "orders/domain/pricing.py"),
        ("score", "src/module_000.py"),
        ("lines", "orders/domain/pricing.py"),
        ("path", "orders/__init__.py"),
    ],
)
def test_each_order_has_its_first(sort: str, first: str, repository: Repository) -> None:
    add_files(repository, 3)

    assert page_of(repository.pk, FileFilter(sort=sort), 1).rows[0].path == first


def test_a_glob_narrows_the_list(lead_client: Client, repository: Repository) -> None:
    rows = lead_client.get(address(repository), {"path": "orders/*/pri*.py"}).context["page"].rows

    assert [row.path for row in rows] == ["orders/domain/pricing.py"]


def test_a_long_list_has_pages(lead_client: Client, repository: Repository) -> None:
    add_files(repository, PAGE_SIZE + 3)

    first = lead_client.get(address(repository))
    last = lead_client.get(address(repository) + first.context["pager"].next)

    assert len(first.context["page"].rows) == PAGE_SIZE
    assert len(last.context["page"].rows) == 9


def test_queries_do_not_grow_with_the_list(
    lead_client: Client,
    repository: Repository,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    add_files(repository, 40)
    there = address(repository)

    with django_assert_num_queries(6):  # session, user, frame, count, page, left out
        lead_client.get(there)


def test_htmx_gets_the_results_alone(lead_client: Client, repository: Repository) -> None:
    response = lead_client.get(
        address(repository), {"path": "pricing", "sort": ""}, headers={"HX-Request": "true"}
    )

    assert "<html" not in response.content.decode()
    assert response["HX-Push-Url"] == f"{address(repository)}?path=pricing"


@pytest.mark.parametrize(
    "query", [{"principle": "beauty"}, {"sort": "id"}, {"path": "p" * 201}, {"page": "-3"}]
)
def test_what_makes_no_sense_shows_the_rest(
    query: dict[str, str], lead_client: Client, repository: Repository
) -> None:
    response = lead_client.get(address(repository), query)

    assert response.status_code == 200
    assert len(response.context["page"].rows) == 6


def test_hostile_paths_are_text_and_have_an_address(
    lead_client: Client, repository: Repository
) -> None:
    FileScore.objects.create(
        repository=repository,
        path='a b/<script>\u202e"?#%.py',
        lines=1,
        score=1.0,
        points_lost=99.0,
        scores={},
    )

    text = lead_client.get(address(repository)).content.decode()

    assert "<script>\u202e" not in text
    assert "a b/&lt;script&gt;[U+202E]" in text
    assert "/file/a%20b/%3Cscript%3E%E2%80%AE%22%3F%23%25.py" in text


def test_before_the_first_scan_it_says_so(lead_client: Client, repository: Repository) -> None:
    fresh = store_repository(repository.team, "fresh", 0)

    assert "Nothing is scanned yet." in lead_client.get(address(fresh)).content.decode()


def test_a_visitor_signs_in_first(client: Client, repository: Repository) -> None:
    assert client.get(address(repository)).status_code == 302


def test_another_team_finds_nothing(foreign_client: Client, repository: Repository) -> None:
    assert foreign_client.get(address(repository)).status_code == 404


def test_a_line_far_down_names_its_part() -> None:
    assert file_address("t", "s", "a.py", 3) == "/r/t/s/file/a.py#L3"
    assert file_address("t", "s", "a.py", PART_LINES + 5) == (
        f"/r/t/s/file/a.py?line={PART_LINES + 1}#L{PART_LINES + 5}"
    )
