"""Rows of every table, carried over into the tables of an earlier release."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final, TypeAlias

from django.apps import apps as newest
from django.apps.registry import Apps
from django.contrib.auth.models import User
from django.core.management.color import no_style
from django.db import connection, transaction

from scanner.domain.rubric import DEFAULT
from scanner.storage.models import (
    Acceptance,
    ApiToken,
    Beat,
    ComparedPair,
    Credential,
    Finding,
    FormerName,
    JudgedRubric,
    Label,
    Preview,
    Repository,
    RubricVersion,
    Snapshot,
)
from tests.dashboard.journeys.conftest import FILES
from tests.portfolio import store_judged, store_kept, store_team, store_user

APP: Final = "scanner"
NOON: Final = datetime(2025, 5, 1, 12, tzinfo=UTC)
Row: TypeAlias = dict[str, Any]  # column: value
Rows: TypeAlias = dict[str, list[Row]]  # by model


def store_everything() -> tuple[Repository, User]:
    """A judged repository with fixed findings, rows of all other tables, and its owner."""
    team = store_team()
    owner = store_user(team, "owner", "owner")
    mended = {**FILES, "books/queue.py": '"""Queues."""\n'}
    repository = store_judged(team, "books", [FILES, FILES, mended])
    assert repository.findings.exclude(fixed_in=None).exists()
    _store_beside(repository, owner)
    return repository, owner


def _store_beside(repository: Repository, owner: User) -> None:
    first = repository.snapshots.earliest("pk")
    one, two = repository.findings.filter(fixed_in=None).order_by("pk")[:2]
    _past_point(first)
    Finding.objects.filter(pk=two.pk).update(accepted_by="team", reason="Agreed.")
    Acceptance.objects.create(
        repository=repository, fingerprint=two.fingerprint, reason="Agreed.", author=owner
    )
    FormerName.objects.create(
        repository=repository, finding=one, fingerprint="f" * 16, path="old.py", line=1,
        symbol=one.symbol, message=one.message, opened=1, closed=2,
    )  # fmt: skip
    Beat.objects.create(name="tick", ticked_at=NOON)
    Credential.objects.create(repository=repository, kind="token", ciphertext=b"sealed")
    Label.objects.create(repository=repository, name="books")
    ApiToken.objects.create(user=owner, name="CI", digest="d" * 64)
    store_kept(repository)
    _store_rubrics(repository, owner)
    ComparedPair.objects.create(
        repository=repository, key="k" * 64, before_commit=first.commit, after_commit="b" * 40,
        before=first, created_at=NOON,
    )  # fmt: skip


def _past_point(first: Snapshot) -> None:
    Snapshot.objects.create(
        repository=first.repository, commit="a" * 40, committed_at=NOON, backfilled=True,
        engine=first.engine, rubric=first.rubric, score=71.5, strict_score=70.25, grade="C",
        coverage=1.0, lines=90, modules=3,
    )  # fmt: skip


def _store_rubrics(repository: Repository, owner: User) -> None:
    JudgedRubric.objects.get_or_create(version=DEFAULT.version, defaults={"content": {}})
    RubricVersion.objects.create(
        repository=repository, number=1, changes={"limits.nesting": 6}, version=DEFAULT.version,
        note="A parser.", author=owner, author_name=owner.username, created_at=NOON,
    )  # fmt: skip
    Preview.objects.create(
        repository=repository, before={}, after={}, versions="one two", basis="1",
        created_at=NOON,
    )  # fmt: skip


def rows_of(apps: Apps) -> Rows:
    """All rows of our tables and of users, as these models see them."""
    models = [apps.get_model("auth", "User"), *apps.get_app_config(APP).get_models()]
    return {
        model.__name__: list(model._default_manager.order_by("pk").values()) for model in models
    }


def carry(rows: Mapping[str, Sequence[Row]], into: Apps) -> None:
    """Write what the tables of an earlier state can hold of these rows."""
    kept = [into.get_model("auth", "User"), *into.get_app_config(APP).get_models()]
    with transaction.atomic():
        for model in kept:
            columns = {field.attname for field in model._meta.concrete_fields}
            model._default_manager.bulk_create(
                model(**{name: value for name, value in row.items() if name in columns})
                for row in rows[model.__name__]
            )
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), kept):
            cursor.execute(statement)


def shared(before: Rows, after: Rows) -> Rows:
    """Of the rows after an upgrade, the columns that there were before it."""
    return {
        name: [
            {column: value for column, value in row.items() if column in rows[0]}
            for row in after[name]
        ]
        for name, rows in before.items()
    }


def now() -> Rows:
    """All rows as the newest models see them."""
    return rows_of(newest)
