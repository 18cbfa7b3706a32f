"""Repositories through the API: list, register, change, delete."""

from __future__ import annotations

import json

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from scanner.storage.models import Membership, Repository, Scan, Team
from tests.dashboard.api.conftest import Program, program_of
from tests.portfolio import store_repository, store_team, store_user

NEW = {"url": "https://git.example.org/shop/orders.git", "team": "shop"}


def test_it_lists_what_the_person_sees(reader: Program, repository: Repository) -> None:
    store_repository(store_team("Other"), "hidden")

    found = reader.get("repositories")

    [shown] = found["items"]
    assert found["total"] == 1
    assert (shown["id"], shown["team"]) == (repository.pk, "shop")
    assert repository.latest is not None
    assert shown["latest"]["score"] == repository.latest.score
    assert shown["page"] == f"/r/shop/{repository.slug}/"


def test_it_lists_by_team_name_and_window(
    reader: Program, repository: Repository, team: Team, lead: User
) -> None:
    store_repository(team, "billing")
    other = store_team("Other")
    Membership.objects.create(user=lead, team=other, role="viewer")
    store_repository(other, "parcels")

    assert [one["slug"] for one in reader.get("repositories?team=other")["items"]] == ["parcels"]
    assert [one["slug"] for one in reader.get("repositories?q=BILL")["items"]] == ["billing"]
    paged = reader.get("repositories?limit=1&offset=1")
    assert (len(paged["items"]), paged["total"]) == (1, 3)


def test_it_takes_as_many_queries_for_many(
    reader: Program, team: Team, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    store_repository(team, "one")
    reader.get("repositories")
    # the token, the person, the rows, their number, and on PostgreSQL the time
    expected = 4 + (connection.vendor == "postgresql")
    with django_assert_num_queries(expected):
        reader.get("repositories")
    for number in range(5):
        store_repository(team, f"more-{number}")
    with django_assert_num_queries(expected):
        assert reader.get("repositories")["total"] == 6


def test_it_registers(administrating: Program, team: Team) -> None:
    answer = administrating.ask(
        "POST", "repositories", {**NEW, "name": "Orders", "schedule": "30 6 * * 1-5"}
    )

    assert answer.status_code == 201
    made = json.loads(answer.content)
    assert (made["name"], made["url"]) == ("Orders", NEW["url"])
    assert (made["schedule"], made["latest"]) == ("30 6 * * 1-5", None)
    assert Scan.objects.filter(repository=made["id"], status="queued").count() == 1


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"url": "file:///etc/passwd"}, "url", "address."),
        ({"url": "/etc"}, "url", "address."),
        ({"url": "https://user:secret@git.example.org/x.git"}, "url", "address."),
        ({"url": ""}, "url", "address."),
        ({"url": "x" * 3_000}, "url", "field."),
        ({"url": 7}, "url", "field."),
        ({"url": None}, "url", "field."),
        ({"team": "other"}, "team", "team.unknown"),
        ({"branch": "--upload-pack=x"}, "branch", "branch."),
        ({"schedule": "every day"}, "schedule", "schedule."),
        ({"schedule": "0 6 * * *", "time_zone": "Mars"}, "schedule", "schedule."),
        ({"name": "\u200b"}, "name", "name.empty"),
    ],
)
def test_what_cannot_be_registered(
    change: dict[str, object], field: str, code: str, administrating: Program, team: Team
) -> None:
    store_repository(store_team("Other"))

    answer = administrating.ask("POST", "repositories", {**NEW, **change})

    assert answer.status_code == 422
    [error] = json.loads(answer.content)["errors"]
    assert error["field"] == field
    assert error["code"].startswith(code)
    assert error["message"]
    assert Repository.objects.filter(team=team).count() == 0


@pytest.mark.parametrize(
    "body", [b"", b"[", b"[]", b'"x"', b"null", b"\xff\xfe", b'{"url": 1e999}']
)
def test_what_is_no_document(body: bytes, administrating: Program, team: Team) -> None:
    answer = Client().generic(
        "POST",
        "/api/v1/repositories",
        body,
        content_type="application/json",
        headers={"Authorization": f"Bearer {administrating.token}"},
    )

    assert answer.status_code in {400, 422}
    assert Repository.objects.count() == 0


def test_it_changes_what_is_given(administrating: Program, repository: Repository) -> None:
    path = f"repositories/{repository.pk}"

    answer = administrating.ask("PATCH", path, {"schedule": "0 6 * * *"})
    assert json.loads(answer.content)["name"] == repository.name
    answer = administrating.ask("PATCH", path, {"name": "Else"})
    changed = json.loads(answer.content)
    assert (changed["name"], changed["schedule"]) == ("Else", "0 6 * * *")
    assert administrating.ask("PATCH", path, {"schedule": ""}).status_code == 200
    assert Repository.objects.get().cron == ""
    assert administrating.ask("PATCH", path, {"name": " "}).status_code == 422


def test_roles_hold_for_tokens_too(team: Team, repository: Repository) -> None:
    path = f"repositories/{repository.pk}"
    viewer = program_of(store_user(team, "viewer", Membership.Role.VIEWER), "admin")
    lead = program_of(store_user(team, "some-lead"), "admin")

    assert viewer.ask("PATCH", path, {"name": "Mine"}).status_code == 403
    assert viewer.ask("POST", f"{path}/scans").status_code == 403
    assert viewer.ask("POST", "repositories", NEW).status_code == 422
    assert lead.ask("DELETE", path).status_code == 403
    assert Repository.objects.get().name == repository.name


def test_owners_delete(administrating: Program, repository: Repository) -> None:
    path = f"repositories/{repository.pk}"

    assert administrating.ask("DELETE", path).status_code == 204
    assert administrating.ask("DELETE", path).status_code == 404
    assert Repository.objects.count() == 0


def test_a_foreign_repository_answers_as_a_missing_one(repository: Repository) -> None:
    stranger = program_of(store_user(store_team("Other"), "x", Membership.Role.OWNER), "admin")

    for method, tail in (
        ("GET", ""), ("PATCH", ""), ("DELETE", ""), ("GET", "/scans"), ("POST", "/scans"),
        ("GET", "/snapshots"), ("GET", "/trend"), ("GET", "/findings"),
    ):  # fmt: skip
        body: dict[str, str] | None = {} if method == "PATCH" else None
        foreign = stranger.ask(method, f"repositories/{repository.pk}{tail}", body)
        missing = stranger.ask(method, f"repositories/999999{tail}", body)
        assert foreign.status_code == missing.status_code == 404
        assert foreign.content == missing.content
    assert Repository.objects.count() == 1


@pytest.mark.parametrize("number", [2**31, 2**63, 10**40])
def test_numbers_beyond_all_rows_are_missing(number: int, reader: Program) -> None:
    for path in (f"repositories/{number}", f"repositories/{number}/trend", f"scans/{number}"):
        assert reader.ask("GET", path).status_code == 404


@pytest.mark.parametrize(
    "query", ["limit=0", "limit=201", "limit=x", "offset=-1", f"offset={10**20}"]
)
def test_windows_have_bounds(query: str, reader: Program) -> None:
    answer = reader.ask("GET", f"repositories?{query}")

    assert answer.status_code == 422
    [error] = json.loads(answer.content)["errors"]
    assert error["field"] == query.partition("=")[0]
