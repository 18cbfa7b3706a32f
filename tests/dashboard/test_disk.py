"""The page of what is kept on disk: for administrators, in a constant number of queries."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from dashboard.queries.disk import PAGE, kept_page, machine_lines
from dashboard.sentences import size
from scanner.storage.models import KeptFiles, Repository
from tests.portfolio import store_kept, store_repository, store_team

PARTED = "The machines parse with different engines"


def page(client: Client, query: str = "") -> str:
    response = client.get(reverse("disk") + query)
    assert response.status_code == 200
    return response.content.decode().replace("\N{NO-BREAK SPACE}", " ")


def test_it_works(admin_client: Client, repository: Repository) -> None:
    store_kept(repository)
    text = page(admin_client)
    assert "orders-worker" in text
    assert "84.3 MB" in text
    assert "53.7 GB" in text  # the budget
    assert ">orders</a>" in text
    assert PARTED not in text


def test_before_the_first_scan(admin_client: Client) -> None:
    assert "No worker has told yet what it keeps." in page(admin_client)


def test_only_administrators_see_it(lead_client: Client, admin_client: Client) -> None:
    assert lead_client.get(reverse("disk")).status_code == 403
    assert reverse("disk") not in lead_client.get(reverse("portfolio")).content.decode()
    assert reverse("disk") in admin_client.get(reverse("portfolio")).content.decode()


def test_what_made_room_is_told(admin_client: Client, repository: Repository) -> None:
    machine = store_kept(repository)
    machine.kept.update(cache_bytes=0, dropped_at=timezone.now())
    assert "made room just now; comes back when needed" in page(admin_client)


def test_a_machine_beyond_its_budget_and_another_engine_stand_out(
    admin_client: Client, repository: Repository
) -> None:
    machine = store_kept(repository)
    store_kept(store_repository(store_team(), "billing"), "9.9.9", 2 * machine.budget)
    text = page(admin_client)
    assert "Over budget" in text
    assert f"{PARTED}: {machine.engine}, 9.9.9." in text


@pytest.mark.parametrize("count", [1, PAGE + 5])
def test_it_takes_three_queries(
    count: int, repository: Repository, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    machine = store_kept(repository)
    repositories = Repository.objects.bulk_create(
        Repository(team=repository.team, name=f"r{n}", slug=f"r{n}", address="https://x.example/r")
        for n in range(1, count)
    )
    KeptFiles.objects.bulk_create(
        KeptFiles(machine=machine, repository=each, used_at=timezone.now(), mirror_bytes=number)
        for number, each in enumerate(repositories)
    )
    with django_assert_num_queries(3):
        (line,) = machine_lines()
        found = kept_page(1)
    assert (found.total, len(found.rows)) == (count, min(count, PAGE))
    assert found.rows[0].repository == "orders"
    assert line.used == 84_300_000 + sum(range(count - 1))
    assert line.repositories == max(1, count - 1)  # one of them keeps nothing


@pytest.mark.parametrize(
    ("amount", "words"),
    [(0, "0 B"), (999, "999 B"), (1_000, "1.0 kB"), (999_949, "999.9 kB"), (999_950, "1.0 MB"),
     (84_300_000, "84.3 MB"), (53_687_091_200, "53.7 GB"), (2_000_000_000_000, "2,000.0 GB")],
)  # fmt: skip
def test_sizes_are_for_people(amount: int, words: str) -> None:
    assert size(amount) == words
