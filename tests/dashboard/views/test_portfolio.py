"""The portfolio page: its states, its filters, its rows that live."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import User
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from dashboard.portfolio_choice import Choice
from dashboard.views import portfolio as views
from scanner.storage.models import Label, Repository, Scan, Team
from tests.dashboard.latest import change_latest
from tests.portfolio import store_repository, store_scan, store_team, store_user

HTMX = {"HX-Request": "true", "HX-Target": "repositories"}


def text_of(client: Client, query: str = "", headers: dict[str, str] | None = None) -> str:
    """The page as text."""
    response = client.get(reverse("portfolio") + query, headers=headers)
    assert response.status_code == 200
    return response.content.decode()


def names_in(page: str) -> list[str]:
    """The repositories of the table, in its order."""
    return re.findall(r'id="repo-\d+"[^>]*>([^<]+)</a>', page)


def graded(team: Team, name: str, score: float, grade: str) -> Repository:
    """A repository with a score of one's choice."""
    repository = store_repository(team, name)
    change_latest(repository, score=score, grade=grade)
    return repository


def test_it_works(lead_client: Client, repository: Repository) -> None:
    page = text_of(lead_client)
    assert "The portfolio is a" in page
    assert names_in(page) == ["orders"]
    assert f'href="{reverse("principle", args=["shop", "orders", "typing"])}"' in page
    assert repository.latest is not None
    assert repository.latest.commit[:7] in page


def test_an_empty_portfolio_leads_to_the_first_repository(lead_client: Client) -> None:
    page = text_of(lead_client)
    assert "One address is enough." in page
    assert f'method="post" action="{reverse("add-repository")}"' in page
    assert 'name="address"' in page
    assert "<table" not in page


def test_the_first_address_is_judged_where_the_form_leads(lead_client: Client, team: Team) -> None:
    refused = lead_client.post(
        reverse("add-repository"), {"address": "ftp://x.example/a", "team": team.pk, "every": ""}
    )
    assert refused.status_code == 422
    assert not Repository.objects.exists()


def test_a_viewer_is_told_who_can_begin(viewer_client: Client) -> None:
    page = text_of(viewer_client)
    assert "A lead or an owner of a team can add the first one." in page
    assert 'name="address"' not in page


def test_rows_come_lowest_score_first(lead_client: Client, team: Team) -> None:
    graded(team, "middle", 75.0, "C")
    graded(team, "best", 95.0, "A")
    graded(team, "worst", 40.0, "F")
    store_repository(team, "unscored", snapshots=0)
    assert names_in(text_of(lead_client)) == ["worst", "middle", "best", "unscored"]
    backwards = text_of(lead_client, "?sort=-score")
    assert names_in(backwards) == ["best", "middle", "worst", "unscored"]
    assert names_in(text_of(lead_client, "?sort=name")) == ["best", "middle", "worst", "unscored"]
    assert 'aria-sort="descending"' in backwards


def test_filters_live_in_the_address(lead_client: Client, team: Team) -> None:
    graded(team, "checkout", 95.0, "A")
    graded(team, "basket", 75.0, "C")
    graded(team, "ledger", 65.0, "D")
    assert names_in(text_of(lead_client, "?q=BASK")) == ["basket"]
    assert names_in(text_of(lead_client, "?grade=A&grade=D")) == ["ledger", "checkout"]
    assert "No repository matches" in text_of(lead_client, "?q=nothing")
    assert 'value="BASK"' in text_of(lead_client, "?q=BASK")


def test_labels_filter_and_are_found_by_their_letters(lead_client: Client, team: Team) -> None:
    for name, label in (("checkout", "core"), ("basket", "batch")):
        Label.objects.create(repository=store_repository(team, name), name=label)
    assert names_in(text_of(lead_client, "?label=core")) == ["checkout"]
    assert names_in(text_of(lead_client, "?q=batc")) == ["basket"]
    assert names_in(text_of(lead_client, "?label=none")) == []
    assert "<option selected>core</option>" in text_of(lead_client, "?label=core")


def test_the_matrix_sorts_by_any_principle(lead_client: Client, team: Team) -> None:
    for name, score in (("middle", 50.0), ("best", 90.0), ("worst", 10.0)):
        repository = store_repository(team, name, snapshots=1)
        repository.latest.principles.filter(principle="typing").update(score=score)  # type: ignore[union-attr]
    bare = store_repository(team, "untyped", snapshots=1)
    bare.latest.principles.filter(principle="typing").update(applicable=False)  # type: ignore[union-attr]
    page = text_of(lead_client, "?view=matrix&sort=typing")
    assert 'class="data repos matrix"' in page
    assert "c-spark" not in page
    assert names_in(page) == ["worst", "middle", "best", "untyped"]
    assert names_in(text_of(lead_client, "?sort=-typing")) == ["best", "middle", "worst", "untyped"]
    assert '<input type="hidden" name="view" value="matrix">' in page
    assert "?view=matrix&amp;sort=-typing" in page


def test_a_team_narrows_the_verdict_too(lead: User, lead_client: Client, team: Team) -> None:
    store_repository(team, "orders")
    second = store_team("Second")
    second.memberships.create(user=lead, role="viewer")
    store_repository(second, "other")
    page = text_of(lead_client, "?team=second")
    assert names_in(page) == ["other"]
    assert "Second is a" in page


def test_nonsense_in_the_address_is_left_out(lead_client: Client, repository: Repository) -> None:
    page = text_of(lead_client, "?sort=%00;drop&grade=Z&grade=&team=&page=x")
    assert names_in(page) == [repository.name]


def test_a_nul_in_the_address_is_left_out(lead_client: Client, repository: Repository) -> None:
    assert names_in(text_of(lead_client, "?team=shop%00&q=%00orders")) == []
    assert names_in(text_of(lead_client, "?team=shop%00")) == ["orders"]


def test_a_choice_keeps_its_filters_when_it_is_sorted() -> None:
    choice = Choice.read(QueryDict("q=a%26b&grade=F&team=shop"))
    assert choice.address("name", "") == "?q=a%26b&team=shop&grade=F&sort=name"


def test_htmx_gets_the_table_alone(lead_client: Client, repository: Repository) -> None:
    part = text_of(lead_client, "?q=o", HTMX)
    assert "<html" not in part
    assert '<div id="repositories">' in part
    assert '<span class="quiet" id="count" role="status" hx-swap-oob="true">1</span>' in part
    assert names_in(part) == [repository.name]
    whole = text_of(lead_client, "?q=o", {**HTMX, "HX-History-Restore-Request": "true"})
    assert "<html" in whole
    assert "<html" in text_of(lead_client, "?team=shop", {**HTMX, "HX-Target": "main"})
    response = lead_client.get(reverse("portfolio"))
    assert {"HX-Request", "HX-Target"} <= set(response["Vary"].split(", "))


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (Scan.Status.RUNNING, "Reading facts, 42 of 118 files"),
        (Scan.Status.QUEUED, "Waiting for a worker"),
        (Scan.Status.FAILED, "The host knows no repository at this address."),
    ],
)
def test_the_last_scan_is_told_in_words(
    status: str, words: str, lead_client: Client, repository: Repository
) -> None:
    store_scan(repository, status)
    assert words in text_of(lead_client)


def test_live_rows_ask_again_until_they_are_done(
    lead_client: Client, repository: Repository
) -> None:
    scan = store_scan(repository, Scan.Status.RUNNING)
    live = f"{reverse('portfolio-live')}?id={repository.pk}"
    assert f'hx-get="{live}"' in text_of(lead_client)
    part = lead_client.get(live, headers=HTMX).content.decode()
    assert 'hx-trigger="every 2s"' in part
    assert f'id="row-{repository.pk}" hx-swap-oob="true"' in part
    Scan.objects.filter(pk=scan.pk).update(status=Scan.Status.DONE)
    part = lead_client.get(live, headers=HTMX).content.decode()
    assert "hx-trigger" not in part
    assert "The scans are done." in part


def test_live_rows_of_other_teams_are_not_told(
    repository: Repository, foreign_client: Client
) -> None:
    part = foreign_client.get(
        f"{reverse('portfolio-live')}?id={repository.pk}&id=abc&id=9999999999999"
    )
    assert part.status_code == 200
    assert repository.name not in part.content.decode()


def test_a_partial_score_is_hollow(lead_client: Client, repository: Repository) -> None:
    change_latest(repository, coverage=0.9129)
    page = text_of(lead_client)
    assert re.search(r'class="chip g-\w hollow"', page)
    assert "91.2\N{NO-BREAK SPACE}% measured" in page


def test_names_from_outside_are_shown_and_never_obeyed(lead_client: Client, team: Team) -> None:
    repository = store_repository(team, "plain")
    Repository.objects.filter(pk=repository.pk).update(name="<b>x</b>\u202egnp.exe")
    page = text_of(lead_client)
    assert "<b>x</b>" not in page
    assert "\u202e" not in page
    assert "&lt;b&gt;x&lt;/b&gt;[U+202E]gnp.exe" in page


def test_only_reading_is_allowed(lead_client: Client) -> None:
    assert lead_client.post(reverse("portfolio")).status_code == 405


def test_a_user_of_no_team_sees_an_empty_page(db: None) -> None:
    client = Client()
    client.force_login(store_user(None, "nobody"))
    assert "You are in no team" in text_of(client)


def test_a_long_list_comes_in_pages(
    lead_client: Client, team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "PAGE_SIZE", 1)
    for name in ("first", "second"):
        store_repository(team, name, snapshots=1)
    assert names_in(text_of(lead_client, "?sort=name")) == ["first", "second"]
    store_repository(team, "third", snapshots=1)

    first, last = (text_of(lead_client, f"?sort=name{page}") for page in ("", "&page=2"))

    assert ("1 to 1 of 3" in first, "2 to 3 of 3" in last) == (True, True)
    assert "?sort=name&amp;page=2" in first
    assert (names_in(first), names_in(last)) == (["first"], ["second", "third"])
