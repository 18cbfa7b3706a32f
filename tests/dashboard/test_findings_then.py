"""The list of findings as of a commit: what its last scan found, whatever became of it."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from scanner.domain.findings import Finding, Place
from scanner.domain.lifecycle import Surroundings
from scanner.storage.models import Repository, Snapshot, Team
from scanner.storage.scans import Leases
from scanner.storage.verdicts import Verdicts
from tests.portfolio import store_repository, store_scan
from tests.scanner.verdicts import make_file, make_finding, make_verdict

NOON = datetime(2025, 5, 1, 12, tzinfo=UTC)
A, B = "a1" * 20, "b2" * 20


def plain(name: str, path: str) -> Finding:
    """A finding in one file."""
    return replace(make_finding(name), path=path, related=(), charges=())


def circle(name: str, *members: str) -> Finding:
    """A finding over several files."""
    places = tuple(Place(f"ring/{each}.py", 1) for each in members[1:])
    first = plain(name, f"ring/{members[0]}.py")
    return replace(first, rule="LA03", principle="layering", related=places)


def scan(repository: Repository, commit: str, found: list[Finding], moved: dict[str, str]) -> None:
    """Store a verdict."""
    claim = Leases(lambda: NOON).claim(
        store_scan(repository, status="queued").pk, timedelta(seconds=30)
    )
    assert claim is not None
    files = [make_file(path) for path in sorted({one.path for one in found})]
    verdict = replace(make_verdict(commit, found, files), around=Surroundings(moved))
    Verdicts(lambda: NOON).save(claim, verdict)


@pytest.fixture
def past(team: Team) -> Repository:
    """One finding is fixed, one moves, one stays, one comes, and two circles grow together."""
    repository = store_repository(team, name="Past", snapshots=0)
    repository.scans.all().delete()
    rings = [circle("large", "a", "b", "c"), circle("small", "d", "e")]
    then = [
        plain("gone", "shop/gone.py"),
        plain("moved", "shop/old.py"),
        plain("stays", "shop/s.py"),
    ]
    scan(repository, A, [*then, *rings], {})
    now = [plain("renamed", "shop/new.py"), plain("stays", "shop/s.py"), plain("came", "shop/c.py")]
    now[0] = replace(now[0], symbol="moved")
    scan(repository, B, [*now, circle("whole", *"abcde")], {"shop/old.py": "shop/new.py"})
    repository.refresh_from_db()
    return repository


def address(repository: Repository) -> str:
    """The list of a repository."""
    return reverse("findings", args=[repository.team.slug, repository.slug])


def test_a_commit_shows_what_was_found_in_it(lead_client: Client, past: Repository) -> None:
    response = lead_client.get(address(past), {"at": A[:8]})
    text = response.content.decode()
    rows = {row.path: row for row in response.context["page"].rows}
    assert set(rows) == {"shop/gone.py", "shop/old.py", "shop/s.py", "ring/a.py"}
    assert rows["shop/gone.py"].state == "fixed"
    assert rows["shop/old.py"].today == ("shop/new.py", 3)
    assert [row.path for row in response.context["absorbed"]] == ["ring/d.py"]
    assert "As of commit" in text
    assert "shop/c.py" not in text
    assert "Accept the chosen" not in text
    assert f'name="at" value="{A[:8]}"' in text
    assert response.context["instant"].pair.replace("&", "&amp;") in text


def test_the_list_of_today_stays_as_it_is(lead_client: Client, past: Repository) -> None:
    then = lead_client.get(address(past), {"at": B})
    today = lead_client.get(address(past))
    paths = [row.path for row in today.context["page"].rows]
    assert [row.path for row in then.context["page"].rows] == paths
    assert "shop/c.py" in paths
    assert "This is the commit of today" in then.content.decode()
    assert "As of commit" not in today.content.decode()


def test_commits_of_one_second_lead_here_from_a_trend(
    lead_client: Client, past: Repository
) -> None:
    trend = lead_client.get(reverse("trend", args=[past.team.slug, past.slug]))
    assert trend.status_code == 200
    assert f"{address(past)}?at={A}" in trend.content.decode()


def test_filters_narrow_what_was_found_then(lead_client: Client, past: Repository) -> None:
    rows = lead_client.get(address(past), {"at": A, "rule": "LA03"}).context["page"].rows
    assert [row.rule for row in rows] == ["LA03"]
    nothing = lead_client.get(address(past), {"at": A, "rule": "LA03", "text": "nowhere"})
    assert "Show all findings of then" in nothing.content.decode()


def test_a_file_for_a_spreadsheet_has_all_of_then(lead_client: Client, past: Repository) -> None:
    response = lead_client.get(address(past), {"at": A, "format": "csv"})
    text = b"".join(response.streaming_content).decode()  # type: ignore[attr-defined]
    prints = {row["fingerprint"] for row in csv.DictReader(io.StringIO(text))}
    names = ("gone", "moved", "stays", "large", "small")
    assert prints == {make_finding(name).fingerprint for name in names}


def test_a_backfilled_point_leads_to_its_comparison(lead_client: Client, past: Repository) -> None:
    Snapshot.objects.filter(commit=A).update(turn=0, backfilled=True)
    response = lead_client.get(address(past), {"at": A})
    text = response.content.decode()
    assert "No findings are stored of" in text
    assert f"{reverse('compare', args=[past.team.slug, past.slug])}?from=verdict-" in text
    assert "shop/s.py" not in text
    assert lead_client.get(address(past), {"at": A, "format": "csv"}).status_code == 404


@pytest.mark.parametrize("asked", ["dead", "no commit", "<script>", "a"])
def test_an_unknown_commit_never_shows_the_list_of_today(
    asked: str, lead_client: Client, past: Repository
) -> None:
    response = lead_client.get(address(past), {"at": asked})
    text = response.content.decode()
    assert response.status_code == 200
    assert "No judged commit is called" in text
    assert "shop/s.py" not in text
    assert "<script>" not in text.partition("<main")[2].partition("</main")[0]


def test_too_few_digits_ask_for_more(lead_client: Client, past: Repository) -> None:
    Snapshot.objects.filter(commit=B).update(commit=A[:6] + "0" * 34)
    text = lead_client.get(address(past), {"at": A[:6]}).content.decode()
    assert "More than one commit begins with a1a1a1" in text


def test_a_commit_of_then_takes_few_queries(
    lead_client: Client, past: Repository, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    there = address(past)
    # session, user, frame, rules in use, the point, count, keys, rows, names of then, what was
    # absorbed, the larger ones, origins that wait
    with django_assert_num_queries(12):
        lead_client.get(there, {"at": A})
