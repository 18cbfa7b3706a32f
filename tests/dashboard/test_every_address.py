"""Every address of the site, asked for by strangers; whoever adds a page is tested here."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse

from scanner.storage.models import Repository, Team
from tests.dashboard.answers import Answer
from tests.portfolio import store_repository

OPEN = {"sign-in", "sign-out", "theme"}
"""Pages that a visitor may ask for; none shows anything of a repository."""

EVERYBODYS = {
    "portfolio",
    "portfolio-live",
    "new-code",
    "all-findings",
    "all-scans",
    "find",
    "rubric",
    "rubric-default",
    "rubric-default-file",
    "rule",
    "add-repository",
    "teams",
    "account",
    "tokens",
}
"""Pages of no repository: a user of another team sees his own view of them."""


ONES_OWN = {"revoke-token"}
"""What each user has alone; tests/dashboard/test_tokens.py tries those of others."""

DEVELOPERS = {"style"}
"""Pages that are there only where CODEVITALS_DEBUG is on: see test_style.py."""

ADMINISTRATORS = {"disk"}
"""Pages of the installation: whoever is no administrator is refused, whatever he leads."""

ASKED = {"repository-rubric-preview", "rubric-default-preview"}
"""Answers to questions of owners and administrators: see test_rubric_previews.py."""

POSTED = {
    "sign-out",
    "theme",
    "scan-now",
    "sign-in",
    "withdraw",
    "compare-again",
    "compare-file",
    "backfill-now",
    "backfill-cancel",
    "revoke-token",
}
"""Addresses that only take what is sent to them, or send a user of the site on."""


def routes(
    resolver: URLResolver, given: frozenset[str] = frozenset()
) -> Iterator[tuple[str, frozenset[str]]]:
    """The name of each route, "" without one, and the parameters it takes."""
    for entry in resolver.url_patterns:
        taken = given | frozenset(entry.pattern.converters)
        if isinstance(entry, URLResolver) and entry.namespace == "api":
            continue  # opened by tokens: tests/dashboard/api
        if isinstance(entry, URLResolver):
            yield from routes(entry, taken)
        else:
            yield entry.name or "", taken


TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
ROUTES = dict(routes(get_resolver()))
NAMES = sorted(ROUTES)


@pytest.fixture
def repository(team: Team) -> Repository:
    """A repository whose name stands in no address."""
    repository = store_repository(team)
    Repository.objects.filter(pk=repository.pk).update(name="Hidden gem")
    repository.refresh_from_db()
    return repository


def address(name: str, repository: Repository) -> str:
    """An address of this route that exists for the repository's team."""
    scan = repository.scans.order_by("id").last()
    commit = repository.latest.commit if repository.latest else ""
    values = {
        "team": repository.team.slug,
        "slug": repository.slug,
        "key": "complexity",
        "code": "FS01",
        "token": 1,
        "before": "1",
        "after": "1",
        "path": "orders/domain/pricing.py",
        "commit": commit,
        "scan": scan.pk if scan else 0,
        "preview": 1,
    }
    return reverse(name, kwargs={key: values[key] for key in ROUTES[name]})


def plain(response: Answer) -> str:
    """A page without the token that differs each time."""
    return TOKEN.sub("", response.content.decode())


def is_of_repository(name: str) -> bool:
    """Whether a route belongs to one repository."""
    return name not in OPEN | EVERYBODYS | ONES_OWN | DEVELOPERS | ADMINISTRATORS


def test_every_route_has_a_name() -> None:
    assert "" not in NAMES
    assert len(NAMES) == len(list(routes(get_resolver())))


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", [name for name in NAMES if name not in OPEN])
def test_a_visitor_is_sent_to_sign_in(
    name: str, method: str, client: Client, repository: Repository
) -> None:
    response = getattr(client, method)(address(name, repository))

    assert response.status_code == 302
    assert response.url.startswith(reverse("sign-in"))


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", [name for name in NAMES if is_of_repository(name)])
def test_another_teams_user_finds_nothing(
    name: str, method: str, foreign_client: Client, repository: Repository
) -> None:
    response = getattr(foreign_client, method)(address(name, repository))

    assert response.status_code in {404, 405}
    assert repository.name not in response.content.decode()
    assert repository.scans.count() == 3


@pytest.mark.parametrize("name", [name for name in NAMES if is_of_repository(name)])
def test_a_foreign_repository_answers_as_one_that_does_not_exist(
    name: str, foreign_client: Client, repository: Repository
) -> None:
    there = address(name, repository)
    foreign = foreign_client.get(there)
    missing = foreign_client.get(there.replace(f"/{repository.slug}/", "/missing/"))

    assert foreign.status_code == missing.status_code
    assert plain(foreign).replace(f"/{repository.slug}/", "/missing/") == plain(missing)


@pytest.mark.parametrize("name", sorted(EVERYBODYS))
def test_another_teams_user_sees_nothing_of_the_repository(
    name: str, foreign_client: Client, repository: Repository
) -> None:
    response = foreign_client.get(address(name, repository))

    assert response.status_code == 200
    assert repository.name not in response.content.decode()


@pytest.mark.parametrize(
    "name",
    [name for name in NAMES if name not in POSTED | DEVELOPERS | ASKED | ADMINISTRATORS],
)
def test_a_lead_sees_each_page(name: str, lead_client: Client, repository: Repository) -> None:
    response = lead_client.get(address(name, repository))

    assert response.status_code == 200
    assert response["Content-Security-Policy"]
    assert 'style="' not in response.content.decode()


@pytest.mark.parametrize("name", sorted(ADMINISTRATORS))
def test_a_lead_is_refused_what_is_of_the_installation(
    name: str, lead_client: Client, repository: Repository
) -> None:
    response = lead_client.get(address(name, repository))

    assert response.status_code == 403
    assert repository.name not in response.content.decode()


@pytest.mark.parametrize("number", [0, 2**31, 2**64, 10**30])
def test_numbers_beyond_all_rows_are_not_found(
    number: int, lead_client: Client, repository: Repository
) -> None:
    base = reverse("scans", args=[repository.team.slug, repository.slug])

    assert lead_client.get(f"{base}{number}/").status_code == 404
