"""What a change of the rubric did: in the waterfall, the trend, the portfolio, on its own page."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from dashboard.changes import changed
from dashboard.queries.findings import state_counts
from dashboard.queries.portfolio import portfolio
from dashboard.queries.repository import Overview, overview
from dashboard.queries.rubrics import step_of
from dashboard.rollup import roll_up
from dashboard.trend_pages import Pages
from dashboard.trends import subject, trend
from scanner.domain.findings import MILLION
from scanner.domain.masses import Mass
from scanner.domain.rubric import DEFAULT
from scanner.domain.rubric_values import Value, settled
from scanner.storage.models import JudgedRubric, Repository, Snapshot, Team
from tests.portfolio import store_repository
from tests.scanner.rubrics import change_rubric
from tests.scanner.workbench import Workbench

LONG = "def total(price: int) -> int:\n" + "    price += 1\n" * 30 + "    return price\n"
BARE = "def total(prices):\n    return sum(prices)\n"
STRICT = settled(DEFAULT, {"limits.function_lines": 10})


@pytest.fixture
def bench() -> Workbench:
    return Workbench(timezone.now)


@pytest.fixture
def shop(team: Team, bench: Workbench) -> Repository:
    """Two commits by the default, then the second one again by a stricter rubric."""
    repository = store_repository(team, "shop", snapshots=0)
    repository.scans.all().delete()
    bench.branch.commit({"shop/a.py": LONG})
    bench.scan(repository.pk)
    bench.branch.commit({"shop/a.py": LONG, "shop/b.py": BARE})
    bench.scan(repository.pk)
    change_rubric({"limits.function_lines": 10}, repository, "House rule.")
    bench.scan(repository.pk)
    repository.refresh_from_db()
    return repository


def page_of(user: User, repository: Repository) -> Overview:
    return overview(user, repository.team.slug, repository.slug)


def steps(page: Overview) -> dict[str, float]:
    """The waterfall without its ends."""
    found_here = changed(page)
    assert found_here is not None
    fall = found_here.waterfall
    ends = fall.rows[0].value, fall.rows[-1].value
    found = {row.label: row.value for row in fall.rows[1:-1]}
    assert sum(found.values()) == pytest.approx(ends[1] - ends[0])
    return found


def test_the_waterfall_holds_the_rubric_alone(lead: User, shop: Repository) -> None:
    page = page_of(lead, shop)
    assert shop.latest is not None
    before, after = Snapshot.objects.filter(commit=shop.latest.commit).order_by("pk")
    assert steps(page) == {"Rubric": pytest.approx(after.score - before.score)}
    assert page.causes == ()
    (moved,) = page.rubric_differences
    assert (moved.name, moved.before, moved.after) == ("limits.function_lines", 50, 10)


def test_code_and_rubric_stand_apart_when_both_moved(
    lead: User, shop: Repository, bench: Workbench
) -> None:
    change_rubric({"limits.function_lines": 50}, shop)
    bench.branch.commit({"shop/a.py": LONG, "shop/b.py": BARE, "shop/c.py": BARE})
    bench.scan(shop.pk)
    page = page_of(lead, shop)
    found = steps(page)
    assert found["Rubric"] > 0 > found["New findings"]
    assert set(found) <= {"Rubric", "New findings", "Other code"}
    assert [(cause.kind, cause.rule) for cause in page.causes] == [("new", "TY01")]


def test_the_next_scan_tells_of_no_rubric(lead: User, shop: Repository, bench: Workbench) -> None:
    bench.branch.commit({"shop/a.py": LONG, "shop/b.py": BARE, "shop/c.py": BARE})
    bench.scan(shop.pk)
    page = page_of(lead, shop)
    assert "Rubric" not in steps(page)
    assert page.rubric_differences == ()


def test_the_way_back_stands_last(lead: User, shop: Repository, bench: Workbench) -> None:
    change_rubric({"limits.function_lines": 50}, shop)
    bench.scan(shop.pk)
    page = page_of(lead, shop)
    assert page.verdict is not None
    assert page.verdict.rubric == DEFAULT.version
    assert page.previous is not None
    assert page.previous.rubric == STRICT.version
    assert steps(page)["Rubric"] > 0
    drawn = trend(subject(page.history, page.values), Pages("shop", "shop"))
    assert drawn is not None
    assert [one for one in drawn.events if one.kind == "rubric"] == []


def test_the_trend_marks_the_change_and_leads_to_it(lead_client: Client, shop: Repository) -> None:
    page = lead_client.get(reverse("repository", args=["shop", "shop"]))
    (event,) = [one for one in page.context["trend"].events if one.kind == "rubric"]
    told = Snapshot.objects.get(rubric=STRICT.version)
    effect = told.score - (told.score_before or 0)
    assert event.at == told.committed_at
    assert event.text == f"Rubric \N{MINUS SIGN}{-effect:.1f}"
    text = page.content.decode()
    address = reverse("rubric-change", args=["shop", "shop", DEFAULT.version, STRICT.version])
    assert len(re.findall(f'href="{address}"', text)) == 3  # chart, below it, what changed
    assert "since the previous scan, with another rubric." in text
    principle = lead_client.get(reverse("principle", args=["shop", "shop", "typing"]))
    assert [one.href for one in principle.context["trend"].events] == [address]


def test_the_page_of_a_change_tells_values_findings_and_reasons(
    viewer_client: Client, shop: Repository
) -> None:
    address = reverse("rubric-change", args=["shop", "shop", DEFAULT.version, STRICT.version])
    page = viewer_client.get(address)
    step = page.context["step"]
    assert [(one.title, one.before, one.after) for one in page.context["values"]] == [
        ("lines of a function", "50", "10")
    ]
    assert [(move.code, move.came, move.went) for move in step.moves] == [("CX02", 1, 0)]
    assert [row.note for row in step.versions] == ["House rule."]
    assert step.effect < 0
    assert "House rule." in page.content.decode()


def test_a_change_while_a_scan_ran_is_told(
    viewer_client: Client, shop: Repository, bench: Workbench
) -> None:
    late: dict[str, Value] = {"limits.function_lines": 9}
    bench.branch.meanwhile = lambda: change_rubric(late, shop, "Meanwhile.")
    bench.scan(shop.pk)
    bench.branch.meanwhile = lambda: None
    bench.scan(shop.pk)
    shop.refresh_from_db()
    assert shop.latest is not None
    step = step_of(shop.pk, STRICT.version, shop.latest.rubric)
    assert [row.note for row in step.versions] == ["Meanwhile."]
    (before,) = step_of(shop.pk, DEFAULT.version, STRICT.version).versions
    assert before.note == "House rule."


def test_a_change_of_the_default_is_told_too(shop: Repository, bench: Workbench) -> None:
    change_rubric({"limits.nesting": 2}, None, "All of us.")
    bench.scan(shop.pk)
    shop.refresh_from_db()
    assert shop.latest is not None
    step = step_of(shop.pk, STRICT.version, shop.latest.rubric)
    assert [(row.note, row.is_own) for row in step.versions] == [("All of us.", False)]


def test_a_rubric_that_was_never_kept_is_said(viewer_client: Client, shop: Repository) -> None:
    JudgedRubric.objects.filter(version=DEFAULT.version).delete()
    address = reverse("rubric-change", args=["shop", "shop", DEFAULT.version, STRICT.version])
    assert "One of the two was never kept" in viewer_client.get(address).content.decode()
    page = viewer_client.get(reverse("repository", args=["shop", "shop"])).content.decode()
    assert "The rubric was changed. " in page


def test_rubrics_of_no_verdict_are_not_found(viewer_client: Client, shop: Repository) -> None:
    address = reverse("rubric-change", args=["shop", "shop", DEFAULT.version, "1-abcdef"])
    assert viewer_client.get(address).status_code == 404


def test_what_the_rubric_brought_is_open_and_not_new(shop: Repository) -> None:
    assert shop.findings.get(rule="CX02").opened_by_rubric
    counts = state_counts(shop.pk)
    assert (counts.open, counts.new) == (shop.findings.filter(fixed_in=None).count(), 0)


def test_the_portfolio_tells_a_rubric_from_code(lead: User, shop: Repository) -> None:
    last = Snapshot.objects.latest("committed_at").committed_at
    page = portfolio(lead, last + timedelta(days=1))
    (moved,) = page.changes
    assert moved.rubric < 0
    assert [cause.rule for cause in moved.causes] == ["TY01"]
    assert (moved.row.new, moved.row.fixed) == (1, 0)


def test_repositories_of_unlike_rubrics_roll_up_by_the_default() -> None:
    mine = Mass("typing", 90 * MILLION, 5 * MILLION, 20 * MILLION, 2.0, 14.0)
    other = Mass("typing", 90 * MILLION, 5 * MILLION, 10 * MILLION, 7.0, 30.0)
    unlike = roll_up([mine, other], DEFAULT)
    assert unlike == roll_up([other, mine], DEFAULT)
    assert unlike is not None
    assert unlike.score == pytest.approx(100 * 210 / (210 + 1 * 10))  # its rigour is 1
    alike = roll_up([other, other], DEFAULT)
    assert alike is not None
    assert alike.score == pytest.approx(100 * 200 / (200 + 7 * 10))


def test_limits_on_pages_are_those_of_the_verdict(lead_client: Client, shop: Repository) -> None:
    change_rubric({"limits.function_lines": 33}, shop)  # not judged by yet
    page = lead_client.get(reverse("principle", args=["shop", "shop", "complexity"]))
    assert ("lines of a function", 10) in page.context["limits"]


def test_queries_of_the_page_do_not_grow(
    viewer_client: Client, shop: Repository, bench: Workbench
) -> None:
    address = reverse("repository-rubric", args=["shop", "shop"])
    taken = []
    for limits in ((11,), range(12, 18)):
        for limit in limits:
            change_rubric({"limits.function_lines": limit}, shop)
            bench.scan(shop.pk)
        with CaptureQueriesContext(connection) as seen:
            viewer_client.get(address)
        taken.append(len(seen))
    assert taken[0] == taken[1] <= 9
