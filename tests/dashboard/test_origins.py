"""Who introduced a finding, in which commit and when: shown, filtered by, and kept harmless."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from scanner.storage.models import Finding, Repository, Tracing

HOSTILE = '=cmd|"x"<script>alert(1)</script>\u202e'
COMMIT = "0123456789abcdef" * 2 + "01234567"


def address(repository: Repository) -> str:
    """The list of a repository."""
    return reverse("findings", args=[repository.team.slug, repository.slug])


def introduce(repository: Repository, rule: str, **fields: object) -> None:
    """Tell who brought the findings of a rule."""
    values = {
        "origin": "known",
        "introduced_commit": COMMIT,
        "introduced_by": "Ann Author",
        "introduced_at": datetime(2025, 3, 31, 23, 30, tzinfo=UTC),
    }
    repository.findings.filter(rule=rule).update(**{**values, **fields})


def rules(client: Client, repository: Repository, **query: str) -> set[str]:
    """The rules on the list."""
    return {row.rule for row in client.get(address(repository), query).context["page"].rows}


def test_it_works(lead_client: Client, repository: Repository) -> None:
    introduce(repository, "CX01")
    text = lead_client.get(address(repository)).content.decode()
    assert "Ann Author" in text
    assert COMMIT[:8] in text
    assert "31 Mar 2025" in text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"author": "ann"}, True),
        ({"author": "bob"}, False),
        ({"commit": COMMIT[:8].upper()}, True),
        ({"commit": COMMIT}, True),
        ({"commit": "ffff"}, False),
        ({"since": "2025-03-31"}, True),
        ({"since": "2025-04-01"}, False),
        ({"author": "Author", "since": "2025-01-01", "commit": "0123"}, True),
    ],
)
def test_filters_live_in_the_address(
    query: dict[str, str], found: bool, lead_client: Client, repository: Repository
) -> None:
    introduce(repository, "CX01")
    assert rules(lead_client, repository, **query) == ({"CX01"} if found else set())


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("commit", "HEAD", "A commit is 4 to 64 digits"),
        ("commit", "0" * 65, "A commit is 4 to 64 digits"),
        ("since", "yesterday", "A day reads like"),
        ("since", "2025-02-30", "A day reads like"),
        ("author", "x" * 101, "at most 100 characters"),
    ],
)
def test_what_cannot_be_asked_is_told_at_its_field(
    field: str, value: str, told: str, lead_client: Client, repository: Repository
) -> None:
    response = lead_client.get(address(repository), {field: value})
    assert told in response.content.decode()
    assert response.context["page"].total == response.context["counts"].open


def test_the_newest_are_those_introduced_last(lead_client: Client, repository: Repository) -> None:
    introduce(repository, "CX03", introduced_at=datetime(2035, 1, 1, tzinfo=UTC))
    introduce(repository, "TY01", introduced_at=datetime(2005, 1, 1, tzinfo=UTC))
    rows = lead_client.get(address(repository), {"sort": "newest"}).context["page"].rows
    assert (rows[0].rule, rows[-1].rule) == ("CX03", "TY01")
    rows = lead_client.get(address(repository), {"sort": "oldest"}).context["page"].rows
    assert (rows[0].rule, rows[-1].rule) == ("TY01", "CX03")


def test_what_is_not_known_says_why(lead_client: Client, repository: Repository) -> None:
    there = address(repository)
    assert "not looked up yet" in lead_client.get(there).content.decode()
    Tracing.objects.create(repository=repository, wanted_at=datetime(2025, 1, 1, tzinfo=UTC))
    assert "being looked up" in lead_client.get(there).content.decode()
    Finding.objects.update(origin="none")
    text = lead_client.get(there).content.decode()
    assert "not known" in text
    assert "looked up" not in text
    introduce(repository, "CX01", origin="edge")
    assert "in or before" in lead_client.get(there).content.decode()


def test_hostile_names_stay_text(lead_client: Client, repository: Repository) -> None:
    introduce(repository, "CX01", introduced_by=HOSTILE)
    there = address(repository)
    text = lead_client.get(there, {"author": HOSTILE}).content.decode()
    assert "<script>alert" not in text
    assert "&lt;script&gt;" in text
    assert "[U+202E]" in text
    response = lead_client.get(there, {"format": "csv", "rule": "CX01"})
    table = b"".join(response.streaming_content).decode()  # type: ignore[attr-defined]
    (record,) = csv.DictReader(io.StringIO(table))
    assert record["introduced_by"] == f"'{HOSTILE}"
    assert (record["introduced_commit"], record["introduced"]) == (
        COMMIT,
        "2025-03-31T23:30:00+00:00",
    )


def test_the_page_of_a_file_tells_it_too(lead_client: Client, repository: Repository) -> None:
    introduce(repository, "FS01")
    there = reverse(
        "file", args=[repository.team.slug, repository.slug, "orders/domain/pricing.py"]
    )
    text = lead_client.get(there).content.decode()
    assert "introduced:" in text
    assert "Ann Author" in text
