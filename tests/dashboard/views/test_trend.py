"""The page of the trend: its ranges, its lines, its events, every figure of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.http import Http404
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dashboard.charts.events import Event
from dashboard.queries.past import past_of
from dashboard.trend_twin import MOST_ROWS
from scanner.storage.models import PrincipleScore, Repository, Snapshot, Team
from tests.dashboard.charts.test_contract import check
from tests.dashboard.latest import change_latest, latest_of
from tests.portfolio import START, store_repository, store_team, store_user

NBSP = "\N{NO-BREAK SPACE}"
Page = Callable[..., str]


@pytest.fixture
def years(team: Team) -> Repository:
    """A repository of a hundred and twenty weeks."""
    return store_repository(team, "old", snapshots=120)


@pytest.fixture
def text_of(lead_client: Client) -> Page:
    """The page of the trend of the old repository, as text."""

    def shown(query: str = "", name: str = "trend", slug: str = "old") -> str:
        response = lead_client.get(reverse(name, args=["shop", slug]) + query)
        assert response.status_code == 200
        return response.content.decode()

    return shown


def week(number: int) -> str:
    """The day of a snapshot."""
    return (START + timedelta(weeks=number)).date().isoformat()


def events(client: Client, query: str = "", slug: str = "old") -> list[Event]:
    """What the trend tells beside the score."""
    response = client.get(reverse("trend", args=["shop", slug]) + query)
    return list(response.context["trend"].events)


@pytest.mark.usefixtures("years")
class TestRange:
    """A part of the history, in the address."""

    def test_days_from_one_to_another_are_both_inside(self, text_of: Page) -> None:
        shown = text_of(f"?from={week(10)}&to={week(20)}")
        assert f"11{NBSP}points of 120" in shown
        assert f'value="{week(10)}"' in shown

    def test_one_end_is_enough(self, text_of: Page) -> None:
        assert f"10{NBSP}points of 120" in text_of(f"?from={week(110)}")
        assert f"3{NBSP}points of 120" in text_of(f"?to={week(2)}")

    def test_a_span_ends_with_the_newest_point(self, text_of: Page) -> None:
        assert f"53{NBSP}points of 120" in text_of("?span=1")

    def test_what_is_no_day_is_told_and_counts_for_nothing(self, text_of: Page) -> None:
        shown = text_of("?from=yesterday")
        assert "A day reads like 2025-01-31." in shown
        assert f"120{NBSP}points<" in shown

    def test_days_the_wrong_way_round_are_told(self, text_of: Page) -> None:
        shown = text_of(f"?from={week(9)}&to={week(3)}")
        assert "The last day is before the first." in shown
        assert "Server Error" not in shown

    def test_an_empty_range_leads_back_to_all(self, text_of: Page) -> None:
        shown = text_of("?from=1999-01-01&to=1999-12-31")
        assert "from 1 January 1999 up to 31 December 1999: too few for a line" in shown
        assert '<a href="?#trend">all 120</a>' in shown

    def test_a_range_stays_with_the_principle(self, text_of: Page) -> None:
        shown = text_of(f"?show=typing&from={week(10)}")
        assert '<input type="hidden" name="show" value="typing">' in shown
        assert 'href="?show=typing&amp;span=1#trend"' in shown
        assert f'href="?show=complexity&amp;from={week(10)}"' in shown

    def test_the_page_of_a_repository_takes_the_same_range(self, text_of: Page) -> None:
        query = f"?from={week(10)}&to={week(20)}"
        assert f"11{NBSP}points of 120" in text_of(query, "repository")
        assert f'data-points="/r/shop/old/trend/points/{query}"'.replace("&", "&amp;") in text_of(
            query, "repository"
        )


@pytest.mark.usefixtures("years")
class TestLines:
    """The overall score, one principle, or all side by side."""

    def test_a_principle_alone(self, text_of: Page) -> None:
        shown = text_of("?show=complexity")
        assert "<h1>Complexity over time</h1>" in shown
        assert 'class="s"' not in shown

    def test_all_side_by_side(self, text_of: Page) -> None:
        assert text_of("?show=each").count('class="small-of"') == 6  # overall, five that apply

    def test_what_is_no_principle_is_the_overall_score(self, text_of: Page) -> None:
        assert "<h1>Score over time</h1>" in text_of("?show=beauty")

    def test_figures_have_pages(self, text_of: Page) -> None:
        assert "1 to 100 of 120" in text_of()
        second = text_of("?page=2")
        assert "101 to 120 of 120" in second
        assert "101 to 120 of 120" in text_of("?page=99")
        assert START.strftime("%-d %b %Y") in second


@pytest.mark.parametrize("query", ["", "?show=typing", "?span=1"])
def test_the_chart_keeps_the_contract(lead_client: Client, years: Repository, query: str) -> None:
    gone = years.snapshots.order_by("committed_at")[100]
    Snapshot.objects.filter(pk=gone.pk).update(vanished=True, coverage=0.5)
    response = lead_client.get(reverse("trend", args=["shop", "old"]) + query)
    chart = response.context["trend"].chart
    check(chart)
    assert "gone" in {key.sign for key in chart.legend}
    assert len(chart.twin.rows) <= MOST_ROWS
    (everything,) = chart.twin.everything.links
    assert everything.href in response.content.decode().replace("&amp;", "&")


@pytest.mark.usefixtures("years")
def test_every_point_is_read_out_with_its_change(lead_client: Client) -> None:
    Snapshot.objects.filter(committed_at=START + timedelta(weeks=7)).update(
        coverage=0.5, tags=["v1.0\u202e"], score=91.25
    )
    address = reverse("trend-points", args=["shop", "old"])
    found = lead_client.get(f"{address}?from={week(7)}&to={week(8)}").json()["points"]
    before, after = Snapshot.objects.order_by("committed_at")[6:8]
    x, y, day, words, commit = found[0]
    assert commit == after.commit[:12]
    assert (x, day, len(found)) == (0, week(7), 2)
    assert 0 <= y <= 290
    change = round(91.2 - int(before.score * 10) / 10, 1)
    assert words == (
        f"{after.committed_at:%-d %B %Y}, commit {after.commit[:8]}, 91.2 A, "
        f"+{change} since the point before, only 50.0 % measured, v1.0[U+202E]"
    )


def test_no_points_no_page(lead_client: Client, team: Team) -> None:
    store_repository(team, "fresh", snapshots=0)
    response = lead_client.get(reverse("trend", args=["shop", "fresh"]))
    assert "The trend begins with the second commit" in response.content.decode()
    answer = lead_client.get(reverse("trend-points", args=["shop", "fresh"]))
    assert answer.json() == {"points": []}


class TestEvents:
    """What explains a step beside the code."""

    def test_commits_that_left_the_branch(self, lead_client: Client, years: Repository) -> None:
        snapshots = list(years.snapshots.order_by("committed_at"))
        Snapshot.objects.filter(pk__in=[one.pk for one in snapshots[50:53]]).update(vanished=True)
        (event,) = events(lead_client)
        assert event.text == "3 commits left"
        assert event.at == snapshots[52].committed_at
        page = lead_client.get(reverse("trend", args=["shop", "old"])).content.decode()
        assert page.count('class="gone"') == 3
        assert page.count(">Left the branch<") == 3
        assert events(lead_client, f"?from={week(60)}") == []

    def test_more_modules_are_excluded(self, lead_client: Client, years: Repository) -> None:
        change_latest(years, left_out=3)
        (event,) = events(lead_client)
        assert (event.text, event.kind) == ("3 more excluded", "exclusions")
        assert event.sentence == "3 modules are excluded in pyproject.toml, 0 before"

    def test_much_less_could_be_read(self, lead_client: Client, years: Repository) -> None:
        change_latest(years, coverage=0.7)
        (event,) = events(lead_client)
        assert event.sentence == "70.0 % of the lines could be measured, 99.1 % before"

    def test_another_engine(self, lead_client: Client, years: Repository) -> None:
        change_latest(years, engine="2.0.0+cpython-3.13")
        (event,) = events(lead_client)
        assert event.kind == "engine"

    def test_a_principle_begins_to_apply(self, lead_client: Client, years: Repository) -> None:
        rows = PrincipleScore.objects.filter(snapshot__repository=years, principle="async")
        rows.filter(snapshot=years.latest).update(applicable=True, score=88.0)
        (event,) = events(lead_client)
        assert (event.text, event.kind) == ("Async begins", "first")
        assert [one.kind for one in events(lead_client, "?show=typing")] == []


def test_no_query_more_for_a_longer_past(lead: User, team: Team) -> None:
    taken = []
    for name, snapshots in (("short", 2), ("long", 40)):
        store_repository(team, name, snapshots=snapshots)
        with CaptureQueriesContext(connection) as seen:
            past_of(lead, "shop", name)
        taken.append(len(seen))
    assert taken == [3, 3]


def test_a_foreign_past_is_not_there(repository: Repository) -> None:
    stranger = store_user(store_team("Other"), "stranger")
    with pytest.raises(Http404):
        past_of(stranger, "shop", repository.slug)
    assert latest_of(repository).score > 0
