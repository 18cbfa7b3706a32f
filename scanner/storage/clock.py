"""One clock for all workers: the database server's, so that skewed machines agree on leases."""

from __future__ import annotations

from datetime import UTC, datetime

from django.db import connection
from django.utils import timezone


def database_clock() -> datetime:
    """The time now, in UTC. SQLite has no server, so there it is this machine's."""
    if connection.vendor != "postgresql":
        return timezone.now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        (now,) = cursor.fetchone()
    moment: datetime = now.astimezone(UTC)
    return moment
