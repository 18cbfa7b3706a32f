"""Pages of a large portfolio: as many queries as those of a small one, and light to send."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, resolve

from dashboard.views.portfolio import PAGE_SIZE
from scanner.storage.models import Repository
from tests.bench.addresses import OF_DEVELOPERS, OF_SOURCES, SENT_TO, addresses
from tests.bench.seeding import NAME, Plan, Seeding
from tests.bench.weights import TARGETS, weights
from tests.dashboard.conftest import client_of

NOW: Final = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
HTML: Final = 150_000  # bytes, as they are sent
COUNTED: Final = ("/", "/?team=team-00", "/?sort=name&page=2", "/rubric/", "/new-code/")


@pytest.fixture
def lead(db: None) -> User:
    """Who sees all that is seeded."""
    return User.objects.create_user(NAME)


@pytest.fixture
def client(lead: User) -> Client:
    """A browser of the lead."""
    return client_of(lead)


def seed(repositories: int, findings: int, snapshots: int = 8) -> None:
    """More repositories, believable ones; the database knows how many, as it would by itself."""
    Seeding(Plan(repositories, snapshots, findings), NOW).run()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def queries(client: Client, path: str) -> int:
    """How many queries a page takes."""
    with CaptureQueriesContext(connection) as seen:
        assert client.get(path).status_code == 200
    return len(seen)


def test_queries_do_not_grow_with_repositories(client: Client) -> None:
    counts = []
    for more in (1, 9, PAGE_SIZE - 10):
        seed(more, more * 10)
        counts.append([queries(client, path) for path in COUNTED])

    assert Repository.objects.count() == PAGE_SIZE
    spread = [max(several) - min(several) for several in zip(*counts, strict=True)]
    assert max(spread) <= 1  # one less where all that moved went one way


def test_queries_do_not_grow_with_what_a_repository_holds(client: Client) -> None:
    seed(1, 60, 16)
    small = pages_of_the_last()
    seed(1, 1_500, 60)
    large = pages_of_the_last()

    for said, (path, *_) in small.items():
        assert queries(client, path) == queries(client, large[said][0]), said


def pages_of_the_last() -> dict[str, list[str]]:
    """The pages of the repository that was seeded last."""
    last = Repository.objects.latest("pk")
    base = f"/r/{last.team.slug}/{last.slug}/"
    found = {name: f"{base}{name}/" for name in ("findings", "files", "scans", "layers")}
    return {name: [path] for name, path in {**found, "overview": base}.items()}


def test_the_bench_asks_for_every_page(client: Client, admin_client: Client) -> None:
    seed(3, 300, 20)
    routes = {name for name in get_resolver().reverse_dict if isinstance(name, str)}

    asked, refused = set(), {}
    for said, (path, *_) in addresses(routes).items():
        asked.add(resolve(path.partition("?")[0]).url_name)
        statuses = {one.get(path).status_code for one in (client, admin_client)}
        if 200 not in statuses:
            refused[said] = statuses

    assert refused == {}
    assert asked == routes - SENT_TO - OF_SOURCES - OF_DEVELOPERS


def test_every_page_is_light(client: Client) -> None:
    seed(2 * PAGE_SIZE, 8_000, 10)
    routes = {name for name in get_resolver().reverse_dict if isinstance(name, str)}

    heavy = {}
    for said, (path, *_) in addresses(routes).items():
        response = client.get(path, headers={"accept-encoding": "gzip"})
        assert response.status_code < 500, said
        if response.status_code == 200 and response.getvalue()[:2] == b"\x1f\x8b":
            assert response["Content-Encoding"] == "gzip"
            heavy[said] = len(response.getvalue())

    assert "Page 1 of" not in client.get("/").text  # so many are one page
    assert len(heavy) > 30
    assert {said: size for said, size in heavy.items() if size >= HTML} == {}


@pytest.mark.parametrize("ending", sorted(TARGETS))
def test_style_and_script_are_light(ending: str) -> None:
    _, sent = weights(ending)

    assert 0 < sent < TARGETS[ending]
