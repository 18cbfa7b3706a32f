"""Accepting findings on the page: the form, the list of what is accepted, the way back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from scanner.storage.models import Acceptance, Finding, Repository, Scan

HOSTILE = "<script>alert(1)</script>\u202e"


def address(repository: Repository, name: str = "accept") -> str:
    """A page of a repository."""
    return reverse(name, args=[repository.team.slug, repository.slug])


def dearest(repository: Repository) -> Finding:
    """The open finding that costs most."""
    finding = repository.findings.filter(fixed_in=None).order_by("-points").first()
    assert finding is not None
    return finding


def accepted(repository: Repository, user: User, **fields: object) -> Finding:
    """A finding that a scan has left out at the word of this user."""
    finding = dearest(repository)
    Finding.objects.filter(pk=finding.pk).update(accepted_by="team", reason="by design", points=0)
    values: dict[str, object] = {"reason": "by design", "author": user, **fields}
    acceptance = Acceptance(repository=repository, fingerprint=finding.fingerprint)
    for name, value in values.items():
        setattr(acceptance, name, value)
    acceptance.save()
    return finding


def test_it_works(lead_client: Client, lead: User, repository: Repository) -> None:
    finding = dearest(repository)

    shown = lead_client.get(address(repository), {"f": finding.fingerprint})
    answer = lead_client.post(
        address(repository),
        {"f": finding.fingerprint, "reason": "A published table.", "span": "30"},
    )

    assert "Accept 1\N{NO-BREAK SPACE}finding" in shown.content.decode()
    scan = repository.scans.get(status=Scan.Status.QUEUED)
    assert answer["Location"].endswith(f"/scans/{scan.pk}/")
    acceptance = repository.acceptances.get()
    assert (acceptance.reason, acceptance.author) == ("A published table.", lead)
    assert acceptance.expires_at is not None
    assert timedelta(days=29) < acceptance.expires_at - timezone.now() <= timedelta(days=30)


def test_a_last_day_is_a_whole_day(lead_client: Client, repository: Repository) -> None:
    day = timezone.now().date() + timedelta(days=9)
    lead_client.post(
        address(repository),
        {"f": dearest(repository).fingerprint, "reason": "known", "span": "day", "day": day},
    )

    after = day + timedelta(days=1)
    ends = repository.acceptances.get().expires_at
    assert ends == datetime(after.year, after.month, after.day, tzinfo=UTC)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"reason": ""}, "reason"),
        ({"reason": "  x "}, "reason"),
        ({"reason": "y" * 501}, "reason"),
        ({"reason": "known", "span": "day"}, "day"),
        ({"reason": "known", "span": "day", "day": "2001-01-01"}, "day"),
        ({"reason": "known", "span": "day", "day": "soon"}, "day"),
        ({"reason": "known", "span": "never"}, "span"),
    ],
)
def test_what_is_wrong_is_told_at_its_field(
    values: dict[str, str], field: str, lead_client: Client, repository: Repository
) -> None:
    chosen = {"f": dearest(repository).fingerprint}

    response = lead_client.post(address(repository), {**chosen, **values})

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert not repository.acceptances.exists()


def test_what_is_gone_is_told(lead_client: Client, repository: Repository) -> None:
    shown = lead_client.get(address(repository), {"f": "0" * 16})
    answer = lead_client.post(address(repository), {"f": "\0", "reason": "known"})

    assert "Nothing to accept" in shown.content.decode()
    assert answer.status_code == 422
    assert "None of these findings is open any more." in answer.content.decode()


def test_the_list_says_who_and_why(lead_client: Client, lead: User, repository: Repository) -> None:
    accepted(repository, lead, reason=HOSTILE, expires_at=datetime(2031, 5, 4, tzinfo=UTC))

    text = lead_client.get(address(repository, "findings"), {"state": "accepted"}).content.decode()

    assert "by lead" in text
    assert "until 4 May 2031" in text
    assert "&lt;script&gt;" in text
    assert "\u202e" not in text


def test_what_is_accepted_is_not_open(
    lead_client: Client, lead: User, repository: Repository
) -> None:
    finding = accepted(repository, lead)

    page = lead_client.get(address(repository, "findings")).context["page"]

    assert finding.fingerprint not in [row.fingerprint for row in page.rows]


def test_what_waits_for_a_scan_says_so(
    lead_client: Client, lead: User, repository: Repository
) -> None:
    finding = accepted(repository, lead)
    Finding.objects.filter(pk=finding.pk).update(accepted_by="", reason="")

    assert "waits for a scan" in lead_client.get(address(repository, "findings")).content.decode()


def test_the_file_shows_the_reason(lead_client: Client, lead: User, repository: Repository) -> None:
    finding = accepted(repository, lead)

    place = f"{address(repository, 'repository')}file/{finding.path}"

    assert "by design" in lead_client.get(place).content.decode()


def test_withdrawing(lead_client: Client, lead: User, repository: Repository) -> None:
    finding = accepted(repository, lead)

    lead_client.post(address(repository, "withdraw"), {"f": finding.fingerprint})
    again = lead_client.post(
        address(repository, "withdraw"), {"f": finding.fingerprint}, follow=True
    )

    assert repository.acceptances.get().ended_at is not None
    assert repository.scans.filter(status=Scan.Status.QUEUED).count() == 1
    assert "This is not accepted any more." in again.content.decode()


def test_comments_that_do_not_count_are_listed(lead_client: Client, repository: Repository) -> None:
    latest = repository.latest
    assert latest is not None
    latest.uncounted = [{"path": "orders/<b>.py", "line": 7, "why": "names no rule"}]
    latest.save()

    text = lead_client.get(address(repository, "findings"), {"state": "accepted"}).content.decode()

    assert "1\N{NO-BREAK SPACE}comment in the code" in text
    assert "orders/&lt;b&gt;.py:7" in text
    assert (
        "suppression comment" in lead_client.get(address(repository, "repository")).content.decode()
    )


@pytest.mark.parametrize("name", ["accept", "withdraw"])
def test_a_viewer_may_not(name: str, viewer_client: Client, repository: Repository) -> None:
    chosen = {"f": dearest(repository).fingerprint, "reason": "known"}

    assert viewer_client.post(address(repository, name), chosen).status_code == 403
    assert not repository.acceptances.exists()


def test_a_viewer_sees_no_boxes(viewer_client: Client, repository: Repository) -> None:
    text = viewer_client.get(address(repository, "findings")).content.decode()

    assert 'name="f"' not in text


@pytest.mark.parametrize("name", ["accept", "withdraw"])
def test_another_team_finds_nothing(
    name: str, foreign_client: Client, repository: Repository
) -> None:
    assert foreign_client.post(address(repository, name)).status_code == 404


def test_queries_do_not_grow(
    lead_client: Client, repository: Repository, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    every = list(repository.findings.filter(fixed_in=None).values_list("fingerprint", flat=True))

    there = address(repository)

    # session, user, frame, findings, the scores of principles, what all open findings charge
    with django_assert_num_queries(6):
        lead_client.get(there, {"f": every[:1]})
    with django_assert_num_queries(6):
        lead_client.get(there, {"f": every})
