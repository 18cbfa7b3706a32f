"""Tokens: what opens, what does not, and how the answer says so."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import URLPattern
from django.utils import timezone

from dashboard.api.site import urls
from scanner import bootstrap
from scanner.storage.models import ApiToken, Repository
from tests.dashboard.answers import Answer
from tests.dashboard.api.conftest import Program, program_of
from tests.dashboard.conftest import client_of

PATHS = [
    str(address.pattern).replace("<int:repository_id>", "1").replace("<int:scan_id>", "1")
    for address in urls[0]
    if isinstance(address, URLPattern) and address.name not in {"openapi-json", "api-root"}
]


def code(answer: Answer) -> str:
    """The code of what went wrong."""
    return str(json.loads(answer.content)["code"])


def test_there_are_paths() -> None:
    assert len(PATHS) >= 8


@pytest.mark.parametrize("method", ["GET", "POST", "PATCH", "DELETE"])
@pytest.mark.parametrize("path", PATHS)
def test_nothing_opens_without_a_token(path: str, method: str, repository: Repository) -> None:
    for token in ("", "cv_wrong", "cv_" + "x" * 5_000):
        answer = Program(token).ask(method, path)
        assert answer.status_code in {401, 405}
        if answer.status_code == 401:
            assert code(answer) == "token.unknown"
            assert answer["WWW-Authenticate"] == "Bearer"
    assert Repository.objects.count() == 1


def test_a_session_is_no_token(lead: User) -> None:
    assert client_of(lead).get("/api/v1/repositories").status_code == 401


def test_the_description_is_open_to_people_who_signed_in_or_not() -> None:
    shown = json.loads(Client().get("/api/v1/openapi.json").content)

    assert "/api/v1/repositories" in shown["paths"]
    assert {"read"} <= set(json.dumps(shown).split('"')) or shown["openapi"].startswith("3.")


def test_a_token_ends(lead: User, reader: Program) -> None:
    assert reader.get("repositories") == {"items": [], "total": 0}

    ApiToken.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert reader.ask("GET", "repositories").status_code == 401
    ApiToken.objects.update(expires_at=timezone.now() + timedelta(hours=1))
    assert reader.ask("GET", "repositories").status_code == 200
    User.objects.filter(pk=lead.pk).update(is_active=False)
    assert reader.ask("GET", "repositories").status_code == 401


def test_a_revoked_token_ends(lead: User, reader: Program) -> None:
    bootstrap.tokens().revoke(lead.pk, ApiToken.objects.get().pk)

    assert reader.ask("GET", "repositories").status_code == 401


def test_only_the_digest_is_stored_and_its_use_is_noted(reader: Program) -> None:
    reader.get("repositories")

    row = ApiToken.objects.get()
    assert reader.token not in str(vars(row))
    assert row.used_at is not None
    first = row.used_at
    reader.get("repositories")
    assert ApiToken.objects.get().used_at == first


@pytest.mark.parametrize(
    ("scope", "method", "path", "status"),
    [
        ("read", "POST", "repositories/{}/scans", 403),
        ("scan", "POST", "repositories/{}/scans", 202),
        ("scan", "PATCH", "repositories/{}", 403),
        ("scan", "DELETE", "repositories/{}", 403),
        ("admin", "POST", "repositories/{}/scans", 202),
        ("admin", "PATCH", "repositories/{}", 200),
    ],
)
def test_scopes(
    scope: str, method: str, path: str, status: int, owner: User, repository: Repository
) -> None:
    known = {"read": "read", "scan": "scan", "admin": "admin"}
    program = program_of(owner, known[scope])  # type: ignore[arg-type]
    body: dict[str, str] | None = {} if method == "PATCH" else None

    answer = program.ask(method, path.format(repository.pk), body)

    assert answer.status_code == status
    if status == 403:
        assert code(answer) == "token.scope"
