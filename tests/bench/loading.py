"""Rows by the million: COPY on PostgreSQL, many values a statement elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, Final

from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.db.models import Max

BATCH: Final = 20_000  # rows that are held before they are written
_ESCAPES: Final = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


class Table:
    """Rows of one model. Columns that are not named get what the model has by default.

    Keys are given out here, in the order of the rows. JSON columns take JSON texts.
    """

    def __init__(self, model: type[models.Model], *columns: str) -> None:
        self.model = model
        self._key: int = model._default_manager.aggregate(last=Max("pk"))["last"] or 0
        fields = [field for field in model._meta.concrete_fields if not field.primary_key]
        self._columns = [str(field.column) for field in fields]
        unknown = set(columns) - set(self._columns)
        if unknown:
            raise ValueError(f"{model.__name__} has no columns {sorted(unknown)}")
        self._places = [self._columns.index(name) for name in columns]
        self._blank = [_default(field) for field in fields]
        self._rows: list[tuple[object, ...]] = []
        self.count = 0

    @property
    def name(self) -> str:
        """What its rows are."""
        return self.model.__name__

    @property
    def upcoming(self) -> int:
        """The key of the next row."""
        return self._key + 1

    def add(self, *values: object) -> int:
        """One row with the values of the named columns; its key."""
        row = self._blank.copy()
        for place, value in zip(self._places, values, strict=True):
            row[place] = value
        self._key += 1
        self._rows.append((self._key, *row))
        self.count += 1
        if len(self._rows) >= BATCH:
            self.write()
        return self._key

    def write(self) -> None:
        """Write what is held."""
        if self._rows:
            _insert(self.model, ["id", *self._columns], self._rows)
            self._rows.clear()


@contextmanager
def loading(*given: Table) -> Iterator[None]:
    """One transaction for all tables; foreign keys are checked where it ends."""
    tables = list(given)
    with transaction.atomic():
        yield
        for table in tables:
            table.write()
    _catch_up([table.model for table in tables])


def settle() -> None:
    """What PostgreSQL does by itself some minutes after so many new rows."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def _default(field: models.Field[object, object]) -> object:
    """What a column holds that nobody set, as its database takes it."""
    value = field.get_default()
    if isinstance(field, models.JSONField):
        return "[]" if value == [] else "{}"
    if isinstance(field, models.DateTimeField) and (field.auto_now_add or field.auto_now):
        return datetime.now(UTC)
    return value


def _insert(
    model: type[models.Model], columns: Sequence[str], rows: Sequence[tuple[object, ...]]
) -> None:
    table = connection.ops.quote_name(model._meta.db_table)
    names = ", ".join(map(connection.ops.quote_name, columns))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            text = "".join("\t".join(map(_copied, row)) + "\n" for row in rows)
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                copy.write(text)
            return
        marks = ", ".join(["%s"] * len(columns))
        statement = f"INSERT INTO {table} ({names}) VALUES ({marks})"
        cursor.executemany(statement, [[_plain(value) for value in row] for row in rows])


def _copied(value: object) -> str:
    """A value in the text format of COPY."""
    if value is None:
        return "\\N"
    if isinstance(value, str):
        return value.translate(_ESCAPES)
    return str(value)


def _plain(value: object) -> Any:
    """A value as a driver takes it that knows no times."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return value


def _catch_up(tables: Sequence[type[models.Model]]) -> None:
    """Let the keys that the database gives out go on behind ours."""
    statements = connection.ops.sequence_reset_sql(no_style(), list(tables))
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
