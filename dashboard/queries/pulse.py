"""Whether the database is there and the clockwork runs."""

from __future__ import annotations

from datetime import datetime
from functools import cache

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Max

from scanner.storage.models import Beat


def database_answers() -> bool:
    """Whether a statement can be run."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def is_migrated() -> bool:
    """Whether every migration of this code has been applied. Raises DatabaseError."""
    if _migrated_once():
        return True
    _migrated_once.cache_clear()
    return False


def last_tick() -> datetime | None:
    """When the clockwork last ran, in UTC. Raises DatabaseError."""
    found: datetime | None = Beat.objects.aggregate(last=Max("ticked_at"))["last"]
    return found


@cache
def _migrated_once() -> bool:
    """Asked until it is true: the code of a process does not change."""
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())
