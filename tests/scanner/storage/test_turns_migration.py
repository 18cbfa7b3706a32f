"""Rows from before turns were known get them by the time of judging."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection

from scanner.storage.models import Finding, Snapshot
from scanner.storage.spans import there_at
from tests.portfolio import store_repository, store_team

NOON = datetime(2025, 5, 1, 12, tzinfo=UTC)


@pytest.mark.django_db
def test_old_rows_are_numbered_by_the_time_of_judging() -> None:
    repository = store_repository(store_team(), snapshots=4)
    first, backfilled, second, third = repository.snapshots.order_by("pk")
    for hour, row in enumerate((third, first, second, backfilled)):
        row.judged_at = NOON + timedelta(hours=hour)
        row.backfilled = row == backfilled
        row.save()
    Snapshot.objects.update(turn=0)
    one, two = Finding.objects.order_by("pk")[:2]
    Finding.objects.filter(pk=one.pk).update(first_in=third, fixed_in=second)
    Finding.objects.filter(pk=two.pk).update(first_in=second, fixed_in=None)

    migration = import_module("scanner.storage.migrations.0020_turns")
    migration.number_verdicts(apps, connection.schema_editor())

    turns = dict(repository.snapshots.values_list("pk", "turn"))
    assert turns == {third.pk: 1, first.pk: 2, second.pk: 3, backfilled.pk: 0}
    pair = Finding.objects.filter(pk__in=[one.pk, two.pk])
    found = [set(pair.filter(there_at(turn)).values_list("pk", flat=True)) for turn in (1, 2, 3)]
    assert found == [{one.pk}, {one.pk}, {two.pk}]
