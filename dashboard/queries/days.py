"""Days in UTC as whole numbers since 1970, so that a database groups by them without dates."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any, Final

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Func, IntegerField
from django.db.models.sql.compiler import SQLCompiler

A_DAY: Final = 86_400


class Day(Func):
    """The day of a time."""

    template = "((%(expressions)s AT TIME ZONE 'UTC')::date - DATE '1970-01-01')"
    output_field = IntegerField()

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra: Any
    ) -> tuple[str, Any]:
        """SQLite keeps times as texts in UTC; Django's own functions are Python, row by row."""
        template = "CAST(JULIANDAY(SUBSTR(%(expressions)s, 1, 10)) - 2440587.5 AS INTEGER)"
        return self.as_sql(compiler, connection, template=template, **extra)


@lru_cache(maxsize=8_192)
def date_of(number: int) -> date:
    """A day as a date."""
    return day_of(number).date()


def day_of(number: int) -> datetime:
    """The midnight with which a day begins."""
    return datetime.fromtimestamp(number * A_DAY, UTC)
