"""Findings as CSV that a spreadsheet shows and never runs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Final

from dashboard.queries.findings import FindingRow

HEADER: Final = (
    "state",
    "rule",
    "principle",
    "points",
    "path",
    "line",
    "symbol",
    "message",
    "effort_minutes",
    "since_commit",
    "since",
    "introduced_commit",
    "introduced_by",
    "introduced",
    "fixed_commit",
    "fixed",
    "accepted_by",
    "reason",
    "fingerprint",
)
_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n")


def csv_lines(rows: Iterable[FindingRow]) -> Iterator[str]:
    """The header and one record a finding."""
    yield record_line(HEADER)
    for row in rows:
        yield record_line(_values(row))


def guarded(value: str) -> str:
    """Text as a cell that no spreadsheet takes for a formula."""
    start = value.lstrip(" ")
    return f"'{value}" if start.startswith(_FORMULA_STARTS) else value


def _values(row: FindingRow) -> tuple[str, ...]:
    return (
        row.state,
        row.rule,
        row.principle,
        f"{row.points:.6f}",
        row.path,
        str(row.line),
        row.symbol,
        row.message,
        str(row.effort),
        row.since_commit,
        row.since.isoformat(),
        row.origin.commit,
        row.origin.author,
        row.origin.at.isoformat() if row.origin.at else "",
        row.fixed_commit,
        row.fixed.isoformat() if row.fixed else "",
        row.accepted_by,
        row.reason,
        row.fingerprint,
    )


def record_line(values: Iterable[str | float]) -> str:
    """One line of CSV, each text guarded."""
    buffer = io.StringIO()
    cells = [guarded(value) if isinstance(value, str) else value for value in values]
    csv.writer(buffer).writerow(cells)
    return buffer.getvalue()
