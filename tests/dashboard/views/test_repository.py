"""The page of a repository, its principles, and the rubric."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from dashboard.principles import LABELS
from scanner.domain.rubric import KEYS
from scanner.rules.catalogue import RULES
from scanner.storage.models import Finding, Repository, Scan, Team
from tests.dashboard.latest import change_latest, latest_of
from tests.portfolio import INAPPLICABLE, store_repository, store_scan

HTMX = {"HX-Request": "true"}


def page_of(client: Client, repository: Repository, name: str = "repository", *more: str) -> str:
    """A page of a repository as text."""
    response = client.get(reverse(name, args=[repository.team.slug, repository.slug, *more]))
    assert response.status_code == 200
    return response.content.decode()


def test_it_works(lead_client: Client, repository: Repository) -> None:
    page = page_of(lead_client, repository)
    assert re.search(r"orders is an? [A-F], (up|down) \d|orders is an? [A-F] and steady", page)
    for heading in ("What changed", "Fix first", "Trend", "Principles", "Worst files"):
        assert f">{heading}</h2>" in page
    assert '<svg class="plot trend"' in page
    assert "Overall" in page


def test_fixes_are_listed_by_their_gain_alone_on_request(
    lead_client: Client, repository: Repository
) -> None:
    usual = page_of(lead_client, repository)
    address = reverse("repository", args=[repository.team.slug, repository.slug])
    asked = lead_client.get(address, {"fix": "most"}).content.decode()
    current = re.compile(r'aria-current="true">(For the time|Most points)<')
    assert (current.findall(usual), current.findall(asked)) == (["For the time"], ["Most points"])
    assert "most points, however long they take" in asked
    assert re.search(r'<td class="gain">\+\d', asked)


def test_the_figures_of_the_trend_are_in_a_table_too(
    lead_client: Client, repository: Repository
) -> None:
    page = page_of(lead_client, repository)
    twin = page[page.index("Figures of this chart") :]
    dates = re.findall(r'<th scope="row">(\d+ \w+ 2025)', twin)
    assert dates == ["17 Mar 2025", "10 Mar 2025", "3 Mar 2025"]


def test_the_first_scan_has_one_point_and_says_so(lead_client: Client, team: Team) -> None:
    page = page_of(lead_client, store_repository(team, "fresh", snapshots=1))
    assert "There is one point so far." in page
    assert "This is the first scan." in page
    assert "plot trend" not in page


def test_each_lost_point_is_told_once(lead_client: Client, repository: Repository) -> None:
    page = page_of(lead_client, repository)
    shown = [float(text) for text in re.findall(r"<b>([\d.]+) lost</b>", page)]
    assert len(shown) == 5
    lost = sum(row.points_lost for row in latest_of(repository).principles.all())
    assert sum(shown) == pytest.approx(lost, abs=0.3)


@pytest.mark.parametrize("state", ["never", "queued", "running", "failed"])
def test_before_the_first_verdict_it_says_what_comes(
    state: str, lead_client: Client, team: Team
) -> None:
    repository = Repository.objects.create(team=team, name="fresh", slug="fresh", address="/x")
    if state != "never":
        store_scan(repository, state)
    page = page_of(lead_client, repository)
    words = {
        "never": "fresh has not been scanned yet.",
        "queued": "The first scan of fresh waits for a worker.",
        "running": "The first scan of fresh is on its way.",
        "failed": "fresh could not be scanned.",
    }
    assert words[state] in page
    assert ("Scan now" in page) is (state == "never")
    assert ("Try again" in page) is (state == "failed")
    assert ("repository-live" in page or "/live/" in page) is (state in {"queued", "running"})


def test_a_viewer_has_no_button(viewer_client: Client, team: Team) -> None:
    repository = Repository.objects.create(team=team, name="fresh", slug="fresh", address="/x")
    page = page_of(viewer_client, repository)
    assert "Scan now" not in page
    assert reverse("repository-settings", args=["shop", "fresh"]) not in page


def test_a_failed_scan_keeps_the_old_figures_and_names_the_cause(
    lead_client: Client, repository: Repository
) -> None:
    failed = store_scan(repository, Scan.Status.FAILED)
    page = page_of(lead_client, repository)
    assert failed.error_message in page
    assert failed.error_next_step in page
    assert ">Principles</h2>" in page


def test_a_partial_verdict_leads_to_what_could_not_be_read(
    lead_client: Client, repository: Repository
) -> None:
    change_latest(repository, coverage=0.9)
    page = page_of(lead_client, repository)
    assert "Partial: 90.0\N{NO-BREAK SPACE}% of the lines were measured." in page
    assert '<details class="twin" id="unmeasured" open>' in page
    assert "syntax error, line 7" in page


def test_what_was_read_by_rewriting_is_counted(lead_client: Client, repository: Repository) -> None:
    page = page_of(lead_client, repository)
    where = reverse("files", args=["shop", repository.slug])
    assert f'<a href="{where}#rewritten">1\xa0file read through rewriting</a>' in page
    change_latest(repository, rewritten=[])
    assert "read through rewriting" not in page_of(lead_client, repository)


def test_nothing_to_judge_is_no_failure(lead_client: Client, repository: Repository) -> None:
    change_latest(repository, modules=0, lines=0)
    assert "There is nothing to judge." in page_of(lead_client, repository)


def test_notices_and_exclusions_are_in_the_open(
    lead_client: Client, repository: Repository
) -> None:
    notice = "Unknown key [tool.codevitals] <limit>"
    change_latest(repository, notices=[notice])
    page = page_of(lead_client, repository)
    assert "Unknown key [tool.codevitals] &lt;limit&gt;" in page
    assert "tests/<wbr>test_pricing.py" in page
    assert "Migration: 1\N{NO-BREAK SPACE}module" in page


def test_hostile_paths_are_shown_and_never_obeyed(
    lead_client: Client, repository: Repository
) -> None:
    hostile = 'a"><script>alert(1)</script>/\u202ey.py'
    repository.files.filter(path="orders/domain/pricing.py").update(path=hostile)
    Finding.objects.filter(repository=repository).update(path=hostile, message=hostile)
    for name, more in (("repository", []), ("principle", ["complexity"])):
        page = page_of(lead_client, repository, name, *more)
        assert "<script>alert" not in page
        assert "\u202e" not in page


def test_a_live_scan_is_followed_and_the_page_drawn_again_at_its_end(
    lead_client: Client, repository: Repository
) -> None:
    scan = store_scan(repository, Scan.Status.RUNNING)
    address = reverse("repository-live", args=["shop", "orders"])
    assert f'hx-get="{address}"' in page_of(lead_client, repository)
    part = lead_client.get(address, headers=HTMX)
    assert "Reading facts, 42 of 118 files" in part.content.decode()
    assert "HX-Refresh" not in part
    Scan.objects.filter(pk=scan.pk).update(status=Scan.Status.DONE)
    assert lead_client.get(address, headers=HTMX)["HX-Refresh"] == "true"


def test_a_span_shows_the_last_years_alone(lead_client: Client, team: Team) -> None:
    repository = store_repository(team, "old", snapshots=120)
    whole = page_of(lead_client, repository)
    assert "120\N{NO-BREAK SPACE}points" in whole
    address = reverse("repository", args=["shop", "old"])
    year = lead_client.get(f"{address}?span=1").content.decode()
    assert "53\N{NO-BREAK SPACE}points of 120" in year
    assert "120\N{NO-BREAK SPACE}points" in lead_client.get(f"{address}?span=x").content.decode()


@pytest.mark.parametrize("key", KEYS)
def test_each_principle_has_its_page(key: str, lead_client: Client, repository: Repository) -> None:
    page = page_of(lead_client, repository, "principle", key)
    label = LABELS[key]
    assert label.name in page
    if key in INAPPLICABLE and label.built:
        assert f"{label.name} does not apply here." in page
    elif label.built:
        assert "How this score came about" in page
    else:
        assert f"{label.name} is not built yet." in page


def test_the_algebra_of_a_principle_is_that_of_its_score(
    lead_client: Client, repository: Repository
) -> None:
    page = page_of(lead_client, repository, "principle", "complexity")
    row = latest_of(repository).principles.get(principle="complexity")
    match = re.search(r"100 . ([\d,.]+) . \(\1 \+ ([\d.]+) . ([\d,.]+)\)", page)
    assert match is not None
    good, rigour, debt = (float(text.replace(",", "")) for text in match.groups())
    assert 100 * good / (good + rigour * debt) == pytest.approx(row.score, abs=0.01)


def test_a_principle_that_does_not_apply_says_when_it_does(
    lead_client: Client, repository: Repository
) -> None:
    rows = latest_of(repository).principles.filter(principle="layering")
    rows.update(applicable=False, score=None)
    page = page_of(lead_client, repository, "principle", "layering")
    assert "Layering does not apply here." in page
    assert "It applies where there are two modules" in page


def test_an_unknown_principle_is_not_found(lead_client: Client, repository: Repository) -> None:
    address = reverse("principle", args=["shop", "orders", "beauty"])
    assert lead_client.get(address).status_code == 404
    assert repository.slug == "orders"


def test_the_rubric_lists_every_rule(lead_client: Client) -> None:
    page = lead_client.get(reverse("rubric")).content.decode()
    for code in RULES:
        assert reverse("rule", args=[code]) in page
    for label in LABELS.values():
        assert f">{label.name}</h2>" in page


@pytest.mark.parametrize("code", sorted(RULES))
def test_each_rule_has_its_page(code: str, lead_client: Client) -> None:
    response = lead_client.get(reverse("rule", args=[code]))
    page = response.content.decode()
    assert response.status_code == 200
    for heading in ("What it finds", "Why it matters", "How to fix it", "When to accept it"):
        assert f"<h2>{heading}</h2>" in page
    for heading in ("Bad", "Good"):
        assert f"<h3>{heading}</h3>" in page
    assert "`" not in page


def test_an_unknown_rule_is_not_found(lead_client: Client) -> None:
    assert lead_client.get(reverse("rule", args=["XX99"])).status_code == 404


def test_a_rule_leads_to_where_it_stands_open(
    lead: User, lead_client: Client, repository: Repository
) -> None:
    page = lead_client.get(reverse("rule", args=["FS01"])).content.decode()
    assert f"{reverse('findings', args=['shop', 'orders'])}?rule=FS01" in page
    assert lead.username == "lead"
