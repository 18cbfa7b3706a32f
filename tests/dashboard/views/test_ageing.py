"""The page of ageing: ages, what comes and goes, how long findings live."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.http import Http404
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from dashboard.ageing import FEWEST_FIXED, Story, flow_of, groups_of, monday, span, story
from dashboard.queries.ageing import Ageing, Batch, ageing_of
from scanner.storage.models import Finding, Repository, Snapshot, Team
from tests.dashboard.latest import latest_of
from tests.portfolio import store_repository, store_team, store_user

TODAY = date(2026, 5, 6)  # a Wednesday


def page_of(client: Client, repository: Repository) -> str:
    """The page as text."""
    response = client.get(reverse("ageing", args=["shop", repository.slug]))
    assert response.status_code == 200
    return response.content.decode()


def batch(born: int, **fields: object) -> Batch:
    """One finding that was written so many days ago, and that a scan saw on that day."""
    day = TODAY - timedelta(days=born)
    values: dict[str, object] = {
        "principle": "typing", "born": day, "is_known": True, "seen": day, "fixed": None,
        "by_rubric": False, "is_new": True, "is_accepted": False, "count": 1, "points": 0.5,
    }  # fmt: skip
    return Batch(**{**values, **fields})  # type: ignore[arg-type]


def fixed(days_ago: int) -> dict[str, object]:
    """The fields of what was fixed so many days ago."""
    return {"fixed": TODAY - timedelta(days=days_ago)}


def told(user: User, repository: Repository) -> Story:
    """What the page shows today."""
    found = story(ageing_of(user, "shop", repository.slug), timezone.now().date())
    assert found is not None
    return found


def test_each_open_finding_is_in_one_group() -> None:
    batches = [batch(days, count=2) for days in (0, 6, 7, 29, 364, 365, 1_825, 1_826, 9_000)]
    groups = groups_of(batches, TODAY)
    assert [group.count for group in groups] == [4, 4, 0, 2, 2, 2, 4]
    assert sum(group.points for group in groups) == pytest.approx(4.5)


def test_weeks_begin_on_mondays_and_hold_only_changes_of_code() -> None:
    batches = [
        batch(0),
        batch(9, **fixed(1), count=3),
        batch(9, is_new=False),  # the first scan met it
        batch(9, is_new=False, **fixed(2)),
        batch(9, is_new=False, by_rubric=True, **fixed(2)),
    ]
    weeks = flow_of(batches, TODAY - timedelta(days=9), TODAY)
    assert [week.monday for week in weeks] == [date(2026, 4, 27), date(2026, 5, 4)]
    assert [(week.added, week.fixed) for week in weeks] == [(3, 0), (1, 4)]


def test_a_year_of_weeks_at_most() -> None:
    weeks = flow_of([], date(2020, 1, 1), TODAY)
    assert len(weeks) == 52
    assert weeks[-1].monday == monday(TODAY)


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, "0 days"), (1, "1 day"), (20, "20 days"), (21, "3 weeks"), (91, "3 months"),
     (546, "18 months"), (548, "1.5 years"), (1_826, "5 years")],
)  # fmt: skip
def test_lengths_of_time_in_words(days: int, words: str) -> None:
    assert span(days) == words


def test_the_origin_of_a_finding_is_its_day_of_birth(lead: User, repository: Repository) -> None:
    found = Finding.objects.filter(repository=repository, fixed_in=None, cost__gt=0)
    found.update(introduced_at=timezone.now() - timedelta(days=700), origin="known")
    shown = told(lead, repository)
    ages = {group.label: group.count for group in shown.groups if group.count}
    assert ages == {"Under 2 years": found.count()}
    assert (shown.known, shown.median) == (1.0, "1.9 years")


def test_what_was_accepted_or_costs_nothing_is_not_open(lead: User, repository: Repository) -> None:
    every = told(lead, repository).open
    one, other = Finding.objects.filter(repository=repository, fixed_in=None, cost__gt=0)[:2]
    Finding.objects.filter(pk=one.pk).update(accepted_by="team")
    assert told(lead, repository).open == every - 1
    Finding.objects.filter(pk=other.pk).update(cost=0)
    assert told(lead, repository).open == every - 2


def test_before_enough_was_fixed_the_page_says_so(
    lead_client: Client, repository: Repository
) -> None:
    page = page_of(lead_client, repository)
    assert f"From {FEWEST_FIXED} on, a curve says more than chance would" in page
    assert 'class="plot survival"' not in page
    assert "Added against fixed" in page


def test_enough_fixed_ones_make_a_curve(lead_client: Client, repository: Repository) -> None:
    first, latest = repository.snapshots.order_by("committed_at")[:2]
    born = datetime(2024, 1, 1, tzinfo=UTC)
    Finding.objects.bulk_create(
        Finding(
            repository=repository, fingerprint=f"{n:016x}", rule="TY01", principle="typing",
            path="a.py", line=n, end_line=n, symbol="f", message="No", cost=1, points=0.1,
            effort=1, first_in=first, fixed_in=latest, origin="known", introduced_at=born,
        )
        for n in range(FEWEST_FIXED)
    )  # fmt: skip
    page = page_of(lead_client, repository)
    assert 'class="plot survival"' in page
    days = (latest.committed_at - born).days
    assert f"half are fixed by the age of {span(days)}" in page


def test_a_single_week_is_no_picture_yet(lead_client: Client, team: Team) -> None:
    fresh = store_repository(team, "fresh", snapshots=1)
    Snapshot.objects.filter(repository=fresh).update(committed_at=timezone.now())
    page = page_of(lead_client, fresh)
    assert "The picture begins when a second week is scanned" in page


def test_before_the_first_scan(lead_client: Client, team: Team) -> None:
    page = page_of(lead_client, store_repository(team, "new", snapshots=0))
    assert "They come with the first scan." in page


def test_nothing_open_is_said(lead_client: Client, repository: Repository) -> None:
    Finding.objects.filter(repository=repository).delete()
    assert "No finding is open" in page_of(lead_client, repository)
    assert latest_of(repository).score > 0


def test_findings_change_no_number_of_queries(lead: User, team: Team) -> None:
    taken = []
    for name, snapshots in (("short", 2), ("long", 20)):
        store_repository(team, name, snapshots=snapshots)
        with CaptureQueriesContext(connection) as seen:
            ageing_of(lead, "shop", name)
        taken.append(len(seen))
    assert taken == [4, 4]


def test_a_foreign_one_is_not_there(repository: Repository) -> None:
    stranger = store_user(store_team("Other"), "stranger")
    with pytest.raises(Http404):
        ageing_of(stranger, "shop", repository.slug)


def test_a_story_needs_a_scan(lead: User, team: Team) -> None:
    store_repository(team, "new", snapshots=0)
    page: Ageing = ageing_of(lead, "shop", "new")
    assert story(page, TODAY) is None
