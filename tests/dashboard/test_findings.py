"""The list of findings: filters in the address, pages, and the same as CSV."""

from __future__ import annotations

import csv
import io

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from dashboard.queries.findings import (
    PAGE_SIZE,
    FindingFilter,
    glob_pattern,
    page_of,
    state_counts,
)
from scanner.storage.models import Finding, Repository, Team
from tests.dashboard.answers import Answer
from tests.portfolio import store_repository

HOSTILE = '=HYPERLINK("http://x")<script>alert(1)</script>\u202e'


def address(repository: Repository) -> str:
    """The list of a repository."""
    return reverse("findings", args=[repository.team.slug, repository.slug])


def add_findings(repository: Repository, number: int, **fields: object) -> list[Finding]:
    """Open findings, each in a file of its own, worth less and less."""
    snapshot = repository.snapshots.order_by("id").first()
    return Finding.objects.bulk_create(
        Finding(
            **{
                "repository": repository,
                "fingerprint": f"{index:016x}",
                "rule": "CX02",
                "principle": "complexity",
                "path": f"src/part_{index % 7}/module_{index}.py",
                "line": index + 1,
                "end_line": index + 1,
                "symbol": f"run_{index}",
                "message": f"{index} lines; the limit is 50.",
                "cost": 1_000_000,
                "points": 1 / (index + 10),
                "effort": 45,
                "first_in": snapshot,
                **fields,
            }
        )
        for index in range(number)
    )


def paths(repository: Repository, **wanted: object) -> list[str]:
    """The paths of the findings that match."""
    return [row.path for row in page_of(repository.pk, FindingFilter(**wanted), 1).rows]  # type: ignore[arg-type]


def records(response: Answer) -> list[dict[str, str]]:
    """The records of a CSV answer."""
    text = b"".join(response.streaming_content).decode()  # type: ignore[attr-defined]
    return list(csv.DictReader(io.StringIO(text)))


def test_it_works(lead_client: Client, repository: Repository) -> None:
    response = lead_client.get(address(repository))

    text = response.content.decode()
    assert response.status_code == 200
    assert "A god file: 1,140 lines" in text
    assert reverse("rule", args=["FS01"]) in text
    assert "/file/orders/domain/pricing.py#L212" in text
    assert "FF01" not in [row.rule for row in response.context["page"].rows]


def test_the_heaviest_come_first(lead_client: Client, repository: Repository) -> None:
    rows = lead_client.get(address(repository)).context["page"].rows

    assert [row.points for row in rows] == sorted((row.points for row in rows), reverse=True)


@pytest.mark.parametrize(
    ("query", "rules"),
    [
        ({"rule": "CX01"}, {"CX01"}),
        ({"principle": "typing"}, {"TY01", "TY03"}),
        ({"path": "orders/domain/*.py"}, {"FS01", "CX01", "LA01"}),
        ({"path": "**/checkout.py"}, {"CX02", "TY03"}),
        ({"path": "export"}, {"CX03", "TY01"}),
        ({"text": "PriceList"}, {"CX01"}),
        ({"text": "GOD FILE"}, {"FS01"}),
        ({"least": "2"}, {"FS01"}),
        ({"state": "fixed"}, {"FF01", "FF04"}),
        ({"state": "new"}, set()),
        ({"principle": "complexity", "text": "deep"}, {"CX03"}),
    ],
)
def test_filters_live_in_the_address(
    query: dict[str, str], rules: set[str], lead_client: Client, repository: Repository
) -> None:
    rows = lead_client.get(address(repository), query).context["page"].rows

    assert {row.rule for row in rows} == rules


def test_new_is_what_the_latest_snapshot_brought(
    lead_client: Client, repository: Repository
) -> None:
    Finding.objects.filter(repository=repository, rule="CX01").update(first_in=repository.latest)

    rows = lead_client.get(address(repository), {"state": "new"}).context["page"].rows

    assert [(row.rule, row.state) for row in rows] == [("CX01", "new")]
    assert state_counts(repository.pk).new == 1


def test_nothing_is_new_in_a_first_snapshot(lead_client: Client, team: Team) -> None:
    first = store_repository(team, "first", snapshots=1)

    response = lead_client.get(address(first))

    assert state_counts(first.pk).new == 0
    assert {row.state for row in response.context["page"].rows} == {"open"}
    assert not page_of(first.pk, FindingFilter(state="new"), 1).rows


@pytest.mark.parametrize("sort", ["points", "path", "rule", "newest", "oldest"])
def test_each_order_lists_the_same(sort: str, lead_client: Client, repository: Repository) -> None:
    rows = lead_client.get(address(repository), {"sort": sort}).context["page"].rows

    assert len(rows) == state_counts(repository.pk).open
    if sort in {"path", "rule"}:
        assert [getattr(row, sort) for row in rows] == sorted(getattr(row, sort) for row in rows)


def test_a_long_list_has_pages_that_keep_the_filter(
    lead_client: Client, repository: Repository
) -> None:
    add_findings(repository, PAGE_SIZE + 20)

    first = lead_client.get(address(repository), {"rule": "CX02"})
    second = lead_client.get(address(repository) + first.context["pager"].next)

    assert len(first.context["page"].rows) == PAGE_SIZE
    assert "rule=CX02" in first.context["pager"].next
    assert second.context["page"].number == 2
    assert {row.rule for row in second.context["page"].rows} == {"CX02"}
    assert second.context["pager"].next == ""


def test_a_page_beyond_the_end_is_the_last(lead_client: Client, repository: Repository) -> None:
    page = lead_client.get(address(repository), {"page": "999"}).context["page"]

    assert page.number == page.pages == 1


def test_queries_do_not_grow_with_the_list(
    lead_client: Client,
    repository: Repository,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    add_findings(repository, 40)
    there = address(repository)

    # session, user, frame, rules in use, count, keys, rows, states, acceptances, origins that wait
    with django_assert_num_queries(10):
        lead_client.get(there)


def test_htmx_gets_the_results_alone(lead_client: Client, repository: Repository) -> None:
    response = lead_client.get(
        address(repository),
        {"rule": "CX01", "text": "", "sort": "points"},
        headers={"HX-Request": "true"},
    )

    assert "<html" not in response.content.decode()
    assert response["HX-Push-Url"] == f"{address(repository)}?rule=CX01&sort=points"
    assert "HX-Request" in response["Vary"]


def test_going_back_gets_the_whole_page(lead_client: Client, repository: Repository) -> None:
    response = lead_client.get(
        address(repository),
        headers={"HX-Request": "true", "HX-History-Restore-Request": "true"},
    )

    assert "<html" in response.content.decode()


def test_csv_holds_what_the_filter_shows(lead_client: Client, repository: Repository) -> None:
    add_findings(repository, PAGE_SIZE + 5)

    response = lead_client.get(address(repository), {"rule": "CX02", "format": "csv"})

    rows = records(response)
    assert response["Content-Type"].startswith("text/csv")
    assert 'filename="orders-findings.csv"' in response["Content-Disposition"]
    assert len(rows) == PAGE_SIZE + 6
    assert {row["rule"] for row in rows} == {"CX02"}
    assert float(rows[0]["points"]) > 0


def test_csv_holds_no_formulas(lead_client: Client, repository: Repository) -> None:
    add_findings(repository, 1, message=HOSTILE, symbol="@SUM(A1)", path="+1.py")

    row = next(
        row
        for row in records(lead_client.get(address(repository), {"format": "csv"}))
        if row["path"].endswith("1.py") and "SUM" in row["symbol"]
    )

    assert (row["path"], row["symbol"]) == ("'+1.py", "'@SUM(A1)")
    assert row["message"].startswith("'=")


def test_hostile_text_is_text(lead_client: Client, repository: Repository) -> None:
    add_findings(
        repository, 1, message=HOSTILE, symbol=HOSTILE, path="a b/<b>\u202e\"'.py", points=50.0
    )

    text = lead_client.get(address(repository)).content.decode()

    assert "<script>alert" not in text
    assert "<b>" not in text.replace("<b>No", "")
    assert "\u202e" not in text
    assert "[U+202E]" in text


@pytest.mark.parametrize(
    "query",
    [
        {"least": "much"},
        {"least": "nan"},
        {"least": "-1"},
        {"state": "gone"},
        {"rule": "XX99"},
        {"principle": "'; drop table"},
        {"sort": "password"},
        {"path": "x" * 300},
        {"text": "a\0b"},
        {"page": "minus one"},
        {"page": "9" * 40},
    ],
)
def test_what_makes_no_sense_is_told_and_shows_the_rest(
    query: dict[str, str], lead_client: Client, repository: Repository
) -> None:
    response = lead_client.get(address(repository), query)

    assert response.status_code == 200
    assert len(response.context["page"].rows) == state_counts(repository.pk).open
    if "page" not in query:
        assert response.context["form"].errors


def test_nothing_found_says_how_to_see_more(lead_client: Client, repository: Repository) -> None:
    text = lead_client.get(address(repository), {"text": "no such words"}).content.decode()

    assert "No finding matches." in text
    assert "Show all open findings" in text


def test_a_viewer_may_look(viewer_client: Client, repository: Repository) -> None:
    assert viewer_client.get(address(repository)).status_code == 200


def test_a_visitor_signs_in_first(client: Client, repository: Repository) -> None:
    assert client.get(address(repository)).status_code == 302


def test_another_team_finds_nothing(foreign_client: Client, repository: Repository) -> None:
    assert foreign_client.get(address(repository)).status_code == 404
    assert foreign_client.get(address(repository), {"format": "csv"}).status_code == 404


def test_nothing_is_changed_here(lead_client: Client, repository: Repository) -> None:
    assert lead_client.post(address(repository)).status_code == 405


@pytest.mark.parametrize(
    ("glob", "path", "matches"),
    [
        ("src/*.py", "src/a.py", True),
        ("src/*.py", "src/deep/a.py", False),
        ("src/**/*.py", "src/deep/er/a.py", True),
        ("src/**/*.py", "src/a.py", True),
        ("**", "any/thing.py", True),
        ("a?.py", "ab.py", True),
        ("a?.py", "a/.py", False),
        ("*.py", "aXpy", False),
        ("(a+)+$", "aaaa", False),
        ("part", "some/part/of.py", True),
    ],
)
def test_globs_match_as_in_a_shell(
    glob: str, path: str, matches: bool, repository: Repository
) -> None:
    add_findings(repository, 1, path=path)

    assert (path in paths(repository, path=glob)) is matches


def test_many_wildcards_stay_cheap() -> None:
    assert glob_pattern("*a" * 60).count("[^/]*") <= 8
